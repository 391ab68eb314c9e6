//! Reads the rules that asides and sentences state: what marks mean, which parameters exclude each other.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, Mark};
use crate::read::facts::{OperationFacts, ParamRow, Said};

/// What a mark means in one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The meaning.
    pub mark: Mark,
    /// The condition under which it holds, in the docs' words.
    pub when: Option<String>,
    /// True for `any one of`.
    pub any: bool,
    /// Where it is said.
    pub said: Said,
}

/// The rules of one table.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Meaning of each mark.
    pub marks: BTreeMap<String, Meaning>,
    /// Names of which one is required, as the docs write them, and the sentence.
    pub either: Vec<(Vec<String>, Said)>,
    /// Names that no row has, as alternatives to one that does.
    pub pairs: Vec<Pair>,
    /// A sentence that says that any one of the parameters of the table is required.
    pub any_of_all: Option<Said>,
}

/// `either parcel id or code`, in a table with a row for `code` and one for any identifier of a customer, of which `id`
/// might be one: it is the parcel's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The name without a row.
    pub name: String,
    /// Whose it is.
    pub of: String,
    /// The row that it is the alternative to.
    pub partner: String,
    /// Where it is said.
    pub said: Said,
}

impl Rules {
    /// True for a mark of several characters that the text passes over, although it explains another one.
    #[must_use]
    pub fn leaves_open(&self, mark: &str) -> bool {
        mark.len() > 1 && !self.marks.is_empty() && !self.marks.contains_key(mark)
    }

    /// The meaning of a mark, stated or by habit.
    #[must_use]
    pub fn meaning(&self, mark: &str, dialect: &Dialect) -> Option<(Mark, Option<String>, bool)> {
        if mark.is_empty() {
            return None;
        }
        if let Some(meaning) = self.marks.get(mark) {
            return Some((meaning.mark, meaning.when.clone(), meaning.any));
        }
        if self.leaves_open(mark) {
            // Another mark is explained and this one is not: all that is clear is that it is not the other.
            return Some((Mark::Optional, None, false));
        }
        dialect
            .marks
            .get(mark)
            .map(|mark| (*mark, None, *mark == Mark::OneOf))
    }
}

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
                text: sentence.to_owned(),
                span: said.span,
            };
            if claim(&said, &about, operation, dialect, &mut out) {
                continue;
            }
            statement(&said, &about, &names, operation, &mut out, diagnostics);
        }
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

