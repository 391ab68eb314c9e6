//! `--watch`: runs a command again whenever something changes that it reads.
//!
//! The system says *that* something happened below the folders; *what* changed is found by comparing contents with those
//! that the last run read. So neither what a run writes nor an editor that only touches a file starts another run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use sha2::{Digest as _, Sha256};
use slate_codegen::dialect::Dialect;
use slate_codegen::slate::{self, Layout};

use crate::home::{Home, MANIFEST};
use crate::output::{QUIET, command, note, painted, print_error};

/// Editors write in several steps: a run waits until nothing happened for so long.
const QUIET_FOR: Duration = Duration::from_millis(100);

/// Where something happens all the time, a run waits no longer than this.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// So many files that changed are named.
const NAMED: usize = 3;

/// Runs `once` on the project in a folder, and again after each change, until the program is ended. `docs` is another Slate
/// folder than the project's own. Errors of a run are printed; only where nothing can be watched the command ends.
pub fn run(
    folder: &Path,
    docs: Option<&Path>,
    once: &mut dyn FnMut(&Home) -> anyhow::Result<u8>,
) -> anyhow::Result<u8> {
    let mut home = Home::open(folder)?;
    loop {
        // Whatever happens from here on is seen.
        let (_watcher, events) = watcher(&home, docs)?;
        let mut known = contents(&home, docs);
        if let Err(error) = once(&home) {
            print_error(&error);
        }
        // These a run may write itself.
        for file in home.inputs() {
            if file != home.spec(MANIFEST) && file != home.spec("dialect.yaml") {
                add_file(&mut known, &home, file);
            }
        }
        let waiting = format!("{}: waiting for changes; Ctrl-C ends", command());
        note!("{}", painted(&waiting, QUIET));
        let changed = next_change(&home, docs, &events, &known)?;
        let what = format!("changed: {}", listed(&changed));
        note!("{}", painted(&what, QUIET));
        match Home::open(folder) {
            Ok(now) => home = now,
            Err(error) => {
                print_error(&error);
                home = mended(folder, &home, docs)?;
            }
        }
    }
}

/// Waits until there is a project again.
fn mended(folder: &Path, home: &Home, docs: Option<&Path>) -> anyhow::Result<Home> {
    let (_watcher, events) = watcher(home, docs)?;
    loop {
        if let Ok(home) = Home::open(folder) {
            return Ok(home);
        }
        wait(&events)?;
    }
}

/// Where docs and files of the project are, being watched.
fn watcher(home: &Home, docs: Option<&Path>) -> anyhow::Result<(RecommendedWatcher, Receiver<()>)> {
    let (say, events) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // A run reads, which is an event, too. That an event could not be had is one.
        if event.is_ok_and(|event| event.kind.is_access() && !is_close(&event)) {
            return;
        }
        // Nobody listens any more when the next run has begun.
        let _ = say.send(());
    })
    .context("--watch")?;
    let folder = docs.map_or_else(|| home.docs(), Path::to_owned);
    let docs = folder.canonicalize().unwrap_or(folder);
    let project = home.root.join(home.spec(MANIFEST));
    // The folder of the docs may be put in place of another.
    let around = [project.parent(), docs.parent()];
    for folder in around.into_iter().flatten().filter(|it| it.is_dir()) {
        watcher
            .watch(folder, RecursiveMode::NonRecursive)
            .with_context(|| folder.display().to_string())?;
    }
    if docs.is_dir() {
        watcher
            .watch(&docs, RecursiveMode::Recursive)
            .with_context(|| docs.display().to_string())?;
    }
    Ok((watcher, events))
}

/// Whether somebody ended to write a file.
fn is_close(event: &notify::Event) -> bool {
    use notify::event::{AccessKind, AccessMode, EventKind};
    event.kind == EventKind::Access(AccessKind::Close(AccessMode::Write))
}

/// Digests of files, by what they are called.
type Contents = BTreeMap<String, Option<Vec<u8>>>;

/// All that a run reads.
fn contents(home: &Home, docs: Option<&Path>) -> Contents {
    let mut all = Contents::new();
    let baseline = home.spec("lint-baseline.yaml");
    for file in home.inputs().into_iter().chain([baseline]) {
        add_file(&mut all, home, file);
    }
    let folder: PathBuf = docs.map_or_else(|| home.docs(), Path::to_owned);
    let dialect = std::fs::read_to_string(home.root.join(home.spec("dialect.yaml")));
    let layout = dialect
        .ok()
        .and_then(|yaml| Dialect::parse("dialect.yaml", &yaml).ok())
        .map_or_else(Layout::default, |dialect| dialect.layout());
    match slate::load_as(&folder, &layout) {
        Ok(texts) => {
            all.extend(
                texts
                    .0
                    .iter()
                    .map(|(path, bytes)| (path.clone(), Some(digest(bytes)))),
            );
        }
        // What cannot be read is other when it can be.
        Err(error) => {
            let text = error.to_string();
            all.insert("the docs".to_owned(), Some(digest(text.as_bytes())));
        }
    }
    let revision = std::fs::read(folder.join(crate::revision::FILE)).ok();
    all.insert(
        crate::revision::FILE.to_owned(),
        revision.map(|bytes| digest(&bytes)),
    );
    all
}

fn add_file(all: &mut Contents, home: &Home, file: String) {
    let bytes = std::fs::read(home.root.join(&file)).ok();
    all.insert(file, bytes.map(|bytes| digest(&bytes)));
}

fn digest(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// Waits until something is other than it was, and says what.
fn next_change(
    home: &Home,
    docs: Option<&Path>,
    events: &Receiver<()>,
    known: &Contents,
) -> anyhow::Result<Vec<String>> {
    loop {
        let now = contents(home, docs);
        let paths = known.keys().chain(now.keys());
        let mut changed: Vec<String> = paths
            .filter(|path| known.get(*path) != now.get(*path))
            .cloned()
            .collect();
        changed.sort();
        changed.dedup();
        if !changed.is_empty() {
            return Ok(changed);
        }
        wait(events)?;
    }
}

/// Waits until something happens, and then until it is quiet.
fn wait(events: &Receiver<()>) -> anyhow::Result<()> {
    events
        .recv()
        .context("--watch: nothing can be seen any more")?;
    let start = Instant::now();
    while start.elapsed() < LONGEST_WAIT {
        match events.recv_timeout(QUIET_FOR) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    Ok(())
}

/// `a.md, b.md and 3 more`.
fn listed(changed: &[String]) -> String {
    let named = changed.iter().take(NAMED).map(String::as_str);
    let named = named.collect::<Vec<_>>().join(", ");
    match changed.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_files_are_named() {
        let files: Vec<String> = ('a'..='e').map(|name| format!("{name}.md")).collect();
        assert_eq!(listed(&files[..1]), "a.md");
        assert_eq!(listed(&files), "a.md, b.md, c.md and 2 more");
    }
}
