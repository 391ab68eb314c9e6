//! `gen --watch` and `lint --watch`: a change starts another run, what a run writes does not, and errors end nothing.

use crate::support;
use crate::support::page;

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use page::PAGE;
use support::INDEX;
use tempfile::TempDir;

/// Nothing takes so long, not even on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// When nothing was said for so long, nothing was started.
const SILENCE: Duration = Duration::from_millis(1500);

/// A project with its docs.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(TempDir::new().unwrap());
        project.write("slate.yaml", "crate: parcels\n");
        project.write("docs/index.html.md", INDEX);
        project.write("docs/includes/_parcel.md", PAGE);
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// A run that does not end, and what it prints.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn begin(project: &Path, task: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("--project")
            .arg(project)
            .args([task, "--watch"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (say, lines) = channel();
        let streams: [Box<dyn Read + Send>; 2] = [
            Box::new(child.stdout.take().unwrap()),
            Box::new(child.stderr.take().unwrap()),
        ];
        for stream in streams {
            let say = say.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines() {
                    let Ok(line) = line else { return };
                    let _ = say.send(line);
                }
            });
        }
        Self { child, lines }
    }

    /// What is printed until the program waits.
    #[track_caller]
    fn until_it_waits(&self) -> String {
        let mut said = String::new();
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|error| panic!("{error}, after: {said}"));
            if line.contains("waiting for changes") {
                // The streams are two: what was printed before may come after.
                while let Ok(line) = self.lines.recv_timeout(Duration::from_millis(200)) {
                    said += &line;
                    said.push('\n');
                }
                return said;
            }
            said += &line;
            said.push('\n');
        }
    }

    #[track_caller]
    fn is_silent(&self) {
        if let Ok(line) = self.lines.recv_timeout(SILENCE) {
            panic!("nothing was to be done: {line}");
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn gen_runs_again_after_a_change_and_only_then() {
    let project = Project::new();
    let watching = Watching::begin(project.0.path(), "gen");
    let said = watching.until_it_waits();
    assert!(said.contains("1 operation"), "{said}");
    assert!(project.path("api/parcel.yaml").is_file());
    // What it wrote, its own names too, is no change.
    assert!(project.path("names.yaml").is_file());
    watching.is_silent();

    let more =
        PAGE.replace("## Get Parcel", "## Fetch Parcel") + "weight | int | What it weighs.\n";
    project.write("docs/includes/_parcel.md", &more);
    let said = watching.until_it_waits();
    assert!(said.starts_with("changed: includes/_parcel.md\n"), "{said}");
    let spec = fs::read_to_string(project.path("api/parcel.yaml")).unwrap();
    assert!(spec.contains("What it weighs."), "{spec}");
    watching.is_silent();

    // The same text once more is no change.
    project.write("docs/includes/_parcel.md", &more);
    watching.is_silent();
}

#[test]
fn errors_are_printed_and_end_nothing() {
    let project = Project::new();
    let watching = Watching::begin(project.0.path(), "gen");
    watching.until_it_waits();

    project.write(
        "docs/index.html.md",
        &INDEX.replace("  - parcel", "  - parcel\n  - gone"),
    );
    let said = watching.until_it_waits();
    assert!(
        said.contains("changed: ") && said.contains("\nerror: "),
        "{said}"
    );
    project.write("docs/includes/_gone.md", "# Gone\n");
    let said = watching.until_it_waits();
    assert!(!said.contains("error"), "{said}");

    // The project itself.
    project.write("slate.yaml", "crat: parcels\n");
    let line = watching.lines.recv_timeout(PATIENCE).unwrap();
    assert_eq!(line, "changed: slate.yaml");
    let line = watching.lines.recv_timeout(PATIENCE).unwrap();
    assert!(line.contains("unknown field `crat`"), "{line}");
    project.write("slate.yaml", "crate: other\n");
    let said = watching.until_it_waits();
    assert!(said.contains("1 operation"), "{said}");
    let manifest = fs::read_to_string(project.path("sdk/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"other\""), "{manifest}");

    project.write("overrides.yaml", "- at: nowhere\n");
    let said = watching.until_it_waits();
    assert!(
        said.starts_with("changed: overrides.yaml\nerror: "),
        "{said}"
    );
}

#[test]
fn lint_looks_again() {
    let project = Project::new();
    let watching = Watching::begin(project.0.path(), "lint");
    let said = watching.until_it_waits();
    assert!(said.contains("\"itn\" is not a known type"), "{said}");
    // As editors do: a new file takes the place of the old one.
    project.write("docs/includes/new", &PAGE.replace("itn", "int"));
    fs::rename(
        project.path("docs/includes/new"),
        project.path("docs/includes/_parcel.md"),
    )
    .unwrap();
    let said = watching.until_it_waits();
    assert!(said.contains("changed: includes/_parcel.md"), "{said}");
    assert!(!said.contains("is not a known type"), "{said}");

    // A dialect is read as the docs are.
    project.write("dialect.yaml", "calls_in_samples: true\n");
    let said = watching.until_it_waits();
    assert!(said.contains("changed: dialect.yaml"), "{said}");
}
