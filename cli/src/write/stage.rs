//! New contents, beside what is there: a folder with the paths of the root.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, bail};
use slate_codegen::emit::OutFile;

use super::changes::Change;
use super::journal::{Journal, Step};
use super::place;

/// Writes the new contents below `staged`, and says what has to be put in place: folders that belong to the generator
/// as a whole, all other files one by one.
pub fn stage(
    root: &Path,
    staged: &Path,
    owned: &[String],
    files: &[OutFile],
    changes: &[Change],
) -> anyhow::Result<Journal> {
    let changed: BTreeSet<&str> = changes.iter().map(Change::path).collect();
    let units: BTreeSet<&str> = changed.iter().map(|path| unit(owned, path)).collect();
    for file in files
        .iter()
        .filter(|file| units.contains(unit(owned, &file.path)))
    {
        let there = root.join(&file.path);
        if there.is_dir() {
            bail!("{} is a folder", there.display());
        }
        let new = staged.join(&file.path);
        let parent = new.parent().context("a file without a folder")?;
        fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        // A link keeps the time of the last change, by which cargo knows what to build again.
        let kept = !changed.contains(file.path.as_str()) && fs::hard_link(&there, &new).is_ok();
        if !kept {
            fs::write(&new, &file.text).with_context(|| new.display().to_string())?;
        }
    }
    let steps = units.into_iter().map(|path| {
        let there = root.join(path);
        if there.is_symlink() {
            bail!("{} is a link: gen replaces no links", there.display());
        }
        if owned.iter().any(|folder| folder == path) && there.is_file() {
            bail!("{} is not a folder", there.display());
        }
        Ok(Step {
            path: path.to_owned(),
            digest: place::digest(&staged.join(path))?,
        })
    });
    Ok(Journal {
        steps: steps.collect::<anyhow::Result<_>>()?,
    })
}

/// What is put in place in one step: the folder of the generator that the file is in, or the file.
fn unit<'a>(owned: &'a [String], path: &'a str) -> &'a str {
    owned
        .iter()
        .find(|folder| {
            path.strip_prefix(folder.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
        })
        .map_or(path, |folder| folder)
}

/// Removes what is staged.
pub fn clear(staged: &Path) -> anyhow::Result<()> {
    for path in [staged, &place::aside(staged)] {
        let removed = if path.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        match removed {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| path.display().to_string());
            }
            _ => {}
        }
    }
    Ok(())
}
