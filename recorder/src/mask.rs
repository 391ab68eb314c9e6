//! Takes out what nobody else may see, and keeps the kinds of things.
//!
//! It is a list of what may stay, not of what has to go: truth values, small numbers, dates and listed words stay, unless
//! the name of their member says that they are about a person or a secret. Of all else only the kind is left: a text is
//! `masked`, a text of digits `0`, a number `0`, a truth value `false`, a date some day.

mod form;
mod url;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use slate_runtime::wire::{Format, Limits, Map, Value, json, parse, shown_name, xml};

use crate::Settings;
use crate::plain::{is_date, is_number, is_small, is_truth, is_word, some_day};
use crate::words::{has_any, words};

/// What stands in place of a text.
pub const MASKED: &str = "masked";

/// A whole number that fits nowhere: what is left of another one.
const HUGE: &str = "99999999999999999999";

/// Takes out what nobody else may see, and counts it.
#[derive(Debug)]
pub struct Mask {
    settings: Settings,
    /// The segments of documented paths that are no parameters.
    segments: BTreeSet<String>,
    counts: Mutex<Masked>,
}

/// How many values were masked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Masked {
    /// By the name of their parameter or member, where that is documented: other names may be data.
    pub known: BTreeMap<String, u64>,
    /// All others.
    pub others: u64,
}

/// What is known of the place that is masked.
#[derive(Clone, Copy)]
struct Around<'a> {
    /// The name of the member.
    name: &'a str,
    /// The values that are listed for it.
    listed: Option<&'a [String]>,
    /// Inside of something personal.
    personal: bool,
    /// Directly in an object that says how it went.
    outcome: bool,
}

