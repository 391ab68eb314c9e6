//! `history DIR`: all revisions of one documentation in order, as somebody would have lived through them who
//! ran `gen` on each, and what does not hold on the way.
//!
//! A revision is a folder of docs. `gen` makes the first in a folder without any names, then the second in the same folder,
//! and so on. After each, everything that must hold of every revision is measured: see [`measure::Measure`].

mod crates;
mod facts;
mod line_ends;
mod measure;
mod names;
mod revisions;
mod steps;
mod table;
mod tree;
mod walk;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::home::Home;
use crate::output::{FINDINGS, print, progress};
use walk::Walk;

#[derive(clap::Args)]
pub struct Arguments {
    /// A folder of revisions: each a Slate `source` folder, in the order of their names.
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Make them here and keep what is made. The folder must be empty, or not there yet.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Only revisions whose folder's name has this in it.
    #[arg(long, value_name = "REGEX", conflicts_with = "every")]
    only: Option<String>,
    /// Only the first revision and every Nth after it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    every: Option<u32>,
    /// Build the first emitted crate and every Nth after it, and run its tests.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    crates: Option<u32>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<u8> {
    let revisions = revisions::select(
        &arguments.dir,
        arguments.only.as_deref(),
        arguments.every.map_or(1, |every| every as usize),
    )?;
    let out = Out::open(arguments.out.as_deref())?;
    let mut walk = Walk::begin(
        home,
        &out.folder,
        arguments.crates.map(|every| every as usize),
    )?;
    let progress = progress(revisions.len() as u64);
    let mut rows = Vec::new();
    for revision in &revisions {
        progress.set_message(revision.name.clone());
        rows.push(walk.step(revision));
        progress.inc(1);
    }
    progress.finish_and_clear();
    let text = if arguments.json {
        serde_json::to_string_pretty(&table::data(&rows))? + "\n"
    } else {
        table::text(&rows)
    };
    print(&text)?;
    let fails = rows.iter().any(measure::Row::fails);
    Ok(if fails { FINDINGS } else { 0 })
}

/// Where the revisions are made. Nobody asked for what is made without `--out`, and it is removed at the end.
struct Out {
    folder: PathBuf,
    kept: bool,
}

impl Out {
    fn open(folder: Option<&Path>) -> anyhow::Result<Self> {
        let kept = folder.is_some();
        let folder = folder.map_or_else(
            || std::env::temp_dir().join(format!("slate-history-{}", std::process::id())),
            Path::to_owned,
        );
        let shown = || folder.display().to_string();
        std::fs::create_dir_all(&folder).with_context(shown)?;
        if std::fs::read_dir(&folder)
            .with_context(shown)?
            .next()
            .is_some()
        {
            bail!(
                "{}: the folder is not empty, and a history begins with nothing",
                shown()
            );
        }
        // An absolute path holds for Cargo, too, which runs in another folder.
        let folder = folder.canonicalize().with_context(shown)?;
        Ok(Self { folder, kept })
    }
}

impl Drop for Out {
    fn drop(&mut self) {
        if !self.kept {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}
