//! Objects of the document, and values that occur in all parts of it.

use serde_json::{Map, Value, json};

use crate::emit::doc;
use crate::spec::{Effect, Source};

/// An object of the document.
pub type Object = Map<String, Value>;

/// Text of the docs as Markdown in which nothing is HTML.
pub fn markdown(text: &str) -> String {
    doc::markdown(text)
}

/// The line of the docs that states something, as the document names it.
pub fn source(source: &Source) -> Value {
    json!(format!("{}:{}", source.file, source.line))
}

/// Sets a key, if there is a value for it.
pub fn put(out: &mut Object, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        out.insert(key.to_owned(), value);
    }
}

/// A list, unless it is empty.
pub fn list(values: Vec<Value>) -> Option<Value> {
    (!values.is_empty()).then_some(Value::Array(values))
}

/// The word for what a second sending does.
pub fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "read",
        Effect::Notify => "notify",
        Effect::Write => "write",
    }
}

/// A name that OpenAPI allows as a key of `components`.
pub fn key(text: &str) -> String {
    let key: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') {
                c
            } else {
                '_'
            }
        })
        .collect();
    if key.is_empty() { "_".to_owned() } else { key }
}
