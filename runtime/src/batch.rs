//! The answer to a call about many items.

use crate::code::ResponseCode;
use crate::error::{Error, ErrorKind};
use crate::item_error::ItemError;
use crate::outcomes::Outcomes;
use crate::reply::Head;
use crate::transport::response::Response;
use crate::wire::{ApiStatus, Extra, Misfit};

/// The outcome of each item of a call, in the order in which the items were sent.
#[derive(Clone, Debug)]
pub struct Batch<T, C> {
    operation: &'static str,
    items: Vec<BatchItem<T, C>>,
    head: Head,
    sent: Option<usize>,
    /// False if the outcomes name other items than those at their places.
    in_order: bool,
    /// Whether an accepted item changed something.
    changes: bool,
    extra: Extra,
}

/// The outcome of one item.
#[derive(Clone, Debug)]
pub struct BatchItem<T, C> {
    index: usize,
    value: T,
    error: Option<ItemError<C>>,
    misfits: Vec<Misfit>,
}

impl<T, C: ResponseCode> Batch<T, C> {
    /// The values, in the order in which they came, and what the answer says of them.
    pub(crate) fn new(mut values: Vec<T>, outcomes: Outcomes) -> Self {
        for (one, other) in outcomes.swaps {
            values.swap(one, other);
        }
        let mut items = Vec::with_capacity(values.len());
        for (value, part) in values.into_iter().zip(outcomes.parts) {
            items.push(BatchItem {
                index: part.index,
                value,
                error: part.error.map(ItemError::coded),
                misfits: part.misfits,
            });
        }
        Self {
            operation: outcomes.operation,
            items,
            head: outcomes.head,
            sent: outcomes.sent,
            in_order: outcomes.in_order,
            changes: outcomes.changes,
            extra: outcomes.extra,
        }
    }
}

impl<T, C> Batch<T, C> {
    /// What in the answer does not fit its type, in all of its items and beside them: their fields are empty, and what
    /// came is in the misfit. Empty for nearly all answers.
    #[must_use]
    pub fn misfits(&self) -> &[Misfit] {
        &self.head.misfits
    }

    /// The answer as it came, if the call [keeps](crate::CallOptions::keep_body) it.
    #[must_use]
    pub fn raw(&self) -> Option<&Response> {
        self.head.raw.as_deref()
    }

    /// The outcomes.
    #[must_use]
    pub fn items(&self) -> &[BatchItem<T, C>] {
        &self.items
    }

