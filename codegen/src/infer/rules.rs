//! Reads the rules that asides and sentences state: what marks mean, which parameters exclude each other.

use std::ops::Range;

use super::asked::{all_of_them, enumeration, of_the_others, says_any, speaks, tells, words};
use super::meaning::{Meaning, Rules};
use super::open_marks::{move_marks, report_omitted, report_open};
use super::pairs::{claim, either};
use super::sentence::sentences;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, Mark};
use crate::read::facts::{OperationFacts, ParamTable, Said};

/// The rules for each of the operation's tables.
pub fn rules(
    operation: &OperationFacts,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<Rules> {
    let mut out = vec![Rules::default(); operation.tables.len()];
    let requests: Vec<usize> = (0..operation.tables.len())
        .filter(|&at| operation.tables[at].kind != crate::dialect::HeadingKind::Response)
        .collect();
    for (range, said) in &operation.notes {
        let about: Vec<usize> = if range.is_empty() {
            requests.clone()
        } else {
            Range::clone(range).collect()
        };
        if about.is_empty() {
            continue;
        }
        let names: Vec<&str> = about
            .iter()
            .flat_map(|&at| &operation.tables[at].rows)
            .flat_map(|row| row.names.iter().map(String::as_str))
            .collect();
        for sentence in sentences(&said.text) {
            let said = Said {
                text: sentence.replace("\\*", "*"),
                span: said.span,
            };
            if claim(&said, &about, operation, dialect, &mut out) {
                continue;
            }
            statement(&said, &about, &names, operation, &mut out, diagnostics);
        }
    }
    for &at in &requests {
        described(&operation.tables[at], &mut out[at]);
    }
    for (at, table) in operation.tables.iter().enumerate() {
        move_marks(&mut out[at], table, diagnostics);
        if table.kind != crate::dialect::HeadingKind::Response {
            report_open(&out[at], table, diagnostics);
            report_omitted(&out[at], table, &operation.notes, dialect, diagnostics);
        }
    }
    out
}

/// Runs of `*` that stand for a mark: offset and length.
fn marks(sentence: &str) -> Vec<(usize, usize)> {
    let bytes = sentence.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'*' {
            at += 1;
            continue;
        }
        let len = bytes[at..].iter().take_while(|byte| **byte == b'*').count();
        let alone_before = at == 0
            || bytes[at - 1].is_ascii_whitespace()
            || matches!(bytes[at - 1], b'`' | b'(' | b'"');
        let after = bytes.get(at + len);
        let alone_after = after.is_none_or(|byte| {
            byte.is_ascii_whitespace() || matches!(byte, b',' | b'.' | b'`' | b')' | b'"')
        });
        if alone_before && alone_after && len <= 3 {
            out.push((at, len));
        }
        at += len;
    }
    out
}

/// Alternatives that the description of a row names, where no mark says what is required: `Either id or code is
/// required.`
fn described(table: &ParamTable, rules: &mut Rules) {
    let plain = |name: &str| {
        let row = table.rows.iter().find(|row| {
            let mut names = row.names.iter();
            names.any(|own| own.eq_ignore_ascii_case(name))
        });
        row.is_some_and(|row| row.mark.is_empty())
    };
    for row in &table.rows {
        for sentence in sentences(&row.doc) {
            let lower = sentence.to_lowercase();
            if !says_any(&lower) || !speaks(&lower) {
                continue;
            }
            let names: Vec<String> = enumeration(sentence, plain)
                .into_iter()
                .map(str::to_owned)
                .collect();
            let known = rules.either.iter().any(|(known, _)| *known == names);
            if names.len() > 1 && !known {
                let said = Said {
                    text: sentence.to_owned(),
                    span: row.cells.doc,
                };
                rules.either.push((names, said));
            }
        }
    }
}

