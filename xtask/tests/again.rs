//! One revision of the docs after another, through `gen`: what is the same keeps its names, and the changelog says no more
//! than what changed.

use crate::support::INDEX;

use std::fs;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// Pages of a revision: names of files, and texts.
type Pages<'a> = &'a [(&'a str, &'a str)];

fn docs(pages: Pages<'_>) -> TempDir {
    let folder = TempDir::new().unwrap();
    let names: Vec<String> = pages
        .iter()
        .map(|(name, _)| format!("  - {name}\n"))
        .collect();
    let index = INDEX.replace("  - parcel\n", &names.concat());
    fs::write(folder.path().join("index.html.md"), index).unwrap();
    fs::create_dir(folder.path().join("includes")).unwrap();
    for (name, text) in pages {
        fs::write(folder.path().join(format!("includes/_{name}.md")), text).unwrap();
    }
    folder
}

fn xtask(arguments: &[&str], code: i32) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = program.args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?} {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// What `gen` made of revisions, one after the other, from no names on.
struct Made(TempDir);

impl Made {
    fn of(revisions: &[Pages<'_>]) -> Self {
        let made = Self(TempDir::new().unwrap());
        fs::create_dir(made.0.path().join("spec")).unwrap();
        fs::write(made.0.path().join("spec/names.yaml"), "").unwrap();
        for pages in revisions {
            made.next(pages);
        }
        made
    }

    fn next(&self, pages: Pages<'_>) {
        let docs = docs(pages);
        let (docs, out) = (
            docs.path().display().to_string(),
            self.0.path().display().to_string(),
        );
        let arguments = ["gen", "--docs", &docs, "--out", &out];
        xtask(&arguments, 0);
        xtask(&[&arguments[..], &["--check"]].concat(), 0);
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join(path)).unwrap_or_default()
    }

    /// The newest entry of the changelog, but for its heading and the revision.
    fn entry(&self) -> String {
        let log = self.read("generated/CHANGELOG.md");
        let entry = log.split("\n## [").nth(1).unwrap();
        entry
            .splitn(3, "\n\n")
            .nth(2)
            .unwrap_or_default()
            .trim()
            .to_owned()
    }

    fn entries(&self) -> usize {
        self.read("generated/CHANGELOG.md")
            .matches("\n## [")
            .count()
    }

    /// Names of a section and scope of the file, as `fact: name`.
    fn names(&self, section: &str, scope: &str) -> Vec<String> {
        let text = self.read("spec/names.yaml");
        let below = |start: &str, ends: &str| {
            let (_, rest) = text.split_once(start)?;
            let lines = rest.lines().take_while(|line| line.starts_with(ends));
            Some(lines.map(str::to_owned).collect::<Vec<_>>())
        };
        let scopes = below(&format!("\n{section}:\n"), "  ").unwrap_or_default();
        let own = scopes
            .iter()
            .skip_while(|line| **line != format!("  {scope}:"));
        let facts = own.skip(1).take_while(|line| line.starts_with("    "));
        facts.map(|line| line.trim().to_owned()).collect()
    }
}

/// Rules of the changes between two revisions, and the step.
fn diff(old: Pages<'_>, new: Pages<'_>) -> (Vec<String>, String) {
    let (old, new) = (docs(old), docs(new));
    let sides = [&old, &new].map(|side| side.path().display().to_string());
    let mut program = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let program = program.args(["diff", &sides[0], &sides[1], "--json"]);
    let report: Value = serde_json::from_slice(&program.output().unwrap().stdout).unwrap();
    let changes = report["changes"].as_array().unwrap().iter();
    let rule = |change: &Value| change["rule"].as_str().unwrap().to_owned();
    (
        changes.map(rule).collect(),
        report["step"].as_str().unwrap().to_owned(),
    )
}

/// A section with an answer and the rows of a query.
fn section(title: &str, path: &str, answer: &str, rows: &str) -> String {
    format!(
        "## {title}\n> Sample Response\n\n```json\n{{\"response\": {{\"item\": {answer}}}}}\n```\n\nSays it.\n\n\
         ### Resource Information\n| | |\n--- | --- |\nURI | {path}\nHTTP Method | GET\n\n### Request URL\n\
         `https://{{host}}/v1.1/{path}?id={{id}}`\n\n\
         ### Request Query Parameters\nParameter | Datatype | Description\n--------- | -------- | -----------\n{rows}\n"
    )
}

const ROWS: &str = "id* | int | Number of the thing.\nday | string | When it came.\n";

fn page(title: &str, sections: &[String]) -> String {
    format!("# {title}\nAbout it.\n\n{}", sections.concat())
}

#[test]
fn a_page_with_another_file_name_is_the_same() {
    let get = section("Get Parcel", "parcel/get", r#"{"id": 7}"#, ROWS);
    let weigh = section("Weigh Parcel", "parcel/weigh", r#"{"id": 7}"#, ROWS);
    let find = section("Find Depot", "depot/find", r#"{"town": "x"}"#, ROWS);
    let send = section("Send Letter", "letter/send", r#"{"stamp": "x"}"#, ROWS);
    let parcels = page("Parcel", &[get.clone(), weigh.clone()]);
    let depot = page("Depot", &[find]);
    let (old, new): (Pages<'_>, Pages<'_>) = (
        &[("parcel", &parcels), ("depot", &depot)],
        &[("shipment", &parcels), ("depot", &depot)],
    );
    let made = Made::of(&[old, new]);
    assert_eq!(
        made.names("modules", "api"),
        ["depot: depot", "parcel: parcel"]
    );
    assert_eq!(made.names("pages", "api"), ["parcel: shipment"]);
    assert_eq!(
        made.entry(),
        "### Documentation\n\n- `parcel`: page has another file name"
    );
    assert!(
        made.read("generated/src/parcel/get/mod.rs")
            .contains("pub struct Get")
    );
    assert_eq!(made.read("generated/src/shipment/mod.rs"), "");
    let one = (vec!["D093".to_owned()], "patch".to_owned());
    assert_eq!((diff(old, new), diff(new, old)), (one.clone(), one));
    // Back again: as if nothing had been.
    let names = |revisions: &[Pages<'_>]| Made::of(revisions).read("spec/names.yaml");
    assert_eq!(names(&[old, new, old]), names(&[old]));

    // Another page may have the old file name then. Its names are new ones.
    let letters = page("Letter", &[send]);
    let three: Pages<'_> = &[
        ("shipment", &parcels),
        ("depot", &depot),
        ("parcel", &letters),
    ];
    for revisions in [
        &[old, three][..],
        &[old, new, three],
        &[old, new, three, three],
    ] {
        let made = Made::of(revisions);
        assert_eq!(
            made.names("modules", "api"),
            ["depot: depot", "parcel: parcel", "parcel2: parcel2"]
        );
        assert_eq!(
            made.names("pages", "api"),
            ["parcel: shipment", "parcel2: parcel"]
        );
        assert_eq!(
            made.names("operations", "parcel2"),
            ["GET /v1.1/letter/send: send_letter"]
        );
    }
    // Two pages that changed their file names.
    let swapped: Pages<'_> = &[("parcel", &depot), ("depot", &parcels)];
    assert_eq!(
        Made::of(&[old, swapped]).names("pages", "api"),
        ["depot: parcel", "parcel: depot"]
    );
    // A page that is still there keeps its names, however much went to another.
    let (rest, most) = (page("Parcel", &[get]), page("Scale", &[weigh]));
    let made = Made::of(&[
        old,
        &[("parcel", &rest), ("scale", &most), ("depot", &depot)],
    ]);
    assert_eq!(made.names("pages", "api"), [""; 0]);
    assert_eq!(
        made.names("modules", "api"),
        ["depot: depot", "parcel: parcel", "scale: scale"]
    );
}

/// Revisions of one section, by their answers: names of types, all entries of the changelog.
fn answers(answers: &[&str]) -> (Vec<String>, String) {
    let pages: Vec<String> = answers
        .iter()
        .map(|answer| {
            page(
                "Parcel",
                &[section("Get Parcel", "parcel/get", answer, ROWS)],
            )
        })
        .collect();
    let revisions: Vec<Vec<(&str, &str)>> = pages
        .iter()
        .map(|page| vec![("parcel", page.as_str())])
        .collect();
    let revisions: Vec<Pages<'_>> = revisions.iter().map(Vec::as_slice).collect();
    let made = Made::of(&revisions);
    for both in revisions.windows(2) {
        let (rules, _) = diff(both[0], both[1]);
        assert!(!rules.contains(&"D071".to_owned()), "{rules:?}");
    }
    (
        made.names("types", "parcel GET /v1.1/parcel/get answer"),
        made.read("generated/CHANGELOG.md"),
    )
}

#[test]
fn a_type_that_goes_into_a_wrapper_keeps_its_name() {
    let inside = r#"{"id": 7, "size": {"width": 1, "height": 2}}"#;
    let wrapped = r#"{"id": 7, "outside": {"size": {"width": 1, "height": 2}}}"#;
    let listed =
        r#"{"id": 7, "sizes": {"size": [{"width": 1, "height": 2}, {"width": 3, "height": 4}]}}"#;
    let more = r#"{"id": 7, "outside": {"size": {"width": 1, "height": 2, "depth": 3}}}"#;
    for (from, to) in [(inside, wrapped), (inside, listed), (inside, more)] {
        for revisions in [
            &[from, to][..],
            &[to, from],
            &[from, to, from],
            &[to, from, to],
        ] {
            let (types, log) = answers(revisions);
            let sizes = types.iter().filter(|one| one.contains(": Size"));
            assert_eq!(sizes.count(), 1, "{types:?}");
            assert!(log.contains("field moved: `response.item."), "{log}");
        }
    }
    // What has other members is another thing.
    let (types, log) = answers(&[inside, r#"{"id": 7, "outside": {"size": {"name": "x"}}}"#]);
    let sizes = types.iter().filter(|one| one.contains(": Size"));
    assert_eq!(sizes.count(), 2, "{types:?}");
    assert!(!log.contains("field moved"), "{log}");
}

#[test]
fn a_type_with_two_places_keeps_its_name_when_one_is_gone() {
    let first = r#"{"id": 7, "extra_marks": {"mark": [{"name": "a", "text": "b"}]}}"#;
    let second = r#"{"id": 7, "own_marks": {"mark": [{"name": "a", "text": "b"}]}}"#;
    let both = r#"{"id": 7, "extra_marks": {"mark": [{"name": "a", "text": "b"}]}, "own_marks": {"mark": [{"name": "a", "text": "b"}]}}"#;
    let turned = r#"{"id": 7, "own_marks": {"mark": [{"name": "a", "text": "b"}]}, "extra_marks": {"mark": [{"name": "a", "text": "b"}]}}"#;
    for both in [both, turned] {
        for (one, other) in [(first, second), (second, first)] {
            let (before, _) = answers(&[one]);
            for revisions in [&[one, both, other][..], &[one, both, other, both, one]] {
                let (types, log) = answers(revisions);
                assert_eq!(types, before);
                assert!(!log.contains("another name"), "{log}");
            }
        }
    }
}

#[test]
fn order_and_blank_lines_move_no_version() {
    let get = section("Get Parcel", "parcel/get", r#"{"id": 7}"#, ROWS);
    let find = section("Find Parcel", "parcel/find", r#"{"id": 7}"#, ROWS);
    let own = page("Parcel", &[get.clone(), find.clone()]);
    let rows = ROWS.lines().rev().map(|row| format!("{row}\n"));
    let rows = own.replace(ROWS, &rows.collect::<String>());
    let sections = page("Parcel", &[find, get]);
    let blanks = own.replace("\n\n", "\n\n\n");
    let first: Pages<'_> = &[("parcel", &own)];
    for other in [&rows, &sections, &blanks] {
        let other: Pages<'_> = &[("parcel", other)];
        let made = Made::of(&[first, other]);
        assert_eq!(made.entries(), 1, "{}", made.read("generated/CHANGELOG.md"));
        assert_eq!(
            diff(first, other),
            (vec!["D094".to_owned()], "none".to_owned())
        );
        made.next(first);
        assert_eq!(made.entries(), 1);
    }
    // A word more is a change.
    let words = own.replace("Says it.", "Says it.\n\n<aside>Soon.</aside>");
    let made = Made::of(&[first, &[("parcel", &words)]]);
    assert_eq!(made.entries(), 2);
}
