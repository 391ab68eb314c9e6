//! What leaves an observation: the docs' own words, and never what traffic holds. What a browser does beside calls of the
//! API is counted, and is no finding.

use crate::support::pages;
use crate::support::settings;
use crate::support::traffic::call;

use std::borrow::Cow;

use pages::document;
use settings::settings;
use slate_codegen::observe::{Event, Exchange, Kind, Observer, Report, Side};
use slate_codegen::{Reading, read_docs};

const BOATS: &str = r#"# Boats

## Find Boat
> Sample Response

```json
{"response": {"status": {"success": "true", "code": "200", "message": "fine"}, "boats": {"boat": [
  {"number": "B1", "masts": 2, "crew": {"count": 3}}]}}}
```

### Resource Information
| | |
--- | ---
URI | boats/find
HTTP Method | GET

### Request Query Parameters
Parameter | Type | Description
--------- | ---- | -----------
number* | string | Number of the boat.

## Sink Boat
> Sample Request

```json
{"root": {"boat": [{"number": "B1"}]}}
```

> Sample Response

```json
{"response": {"status": {"success": "true", "code": "200", "message": "fine"}, "boats": {"boat": [
  {"number": "B1", "item_status": {"success": "true", "code": "1000", "message": "sunk"}}]}}}
```

### Resource Information
| | |
--- | ---
URI | boats/sink
HTTP Method | POST
Batch Support | Yes

### Request Body Parameters
Parameter | Type | Description
--------- | ---- | -----------
number* | string | Number of the boat.
"#;

fn read() -> Reading {
    read_docs(&document(&[("boat", BOATS)]), &settings()).unwrap()
}

/// An exchange: method, URL, headers, body of the request, status, body of the answer.
#[derive(Clone, Copy)]
struct Call<'c> {
    method: &'c str,
    url: &'c str,
    headers: &'c [(&'c str, &'c str)],
    request: &'c str,
    status: u16,
    answer: &'c str,
}

const FOUND: &str = r#"{"response":{"status":{"success":true,"code":200,"message":"ok"},"boats":{"boat":[{"number":"A","masts":1,"crew":{"count":1}}]}}}"#;
const FIND: &str = "https://eu.api.example.com/v1.1/boats/find?number=1";

const CALL: Call<'static> = Call {
    method: "GET",
    url: FIND,
    headers: &[],
    request: "",
    status: 200,
    answer: FOUND,
};