fn statement(
    said: &Said,
    about: &[usize],
    names: &[&str],
    operation: &OperationFacts,
    out: &mut [Rules],
    diagnostics: &mut Diagnostics,
) {
    let lower = said.text.to_lowercase();
    let found = marks(&said.text);
    let speaks = speaks(&lower);
    let lists = words(&said.text).filter(|word| names.contains(word));
    let legend = lists.count() < 2 && is_legend(&lower, &found);
    if !found.is_empty() && (lower.contains("mark") || speaks || legend) {
        for (number, &(at, len)) in found.iter().enumerate() {
            let from = if number == 0 {
                0
            } else {
                found[number - 1].0 + found[number - 1].1
            };
            let to = found.get(number + 1).map_or(lower.len(), |next| {
                // The words that introduce the next mark belong to it.
                let between = &lower[at + len..next.0];
                let cut = between
                    .rfind(" and ")
                    .or_else(|| between.rfind(", "))
                    .unwrap_or(between.len());
                at + len + cut
            });
            let (before, after) = (&lower[from..at], &lower[at + len..to]);
            let any = says_any(if legend { after } else { before });
            // `marked with * , … are mandatory`: the verb may come after the next mark.
            let when = condition(&said.text[at + len..to], after)
                .or_else(|| leading_condition(&said.text[from..at], before));
            let mark = if when.is_some() || is_optional(after) {
                Mark::Optional
            } else if any {
                Mark::OneOf
            } else {
                Mark::Required
            };
            let text = "*".repeat(len);
            for &table in about {
                let meaning = Meaning {
                    mark,
                    when: when.clone(),
                    any,
                    said: said.clone(),
                };
                insert(&mut out[table], &text, meaning, diagnostics);
            }
        }
        return;
    }
    let asks = speaks || lower.contains("need") || lower.contains("pass") || tells(&lower);
    // `It is not mandatory to pass either …`, `neither … nor … is required` ask for nothing.
    let free = is_optional(&lower) || lower.contains("neither ");
    if !says_any(&lower) || !asks || free {
        return;
    }
    let push = |known: &[String], out: &mut [Rules]| {
        for &table in about {
            let rows = &operation.tables[table].rows;
            let has = |name: &String| rows.iter().any(|row| row.names.contains(name));
            if known.iter().all(has) {
                out[table].either.push((known.to_vec(), said.clone()));
            }
        }
    };
    let row_of = |word: &str| {
        let found = names.iter().find(|name| name.eq_ignore_ascii_case(word));
        found.map(|name| (*name).to_owned())
    };
    let pair = either(&lower);
    let known: Vec<String> = pair
        .iter()
        .flatten()
        .filter_map(|word| row_of(word))
        .collect();
    // Names of rows that the sentence lists, where it asks for one of them. Softer words ask for what they enumerate only.
    let mut listed: Vec<String> = Vec::new();
    let named = if speaks {
        words(&said.text).collect()
    } else if tells(&lower) {
        enumeration(&said.text, |word| row_of(word).is_some())
    } else {
        Vec::new()
    };
    for name in named.into_iter().filter_map(row_of) {
        if !listed.contains(&name) {
            listed.push(name);
        }
    }
    let asks = speaks || tells(&lower);
    if asks && of_the_others(&lower) {
        let others = names.iter().map(|name| (*name).to_owned());
        push(
            &others
                .filter(|name| !listed.contains(name))
                .collect::<Vec<_>>(),
            out,
        );
        return;
    }
    if asks && listed.len() > known.len().max(1) {
        push(&listed, out);
        return;
    }
    if asks && listed.is_empty() && all_of_them(&lower) {
        for &table in about {
            out[table].any_of_all = Some(said.clone());
        }
        return;
    }
    if pair.is_some() {
        if known.len() > 1 {
            push(&known, out);
        } else if speaks
            || lower.contains("need to pass either")
            || lower.contains("can pass either")
        {
            diagnostics.push(
                Code::UnreadRule,
                said.span,
                "this rule names parameters that the table does not have",
                "it was left to the reader",
            );
            diagnostics.about_last(said.text.trim());
        }
    }
}

/// True for `* mandatory, ** any one of these`: it begins with a mark, and behind each is what it means.
fn is_legend(lower: &str, marks: &[(usize, usize)]) -> bool {
    let begins = |at: usize| !lower[..at].contains(char::is_alphanumeric);
    let ends = marks.iter().skip(1).map(|(at, _)| *at);
    let mut behind = marks.iter().zip(ends.chain([lower.len()]));
    let first = marks.first();
    first.is_some_and(|(at, _)| begins(*at))
        && behind.all(|((at, len), end)| {
            let words = &lower[at + len..end];
            speaks(words) || says_any(words) || is_optional(words)
        })
}

/// Whether words say that something may be left out, and nothing else of what is required.
fn is_optional(words: &str) -> bool {
    let mut rest = words.to_owned();
    for not in [
        "not mandatory",
        "not required",
        "non mandatory",
        "non-mandatory",
        "optional",
    ] {
        rest = rest.replace(not, "");
    }
    rest.len() < words.len() && !speaks(&rest)
}

