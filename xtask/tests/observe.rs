//! `cargo xtask observe`: what it reads, what it says, and what it never says.

use crate::support;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use support::INDEX;
use tempfile::TempDir;

const PAGE: &str = r#"# Parcel
Parcels and where they are.

## Get Parcel
> Sample Request

```html
https://eu.example.com/v1.1/parcel/get?id=7&format=json
```

> Sample Response

```json
{"response": {
  "status": {"success": "true", "code": 200, "message": "Success"},
  "parcel": {
    "id": 7,
    "street": "Canal Street"
  }
}}
```

Fetches one parcel.

### Resource Information
| | |
--- | --- |
URI | parcel/get
HTTP Method | GET
Authentication | Yes
Batch Support | No

### Request URL
`https://{host}/v1.1/parcel/get?id={id}`

### Request Query Parameters
Parameter | Datatype | Description
--------- | -------- | -----------
id* | int | Number of the parcel. The parameter marked with * is mandatory.
"#;

/// A project of its own, about parcels.
fn workspace() -> TempDir {
    let root = TempDir::new().unwrap();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("xtask/Cargo.toml", "");
    for file in ["slate.yaml", "dialect.yaml"] {
        let text = fs::read_to_string(own.join(file)).unwrap();
        write(&format!("spec/{file}"), &text);
    }
    write("spec/overrides.yaml", "# A comment that stays.\n");
    write("spec/slate/index.html.md", INDEX);
    write("spec/slate/includes/_parcel.md", PAGE);
    root
}

fn xtask(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.env("CARGO_MANIFEST_DIR", root.join("xtask"));
    command
}

