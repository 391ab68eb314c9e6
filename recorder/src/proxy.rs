//! Forwards what a program says to the API, and writes down both sides, masked.
//!
//! It listens on this machine only, follows no redirect, and sends nothing twice. What cannot be written down does not
//! keep an answer from its caller.

use std::convert::Infallible;
use std::fs::File;
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_ENCODING, HeaderMap, HeaderName};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};

use crate::mask::Mask;

/// How many bytes a body may have to be forwarded.
const FORWARDED: usize = 64 << 20;

/// How many bytes a body may have to be written down: `observe` reads no longer records.
const RECORDED: usize = 8 << 20;

/// Headers that are about one connection, and those that the client sets itself.
const OWN: [&str; 11] = [
    "connection",
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
    /// The address of the API is no address.
    #[error("{0:?} is no address that begins with https:// or http://")]
    Address(String),
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up")]
    Client(#[from] reqwest::Error),
}

/// What was done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Exchanges that were written down.
    pub written: u64,
    /// Exchanges with a body that is no JSON and no XML, of which the body was left out.
    pub unreadable: u64,
    /// Exchanges that were forwarded and not written down: too long, or the file cannot be written.
    pub left_out: u64,
    /// Requests that got no answer.
    pub failed: u64,
}

/// Forwards, masks and writes.
pub struct Proxy {
    to: String,
    client: reqwest::Client,
    mask: Mask,
    file: Mutex<File>,
    written: AtomicU64,
    unreadable: AtomicU64,
    left_out: AtomicU64,
    failed: AtomicU64,
}

impl Proxy {
    /// A proxy to an API, which may stand below a path, that writes to a file.
    ///
    /// # Errors
    /// The address is none, or the HTTP client cannot be set up.
    pub fn new(to: &str, mask: Mask, file: File) -> Result<Self, ProxyError> {
        let known = ["https://", "http://"]
            .iter()
            .any(|scheme| to.starts_with(scheme));
        if !known || reqwest::Url::parse(to).is_err() || to.contains(['?', '#']) {
            return Err(ProxyError::Address(to.to_owned()));
        }
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            // Bodies go through as they are.
            .gzip(false)
            .timeout(Duration::from_mins(2))
            .build()?;
        Ok(Self {
            to: to.trim_end_matches('/').to_owned(),
            client,
            mask,
            file: Mutex::new(file),
            written: AtomicU64::new(0),
            unreadable: AtomicU64::new(0),
            left_out: AtomicU64::new(0),
            failed: AtomicU64::new(0),
        })
    }

    /// What was done so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counts {
            written: of(&self.written),
            unreadable: of(&self.unreadable),
            left_out: of(&self.left_out),
            failed: of(&self.failed),
        }
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

    async fn respond(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        let Ok(body) = Limited::new(body, FORWARDED).collect().await else {
            return said(
                StatusCode::PAYLOAD_TOO_LARGE,
                "the body is too long for this proxy",
            );
        };
        let body = body.to_bytes();
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        let mut headers = forwarded(&head.headers);
        headers.insert(
            hyper::header::ACCEPT_ENCODING,
            hyper::header::HeaderValue::from_static("identity"),
        );
        let sent = self
            .client
            .request(head.method.clone(), format!("{}{path}", self.to))
            .headers(headers)
            .body(body.clone())
            .send();
        let answer = match sent.await {
            Ok(answer) => answer,
            Err(error) => return self.failed(&error),
        };
        let (status, headers) = (answer.status(), answer.headers().clone());
        let answered = match answer.bytes().await {
            Ok(bytes) => bytes,
            Err(error) => return self.failed(&error),
        };
        let url = path.to_owned();
        self.record(
            &json!({
                "method": head.method.as_str(),
                "url": self.mask.url(&url),
            }),
            (&head.headers, &body),
            (status, &headers, &answered),
        );
        let mut response = Response::new(Full::new(answered));
        *response.status_mut() = status;
        *response.headers_mut() = forwarded(&headers);
        response
    }

    /// The API was not reached, or its answer broke off: whether it did anything is not known here.
    fn failed(&self, error: &reqwest::Error) -> Response<Full<Bytes>> {
        self.failed.fetch_add(1, Ordering::Relaxed);
        let why = match error {
            _ if error.is_connect() => "the API cannot be reached",
            _ if error.is_timeout() => "the API did not answer in time",
            _ => "no whole answer of the API came",
        };
        said(StatusCode::BAD_GATEWAY, why)
    }

    /// Writes an exchange down, as one line.
    fn record(
        &self,
        about: &Value,
        (asked, request): (&HeaderMap, &Bytes),
        (status, told, answer): (StatusCode, &HeaderMap, &Bytes),
    ) {
        if request.len() > RECORDED || answer.len() > RECORDED {
            self.left_out.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let mut unreadable = false;
        let mut side = |headers: &HeaderMap, body: &Bytes| {
            let packed = headers
                .get(CONTENT_ENCODING)
                .is_some_and(|it| it != "identity");
            let text = if packed { None } else { self.mask.body(body) };
            let mut out = json!({"headers": self.headers(headers), "body": text});
            if text.is_none() && !body.is_empty() {
                unreadable = true;
                out["unreadable"] = Value::from(true);
            }
            out
        };
        let mut line = about.clone();
        line["request"] = side(asked, request);
        line["response"] = side(told, answer);
        line["response"]["status"] = Value::from(status.as_u16());
        let written = {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.write_all(format!("{line}\n").as_bytes())
        };
        let counter = match written {
            Ok(()) => &self.written,
            Err(_) => &self.left_out,
        };
        counter.fetch_add(1, Ordering::Relaxed);
        self.unreadable
            .fetch_add(u64::from(unreadable), Ordering::Relaxed);
    }

    fn headers(&self, headers: &HeaderMap) -> Value {
        let rows = headers.iter().map(|(name, value)| {
            let value = value.to_str().unwrap_or(crate::mask::MASKED);
            json!([name.as_str(), self.mask.header(name.as_str(), value)])
        });
        Value::Array(rows.collect())
    }
}

/// The headers that go on to the other side.
fn forwarded(headers: &HeaderMap) -> HeaderMap {
    let own = |name: &HeaderName| OWN.contains(&name.as_str());
    let kept = headers.iter().filter(|(name, _)| !own(name));
    kept.map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn said(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from_static(text.as_bytes())));
    *response.status_mut() = status;
    response
}
