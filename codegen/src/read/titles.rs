//! Headings that say how an operation is called beside its name, and chapters that are one operation.

use super::calls::titled_call;
use super::part::Part;
use super::request::stated_calls;
use super::url::METHODS;
use crate::dialect::{Dialect, HeadingKind};
use crate::slate::block::BlockKind;

/// `List parcels (GET /parcels)` and `List parcels - GET /parcels`: the name, and the call.
pub fn split<'a>(title: &'a str, dialect: &Dialect) -> Option<(&'a str, &'a str)> {
    METHODS.into_iter().find_map(|method| {
        let (at, _) = title.match_indices(method).last()?;
        let call = title[at..].trim_end_matches([')', ']', '`', '*', ' ']);
        let before = &title[..at];
        let name = before.trim_end_matches([' ', '(', '[', '`', '*', ':', '-', '–', '—', '|']);
        let apart = before.ends_with(|c: char| !c.is_alphanumeric() && c != '/' && c != '_');
        let named = name.contains(char::is_alphabetic) && apart;
        (named && titled_call(call, dialect)).then_some((name, call))
    })
}

/// True for a chapter whose own text says how one operation is called, with something that belongs to a call. Chapters
/// that list calls are about all of them.
pub fn chapter_states_call(part: &Part<'_>, dialect: &Dialect) -> bool {
    let shows = |kind: &BlockKind| matches!(kind, BlockKind::Fence(_) | BlockKind::Table(_));
    part.level == 1
        && part.kind.is_none()
        && part.blocks.iter().any(|block| shows(&block.kind))
        && stated_calls(part, dialect).len() == 1
}

/// The heading for request lines right above a heading that is one of these lines.
pub fn lists_calls(parts: &[Part<'_>], at: usize) -> Option<usize> {
    let level = parts[at].level;
    let above = (0..at).rev().find(|&above| parts[above].level < level)?;
    // Several sections with tables or code of their own are operations each, whatever stands above them.
    let shows = |part: &Part<'_>| {
        let mut kinds = part.blocks.iter().map(|block| &block.kind);
        kinds.any(|kind| matches!(kind, BlockKind::Fence(_) | BlockKind::Table(_)))
    };
    let below = parts[above + 1..]
        .iter()
        .take_while(|part| part.level >= level);
    let (mut whole, mut open) = (0, false);
    for part in below {
        open |= part.level == level;
        if open && shows(part) {
            (whole, open) = (whole + 1, false);
        }
    }
    (parts[above].kind == Some(HeadingKind::Url) && whole < 2).then_some(above)
}

/// Chapters among some owners that state a call and hold others: they are groups, and no operations.
pub fn groups(parts: &[Part<'_>], owners: &[usize], dialect: &Dialect) -> Vec<usize> {
    let chapters = owners.iter();
    chapters
        .filter(|&&owner| chapter_states_call(&parts[owner], dialect))
        .filter(|&&chapter| {
            let end = (chapter + 1..parts.len()).find(|&at| parts[at].level == 1);
            let inside = chapter + 1..end.unwrap_or(parts.len());
            owners.iter().any(|owner| inside.contains(owner))
        })
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_holds_a_name_and_a_call() {
        let dialect = Dialect::parse("d", "").unwrap();
        for (title, want) in [
            (
                "List parcels (GET /parcels)",
                Some(("List parcels", "GET /parcels")),
            ),
            (
                "List - `GET /parcels/{id}`",
                Some(("List", "GET /parcels/{id}")),
            ),
            ("GET /parcels", None),
            ("List parcels", None),
            ("How to GET it all", None),
            ("What BUDGET /parcels have", None),
            (
                "é – POST https://a.example.com/b",
                Some(("é", "POST https://a.example.com/b")),
            ),
        ] {
            assert_eq!(split(title, &dialect), want, "{title}");
        }
    }
}
