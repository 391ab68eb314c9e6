//! What sends a request once. It stands behind a trait, so that another can take its place.

mod http;
pub(crate) mod response;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::prepare::PreparedRequest;

pub(crate) use http::{Http, Settings};
pub use response::Response;

/// A request on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Response, TransportError>> + Send + 'a>>;

/// Sends a request once, and reads its answer to the end.
///
/// Put one into [`ClientBuilder::transport`](crate::ClientBuilder::transport) to send through another
/// HTTP library, or through none. It follows no redirect, repeats nothing, and adds no header but
/// those of HTTP itself. The URL is [`url_to_send`](PreparedRequest::url_to_send). Time-outs, repeated attempts and authentication stand above it: a request
/// that takes too long is dropped.
pub trait Transport: Send + Sync + 'static {
    /// Sends it.
    fn send<'a>(&'a self, request: &'a PreparedRequest) -> Sending<'a>;
}

/// Why no whole answer came.
///
/// Its text ends up in errors and logs: it must hold neither the address nor anything that was sent.
pub struct TransportError {
    pub(crate) what: What,
    pub(crate) timeout: bool,
    /// The answer without its body, where at least that came.
    pub(crate) head: Option<Response>,
    text: String,
}

/// How far a request came.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// There is nothing to send with, or nothing that can be sent.
    Unsendable,
    /// It certainly never left.
    NotSent,
    /// It may have left.
    MaybeSent,
    /// Its answer is longer than the limit.
    TooLong,
}

impl TransportError {
    fn new(what: What, text: impl Into<String>) -> Self {
        Self {
            what,
            timeout: false,
            head: None,
            text: text.into(),
        }
    }

    /// The request cannot be sent at all, now or later.
    #[must_use]
    pub fn unsendable(text: impl Into<String>) -> Self {
        Self::new(What::Unsendable, text)
    }

    /// The request certainly never left: no connection could be made. It may be sent again whatever
    /// it does.
    #[must_use]
    pub fn not_sent(text: impl Into<String>) -> Self {
        Self::new(What::NotSent, text)
    }

    /// The request, or a part of it, may have left. Only what changes nothing is sent again.
    #[must_use]
    pub fn maybe_sent(text: impl Into<String>) -> Self {
        Self::new(What::MaybeSent, text)
    }

    /// The answer is longer than what the client takes.
    #[must_use]
    pub fn too_long(text: impl Into<String>) -> Self {
        Self::new(What::TooLong, text)
    }

    /// It failed because it took too long.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.timeout = true;
        self
    }

    /// What came of the answer before it failed: its status and headers.
    #[must_use]
    pub fn with_head(mut self, head: Response) -> Self {
        self.head = Some(head);
        self
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TransportError({})", self.text)
    }
}

impl std::error::Error for TransportError {}
