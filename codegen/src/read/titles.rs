//! Headings that say how an operation is called beside its name, and chapters that are one operation.

use super::part::Part;
use super::section::{calls, stated_calls};
use super::url::METHODS;
use crate::dialect::{Dialect, HeadingKind};
use crate::slate::block::BlockKind;
use crate::text::plain;

/// What stands around a method, and between it and its address.
const MARKS: [char; 12] = [' ', '[', ']', '(', ')', '*', '`', ':', '-', '–', '—', '|'];

/// The call that a heading or a line is, however it is dressed, as `METHOD address`.
pub fn call(title: &str, dialect: &Dialect) -> Option<String> {
    let title = without_remark(title);
    if titled_call(title, dialect) {
        return Some(title.to_owned());
    }
    let title = plain(title);
    let title = title.trim();
    let call = dressed(title).or_else(|| behind(title))?;
    titled_call(&call, dialect).then_some(call)
}

/// `[PUT] /parcels/{id}`, `` `PUT` /parcels/{id} `` and `PUT|POST - /parcels/{id}`.
fn dressed(title: &str) -> Option<String> {
    let (method, rest) = leading_method(title)?;
    let (mut methods, mut rest) = (method.to_owned(), rest);
    while let Some(next) = rest.strip_prefix(['|', '/', ',']) {
        let (method, behind) = leading_method(next)?;
        methods.push('|');
        methods.push_str(method);
        rest = behind;
    }
    let address = rest.trim_start_matches(MARKS);
    let apart = address.len() < rest.len();
    apart.then(|| format!("{methods} {}", address.trim_end_matches(['`', '*', ' '])))
}

/// `/parcels/{id} (PUT)`.
fn behind(title: &str) -> Option<String> {
    let (address, method) = title.trim_start_matches('`').rsplit_once(' ')?;
    let method = METHODS
        .into_iter()
        .find(|known| method.trim_matches(MARKS) == *known)?;
    let address = address.trim_end_matches(['`', '*', ' ', '-', '–', '—', '|', ':']);
    address
        .starts_with('/')
        .then(|| format!("{method} {address}"))
}

/// `GET /parcels (signed)`: the call without what is said of it in brackets.
fn without_remark(title: &str) -> &str {
    let inner = title.trim_end_matches(['`', '*', ' ']);
    let remark = inner
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("));
    match remark {
        Some((call, _)) if call.contains('/') && leading_method(call).is_some() => call.trim_end(),
        _ => title,
    }
}

fn leading_method(text: &str) -> Option<(&'static str, &str)> {
    let start = text.trim_start_matches(MARKS);
    METHODS
        .into_iter()
        .find_map(|method| Some((method, start.strip_prefix(method)?)))
}

/// True for the beginning of a path that lacks its slash: `v2/parcels`.
fn is_versioned(address: &str) -> bool {
    let version = address.split_once('/').map(|(first, _)| first);
    version.is_some_and(|first| {
        let number = first.strip_prefix('v').unwrap_or_default();
        number.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// `GET /parcels/{id}` as a heading: the heading says how the operation is called.
pub fn titled_call(title: &str, dialect: &Dialect) -> bool {
    let title = title.trim_matches('`');
    // Those of `PUT|POST` are told together.
    let method: String = title
        .chars()
        .take_while(|c| c.is_ascii_alphabetic() || *c == '|')
        .collect();
    let rest = title[method.len()..].trim_start_matches([' ', ':', '`']);
    // `Get /parcels` is a call, too; `Get {what}` is not.
    let small = method.contains(|c: char| c.is_ascii_lowercase());
    method.len() > 2
        && (!small || rest.starts_with('/'))
        && (rest.starts_with(['/', '{']) || rest.starts_with("http") || is_versioned(rest))
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
    fn a_title_is_a_call() {
        let dialect = Dialect::parse("d", "").unwrap();
        for (title, want) in [
            ("GET /parcels", Some("GET /parcels")),
            ("`GET /parcels  (signed)`", Some("`GET /parcels")),
            ("[GET] /parcels/:id", Some("GET /parcels/:id")),
            ("PUT - /parcels/{id}", Some("PUT /parcels/{id}")),
            (
                "`PATCH` /parcels/<id>?now=1",
                Some("PATCH /parcels/<id>?now=1"),
            ),
            ("[PUT|POST] /parcels/{id}", Some("PUT|POST /parcels/{id}")),
            ("/parcels/{id} (DELETE)", Some("DELETE /parcels/{id}")),
            ("`/parcels/{id}` - GET", Some("GET /parcels/{id}")),
            ("GET v1/parcels", Some("GET v1/parcels")),
            ("POST requests/answers", None),
            ("/parcels/{id}", None),
            ("GET it (POST)", None),
            ("PUT/what", None),
        ] {
            assert_eq!(call(title, &dialect).as_deref(), want, "{title}");
        }
    }

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
