//! A server on a real socket that says what it is told to, and keeps what it was sent.

#![allow(
    clippy::unwrap_used,
    reason = "a server that cannot work is to fail its test"
)]

pub mod thing;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use slate_runtime::{Client, ClientBuilder, Faults, HostFamily, RetryPolicy, Service};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the operations in the tests have in common.
pub const SERVICE: Service = Service {
    hosts: &[HostFamily {
        name: "main",
        clusters: &[("test", "main.example.com")],
    }],
    auth: &[slate_runtime::AuthScheme::BasicMd5],
    oauth: None,
    attribution: Some(("X-For-Kind", "X-For-Code")),
    language: Some("X-Language"),
    request_id: Some("X-Request-Id"),
    user_agent: "test/1",
    status: &["response", "status"],
    faults: Some(Faults {
        at: &["errors"],
        code: "code",
        message: "message",
        accepted: &[],
    }),
    identity: &["phone", "email"],
    unknown_outcome: &[407],
    rate_limited: &[517],
    format_query: "format",
};

/// What the server does with a request.
#[derive(Clone)]
pub enum Act {
    /// Answers with these bytes.
    Answer(Vec<u8>),
    /// Answers the first request of a connection, and closes it when the second has come.
    AnswerOnce(Vec<u8>),
    /// Answers every request of a connection, which stays open.
    AnswerAll(Vec<u8>),
    /// Reads the request and says nothing for that long.
    Wait(Duration),
    /// Reads the request and closes the connection.
    HangUp,
    /// Announces a long body and closes in the middle of it.
    CutOff,
    /// Sends a body that does not end.
    Endless,
    /// Sends the answer one byte at a time, with that pause between two.
    Slowly(Vec<u8>, Duration),
    /// Closes the connection before anything is read.
    Refuse,
    /// What the request asks for.
    By(Arc<dyn Fn(&Seen) -> Act + Send + Sync>),
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Seen {
    pub head: String,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    pub fn first_line(&self) -> &str {
        self.head.lines().next().unwrap()
    }
}

pub struct Server {
    pub url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<AtomicUsize>,
}

/// An answer with the usual headers.
pub fn answer(status: u16, body: &str) -> Act {
    answer_with(status, "", body.as_bytes())
}

pub fn answer_with(status: u16, headers: &str, body: &[u8]) -> Act {
    let mut bytes = format!(
        "HTTP/1.1 {status} Any\r\nX-Request-Id: req-42\r\nConnection: close\r\n{headers}\
         Content-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    Act::Answer(bytes)
}

impl Server {
    /// Starts a server that does the same with every request.
    pub async fn start(act: Act) -> Self {
        Self::scripted(move |_| act.clone()).await
    }

    /// Starts a server that does these one after the other, the last one from then on.
    pub async fn each(acts: &[Act]) -> Self {
        let acts = acts.to_vec();
        Self::scripted(move |connection| acts[connection.min(acts.len() - 1)].clone()).await
    }

    /// Starts a server that is told for each connection, counted from 0, what to do.
    pub async fn scripted(script: impl Fn(usize) -> Act + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let act = script(count.fetch_add(1, Ordering::SeqCst));
                tokio::spawn(serve(stream, act, Arc::clone(&log)));
            }
        });
        Self {
            url,
            seen,
            connections,
        }
    }

    pub fn builder(&self) -> ClientBuilder {
        Client::builder(&SERVICE)
            .base_url(&self.url)
            .allow_http()
            .basic_auth("till1", "123")
            .retry(RetryPolicy::never())
    }

    pub fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, act: Act, log: Arc<Mutex<Vec<Seen>>>) {
    if matches!(act, Act::Refuse) {
        return;
    }
    let Some(seen) = read(&mut stream).await else {
        return;
    };
    let act = match act {
        Act::By(choose) => choose(&seen),
        other => other,
    };
    log.lock().unwrap().push(seen);
    // The client may be gone before all is written.
    match act {
        Act::HangUp | Act::Refuse | Act::By(_) => {}
        Act::Slowly(bytes, pause) => {
            for byte in bytes {
                if stream.write_all(&[byte]).await.is_err() {
                    break;
                }
                tokio::time::sleep(pause).await;
            }
        }
        Act::Answer(bytes) => drop(stream.write_all(&bytes).await),
        Act::AnswerOnce(bytes) => {
            drop(stream.write_all(&bytes).await);
            if let Some(seen) = read(&mut stream).await {
                log.lock().unwrap().push(seen);
            }
        }
        Act::AnswerAll(bytes) => {
            while stream.write_all(&bytes).await.is_ok() {
                let Some(seen) = read(&mut stream).await else {
                    break;
                };
                log.lock().unwrap().push(seen);
            }
        }
        Act::Wait(time) => tokio::time::sleep(time).await,
        Act::CutOff => drop(
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"a")
                .await,
        ),
        Act::Endless => {
            let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            let mut chunk = b"400\r\n".to_vec();
            chunk.extend([b' '; 1024]);
            chunk.extend(b"\r\n");
            if stream.write_all(head).await.is_ok() {
                while stream.write_all(&chunk).await.is_ok() {}
            }
        }
    }
    drop(stream.shutdown().await);
}

async fn read(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let mut seen = Seen {
        head: String::from_utf8(bytes[..end].to_vec()).ok()?,
        body: String::new(),
    };
    let length = seen
        .header("content-length")
        .map_or(0, |text| text.parse().unwrap());
    while bytes.len() < end + 4 + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    seen.body = String::from_utf8(bytes[end + 4..].to_vec()).ok()?;
    Some(seen)
}
