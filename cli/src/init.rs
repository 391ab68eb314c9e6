//! `init --docs DIR`: a project for docs that it has never seen.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;
use slate_codegen::survey::{Survey, survey};

use crate::output::{note, print, shown};

/// Arguments of `init`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The Slate `source` folder, or the one above it.
    #[arg(long, value_name = "DIR")]
    docs: PathBuf,
    /// Add what is missing to a folder that has some of these files. What is there stays as it is: people have worked on
    /// it. To have a file written anew, move it away, or look at `--dry-run`.
    #[arg(long)]
    force: bool,
    /// The folder of `slate-runtime`, for a crate that is to take it from there and not from the registry.
    #[arg(long, value_name = "DIR")]
    runtime: Option<PathBuf>,
    /// Write nothing; print the report and the dialect.
    #[arg(long)]
    dry_run: bool,
}

/// Writes the files of a project into its folder, which is made if it is not there, and prints what was counted.
pub fn run(project: &Path, arguments: &Arguments) -> anyhow::Result<u8> {
    let found = survey(&arguments.docs)?;
    if arguments.dry_run {
        print(&format!("{}\n{}", found.report(), found.dialect()))?;
        return Ok(0);
    }
    let names = ["slate.yaml", "dialect.yaml", "overrides.yaml"];
    let there: Vec<&str> = names
        .into_iter()
        .filter(|name| project.join(name).symlink_metadata().is_ok())
        .collect();
    if !there.is_empty() && !arguments.force {
        anyhow::bail!(
            "{} has {} already; nothing was written. With --force what is missing is added, and what is there stays as it is",
            shown(project),
            there.join(", ")
        );
    }
    std::fs::create_dir_all(project).with_context(|| project.display().to_string())?;
    let docs = way(project, &arguments.docs)?;
    // The crate lies one folder deeper than the project.
    let runtime = arguments.runtime.as_deref();
    let runtime = runtime.map(|runtime| way(project, runtime)).transpose()?;
    let runtime = runtime.map(|way| format!("../{way}"));
    let texts = [
        found.manifest(&docs, runtime.as_deref()),
        found.dialect(),
        found.overrides(),
    ];
    for (name, text) in names.into_iter().zip(texts) {
        let path = project.join(name);
        if there.contains(&name) {
            note!("{} stays as it is", shown(&path));
            continue;
        }
        write(&path, &text).with_context(|| path.display().to_string())?;
        note!("{} written", shown(&path));
    }
    print(&with_next_steps(&found))?;
    Ok(0)
}

fn with_next_steps(found: &Survey) -> String {
    let next = if found.after.operations == 0 {
        "No operation was found. The lines above say which keys of dialect.yaml may help; `request_lines` says how requests \
         are written."
    } else {
        "Look at dialect.yaml, then see what `lint` and `gen` say."
    };
    format!("{}\n{next}\n", found.report())
}

/// Writes a file that is not there yet.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}

/// The way from one folder to another, with `/`.
fn way(from: &Path, to: &Path) -> anyhow::Result<String> {
    let real = |path: &Path| {
        path.canonicalize()
            .with_context(|| path.display().to_string())
    };
    let (from, to) = (real(from)?, real(to)?);
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(shared).map(|_| Some(".."));
    let down = to.iter().skip(shared).map(|part| part.as_os_str().to_str());
    let parts: Option<Vec<&str>> = up.chain(down).collect();
    let parts = parts.context("a path is not Unicode")?;
    if shared == 0 || parts.iter().any(|part| part.contains(['\\', '\0'])) {
        anyhow::bail!(
            "slate.yaml cannot say where {} is: there is no path to it that it could hold",
            parts.last().copied().unwrap_or("that folder")
        );
    }
    Ok(if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join("/")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_from_folder_to_folder() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["a/b", "a/c d", "e"] {
            std::fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        for (from, to, want) in [
            ("a/b", "a/c d", "../c d"),
            ("a/b", "a", ".."),
            ("a", "a/b", "b"),
            ("e", "a/b", "../a/b"),
            ("e", "e", "."),
        ] {
            let way = way(&root.path().join(from), &root.path().join(to)).unwrap();
            assert_eq!(way, want);
        }
        assert!(way(root.path(), &root.path().join("gone")).is_err());
    }
}
