//! Requests that are forms are compared with the docs as any others.

use crate::support::pages;
use crate::support::settings;
use crate::support::traffic::call;

use std::borrow::Cow;

use pages::document;
use settings::settings;
use slate_codegen::observe::{Finding, Kind, Observer, Report};
use slate_codegen::read_docs;
use slate_codegen::spec::Encoding;

/// An operation of which a sample shows the request, in a fence that says `shell` or `json`.
fn page(fence: &str, sample: &str) -> String {
    format!(
        r#"# Parcel

## Send Parcel
> Sample Request

```{fence}
{sample}
```

> Sample Response

```json
{{"response": {{"status": {{"success": "true", "code": 200}}, "parcel": {{"id": 3}}}}}}
```

### Resource Information
| | |
--- | ---
URI | parcel/add
HTTP Method | POST

### Request Body Parameters
Parameter | Type | Description
--------- | ---- | -----------
weight* | int | Its weight.
kind | enum | Value: `LETTER`, `CARD`.
"#
    )
}

const FORM: &str = "application/x-www-form-urlencoded";

fn observe(page: &str, documented: Encoding, requests: &[(&str, &str)]) -> Report {
    let settings = settings();
    let reading = read_docs(&document(&[("parcel", page)]), &settings).unwrap();
    let spec = &reading.inferred.spec;
    assert_eq!(spec.entities[0].operations[0].encoding, Some(documented));
    let mut observer = Observer::new(spec, &settings.dialect);
    for (media_type, body) in requests {
        let answer = r#"{"response":{"status":{"success":"true","code":200},"parcel":{"id":3}}}"#;
        let mut exchange = call("POST", "/v1.1/parcel/add", body, answer);
        if !media_type.is_empty() {
            let header = (Cow::Borrowed("Content-Type"), Cow::Borrowed(*media_type));
            exchange.request_headers.push(header);
        }
        observer.exchange(&exchange);
    }
    observer.report()
}

/// The kinds and places of what was found.
fn found(report: &Report) -> Vec<(Kind, String)> {
    let of = |finding: &Finding| (finding.kind, finding.at.clone());
    report.findings().map(of).collect()
}

#[test]
fn fields_are_members() {
    let page = page(
        "shell",
        "curl -X POST https://api.example.com/v1.1/parcel/add -d 'weight=2&kind=CARD&to[city]=Rome&tags[]=a'",
    );
    let fitting = [
        (FORM, "weight=2&kind=CARD&to[city]=Rome&tags[]=a&tags[]=b"),
        ("", "weight=2.0&to%5Bcity%5D=New+York&tags%5B0%5D=a"),
        ("application/json", r#"{"weight":2,"to":{"city":"Rome"}}"#),
        // What curl says of all that it sends.
        (FORM, r#"{"weight":"2","tags":["a"]}"#),
        (
            "multipart/form-data; boundary=q",
            "--q\r\nContent-Disposition: form-data; name=\"weight\"\r\n\r\n2\r\n--q--\r\n",
        ),
    ];
    let report = observe(&page, Encoding::Form, &fitting);
    assert!(report.is_empty(), "{}", report.text());
    assert_eq!(report.operations[0].exchanges, 5);

    let odd = [
        (FORM, "weight=2&kind=CRATE&to[city]=Rome&to[zip]=0"),
        (FORM, "weight=heavy&to=Rome"),
        (FORM, "kind=CARD&colour=red"),
        (FORM, "weight=1&weight[a]=2"),
    ];
    let report = observe(&page, Encoding::Form, &odd);
    let at = |path: &str| path.to_owned();
    let mut found = found(&report);
    found.retain(|(kind, _)| *kind != Kind::NeverSeen);
    found.sort_by(|a, b| a.1.cmp(&b.1));
    assert_eq!(
        found,
        [
            (Kind::UnreadableBody, at("")),
            (Kind::UnlistedValue, at("kind")),
            (Kind::TypeMisfit, at("to")),
            (Kind::UndocumentedMember, at("to.{word}")),
            (Kind::TypeMisfit, at("weight")),
            (Kind::InvalidAccepted, at("weight")),
            (Kind::UndocumentedMember, at("{word}")),
        ],
        "{}",
        report.text()
    );
    for value in ["CRATE", "Rome", "heavy", "red"] {
        assert!(!report.text().contains(value), "{}", report.text());
    }
}

#[test]
fn fields_with_json_are_looked_into() {
    let page = page("json", "weight=2&to={\"city\": \"Rome\"}");
    let fitting = [(FORM, "weight=2&to=%7B%22city%22%3A%22Rome%22%7D")];
    let report = observe(&page, Encoding::JsonForm, &fitting);
    assert!(report.is_empty(), "{}", report.text());
    let odd = [(FORM, "weight=2&to={\"zip\":1}"), (FORM, "weight=2&to={")];
    let report = observe(&page, Encoding::JsonForm, &odd);
    let mut found = found(&report);
    found.retain(|(kind, _)| *kind != Kind::NeverSeen);
    found.sort_by(|a, b| a.1.cmp(&b.1));
    let at = |path: &str| path.to_owned();
    assert_eq!(
        found,
        [
            (Kind::TypeMisfit, at("to")),
            (Kind::UndocumentedMember, at("to.{word}"))
        ],
        "{}",
        report.text()
    );
}
