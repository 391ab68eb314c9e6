//! Are there calls that only samples show, and sections with several calls?

use std::collections::HashSet;

use super::clue::{Clue, times};
use super::draft::{Draft, key};
use crate::dialect::Several;
use crate::read::command;
use crate::read::url::Url;
use crate::slate::block::BlockKind;

/// Fewer commands are examples of something else.
const FEWEST: usize = 3;

/// Commands that call what no operation does.
pub fn in_samples(draft: &Draft) -> Vec<Clue> {
    if draft.dialect.calls_in_samples.is_some() {
        return Vec::new();
    }
    let known = draft.calls();
    let mut found = HashSet::new();
    for under in draft.blocks().filter(|under| !under.called) {
        let BlockKind::Fence(fence) = &under.block.kind else {
            continue;
        };
        let Some(said) = command::call(&fence.body, under.block.span) else {
            continue;
        };
        if let Some(url) = draft.url(&said.text) {
            let call = key(url.method.as_deref().unwrap_or("GET"), &url);
            found.extend((!known.contains_key(&call)).then_some(call));
        }
    }
    let count = found.len();
    let clue = Clue {
        key: vec!["calls_in_samples"],
        item: Some("true".to_owned()),
        list: false,
        count,
        what: format!(
            "{} no operation does",
            times(count, "command calls what", "commands call what")
        ),
    };
    Some(clue).filter(|_| count >= FEWEST).into_iter().collect()
}

/// True for the same call, and for one with values in the place of the placeholders of the other.
fn alike(a: &Url, b: &Url) -> bool {
    let fits = |(a, b): (&String, &String)| a == b || a.contains('{') || b.contains('{');
    a.method == b.method
        && a.segments.len() == b.segments.len()
        && a.segments.iter().zip(&b.segments).all(fits)
}

/// Sections with request lines for different calls.
pub fn several(draft: &Draft) -> Vec<Clue> {
    if draft.dialect.several == Several::Operations {
        return Vec::new();
    }
    let count = draft
        .operations()
        .filter(|operation| {
            let urls = operation
                .urls
                .iter()
                .filter_map(|(_, said)| draft.url(&said.text));
            let calls: Vec<Url> = urls.filter(|url| url.method.is_some()).collect();
            calls
                .iter()
                .any(|url| calls.iter().any(|other| !alike(url, other)))
        })
        .count();
    let clue = Clue {
        key: vec!["several"],
        item: Some("operations".to_owned()),
        list: false,
        count,
        what: format!(
            "{} lines for several calls",
            times(count, "section has", "sections have")
        ),
    };
    Some(clue).filter(|_| count > 0).into_iter().collect()
}
