//! `cargo xtask record`: what it hands to the proxy. A script stands in for cargo, so that nothing is built here.

#![cfg(unix)]

use crate::support;

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use support::INDEX;
use tempfile::TempDir;

const PAGE: &str = r#"# Parcel
Parcels and where they are.

## Add Parcel
> Sample Request

```html
https://eu.example.com/v1.1/parcel/add?format=json
```

> Sample POST Request

```json
{"root": {"parcel": [{"size": "LARGE", "mobile": "44700900000"}]}}
```

> Sample Response

```json
{"response": {"status": {"success": "true", "code": 200, "message": "Success"}}}
```

Adds a parcel.

### Resource Information
| | |
--- | --- |
URI | parcel/add
HTTP Method | POST
Authentication | Yes
Batch Support | No

### Request URL
`https://{host}/v1.1/parcel/add`

### Request Body Parameters
Parameter | Datatype | Description
--------- | -------- | -----------
size* | enum | Size of the parcel. Values: `SMALL`, `LARGE`.
mobile | string | Number of who gets it.
"#;

/// Keeps what it is given. `$CARGO_MANIFEST_DIR` leads to the project.
const CARGO: &str = r#"#!/bin/sh
cat > "$CARGO_MANIFEST_DIR/settings"
for argument; do echo "$argument"; done > "$CARGO_MANIFEST_DIR/arguments"
pwd > "$CARGO_MANIFEST_DIR/folder"
exit 7
"#;

/// A project of its own, about parcels, with a cargo of its own.
fn workspace() -> TempDir {
    let root = TempDir::new().unwrap();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("xtask/Cargo.toml", "");
    write("xtask/cargo", CARGO);
    for file in ["slate.yaml", "dialect.yaml"] {
        let text = fs::read_to_string(own.join(file)).unwrap();
        write(&format!("spec/{file}"), &text);
    }
    write("spec/overrides.yaml", "");
    write("spec/slate/index.html.md", INDEX);
    write("spec/slate/includes/_parcel.md", PAGE);
    let executable = fs::Permissions::from_mode(0o700);
    fs::set_permissions(root.path().join("xtask/cargo"), executable).unwrap();
    root
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn record(root: &Path, port: u16, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .env("CARGO_MANIFEST_DIR", root.join("xtask"))
        .env("CARGO", root.join("xtask/cargo"))
        .current_dir(root.join("spec"))
        .args(["record", "--to", "https://eu.api.example.com"])
        .args(["--port", &port.to_string()])
        .args(more)
        .output()
        .unwrap()
}

fn given(root: &Path, name: &str) -> String {
    fs::read_to_string(root.join("xtask").join(name)).unwrap()
}

#[test]
fn the_proxy_gets_what_the_project_says() {
    let root = workspace();
    let output = record(root.path(), free_port(), &[]);
    // The exit code is that of the program.
    assert_eq!(output.status.code(), Some(7), "{output:?}");
    let settings: Value = serde_json::from_str(&given(root.path(), "settings")).unwrap();
    let has = |list: &Value, wanted: &str| {
        let list = list.as_array().unwrap();
        list.iter().any(|value| value == wanted)
    };
    assert!(has(&settings["personal"], "mobile"), "{settings}");
    assert!(has(&settings["outcomes"], "status"), "{settings}");
    assert!(has(&settings["outcome_fields"], "code"), "{settings}");
    assert!(has(&settings["paths"], "/v1.1/parcel/add"), "{settings}");
    // Only what stands on the list is ever shown: no header that could say who calls.
    for header in ["authorization", "cookie", "host"] {
        assert!(!has(&settings["headers"], header), "{settings}");
    }
    let listed = &settings["members"]["size"];
    assert!(has(listed, "SMALL") && has(listed, "LARGE"), "{settings}");
    assert!(settings["members"].get("mobile").is_none(), "{settings}");
}

#[test]
fn the_file_is_that_of_the_folder_of_the_caller() {
    let root = workspace();
    let port = free_port();
    record(root.path(), port, &["--out", "some.ndjson", "--append"]);
    let arguments = given(root.path(), "arguments");
    let behind = arguments.split_once("--\n").unwrap().1;
    let real = root.path().canonicalize().unwrap();
    let out = real.join("spec/some.ndjson").display().to_string();
    let wanted =
        format!("--to\nhttps://eu.api.example.com\n--port\n{port}\n--out\n{out}\n--append\n");
    assert_eq!(behind, wanted);
    assert!(arguments.starts_with("run\n--quiet\n--package\nslate-recorder\n"));
    let folder = given(root.path(), "folder");
    assert_eq!(Path::new(folder.trim()).canonicalize().unwrap(), real);
}

#[test]
fn a_port_that_is_taken_is_said_before_a_build() {
    let root = workspace();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let output = record(root.path(), port, &[]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&format!("port {port}")), "{said}");
    assert!(!root.path().join("xtask/arguments").exists());
}
