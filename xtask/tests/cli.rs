//! The command line: exit codes, what goes to which stream, and that nothing is written when something is wrong.

use crate::support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::SystemTime;

use serde_json::Value;
use support::INDEX;
use tempfile::TempDir;

/// A page without anything to complain about.
const PAGE: &str = r#"# Parcel
Parcels and where they are.

## Get Parcel
> Sample Request

```html
https://eu.example.com/v1.1/parcel/get?id=7&format=json
```

> Sample Response

```json
{"response": {"status": {"success": "true", "code": 200, "message": "Success"}, "parcel": {"id": 7, "street": "Canal Street"}}}
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
id* | int | Number of the parcel.

<aside class="notice">The parameter marked with * is mandatory.</aside>

### Success Codes
Code | Description
---- | -----------
1000 | Parcel fetched successfully

### Error Codes
Code | Description
---- | -----------
1001 | Parcel not found
"#;

/// The same, with an answer that is neither JSON nor XML.
fn unreadable_sample() -> String {
    let page: Vec<&str> = PAGE
        .lines()
        .map(|line| {
            if line.starts_with("{\"response\"") {
                "as described above"
            } else {
                line
            }
        })
        .collect();
    page.join("\n") + "\n"
}

/// A docs folder with this index and page.
fn docs(index: &str, page: &[u8]) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("includes")).unwrap();
    fs::write(folder.path().join("index.html.md"), index).unwrap();
    fs::write(folder.path().join("includes/_parcel.md"), page).unwrap();
    folder
}

fn fine() -> TempDir {
    docs(INDEX, PAGE.as_bytes())
}

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .output()
        .unwrap()
}

fn with_docs(task: &str, docs: &Path, rest: &[&str]) -> Output {
    let mut arguments = vec![task, "--docs", docs.to_str().unwrap()];
    arguments.extend(rest);
    xtask(&arguments)
}

fn generate(docs: &Path, out: &Path, rest: &[&str]) -> Output {
    let mut arguments = vec!["--out", out.to_str().unwrap()];
    arguments.extend(rest);
    with_docs("gen", docs, &arguments)
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
fn assert_code(output: &Output, code: i32) {
    assert_eq!(
        output.status.code(),
        Some(code),
        "stdout: {}\nstderr: {}",
        stdout(output),
        stderr(output)
    );
}

/// All files below a folder: content and time of the last change.
fn files(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    fn walk(folder: &Path, name: &str, out: &mut BTreeMap<String, (Vec<u8>, SystemTime)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{name}/{}", entry.file_name().to_string_lossy());
            // The lock of the runs.
            if path == "/.gen" {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &path, out);
            } else {
                out.insert(
                    path,
                    (
                        fs::read(entry.path()).unwrap(),
                        entry.metadata().unwrap().modified().unwrap(),
                    ),
                );
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(folder, "", &mut out);
    out
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(folder)
        .into_iter()
        .map(|(name, (bytes, _))| (name, bytes))
        .collect()
}

#[test]
fn gen_writes_spec_and_crate_and_says_so_on_stderr() {
    let (docs, out) = (fine(), TempDir::new().unwrap());
    let output = generate(docs.path(), out.path(), &[]);
    assert_code(&output, 0);
    assert_eq!(stdout(&output), "");
    let said = stderr(&output);
    let (rest, summary) = said.trim_end().rsplit_once('\n').unwrap();
    let (warnings, facts) = rest.rsplit_once('\n').unwrap();
    assert!(
        facts.starts_with("facts: ") && facts.contains(" stated"),
        "{facts}"
    );
    // The project's overrides are for its own docs.
    assert!(
        warnings
            .lines()
            .all(|line| line.starts_with("warning[O001]: spec/overrides.yaml:")),
        "{said}"
    );
    for part in ["1 operation", "2 codes", "findings", " s"] {
        assert!(summary.contains(part), "{summary} does not say {part}");
    }
    let written = files(out.path());
    for name in [
        "/spec/api/api.yaml",
        "/spec/api/parcel.yaml",
        "/spec/schema.json",
        "/generated/Cargo.toml",
        "/generated/src/lib.rs",
        "/generated/src/parcel/get/mod.rs",
    ] {
        assert!(
            written.contains_key(name),
            "there is no {name} among {:?}",
            written.keys()
        );
    }
    assert!(
        written
            .keys()
            .all(|name| name.starts_with("/spec/") || name.starts_with("/generated/"))
    );
    assert!(
        summary.contains(&format!(
            "{} files ({} written)",
            written.len(),
            written.len()
        )),
        "{summary}"
    );
}

#[test]
fn a_second_gen_writes_nothing() {
    let (docs, out) = (fine(), TempDir::new().unwrap());
    assert_code(&generate(docs.path(), out.path(), &[]), 0);
    let before = files(out.path());
    let output = generate(docs.path(), out.path(), &[]);
    assert_code(&output, 0);
    assert!(
        stderr(&output).contains("(0 written)"),
        "{}",
        stderr(&output)
    );
    assert_eq!(files(out.path()), before);
}

#[test]
fn the_same_docs_give_the_same_bytes_wherever_they_are() {
    let (one, two) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    assert_code(&generate(fine().path(), one.path(), &[]), 0);
    assert_code(&generate(fine().path(), two.path(), &[]), 0);
    assert_eq!(contents(one.path()), contents(two.path()));
}

#[test]
fn the_projects_own_docs_are_read_without_arguments() {
    let out = TempDir::new().unwrap();
    let arguments = ["gen", "--out", out.path().to_str().unwrap()];
    assert_code(&xtask(&arguments), 0);
    let before = files(out.path());
    assert!(
        before.contains_key("/spec/names.yaml") && before.contains_key("/spec/api/customer.yaml"),
        "{:?}",
        before.keys()
    );
    let output = xtask(&arguments);
    assert_code(&output, 0);
    assert!(
        stderr(&output).contains("(0 written)"),
        "{}",
        stderr(&output)
    );
    assert_eq!(files(out.path()), before);
    let place = env!("CARGO_MANIFEST_DIR")
        .trim_end_matches("xtask")
        .as_bytes();
    for (name, (bytes, _)) in &before {
        assert!(
            !bytes.windows(place.len()).any(|window| window == place),
            "{name} holds a path of this machine"
        );
    }
    assert_code(
        &xtask(&["gen", "--check", "--out", out.path().to_str().unwrap()]),
        0,
    );
}

#[test]
fn names_in_the_output_folder_are_kept() {
    let (docs, out) = (fine(), TempDir::new().unwrap());
    assert_code(&generate(docs.path(), out.path(), &[]), 0);
    let path = out.path().join("spec/names.yaml");
    let names = fs::read_to_string(&path).unwrap();
    let renamed = names.replace(
        "1001: ParcelNotFound",
        "1001: {name: NoSuchParcel, was: [ParcelNotFound]}",
    );
    assert_ne!(renamed, names);
    fs::write(&path, renamed).unwrap();
    assert_code(&generate(docs.path(), out.path(), &[]), 0);
    let codes = out.path().join("generated/src/parcel/codes.rs");
    let written = fs::read_to_string(codes).unwrap();
    assert!(
        written.contains("NoSuchParcel = 1001") && written.contains("pub const ParcelNotFound"),
        "{written}"
    );
    // A name that is none ends the run with its line, and changes nothing.
    let wrong = names.replace("1001: ParcelNotFound", "1001: Parcel not found");
    let line = wrong
        .lines()
        .position(|line| line.contains("1001: Parcel not"))
        .unwrap()
        + 1;
    fs::write(&path, &wrong).unwrap();
    let before = files(out.path());
    let output = generate(docs.path(), out.path(), &[]);
    assert_code(&output, 2);
    let place = format!("spec/names.yaml:{line}:");
    assert!(stderr(&output).contains(&place), "{}", stderr(&output));
    assert_eq!(files(out.path()), before);
}

#[test]
fn check_tells_what_is_stale_and_writes_nothing() {
    let (docs, out) = (fine(), TempDir::new().unwrap());
    let output = generate(docs.path(), out.path(), &["--check"]);
    assert_code(&output, 1);
    assert!(
        stderr(&output).contains("new      spec/api/parcel.yaml"),
        "{}",
        stderr(&output)
    );
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);

    assert_code(&generate(docs.path(), out.path(), &[]), 0);
    let output = generate(docs.path(), out.path(), &["--check"]);
    assert_code(&output, 0);
    assert!(
        stderr(&output).contains(" (0 written)"),
        "{}",
        stderr(&output)
    );

    fs::write(out.path().join("generated/src/lib.rs"), "// edited\n").unwrap();
    fs::write(
        out.path().join("generated/src/leftover.rs"),
        "// left over\n",
    )
    .unwrap();
    fs::remove_file(out.path().join("spec/api/parcel.yaml")).unwrap();
    let before = files(out.path());
    let output = generate(docs.path(), out.path(), &["--check"]);
    assert_code(&output, 1);
    let text = stderr(&output);
    for line in [
        "changed  generated/src/lib.rs",
        "gone     generated/src/leftover.rs",
        "new      spec/api/parcel.yaml",
        "run `cargo xtask gen`",
    ] {
        assert!(text.contains(line), "{text} does not say {line}");
    }
    assert_eq!(files(out.path()), before);

    assert_code(&generate(docs.path(), out.path(), &[]), 0);
    assert!(!out.path().join("generated/src/leftover.rs").exists());
    assert_code(&generate(docs.path(), out.path(), &["--check"]), 0);
}

#[test]
fn files_of_a_page_that_is_gone_are_removed_and_others_stay() {
    let (docs, out) = (fine(), TempDir::new().unwrap());
    assert_code(&generate(docs.path(), out.path(), &[]), 0);
    fs::write(out.path().join("generated/CHANGELOG.md"), "mine\n").unwrap();
    fs::write(out.path().join("spec/notes.md"), "mine\n").unwrap();
    // Another page with another operation: one that only has another file name is the same.
    fs::remove_file(docs.path().join("includes/_parcel.md")).unwrap();
    fs::write(
        docs.path().join("includes/_letter.md"),
        PAGE.replace("Get Parcel", "Weigh Letter")
            .replace("parcel/get", "letter/weigh")
            .replace("\"parcel\"", "\"letter\""),
    )
    .unwrap();
    fs::write(
        docs.path().join("index.html.md"),
        INDEX.replace("parcel", "letter"),
    )
    .unwrap();
    assert_code(&generate(docs.path(), out.path(), &[]), 0);
    let left = files(out.path());
    assert!(
        left.keys()
            .any(|name| name.starts_with("/generated/src/letter/")),
        "{:?}",
        left.keys()
    );
    assert!(
        !left
            .keys()
            .any(|name| name.contains("/parcel/") || name.ends_with("parcel.yaml")),
        "{:?}",
        left.keys()
    );
    assert!(!out.path().join("generated/src/parcel").exists());
    // It gets an entry, as the docs changed; what is written there stays.
    assert!(left["/generated/CHANGELOG.md"].0.starts_with(b"mine\n"));
    assert_eq!(left["/spec/notes.md"].0, b"mine\n");
}

#[test]
fn bad_input_ends_with_2_a_place_and_nothing_written() {
    let missing = docs(
        "---\ntitle: T\nincludes:\n  - parcel\n  - letter\n---\n",
        PAGE.as_bytes(),
    );
    let leaving = docs(
        "---\ntitle: T\nincludes:\n  - ../../x\n---\n",
        PAGE.as_bytes(),
    );
    let bare = docs("# Parcel Service\n", PAGE.as_bytes());
    let broken = docs("---\ntitle: T\nincludes: [parcel\n---\n", PAGE.as_bytes());
    let unreadable = fine();
    fs::remove_file(unreadable.path().join("includes/_parcel.md")).unwrap();
    fs::create_dir(unreadable.path().join("includes/_parcel.md")).unwrap();
    let other = TempDir::new().unwrap();
    fs::write(other.path().join("README.md"), "# Something else\n").unwrap();
    for (folder, says) in [
        (&missing, "index.html.md:5:1: include \"letter\""),
        (&leaving, "index.html.md:4:1: include \"../../x\""),
        (
            &bare,
            "index.html.md:1:1: a Slate index begins with front matter",
        ),
        (&broken, "index.html.md:"),
        (
            &unreadable,
            "index.html.md:4:1: include \"parcel\": cannot read includes/_parcel.md",
        ),
        (
            &other,
            "is not a Slate source folder: it has no index.html.md",
        ),
    ] {
        let out = TempDir::new().unwrap();
        for output in [
            generate(folder.path(), out.path(), &[]),
            generate(folder.path(), out.path(), &["--check"]),
            with_docs("spec", folder.path(), &["--json"]),
            with_docs("lint", folder.path(), &[]),
        ] {
            assert_code(&output, 2);
            assert_eq!(stdout(&output), "");
            let text = stderr(&output);
            assert!(
                text.starts_with("error: ") && text.contains(says),
                "{text} does not say {says}"
            );
            assert!(!text.contains("panicked"), "{text}");
        }
        assert_eq!(files(out.path()).len(), 0, "{says}");
    }
    assert_code(&with_docs("spec", &other.path().join("nowhere"), &[]), 2);
}

#[test]
fn bad_input_leaves_what_was_written_before() {
    let (docs, out) = (fine(), TempDir::new().unwrap());
    assert_code(&generate(docs.path(), out.path(), &[]), 0);
    let before = files(out.path());
    fs::remove_file(docs.path().join("includes/_parcel.md")).unwrap();
    assert_code(&generate(docs.path(), out.path(), &[]), 2);
    assert_eq!(files(out.path()), before);
}

#[test]
fn a_file_that_cannot_be_replaced_leaves_all_others_alone() {
    let (docs, out) = (fine(), TempDir::new().unwrap());
    let blocked = out.path().join("generated/src/parcel/get/mod.rs");
    fs::create_dir_all(&blocked).unwrap();
    fs::write(blocked.join("mine.txt"), "mine\n").unwrap();
    let before = files(out.path());
    let output = generate(docs.path(), out.path(), &[]);
    assert_code(&output, 2);
    assert!(
        stderr(&output).contains("generated/src/parcel/get/mod.rs"),
        "{}",
        stderr(&output)
    );
    assert_eq!(
        files(out.path()).keys().collect::<Vec<_>>(),
        before.keys().collect::<Vec<_>>()
    );
}

#[test]
fn an_output_folder_that_is_a_file_is_an_error() {
    let (docs, folder) = (fine(), TempDir::new().unwrap());
    let file = folder.path().join("out");
    fs::write(&file, "mine\n").unwrap();
    let output = generate(docs.path(), &file, &[]);
    assert_code(&output, 2);
    assert!(stderr(&output).contains("out"), "{}", stderr(&output));
    assert_eq!(fs::read(&file).unwrap(), b"mine\n");
}

#[test]
fn bad_usage_ends_with_2() {
    for arguments in [
        &["gen", "--nonsense"][..],
        &["gen", "--docs"],
        &["nonsense"],
        &[],
    ] {
        let output = xtask(arguments);
        assert_code(&output, 2);
        let text = stderr(&output);
        assert!(
            text.contains("Usage: cargo xtask") || text.contains("--docs <DIR>"),
            "{text}"
        );
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn mock_on_a_port_that_cannot_be_had_says_so_at_once() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = xtask(&["mock", "--port", &port]);
    assert_code(&output, 2);
    assert!(
        stderr(&output).starts_with(&format!("error: cannot listen on port {port}: ")),
        "{}",
        stderr(&output)
    );
    for port in ["0", "65536", "http"] {
        let output = xtask(&["mock", "--port", port]);
        assert_code(&output, 2);
        assert!(stderr(&output).contains("--port"), "{}", stderr(&output));
    }
}

#[test]
fn spec_prints_the_whole_spec() {
    let docs = fine();
    let output = with_docs("spec", docs.path(), &["--json"]);
    assert_code(&output, 0);
    assert_eq!(stderr(&output), "");
    let spec: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(spec["api"]["entities"], serde_json::json!(["parcel"]));
    let operation = &spec["entities"][0]["operations"][0];
    assert_eq!(operation["method"], "GET");
    assert_eq!(
        operation["source"],
        serde_json::json!({"file": "includes/_parcel.md", "line": 4})
    );
    assert_eq!(operation["params"][0]["name"], "id");
    assert_eq!(operation["params"][0]["required"], true);
    assert_eq!(
        spec["entities"][0]["codes"].as_array().map(Vec::len),
        Some(2)
    );

    let yaml = stdout(&with_docs("spec", docs.path(), &[]));
    assert!(
        yaml.contains("entity: parcel") && yaml.contains("method: GET"),
        "{yaml}"
    );
}

#[test]
fn lint_ends_with_0_without_errors_and_with_1_with_some() {
    let output = with_docs("lint", fine().path(), &[]);
    assert_code(&output, 0);
    // The project's overrides are not for these docs.
    assert!(stdout(&output).contains("warning[O001]"));
    let output = with_docs("lint", fine().path(), &["--allow", "O001"]);
    assert_code(&output, 0);
    assert!(
        stdout(&output).ends_with("0 errors, 0 warnings, 0 notes\n"),
        "{}",
        stdout(&output)
    );

    let folder = docs(INDEX, unreadable_sample().as_bytes());
    let output = with_docs("lint", folder.path(), &[]);
    assert_code(&output, 1);
    assert_eq!(stderr(&output), "");
    let text = stdout(&output);
    for part in ["error[S016]", "includes/_parcel.md:13:1", "1 error"] {
        assert!(text.contains(part), "{text} does not say {part}");
    }

    // A warning is no error.
    let page = PAGE.replace("id* | int |", "id* | itn |");
    let output = with_docs("lint", docs(INDEX, page.as_bytes()).path(), &[]);
    assert_code(&output, 0);
    assert!(
        stdout(&output).contains("warning[S011]"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn lint_as_json_has_code_level_place_message_and_action() {
    let folder = docs(INDEX, unreadable_sample().as_bytes());
    let output = with_docs("lint", folder.path(), &["--json"]);
    assert_code(&output, 1);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(report["counts"]["S016"], 1);
    let counted: u64 = report["counts"]
        .as_object()
        .unwrap()
        .values()
        .filter_map(Value::as_u64)
        .sum();
    assert_eq!(usize::try_from(counted).unwrap(), findings.len());
    let finding = findings
        .iter()
        .find(|finding| finding["code"] == "S016")
        .unwrap();
    assert_eq!(finding["level"], "error");
    assert_eq!(finding["file"], "includes/_parcel.md");
    assert_eq!(
        (finding["line"].as_u64(), finding["column"].as_u64()),
        (Some(13), Some(1))
    );
    assert!(
        finding["message"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
            && finding["action"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
    );
}

#[test]
fn bytes_that_are_not_utf8_are_a_finding() {
    let mut page = PAGE.as_bytes().to_vec();
    page.extend_from_slice(b"1002 | B\xfcro closed\n");
    let folder = docs(INDEX, &page);
    let output = with_docs("lint", folder.path(), &[]);
    assert_code(&output, 0);
    assert!(
        stdout(&output).contains("warning[S001]"),
        "{}",
        stdout(&output)
    );
    let out = TempDir::new().unwrap();
    assert_code(&generate(folder.path(), out.path(), &[]), 0);
}
