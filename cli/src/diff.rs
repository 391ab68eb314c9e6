//! `diff OLD NEW`: what changed between two revisions of the docs, or of the spec.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use slate_codegen::InputError;
use slate_codegen::diff::{self, Level, Report, Step};
use slate_codegen::names::Names;
use slate_codegen::slate::{self, Texts};
use slate_codegen::spec::{self, Spec};

use crate::home::Home;
use crate::output::{BAD, FINE, QUIET, command, painted, shown};
use crate::project::Project;
use crate::revision;

/// Words for what is checked in.
const CHECKED_IN: &[&str] = &[".", "checked-in"];

/// What to print.
#[derive(Clone, Copy)]
pub enum Form {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For a changelog.
    Markdown,
}

/// One side of a comparison.
struct Side {
    spec: Spec,
    /// The names, with those of its operations and codes; a spec has its names in it.
    names: Option<Names>,
    /// The names that are published when `gen` ran on it.
    published: Option<Names>,
    /// The text of docs.
    texts: Option<Texts>,
}

impl Side {
    fn of_spec(spec: Spec) -> Self {
        Self {
            spec,
            names: None,
            published: None,
            texts: None,
        }
    }
}

/// Compares and renders, for people with styles. The second value says whether facts changed.
pub fn run(home: &Home, old: &str, new: &str, form: Form) -> anyhow::Result<(String, bool)> {
    let mut project = Project::open(home, None)?;
    // What this project published stands for its own docs only.
    if ![old, new].iter().any(|side| is_own(&project, side)) {
        project.settings.names = Names::default();
    }
    let mut before = read(&project, old)?;
    // What the old docs made public keeps its name, as it does when `gen` runs on one after the other.
    if let Some(names) = before.published.take() {
        project.settings.names = names;
    }
    let after = read(&project, new)?;
    let settings = &project.settings;
    // What is new in these docs is published beside the old ones: what moved is no new type.
    let names = after.names.as_ref().unwrap_or(&settings.names);
    let mut report = diff::compare(&before.spec, &after.spec, &settings.dialect, names);
    match (&before.texts, &after.texts) {
        (Some(old), Some(new)) => {
            diff::add_text(&mut report, (&before.spec, old), (&after.spec, new));
        }
        _ => diff::add_digest(&mut report, &before.spec, &after.spec),
    }
    let version = &project.settings.version;
    let text = match form {
        Form::Text => coloured(&diff::text(&report, version)),
        Form::Json => json(&report, version)?,
        Form::Markdown => diff::markdown(&report),
    };
    Ok((text, report.has_facts()))
}

/// Whether a side is what this project was made of.
fn is_own(project: &Project, side: &str) -> bool {
    let own = |path: PathBuf| {
        let own = path.canonicalize();
        own.is_ok_and(|own| Path::new(side).canonicalize().is_ok_and(|side| side == own))
    };
    CHECKED_IN.contains(&side) || own(project.home.docs()) || own(api(project))
}

/// Where the project's spec is.
fn api(project: &Project) -> PathBuf {
    project.path(&project.home.spec("api"))
}

/// Reads a side.
fn read(project: &Project, side: &str) -> anyhow::Result<Side> {
    if CHECKED_IN.contains(&side) {
        let api = api(project);
        if !api.join("api.yaml").is_file() {
            bail!(
                "nothing is checked in yet, {} is not there: run `{} gen` first",
                shown(&api.join("api.yaml")),
                command()
            );
        }
        return Ok(Side::of_spec(folder(&api)?));
    }
    let path = Path::new(side);
    if slate::is_docs(path) {
        let texts = slate::load_as(path, &project.settings.dialect.layout())?;
        let reading =
            slate_codegen::read_docs(&texts, &project.settings).with_context(|| side.to_owned())?;
        // What is found again in the next docs is what `gen` published of these.
        let published = slate_codegen::published(&reading, &project.settings);
        let mut spec = reading.inferred.spec;
        spec.api.docs = Some(revision::docs(path, &texts, None)?);
        return Ok(Side {
            spec,
            names: Some(reading.names),
            published: Some(published),
            texts: Some(texts),
        });
    }
    if path.join("api.yaml").is_file() {
        return Ok(Side::of_spec(folder(path)?));
    }
    if path.is_dir() {
        bail!(
            "{side}: neither docs ({}) nor a spec (api.yaml) is in this folder",
            slate::INDEX
        );
    }
    if !path.exists() {
        bail!(
            "{side}: there is no such folder or file; docs, a folder of spec files, what `spec --json` printed, or \
            `checked-in` can be compared"
        );
    }
    let text = std::fs::read_to_string(path).with_context(|| side.to_owned())?;
    let spec = serde_json::from_str(&text)
        .with_context(|| format!("{side}: not what `spec --json` prints"))?;
    Ok(Side::of_spec(spec))
}

/// Reads a folder of YAML files.
pub fn folder(path: &Path) -> anyhow::Result<Spec> {
    folder_beside(path, &Spec::default(), &[])
}

/// The same, beside a spec and its texts of which most is the same.
pub fn folder_beside(
    path: &Path,
    other: &Spec,
    texts: &[(String, String)],
) -> anyhow::Result<Spec> {
    let read = |name: &str| {
        // Names of entities come from a file: they must not lead out of the folder.
        if name.contains(['/', '\\']) || name.starts_with("..") {
            return Err(InputError::new(format!("{name:?} is not a file name")));
        }
        std::fs::read_to_string(path.join(name))
            .map_err(|error| InputError::new(format!("{name}: {error}")))
    };
    spec::from_files_beside(read, other, texts).with_context(|| path.display().to_string())
}

/// The text with the levels of changes in colours.
fn coloured(text: &str) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        // A change is indented by two, with an id behind its level.
        let level = line.strip_prefix("  ").and_then(|rest| {
            let level = Level::ALL
                .iter()
                .find(|level| rest.starts_with(level.as_str()))?;
            Some((level, rest.strip_prefix(level.as_str())?))
        });
        match level {
            Some((level, rest)) => {
                let style = match level {
                    Level::Breaking => BAD,
                    Level::Additive => FINE,
                    Level::Prose => QUIET,
                };
                let _ = write!(out, "  {}{rest}", painted(level.as_str(), style));
            }
            None => out.push_str(line),
        }
    }
    out
}

/// The report as JSON; the guide describes its keys.
fn json(report: &Report, version: &str) -> anyhow::Result<String> {
    let step = Step::of(report, version);
    let counts: serde_json::Map<String, serde_json::Value> = Level::ALL
        .iter()
        .map(|level| (level.as_str().to_owned(), report.count(*level).into()))
        .collect();
    let value = serde_json::json!({
        "changes": report.changes,
        "counts": counts,
        "step": step,
        "version": {"old": version, "new": step.apply(version).ok()},
    });
    Ok(serde_json::to_string_pretty(&value)? + "\n")
}
