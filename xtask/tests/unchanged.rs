//! `gen` knows at once when nothing changed, and never says so wrongly.

use crate::support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::INDEX;
use tempfile::TempDir;

const PAGE: &str = "# Parcel\nParcels.\n\n## Get Parcel\n\nFetches one parcel.\n\n### Resource Information\n| | |\n--- | --- |\nURI | parcel/get\nHTTP Method | GET\n\n### Error Codes\nCode | Description\n---- | -----------\n1001 | Parcel not found\n";

/// A project of its own, whose last `gen` changed nothing.
struct Project {
    root: TempDir,
    program: PathBuf,
}

impl Project {
    fn new() -> Self {
        let root = TempDir::new().unwrap();
        let spec = root.path().join("spec");
        fs::create_dir_all(spec.join("slate/includes")).unwrap();
        fs::write(spec.join("slate/index.html.md"), INDEX).unwrap();
        fs::write(spec.join("slate/includes/_parcel.md"), PAGE).unwrap();
        fs::write(spec.join("overrides.yaml"), "[]\n").unwrap();
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
        for file in ["slate.yaml", "dialect.yaml"] {
            fs::copy(own.join(file), spec.join(file)).unwrap();
        }
        let project = Self {
            root,
            program: env!("CARGO_BIN_EXE_xtask").into(),
        };
        assert_eq!(project.generate(&[]).0, 0);
        assert!(!project.file(".gen/unchanged.json").exists());
        assert_eq!(project.generate(&[]).0, 0);
        project.mark();
        project
    }

    fn file(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// Has what was kept say something by which it is known.
    fn mark(&self) {
        let path = self.file(".gen/unchanged.json");
        let kept = fs::read_to_string(&path).unwrap();
        assert!(kept.contains(r#""facts":""#));
        fs::write(path, kept.replacen(r#""facts":""#, r#""facts":"KEPT "#, 1)).unwrap();
    }

    /// The exit code of `gen`, and whether it was answered by what was kept.
    fn generate(&self, arguments: &[&str]) -> (i32, bool) {
        let output = Command::new(&self.program)
            .arg("gen")
            .args(arguments)
            .env("CARGO_MANIFEST_DIR", self.root.path().join("xtask"))
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("facts: "), "{said}");
        (output.status.code().unwrap(), said.contains("facts: KEPT"))
    }
}

#[test]
fn nothing_changed() {
    let project = Project::new();
    assert_eq!(project.generate(&[]), (0, true));
    assert_eq!(project.generate(&["--check"]), (0, true));
    // A time is no content.
    let page = project.file("spec/slate/includes/_parcel.md");
    fs::write(page, PAGE).unwrap();
    assert_eq!(project.generate(&["--check"]), (0, true));
}

#[test]
fn an_output_that_is_changed_gone_or_new_is_noticed() {
    for path in [
        "generated/src/parcel/mod.rs",
        "generated/Cargo.toml",
        "generated/CHANGELOG.md",
        "generated/examples/mock_server.rs",
        "spec/api/parcel.yaml",
        "spec/schema.json",
        "docs/guide/src/lint-codes.md",
    ] {
        let project = Project::new();
        let mut text = fs::read(project.file(path)).unwrap();
        // As long as before, so that only the content tells.
        let last = text.len() - 2;
        text[last] ^= 1;
        fs::write(project.file(path), &text).unwrap();
        assert!(!project.generate(&["--check"]).1, "{path} is changed");

        let project = Project::new();
        fs::remove_file(project.file(path)).unwrap();
        let (code, kept) = project.generate(&["--check"]);
        assert!(!kept, "{path} is gone");
        // A changelog that is gone is begun anew.
        assert_eq!(code, 1, "{path} is gone");
    }
    let project = Project::new();
    fs::write(project.file("generated/src/parcel/more.rs"), "").unwrap();
    assert_eq!(project.generate(&["--check"]), (1, false));
    assert_eq!(project.generate(&[]), (0, false));
    assert!(!project.file("generated/src/parcel/more.rs").exists());
    // What is there is what was kept.
    assert_eq!(project.generate(&["--check"]), (0, true));
}

#[test]
fn an_input_that_is_changed_is_noticed() {
    for (path, more) in [
        ("spec/slate/index.html.md", "\nMore.\n"),
        (
            "spec/slate/includes/_parcel.md",
            "1002 | Parcel too large\n",
        ),
        ("spec/slate/REVISION", "2021-01-01\n"),
        ("spec/overrides.yaml", "# More.\n"),
        ("spec/dialect.yaml", "# More.\n"),
        ("spec/slate.yaml", "# More.\n"),
        ("spec/names.yaml", "# More.\n"),
    ] {
        let project = Project::new();
        let before = fs::read_to_string(project.file(path)).unwrap_or_default();
        fs::write(project.file(path), before + more).unwrap();
        assert!(!project.generate(&["--check"]).1, "{path}");
    }
    let project = Project::new();
    assert_eq!(
        project.generate(&["--check", "--revision", "other"]),
        (1, false)
    );
}

#[test]
fn another_program_is_noticed() {
    let mut project = Project::new();
    let other = project.file("other-program");
    fs::copy(&project.program, &other).unwrap();
    project.program = other;
    assert_eq!(project.generate(&["--check"]), (0, false));
}

#[test]
fn what_cannot_be_read_is_not_there() {
    let project = Project::new();
    fs::write(project.file(".gen/unchanged.json"), "{").unwrap();
    fs::write(project.file(".gen/formatted"), "{").unwrap();
    assert_eq!(project.generate(&[]), (0, false));
    project.mark();
    assert_eq!(project.generate(&[]), (0, true));
}
