//! What traffic shows of a small documentation: each kind of finding, and the corrections that silence it.

use crate::support::pages;
use crate::support::settings;
use crate::support::traffic::call;

use std::borrow::Cow;

use pages::document;
use settings::settings;
use slate_codegen::observe::{Event, Exchange, Finding, Kind, Observer, Report};
use slate_codegen::{Reading, Settings, files, overrides, read_docs};

const PARCELS: &str = r#"# Parcels

## Track Parcel
> Sample Response

```json
{"response": {"status": {"success": "true", "code": "200", "message": "fine"}, "parcels": {"parcel": [
  {"number": "AB1",
   "weight": 12,
   "height": 7,
   "price": 3.5,
   "fragile": true,
   "scans": {"scan": [{"depot": "north", "at": "noon"}]},
   "item_status": {"success": "true", "code": "1000", "message": "found"}}]}}}
```

### Resource Information
| | |
--- | ---
URI | parcels/track
HTTP Method | GET
Batch Support | Yes

### Request Query Parameters
Parameter | Type | Description
--------- | ---- | -----------
number* | string | Number of the parcel.
size | enum | Value: `SMALL`, `LARGE`.

### API Level Response Codes
Code | Description
---- | -----------
200 | All went well
500 | Nothing did

### Response Codes
Code | Description
---- | -----------
1000 | Parcel found
1001 | Parcel not found

## Send Parcel
> Sample Request

```json
{"root": {"parcel": [{"kind": "LETTER", "number": "AB1", "weight": 1.5}]}}
```

> Sample Response

```json
{"response": {"status": {"success": "true", "code": "200", "message": "fine"}, "parcels": {"parcel": [
  {"number": "AB1", "item_status": {"success": "true", "code": "1000", "message": "sent"}}]}}}
```

### Resource Information
| | |
--- | ---
URI | parcels/send
HTTP Method | POST
Batch Support | Yes

### Request Body Parameters
Parameter | Type | Description
--------- | ---- | -----------
kind* | enum | Value: `LETTER`, `CARD`.
number* | string | Number of the parcel.
weight | double | Its weight.

## Send Crate
> Sample Request

```json
{"root": {"parcel": [{"kind": "CRATE", "number": "AB1", "planks": 4}]}}
```

> Sample Response

```json
{"response": {"status": {"success": "true", "code": "200", "message": "fine"}, "crates": {"crate": [
  {"number": "AB1", "item_status": {"success": "true", "code": "1000", "message": "sent"}}]}}}
```

### Resource Information
| | |
--- | ---
URI | parcels/send
HTTP Method | POST
Batch Support | Yes

### Request Body Parameters
Parameter | Type | Description
--------- | ---- | -----------
kind* | enum | Value: `CRATE`.
number* | string | Number of the parcel.
planks | int | How many planks.
"#;

fn read(settings: &Settings) -> Reading {
    let reading = read_docs(&document(&[("parcel", PARCELS)]), settings).unwrap();
    assert!(reading.stale.is_empty(), "{:?}", reading.stale);
    reading
}

const TRACK: &str = "https://eu.api.example.com/gateway/v1.1/parcels/track?number=AB1&format=json";
const SEND: &str = "/v1.1/parcels/send";

/// The items of an answer that went well.
fn answer(items: &str) -> String {
    format!(
        r#"{{"response":{{"status":{{"success":"true","code":200}},"parcels":{{"parcel":{items}}}}}}}"#
    )
}

fn get<'a>(url: &'a str, answer: &'a str) -> Exchange<'a> {
    call("GET", url, "", answer)
}

fn post<'a>(request: &'a str, answer: &'a str) -> Exchange<'a> {
    call("POST", SEND, request, answer)
}

