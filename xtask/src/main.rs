//! `cargo xtask …`: arguments, progress, printing of findings, writing of files. All else is in `capillary-codegen`.

#![cfg_attr(
    not(test),
    warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)
)]

mod changelog;
mod diff;
mod explain;
mod lint;
mod mock;
mod project;
mod revision;
mod write;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context as _;
use capillary_codegen::diagnostics::Level;
use clap::{Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use project::Project;

/// Reads the Slate documentation, writes the intermediate spec and the SDK.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Docs → spec/api → generated. Writes only files whose content changes.
    Gen {
        /// Another Slate `source` folder.
        #[arg(long, value_name = "DIR")]
        docs: Option<PathBuf>,
        /// Write `spec/api` and `generated` below this folder.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// What this revision of the docs is called; else the file REVISION beside them says so.
        #[arg(long, value_name = "NAME")]
        revision: Option<String>,
        /// Write nothing; exit with 1 and a summary if what is there is stale.
        #[arg(long)]
        check: bool,
    },
    /// Prints the whole intermediate spec as one document.
    Spec {
        /// Another Slate `source` folder.
        #[arg(long, value_name = "DIR")]
        docs: Option<PathBuf>,
        /// As JSON instead of YAML.
        #[arg(long)]
        json: bool,
    },
    /// Prints what is wrong in the docs, and what the generator did about it.
    Lint {
        /// Another Slate `source` folder.
        #[arg(long, value_name = "DIR")]
        docs: Option<PathBuf>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Prints what changed in the API, what it means for users of the SDK, and the version step it asks for.
    Diff {
        /// A Slate `source` folder, a folder of spec files, a file that `spec --json` printed, or `checked-in`.
        old: String,
        /// As for OLD.
        new: String,
        /// As JSON.
        #[arg(long, conflicts_with = "markdown")]
        json: bool,
        /// As an entry of a changelog.
        #[arg(long)]
        markdown: bool,
    },
    /// Says what an id of `lint` (`S…`) or of `diff` (`D…`) means.
    Explain {
        /// The id.
        id: String,
    },
    /// Serves the documented samples on a port of this machine, until it is ended.
    Mock {
        /// The port.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
        port: u16,
    },
}

/// Findings: the run did what was asked, and there is something to do.
const FINDINGS: u8 = 1;
/// Bad usage or unreadable input.
const BAD_INPUT: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments.command) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(BAD_INPUT)
        }
    }
}

fn run(task: &Task) -> anyhow::Result<u8> {
    match task {
        Task::Gen {
            docs,
            out,
            revision,
            check,
        } => generate(docs.as_deref(), out.as_deref(), revision.as_deref(), *check),
        Task::Spec { docs, json } => {
            let project = Project::open(docs.as_deref())?;
            let reading = project.read()?;
            let spec = &reading.inferred.spec;
            let text = if *json {
                serde_json::to_string_pretty(spec)? + "\n"
            } else {
                project::yaml(spec)?
            };
            print(&text)?;
            Ok(0)
        }
        Task::Lint { docs, json } => {
            let project = Project::open(docs.as_deref())?;
            let reading = project.read()?;
            print(&if *json {
                lint::json(&reading)?
            } else {
                lint::text(&reading)
            })?;
            let errors = reading
                .diagnostics
                .iter()
                .any(|finding| finding.code.level() == Level::Error);
            Ok(if errors { FINDINGS } else { 0 })
        }
        Task::Diff {
            old,
            new,
            json,
            markdown,
        } => {
            let form = match (json, markdown) {
                (true, _) => diff::Form::Json,
                (_, true) => diff::Form::Markdown,
                _ => diff::Form::Text,
            };
            let (text, facts) = diff::run(old, new, form)?;
            print(&text)?;
            Ok(if facts { FINDINGS } else { 0 })
        }
        Task::Explain { id } => {
            print(&explain::page(id)?)?;
            Ok(0)
        }
        Task::Mock { port } => mock::serve(*port),
    }
}

/// Prints data; a reader that went away is no error.
fn print(text: &str) -> anyhow::Result<()> {
    use std::io::Write as _;
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("standard output"),
    }
}

fn generate(
    docs: Option<&std::path::Path>,
    out: Option<&std::path::Path>,
    revision: Option<&str>,
    check: bool,
) -> anyhow::Result<u8> {
    let start = Instant::now();
    let progress = ProgressBar::new(3).with_style(
        ProgressStyle::with_template("{msg} {bar:20} {pos}/{len}")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    progress.set_message("reading");
    let mut project = Project::open_revision(docs, revision)?;
    let mut reading = project.read()?;
    if docs.is_none() && !reading.stale.is_empty() {
        for stale in &reading.stale {
            eprintln!(
                "spec/overrides.yaml: the entry for {:?} does not apply: {}",
                stale.at, stale.why
            );
        }
        anyhow::bail!(
            "{} overrides are stale: remove them or mend their line",
            reading.stale.len()
        );
    }
    progress.inc(1);
    progress.set_message("emitting");
    let root = out.unwrap_or(&project.root).to_owned();
    let log = changelog::settle(&root, &mut reading, &mut project.settings)?;
    let mut files = capillary_codegen::files(&reading, &project.settings)?;
    if docs.is_none() {
        files.push(capillary_codegen::emit::OutFile {
            path: "spec/names.yaml".to_owned(),
            text: reading.names.to_yaml()?,
        });
    }
    files.push(log);
    progress.inc(1);
    progress.set_message("writing");
    let changes = write::compare(&root, &files)?;
    let written = if check {
        0
    } else {
        write::apply(&root, &changes)?
    };
    progress.finish_and_clear();
    let spec = &reading.inferred.spec;
    let operations: usize = spec
        .entities
        .iter()
        .map(|entity| entity.operations.len())
        .sum();
    let types: usize = spec.entities.iter().map(|entity| entity.types.len()).sum();
    let codes: usize = spec.api.codes.len()
        + spec
            .entities
            .iter()
            .map(|entity| entity.codes.len())
            .sum::<usize>();
    eprintln!(
        "{operations} operations, {types} types, {codes} codes, {} files ({written} written), {} findings, {:.2} s",
        files.len(),
        reading.diagnostics.len(),
        start.elapsed().as_secs_f64()
    );
    if check && !changes.is_empty() {
        eprint!("{}", write::summary(&changes));
        eprintln!("what is checked in is stale: run `cargo xtask gen`");
        return Ok(FINDINGS);
    }
    Ok(0)
}
