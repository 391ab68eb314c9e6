//! `lint` and `explain`: forms, levels, known findings, and overrides that have expired.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const INDEX: &str = "---
title: Parcel Service
includes:
  - parcel
---
# Introduction

## Resource Information
Attribute | Value
--------- | -----
Host | The server.<br>**EU**: eu.api.example.com<br>**US**: us.api.example.com
API Version | v1.1
";

/// Line 6 is an error, line 18 a warning.
const PAGE: &str = "# Parcel
## Get Parcel
> Sample Response

```json
as described above
```

### Resource Information
HTTP Method | GET
--- | --- |
URI | /v1.1/parcel/get
Response Format | JSON

### Request Query Parameters
Parameter | Datatype | Description
--------- | -------- | -----------
id | itn | Number of the parcel.
";

const OVERRIDE: &str = "# Corrections
- at: parcel/operations/parcel.get/params/id
  set: {required: true}
  because: Nothing is found without it.
  file: includes/_parcel.md
  line: id | itn | Number of the parcel.
";

/// A workspace of its own, with these overrides; its docs are at `spec/slate`.
fn workspace(page: &str, overrides: &str) -> TempDir {
    let root = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    for file in ["slate.yaml", "dialect.yaml"] {
        let text = fs::read_to_string(own.join(file)).unwrap();
        write(&format!("spec/{file}"), &text);
    }
    write("spec/overrides.yaml", overrides);
    write("spec/slate/index.html.md", INDEX);
    write("spec/slate/includes/_parcel.md", page);
    fs::create_dir(root.path().join(".git")).unwrap();
    root
}

fn xtask(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .env("CARGO_MANIFEST_DIR", root.join("xtask"))
        .output()
        .unwrap()
}

/// Standard output and exit code.
fn run(root: &Path, arguments: &[&str]) -> (String, i32) {
    let output = xtask(root, arguments);
    (
        String::from_utf8(output.stdout).unwrap(),
        output.status.code().unwrap(),
    )
}

fn stderr(root: &Path, arguments: &[&str]) -> (String, i32) {
    let output = xtask(root, arguments);
    (
        String::from_utf8(output.stderr).unwrap(),
        output.status.code().unwrap(),
    )
}

fn page_of(root: &TempDir) -> PathBuf {
    root.path().join("spec/slate/includes/_parcel.md")
}

#[test]
fn the_exit_code_is_by_level() {
    let root = workspace(PAGE, "");
    let warning_only = workspace(&PAGE.replace("as described above", "{}"), "");
    for (level, both, warning) in [
        ("never", 0, 0),
        ("error", 1, 0),
        ("warning", 1, 1),
        ("note", 1, 1),
    ] {
        let arguments = ["lint", "--fail-on", level];
        assert_eq!(run(root.path(), &arguments).1, both, "{level}");
        assert_eq!(run(warning_only.path(), &arguments).1, warning, "{level}");
    }
}

#[test]
fn kinds_and_levels_can_be_left_out() {
    let root = workspace(PAGE, "");
    let (text, code) = run(root.path(), &["lint", "--show", "error"]);
    assert_eq!(code, 1);
    assert!(
        text.contains("error[S016]") && !text.contains("warning[S011]"),
        "{text}"
    );
    assert!(text.ends_with("1 error, 1 warning, 0 notes\n"), "{text}");

    let (text, code) = run(root.path(), &["lint", "--allow", "s016,S001"]);
    assert_eq!(code, 0);
    assert!(text.ends_with("0 errors, 1 warning, 0 notes\n"), "{text}");
    let (text, _) = run(root.path(), &["lint", "--only", "S016"]);
    assert!(text.ends_with("1 error, 0 warnings, 0 notes\n"), "{text}");
    assert_eq!(run(root.path(), &["lint", "--only", "S999"]).1, 2);
}

