//! What is to be put where, so that the next command can end what a killed one began.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};

/// The steps of one run, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// The steps.
    pub steps: Vec<Step>,
}

/// A file or folder that gets new content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Path below the root; the new content has the same path below the staging folder.
    pub path: String,
    /// Digest of the new content, by which a step that was made is known. `None`: nothing is there any more.
    pub digest: Option<String>,
}

impl Journal {
    /// Writes it down. When this returns, it is on the disk as a whole.
    pub fn write(&self, work: &Path) -> anyhow::Result<()> {
        let path = file(work);
        let unfinished = path.with_extension("unfinished");
        let write = || {
            let mut out = File::create(&unfinished)?;
            out.write_all(&serde_json::to_vec_pretty(self)?)?;
            out.sync_all()?;
            fs::rename(&unfinished, &path)?;
            sync_folder(work)
        };
        write().with_context(|| path.display().to_string())
    }

    /// The journal that an interrupted run left.
    pub fn read(work: &Path) -> anyhow::Result<Option<Self>> {
        let path = file(work);
        match fs::read(&path) {
            Ok(bytes) => {
                let damaged = || format!("{} is damaged: remove it, then run gen", path.display());
                let journal: Self = serde_json::from_slice(&bytes).with_context(damaged)?;
                let inside = |step: &Step| {
                    let mut parts = Path::new(&step.path).components();
                    parts.all(|part| matches!(part, Component::Normal(_)))
                };
                if !journal.steps.iter().all(inside) {
                    bail!(damaged());
                }
                Ok(Some(journal))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| path.display().to_string()),
        }
    }

    /// Says that all is done.
    pub fn remove(work: &Path) -> anyhow::Result<()> {
        let path = file(work);
        fs::remove_file(&path).with_context(|| path.display().to_string())
    }
}

/// True when a run was interrupted, or is under way.
pub fn is_there(work: &Path) -> bool {
    file(work).exists()
}

fn file(work: &Path) -> PathBuf {
    work.join("journal.json")
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}
