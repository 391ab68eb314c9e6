//! Why a call was refused, where the answer has no status of its own but a list of what was wrong.

use crate::support;

use slate_runtime::wire::Map;
use slate_runtime::{
    Client, Envelope, Error, ErrorKind, Faults, Operation, Reply, RetryPolicy, Service,
};
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

/// An API of which each answer has a code: it says how the call went, whatever HTTP does.
#[tokio::test]
async fn a_code_in_every_answer_says_how_it_went() {
    static CODED: Service = Service {
        status: &[],
        faults: Some(Faults {
            at: &[],
            code: "ret",
            message: "words",
            accepted: &["0", "OK"],
        }),
        ..support::SERVICE
    };
    static CHANGE: Operation = Operation {
        reply: Envelope::of(&[], &["data"]),
        ..support::thing::FLAT
    };
    let call = async |http_status, body: &str| {
        let server = Server::start(answer(http_status, body)).await;
        let client = Client::builder(&CODED)
            .base_url(&server.url)
            .allow_http()
            .retry(RetryPolicy::never())
            .basic_auth("u", "p");
        let mut call = client.build().unwrap().call(&CHANGE);
        call.body(Map::new());
        call.reply::<Thing>().await
    };
    for body in [
        r#"{"ret": 0, "data": {"count": 3}}"#,
        r#"{"ret": "OK", "data": {"count": 3}}"#,
        // Without the code nothing is concluded.
        r#"{"data": {"count": 3}}"#,
        r#"{"ret": null, "data": {"count": 3}}"#,
    ] {
        assert_eq!(call(200, body).await.unwrap().count, Some(3), "{body}");
    }
    for (http_status, body, code) in [
        (200, r#"{"ret": 4001, "words": "none left"}"#, Some(4001)),
        (
            200,
            r#"{"ret": "4001", "words": "none left", "data": null}"#,
            Some(4001),
        ),
        (
            200,
            r#"{"ret": "FAILED", "words": "none left", "data": {"count": 3}}"#,
            None,
        ),
        (400, r#"{"ret": 4001, "words": "none left"}"#, Some(4001)),
        // HTTP says no: no code makes a success of that.
        (400, r#"{"ret": 0, "words": "none left"}"#, Some(0)),
    ] {
        let error = call(http_status, body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api, "{body}");
        assert_eq!(error.code(), code, "{body}");
        assert_eq!(error.api_message(), Some("none left"), "{body}");
        assert!(!error.maybe_executed(), "{body}");
    }
    // An accepted call whose answer is not where it was documented is still one.
    assert!(call(200, r#"{"ret": 0}"#).await.is_ok());
}
