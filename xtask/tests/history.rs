//! `cargo xtask history`: what is measured, and that it says so when something does not hold.

use crate::support;
use crate::support::published;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use published::published;
use serde_json::Value;
use support::INDEX;
use tempfile::TempDir;

/// An operation of the page.
fn section(title: &str, path: &str) -> String {
    format!(
        "## {title}\n> Sample Response\n\n```json\n{{\"response\": {{\"parcel\": {{\"id\": 7}}}}}}\n```\n\n\
         Says it.\n\n### Resource Information\n| | |\n--- | --- |\nURI | {path}\nHTTP Method | GET\n\
         Authentication | Yes\nBatch Support | No\n\n### Request URL\n`https://{{host}}/v1.1/{path}?id={{id}}`\n\n\
         ### Request Query Parameters\nParameter | Datatype | Description\n--------- | -------- | -----------\n\
         id* | int | Number of the parcel.\n\n"
    )
}

/// A folder of revisions, each a name and the sections of its page.
fn revisions(all: &[(&str, &[String])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, sections) in all {
        let docs = folder.path().join(name);
        fs::create_dir_all(docs.join("includes")).unwrap();
        fs::write(docs.join("index.html.md"), INDEX).unwrap();
        let page = format!("# Parcel\nParcels.\n\n{}", sections.concat());
        fs::write(docs.join("includes/_parcel.md"), page).unwrap();
    }
    folder
}

fn history(folder: &Path, rest: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("history")
        .arg(folder)
        .args(rest)
        .output()
        .unwrap()
}

