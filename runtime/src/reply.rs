//! The answer to a call about one thing.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use crate::error::Error;
use crate::transport::response::Response;
use crate::wire::{ApiStatus, ItemStatus, Misfit};

/// What the API says about one item of a batch.
pub trait Item {
    /// The status of the item, if it has one.
    fn item_status(&self) -> Option<&ItemStatus>;
}

impl<T: Item> Item for Option<T> {
    fn item_status(&self) -> Option<&ItemStatus> {
        self.as_ref().and_then(Item::item_status)
    }
}

/// An answer, and what the API says about the call. Derefs to the answer.
///
/// Two replies are equal if their answers are.
#[derive(Clone)]
pub struct Reply<T> {
    pub(crate) value: T,
    pub(crate) head: Head,
}

/// What replies and batches have in common.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) status: Option<ApiStatus>,
    pub(crate) request_id: Option<Arc<str>>,
    pub(crate) http_status: u16,
    pub(crate) misfits: Vec<Misfit>,
    pub(crate) raw: Option<Arc<Response>>,
}

impl Head {
    pub(crate) fn set_misfits(&mut self, misfits: Vec<Misfit>) {
        self.misfits = misfits;
    }

    /// An error about the answer, with what is known of it.
    pub(crate) fn tell(&self, error: Error) -> Error {
        let error = error.answered(self.http_status, self.request_id.clone());
        match &self.raw {
            Some(raw) => error.with_raw(Arc::clone(raw)),
            None => error,
        }
    }
}

impl<T> Reply<T> {
    /// The answer without what the API says about the call.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Turns the answer into another.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Reply<U> {
        Reply {
            value: turn(self.value),
            head: self.head,
        }
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

    /// The HTTP status.
    #[must_use]
    pub fn http_status(&self) -> u16 {
        self.head.http_status
    }

    /// What in the answer does not fit its type: its fields are empty, and what came is in the misfit, and among the
    /// `extra` members beside the field. Empty for nearly all answers.
    #[must_use]
    pub fn misfits(&self) -> &[Misfit] {
        &self.head.misfits
    }

    /// The answer as it came, if the call [keeps](crate::CallOptions::keep_body) it.
    #[must_use]
    pub fn raw(&self) -> Option<&Response> {
        self.head.raw.as_deref()
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Reply<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: PartialEq> PartialEq for Reply<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("value", &self.value)
            .field("request_id", &self.head.request_id)
            .field("http_status", &self.head.http_status)
            .finish_non_exhaustive()
    }
}
