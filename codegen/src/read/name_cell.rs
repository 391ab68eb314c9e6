//! Takes the cell of a parameter's name apart: names, how they belong together, mark, preset, how far it is set in.

use super::facts::Names;
use crate::text::{is_name_char, link, plain};

/// Characters that authors put before a name to show how deep it is.
const BRANCHES: [char; 16] = [
    ' ', '-', '–', '—', '>', '→', '↳', '»', '•', '└', '├', '│', '─', '┗', '|', '+',
];

/// The mark of a name: `name*`, `*name`, and in bold `**name***`.
fn mark(text: &str) -> String {
    let count = |text: &mut dyn Iterator<Item = char>| text.take_while(|c| *c == '*').count();
    let (before, after) = (count(&mut text.chars()), count(&mut text.chars().rev()));
    let marks = if after == 0 {
        before
    } else {
        after.saturating_sub(before)
    };
    "*".repeat(marks)
}

/// What the cell of a name holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameCell {
    /// The names, without marks.
    pub names: Vec<String>,
    /// How they belong together.
    pub together: Names,
    /// The mark behind the name.
    pub mark: String,
    /// The value in a cell such as `deep=true`.
    pub preset: Option<String>,
}

/// Takes a name cell apart.
pub fn names(cell: &str) -> NameCell {
    let text = without_badges(&unlinked(&plain(cell)))
        .replace(['`', '"', '\n'], " ")
        .replace("\\*", "*")
        .replace("\\_", "_");
    // What shows that a row is about a member of the one above.
    let text = text.trim().trim_start_matches(BRANCHES);
    let text = text.strip_prefix("* ").unwrap_or(text).trim_start();
    // `note: string (up to 80 letters)`: the type stands behind the name.
    let text = match text.split_once(": ") {
        Some((name, _)) if !name.contains(char::is_whitespace) && !name.is_empty() => name,
        _ => text,
    };
    let listed = listed(text);
    let mark = match listed {
        Some((label, _)) if label.ends_with('*') => mark(label),
        _ => mark(text),
    };
    let text = listed.map_or(text, |(_, list)| list);
    let text = text.trim_matches('*').trim().trim_end_matches(',').trim();
    let text = text.strip_prefix("either ").unwrap_or(text);
    let (text, preset) = match text.split_once('=') {
        Some((name, value)) => (
            name.trim(),
            Some(value.trim().trim_matches(['{', '}', '<', '>']).to_owned()),
        ),
        None => (text, None),
    };
    let (pieces, together): (Vec<&str>, Names) =
        if text.contains(" or ") && text.contains(',') && !text.contains(" and ") {
            // `mobile, email or external_id`.
            (
                text.split([',', '/'])
                    .flat_map(|piece| piece.split(" or "))
                    .map(|piece| piece.trim().strip_prefix("or ").unwrap_or(piece))
                    .collect(),
                Names::AnyOf,
            )
        } else if text.contains(" & ") || text.contains(" and ") || text.contains(',') {
            (
                text.split(['&', ','])
                    .flat_map(|piece| piece.split(" and "))
                    .collect(),
                Names::All,
            )
        } else if text.contains('/') || text.contains(" or ") || text.contains('|') {
            (
                text.split(['/', '|'])
                    .flat_map(|piece| piece.split(" or "))
                    .collect(),
                Names::AnyOf,
            )
        } else {
            (vec![text], Names::One)
        };
    let mut out: Vec<String> = Vec::new();
    for piece in pieces {
        let piece = piece
            .trim()
            .trim_matches(['*', '\'', '“', '”', '(', ')', ':', '{', '}', '<', '>'])
            .trim();
        let fine = !piece.is_empty()
            && piece.len() <= 80
            && piece.chars().all(|c| {
                is_name_char(c) || c == ' ' || c == '[' || c == ']' || c == '@' || c == '#'
            });
        if fine
            && piece.chars().any(char::is_alphanumeric)
            && !out.iter().any(|known| known == piece)
        {
            out.push(piece.to_owned());
        }
    }
    let together = match (out.len(), listed) {
        (0 | 1, _) => Names::One,
        // What words stand for is any of the names.
        (_, Some(_)) => Names::AnyOf,
        _ => together,
    };
    NameCell {
        names: out,
        together,
        mark,
        preset,
    }
}