/// The sentences of a text, without what ends them.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let end = match c {
            '\n' => true,
            '.' | ';' | '!' => text[at + 1..].starts_with([' ', '\n']) || at + 1 == text.len(),
            _ => false,
        };
        if end {
            out.push(text[from..at].trim());
            from = at + 1;
        }
    }
    out.push(text[from.min(text.len())..].trim());
    out.retain(|sentence| !sentence.is_empty());
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
    let speaks =
        lower.contains("mandatory") || lower.contains("required") || lower.contains("mandatorily");
    if !found.is_empty() && (lower.contains("mark") || speaks) {
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
            let any = [
                "any one",
                "any of",
                "at least one",
                "atleast one",
                "either",
                "one among",
                "one of",
            ]
            .iter()
            .any(|words| before.contains(words));
            // `marked with * , … are mandatory`: the verb may come after the next mark.
            let when = condition(&said.text[at + len..to], after)
                .or_else(|| leading_condition(&said.text[from..at], before));
            let mark = match (&when, any) {
                (Some(_), _) => Mark::Optional,
                (None, true) => Mark::OneOf,
                (None, false) => Mark::Required,
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
    let any = lower.contains("any one")
        || lower.contains("any of the")
        || lower.contains("at least one")
        || lower.contains("either");
    if !any || !(speaks || lower.contains("need") || lower.contains("pass")) {
        return;
    }
    let all = [
        "following parameter",
        "preceding parameter",
        "above parameter",
        "these parameter",
        "parameters below",
        "parameters above",
    ]
    .iter()
    .any(|words| lower.contains(words));
    if all && speaks {
        for &table in about {
            out[table].any_of_all = Some(said.clone());
        }
        return;
    }
    if let Some(pair) = either(&lower) {
        let known: Vec<String> = pair
            .iter()
            .filter_map(|word| {
                names
                    .iter()
                    .find(|name| name.eq_ignore_ascii_case(word))
                    .map(|name| (*name).to_owned())
            })
            .collect();
        if known.len() > 1 {
            for &table in about {
                let has = |name: &String| {
                    operation.tables[table]
                        .rows
                        .iter()
                        .any(|row| row.names.contains(name))
                };
                if known.iter().all(has) {
                    out[table].either.push((known.clone(), said.clone()));
                }
            }
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
        }
    }
}

/// Reads a sentence that names an alternative to a row, which the table would take for an identifier of another thing.
fn claim(
    said: &Said,
    about: &[usize],
    operation: &OperationFacts,
    dialect: &Dialect,
    out: &mut [Rules],
) -> bool {
    let Some((of, [name, partner])) = qualified(&said.text.to_lowercase()) else {
        return false;
    };
    // `customer id` is an identifier of the customer.
    let spelling = format!("{of} {name}");
    if dialect.placeholders.spellings.contains_key(&spelling) {
        return false;
    }
    let mut found = false;
    for &at in about {
        let rows = &operation.tables[at].rows;
        let row_of = |name: &String| rows.iter().find(|row| row.names.contains(name));
        let expands = rows.iter().any(|row| stands_for(row, &name, dialect));
        if let (None, Some(_), true) = (row_of(&name), row_of(&partner), expands) {
            out[at].pairs.push(Pair {
                name: name.clone(),
                of: of.clone(),
                partner: partner.clone(),
                said: said.clone(),
            });
            found = true;
        }
    }
    found
}

/// Whether a row stands for one of several identifiers, of which this is one.
fn stands_for(row: &ParamRow, name: &String, dialect: &Dialect) -> bool {
    let placeholders = &dialect.placeholders;
    let [own] = row.names.as_slice() else {
        return false;
    };
    let named = if row.values.is_empty() {
        &placeholders.default
    } else {
        &row.values
    };
    placeholders.names.contains(&own.to_lowercase()) && named.contains(name)
}

/// `either coupon id or code` → `coupon`, with `id`, `code`.
fn qualified(sentence: &str) -> Option<(String, [String; 2])> {
    let pair = either(sentence)?;
    let tail = &sentence[sentence.find("either")? + "either".len()..];
    let (left, _) = tail.split_once(" or ")?;
    let words: Vec<&str> = left.split_whitespace().collect();
    match words.as_slice() {
        [of, _] => Some(((*of).to_owned(), pair)),
        [the, of, _] if *the == "the" => Some(((*of).to_owned(), pair)),
        _ => None,
    }
}

/// `either coupon id or code` → `id`, `code`.
fn either(sentence: &str) -> Option<[String; 2]> {
    let tail = &sentence[sentence.find("either")? + "either".len()..];
    let (left, right) = tail.split_once(" or ")?;
    let word = |text: &str, last: bool| {
        let words: Vec<&str> = text
            .split_whitespace()
            .filter(|word| !matches!(*word, "the" | "a" | "an"))
            .collect();
        let word = if last { words.last() } else { words.first() }?;
        Some(
            word.trim_matches(['`', '*', ',', '.', '"', '\''])
                .to_owned(),
        )
    };
    Some([word(left, true)?, word(right, false)?])
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
            rules.marks.entry(next).or_insert(meaning);
        }
        Some(_) => {}
        None => {
            rules.marks.insert(mark.to_owned(), meaning);
        }
    }
}

/// A statement on a mark that the table does not use is meant for the one it uses.
fn move_marks(
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
        rules.marks.insert((*only).clone(), meaning);
    }
}

/// Reports marks that the text passes over.
fn report_open(
    rules: &Rules,
    table: &crate::read::facts::ParamTable,
    diagnostics: &mut Diagnostics,
) {
    for row in table.rows.iter().filter(|row| rules.leaves_open(&row.mark)) {
        diagnostics.push(
            Code::UnclearMark,
            row.span,
            format!("{} is used, but only other marks are explained", row.mark),
            match applicable(&row.doc) {
                Some(when) => format!("it was taken for required {when}, as the description says"),
                None => "it was taken for optional".to_owned(),
            },
        );
    }
}

/// Reports parameters whose mark says that they are mandatory, and of which the text says what happens without them.
fn report_omitted(
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
            if sentences(&said.text)
                .into_iter()
                .any(|sentence| omits(sentence, name))
            {
                diagnostics.push(
                    Code::UnclearMark,
                    said.span,
                    format!("{name} is marked as mandatory, but here it may be left out"),
                    "the mark was believed",
                );
            }
        }
    }
}

/// `If no parcel id is passed, …`, of `id` or `parcel_id`.
fn omits(sentence: &str, name: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::HeadingKind;
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
                    stated: None,
                    place: None,
                    names: vec![(*name).to_owned()],
                    together: Names::One,
                    mark: (*mark).to_owned(),
                    preset: None,
                    written: None,
                    doc: String::new(),
                    values: Vec::new(),
                    default: None,
                    format: None,
                    limit: None,
                    span: SPAN,
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
