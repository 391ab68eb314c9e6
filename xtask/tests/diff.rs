//! `cargo xtask diff` and `explain` as a whole, and what a change of the docs does to the changelog and the version.
//!
//! `UPDATE_GOLDEN=1 cargo test -p xtask diff::` writes the files in `tests/golden` anew. Read them against the docs
//! before they are checked in.

use crate::support::published;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use published::published;
use serde_json::Value;
use tempfile::TempDir;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn side(name: &str) -> String {
    here("tests/fixtures/diff").join(name).display().to_string()
}

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .output()
        .unwrap()
}

#[track_caller]
fn stdout(output: &Output, code: i32) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{errors}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Without the versions, which releases move.
fn without_version(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        out.push_str(line.split(" (0.").next().unwrap_or(line));
        out.push('\n');
    }
    out
}

#[track_caller]
fn assert_golden(name: &str, text: &str) {
    let path = here("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
        return;
    }
    let golden = fs::read_to_string(&path).unwrap();
    let differs = golden
        .lines()
        .zip(text.lines())
        .find(|(old, new)| old != new);
    assert!(
        golden == text,
        "{name} differs, first in {differs:?}. If that is right: UPDATE_GOLDEN=1 cargo test -p xtask diff::"
    );
}

#[test]
fn small_docs() {
    let (old, new) = (side("old"), side("new"));
    let text = stdout(&xtask(&["diff", &old, &new]), 1);
    assert_golden("small.txt", &without_version(&text));
    let markdown = stdout(&xtask(&["diff", &old, &new, "--markdown"]), 1);
    assert_golden("small.md", &markdown);
    // Sentences of the docs are compared, never repeated.
    for sentence in ["wherever it is", "First day", "Key of the shop"] {
        assert!(
            !text.contains(sentence) && !markdown.contains(sentence),
            "{sentence}"
        );
    }
}

#[test]
fn json_has_every_change_with_its_places() {
    let text = stdout(&xtask(&["diff", &side("old"), &side("new"), "--json"]), 1);
    let report: Value = serde_json::from_str(&text).unwrap();
    let changes = report["changes"].as_array().unwrap();
    let counts = report["counts"].as_object().unwrap();
    let total: u64 = counts.values().filter_map(Value::as_u64).sum();
    assert_eq!(total, changes.len() as u64);
    assert_eq!(report["step"], "minor");
    let shop = changes
        .iter()
        .find(|change| change["subject"] == "query parameter `shop`")
        .unwrap();
    assert_eq!(
        (&shop["rule"], &shop["level"]),
        (&"D040".into(), &"breaking".into())
    );
    assert_eq!(shop["new_source"]["file"], "includes/_parcel.md");
    let page = fs::read_to_string(here("tests/fixtures/diff/new/includes/_parcel.md")).unwrap();
    let line = usize::try_from(shop["new_source"]["line"].as_u64().unwrap()).unwrap();
    assert!(page.lines().nth(line - 1).unwrap().starts_with("shop*"));
    // The old docs have no such row: it would stand in the section of the operation.
    let page = fs::read_to_string(here("tests/fixtures/diff/old/includes/_parcel.md")).unwrap();
    let line = usize::try_from(shop["old_source"]["line"].as_u64().unwrap()).unwrap();
    assert!(page.lines().nth(line - 1).unwrap().starts_with("## "));
    let item = shop["item"].as_str().unwrap();
    assert!(
        item.starts_with("parcel::") && item.ends_with("::shop"),
        "{item}"
    );
}

#[test]
fn docs_a_spec_folder_and_a_spec_file_are_the_same_thing() {
    let out = TempDir::new().unwrap();
    let old = side("old");
    let at = out.path().join("out").display().to_string();
    stdout(&xtask(&["gen", "--docs", &old, "--out", &at]), 0);
    let json = out.path().join("spec.json");
    let spec = stdout(&xtask(&["spec", "--docs", &old, "--json"]), 0);
    fs::write(&json, spec).unwrap();
    let sides = [old, format!("{at}/spec/api"), json.display().to_string()];
    for one in &sides {
        for other in &sides {
            let text = stdout(&xtask(&["diff", one, other]), 0);
            assert_eq!(
                without_version(&text),
                "\n0 breaking, 0 additive, 0 prose; version step: none\n".trim_start(),
                "{one} {other}"
            );
        }
    }
    stdout(&xtask(&["diff", "checked-in", "."]), 0);
}

#[test]
fn what_cannot_be_compared_is_bad_input() {
    let empty = TempDir::new().unwrap();
    let empty = empty.path().display().to_string();
    let file = here("Cargo.toml").display().to_string();
    for bad in [empty.as_str(), file.as_str(), "nowhere"] {
        let output = xtask(&["diff", &side("old"), bad]);
        stdout(&output, 2);
        assert!(String::from_utf8_lossy(&output.stderr).contains(bad));
    }
    stdout(&xtask(&["diff", "--json", "--markdown", ".", "."]), 2);
}

