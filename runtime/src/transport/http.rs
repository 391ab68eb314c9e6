//! The transport over HTTP.

use std::time::Duration;

use super::{Response, Sending, Transport, TransportError};
use crate::error::Error;
use crate::operation::Method;
use crate::prepare::PreparedRequest;
use crate::{REQUEST_ID, RETRY_AFTER};

/// How connections are made.
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) user_agent: String,
    pub(crate) allow_http: bool,
    pub(crate) max_body: usize,
}

/// One connection pool, no redirects, no proxy from the environment.
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
            .connect_timeout(settings.connect_timeout)
            .user_agent(&settings.user_agent)
            .build()
            .map_err(|error| {
                Error::config("the HTTP client cannot be set up")
                    .caused_by(TransportError::unsendable(chain(error)))
            })?;
        Ok(Self {
            client,
            max_body: settings.max_body,
        })
    }

    async fn exchange(&self, prepared: &PreparedRequest) -> Result<Response, TransportError> {
        let request = request(&self.client, prepared)?;
        let mut response = self.client.execute(request).await.map_err(|error| {
            let timeout = error.is_timeout();
            let failed = if error.is_builder() {
                TransportError::unsendable(chain(error))
            } else if error.is_connect() {
                TransportError::not_sent(chain(error))
            } else {
                TransportError::maybe_sent(chain(error))
            };
            timed(failed, timeout)
        })?;
        let head = || head(&response);
        let too_long = |length: u64| usize::try_from(length).map_or(true, |l| l > self.max_body);
        let mut long = response.content_length().is_some_and(too_long);
        let answer = head();
        let mut body = Vec::new();
        while !long {
            match response.chunk().await {
                Ok(None) => break,
                Ok(Some(chunk)) => {
                    long = chunk.len() > self.max_body.saturating_sub(body.len());
                    body.extend_from_slice(if long { &[] } else { &chunk });
                }
                Err(error) => {
                    let timeout = error.is_timeout();
                    let failed = TransportError::maybe_sent(chain(error)).with_head(answer);
                    return Err(timed(failed, timeout));
                }
            }
        }
        if long {
            let text = format!("the body is longer than {} bytes", self.max_body);
            return Err(TransportError::too_long(text).with_head(answer));
        }
        Ok(Response { body, ..answer })
    }
}

impl Transport for Http {
    fn send<'a>(&'a self, request: &'a PreparedRequest) -> Sending<'a> {
        Box::pin(self.exchange(request))
    }
}

fn timed(error: TransportError, timeout: bool) -> TransportError {
    if timeout { error.timed_out() } else { error }
}

/// What the chain of an error says, without types and without the URL.
fn chain(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// The status and the headers that are of interest.
fn head(response: &reqwest::Response) -> Response {
    let mut head = Response::new(response.status().as_u16(), Vec::new());
    for name in [REQUEST_ID, RETRY_AFTER] {
        if let Some(Ok(value)) = response.headers().get(name).map(|value| value.to_str()) {
            head = head.with_header(name, value);
        }
    }
    head
}

fn request(
    client: &reqwest::Client,
    prepared: &PreparedRequest,
) -> Result<reqwest::Request, TransportError> {
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
            return Err(TransportError::unsendable(
                "a header holds a control character",
            ));
        };
        value.set_sensitive(true);
        builder = builder.header(name, value);
    }
    if !prepared.body().is_empty() {
        builder = builder.body(prepared.body().to_vec());
    }
    builder
        .build()
        .map_err(|error| TransportError::unsendable(chain(error)))
}
