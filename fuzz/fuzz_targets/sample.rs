//! Any text as a sample: it is repaired or refused, and all places lie in it. What is JSON already is read as a strict
//! parser reads it.

#![no_main]

use slate_codegen::sample::{self, Repair, Tree};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|body: &str| {
    strict(body);
    let _ = sample::format_of(body);
    for parsed in [
        sample::parse(body),
        sample::json::parse(body),
        sample::xml::parse(body),
    ]
    .into_iter()
    .flatten()
    {
        parsed.documents.iter().for_each(|tree| places(tree, body));
        for (repair, at) in &parsed.repairs {
            assert!(*at <= body.len(), "{repair:?} is outside of the sample");
        }
    }
});

/// Each key has its place in the sample.
fn places(tree: &Tree, body: &str) {
    for member in tree.members() {
        assert!(
            member.at <= body.len(),
            "{:?} is outside of the sample",
            member.key
        );
        places(&member.value, body);
    }
    if let Tree::List(items) = tree {
        items.iter().for_each(|item| places(item, body));
    }
}

fn strict(body: &str) {
    let Ok(value) = serde_json::from_str::<Value>(body) else {
        return;
    };
    let parsed = sample::json::parse(body).unwrap();
    assert_eq!(parsed.documents.len(), 1);
    let mut repairs = parsed.repairs.iter().map(|(repair, _)| *repair);
    assert!(
        repairs.all(|repair| repair == Repair::RepeatedKey),
        "{:?}",
        parsed.repairs
    );
    if parsed.repairs.is_empty() {
        assert_eq!(plain(&parsed.documents[0]), trimmed(value));
    }
}

/// The tree as the other parser would say it.
fn plain(tree: &Tree) -> Value {
    match tree {
        Tree::Null => Value::Null,
        Tree::Bool(value) => Value::Bool(*value),
        Tree::Number(text) => serde_json::from_str(text).unwrap(),
        Tree::Text(text) => Value::String(text.clone()),
        Tree::List(items) => items.iter().map(plain).collect(),
        Tree::Object(members) => members
            .iter()
            .map(|member| (member.key.clone(), plain(&member.value)))
            .collect(),
    }
}

/// Blanks around keys are slips of the pen.
fn trimmed(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(trimmed).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(key, value)| (key.trim().to_owned(), trimmed(value)))
            .collect(),
        other => other,
    }
}
