//! Answers of the test server that do not fit their types: what was changed is just what a client finds.

#![cfg(feature = "mock")]

use crate::support;

use std::collections::BTreeSet;

use slate_runtime::mock::{Documented, Server};
use slate_runtime::wire::{Date, Decode as _, Extra, ItemStatus, Map, Number, Value};
use slate_runtime::{
    Batch, CallOptions, Client, Effect, Error, Format, HostFamily, Item, Method, Operation, Service,
};
use support::thing::operation;

/// A thing with a member of each kind.
#[derive(Default)]
struct Thing {
    count: Option<i64>,
    price: Option<Number>,
    good: Option<bool>,
    name: Option<String>,
    day: Option<Date>,
    note: Option<String>,
    any: Option<Value>,
    tags: Vec<String>,
    parts: Vec<Part>,
    spares: Vec<Part>,
    maker: Option<Part>,
    item_status: Option<ItemStatus>,
    extra: Extra,
}
slate_runtime::model!(Thing {
    count, price, good, name, day, note, any, tags, parts / "part", spares, maker / "firm", item_status
});

#[derive(Default)]
struct Part {
    weight: Option<i64>,
    extra: Extra,
}
slate_runtime::model!(Part { weight });

impl Item for Thing {
    fn item_status(&self) -> Option<&ItemStatus> {
        self.item_status.as_ref()
    }
}

static SERVICE: Service = Service {
    hosts: &[HostFamily {
        name: "main",
        clusters: &[("test", "main.example.com")],
    }],
    auth: &[slate_runtime::AuthScheme::BasicMd5],
    oauth: None,
    attribution: None,
    language: None,
    request_id: Some("X-Request-Id"),
    user_agent: "test/1",
    status: &["response", "status"],
    faults: None,
    identity: &[],
    unknown_outcome: &[],
    rate_limited: &[],
    format_query: "format",
};

static WRITE: Operation = operation("thing.write", Method::Post, Effect::Write);

static OPERATIONS: &[Documented] = &[Documented {
    operation: &WRITE,
    alternatives: &[],
    body: true,
    query: &[],
    values: &[],
    batch: true,
    item_status: "item_status",
    json: Some(
        r#"{"response":{"status":{"success":"true","code":"200"},"things":{"thing":[{
            "count":"3","price":"1.50","good":true,"name":"tap","day":"2020-01-31","note":"","any":1,"more":1,
            "tags":["a","b"],"parts":{"part":[{"weight":1},{"weight":2}]},"spares":[],"maker":{"firm":{"weight":7}},
            "item_status":{"success":"true","code":"700"}}]}}}"#,
    ),
    xml: None,
    request: &[],
    answer: Thing::blank,
    list: true,
}];

const FORMATS: [Format; 2] = [Format::Json, Format::Xml];

async fn call(
    client: &Client,
    format: Format,
    items: usize,
    options: CallOptions,
) -> Result<Batch<Thing, u32>, Error> {
    let thing: Map = [("name", "tap")].into_iter().collect();
    let mut call = client.call(&WRITE);
    call.format(format);
    call.with(options);
    call.body(vec![Value::Object(thing); items]);
    call.batch().await
}

/// What a client found, and what the server says that it changed, in the same order.
fn both(server: &Server, batch: &Batch<Thing, u32>) -> [Vec<(String, Value)>; 2] {
    let found = batch.misfits().iter();
    let found = found.map(|misfit| (misfit.path().to_owned(), misfit.value().clone()));
    let made = server.misfitted().into_iter();
    let made = made.map(|made| (made.path, made.value));
    let mut both = [found.collect::<Vec<_>>(), made.collect()];
    for list in &mut both {
        list.sort_by(|one, other| one.0.cmp(&other.0));
    }
    both
}

