//! The test server, through the client.

#![cfg(feature = "mock")]

use crate::support;

use std::time::{Duration, Instant};

use slate_runtime::mock::{Documented, Mark, Seen, Server, example};
use slate_runtime::wire::{Decode as _, Map, Value};
use slate_runtime::{
    Batch, Call, Client, Effect, Envelope, Error, ErrorKind, Format, HostFamily, Method, Misfit,
    Need, OauthScheme, Operation, Place, Reply, Rule, Service, Wrap,
};
use support::thing::{READ, Thing, operation};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

static SERVICE: Service = Service {
    hosts: &[HostFamily {
        name: "main",
        clusters: &[("test", "main.example.com")],
    }],
    auth: &[slate_runtime::AuthScheme::BasicMd5],
    oauth: Some(&OAUTH),
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

static OAUTH: OauthScheme = OauthScheme {
    operation: &TOKEN,
    key: "key",
    secret: "secret",
    token: &["data", "token"],
    ttl: &["data", "seconds"],
    header: "X-Token",
};

static TOKEN: Operation = Operation {
    path: "/v1/token",
    auth: false,
    formats: &[Format::Json],
    body: Wrap::NONE,
    reply: Envelope::NONE,
    ..operation("token.make", Method::Post, Effect::Read)
};

static WRITE: Operation = Operation {
    rules: &[
        Rule {
            place: Place::Body(&[]),
            names: &["name", "id"],
            need: Need::OneOf,
            when: None,
            unless: None,
        },
        Rule {
            place: Place::Query,
            names: &["why"],
            need: Need::All,
            when: Some(("really", "true")),
            unless: None,
        },
    ],
    ..operation("thing.write", Method::Post, Effect::Write)
};

static REMOVE: Operation = Operation {
    path: "/v1/thing/{id}/gone",
    body: Wrap::NONE,
    ..operation("thing.remove", Method::Delete, Effect::Write)
};

static PAINT: Operation = operation("thing.paint", Method::Post, Effect::Write);

static OPERATIONS: &[Documented] = &[
    Documented {
        operation: &READ,
        alternatives: &["/v1/other/thing"],
        body: false,
        query: &[],
        values: &[],
        batch: false,
        item_status: "item_status",
        json: Some(
            r#"{"response":{"status":{"success":"true","code":"200"},"things":{"thing":{"count":"3","name":"tap"}}}}"#,
        ),
        xml: None,
        request: &[],
        answer: Thing::blank,
        list: true,
    },
    Documented {
        operation: &WRITE,
        alternatives: &[],
        body: true,
        query: &["really", "why", "count"],
        values: &[
            Rule {
                place: Place::Query,
                names: &["count"],
                need: Need::Integer,
                when: None,
                unless: None,
            },
            Rule {
                place: Place::Body(&[]),
                names: &["on"],
                need: Need::Date,
                when: None,
                unless: None,
            },
        ],
        batch: true,
        item_status: "item_status",
        json: None,
        xml: Some(
            "<response><status><success>true</success><code>200</code><total>2</total>\
             <success_count>1</success_count></status><things>\
             <thing><count>1</count><item_status><success>true</success></item_status></thing>\
             <thing><count>2</count><item_status><success>false</success><code>7</code></item_status></thing>\
             </things></response>",
        ),
        request: &[Mark::Value(&["kind"], "PLAIN"), Mark::Key(&["name"])],
        answer: Thing::blank,
        list: true,
    },
    Documented {
        operation: &PAINT,
        alternatives: &[],
        body: true,
        query: &["dry"],
        values: &[],
        batch: true,
        item_status: "item_status",
        json: Some(r#"{"response":{"things":{"thing":[{"name":"painted"}]}}}"#),
        xml: None,
        request: &[
            Mark::Value(&["kind"], "PAINT"),
            Mark::Key(&["colour"]),
            Mark::Key(&["coats"]),
            Mark::Query("dry"),
        ],
        answer: Thing::blank,
        list: true,
    },
    Documented {
        operation: &REMOVE,
        alternatives: &[],
        body: false,
        query: &[],
        values: &[],
        batch: false,
        item_status: "",
        json: None,
        xml: None,
        request: &[],
        answer: Thing::blank,
        list: true,
    },
];

fn start() -> Server {
    Server::start(OPERATIONS, &SERVICE).unwrap()
}

fn thing(members: &[(&str, &str)]) -> Value {
    Value::from(members.iter().copied().collect::<Map>())
}

fn call(server: &Server, operation: &'static Operation) -> Call {
    server.client::<Client>().call(operation)
}

async fn read(server: &Server) -> Result<Reply<Thing>, Error> {
    call(server, &READ).reply().await
}

/// Sends so many things.
async fn write(server: &Server, format: Format, count: usize) -> Result<Batch<Thing, u32>, Error> {
    let mut call = call(server, &WRITE);
    call.format(format);
    call.body(vec![thing(&[("name", "a")]); count]);
    call.batch().await
}

/// Sends a request as it stands, and gives the whole answer as far as it comes.
async fn raw(server: &Server, request: &str) -> String {
    let address = server.url().strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = request.replacen("\r\n", "\r\nHost: h\r\nConnection: close\r\n", 1);
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}

const TILL1: &str = "Authorization: Basic dGlsbDE6MjAyY2I5NjJhYzU5MDc1Yjk2NGIwNzE1MmQyMzRiNzA=\r\n";

fn post(headers: &str, body: &str) -> String {
    let length = body.len();
    format!("POST /v1/thing HTTP/1.1\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
}

#[tokio::test]
async fn answers_as_documented_in_both_formats() {
    let server = start();
    for format in [Format::Json, Format::Xml] {
        let mut call = call(&server, &READ);
        call.format(format);
        let reply = call.reply::<Thing>().await.unwrap();
        assert_eq!((reply.count, reply.name.as_deref()), (Some(3), Some("tap")));
        assert_eq!(reply.status().unwrap().code, Some(200));
        let batch = write(&server, format, 1).await.unwrap();
        assert_eq!(batch.all().unwrap()[0].count, Some(1));
    }
    assert_eq!(
        (server.count("thing.read"), server.count("thing.write")),
        (2, 2)
    );
    assert_eq!(server.refusals(), Vec::<String>::new());
}

#[tokio::test]
async fn the_format_is_taken_from_path_query_and_accept() {
    let server = start();
    for (request, content_type, begin) in [
        (
            "GET /v1/thing.xml?format=json HTTP/1.1\r\nAccept: application/json\r\n",
            "xml",
            "<?xml",
        ),
        (
            "GET /v1/thing?format=xml HTTP/1.1\r\nAccept: application/json\r\n",
            "xml",
            "<?xml",
        ),
        (
            "GET /v1/thing HTTP/1.1\r\nAccept: text/xml, application/json\r\n",
            "xml",
            "<?xml",
        ),
        (
            "GET /v1/thing HTTP/1.1\r\nAccept: */*\r\n",
            "json",
            "{\"response\"",
        ),
        (
            "GET /v1/other/thing.json HTTP/1.1\r\n",
            "json",
            "{\"response\"",
        ),
    ] {
        let answer = raw(&server, &format!("{request}{TILL1}\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(
            head.contains(&format!("content-type: application/{content_type}")),
            "{answer}"
        );
        assert!(body.starts_with(begin), "{answer}");
    }
    assert_eq!(server.count("thing.read"), 5);
}

#[tokio::test]
async fn every_answer_has_a_request_id_of_its_own() {
    let server = start();
    let one = read(&server).await.unwrap();
    let two = read(&server).await.unwrap();
    assert!(one.request_id().is_some());
    assert_ne!(one.request_id(), two.request_id());
}

#[tokio::test]
async fn a_batch_has_an_item_for_each_that_was_sent() {
    let server = start();
    for format in [Format::Json, Format::Xml] {
        for count in [1, 2, 5] {
            let batch = write(&server, format, count).await.unwrap();
            assert_eq!(batch.len(), count);
            assert!(batch.is_complete());
            let status = batch.status().unwrap().clone();
            let sent = i64::try_from(count).unwrap();
            assert_eq!(
                (status.total, status.success_count),
                (Some(sent), Some(sent))
            );
            // The documented item that was refused is left out.
            assert!(
                batch
                    .all()
                    .unwrap()
                    .iter()
                    .all(|thing| thing.count == Some(1))
            );
        }
    }
}

#[tokio::test]
async fn refuses_what_breaks_the_protocol() {
    let server = start();
    let json = "Content-Type: application/json\r\n";
    let body = r#"{"root":{"thing":[{"name":"a"}]}}"#;
    let read = |headers: &str| format!("GET /v1/thing HTTP/1.1\r\n{headers}\r\n");
    let cases = [
        (
            format!("GET /v1/nothing HTTP/1.1\r\n{TILL1}\r\n"),
            404,
            "no operation has the path",
        ),
        (
            format!("PUT /v1/thing HTTP/1.1\r\n{TILL1}\r\n"),
            405,
            "GET, POST",
        ),
        (read(""), 401, "no credentials"),
        (read("Authorization: Bearer x\r\n"), 401, "Basic"),
        (read("Authorization: Basic ?\r\n"), 401, "Base64"),
        // A blank after the colon, as in the published example: "till1: 202cb9…".
        (
            read("Authorization: Basic dGlsbDE6IDIwMmNiOTYyYWM1OTA3NWI5NjRiMDcxNTJkMjM0Yjcw\r\n"),
            401,
            "no MD5",
        ),
        (read("X-Token: made-up\r\n"), 401, "token"),
        (post(TILL1, body), 400, "no Content-Type"),
        (
            post(&format!("{TILL1}Content-Type: text/plain\r\n"), body),
            400,
            "neither JSON nor XML",
        ),
        (
            post(&format!("{TILL1}Content-Type: text/xml\r\n"), body),
            400,
            "no text/xml",
        ),
        (
            post(&format!("{TILL1}{json}"), "{\"root\":"),
            400,
            "not well-formed JSON",
        ),
        (
            post(&format!("{TILL1}{json}"), "{\"other\":{}}"),
            400,
            "the body has no root (see thing.md:7)",
        ),
        (post(&format!("{TILL1}{json}"), ""), 400, "no body"),
    ];
    for (request, status, why) in &cases {
        let answer = raw(&server, request).await;
        let text = format!("HTTP/1.1 {status} ");
        assert!(answer.starts_with(&text), "{request}\n{answer}");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        let begin =
            format!(r#"{{"response":{{"status":{{"success":false,"code":{status},"message":""#);
        assert!(
            body.starts_with(&begin) && body.contains(why),
            "{why}: {answer}"
        );
    }
    let refusals = server.refusals();
    assert_eq!(refusals.len(), cases.len());
    assert_eq!(refusals[2], "thing.read: there are no credentials");
    assert!(
        raw(&server, &cases[1].0)
            .await
            .contains("allow: GET, POST\r\n")
    );
    let answer = raw(&server, "GET /x?format=xml HTTP/1.1\r\n\r\n").await;
    assert!(
        answer.contains("<response><status><success>false</success><code>404</code>"),
        "{answer}"
    );
    assert!(
        raw(&server, &post(&format!("{TILL1}{json}"), body))
            .await
            .starts_with("HTTP/1.1 200")
    );
}

#[tokio::test]
async fn refuses_what_is_not_as_documented() {
    let server = start();
    let send = async |query: &str, kind: &str, body: &str| {
        let headers = format!("{TILL1}Content-Type: application/{kind}\r\n");
        let request = post(&headers, body).replacen("/v1/thing", &format!("/v1/thing{query}"), 1);
        let answer = raw(&server, &request).await;
        (answer.starts_with("HTTP/1.1 200"), answer)
    };
    let good = r#"{"root":{"thing":[{"name":"a"}]}}"#;
    for (query, kind, body) in [
        ("", "json", good),
        ("?format=XML&count=7", "json", good),
        (
            "?count=",
            "xml",
            "<root><thing><name>a</name><on/></thing></root>",
        ),
        (
            "",
            "json",
            r#"{"root":{"thing":{"name":1,"on":"2016-09-11","new":true}}}"#,
        ),
    ] {
        let (taken, answer) = send(query, kind, body).await;
        assert!(taken, "{query} {body}: {answer}");
    }
    for (query, kind, body, why) in [
        (
            "?format=yaml",
            "json",
            good,
            "format must be json or xml, not \\\"yaml\\\"",
        ),
        ("?format=", "json", good, "format must be json or xml"),
        (
            "?colour=red",
            "json",
            good,
            "unknown parameter \\\"colour\\\"",
        ),
        ("?count=many", "json", good, "count must be a whole number"),
        (
            "",
            "json",
            r#"{"thing":[{"name":"a"}]}"#,
            "the body has no root",
        ),
        ("", "json", r#"{"root":{"things":[]}}"#, "root has no thing"),
        ("", "json", r#"{"root":7}"#, "root must be an object"),
        (
            "",
            "json",
            r#"{"root":{"thing":"a"}}"#,
            "thing must be an object",
        ),
        (
            "",
            "json",
            r#"{"root":{"thing":["a"]}}"#,
            "item 0 of thing must be an object",
        ),
        ("", "json", r#"{"root":{"thing":[]}}"#, "no item"),
        ("", "json", "7", "the body must be an object"),
        (
            "",
            "xml",
            "<request><thing><name>a</name></thing></request>",
            "must be root, not request",
        ),
        (
            "",
            "xml",
            "<root><thing/></root>",
            "thing must not be empty",
        ),
        (
            "",
            "json",
            r#"{"root":{"thing":{"name":"a","on":"never"}}}"#,
            "on must be a date",
        ),
    ] {
        let (taken, answer) = send(query, kind, body).await;
        assert!(
            !taken && answer.starts_with("HTTP/1.1 400"),
            "{body}: {answer}"
        );
        assert!(answer.contains(why), "{why}: {answer}");
        assert!(answer.contains("(see thing.md:7)"), "{answer}");
    }
}

#[tokio::test]
async fn a_format_that_an_operation_does_not_have_is_refused() {
    let server = start();
    let token = |ending: &str| {
        let body = r#"{"key":"k","secret":"s"}"#;
        let headers = "Content-Type: application/json\r\n";
        post(headers, body).replacen("/v1/thing", &format!("/v1/token{ending}"), 1)
    };
    for (ending, status) in [
        ("", 200),
        (".json", 200),
        (".xml", 400),
        ("?format=xml", 400),
    ] {
        let answer = raw(&server, &token(ending)).await;
        let begin = format!("HTTP/1.1 {status} ");
        assert!(answer.starts_with(&begin), "{ending}: {answer}");
    }
    assert!(
        server.refusals()[0].contains("format must be json, not \"xml\""),
        "{:?}",
        server.refusals()
    );
}

#[tokio::test]
async fn behaviours_without_effect_are_told() {
    let server = start();
    server.on("thing.read").status(400).times(2).cut();
    server.any().delay(Duration::from_millis(1));
    assert!(read(&server).await.is_err());
    assert_eq!(
        server.unused(),
        [
            "thing.read: status waits for a call",
            "thing.read: cut waits for a call",
            "any operation: delay waits for a call",
        ]
    );
    let server = start();
    server.on("thing.write").refuse_items(&[0, 2], 9);
    server.on("thing.remove").refuse_items(&[0], 9);
    let batch = write(&server, Format::Json, 2).await.unwrap();
    assert_eq!(batch.items()[0].result().unwrap_err().code(), 9);
    let mut remove = call(&server, &REMOVE);
    remove.path("id", &7);
    remove.reply::<Value>().await.unwrap();
    assert_eq!(
        server.unused(),
        [
            "thing.write: refuse_items is for item 2, and the answer has 2 of them",
            "thing.remove: refuse_items is for item 0, and the answer has no items",
        ]
    );
    let failed =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| server.assert_all_used()));
    let why = failed.unwrap_err();
    let why = why.downcast_ref::<String>().unwrap();
    assert!(
        why.contains("without effect") && why.contains("item 2"),
        "{why}"
    );
}

#[tokio::test]
async fn behaviours_that_were_used_up_are_not_told() {
    let server = start();
    server.on("thing.write").refuse_items(&[1], 9);
    write(&server, Format::Xml, 2).await.unwrap();
    server.on("thing.read").answer().times(2);
    read(&server).await.unwrap();
    read(&server).await.unwrap();
    server.assert_all_used();
}

#[tokio::test]
async fn refuses_what_breaks_a_rule() {
    let server = start();
    let send = async |call: &dyn Fn(&mut Call)| {
        // A client checks the same rules before it sends, so this goes around them.
        let mut made = server.client::<Client>().call(&WITHOUT_RULES);
        call(&mut made);
        made.batch::<Thing, u32>().await.map_err(|error| {
            assert_eq!(
                (error.kind(), error.http_status(), error.code()),
                (ErrorKind::Api, Some(400), Some(400))
            );
            error.api_message().unwrap().to_owned()
        })
    };
    let message =
        send(&|call| call.body(vec![thing(&[("name", "a")]), thing(&[("name", " ")])])).await;
    assert_eq!(
        message.unwrap_err(),
        "item 1: one of name, id is needed in the body (see thing.md:7)"
    );
    let really = |value: &'static str| {
        move |call: &mut Call| {
            call.body(vec![thing(&[("id", "7")])]);
            call.query("really", &value);
        }
    };
    let message = send(&really("true")).await;
    assert_eq!(
        message.unwrap_err(),
        "why must not be missing or blank in the query, since really is true (see thing.md:7)"
    );
    assert!(send(&really("false")).await.is_ok());
}

/// [`WRITE`] as a client without rules has it.
static WITHOUT_RULES: Operation = operation("thing.write", Method::Post, Effect::Write);

#[tokio::test]
async fn picks_the_operation_that_the_request_is_most_like() {
    let server = start();
    for (members, dry, id) in [
        (
            &[("name", "a"), ("kind", "PLAIN")][..],
            false,
            "thing.write",
        ),
        (&[("name", "a"), ("kind", "paint")], false, "thing.paint"),
        (
            &[("id", "1"), ("colour", "red"), ("coats", "2")],
            false,
            "thing.paint",
        ),
        // "Nothing" tells nothing.
        (
            &[("name", "a"), ("colour", ""), ("coats", " ")],
            false,
            "thing.write",
        ),
        (&[("id", "1")], true, "thing.paint"),
        // What has fewer parts missing, where nothing speaks for either.
        (&[("id", "1")], false, "thing.write"),
    ] {
        for format in [Format::Json, Format::Xml] {
            server.forget();
            let mut call = call(&server, &PAINT);
            call.format(format);
            call.body(vec![thing(members)]);
            if dry {
                call.query("dry", &true);
            }
            call.batch::<Thing, u32>().await.unwrap();
            assert_eq!(server.seen()[0].operation, Some(id), "{members:?}");
        }
    }
}

#[tokio::test]
async fn tokens_are_made_checked_and_end() {
    let server = start();
    server.token_ttl(Duration::from_secs(90));
    let make = async |secret: &str| {
        let mut call = server.client::<Client>().call(&TOKEN);
        call.body(thing(&[("key", "k"), ("secret", secret)]));
        call.reply::<Value>().await
    };
    assert_eq!(make(" ").await.unwrap_err().code(), Some(400));
    let reply = make("s").await.unwrap();
    let data = reply.get("data").unwrap();
    let token = data.get("token").unwrap().as_str().unwrap().to_owned();
    assert_eq!(
        data.get("seconds").unwrap().as_number().unwrap().to_i64(),
        Some(90)
    );
    let other = make("s").await.unwrap();
    assert_ne!(
        other.get("data").unwrap().get("token").unwrap().as_str(),
        Some(&*token)
    );
    let read = format!("GET /v1/thing HTTP/1.1\r\nX-Token: {token}\r\n\r\n");
    assert!(raw(&server, &read).await.starts_with("HTTP/1.1 200"));
    server.expire_tokens();
    assert!(raw(&server, &read).await.starts_with("HTTP/1.1 401"));
    server.token_ttl(Duration::ZERO);
    let reply = make("s").await.unwrap();
    let token = reply
        .get("data")
        .unwrap()
        .get("token")
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned();
    let read = format!("GET /v1/thing HTTP/1.1\r\nX-Token: {token}\r\n\r\n");
    assert!(raw(&server, &read).await.starts_with("HTTP/1.1 401"));
    assert_eq!(server.count("token.make"), 4);
}

#[tokio::test]
async fn behaviours_come_in_their_order_and_end() {
    let server = start();
    server
        .on("thing.remove")
        .status(404)
        .times(2)
        .code(31)
        .status(202);
    server.any().status(410);
    let remove = async || {
        let mut call = server.client::<Client>().call(&REMOVE);
        call.path("id", &"a/b");
        call.reply::<Value>().await
    };
    for _ in 0..2 {
        let error = remove().await.unwrap_err();
        assert_eq!((error.http_status(), error.code()), (Some(404), Some(404)));
    }
    let error = remove().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.http_status(), error.code()),
        (ErrorKind::Api, Some(200), Some(31))
    );
    assert_eq!(remove().await.unwrap().http_status(), 202);
    assert_eq!(remove().await.unwrap_err().http_status(), Some(410));
    let reply = remove().await.unwrap();
    assert_eq!(reply.status().unwrap().success, Some(true));
    let scripts: Vec<Option<&str>> = server.seen().iter().map(|seen| seen.script).collect();
    let expected = [
        Some("status"),
        Some("status"),
        Some("code"),
        Some("status"),
        Some("status"),
        None,
    ];
    assert_eq!(scripts, expected);
}

#[tokio::test]
async fn answers_can_be_late_cut_slow_and_anything() {
    let server = start();
    let read_once = format!("GET /v1/thing HTTP/1.1\r\n{TILL1}\r\n");
    let timed = async || {
        let begin = Instant::now();
        let answer = raw(&server, &read_once).await;
        (answer, begin.elapsed())
    };
    let (whole, _) = timed().await;
    let length = whole.split_once("\r\n\r\n").unwrap().1.len();

    server
        .on("thing.read")
        .answer()
        .delay(Duration::from_millis(80))
        .cut()
        .answer()
        .cut_after(10)
        .answer()
        .slow(20, Duration::from_millis(10))
        .status(429)
        .retry_after("3")
        .status(502)
        .body("<html>", "text/html");
    let (late, time) = timed().await;
    assert!(late.starts_with("HTTP/1.1 200") && time >= Duration::from_millis(80));
    assert_eq!(timed().await.0, "");
    let (half, _) = timed().await;
    assert!(
        half.contains(&format!("content-length: {length}\r\n")),
        "{half}"
    );
    assert_eq!(half.split_once("\r\n\r\n").unwrap().1.len(), 10);
    let (slow, time) = timed().await;
    assert_eq!(slow.split_once("\r\n\r\n").unwrap().1.len(), length);
    let pauses = u32::try_from(length.div_ceil(20) - 1).unwrap();
    assert!(time >= Duration::from_millis(10) * pauses, "{time:?}");
    let (limited, _) = timed().await;
    assert!(
        limited.starts_with("HTTP/1.1 429") && limited.contains("retry-after: 3\r\n"),
        "{limited}"
    );
    let (page, _) = timed().await;
    assert!(page.starts_with("HTTP/1.1 502") && page.contains("content-type: text/html\r\n"));
    assert!(page.ends_with("\r\n\r\n<html>"), "{page}");
    assert!(timed().await.0.starts_with("HTTP/1.1 200"));
    let statuses: Vec<Option<u16>> = server.seen().iter().map(|seen| seen.status).collect();
    let ok = Some(200);
    assert_eq!(statuses, [ok, ok, None, ok, ok, Some(429), Some(502), ok]);
}

#[tokio::test]
async fn the_client_takes_a_cut_answer_for_one_that_may_have_been_executed() {
    let server = start();
    server.on("thing.write").cut().answer().cut_after(20);
    for _ in 0..2 {
        let error = write(&server, Format::Json, 1).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.maybe_executed());
    }
    assert_eq!(server.count("thing.write"), 2);
}

#[tokio::test]
async fn items_can_be_refused() {
    let server = start();
    for format in [Format::Json, Format::Xml] {
        server
            .on("thing.write")
            .refuse_items(&[0, 2], 1011)
            .refuse_items(&[0, 1], 1012);
        let batch = write(&server, format, 3).await.unwrap();
        assert_eq!((batch.http_status(), batch.len()), (201, 3));
        let status = batch.status().unwrap().clone();
        assert_eq!((status.success, status.code), (Some(true), Some(201)));
        assert_eq!((status.total, status.success_count), (Some(3), Some(1)));
        let (accepted, refused) = batch.split();
        assert_eq!(accepted.len(), 1);
        let codes: Vec<(usize, u32)> = refused.iter().map(|e| (e.index(), e.code())).collect();
        assert_eq!(codes, [(0, 1011), (2, 1011)]);
        let batch = write(&server, format, 2).await.unwrap();
        assert_eq!(batch.http_status(), 500);
        assert_eq!(batch.status().unwrap().success, Some(false));
        assert_eq!(batch.split().1.len(), 2);
    }
    server.on("thing.read").refuse_items(&[0], 1013);
    let error = call(&server, &READ)
        .reply_item::<Thing, u32>()
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Item, Some(1013)));
}

