//! Which revisions there are, and in which order.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use regex::Regex;
use slate_codegen::slate::{INDEX, is_docs};

/// One revision of the docs.
#[derive(Debug)]
pub struct Revision {
    /// Name of its folder.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
}

/// The revisions of a folder, by name: those that `only` matches, the first of them and every `every`th after it.
pub fn select(folder: &Path, only: Option<&str>, every: usize) -> anyhow::Result<Vec<Revision>> {
    let only = only
        .map(|only| Regex::new(only).context("--only"))
        .transpose()?;
    let all = all(folder)?;
    let count = all.len();
    let chosen: Vec<Revision> = all
        .into_iter()
        .filter(|revision| {
            only.as_ref()
                .is_none_or(|only| only.is_match(&revision.name))
        })
        .step_by(every)
        .collect();
    if chosen.is_empty() {
        bail!("--only: none of the {count} revisions is called so");
    }
    let others: Vec<&str> = chosen
        .iter()
        .filter(|revision| !is_docs(&revision.folder))
        .map(|revision| revision.name.as_str())
        .collect();
    // All are named at once: a folder that is not meant is seen before the run, not in the middle of it.
    if !others.is_empty() {
        bail!(
            "{}: no docs (no {INDEX}) in {}; --only leaves folders out",
            folder.display(),
            others.join(", ")
        );
    }
    Ok(chosen)
}

fn all(folder: &Path) -> anyhow::Result<Vec<Revision>> {
    let shown = || folder.display().to_string();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(shown)? {
        let entry = entry.with_context(shown)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // A link to a folder is a folder; what is hidden belongs to other programs.
        if entry.path().is_dir() && !name.starts_with('.') {
            found.push(Revision {
                name,
                folder: entry.path(),
            });
        }
    }
    if found.is_empty() {
        bail!("{}: there is no folder in it, so no revision", shown());
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}
