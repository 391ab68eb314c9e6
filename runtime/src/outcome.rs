//! What a call ends with: a value, the outcomes of items, or an error.
//!
//! Whether a call or an item was accepted is read from its status alone. What is beside that may be anything: a member that
//! does not fit its type, or an answer that is not where it was to be, is noted, and never makes an error of what was done.

use crate::answer::{Answer, Body};
use crate::code::Codes;
use crate::error::Error;
use crate::locate::{self, Found};
use crate::order::{Order, Sent};
use crate::outcomes::Outcomes;
use crate::payload::{decode, empty};
use crate::reply::Head;
use crate::said::says_something;
use crate::slots::Slots;
use crate::stray::Stray;
use crate::verdict::{self, Judge, Verdict};
use crate::wire::{self, ApiStatus, Context, DecodeError, DriftKind, ItemStatus, Misfit, Node};

impl Answer {
    pub(crate) fn reply(&self, slots: &mut dyn Slots) -> Result<Head, Error> {
        self.reading(|context| self.read_reply(slots, context), Head::set_misfits)
    }

    fn read_reply(&self, slots: &mut dyn Slots, context: &mut Context) -> Result<Head, Error> {
        slots.clear();
        let body = self.read(context)?;
        if let Some(refusal) = self.refusal(body.status.as_ref()) {
            // Of several items some may have been accepted, and nothing here says which.
            let several = self.sent.as_ref().is_some_and(|sent| sent.count() > 1);
            let open = several && self.partial(body.status.as_ref());
            return Err(refusal.maybe_executed_if(open && self.changes()));
        }
        let found = self.find(slots, &body, false, context);
        self.check_is_answer(&body, found)?;
        let promised = !self.operation.reply.status.is_empty();
        if self.changes() && promised && !says_something(body.status.as_ref()) {
            return Err(self.foreign("the answer does not say how the call went"));
        }
        let decoded = if slots.is_list() && self.is_list_elsewhere(&body, found) {
            Err(nothing(slots))
        } else {
            decode(slots, found, context)
        };
        if decoded.is_ok() && self.changes() && matches!(found, Found::Empty) {
            context.see(DriftKind::MissingPayload, "nothing");
        }
        decoded.or_else(|error| self.absent(slots, &body, found, error, context))?;
        self.check_strict(slots, &body, found, context)?;
        Ok(self.head(body.status))
    }

    /// An item that was refused says more than the status of the call, so it is looked at first.
    pub(crate) fn reply_item(&self, slots: &mut dyn Slots, codes: Codes) -> Result<Head, Error> {
        self.reading(
            |context| self.read_reply_item(slots, codes, context),
            Head::set_misfits,
        )
    }

    fn read_reply_item(
        &self,
        slots: &mut dyn Slots,
        codes: Codes,
        context: &mut Context,
    ) -> Result<Head, Error> {
        slots.clear();
        let body = self.read(context)?;
        self.watch_code(body.status.as_ref(), codes, context);
        let refusal = self.refusal(body.status.as_ref());
        let found = self.find(slots, &body, false, context);
        let noted = context.misfits().len();
        let decoded = decode(slots, found, context);
        let (judge, stray) = self.judge(slots, &body, refusal.as_ref(), found);
        if decoded.is_ok() {
            watch_item(slots.status(0), codes, context);
            let misfits = &context.misfits()[noted..];
            if let Some(refused) = judge.error(0, slots.status(0), misfits, codes)
                && (refusal.is_none() || says_how_it_went(slots.status(0)))
            {
                let name = (codes.name)(refused.code);
                return Err(refused
                    .of_call(name)
                    .answered(self.http_status, self.request_id.clone()));
            }
        }
        if let Some(refusal) = refusal {
            // The call failed, and its item did not, or what became of it cannot be read.
            let contradicted = decoded.is_ok() && verdict::accepted(slots.status(0), codes);
            let unread = context.misfits().len() > noted;
            let open = contradicted || unread || stray.yes || self.partial(body.status.as_ref());
            return Err(refusal.maybe_executed_if(open && self.changes()));
        }
        self.check_is_answer(&body, found)?;
        let decoded = match decoded {
            Ok(()) if self.changes() && !found.is_there() => {
                if !self.is_elsewhere(&body, found) {
                    return Err(self.without_items());
                }
                slots.clear();
                Err(nothing(slots))
            }
            decoded => decoded,
        };
        decoded.or_else(|error| self.absent(slots, &body, found, error, context))?;
        self.check_strict(slots, &body, found, context)?;
        Ok(self.head(body.status))
    }

