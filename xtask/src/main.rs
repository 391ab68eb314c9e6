//! `cargo xtask …`: arguments, progress, printing of findings, writing of files. All else is in `capillary-codegen`.

#![cfg_attr(
    not(test),
    warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)
)]

mod changelog;
mod diff;
mod explain;
mod kept;
mod lint;
mod mock;
mod observe;
mod openapi;
mod output;
mod project;
mod record;
mod revision;
mod stamp;
mod why;
mod write;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use output::{BAD_INPUT, FINDINGS, print};
use project::Project;
use stamp::{Asked, Said, Stamp};

/// A third of a run is memory that is taken and given back, in small pieces.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    Lint(lint::Arguments),
    /// Says what an id of `lint` (such as S014) or of `diff` (such as D064) means.
    Explain {
        /// The id; all ids are listed without one.
        id: Option<String>,
    },
    /// Says why a fact of the spec is what it is, with everyone who speaks for and against it.
    Why(why::Arguments),
    /// Prints the spec as an `OpenAPI` 3.1 document.
    Openapi {
        /// Another Slate `source` folder.
        #[arg(long, value_name = "DIR")]
        docs: Option<PathBuf>,
        /// As YAML instead of JSON.
        #[arg(long)]
        yaml: bool,
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
    /// Reads recorded traffic, and says where it contradicts the docs.
    Observe(observe::Arguments),
    /// Forwards calls to the API, and writes down what both sides say, without secrets and personal data.
    Record(record::Arguments),
    /// Serves the documented samples on a port of this machine, until it is ended.
    Mock {
        /// The port.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
        port: u16,
    },
}

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
    write::recover(&project::root()?)?;
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
        Task::Lint(arguments) => lint::run(arguments),
        Task::Explain { id } => {
            print(
                &id.as_deref()
                    .map_or_else(|| Ok(explain::list()), explain::page)?,
            )?;
            Ok(0)
        }
        Task::Why(arguments) => why::run(arguments),
        Task::Openapi { docs, yaml } => {
            print(&openapi::text(docs.as_deref(), *yaml)?)?;
            Ok(0)
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
        Task::Observe(arguments) => observe::run(arguments),
        Task::Record(arguments) => record::run(arguments),
        Task::Mock { port } => mock::serve(*port),
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
    let root = out.map_or_else(project::root, |out| Ok(out.to_owned()))?;
    write::recover(&root)?;
    // What was published is read first and written last: nobody may write it in between.
    let output = (!check).then(|| write::Output::open(&root)).transpose()?;
    let asked = Asked {
        docs,
        out,
        revision,
    };
    let program = kept::program();
    let stamp = Stamp::of(&root, asked, program.as_ref());
    if let Some(said) = stamp.unchanged() {
        progress.finish_and_clear();
        say(&said, 0, start);
        return Ok(0);
    }
    let mut project = Project::open_revision(docs, revision)?;
    if let Some(out) = out {
        project.keep_names_of(out)?;
    }
    let mut reading = project.read()?;
    progress.suspend(|| lint::expired(&project, &reading, docs.is_none()))?;
    progress.inc(1);
    progress.set_message("emitting");
    let (log, spec) = changelog::settle(&root, &mut reading, &mut project.settings)?;
    let formatted = kept::formatted(program.as_ref(), &[&root, &project.root]);
    let mut files = capillary_codegen::files_with(&reading, &project.settings, spec, &formatted)?;
    if !check {
        kept::keep(formatted, program.as_ref(), &root);
    }
    // Other docs publish nothing in this project.
    if docs.is_some() && out.is_none() {
        files.retain(|file| file.path != "spec/names.yaml");
    }
    if docs.is_none() {
        files.push(lint::guide_page());
    }
    files.push(log);
    progress.inc(1);
    progress.set_message("writing");
    let changes = write::compare(&root, &files)?;
    let written = match &output {
        Some(output) => output.apply(&files, &changes)?,
        None => 0,
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
    let bases = reading.inferred.ledger.by_basis();
    let bases: Vec<String> = bases
        .iter()
        .map(|(basis, count)| format!("{count} {}", basis.word()))
        .collect();
    let said = Said {
        facts: bases.join(", "),
        counts: format!("{operations} operations, {types} types, {codes} codes"),
        files: files.len(),
        findings: reading.diagnostics.len(),
    };
    // Overrides that do not apply have to be said each time.
    if !check && changes.is_empty() && reading.stale.is_empty() {
        stamp.keep(asked, program.as_ref(), &files, &said);
    }
    say(&said, written, start);
    if check && !changes.is_empty() {
        eprint!("{}", write::summary(&changes));
        eprintln!("what is checked in is stale: run `cargo xtask gen`");
        return Ok(FINDINGS);
    }
    Ok(0)
}

fn say(said: &Said, written: usize, start: Instant) {
    eprintln!("facts: {}", said.facts);
    eprintln!(
        "{}, {} files ({written} written), {} findings, {:.2} s",
        said.counts,
        said.files,
        said.findings,
        start.elapsed().as_secs_f64()
    );
}