#[tokio::test]
async fn a_member_can_be_named() {
    let server = Server::start(OPERATIONS, &SERVICE).unwrap();
    let client: Client = server.client();
    let cases: [(&str, &[&str]); 16] = [
        ("count", &["count"]),
        ("price", &["price"]),
        ("good", &["good"]),
        ("name", &["name"]),
        ("day", &["day"]),
        // What is documented as blank has a type, too.
        ("note", &["note"]),
        ("tags", &["tags[0]", "tags[1]"]),
        ("spares", &["spares"]),
        // The list, its items, and what is in them.
        ("parts", &["parts"]),
        ("part", &["parts.part[0]", "parts.part[1]"]),
        (
            "parts.part.weight",
            &["parts.part[0].weight", "parts.part[1].weight"],
        ),
        ("maker", &["maker"]),
        ("maker.firm", &["maker.firm"]),
        (
            "weight",
            &[
                "maker.firm.weight",
                "parts.part[0].weight",
                "parts.part[1].weight",
            ],
        ),
        ("firm.weight", &["maker.firm.weight"]),
        ("thing", &[]),
    ];
    for format in FORMATS {
        for (name, places) in cases {
            server.forget();
            server.on("thing.write").misfit(name).times(2);
            let batch = call(&client, format, 1, CallOptions::new()).await.unwrap();
            assert!(batch.is_success(), "{name} in {format:?}");
            let [found, made] = both(&server, &batch);
            assert_eq!(found, made, "{name} in {format:?}");
            let paths: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
            let wanted: Vec<String> = places
                .iter()
                .map(|place| format!("response.things.thing[0].{place}"))
                .collect();
            assert_eq!(paths, wanted, "{name} in {format:?}");
            let strict = call(&client, format, 1, CallOptions::new().strict()).await;
            assert_eq!(
                strict.is_err_and(|error| error.was_executed()),
                !places.is_empty(),
                "{name} in {format:?}"
            );
        }
        assert_eq!(
            server.unused().len(),
            2 * (1 + usize::from(format == Format::Xml))
        );
    }
}

#[tokio::test]
async fn what_cannot_be_changed_is_told() {
    let server = Server::start(OPERATIONS, &SERVICE).unwrap();
    let client: Client = server.client();
    let ok = CallOptions::new;
    // Anything fits there, it is not documented, or it says how it went.
    let set = ["any", "more", "item_status", "success", "code", "nonsense"];
    for name in set {
        server.on("thing.write").misfit(name).misfit("count");
        let batch = call(&client, Format::Json, 1, ok()).await.unwrap();
        assert!(batch.is_success() && batch.misfits().len() == 1, "{name}");
    }
    // These have no documented answer.
    server
        .on("thing.write")
        .cut()
        .misfit("count")
        .code(500)
        .misfit("count")
        .status(400)
        .misfit("count");
    for _ in 0..3 {
        assert!(call(&client, Format::Json, 1, ok()).await.is_err());
    }
    server
        .on("thing.write")
        .answer()
        .misfit("count")
        .body("{", "application/json");
    assert!(call(&client, Format::Json, 1, ok()).await.is_err());
    let unused = server.unused();
    assert_eq!(unused.len(), set.len() + 4, "{unused:?}");
}

#[tokio::test]
async fn chance_changes_everything_and_says_what() {
    let server = Server::start(OPERATIONS, &SERVICE).unwrap();
    let client: Client = server.client();
    let mut places = BTreeSet::new();
    for seed in 0..400 {
        let format = FORMATS[usize::from(seed % 2 == 0)];
        let mut rows = Vec::new();
        for _ in 0..2 {
            server.forget();
            server.misfits(seed, 1.0);
            // What is changed by name is not changed again.
            server.on("thing.write").misfit("name");
            let batch = call(&client, format, 2, CallOptions::new()).await.unwrap();
            assert!(batch.is_success(), "seed {seed}");
            let [found, made] = both(&server, &batch);
            assert_eq!(found, made, "seed {seed} in {format:?}");
            let of_items: usize = batch.iter().map(|item| item.misfits().len()).sum();
            assert_eq!(of_items, found.len(), "seed {seed}");
            assert!(server.misfitted().iter().all(|made| made.call == 0));
            rows.push(made);
        }
        assert_eq!(rows[0], rows[1], "seed {seed}");
        places.extend(rows.remove(0).into_iter().map(|(path, _)| path));
    }
    let places: Vec<&str> = places
        .iter()
        .filter_map(|path| path.strip_prefix("response.things.thing[0]."))
        .collect();
    assert_eq!(
        places,
        [
            "count",
            "day",
            "good",
            "maker",
            "maker.firm",
            "maker.firm.weight",
            "name",
            "note",
            "parts",
            "parts.part",
            "parts.part[0]",
            "parts.part[0].weight",
            "parts.part[1]",
            "parts.part[1].weight",
            "parts.part[2]",
            "price",
            "spares",
            "tags[0]",
            "tags[1]",
            "tags[2]",
        ]
    );
    // Nobody is hit without a share.
    server.forget();
    server.misfits(7, 0.0);
    call(&client, Format::Json, 1, CallOptions::new())
        .await
        .unwrap();
    assert!(server.misfitted().is_empty());
}
