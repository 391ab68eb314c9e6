//! The answer of a call: where it stands, what it is read as, and what stands in for one that cannot be read.

use crate::answer::{Answer, Body};
use crate::error::Error;
use crate::locate::{self, Found};
use crate::said::says_success;
use crate::search::{self, Wanted};
use crate::slots::Slots;
use crate::stray::{Look, Stray};
use crate::wire::{self, Context, DecodeError, DriftKind, Members, Node};

impl Answer {
    /// Finds the answer where the documentation puts it; if it is not there and the call succeeded, somewhere else.
    pub(crate) fn find<'n>(
        &self,
        slots: &dyn Slots,
        body: &'n Body<'_>,
        list: bool,
        context: &mut Context,
    ) -> Found<'n, 'n> {
        let payload = self.operation.reply.payload;
        context.stand_below(payload);
        let found = locate::payload(self.operation, &body.node, body.format);
        // An empty place says "none", which is no answer to a call that changes something.
        let is_lost = match found {
            Found::Missing => true,
            found => self.changes() && !found.is_there(),
        };
        if context.is_watched() {
            locate::watch(&self.operation.reply, &body.node, context);
            context.stand_below(payload);
        }
        if !is_lost || !says_success(body.status.as_ref()) || self.strict {
            return found;
        }
        let wanted = Wanted {
            payload,
            shape: slots.blank().map(|model| model.shape()),
            list: list || slots.is_list(),
        };
        match search::elsewhere(&body.node, self.status_keys(), &wanted) {
            Some((node, path)) => {
                context.stand_at(path);
                context.see(DriftKind::MovedPayload, node.kind());
                Found::At(node)
            }
            None => found,
        }
    }

    /// Whether the call succeeded, and says something beside its status that is not recognized as its answer. A success
    /// that says nothing at all where the documentation promises an answer is none.
    pub(crate) fn is_elsewhere(&self, body: &Body<'_>, found: Found<'_, '_>) -> bool {
        !found.is_there()
            && !self.strict
            && self.is_success(body)
            && search::says_anything(&body.node, self.status_keys(), |_| false)
    }

    /// The same of a list: one that is not there is empty, unless something is said beside that is not documented there.
    pub(crate) fn is_list_elsewhere(&self, body: &Body<'_>, found: Found<'_, '_>) -> bool {
        matches!(found, Found::Missing)
            && self.is_elsewhere(body, found)
            && search::says_anything(&body.node, self.status_keys(), |name| {
                self.operation.reply.has_beside(name)
            })
    }

    /// Whether the status says that the call succeeded, and no item says how it went otherwise. Where an answer came, what
    /// remarks say of other things does not count: it is no error for what stands beside its status.
    pub(crate) fn is_accepted(
        &self,
        slots: &dyn Slots,
        body: &Body<'_>,
        found: Found<'_, '_>,
    ) -> bool {
        let status = body.status.as_ref();
        says_success(status) && !self.partial(status) && !self.stray(slots, body, found).refused
    }

    fn status_keys(&self) -> &'static [&'static str] {
        match self.operation.reply.status {
            [] => self.service.status,
            own => own,
        }
    }

    /// Reads the empty value of a call that was accepted and whose answer cannot be read, with a misfit for the whole.
    pub(crate) fn absent(
        &self,
        slots: &mut dyn Slots,
        body: &Body<'_>,
        found: Found<'_, '_>,
        error: DecodeError,
        context: &mut Context,
    ) -> Result<(), Error> {
        let refuse = |error: &DecodeError, context: &Context| {
            self.undecodable(body, error.clone().at(context.place()))
        };
        let came = match found {
            Found::At(node) if self.is_accepted(slots, body, found) => node,
            found if self.is_elsewhere(body, found) => &body.node,
            _ => return Err(refuse(&error, context)),
        };
        empty(slots).map_err(|_| refuse(&error, context))?;
        if !found.is_there() {
            context.see(DriftKind::MissingPayload, "nothing");
        }
        context.misfit(error, came);
        Ok(())
    }

    /// Outcomes at other places than in the items. What only reads has nothing to be unsure of.
    pub(crate) fn stray(&self, slots: &dyn Slots, body: &Body<'_>, found: Found<'_, '_>) -> Stray {
        if !self.changes() {
            return Stray::default();
        }
        let items = match found {
            Found::At(node) => wire::items(node),
            Found::Empty | Found::Missing => &[],
        };
        let blank = slots.blank();
        let look = Look {
            items,
            item: blank.as_deref(),
            reply: &self.operation.reply,
        };
        look.outcomes(&body.node)
    }
}

/// Reads the answer that was found.
pub(crate) fn decode(
    slots: &mut dyn Slots,
    found: Found<'_, '_>,
    context: &mut Context,
) -> Result<(), DecodeError> {
    match found {
        Found::At(node) => slots.read(node, context),
        Found::Empty => slots.read(&Node::Object(Members::default()), context),
        Found::Missing => slots.read_missing(),
    }
}

/// Reads the value of an answer that says nothing.
pub(crate) fn empty(slots: &mut dyn Slots) -> Result<(), DecodeError> {
    slots
        .read(&Node::Object(Members::default()), &mut Context::new())
        .or_else(|_| slots.read_missing())
}
