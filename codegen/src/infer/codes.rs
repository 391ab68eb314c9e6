//! Response codes: rows merged by number, kinds and names.

use heck::ToUpperCamelCase;
use indexmap::IndexMap;

use super::message::Content;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::Dialect;
use crate::read::facts::{CodeFact, CodeKind};
use crate::sample::Tree;
use crate::slate::source::Sources;
use crate::spec::{CodeEntry, Operation, Source};

/// The codes of an entity, in order of their numbers.
pub fn code_entries(
    facts: &[CodeFact],
    api: &[CodeFact],
    operations: &[Operation],
    contents: &IndexMap<String, Vec<Content>>,
    dialect: &Dialect,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<CodeEntry> {
    let mut out: IndexMap<u32, CodeEntry> = IndexMap::new();
    for fact in facts {
        let place = super::source(fact.span, sources);
        let entry = out.entry(fact.code).or_insert_with(|| CodeEntry {
            code: fact.code,
            kind: fact.kind,
            name: String::new(),
            messages: Vec::new(),
            source: Vec::new(),
        });
        if entry.kind == CodeKind::Unknown {
            entry.kind = fact.kind;
        }
        if !fact.message.is_empty() && !entry.messages.contains(&fact.message) {
            if !entry.messages.is_empty()
                && entry
                    .source
                    .last()
                    .is_some_and(|last| last.line + 1 < place.line)
            {
                diagnostics.push(
                    Code::RepeatedCode,
                    fact.span,
                    format!("{} has another message above", fact.code),
                    "both messages were kept",
                );
            }
            entry.messages.push(fact.message.clone());
        }
        if !entry.source.contains(&place) {
            entry.source.push(place);
        }
    }
    shown(&mut out, api, operations, contents, dialect, diagnostics);
    for entry in out
        .values_mut()
        .filter(|entry| entry.kind == CodeKind::Unknown)
    {
        entry.kind = by_message(entry.code, &entry.messages, dialect);
    }
    let mut codes: Vec<CodeEntry> = out.into_values().collect();
    codes.sort_by_key(|entry| entry.code);
    names(&mut codes);
    codes
}

/// What a code means, going by its number and its messages.
fn by_message(code: u32, messages: &[String], dialect: &Dialect) -> CodeKind {
    let text = messages
        .first()
        .map(|message| format!("{} ", message.to_lowercase()))
        .unwrap_or_default();
    let holds = |words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
    if holds(&dialect.outcomes.error) {
        CodeKind::Error
    } else if holds(&dialect.outcomes.warning) {
        CodeKind::Warning
    } else if holds(&dialect.outcomes.success) || code == 200 {
        CodeKind::Success
    } else {
        CodeKind::Unknown
    }
}

/// Adds codes that occur in the items of samples only, and takes kinds from what the samples say of success.
fn shown(
    out: &mut IndexMap<u32, CodeEntry>,
    api: &[CodeFact],
    operations: &[Operation],
    contents: &IndexMap<String, Vec<Content>>,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) {
    let documented: Vec<u32> = out.keys().copied().collect();
    for operation in operations {
        for content in contents.get(&operation.id).into_iter().flatten() {
            let mut found = Vec::new();
            outcomes(&content.tree, dialect, &mut found, 0);
            for (code, success, message) in found {
                // A code of whole calls in an item says nothing about the entity.
                if api.iter().any(|fact| fact.code == code) && !documented.contains(&code) {
                    continue;
                }
                let place = Source {
                    file: operation.source.file.clone(),
                    line: content.line,
                };
                let kind = match success {
                    Some(true) => CodeKind::Success,
                    Some(false) => CodeKind::Error,
                    None => CodeKind::Unknown,
                };
                match out.get_mut(&code) {
                    Some(entry) => {
                        if entry.kind == CodeKind::Unknown {
                            entry.kind = kind;
                        }
                        if !documented.contains(&code)
                            && !message.is_empty()
                            && !entry.messages.contains(&message)
                        {
                            entry.messages.push(message);
                            if !entry.source.contains(&place) {
                                entry.source.push(place);
                            }
                        }
                    }
                    None => {
                        diagnostics.push(
                            Code::UndocumentedCode,
                            content.span,
                            format!("code {code} is in this sample, but in no table"),
                            "it was taken from the sample",
                        );
                        out.insert(
                            code,
                            CodeEntry {
                                code,
                                kind,
                                name: String::new(),
                                messages: if message.is_empty() {
                                    Vec::new()
                                } else {
                                    vec![message]
                                },
                                source: vec![place],
                            },
                        );
                    }
                }
            }
        }
    }
}

/// Code, success and message of every item's outcome in a message.
fn outcomes(
    tree: &Tree,
    dialect: &Dialect,
    out: &mut Vec<(u32, Option<bool>, String)>,
    depth: usize,
) {
    let text = |tree: &Tree| match tree {
        Tree::Text(text) | Tree::Number(text) => text.trim().to_owned(),
        Tree::Bool(flag) => flag.to_string(),
        _ => String::new(),
    };
    if depth > 24 {
        return;
    }
    match tree {
        Tree::Object(members) => {
            for member in members {
                if member.key == dialect.wire.item_status
                    && let Some(code) = member
                        .value
                        .get("code")
                        .and_then(|code| text(code).parse().ok())
                {
                    let success = member
                        .value
                        .get("success")
                        .map(text)
                        .and_then(|text| text.to_lowercase().parse().ok());
                    let message = member
                        .value
                        .get("message")
                        .map(text)
                        .unwrap_or_default()
                        .split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" ");
                    out.push((code, success, message));
                }
                outcomes(&member.value, dialect, out, depth + 1);
            }
        }
        Tree::List(items) => items
            .iter()
            .for_each(|item| outcomes(item, dialect, out, depth + 1)),
        _ => {}
    }
}

