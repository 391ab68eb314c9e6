//! A JSON parser that reads what people write.
//!
//! It accepts all of JSON, and notes every place where it had to bend the rules. It never fails on text that holds
//! anything at all, and never recurses deeper than 128 levels.

use super::json_reader::Reader;
use super::parsed::{Format, Parsed, Repair};
use super::tree::Tree;

/// Reads a sample; `None` when there is nothing in it.
#[must_use]
pub fn parse(body: &str) -> Option<Parsed> {
    let mut reader = Reader::new(body);
    let mut documents = Vec::new();
    let mut fragment = false;
    loop {
        reader.blanks();
        let Some(c) = reader.peek() else { break };
        match c {
            '{' | '[' => documents.push(reader.value()),
            '}' | ']' | ',' | ':' => {
                reader.note(Repair::WrongBracket);
                reader.bump();
            }
            _ if reader.member_ahead() => {
                reader.note(Repair::BareMembers);
                fragment = documents.is_empty();
                documents.push(Tree::Object(reader.members()));
            }
            _ => documents.push(reader.value()),
        }
    }
    if documents.len() > 1 {
        reader.repairs.push((Repair::SeveralDocuments, 0));
    }
    let mut repairs = reader.repairs;
    if documents.is_empty() {
        return None;
    }
    if repairs
        .iter()
        .all(|(repair, _)| *repair == Repair::RepeatedKey)
        && let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(body)
    {
        // The strict parser has the last word on what is JSON.
        let line: usize = body
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum();
        repairs.push((Repair::Junk, line));
    }
    Some(Parsed {
        format: Format::Json,
        documents,
        repairs,
        fragment,
    })
}
