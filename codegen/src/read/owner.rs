//! Which heading is the name of the operation whose call a part states?

use super::part::{Part, has_samples};
use super::shared;
use crate::dialect::HeadingKind;
use crate::slate::block::BlockKind;

/// Titles of sections that say something of the call of the section above.
const ABOUT: [&str; 9] = [
    "about",
    "description",
    "details",
    "introduction",
    "notes",
    "overview",
    "purpose",
    "remarks",
    "summary",
];

/// The heading whose call a part states.
pub fn owner(parts: &[Part<'_>], at: usize) -> Option<usize> {
    let about = |part: &Part<'_>| ABOUT.contains(&part.title.trim().to_lowercase().as_str());
    let plain =
        |part: &Part<'_>| part.kind.is_none() && part.level > 1 && !(part.level > 2 && about(part));
    let mut nearest = None;
    for above in (0..at).rev() {
        let part = &parts[above];
        if part.level == 1 {
            // A chapter that is one operation shows how it is called itself; what stands between is about it.
            let shows = match nearest {
                None => {
                    (above..=at).any(|between| has_samples(&parts[between]))
                        || is_whole(parts, above, at)
                }
                Some(sibling) => is_one_call(parts, above, sibling, at),
            };
            return if shows { Some(above) } else { nearest };
        }
        if part.level == 2 && part.kind.is_some_and(HeadingKind::is_codes) {
            break;
        }
        if !plain(part) {
            continue;
        }
        match nearest {
            None => {
                nearest = Some(above);
                if part.level == 2 || part.level < parts[at].level {
                    break;
                }
            }
            Some(sibling) => {
                if part.level < parts[sibling].level {
                    let shows = (above..sibling).any(|between| has_samples(&parts[between]));
                    // `### Prerequisites` between an operation and its samples has nothing of its address.
                    let called = speaks_of(part.title, &parts[at]);
                    let parent = shows
                        || called > speaks_of(parts[sibling].title, &parts[at])
                        || shared::only_says_how(parts, above, sibling);
                    return Some(if parent { above } else { sibling });
                }
            }
        }
    }
    nearest
}

/// True for a chapter that holds one call and what is said of it, with a sample somewhere.
fn is_whole(parts: &[Part<'_>], chapter: usize, at: usize) -> bool {
    let below = parts[chapter + 1..].iter();
    let inside = below.take_while(|part| part.level > 1);
    let mut calls = inside.clone().filter(|part| {
        let call = matches!(part.kind, Some(HeadingKind::Url | HeadingKind::Resource));
        call && !part.title.is_empty()
    });
    let alone =
        calls.next().is_some_and(|part| part.span == parts[at].span) && calls.next().is_none();
    alone && inside.clone().all(|part| part.level > 2) && inside.clone().any(has_samples)
}

/// True for a chapter with samples of its own that has one part for a call, beside others that show nothing.
fn is_one_call(parts: &[Part<'_>], chapter: usize, sibling: usize, at: usize) -> bool {
    let inside = || {
        let inside = parts[chapter + 1..].iter();
        inside.take_while(|part| part.level > 1)
    };
    let calls = |part: &&Part<'_>| {
        matches!(
            part.kind,
            Some(HeadingKind::Url | HeadingKind::Resource) | None
        )
    };
    parts[at].kind == Some(HeadingKind::Url)
        && parts[sibling].level == parts[at].level
        && has_samples(&parts[chapter])
        && inside().all(|part| part.level > 2 && !has_samples(part))
        && inside().filter(calls).count() == 2
}

/// How many words of a title are in the addresses that a part has.
fn speaks_of(title: &str, part: &Part<'_>) -> usize {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| word.len() > 2)
            .map(|word| word.to_lowercase().trim_end_matches('s').to_owned())
            .collect()
    };
    let addresses = part.blocks.iter().flat_map(|block| match &block.kind {
        BlockKind::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| row.cells.iter().skip(1));
            cells.map(|cell| cell.text.as_str()).collect()
        }
        BlockKind::Paragraph(text) | BlockKind::Item(text) => vec![text.as_str()],
        BlockKind::Fence(fence) => vec![fence.body.as_str()],
        _ => Vec::new(),
    });
    let addresses = addresses.filter(|text| text.contains('/'));
    let known: Vec<String> = addresses.flat_map(words).collect();
    words(title)
        .iter()
        .filter(|word| known.contains(word))
        .count()
}
