//! Connections with TLS, those that come about and those that do not. What had no connection never
//! left, and is sent again whatever it does.

#![cfg(any(
    feature = "rustls",
    all(feature = "native-tls", not(feature = "rustls-no-provider"))
))]

use crate::support;

use std::error::Error as _;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use slate_runtime::{Client, ClientBuilder, Error, ErrorKind, RetryPolicy};
use support::thing::{Thing, WRITE};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

const CERTIFICATE: &str = include_str!("support/tls/certificate.pem");
const KEY: &str = include_str!("support/tls/key.pem");

const OK: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 73\r\n\r\n\
    {\"response\":{\"status\":{\"success\":true},\"things\":{\"thing\":[{\"count\":1}]}}}";

/// A port on which each connection is given to `serve`, and how many there were.
async fn listen<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> (u16, Arc<AtomicUsize>)
where
    F: Future<Output: Send> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let count = Arc::new(AtomicUsize::new(0));
    let connections = Arc::clone(&count);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            connections.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(serve(stream));
        }
    });
    (port, count)
}

/// A server with TLS, and how many requests came through it.
async fn secure() -> (u16, Arc<AtomicUsize>) {
    let chain = vec![CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(KEY.as_bytes()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let requests = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&requests);
    let (port, _) = listen(move |stream| {
        let (acceptor, count) = (acceptor.clone(), Arc::clone(&count));
        async move {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                return;
            };
            let mut request = Vec::new();
            while !request.ends_with(br#"{"root":{"thing":[1]}}"#) {
                if stream.read_buf(&mut request).await.unwrap_or(0) == 0 {
                    return;
                }
            }
            count.fetch_add(1, Ordering::SeqCst);
            drop(stream.write_all(OK.as_bytes()).await);
            drop(stream.shutdown().await);
        }
    })
    .await;
    (port, requests)
}

fn builder(url: &str) -> ClientBuilder {
    Client::builder(&support::SERVICE)
        .base_url(url)
        .basic_auth("till1", "123")
        .retry(
            RetryPolicy::default()
                .attempts(2)
                .base(Duration::from_millis(1)),
        )
}

/// What writes, so that what is sent again certainly never left.
async fn write(builder: ClientBuilder) -> Result<usize, Error> {
    let mut call = builder.build()?.call(&WRITE);
    call.body(1);
    Ok(call.batch::<Thing, u32>().await?.len())
}

/// The error of a call that had no connection, and what it says of the cause.
async fn no_connection(builder: ClientBuilder, kind: ErrorKind) -> String {
    let error = write(builder).await.unwrap_err();
    assert_eq!(error.kind(), kind, "{error:?}");
    assert!(!error.maybe_executed() && error.is_retryable(), "{error:?}");
    assert_eq!(error.attempts(), 2);
    error.source().unwrap().to_string()
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for() {
    let (port, requests) = secure().await;
    let url = format!("https://localhost:{port}");
    let cause = no_connection(builder(&url), ErrorKind::Transport).await;
    assert_eq!(requests.load(Ordering::SeqCst), 0);
    // With all features on, these are the words of rustls.
    #[cfg(feature = "rustls")]
    assert!(cause.contains("invalid peer certificate"), "{cause}");
    assert!(!cause.contains("localhost"), "{cause}");
}

#[tokio::test]
async fn a_server_without_tls() {
    let (port, connections) = listen(|mut stream| async move {
        let mut hello = [0; 16];
        let _ = stream.read(&mut hello).await;
        stream.write_all(OK.as_bytes()).await
    })
    .await;
    let url = format!("https://localhost:{port}");
    no_connection(builder(&url), ErrorKind::Transport).await;
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_server_that_hangs_up_during_the_handshake() {
    let (port, _) = listen(|mut stream| async move { stream.shutdown().await }).await;
    let url = format!("https://localhost:{port}");
    no_connection(builder(&url), ErrorKind::Transport).await;
}

#[tokio::test]
async fn a_handshake_that_hangs_ends_with_the_connect_timeout() {
    let (port, connections) = listen(|stream| async move {
        tokio::time::sleep(Duration::from_mins(1)).await;
        drop(stream);
    })
    .await;
    let url = format!("https://localhost:{port}");
    let begin = Instant::now();
    let builder = builder(&url).connect_timeout(Duration::from_millis(200));
    no_connection(builder, ErrorKind::Timeout).await;
    assert_eq!(connections.load(Ordering::SeqCst), 2);
    // The time-outs of an attempt and of the call are far away.
    let elapsed = begin.elapsed();
    assert!(elapsed >= Duration::from_millis(400), "{elapsed:?}");
    assert!(elapsed < Duration::from_secs(10), "{elapsed:?}");
}

#[tokio::test]
async fn the_connect_timeout_is_over_once_there_is_a_connection() {
    let server = support::Server::start(support::Act::Wait(Duration::from_mins(1))).await;
    let builder = builder(&server.url)
        .allow_http()
        .connect_timeout(Duration::from_millis(50))
        .attempt_timeout(Duration::from_millis(400));
    let begin = Instant::now();
    let error = write(builder).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert!(error.maybe_executed());
    assert!(begin.elapsed() >= Duration::from_millis(400));
}

#[tokio::test]
async fn a_name_that_does_not_resolve() {
    // Reserved for names that there are not.
    let url = "https://canary.invalid";
    let cause = no_connection(builder(url), ErrorKind::Transport).await;
    assert!(!cause.contains("canary"), "{cause}");
}

/// A process of its own, because a process is told by its environment whom it is to trust.
#[cfg(target_os = "linux")]
#[test]
fn a_certificate_that_the_system_trusts() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/support/tls/certificate.pem"
    );
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "tls::where_the_certificate_is_trusted",
            "--ignored",
        ])
        .env("SSL_CERT_FILE", file)
        .env_remove("SSL_CERT_DIR")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("1 passed"), "{text}");
}

#[tokio::test]
#[ignore = "run by a_certificate_that_the_system_trusts"]
async fn where_the_certificate_is_trusted() {
    let (port, requests) = secure().await;
    let items = write(builder(&format!("https://localhost:{port}"))).await;
    assert_eq!(items.unwrap(), 1);
    assert_eq!(requests.load(Ordering::SeqCst), 1);
    // It vouches for that name only.
    let other = builder(&format!("https://127.0.0.1:{port}"));
    no_connection(other, ErrorKind::Transport).await;
    assert_eq!(requests.load(Ordering::SeqCst), 1);
}