#[test]
fn ids_are_explained() {
    assert!(stdout(&xtask(&["explain", "d064"]), 0).starts_with("D064 (additive): optional field"));
    assert!(stdout(&xtask(&["explain", "S014"]), 0).starts_with("S014 (warning)"));
    stdout(&xtask(&["explain", "D999"]), 2);
}

/// Runs `gen` into a folder.
fn generate(docs: &str, out: &TempDir, rest: &[&str], code: i32) {
    let at = out.path().display().to_string();
    let mut arguments = vec!["gen", "--docs", docs, "--out", at.as_str()];
    arguments.extend(rest);
    stdout(&xtask(&arguments), code);
}

fn read(out: &TempDir, path: &str) -> String {
    fs::read_to_string(out.path().join(path)).unwrap()
}

#[test]
fn a_change_of_the_docs_moves_the_version_once() {
    let out = TempDir::new().unwrap();
    generate(&side("old"), &out, &["--revision", "spring"], 0);
    // A release by hand, with words of its own.
    let manifest = read(&out, "generated/Cargo.toml");
    let version = manifest
        .lines()
        .find(|line| line.starts_with("version = "))
        .unwrap();
    let released = manifest.replacen(version, "version = \"0.7.3\"", 1);
    fs::write(out.path().join("generated/Cargo.toml"), released).unwrap();
    let log = read(&out, "generated/CHANGELOG.md") + "\nWritten by hand.\n";
    fs::write(out.path().join("generated/CHANGELOG.md"), &log).unwrap();
    generate(&side("old"), &out, &["--check"], 0);

    generate(&side("new"), &out, &["--check"], 1);
    assert_eq!(read(&out, "generated/CHANGELOG.md"), log);
    generate(&side("new"), &out, &["--revision", "summer"], 0);
    let manifest = read(&out, "generated/Cargo.toml");
    assert!(
        manifest.contains("version = \"0.8.0\"") && manifest.contains("revision = \"summer\""),
        "{manifest}"
    );
    let changed = read(&out, "generated/CHANGELOG.md");
    let entry = changed.find("## [0.8.0]").unwrap();
    assert!(
        entry
            < changed
                .find("## [0.")
                .map_or(0, |_| changed.rfind("## [0.").unwrap())
    );
    assert!(
        changed.ends_with("\nWritten by hand.\n") && changed.contains("### Breaking"),
        "{changed}"
    );
    assert!(read(&out, "generated/src/lib.rs").contains("revision: \"summer\""));

    // The same docs again, with and without their name.
    generate(&side("new"), &out, &["--check"], 0);
    generate(&side("new"), &out, &["--revision", "summer"], 0);
    assert_eq!(read(&out, "generated/CHANGELOG.md"), changed);
    assert_eq!(read(&out, "generated/Cargo.toml"), manifest);
}

/// A copy of the small docs that can be changed.
fn copy(docs: &TempDir, change: fn(&str) -> String) -> String {
    let _ = fs::create_dir(docs.path().join("includes"));
    for path in ["index.html.md", "includes/_parcel.md"] {
        let text = fs::read_to_string(here("tests/fixtures/diff/old").join(path)).unwrap();
        fs::write(docs.path().join(path), change(&text)).unwrap();
    }
    docs.path().display().to_string()
}

fn version(out: &TempDir) -> String {
    let manifest = read(out, "generated/Cargo.toml");
    let line = manifest.lines().find(|line| line.starts_with("version"));
    line.unwrap().split('"').nth(1).unwrap().to_owned()
}

fn set_version(out: &TempDir, version: &str) {
    let manifest = read(out, "generated/Cargo.toml");
    let old = self::version(out);
    let new = manifest.replacen(
        &format!("version = \"{old}\""),
        &format!("version = \"{version}\""),
        1,
    );
    fs::write(out.path().join("generated/Cargo.toml"), new).unwrap();
}

#[test]
fn other_words_move_the_patch_version_and_other_line_ends_none() {
    let (out, docs) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let folder = copy(&docs, str::to_owned);
    generate(&folder, &out, &[], 0);
    set_version(&out, "0.7.3");
    generate(&folder, &out, &[], 0);
    let log = read(&out, "generated/CHANGELOG.md");
    copy(&docs, |text| text.replace('\n', "\r\n"));
    generate(&folder, &out, &["--check"], 0);
    copy(&docs, |text| text.replace('\n', "\r"));
    generate(&folder, &out, &["--check"], 0);
    copy(&docs, |text| {
        text.replace("Fetches one parcel.", "Gives you one parcel.")
    });
    // What `diff` asks for is what `gen` does.
    let json = stdout(&xtask(&["diff", &side("old"), &folder, "--json"]), 0);
    let report: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["step"], "patch");
    for _ in 0..2 {
        generate(&folder, &out, &[], 0);
        assert_eq!(version(&out), "0.7.4");
    }
    let changed = read(&out, "generated/CHANGELOG.md");
    assert_eq!(
        changed.matches("\n## [").count(),
        log.matches("\n## [").count() + 1
    );
    let entry = changed.split("\n## [").nth(1).unwrap();
    assert!(entry.starts_with("0.7.4]"), "{entry}");
    assert!(
        entry.contains("### Documentation") && !entry.contains("### Breaking"),
        "{entry}"
    );
}