/// The condition after `required`: `when …`, `for …`, `if …`.
fn condition(original: &str, lower: &str) -> Option<String> {
    let start = ["required", "mandatory"]
        .iter()
        .filter_map(|word| lower.find(word).map(|at| at + word.len()))
        .min()?;
    let rest = &lower[start..];
    let words = ["when", "if", "for", "only", "in case", "to ", "unless"];
    let trimmed = rest.trim_start();
    words.iter().any(|word| trimmed.starts_with(word)).then(|| {
        let offset = start + (rest.len() - trimmed.len());
        original
            .get(offset..)
            .unwrap_or(trimmed)
            .trim()
            .trim_end_matches(['.', ','])
            .to_owned()
    })
}

/// The condition before the statement: `For group redemption, any one of …`.
fn leading_condition(original: &str, lower: &str) -> Option<String> {
    let start = lower.len() - lower.trim_start_matches(|c: char| !c.is_alphabetic()).len();
    let begins = ["for ", "if ", "when ", "in case "]
        .iter()
        .any(|word| lower[start..].starts_with(word));
    let comma = lower.find(',')?;
    (begins && comma > start)
        .then(|| {
            original
                .get(start..comma)
                .unwrap_or_default()
                .trim()
                .to_owned()
        })
        .filter(|text| !text.is_empty())
}

