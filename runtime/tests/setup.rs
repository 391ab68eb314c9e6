//! What can be checked before anything is sent, and what is never shown.

use crate::support;

use std::error::Error as _;
use std::time::Duration;

use slate_runtime::wire::{Number, Value};
use slate_runtime::{
    Batch, CallOptions, Client, Effect, Error, ErrorKind, Format, HostFamily, Method, Need,
    Operation, Place, Reply, RetryPolicy, Rule, Service,
};
use support::thing::{OPEN, READ, Thing, WRITE, operation};
use support::{Act, Server, answer};

#[test]
fn without_a_runtime_there_is_an_error_and_no_panic() {
    let client = Client::builder(&support::SERVICE)
        .cluster("test")
        .basic_auth("u", "p")
        .build();
    let mut call = client.unwrap().call(&READ).reply::<Thing>();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else {
        panic!("the call ought to end at once");
    };
    assert!(error.source().unwrap().to_string().contains("Tokio"));
}

#[test]
fn what_is_wrong_is_said_before_anything_is_sent() {
    let build = |set: fn(slate_runtime::ClientBuilder) -> slate_runtime::ClientBuilder| {
        set(Client::builder(&support::SERVICE))
            .build()
            .map(|_| ())
            .unwrap_err()
    };
    for (error, says) in [
        (
            build(|b| b.cluster("mars")),
            "cluster: there is no cluster \"mars\"",
        ),
        (build(|b| b.base_url("http://x")), "allow_http"),
        (
            build(|b| b.host("other", "https://x")),
            "host: there is no family",
        ),
        (build(|b| b.basic_auth("a:b", "p")), "basic_auth"),
        (build(|b| b.basic_auth_md5("a", "p")), "basic_auth_md5"),
        (
            build(|b| b.header("Authorization", "x")),
            "header: this header is set",
        ),
        (
            build(|b| b.header("X-A", "a\r\nb")),
            "header: the value holds",
        ),
        (build(|b| b.header("X A", "a")), "header: the name"),
        (build(|b| b.user_agent("a\n")), "user_agent"),
    ] {
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains(says), "{error}");
    }

    let client = Client::builder(&support::SERVICE)
        .cluster("test")
        .build()
        .unwrap();
    let error = client.call(&READ).prepare().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(
        error
            .to_string()
            .starts_with("thing.read: needs authentication"),
        "{error}"
    );

    let mut call = client.call(&OPEN);
    call.format(Format::Json);
    assert!(
        call.prepare()
            .unwrap_err()
            .to_string()
            .contains("not documented in json (thing.md:7)")
    );
    let mut call = client.call(&OPEN);
    call.body("a\u{1}canary");
    let error = call.prepare().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(!format!("{error} {error:?}").contains("canary"));
    let mut call = client.call(&OPEN);
    call.header("authorization", &"x");
    assert_eq!(
        call.prepare().unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
}

#[test]
fn an_undocumented_address_is_an_error_of_the_call_that_needs_it() {
    static FAMILIES: Service = Service {
        hosts: &[
            HostFamily {
                name: "other",
                clusters: &[("eu", "eu.example.com")],
            },
            HostFamily {
                name: "main",
                clusters: &[("us", "us.example.com")],
            },
        ],
        auth: &[slate_runtime::AuthScheme::BasicMd5],
        oauth: None,
        attribution: None,
        language: None,
        request_id: Some("X-Request-Id"),
        user_agent: "test/1",
        status: &["response", "status"],
        faults: None,
        identity: &["phone", "email"],
        unknown_outcome: &[],
        rate_limited: &[517],
        format_query: "format",
    };
    let client = Client::builder(&FAMILIES)
        .cluster("eu")
        .basic_auth("u", "p")
        .build()
        .unwrap();
    let error = client.call(&READ).prepare().unwrap_err();
    assert!(error.to_string().contains("host(\"main\", …)"), "{error}");
    let client = Client::builder(&FAMILIES)
        .cluster("eu")
        .host("main", "https://m")
        .basic_auth("u", "p");
    let request = client.build().unwrap().call(&READ).prepare().unwrap();
    assert_eq!(request.url(), "https://m/v1/thing");
}

