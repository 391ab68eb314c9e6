//! Headings that say how an operation is called beside its name, and chapters that are one operation.

use super::part::Part;
use super::section::{calls, stated_calls};
use super::url::METHODS;
use crate::dialect::Dialect;
use crate::slate::block::BlockKind;

/// `GET /parcels/{id}` as a heading: the heading says how the operation is called.
pub fn titled_call(title: &str, dialect: &Dialect) -> bool {
    let title = title.trim_matches('`');
    let method: String = title
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    let rest = title[method.len()..].trim_start_matches([' ', ':', '`']);
    // `Get /parcels` is a call, too; `Get {what}` is not.
    let small = method.contains(|c: char| c.is_ascii_lowercase());
    method.len() > 2
        && (!small || rest.starts_with('/'))
        && (rest.starts_with(['/', '{']) || rest.starts_with("http"))
        && !rest.contains(char::is_whitespace)
        && calls(title, dialect)
}

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
