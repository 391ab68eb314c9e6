//! Executes a call: sends it, and reads its answer as what the caller wants.

use std::future::Future;
use std::pin::Pin;

use futures_util::future::BoxFuture;

use crate::batch::Batch;
use crate::call::Call;
use crate::code::{Codes, ResponseCode};
use crate::error::{Error, ErrorKind};
use crate::outcomes::Outcomes;
use crate::reply::{Head, Item, Reply};
use crate::send::answer;
use crate::slots::{Slots, Typed};
use crate::wire::Decode;

/// What a call is until it has ended: a future that can be sent to another task.
pub type Pending<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

impl Call {
    /// Sends the call, and reads its answer.
    ///
    /// The result is an error if the call could not be sent, no answer came, the API refused the
    /// call as a whole, or its answer does not hold a `T`.
    #[must_use]
    pub fn reply<T: Decode + Send + 'static>(self) -> Pending<Reply<T>> {
        Box::pin(one(self, Typed::plain(), None))
    }

    /// Sends a call about one item. An item that the API refused is an error of kind
    /// [`Item`](crate::ErrorKind::Item).
    #[must_use]
    pub fn reply_item<T, C>(self) -> Pending<Reply<T>>
    where
        T: Decode + Item + Send + 'static,
        C: ResponseCode,
    {
        Box::pin(one(self, Typed::items(), Some(Codes::of::<C>())))
    }

    /// Sends a call about many items. An item that the API refused is not an error of the call.
    #[must_use]
    pub fn batch<T, C>(self) -> Pending<Batch<T, C>>
    where
        T: Decode + Item + Send + 'static,
        C: ResponseCode,
    {
        Box::pin(async move {
            let mut slots = Typed::items();
            let outcomes = outcomes(self, &mut slots, Codes::of::<C>()).await?;
            Ok(Batch::new(slots.take(), outcomes))
        })
    }
}

/// Sends a call about one thing, and gives it.
async fn one<T: Decode + Send>(
    call: Call,
    mut slots: Typed<T>,
    codes: Option<Codes>,
) -> Result<Reply<T>, Error> {
    let operation = call.operation();
    let head = head(call, &mut slots, codes).await?;
    match slots.take().pop() {
        Some(value) => Ok(Reply { value, head }),
        // Where the answer was read, its value was.
        None => Err(Error::new(ErrorKind::Decode, "the answer has no value").of(operation.id)),
    }
}

// Boxed, so that what is compiled for each type holds nothing of how a call is sent.

fn head(
    call: Call,
    slots: &mut dyn Slots,
    codes: Option<Codes>,
) -> BoxFuture<'_, Result<Head, Error>> {
    match codes {
        None => Box::pin(answer(call, move |answer| answer.reply(slots))),
        Some(codes) => Box::pin(answer(call, move |answer| answer.reply_item(slots, codes))),
    }
}

fn outcomes(
    call: Call,
    slots: &mut dyn Slots,
    codes: Codes,
) -> BoxFuture<'_, Result<Outcomes, Error>> {
    Box::pin(answer(call, move |answer| answer.batch(slots, codes)))
}