fn observe(reading: &Reading, calls: &[Call<'_>]) -> Report {
    let settings = settings();
    let mut observer = Observer::new(&reading.inferred.spec, &settings.dialect).with_examples();
    for of in calls {
        observer.exchange(&Exchange {
            request_headers: of
                .headers
                .iter()
                .map(|(name, value)| (Cow::Borrowed(*name), Cow::Borrowed(*value)))
                .collect(),
            status: of.status,
            ..call(of.method, of.url, of.request, of.answer)
        });
    }
    observer.report()
}

/// All that leaves an observation.
fn all(report: &Report, reading: &Reading) -> String {
    let corrections = report.overrides(&reading.sources, 1);
    [
        report.text(),
        report.markdown(),
        serde_json::to_string(report).unwrap(),
        corrections.to_yaml().unwrap(),
        corrections.left.join("\n"),
    ]
    .concat()
}

/// Where something stands that nobody may see: `@@`.
const PLACES: [(&str, &str, &str, &str); 14] = [
    ("GET", "https://h/v1.1/users/@@/points", "", FOUND),
    ("GET", "/v2/@@", "", FOUND),
    ("GET", "/v1.1/boats/@@.json", "", FOUND),
    ("@@", "/v1.1/boats/find?number=1", "", FOUND),
    ("@@", "/@@/v1.1/boats/find", "", FOUND),
    ("GET", "/v1.1/boats/find?number=1&@@=2", "", FOUND),
    ("GET", "/v1.1/boats/find?@@=2", "", FOUND),
    ("GET", "https://@@:@@@@@.example.com/v1.1/@@/x", "", FOUND),
    (
        "POST",
        "/v1.1/boats/sink",
        r#"{"root":{"boat":[{"number":"A","@@":{"@@":1}}]}}"#,
        FOUND,
    ),
    (
        "POST",
        "/v1.1/boats/sink",
        "<root><boat><@@>1</@@></boat></root>",
        FOUND,
    ),
    (
        "GET",
        FIND,
        "",
        r#"{"response":{"status":{"success":true,"@@":1},"boats":{"boat":[{"@@":"@@","crew":{"@@":[]},"masts":"@@"}],"@@":1},"@@":{}}}"#,
    ),
    (
        "GET",
        FIND,
        "",
        r#"{"response":{"status":{"success":true},"@@":{"list":[{"number":"A","masts":1}]}}}"#,
    ),
    (
        "GET",
        FIND,
        "",
        "<response><status><success>true</success></status><boats><boat @@='1'><@@>@@</@@></boat></boats></response>",
    ),
    (
        "GET",
        FIND,
        "",
        r#"{"response":{"status":{"success":true},"boats":{"boat":[{"item_status":{"success":true,"code":"@@","@@":2}}]}}}"#,
    ),
];

/// Names, numbers and words as traffic has them; none is in the docs.
const CANARIES: [&str; 6] = [
    "TomSawyer",
    "rita_meyer",
    "rita.meyer",
    "canaryrow",
    "CANARY",
    "k44700900000",
];

#[test]
fn what_traffic_holds_does_not_leave() {
    let reading = read();
    for (number, (method, url, request, answer)) in PLACES.iter().enumerate() {
        for canary in CANARIES {
            let put = |text: &str| text.replace("@@", canary);
            let (method, url) = (put(method), put(url));
            let (request, answer) = (put(request), put(answer));
            let call = Call {
                method: &method,
                url: &url,
                request: &request,
                answer: &answer,
                headers: &[],
                status: 200,
            };
            // It comes again, and may be the same customer.
            let report = observe(&reading, &[call, CALL, call]);
            let all = all(&report, &reading).to_lowercase();
            let told = report.findings().count() > 0 || !report.unused.is_empty();
            assert!(told, "{number}");
            let canary = canary.to_lowercase();
            assert!(!all.contains(&canary), "{canary} at {number}\n{all}");
        }
    }
    for number in ["4711", "44700900000"] {
        let url = format!("/v1.1/boats/find?number=1&{number}=1");
        let answer = format!(
            r#"{{"response":{{"status":{{"success":true}},"boats":{{"boat":[{{"{number}":1}}]}}}}}}"#
        );
        let call = Call {
            url: &url,
            answer: &answer,
            ..CALL
        };
        let report = observe(&reading, &[call; 9]);
        let all = all(&report, &reading);
        assert!(!all.contains(number), "{all}");
        assert!(all.contains("boat[].{number}"), "{all}");
    }
}

#[test]
fn drift_streams_hold_data_as_well() {
    let reading = read();
    let settings = settings();
    let mut observer = Observer::new(&reading.inferred.spec, &settings.dialect);
    for kind in ["misfit", "unknown_member", "moved_payload", "canaryrow"] {
        for path in [
            "response.status.canaryrow",
            "response.canaryrow.boat",
            "canaryrow",
        ] {
            let line = format!(
                r#"{{"drift":"{kind}","operation":"boat.find","path":"{path}","wanted":"canaryrow","found":"canaryrow"}}"#
            );
            let event: Event<'_> = serde_json::from_str(&line).unwrap();
            observer.event(&event);
        }
    }
    let all = all(&observer.report(), &reading);
    assert!(!all.contains("canaryrow"), "{all}");
    assert!(all.contains("response.{word}.boat"), "{all}");
}

#[test]
fn what_a_browser_does_beside_calls_is_counted_in_a_line() {
    let page = |url| Call {
        url,
        answer: "<html></html>",
        ..CALL
    };
    let asks = |url| Call {
        method: "OPTIONS",
        url,
        status: 204,
        answer: "",
        ..CALL
    };
    let report = observe(
        &read(),
        &[
            page("https://shop.example.com/index.html"),
            page("https://cdn.example.com/app.js"),
            page("https://shop.example.com/account/TomSawyer"),
            asks(FIND),
            asks("https://eu.api.example.com/v1.1/boats/lost"),
            CALL,
            Call {
                status: 0,
                answer: "",
                ..CALL
            },
        ],
    );
    assert!(report.is_empty(), "{}", report.text());
    assert_eq!(report.findings().count(), 0, "{}", report.text());
    assert_eq!(report.exchanges, 7);
    assert_eq!(
        report.unused,
        [
            (
                "a call by which a browser asks if it may call".to_owned(),
                2
            ),
            ("a call that got no answer".to_owned(), 1),
            ("a call to another host than those of the API".to_owned(), 3),
        ]
    );
}

#[test]
fn paths_at_hosts_of_the_api_are_told() {
    let reading = read();
    let at = |url| Call { url, ..CALL };
    let paths = |calls: &[Call<'_>]| {
        let report = observe(&reading, calls);
        let found = report
            .findings()
            .filter(|finding| finding.kind == Kind::UndocumentedPath);
        found.map(|finding| finding.at.clone()).collect::<Vec<_>>()
    };
    let found = at(FIND);
    let lost = "GET /v1.1/boats/{…}";
    // The host that most calls were to.
    assert_eq!(
        paths(&[found, at("https://EU.api.example.com:443/v1.1/boats/lost")]),
        [lost]
    );
    assert!(paths(&[found, at("https://other.example.com/v1.1/boats/lost")]).is_empty());
    assert_eq!(paths(&[found, at("/v1.1/boats/lost")]), [lost]);
    // Nobody knows which host it is.
    assert_eq!(
        paths(&[at("https://other.example.com/v1.1/boats/lost")]),
        [lost]
    );
}

#[test]
fn headers_that_nobody_knows_are_named_without_their_values() {
    let headers = [
        ("User-Agent", "canary"),
        ("Authorization", "canary"),
        ("Sec-Fetch-Mode", "cors"),
        ("X-Forwarded-For", "canary"),
        ("X-Deck-Colour", "canary"),
        ("X-44700900000", "canary"),
    ];
    let call = Call {
        headers: &headers,
        ..CALL
    };
    let reading = read();
    let report = observe(&reading, &[call; 3]);
    let found: Vec<_> = report
        .findings()
        .filter(|finding| finding.kind == Kind::UndocumentedHeader)
        .map(|finding| (finding.at.as_str(), finding.count, finding.of))
        .collect();
    assert_eq!(found, [("x-deck-colour", 3, Some(3)), ("{text}", 3, None)]);
    // Whatever passes calls on may have added it.
    assert!(report.is_empty());
    assert!(
        report
            .text()
            .contains("header x-deck-colour: seen string, 3 of 3 times"),
        "{}",
        report.text()
    );
    assert!(!all(&report, &reading).contains("canary"));
    // Nothing is known of what was refused.
    let refused = Call {
        status: 403,
        ..call
    };
    let report = observe(&reading, &[refused; 3]);
    assert!(
        report
            .findings()
            .all(|finding| finding.side != Side::Header)
    );
}
