//! Calls over a real socket: what is sent, and what each kind of answer ends in.

use crate::support;

use std::error::Error as _;
use std::time::Duration;

use slate_runtime::wire::Value;
use slate_runtime::{Batch, Client, Error, ErrorKind, Reply};
use support::thing::{FLAT, OPEN, READ, Thing, WRITE};
use support::{Act, Server, answer, answer_with};

async fn read(act: Act) -> Result<Reply<Thing>, Error> {
    Server::start(act).await.client().call(&READ).reply().await
}

async fn write(act: Act) -> Result<Batch<Thing, u32>, Error> {
    let server = Server::start(act).await;
    let mut call = server.client().call(&WRITE);
    call.body(vec![Value::from("a"), Value::from("b")]);
    call.batch().await
}

const OK: &str =
    r#"{"response":{"status":{"success":"true","code":"200"},"things":{"thing":{"count":"3"}}}}"#;

#[tokio::test]
async fn sends_credentials_format_and_default_headers() {
    let server = Server::start(answer(200, OK)).await;
    let client = server
        .builder()
        .header("X-Site", "blr")
        .user_agent("tests/1")
        .build()
        .unwrap();
    let mut call = client.call(&WRITE);
    call.body("x");
    call.header("X-Note", &"n");
    call.header("X-None", &None::<i64>);
    call.reply::<Thing>().await.unwrap();
    let seen = &server.seen()[0];
    assert_eq!(seen.first_line(), "POST /v1/thing HTTP/1.1");
    for (name, value) in [
        (
            "authorization",
            "Basic dGlsbDE6MjAyY2I5NjJhYzU5MDc1Yjk2NGIwNzE1MmQyMzRiNzA=",
        ),
        ("accept", "application/json"),
        ("content-type", "application/json"),
        ("accept-encoding", "gzip"),
        ("x-site", "blr"),
        ("x-note", "n"),
        ("user-agent", "tests/1"),
    ] {
        assert_eq!(seen.header(name), Some(value), "{name}");
    }
    assert_eq!(seen.header("x-none"), None);
    assert_eq!(seen.body, r#"{"root":{"thing":["x"]}}"#);
}

#[tokio::test]
async fn an_operation_without_authentication_sends_no_credentials() {
    let body = "<response><status><success>true</success></status></response>";
    let server = Server::start(answer(200, body)).await;
    let mut call = server.client().call(&OPEN);
    call.body("x");
    call.reply::<()>().await.unwrap();
    let seen = &server.seen()[0];
    assert_eq!(seen.first_line(), "POST /v1/thing.file?format=xml HTTP/1.1");
    assert_eq!(seen.header("authorization"), None);
    assert_eq!(seen.header("content-type"), Some("application/xml"));
    assert!(
        seen.body.ends_with("<root><thing>x</thing></root>"),
        "{}",
        seen.body
    );
}

#[tokio::test]
async fn a_reply_has_its_answer_and_its_status() {
    let reply = read(answer(200, OK)).await.unwrap();
    assert_eq!(reply.count, Some(3));
    assert_eq!(reply.request_id(), Some("req-42"));
    assert_eq!(reply.http_status(), 200);
    assert_eq!(reply.status().unwrap().code, Some(200));
    assert_eq!(reply.into_inner().name, None);
}

#[tokio::test]
async fn an_answer_may_be_packed() {
    use std::io::Write as _;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(OK.as_bytes()).unwrap();
    let body = packer.finish().unwrap();
    let act = answer_with(200, "Content-Encoding: gzip\r\n", &body);
    assert_eq!(read(act).await.unwrap().count, Some(3));
}

#[tokio::test]
async fn xml_comes_back_for_json_now_and_then() {
    let xml = "<root><response><status><success>TRUE</success></status><things><thing><element>\
               <count>3</count></element></thing></things></response></root>";
    assert_eq!(read(answer(200, xml)).await.unwrap().count, Some(3));
}

#[tokio::test]
async fn a_batch_with_items_is_an_answer_whatever_its_status() {
    let body = |success: bool| {
        format!(
            r#"{{"response":{{"status":{{"success":{success},"code":500,"total":2}},"things":{{"thing":[
                {{"count":1,"item_status":{{"success":"{success}","code":"1000"}}}},
                {{"name":"b","item_status":{{"success":"false","code":"1001","message":"m"}}}}]}}}}}}"#
        )
    };
    for (http, success, refused) in [(200, true, 1), (201, true, 1), (500, false, 2)] {
        let batch = write(answer(http, &body(success))).await.unwrap();
        assert_eq!((batch.len(), batch.http_status()), (2, http));
        assert!(batch.is_complete());
        assert_eq!(batch.status().unwrap().total, Some(2));
        let error = batch.items()[1].result().unwrap_err();
        assert_eq!(
            (error.code(), error.index(), error.message()),
            (1001, 1, Some("m"))
        );
        assert_eq!(batch.items()[1].value().name.as_deref(), Some("b"));
        assert!(batch.clone().all().is_err());
        let (accepted, errors) = batch.split();
        assert_eq!((accepted.len(), errors.len()), (2 - refused, refused));
    }
}

