//! An answer that does not fit its types is still an answer: what was done stays done, and what came can be read.

use crate::support;

use std::sync::{Arc, Mutex};

use slate_runtime::wire::{Extra, ItemStatus, Number, Value};
use slate_runtime::{
    Batch, CallOptions, Client, ClientBuilder, Drift, DriftKind, Envelope, Error, ErrorKind, Item,
    Misfit, Operation, Reply,
};
use support::thing::{FLAT, READ, WRITE};
use support::{Server, answer};

/// What came of a redemption of some points.
#[derive(Default)]
struct Done {
    id: Option<i64>,
    phone: Option<String>,
    balance: Option<i64>,
    value: Option<Number>,
    effects: Vec<Effect>,
    item_status: Option<ItemStatus>,
    extra: Extra,
}
slate_runtime::model!(Done {
    id, phone, balance shown, value shown, effects / "effect" shown, item_status shown
});

#[derive(Default)]
struct Effect {
    kind: Option<String>,
    extra: Extra,
}
slate_runtime::model!(Effect { kind });

impl Item for Done {
    fn item_status(&self) -> Option<&ItemStatus> {
        self.item_status.as_ref()
    }
}

const ACCEPTED: &str = r#""item_status":{"success":true,"code":700}"#;

/// A reply in which the call succeeded, with this beside its status.
fn reply(beside: &str) -> String {
    format!(r#"{{"response":{{"status":{{"success":"true","code":200}},{beside}}}}}"#)
}

/// A reply about these things, where they are documented.
fn things(items: &str) -> String {
    reply(&format!(r#""things":{{"thing":[{items}]}}"#))
}

fn sent(count: usize) -> Vec<Value> {
    let thing = |_| Value::Object([("note", "n")].into_iter().collect());
    (0..count).map(thing).collect()
}

async fn item(
    operation: &'static Operation,
    body: &str,
    set: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Result<Reply<Done>, Error> {
    let server = Server::start(answer(200, body)).await;
    let client: Client = set(server.builder()).build().unwrap();
    let mut call = client.call(operation);
    call.body(sent(1));
    call.reply_item::<Done, u32>().await
}

async fn one(body: &str) -> Result<Reply<Done>, Error> {
    item(&WRITE, body, |builder| builder).await
}

async fn batch(body: &str, count: usize) -> Result<Batch<Done, u32>, Error> {
    let server = Server::start(answer(200, body)).await;
    let mut call = server.client().call(&WRITE);
    call.body(sent(count));
    call.batch().await
}

#[tokio::test]
async fn a_member_that_does_not_fit_is_no_error_of_what_was_done() {
    let cases = [
        (r#""balance":"70.5""#, "balance", "an integer", "string"),
        (r#""balance":70.5"#, "balance", "an integer", "number"),
        (r#""id":99999999999999999999"#, "id", "an integer", "number"),
        (r#""value":"canary""#, "value", "a number", "string"),
        (r#""phone":{"no":"canary"}"#, "phone", "a text", "object"),
        (r#""phone":["canary","555"]"#, "phone", "a text", "list"),
        (r#""effects":"canary""#, "effects", "a list", "string"),
        (r#""effects":7"#, "effects", "a list", "number"),
        (
            r#""effects":{"effect":true}"#,
            "effects.effect",
            "a list",
            "boolean",
        ),
    ];
    for (member, name, wanted, found) in cases {
        let body = things(&format!(r#"{{{member},"new":1,{ACCEPTED}}}"#));
        let done = one(&body).await.unwrap();
        let [misfit] = done.misfits() else {
            panic!("{member}: {:?}", done.misfits())
        };
        let path = misfit.path();
        assert!(path.starts_with("response.things.thing."), "{path}");
        assert!(path.ends_with(&format!(".{name}")), "{path}");
        let name = name.split('.').next().unwrap();
        assert_eq!(
            (misfit.wanted(), misfit.found()),
            (wanted, found),
            "{member}"
        );
        // What came is beside the field.
        assert!(done.extra.get(name).is_some(), "{member}");
        assert_eq!(done.extra.get("new"), Some(&Value::from(1)));
        assert!(!format!("{misfit} {misfit:?} {done:?}").contains("canary"));

        let strict = item(&WRITE, &body, ClientBuilder::strict)
            .await
            .unwrap_err();
        assert_eq!(strict.kind(), ErrorKind::Decode, "{member}");
        assert!(strict.was_executed(), "{member}");
        assert_eq!(strict.body(), Some(body.as_bytes()));
    }
}

#[tokio::test]
async fn the_same_in_xml() {
    let body = "<response><status><success>true</success><code>200</code></status><things><thing>\
                <balance>70.5</balance><effects><effect>none</effect><effect><kind>a</kind></effect></effects>\
                <item_status><success>true</success></item_status></thing></things></response>";
    let done = one(body).await.unwrap();
    let misfits: Vec<_> = done.misfits().iter().map(ToString::to_string).collect();
    assert_eq!(
        misfits,
        [
            "response.things.thing.balance: wanted an integer, found string",
            "response.things.thing.effects.effect[0]: wanted Effect, found string"
        ]
    );
    assert_eq!(done.misfits()[1].value(), &Value::from("none"));
    assert_eq!(done.effects.len(), 1);
    assert_eq!(done.extra.get("balance"), Some(&Value::from("70.5")));
}

#[tokio::test]
async fn what_is_no_list_has_no_first_item() {
    let xml = |inside: &str| {
        format!(
            "<response><status><success>true</success><code>200</code></status><things>{inside}</things></response>"
        )
    };
    let effect = "response.things.thing.effects.effect";
    for (body, place, kind) in [
        (
            xml("<thing><effects><effect>none</effect></effects></thing>"),
            effect,
            "string",
        ),
        (
            xml("<thing><effects>none</effects></thing>"),
            "response.things.thing.effects",
            "string",
        ),
        // The items themselves.
        (
            xml("<thing>done</thing>"),
            "response.things.thing",
            "string",
        ),
        (
            reply(r#""things":{"thing":7}"#),
            "response.things.thing",
            "number",
        ),
    ] {
        let batch = batch(&body, 1).await.unwrap();
        let [misfit] = batch.misfits() else {
            panic!("{body}: {:?}", batch.misfits())
        };
        let place = place.replace("thing.", "thing[0].");
        let told = format!("{place}: wanted a list, found {kind}");
        assert_eq!(misfit.to_string(), told, "{body}");
        assert_eq!(
            batch.items()[0].misfits(),
            std::slice::from_ref(misfit),
            "{body}"
        );
    }
    // An object is the one item, as is a list of one.
    let body = things(&format!(r#"{{"effects":{{"kind":"a"}},{ACCEPTED}}}"#));
    let done = one(&body).await.unwrap();
    assert_eq!((done.effects.len(), done.misfits().len()), (1, 0));
}

#[tokio::test]
async fn a_strict_client_names_what_does_not_fit_in_the_line_of_the_error() {
    let body = things(r#"{"balance":"many"}"#);
    let error = item(&WRITE, &body, ClientBuilder::strict)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "thing.write: the answer does not fit its type: response.things.thing.balance: wanted an integer, \
         found string (thing.md:7), HTTP status 200, request req-42, was executed"
    );
    // What the status says beside how it went is read leniently all the same.
    let odd = r#"{"response":{"status":{"success":true,"code":200,"total":"many"},"things":{"thing":[{"balance":1}]}}}"#;
    assert!(item(&WRITE, odd, ClientBuilder::strict).await.is_ok());
    // And a strict call of a client that is not.
    let server = Server::start(answer(200, &body)).await;
    let mut call = server.client().call(&READ);
    call.with(CallOptions::new().strict());
    let error = call.batch::<Done, u32>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(!error.maybe_executed());
}

#[tokio::test]
async fn the_items_of_a_batch_know_their_own_misfits() {
    let body = things(&format!(
        r#"{{"balance":1,{ACCEPTED}}},{{"balance":"x",{ACCEPTED}}},"lost",{{"item_status":{{"success":false,"code":7}}}}"#
    ));
    let batch = batch(&body, 4).await.unwrap();
    assert!(batch.is_complete());
    let count: Vec<_> = batch.iter().map(|item| item.misfits().len()).collect();
    assert_eq!(count, [0, 1, 1, 0]);
    let paths: Vec<_> = batch.misfits().iter().map(Misfit::path).collect();
    assert_eq!(
        paths,
        [
            "response.things.thing[1].balance",
            "response.things.thing[2]"
        ]
    );
    // An item that says nothing goes the way of the call.
    assert!(batch.items()[2].result().is_ok());
    assert_eq!(batch.items()[2].misfits()[0].value(), &Value::from("lost"));
    assert_eq!(batch.refused(), [3]);
}

#[tokio::test]
async fn a_status_of_an_item_that_is_none_leaves_it_open() {
    let body = things(r#"{"balance":1,"item_status":"failed"}"#);
    let batch = batch(&body, 1).await.unwrap();
    let error = batch.items()[0].result().unwrap_err();
    assert!(error.maybe_executed() && batch.refused().is_empty());
    assert!(one(&body).await.unwrap_err().maybe_executed());
}

#[tokio::test]
async fn an_answer_that_stands_elsewhere_is_found() {
    let done = format!(r#"{{"balance":5,"phone":"1",{ACCEPTED}}}"#);
    for (body, path) in [
        // Below the last documented keys.
        (
            format!(r#""result":{{"things":{{"thing":{done}}}}}"#),
            "response.result.things.thing",
        ),
        (
            format!(r#""result":{{"thing":[{done}]}},"list":[1]"#),
            "response.result.thing",
        ),
        // The only object with the documented members.
        (
            format!(r#""outcome":{{"data":{done}}},"other":{{"balance":1}}"#),
            "response.outcome.data",
        ),
        // The only list.
        (
            r#""rows":[{"balance":5,"44700900000":1}],"errors":[{"code":7,"balance":1}]"#
                .to_owned(),
            "response.rows",
        ),
    ] {
        let body = reply(&body);
        let drift = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&drift);
        let server = Server::start(answer(200, &body)).await;
        let client: Client = server
            .builder()
            .on_drift(move |drift| seen.lock().unwrap().push(drift.clone()))
            .build()
            .unwrap();
        let mut call = client.call(&WRITE);
        call.body(sent(1));
        let batch = call.batch::<Done, u32>().await.unwrap();
        assert_eq!(batch.len(), 1, "{body}");
        assert!(batch.is_success() && batch.misfits().is_empty(), "{body}");
        assert_eq!(batch.items()[0].value().balance, Some(5), "{body}");
        let told = std::mem::take(&mut *drift.lock().unwrap());
        let mut moved = told.iter().filter(|d| d.kind() == DriftKind::MovedPayload);
        assert_eq!(moved.next().map(Drift::path), Some(path), "{body}");

        // A strict client looks where it is documented only.
        let strict: Client = server.builder().strict().build().unwrap();
        let mut call = strict.call(&WRITE);
        call.body(sent(1));
        let error = call.batch::<Done, u32>().await.unwrap_err();
        assert!(error.maybe_executed(), "{body}");
    }
}

#[tokio::test]
async fn two_that_could_be_the_answer_are_none() {
    let done = format!(r#"{{"balance":5,"phone":"1",{ACCEPTED}}}"#);
    let body = reply(&format!(r#""one":{done},"two":{done}"#));
    let reply = one(&body).await.unwrap();
    assert_eq!((reply.balance, reply.misfits().len()), (None, 1));
}

#[tokio::test]
async fn accepted_is_accepted_whatever_came_in_place_of_the_answer() {
    for body in [
        reply(r#""message":"see the list of redemptions""#),
        reply(r#""things":{"thing":"done"}"#),
        reply(r#""things":{"thing":[[1,2],[3]]}"#),
    ] {
        let done = one(&body).await.unwrap();
        assert_eq!(*done, Done::default(), "{body}");
        let [misfit] = done.misfits() else {
            panic!("{body}: {:?}", done.misfits())
        };
        assert_eq!(misfit.wanted(), "Done", "{body}");
        assert!(misfit.value() != &Value::Null, "{body}");
    }
    // One item was sent, so its outcome is that of the call.
    let body = reply(r#""message":"done""#);
    let batch = batch(&body, 1).await.unwrap();
    assert!(batch.is_success());
    assert_eq!(batch.items()[0].misfits().len(), 1);
}

#[tokio::test]
async fn of_several_items_none_is_taken_for_accepted_without_a_word() {
    let batch = batch(&reply(r#""message":"done""#), 2).await.unwrap();
    assert!(batch.is_empty() && !batch.is_complete() && !batch.is_success());
    assert_eq!(batch.misfits().len(), 1);
    assert!(batch.refused().is_empty());
    assert!(batch.all().unwrap_err().maybe_executed());
}

#[tokio::test]
async fn without_a_status_or_an_answer_it_is_an_error() {
    for body in [
        "{}",
        r#"{"message":"Forbidden"}"#,
        r#"{"response":{"status":{}}}"#,
        r#"{"response":{"status":{"success":true,"code":200}}}"#,
        r#"{"response":{"status":{"success":true,"code":200},"things":{"thing":[]}}}"#,
        // A part was accepted, and nothing says which.
        r#"{"response":{"status":{"success":true,"code":201},"note":"x"}}"#,
        r#"{"response":{"status":{"success":true},"note":{"success":false}}}"#,
    ] {
        let error = one(body).await.unwrap_err();
        assert!(error.maybe_executed(), "{body}: {error}");
        let error = batch(body, 2).await.unwrap_err();
        assert!(error.maybe_executed(), "{body}: {error}");
    }
    // Nothing says how it went, and it is no answer.
    let error = item(&FLAT, "[1,2]", |builder| builder).await.unwrap_err();
    assert!(error.kind() == ErrorKind::Decode && error.maybe_executed());
}

#[tokio::test]
async fn forms_that_real_answers_have() {
    for (status, success) in [
        (
            r#"{"success":"true","code":"200","message":"ok","total":"1","success_count":1}"#,
            true,
        ),
        (
            r#"{"success":true,"code":200,"total":1,"success_count":"1","tickerCode":"x"}"#,
            true,
        ),
        (r#"{"code":200}"#, true),
        (r#"{"success":"false","code":"500"}"#, false),
    ] {
        let item = r#"{"balance":1,"item_status":{"success":"true","code":"700","message":"m","status":"true"}}"#;
        let body = format!(r#"{{"response":{{"status":{status},"things":{{"thing":[{item}]}}}}}}"#);
        let done = one(&body).await;
        assert_eq!(done.is_ok(), success, "{status}");
        if let Ok(done) = done {
            assert!(done.misfits().is_empty(), "{:?}", done.misfits());
        }
    }
}

#[tokio::test]
async fn what_came_is_kept_on_request() {
    let body = things(&format!(r#"{{"balance":1,{ACCEPTED}}}"#));
    let done = item(&WRITE, &body, ClientBuilder::keep_body).await.unwrap();
    let raw = done.raw().unwrap();
    assert_eq!((raw.status(), raw.body()), (200, body.as_bytes()));
    assert_eq!(raw.header("x-request-id"), Some("req-42"));
    assert!(
        raw.headers()
            .any(|(name, _)| name.eq_ignore_ascii_case("content-length"))
    );
    assert!(one(&body).await.unwrap().raw().is_none());

    let refused = r#"{"response":{"status":{"success":false,"code":500,"message":"canary"}}}"#;
    let error = item(&WRITE, refused, ClientBuilder::keep_body)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.raw().unwrap().body(), refused.as_bytes());
    assert!(!format!("{error} {error:?}").contains("canary"));
    assert!(one(refused).await.unwrap_err().raw().is_none());

    let server = Server::start(answer(200, &body)).await;
    let mut call = server.client().call(&WRITE);
    call.body(sent(1));
    call.with(CallOptions::new().keep_body());
    let batch = call.batch::<Done, u32>().await.unwrap();
    assert_eq!(batch.raw().unwrap().body(), body.as_bytes());
    // Two were sent, and one is named.
    let mut call = server.client().call(&WRITE);
    call.body(sent(2));
    call.with(CallOptions::new().keep_body());
    let batch = call.batch::<Done, u32>().await.unwrap();
    let error = batch.all().unwrap_err();
    assert_eq!(error.raw().unwrap().body(), body.as_bytes());
    assert_eq!(error.http_status(), Some(200));
}

/// What a write ends with that was sent one item, and two: none of it may look accepted.
async fn is_open(body: &str) {
    let error = one(body).await.unwrap_err();
    assert!(error.maybe_executed(), "{body}: {error}");
    for count in [1, 2] {
        let Ok(batch) = batch(body, count).await else {
            continue;
        };
        assert!(!batch.is_success() && batch.refused().is_empty(), "{body}");
        assert!(batch.all().unwrap_err().maybe_executed(), "{body}");
    }
}

#[tokio::test]
async fn a_refusal_at_another_place_is_heard() {
    for beside in [
        r#""errors":[{"success":"false","code":605}]"#,
        r#""things":{"thing":[{"balance":5}],"item_status":{"success":"false","code":7}}"#,
        r#""things":{"thing":[{"balance":5}]},"item_status":{"code":801}"#,
        r#""things":{"thing":[{"inner":{"balance":5,"item_status":{"success":"false"}}}]}"#,
        r#""things":{"thing":[{"balance":5,"Item_Status":{"success":"false"}}]}"#,
        r#""things":{"thing":[{"balance":5,"status":{"success":false}}]}"#,
        r#""things":{"thing":[{"balance":5}]},"response":{"status":{"success":"false"}}"#,
    ] {
        is_open(&reply(beside)).await;
    }
    // An outcome of its own counts for its item all the same.
    let body = things(&format!(
        r#"{{"balance":1,"more":{{"success":false}},{ACCEPTED}}}"#
    ));
    assert!(one(&body).await.is_ok());
    // And what is documented to be an effect of the item is not the item.
    let body = things(r#"{"balance":1,"effects":{"effect":[{"kind":"a","success":"no"}]}}"#);
    assert!(one(&body).await.is_ok());
    assert!(batch(&body, 1).await.unwrap().is_success());
}

#[tokio::test]
async fn an_item_is_not_accepted_where_nobody_says_so() {
    let thing = r#""things":{"thing":[{"balance":5}]}"#;
    for status in [
        "",
        r#""status":{},"#,
        r#""status":"success","#,
        r#""status":{"success":"perhaps","code":"E5"},"#,
    ] {
        is_open(&format!(r#"{{"response":{{{status}{thing}}}}}"#)).await;
    }
    // The item says it itself.
    let body = format!(r#"{{"response":{{"things":{{"thing":[{{"balance":5,{ACCEPTED}}}]}}}}}}"#);
    assert!(one(&body).await.is_ok());
    assert!(batch(&body, 1).await.unwrap().is_success());
}

#[tokio::test]
async fn errors_and_remarks_are_no_answers() {
    for beside in [
        r#""error":{"code":801,"message":"m","phone":"1","balance":2}"#,
        r#""failed":[{"phone":"B0","message":"duplicate"}]"#,
    ] {
        let done = one(&reply(beside)).await.unwrap();
        assert_eq!((done.balance, done.misfits().len()), (None, 1), "{beside}");
    }
}

#[tokio::test]
async fn an_acceptance_in_a_call_that_failed_leaves_it_open() {
    for beside in [
        format!(r#""result":{{"thing":{{"balance":1,{ACCEPTED}}}}}"#),
        format!(r#""things":{{"thing":[{{"balance":1}}],{ACCEPTED}}}"#),
    ] {
        let body = reply(&beside).replace("\"true\",\"code\":200", "\"false\",\"code\":500");
        assert!(body.contains("500"), "{body}");
        assert!(one(&body).await.unwrap_err().maybe_executed(), "{body}");
        assert!(
            batch(&body, 2).await.unwrap_err().maybe_executed(),
            "{body}"
        );
    }
}

#[tokio::test]
async fn an_empty_place_is_not_the_only_one() {
    let done = format!(r#"{{"balance":5,"phone":"1",{ACCEPTED}}}"#);
    for beside in [
        format!(r#""things":null,"thing":{done}"#),
        format!(r#""things":{{"thing":[]}},"result":{{"thing":[{done}]}}"#),
    ] {
        let reply = one(&reply(&beside)).await.unwrap();
        assert_eq!(reply.balance, Some(5), "{beside}");
    }
}

#[tokio::test]
async fn an_empty_place_beside_other_words_is_as_one_that_is_missing() {
    for place in [
        r#""things":null"#,
        r#""things":{"thing":[]}"#,
        r#""things":{"thing":{}}"#,
    ] {
        let body = reply(&format!(r#"{place},"text":"done""#));
        let done = one(&body).await.unwrap();
        assert_eq!(done.misfits().len(), 1, "{place}");
        assert_eq!(done.balance, None);
        let of_batch = batch(&body, 1).await.unwrap();
        assert!(of_batch.is_success() && of_batch.is_complete(), "{place}");
        // Of several nobody knows which.
        let of_two = batch(&body, 2).await.unwrap();
        assert!(of_two.all().unwrap_err().maybe_executed(), "{place}");
        // Nothing beside the status is no answer.
        assert!(one(&reply(place)).await.unwrap_err().maybe_executed());
    }
}

/// The answer to a call that gives a list.
async fn list(operation: &'static Operation, body: &str) -> Result<Reply<Vec<Done>>, Error> {
    let server = Server::start(answer(200, body)).await;
    let mut call = server.client().call(operation);
    call.body(sent(1));
    call.reply::<Vec<Done>>().await
}

#[tokio::test]
async fn a_list_that_is_not_where_it_was_is_found_or_missed() {
    for operation in [&READ, &WRITE] {
        // The only list.
        let rows = r#""rows":[{"balance":1},{"balance":2}]"#;
        let found = list(operation, &reply(rows)).await.unwrap();
        let balances: Vec<_> = found.iter().map(|done| done.balance).collect();
        assert_eq!(balances, [Some(1), Some(2)]);
        assert!(found.misfits().is_empty());
        // Something else: accepted, and not to be read.
        let lost = list(operation, &reply(r#""text":"done""#)).await.unwrap();
        assert!(lost.is_empty());
        assert_eq!(lost.misfits().len(), 1);
        assert_eq!(lost.misfits()[0].path(), "response.things.thing");
        // None.
        let none = list(operation, &reply(r#""things":{"thing":[]}"#))
            .await
            .unwrap();
        assert!(none.is_empty() && none.misfits().is_empty());
    }
}

#[tokio::test]
async fn what_is_documented_beside_a_list_does_not_stand_for_it() {
    static COUNTED: Operation = Operation {
        reply: Envelope::of(&["response", "status"], &["response", "things", "thing"])
            .beside(&["total"]),
        ..READ
    };
    let none = list(&COUNTED, &reply(r#""total":0"#)).await.unwrap();
    assert!(none.is_empty() && none.misfits().is_empty());
    let lost = list(&READ, &reply(r#""total":0"#)).await.unwrap();
    assert_eq!(lost.misfits().len(), 1);
}

#[tokio::test]
async fn what_stands_in_the_wrappers_is_kept() {
    let body = reply(&format!(
        r#""page":3,"things":{{"count":1,"thing":[{{{ACCEPTED}}}]}}"#
    ));
    let done = batch(&body, 1).await.unwrap();
    assert_eq!(done.extra().get("page"), Some(&Value::from(3)));
    let things = done.extra().get("things").unwrap();
    assert_eq!(things.get("count"), Some(&Value::from(1)));
    assert!(things.get("thing").is_none());
}

#[tokio::test]
async fn http_and_the_api_may_say_different_things() {
    for status in [302, 400, 404] {
        let body = things(r#"{"balance":1}"#);
        let server = Server::start(answer(status, &body)).await;
        let mut call = server.client().call(&WRITE);
        call.body(sent(1));
        let error = call.reply_item::<Done, u32>().await.unwrap_err();
        assert!(error.maybe_executed(), "{status}: {error}");
        let mut call = server.client().call(&WRITE);
        call.body(sent(1));
        let error = call.reply::<Done>().await.unwrap_err();
        assert!(error.maybe_executed(), "{status}: {error}");
        // Where both say "no", it is none.
        let refused = r#"{"response":{"status":{"success":"false","code":400}}}"#;
        let server = Server::start(answer(status, refused)).await;
        let mut call = server.client().call(&WRITE);
        call.body(sent(1));
        let error = call.reply::<Done>().await.unwrap_err();
        assert!(!error.maybe_executed(), "{status}: {error}");
    }
}

#[tokio::test]
async fn a_strict_call_was_executed_only_if_its_items_were() {
    for (outcome, executed) in [
        (r#"{"success":true}"#, true),
        (r#"{"code":605}"#, false),
        (r#"{"status":"false"}"#, false),
        (r#""failed""#, false),
    ] {
        let body = things(&format!(r#"{{"balance":"x","item_status":{outcome}}}"#));
        let server = Server::start(answer(200, &body)).await;
        let client: Client = server.builder().strict().build().unwrap();
        let mut call = client.call(&WRITE);
        call.body(sent(1));
        let error = call.batch::<Done, u32>().await.unwrap_err();
        assert_eq!(error.was_executed(), executed, "{outcome}");
        assert!(error.maybe_executed(), "{outcome}");
    }
}

#[tokio::test]
async fn what_a_remark_says_does_not_make_an_error_of_an_answer_that_cannot_be_read() {
    let remark = r#""remarks":{"remark":{"about":"printer","success":"no"}}"#;
    // The whole answer is something else than documented, and the call was accepted.
    for whole in [
        r#""things":{"thing":"done"}"#,
        r#""things":{"thing":[["x"]]}"#,
    ] {
        let body = reply(&format!("{whole},{remark}"));
        let reply = one(&body).await.unwrap();
        assert_eq!(reply.misfits().len(), 1, "{body}");
    }
    // What stands where an item says how it went is no remark.
    let outcome = r#""remarks":{"item_status":{"success":"false","code":605}}"#;
    let body = reply(&format!(r#""things":{{"thing":"done"}},{outcome}"#));
    let error = one(&body).await.unwrap_err();
    assert!(error.maybe_executed() && !error.was_executed());
}

#[tokio::test]
async fn a_strict_call_that_was_accepted_was_executed_whatever_a_remark_says() {
    let remark = r#""remarks":{"remark":{"success":"no"}}"#;
    let body = reply(&format!(
        r#""things":{{"thing":[{{"balance":"x",{ACCEPTED}}}]}},{remark}"#
    ));
    let error = item(&WRITE, &body, ClientBuilder::strict)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.was_executed(), "{error}");
}
