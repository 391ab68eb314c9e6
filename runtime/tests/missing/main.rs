//! What a program is told that comes without TLS, or without the crypto provider it is to bring. A program of its own: it
//! is built with other features than the rest, by `scripts/check_features.sh`.
#![cfg(not(feature = "rustls"))]

use slate_runtime::{Client, ClientBuilder, ErrorKind, HostFamily, Service};

const SERVICE: Service = Service {
    hosts: &[HostFamily {
        name: "main",
        clusters: &[("test", "main.example.com")],
    }],
    auth: &[],
    oauth: None,
    attribution: None,
    language: None,
    request_id: None,
    user_agent: "test/1",
    status: &[],
    faults: None,
    identity: &[],
    unknown_outcome: &[],
    rate_limited: &[],
    format_query: "",
};

fn secure() -> ClientBuilder {
    Client::builder(&SERVICE).cluster("test")
}

fn says(words: &str) {
    let error = secure().build().map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains(words), "{error}");
}

#[cfg(not(any(feature = "rustls-no-provider", feature = "native-tls")))]
#[test]
fn without_tls_the_client_says_so_when_it_is_built() {
    says("no TLS");
    assert!(secure().allow_http().build().is_ok());
}

#[cfg(feature = "rustls-no-provider")]
#[test]
fn without_a_crypto_provider_there_is_an_error_and_no_panic() {
    says("crypto provider");
}
