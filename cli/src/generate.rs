//! `gen`: docs → spec → crate, on the disk.

use std::time::Instant;

use slate_codegen::Reading;
use slate_codegen::emit::OutFile;

use crate::output::{self, FINDINGS, counted, note};
use crate::project::Project;
use crate::request::Request;
use crate::stamp::{Said, Stamp};
use crate::{changelog, kept, lint, write};

/// How far a run is.
pub enum Stage<'a> {
    /// The docs are read.
    Read(&'a Project, &'a Reading),
    /// What is to be written is known.
    Emitted,
}

/// What a run made.
pub struct Run {
    /// The docs as they were read, with the names that they have now.
    pub reading: Reading,
    /// All files.
    pub files: Vec<OutFile>,
    /// What differs from the files that were there before.
    pub changes: Vec<write::Change>,
    /// How many files were written.
    pub written: usize,
}

/// Reads, emits and, unless it is a check, writes. Prints nothing; `reached` is told how far it is, and an error of it ends
/// the run. A run that changes nothing says so in the stamp, for the next one.
pub fn generate(
    request: &Request<'_>,
    stamp: Option<&Stamp<'_>>,
    reached: &mut dyn FnMut(Stage<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<Run> {
    let Request {
        home, docs, out, ..
    } = *request;
    let root = request.root();
    let owned = home.layout.owned();
    write::recover(root)?;
    // What was published is read first and written last: nobody may write it in between.
    let output = (!request.check)
        .then(|| write::Output::open(root, &owned))
        .transpose()?;
    let mut project = Project::open_revision(home, docs, request.revision)?;
    if let Some(out) = out {
        project.keep_names_of(out)?;
    }
    let mut reading = project.read()?;
    slate_codegen::some_operation(&reading)?;
    reached(Stage::Read(&project, &reading))?;
    let (log, spec) = changelog::settle(root, home, &mut reading, &mut project.settings)?;
    let program = kept::program();
    let formatted = kept::formatted(program.as_ref(), &[root, &home.root]);
    let mut files = slate_codegen::files_with(&reading, &project.settings, spec, &formatted)?;
    if !request.check {
        kept::keep(formatted, program.as_ref(), root);
    }
    // Other docs publish nothing in this project.
    if docs.is_some() && out.is_none() {
        let names = home.spec("names.yaml");
        files.retain(|file| file.path != names);
    }
    if docs.is_none() && !home.layout.findings_page.is_empty() {
        files.push(lint::guide_page(&home.layout.findings_page));
    }
    files.push(log);
    reached(Stage::Emitted)?;
    let changes = write::compare(root, &owned, &files)?;
    let written = match &output {
        Some(output) => output.apply(&files, &changes)?,
        None => 0,
    };
    let run = Run {
        reading,
        files,
        changes,
        written,
    };
    // Overrides that do not apply have to be said each time.
    if let Some(stamp) = stamp
        && !request.check
        && run.changes.is_empty()
        && run.reading.stale.is_empty()
    {
        stamp.keep(program.as_ref(), &run.files, &said(&run));
    }
    Ok(run)
}

/// The command, with progress and a summary.
pub fn command(request: &Request<'_>) -> anyhow::Result<u8> {
    let start = Instant::now();
    let progress = output::progress(3);
    progress.set_message("reading");
    write::recover(request.root())?;
    let stamp = Stamp::of(*request, kept::program().as_ref());
    if let Some(said) = stamp.unchanged() {
        progress.finish_and_clear();
        say(&said, 0, start);
        return Ok(0);
    }
    let run = generate(request, Some(&stamp), &mut |stage| {
        match stage {
            Stage::Read(project, reading) => {
                let own = request.docs.is_none();
                progress.suspend(|| lint::expired(project, reading, own))?;
                progress.set_message("emitting");
            }
            Stage::Emitted => progress.set_message("writing"),
        }
        progress.inc(1);
        Ok(())
    })?;
    progress.finish_and_clear();
    say(&said(&run), run.written, start);
    if request.check && !run.changes.is_empty() {
        output::said(&write::summary(&run.changes));
        note!(
            "what is checked in is stale: run `{} gen`",
            output::command()
        );
        return Ok(FINDINGS);
    }
    Ok(0)
}

/// How much of what there is.
fn said(run: &Run) -> Said {
    let spec = &run.reading.inferred.spec;
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
    let bases = run.reading.inferred.ledger.by_basis();
    let bases: Vec<String> = bases
        .iter()
        .map(|(basis, count)| format!("{count} {}", basis.word()))
        .collect();
    Said {
        facts: bases.join(", "),
        counts: format!(
            "{}, {}, {}",
            counted(operations, "operation"),
            counted(types, "type"),
            counted(codes, "code")
        ),
        files: run.files.len(),
        findings: run.reading.diagnostics.len(),
    }
}

fn say(said: &Said, written: usize, start: Instant) {
    note!("facts: {}", said.facts);
    note!(
        "{}, {} ({written} written), {}, {:.2} s",
        said.counts,
        counted(said.files, "file"),
        counted(said.findings, "finding"),
        start.elapsed().as_secs_f64()
    );
}
