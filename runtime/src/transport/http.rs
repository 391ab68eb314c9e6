//! The transport over HTTP.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime;

use super::response::RETRY_AFTER;
use super::{Response, Sending, Transport, TransportError};
use crate::error::Error;
use crate::operation::Method;
use crate::prepare::PreparedRequest;

/// How connections are made.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) user_agent: String,
    pub(crate) allow_http: bool,
    pub(crate) max_body: usize,
    /// The header in which the API names a request.
    pub(crate) request_id: Option<&'static str>,
}

/// No redirects, no proxy from the environment, and a connection pool for each Tokio runtime.
pub(crate) struct Http {
    settings: Settings,
    pools: Mutex<Vec<Pool>>,
}

/// Connections that stay open. They are driven by the runtime in which they were made: another one
/// must not use them, because theirs may stand still at the moment.
struct Pool {
    runtime: Option<runtime::Id>,
    client: reqwest::Client,
}

/// Of programs that make one runtime after the other, the pools of the last ones are kept.
const POOLS: usize = 8;

impl Http {
    pub(crate) fn new(settings: &Settings) -> Result<Self, Error> {
        if let Some(missing) = missing_tls(settings) {
            return Err(Error::config(missing));
        }
        let client = client(settings)
            .map_err(|cause| Error::config("the HTTP client cannot be set up").caused_by(cause))?;
        Ok(Self {
            settings: settings.clone(),
            pools: Mutex::new(vec![Pool {
                runtime: None,
                client,
            }]),
        })
    }

    /// The connections of the runtime in which this is called.
    fn pool(&self) -> Result<reqwest::Client, TransportError> {
        let here = runtime::Handle::try_current()
            .map(|handle| handle.id())
            .ok();
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        let known = pools.iter_mut().find(|pool| {
            // The first one was made before any call.
            pool.runtime.is_none() || pool.runtime == here
        });
        if let Some(pool) = known {
            pool.runtime = here;
            return Ok(pool.client.clone());
        }
        let client = client(&self.settings)?;
        if pools.len() == POOLS {
            pools.remove(0);
        }
        pools.push(Pool {
            runtime: here,
            client: client.clone(),
        });
        Ok(client)
    }

    async fn exchange(&self, prepared: &PreparedRequest) -> Result<Response, TransportError> {
        let client = self.pool()?;
        let request = request(&client, prepared)?;
        let mut response = client.execute(request).await.map_err(|error| {
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
        let too_long =
            |length: u64| usize::try_from(length).map_or(true, |l| l > self.settings.max_body);
        let mut long = response.content_length().is_some_and(too_long);
        let answer = head(&response, self.settings.request_id, prepared.keep_headers);
        let mut body = Vec::new();
        while !long {
            match response.chunk().await {
                Ok(None) => break,
                Ok(Some(chunk)) => {
                    long = chunk.len() > self.settings.max_body.saturating_sub(body.len());
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
            let text = format!("the body is longer than {} bytes", self.settings.max_body);
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

/// Why no address with TLS can be reached, if that is so.
fn missing_tls(settings: &Settings) -> Option<&'static str> {
    let any = cfg!(any(
        feature = "rustls",
        feature = "rustls-no-provider",
        feature = "native-tls"
    ));
    if !any && !settings.allow_http {
        return Some(
            "there is no TLS: switch on one of the features rustls, rustls-no-provider and \
             native-tls",
        );
    }
    #[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        return Some(
            "rustls-no-provider: the program is to install a crypto provider of rustls before it \
             builds a client",
        );
    }
    None
}

fn client(settings: &Settings) -> Result<reqwest::Client, TransportError> {
    let builder = reqwest::Client::builder();
    // Features add up over all of a program, and reqwest alone would take what the operating system
    // has: that some other crate asks for it must not change how this one connects.
    #[cfg(any(feature = "rustls", feature = "rustls-no-provider"))]
    let builder = builder.tls_backend_rustls();
    builder
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .https_only(!settings.allow_http)
        .connect_timeout(settings.connect_timeout)
        .user_agent(&settings.user_agent)
        .build()
        .map_err(|error| TransportError::unsendable(chain(error)))
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

/// The status and the headers that are of interest: to a call that keeps its answer, all of them.
fn head(response: &reqwest::Response, request_id: Option<&'static str>, keep: bool) -> Response {
    let mut head = Response::new(response.status().as_u16(), Vec::new());
    if keep {
        for (name, value) in response.headers() {
            head = head.with_header(name.as_str(), String::from_utf8_lossy(value.as_bytes()));
        }
        return head;
    }
    for name in request_id.into_iter().chain([RETRY_AFTER]) {
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
        Method::Head => reqwest::Method::HEAD,
        Method::Options => reqwest::Method::OPTIONS,
    };
    let mut builder = client.request(method, prepared.url_to_send());
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
