//! What a call ends with: a value, the outcomes of items, or an error.
//!
//! Whether a call or an item was accepted is read from its status alone. What is beside that may be anything: a member that
//! does not fit its type, or an answer that is not where it was to be, is noted, and never makes an error of what was done.

use crate::answer::{Answer, Body, says_something};
use crate::batch::Batch;
use crate::code::ResponseCode;
use crate::error::Error;
use crate::locate::{self, Found};
use crate::order::{Order, Sent};
use crate::payload::{decode, empty};
use crate::reply::{Item, Reply};
use crate::stray::Stray;
use crate::verdict::{self, Judge, Verdict};
use crate::wire::{self, ApiStatus, Context, Decode, DecodeError, Misfit, Node};

impl Answer {
    pub(crate) fn reply<T: Decode>(&self) -> Result<Reply<T>, Error> {
        self.reading(|context| self.read_reply(context), Reply::set_misfits)
    }

    fn read_reply<T: Decode>(&self, context: &mut Context) -> Result<Reply<T>, Error> {
        let body = self.read(context)?;
        if let Some(refusal) = self.refusal(body.status.as_ref()) {
            // Of several items some may have been accepted, and nothing here says which.
            let several = self.sent.as_ref().is_some_and(|sent| sent.count() > 1);
            let open = several && self.partial(body.status.as_ref());
            return Err(refusal.maybe_executed_if(open && self.changes()));
        }
        let found = self.find::<T>(&body, false, context);
        self.check_is_answer(&body, found)?;
        let promised = !self.operation.reply.status.is_empty();
        if self.changes() && promised && !says_something(body.status.as_ref()) {
            return Err(self.foreign("the answer does not say how the call went"));
        }
        let value =
            decode(found, context).or_else(|error| self.absent(&body, found, error, context))?;
        self.check_strict::<T>(&body, found, context)?;
        Ok(Reply {
            value,
            head: self.head(body.status),
        })
    }

    /// An item that was refused says more than the status of the call, so it is looked at first.
    pub(crate) fn reply_item<T, C>(&self) -> Result<Reply<T>, Error>
    where
        T: Decode + Item,
        C: ResponseCode,
    {
        self.reading(
            |context| self.read_reply_item::<T, C>(context),
            Reply::set_misfits,
        )
    }

    fn read_reply_item<T, C>(&self, context: &mut Context) -> Result<Reply<T>, Error>
    where
        T: Decode + Item,
        C: ResponseCode,
    {
        let body = self.read(context)?;
        self.watch_code::<C>(body.status.as_ref(), context);
        let refusal = self.refusal(body.status.as_ref());
        let found = self.find::<T>(&body, false, context);
        let noted = context.misfits().len();
        let decoded = decode::<T>(found, context);
        let (judge, stray) = self.judge::<T>(&body, refusal.as_ref(), found);
        if let Ok(value) = &decoded {
            watch_item::<C>(value, context);
            let misfits = &context.misfits()[noted..];
            if let Some(refused) = judge.error::<C>(0, value, misfits)
                && (refusal.is_none() || says_how_it_went(value))
            {
                return Err(
                    Error::from(refused).answered(self.http_status, self.request_id.clone())
                );
            }
        }
        if let Some(refusal) = refusal {
            // The call failed, and its item did not, or what became of it cannot be read.
            let contradicted = decoded.is_ok_and(|value| verdict::accepted::<C>(&value));
            let unread = context.misfits().len() > noted;
            let open = contradicted || unread || stray.yes || self.partial(body.status.as_ref());
            return Err(refusal.maybe_executed_if(open && self.changes()));
        }
        self.check_is_answer(&body, found)?;
        let is_there = matches!(found, Found::At(node) if !node.is_empty());
        if decoded.is_ok() && self.changes() && !is_there {
            return Err(self.without_items());
        }
        let value = decoded.or_else(|error| self.absent(&body, found, error, context))?;
        self.check_strict::<T>(&body, found, context)?;
        Ok(Reply {
            value,
            head: self.head(body.status),
        })
    }

    /// A reply with items is the answer, whatever its status says about the call as a whole.
    pub(crate) fn batch<T, C>(&self) -> Result<Batch<T, C>, Error>
    where
        T: Decode + Item,
        C: ResponseCode,
    {
        self.reading(
            |context| self.read_batch::<T, C>(context),
            Batch::set_misfits,
        )
    }