/// Gives every code a name out of its first message.
fn names(codes: &mut [CodeEntry]) {
    let mut taken: Vec<String> = Vec::new();
    for entry in codes {
        let base = name_of(entry.messages.first().map_or("", String::as_str))
            .unwrap_or_else(|| format!("Code{}", entry.code));
        let clash = taken.iter().any(|known| known.eq_ignore_ascii_case(&base));
        entry.name = if clash {
            format!("{base}{}", entry.code)
        } else {
            base
        };
        taken.push(entry.name.clone());
    }
}

/// `Unable to register. Invalid mobile number` → `InvalidMobileNumber`.
fn name_of(message: &str) -> Option<String> {
    let polite = [
        "please",
        "kindly",
        "make sure",
        "see ",
        "ensure",
        "check",
        "hence",
    ];
    let whole = message;
    let lower = message.to_lowercase();
    let cut = [", please", " due to "]
        .iter()
        .filter_map(|words| lower.find(words))
        .min()
        .filter(|at| message.is_char_boundary(*at));
    let message = cut.map_or(message, |at| &message[..at]);
    let mut sentences: Vec<&str> = message
        .split(['.', ';', '\n'])
        .map(str::trim)
        .filter(|sentence| {
            sentence.chars().any(char::is_alphabetic)
                && !polite
                    .iter()
                    .any(|word| sentence.to_lowercase().starts_with(word))
        })
        .collect();
    if sentences.is_empty() {
        // Nothing but advice: then the advice names it.
        let advice = whole
            .trim_start_matches("Please ")
            .trim_start_matches("check ")
            .trim_start_matches("your ");
        sentences.extend((advice.len() > 3).then_some(advice));
    }
    let general = |sentence: &str| {
        let lower = sentence.to_lowercase();
        let words = lower.split_whitespace().count();
        words <= 4
            && (lower.starts_with("unable to")
                || lower.ends_with(" failed")
                || lower.starts_with("failed to")
                || lower.starts_with("cannot")
                || lower.starts_with("not allowed")
                || lower.starts_with("invalid transaction"))
    };
    let sentence = match sentences.as_slice() {
        [] => return None,
        [first, second, ..] if general(first) => second,
        [first, ..] => first,
    };
    let small = [
        "the", "a", "an", "of", "to", "is", "are", "be", "for", "has", "have", "this", "that",
        "in", "on", "at", "with", "was", "been", "you", "your", "any", "it", "and", "or", "by",
        "as",
    ];
    let text = sentence.replace(['’', '\''], "");
    let words: Vec<String> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.chars().count() > 1 && !small.contains(&word.to_lowercase().as_str()))
        .take(6)
        .map(|word| word.to_lowercase().to_upper_camel_case())
        .collect();
    let name = words.concat();
    let name = name
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .to_owned();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_is_wrong() {
        for (message, name) in [
            (
                "Unable to register. Invalid mobile number",
                "InvalidMobileNumber",
            ),
            (
                "Customer is registered already",
                "CustomerRegisteredAlready",
            ),
            (
                "Customer registration failed. The email id is invalid.",
                "EmailIdInvalid",
            ),
            ("Points processing failed", "PointsProcessingFailed"),
            (
                "Unable to process points. Please try again later.",
                "UnableProcessPoints",
            ),
            (
                "Please check your username/password or token",
                "UsernamePasswordToken",
            ),
            (
                "Some requests have failed due to errors",
                "SomeRequestsFailed",
            ),
            (
                "Input is invalid, Please check the parameters",
                "InputInvalid",
            ),
            (
                "{x} is Primary Key, {y} cannot be updated.",
                "PrimaryKeyCannotUpdated",
            ),
        ] {
            assert_eq!(name_of(message).as_deref(), Some(name));
        }
        assert_eq!(name_of("…"), None);
    }
}