#[tokio::test]
async fn a_refused_request_uses_up_no_behaviour() {
    let server = start();
    server.on("thing.read").status(404);
    raw(&server, "GET /v1/thing HTTP/1.1\r\n\r\n").await;
    assert_eq!(read(&server).await.unwrap_err().http_status(), Some(404));
    assert!(read(&server).await.is_ok());
}

#[tokio::test]
async fn faults_hit_their_share_and_are_the_same_for_a_seed() {
    const CALLS: usize = 200;
    let run = async |seed: u64| {
        let server = start();
        server.faults(seed, 0.3);
        let request = format!("GET /v1/thing HTTP/1.1\r\n{TILL1}\r\n");
        for _ in 0..CALLS {
            raw(&server, &request).await;
        }
        let faulted: usize = server.faulted().iter().map(|(_, times)| times).sum();
        let seen = server.seen();
        assert_eq!(
            faulted,
            seen.iter().filter(|seen| seen.script.is_some()).count()
        );
        assert_eq!(server.faulted().len(), 5, "{:?}", server.faulted());
        seen.iter().map(|seen| seen.script).collect::<Vec<_>>()
    };
    let one = run(1).await;
    let hit = one.iter().flatten().count();
    assert!((CALLS / 5..CALLS * 2 / 5).contains(&hit), "{hit}");
    assert_eq!(run(1).await, one);
    assert_ne!(run(2).await, one);
}

