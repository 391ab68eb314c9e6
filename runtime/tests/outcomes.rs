//! What becomes of each item: accepted, refused, or nobody knows. To take the last for one of the others would book
//! something twice, or not at all.

use crate::support;

use slate_runtime::wire::{Map, Value};
use slate_runtime::{Batch, Effect, Error, ErrorKind, Operation, Reply};
use support::thing::{FLAT, READ, SAYING, Thing, WRITE};
use support::{Server, answer};

/// A reply about things; the call succeeded.
fn things(items: &str) -> String {
    format!(
        r#"{{"response":{{"status":{{"success":true,"code":200}},"things":{{"thing":[{items}]}}}}}}"#
    )
}

/// Sends things of these names.
async fn send(
    operation: &'static Operation,
    names: &[&str],
    http_status: u16,
    body: &str,
) -> Result<Batch<Thing, u32>, Error> {
    let server = Server::start(answer(http_status, body)).await;
    let mut call = server.client().call(operation);
    call.body(list(names));
    call.batch().await
}

/// Things with a phone number each.
fn list(phones: &[&str]) -> Vec<Value> {
    let thing = |phone: &&str| {
        let mut thing = Map::new();
        thing.insert("phone", *phone);
        Value::Object(thing)
    };
    phones.iter().map(thing).collect()
}

async fn one(
    operation: &'static Operation,
    http_status: u16,
    body: &str,
) -> Result<Reply<Thing>, Error> {
    let server = Server::start(answer(http_status, body)).await;
    let mut call = server.client().call(operation);
    call.body(list(&["1"]));
    call.reply_item::<Thing, u32>().await
}

