//! From one revision to the next, in one folder.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;
use serde_json::Value;
use slate_codegen::emit::OutFile;

use super::facts::{self, Known};
use super::measure::{Fault, Measure, Row};
use super::revisions::Revision;
use super::{crates, line_ends, names, steps, tree};
use crate::generate::{Run, generate};
use crate::home::Home;
use crate::request::Request;
use crate::{changelog, write};

/// Where `gen` keeps what is measured here.
const SCRATCH: &str = ".history";

/// The panic that was caught last, with its place.
static PANIC: Mutex<String> = Mutex::new(String::new());

/// A folder that goes from revision to revision.
pub struct Walk<'h> {
    home: &'h Home,
    out: PathBuf,
    crates: Option<usize>,
    /// How many revisions were made.
    made: usize,
    known: Known,
    before: Option<Before>,
}

/// The last revision that was made.
struct Before {
    name: String,
    folder: PathBuf,
    spec: Value,
    sources: Vec<OutFile>,
}

impl<'h> Walk<'h> {
    /// Begins in an empty folder. Without the file, `gen` would go on with the names of the project.
    pub fn begin(home: &'h Home, out: &Path, crates: Option<usize>) -> anyhow::Result<Self> {
        let names = out.join(home.spec("names.yaml"));
        let shown = || names.display().to_string();
        if let Some(folder) = names.parent() {
            std::fs::create_dir_all(folder).with_context(shown)?;
        }
        std::fs::write(&names, "").with_context(shown)?;
        std::panic::set_hook(Box::new(|info| {
            *PANIC.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string();
        }));
        Ok(Self {
            home,
            out: out.to_owned(),
            crates,
            made: 0,
            known: Known::default(),
            before: None,
        })
    }

    /// Makes the next revision, and measures.
    pub fn step(&mut self, revision: &Revision) -> Row {
        let mut row = Row {
            revision: revision.name.clone(),
            ..Row::default()
        };
        row.add(Measure::Panic, Vec::new());
        let names = guarded(&mut row, Measure::Gen, || {
            names::below(self.home, &self.out)
        });
        let version = self.home.version_below(&self.out);
        let run = guarded(&mut row, Measure::Gen, || self.make(revision, false));
        let (Some(names), Some(run)) = (names, run) else {
            return row;
        };
        row.add(Measure::Gen, Vec::new());
        let moved = version.zip(self.home.version_below(&self.out));
        if let Some((old, new)) = &moved {
            let renamed = (old != new).then(|| {
                let log = self.home.layout.sdk(changelog::FILE);
                steps::renamed_types(&log, &run.files)
            });
            row.add(Measure::Types, renamed.unwrap_or_default());
        }
        faults(&mut row, Measure::Check, || {
            Ok(changed(&self.make(revision, true)?))
        });
        let again = guarded(&mut row, Measure::Again, || self.make(revision, false));
        if let Some(again) = &again {
            row.add(Measure::Again, changed(again));
        }
        // What a second run wrote is what the next revision goes on from.
        let run = again.filter(|again| again.written > 0).unwrap_or(run);
        self.alone(revision, &mut row);
        self.pair(revision, moved, &mut row);
        let now = facts::of(&run.reading.inferred.spec, &revision.name);
        self.names(&names, &now, &mut row);
        self.build(&mut row);
        self.known.learn(&now);
        self.made += 1;
        self.before = guarded(&mut row, Measure::Back, || {
            Before::new(self.home, revision, run)
        });
        row
    }

    /// `gen --docs REVISION --out OUT`.
    fn make(&self, revision: &Revision, check: bool) -> anyhow::Result<Run> {
        let called = called(&revision.name);
        let request = Request {
            home: self.home,
            docs: Some(&revision.folder),
            out: Some(&self.out),
            revision: (!called.is_empty()).then_some(called.as_str()),
            check,
        };
        generate(&request, None, &mut |_| Ok(()))
    }

    /// What holds of one revision.
    fn alone(&self, revision: &Revision, row: &mut Row) {
        faults(row, Measure::Same, || {
            Ok(steps::said(self.home, &revision.folder, &revision.folder)?.changes)
        });
        let scratch = self.out.join(SCRATCH).join("ends");
        faults(row, Measure::Ends, || {
            line_ends::check(self.home, &revision.folder, &scratch)
        });
    }

    /// What holds of a revision and the one before.
    fn pair(&self, revision: &Revision, moved: Option<(String, String)>, row: &mut Row) {
        let Some(before) = &self.before else { return };
        faults(row, Measure::Back, || {
            let old = Revision {
                name: before.name.clone(),
                folder: before.folder.clone(),
            };
            Ok(before.differs(&Before::new(self.home, &old, self.make(&old, true)?)?))
        });
        let Some((old, new)) = moved else { return };
        faults(row, Measure::Step, || {
            let said = steps::said(self.home, &before.folder, &revision.folder)?.step;
            let made = steps::between(&old, &new);
            Ok((said != made)
                .then(|| Fault::new(format!("diff says {said}, gen makes {made}: {old} → {new}")))
                .into_iter()
                .collect())
        });
    }

