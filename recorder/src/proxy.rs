//! Forwards what a program says to the API, and has both sides written down, masked.
//!
//! It listens on this machine only, follows no redirect, and sends nothing twice.

use std::convert::Infallible;
use std::fs::File;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{Either, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue,
};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

use crate::body::{Rest, Taken, take};
use crate::mask::{Mask, Masked};
use crate::writer::{Counts, Side, Writer};

/// The body of what is given back: held, or passed on.
type Given = Either<Full<Bytes>, Rest<reqwest::Body>>;

/// How long the API may take to be reached, and between two pieces of an answer.
const CONNECT: Duration = Duration::from_secs(30);
const SILENCE: Duration = Duration::from_mins(2);

/// Headers that are about one connection, and those that the client sets itself.
const OWN: [&str; 12] = [
    "connection",
    // This proxy takes whole bodies.
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "host",
    "content-length",
];

/// Why there is no proxy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProxyError {
    /// The address of the API is none. It may hold a secret, so it is not shown.
    #[error("the address of the API begins with https://, and has no user, query or fragment")]
    Address,
    /// What leaves this machine unencrypted can be read on its way.
    #[error("an address that begins with http:// can only be one of this machine")]
    Plain,
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up")]
    Client(#[from] reqwest::Error),
}

/// Forwards, masks and writes.
pub struct Proxy {
    to: String,
    client: reqwest::Client,
    writer: Writer,
}

impl Proxy {
    /// A proxy to an API, which may stand below a path, that writes to a file.
    ///
    /// # Errors
    /// The address is none, or the HTTP client cannot be set up.
    pub fn new(to: &str, mask: Mask, file: File) -> Result<Self, ProxyError> {
        Self::check(to)?;
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            // On a connection that waited, nobody knows whether a request was still taken.
            .pool_max_idle_per_host(0)
            .no_proxy()
            // Bodies go through as they are.
            .gzip(false)
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .build()?;
        Ok(Self {
            to: to.trim_end_matches('/').to_owned(),
            client,
            writer: Writer::new(mask, file),
        })
    }

    /// Whether an address can be that of an API.
    ///
    /// # Errors
    /// It cannot.
    pub fn check(to: &str) -> Result<(), ProxyError> {
        let url = reqwest::Url::parse(to).map_err(|_| ProxyError::Address)?;
        let known = ["https", "http"].contains(&url.scheme()) && url.has_host();
        // A user in an address would take the place of the one that calls.
        let more = !url.username().is_empty() || url.password().is_some();
        if !known || more || to.contains(['?', '#', '@']) {
            return Err(ProxyError::Address);
        }
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let is_loopback = |ip: IpAddr| ip.is_loopback();
        let is_here = host == "localhost" || host.parse().is_ok_and(is_loopback);
        if url.scheme() == "http" && !is_here {
            return Err(ProxyError::Plain);
        }
        Ok(())
    }

    /// What was done so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.writer.counts()
    }

    /// What was masked so far.
    #[must_use]
    pub fn masked(&self) -> Masked {
        self.writer.masked()
    }

    /// Serves until it is dropped.
    pub async fn serve(self: Arc<Self>, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => drop(tokio::spawn(Arc::clone(&self).connection(stream))),
                // No file handle is free, or the other side has gone already.
                Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
            }
        }
    }

    async fn connection(self: Arc<Self>, stream: TcpStream) {
        let service = service_fn(move |request| {
            let proxy = Arc::clone(&self);
            async move { Ok::<_, Infallible>(proxy.respond(request).await) }
        });
        let builder = hyper::server::conn::http1::Builder::new();
        // An error is a caller that went away.
        drop(
            builder
                .serve_connection(TokioIo::new(stream), service)
                .await,
        );
    }

    async fn respond(&self, request: Request<Incoming>) -> Response<Given> {
        let (head, body) = request.into_parts();
        let path = head.uri.path_and_query().map_or("", |path| path.as_str());
        // With a host in it, it is meant for another server.
        if head.method == Method::CONNECT || head.uri.host().is_some() || !path.starts_with('/') {
            return said(StatusCode::BAD_REQUEST, "a request has a path here");
        }
        // The caller went away, and nobody will read this.
        let Ok(asked) = take(body).await else {
            return said(StatusCode::BAD_REQUEST, "no whole request came");
        };
        let (asked, body) = match asked {
            Taken::Whole(bytes) => (Some(bytes.clone()), bytes.into()),
            Taken::Longer(rest) => (None, reqwest::Body::wrap(rest)),
        };
        let mut headers = forwarded(&head.headers);
        // What is packed could not be masked.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let sent = self
            .client
            .request(head.method.clone(), format!("{}{path}", self.to))
            .headers(headers)
            .body(body)
            .send();
        let (answer, told) = match sent.await.map(hyper::Response::from) {
            Ok(answer) => answer.into_parts(),
            Err(error) => return self.failed(&error),
        };
        let told = match take(told).await {
            Ok(told) => told,
            Err(error) => return self.failed(&error),
        };
        let given = match (asked, told) {
            (Some(asked), Taken::Whole(told)) => {
                let request = Side {
                    headers: &head.headers,
                    body: &asked,
                };
                let response = Side {
                    headers: &answer.headers,
                    body: &told,
                };
                self.writer.write(
                    (head.method.as_str(), path),
                    &request,
                    (answer.status, &response),
                );
                Either::Left(Full::new(told))
            }
            (_, told) => {
                self.writer.too_long();
                match told {
                    Taken::Whole(told) => Either::Left(Full::new(told)),
                    Taken::Longer(rest) => Either::Right(rest),
                }
            }
        };
        let mut response = Response::new(given);
        *response.status_mut() = answer.status;
        *response.headers_mut() = forwarded(&answer.headers);
        // It is that of a body which does not come.
        let without = head.method == Method::HEAD || answer.status == StatusCode::NOT_MODIFIED;
        if let Some(length) = answer.headers.get(CONTENT_LENGTH).filter(|_| without) {
            response
                .headers_mut()
                .insert(CONTENT_LENGTH, length.clone());
        }
        response
    }

    /// The API was not reached, or its answer broke off: whether it did anything is not known here.
    fn failed(&self, error: &reqwest::Error) -> Response<Given> {
        self.writer.failed();
        let why = match error {
            _ if error.is_connect() => "the API cannot be reached",
            _ if error.is_timeout() => "the API did not answer in time",
            _ => "no whole answer of the API came",
        };
        said(StatusCode::BAD_GATEWAY, why)
    }
}

/// The headers that go on to the other side.
fn forwarded(headers: &HeaderMap) -> HeaderMap {
    let named: Vec<&str> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let own = |name: &HeaderName| {
        let name = name.as_str();
        OWN.contains(&name) || named.iter().any(|own| own.eq_ignore_ascii_case(name))
    };
    let mut out = HeaderMap::new();
    for (name, value) in headers.iter().filter(|(name, _)| !own(name)) {
        out.append(name.clone(), value.clone());
    }
    out
}

fn said(status: StatusCode, text: &'static str) -> Response<Given> {
    let mut response = Response::new(Either::Left(Full::new(Bytes::from_static(text.as_bytes()))));
    *response.status_mut() = status;
    response
}
