//! Docs that belong to no project can be looked at, and nothing is written.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/kittn/docs");
    let mut command = Command::new(env!("CARGO_BIN_EXE_slate-gen"));
    command.current_dir(folder).args(arguments);
    if !arguments.contains(&"gen") {
        command.arg("--docs").arg(docs);
    }
    command.output().unwrap()
}

#[test]
fn docs_without_a_project_are_read_with_the_common_words() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, shows) in [
        (&["lint"][..], "notes"),
        (&["spec"], "operations:"),
        (&["openapi"], "\"openapi\": \"3.1"),
    ] {
        let done = run(folder.path(), arguments);
        assert!(done.status.success(), "{done:?}");
        let said = String::from_utf8_lossy(&done.stdout);
        assert!(said.contains(shows), "{arguments:?}: {said}");
        let beside = String::from_utf8_lossy(&done.stderr);
        assert!(beside.contains("common words alone"), "{beside}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_is_kept_in_a_project_needs_one() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["gen"][..],
        &["lint", "--write-baseline"],
        &["--project", ".", "lint"],
    ] {
        let done = run(folder.path(), arguments);
        assert_eq!(done.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(said.contains("it has no slate.yaml"), "{said}");
    }
}
