//! Takes out what nobody else may see, and keeps the kinds of things.
//!
//! Everything is masked, whatever the name of its member, but what is on a list of harmless things: truth values, `0` and `1`,
//! documented values of members whose values the docs list, whether and by which code something went well, and names that the
//! docs have. Of all else the kind is left, which is what `observe` compares: a text is `masked`, a number another one of its
//! form, a date some day, a value outside of its list `unlisted`.

mod form;
mod url;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use slate_codegen::shown::{self, Documented};
use slate_runtime::wire::{Format, Limits, Map, Value, json, parse, shown_name, xml};

use crate::Settings;
use crate::plain::{is_bit, is_code, is_date, is_number, is_truth, is_word, some_day, some_number};
use crate::words::has_any;

pub use slate_codegen::observe::{MASKED, UNLISTED};

/// What stands in place of the name of an attribute.
const ATTRIBUTE: &str = "@masked";

/// Takes out what nobody else may see, and counts it.
#[derive(Debug)]
pub struct Mask {
    settings: Settings,
    /// The names and paths that may be written.
    documented: Documented,
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
        let names = settings.names.iter().map(String::as_str);
        let paths = settings.paths.iter().map(String::as_str);
        let formats = settings.formats.iter().map(String::as_str);
        Self {
            documented: Documented::new(names, paths, formats),
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
    pub fn method(&self, method: &str) -> &'static str {
        shown::method(method).unwrap_or_else(|| {
            self.count("");
            MASKED
        })
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
            let shown = if is_text { name } else { self.name(name) };
            out.insert(free(&out, shown), self.value(member, inner));
        }
        out
    }

    /// The name of a member, if the docs have it: what stands as a key may be data.
    fn name<'n>(&self, name: &'n str) -> &'n str {
        if self.documented.has_name(name) {
            return name;
        }
        self.count("");
        // An attribute of XML stays one.
        if name.starts_with('@') {
            ATTRIBUTE
        } else {
            MASKED
        }
    }

    fn text(&self, text: &str, around: Around<'_>) -> String {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return text.to_owned();
        }
        if is_number(trimmed) {
            return self.number(trimmed, around);
        }
        let listed = around.listed.unwrap_or_default();
        let is_listed = is_one_of(trimmed, listed);
        let is_said = is_truth(trimmed) && self.is_outcome(around);
        if is_said || ((is_truth(trimmed) || is_listed) && !around.personal) {
            return text.to_owned();
        }
        self.count(around.name);
        // A text is read as what it looks like, so that stays.
        if is_date(trimmed) {
            some_day(trimmed)
        } else if ["true", "false"].contains(&trimmed) {
            "false".to_owned()
        } else if listed.is_empty() || around.personal {
            MASKED.to_owned()
        } else {
            UNLISTED.to_owned()
        }
    }

    /// A number as it stays: with its sign, whole or not, and how long.
    fn number(&self, text: &str, around: Around<'_>) -> String {
        let listed = around.listed.unwrap_or_default();
        let is_listed = is_one_of(text, listed);
        let is_said = self.is_outcome(around) && is_code(text);
        if is_said || ((is_bit(text) || is_listed) && !around.personal) {
            return text.to_owned();
        }
        self.count(around.name);
        // What is listed stays something that is.
        let other = listed.iter().find(|value| is_listed && is_number(value));
        other.cloned().unwrap_or_else(|| some_number(text))
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

/// Whether a value is one of those that are listed.
fn is_one_of(value: &str, listed: &[String]) -> bool {
    listed.iter().any(|known| known.eq_ignore_ascii_case(value))
}

/// Whether the last word of a name is one of these.
fn ends_with(name: &str, known: &[&str]) -> bool {
    shown::words(name)
        .last()
        .is_some_and(|last| known.contains(&last.as_str()))
}

/// The key, or another one where it is taken: members that are masked alike stay as many as they are.
fn free(taken: &Map, key: &str) -> String {
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
