//! What drift streams tell of an answer's status, and of members that were not there.

use crate::support::pages;
use crate::support::settings;
use crate::support::traffic::call;

use pages::document;
use settings::settings;
use slate_codegen::observe::{Event, Finding, Kind, MIN_SEEN, Observer, Report};
use slate_codegen::{Reading, read_docs};

const LETTERS: &str = r#"# Letters

## Find Letter
> Sample Response

```json
{"response": {"status": {"success": "true", "code": "200", "message": "fine"}, "letters": {"letter": [
  {"number": "L1", "stamp": "red", "pages": 2}]}}}
```

### Resource Information
| | |
--- | ---
URI | letters/find
HTTP Method | GET

### Response Parameters
Parameter | Type | Description
--------- | ---- | -----------
stamp | string | Its stamp.
pages | int | How many pages.

## Burn Letter
> Sample Response

```json
{"burnt": 3}
```

### Resource Information
| | |
--- | ---
URI | letters/burn
HTTP Method | POST

## Drop Letter

### Resource Information
| | |
--- | ---
URI | letters/drop
HTTP Method | POST
"#;

fn read() -> Reading {
    read_docs(&document(&[("letter", LETTERS)]), &settings()).unwrap()
}

fn observe(lines: &[&str], answers: &[&str]) -> Report {
    let (reading, settings) = (read(), settings());
    let mut observer = Observer::new(&reading.inferred.spec, &settings.dialect);
    for line in lines {
        let event: Event<'_> = serde_json::from_str(line).unwrap();
        observer.event(&event);
    }
    for answer in answers {
        observer.exchange(&call("GET", "/v1.1/letters/find", "", answer));
    }
    observer.report()
}

fn of_kind(report: &Report, kind: Kind) -> Vec<&Finding> {
    let findings = report.findings();
    findings.filter(|finding| finding.kind == kind).collect()
}

/// The line of the docs that a finding names.
#[track_caller]
fn line(finding: &Finding) -> &'static str {
    let source = finding.source.as_ref().unwrap();
    assert!(source.file.ends_with("_letter.md"), "{source:?}");
    LETTERS.lines().nth(source.line as usize - 1).unwrap()
}

#[test]
fn a_status_that_cannot_be_read_is_a_type_that_does_not_hold() {
    for (operation, path, stated) in [
        ("letter.find", "response.status.code", "\"status\""),
        ("letter.find", "response.status.total", "\"status\""),
        ("letter.burn", "response.status.code", "## Burn Letter"),
        ("letter.drop", "response.status.code", "## Drop Letter"),
    ] {
        let misfit = format!(
            r#"{{"drift":"misfit","operation":"{operation}","path":"{path}","wanted":"an integer","found":"string","count":4}}"#
        );
        let report = observe(&[&misfit, &misfit], &[]);
        let found = of_kind(&report, Kind::TypeMisfit);
        assert_eq!(found.len(), 1, "{}", report.text());
        assert_eq!((found[0].at.as_str(), found[0].count), (path, 8));
        assert_eq!(found[0].wanted.as_deref(), Some("integer"));
        assert_eq!(found[0].seen[0].kind, "string");
        assert!(line(found[0]).contains(stated), "{}", report.text());
        assert!(report.unused.is_empty(), "{}", report.text());
        assert!(!report.is_empty());
    }
}

#[test]
fn what_no_override_can_correct_is_said_in_a_line() {
    let misfit = r#"{"drift":"misfit","operation":"letter.burn","path":"response.status","wanted":"ApiStatus","found":"string"}"#;
    let report = observe(&[misfit], &[]);
    let corrections = report.overrides(&read().sources, MIN_SEEN);
    assert!(corrections.is_empty());
    let [line] = corrections.left.as_slice() else {
        panic!("{:?}", corrections.left)
    };
    assert!(
        line.starts_with("letter.burn: response.status is not in the docs"),
        "{line}"
    );
}