#[test]
fn fields_go_straight_into_the_body() {
    let client = Client::builder(&support::SERVICE)
        .cluster("test")
        .basic_auth("u", "p")
        .build();
    let mut call = client.unwrap().call(&WRITE);
    call.field(&["a", "b"], &"x".to_owned());
    call.field(&["a", "c"], &Some(7));
    call.field(&["a", "d"], &None::<Number>);
    call.field(&["a", "b"], &true);
    let request = call.prepare().unwrap();
    assert_eq!(
        request.body(),
        br#"{"root":{"thing":[{"a":{"b":true,"c":7}}]}}"#
    );
}

const MD5: &str = "202cb962ac59075b964b07152d234b70";
/// `till2` with that.
const TILL2: &str = "Basic dGlsbDI6MjAyY2I5NjJhYzU5MDc1Yjk2NGIwNzE1MmQyMzRiNzA=";

#[tokio::test]
async fn many_users_share_one_client() {
    let body = r#"{"response":{"things":{"thing":[{"count":3}]}}}"#;
    let length = body.len();
    let ok = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}");
    let server = Server::start(Act::AnswerAll(ok.into())).await;
    let client = server.client();
    let mut users = vec![client.clone()];
    users.push(client.with_basic_auth("till2", "123").unwrap());
    users.push(client.with_basic_auth_md5("till2", MD5).unwrap());
    for user in &users {
        user.call(&READ).reply::<Vec<Thing>>().await.unwrap();
        assert!(!format!("{user:?}").contains("till2"));
    }
    let mut call = client.call(&READ);
    call.with(CallOptions::new().basic_auth("till3", "123"));
    // What was set last counts, as everywhere.
    call.with(CallOptions::new().basic_auth_md5("till2", MD5));
    call.reply::<Vec<Thing>>().await.unwrap();

    let seen = server.seen();
    let sent: Vec<_> = seen.iter().map(|s| s.header("authorization")).collect();
    assert_ne!(sent[0], Some(TILL2));
    assert_eq!(sent[1..], [Some(TILL2); 3]);
    // One connection served them all.
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn users_of_one_client_share_its_retry_budget() {
    let server = Server::start(answer(503, "")).await;
    let policy = RetryPolicy::default().base(Duration::from_millis(1));
    let builder = server.builder().retry(policy).retry_budget(1);
    let client = builder.build().unwrap();
    let other = client.with_basic_auth("till2", "123").unwrap();
    for client in [client, other] {
        client.call(&READ).reply::<Thing>().await.unwrap_err();
    }
    assert_eq!(server.seen().len(), 3);
}

#[test]
fn credentials_that_cannot_be_right_are_found_before_anything_is_sent() {
    let client = Client::builder(&support::SERVICE)
        .cluster("test")
        .build()
        .unwrap();
    let options = CallOptions::new;
    let call = |options| {
        let mut call = client.call(&READ);
        call.with(options);
        call.prepare().map(|_| ())
    };
    for error in [
        client.with_basic_auth("canary:", "p").unwrap_err(),
        client.with_basic_auth_md5("canary", "canary").unwrap_err(),
        call(options().basic_auth("canary:", "p")).unwrap_err(),
        call(options().basic_auth_md5("canary", "canary")).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Config);
        let text = format!("{error} {error:?}");
        assert!(text.contains("basic_auth") && !text.contains("canary"));
    }
    // The client itself has none.
    assert!(call(options().basic_auth("till2", "123")).is_ok());
}

#[test]
fn nothing_secret_or_personal_is_shown() {
    let builder = Client::builder(&support::SERVICE)
        .cluster("test")
        .basic_auth("canary-user", "canary-password")
        .header("X-Key", "canary-key");
    let mut shown = vec![format!("{builder:?}")];
    let client = builder.build().unwrap();
    let other = client.with_basic_auth("canary-user", "canary-password");
    let options = CallOptions::new().basic_auth("canary-user", "canary-password");
    shown.push(format!("{other:?} {options:?}"));
    let mut call = client.call(&WRITE);
    call.query("phone", &"canary-query");
    call.header("X-Phone", &"canary-header");
    call.body(Value::from("canary-body"));
    let request = call.prepare().unwrap();
    assert!(request.url().contains("canary") && request.header("x-key") == Some("canary-key"));
    shown.push(format!("{client:?} {call:?} {request:?}"));
    let thing = Thing {
        name: Some("canary-name".to_owned()),
        ..Thing::default()
    };
    shown.push(format!("{thing:?}"));
    let shown = shown.join(" ");
    assert!(
        !shown.contains("canary") && !shown.contains("Y2FuYXJ5"),
        "{shown}"
    );
    assert!(
        shown.contains("phone") && shown.contains("X-Phone"),
        "{shown}"
    );
}