fn insert(rules: &mut Rules, mark: &str, meaning: Meaning, diagnostics: &mut Diagnostics) {
    match rules.marks.get(mark) {
        Some(known) if known.mark != meaning.mark => {
            // One mark with two meanings: the second is meant for the next one.
            let next = format!("{mark}*");
            diagnostics.push(
                Code::UnclearMark,
                meaning.said.span,
                format!("{mark} is given two meanings"),
                format!("the second was taken for {next}"),
            );
            diagnostics.about_last(meaning.said.text.trim());
            rules.marks.entry(next).or_insert(meaning);
        }
        Some(_) => {}
        None => {
            rules.marks.insert(mark.to_owned(), meaning);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::HeadingKind;
    use crate::infer::open_marks::{applicable, omits};
    use crate::read::facts::ParamRow;
    use crate::read::facts::{Names, ParamTable};
    use crate::slate::source::Span;

    const SPAN: Span = Span {
        file: 0,
        start: 0,
        end: 1,
    };

    fn table(names: &[(&str, &str)]) -> ParamTable {
        ParamTable {
            kind: HeadingKind::Body,
            heading: Said {
                text: String::new(),
                span: SPAN,
            },
            rows: names
                .iter()
                .map(|(name, mark)| ParamRow {
                    above: Vec::new(),
                    linked: Vec::new(),
                    stated: None,
                    place: None,
                    names: vec![(*name).to_owned()],
                    together: Names::One,
                    mark: (*mark).to_owned(),
                    preset: None,
                    items: None,
                    written: None,
                    doc: String::new(),
                    values: Vec::new(),
                    default: None,
                    format: None,
                    limit: None,
                    span: SPAN,
                    cells: crate::read::facts::Cells::of_line(SPAN),
                })
                .collect(),
        }
    }

    fn read(names: &[(&str, &str)], note: &str) -> Rules {
        let operation = OperationFacts {
            title: String::new(),
            span: SPAN,
            doc: String::new(),
            uris: vec![],
            urls: vec![],
            called: vec![],
            media: Vec::new(),
            returned: Vec::new(),
            empty: None,
            refusals: Vec::new(),
            method: None,
            auth: None,
            batch: None,
            rate_limit: None,
            formats: None,
            version: None,
            tables: vec![table(names)],
            notes: vec![(
                0..1,
                Said {
                    text: note.to_owned(),
                    span: SPAN,
                },
            )],
            samples: vec![],
            members: vec![],
        };
        let dialect = Dialect::parse("d", include_str!("../../../spec/dialect.yaml")).unwrap();
        rules(&operation, &dialect, &mut Diagnostics::default()).remove(0)
    }

    fn of(names: &[(&str, &str)], note: &str, mark: &str) -> (Mark, Option<String>) {
        let meaning = &read(names, note).marks[mark];
        (meaning.mark, meaning.when.clone())
    }

    #[test]
    fn what_marks_mean() {
        let rows = [("a", "*"), ("b", "**")];
        assert_eq!(
            of(&rows, "Parameters marked with * are mandatory.", "*").0,
            Mark::Required
        );
        assert_eq!(
            of(
                &rows,
                "At least one among the parameters marked with ** is mandatory.",
                "**"
            )
            .0,
            Mark::OneOf
        );
        let two = "Parameters marked with * are mandatory and the ones marked with ** are required when the `kind` is `USERNAME`.";
        assert_eq!(of(&rows, two, "*").0, Mark::Required);
        assert_eq!(
            of(&rows, two, "**"),
            (Mark::Optional, Some("when the `kind` is `USERNAME`".into()))
        );
        let mobile = "Parameters marked with * are mandatory and the parameter with ** is required for mobile app.";
        assert_eq!(
            of(&rows, mobile, "**"),
            (Mark::Optional, Some("for mobile app".into()))
        );
        let group = "Parameters marked with * are mandatory. Any one among the parameters marked with ** is required for group level redemption.";
        assert_eq!(of(&rows, group, "*").0, Mark::Required);
        assert_eq!(of(&rows, group, "**").0, Mark::Optional);
        let leading = "For group redemption, any one of the parameters marked with ** is required.";
        assert_eq!(
            of(&rows, leading, "**"),
            (Mark::Optional, Some("For group redemption".into()))
        );
    }

    #[test]
    fn garbled_statements() {
        let rows = [("a", "*"), ("b", "**")];
        let twice = "Parameters marked with *, and any one among the parameters marked with * are mandatory.";
        assert_eq!(of(&rows, twice, "*").0, Mark::Required);
        assert_eq!(of(&rows, twice, "**").0, Mark::OneOf);
        let other = [("a", "**"), ("b", "**"), ("c", "")];
        assert_eq!(
            of(
                &other,
                "Any one among the parameters marked with * is mandatory.",
                "**"
            )
            .0,
            Mark::OneOf
        );
    }

    #[test]
    fn marks_that_are_passed_over() {
        let rules = read(
            &[("a", "*"), ("b", "**")],
            "Parameters marked with * are mandatory.",
        );
        assert!(rules.leaves_open("**") && !rules.leaves_open("*"));
        assert!(!Rules::default().leaves_open("**"));
        for (doc, want) in [
            (
                "Lock of the box. Applicable only for large parcels.",
                Some("only for large parcels"),
            ),
            ("Only applicable for gifts", Some("only for gifts")),
            (
                "Lock of the box. *Not applicable for letters*. Four digits.",
                Some("except for letters"),
            ),
            ("Applicable for gifts.", None),
            ("Applicable only", None),
            ("Lock of the box.", None),
        ] {
            assert_eq!(applicable(doc).as_deref(), want, "{doc}");
        }
    }

    #[test]
    fn alternatives_without_a_row() {
        let rows = [("identifier", ""), ("code", "")];
        let claims = |note: &str| read(&rows, note).pairs;
        for note in [
            "You can pass either parcel id or code.",
            "Pass either the parcel id or the code.",
        ] {
            let [claim] = &claims(note)[..] else {
                panic!("no claim in {note}");
            };
            let words = [&claim.name, &claim.of, &claim.partner];
            assert_eq!(words, ["id", "parcel", "code"], "{note}");
        }
        // The customer's own, nobody's, and one that the row does not stand for.
        assert_eq!(claims("You can pass either customer id or code."), []);
        assert_eq!(claims("You can pass either id or code."), []);
        assert_eq!(claims("You can pass either parcel number or code."), []);
        assert_eq!(claims("You can pass either parcel id or label."), []);
    }

    #[test]
    fn what_may_be_left_out() {
        for (sentence, name, want) in [
            ("If no parcel id is passed, all are listed", "id", true),
            (
                "If no parcel id is passed, all are listed",
                "parcel_id",
                true,
            ),
            (
                "If no `depot` is given, the nearest takes it",
                "depot",
                true,
            ),
            ("Lists all parcels if no parcel id is passed.", "id", true),
            ("If no parcel id is found, the list is empty", "id", false),
            ("If no parcel id is passed, all are listed", "depot", false),
            ("If no", "id", false),
        ] {
            assert_eq!(omits(sentence, name), want, "{sentence}");
        }
    }

    #[test]
    fn rules_without_marks() {
        let rows = [("id", ""), ("code", "")];
        assert_eq!(
            read(
                &rows,
                "You need to pass either `code` or `id` as applicable"
            )
            .either[0]
                .0,
            ["code", "id"]
        );
        assert!(
            read(
                &rows,
                "Any one among the following parameters is mandatory."
            )
            .any_of_all
            .is_some()
        );
        assert!(
            read(&rows, "You can pass either mobile or email.")
                .either
                .is_empty()
        );
    }
}
