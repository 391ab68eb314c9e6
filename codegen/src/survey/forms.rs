//! In which forms are requests written, and at which level of headings?

use std::collections::{BTreeMap, HashMap};

use super::clue::Tally;
use super::draft::Draft;
use crate::dialect::HeadingKind;
use crate::read::command;
use crate::slate::block::BlockKind;
use crate::slate::source::Span;

/// The forms of the requests of all operations, the most frequent first.
pub fn requests(draft: &Draft) -> Vec<(String, usize)> {
    let mut places: HashMap<Span, &'static str> = HashMap::new();
    for under in draft.blocks() {
        let below = draft.dialect.heading(under.title) == Some(HeadingKind::Url);
        let form = match &under.block.kind {
            BlockKind::Fence(fence) if command::read(&fence.body).is_some() => {
                "a command in a sample"
            }
            BlockKind::Fence(_) => "a block of code",
            _ if below => "a line below a heading for it",
            _ => "a line of the text",
        };
        places.insert(under.block.span, form);
    }
    let mut tally: Tally = Tally::default();
    for operation in draft.operations() {
        let form = match operation.urls.first() {
            _ if !operation.uris.is_empty() => "a resource table",
            Some((_, said)) if said.span == operation.span => "the heading",
            Some((_, said)) => places
                .get(&said.span)
                .copied()
                .unwrap_or("a line of HTML or a cell"),
            None => "nothing that can be read",
        };
        tally.add(form);
    }
    let all = tally.sorted().into_iter();
    all.map(|(form, count, ())| (form, count)).collect()
}

/// How many operations stand at each level of headings.
pub fn levels(draft: &Draft) -> BTreeMap<u8, usize> {
    let starts: std::collections::HashSet<Span> =
        draft.operations().map(|operation| operation.span).collect();
    let mut out = BTreeMap::new();
    for under in draft
        .blocks()
        .filter(|under| starts.contains(&under.block.span))
    {
        if let BlockKind::Heading { level, .. } = under.block.kind {
            *out.entry(level).or_insert(0) += 1;
        }
    }
    out
}
