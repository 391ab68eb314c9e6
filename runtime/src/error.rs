//! What a call can end with instead of an answer.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::code::ResponseCode;
use crate::transport::response::Response;
use crate::wire::InvalidNumber;

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is not set up for this call.
    Config,
    /// The request breaks a rule that was checked before it was sent. Where the API takes it all the
    /// same, [`CallOptions::unchecked`](crate::CallOptions::unchecked) sends it; where one of several
    /// parameters is needed, one that the documentation does not list does as well (`other` of the
    /// choice, `extra` of an object in a body).
    InvalidRequest,
    /// The request could not be sent, or its answer was cut off.
    Transport,
    /// No answer came in time.
    Timeout,
    /// The API does not accept the credentials, or not for this call.
    Authentication,
    /// The API refused the call as a whole.
    Api,
    /// The API refused the one item of this call.
    Item,
    /// The API asks for fewer calls.
    RateLimited,
    /// The HTTP status says that it failed, and the body does not say more.
    Http,
    /// An answer came that cannot be read.
    Decode,
}

/// What a call ended with instead of an answer.
///
/// Neither `Display` nor `Debug` shows what the API says in words, a URL, or anything that was sent:
/// what may be logged is listed, all else is not. The words are in
/// [`api_message`](Self::api_message).
pub struct Error(Box<Inner>);

type Source = Box<dyn std::error::Error + Send + Sync>;

struct Inner {
    kind: ErrorKind,
    /// What happened, in words of this crate.
    text: Cow<'static, str>,
    operation: Option<&'static str>,
    request_id: Option<Arc<str>>,
    http_status: Option<u16>,
    code: Option<u32>,
    code_name: Option<&'static str>,
    api_message: Option<String>,
    retryable: bool,
    retry_after: Option<Duration>,
    execution: Execution,
    attempts: u32,
    raw: Option<Arc<Response>>,
    source: Option<Source>,
}

