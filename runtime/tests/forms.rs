//! Calls whose body is a form, against the test server.

#![cfg(feature = "mock")]

use crate::support;

use slate_runtime::mock::{Documented, Server};
use slate_runtime::wire::{Decode as _, Map, Value};
use slate_runtime::{
    AuthScheme, Client, Effect, Encoding, Envelope, Format, HostFamily, Method, Need, Operation,
    Place, Reply, Rule, Service, Wrap,
};
use support::thing::{Thing, operation};

static SERVICE: Service = Service {
    hosts: &[HostFamily {
        name: "main",
        clusters: &[("test", "main.example.com")],
    }],
    auth: &[AuthScheme::Basic],
    oauth: None,
    attribution: None,
    language: None,
    request_id: None,
    user_agent: "test/1",
    status: &[],
    faults: None,
    identity: &[],
    unknown_outcome: &[],
    rate_limited: &[],
    format_query: "",
};

const fn sends(id: &'static str, path: &'static str, body: Wrap) -> Operation {
    Operation {
        path,
        formats: &[Format::Json],
        effect_when: &[],
        body,
        reply: Envelope::NONE,
        rules: &[Rule {
            place: Place::Body(&[]),
            names: &["count"],
            need: Need::Integer,
            when: None,
            unless: None,
        }],
        ..operation(id, Method::Post, Effect::Write)
    }
}

static FORM: Operation = sends("thing.form", "/v1/form", Wrap::NONE.as_form());
static PARTS: Operation = sends("thing.parts", "/v1/parts", Wrap::NONE.in_parts());
static OF_JSON: Operation = sends("thing.of_json", "/v1/json", Wrap::NONE.as_form_of_json());
static LIST: Operation = sends("thing.list", "/v1/list", Wrap::list_at(&[]).as_form());

const fn documented(operation: &'static Operation) -> Documented {
    Documented {
        operation,
        alternatives: &[],
        body: true,
        query: &[],
        values: &[],
        batch: false,
        item_status: "",
        json: Some(r#"{"count":3}"#),
        xml: None,
        request: &[],
        answer: Thing::blank,
        list: false,
    }
}

static OPERATIONS: &[Documented] = &[
    documented(&FORM),
    documented(&PARTS),
    documented(&OF_JSON),
    documented(&LIST),
];

fn thing(count: &str) -> Value {
    let mut inner = Map::new();
    inner.insert("colour", "red & blue");
    let mut whole = Map::new();
    whole.insert("count", count);
    whole.insert("paint", inner);
    whole.insert("tags", Value::List(vec!["a".into(), "b".into()]));
    whole.into()
}

#[tokio::test]
async fn forms_arrive_as_they_are_documented() {
    let server = Server::start(OPERATIONS, &SERVICE).unwrap();
    let form = "count=3&paint%5Bcolour%5D=red+%26+blue&tags%5B%5D=a&tags%5B%5D=b";
    let json = "count=3&paint=%7B%22colour%22%3A%22red+%26+blue%22%7D&tags=%5B%22a%22%2C%22b%22%5D";
    for (operation, media_type, body) in [
        (&FORM, "application/x-www-form-urlencoded", Some(form)),
        (&OF_JSON, "application/x-www-form-urlencoded", Some(json)),
        (&PARTS, "multipart/form-data; boundary=", None),
    ] {
        let mut call = server.client::<Client>().call(operation);
        call.body(thing("3"));
        let reply: Reply<Thing> = call.reply().await.unwrap();
        assert_eq!(reply.count, Some(3));
        let seen = server.seen().pop().unwrap();
        let sent = seen.header("content-type").unwrap();
        assert!(sent.starts_with(media_type), "{sent}");
        let text = String::from_utf8(seen.body.clone()).unwrap();
        match body {
            Some(body) => assert_eq!(text, body),
            None => assert!(text.contains("name=\"paint[colour]\"\r\n\r\nred & blue\r\n--")),
        }
    }
    assert_eq!(server.refusals(), Vec::<String>::new());
}

#[tokio::test]
async fn a_form_without_a_field_is_one() {
    let server = Server::start(OPERATIONS, &SERVICE).unwrap();
    for operation in [&FORM, &OF_JSON, &PARTS] {
        let mut call = server.client::<Client>().call(operation);
        call.body(Map::new());
        let reply = call.reply::<Thing>().await;
        assert!(reply.is_ok(), "{:?}", server.refusals());
    }
}

#[tokio::test]
async fn rules_hold_for_what_is_in_a_form() {
    let server = Server::start(OPERATIONS, &SERVICE).unwrap();
    for operation in [&FORM, &OF_JSON, &PARTS] {
        let mut call = server.client::<Client>().call(operation);
        call.body(thing("x"));
        assert!(call.prepare().is_err(), "{}", operation.id);
        call.with(slate_runtime::CallOptions::new().unchecked());
        let refused = call.reply::<Thing>().await;
        assert!(refused.is_err(), "{}", operation.id);
    }
    let refusals = server.refusals();
    assert_eq!(refusals.len(), 3, "{refusals:?}");
    assert!(
        refusals.iter().all(|why| why.contains("count")),
        "{refusals:?}"
    );
}

#[tokio::test]
async fn what_is_written_otherwise_is_refused() {
    static JSON: Operation = sends("thing.form", "/v1/form", Wrap::NONE);
    static FORM_FOR_PARTS: Operation = sends("thing.parts", "/v1/parts", Wrap::NONE.as_form());
    let server = Server::start(OPERATIONS, &SERVICE).unwrap();
    for (operation, why) in [
        (&JSON, "the body must be a form"),
        (&FORM_FOR_PARTS, "the body must be a form in parts"),
    ] {
        let mut call = server.client::<Client>().call(operation);
        call.body(thing("3"));
        assert!(call.reply::<Thing>().await.is_err());
        let refusals = server.refusals();
        assert!(
            refusals.last().is_some_and(|last| last.contains(why)),
            "{refusals:?}"
        );
    }
}

#[test]
fn a_list_is_no_form() {
    let server = Server::start(OPERATIONS, &SERVICE).unwrap();
    assert_eq!(LIST.body.encoding, Encoding::Form);
    let mut call = server.client::<Client>().call(&LIST);
    call.body(vec![thing("3")]);
    let error = call.prepare().unwrap_err();
    assert!(error.to_string().contains("form"), "{error}");
}
