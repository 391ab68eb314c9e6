//! `init` on the command line: what it writes, and what it leaves alone.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn init(project: &Path, more: &[&str]) -> Output {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/fixtures/init");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("init").arg("--docs").arg(docs);
    command.arg("--project").arg(project).args(more);
    command.output().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_project_is_made_and_nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("a/parcels");
    let done = init(&project, &[]);
    assert!(done.status.success(), "{done:?}");
    assert!(String::from_utf8_lossy(&done.stdout).contains("Operations at the level"));
    assert_eq!(
        names(&project),
        ["dialect.yaml", "overrides.yaml", "slate.yaml"]
    );
    let manifest = fs::read_to_string(project.join("slate.yaml")).unwrap();
    assert!(manifest.contains("crate: parcel-sdk\n"), "{manifest}");
    let docs = manifest
        .lines()
        .find_map(|line| line.strip_prefix("docs: "));
    let docs = docs.unwrap().trim_matches('"');
    assert!(project.join(docs).join("index.html.md").is_file(), "{docs}");

    fs::write(project.join("dialect.yaml"), "id: mine\n").unwrap();
    fs::remove_file(project.join("overrides.yaml")).unwrap();
    let again = init(&project, &[]);
    assert_eq!(again.status.code(), Some(2));
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(said.contains("slate.yaml, dialect.yaml already"), "{said}");
    assert_eq!(names(&project), ["dialect.yaml", "slate.yaml"]);

    assert!(init(&project, &["--force"]).status.success());
    assert_eq!(names(&project).len(), 3);
    let dialect = fs::read_to_string(project.join("dialect.yaml")).unwrap();
    assert_eq!(dialect, "id: mine\n");
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("parcels");
    let done = init(&project, &["--dry-run"]);
    assert!(done.status.success());
    assert!(String::from_utf8_lossy(&done.stdout).contains("\nid: parcel\n"));
    assert!(!project.exists());
}

#[test]
fn ten_minutes_show_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/guide/src/another-api.md")).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .arg("--project")
            .arg(root.join("examples/kittn"))
            .args(arguments);
        command.output().unwrap()
    };
    let facts = String::from_utf8(run(&["gen", "--check"]).stderr).unwrap();
    let facts = facts.lines().next().unwrap();
    assert!(facts.starts_with("facts: "), "{facts}");
    assert!(page.contains(&format!("\n{facts}\n")), "{facts}");
    let findings = String::from_utf8(run(&["lint"]).stdout).unwrap();
    // The page has the program under the name that its readers have installed.
    let findings = findings.replace("`cargo xtask ", "`slate-gen ");
    assert!(
        page.contains(&format!("```text\n{findings}```\n")),
        "{findings}"
    );
}
