//! What is no answer of the API shows nothing: neither that its request was accepted, nor what answers hold.

use crate::support::pages;
use crate::support::settings;
use crate::support::traffic::call;

use pages::document;
use settings::settings;
use slate_codegen::observe::{Exchange, Kind, MIN_SEEN, Observer, Report};
use slate_codegen::{Reading, read_docs};

const KEYS: &str = r#"# Keys

## Cut Key
> Sample Request

```json
{"root": {"key": [{"number": "K1", "shape": "flat"}]}}
```

> Sample Response

```json
{"response": {"status": {"success": "true", "code": "200", "message": "fine"}, "keys": {"key": [
  {"number": "K1", "item_status": {"success": "true", "code": "1000", "message": "cut"}}]}}}
```

### Resource Information
| | |
--- | ---
URI | keys/cut
HTTP Method | POST
Batch Support | Yes

### Request Body Parameters
Parameter | Type | Description
--------- | ---- | -----------
number* | string | Number of the key.
shape* | string | Its shape.

## Find Key
> Sample Response

```json
{"response": {"status": {"success": "true", "code": "200", "message": "fine"}, "keys": {"key": [
  {"number": "K1", "shape": "flat"}]}}}
```

### Resource Information
| | |
--- | ---
URI | keys/find
HTTP Method | GET

### Request Query Parameters
Parameter | Type | Description
--------- | ---- | -----------
number* | string | Number of the key.

## Count Keys
> Sample Response

```json
{"count": 3, "cut": 2}
```

### Resource Information
| | |
--- | ---
URI | keys/count
HTTP Method | GET

### Request Query Parameters
Parameter | Type | Description
--------- | ---- | -----------
number* | string | Number of the key.

## Lose Key

### Resource Information
| | |
--- | ---
URI | keys/lose
HTTP Method | GET

### Request Query Parameters
Parameter | Type | Description
--------- | ---- | -----------
number* | string | Number of the key.
"#;

fn read() -> Reading {
    read_docs(&document(&[("key", KEYS)]), &settings()).unwrap()
}

/// Requests that leave out what is demanded, with these answers.
fn observe(reading: &Reading, method: &str, url: &str, answers: &[(u16, &str)]) -> Report {
    let settings = settings();
    let mut observer = Observer::new(&reading.inferred.spec, &settings.dialect);
    for (status, answer) in answers {
        let request = if method == "POST" {
            r#"{"root":{"key":[{"number":"A"}]}}"#
        } else {
            ""
        };
        observer.exchange(&Exchange {
            status: *status,
            ..call(method, url, request, answer)
        });
    }
    observer.report()
}

fn count(report: &Report, kind: Kind) -> u64 {
    let findings = report.findings().filter(|finding| finding.kind == kind);
    findings.map(|finding| finding.count).sum()
}

/// What stands in front of an API, and answers with a status of 200.
const FOREIGN: [&str; 6] = [
    "<html><body><b>Sign in</b></body></html>",
    "<!DOCTYPE html>\n<html><br></html>",
    r#"{"message":"Forbidden"}"#,
    "",
    " \n",
    "{}",
];

#[test]
fn what_is_no_answer_shows_nothing() {
    let reading = read();
    for (method, url) in [
        ("POST", "/v1.1/keys/cut"),
        ("GET", "/v1.1/keys/find"),
        ("GET", "/v1.1/keys/count"),
    ] {
        let answers = FOREIGN.map(|answer| (200, answer));
        let report = observe(&reading, method, url, &answers);
        assert_eq!(count(&report, Kind::NoAnswer), 6, "{}", report.text());
        let calls = &report.operations[0];
        assert_eq!((calls.exchanges, calls.without_answer), (6, 6));
        assert_eq!((calls.accepted, calls.silent, calls.refused), (0, 0, 0));
        // That is all there is to say.
        assert_eq!(report.findings().count(), 1, "{}", report.text());
        assert!(report.is_empty());
        assert!(
            report
                .text()
                .contains("6 without an answer of the operation"),
            "{}",
            report.text()
        );
        let corrections = report.overrides(&reading.sources, 1);
        assert!(corrections.is_empty() && corrections.left.is_empty());
    }
}

