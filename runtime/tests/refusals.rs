//! Why a call was refused, where the answer has no status of its own but a list of what was wrong.

mod support;

use slate_runtime::{Error, ErrorKind, Reply};
use support::thing::{READ, Thing};
use support::{Server, answer};

async fn read(http_status: u16, body: &str) -> Result<Reply<Thing>, Error> {
    let server = Server::start(answer(http_status, body)).await;
    server.client().call(&READ).reply().await
}

const BODY: &str =
    r#"{"errors": [{"status": false, "code": 8015, "message": "no such thing"}], "warnings": []}"#;

#[tokio::test]
async fn a_list_of_errors_gives_code_and_words() {
    let quoted = r#"{"errors": [{"code": "8015", "message": "no such thing"}, {"code": 1}]}"#;
    let single = r#"{"errors": {"code": 8015, "message": "no such thing"}}"#;
    for body in [BODY, quoted, single] {
        let error = read(400, body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api, "{body}");
        assert_eq!(error.code(), Some(8015), "{body}");
        assert_eq!(error.api_message(), Some("no such thing"), "{body}");
        assert!(!error.maybe_executed(), "{body}");
    }
    // Whose credentials are refused, is told so, and why.
    let error = read(401, BODY).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(error.code(), Some(8015));
}

#[tokio::test]
async fn words_alone_are_a_reason_too() {
    let error = read(404, r#"{"errors": [{"message": "gone"}]}"#)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!((error.code(), error.api_message()), (None, Some("gone")));
}

#[tokio::test]
async fn what_is_no_list_of_errors_is_none() {
    for body in [
        r#"{"errors": []}"#,
        r#"{"errors": ["gone"]}"#,
        r#"{"errors": [{"code": [], "other": 1}]}"#,
        r#"{"errors": "gone"}"#,
        "[]",
        "",
    ] {
        let error = read(404, body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Http, "{body}");
        assert_eq!(error.code(), None, "{body}");
    }
}

#[tokio::test]
async fn beside_an_answer_and_from_who_gave_up_it_is_no_refusal_of_the_call() {
    let body = r#"{"response": {"status": {"success": true, "code": 200}, "things": {"thing": {"count": 3}}}, "errors": [{"code": 8015}]}"#;
    assert!(read(200, body).await.is_ok());
    for http_status in [408, 500, 503] {
        let error = read(http_status, BODY).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Http, "{http_status}");
    }
}

#[tokio::test]
async fn another_path_forgets_what_it_has_no_place_for() {
    let server = Server::start(answer(200, "")).await;
    let mut call = server.client().call(&READ);
    call.path("id", &7);
    call.path("kind", &"a");
    call.alternative("/v1/other/{kind}");
    let request = call.prepare().unwrap();
    assert!(request.url().contains("/v1/other/a"), "{}", request.url());
}