fn observe(root: &Path, arguments: &[&str]) -> Output {
    xtask(root).arg("observe").args(arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// An exchange that gets one parcel.
fn exchange(parcel: &Value) -> Value {
    let status = json!({"success": "true", "code": 200, "message": "canary-message"});
    json!({
        "method": "GET",
        "url": "https://eu.api.example.com/v1.1/parcel/get?id=7&format=json",
        "request": {"headers": {"Authorization": "canary-secret"}},
        "response": {
            "status": 200,
            "headers": [["X-Any", "canary-header"]],
            "body": json!({"response": {"status": status, "parcel": parcel}}).to_string(),
        },
    })
}

fn as_documented() -> Value {
    exchange(&json!({"id": 7, "street": "canary-street"}))
}

/// An identifier that is none of the documented type, and a member that is not documented.
fn otherwise() -> Value {
    exchange(&json!({"id": "canary-id", "street": "canary-street", "weight": 1.5}))
}

fn lines(records: &[Value]) -> String {
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    lines.join("\n") + "\n"
}

fn write(folder: &TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// Nothing is to be said of traffic, nor to be written.
#[track_caller]
fn assert_known(root: &Path, file: &str) {
    let output = observe(root, &["--write", file]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        out(&output),
        err(&output)
    );
    assert!(err(&output).contains("nothing to add"), "{}", err(&output));
}

#[test]
fn traffic_as_documented_is_quiet() {
    let root = workspace();
    let file = write(
        &root,
        "traffic.ndjson",
        &lines(&[as_documented(), as_documented()]),
    );
    let output = observe(root.path(), &[&file]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        out(&output),
        err(&output)
    );
    assert!(out(&output).contains("exchanges: 2"), "{}", out(&output));
}

#[test]
fn what_contradicts_the_docs_is_told_with_their_lines_and_without_values() {
    let root = workspace();
    let har = json!({"log": {"version": "1.2", "entries": [har(&otherwise()), har(&otherwise())]}});
    let lines = write(
        &root,
        "traffic",
        &lines(&[otherwise(), as_documented(), otherwise()]),
    );
    let har = write(
        &root,
        "archive",
        &serde_json::to_string_pretty(&har).unwrap(),
    );
    for form in [&[][..], &["--json"], &["--markdown"], &["--examples"]] {
        let output = observe(root.path(), &[form, &[&lines, &har]].concat());
        let text = out(&output);
        assert_eq!(output.status.code(), Some(1), "{text}{}", err(&output));
        for part in ["parcel.get", "id", "weight", "_parcel.md"] {
            assert!(text.contains(part), "{part} is not in {form:?}\n{text}");
        }
        assert!(
            !format!("{text}{}", err(&output)).contains("canary"),
            "{form:?}\n{text}"
        );
        if form == ["--json"] {
            let report: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(report["exchanges"], 5, "{text}");
        }
    }
}

/// The same exchange as an entry of an archive.
fn har(exchange: &Value) -> Value {
    json!({
        "request": {"method": exchange["method"], "url": exchange["url"], "headers": []},
        "response": {
            "status": 200,
            "headers": [{"name": "X-Any", "value": "canary-header"}],
            "content": {"mimeType": "application/json", "text": exchange["response"]["body"]},
        },
    })
}

#[test]
fn drift_streams_are_read_and_so_is_standard_input() {
    let root = workspace();
    let line = json!({"drift": "misfit", "operation": "parcel.get", "path": "response.parcel.id",
                      "wanted": "an integer", "found": "string", "count": 3});
    let mut child = xtask(root.path())
        .args(["observe", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(lines(&[line]).as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(out(&output).contains("parcel.get"), "{}", out(&output));
}

#[test]
fn what_is_written_silences_what_was_seen() {
    let root = workspace();
    let records: Vec<Value> = (0..5).map(|_| otherwise()).collect();
    let file = write(&root, "traffic", &lines(&records));
    let overrides = root.path().join("spec/overrides.yaml");
    let before = fs::read_to_string(&overrides).unwrap();

    let output = observe(root.path(), &["--write", &file]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("for review"), "{}", err(&output));
    let after = fs::read_to_string(&overrides).unwrap();
    assert!(after.starts_with(&before), "{after}");
    assert!(after.contains("because: seen 5 of 5 times"), "{after}");
    assert!(!after.contains("canary"), "{after}");

    // Said once, it is known.
    assert_known(root.path(), &file);
    assert_eq!(fs::read_to_string(&overrides).unwrap(), after);
    let made = xtask(root.path())
        .args(["spec", "--json"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", err(&made));
    assert!(out(&made).contains("\"weight\""));
}

#[test]
fn what_was_seen_too_rarely_is_not_written() {
    let root = workspace();
    let overrides = root.path().join("spec/overrides.yaml");
    let before = fs::read_to_string(&overrides).unwrap();
    let odd = exchange(&json!({"id": "canary-id", "street": "canary-street"}));
    let file = write(&root, "traffic", &lines(&[odd.clone(), odd]));

    let output = observe(root.path(), &["--write", &file]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let said = err(&output);
    let left: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("not written"))
        .collect();
    assert_eq!(left.len(), 1, "{said}");
    assert!(left[0].contains("seen too rarely to be written: seen 2 of 2 times"));
    assert_eq!(fs::read_to_string(&overrides).unwrap(), before);

    let output = observe(root.path(), &["--write", "--min-seen", "2", &file]);
    assert!(
        err(&output).contains("1 added for review"),
        "{}",
        err(&output)
    );
    let output = observe(root.path(), &["--write", &file]);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    // It says what is written, so it says nothing without that.
    let output = observe(root.path(), &["--min-seen", "2", &file]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_parameter_and_a_payload_are_corrected_and_then_quiet() {
    let root = workspace();
    let body = json!({"response": {
        "status": {"success": "true", "code": 200, "message": "Success"},
        "data": {"parcel": {"id": 7, "street": "canary-street"}},
    }});
    let record = json!({
        "method": "GET",
        "url": "/v1.1/parcel/get?format=json",
        "response": {"status": 200, "body": body},
    });
    let file = write(&root, "traffic", &lines(&vec![record; 3]));
    let output = observe(root.path(), &["--write", &file]);
    let text = out(&output);
    assert!(text.contains("V006") && text.contains("V008"), "{text}");
    assert!(!err(&output).contains("not written"), "{}", err(&output));
    assert_known(root.path(), &file);
    let made = xtask(root.path()).arg("gen").output().unwrap();
    assert!(made.status.success(), "{}", err(&made));
}

#[test]
fn what_cannot_be_used_is_named_with_its_place() {
    let root = workspace();
    let text = format!("{}\ncanary\n{{\"canary\": 1}}\n[]\n", as_documented());
    let file = write(&root, "traffic", &text);
    let output = observe(root.path(), &[&file]);
    let said = err(&output);
    for (line, what) in [
        (2, "not JSON at column 1"),
        (3, "neither"),
        (4, "no object"),
    ] {
        let place = format!("{file}:{line}: ");
        let told = said.lines().find(|told| told.starts_with(&place));
        assert!(
            told.is_some_and(|told| told.contains(what)),
            "{place}{what}\n{said}"
        );
    }
    assert!(out(&output).contains("not used"), "{}", out(&output));
    assert!(!format!("{said}{}", out(&output)).contains("canary"));

    let output = observe(root.path(), &["no-such-file"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("no-such-file"), "{}", err(&output));
    let output = observe(root.path(), &["--write", "--docs", "x", &file]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let root = workspace();
    let records: Vec<Value> = (0..400)
        .map(|n| match n % 3 {
            0 => as_documented(),
            1 => otherwise(),
            _ => exchange(&json!({"id": n, format!("more{}", n % 7): [n]})),
        })
        .collect();
    // Long enough for several blocks.
    let text = lines(&records).repeat(20);
    let file = write(&root, "traffic", &text);
    let one_core = ["-c", "0", env!("CARGO_BIN_EXE_xtask"), "observe", "--json"];
    let alone = Command::new("taskset")
        .args(one_core)
        .arg(&file)
        .env("CARGO_MANIFEST_DIR", root.path().join("xtask"))
        .output();
    let first = out(&observe(root.path(), &["--json", &file]));
    for _ in 0..3 {
        assert_eq!(out(&observe(root.path(), &["--json", &file])), first);
    }
    // Not every system has it.
    if let Ok(alone) = alone {
        assert_eq!(out(&alone), first);
    }
}
