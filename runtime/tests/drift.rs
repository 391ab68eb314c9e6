//! What is told of answers that are not as documented: places and kinds, never a value.

use crate::support;

use std::sync::{Arc, Mutex};

use slate_runtime::wire::{Date, Extra, ItemStatus, Value};
use slate_runtime::{
    Client, ClientBuilder, Drift, DriftKind, Envelope, Item, Operation, Reply, ResponseCode,
};
use support::thing::{READ, WRITE};
use support::{Server, answer};

#[derive(Default)]
struct Thing {
    count: Option<i64>,
    size: Option<Size>,
    day: Option<Date>,
    parts: Vec<Part>,
    item_status: Option<ItemStatus>,
    extra: Extra,
}
slate_runtime::model!(Thing { count shown, size, day, parts / "part" shown, item_status shown });

#[derive(Default)]
struct Part {
    weight: Option<i64>,
    extra: Extra,
}
slate_runtime::model!(Part { weight });

#[derive(Clone, PartialEq, Eq, Hash)]
enum Size {
    Small,
    Other(String),
}
slate_runtime::open_enum!(Size { Small = "small" });

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Code {
    Done,
    Unknown(u32),
}
slate_runtime::response_codes!(Code { Done = 700 success });

impl Item for Thing {
    fn item_status(&self) -> Option<&ItemStatus> {
        self.item_status.as_ref()
    }
}

type Heard = Arc<Mutex<Vec<Drift>>>;

fn listening(builder: ClientBuilder) -> (Client, Heard) {
    let heard = Heard::default();
    let seen = Arc::clone(&heard);
    let client = builder.on_drift(move |drift| seen.lock().unwrap().push(drift.clone()));
    (client.build().unwrap(), heard)
}

fn reply(items: &str) -> String {
    format!(
        r#"{{"response":{{"status":{{"success":true,"code":200}},"things":{{"thing":[{items}]}}}}}}"#
    )
}

fn lines(heard: &Heard) -> Vec<String> {
    heard
        .lock()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[tokio::test]
async fn each_difference_is_told_once_with_its_count() {
    let item = r#"{"count":"canary","size":"canary","day":"canary","new":{"deep":"canary"},
        "canary@example.com":1,"44700900001":2,
        "parts":{"part":[{"weight":1,"more":"canary"},{"weight":"canary","more":2}],"beside":"canary"},
        "item_status":{"success":true,"code":12345,"note":"canary"}}"#;
    let server = Server::start(answer(200, &reply(&format!("{item},{item}")))).await;
    let (client, heard) = listening(server.builder());
    let batch = client.call(&READ).batch::<Thing, Code>().await.unwrap();
    assert_eq!(batch.misfits().len(), 4);
    let at = |text: &str| format!("thing.read: {text}");
    assert_eq!(
        lines(&heard),
        [
            at("misfit at response.things.thing[].count, wanted an integer, found string, 2 times"),
            at("unknown value at response.things.thing[].size, wanted Size, 2 times"),
            at("unknown value at response.things.thing[].day, wanted a date, 2 times"),
            at("unknown member at response.things.thing[].new, found object, 2 times"),
            at("unknown member at response.things.thing[].*, found number, 4 times"),
            at(
                "unknown member at response.things.thing[].parts.part[].more, found string, 2 times"
            ),
            at(
                "misfit at response.things.thing[].parts.part[].weight, wanted an integer, found string, 2 times"
            ),
            at(
                "unknown member at response.things.thing[].parts.part[].more, found number, 2 times"
            ),
            at("unknown member at response.things.thing[].parts.beside, found string, 2 times"),
            at("unknown member at response.things.thing[].item_status.note, found string, 2 times"),
            at("unknown code at response.things.thing[], code 12345, 2 times"),
        ]
    );
    let all = heard.lock().unwrap();
    let told = format!(
        "{all:?} {:?}",
        all.iter().map(Drift::to_json).collect::<Vec<_>>()
    );
    assert!(
        !told.contains("canary") && !told.contains("447009"),
        "{told}"
    );
    assert_eq!(
        all[0].to_json(),
        r#"{"drift":"misfit","operation":"thing.read","path":"response.things.thing[].count","wanted":"an integer","found":"string","count":2}"#
    );
}

