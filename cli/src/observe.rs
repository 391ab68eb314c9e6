//! `observe FILES…`: what the API really answers, compared with the spec.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Context as _, bail};
use slate_codegen::Reading;
use slate_codegen::dialect::Dialect;
use slate_codegen::emit::OutFile;
use slate_codegen::infer::Inferred;
use slate_codegen::observe::input::{self, Batch, Problem, Record};
use slate_codegen::observe::{Corrections, MIN_SEEN, Observer, Report};
use slate_codegen::spec::Spec;

use crate::home::Home;
use crate::output::{FINDINGS, command, note, print};
use crate::project::Project;
use crate::write;

/// So many records that cannot be used are named; of the rest, how many there are.
const NAMED: usize = 20;

/// Reads recorded traffic, and says where it contradicts the docs.
///
/// FILES are HAR files, NDJSON of exchanges (as `record` writes it), or drift streams: the lines of `Drift::to_json`. Which
/// of them a file is, is seen from its beginning. `-` is standard input.
#[derive(clap::Args)]
pub struct Arguments {
    /// What was recorded.
    #[arg(required = true, value_name = "FILES")]
    files: Vec<PathBuf>,
    /// Another Slate `source` folder.
    #[arg(long, value_name = "DIR")]
    docs: Option<PathBuf>,
    /// As JSON.
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// As Markdown.
    #[arg(long)]
    markdown: bool,
    /// With examples of what does not hold, of which only the form is left: letters are `a`, digits `9`.
    #[arg(long)]
    examples: bool,
    /// Adds what was seen to the project's `overrides.yaml`, for review.
    #[arg(long, conflicts_with = "docs")]
    write: bool,
    /// With `--write`: what changes a type, or whether and where something is there, is written if it was seen so often.
    #[arg(long, value_name = "N", default_value_t = MIN_SEEN, requires = "write")]
    min_seen: u64,
}

/// Observes, and prints the report.
pub fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<u8> {
    // What is written goes on with what was read.
    let output = arguments
        .write
        .then(|| write::Output::open(&home.root, &home.layout.owned()))
        .transpose()?;
    let mut project = Project::open(home, arguments.docs.as_deref())?;
    // What only other commands ask for leaves its memory to what is streamed.
    let Reading {
        inferred: Inferred { spec, .. },
        sources,
        ..
    } = project.read()?;
    drop(std::mem::take(&mut project.settings.names));
    drop(std::mem::take(&mut project.texts));
    let report = observe(arguments, &spec, &project.settings.dialect)?;
    print(&if arguments.json {
        serde_json::to_string_pretty(&report)? + "\n"
    } else if arguments.markdown {
        report.markdown()
    } else {
        report.text()
    })?;
    if let Some(output) = output {
        let corrections = report.overrides(&sources, arguments.min_seen);
        append(&output, &project, &corrections)?;
    }
    Ok(if report.is_empty() { 0 } else { FINDINGS })
}

/// What is to be read: the number of its file, and some of its records.
type Piece = (usize, Batch);

/// Records that cannot be used, each with the number of its file.
type Problems = Vec<(usize, Problem)>;

fn observe(arguments: &Arguments, spec: &Spec, dialect: &Dialect) -> anyhow::Result<Report> {
    let mut all = Observer::new(spec, dialect);
    if arguments.examples {
        all = all.with_examples();
    }
    let workers = thread::available_parallelism().map_or(1, usize::from);
    // Whoever is slower waits for the other: what is under way is bounded.
    let (give, take) = sync_channel::<Piece>(workers);
    let take = Mutex::new(take);
    let mut problems = thread::scope(|scope| {
        let working: Vec<_> = (0..workers)
            .map(|_| {
                let observer = all.another();
                scope.spawn(|| work(&take, observer))
            })
            .collect();
        let read = read_all(&arguments.files, &give);
        // The threads end when nobody can give them more.
        drop(give);
        let mut problems = Problems::new();
        for worker in working {
            let Ok((observer, more)) = worker.join() else {
                bail!("a thread that reads records ended before its time");
            };
            problems.extend(more);
            all.merge(observer);
        }
        problems.extend(read?);
        Ok(problems)
    })?;
    problems.sort_unstable();
    for (_, problem) in &problems {
        all.skip(problem.fault);
    }
    name(&problems, &arguments.files);
    Ok(all.report())
}

fn work<'s>(take: &Mutex<Receiver<Piece>>, mut observer: Observer<'s>) -> (Observer<'s>, Problems) {
    let mut problems = Problems::new();
    loop {
        let piece = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((file, batch)) = piece else {
            return (observer, problems);
        };
        for (bytes, place) in batch.iter() {
            match input::record(bytes) {
                Ok(Record::Exchange(exchange)) => observer.exchange(&exchange),
                Ok(Record::Event(event)) => observer.event(&event),
                Err(fault) => problems.push((file, Problem { place, fault })),
            }
        }
    }
}

fn read_all(files: &[PathBuf], give: &SyncSender<Piece>) -> anyhow::Result<Problems> {
    let mut problems = Problems::new();
    for (number, path) in files.iter().enumerate() {
        let stream: Box<dyn Read> = if path == Path::new("-") {
            Box::new(io::stdin().lock())
        } else {
            Box::new(File::open(path).with_context(|| path.display().to_string())?)
        };
        // Workers end only after all is read.
        let found = input::split(stream, &mut |batch| drop(give.send((number, batch))))
            .with_context(|| path.display().to_string())?;
        problems.extend(found.into_iter().map(|problem| (number, problem)));
    }
    Ok(problems)
}

/// Names what could not be used, with its place, and nothing of what it holds.
fn name(problems: &Problems, files: &[PathBuf]) {
    for (file, problem) in problems.iter().take(NAMED) {
        let path = files.get(*file).map(|path| path.display().to_string());
        note!(
            "{}:{}: {}",
            path.unwrap_or_default(),
            problem.place,
            problem.fault
        );
    }
    if let more @ 1.. = problems.len().saturating_sub(NAMED) {
        note!("and {more} more records that cannot be used");
    }
}

fn append(
    output: &write::Output,
    project: &Project,
    corrections: &Corrections,
) -> anyhow::Result<()> {
    let place = &project.overrides.path;
    for line in &corrections.left {
        note!("not written: {line}");
    }
    if corrections.is_empty() {
        note!("{place}: nothing to add");
        return Ok(());
    }
    let mut text = project.overrides.text.clone();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str("\n# Observed: for review.\n");
    text.push_str(&corrections.to_yaml()?);
    // What cannot be read back would stop every other command.
    slate_codegen::overrides::parse(place, &text).context("what was to be added")?;
    let files = [OutFile {
        path: place.clone(),
        text,
    }];
    let changes: Vec<write::Change> = write::compare(&project.home.root, &[], &files)?
        .into_iter()
        .collect();
    output.apply(&files, &changes)?;
    note!(
        "{place}: {} added for review; then run `{} gen`",
        corrections.len(),
        command()
    );
    Ok(())
}