#[tokio::test]
async fn what_it_saw_has_no_credentials_unless_asked() {
    let server = start();
    let mut call = call(&server, &WRITE);
    call.query("why", &"a+b c");
    call.body(vec![thing(&[("name", "canary")])]);
    call.batch::<Thing, u32>().await.unwrap();
    let seen: &Seen = &server.seen()[0];
    assert_eq!(seen.operation, Some("thing.write"));
    assert_eq!((&*seen.method, &*seen.path), ("POST", "/v1/thing"));
    assert_eq!(seen.parameter("why"), Some("a+b c"));
    assert_eq!(seen.text(), r#"{"root":{"thing":[{"name":"canary"}]}}"#);
    assert_eq!(seen.header("Content-Type"), Some("application/json"));
    assert_eq!(seen.header("authorization"), None);
    assert!(!format!("{seen:?}").contains("canary"));
    assert!(
        server.seen_with_credentials()[0]
            .header("authorization")
            .is_some()
    );
    server.forget();
    assert_eq!((server.seen().len(), server.count("thing.write")), (0, 0));
}

#[test]
fn works_without_a_runtime_and_stops_when_dropped() {
    let server = start();
    let address = server.url().strip_prefix("http://").unwrap().to_owned();
    let taken = address.rsplit_once(':').unwrap().1.parse().unwrap();
    let error = Server::start_on(taken, OPERATIONS, &SERVICE).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
    assert!(std::net::TcpStream::connect(&address).is_ok());
    drop(server);
    let error = std::net::TcpStream::connect(&address).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionRefused);
    drop(Server::start_on(taken, OPERATIONS, &SERVICE).unwrap());
}

