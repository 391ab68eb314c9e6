//! The client for code that is not async.

#![cfg(feature = "blocking")]

use crate::support;

use slate_runtime::blocking::{SendBlocking as _, wait};
use slate_runtime::{Chunks, Client, ErrorKind};
use support::thing::{READ, Thing, WRITE};
use support::{Act, Server, answer};

const OK: &str = r#"{"response":{"status":{"success":true},"things":{"thing":[{"count":7}]}}}"#;

fn server() -> (tokio::runtime::Runtime, Server) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let server = runtime.block_on(Server::start(answer(200, OK)));
    (runtime, server)
}

fn count(client: &Client) -> Option<i64> {
    let reply = client
        .call(&READ)
        .reply::<Vec<Thing>>()
        .send_blocking()
        .unwrap();
    reply[0].count
}

#[test]
fn works_without_a_runtime() {
    let (_runtime, server) = server();
    let client = server.client();
    assert_eq!(count(&client), Some(7));
    assert_eq!(count(&client), Some(7));
}

#[test]
fn works_inside_of_runtimes() {
    let (_runtime, server) = server();
    let client = server.client();
    for builder in [
        tokio::runtime::Builder::new_current_thread(),
        tokio::runtime::Builder::new_multi_thread(),
    ] {
        let runtime = { builder }.enable_all().build().unwrap();
        let client = client.clone();
        // The same client, async and blocking, in a runtime that ends before the client does.
        runtime.block_on(async {
            let reply = client.call(&READ).reply::<Vec<Thing>>().await.unwrap();
            assert_eq!(reply[0].count, Some(7));
            assert_eq!(count(&client), Some(7));
        });
        drop(runtime);
        assert_eq!(count(&client), Some(7));
    }
}

/// An answer after which the connection stays open.
fn kept_open() -> Act {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", OK.len());
    Act::AnswerAll([head.as_bytes(), OK.as_bytes()].concat())
}

#[test]
fn connections_of_a_runtime_that_stands_still_are_left_alone() {
    let (of_server, _) = server();
    let server = of_server.block_on(Server::start(kept_open()));
    let builder = server.builder().timeout(std::time::Duration::from_secs(5));
    let client = builder.build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let read = || client.call(&READ).reply::<Vec<Thing>>();
    runtime.block_on(read()).unwrap();
    // The connection is open, and nobody drives it.
    assert_eq!(count(&client), Some(7));
    assert_eq!(count(&client), Some(7));
    runtime.block_on(read()).unwrap();
    // One connection for each runtime, used twice.
    assert_eq!((server.connections(), server.seen().len()), (2, 4));
}

#[test]
fn a_blocking_call_within_a_blocking_call_is_an_error() {
    let (_runtime, server) = server();
    let client = server.client();
    let nested = wait(async move { client.call(&READ).reply::<Vec<Thing>>().send_blocking() });
    let error = nested.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("await"), "{error}");
}

#[test]
fn a_panic_is_that_of_the_caller() {
    let caught = std::panic::catch_unwind(|| wait(async { panic!("of the caller") }));
    let payload = caught.err().unwrap();
    assert_eq!(payload.downcast_ref::<&str>(), Some(&"of the caller"));
    // The thread goes on.
    assert_eq!(wait(async { 7 }).unwrap(), 7);
}

#[test]
fn errors_are_the_same() {
    let client = Client::builder(&support::SERVICE)
        .base_url("https://localhost")
        .build()
        .unwrap();
    let outcome = client.call(&READ).reply::<Thing>().send_blocking();
    assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Config);
}

#[test]
fn several_calls_at_once() {
    let (_runtime, server) = server();
    let client = server.client();
    let sending = Chunks::of(1)
        .concurrency(4)
        .send(vec![1_i64; 8], move |part| {
            let mut call = client.call(&WRITE);
            call.body(slate_runtime::wire::Encode::encode(&part));
            call.batch::<Thing, u32>()
        });
    assert!(wait(sending).unwrap().is_success());
}
