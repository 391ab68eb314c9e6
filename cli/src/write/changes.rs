//! What differs between the files of a run and those on the disk.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use slate_codegen::emit::OutFile;

/// What has to happen to a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new, or its content differs.
    Write {
        /// Path below the root.
        path: String,
        /// True when there is no such file yet.
        new: bool,
    },
    /// It is no longer made.
    Remove {
        /// Path below the root.
        path: String,
    },
}

impl Change {
    /// Path of the file below the root.
    pub fn path(&self) -> &str {
        match self {
            Self::Write { path, .. } | Self::Remove { path } => path,
        }
    }
}

/// What has to change below `root` so that it holds `files`; `owned` are the folders that belong to the generator.
pub fn compare(root: &Path, owned: &[String], files: &[OutFile]) -> anyhow::Result<Vec<Change>> {
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
                new: found.is_err(),
            }),
        }
    }
    let made: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    for path in owned_files(root, owned)? {
        if !made.contains(path.as_str()) {
            changes.push(Change::Remove { path });
        }
    }
    Ok(changes)
}

/// The files that are there in the folders that belong to the generator.
pub fn owned_files(root: &Path, owned: &[String]) -> anyhow::Result<Vec<String>> {
    let mut all = Vec::new();
    for folder in owned {
        let mut found = Vec::new();
        list(&root.join(folder), folder, &mut found)?;
        found.sort();
        all.append(&mut found);
    }
    Ok(all)
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