/// What stands beside a name in a line of its own, and says something of it that is read nowhere.
const BADGES: [&str; 12] = [
    "array",
    "beta",
    "conditional",
    "deprecated",
    "indexed",
    "multiple",
    "new",
    "nullable",
    "readonly",
    "read-only",
    "repeated",
    "unique",
];

/// A cell without lines that say something of the name above them.
fn without_badges(cell: &str) -> String {
    let mut lines = cell.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    let others = lines.filter(|line| {
        let word = line
            .trim_matches(['*', '(', ')', '[', ']', ' '])
            .to_lowercase();
        !BADGES.contains(&word.as_str())
    });
    std::iter::once(first.as_str())
        .chain(others)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A cell that is a link, as what the link says: `[name](#name)`.
fn unlinked(cell: &str) -> String {
    let first = link(cell).filter(|link| link.before.is_empty());
    first.map_or_else(
        || cell.to_owned(),
        |link| format!("{}{}", link.text, link.after),
    )
}

/// Words for what any of several names may stand for.
const WORDS_FOR_NAMES: [&str; 4] = ["identifier", "identifiers", "identity", "one of"];

/// Words that introduce a list of names.
const INTRODUCING: [&str; 11] = [
    "any one of",
    "any of",
    "one of",
    "either",
    "for example",
    "such as",
    "e.g.",
    "e.g",
    "eg.",
    "i.e.",
    "like",
];

/// Names in running text have no more words.
const MOST_WORDS: usize = 3;

/// `Customer id* (mobile/email)`, `Customer id* [one of mobile/email]`, `identifier* - mobile, email`: words that are no
/// name, and the names that they stand for.
fn listed(text: &str) -> Option<(&str, &str)> {
    let opens = text.find(['(', '[', '{']);
    let (label, list, after) = match opens.map(|at| (at, text.as_bytes()[at])) {
        Some((at, open)) => {
            let close = match open {
                b'(' => ')',
                b'[' => ']',
                _ => '}',
            };
            let (list, after) = text[at + 1..].rsplit_once(close)?;
            (&text[..at], list, after)
        }
        None => {
            let mut dashes = [" - ", " – ", ": "].iter();
            let (label, list) = dashes.find_map(|dash| text.split_once(*dash))?;
            (label, list, "")
        }
    };
    let label = label.trim_end();
    let list = introduced(list.trim());
    let is_name = |name: &str| {
        let mut words = name.split(' ');
        words.all(|word| !word.is_empty() && word.chars().all(is_name_char))
            && name.split(' ').count() <= MOST_WORDS
    };
    let names = || {
        let pieces = list.split(['/', ',']).flat_map(|piece| piece.split(" or "));
        pieces.map(|name| name.trim().trim_end_matches('*'))
    };
    let several = (list.contains(['/', ',']) || list.contains(" or ")) && names().all(is_name);
    let word = label.trim_end_matches(['*', ' ']).to_lowercase();
    // What identifies something has no fixed values: `customer_id (mobile/email/external_id)` lists other identifiers.
    let identifies = |name: &str| name.len() > 2 && name.to_lowercase().ends_with("id");
    let words = word.contains(' ')
        || WORDS_FOR_NAMES.contains(&word.as_str())
        || (identifies(&word) && names().any(identifies));
    let fine = several && words && after.chars().all(|c| c == '*' || c == ' ');
    fine.then_some((label, list))
}

/// A list without the words that introduce it: `one of mobile/email`, `e.g., mobile/email`.
fn introduced(list: &str) -> &str {
    let found = INTRODUCING.iter().find_map(|words| {
        let (before, rest) = (list.get(..words.len())?, list.get(words.len()..)?);
        let apart = rest.starts_with([' ', ',', ':']);
        (apart && before.eq_ignore_ascii_case(words)).then_some(rest)
    });
    found.map_or(list, |rest| rest.trim_start_matches([' ', ',', ':']))
}

/// How far a name is set in.
pub fn indent(cell: &str) -> usize {
    let mut rest = cell;
    let mut width = 0;
    loop {
        let wide = ["&nbsp;", "&emsp;", "&ensp;"]
            .iter()
            .find_map(|blank| rest.strip_prefix(blank));
        if let Some(next) = wide {
            rest = next;
        } else if let Some(next) = rest.strip_prefix(BRANCHES) {
            rest = next;
        } else if let Some(next) = rest.strip_prefix("* ") {
            rest = next;
            width += 1;
        } else {
            return width;
        }
        width += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> (String, Names, String, Option<String>) {
        let cell = names(text);
        (cell.names.join(" "), cell.together, cell.mark, cell.preset)
    }

    #[test]
    fn name_cells() {
        assert_eq!(
            cell("mobile**"),
            ("mobile".into(), Names::One, "**".into(), None)
        );
        assert_eq!(
            cell("mobile/email/external_id*"),
            (
                "mobile email external_id".into(),
                Names::AnyOf,
                "*".into(),
                None
            )
        );
        assert_eq!(
            cell("wallet_id or wallet_label*"),
            (
                "wallet_id wallet_label".into(),
                Names::AnyOf,
                "*".into(),
                None
            )
        );
        assert_eq!(
            cell("start_id & end_id"),
            ("start_id end_id".into(), Names::All, String::new(), None)
        );
        assert_eq!(
            cell("mlp=true"),
            ("mlp".into(), Names::One, String::new(), Some("true".into()))
        );
        assert_eq!(
            cell("canonical_name\""),
            ("canonical_name".into(), Names::One, String::new(), None)
        );
        assert_eq!(
            cell("Customer identifier*"),
            ("Customer identifier".into(), Names::One, "*".into(), None)
        );
        for (listed, mark) in [
            ("Customer id* (mobile/email/external_id)", "*"),
            ("Customer id (mobile/email/external_id)*", "*"),
            ("Customer id (mobile, email, external_id)", ""),
            ("identifier* (mobile/email/external_id)", "*"),
            ("Identifier* - mobile, email, external_id", "*"),
            ("Customer id*: mobile, email or external_id", "*"),
            ("customer_id*(mobile/email/external_id)", "*"),
            ("Customer id* (one of mobile/email/external_id)", "*"),
            ("Customer id (e.g., mobile/email/external_id)", ""),
        ] {
            let names = cell(listed);
            assert_eq!(
                (names.0.as_str(), names.1, names.2.as_str()),
                ("mobile email external_id", Names::AnyOf, mark)
            );
        }
        for any in [
            "mobile, email or external_id",
            "mobile, email, or external_id",
            "either mobile or email or external_id",
        ] {
            let names = cell(any);
            assert_eq!(
                (names.0.as_str(), names.1),
                ("mobile email external_id", Names::AnyOf)
            );
        }
        // A name with its values is one name.
        assert_eq!(cell("size (SMALL/LARGE)").0.split(' ').count(), 1);
        assert_eq!(cell("depot_id (int/string)").0.split(' ').count(), 1);
        let spelt = names("Sender id* (mobile/external id/user id)");
        assert_eq!(spelt.names, ["mobile", "external id", "user id"]);
        assert_eq!((spelt.together, &*spelt.mark), (Names::AnyOf, "*"));
        for dressed in [
            "**code**",
            "code",
            "{code}",
            "- code",
            "* code",
            "└─ code",
            "<number>",
        ] {
            let name = cell(dressed);
            let fine = ["code", "number"].contains(&name.0.as_str()) && name.2.is_empty();
            assert!(fine, "{dressed}");
        }
        for marked in ["**code***", "*code", "code\\*", "- `code`*"] {
            assert_eq!(cell(marked).2, "*", "{marked}");
        }
        assert_eq!(
            cell("`code`"),
            ("code".into(), Names::One, String::new(), None)
        );
        for linked in [
            "[`expand[]`](#expanding)<br><span>Repeated</span>",
            "[expand[]](#x)",
        ] {
            assert_eq!(cell(linked).0, "expand[]", "{linked}");
        }
        assert_eq!(cell("  "), (String::new(), Names::One, String::new(), None));
    }
}
