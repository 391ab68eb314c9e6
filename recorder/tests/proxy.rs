//! The proxy between a client and a server: what goes through, and what is written down.

use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex};

use slate_codegen::observe::MASKED;
use slate_codegen::observe::input::{Record, record};
use slate_recorder::mask::Mask;
use slate_recorder::proxy::{Proxy, ProxyError};
use slate_recorder::{Counts, Settings};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

fn mask() -> Mask {
    let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let listed = || [("size".to_owned(), list(&["LARGE"]))].into();
    Mask::new(Settings {
        personal: list(&["mobile", "name"]),
        query: listed(),
        members: listed(),
        outcomes: list(&["status"]),
        outcome_fields: list(&["success", "code"]),
        headers: list(&["content-type", "content-length"]),
        paths: list(&["/v1/parcel/{id}"]),
        names: [
            "r", "name", "count", "mobile", "size", "status", "success", "code", "note",
        ]
        .map(str::to_owned)
        .into(),
        ..Settings::default()
    })
}

/// A server that answers each request with this, and keeps what came.
async fn upstream(answer: String) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/api", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut bytes = Vec::new();
            loop {
                stream.read_buf(&mut bytes).await.unwrap();
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let Some((head, body)) = text.split_once("\r\n\r\n") else {
                    continue;
                };
                let length = head
                    .lines()
                    .find_map(|line| {
                        line.to_lowercase()
                            .strip_prefix("content-length: ")?
                            .parse()
                            .ok()
                    })
                    .unwrap_or(0_usize);
                if body.len() >= length {
                    log.lock().unwrap().push(text);
                    break;
                }
            }
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    });
    (address, seen)
}

async fn start(to: &str, path: &Path) -> (Arc<Proxy>, String) {
    let proxy = Arc::new(Proxy::new(to, mask(), File::create(path).unwrap()).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(Arc::clone(&proxy).serve(listener));
    (proxy, address)
}

/// Sends a request as it stands, and gives the answer as it came.
async fn send(address: &str, request: &str) -> String {
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut out = Vec::new();
    stream.read_to_end(&mut out).await.unwrap();
    String::from_utf8(out).unwrap()
}

const BODY: &str = r#"{"status":{"success":true,"code":200},"mobile":"canary-1","note":"canary-2","size":"LARGE","count":"7","canary@example.com":1}"#;

#[tokio::test]
async fn both_sides_go_through_and_are_written_down_masked() {
    let answer = format!(
        "HTTP/1.1 201 Any\r\nContent-Type: application/json\r\nSet-Cookie: canary-3\r\nContent-Length: {}\r\n\r\n{BODY}",
        BODY.len()
    );
    let (to, seen) = upstream(answer).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let (proxy, address) = start(&to, &path).await;
    let sent = "<r><name>canary-4</name><count>7</count></r>";
    let request = format!(
        "POST /v1/parcel/canary-5?mobile=canary-6&size=LARGE HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Authorization: Basic canary-7\r\nAccept-Encoding: gzip\r\nContent-Type: application/xml\r\nContent-Length: {}\r\n\r\n{sent}",
        sent.len()
    );
    let answer = send(&address, &request).await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(
        answer.ends_with(BODY) && answer.contains("set-cookie: canary-3"),
        "{answer}"
    );

    // The API got what was sent, once.
    let seen = seen.lock().unwrap().clone();
    assert_eq!(seen.len(), 1);
    assert!(
        seen[0].starts_with("POST /api/v1/parcel/canary-5?mobile=canary-6&size=LARGE HTTP/1.1")
    );
    assert!(seen[0].ends_with(sent));
    assert!(seen[0].contains("authorization: Basic canary-7"));
    assert!(seen[0].contains("accept-encoding: identity"));

    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.to_lowercase().contains("canary"), "{text}");
    assert_eq!(text.lines().count(), 1);
    let Ok(Record::Exchange(exchange)) = record(text.trim().as_bytes()) else {
        panic!("{text} is no exchange")
    };
    assert_eq!((&*exchange.method, exchange.status), ("POST", 201));
    assert_eq!(exchange.url, "/v1/parcel/masked?mobile=masked&size=LARGE");
    let body = String::from_utf8_lossy(&exchange.request_body);
    assert!(
        body.ends_with("<r><name>masked</name><count>5</count></r>"),
        "{body}"
    );
    let body = String::from_utf8_lossy(&exchange.response_body);
    assert_eq!(
        body,
        r#"{"status":{"success":true,"code":200},"mobile":"masked","note":"masked","size":"LARGE","count":"5","masked":1}"#
    );
    let named = |name: &str| exchange.request_headers.iter().find(|(own, _)| own == name);
    // `observe` takes no masked value for one that is not listed.
    assert_eq!(named("authorization").unwrap().1, MASKED);
    assert_eq!(named("content-type").unwrap().1, "application/xml");
    let written = Counts {
        written: 1,
        ..Counts::default()
    };
    assert_eq!(proxy.counts(), written);
}

#[tokio::test]
async fn what_cannot_be_read_or_reached_is_not_written() {
    let page = "<p>canary & more";
    let answer = format!(
        "HTTP/1.1 502 Any\r\nContent-Length: {}\r\n\r\n{page}",
        page.len()
    );
    let (to, _) = upstream(answer).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let (proxy, address) = start(&to, &path).await;
    let request =
        format!("GET /v1/parcel/7 HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let answer = send(&address, &request).await;
    assert!(
        answer.starts_with("HTTP/1.1 502") && answer.ends_with(page),
        "{answer}"
    );
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        !text.contains("canary") && text.contains(r#""unreadable":true"#),
        "{text}"
    );
    assert_eq!(proxy.counts().unreadable, 1);

    // Nobody listens there any more.
    let gone = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let (proxy, address) = start(&format!("http://{gone}"), &path).await;
    let answer = send(&address, &request).await;
    assert!(
        answer.starts_with("HTTP/1.1 502") && answer.ends_with("cannot be reached"),
        "{answer}"
    );
    let failed = Counts {
        failed: 1,
        ..Counts::default()
    };
    assert_eq!(proxy.counts(), failed);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "");
}

#[test]
fn an_address_has_a_scheme() {
    let folder = tempfile::tempdir().unwrap();
    for to in [
        "eu.api.example.com",
        "ftp://a",
        "https://",
        "https://a?b",
        "https://rita:secret@a",
        "https://rita@a",
        "https://a#b",
        "",
    ] {
        let file = File::create(folder.path().join("out")).unwrap();
        let made = Proxy::new(to, mask(), file);
        assert!(matches!(made, Err(ProxyError::Address)), "{to}");
    }
    let plain = Proxy::check("http://eu.api.example.com");
    assert!(matches!(plain, Err(ProxyError::Plain)));
    for to in [
        "https://eu.api.example.com/a",
        "http://localhost:80",
        "http://[::1]:80",
    ] {
        assert!(Proxy::check(to).is_ok(), "{to}");
    }
}