impl Mask {
    /// A mask for an API.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let segments = settings.paths.iter().flat_map(|path| path.split('/'));
        Self {
            segments: segments
                .filter(|segment| !segment.contains(['{', '}']))
                .map(str::to_owned)
                .collect(),
            counts: Mutex::default(),
            settings,
        }
    }

    /// What was masked so far.
    #[must_use]
    pub fn counts(&self) -> Masked {
        self.counts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The name of a method. One that HTTP does not have may be anything.
    #[must_use]
    pub fn method<'v>(&self, method: &'v str) -> &'v str {
        let known = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
        if known.contains(&method) {
            method
        } else {
            self.count("");
            MASKED
        }
    }

    /// A header.
    #[must_use]
    pub fn header<'v>(&self, name: &'v str, value: &'v str) -> (&'v str, &'v str) {
        let is = |known: &String| known.eq_ignore_ascii_case(name);
        // Behind a semicolon anything may stand.
        let value = value.split(';').next().unwrap_or_default().trim();
        let harmless = |b: u8| b.is_ascii_alphanumeric() || b"/+*-., _".contains(&b);
        let digits = value.bytes().filter(u8::is_ascii_digit).count();
        let is_harmless = value.bytes().all(harmless) && value.len() <= 100 && digits <= 8;
        if is_harmless && self.settings.headers.iter().any(is) {
            return (name, value);
        }
        self.count(name);
        (shown_name(name), MASKED)
    }

    /// A body in its own format; nothing if it cannot be read.
    #[must_use]
    pub fn body(&self, body: &[u8]) -> Option<String> {
        let node = parse(body, &Limits::default()).ok()?;
        let around = Around {
            name: "",
            listed: None,
            personal: false,
            outcome: false,
        };
        let masked = self.value(&node.to_value(), around);
        let bytes = match Format::of(body) {
            Format::Json => json::write(&masked),
            Format::Xml => {
                let Value::Object(document) = &masked else {
                    return None;
                };
                let (root, content) = document.iter().next()?;
                xml::write(root, content).ok()?
            }
        };
        String::from_utf8(bytes).ok()
    }

    fn value(&self, value: &Value, around: Around<'_>) -> Value {
        match value {
            Value::Null | Value::File(_) => Value::Null,
            Value::Bool(truth) => {
                let stays = !around.personal || self.is_outcome(around);
                if !stays {
                    self.count(around.name);
                }
                Value::Bool(*truth && stays)
            }
            Value::Number(number) => {
                let text = self.number(number.as_str(), around);
                text.parse().map_or(Value::from(0), Value::Number)
            }
            Value::String(text) => Value::String(self.text(text, around)),
            Value::List(items) => {
                Value::List(items.iter().map(|item| self.value(item, around)).collect())
            }
            Value::Object(members) => Value::Object(self.object(members, around)),
        }
    }

    fn object(&self, members: &Map, around: Around<'_>) -> Map {
        let outcomes = &self.settings.outcomes;
        let outcome = outcomes.iter().any(|known| known == around.name);
        // What a value is about is said by the member beside it, and may be anything.
        let is_scalar = |member: &Value| !matches!(member, Value::List(_) | Value::Object(_));
        let is_pair = members.iter().any(|(name, member)| {
            is_scalar(member) && ends_with(name, &["name", "key", "field", "label"])
        });
        let tellers: Vec<&str> = members
            .iter()
            .filter(|(_, member)| matches!(member, Value::String(text) if self.tells(text)))
            .map(|(name, _)| name)
            .collect();
        let mut out = Map::new();
        for (name, member) in members.iter() {
            let plain = name.trim_start_matches(['@', '#']);
            let is_text = name == "#text";
            let is_value = is_pair && (is_text || ends_with(name, &["value", "values"]));
            let is_told = is_scalar(member) && tellers.iter().any(|teller| *teller != name);
            // The text beside attributes is that of the element.
            let named = if is_text { around.name } else { plain };
            let inner = Around {
                name: named,
                listed: self.settings.members.get(named).map(Vec::as_slice),
                personal: around.personal || is_value || is_told || self.is_personal(plain),
                outcome: if is_text { around.outcome } else { outcome },
            };
            out.insert(free(&out, shown_name(name)), self.value(member, inner));
        }
        out
    }

    fn text(&self, text: &str, around: Around<'_>) -> String {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return text.to_owned();
        }
        if is_number(trimmed) {
            return self.number(trimmed, around);
        }
        let is_listed = around.listed.is_some_and(|values| {
            is_word(trimmed)
                || values
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(trimmed))
        });
        let is_said = is_truth(trimmed) && self.is_outcome(around);
        let is_harmless = is_truth(trimmed) || is_date(trimmed) || is_listed;
        if is_said || (is_harmless && !around.personal) {
            return text.to_owned();
        }
        self.count(around.name);
        // A text is read as what it looks like, so that stays.
        if is_date(trimmed) {
            some_day(trimmed)
        } else if ["true", "false"].contains(&trimmed) {
            "false".to_owned()
        } else {
            MASKED.to_owned()
        }
    }

    /// A number as it stays: whole or not, and whether an `i64` holds it.
    fn number(&self, text: &str, around: Around<'_>) -> String {
        if is_small(text) && (!around.personal || self.is_outcome(around)) {
            return text.to_owned();
        }
        let left = if text.contains(['.', 'e', 'E']) {
            "0.5"
        } else if text.parse::<i64>().is_err() {
            HUGE
        } else {
            "0"
        };
        self.count(around.name);
        left.to_owned()
    }

    /// Whether it says how a call or an item went: that stays, whatever it is called and stands in.
    fn is_outcome(&self, around: Around<'_>) -> bool {
        let fields = &self.settings.outcome_fields;
        around.outcome && fields.iter().any(|known| known == around.name)
    }

    fn is_personal(&self, name: &str) -> bool {
        has_any(name, &self.settings.personal)
    }

    /// Whether a value is a word for something personal: `MOBILE`. What stands beside it may be that.
    fn tells(&self, value: &str) -> bool {
        is_word(value.trim()) && self.is_personal(value)
    }

    fn count(&self, name: &str) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.known.get_mut(name) {
            *count += 1;
        } else if self.settings.names.contains(name) {
            counts.known.insert(name.to_owned(), 1);
        } else {
            counts.others += 1;
        }
    }
}

/// Whether the last word of a name is one of these.
fn ends_with(name: &str, known: &[&str]) -> bool {
    words(name)
        .last()
        .is_some_and(|last| known.contains(&last.as_str()))
}

/// The key, or another one where it is taken: members that are masked alike stay as many as they are.
fn free(taken: &Map, key: &str) -> String {
    // A name of an element cannot be an asterisk.
    let key = if key == "*" { MASKED } else { key };
    let mut out = key.to_owned();
    let mut number = 2;
    while taken.get(&out).is_some() {
        out = format!("{key}{number}");
        number += 1;
    }
    out
}

#[cfg(test)]
#[path = "mask_tests.rs"]
mod tests;
