//! Whether what came is an answer of an operation at all. What stands in front of an API answers with a status of 200 too:
//! that shows neither that a request is valid, nor what answers hold.
//!
//! It is the rule by which the SDK believes an answer: one that says how the call went, or else holds what the docs show.
//! What changes something and says how it went where all is well has to say it.

use serde_json::Value;

use super::proof::Proof;
use super::walker::{Verdict, Walk};
use crate::dialect::Wire;

/// How many wrappers may stand around the usual place of a status.
const MOST_WRAPPERS: usize = 3;

impl Verdict {
    pub(super) fn says_something(self) -> bool {
        self.success.is_some() || self.code.is_some()
    }

    /// Whether it went well; a code of HTTP says that too.
    pub(super) fn went_well(self) -> Option<bool> {
        let by_code = |code: u32| match code {
            200..300 => Some(true),
            400.. => Some(false),
            _ => None,
        };
        self.success.or_else(|| self.code.and_then(by_code))
    }
}

impl Walk<'_, '_> {
    /// Whether what was asked is known.
    pub(super) fn is_enough(&self) -> bool {
        self.until.is_some_and(|proof| self.proves(proof))
    }

    /// Whether what was seen so far can only be in an answer.
    pub(super) fn proves(&self, proof: Proof) -> bool {
        self.call.says_something()
            || match proof {
                Proof::Word => false,
                Proof::Payload => self.payload_seen,
                Proof::Member => self.member_seen || self.payload_seen && self.payload_is_member(),
            }
    }

    /// Items of a list that is all of the answer are what the docs show.
    fn payload_is_member(&self) -> bool {
        self.payload
            .is_some_and(|payload| self.places.place(payload).name == "[]")
    }
}

/// What a body says of how the call went at a place that the docs of the operation do not have: refusals of all operations
/// look alike. It is asked only of what says nothing where the docs have it.
pub(super) fn usual(wire: &Wire, body: &Value) -> Option<Verdict> {
    status(wire, body).or_else(|| fault(wire, body))
}

fn status(wire: &Wire, body: &Value) -> Option<Verdict> {
    let mut here = body;
    for _ in 0..=MOST_WRAPPERS {
        if let Some(status) = here.get(&wire.status).and_then(Value::as_object) {
            let mut words = wire.status_fields.iter();
            let success = words
                .next()
                .and_then(|word| status.get(word))
                .and_then(truth);
            let code = words.next().and_then(|word| status.get(word));
            let code = code.and_then(|code| text(code).trim().parse().ok());
            let verdict = Verdict { success, code };
            return verdict.says_something().then_some(verdict);
        }
        here = only(here)?;
    }
    None
}

/// What the code means that every answer has.
fn fault(wire: &Wire, body: &Value) -> Option<Verdict> {
    let faults = wire.errors.as_ref().filter(|at| !at.accepted.is_empty())?;
    let at = faults.at.iter().try_fold(body, |here, key| here.get(key))?;
    let object = at.get(0).unwrap_or(at);
    let code = text(object.get(&faults.code)?);
    let success = faults.accepted.iter().any(|known| known == code.trim());
    Some(Verdict {
        success: Some(success),
        code: None,
    })
}

fn only(value: &Value) -> Option<&Value> {
    match value {
        Value::Object(members) if members.len() == 1 => members.values().next(),
        Value::Array(items) if items.len() == 1 => items.first(),
        _ => None,
    }
}

fn truth(value: &Value) -> Option<bool> {
    super::found::truth(text(value).as_bytes())
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

/// Whether a body is a page for people.
pub(super) fn is_page(body: &[u8]) -> bool {
    ["<!doctype html", "<html"].iter().any(|start| {
        let head = body.get(..start.len()).unwrap_or_default();
        head.eq_ignore_ascii_case(start.as_bytes())
    })
}
