//! What an answer says of each of its items: accepted, refused, or nothing that can be relied on.

use std::sync::Arc;

use crate::code::Codes;
use crate::item_error::ItemError;
use crate::wire::{self, Decode as _, ItemStatus, Misfit, Value};

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Accepted,
    Refused,
    /// It may have been executed or not.
    Unclear,
}

/// What is known of a call when its items are looked at.
pub(crate) struct Judge {
    pub(crate) operation: &'static str,
    /// Whether an item that was executed changed something.
    pub(crate) changes: bool,
    /// What the call says of items that do not speak for themselves.
    pub(crate) silent: Verdict,
    /// Codes that do not say what became of the item.
    pub(crate) unknown: &'static [u32],
    pub(crate) request_id: Option<Arc<str>>,
}

impl Judge {
    /// Notices items that contradict the call: it failed, and they did not.
    pub(crate) fn hear<'i>(
        &mut self,
        mut items: impl Iterator<Item = Option<&'i ItemStatus>>,
        codes: Codes,
    ) {
        let contradicted = items.any(|status| accepted(status, codes));
        if self.silent == Verdict::Refused && contradicted {
            self.silent = Verdict::Unclear;
        }
    }

    /// Why the item at this place is not to be taken as accepted, if it is not. What did not fit in it may have been its
    /// status: then nobody knows.
    pub(crate) fn error(
        &self,
        index: usize,
        status: Option<&ItemStatus>,
        misfits: &[Misfit],
        codes: Codes,
    ) -> Option<ItemError<u32>> {
        let number = status.and_then(|status| wire::code(status.code));
        let code = number.unwrap_or_default();
        let verdict = match status.and_then(said) {
            Some(true) => Verdict::Accepted,
            Some(false) if number.is_some_and(|number| self.unknown.contains(&number)) => {
                Verdict::Unclear
            }
            Some(false) => Verdict::Refused,
            None if status.is_none() && misfits.iter().any(is_status) => Verdict::Unclear,
            None => match self.silent {
                Verdict::Accepted if status.is_some_and(says_something) => {
                    (codes.accepted)(code).map_or(Verdict::Unclear, verdict)
                }
                Verdict::Refused if (codes.accepted)(code) == Some(true) => Verdict::Unclear,
                silent => silent,
            },
        };
        (verdict != Verdict::Accepted).then(|| ItemError {
            operation: self.operation,
            index,
            code,
            number,
            message: status.and_then(|status| status.message.clone()),
            request_id: self.request_id.clone(),
            unclear: verdict == Verdict::Unclear,
            maybe_executed: verdict == Verdict::Unclear && self.changes,
        })
    }
}

/// Whether it was to be the status of an item.
fn is_status(misfit: &Misfit) -> bool {
    misfit.wanted() == ItemStatus::name()
}

/// Whether an item says itself that it was accepted, in words or by a code that means that.
pub(crate) fn accepted(status: Option<&ItemStatus>, codes: Codes) -> bool {
    let by_code = || {
        let number = status.and_then(|status| wire::code(status.code))?;
        (codes.accepted)(number)
    };
    status.and_then(said).or_else(by_code) == Some(true)
}

/// What a status says by itself, if that is plain. What a word means that is no truth value is not guessed: that would be
/// guessing whether money moved.
pub(crate) fn said(status: &ItemStatus) -> Option<bool> {
    if word(status, "success").is_some() {
        return None;
    }
    // Some operations call it `status`.
    status.success.or_else(|| match word(status, "status")? {
        Value::Bool(success) => Some(*success),
        Value::String(text) => wire::truth(text),
        _ => None,
    })
}

/// Whether there is anything in the status from which to conclude how it went.
pub(crate) fn says_something(status: &ItemStatus) -> bool {
    let words = ["success", "status", "code"];
    status.code.is_some() || words.iter().any(|name| word(status, name).is_some())
}

fn word<'s>(status: &'s ItemStatus, name: &str) -> Option<&'s Value> {
    status.extra.get(name).filter(|value| match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        _ => true,
    })
}

fn verdict(accepted: bool) -> Verdict {
    if accepted {
        Verdict::Accepted
    } else {
        Verdict::Refused
    }
}