fn observe(reading: &Reading, exchanges: &[Exchange<'_>]) -> Report {
    let settings = settings();
    let mut observer = Observer::new(&reading.inferred.spec, &settings.dialect).with_examples();
    for exchange in exchanges {
        observer.exchange(exchange);
    }
    observer.report()
}

fn tracked(items: &[&str]) -> Report {
    let answers: Vec<String> = items.iter().map(|items| answer(items)).collect();
    let exchanges: Vec<Exchange<'_>> = answers.iter().map(|answer| get(TRACK, answer)).collect();
    observe(&read(&settings()), &exchanges)
}

#[track_caller]
fn only(report: &Report, kind: Kind) -> &Finding {
    let found: Vec<&Finding> = report
        .findings()
        .filter(|finding| finding.kind == kind)
        .collect();
    assert_eq!(found.len(), 1, "{}", report.text());
    found[0]
}

/// A body that a finding of this operation and place should be of.
#[track_caller]
fn assert_finding(report: &Report, kind: Kind, at: &str, count: u64, of: Option<u64>) {
    let found = only(report, kind);
    assert_eq!(
        (found.at.as_str(), found.count, found.of),
        (at, count, of),
        "{}",
        report.text()
    );
    assert!(!report.is_empty());
    assert!(report.text().contains(kind.id()) && report.markdown().contains(kind.id()));
}

#[test]
fn ways_to_write_a_documented_value_are_no_findings() {
    let report = tracked(&[
        r#"[{"number":"AB1","weight":12,"price":"3.50","fragile":"1","scans":""}]"#,
        r#"{"number":17,"weight":"12.00","price":4,"fragile":"TRUE","scans":{"scan":{"depot":"x"}}}"#,
        r#"{"element":[{"number":"A","weight":""},{"number":"B","weight":null}]}"#,
        r#"[{"number":["A"],"weight":[],"price":{},"scans":{"scan":[]}}]"#,
        r#"[{"number":"A","scans":[{"depot":"x"},{"depot":"y"}]}]"#,
        r#""""#,
    ]);
    assert!(report.is_empty(), "{}", report.text());
    let calls = &report.operations[0];
    assert_eq!(
        (calls.operation.as_str(), calls.exchanges, calls.accepted),
        ("parcel.track", 6, 6)
    );
}

#[test]
fn xml_is_read_as_json_is() {
    let item = |inner: &str| {
        format!(
            "<?xml version=\"1.0\"?>\n<response><status><success>true</success><code>200</code></status>\
             <parcels>{inner}</parcels></response>"
        )
    };
    let one =
        item("<parcel><number>007</number><weight>12</weight><fragile>true</fragile></parcel>");
    let two = item(
        "<parcel><weight>12</weight></parcel><parcel><weight> 1.5kg &amp; more</weight></parcel>",
    );
    let twice =
        item("<parcel><weight>1</weight><weight>2</weight><colour id=\"4\">red</colour></parcel>");
    let cut = item("<parcel><weight>1</weight>");
    let bodies = [one, two, twice, cut];
    let exchanges: Vec<Exchange<'_>> = bodies.iter().map(|body| get(TRACK, body)).collect();
    let report = observe(&read(&settings()), &exchanges);
    let misfit = only(&report, Kind::TypeMisfit);
    assert_eq!(misfit.at, "response.parcels.parcel[].weight");
    assert_eq!(misfit.count, 2);
    assert_eq!(misfit.example.as_deref(), Some("9.9aa & aaaa"));
    assert_eq!(
        only(&report, Kind::UndocumentedMember).at,
        "response.parcels.parcel[].{word}"
    );
    assert_eq!(only(&report, Kind::UnreadableBody).count, 1);
}

#[test]
fn a_type_that_does_not_hold_is_counted() {
    let report = tracked(&[
        r#"[{"weight":12},{"weight":"heavy"},{"weight":1.5}]"#,
        r#"[{"weight":{"kg":1}},{"weight":[1,2]}]"#,
    ]);
    assert_finding(
        &report,
        Kind::TypeMisfit,
        "response.parcels.parcel[].weight",
        4,
        Some(5),
    );
    let finding = only(&report, Kind::TypeMisfit);
    let kinds: Vec<&str> = finding.seen.iter().map(|seen| seen.kind).collect();
    assert_eq!(kinds, ["number", "string", "list", "object"]);
    assert_eq!(finding.wanted.as_deref(), Some("integer"));
    let source = finding.source.as_ref().unwrap();
    let line = PARCELS.lines().nth(source.line as usize - 1).unwrap();
    assert!(
        source.file.ends_with("_parcel.md") && line.contains("weight"),
        "{line}"
    );
    assert!(!report.text().contains("heavy"));
}

#[test]
fn members_without_a_row_are_named_unless_they_could_be_data() {
    let hostile = r#"[{"colour":"red","ink_size":1,"once":2},{"44700900000":1,"tom@example.com":2,"a b":3,"\u001b[31m":4}]"#;
    let report = tracked(&[
        hostile,
        r#"[{"colour":1}]"#,
        r#"[{"colour":2},{"colour":3}]"#,
    ]);
    let names: Vec<(&str, u64)> = report
        .findings()
        .filter(|finding| finding.kind == Kind::UndocumentedMember)
        .map(|finding| (finding.at.as_str(), finding.count))
        .collect();
    let around = "response.parcels.parcel[]";
    assert_eq!(
        names,
        [
            // It came in three exchanges; `size` is documented elsewhere, and `ink` nowhere.
            (&*format!("{around}.colour"), 4),
            (&*format!("{around}.{{number}}"), 1),
            (&*format!("{around}.{{text}}"), 3),
            (&*format!("{around}.{{word}}"), 2),
        ]
    );
    let text = report.text() + &report.markdown() + &serde_json::to_string(&report).unwrap();
    assert!(!text.contains("447") && !text.contains("tom") && !text.contains('\u{1b}'));
}

#[test]
fn a_name_that_the_docs_have_elsewhere_is_shown_at_once() {
    let report = tracked(&[r#"[{"kind":1}]"#]);
    let found = only(&report, Kind::UndocumentedMember);
    assert_eq!(
        (found.at.as_str(), found.of),
        ("response.parcels.parcel[].kind", Some(1))
    );
    let report = tracked(&[r#"[{"number_kind":1}]"#]);
    assert_eq!(
        only(&report, Kind::UndocumentedMember).at,
        "response.parcels.parcel[].number_kind"
    );
}

#[test]
fn keys_of_a_table_are_data_however_often_they_come() {
    let members = |count: u32| {
        let name = |number: u32| -> String {
            let digits = number.to_string();
            digits.bytes().map(|digit| char::from(digit + 50)).collect()
        };
        let members: Vec<String> = (0..count)
            .map(|number| format!("\"x{}\":1", name(number)))
            .collect();
        format!("[{{{}}}]", members.join(","))
    };
    let names = |count: u32| {
        let item = members(count);
        let report = tracked(&[&item, &item, &item]);
        let found = report
            .findings()
            .filter(|finding| finding.kind == Kind::UndocumentedMember);
        found.map(|finding| finding.at.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(20).len(), 20);
    assert_eq!(names(21), ["response.parcels.parcel[].{word}"]);
    assert_eq!(names(5000), ["response.parcels.parcel[].{word}"]);
}

#[test]
fn outcomes_and_codes_of_items_are_counted() {
    let report = tracked(&[r#"[
        {"number":"A","item_status":{"success":"true","code":1000}},
        {"number":"B","item_status":{"success":"false","code":"1001"}},
        {"number":"C","item_status":{"success":false,"code":1717}},
        {"number":"D"}]"#]);
    let calls = &report.operations[0];
    assert_eq!(
        (
            calls.items_accepted,
            calls.items_refused,
            calls.items_silent
        ),
        (1, 2, 1)
    );
    assert_finding(&report, Kind::UnknownCode, "1717", 1, None);
}

#[test]
fn a_payload_elsewhere_is_found_by_its_keys_or_its_members() {
    let body = |inner: &str| format!(r#"{{"response":{{"status":{{"success":true}},{inner}}}}}"#);
    let keys = body(r#""data":{"parcels":{"parcel":[{"number":"A"}]}}"#);
    let members = body(r#""result":[{"list":[{"number":"A","weight":1}]}]"#);
    let nowhere = body(r#""result":{"count":1}"#);
    let refused = r#"{"response":{"status":{"success":false,"code":500}}}"#;
    let reading = read(&settings());
    let at = |body: &str| {
        let one = || get(TRACK, body);
        observe(&reading, &[one(), one(), one()])
    };
    let place = "response.parcels.parcel → response";
    assert_finding(
        &at(&keys),
        Kind::MovedPayload,
        &format!("{place}.data.parcels.parcel"),
        3,
        Some(3),
    );
    assert_finding(
        &at(&members),
        Kind::MovedPayload,
        &format!("{place}.result[].list[]"),
        3,
        Some(3),
    );
    assert_finding(
        &at(&nowhere),
        Kind::MissingPayload,
        "response.parcels.parcel",
        3,
        Some(3),
    );
    let report = at(refused);
    assert_eq!(report.operations[0].refused, 3);
    assert!(
        !report
            .kinds()
            .iter()
            .any(|(kind, _)| *kind == Kind::MissingPayload)
    );
    // What came less often could be data.
    let once = observe(&reading, &[get(TRACK, &members)]);
    assert_finding(
        &once,
        Kind::MovedPayload,
        &format!("{place}.{{word}}[].{{word}}[]"),
        1,
        Some(1),
    );
}

#[test]
fn operations_of_one_path_are_told_apart_by_their_bodies() {
    let letter = r#"{"root":{"parcel":[{"kind":"CARD","number":"A"}]}}"#;
    let crated = r"<root><parcel><number>A</number><kind>CRATE</kind></parcel></root>";
    let planks = r#"{"root":{"parcel":[{"number":"A","planks":3}]}}"#;
    let reading = read(&settings());
    let calls = |request: &str| {
        let report = observe(&reading, &[post(request, "")]);
        report.operations[0].operation.clone()
    };
    assert_eq!(calls(letter), "parcel.send");
    assert_eq!(calls(crated), "parcel.send_crate");
    assert_eq!(calls(planks), "parcel.send_crate");
}

#[test]
fn what_is_invalid_by_the_docs_and_was_accepted_is_told() {
    let fine = answer(r#"[{"number":"A"}]"#);
    let refused = r#"{"response":{"status":{"success":false}}}"#;
    let without = r#"{"root":{"parcel":[{"kind":"CARD"}]}}"#;
    let whole = r#"{"root":{"parcel":[{"kind":"CARD","number":"A"}]}}"#;
    let reading = read(&settings());
    let report = observe(
        &reading,
        &[
            post(without, &fine),
            post(whole, &fine),
            post(without, refused),
        ],
    );
    assert_finding(
        &report,
        Kind::InvalidAccepted,
        "root.parcel[].number",
        1,
        Some(2),
    );
    let report = observe(
        &reading,
        &[get(
            "/v1.1/parcels/track.json?size=HUGE&weight=2&number=1",
            &fine,
        )],
    );
    assert_finding(&report, Kind::UnlistedValue, "size", 1, Some(1));
    assert_finding(&report, Kind::UndocumentedParameter, "weight", 1, Some(1));
    assert!(!report.text().contains("HUGE"));
    let report = observe(&reading, &[get("/v1.1/parcels/track", &fine)]);
    assert_finding(&report, Kind::InvalidAccepted, "number", 1, Some(1));
}

#[test]
fn paths_and_methods_without_an_operation_are_listed() {
    let reading = read(&settings());
    let mut other = get(TRACK, "");
    other.method = Cow::Borrowed("DELETE");
    let nowhere = get("/v1.1/parcels/44700900000/lost?x=secret", "");
    let report = observe(&reading, &[other, nowhere]);
    assert_finding(
        &report,
        Kind::UndocumentedPath,
        "GET /v1.1/parcels/{…}/{…}",
        1,
        Some(2),
    );
    let method = only(&report, Kind::OtherMethod);
    assert_eq!(method.at, "DELETE /{…}/v1.1/parcels/track");
}

#[test]
fn bodies_that_cannot_be_read_are_counted() {
    let deep = "[".repeat(100_000);
    let deep_xml = "<a>".repeat(100_000);
    let bodies = [
        "not a body",
        "{\"response\":",
        "<a></b>",
        "\u{feff}<",
        &deep,
        &deep_xml,
        "{}x",
    ];
    let exchanges: Vec<Exchange<'_>> = bodies.iter().map(|body| get(TRACK, body)).collect();
    let report = observe(&read(&settings()), &exchanges);
    let count = only(&report, Kind::UnreadableBody).count;
    assert_eq!(count, bodies.len() as u64, "{}", report.text());
}

#[test]
fn lines_of_drift_streams_are_counted_by_place() {
    let reading = read(&settings());
    let settings = settings();
    let mut observer = Observer::new(&reading.inferred.spec, &settings.dialect);
    for line in [
        r#"{"drift":"misfit","operation":"parcel.track","path":"response.parcels.parcel[].weight","wanted":"an integer","found":"string","count":4}"#,
        r#"{"drift":"unknown_member","operation":"parcel.track","path":"response.parcels.parcel[].kind","found":"string"}"#,
        r#"{"drift":"unknown_code","operation":"parcel.track","path":"","code":1717}"#,
        r#"{"drift":"moved_payload","operation":"parcel.track","path":"response.kind"}"#,
        r#"{"drift":"misfit","operation":"parcel.lost","path":"a"}"#,
    ] {
        let event: Event<'_> = serde_json::from_str(line).unwrap();
        observer.event(&event);
    }
    let report = observer.report();
    assert_eq!(report.events, 5);
    assert_finding(
        &report,
        Kind::TypeMisfit,
        "response.parcels.parcel[].weight",
        4,
        None,
    );
    assert_finding(&report, Kind::UnknownCode, "1717", 1, None);
    assert_eq!(
        only(&report, Kind::MovedPayload).at,
        "response.parcels.parcel → response.kind"
    );
    assert_eq!(
        only(&report, Kind::UndocumentedMember).at,
        "response.parcels.parcel[].kind"
    );
    assert_eq!(report.unused.len(), 1);
}

#[test]
fn counts_of_several_observers_add_up() {
    let reading = read(&settings());
    let settings = settings();
    let body = answer(r#"[{"weight":"heavy","colour":1}]"#);
    let exchange = get(TRACK, &body);
    let mut one = Observer::new(&reading.inferred.spec, &settings.dialect);
    let mut other = Observer::new(&reading.inferred.spec, &settings.dialect);
    one.exchange(&exchange);
    other.exchange(&exchange);
    other.exchange(&exchange);
    one.merge(other);
    let report = one.report();
    assert_finding(
        &report,
        Kind::TypeMisfit,
        "response.parcels.parcel[].weight",
        3,
        Some(3),
    );
    assert_finding(
        &report,
        Kind::UndocumentedMember,
        "response.parcels.parcel[].colour",
        3,
        Some(3),
    );
}

#[test]
fn corrections_make_the_same_traffic_quiet() {
    let item = r#"[{"number":"A","weight":1.5,"height":"tall","price":"free","fragile":"maybe","colour":"red","tags":[1],
        "item_status":{"success":true,"code":1717}}]"#;
    let body = answer(item);
    let url = "/v1.1/parcels/track?number=A&size=HUGE&page=2";
    let request =
        r#"{"root":{"parcel":[{"kind":"CARD","number":"A","weight":"light","stamp":true}]}}"#;
    let fine = answer(r#"[{"number":"A"}]"#);
    let exchanges = [
        get(url, &body),
        get(url, &body),
        get(url, &body),
        post(request, &fine),
        post(request, &fine),
        post(request, &fine),
    ];
    let reading = read(&settings());
    let report = observe(&reading, &exchanges);
    let corrections = report.overrides(&reading.sources, 1);
    assert!(corrections.left.is_empty(), "{:?}", corrections.left);
    let yaml = corrections.to_yaml().unwrap();
    assert!(
        yaml.contains("because: seen 3 of 3 times in traffic"),
        "{yaml}"
    );
    let mut settings = settings();
    settings.overrides = overrides::parse("overrides.yaml", &yaml).unwrap();
    let corrected = read(&settings);
    let report = observe(&corrected, &exchanges);
    assert!(report.is_empty(), "{yaml}\n{}", report.text());
    assert!(report.overrides(&corrected.sources, 1).is_empty());
    // An SDK can be made of what was corrected.
    assert!(files(&corrected, &settings).is_ok());
    let types = &corrected.inferred.spec.entities[0].types;
    let mut fields = types.values().flat_map(|def| def.fields.iter().flatten());
    assert!(fields.any(|field| field.name == "weight" && field.ty == "number"));
}