/// What the project says of its findings.
fn allowing(root: &TempDir, lint: &str) {
    let path = root.path().join("spec/slate.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text + lint).unwrap();
}

#[test]
fn a_project_allows_kinds_everywhere_or_in_files() {
    for (lint, kinds, total) in [
        (
            "\nlint:\n  allow:\n    S016:\n",
            vec!["S011"],
            "0 errors, 1 warning",
        ),
        (
            "\nlint:\n  allow:\n    S016: [includes/_parcel.md]\n    S011: [index.html.md]\n",
            vec!["S011", "S045"],
            "0 errors, 2 warnings",
        ),
        (
            "\nlint: {allow: {S999: }}\n",
            vec!["S011", "S016", "S044"],
            "1 error, 2 warnings",
        ),
    ] {
        let root = workspace(PAGE, "");
        allowing(&root, lint);
        let (text, _) = run(root.path(), &["lint"]);
        let mut found: Vec<&str> = text
            .lines()
            .filter_map(|line| Some(line.split_once('[')?.1.split_once("]:")?.0))
            .collect();
        found.sort_unstable();
        assert_eq!(found, kinds, "{text}");
        assert!(text.ends_with(&format!("{total}, 0 notes\n")), "{text}");
        let allowed = text.contains("\n1 finding is allowed: 1 S016 by project\n");
        assert_eq!(allowed, !kinds.contains(&"S016"), "{text}");
    }
    // Other docs do not have to have what the project allows in its own.
    let root = workspace(PAGE, "");
    allowing(&root, "\nlint: {allow: {S027: }}\n");
    let docs = root.path().join("spec/slate");
    let (text, _) = run(root.path(), &["lint", "--docs", docs.to_str().unwrap()]);
    assert!(!text.contains("S045"), "{text}");
    let (text, _) = run(root.path(), &["lint"]);
    assert!(
        text.contains("--> spec/slate.yaml:") && text.contains("S027: "),
        "{text}"
    );
}

#[test]
fn a_comment_allows_what_is_below_it() {
    let page = PAGE.replace(
        "```json",
        "<!-- slate-gen allow S016: it is written soon -->\n```json",
    );
    let root = workspace(&page, "");
    let (text, code) = run(root.path(), &["lint"]);
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("1 finding is allowed: 1 S016 by comment"),
        "{text}"
    );
    let (json, _) = run(root.path(), &["lint", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let findings = json["findings"].as_array().unwrap();
    let allowed = findings.iter().find(|one| one["code"] == "S016").unwrap();
    assert_eq!(allowed["allowed"], "comment");
    // It is neither known nor does it have to be.
    run(root.path(), &["lint", "--write-baseline"]);
    let known = fs::read_to_string(root.path().join("spec/lint-baseline.yaml")).unwrap();
    assert!(!known.contains("S016"), "{known}");
}

#[test]
fn github_gets_paths_of_the_repository_and_errors_first() {
    let root = workspace(
        &PAGE.replace("as described above\n```", "as described above\n```\n"),
        "",
    );
    let (text, code) = run(root.path(), &["lint", "--format", "github"]);
    assert_eq!(code, 1);
    let lines: Vec<&str> = text.lines().collect();
    let begin =
        "::error file=spec/slate/includes/_parcel.md,line=5,col=1,endColumn=8,title=S016%3A ";
    assert!(lines[0].starts_with(begin), "{text}");
    let begin = "::warning file=spec/slate/includes/_parcel.md,line=19,";
    assert!(lines[1].starts_with(begin), "{text}");
    assert_eq!(lines[2..], ["1 error, 1 warning, 0 notes"]);
}

#[test]
fn known_findings_do_not_fail_wherever_they_move() {
    let root = workspace(PAGE, "");
    let (said, code) = stderr(root.path(), &["lint", "--write-baseline"]);
    assert_eq!(
        (said.as_str(), code),
        ("1 known finding written to spec/lint-baseline.yaml\n", 0)
    );

    // Lines above do not matter.
    fs::write(
        page_of(&root),
        PAGE.replace("# Parcel\n## Get", "# Parcel\nOne.\n\nTwo.\n\n## Get"),
    )
    .unwrap();
    let (text, code) = run(root.path(), &["lint"]);
    assert_eq!(code, 0, "{text}");
    assert!(!text.contains("error[S016]"), "{text}");
    assert!(
        text.contains("\n1 known finding is in spec/lint-baseline.yaml "),
        "{text}"
    );
    assert_eq!(run(root.path(), &["lint", "--no-baseline"]).1, 1);

    // Programs get them all.
    let (json, _) = run(root.path(), &["lint", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let known = |code: &str| {
        let findings = json["findings"].as_array().unwrap();
        findings
            .iter()
            .find(|finding| finding["code"] == code)
            .unwrap()["known"]
            .clone()
    };
    assert_eq!((known("S016"), known("S011")), (true.into(), false.into()));
    assert_eq!(json["counts"]["S016"], 1);

    // One more of the same is new.
    let twice = PAGE.replace(
        "### Resource",
        "> Sample Response\n\n```json\nas described above\n```\n\n### Resource",
    );
    fs::write(page_of(&root), twice).unwrap();
    let (text, code) = run(root.path(), &["lint"]);
    assert_eq!(
        (code, text.matches("error[S016]").count()),
        (1, 1),
        "{text}"
    );
}

#[test]
fn known_findings_that_are_gone_are_reported() {
    let root = workspace(PAGE, "");
    run(root.path(), &["lint", "--write-baseline"]);
    fs::write(page_of(&root), PAGE.replace("as described above", "{}")).unwrap();
    let (text, code) = run(root.path(), &["lint"]);
    assert_eq!(code, 0);
    assert!(
        text.contains("spec/lint-baseline.yaml: S016 in includes/_parcel.md, "),
        "{text}"
    );
    let (json, _) = run(root.path(), &["lint", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["baseline"]["gone"][0]["code"], "S016");
    let (text, _) = run(root.path(), &["lint", "--format", "github"]);
    assert!(
        text.contains("::warning title=spec/lint-baseline.yaml::S016 "),
        "{text}"
    );
    // Who asks for warnings must make the list shorter. What is not looked for is not gone.
    let strict = ["lint", "--fail-on", "warning", "--allow", "S011"];
    assert_eq!(run(root.path(), &strict).1, 1);
    assert_eq!(
        run(
            root.path(),
            &["lint", "--fail-on", "warning", "--allow", "S011,S016"]
        )
        .1,
        0
    );
    run(root.path(), &["lint", "--write-baseline"]);
    assert_eq!(run(root.path(), &strict).1, 0);
}

#[test]
fn a_baseline_of_other_docs_is_a_file_that_is_named() {
    let root = workspace(PAGE, "");
    let docs = root.path().join("spec/slate");
    let (docs, file) = (docs.to_str().unwrap(), root.path().join("known.yaml"));
    let file = file.to_str().unwrap();
    assert_eq!(
        run(root.path(), &["lint", "--docs", docs, "--write-baseline"]).1,
        2
    );
    let (said, code) = stderr(root.path(), &["lint", "--docs", docs, "--baseline", file]);
    assert_eq!(code, 2);
    assert!(said.contains("known.yaml"), "{said}");
    let write = [
        "lint",
        "--docs",
        docs,
        "--baseline",
        file,
        "--write-baseline",
        "--fail-on",
        "warning",
    ];
    assert_eq!(run(root.path(), &write).1, 0);
    let read = [
        "lint",
        "--docs",
        docs,
        "--baseline",
        file,
        "--fail-on",
        "warning",
    ];
    assert_eq!(run(root.path(), &read).1, 0);
    fs::write(file, "- {code: S016, why: not}\n").unwrap();
    let (said, code) = stderr(root.path(), &read);
    assert_eq!(code, 2);
    assert!(
        said.contains("known.yaml") && said.contains("line 1"),
        "{said}"
    );
}

#[test]
fn an_override_that_applies_is_no_finding() {
    let root = workspace(PAGE, OVERRIDE);
    let (text, _) = run(root.path(), &["lint"]);
    assert!(!text.contains("[O00"), "{text}");
    let (said, code) = stderr(root.path(), &["gen"]);
    assert_eq!(code, 0, "{said}");
    assert!(!said.contains("O00"), "{said}");
}

#[test]
fn all_overrides_that_have_expired_are_findings_and_end_gen() {
    let other = |from: &str, to: &str| OVERRIDE.replace(from, to).replace("# Corrections\n", "");
    let overrides = [
        OVERRIDE.replace("parcel.get", "parcel.got"),
        other("id | itn", "id | int"),
        other("required: true", "required: false"),
    ]
    .concat();
    let root = workspace(PAGE, &overrides);
    let (text, code) = run(root.path(), &["lint", "--allow", "S016"]);
    assert_eq!(code, 1);
    for part in [
        "error[O001]",
        "error[O002]",
        "error[O003]",
        "--> spec/overrides.yaml:2:1",
        "--> spec/overrides.yaml:7:1",
        "--> spec/overrides.yaml:12:1",
        // What the line that changed reads now.
        "::: includes/_parcel.md:18:1",
        "id | itn | Number of the parcel.",
        "if it is called \"parcel.get\" now",
        "remove the entry",
    ] {
        assert!(text.contains(part), "{text} does not say {part}");
    }
    let (text, _) = run(
        root.path(),
        &["lint", "--format", "github", "--only", "O002"],
    );
    assert!(
        text.starts_with("::error file=spec/overrides.yaml,line=7,"),
        "{text}"
    );
    let sarif = ["lint", "--format", "sarif", "--only", "O002"];
    let log: Value = serde_json::from_str(&run(root.path(), &sarif).0).unwrap();
    let places = ["locations", "relatedLocations"].map(|key| {
        let place = &log["runs"][0]["results"][0][key][0]["physicalLocation"];
        place["artifactLocation"]["uri"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    });
    assert_eq!(
        places,
        ["spec/overrides.yaml", "spec/slate/includes/_parcel.md"]
    );

    let (said, code) = stderr(root.path(), &["gen"]);
    assert_eq!(code, 2);
    for part in [
        "error[O001]",
        "error[O002]",
        "error[O003]",
        "3 overrides have expired",
    ] {
        assert!(said.contains(part), "{said} does not say {part}");
    }
    assert!(!root.path().join("generated").exists());

    // Other docs need not fit.
    let docs = root.path().join("spec/slate");
    let docs = docs.to_str().unwrap();
    let (text, code) = run(root.path(), &["lint", "--docs", docs, "--allow", "S016"]);
    assert_eq!(
        (code, text.matches("warning[O00").count()),
        (0, 3),
        "{text}"
    );
    let out = TempDir::new().unwrap();
    let (said, code) = stderr(
        root.path(),
        &["gen", "--docs", docs, "--out", out.path().to_str().unwrap()],
    );
    assert_eq!(
        (code, said.matches("warning[O00").count()),
        (0, 3),
        "{said}"
    );
}

#[test]
fn an_override_that_is_needed_in_part_is_a_warning() {
    let overrides = OVERRIDE.replace("required: true", "required: true, type: string");
    let root = workspace(PAGE, &overrides);
    let (said, code) = stderr(root.path(), &["gen"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("warning[O004]") && said.contains("remove type from `set`"),
        "{said}"
    );
    let spec = fs::read_to_string(root.path().join("spec/api/parcel.yaml")).unwrap();
    assert!(spec.contains("required: true"), "{spec}");
}

#[test]
fn explain_has_a_page_on_each_kind_and_a_list() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (page, code) = run(&root, &["explain", "s014"]);
    assert_eq!(code, 0);
    assert!(
        page.starts_with("S014 (warning): A sample is in another format"),
        "{page}"
    );
    assert!(page.contains("\n~~~~markdown\n"), "{page}");
    let (list, code) = run(&root, &["explain"]);
    assert_eq!(code, 0);
    for id in ["S001", "S028", "O004"] {
        assert!(list.contains(&format!("\n  {id}  ")), "{list}");
    }
    // Titles stand in one column, whatever the longest level is.
    let column = |id: &str, title: &str| {
        let line = list
            .lines()
            .find(|line| line.starts_with(&format!("  {id}  ")));
        line.and_then(|line| line.find(title)).unwrap()
    };
    assert_eq!(
        column("V003", "type does not"),
        column("V001", "undocumented")
    );
    let (said, code) = stderr(&root, &["explain", "S999"]);
    assert_eq!(code, 2);
    assert!(said.contains("S999"), "{said}");
}

#[test]
fn the_projects_own_docs_have_no_new_errors_and_no_known_ones_that_are_gone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (json, code) = run(&root, &["lint", "--json"]);
    assert_eq!(code, 0);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["baseline"]["gone"], Value::Array(Vec::new()));
}

#[test]
fn sarif_has_a_rule_for_each_kind_and_a_place_for_each_finding() {
    let page = PAGE.replace(
        "Parameter | Datatype",
        "<!-- slate-gen allow S011 -->\nParameter | Datatype",
    );
    let root = workspace(&page, OVERRIDE);
    let (text, code) = run(root.path(), &["lint", "--format", "sarif"]);
    assert_eq!(code, 1);
    let log: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let [run_of] = log["runs"].as_array().unwrap().as_slice() else {
        panic!("{text}");
    };
    let rules = run_of["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        for key in ["shortDescription", "fullDescription", "help"] {
            let words = rule[key]["text"].as_str().unwrap();
            assert!(!words.is_empty(), "{rule}");
        }
        let level = rule["defaultConfiguration"]["level"].as_str().unwrap();
        assert!(["error", "warning", "note"].contains(&level), "{rule}");
    }
    let results = run_of["results"].as_array().unwrap();
    let mut prints: Vec<&str> = Vec::new();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        prints.push(
            result["partialFingerprints"]["primaryLocationLineHash"]
                .as_str()
                .unwrap(),
        );
        let place = &result["locations"][0]["physicalLocation"];
        let file = place["artifactLocation"]["uri"].as_str().unwrap();
        let text = fs::read_to_string(root.path().join(file)).unwrap();
        let number = |key: &str| usize::try_from(place["region"][key].as_u64().unwrap()).unwrap();
        let line = text.lines().nth(number("startLine") - 1).unwrap();
        assert!(number("startColumn") <= number("endColumn"), "{result}");
        assert!(number("endColumn") <= line.chars().count() + 1, "{result}");
    }
    let all = prints.len();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), all);
    let of = |id: &str| results.iter().find(|one| one["ruleId"] == id).unwrap();
    assert_eq!(of("S016")["level"], "error");
    assert_eq!(of("S016")["suppressions"], Value::Null);
    assert_eq!(of("S011")["suppressions"][0]["kind"], "inSource");
    // The override corrects a line; that it stands elsewhere is no matter.
    assert_eq!(results.len(), 2, "{text}");
}

