//! One small page for each way in which docs written by hand are irregular, and what the generator makes of it.
//!
//! `UPDATE_GOLDEN=1 cargo test -p slate-codegen golden::` writes the files in `tests/golden` anew. Read them
//! against their page in `tests/fixtures/irregular` before they are checked in.

use crate::support::pages;
use crate::support::settings;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use pages::document;
use serde_json::Value;
use settings::settings;
use slate_codegen::{Reading, files, read_docs};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

fn page(name: &str) -> String {
    fs::read_to_string(folder("fixtures/irregular").join(format!("{name}.md"))).unwrap()
}

fn read(page: &str) -> Reading {
    read_docs(&document(&[("parcel", page)]), &settings()).unwrap()
}

/// Compares with a golden file, or writes it.
#[track_caller]
fn assert_golden(name: &str, text: &str) {
    let path = folder("golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
        return;
    }
    let golden =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let first = golden
        .lines()
        .zip(text.lines())
        .position(|(old, new)| old != new)
        .unwrap_or(golden.lines().count().min(text.lines().count()));
    let around = |text: &str| {
        text.lines()
            .skip(first.saturating_sub(3))
            .take(8)
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert!(
        golden == text,
        "{name} differs from line {} on. It was\n{}\nand is\n{}\nIf that is right: UPDATE_GOLDEN=1 cargo test -p slate-codegen golden::",
        first + 1,
        around(&golden),
        around(text)
    );
}

/// The entity without what is empty, places as lines, and then the findings.
fn compact(reading: &Reading) -> String {
    let mut entity = serde_json::to_value(&reading.inferred.spec.entities[0]).unwrap();
    if let Some(entity) = entity.as_object_mut() {
        for key in ["entity", "title", "source", "doc"] {
            entity.shift_remove(key);
        }
    }
    prune(&mut entity);
    let mut out = serde_yaml::to_string(&entity).unwrap();
    out.push_str("findings:");
    if reading.diagnostics.is_empty() {
        out.push_str(" none");
    }
    out.push('\n');
    for finding in reading.diagnostics.report(&reading.sources) {
        let place = format!("{}:{}", finding.place.line, finding.place.column);
        let _ = writeln!(
            out,
            "- {} {} {place}: {} → {}",
            finding.code, finding.level, finding.message, finding.action
        );
    }
    out
}

fn prune(value: &mut Value) {
    match value {
        Value::Object(map) => {
            let keys: Vec<String> = map.keys().cloned().collect();
            for key in keys {
                let member = &mut map[&key];
                if key == "source" || key == "also" {
                    *member = lines(member);
                }
                prune(member);
                let empty = match member {
                    Value::Null | Value::Bool(false) => {
                        key != "auth" && key != "batch" && key != "rate_limited"
                    }
                    Value::String(text) => text.is_empty(),
                    Value::Array(list) => list.is_empty(),
                    Value::Object(map) => map.is_empty(),
                    _ => false,
                };
                if empty {
                    map.shift_remove(&key);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(prune),
        _ => {}
    }
}

fn lines(source: &Value) -> Value {
    match source {
        Value::Array(list) if list.len() == 1 => lines(&list[0]),
        Value::Array(list) => list.iter().map(lines).collect(),
        other => other["line"].clone(),
    }
}

macro_rules! goldens {
    ($($name:ident),+ $(,)?) => {
        const NAMES: &[&str] = &[$(stringify!($name)),+];
        $(
            #[test]
            fn $name() {
                let page = page(stringify!($name));
                let reading = read(&page);
                assert_golden(concat!(stringify!($name), ".yaml"), &compact(&reading));
                files(&reading, &settings()).unwrap_or_else(|error| panic!("{error}"));
            }
        )+
    };
}

goldens!(
    resource_tables,
    request_urls,
    wrong_place,
    broken_rows,
    marks,
    several_names,
    flat_tables,
    written_values,
    code_tables,
    code_columns,
    stated_calls,
    minor_headings,
    sample_words,
    nested_names,
    required_columns,
    broken_samples,
    two_formats,
    merged_samples,
    headings,
    unclosed,
    smallest,
);

#[test]
fn every_fixture_has_a_golden() {
    let stems = |name: &str, extension: &str| -> Vec<String> {
        let mut out: Vec<String> = fs::read_dir(folder(name))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|found| found == extension))
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        out.sort();
        out
    };
    let mut names: Vec<&str> = NAMES.to_vec();
    names.sort_unstable();
    assert_eq!(stems("fixtures/irregular", "md"), names);
    assert_eq!(stems("golden", "yaml"), names);
}

#[test]
fn line_ends_and_a_byte_order_mark_make_no_difference() {
    for name in NAMES {
        let page = page(name);
        let expected = compact(&read(&page));
        // The mark is a finding, and nothing else is different.
        let marked = compact(&read(&format!("\u{feff}{page}")));
        let (of_mark, rest): (Vec<&str>, Vec<&str>) = marked
            .split_inclusive('\n')
            .partition(|line| line.starts_with("- S048 "));
        assert_eq!(of_mark.len(), 1, "{name}");
        // Without other findings there is no list of them.
        let none = |text: &str| {
            text.replace("findings:\n", "")
                .replace("findings: []\n", "")
        };
        assert_eq!(
            none(&rest.concat()),
            none(&expected),
            "{name} with a byte order mark"
        );
        assert_eq!(
            compact(&read(&page.replace('\n', "\r\n"))),
            expected,
            "{name} with CRLF"
        );
        assert_eq!(
            compact(&read(page.trim_end())),
            expected,
            "{name} without a last line end"
        );
    }
}

#[test]
fn emitted_rust() {
    let settings = settings();
    let out = files(&read(&page("smallest")), &settings).unwrap_or_else(|error| panic!("{error}"));
    for (path, golden) in [
        ("mod.rs", "entity.rs"),
        ("get/mod.rs", "operation.rs"),
        ("get/response.rs", "response.rs"),
    ] {
        let path = format!("generated/src/parcel/{path}");
        let file = out
            .iter()
            .find(|file| file.path == path)
            .unwrap_or_else(|| panic!("there is no {path}"));
        assert_golden(golden, &file.text);
    }
}