#[tokio::test]
async fn one_object_is_a_batch_of_one() {
    let batch = write(answer(200, OK)).await.unwrap();
    assert_eq!(batch.len(), 1);
    assert!(!batch.is_complete() && !batch.is_success());
    assert_eq!(batch.items()[0].value().count, Some(3));
    // Two were sent: nobody is to take one for all.
    let error = batch.all().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Item);
    assert!(error.maybe_executed());
    assert!(error.to_string().contains("1 items where 2 were sent"));
}

#[tokio::test]
async fn what_is_no_answer_of_the_api_is_no_success() {
    for body in [
        "<html><body>Please log in</body></html>",
        "<!doctype html><HTML><body/></HTML>",
        r#"{"fault":{"faultstring":"no route"}}"#,
        r#"{"fault":""}"#,
        r#"{"response":{"status":{}}}"#,
        "{}",
        "[]",
        "\"\"",
        "null",
        "",
        "  \n",
    ] {
        let server = Server::start(answer(200, body)).await;
        let client = server.client();
        let errors = [
            client.call(&READ).batch::<Thing, u32>().await.err(),
            client.call(&READ).reply::<Vec<Thing>>().await.err(),
            client
                .call(&READ)
                .reply_item::<Option<Thing>, u32>()
                .await
                .err(),
            client.call(&READ).reply::<()>().await.err(),
        ];
        for error in errors {
            let error = error.unwrap_or_else(|| panic!("{body} was taken for an answer"));
            assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
            assert!(!error.maybe_executed(), "{body}");
            assert_eq!(error.body(), Some(body.as_bytes()));
        }
        let error = client.call(&WRITE).reply::<()>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        // Somebody answered, and did not say what became of it.
        assert!(error.maybe_executed() && !error.was_executed(), "{body}");
    }
    // An empty answer of the API is one.
    for body in [
        r#"{"response":{"status":{"success":true,"code":200},"things":""}}"#,
        r#"{"response":{"status":{"success":true,"code":200}}}"#,
        r#"{"response":{"things":{"thing":[]}}}"#,
        "<response><things/></response>",
    ] {
        let things = read_all(answer(200, body)).await.unwrap();
        assert!(things.is_empty(), "{body}");
    }
}

async fn read_all(act: Act) -> Result<Reply<Vec<Thing>>, Error> {
    Server::start(act).await.client().call(&READ).reply().await
}