#[test]
fn a_pre_release_moves_its_own_number_or_stops() {
    let (out, docs) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let folder = copy(&docs, str::to_owned);
    generate(&folder, &out, &[], 0);
    set_version(&out, "1.0.0-rc.1");
    generate(&side("new"), &out, &[], 0);
    assert_eq!(version(&out), "1.0.0-rc.2");
    set_version(&out, "1.0.0-rc");
    let log = read(&out, "generated/CHANGELOG.md");
    let at = out.path().display().to_string();
    let output = xtask(&["gen", "--docs", &folder, "--out", &at]);
    stdout(&output, 2);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("1.0.0-rc") && said.contains("by hand"),
        "{said}"
    );
    assert_eq!(read(&out, "generated/CHANGELOG.md"), log);
}

#[test]
fn a_revision_has_a_plain_name() {
    let out = TempDir::new().unwrap();
    generate(&side("old"), &out, &["--revision", "x\"\n[package]"], 2);
    assert!(!out.path().join("generated").exists());
}

const REVISIONS: [&str; 2] = ["2020-10-29", "2021-12-28"];

#[test]
fn the_two_published_revisions() {
    let Some(folder) = published() else { return };
    let [old, new] = REVISIONS.map(|name| folder.join(name).display().to_string());
    let text = stdout(&xtask(&["diff", &old, &new]), 1);
    assert_golden("published.txt", &without_version(&text));
}

/// The text of each operation, by id: from its heading to that of the next one. Headings do not tell, as some parts of an
/// operation stand at its own level.
fn sections(folder: &Path, spec: &Value) -> BTreeMap<String, String> {
    let operations: Vec<(&str, &str, usize)> = spec["entities"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|entity| entity["operations"].as_array().unwrap())
        .map(|operation| {
            let source = &operation["source"];
            let line = usize::try_from(source["line"].as_u64().unwrap()).unwrap() - 1;
            (
                operation["id"].as_str().unwrap(),
                source["file"].as_str().unwrap(),
                line,
            )
        })
        .collect();
    let mut out = BTreeMap::new();
    for (id, file, first) in &operations {
        let later = operations
            .iter()
            .filter(|(_, other, line)| other == file && line > first);
        let next = later.map(|(_, _, line)| *line).min().unwrap_or(usize::MAX);
        let page = fs::read_to_string(folder.join(file)).unwrap();
        let lines: Vec<&str> = page.lines().take(next).skip(*first).collect();
        out.insert((*id).to_owned(), lines.join("\n"));
    }
    out
}

/// What is written in the same words means the same, wherever it can be: changes of operations whose section is the same
/// in both revisions. Those that are known are in the golden, with the reason.
#[test]
fn sections_that_are_the_same_have_no_changes() {
    let Some(folder) = published() else { return };
    let [old, new] = REVISIONS.map(|name| folder.join(name));
    let spec = |docs: &Path| -> Value {
        let docs = docs.display().to_string();
        let json = stdout(&xtask(&["spec", "--docs", &docs, "--json"]), 0);
        serde_json::from_str(&json).unwrap()
    };
    let (olds, news) = (sections(&old, &spec(&old)), sections(&new, &spec(&new)));
    let same: BTreeSet<&String> = news
        .iter()
        .filter(|(id, text)| olds.get(*id) == Some(text))
        .map(|(id, _)| id)
        .collect();
    assert!(same.len() > 30, "{}", same.len());
    let (old, new) = (old.display().to_string(), new.display().to_string());
    let report = stdout(&xtask(&["diff", &old, &new, "--json"]), 1);
    let report: Value = serde_json::from_str(&report).unwrap();
    let mut offenders = BTreeSet::new();
    for change in report["changes"].as_array().unwrap() {
        let Some(id) = change["operation"].as_str() else {
            continue;
        };
        if same.contains(&id.to_owned()) {
            let (rule, subject) = (
                change["rule"].as_str().unwrap(),
                change["subject"].as_str().unwrap(),
            );
            offenders.insert(format!("{id} {rule} {subject}"));
        }
    }
    let golden = fs::read_to_string(here("tests/golden/same_sections.txt")).unwrap();
    let known: BTreeSet<String> = golden
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    for offender in &offenders {
        eprintln!("{offender}");
    }
    assert_eq!(offenders, known, "more, or fewer, than are known");
}