#[tokio::test]
async fn a_word_that_is_no_truth_value_is_not_taken_for_success() {
    for status in [
        r#"{"success":"failed"}"#,
        r#"{"success":"-1","code":1001}"#,
        r#"{"success":{}, "status":"unsure"}"#,
        r#"{"code":811}"#,
    ] {
        let body = things(&format!(r#"{{"count":1,"item_status":{status}}}"#));
        let batch = send(&WRITE, &["1"], 200, &body).await.unwrap();
        assert!(!batch.is_success(), "{status}");
        assert!(
            batch.refused().is_empty(),
            "{status}: it may have been accepted"
        );
        assert!(
            batch.items()[0].result().unwrap_err().maybe_executed(),
            "{status}"
        );
        // The value is there to be looked at.
        assert_eq!(batch.items()[0].value().count, Some(1));

        let error = one(&WRITE, 200, &body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Item, "{status}");
        assert!(error.maybe_executed() && !error.is_retryable(), "{status}");

        let error = one(&READ, 200, &body).await.unwrap_err();
        assert!(
            !error.maybe_executed(),
            "{status}: nothing was to be changed"
        );
    }
}

#[tokio::test]
async fn some_operations_call_the_outcome_status() {
    let batch = send(
        &READ,
        &["1", "2"],
        200,
        &things(r#"{"item_status":{"status":"true","code":"700"}},{"item_status":{"status":"false","code":"701"}}"#),
    )
    .await
    .unwrap();
    assert_eq!(batch.refused(), [1]);
    assert_eq!(batch.items()[1].result().unwrap_err().code(), 701);
}

#[tokio::test]
async fn who_says_nothing_goes_the_way_of_the_call() {
    let silent = r#"{"count":1},{"item_status":{"success":false,"code":7}}"#;
    let batch = send(&WRITE, &["1", "2"], 200, &things(silent))
        .await
        .unwrap();
    assert_eq!(batch.refused(), [1]);
    assert!(batch.items()[0].result().is_ok());
    // A part was accepted, and it is open which one.
    let batch = send(&WRITE, &["1", "2"], 201, &things(silent))
        .await
        .unwrap();
    assert_eq!(batch.refused(), [1]);
    assert!(batch.items()[0].result().unwrap_err().maybe_executed());
}

#[tokio::test]
async fn a_code_that_says_nothing_of_the_outcome_leaves_it_open() {
    let body = things(r#"{"item_status":{"success":false,"code":407}}"#);
    let batch = send(&WRITE, &["1"], 200, &body).await.unwrap();
    assert!(batch.refused().is_empty() && !batch.is_success());
    assert!(batch.failed_of(&["1"]).is_empty());
    let error = batch.all().unwrap_err();
    assert!(error.maybe_executed());
    assert_eq!(
        error.to_string(),
        "thing.write: the answer does not say what became of item 0 with code 407, HTTP status 200, request req-42, may have been executed"
    );
}

#[tokio::test]
async fn nothing_in_the_place_of_the_item_is_no_success() {
    for body in [
        r#"{"response":{"status":{"success":true,"code":200},"things":{"thing":""}}}"#,
        r#"{"response":{"status":{"success":true,"code":200},"things":""}}"#,
        r#"{"response":{"status":{"success":true,"code":200}}}"#,
    ] {
        let error = one(&WRITE, 200, body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert!(error.maybe_executed() && error.body().is_some(), "{body}");
    }
}

#[tokio::test]
async fn outcomes_in_another_order_are_put_into_that_of_the_items() {
    let refused = r#"{"phone":"2","item_status":{"success":false,"code":7}}"#;
    let accepted = r#"{"phone":"1","item_status":{"success":true}}"#;
    let body = things(&format!("{refused},{accepted}"));
    let batch = send(&WRITE, &["1", "2"], 200, &body).await.unwrap();
    assert!(batch.is_complete());
    assert_eq!(batch.refused(), [1]);
    assert_eq!(batch.failed_of(&["first", "second"]), ["second"]);
    assert!(batch.items()[0].result().is_ok());

    // Two outcomes for the second item, none for the first.
    let body = things(&format!("{refused},{refused}"));
    let batch = send(&WRITE, &["1", "2"], 200, &body).await.unwrap();
    assert!(!batch.is_complete() && batch.refused().is_empty());
    assert!(batch.failed_of(&["first", "second"]).is_empty());
    let accepted_twice = things(&format!("{accepted},{accepted}"));
    let batch = send(&WRITE, &["1", "2"], 200, &accepted_twice)
        .await
        .unwrap();
    let error = batch.all().unwrap_err();
    assert!(
        error.maybe_executed() && error.to_string().contains("which item is which"),
        "{error}"
    );
}

#[tokio::test]
async fn what_stands_beside_the_items_can_be_read() {
    let body =
        r#"{"response":{"status":{"success":true},"things":{"thing":[{"count":1}]},"note":"x"}}"#;
    let batch = send(&WRITE, &["1"], 200, body).await.unwrap();
    assert_eq!(batch.extra().get("note"), Some(&Value::from("x")));
    assert!(batch.extra().get("things").is_none());
}

#[tokio::test]
async fn who_stops_waiting_for_a_write_does_not_know_what_became_of_it() {
    for (http_status, open) in [(408, true), (499, true), (404, false), (413, false)] {
        let error = send(&WRITE, &["1"], http_status, "no").await.unwrap_err();
        assert_eq!(error.maybe_executed(), open, "{http_status}");
        assert_eq!(error.code(), None);
        assert!(!error.to_string().contains("code 0"), "{error}");
    }
}

#[tokio::test]
async fn an_answer_that_has_to_say_how_it_went_is_not_read_without_it() {
    for body in [
        "{}",
        r#"{"message":"Forbidden"}"#,
        r#"{"status":"FAILURE","errorCode":12}"#,
        r#"{"success":null,"count":1}"#,
    ] {
        let error = one(&SAYING, 200, body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert!(error.maybe_executed(), "{body}");
    }
    let error = one(&SAYING, 200, r#"{"success":false}"#).await.unwrap_err();
    assert!(!error.maybe_executed() && error.kind() == ErrorKind::Api);
    let done = one(&SAYING, 200, r#"{"success":true,"count":1}"#)
        .await
        .unwrap();
    assert_eq!(done.count, Some(1));
}

#[tokio::test]
async fn a_refusal_in_the_usual_place_counts_for_operations_without_one() {
    let limited = r#"{"response":{"status":{"success":false,"code":517}}}"#;
    let refused = r#"{"response":{"status":{"success":false,"code":500}}}"#;
    for operation in [&FLAT, &SAYING] {
        let error = one(operation, 200, limited).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RateLimited);
        let error = one(operation, 200, refused).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Api, Some(500)));
    }
}

#[tokio::test]
async fn an_answer_without_outcomes_to_a_call_that_was_done_in_part_leaves_all_open() {
    let partly = r#"{"success":false,"code":201}"#;
    let server = Server::start(answer(200, partly)).await;
    let mut call = server.client().call(&FLAT);
    assert_eq!(call.effect(), Effect::Write);
    call.body(list(&["1", "2"]));
    let error = call.reply::<Thing>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(error.maybe_executed());
}

#[tokio::test]
async fn what_contradicts_itself_is_open() {
    let refused = |code: u32, items: &str| {
        format!(
            r#"{{"response":{{"status":{{"success":false,"code":{code}}},"things":{{"thing":[{items}]}}}}}}"#
        )
    };
    // The call failed, and its only item did not.
    let body = refused(500, r#"{"item_status":{"success":true}}"#);
    let error = one(&WRITE, 500, &body).await.unwrap_err();
    assert!(error.kind() == ErrorKind::Api && error.maybe_executed());
    // Done in part, and no item says which.
    let body = refused(201, r#"{"count":1},{"count":2}"#);
    let error = send(&WRITE, &["1", "2"], 200, &body).await.unwrap_err();
    assert!(error.maybe_executed());
    // Items that cannot be read, of a call that failed.
    let body = refused(500, r#"{"item_status":"done"},{"count":"many"}"#);
    let error = send(&WRITE, &["1", "2"], 500, &body).await.unwrap_err();
    assert!(error.maybe_executed());
    // An item that does not say beside one that was accepted.
    let body = refused(500, r#"{"count":"many"},{"item_status":{"success":true}}"#);
    let batch = send(&WRITE, &["1", "2"], 500, &body).await.unwrap();
    assert!(batch.items()[0].result().unwrap_err().maybe_executed());
    assert!(batch.items()[1].result().is_ok() && batch.refused().is_empty());
    // A gateway gave up: silence is no refusal.
    let body = refused(
        503,
        r#"{"count":1},{"item_status":{"success":false,"code":7}}"#,
    );
    let batch = send(&WRITE, &["1", "2"], 503, &body).await.unwrap();
    assert_eq!(batch.refused(), [1]);
    // Two words, of which one cannot be read.
    let body = things(r#"{"item_status":{"success":"failed","status":"true"}}"#);
    assert!(!send(&WRITE, &["1"], 200, &body).await.unwrap().is_success());
    let body = things(r#"{"item_status":{"code":"ERR_811"}}"#);
    assert!(!send(&WRITE, &["1"], 200, &body).await.unwrap().is_success());
}

#[tokio::test]
async fn an_item_is_refused_whatever_else_it_says() {
    let body = things(r#"{"count":"many","item_status":{"success":false,"code":7}}"#);
    let error = one(&WRITE, 200, &body).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Item, Some(7)));
    assert!(!error.maybe_executed());
}

#[tokio::test]
async fn taking_all_or_one_does_not_hide_what_is_open() {
    let refused = r#"{"item_status":{"success":false,"code":7}}"#;
    let batch = send(&WRITE, &["1", "2"], 200, &things(refused))
        .await
        .unwrap();
    assert!(batch.all().unwrap_err().maybe_executed());
    let unclear = r#"{"item_status":{"success":false,"code":407}}"#;
    let body = things(&format!("{refused},{unclear}"));
    let batch = send(&WRITE, &["1", "2"], 200, &body).await.unwrap();
    assert!(batch.all().unwrap_err().maybe_executed());
    let two = things(r#"{"item_status":{"success":true}},{"item_status":{"success":true}}"#);
    let batch = send(&WRITE, &["1"], 200, &two).await.unwrap();
    assert!(batch.one().unwrap_err().maybe_executed());
}
