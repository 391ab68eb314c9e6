//! `cargo xtask diff OLD NEW`: what changed between two revisions of the docs, or of the spec.

use std::path::Path;

use anyhow::{Context as _, bail};
use capillary_codegen::InputError;
use capillary_codegen::diff::{self, Level, Report, Step};
use capillary_codegen::names::Names;
use capillary_codegen::slate;
use capillary_codegen::spec::{self, Spec};

use crate::project::Project;

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

/// Compares and renders. The second value says whether facts changed.
pub fn run(old: &str, new: &str, form: Form) -> anyhow::Result<(String, bool)> {
    let mut project = Project::open(None)?;
    let (before, names) = read(&project, old)?;
    // What the old docs made public keeps its name, as it does when `gen` runs on one after the other.
    if let Some(names) = names {
        project.settings.names = names;
    }
    let (after, names) = read(&project, new)?;
    let settings = &project.settings;
    let names = names.as_ref().unwrap_or(&settings.names);
    let report = diff::compare(&before, &after, &settings.dialect, names);
    let version = &project.settings.version;
    let text = match form {
        Form::Text => diff::text(&report, version),
        Form::Json => json(&report, version)?,
        Form::Markdown => diff::markdown(&report),
    };
    Ok((text, report.has_facts()))
}

/// Reads a side, with the names that are published then; a spec has its names in it.
fn read(project: &Project, side: &str) -> anyhow::Result<(Spec, Option<Names>)> {
    if CHECKED_IN.contains(&side) {
        return Ok((folder(&project.root.join("spec/api"))?, None));
    }
    let path = Path::new(side);
    if path.join(slate::INDEX).is_file() {
        let texts = slate::load(path)?;
        let reading = capillary_codegen::read_docs(&texts, &project.settings)
            .with_context(|| side.to_owned())?;
        return Ok((reading.inferred.spec, Some(reading.names)));
    }
    if path.join("api.yaml").is_file() {
        return Ok((folder(path)?, None));
    }
    if path.is_dir() {
        bail!(
            "{side}: neither docs ({}) nor a spec (api.yaml) is in this folder",
            slate::INDEX
        );
    }
    let text = std::fs::read_to_string(path).with_context(|| side.to_owned())?;
    let spec = serde_json::from_str(&text)
        .with_context(|| format!("{side}: not what `cargo xtask spec --json` prints"))?;
    Ok((spec, None))
}

/// Reads a folder of YAML files.
pub fn folder(path: &Path) -> anyhow::Result<Spec> {
    let read = |name: &str| {
        // Names of entities come from a file: they must not lead out of the folder.
        if name.contains(['/', '\\']) || name.starts_with("..") {
            return Err(InputError::new(format!("{name:?} is not a file name")));
        }
        std::fs::read_to_string(path.join(name))
            .map_err(|error| InputError::new(format!("{name}: {error}")))
    };
    spec::from_files(read).with_context(|| path.display().to_string())
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