#[tokio::test]
async fn of_a_refused_call_no_item_was_accepted_that_does_not_say_so() {
    let body = |items: &str| {
        format!(
            r#"{{"response":{{"status":{{"success":false,"code":500}},"things":{{"thing":[{items}]}}}}}}"#
        )
    };
    // No item says how it went: the call was refused.
    let error = write(answer(500, &body(r#"{"count":1},{"count":2}"#)))
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Api, Some(500)));
    for items in [
        r#"{"item_status":{"code":1001}},{"item_status":{"code":"1002"}}"#,
        r#"{"item_status":{"code":1001}},{"count":2}"#,
        r#"{"item_status":{"success":"","code":1001}},{"item_status":{"success":"maybe"}}"#,
    ] {
        for http_status in [200, 500] {
            let batch = write(answer(http_status, &body(items))).await.unwrap();
            assert_eq!(batch.refused(), [0, 1], "{items}");
            assert_eq!(batch.items()[0].result().unwrap_err().code(), 1001);
            assert!(batch.split().0.is_empty());
        }
    }
    let batch = write(answer(
        500,
        &body(r#"{"item_status":{"success":true}},{"item_status":{"code":1001}}"#),
    ))
    .await
    .unwrap();
    // The call says that all failed, and one item says that it did not: who does not say, is not sent again.
    assert!(batch.refused().is_empty());
    let open = batch.items()[1].result().unwrap_err();
    assert!(open.maybe_executed());
    assert_eq!(
        open.to_string(),
        "thing.write: the answer does not say what became of item 1 with code 1001, request req-42, may have been executed"
    );
}

#[tokio::test]
async fn a_gateway_that_gives_up_says_nothing_about_a_write() {
    let body = r#"{"response":{"status":{"success":false,"code":500}}}"#;
    let unknown = r#"{"response":{"status":{"success":false,"code":407}}}"#;
    for (http_status, body, may) in [
        (500, body, false),
        (502, body, true),
        (504, body, true),
        (200, unknown, true),
        (500, unknown, true),
        (504, unknown, true),
    ] {
        let error = write(answer(http_status, body)).await.unwrap_err();
        assert_eq!(error.maybe_executed(), may, "{http_status} {body}");
        assert!(!error.was_executed() && !error.is_retryable());
    }
}

#[tokio::test]
async fn a_success_that_is_no_text_of_a_format_may_have_been_executed() {
    for body in ["{\"response\":", "<response><status>"] {
        let error = write(answer(200, body)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        // With the text its `success` is lost, which may be false.
        assert!(error.maybe_executed() && !error.was_executed(), "{body}");
        assert_eq!(error.body(), Some(body.as_bytes()));
    }
}

#[tokio::test]
async fn no_time_out_is_too_long() {
    let server = Server::start(answer(200, OK)).await;
    let builder = server.builder().timeout(Duration::MAX);
    let client = builder.attempt_timeout(Duration::MAX).build().unwrap();
    client.call(&READ).reply::<Thing>().await.unwrap();
}

#[tokio::test]
async fn a_refused_call_is_an_error_with_its_code() {
    let body = r#"{"response":{"status":{"success":"false","code":"604","message":"canary"}}}"#;
    for act in [answer(200, body), answer(400, body), answer(500, body)] {
        let error = write(act).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Api, Some(604)));
        assert_eq!(error.api_message(), Some("canary"));
        assert!(!error.is_retryable() && !error.maybe_executed());
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
    let error = read(answer(200, body)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "thing.read: the API refused the call with code 604, HTTP status 200, request req-42"
    );
}

#[tokio::test]
async fn an_answer_that_is_its_own_status_may_refuse_too() {
    let flat = async |body: &str| {
        let server = Server::start(answer(200, body)).await;
        server.client().call(&FLAT).reply::<Thing>().await
    };
    let error = flat(r#"{"success":false,"code":706,"message":"canary","count":3}"#)
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Api, Some(706)));
    assert_eq!(error.api_message(), Some("canary"));
    for body in [
        r#"{"success":"true","count":3}"#,
        // A code or a number of successes alone says nothing about the call.
        r#"{"code":706,"count":3}"#,
        r#"{"success":7,"code":706,"count":3}"#,
    ] {
        assert_eq!(flat(body).await.unwrap().count, Some(3), "{body}");
    }
}

#[tokio::test]
async fn credentials_and_rate_are_kinds_of_their_own() {
    let status =
        |code: u32| format!(r#"{{"response":{{"status":{{"success":false,"code":{code}}}}}}}"#);
    for act in [
        answer(401, ""),
        answer(403, "<html>no</html>"),
        answer(200, &status(401)),
    ] {
        assert_eq!(
            read(act).await.unwrap_err().kind(),
            ErrorKind::Authentication
        );
    }
    for act in [answer(429, "slow down"), answer(200, &status(517))] {
        let error = write(act).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RateLimited);
        assert!(error.is_retryable() && !error.maybe_executed());
    }
}

#[tokio::test]
async fn an_http_error_without_a_status_of_the_api() {
    for body in [
        "<html><body>Bad gateway</body></html>",
        "<html><p>",
        "",
        "gateway",
        "{}",
    ] {
        let error = write(answer(502, body)).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.http_status()),
            (ErrorKind::Http, Some(502)),
            "{body}"
        );
        assert!(error.maybe_executed() && !error.is_retryable());
        let error = read(answer(502, body)).await.unwrap_err();
        assert!(!error.maybe_executed() && error.is_retryable());
        let error = write(answer(404, body)).await.unwrap_err();
        assert!(!error.maybe_executed() && !error.is_retryable());
    }
}