#[tokio::test]
async fn answers_as_documented_are_not_told() {
    let item = r#"{"count":1,"size":"small","day":"2024-01-31","parts":{"part":[]},"item_status":{"success":true,"code":700}}"#;
    let server = Server::start(answer(200, &reply(item))).await;
    let (client, heard) = listening(server.builder());
    client.call(&READ).batch::<Thing, Code>().await.unwrap();
    assert!(lines(&heard).is_empty(), "{:?}", lines(&heard));
    // What is not there is told only if that is asked for.
    let (client, heard) = listening(server.builder().drift_absent());
    client.call(&READ).batch::<Thing, Code>().await.unwrap();
    let heard = heard.lock().unwrap();
    let paths: Vec<_> = heard
        .iter()
        .map(|d| (d.kind(), d.path().to_owned()))
        .collect();
    let absent = |path: &str| (DriftKind::AbsentMember, path.to_owned());
    for path in [
        "response.status.message",
        "response.things.thing[].item_status.warnings",
    ] {
        assert!(paths.contains(&absent(path)), "{paths:?}");
    }
    assert!(
        paths.iter().all(|(_, path)| !path.ends_with("[].count")),
        "{paths:?}"
    );
}

#[tokio::test]
async fn what_stands_in_the_wrappers_is_told() {
    static COUNTED: Operation = Operation {
        reply: Envelope::of(&["response", "status"], &["response", "things", "thing"])
            .beside(&["total", "new"]),
        ..READ
    };
    static PAGED: Operation = Operation {
        reply: COUNTED.reply.inside(&[&["page", "outer"]]),
        ..READ
    };
    let item = r#"{"item_status":{"success":true,"code":700}}"#;
    let body = format!(
        r#"{{"outer":1,"response":{{"status":{{"success":true,"code":200}},"new":[],"total":2,
           "things":{{"page":{{}},"thing":[{item}]}}}}}}"#
    );
    let server = Server::start(answer(200, &body)).await;
    let (client, heard) = listening(server.builder());
    client.call(&READ).batch::<Thing, Code>().await.unwrap();
    let at = |text: &str| format!("thing.read: unknown member at {text}");
    assert_eq!(
        lines(&heard),
        [
            at("outer, found number"),
            at("response.new, found list"),
            at("response.total, found number"),
            at("response.things.page, found object"),
        ]
    );
    let (client, heard) = listening(server.builder());
    client.call(&COUNTED).batch::<Thing, Code>().await.unwrap();
    assert_eq!(lines(&heard).len(), 2, "{:?}", lines(&heard));
    // What is documented inside of a wrapper is known there, and nowhere else.
    let (client, heard) = listening(server.builder());
    client.call(&PAGED).batch::<Thing, Code>().await.unwrap();
    assert_eq!(lines(&heard), [at("outer, found number")]);
}

#[tokio::test]
async fn refusals_and_lost_answers_are_told_too() {
    let body = r#"{"response":{"status":{"success":false,"code":9876}}}"#;
    let server = Server::start(answer(500, body)).await;
    let (client, heard) = listening(server.builder());
    client.call(&READ).batch::<Thing, Code>().await.unwrap_err();
    assert_eq!(
        lines(&heard),
        ["thing.read: unknown code at response.status, code 9876"]
    );

    let body = r#"{"response":{"status":{"success":true},"text":"canary"}}"#;
    let server = Server::start(answer(200, body)).await;
    let (client, heard) = listening(server.builder());
    let mut call = client.call(&WRITE);
    call.body(vec![Value::from("x")]);
    call.reply_item::<Thing, Code>().await.unwrap();
    assert_eq!(
        lines(&heard),
        [
            "thing.write: unknown member at response.text, found string",
            "thing.write: missing payload at response.things.thing, found nothing",
            "thing.write: misfit at response.things.thing, wanted Thing, found nothing",
        ]
    );
}

#[tokio::test]
async fn a_listener_that_panics_does_not_undo_what_was_done() {
    let body = reply(r#"{"new":1,"item_status":{"success":true}}"#);
    let server = Server::start(answer(200, &body)).await;
    let listen = |_: &Drift| panic!("the listener of a test");
    let client: Client = server.builder().on_drift(listen).build().unwrap();
    let mut call = client.call(&WRITE);
    call.body(vec![Value::from("x")]);
    let reply: Reply<Thing> = call.reply_item::<Thing, Code>().await.unwrap();
    assert_eq!(reply.extra.get("new"), Some(&Value::from(1)));
    assert_eq!(Code::Done.name(), Some("Done"));
}