/// The spec, without the places of lines, what the docs are called, and which samples had to be repaired: that is what is
/// mended.
fn facts(root: &Path) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(keys) => {
                for place in ["source", "request_line", "also", "docs"] {
                    keys.remove(place);
                }
                if keys.get("state").is_some_and(|state| state == "repaired") {
                    keys.insert("state".to_owned(), "ok".into());
                }
                keys.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let (text, code) = run(root, &["spec", "--json"]);
    assert_eq!(code, 0);
    let mut value = serde_json::from_str(&text).unwrap();
    strip(&mut value);
    value
}

/// How many findings of these kinds there are.
fn count(root: &Path, ids: &[&str]) -> usize {
    let (text, _) = run(root, &["lint", "--json", "--no-baseline"]);
    let all: Value = serde_json::from_str(&text).unwrap();
    let findings = all["findings"].as_array().unwrap().iter();
    let known = |one: &&Value| ids.iter().any(|id| one["code"] == *id);
    findings.filter(known).count()
}

const BROKEN: &str = "\u{feff}# Parcel
## Get Parcel
<aside class=\"notice\">Asked for by its number.

> Sample Request

```json
https://eu.api.example.com/v1.1/parcel/get?id=7
```

> Sample Response

```json
<?xml version=\"1.0\"?>
<parcel><id>7</id></parcel>
```