    fn names(&self, before: &slate_codegen::names::Names, now: &[facts::Fact], row: &mut Row) {
        if self.made == 0 {
            return;
        }
        row.add(Measure::Passed, self.known.passed(now));
        row.add(Measure::Renamed, self.known.renamed(now));
        let after = guarded(row, Measure::Numbered, || {
            names::below(self.home, &self.out)
        });
        if let Some(after) = after {
            row.numbered = names::numbered(before, &after);
            row.add(Measure::Numbered, self.known.numbered(now, &row.numbered));
        }
    }

    fn build(&self, row: &mut Row) {
        if !self
            .crates
            .is_some_and(|every| self.made.is_multiple_of(every))
        {
            return;
        }
        let scratch = self.out.join(SCRATCH);
        let built = guarded(row, Measure::Compiles, || {
            crates::test(self.home, &self.out, &scratch)
        });
        if let Some((compiles, tests)) = built {
            row.add(Measure::Compiles, compiles);
            if let Some(tests) = tests {
                row.add(Measure::Tests, tests);
            }
        }
    }
}

impl Before {
    fn new(home: &Home, revision: &Revision, run: Run) -> anyhow::Result<Self> {
        let mut sources = run.files;
        let folder = home.layout.sdk("src/");
        sources.retain(|file| file.path.starts_with(&folder));
        Ok(Self {
            name: revision.name.clone(),
            folder: revision.folder.clone(),
            spec: serde_json::to_value(&run.reading.inferred.spec)?,
            sources,
        })
    }

    /// Where it is otherwise when it is made later: in the spec, and in Rust, which has all the names.
    fn differs(&self, later: &Self) -> Vec<Fault> {
        let differences = tree::differences(&self.spec, &later.spec);
        let mut out: Vec<Fault> = differences
            .into_iter()
            .map(|what| Fault::new(format!("the spec of {}: {what}", self.name)))
            .collect();
        let find = |files: &[OutFile], path: &str| -> Option<String> {
            let file = files.iter().find(|file| file.path == path)?;
            Some(file.text.clone())
        };
        for OutFile { path, text } in &self.sources {
            match find(&later.sources, path) {
                None => out.push(Fault::new(format!("{path} of {} is not made", self.name))),
                Some(now) if now != *text => out.push(line(path, text, &now)),
                Some(_) => {}
            }
        }
        for OutFile { path, .. } in &later.sources {
            if find(&self.sources, path).is_none() {
                out.push(Fault::new(format!("{path} was not in {}", self.name)));
            }
        }
        out
    }
}

/// The first line that differs.
fn line(path: &str, old: &str, new: &str) -> Fault {
    let (mut olds, mut news) = (old.lines(), new.lines());
    let mut number = 1;
    loop {
        let (old, new) = (olds.next(), news.next());
        if old != new || old.is_none() {
            return Fault {
                what: format!("{path}:{number}"),
                old: old.map(|line| line.trim().to_owned()),
                new: new.map(|line| line.trim().to_owned()),
            };
        }
        number += 1;
    }
}

fn changed(run: &Run) -> Vec<Fault> {
    run.changes
        .iter()
        .map(|change| match change {
            write::Change::Write { path, .. } => Fault::new(format!("{path} changes")),
            write::Change::Remove { path } => Fault::new(format!("{path} goes")),
        })
        .collect()
}

/// What docs in a folder of this name may be called.
fn called(folder: &str) -> String {
    folder
        .chars()
        .map(|c| match c {
            c if c.is_ascii_alphanumeric() || " ._+-".contains(c) => c,
            _ => '-',
        })
        .take(80)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Measures one thing.
fn faults(row: &mut Row, measure: Measure, take: impl FnOnce() -> anyhow::Result<Vec<Fault>>) {
    if let Some(faults) = guarded(row, measure, take) {
        row.add(measure, faults);
    }
}

/// Runs something that may fail or panic, and notes when it does. A run that panicked has written nothing or all, so the
/// next one can go on.
fn guarded<T>(
    row: &mut Row,
    measure: Measure,
    take: impl FnOnce() -> anyhow::Result<T>,
) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(take)) {
        Ok(Ok(value)) => Some(value),
        Ok(Err(error)) => {
            row.add(measure, vec![Fault::new(format!("{error:#}"))]);
            None
        }
        Err(_) => {
            let said = PANIC.lock().unwrap_or_else(PoisonError::into_inner).clone();
            row.add(
                Measure::Panic,
                vec![Fault::new(format!("{}: {said}", measure.title()))],
            );
            None
        }
    }
}