#[test]
fn everything_can_cross_threads() {
    fn crosses<T: Send + Sync>() {}
    fn moves<T: Send>(_: &T) {}
    crosses::<Client>();
    crosses::<slate_runtime::Call>();
    crosses::<Error>();
    crosses::<Reply<Thing>>();
    crosses::<Batch<Thing, u32>>();
    crosses::<Value>();
    let client = Client::builder(&support::SERVICE)
        .cluster("test")
        .build()
        .unwrap();
    moves(&client.call(&READ).reply::<Thing>());
}

static RULED: Operation = Operation {
    rules: &[Rule {
        place: Place::Query,
        names: &["name"],
        need: Need::All,
        when: None,
        unless: None,
    }],
    ..operation("thing.ruled", Method::Get, Effect::Read)
};

fn local() -> Client {
    let client = Client::builder(&support::SERVICE)
        .cluster("test")
        .basic_auth("u", "p")
        .build();
    client.unwrap()
}

static CHOICE: Operation = Operation {
    rules: &[Rule {
        place: Place::Query,
        names: &["name", "card"],
        need: Need::OneOf,
        when: None,
        unless: None,
    }],
    ..operation("thing.choice", Method::Get, Effect::Read)
};

#[tokio::test]
async fn a_rule_can_be_left_out_for_a_call() {
    let body = r#"{"response":{"things":{"thing":[{"count":3}]}}}"#;
    let server = Server::start(answer(200, body)).await;
    let client = server.client();
    let mut call = client.call(&RULED);
    let error = call.prepare().map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    call.with(CallOptions::new().unchecked());
    let reply = call.reply::<Vec<Thing>>().await.unwrap();
    assert_eq!(reply[0].count, Some(3));
}

#[test]
fn a_refusal_says_how_to_send_the_call_all_the_same() {
    let call = local().call(&RULED);
    let error = call.prepare().map(|_| ()).unwrap_err().to_string();
    assert!(
        error.ends_with("; CallOptions::unchecked sends it all the same"),
        "{error}"
    );
}

#[test]
fn what_is_not_documented_may_be_chosen() {
    let mut call = local().call(&CHOICE);
    assert!(call.prepare().is_err());
    call.query("number", &"1,2");
    assert!(call.prepare().is_err());
    call.instead_of("name", &" ");
    assert!(call.prepare().is_err());
    call.instead_of("name", &"1,2");
    let url = call.prepare().unwrap().url().to_owned();
    assert!(url.contains("number=1%2C2"), "{url}");
}

#[test]
fn the_query_can_be_other_for_a_call() {
    let mut call = local().call(&RULED);
    call.with(CallOptions::new().query("deep", "1").query("name", "a b"));
    call.with(CallOptions::new().query("deep", "2"));
    let url = call.prepare().unwrap().url().to_owned();
    assert!(url.ends_with("name=a%20b&deep=2"), "{url}");
    // What the call sets itself is not sent twice.
    call.query("name", &"x");
    let error = call.prepare().map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(
        error.to_string().contains("the call itself sets name"),
        "{error}"
    );
    call.with(CallOptions::new().without("name"));
    let url = call.prepare().unwrap().url().to_owned();
    assert!(url.ends_with("name=a%20b&deep=2"), "{url}");
}

#[test]
fn an_argument_can_be_left_out() {
    let mut call = local().call(&RULED);
    call.query("name", &"x");
    call.header("X-Why", &"y");
    call.with(CallOptions::new().without("name").without("x-why"));
    assert_eq!(
        call.prepare().map(|_| ()).unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
    call.with(CallOptions::new().unchecked());
    let request = call.prepare().unwrap();
    assert!(!request.url().contains("name="), "{}", request.url());
    assert_eq!(request.header("X-Why"), None);
}
