//! Puts new content in its place, and the old where the new was. Done twice, all is as before.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use md5::{Digest as _, Md5};

use super::journal::{Journal, Step};

/// Why not all steps were made.
#[derive(Debug)]
pub struct Failure {
    /// What went wrong.
    pub error: anyhow::Error,
    /// True when not even the steps that were made could be taken back.
    pub half_way: bool,
}

impl From<Failure> for anyhow::Error {
    fn from(failure: Failure) -> Self {
        if failure.half_way {
            failure
                .error
                .context("some files are new and some are old: the next run will end this")
        } else {
            failure.error
        }
    }
}

/// Makes all steps. When one fails, those before it are taken back.
pub fn all(root: &Path, staged: &Path, journal: &Journal) -> Result<(), Failure> {
    for (number, step) in journal.steps.iter().enumerate() {
        if let Err(error) = swap(root, staged, &step.path) {
            let back = journal.steps[..number]
                .iter()
                .rev()
                .map(|step| swap(root, staged, &step.path));
            return Err(Failure {
                half_way: back.filter(Result::is_err).count() > 0,
                error: anyhow::Error::new(error)
                    .context(root.join(&step.path).display().to_string()),
            });
        }
    }
    Ok(())
}

/// Makes the steps that an interrupted run did not make. Gives the paths where that cannot be done, because what was
/// staged is not there.
pub fn roll_forward(root: &Path, staged: &Path, journal: &Journal) -> Vec<String> {
    let made = |step: &Step| digest(&root.join(&step.path)).is_ok_and(|is| is == step.digest);
    let mut wrong = Vec::new();
    for step in &journal.steps {
        let waits = || digest(&staged.join(&step.path)).is_ok_and(|is| is == step.digest);
        let done = made(step) || waits() && swap(root, staged, &step.path).is_ok() && made(step);
        if !done {
            wrong.push(step.path.clone());
        }
    }
    wrong
}

/// Lets what is at this path below `root` and what is there below `staged` change places; one of the two may be missing.
pub fn swap(root: &Path, staged: &Path, path: &str) -> io::Result<()> {
    let (here, there) = (root.join(path), staged.join(path));
    for parent in [here.parent(), there.parent()].into_iter().flatten() {
        fs::create_dir_all(parent)?;
    }
    match (is_there(&here)?, is_there(&there)?) {
        (true, true) => exchange(&here, &there, &aside(staged)),
        (false, true) => fs::rename(&there, &here),
        (true, false) => fs::rename(&here, &there),
        (false, false) => Ok(()),
    }
}

/// Where the old content is for a moment, on systems that cannot exchange two files in one step.
pub fn aside(staged: &Path) -> PathBuf {
    staged.with_extension("aside")
}

fn is_there(path: &Path) -> io::Result<bool> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// One system call where the system has it.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path, aside: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Some file systems cannot. What is really wrong shows again.
        Err(_) => exchange_by_renames(a, b, aside),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(a: &Path, b: &Path, aside: &Path) -> io::Result<()> {
    exchange_by_renames(a, b, aside)
}

/// Three renames; the first one is taken back when the second fails.
pub fn exchange_by_renames(a: &Path, b: &Path, aside: &Path) -> io::Result<()> {
    // Left by a run that was killed here: the old content of something whose new content is in place.
    match fs::symlink_metadata(aside) {
        Ok(left) if left.is_dir() => fs::remove_dir_all(aside)?,
        Ok(_) => fs::remove_file(aside)?,
        Err(_) => {}
    }
    fs::rename(a, aside)?;
    if let Err(error) = fs::rename(b, a) {
        fs::rename(aside, a)?;
        return Err(error);
    }
    fs::rename(aside, b)
}

/// A digest of all names and contents of a file or folder; `None` where there is nothing.
pub fn digest(path: &Path) -> anyhow::Result<Option<String>> {
    if !is_there(path).with_context(|| path.display().to_string())? {
        return Ok(None);
    }
    let mut sum = Md5::new();
    add(path, &mut sum).with_context(|| path.display().to_string())?;
    let mut text = String::new();
    for byte in sum.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    Ok(Some(text))
}

fn add(path: &Path, sum: &mut Md5) -> io::Result<()> {
    if !path.is_dir() {
        let content = fs::read(path)?;
        sum.update(b"file");
        sum.update((content.len() as u64).to_le_bytes());
        sum.update(content);
        return Ok(());
    }
    let mut entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    sum.update(b"folder");
    sum.update((entries.len() as u64).to_le_bytes());
    for entry in entries {
        let name = entry.file_name();
        sum.update(name.as_encoded_bytes());
        sum.update(b"/");
        add(&entry.path(), sum)?;
    }
    Ok(())
}
