//! Nothing that was sent or that came back ends up where it is read by others: canaries are planted
//! everywhere, and everything that prints is searched for them.

use crate::support;

use std::fmt::{Debug, Write as _};
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use slate_runtime::wire::Encode;
use slate_runtime::{
    Attribution, AuthScheme, Batch, CallOptions, Client, Error, OauthScheme, Operation,
    RetryPolicy, Service,
};
use support::thing::{READ, Thing, WRITE, operation};
use support::{Act, Seen, Server, answer, answer_with};

static TOKEN: Operation = Operation {
    path: "/token",
    auth: false,
    body: slate_runtime::Wrap::NONE,
    reply: slate_runtime::Envelope::NONE,
    ..operation(
        "token.make",
        slate_runtime::Method::Post,
        slate_runtime::Effect::Read,
    )
};

static SERVICE: Service = Service {
    oauth: Some(&OauthScheme {
        operation: &TOKEN,
        key: "key",
        secret: "secret",
        token: &["token"],
        ttl: &["seconds"],
        header: "X-Token",
    }),
    ..support::SERVICE
};

static BEARER: Service = Service {
    auth: &[AuthScheme::Bearer],
    ..support::SERVICE
};

static HEADER: Service = Service {
    auth: &[AuthScheme::Header("X-Key")],
    ..support::SERVICE
};

/// In the query, where keys are seen by most.
static QUERY: Service = Service {
    auth: &[AuthScheme::Query("key")],
    ..support::SERVICE
};

/// All that was logged, at the lowest level, by this crate and all below it.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

const OK: &str = r#"{"response":{"status":{"success":true,"message":"canary-words"},"things":{"thing":[
    {"count":1,"name":"canary-name","canary_extra":"canary-value","item_status":
     {"success":false,"code":1001,"message":"canary-item"}}]}}}"#;

fn acts() -> Vec<Act> {
    vec![
        answer(200, OK),
        answer(200, &OK.replace("true", "false")),
        answer(
            200,
            &OK.replace("\"count\":1", "\"count\":\"canary-count\""),
        ),
        // The answer elsewhere, none, and keys that are data.
        answer(200, &OK.replace("things", "canary things")),
        answer(
            200,
            r#"{"response":{"status":{"success":true},"text":"canary-text"}}"#,
        ),
        answer(
            200,
            &OK.replace("canary_extra", "canary@example.com\":1,\"44canary1234567"),
        ),
        answer(200, "{\"canary-broken"),
        answer(500, "<html>canary-page</html>"),
        answer(401, "canary-401"),
        answer_with(302, "Location: https://canary.example.com/\r\n", b""),
        answer_with(429, "Retry-After: canary-later\r\n", b""),
        Act::HangUp,
        Act::CutOff,
        Act::Refuse,
        Act::Wait(Duration::from_secs(9)),
    ]
}

struct Printed(String);

impl Printed {
    fn add(&mut self, value: &dyn Debug) {
        write!(self.0, "{value:?}\n{value:#?}\n").unwrap();
    }

    fn error(&mut self, error: &Error) {
        self.add(error);
        let mut cause: Option<&dyn std::error::Error> = Some(error);
        while let Some(inner) = cause {
            write!(self.0, "{inner}\n{inner:?}\n").unwrap();
            cause = inner.source();
        }
    }
}

async fn call(client: &Client, printed: &mut Printed) -> Vec<Result<Batch<Thing, u32>, Error>> {
    let mut outcomes = Vec::new();
    for operation in [&READ, &WRITE] {
        let mut call = client.call(operation);
        call.query("canary-free", &"canary-query");
        call.header("X-Personal", &"canary-header");
        if operation.id == "thing.write" {
            let thing = Thing {
                name: Some("canary-sent".to_owned()),
                ..Thing::default()
            };
            call.body(vec![thing].encode());
        }
        let options = CallOptions::new()
            .header("X-More", "canary-option")
            .attribution(Attribution::new("STORE", "canary-store"));
        printed.add(&options);
        call.with(options);
        printed.add(&call);
        let prepared = call.prepare();
        printed.add(&prepared);
        // The address may hold what the caller looks for, and no key.
        let url = prepared.map(|request| request.url().replace("canary-query", ""));
        printed.add(&url);
        outcomes.push(call.batch::<Thing, u32>().await);
    }
    outcomes
}