    /// The outcomes, one by one.
    pub fn iter(&self) -> std::slice::Iter<'_, BatchItem<T, C>> {
        self.items.iter()
    }

    /// How many outcomes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no outcome.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether there is an outcome for each item that was sent, and it is known for which. If not,
    /// an [`index`](BatchItem::index) may belong to another item than the one at that place.
    ///
    /// Outcomes that name their items (by a phone number, say) are put into the order of the items.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.in_order && self.sent.is_none_or(|sent| sent == self.items.len())
    }

    /// Whether every item that was sent was accepted.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.is_complete() && self.items.iter().all(|item| item.error.is_none())
    }

    /// The places of the items that were certainly refused, from 0: those to send again once the
    /// cause is mended. None if the answer does not tell which ones they are
    /// ([`is_complete`](Self::is_complete)); not among them are those that may have been executed
    /// ([`ItemError::maybe_executed`]).
    #[must_use]
    pub fn refused(&self) -> Vec<usize> {
        if !self.is_complete() {
            return Vec::new();
        }
        let refused = self.items.iter().filter(|item| {
            let error = item.error.as_ref();
            error.is_some_and(|error| !error.maybe_executed)
        });
        refused.map(BatchItem::index).collect()
    }

    /// The places of the items that may have been executed although there is an error for them.
    pub(crate) fn unclear(&self) -> Vec<usize> {
        let unclear = self.items.iter().filter(|item| {
            let error = item.error.as_ref();
            error.is_some_and(|error| error.maybe_executed)
        });
        unclear.map(BatchItem::index).collect()
    }

    /// The one item of the answer: of a call about one thing.
    ///
    /// # Errors
    /// It was refused, or the answer has none or several:
    /// [`ErrorKind::Item`](crate::ErrorKind::Item).
    pub fn one(self) -> Result<T, Error>
    where
        C: ResponseCode,
    {
        let (head, operation) = (self.head, self.operation);
        let (sent, changes) = (self.sent.is_some(), self.changes);
        let mut items = self.items;
        match (items.pop(), items.len()) {
            (Some(item), 0) => item
                .into_result()
                .map_err(|error| head.tell(Error::from(error))),
            (item, others) => {
                let count = others + usize::from(item.is_some());
                let text = format!("the answer has {count} items where one is wanted");
                let error = Error::new(ErrorKind::Item, text).of(operation);
                Err(head.tell(error).maybe_executed_if(sent && changes))
            }
        }
    }

    /// Of what was sent, that which was certainly refused: `client.parcel().send(outcome.failed_of(&parcels))`
    /// sends only those again. None if the answer does not tell which ones they are.
    #[must_use]
    pub fn failed_of<I: Clone>(&self, sent: &[I]) -> Vec<I> {
        let refused = self.refused().into_iter();
        refused
            .filter_map(|index| sent.get(index).cloned())
            .collect()
    }

    /// The same outcomes with indices that begin here: of a part of a list.
    pub(crate) fn from(mut self, first: usize) -> Self {
        for item in &mut self.items {
            item.index += first;
            if let Some(error) = &mut item.error {
                error.index += first;
            }
        }
        self
    }

    /// What the API calls this request, for questions to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id.as_deref()
    }

    /// What the API says about the call.
    #[must_use]
    pub fn status(&self) -> Option<&ApiStatus> {
        self.head.status.as_ref()
    }

    /// What the answer holds beside its status and its items.
    #[must_use]
    pub fn extra(&self) -> &Extra {
        &self.extra
    }

    /// The HTTP status: 200, 201 if some items were refused, 500 if all were.
    #[must_use]
    pub fn http_status(&self) -> u16 {
        self.head.http_status
    }

    /// Each outcome as a `Result`, in order. Of an item with an error only that is kept.
    #[must_use]
    pub fn into_results(self) -> Vec<Result<T, ItemError<C>>> {
        self.items.into_iter().map(BatchItem::into_result).collect()
    }

    /// Parts the accepted items from the errors of the others. An item that the answer does
    /// not name is in neither: see [`is_complete`](Self::is_complete).
    #[must_use]
    pub fn split(self) -> (Vec<T>, Vec<ItemError<C>>) {
        let (mut accepted, mut refused) = (Vec::new(), Vec::new());
        for item in self.items {
            match item.into_result() {
                Ok(value) => accepted.push(value),
                Err(error) => refused.push(error),
            }
        }
        (accepted, refused)
    }

    /// All items, if there is one for each that was sent and none was refused. The accepted ones
    /// stay in effect all the same.
    ///
    /// # Errors
    /// The first item that was not accepted, or, if the answer has fewer or more items than were sent,
    /// an error that says so: both of kind [`Item`](crate::ErrorKind::Item).
    pub fn all(self) -> Result<Vec<T>, Error>
    where
        C: ResponseCode,
    {
        let (sent, complete) = (self.sent.unwrap_or(self.len()), self.is_complete());
        let in_order = self.in_order;
        let open = self.changes && (!complete || !self.unclear().is_empty());
        let changes = self.changes;
        let (operation, head, named) = (self.operation, self.head, self.items.len());
        let items = self.items.into_iter().map(BatchItem::into_result);
        let items = items
            .collect::<Result<Vec<T>, _>>()
            .map_err(|error| head.tell(Error::from(error)).maybe_executed_if(open))?;
        if complete {
            return Ok(items);
        }
        let text = if in_order {
            format!("the answer names {named} items where {sent} were sent")
        } else {
            "the answer does not tell which item is which".to_owned()
        };
        let error = Error::new(ErrorKind::Item, text).of(operation);
        Err(head.tell(error).maybe_executed_if(changes))
    }
}

impl<'a, T, C> IntoIterator for &'a Batch<T, C> {
    type Item = &'a BatchItem<T, C>;
    type IntoIter = std::slice::Iter<'a, BatchItem<T, C>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T, C> IntoIterator for Batch<T, C> {
    type Item = BatchItem<T, C>;
    type IntoIter = std::vec::IntoIter<BatchItem<T, C>>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<T, C> BatchItem<T, C> {
    /// The place of the item among those that were sent, or in the answer to a call that asks for
    /// several things, from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// What of the item does not fit its type. The paths are those in the whole answer.
    #[must_use]
    pub fn misfits(&self) -> &[Misfit] {
        &self.misfits
    }

    /// What came back for the item, whether it was accepted or not.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The item if it was accepted.
    ///
    /// # Errors
    /// Why it was refused, or that nobody knows what became of it.
    pub fn result(&self) -> Result<&T, &ItemError<C>> {
        match &self.error {
            Some(error) => Err(error),
            None => Ok(&self.value),
        }
    }

    /// The item if it was accepted.
    ///
    /// # Errors
    /// Why it was refused, or that nobody knows what became of it.
    pub fn into_result(self) -> Result<T, ItemError<C>> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.value),
        }
    }
}
