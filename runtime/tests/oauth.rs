//! Access tokens: when they are fetched, and how often.

use crate::support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use slate_runtime::{
    Attribution, CallOptions, Client, ClientBuilder, Effect, Envelope, Error, ErrorKind, Method,
    OauthScheme, Operation, RetryPolicy, Service, Wrap,
};
use support::thing::{OPEN, READ, Thing, WRITE, operation};
use support::{Act, Seen, Server, answer};

const OK: &str =
    r#"{"response":{"status":{"success":true,"code":200},"things":{"thing":[{"count":1}]}}}"#;

static TOKEN: Operation = Operation {
    path: "/token",
    auth: false,
    formats: &[slate_runtime::Format::Json],
    body: Wrap::NONE,
    reply: Envelope::NONE,
    ..operation("token.make", Method::Post, Effect::Read)
};

static SERVICE: Service = Service {
    oauth: Some(&OauthScheme {
        operation: &TOKEN,
        key: "key",
        secret: "secret",
        token: &["data", "token"],
        ttl: &["data", "seconds"],
        header: "X-Token",
    }),
    ..support::SERVICE
};

/// For what the role of the key is missing: every token is refused.
static FORBIDDEN: Operation = Operation {
    path: "/forbidden",
    ..operation("thing.forbidden", Method::Get, Effect::Read)
};

/// Gives tokens `t0`, `t1`, … and answers calls that have one which is accepted.
struct Issuer {
    issued: AtomicUsize,
    /// Tokens before this one have ended.
    ended: AtomicUsize,
    seconds: &'static str,
    accepts: fn(usize) -> bool,
}

async fn server(seconds: &'static str, accepts: fn(usize) -> bool) -> (Server, Arc<Issuer>) {
    let issuer = Arc::new(Issuer {
        issued: AtomicUsize::new(0),
        ended: AtomicUsize::new(0),
        seconds,
        accepts,
    });
    let of_server = Arc::clone(&issuer);
    let act = Act::By(Arc::new(move |seen: &Seen| of_server.answer(seen)));
    (Server::start(act).await, issuer)
}

