//! From what came back to what a call ends with.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::batch::Batch;
use crate::call::Call;
use crate::code::ResponseCode;
use crate::error::{Error, ErrorKind};
use crate::locate::{self, Found};
use crate::operation::{Effect, Operation, Service};
use crate::order::{Order, Sent};
use crate::reply::{Head, Item, Reply};
use crate::retry;
use crate::transport::{Response, TransportError, What};
use crate::verdict::{self, Judge, Verdict};
use crate::wire::{self, ApiStatus, Decode, DecodeError, Format, Limits, Node, ParseError, Value};
use crate::{REQUEST_ID, RETRY_AFTER};

/// HTTP statuses with which what stands in front of the API says that it waited no longer: for the rest of the request,
/// or for its answer.
pub(crate) const GAVE_UP: [u16; 2] = [408, 499];

/// A whole answer, not yet read.
pub(crate) struct Answer {
    operation: &'static Operation,
    effect: Effect,
    sent: Option<Sent>,
    service: &'static Service,
    limits: Limits,
    http_status: u16,
    request_id: Option<Arc<str>>,
    retry_after: Option<Duration>,
    body: Vec<u8>,
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
            request_id: request_id(&response),
            retry_after: response
                .header(RETRY_AFTER)
                .and_then(|value| retry::retry_after(value, SystemTime::now())),
            body: response.into_body(),
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
        let body = self.read()?;
        match self.refusal(body.status.as_ref()) {
            Some(refusal) => Err(refusal),
            None => Ok(body.node.to_value()),
        }
    }

    pub(crate) fn reply<T: Decode>(&self) -> Result<Reply<T>, Error> {
        let body = self.read()?;
        if let Some(refusal) = self.refusal(body.status.as_ref()) {
            // Of several items some may have been accepted, and nothing here says which.
            let several = self.sent.as_ref().is_some_and(|sent| sent.count() > 1);
            let open = several && self.partial(body.status.as_ref());
            return Err(refusal.maybe_executed_if(open && self.changes()));
        }
        self.check_is_answer(&body)?;
        let value = locate::decode(self.operation, &body.node, body.format)
            .map_err(|error| self.undecodable(&body, error))?;
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
        let body = self.read()?;
        let refusal = self.refusal(body.status.as_ref());
        let decoded = locate::decode::<T>(self.operation, &body.node, body.format);
        let judge = self.judge(body.status.as_ref(), refusal.as_ref());
        if let Ok(value) = &decoded
            && let Some(refused) = judge.error::<C>(0, value)
            && (refusal.is_none() || says_how_it_went(value))
        {
            return Err(Error::from(refused).answered(self.http_status, self.request_id.clone()));
        }
        if let Some(refusal) = refusal {
            // The call failed, and its item did not.
            let contradicted = decoded.is_ok_and(|value| verdict::accepted::<C>(&value));
            let open = contradicted || self.partial(body.status.as_ref());
            return Err(refusal.maybe_executed_if(open && self.changes()));
        }
        self.check_is_answer(&body)?;
        let value = decoded.map_err(|error| self.undecodable(&body, error))?;
        let found = locate::payload(self.operation, &body.node, body.format);
        let named = matches!(found, Found::At(node) if !node.is_empty());
        if self.changes() && !named {
            return Err(self.without_items());
        }
        Ok(Reply {
            value,
            head: self.head(body.status),
        })
    }

    /// Who decides on the items of this answer.
    fn judge(&self, status: Option<&ApiStatus>, refusal: Option<&Error>) -> Judge {
        let silent = match refusal {
            _ if self.partial(status) => Verdict::Unclear,
            Some(refusal) if refusal.maybe_executed() => Verdict::Unclear,
            Some(_) => Verdict::Refused,
            None => Verdict::Accepted,
        };
        Judge {
            operation: self.operation.id,
            changes: self.changes(),
            silent,
            unknown: self.service.unknown_outcome,
            request_id: self.request_id.clone(),
        }
    }

    /// Whether the call as a whole says that some items were accepted and some were not, or does not say.
    fn partial(&self, status: Option<&ApiStatus>) -> bool {
        let code = status.and_then(|status| status.code);
        let unknown =
            wire::code(code).is_some_and(|code| self.service.unknown_outcome.contains(&code));
        self.http_status == 201 || code == Some(201) || unknown
    }

    /// A reply with items is the answer, whatever its status says about the call as a whole.
    pub(crate) fn batch<T, C>(&self) -> Result<Batch<T, C>, Error>
    where
        T: Decode + Item,
        C: ResponseCode,
    {
        let body = self.read()?;
        let refusal = self.refusal(body.status.as_ref());
        let found = locate::payload(self.operation, &body.node, body.format);
        let (values, order) = match found {
            Found::At(node) => (Vec::<T>::decode(node), self.order(node)),
            Found::Empty | Found::Missing => (Ok(Vec::new()), Order::AsSent),
        };
        let mut judge = self.judge(body.status.as_ref(), refusal.as_ref());
        if let Ok(values) = &values {
            judge.hear::<C>(values);
        }
        match (values, refusal) {
            (Ok(values), Some(_)) if values.iter().any(says_how_it_went) => Ok(values),
            (values, Some(refusal)) => {
                let open = values.is_err() || self.partial(body.status.as_ref());
                Err(refusal.maybe_executed_if(open && self.changes()))
            }
            (Ok(values), None) if values.is_empty() => {
                self.check_is_answer(&body)?;
                if self.wants_items() {
                    return Err(self.without_items());
                }
                Ok(values)
            }
            (Ok(values), None) => Ok(values),
            (Err(error), None) => {
                let error = locate::inside(error, self.operation.reply.payload);
                Err(self.undecodable(&body, error))
            }
        }
        .map(|values| {
            let sent = self.sent.as_ref().map(Sent::count);
            let extra = locate::beside(self.operation, &body.node);
            Batch::new(&judge, values, self.head(body.status), sent, order, extra)
        })
    }

    /// Whether what it answers may have changed something, or sent a message.
    fn changes(&self) -> bool {
        self.effect > Effect::Read
    }

    fn order(&self, items: &Node<'_>) -> Order {
        match &self.sent {
            Some(sent) if self.changes() => sent.order(wire::items(items)),
            _ => Order::AsSent,
        }
    }

    /// Whether the answer has to say what became of the items that were sent.
    fn wants_items(&self) -> bool {
        let sent = self.sent.as_ref().is_some_and(|sent| sent.count() > 0);
        self.changes() && sent
    }

    /// The call succeeded, and does not say what became of its items: nobody is to take that for
    /// "none was refused".
    fn without_items(&self) -> Error {
        self.error(ErrorKind::Decode, "the answer names no item")
            .maybe_executed_if(true)
            .with_body(self.body.clone())
    }

    /// Whether the body is an answer of this operation at all: what stands in front of the API
    /// answers with a status of 200 too, and nobody is to take that for "it went well".
    fn check_is_answer(&self, body: &Body<'_>) -> Result<(), Error> {
        let reply = &self.operation.reply;
        // What changes something, and says itself how it went, has to say it.
        let silent = reply.says_success && self.changes() && body.status.is_none();
        let is_answer = says_something(body.status.as_ref())
            || match locate::payload(self.operation, &body.node, body.format) {
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

    /// HTTP says that it went well, and something else than the API answered.
    fn foreign(&self, text: impl Into<std::borrow::Cow<'static, str>>) -> Error {
        self.error(ErrorKind::Decode, text)
            .with_body(self.body.clone())
            .maybe_executed_if(self.changes())
    }

    fn head(&self, status: Option<ApiStatus>) -> Head {
        Head {
            status,
            request_id: self.request_id.clone(),
            http_status: self.http_status,
        }
    }

    /// Parses the body. What keeps every call out is an error here, whatever else the body says.
    fn read(&self) -> Result<Body<'_>, Error> {
        let format = Format::of(&self.body);
        let parsed = if self.body.iter().all(u8::is_ascii_whitespace) {
            Ok(Node::Null)
        } else {
            wire::parse(&self.body, &self.limits)
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
        let status = locate::status(self.operation, self.service, &node);
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
        })
    }

    /// Why the call as a whole was refused, if it was.
    fn refusal(&self, status: Option<&ApiStatus>) -> Option<Error> {
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
            ErrorKind::Http => self.http_status >= 500 || GAVE_UP.contains(&self.http_status),
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

    fn undecodable(&self, body: &Body<'_>, error: DecodeError) -> Error {
        let section = self.section();
        let text = format!("the answer does not fit its type: {error} ({section})");
        let error = self.unreadable(text, error);
        let status = body.status.as_ref();
        let done = says_success(status) && !self.partial(status) && !says_no(&body.node);
        if self.changes() && done {
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
struct Body<'a> {
    node: Node<'a>,
    format: Format,
    status: Option<ApiStatus>,
}

/// Whether the API says how the call went.
fn says_something(status: Option<&ApiStatus>) -> bool {
    status.is_some_and(|status| status.success.is_some() || status.code.is_some())
}

/// Whether the API says that the call succeeded.
fn says_success(status: Option<&ApiStatus>) -> bool {
    status.is_some_and(|status| match status.success {
        Some(success) => success,
        None => status.code.is_some_and(|code| (200..300).contains(&code)),
    })
}

/// Whether anything in an answer says that it was refused.
fn says_no(node: &Node<'_>) -> bool {
    match node {
        Node::List(items) => items.iter().any(says_no),
        Node::Object(members) => {
            let refused = |word: &Node<'_>| bool::decode(word) == Ok(false);
            members
                .iter()
                .any(|(key, inside)| (key == "success" && refused(inside)) || says_no(inside))
        }
        _ => false,
    }
}

/// Whether the API says of an item how it went with it.
fn says_how_it_went(item: &impl Item) -> bool {
    let status = item.item_status();
    status.is_some_and(|status| status.success.is_some() || verdict::says_something(status))
}

/// Whether it is a page for people.
fn is_web_page(node: &Node<'_>) -> bool {
    match node {
        Node::Object(root) => root
            .only()
            .is_some_and(|(name, _)| name.eq_ignore_ascii_case("html")),
        _ => false,
    }
}

/// The id that the API gives a request, if it is one that may be printed.
fn request_id(response: &Response) -> Option<Arc<str>> {
    let id = response.header(REQUEST_ID)?.trim();
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
        Some(head) => error.answered(head.status(), request_id(&head)),
        None => error,
    }
}