#[test]
fn an_example_runs_against_a_server_of_its_own() {
    example(OPERATIONS, &SERVICE, async |client: Client| {
        let reply = client.call(&READ).reply::<Thing>().await?;
        assert_eq!(reply.count, Some(3));
        Ok(())
    });
}

#[test]
#[should_panic(expected = "the server refused thing.write: there is no body")]
fn an_example_that_fails_says_why() {
    example(OPERATIONS, &SERVICE, async |client: Client| {
        client.call(&WITHOUT_RULES).batch::<Thing, u32>().await?;
        Ok(())
    });
}

#[test]
#[should_panic(expected = "no operation \"thing.raed\"")]
fn a_misspelt_operation_is_noticed() {
    drop(start().on("thing.raed"));
}

/// What the server changed in its last answer.
fn made_last(server: &Server) -> Vec<String> {
    let last = server.seen().len().checked_sub(1);
    let made = server.misfitted().into_iter();
    made.filter(|made| Some(made.call) == last)
        .map(|made| made.path)
        .collect()
}

#[tokio::test]
async fn members_that_are_not_to_fit_do_not() {
    let server = start();
    let client: Client = server.client();
    for format in [Format::Json, Format::Xml] {
        server.on("thing.write").misfit("count").misfit("name");
        let mut call = client.call(&WRITE);
        call.format(format);
        call.body(vec![thing(&[("kind", "PLAIN"), ("name", "a")]); 2]);
        let batch = call.batch::<Thing, u32>().await.unwrap();
        assert!(batch.is_success(), "{format:?}");
        let paths: Vec<_> = batch.misfits().iter().map(Misfit::path).collect();
        assert_eq!(paths, made_last(&server), "{format:?}");
        assert_eq!(
            paths,
            [
                "response.things.thing[0].count",
                "response.things.thing[1].count"
            ]
        );
        assert_eq!(batch.items()[1].misfits().len(), 1);
    }
    // The documented answer names nothing.
    let unused = server.unused();
    assert_eq!(unused.len(), 2, "{unused:?}");
    assert!(unused[0].contains("misfit is for name"), "{unused:?}");
}

#[tokio::test]
async fn any_members_may_not_fit() {
    let server = start();
    let client: Client = server.client();
    server.misfits(7, 0.5);
    let mut odd = 0;
    for _ in 0..60 {
        let mut call = client.call(&WRITE);
        call.body(vec![thing(&[("kind", "PLAIN"), ("name", "a")]); 3]);
        let batch = call.batch::<Thing, u32>().await.unwrap();
        let mut paths: Vec<_> = batch.misfits().iter().map(Misfit::path).collect();
        let mut made = made_last(&server);
        made.sort_unstable();
        paths.sort_unstable();
        assert_eq!(paths, made);
        let of_items: usize = batch.iter().map(|item| item.misfits().len()).sum();
        assert_eq!(of_items, made.len());
        assert!(batch.is_success());
        odd += usize::from(!made.is_empty());
    }
    assert!((10..50).contains(&odd), "{odd}");
}