    /// A reply with items is the answer, whatever its status says about the call as a whole.
    pub(crate) fn batch(&self, slots: &mut dyn Slots, codes: Codes) -> Result<Outcomes, Error> {
        self.reading(
            |context| self.read_batch(slots, codes, context),
            Outcomes::set_misfits,
        )
    }

    fn read_batch(
        &self,
        slots: &mut dyn Slots,
        codes: Codes,
        context: &mut Context,
    ) -> Result<Outcomes, Error> {
        slots.clear();
        let body = self.read(context)?;
        self.watch_code(body.status.as_ref(), codes, context);
        let refusal = self.refusal(body.status.as_ref());
        let found = self.find(slots, &body, true, context);
        let (read, order) = match found {
            Found::At(node) => (read_items(slots, node, codes, context), self.order(node)),
            Found::Empty | Found::Missing => (Vec::new(), Order::AsSent),
        };
        let (mut judge, stray) = self.judge(slots, &body, refusal.as_ref(), found);
        let says = |at: usize| says_how_it_went(slots.status(at));
        judge.hear((0..read.len()).map(|at| slots.status(at)), codes);
        let read = match (read, refusal) {
            (read, Some(_)) if (0..read.len()).any(says) => read,
            (read, Some(refusal)) => {
                // What cannot be read may have said that it was accepted.
                let unread = read.iter().any(|misfits| !misfits.is_empty());
                let open = unread || stray.yes || self.partial(body.status.as_ref());
                return Err(refusal.maybe_executed_if(open && self.changes()));
            }
            (read, None) if read.is_empty() => {
                self.check_is_answer(&body, found)?;
                self.without_outcomes(slots, &body, found, context)?
            }
            (read, None) => read,
        };
        let sent = self.sent.as_ref().map(Sent::count);
        let extra = locate::beside(self.operation, &body.node);
        let unfit = self.unfit(&body, context);
        let head = self.head(body.status);
        let errors =
            |index, at, misfits: &[Misfit]| judge.error(index, slots.status(at), misfits, codes);
        let outcomes = Outcomes::new(&judge, read, &errors, head, (sent, order), extra);
        let Some(error) = unfit else {
            return Ok(outcomes);
        };
        // Which of the items that were sent they are does not matter, where all of them were accepted.
        let all = sent.is_none_or(|sent| sent == outcomes.len());
        let accepted = all && outcomes.are_accepted();
        Err(self.settled(error, accepted))
    }

    /// The outcomes of a call that succeeded and names no item. Of one item that was sent the status of the call is the
    /// outcome; of several, nobody is to take that for "none was refused".
    fn without_outcomes(
        &self,
        slots: &mut dyn Slots,
        body: &Body<'_>,
        found: Found<'_, '_>,
        context: &mut Context,
    ) -> Result<Vec<Vec<Misfit>>, Error> {
        if !self.is_elsewhere(body, found) {
            if self.wants_items() {
                return Err(self.without_items());
            }
            return Ok(Vec::new());
        }
        let noted = context.misfits().len();
        let error = nothing(slots);
        self.absent(slots, body, found, error, context)?;
        let misfits = context.misfits()[noted..].to_vec();
        let one = self.wants_items() && self.sent.as_ref().is_some_and(|sent| sent.count() == 1);
        Ok(if one { vec![misfits] } else { Vec::new() })
    }