#[test]
fn a_body_that_cannot_be_read_accepts_nothing() {
    let cut = r#"{"response":{"status":{"success":"true","code":200},"keys":{"key":[{"nu"#;
    let report = observe(
        &read(),
        "POST",
        "/v1.1/keys/cut",
        &[(200, cut), (200, "busy")],
    );
    assert_eq!(count(&report, Kind::UnreadableBody), 2, "{}", report.text());
    assert_eq!(report.operations[0].without_answer, 2);
    assert_eq!(
        count(&report, Kind::InvalidAccepted),
        0,
        "{}",
        report.text()
    );
}

#[test]
fn an_answer_says_so_or_holds_what_the_docs_show() {
    let reading = read();
    let word = r#"{"response":{"status":{"success":"true","code":200}}}"#;
    let code = r#"{"response":{"status":{"code":200}}}"#;
    let flat = r#"{"status":{"success":true}}"#;
    let found = r#"{"response":{"keys":{"key":[{"number":"A"}]}}}"#;
    let xml = "<response><status><success>true</success></status><keys/></response>";
    let moved = r#"{"data":{"keys":{"key":[{"number":"A"}]}}}"#;
    let counts = r#"{"count":7}"#;
    let refused = r#"{"response":{"status":{"success":false,"code":500}}}"#;
    let refused_by_code = r#"{"response":{"status":{"code":"500"}}}"#;
    for (method, path, answer, accepted) in [
        ("POST", "cut", word, true),
        ("POST", "cut", code, true),
        ("POST", "cut", flat, true),
        ("POST", "cut", xml, true),
        ("POST", "cut", refused, false),
        ("POST", "cut", refused_by_code, false),
        // What changes something has to say how it went.
        ("POST", "cut", found, false),
        ("POST", "cut", moved, false),
        ("GET", "find", word, true),
        ("GET", "find", found, true),
        ("GET", "find", moved, true),
        ("GET", "find", r#"{"response":{"keys":""}}"#, true),
        ("GET", "find", r#"{"response":{"locks":""}}"#, false),
        ("GET", "count", counts, true),
        ("GET", "count", flat, true),
        ("GET", "count", r#"{"total":7}"#, false),
        // The docs show no answer.
        ("GET", "lose", "", true),
        ("GET", "lose", flat, true),
        ("GET", "lose", refused, false),
        ("GET", "lose", r#"{"message":"Forbidden"}"#, false),
        ("GET", "lose", "<html></html>", false),
    ] {
        let url = format!("/v1.1/keys/{path}");
        let report = observe(&reading, method, &url, &[(200, answer)]);
        let broken = count(&report, Kind::InvalidAccepted);
        assert_eq!(
            broken,
            u64::from(accepted),
            "{path} {answer}\n{}",
            report.text()
        );
        let report = observe(&reading, method, &url, &[(403, answer)]);
        assert_eq!(report.operations[0].refused, 1, "{path} {answer}");
        assert_eq!(count(&report, Kind::InvalidAccepted), 0, "{path} {answer}");
    }
}

#[test]
fn members_of_what_is_no_answer_are_not_those_of_answers() {
    let reading = read();
    let denied = r#"{"message":"canary","keys":[7],"response":"canary"}"#;
    for status in [200, 403] {
        let report = observe(&reading, "POST", "/v1.1/keys/cut", &[(status, denied); 5]);
        for kind in [Kind::UndocumentedMember, Kind::TypeMisfit, Kind::NeverSeen] {
            assert_eq!(count(&report, kind), 0, "{}", report.text());
        }
    }
    // Beside answers they do not count, either.
    let fine =
        r#"{"response":{"status":{"success":true,"code":200},"keys":{"key":[{"number":"A"}]}}}"#;
    let report = observe(
        &reading,
        "POST",
        "/v1.1/keys/cut",
        &[(200, denied), (200, fine)],
    );
    let broken = report
        .findings()
        .find(|finding| finding.kind == Kind::InvalidAccepted)
        .unwrap();
    assert_eq!((broken.count, broken.of), (1, Some(1)), "{}", report.text());
    let corrections = report.overrides(&reading.sources, MIN_SEEN);
    assert!(corrections.is_empty(), "{corrections:?}");
}
