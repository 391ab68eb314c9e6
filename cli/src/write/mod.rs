//! Brings the files of a run onto the disk: the old tree or the new one, whenever the run ends.
//!
//! 1. [`lock`]: one run at a time writes below a root.
//! 2. [`stage`]: the new contents are written beside the root's folders, on the same file system. What did not change
//!    is a hard link to what is there.
//! 3. [`journal`]: what is to be put where is written down, and is on the disk before anything moves.
//! 4. [`place`]: each folder that belongs to the generator, and each single file, changes places with its new content
//!    in one system call.
//!
//! A run that is killed before step 4 leaves the old tree, and after it the new one. In between lie a few system
//! calls; whatever the journal still lists then is put in its place by the next command, see [`recover`]. An error puts
//! back what was there.

mod changes;
mod journal;
mod lock;
mod place;
mod stage;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use slate_codegen::emit::OutFile;

use crate::output::note;
pub use changes::{Change, compare, owned_files, summary};
use journal::Journal;
use lock::Lock;

/// Folder below a root for all that is under way. Git ignores it.
pub const WORK: &str = ".gen";

/// A root below which this process alone writes, until it is dropped.
#[derive(Debug)]
pub struct Output {
    root: PathBuf,
    /// Folders that belong to the generator.
    owned: Vec<String>,
    work: PathBuf,
    _lock: Lock,
}

impl Output {
    /// Waits until no other run writes below `root`. Then what an interrupted run left is put in order.
    pub fn open(root: &Path, owned: &[String]) -> anyhow::Result<Self> {
        let work = root.join(WORK);
        fs::create_dir_all(&work).with_context(|| work.display().to_string())?;
        let ignore = work.join(".gitignore");
        if !ignore.exists() {
            fs::write(&ignore, "*\n").with_context(|| ignore.display().to_string())?;
        }
        let lock = Lock::take(&work)?;
        let output = Self {
            root: root.to_owned(),
            owned: owned.to_vec(),
            work,
            _lock: lock,
        };
        if let Some(journal) = Journal::read(&output.work)? {
            let wrong = place::roll_forward(&output.root, &output.staged(), &journal);
            Journal::remove(&output.work)?;
            note!(
                "an earlier run was interrupted: its files below {} were put in place",
                output.root.display()
            );
            for path in wrong {
                note!("warning: {path} could not be: run `gen` again");
            }
        }
        stage::clear(&output.staged())?;
        Ok(output)
    }

    /// Makes the changes that lead to `files`, all or none of them. Gives the number of files.
    pub fn apply(&self, files: &[OutFile], changes: &[Change]) -> anyhow::Result<usize> {
        if changes.is_empty() {
            return Ok(0);
        }
        let staged = self.staged();
        let done = stage::stage(&self.root, &staged, &self.owned, files, changes)
            .and_then(|journal| self.place(&journal));
        if journal::is_there(&self.work) {
            done?;
        } else {
            // What is staged is the old tree now, or was never put in place.
            done.and(stage::clear(&staged))?;
        }
        Ok(changes.len())
    }

    fn place(&self, journal: &Journal) -> anyhow::Result<()> {
        journal.write(&self.work)?;
        let placed = place::all(&self.root, &self.staged(), journal);
        // Where not even the old could be put back, the journal leads the next command.
        if !placed.as_ref().is_err_and(|failure| failure.half_way) {
            Journal::remove(&self.work)?;
        }
        Ok(placed?)
    }

    /// Where new contents wait.
    fn staged(&self) -> PathBuf {
        self.work.join("new")
    }
}

/// Puts in order what an interrupted run left below `root`. Touches nothing where there is nothing to do.
pub fn recover(root: &Path) -> anyhow::Result<()> {
    if journal::is_there(&root.join(WORK)) {
        // What the journal lists is all there is to do.
        Output::open(root, &[])?;
    }
    Ok(())
}