    /// A strict call takes no answer that does not fit.
    fn check_strict(
        &self,
        slots: &dyn Slots,
        body: &Body<'_>,
        found: Found<'_, '_>,
        context: &Context,
    ) -> Result<(), Error> {
        match self.unfit(body, context) {
            Some(error) => Err(self.settled(error, self.is_accepted(slots, body, found))),
            None => Ok(()),
        }
    }

    /// The error of a strict call whose answer does not fit.
    fn unfit(&self, body: &Body<'_>, context: &Context) -> Option<Error> {
        let misfit = context.misfits().get(body.noted).filter(|_| self.strict)?;
        Some(self.undecodable(body, misfit.error().clone()))
    }

    /// What does not fit was executed if the status says so, and all items do.
    fn settled(&self, error: Error, accepted: bool) -> Error {
        match (self.changes(), accepted) {
            (false, _) => error,
            (true, true) => error.executed(),
            (true, false) => error.maybe_executed_if(true),
        }
    }

    /// Who decides on the items of this answer.
    fn judge(
        &self,
        slots: &dyn Slots,
        body: &Body<'_>,
        refusal: Option<&Error>,
        found: Found<'_, '_>,
    ) -> (Judge, Stray) {
        let status = body.status.as_ref();
        let stray = self.stray(slots, body, found);
        // Nobody says how the call went, or somebody says something else.
        let promised = !self.operation.reply.status.is_empty();
        let doubt = self.changes() && (stray.no || (promised && !says_something(status)));
        let silent = match refusal {
            _ if self.partial(status) => Verdict::Unclear,
            Some(refusal) if refusal.maybe_executed() => Verdict::Unclear,
            Some(_) => Verdict::Refused,
            None if doubt => Verdict::Unclear,
            None => Verdict::Accepted,
        };
        let judge = Judge {
            operation: self.operation.id,
            changes: self.changes(),
            silent,
            unknown: self.service.unknown_outcome,
            request_id: self.request_id.clone(),
        };
        (judge, stray)
    }

    /// Notes a code of the call that is not documented. Those of success are those of HTTP.
    fn watch_code(&self, status: Option<&ApiStatus>, codes: Codes, context: &mut Context) {
        if let Some(code) = wire::code(status.and_then(|status| status.code))
            && context.is_watched()
            && !(200..300).contains(&code)
        {
            context.stand_below(self.operation.reply.status);
            watch_number(code, codes, context);
        }
    }
}

/// Something was to be there, and is not.
fn nothing(slots: &dyn Slots) -> DecodeError {
    DecodeError::new(slots.name(), "nothing")
}

/// Reads the items. Gives for each what did not fit in it.
fn read_items(
    slots: &mut dyn Slots,
    node: &Node<'_>,
    codes: Codes,
    context: &mut Context,
) -> Vec<Vec<Misfit>> {
    let items = wire::items(node);
    let mut out = Vec::with_capacity(items.len());
    slots.reserve(items.len());
    for (index, item) in items.iter().enumerate() {
        let before = context.item(index);
        let noted = context.misfits().len();
        let value = slots.read(item, context).or_else(|error| {
            if wire::is_single(node) {
                context.leave(before);
                context.misfit(wire::no_list(node), node);
            } else {
                context.misfit(error, item);
            }
            empty(slots)
        });
        // What has no empty value is left out: that it came, and did not fit, is known.
        if value.is_err() {
            context.leave(before);
            continue;
        }
        watch_item(slots.status(out.len()), codes, context);
        context.leave(before);
        out.push(context.misfits()[noted..].to_vec());
    }
    out
}

/// Notes a code of an item that is not documented.
fn watch_item(status: Option<&ItemStatus>, codes: Codes, context: &mut Context) {
    if context.is_watched()
        && let Some(code) = wire::code(status.and_then(|status| status.code))
    {
        watch_number(code, codes, context);
    }
}

fn watch_number(code: u32, codes: Codes, context: &mut Context) {
    if (codes.name)(code).is_none() {
        context.unknown_code(code);
    }
}

/// Whether the API says of an item how it went with it.
fn says_how_it_went(status: Option<&ItemStatus>) -> bool {
    status.is_some_and(|status| status.success.is_some() || verdict::says_something(status))
}
