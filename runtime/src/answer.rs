//! What came back: whether it is an answer at all, and what it says of the call as a whole.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::call::Call;
use crate::drift::Listeners;
use crate::error::{Error, ErrorKind};
use crate::locate::{self, Found};
use crate::operation::{Effect, Operation};
use crate::order::{Order, Sent};
use crate::reply::Head;
use crate::retry;
use crate::said::{is_web_page, says_no, says_something, says_success};
use crate::service::Service;
use crate::transport::response::{GAVE_UP, RETRY_AFTER};
use crate::transport::{Response, TransportError, What};
use crate::wire::{
    self, ApiStatus, Context, DecodeError, Format, Limits, Misfit, Node, ParseError, Value,
};

/// A whole answer, not yet read.
pub(crate) struct Answer {
    pub(crate) operation: &'static Operation,
    effect: Effect,
    pub(crate) sent: Option<Sent>,
    pub(crate) service: &'static Service,
    limits: Limits,
    pub(crate) http_status: u16,
    pub(crate) request_id: Option<Arc<str>>,
    retry_after: Option<Duration>,
    response: Arc<Response>,
    /// Whether what does not fit is an error.
    pub(crate) strict: bool,
    keep_body: bool,
    listeners: Listeners,
}

impl Answer {
    /// What came back for a call.
    pub(crate) fn new(
        call: &Call,
        outcome: Result<Response, TransportError>,
    ) -> Result<Self, Error> {
        let response = outcome.map_err(|error| failed(call, error))?;
        Ok(Self {
            operation: call.operation(),
            effect: call.effect(),
            sent: call.sent(),
            service: call.client().service(),
            limits: *call.client().limits(),
            http_status: response.status(),
            request_id: request_id(call.client().service(), &response),
            retry_after: response
                .header(RETRY_AFTER)
                .and_then(|value| retry::retry_after(value, SystemTime::now())),
            response: Arc::new(response),
            strict: call.is_strict(),
            keep_body: call.keeps_body(),
            listeners: call.client().reading().listeners.clone(),
        })
    }

    pub(crate) fn http_status(&self) -> u16 {
        self.http_status
    }

    pub(crate) fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The whole body with all its wrappers.
    pub(crate) fn whole(&self) -> Result<Value, Error> {
        let body = self.read(&mut Context::new())?;
        match self.refusal(body.status.as_ref()) {
            Some(refusal) => Err(refusal),
            None => Ok(body.node.to_value()),
        }
    }

    /// Reads it as something, and tells who listens what it holds beside that.
    pub(crate) fn reading<R>(
        &self,
        read: impl FnOnce(&mut Context) -> Result<R, Error>,
        keep: impl FnOnce(&mut R, Vec<Misfit>),
    ) -> Result<R, Error> {
        let mut context = Context::new().watched(self.listeners.watch());
        let outcome = read(&mut context);
        let misfits = self.listeners.tell(self.operation.id, context);
        match outcome {
            Ok(mut outcome) => {
                keep(&mut outcome, misfits);
                Ok(outcome)
            }
            Err(error) if self.keep_body => Err(error.with_raw(Arc::clone(&self.response))),
            Err(error) => Err(error),
        }
    }

    /// Whether what it answers may have changed something, or sent a message.
    pub(crate) fn changes(&self) -> bool {
        self.effect > Effect::Read
    }

    pub(crate) fn order(&self, items: &Node<'_>) -> Order {
        match &self.sent {
            Some(sent) if self.changes() => sent.order(wire::items(items)),
            _ => Order::AsSent,
        }
    }

    /// Whether the answer has to say what became of the items that were sent.
    pub(crate) fn wants_items(&self) -> bool {
        let sent = self.sent.as_ref().is_some_and(|sent| sent.count() > 0);
        self.changes() && sent
    }

    /// The call succeeded, and does not say what became of its items: nobody is to take that for
    /// "none was refused".
    pub(crate) fn without_items(&self) -> Error {
        self.error(ErrorKind::Decode, "the answer names no item")
            .maybe_executed_if(true)
            .with_raw(Arc::clone(&self.response))
    }

