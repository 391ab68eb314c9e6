//! Is all of it one module?

use std::collections::HashMap;

use super::clue::{Clue, times};
use super::draft::Draft;
use crate::slate::block::BlockKind;

/// Fewer operations are easily found in one module.
const MANY: usize = 25;

/// Operations of an entity that holds most of them, where headings of a level divide them.
pub fn ask(draft: &Draft) -> Vec<Clue> {
    let sizes = draft.facts.pages.iter().map(|page| page.operations.len());
    let all: usize = sizes.clone().sum();
    let most = sizes.max().unwrap_or(0);
    if most < MANY || most * 2 < all || draft.dialect.entity.is_some() {
        return Vec::new();
    }
    let (level, word) = [(1, "h1"), (2, "h2")]
        .into_iter()
        .find(|(level, _)| {
            let chapters = chapters(draft, *level);
            let largest = chapters.values().max().copied().unwrap_or(0);
            chapters.len() > 2 && largest * 2 < most
        })
        .unwrap_or((0, ""));
    if level == 0 {
        return Vec::new();
    }
    let what = format!(
        "{} in one module",
        times(most, "operation would be", "operations would be")
    );
    vec![Clue {
        key: vec!["entity"],
        item: Some(word.to_owned()),
        list: false,
        count: most,
        what,
    }]
}

/// How many operations stand below each heading of a level.
fn chapters(draft: &Draft, level: u8) -> HashMap<&str, usize> {
    let starts: std::collections::HashSet<_> =
        draft.operations().map(|operation| operation.span).collect();
    let mut out = HashMap::new();
    for page in &draft.document().pages {
        let mut chapter = "";
        for block in &page.blocks {
            let BlockKind::Heading { level: own, text } = &block.kind else {
                continue;
            };
            if starts.contains(&block.span) {
                *out.entry(chapter).or_insert(0) += 1;
            } else if *own <= level {
                chapter = text;
            }
        }
    }
    out
}