#[tokio::test]
async fn a_success_that_a_strict_client_does_not_take_was_executed() {
    let body = OK.replace("\"3\"", "\"canary\"");
    let server = Server::start(answer(200, &body)).await;
    let strict = server.builder().strict().build().unwrap();
    let error = strict.call(&WRITE).batch::<Thing, u32>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.body(), Some(body.as_bytes()));
    assert!(error.maybe_executed() && error.was_executed() && !error.is_retryable());
    assert_eq!(
        error.source().unwrap().to_string(),
        "response.things.thing[0].count: wanted an integer, found string"
    );
    assert!(error.to_string().contains("thing.md:7"), "{error}");
    assert!(error.to_string().contains("was executed"), "{error}");
    assert!(!format!("{error} {error:?}").contains("canary"));
    let error = read(answer(200, "{\"a\": canary")).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.maybe_executed()),
        (ErrorKind::Decode, false)
    );
    assert!(!format!("{error} {error:?}").contains("canary"));
}

#[tokio::test]
async fn an_answer_that_is_not_there() {
    let body = r#"{"response":{"status":{"success":true}}}"#;
    let server = Server::start(answer(200, body)).await;
    let call = || server.client().call(&READ);
    assert_eq!(
        call().reply::<Thing>().await.unwrap_err().kind(),
        ErrorKind::Decode
    );
    assert_eq!(*call().reply::<Option<Thing>>().await.unwrap(), None);
    assert_eq!(*call().reply::<Vec<Thing>>().await.unwrap(), []);
    call().reply::<()>().await.unwrap();
    assert!(call().batch::<Thing, u32>().await.unwrap().is_empty());
}

#[tokio::test]
async fn no_answer_in_time() {
    let server = Server::start(Act::Wait(Duration::from_secs(5))).await;
    let client = server
        .builder()
        .timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    let error = client.call(&WRITE).reply::<Thing>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.maybe_executed() && !error.is_retryable());
    let error = client.call(&READ).reply::<Thing>().await.unwrap_err();
    assert!(!error.maybe_executed() && error.is_retryable());
    let mut call = client.call(&READ);
    call.query("really", &true);
    assert!(call.reply::<Thing>().await.unwrap_err().maybe_executed());
}

#[tokio::test]
async fn nothing_is_sent_twice() {
    for act in [Act::HangUp, Act::CutOff] {
        let server = Server::start(act).await;
        for (operation, executed) in [(&WRITE, true), (&READ, false)] {
            let error = server
                .client()
                .call(operation)
                .reply::<Thing>()
                .await
                .unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Transport);
            assert_eq!(
                (error.maybe_executed(), error.is_retryable()),
                (executed, !executed)
            );
        }
        assert_eq!(server.seen().len(), 2);
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_executed() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::builder(&support::SERVICE)
        .base_url(url)
        .allow_http()
        .basic_auth("u", "p");
    let error = client
        .build()
        .unwrap()
        .call(&WRITE)
        .reply::<Thing>()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.is_retryable() && !error.maybe_executed());
    assert!(!format!("{error:?}").contains("127.0.0.1:"), "{error:?}");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let target = Server::start(answer(200, OK)).await;
    let location = format!("Location: {}/else\r\n", target.url);
    for status in [301, 302, 307, 308] {
        let error = write(answer_with(status, &location, b""))
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.http_status()),
            (ErrorKind::Http, Some(status))
        );
        assert!(error.to_string().contains("redirects are not followed"));
    }
    assert!(target.seen().is_empty());
}

