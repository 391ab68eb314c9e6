//! What the proxy passes on as it is, and what it takes out.

use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex};

use slate_recorder::mask::Mask;
use slate_recorder::proxy::Proxy;
use slate_recorder::{Counts, Settings};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A server that gives these answers, one for each connection, and keeps what came.
async fn upstream(answers: Vec<Vec<u8>>) -> (String, Arc<Mutex<Vec<Vec<u8>>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    tokio::spawn(async move {
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let asked = message(&mut stream).await;
            log.lock().unwrap().push(asked);
            stream.write_all(&answer).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    });
    (address, seen)
}

/// Reads a request: its head, and as many bytes as that says.
async fn message(stream: &mut TcpStream) -> Vec<u8> {
    let mut out = Vec::new();
    let mut wanted = None;
    loop {
        if stream.read_buf(&mut out).await.unwrap() == 0 {
            return out;
        }
        if wanted.is_none() {
            wanted = out
                .windows(4)
                .position(|window| window == b"\r\n\r\n")
                .map(|at| {
                    let head = String::from_utf8_lossy(&out[..at]).to_lowercase();
                    let length = head
                        .lines()
                        .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
                    at + 4 + length.unwrap_or(0_usize)
                });
        }
        if wanted.is_some_and(|wanted| out.len() >= wanted) {
            return out;
        }
    }
}

