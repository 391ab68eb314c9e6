//! What is sent again, how often and when. All servers are real sockets.

use crate::support;

use std::time::{Duration, Instant, SystemTime};

use slate_runtime::{CallOptions, Client, Error, ErrorKind, RetryPolicy};
use support::thing::{READ, Thing, WRITE};
use support::{Act, Server, answer, answer_with};

const OK: &str =
    r#"{"response":{"status":{"success":"true","code":"200"},"things":{"thing":[{"count":1}]}}}"#;
const SLOW_DOWN: &str = r#"{"response":{"status":{"success":"false","code":"517"}}}"#;

fn quick() -> RetryPolicy {
    RetryPolicy::default()
        .base(Duration::from_millis(5))
        .cap(Duration::from_millis(20))
}

fn client(server: &Server) -> Client {
    server.builder().retry(quick()).build().unwrap()
}

async fn read(client: &Client) -> Result<usize, Error> {
    Ok(client.call(&READ).batch::<Thing, u32>().await?.len())
}

async fn write(client: &Client) -> Result<usize, Error> {
    let mut call = client.call(&WRITE);
    call.body(1);
    Ok(call.batch::<Thing, u32>().await?.len())
}

#[tokio::test]
async fn a_read_is_tried_again_until_it_succeeds() {
    for bad in [
        answer(503, "busy"),
        answer(500, "{}"),
        answer(429, ""),
        answer(200, SLOW_DOWN),
        Act::HangUp,
        Act::CutOff,
        Act::Refuse,
    ] {
        let server = Server::each(&[bad.clone(), bad, answer(200, OK)]).await;
        assert_eq!(read(&client(&server)).await.unwrap(), 1);
        assert_eq!(server.connections(), 3);
    }
}

#[tokio::test]
async fn a_read_ends_with_its_last_error() {
    let server = Server::start(answer(503, "busy")).await;
    let error = read(&client(&server)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Http, 3));
    assert!(error.is_retryable() && !error.maybe_executed());
    assert!(error.to_string().contains("after 3 attempts"), "{error}");
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn what_cannot_help_is_not_tried_again() {
    for (status, body) in [(400, "{}"), (404, "{}"), (200, "{"), (302, "")] {
        let server = Server::start(answer(status, body)).await;
        let error = read(&client(&server)).await.unwrap_err();
        assert_eq!((error.attempts(), server.connections()), (1, 1), "{status}");
    }
}

#[tokio::test]
async fn a_write_that_may_have_left_is_never_sent_again() {
    for (bad, unknown) in [
        (answer(503, "busy"), true),
        (answer(500, "{}"), true),
        (answer(429, ""), false),
        (answer(200, SLOW_DOWN), false),
        (Act::HangUp, true),
        (Act::CutOff, true),
        (Act::Refuse, true),
        (answer(200, "{"), true),
        (Act::Wait(Duration::from_secs(30)), true),
    ] {
        let server = Server::start(bad).await;
        let builder = server.builder().retry(quick());
        let client = builder
            .attempt_timeout(Duration::from_millis(300))
            .build()
            .unwrap();
        let error = write(&client).await.unwrap_err();
        assert_eq!(server.connections(), 1, "{error}");
        assert_eq!(
            (error.attempts(), error.maybe_executed()),
            (1, unknown),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_write_that_never_left_is_sent_again() {
    // The port is free again: nobody listens.
    let server = Server::start(answer(200, OK)).await;
    let builder = server.builder().retry(quick());
    let nobody = builder.base_url("http://127.0.0.1:1").build().unwrap();
    let error = write(&nobody).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 3));
    assert!(!error.maybe_executed() && error.is_retryable());
    assert!(error.to_string().contains("no connection"), "{error}");
}

#[tokio::test]
async fn the_api_says_when() {
    let in_words = || httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(2));
    let cases: [(fn() -> String, _); 2] = [
        (|| "1".to_owned(), Duration::from_secs(1)),
        // A date has whole seconds, so up to one of the two may be lost.
        (in_words, Duration::from_millis(900)),
    ];
    for (value, least) in cases {
        let header = format!("Retry-After: {}\r\n", value());
        let busy = answer_with(429, &header, b"");
        let server = Server::each(&[busy, answer(200, OK)]).await;
        let begin = Instant::now();
        assert_eq!(read(&client(&server)).await.unwrap(), 1);
        assert!(begin.elapsed() >= least, "{header} {:?}", begin.elapsed());
    }
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_the_callers() {
    let busy = answer_with(503, "Retry-After: 3600\r\n", b"");
    let server = Server::start(busy).await;
    let begin = Instant::now();
    let error = read(&client(&server)).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_hours(1)));
    assert_eq!(server.connections(), 1);
    assert!(begin.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn nothing_hangs_past_its_time_out() {
    let Act::Answer(bytes) = answer(200, OK) else {
        unreachable!()
    };
    let slow = Act::Slowly(bytes, Duration::from_millis(100));
    for act in [Act::Wait(Duration::from_mins(1)), slow, Act::Endless] {
        let server = Server::start(act).await;
        let builder = server.builder().retry(quick().attempts(100));
        let client = builder
            .attempt_timeout(Duration::from_millis(200))
            .timeout(Duration::from_millis(700))
            .max_body(1 << 30)
            .build()
            .unwrap();
        let begin = Instant::now();
        let error = read(&client).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        let took = begin.elapsed();
        assert!(took < Duration::from_millis(1500), "{took:?}");
        assert!(error.attempts() > 1, "{error}");
    }
}

#[tokio::test]
async fn a_budget_ends_further_attempts() {
    let server = Server::start(answer(503, "busy")).await;
    let builder = server.builder().retry(quick()).retry_budget(3);
    let client = builder.build().unwrap();
    for attempts in [3, 2, 1, 1] {
        assert_eq!(read(&client).await.unwrap_err().attempts(), attempts);
    }
    assert_eq!(server.connections(), 7);
}

#[tokio::test]
async fn a_call_can_have_options_of_its_own() {
    let server = Server::start(answer(503, "busy")).await;
    let client = client(&server);
    let mut call = client.call(&READ);
    call.with(
        CallOptions::new()
            .retry(RetryPolicy::never())
            .header("X-A", "a"),
    );
    call.with(CallOptions::new().header("X-B", "b").language("zh"));
    let error = call.batch::<Thing, u32>().await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    let seen = &server.seen()[0];
    assert_eq!(seen.header("x-a"), Some("a"));
    assert_eq!(seen.header("x-b"), Some("b"));
    assert_eq!(seen.header("x-language"), Some("zh"));

    let mut call = client.call(&READ);
    call.with(CallOptions::new().timeout(Duration::ZERO));
    let error = call.batch::<Thing, u32>().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    assert_eq!(server.connections(), 1);
}