    /// Whether the body is an answer of this operation at all: what stands in front of the API
    /// answers with a status of 200 too, and nobody is to take that for "it went well".
    pub(crate) fn check_is_answer(
        &self,
        body: &Body<'_>,
        found: Found<'_, '_>,
    ) -> Result<(), Error> {
        let reply = &self.operation.reply;
        // What changes something, and says itself how it went, has to say it.
        let silent = reply.says_success && self.changes() && body.status.is_none();
        let is_answer = says_something(body.status.as_ref())
            || match found {
                Found::At(_) | Found::Empty => !reply.payload.is_empty() || reply.status.is_empty(),
                Found::Missing => reply.payload.is_empty() && reply.status.is_empty(),
            };
        if is_answer && !silent {
            return Ok(());
        }
        Err(self.foreign(format!(
            "what came is no answer of this operation ({})",
            self.section()
        )))
    }

    /// Whether the status says plainly that the call succeeded, all of it, and nothing in the answer says otherwise.
    pub(crate) fn is_success(&self, body: &Body<'_>) -> bool {
        let status = body.status.as_ref();
        says_success(status) && !self.partial(status) && !says_no(&body.node)
    }

    /// Whether the call as a whole says that some items were accepted and some were not, or does not say.
    pub(crate) fn partial(&self, status: Option<&ApiStatus>) -> bool {
        let code = status.and_then(|status| status.code);
        let unknown =
            wire::code(code).is_some_and(|code| self.service.unknown_outcome.contains(&code));
        self.http_status == 201 || code == Some(201) || unknown
    }

    /// HTTP says that it went well, and something else than the API answered.
    pub(crate) fn foreign(&self, text: impl Into<std::borrow::Cow<'static, str>>) -> Error {
        self.error(ErrorKind::Decode, text)
            .with_raw(Arc::clone(&self.response))
            .maybe_executed_if(self.changes())
    }

    pub(crate) fn head(&self, status: Option<ApiStatus>) -> Head {
        Head {
            status,
            request_id: self.request_id.clone(),
            http_status: self.http_status,
            misfits: Vec::new(),
            raw: self.keep_body.then(|| Arc::clone(&self.response)),
        }
    }

    /// Parses the body. What keeps every call out is an error here, whatever else the body says.
    pub(crate) fn read(&self, context: &mut Context) -> Result<Body<'_>, Error> {
        let body = self.response.body();
        let format = Format::of(body);
        let parsed = if body.iter().all(u8::is_ascii_whitespace) {
            Ok(Node::Null)
        } else {
            wire::parse(body, &self.limits)
        };
        let node = match parsed {
            Ok(node) => node,
            Err(error) => return Err(self.unparsable(error)),
        };
        if format == Format::Xml && is_web_page(&node) {
            return Err(self
                .refusal(None)
                .unwrap_or_else(|| self.foreign("a web page came")));
        }
        let status = locate::status(self.operation, self.service, &node, context)
            .or_else(|| self.fault(&node));
        if let Some(refusal) = self.refusal(status.as_ref())
            && matches!(
                refusal.kind(),
                ErrorKind::RateLimited | ErrorKind::Authentication
            )
        {
            return Err(refusal);
        }
        Ok(Body {
            node,
            format,
            status,
            noted: context.misfits().len(),
        })
    }

    /// What the answer gives as the reason of a call that HTTP calls the caller's fault, and what its code says of any
    /// other. A gateway that gives up knows no reason.
    fn fault(&self, node: &Node<'_>) -> Option<ApiStatus> {
        let refused =
            (400..500).contains(&self.http_status) && !GAVE_UP.contains(&self.http_status);
        let answered = (200..300).contains(&self.http_status);
        (refused || answered)
            .then(|| locate::fault(self.service, node, refused))
            .flatten()
    }

    /// Why the call as a whole was refused, if it was.
    pub(crate) fn refusal(&self, status: Option<&ApiStatus>) -> Option<Error> {
        let refused = status.filter(|status| match status.success {
            Some(success) => !success,
            None => status.code.is_some_and(|code| code >= 400),
        });
        let code = status.and_then(|status| wire::code(status.code));
        let (kind, text) = match (self.http_status, code) {
            (429, _) => (ErrorKind::RateLimited, "the API asks for fewer calls"),
            (_, Some(code)) if self.service.rate_limited.contains(&code) => {
                (ErrorKind::RateLimited, "the API asks for fewer calls")
            }
            (401 | 403, _) => (
                ErrorKind::Authentication,
                "the API does not accept the credentials",
            ),
            (_, Some(401 | 403)) if refused.is_some() => (
                ErrorKind::Authentication,
                "the API does not accept the credentials",
            ),
            _ if refused.is_some() => (ErrorKind::Api, "the API refused the call"),
            (200..=299, _) => return None,
            (300..=399, _) => (ErrorKind::Http, "redirects are not followed"),
            _ => (ErrorKind::Http, "the call failed"),
        };
        // A gateway that gives up says nothing about what became of the request behind it, and some
        // codes say just that something went wrong.
        let unknown = match kind {
            // A status that says "done" says otherwise than HTTP: nobody knows.
            ErrorKind::Http => {
                self.http_status >= 500
                    || GAVE_UP.contains(&self.http_status)
                    || says_success(status)
            }
            ErrorKind::Api => {
                self.http_status > 500
                    || code.is_some_and(|code| self.service.unknown_outcome.contains(&code))
            }
            _ => false,
        };
        let read_again = self.effect == Effect::Read && self.http_status >= 500;
        Some(
            self.error(kind, text)
                .with_code(code, None)
                .with_message(status.and_then(|status| status.message.clone()))
                .with_retry_after(self.retry_after)
                .retryable(kind == ErrorKind::RateLimited || read_again)
                .maybe_executed_if(unknown && self.changes()),
        )
    }

    /// Where the operation is documented: what a reader can open, if there is such a place.
    fn section(&self) -> &'static str {
        match self.operation.docs {
            "" => self.operation.source,
            docs => docs,
        }
    }

    fn unparsable(&self, error: ParseError) -> Error {
        // What stands in front of the API answers in HTML.
        self.refusal(None)
            .unwrap_or_else(|| self.unreadable("the answer cannot be parsed", error))
    }

    /// The answer does not fit its type, and is not to be taken as it is.
    pub(crate) fn undecodable(&self, body: &Body<'_>, error: DecodeError) -> Error {
        let section = self.section();
        let text = format!("the answer does not fit its type: {error} ({section})");
        let error = self.unreadable(text, error);
        if self.changes() && self.is_success(body) {
            return error.executed();
        }
        error
    }

    /// HTTP says that it went well, and the answer is lost: with it what the API itself says.
    fn unreadable(
        &self,
        text: impl Into<std::borrow::Cow<'static, str>>,
        error: impl std::error::Error + Send + Sync + 'static,
    ) -> Error {
        self.foreign(text).caused_by(error)
    }

    fn error(&self, kind: ErrorKind, text: impl Into<std::borrow::Cow<'static, str>>) -> Error {
        Error::new(kind, text)
            .of(self.operation.id)
            .answered(self.http_status, self.request_id.clone())
    }
}