#[track_caller]
fn assert_code(output: &Output, code: i32) {
    let [out, err] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    assert_eq!(output.status.code(), Some(code), "{out}\n{err}");
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Fine, taken and faults of a measure.
fn total(report: &Value, measure: &str) -> (u64, u64, u64) {
    let totals = report["totals"].as_array().unwrap();
    let total = totals.iter().find(|total| total["measure"] == measure);
    let number = |key: &str| total.unwrap()[key].as_u64().unwrap();
    (number("fine"), number("of"), number("faults"))
}

#[test]
fn revisions_of_which_all_holds() {
    let get = [section("Get Parcel", "parcel/get")];
    let both = [get[0].clone(), section("Drop Parcel", "parcel/drop")];
    let folder = revisions(&[("1", &get), ("2", &both), ("3", &get)]);
    let output = history(folder.path(), &[]);
    assert_code(&output, 0);
    assert_eq!(output.stderr, b"", "progress is for terminals");
    let text = stdout(&output);
    assert!(
        text.contains("a second gen writes nothing               3 of 3\n"),
        "{text}"
    );
    assert!(
        text.contains("A, B, A gives A                           2 of 2\n"),
        "{text}"
    );
    assert!(!text.contains("revision "), "{text}");
}

#[test]
fn docs_that_are_refused_are_counted_and_the_others_go_on() {
    let get = [section("Get Parcel", "parcel/get")];
    let folder = revisions(&[("1", &get), ("2", &get), ("3", &get)]);
    fs::write(folder.path().join("2/index.html.md"), "no front matter\n").unwrap();
    let output = history(folder.path(), &["--json"]);
    assert_code(&output, 1);
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(total(&report, "gen"), (2, 3, 1));
    assert_eq!(total(&report, "panic"), (3, 3, 0));
    assert_eq!(total(&report, "back"), (1, 1, 0));
    let text = stdout(&history(folder.path(), &[]));
    assert!(text.contains("\n2           1      .      -"), "{text}");
    assert!(
        text.contains("\ngen takes the docs                        2 of 3, 1 in all\n"),
        "{text}"
    );
}

#[test]
fn what_is_made_is_kept_where_it_is_asked_for_and_begins_without_names() {
    let folder = revisions(&[("1", &[section("Fetch Parcel", "parcel/get")])]);
    let out = TempDir::new().unwrap();
    let place = out.path().join("new");
    let rest = ["--out", place.to_str().unwrap()];
    assert_code(&history(folder.path(), &rest), 0);
    let names = fs::read_to_string(place.join("spec/names.yaml")).unwrap();
    assert!(names.contains("GET /v1.1/parcel/get: fetch"), "{names}");
    assert!(!names.contains("customer"), "{names}");
    let again = history(folder.path(), &rest);
    assert_code(&again, 2);
    assert!(String::from_utf8_lossy(&again.stderr).contains("the folder is not empty"));
}

#[test]
fn folders_without_revisions_are_errors() {
    let said = |folder: &Path, rest: &[&str]| {
        let output = history(folder, rest);
        assert_code(&output, 2);
        String::from_utf8(output.stderr).unwrap()
    };
    let empty = TempDir::new().unwrap();
    assert!(said(empty.path(), &[]).contains("no folder in it"));
    assert!(said(&empty.path().join("none"), &[]).contains("none"));
    let folder = revisions(&[("1", &[]), ("2", &[])]);
    fs::create_dir(folder.path().join("pictures")).unwrap();
    assert!(said(folder.path(), &[]).contains("no docs (no index.html.md) in pictures"));
    assert!(said(folder.path(), &["--only", "^9"]).contains("none of the 3"));
    assert!(said(folder.path(), &["--only", "("]).contains("--only"));
}

#[test]
fn some_of_the_revisions() {
    let get = [section("Get Parcel", "parcel/get")];
    let folder = revisions(&[("1", &get), ("2", &get), ("3", &get)]);
    let names = |rest: &[&str]| -> Vec<String> {
        let output = history(folder.path(), &[rest, &["--json"]].concat());
        assert_code(&output, 0);
        let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
        let rows = report["revisions"].as_array().unwrap();
        let name = |row: &Value| row["revision"].as_str().unwrap().to_owned();
        rows.iter().map(name).collect()
    };
    assert_eq!(names(&["--every", "2"]), ["1", "3"]);
    assert_eq!(names(&["--only", "[23]"]), ["2", "3"]);
}

/// What does not hold yet, with the number of faults. More must not be; what is mended comes off the list.
const KNOWN: &[(&str, u64)] = &[];

/// The pages that are read: with all of them this would take minutes.
const PAGES: [&str; 2] = ["coupon", "requests"];

/// Some pages of a revision.
fn sample(from: &Path, to: &Path) {
    fs::create_dir_all(to.join("includes")).unwrap();
    let index = fs::read_to_string(from.join("index.html.md")).unwrap();
    let mut listed = false;
    let mut kept = String::new();
    for line in index.lines() {
        let item = line.trim().strip_prefix("- ").filter(|_| listed);
        if item.is_none_or(|name| PAGES.contains(&name.trim())) {
            kept.extend([line, "\n"]);
        }
        listed = line.starts_with("includes:") || listed && item.is_some();
    }
    fs::write(to.join("index.html.md"), kept).unwrap();
    for page in PAGES {
        let path = format!("includes/_{page}.md");
        fs::copy(from.join(&path), to.join(&path)).unwrap();
    }
}

#[test]
fn the_published_revisions() {
    let Some(published) = published() else { return };
    let folder = TempDir::new().unwrap();
    for (at, name) in ["2020-10-29", "2021-12-28", "current"].iter().enumerate() {
        sample(
            &published.join(name),
            &folder.path().join(format!("{at}-{name}")),
        );
    }
    let output = history(folder.path(), &["--json"]);
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(report["revisions"].as_array().unwrap().len(), 3);
    let names = |total: &&Value| total["faults"].as_u64().is_some_and(|faults| faults > 0);
    let found: Vec<(&str, u64)> = report["totals"]
        .as_array()
        .unwrap()
        .iter()
        .filter(names)
        .map(|total| {
            (
                total["measure"].as_str().unwrap(),
                total["faults"].as_u64().unwrap(),
            )
        })
        .collect();
    let rows = serde_json::to_string_pretty(&report["revisions"]).unwrap();
    assert_eq!(found, KNOWN, "{rows}");
}