#[tokio::test]
async fn long_answers_are_refused() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut bomb, &vec![b' '; 1 << 20]).unwrap();
    let bomb = answer_with(200, "Content-Encoding: gzip\r\n", &bomb.finish().unwrap());
    for act in [answer(200, &" ".repeat(2000)), Act::Endless, bomb] {
        let server = Server::start(act).await;
        let client = server.builder().max_body(1000).build().unwrap();
        let error = client.call(&WRITE).reply::<Thing>().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.http_status()),
            (ErrorKind::Decode, Some(200))
        );
        assert!(error.maybe_executed());
    }
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    assert_eq!(
        read(answer(200, &deep)).await.unwrap_err().kind(),
        ErrorKind::Decode
    );
}

#[tokio::test]
async fn a_request_id_is_printed_only_if_it_can_be_one() {
    let bytes = b"HTTP/1.1 500 Any\r\nX-Request-Id: a b<c>\r\nContent-Length: 0\r\n\r\n";
    let error = read(Act::Answer(bytes.to_vec())).await.unwrap_err();
    assert_eq!(error.request_id(), None);
}

#[tokio::test]
async fn a_connection_that_is_used_again_is_no_reason_to_send_again() {
    let first = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{OK}",
        OK.len()
    );
    let server = Server::start(Act::AnswerOnce(first.into_bytes())).await;
    let client = server.client();
    client.call(&WRITE).reply::<Thing>().await.unwrap();
    let error = client.call(&WRITE).reply::<Thing>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.maybe_executed());
    assert_eq!((server.seen().len(), server.connections()), (2, 1));
}

#[tokio::test]
async fn a_success_that_names_no_item_is_not_taken_for_one() {
    let none = r#"{"response":{"status":{"success":true,"code":200},"things":{"thing":[]}}}"#;
    let error = write(answer(200, none)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.maybe_executed() && !error.is_retryable(), "{error}");
    assert_eq!(error.body(), Some(none.as_bytes()));
    // For what only reads it is an answer.
    let server = Server::start(answer(200, none)).await;
    let batch = server.client().call(&READ).batch::<Thing, u32>().await;
    assert!(batch.unwrap().is_empty());
}

#[tokio::test]
async fn some_codes_do_not_say_what_became_of_the_call() {
    let status =
        |code: u32| format!(r#"{{"response":{{"status":{{"success":false,"code":{code}}}}}}}"#);
    for (http_status, code, unknown) in [
        (200, 407, true),
        (200, 400, false),
        (500, 500, false),
        (503, 500, true),
    ] {
        let act = answer(http_status, &status(code));
        let error = write(act.clone()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(error.maybe_executed(), unknown, "{error}");
        assert!(!read(act).await.unwrap_err().maybe_executed());
    }
}

#[tokio::test]
async fn one_item_can_be_taken_out() {
    let of = |items: &str| {
        answer(
            200,
            &format!(r#"{{"response":{{"things":{{"thing":[{items}]}}}}}}"#),
        )
    };
    let one = async |act: Act| {
        let server = Server::start(act).await;
        let batch = server.client().call(&READ).batch::<Thing, u32>().await;
        batch.unwrap().one()
    };
    let good = r#"{"count":7,"item_status":{"success":true}}"#;
    let bad = r#"{"item_status":{"success":false,"code":1001,"message":"words"}}"#;
    assert_eq!(one(of(good)).await.unwrap().count, Some(7));
    let error = one(of(bad)).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Item, Some(1001)));
    assert_eq!(error.api_message(), Some("words"));
    assert_eq!(error.request_id(), Some("req-42"));
    assert_eq!(error.operation(), Some("thing.read"));
    for (items, count) in [(String::new(), 0), (format!("{good},{good}"), 2)] {
        let error = one(of(&items)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Item);
        let text = format!("the answer has {count} items where one is wanted");
        assert!(error.to_string().contains(&text), "{error}");
    }
}