/// A parsed body.
pub(crate) struct Body<'a> {
    pub(crate) node: Node<'a>,
    pub(crate) format: Format,
    pub(crate) status: Option<ApiStatus>,
    /// How much in the status does not fit: it is read leniently by whoever is strict, too.
    pub(crate) noted: usize,
}

/// The id that the API gives a request, if it is one that may be printed.
fn request_id(service: &Service, response: &Response) -> Option<Arc<str>> {
    let id = response.header(service.request_id?)?.trim();
    let printable = id
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-_.:/+=".contains(&b));
    (printable && !id.is_empty() && id.len() <= 128).then(|| id.into())
}

/// The error for a request that got no whole answer.
fn failed(call: &Call, mut cause: TransportError) -> Error {
    let (kind, text) = match (cause.what, cause.timeout) {
        (What::Unsendable, _) => (ErrorKind::InvalidRequest, "the request cannot be sent"),
        (What::NotSent, true) => (ErrorKind::Timeout, "no connection in time"),
        (What::NotSent, false) => (ErrorKind::Transport, "no connection"),
        (What::MaybeSent, true) => (ErrorKind::Timeout, "no answer in time"),
        (What::MaybeSent, false) => (ErrorKind::Transport, "no whole answer came"),
        (What::TooLong, _) => (ErrorKind::Decode, "the answer is too long"),
    };
    let what = cause.what;
    let changes = call.effect() > Effect::Read;
    let head = cause.head.take();
    let error = Error::new(kind, text)
        .of(call.operation().id)
        .maybe_executed_if(changes && matches!(what, What::MaybeSent | What::TooLong))
        .caused_by(cause);
    let error = match what {
        What::NotSent => error.left_never().retryable(true),
        What::MaybeSent => error.retryable(!changes),
        What::Unsendable | What::TooLong => error,
    };
    match head {
        Some(head) => {
            let request_id = request_id(call.client().service(), &head);
            error.answered(head.status(), request_id)
        }
        None => error,
    }
}