> Sample Response

```json
{
  \"parcel\": {\"id\": 7, \"tags\": [1, 2,], },
}

### Resource Information
HTTP Method | GET
--- | --- |
URI | /v1.1/parcel/get
Response Format | JSON

### Request Query Parameters
Parameter | Datatype | Description
--------- | --------
id | int | Number of the parcel.
";

#[test]
fn what_has_one_right_answer_is_mended_and_no_fact_changes() {
    for page in [BROKEN.to_owned(), BROKEN.replace('\n', "\r\n")] {
        let root = workspace(&page, "");
        let fixable = ["S002", "S014", "S046", "S047", "S048"];
        assert_eq!(count(root.path(), &fixable), 6, "{page}");
        let before = facts(root.path());

        // A patch, and nothing is written.
        let (patch, code) = run(root.path(), &["lint", "--fix"]);
        assert_eq!(code, 0);
        assert_eq!(fs::read_to_string(page_of(&root)).unwrap(), page);
        let applied = TempDir::new().unwrap();
        let copy = applied.path().join("spec/slate/includes");
        fs::create_dir_all(&copy).unwrap();
        fs::write(copy.join("_parcel.md"), &page).unwrap();
        fs::write(applied.path().join("x.patch"), &patch).unwrap();
        let git = Command::new("git")
            .args(["apply", "--whitespace=nowarn", "x.patch"])
            .current_dir(applied.path())
            .output()
            .unwrap();
        assert!(git.status.success(), "{patch}{git:?}");

        let (text, code) = run(root.path(), &["lint", "--fix", "--write"]);
        assert_eq!((text.as_str(), code), ("", 0));
        let mended = fs::read_to_string(page_of(&root)).unwrap();
        assert_eq!(fs::read_to_string(copy.join("_parcel.md")).unwrap(), mended);
        let plain = mended.replace("\r\n", "\n");
        assert!(!plain.starts_with('\u{feff}'), "{plain}");
        for part in [
            "by its number.</aside>\n",
            "```xml\n<?xml",
            "[1, 2] }\n}\n```\n\n### Resource",
            "\n--------- | -------- | ---\nid",
        ] {
            assert!(plain.contains(part), "{part}: {plain}");
        }
        assert!(facts(root.path()) == before, "{plain}");
        // A fence that calls a URL JSON has no one right answer.
        assert_eq!(count(root.path(), &fixable), 1, "{plain}");
        assert_eq!(count(root.path(), &["S015"]), 0, "{plain}");
        assert_eq!(run(root.path(), &["lint", "--fix"]).0, "");
    }
}

