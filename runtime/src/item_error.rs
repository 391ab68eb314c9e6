//! Why one item of a batch is not accepted.

use std::fmt;
use std::sync::Arc;

use crate::code::ResponseCode;
use crate::error::{Error, ErrorKind, write_code};

/// Why one item is not accepted: the API refused it, or does not say what became of it
/// ([`maybe_executed`](Self::maybe_executed)).
///
/// Neither `Display` nor `Debug` shows what the API says in words: it may repeat what was sent.
#[derive(Clone, PartialEq, Eq)]
pub struct ItemError<C> {
    pub(crate) operation: &'static str,
    pub(crate) index: usize,
    pub(crate) code: C,
    pub(crate) number: Option<u32>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<Arc<str>>,
    pub(crate) unclear: bool,
    pub(crate) maybe_executed: bool,
}

impl ItemError<u32> {
    /// The same with the code of an operation.
    pub(crate) fn coded<C: ResponseCode>(self) -> ItemError<C> {
        let code = C::from(self.code);
        self.with_code(code)
    }

    /// The error of a call that was about this item alone.
    pub(crate) fn of_call(self, name: Option<&'static str>) -> Error {
        Error::new(ErrorKind::Item, self.what())
            .of(self.operation)
            .with_code(self.number, name)
            .with_message(self.message)
            .requested(self.request_id)
            .maybe_executed_if(self.maybe_executed)
    }
}

impl<C: ResponseCode> ItemError<C> {
    /// The code; unknown with the number 0 if the API gave none that is a number.
    #[must_use]
    pub fn code(&self) -> C {
        self.code
    }
}

impl<C> ItemError<C> {
    fn with_code<D>(self, code: D) -> ItemError<D> {
        ItemError {
            operation: self.operation,
            index: self.index,
            code,
            number: self.number,
            message: self.message,
            request_id: self.request_id,
            unclear: self.unclear,
            maybe_executed: self.maybe_executed,
        }
    }

    /// Whether the item may have been accepted all the same: the API does not say what became of it.
    /// Look at it before you send it again.
    #[must_use]
    pub fn maybe_executed(&self) -> bool {
        self.maybe_executed
    }

    fn what(&self) -> String {
        if self.unclear {
            format!("the answer does not say what became of item {}", self.index)
        } else {
            format!("item {} was refused", self.index)
        }
    }

    /// The place of the item among those that were sent, from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// What the API says in words. May repeat what was sent: do not log it unseen.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// What the API calls this request, for questions to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
}

impl<C: ResponseCode> fmt::Display for ItemError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.what())?;
        write_code(f, self.number, self.code.name())?;
        if let Some(request_id) = &self.request_id {
            write!(f, ", request {request_id}")?;
        }
        if self.maybe_executed {
            f.write_str(", may have been executed")?;
        }
        Ok(())
    }
}

impl<C: fmt::Debug> fmt::Debug for ItemError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemError")
            .field("operation", &self.operation)
            .field("index", &self.index)
            .field("code", &self.code)
            .field("request_id", &self.request_id)
            .field("maybe_executed", &self.maybe_executed)
            .finish_non_exhaustive()
    }
}

/// An error of kind [`Item`](crate::ErrorKind::Item), with the same code and message.
impl<C: ResponseCode> From<ItemError<C>> for Error {
    fn from(item: ItemError<C>) -> Self {
        let name = item.code.name();
        item.with_code(0).of_call(name)
    }
}

impl<C: ResponseCode> std::error::Error for ItemError<C> {}
