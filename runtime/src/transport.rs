//! Sends requests. What sends them stands behind a trait, so that another can take its place.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::error::Error;
use crate::operation::Method;
use crate::prepare::PreparedRequest;

pub(crate) type Sending<'a> = Pin<Box<dyn Future<Output = Result<RawAnswer, Failure>> + Send + 'a>>;

/// What sends a request once, and reads its answer to the end.
pub(crate) trait Transport: Send + Sync {
    fn send<'a>(&'a self, request: &'a PreparedRequest) -> Sending<'a>;
}

/// An answer as it came.
pub(crate) struct RawAnswer {
    pub(crate) http_status: u16,
    pub(crate) request_id: Option<Arc<str>>,
    pub(crate) body: Vec<u8>,
}

/// Why no whole answer came.
pub(crate) struct Failure {
    pub(crate) what: FailureKind,
    /// The status and the request id, where at least these came.
    pub(crate) head: Option<(u16, Option<Arc<str>>)>,
    pub(crate) cause: TransportError,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FailureKind {
    /// There is nothing to send with, or nothing that can be sent.
    Unsendable,
    /// No connection: the request certainly never left.
    Connect { timeout: bool },
    /// The request may have left.
    Exchange { timeout: bool },
    /// The answer is longer than the limit.
    TooLong,
}

/// What the network said. Holds neither the address nor anything that was sent.
pub(crate) struct TransportError(String);

impl TransportError {
    fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Keeps what the chain of an error says, without types and without the URL.
    fn from_chain(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let mut text = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        Self(text)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TransportError({})", self.0)
    }
}

impl std::error::Error for TransportError {}

/// How connections are made.
pub(crate) struct Settings {
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) user_agent: String,
    pub(crate) allow_http: bool,
    pub(crate) max_body: usize,
}

/// The transport over HTTP: one connection pool, no redirects, no proxy from the environment.
pub(crate) struct Http {
    client: reqwest::Client,
    max_body: usize,
}

impl Http {
    pub(crate) fn new(settings: &Settings) -> Result<Self, Error> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .https_only(!settings.allow_http)
            .timeout(settings.timeout)
            .connect_timeout(settings.connect_timeout)
            .user_agent(&settings.user_agent)
            .build()
            .map_err(|error| {
                Error::config("the HTTP client cannot be set up")
                    .caused_by(TransportError::from_chain(error))
            })?;
        Ok(Self {
            client,
            max_body: settings.max_body,
        })
    }

    async fn exchange(&self, prepared: &PreparedRequest) -> Result<RawAnswer, Failure> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(unsendable(TransportError::new(
                "there is no Tokio runtime: await the call inside of one",
            )));
        }
        let request = request(&self.client, prepared)?;
        let mut response = self.client.execute(request).await.map_err(|error| {
            let timeout = error.is_timeout();
            let what = if error.is_builder() {
                FailureKind::Unsendable
            } else if error.is_connect() {
                FailureKind::Connect { timeout }
            } else {
                FailureKind::Exchange { timeout }
            };
            failure(what, None, TransportError::from_chain(error))
        })?;
        let http_status = response.status().as_u16();
        let request_id = request_id(response.headers());
        let head = Some((http_status, request_id.clone()));
        let too_long = |length: u64| usize::try_from(length).map_or(true, |l| l > self.max_body);
        let mut body = Vec::new();
        let mut long = response.content_length().is_some_and(too_long);
        while !long {
            match response.chunk().await {
                Ok(None) => break,
                Ok(Some(chunk)) => {
                    long = chunk.len() > self.max_body.saturating_sub(body.len());
                    body.extend_from_slice(if long { &[] } else { &chunk });
                }
                Err(error) => {
                    let timeout = error.is_timeout();
                    let cause = TransportError::from_chain(error);
                    return Err(failure(FailureKind::Exchange { timeout }, head, cause));
                }
            }
        }
        if long {
            let cause = TransportError(format!("the body is longer than {} bytes", self.max_body));
            return Err(failure(FailureKind::TooLong, head, cause));
        }
        Ok(RawAnswer {
            http_status,
            request_id,
            body,
        })
    }
}

impl Transport for Http {
    fn send<'a>(&'a self, request: &'a PreparedRequest) -> Sending<'a> {
        Box::pin(self.exchange(request))
    }
}

fn failure(
    what: FailureKind,
    head: Option<(u16, Option<Arc<str>>)>,
    cause: TransportError,
) -> Failure {
    Failure { what, head, cause }
}

fn unsendable(cause: TransportError) -> Failure {
    failure(FailureKind::Unsendable, None, cause)
}

fn request(
    client: &reqwest::Client,
    prepared: &PreparedRequest,
) -> Result<reqwest::Request, Failure> {
    let method = match prepared.method() {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    };
    let mut builder = client.request(method, prepared.url());
    for (name, value) in prepared.headers() {
        let Ok(mut value) = reqwest::header::HeaderValue::from_str(value) else {
            return Err(unsendable(TransportError::new(
                "a header holds a control character",
            )));
        };
        value.set_sensitive(true);
        builder = builder.header(name, value);
    }
    if !prepared.body().is_empty() {
        builder = builder.body(prepared.body().to_vec());
    }
    builder
        .build()
        .map_err(|error| unsendable(TransportError::from_chain(error)))
}

/// The id that the API gives a request, if it is one that may be printed.
fn request_id(headers: &reqwest::header::HeaderMap) -> Option<Arc<str>> {
    let id = headers.get("x-cap-requestid")?.to_str().ok()?.trim();
    let printable = id
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-_.:/+=".contains(&b));
    (printable && !id.is_empty() && id.len() <= 128).then(|| id.into())
}
