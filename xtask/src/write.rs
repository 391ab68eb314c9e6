//! Brings the files of a run onto the disk: only what changes, each by rename, all or nothing.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use capillary_codegen::emit::OutFile;

/// Folders that belong to the generator: files in them that it no longer makes are removed. Most of
/// `generated/examples` is written by people, so nothing is removed there.
const OWNED: &[&str] = &[
    "spec/api",
    "generated/samples",
    "generated/src",
    "generated/tests",
];

/// What has to happen to a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new, or its content differs.
    Write {
        /// Path below the root.
        path: String,
        /// Content.
        text: String,
        /// True when there is no such file yet.
        new: bool,
    },
    /// It is no longer made.
    Remove {
        /// Path below the root.
        path: String,
    },
}

/// What has to change below `root` so that it holds `files`.
pub fn compare(root: &Path, files: &[OutFile]) -> anyhow::Result<Vec<Change>> {
    let mut changes = Vec::new();
    for file in files {
        if file
            .path
            .split('/')
            .any(|part| part.is_empty() || part == "." || part == "..")
            || Path::new(&file.path).is_absolute()
        {
            bail!("{:?} is not a path below the output folder", file.path);
        }
        match fs::read(root.join(&file.path)) {
            Ok(old) if old == file.text.as_bytes() => {}
            found => changes.push(Change::Write {
                path: file.path.clone(),
                text: file.text.clone(),
                new: found.is_err(),
            }),
        }
    }
    for folder in OWNED {
        let mut found = Vec::new();
        list(&root.join(folder), folder, &mut found)?;
        for path in found {
            if !files.iter().any(|file| file.path == path) {
                changes.push(Change::Remove { path });
            }
        }
    }
    Ok(changes)
}

fn list(folder: &Path, name: &str, out: &mut Vec<String>) -> anyhow::Result<()> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry.with_context(|| name.to_owned())?;
        let path = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &path, out)?;
        } else {
            out.push(path);
        }
    }
    out.sort();
    Ok(())
}

/// Makes the changes: first all new contents are written beside their targets, then they are moved into place. When
/// anything fails, what was there before is put back.
pub fn apply(root: &Path, changes: &[Change]) -> anyhow::Result<usize> {
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    let mut moved: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
    let result =
        stage(root, changes, &mut staged).and_then(|()| commit(root, changes, &staged, &mut moved));
    if let Err(error) = result {
        for (temporary, _) in &staged {
            let _ = fs::remove_file(temporary);
        }
        for (target, old) in moved.iter().rev() {
            let _ = match old {
                Some(old) => fs::write(target, old),
                None => fs::remove_file(target),
            };
        }
        return Err(error);
    }
    Ok(changes.len())
}

/// Writes the new contents beside their targets.
fn stage(
    root: &Path,
    changes: &[Change],
    staged: &mut Vec<(PathBuf, PathBuf)>,
) -> anyhow::Result<()> {
    for change in changes {
        let Change::Write { path, text, .. } = change else {
            continue;
        };
        let target = root.join(path);
        if target.is_dir() {
            bail!("{} is a folder", target.display());
        }
        let folder = target.parent().context("a file without a folder")?;
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let name = target
            .file_name()
            .context("a file without a name")?
            .to_string_lossy()
            .into_owned();
        let temporary = folder.join(format!(".{name}.{}.tmp", std::process::id()));
        staged.push((temporary.clone(), target));
        fs::write(&temporary, text).with_context(|| temporary.display().to_string())?;
    }
    Ok(())
}

/// Moves the new contents into place and removes what is no longer made. `moved` gets what was there before.
fn commit(
    root: &Path,
    changes: &[Change],
    staged: &[(PathBuf, PathBuf)],
    moved: &mut Vec<(PathBuf, Option<Vec<u8>>)>,
) -> anyhow::Result<()> {
    for (temporary, target) in staged {
        let old = fs::read(target).ok();
        fs::rename(temporary, target).with_context(|| target.display().to_string())?;
        moved.push((target.clone(), old));
    }
    for change in changes {
        let Change::Remove { path } = change else {
            continue;
        };
        let path = root.join(path);
        let old = fs::read(&path).ok();
        fs::remove_file(&path).with_context(|| path.display().to_string())?;
        moved.push((path.clone(), old));
        let mut folder = path.parent();
        while let Some(empty) =
            folder.filter(|folder| *folder != root && fs::remove_dir(folder).is_ok())
        {
            folder = empty.parent();
        }
    }
    Ok(())
}

/// The changes, a line each, the first of them.
pub fn summary(changes: &[Change]) -> String {
    let mut out = String::new();
    for change in changes.iter().take(40) {
        let line = match change {
            Change::Write {
                path, new: true, ..
            } => format!("new      {path}\n"),
            Change::Write { path, .. } => format!("changed  {path}\n"),
            Change::Remove { path } => format!("gone     {path}\n"),
        };
        out.push_str(&line);
    }
    if changes.len() > 40 {
        let _ = writeln!(out, "and {} more", changes.len() - 40);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> OutFile {
        OutFile {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_second_run_changes_nothing_and_files_that_are_gone_go() {
        let root = tempfile::tempdir().unwrap();
        let first = [
            file("generated/src/a.rs", "1"),
            file("generated/src/b/c.rs", "2"),
        ];
        let changes = compare(root.path(), &first).unwrap();
        assert_eq!(apply(root.path(), &changes).unwrap(), 2);
        assert!(compare(root.path(), &first).unwrap().is_empty());
        let second = [file("generated/src/a.rs", "3")];
        let changes = compare(root.path(), &second).unwrap();
        assert_eq!(changes.len(), 2);
        apply(root.path(), &changes).unwrap();
        assert_eq!(
            fs::read_to_string(root.path().join("generated/src/a.rs")).unwrap(),
            "3"
        );
        assert!(!root.path().join("generated/src/b").exists());
        assert_eq!(
            fs::read_dir(root.path().join("generated/src"))
                .unwrap()
                .count(),
            1
        );
    }

    #[test]
    fn no_path_leaves_the_folder() {
        let root = tempfile::tempdir().unwrap();
        for path in ["../x", "/x", "a/../../x", "a//x"] {
            assert!(compare(root.path(), &[file(path, "")]).is_err(), "{path}");
        }
    }
}