#[test]
fn paths_of_a_status_are_data_until_they_are_shown() {
    let event = |path: &str| {
        format!(
            r#"{{"drift":"misfit","operation":"letter.find","path":"{path}","wanted":"canary","found":"canary"}}"#
        )
    };
    let lines: Vec<String> = (0..500)
        .map(|n| {
            let name: String = n.to_string().bytes().map(|b| char::from(b + 50)).collect();
            event(&format!("response.status.{name}"))
        })
        .chain([event("response.status.44700900000"), event("status.a b")])
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let report = observe(&lines, &[]);
    let text = report.text();
    assert!(!text.contains("canary") && !text.contains("447") && !text.contains("a b"));
    assert!(of_kind(&report, Kind::TypeMisfit).len() <= 201, "{text}");
}

const ABSENT: &str = r#"{"drift":"absent_member","operation":"letter.find","path":"response.letters.letter[].stamp","count":3}"#;

#[test]
fn a_member_that_was_told_to_be_absent_was_never_seen() {
    let report = observe(&[ABSENT, ABSENT], &[]);
    let found = of_kind(&report, Kind::NeverSeen);
    assert_eq!(found.len(), 1, "{}", report.text());
    assert_eq!(found[0].at, "response.letters.letter[].stamp");
    assert_eq!(
        (found[0].count, found[0].of, found[0].absent),
        (0, None, Some(6))
    );
    assert!(line(found[0]).starts_with("stamp | string"));
    assert!(
        report.text().contains("told to be absent 6 times"),
        "{}",
        report.text()
    );
    // It may have been there at other times.
    assert!(report.is_empty());
}

#[test]
fn a_member_that_was_seen_elsewhere_is_not_one_that_never_was() {
    let misfit = r#"{"drift":"misfit","operation":"letter.find","path":"response.letters.letter[].stamp","wanted":"a text","found":"object"}"#;
    let inside = r#"{"drift":"unknown_member","operation":"letter.find","path":"response.letters.letter[].colour","found":"string"}"#;
    let around =
        r#"{"drift":"absent_member","operation":"letter.find","path":"response.letters.letter"}"#;
    let answer = r#"{"response":{"status":{"success":true,"code":200,"message":"ok"},"letters":{"letter":[{"number":"A","stamp":"red","pages":1}]}}}"#;
    for (lines, answers) in [
        (&[ABSENT, misfit][..], &[][..]),
        (&[around, inside], &[]),
        (&[ABSENT], &[answer]),
    ] {
        let report = observe(lines, answers);
        let found = of_kind(&report, Kind::NeverSeen);
        assert!(found.is_empty(), "{}", report.text());
    }
    let without = answer.replace(r#","stamp":"red""#, "");
    let report = observe(&[ABSENT], &[&without]);
    let found = of_kind(&report, Kind::NeverSeen);
    assert_eq!((found[0].of, found[0].absent), (Some(1), Some(3)));
}

#[test]
fn a_status_that_the_docs_do_not_show_may_be_absent() {
    let absent =
        r#"{"drift":"absent_member","operation":"letter.find","path":"response.status.total"}"#;
    let report = observe(&[absent], &[]);
    assert!(report.unused.is_empty() && report.findings().next().is_none());
    let lost = r#"{"drift":"absent_member","operation":"letter.find","path":"response.weight"}"#;
    assert_eq!(observe(&[lost], &[]).unused.len(), 1);
}

#[test]
fn counts_that_no_stream_can_have_do_no_harm() {
    let max = u64::MAX;
    let lines: Vec<String> = ["misfit", "absent_member", "unknown_member", "unknown_value", "moved_payload", "missing_payload", "unknown_code"]
        .iter()
        .flat_map(|kind| {
            let line = format!(
                r#"{{"drift":"{kind}","operation":"letter.find","path":"response.letters.letter[].pages","found":"string","code":7,"count":{max}}}"#
            );
            [line.clone(), line]
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let report = observe(&lines, &[]);
    assert!(!report.is_empty());
    let _ = report.overrides(&read().sources, MIN_SEEN);
}
