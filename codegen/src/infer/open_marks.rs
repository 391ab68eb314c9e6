//! Marks that are explained for another one, or not at all, and what else is said of presence.

use std::ops::Range;

use super::meaning::Rules;
use super::sentence::sentences;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, Mark};
use crate::read::facts::Said;

/// A statement on a mark that the table does not use is meant for the one it uses.
pub fn move_marks(
    rules: &mut Rules,
    table: &crate::read::facts::ParamTable,
    diagnostics: &mut Diagnostics,
) {
    let used: Vec<&String> = {
        let mut used: Vec<&String> = table
            .rows
            .iter()
            .map(|row| &row.mark)
            .filter(|mark| !mark.is_empty())
            .collect();
        used.sort();
        used.dedup();
        used
    };
    if let [only] = used.as_slice()
        && !rules.marks.is_empty()
        && !rules.marks.contains_key(*only)
        && rules.marks.len() == 1
        && let Some((stated, meaning)) = rules.marks.pop_first()
    {
        diagnostics.push(
            Code::UnclearMark,
            meaning.said.span,
            format!("{stated} is explained, but the table uses {only}"),
            format!("the explanation was taken for {only}"),
        );
        diagnostics.about_last(&meaning.said.text);
        rules.marks.insert((*only).clone(), meaning);
    }
}

/// Reports marks that the text passes over.
pub fn report_open(
    rules: &Rules,
    table: &crate::read::facts::ParamTable,
    diagnostics: &mut Diagnostics,
) {
    for row in table.rows.iter().filter(|row| rules.leaves_open(&row.mark)) {
        diagnostics.push(
            Code::UnclearMark,
            row.cells.name,
            format!("{} is used, but only other marks are explained", row.mark),
            match applicable(&row.doc) {
                Some(when) => format!("it was taken for required {when}, as the description says"),
                None => "it was taken for optional".to_owned(),
            },
        );
    }
}

/// Reports parameters whose mark says that they are mandatory, and of which the text says what happens without them.
pub fn report_omitted(
    rules: &Rules,
    table: &crate::read::facts::ParamTable,
    notes: &[(Range<usize>, Said)],
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) {
    let mandatory = |mark: &str| {
        rules
            .meaning(mark, dialect)
            .is_some_and(|(mark, when, _)| mark == Mark::Required && when.is_none())
    };
    for row in table.rows.iter().filter(|row| mandatory(&row.mark)) {
        let [name] = row.names.as_slice() else {
            continue;
        };
        for (_, said) in notes {
            if let Some(sentence) = sentences(&said.text)
                .into_iter()
                .find(|sentence| omits(sentence, name))
            {
                diagnostics.push(
                    Code::UnclearMark,
                    said.span,
                    format!("{name} is marked as mandatory, but here it may be left out"),
                    "the mark was believed",
                );
                diagnostics.about_last(sentence.trim());
            }
        }
    }
}

/// `If no parcel id is passed, …`, of `id` or `parcel_id`.
pub fn omits(sentence: &str, name: &str) -> bool {
    let lower = sentence.to_lowercase();
    let Some(tail) = lower
        .strip_prefix("if no ")
        .or_else(|| lower.split_once(" if no ").map(|(_, tail)| tail))
    else {
        return false;
    };
    let words: Vec<&str> = tail.split_whitespace().collect();
    let Some(verb) = words.iter().position(|word| matches!(*word, "is" | "are")) else {
        return false;
    };
    let given = ["passed", "given", "specified", "provided", "set"];
    let passes = words
        .get(verb + 1)
        .is_some_and(|word| given.contains(&word.trim_end_matches([',', '.'])));
    let subject: Vec<&str> = words[..verb]
        .iter()
        .map(|word| word.trim_matches('`'))
        .collect();
    let name = name.to_lowercase();
    passes && (subject.last() == Some(&name.as_str()) || subject.join("_") == name)
}

/// What a description says of when its parameter applies: `Applicable only for gifts` → `only for gifts`, `Not
/// applicable for letters` → `except for letters`.
#[must_use]
pub fn applicable(doc: &str) -> Option<String> {
    sentences(doc).into_iter().find_map(|sentence| {
        let words: Vec<&str> = sentence
            .split_whitespace()
            .map(|word| word.trim_matches(['*', '_']))
            .collect();
        let (at, _) = words
            .iter()
            .enumerate()
            .find(|(_, word)| word.eq_ignore_ascii_case("applicable"))?;
        let is = |at: usize, want: &str| {
            words
                .get(at)
                .is_some_and(|word| word.eq_ignore_ascii_case(want))
        };
        let not = at > 0 && is(at - 1, "not");
        let only = is(at + 1, "only") || (at > 0 && is(at - 1, "only"));
        let from = at + 1 + usize::from(is(at + 1, "only"));
        let what = words
            .get(from + 1..)
            .filter(|what| is(from, "for") && !what.is_empty())?;
        let what = what.join(" ");
        match (not, only) {
            (true, _) => Some(format!("except for {what}")),
            (false, true) => Some(format!("only for {what}")),
            (false, false) => None,
        }
    })
}