    fn read_batch<T, C>(&self, context: &mut Context) -> Result<Batch<T, C>, Error>
    where
        T: Decode + Item,
        C: ResponseCode,
    {
        let body = self.read(context)?;
        self.watch_code::<C>(body.status.as_ref(), context);
        let refusal = self.refusal(body.status.as_ref());
        let found = self.find::<T>(&body, true, context);
        let (read, order) = match found {
            Found::At(node) => (read_items::<T, C>(node, context), self.order(node)),
            Found::Empty | Found::Missing => (Vec::new(), Order::AsSent),
        };
        let (mut judge, stray) = self.judge::<T>(&body, refusal.as_ref(), found);
        judge.hear::<C>(read.iter().map(|(value, _)| value));
        let read = match (read, refusal) {
            (read, Some(_)) if read.iter().any(|(value, _)| says_how_it_went(value)) => read,
            (read, Some(refusal)) => {
                // What cannot be read may have said that it was accepted.
                let unread = read.iter().any(|(_, misfits)| !misfits.is_empty());
                let open = unread || stray.yes || self.partial(body.status.as_ref());
                return Err(refusal.maybe_executed_if(open && self.changes()));
            }
            (read, None) if read.is_empty() => {
                self.check_is_answer(&body, found)?;
                self.without_outcomes(&body, found, context)?
            }
            (read, None) => read,
        };
        let sent = self.sent.as_ref().map(Sent::count);
        let extra = locate::beside(self.operation, &body.node);
        let unfit = self.unfit(&body, context);
        let head = self.head(body.status);
        let batch = Batch::new(&judge, read, head, sent, order, extra);
        let Some(error) = unfit else {
            return Ok(batch);
        };
        // Which of the items that were sent they are does not matter, where all of them were accepted.
        let all = sent.is_none_or(|sent| sent == batch.len());
        let accepted = all && batch.iter().all(|item| item.result().is_ok());
        Err(self.settled(error, accepted))
    }

    /// The outcomes of a call that succeeded and names no item. Of one item that was sent the status of the call is the
    /// outcome; of several, nobody is to take that for "none was refused".
    fn without_outcomes<T: Decode>(
        &self,
        body: &Body<'_>,
        found: Found<'_, '_>,
        context: &mut Context,
    ) -> Result<Vec<(T, Vec<Misfit>)>, Error> {
        if !self.is_elsewhere(body, found) {
            if self.wants_items() {
                return Err(self.without_items());
            }
            return Ok(Vec::new());
        }
        let noted = context.misfits().len();
        let nothing = DecodeError::new(T::NAME, "nothing");
        let value = self.absent(body, found, nothing, context)?;
        let misfits = context.misfits()[noted..].to_vec();
        let one = self.wants_items() && self.sent.as_ref().is_some_and(|sent| sent.count() == 1);
        Ok(if one {
            vec![(value, misfits)]
        } else {
            Vec::new()
        })
    }

    /// A strict call takes no answer that does not fit.
    fn check_strict<T: Decode>(
        &self,
        body: &Body<'_>,
        found: Found<'_, '_>,
        context: &Context,
    ) -> Result<(), Error> {
        match self.unfit(body, context) {
            Some(error) => Err(self.settled(error, self.is_accepted::<T>(body, found))),
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
    fn judge<T: Decode>(
        &self,
        body: &Body<'_>,
        refusal: Option<&Error>,
        found: Found<'_, '_>,
    ) -> (Judge, Stray) {
        let status = body.status.as_ref();
        let stray = self.stray::<T>(body, found);
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
    fn watch_code<C: ResponseCode>(&self, status: Option<&ApiStatus>, context: &mut Context) {
        if let Some(code) = wire::code(status.and_then(|status| status.code))
            && context.is_watched()
            && !(200..300).contains(&code)
        {
            context.stand_below(self.operation.reply.status);
            watch_number::<C>(code, context);
        }
    }
}

/// Reads the items, each with what did not fit in it.
fn read_items<T, C>(node: &Node<'_>, context: &mut Context) -> Vec<(T, Vec<Misfit>)>
where
    T: Decode + Item,
    C: ResponseCode,
{
    let items = wire::items(node);
    let mut out = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let before = context.item(index);
        let noted = context.misfits().len();
        let value = T::decode(item, context).or_else(|error| {
            if wire::is_single(node) {
                context.leave(before);
                context.misfit(wire::no_list(node), node);
            } else {
                context.misfit(error, item);
            }
            empty()
        });
        // What has no empty value is left out: that it came, and did not fit, is known.
        let Ok(value) = value else {
            context.leave(before);
            continue;
        };
        watch_item::<C>(&value, context);
        context.leave(before);
        out.push((value, context.misfits()[noted..].to_vec()));
    }
    out
}

/// Notes a code of an item that is not documented.
fn watch_item<C: ResponseCode>(item: &impl Item, context: &mut Context) {
    if context.is_watched()
        && let Some(code) = wire::code(item.item_status().and_then(|status| status.code))
    {
        watch_number::<C>(code, context);
    }
}

fn watch_number<C: ResponseCode>(code: u32, context: &mut Context) {
    if C::from(code).name().is_none() {
        context.unknown_code(code);
    }
}

/// Whether the API says of an item how it went with it.
fn says_how_it_went(item: &impl Item) -> bool {
    let status = item.item_status();
    status.is_some_and(|status| status.success.is_some() || verdict::says_something(status))
}
