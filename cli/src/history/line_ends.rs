//! The same docs with each of the line ends.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::Value;
use slate_codegen::slate::{self, Texts};

use super::measure::Fault;
use super::{steps, tree};
use crate::home::Home;
use crate::project::Project;

const ENDS: [(&str, &[u8]); 3] = [("LF", b"\n"), ("CRLF", b"\r\n"), ("CR", b"\r")];

/// Writes the docs below `scratch` with each of the line ends. All specs must be those of the docs as they are, and `diff`
/// must find nothing between them.
pub fn check(home: &Home, docs: &Path, scratch: &Path) -> anyhow::Result<Vec<Fault>> {
    let texts = slate::load_as(
        docs,
        &Project::open(home, Some(docs))?.settings.dialect.layout(),
    )?;
    let mut faults = Vec::new();
    let mut first: Option<PathBuf> = None;
    let own = spec(home, docs)?;
    for (name, end) in ENDS {
        let folder = scratch.join(name);
        write(&texts, end, &folder)?;
        let differences = tree::differences(&own, &spec(home, &folder)?);
        let told = |what: String| Fault::new(format!("the spec with {name}: {what}"));
        faults.extend(differences.into_iter().map(told));
        if let Some(first) = &first {
            for mut change in steps::said(home, first, &folder)?.changes {
                change.what = format!("diff LF {name}: {}", change.what);
                faults.push(change);
            }
        } else {
            first = Some(folder);
        }
    }
    Ok(faults)
}

/// The spec without what the docs are called.
fn spec(home: &Home, docs: &Path) -> anyhow::Result<Value> {
    let mut spec = Project::open(home, Some(docs))?.read()?.inferred.spec;
    spec.api.docs = None;
    Ok(serde_json::to_value(&spec)?)
}

fn write(texts: &Texts, end: &[u8], folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    for (path, bytes) in &texts.0 {
        let path = folder.join(path);
        let shown = || path.display().to_string();
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(shown)?;
        }
        fs::write(&path, with_ends(bytes, end)).with_context(shown)?;
    }
    Ok(())
}

/// A text with one kind of line end. As for the reader, several `\r` before a `\n` are one end.
fn with_ends(bytes: &[u8], end: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, tail)) = rest.split_first() {
        let returns = rest.iter().take_while(|byte| **byte == b'\r').count();
        rest = match (first, rest.get(returns)) {
            (b'\r', Some(b'\n')) => rest.get(returns + 1..).unwrap_or_default(),
            (b'\r' | b'\n', _) => tail,
            _ => {
                out.push(*first);
                rest = tail;
                continue;
            }
        };
        out.extend_from_slice(end);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_becomes_the_one() {
        assert_eq!(
            with_ends(b"a\r\r\nb\rc\nd\r\n\r\n", b"\n"),
            b"a\nb\nc\nd\n\n"
        );
        assert_eq!(with_ends(b"a\r\rb\n", b"\r\n"), b"a\r\n\r\nb\r\n");
        assert_eq!(with_ends(b"a", b"\r"), b"a");
    }
}
