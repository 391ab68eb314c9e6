//! Executes a call: sends it, and reads its answer as what the caller wants.

use std::future::Future;
use std::pin::Pin;

use crate::answer::Answer;
use crate::batch::Batch;
use crate::call::Call;
use crate::code::ResponseCode;
use crate::error::Error;
use crate::reply::{Item, Reply};
use crate::send::answer;
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
        Box::pin(answer(self, Answer::reply))
    }

    /// Sends a call about one item. An item that the API refused is an error of kind
    /// [`Item`](crate::ErrorKind::Item).
    #[must_use]
    pub fn reply_item<T, C>(self) -> Pending<Reply<T>>
    where
        T: Decode + Item + Send + 'static,
        C: ResponseCode,
    {
        Box::pin(answer(self, Answer::reply_item::<T, C>))
    }

    /// Sends a call about many items. An item that the API refused is not an error of the call.
    #[must_use]
    pub fn batch<T, C>(self) -> Pending<Batch<T, C>>
    where
        T: Decode + Item + Send + 'static,
        C: ResponseCode,
    {
        Box::pin(answer(self, Answer::batch))
    }
}