#[tokio::test]
async fn canaries() {
    // What the libraries below say through `log` counts too.
    tracing_log::LogTracer::init().unwrap();
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let mut printed = Printed(String::new());
    for act in acts() {
        let token = r#"{"token":"canary-token","seconds":300}"#;
        let by_path = Act::By(Arc::new(move |seen: &Seen| {
            let fetches = seen.first_line().starts_with("POST /token");
            if fetches {
                answer(200, token)
            } else {
                act.clone()
            }
        }));
        let server = Server::start(by_path).await;
        let builders = [
            server
                .builder()
                .basic_auth("canary-user", "canary-password"),
            Client::builder(&SERVICE).oauth("canary-key", "canary-secret"),
            Client::builder(&BEARER).bearer_token("canary-bearer"),
            Client::builder(&HEADER).api_key("canary-header-key"),
            Client::builder(&QUERY).api_key("canary-key-in-query"),
        ];
        for builder in builders {
            let builder = builder
                .base_url(&server.url)
                .allow_http()
                .header("X-All", "canary-all")
                .attempt_timeout(Duration::from_millis(200))
                .retry(
                    RetryPolicy::default()
                        .attempts(2)
                        .base(Duration::from_millis(1)),
                );
            printed.add(&builder);
            let client = builder.build().unwrap();
            printed.add(&client);
            for outcome in call(&client, &mut printed).await {
                match outcome {
                    Ok(batch) => {
                        printed.add(&batch);
                        for misfit in batch.misfits() {
                            printed.0.push_str(&misfit.to_string());
                        }
                        for item in &batch {
                            if let Err(error) = item.result() {
                                printed.0.push_str(&error.to_string());
                            }
                        }
                    }
                    Err(error) => printed.error(&error),
                }
            }
        }
        // The canaries did cross the wire.
        let seen = server.seen();
        for canary in [
            "canary-query",
            "X-Token: canary-token",
            "Bearer canary-bearer",
            "canary-header-key",
            "key=canary-key-in-query",
        ] {
            let head = |seen: &Seen| {
                let canary = canary.to_lowercase();
                seen.head.to_lowercase().contains(&canary)
            };
            let crossed = seen.iter().any(head);
            // Where nothing was read, nothing was seen.
            assert!(crossed || seen.is_empty(), "{canary}");
        }
    }
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("reqwest"), "the HTTP client logged nothing");
    for text in [printed.0, logged] {
        assert!(text.contains("thing.write"), "nothing was printed");
        // The name of a member that the docs do not know is shown, its value is not.
        let text = text.replace("canary_extra", "").replace("canary-free", "");
        let at = text.find("canary").or_else(|| text.find("Y2FuYXJ5"));
        if let Some(at) = at {
            let from = at.saturating_sub(200);
            panic!("{}", text.get(from..at + 60).unwrap_or_default());
        }
    }
}

#[tokio::test]
async fn spans_say_what_is_on_the_list() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = Server::each(&[answer(503, ""), answer(200, OK)]).await;
    let policy = RetryPolicy::default().base(Duration::from_millis(1));
    let client = server.builder().retry(policy).build().unwrap();
    client.call(&READ).batch::<Thing, u32>().await.unwrap();
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for part in [
        "api.call{operation=\"thing.read\" method=\"GET\" effect=Read",
        "trying again kind=Http http_status=503",
        "http_status=200 request_id=\"req-42\"",
        "attempts=2",
        "duration_ms=",
        "outcome=\"ok\"",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}