impl Issuer {
    fn answer(&self, seen: &Seen) -> Act {
        if seen.first_line().starts_with("POST /token") {
            let number = self.issued.fetch_add(1, Ordering::SeqCst);
            let seconds = self.seconds;
            return answer(
                200,
                &format!(r#"{{"data":{{"token":"t{number}","seconds":{seconds}}}}}"#),
            );
        }
        let number = seen
            .header("x-token")
            .and_then(|token| token[1..].parse().ok());
        match number {
            Some(number)
                if (self.accepts)(number)
                    && number >= self.ended.load(Ordering::SeqCst)
                    && !seen.first_line().contains(" /forbidden") =>
            {
                answer(200, OK)
            }
            _ => answer(401, ""),
        }
    }

    /// Accepts none of the tokens that were given until now.
    fn end_tokens(&self) {
        self.ended.store(self.issued(), Ordering::SeqCst);
    }

    fn issued(&self) -> usize {
        self.issued.load(Ordering::SeqCst)
    }
}

fn builder(server: &Server) -> ClientBuilder {
    Client::builder(&SERVICE)
        .base_url(&server.url)
        .allow_http()
        .oauth("the-key", "the-secret")
        .retry(RetryPolicy::never())
}

async fn read(client: &Client) -> Result<(), Error> {
    client.call(&READ).batch::<Thing, u32>().await.map(|_| ())
}

async fn forbidden(client: &Client) -> Error {
    let call = client.call(&FORBIDDEN).batch::<Thing, u32>();
    let error = call.await.map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    error
}

async fn write(client: &Client) -> Result<(), Error> {
    let mut call = client.call(&WRITE);
    call.body(1);
    call.batch::<Thing, u32>().await.map(|_| ())
}

#[tokio::test]
async fn one_token_serves_many_calls() {
    let (server, issuer) = server("300", |_| true).await;
    let client = builder(&server).build().unwrap();
    assert_eq!(issuer.issued(), 0);
    for _ in 0..3 {
        read(&client).await.unwrap();
        write(&client.clone()).await.unwrap();
    }
    assert_eq!(issuer.issued(), 1);
    let seen = server.seen();
    assert_eq!(seen[0].body, r#"{"key":"the-key","secret":"the-secret"}"#);
    assert_eq!(seen[0].header("authorization"), None);
    assert_eq!(seen[1].header("x-token"), Some("t0"));
    assert_eq!(seen[1].header("authorization"), None);
}

#[tokio::test]
async fn a_call_without_authentication_fetches_none() {
    let (server, issuer) = server("300", |_| true).await;
    let client = builder(&server).build().unwrap();
    let mut call = client.call(&OPEN);
    call.body(1);
    let _ = call.batch::<Thing, u32>().await;
    assert_eq!(issuer.issued(), 0);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_thousand_calls_with_an_expired_token_fetch_one() {
    let (server, issuer) = server("300", |_| true).await;
    let client = builder(&server).build().unwrap();
    read(&client).await.unwrap();
    // All calls find out at once that it is not accepted any more.
    issuer.end_tokens();
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..1000 {
        let client = client.clone();
        calls.spawn(async move {
            if number % 2 == 0 {
                read(&client).await
            } else {
                write(&client).await
            }
        });
    }
    while let Some(outcome) = calls.join_next().await {
        outcome.unwrap().unwrap();
    }
    // One at the first use, and one for all who were refused.
    assert_eq!(issuer.issued(), 2);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let (server, issuer) = server("1", |_| true).await;
    let client = builder(&server).build().unwrap();
    read(&client).await.unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    read(&client).await.unwrap();
    assert_eq!(issuer.issued(), 1);
    // 0.8 of a second have passed, and not yet one: nobody was refused.
    tokio::time::sleep(Duration::from_millis(350)).await;
    read(&client).await.unwrap();
    // It is renewed meanwhile.
    until(|| issuer.issued() == 2).await;
    assert!(
        server
            .seen()
            .iter()
            .all(|seen| seen.header("x-token") != Some(""))
    );
}

/// Waits until it is so; a test in which it never is hangs until its own time-out.
async fn until(so: impl Fn() -> bool) {
    for _ in 0..500 {
        if so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never was so");
}

/// Gives a token that is good for two seconds, and for the next one does what it is told to.
async fn one_token_and_then(then: Act) -> Server {
    let asked = AtomicUsize::new(0);
    Server::start(Act::By(Arc::new(move |seen: &Seen| {
        if !seen.first_line().starts_with("POST /token") {
            return answer(200, OK);
        }
        match asked.fetch_add(1, Ordering::SeqCst) {
            0 => answer(200, r#"{"data":{"token":"t0","seconds":2}}"#),
            _ => then.clone(),
        }
    })))
    .await
}

fn fetches(server: &Server) -> usize {
    let seen = server.seen();
    let fetches = seen
        .iter()
        .filter(|seen| seen.first_line().starts_with("POST /token"));
    fetches.count()
}

#[tokio::test]
async fn a_good_token_is_used_while_the_next_one_does_not_come() {
    let server = one_token_and_then(Act::Wait(Duration::from_secs(30))).await;
    let client = builder(&server)
        .timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    read(&client).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1650)).await;
    for _ in 0..3 {
        read(&client).await.unwrap();
    }
    until(|| fetches(&server) == 2).await;
}

#[tokio::test]
async fn a_renewal_that_fails_is_not_tried_with_every_call() {
    let server = one_token_and_then(answer(500, "")).await;
    let client = builder(&server).build().unwrap();
    read(&client).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1610)).await;
    for _ in 0..20 {
        read(&client).await.unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // The first one, and one renewal: the next is tried half a second later at the earliest.
    assert_eq!(fetches(&server), 2);
}

#[tokio::test]
async fn a_fetch_goes_on_without_the_call_that_began_it() {
    let server = Server::start(Act::By(Arc::new(|seen: &Seen| {
        if seen.first_line().starts_with("POST /token") {
            std::thread::sleep(Duration::from_millis(100));
            return answer(200, r#"{"data":{"token":"t0","seconds":300}}"#);
        }
        answer(200, OK)
    })))
    .await;
    let client = builder(&server).build().unwrap();
    let first = tokio::spawn({
        let client = client.clone();
        async move { read(&client).await }
    });
    tokio::time::sleep(Duration::from_millis(20)).await;
    let second = read(&client);
    first.abort();
    second.await.unwrap();
    assert_eq!(fetches(&server), 1);
}

#[tokio::test]
async fn calls_that_are_refused_for_good_fetch_no_token_each() {
    let (server, issuer) = server("300", |number| number == 0).await;
    let client = builder(&server).build().unwrap();
    // The first token is refused at once: another one would be too.
    for _ in 0..20 {
        let error = forbidden(&client).await;
        assert_eq!(error.attempts(), 1);
    }
    assert_eq!(issuer.issued(), 1);
    // It was good, and from now on nothing is accepted: one renewal finds that out for all.
    read(&client).await.unwrap();
    issuer.end_tokens();
    for _ in 0..20 {
        forbidden(&client).await;
        read(&client).await.unwrap_err();
        write(&client).await.unwrap_err();
    }
    assert_eq!(issuer.issued(), 2);
}

#[tokio::test]
async fn an_operation_that_is_always_refused_does_not_keep_others_from_renewing() {
    let (server, issuer) = server("300", |_| true).await;
    let client = builder(&server).build().unwrap();
    read(&client).await.unwrap();
    // Of all these calls the first one tries another token.
    for _ in 0..10 {
        forbidden(&client).await;
        read(&client).await.unwrap();
    }
    assert_eq!(issuer.issued(), 2);
    for round in 0..3 {
        issuer.end_tokens();
        for _ in 0..50 {
            read(&client).await.unwrap();
            forbidden(&client).await;
            write(&client).await.unwrap();
        }
        assert_eq!(issuer.issued(), 3 + round);
    }
}

#[tokio::test]
async fn who_finds_out_first_that_a_token_has_ended_does_not_matter() {
    let (server, issuer) = server("300", |_| true).await;
    let client = builder(&server).build().unwrap();
    read(&client).await.unwrap();
    issuer.end_tokens();
    assert_eq!(forbidden(&client).await.attempts(), 2);
    read(&client).await.unwrap();
    assert_eq!(issuer.issued(), 2);
}

#[tokio::test]
async fn refused_credentials_are_not_tried_with_every_call() {
    for (status, body) in [
        (401, ""),
        (403, ""),
        (400, "{}"),
        (200, r#"{"success":false,"code":706}"#),
    ] {
        let server = Server::start(answer(status, body)).await;
        let client = builder(&server).build().unwrap();
        let first = write(&client).await.unwrap_err();
        for _ in 0..50 {
            let error = read(&client).await.unwrap_err();
            assert_eq!(error.kind(), first.kind());
            assert_eq!(error.http_status(), Some(status));
            assert_eq!(error.code(), first.code());
            assert_eq!(error.operation(), Some("thing.read"));
            assert!(!error.maybe_executed());
        }
        assert_eq!(server.seen().len(), 1, "{status} {body}");
    }
}

#[tokio::test]
async fn a_token_endpoint_that_is_down_is_asked_again() {
    let down = [answer(503, ""), Act::HangUp];
    for act in down {
        let asked = AtomicUsize::new(0);
        let server = Server::start(Act::By(Arc::new(move |seen: &Seen| {
            if !seen.first_line().starts_with("POST /token") {
                return answer(200, OK);
            }
            match asked.fetch_add(1, Ordering::SeqCst) {
                0 => act.clone(),
                _ => answer(200, r#"{"data":{"token":"t0","seconds":300}}"#),
            }
        })))
        .await;
        let client = builder(&server).build().unwrap();
        read(&client).await.unwrap_err();
        read(&client).await.unwrap();
    }
}

#[tokio::test]
async fn what_the_token_endpoint_says_is_not_lost() {
    let body = r#"{"success":false,"code":706,"message":"canary"}"#;
    for (status, kind) in [
        (200, ErrorKind::Authentication),
        (400, ErrorKind::Authentication),
        (503, ErrorKind::Api),
    ] {
        let server = Server::start(answer(status, body)).await;
        let client = builder(&server).build().unwrap();
        let error = write(&client).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{status}");
        assert_eq!(
            (error.http_status(), error.code()),
            (Some(status), Some(706))
        );
        assert_eq!(error.request_id(), Some("req-42"));
        assert_eq!(error.api_message(), Some("canary"));
        assert!(!error.maybe_executed());
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_never_twice() {
    let (server, issuer) = server("300", |number| number == 0).await;
    let client = builder(&server).build().unwrap();
    write(&client).await.unwrap();
    issuer.end_tokens();
    let error = write(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!((issuer.issued(), error.attempts()), (2, 2));
    assert!(!error.maybe_executed());
}

#[tokio::test]
async fn a_token_that_cannot_be_had() {
    for (status, body, kind) in [
        (200, r#"{"data":{}}"#, ErrorKind::Authentication),
        (
            200,
            r#"{"data":{"token":"a b","seconds":1}}"#,
            ErrorKind::Authentication,
        ),
        (401, "", ErrorKind::Authentication),
        (200, "{", ErrorKind::Authentication),
        (503, "", ErrorKind::Http),
    ] {
        let server = Server::start(answer(status, body)).await;
        let client = builder(&server).build().unwrap();
        let error = write(&client).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{body}");
        assert_eq!(error.operation(), Some("thing.write"));
        assert!(!error.maybe_executed());
        // The call itself was never sent.
        assert_eq!(server.seen().len(), 1);
        let text = format!("{error} {error:?}");
        assert!(!text.contains("the-key") && !text.contains("the-secret"));
    }
}

#[tokio::test]
async fn who_waits_for_a_token_that_fails_does_not_ask_again() {
    let server = Server::scripted(|_| {
        Act::By(Arc::new(|_: &Seen| {
            std::thread::sleep(Duration::from_millis(20));
            answer(500, "")
        }))
    })
    .await;
    let client = builder(&server).build().unwrap();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let client = client.clone();
        calls.spawn(async move { read(&client).await });
    }
    while let Some(outcome) = calls.join_next().await {
        assert!(outcome.unwrap().is_err());
    }
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_user_of_one_call_sends_no_token() {
    let (server, issuer) = server("300", |_| true).await;
    let client = builder(&server).build().unwrap();
    let mut call = client.call(&READ);
    call.with(CallOptions::new().basic_auth("till1", "123"));
    call.batch::<Thing, u32>().await.map(|_| ()).unwrap_err();
    let other = client.with_basic_auth("till1", "123").unwrap();
    read(&other).await.unwrap_err();
    for seen in server.seen() {
        assert_eq!(seen.header("x-token"), None);
        assert!(seen.header("authorization").is_some());
    }
    // Refused as these users are, the client's own token is another matter.
    assert_eq!(issuer.issued(), 0);
    read(&client).await.unwrap();
}

#[tokio::test]
async fn whose_behalf_is_a_pair_of_headers() {
    let (server, _) = server("300", |_| true).await;
    let builder = builder(&server).attribution(Attribution::new("STORE", "blr-04"));
    let client = builder.language("zh").build().unwrap();
    read(&client).await.unwrap();
    let seen = &server.seen()[1];
    assert_eq!(seen.header("x-for-kind"), Some("STORE"));
    assert_eq!(seen.header("x-for-code"), Some("blr-04"));
    assert_eq!(seen.header("x-language"), Some("zh"));
}

#[test]
fn what_cannot_be_right_is_found_early() {
    let kind = |builder: ClientBuilder| builder.base_url("https://a").build().unwrap_err().kind();
    assert_eq!(
        kind(Client::builder(&SERVICE).oauth("", "s")),
        ErrorKind::Config
    );
    assert_eq!(
        kind(Client::builder(&support::SERVICE).oauth("k", "s")),
        ErrorKind::Config
    );
    let client = Client::builder(&SERVICE).oauth("canary-key", "canary-secret");
    assert!(!format!("{client:?}").contains("canary"));
    let client = client.base_url("https://a").build().unwrap();
    let request = client.call(&READ).prepare().unwrap();
    assert_eq!(request.header("x-token"), None);
    assert!(!format!("{client:?}").contains("canary"));
}
