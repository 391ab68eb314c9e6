//! Reads whether a parameter has to be there where words say it, not marks: a column of its own, or a word beside the
//! name, the type or the description.

use crate::dialect::Presence;
use crate::text::{bare, one_slip, swapped};

/// What a cell of a column `Required` says.
pub fn of_cell(cell: &str, presence: &Presence) -> Option<bool> {
    let text = bare(cell).trim_matches('*').to_lowercase();
    let begins = |words: &[String]| {
        words.iter().any(|word| {
            text.strip_prefix(word.as_str())
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    };
    if begins(&presence.optional) || begins(&presence.no) {
        // `No, unless …` and `Optional if …` leave it to the caller as well.
        Some(false)
    } else if begins(&presence.required) || begins(&presence.yes) {
        // `Yes, if …` holds under a condition only.
        Some(!text.contains(" if ") && !text.contains(" when "))
    } else {
        None
    }
}

/// The word that a cell of such a column means which has a slip of the pen.
pub fn respelt<'p>(cell: &str, presence: &'p Presence) -> Option<&'p str> {
    let written = cell.to_lowercase();
    let known = [
        &presence.yes,
        &presence.no,
        &presence.required,
        &presence.optional,
    ];
    let length = written.chars().count();
    let slip = |right: &&String| {
        let long = length > 6 || (length > 2 && right.len() == written.len());
        long && one_slip(right, &written) && (length > 6 || swapped(right, &written))
    };
    let mut found = known.into_iter().flatten().filter(slip);
    found.next().map(String::as_str)
}

/// True for a cell with words that say nothing of whether a parameter has to be there.
pub fn is_unknown(cell: &str, presence: &Presence) -> bool {
    cell.chars().any(char::is_alphabetic)
        && of_cell(cell, presence).is_none()
        && of_optional(cell, presence).is_none()
}

/// What a cell of a column `Optional` says: whether it may be left out.
pub fn of_optional(cell: &str, presence: &Presence) -> Option<bool> {
    let word = bare(cell).to_lowercase();
    let among = |words: &[String]| words.contains(&word);
    if among(&presence.yes) || among(&presence.optional) {
        Some(true)
    } else if among(&presence.no) || among(&presence.required) {
        Some(false)
    } else {
        None
    }
}

/// Takes the word off a cell that is about something else: `name (required)`, `string, optional`, `required string`.
pub fn split(cell: &str, presence: &Presence) -> (String, Option<bool>) {
    for (words, stated) in [(&presence.required, true), (&presence.optional, false)] {
        for word in words {
            if let Some(rest) = without(cell, word) {
                return (rest, Some(stated));
            }
        }
    }
    (cell.to_owned(), None)
}

fn without(cell: &str, word: &str) -> Option<String> {
    let dress =
        |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '*' | ',' | ':' | '.');
    let lower = cell.to_lowercase();
    // Lower case may be longer than what it is made of: places in one are not places in the other then.
    if lower.len() != cell.len() {
        return None;
    }
    let at = lower.find(word)?;
    let (before, after) = (&cell[..at], &cell[at + word.len()..]);
    let at_end = after.chars().all(dress) && before.ends_with(dress);
    let at_start = before.chars().all(dress) && after.starts_with(dress);
    let rest = if at_end {
        // What opened before the word closes behind it; other marks belong to the name.
        before.trim_end_matches(|c: char| dress(c) && c != '*' && c != ']')
    } else if at_start {
        after.trim_start_matches(dress)
    } else {
        return None;
    };
    let opened = before.trim_end().ends_with('*') && after.trim_start().starts_with('*');
    let rest = if at_end && opened {
        rest.trim_end_matches('*').trim_end()
    } else {
        rest
    };
    (!rest.trim().is_empty()).then(|| rest.trim().to_owned())
}

/// What a description begins with: `Required. …`, `(optional) …`, `**Mandatory**: …`; or ends with in brackets.
pub fn of_description(doc: &str, presence: &Presence) -> Option<bool> {
    let lower = doc.to_lowercase();
    let head = lower.trim_start_matches(['(', '[', '*', '_', '`', ' ']);
    let dressed = head.len() < lower.len();
    let tail = lower.trim_end_matches(['.', '!', ' ']);
    let marks = [
        ("(", ")"),
        ("(", "!)"),
        ("[", "]"),
        ("**", "**"),
        // As badges in HTML become.
        (" *", "*"),
        ("[", "!]"),
    ];
    let says = |words: &[String]| {
        words.iter().any(|word| {
            let begins = head.strip_prefix(word.as_str()).is_some_and(|rest| {
                rest.is_empty()
                    || rest.starts_with(['.', ')', ']', ':', ';'])
                    || rest.starts_with(" - ")
                    || (dressed && rest.starts_with(['*', '_', '`']))
            });
            let ends = marks.iter().any(|(open, close)| {
                let before = tail.strip_suffix(close);
                let before = before.and_then(|text| text.strip_suffix(word.as_str()));
                before.is_some_and(|text| text.ends_with(open))
            });
            begins || ends
        })
    };
    if says(&presence.optional) {
        Some(false)
    } else {
        says(&presence.required).then_some(true)
    }
}

/// `Required Parameters`, `Optional Parameters`: what a heading says of all rows below it.
pub fn of_heading(title: &str, presence: &Presence) -> Option<bool> {
    let lower = title.to_lowercase();
    let says = |words: &[String]| words.iter().any(|word| lower.contains(word.as_str()));
    match (says(&presence.required), says(&presence.optional)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn presence() -> Presence {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        Presence {
            required: words(&["required", "mandatory"]),
            optional: words(&["optional", "not required"]),
            yes: words(&["yes", "y"]),
            no: words(&["no", "n"]),
            skip: Vec::new(),
        }
    }

    #[test]
    fn cells_of_a_column() {
        for (cell, want) in [
            ("Yes", Some(true)),
            ("**Y**", Some(true)),
            ("`no`", Some(false)),
            ("not required", Some(false)),
            ("Yes, if there is no street", Some(false)),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(of_cell(cell, &presence()), want, "{cell}");
        }
    }

    #[test]
    fn words_beside_names_and_types() {
        for (cell, rest, want) in [
            ("street (required)", "street", Some(true)),
            ("street\n*optional*", "street", Some(false)),
            ("street **required**", "street", Some(true)),
            ("string, optional", "string", Some(false)),
            ("string[] (required)", "string[]", Some(true)),
            ("required string", "string", Some(true)),
            ("required", "required", None),
            ("required_weight", "required_weight", None),
            ("weight_required", "weight_required", None),
        ] {
            let (text, stated) = split(cell, &presence());
            assert_eq!((text.as_str(), stated), (rest, want), "{cell}");
        }
    }

    #[test]
    fn words_in_descriptions() {
        for (doc, want) in [
            ("Required. The street.", Some(true)),
            ("(optional) The street.", Some(false)),
            ("**Mandatory** The street.", Some(true)),
            ("The street (optional).", Some(false)),
            ("The street, **required**", Some(true)),
            ("The street (required!)", Some(true)),
            ("The street. *required*", Some(true)),
            ("Required if there is a town.", None),
            ("The street is required.", None),
        ] {
            assert_eq!(of_description(doc, &presence()), want, "{doc}");
        }
    }
}