#[test]
fn mending_the_projects_own_docs_changes_no_fact() {
    let root = TempDir::new().unwrap();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    copy(&own, &root.path().join("spec"));
    fs::create_dir(root.path().join(".git")).unwrap();
    let before = facts(root.path());
    let (_, code) = run(root.path(), &["lint", "--fix", "--write"]);
    assert_eq!(code, 0);
    assert_eq!(run(root.path(), &["lint", "--fix"]).0, "");
    assert!(facts(root.path()) == before, "a fact has changed");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A rule on what is sent twice, for a parameter that was renamed, is said: calls would be repeated that send something.
#[test]
fn a_rule_for_a_parameter_that_is_gone_is_said() {
    let root = workspace(PAGE, "");
    let dialect = root.path().join("spec/dialect.yaml");
    let text = fs::read_to_string(&dialect).unwrap();
    let (before, rest) = text.split_once("effect_when:").unwrap();
    let after = rest.find("\n\n").map_or("", |at| &rest[at..]);
    let of = |name: &str| {
        let rule = format!("effect_when:\n  - {{query: [{name}], effect: notify}}");
        fs::write(&dialect, format!("{before}{rule}{after}")).unwrap();
        stderr(root.path(), &["lint", "--fail-on", "never"]).0
    };
    assert!(of("ids").contains("names \"ids\", which no operation has"));
    assert!(!of("id").contains("which no operation has"));
}