async fn start(to: &str, path: &Path) -> (Arc<Proxy>, String) {
    let settings = Settings {
        headers: vec!["content-type".to_owned()],
        paths: vec!["/v1/parcel".to_owned()],
        ..Settings::default()
    };
    let file = File::create(path).unwrap();
    let proxy = Arc::new(Proxy::new(to, Mask::new(settings), file).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(Arc::clone(&proxy).serve(listener));
    (proxy, address)
}

/// Sends a request as it stands, and gives the answer as it came.
async fn send(address: &str, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut out = Vec::new();
    stream.read_to_end(&mut out).await.unwrap();
    out
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn get(method: &str, more: &str) -> Vec<u8> {
    format!("{method} /v1/parcel HTTP/1.1\r\nHost: a\r\n{more}Connection: close\r\n\r\n")
        .into_bytes()
}

#[tokio::test]
async fn headers_of_a_connection_stay_behind() {
    let answer = "HTTP/1.1 200 Any\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 0\r\n\r\n";
    let (to, seen) = upstream(vec![answer.into()]).await;
    let folder = tempfile::tempdir().unwrap();
    let (_, address) = start(&to, &folder.path().join("out")).await;
    let request = format!(
        "GET /v1/parcel HTTP/1.1\r\nHost: {address}\r\nConnection: close, X-Own\r\nX-Own: 1\r\nTE: trailers\r\n\
         X-Kept: 1\r\nX-Kept: 2\r\n\r\n"
    );
    let told = text(&send(&address, request.as_bytes()).await).to_lowercase();
    assert!(told.contains("set-cookie: a\r\nset-cookie: b"), "{told}");
    assert!(!told.contains("x-hop"), "{told}");
    let asked = text(&seen.lock().unwrap()[0]).to_lowercase();
    assert!(asked.contains("x-kept: 1\r\nx-kept: 2"), "{asked}");
    assert!(
        !asked.contains("x-own") && !asked.contains("te: "),
        "{asked}"
    );
    let host = to.strip_prefix("http://").unwrap();
    assert!(asked.contains(&format!("host: {host}")), "{asked}");
}

#[tokio::test]
async fn a_redirect_and_a_length_without_a_body_come_back_as_they_are() {
    let moved = "HTTP/1.1 302 Any\r\nLocation: /v1/canary\r\nContent-Length: 0\r\n\r\n";
    let head = "HTTP/1.1 200 Any\r\nContent-Length: 77\r\n\r\n";
    let (to, seen) = upstream(vec![moved.into(), head.into()]).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let (proxy, address) = start(&to, &path).await;
    let told = text(&send(&address, &get("GET", "")).await);
    assert!(
        told.starts_with("HTTP/1.1 302") && told.contains("location: /v1/canary"),
        "{told}"
    );
    let told = text(&send(&address, &get("HEAD", "")).await);
    assert!(
        told.contains("content-length: 77") && told.ends_with("\r\n\r\n"),
        "{told}"
    );
    assert_eq!(seen.lock().unwrap().len(), 2);
    assert_eq!(proxy.counts().written, 2);
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(!written.contains("canary"), "{written}");
}

#[tokio::test]
async fn what_breaks_off_is_not_sent_again() {
    // The first one ends before, the second in the middle of its answer.
    let cut = "HTTP/1.1 200 Any\r\nContent-Length: 77\r\n\r\ncanary";
    let (to, seen) = upstream(vec![Vec::new(), cut.into(), Vec::new()]).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let (proxy, address) = start(&to, &path).await;
    for count in 1..=2 {
        let told = text(&send(&address, &get("GET", "")).await);
        assert!(
            told.starts_with("HTTP/1.1 502") && !told.contains("canary"),
            "{told}"
        );
        assert_eq!(seen.lock().unwrap().len(), count);
    }
    let failed = Counts {
        failed: 2,
        ..Counts::default()
    };
    assert_eq!(proxy.counts(), failed);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "");
}

#[tokio::test]
async fn what_is_too_long_goes_through_and_is_not_written() {
    let long = vec![b'7'; (16 << 20) + 1];
    let mut answer =
        format!("HTTP/1.1 200 Any\r\nContent-Length: {}\r\n\r\n", long.len()).into_bytes();
    answer.extend_from_slice(&long);
    let short = b"HTTP/1.1 200 Any\r\nContent-Length: 1\r\n\r\n7";
    let (to, seen) = upstream(vec![answer, short.to_vec()]).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let (proxy, address) = start(&to, &path).await;

    let told = send(&address, &get("GET", "")).await;
    assert!(told.ends_with(&long), "{} bytes", told.len());
    let head = text(&told[..told.len() - long.len()]).to_lowercase();
    assert!(
        head.contains(&format!("content-length: {}", long.len())),
        "{head}"
    );

    let mut request = get("POST", &format!("Content-Length: {}\r\n", long.len()));
    request.extend_from_slice(&long);
    let told = send(&address, &request).await;
    assert!(told.ends_with(b"\r\n\r\n7"));
    assert!(seen.lock().unwrap()[1].ends_with(&long));

    let counts = Counts {
        too_long: 2,
        ..Counts::default()
    };
    assert_eq!(proxy.counts(), counts);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "");
}

#[tokio::test]
async fn what_is_packed_goes_through_and_is_not_read() {
    let body = b"\x1f\x8b\xff canary";
    let mut answer = format!(
        "HTTP/1.1 200 Any\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    answer.extend_from_slice(body);
    let (to, _) = upstream(vec![answer]).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let (proxy, address) = start(&to, &path).await;
    let told = send(&address, &get("GET", "")).await;
    assert!(told.ends_with(body), "{}", text(&told));
    assert!(text(&told).contains("content-encoding: gzip"));
    assert_eq!((proxy.counts().written, proxy.counts().unreadable), (1, 1));
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(
        written.contains(r#""unreadable":true"#) && !written.contains("canary"),
        "{written}"
    );
}

#[tokio::test]
async fn a_request_without_a_path_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let (proxy, address) = start("http://127.0.0.1:1", &path).await;
    for request in ["OPTIONS * HTTP/1.1", "CONNECT a:443 HTTP/1.1"] {
        let request = format!("{request}\r\nHost: a\r\nConnection: close\r\n\r\n");
        let told = text(&send(&address, request.as_bytes()).await);
        assert!(told.starts_with("HTTP/1.1 400"), "{told}");
    }
    assert_eq!(proxy.counts(), Counts::default());
}
