//! Writes YAML with a comment on each line. What comes from docs is quoted.

use std::fmt::Write as _;

use super::clue::Clue;

/// Longer comments are cut.
const LONGEST: usize = 240;

/// Words that mean something else in YAML when they are not quoted.
const WORDS: [&str; 10] = [
    "true", "false", "yes", "no", "on", "off", "null", "y", "n", "~",
];

/// A text as a YAML scalar.
pub fn scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ' | '/' | '.'))
        && !WORDS.contains(&text.to_lowercase().as_str());
    if plain {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if printable(c) => out.push(c),
            _ => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
        }
    }
    out.push('"');
    out
}

/// True for what YAML takes as it is inside of quotes.
fn printable(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// A pattern as a YAML scalar: backslashes stay as they are.
pub fn pattern(text: &str) -> String {
    if text.chars().all(printable) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        scalar(text)
    }
}

/// A text as what stands in a comment: one line.
pub fn comment(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if printable(c) { c } else { ' ' })
        .take(LONGEST)
        .collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of these clues, below the keys that they have in common.
pub fn lines(clues: &[Clue]) -> String {
    let mut sorted: Vec<&Clue> = clues.iter().filter(|clue| clue.item.is_some()).collect();
    // Keys of the whole dialect come before what is added; clues of a key stay in their order.
    sorted.sort_by_key(|clue| (clue.key.first() == Some(&"add"), clue.key.clone()));
    let mut out = String::new();
    let mut above: &[&str] = &[];
    for clue in sorted {
        let same = |(a, b): &(&&str, &&str)| a == b;
        let shared = above.iter().zip(&clue.key).take_while(same).count();
        let (why, item) = (
            comment(&clue.what),
            clue.item.as_deref().unwrap_or_default(),
        );
        let blank = |depth: usize| "  ".repeat(depth);
        let last = clue.key.len().saturating_sub(1);
        for (depth, key) in clue.key.iter().enumerate().skip(shared) {
            if depth == 0 && !out.is_empty() {
                out.push('\n');
            }
            if depth == last && !clue.list {
                let _ = writeln!(out, "{}# {why}\n{0}{key}: {item}", blank(depth));
            } else {
                let _ = writeln!(out, "{}{key}:", blank(depth));
            }
        }
        if clue.list {
            let depth = clue.key.len();
            let _ = writeln!(out, "{}# {why}\n{0}- {item}", blank(depth));
        }
        above = &clue.key;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_comes_back() {
        for text in [
            "",
            "parcel",
            "no",
            "Yes",
            "a: b",
            "- x",
            "\"'\\",
            "a\nb\u{85}\u{2028}c",
            "#x",
            "{a}",
            "\u{0}\u{7f}",
            "1.0",
            "é",
            "&a",
            "a #b",
            "\u{feff}x",
            "'",
            "*a",
            "%",
            "@",
            "x:",
            " x ",
        ] {
            let read: String = serde_yaml::from_str(&scalar(text)).unwrap();
            assert_eq!(read, text);
            let read: String = serde_yaml::from_str(&pattern(text)).unwrap();
            assert_eq!(read, text);
            let commented = format!("# {}\na: 1\n", comment(text));
            let read: serde_yaml::Mapping = serde_yaml::from_str(&commented).unwrap();
            assert_eq!(read.len(), 1);
        }
    }

    #[test]
    fn clues_stand_below_their_keys() {
        let clue = |key: &[&'static str], item: &str, list| Clue {
            key: key.to_vec(),
            item: Some(item.to_owned()),
            list,
            count: 1,
            what: "why".to_owned(),
        };
        let text = lines(&[
            clue(&["add", "types", "string"], "word", true),
            clue(&["several"], "operations", false),
            clue(&["add", "types", "string"], "phrase", true),
            clue(&["add", "columns", "name"], "thing", true),
        ]);
        let read: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        let want =
            "several: operations\nadd: {columns: {name: [thing]}, types: {string: [word, phrase]}}";
        assert_eq!(
            read,
            serde_yaml::from_str::<serde_yaml::Value>(want).unwrap()
        );
        assert!(
            text.starts_with("# why\nseveral: operations\n\nadd:\n"),
            "{text}"
        );
    }
}