/// What is known of a call that ended in an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Execution {
    /// No connection could be made.
    NeverLeft,
    /// It changed nothing.
    No,
    /// It may have left, and no answer says what became of it.
    Unknown,
    /// The API says that it was.
    Yes,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, text: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            text: text.into(),
            operation: None,
            request_id: None,
            http_status: None,
            code: None,
            code_name: None,
            api_message: None,
            retryable: false,
            retry_after: None,
            execution: Execution::No,
            attempts: 0,
            raw: None,
            source: None,
        }))
    }

    pub(crate) fn config(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Config, text)
    }

    pub(crate) fn invalid(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidRequest, text)
    }

    pub(crate) fn of(mut self, operation: &'static str) -> Self {
        self.0.operation = Some(operation);
        self
    }

    pub(crate) fn answered(mut self, http_status: u16, request_id: Option<Arc<str>>) -> Self {
        self.0.http_status = Some(http_status);
        self.0.request_id = request_id;
        self
    }

    pub(crate) fn requested(mut self, request_id: Option<Arc<str>>) -> Self {
        self.0.request_id = request_id;
        self
    }

    /// What the API said in another error.
    pub(crate) fn about(mut self, other: &Self) -> Self {
        self.0.http_status = other.0.http_status;
        self.0.request_id.clone_from(&other.0.request_id);
        self.0.code = other.0.code;
        self.0.code_name = other.0.code_name;
        self.0.api_message.clone_from(&other.0.api_message);
        self.0.retry_after = other.0.retry_after;
        self
    }

    pub(crate) fn with_code(mut self, code: Option<u32>, name: Option<&'static str>) -> Self {
        self.0.code = code;
        self.0.code_name = name;
        self
    }

    pub(crate) fn with_message(mut self, message: Option<String>) -> Self {
        self.0.api_message = message;
        self
    }

    pub(crate) fn retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    pub(crate) fn maybe_executed_if(mut self, unknown: bool) -> Self {
        if unknown {
            self.0.execution = Execution::Unknown;
        }
        self
    }

    pub(crate) fn executed(mut self) -> Self {
        self.0.execution = Execution::Yes;
        self
    }

    pub(crate) fn left_never(mut self) -> Self {
        self.0.execution = Execution::NeverLeft;
        self
    }

    pub(crate) fn never_left(&self) -> bool {
        self.0.execution == Execution::NeverLeft
    }

    pub(crate) fn attempted(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    pub(crate) fn with_raw(mut self, raw: Arc<Response>) -> Self {
        self.0.raw = Some(raw);
        self
    }

    pub(crate) fn caused_by(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What kind of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation that was called; `None` for an error of the builder.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// What the API calls this request, for questions to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The HTTP status, if an answer came.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// The code with which the API refused the call or the item.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        self.0.code
    }

    /// The same code as one of an operation: `error.code_as::<parcel::Code>()`.
    #[must_use]
    pub fn code_as<C: ResponseCode>(&self) -> Option<C> {
        self.0.code.map(C::from)
    }

    /// What the API says in words. May repeat what was sent: do not log it unseen.
    #[must_use]
    pub fn api_message(&self) -> Option<&str> {
        self.0.api_message.as_deref()
    }

    /// Whether sending the same again may help and cannot do anything twice.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// How long the API asks to wait before the next call.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How often the call was sent, or would have been had there been a connection. Zero if it was
    /// refused before that.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the call may have changed something or sent a message although it ended in this
    /// error: it left, and no answer that could be read says what became of it.
    #[must_use]
    pub fn maybe_executed(&self) -> bool {
        matches!(self.0.execution, Execution::Unknown | Execution::Yes)
    }

    /// Whether the call certainly did what it was to do: the API answered that it succeeded, and its
    /// answer could not be read. [`body`](Self::body) holds that answer.
    #[must_use]
    pub fn was_executed(&self) -> bool {
        self.0.execution == Execution::Yes
    }

    /// The body of the answer that could not be read, or of any answer if the call
    /// [keeps](crate::CallOptions::keep_body) it. It holds personal data.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.raw().map(Response::body)
    }

    /// The same answer with its HTTP status and headers.
    #[must_use]
    pub fn raw(&self) -> Option<&Response> {
        self.0.raw.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        if let Some(operation) = inner.operation {
            write!(f, "{operation}: ")?;
        }
        f.write_str(&inner.text)?;
        write_code(f, inner.code, inner.code_name)?;
        if let Some(status) = inner.http_status {
            write!(f, ", HTTP status {status}")?;
        }
        if let Some(request_id) = &inner.request_id {
            write!(f, ", request {request_id}")?;
        }
        if inner.attempts > 1 {
            write!(f, ", after {} attempts", inner.attempts)?;
        }
        match inner.execution {
            Execution::Unknown => f.write_str(", may have been executed"),
            Execution::Yes => f.write_str(", was executed"),
            Execution::No | Execution::NeverLeft => Ok(()),
        }
    }
}

/// ` with code 1001 (UnknownAddress)`.
pub(crate) fn write_code(
    f: &mut fmt::Formatter<'_>,
    code: Option<u32>,
    name: Option<&str>,
) -> fmt::Result {
    match (code, name) {
        (Some(code), Some(name)) => write!(f, " with code {code} ({name})"),
        (Some(code), None) => write!(f, " with code {code}"),
        (None, _) => Ok(()),
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        f.debug_struct("Error")
            .field("kind", &inner.kind)
            .field("text", &inner.text)
            .field("operation", &inner.operation)
            .field("request_id", &inner.request_id)
            .field("http_status", &inner.http_status)
            .field("code", &inner.code)
            .field("retryable", &inner.retryable)
            .field("execution", &inner.execution)
            .field("attempts", &inner.attempts)
            .field("source", &inner.source)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// A request with an amount that is none is invalid: `?` works where calls are made.
impl From<InvalidNumber> for Error {
    fn from(error: InvalidNumber) -> Self {
        Self::invalid("a number of the request is none").caused_by(error)
    }
}
