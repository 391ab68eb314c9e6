//! Whether a run would find that nothing changes, without the run.
//!
//! A run that changes nothing leaves a digest of all it read and of all it would have written. A later run that finds
//! the same digests, of contents and never of times, would end in the same way: there is no other input, and same
//! input means same bytes.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use slate_codegen::dialect::Dialect;
use slate_codegen::emit::{Key, OutFile};
use slate_codegen::slate;

use crate::request::Request;
use crate::write::{WORK, owned_files};
use crate::{kept, revision};

/// What a run would say at its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// How many facts rest on what.
    pub facts: String,
    /// How many operations, types, codes.
    pub counts: String,
    /// How many files.
    pub files: usize,
    /// How many findings.
    pub findings: usize,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    inputs: Key,
    outputs: Key,
    /// The files outside of the folders that belong to the generator.
    others: Vec<String>,
    said: Said,
}

/// The inputs of a run.
pub struct Stamp<'a> {
    request: Request<'a>,
    /// `None` when something cannot be read: the run says what.
    inputs: Option<Key>,
}

impl<'a> Stamp<'a> {
    /// Digests the inputs of a run.
    pub fn of(request: Request<'a>, program: Option<&Key>) -> Self {
        Self {
            request,
            inputs: digest(request, program),
        }
    }

    fn root(&self) -> &Path {
        self.request.root()
    }

    /// What a run would say, if it would change nothing.
    pub fn unchanged(&self) -> Option<Said> {
        let inputs = self.inputs?;
        let kept = fs::read(self.root().join(WORK).join(FILE)).ok()?;
        let kept: Kept = serde_json::from_slice(&kept).ok()?;
        if kept.inputs != inputs {
            return None;
        }
        let mut paths = owned_files(self.root(), &self.request.home.layout.owned()).ok()?;
        paths.extend(kept.others);
        paths.sort();
        let mut sum = Sha256::new();
        for path in paths {
            add(&mut sum, path.as_bytes());
            add(&mut sum, &fs::read(self.root().join(path)).ok()?);
        }
        (kept.outputs == Key::from(sum.finalize())).then_some(kept.said)
    }

    /// Keeps that a run with these inputs made `files`, and that all of them were there.
    pub fn keep(&self, program: Option<&Key>, files: &[OutFile], said: &Said) {
        // What was read in between may have been something else.
        if self.inputs.is_none() || digest(self.request, program) != self.inputs {
            return;
        }
        let (Some(inputs), Ok(owned)) = (
            self.inputs,
            owned_files(self.root(), &self.request.home.layout.owned()),
        ) else {
            return;
        };
        let mut files: Vec<&OutFile> = files.iter().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut sum = Sha256::new();
        for file in &files {
            add(&mut sum, file.path.as_bytes());
            add(&mut sum, file.text.as_bytes());
        }
        let owned: std::collections::HashSet<&str> = owned.iter().map(String::as_str).collect();
        let others = files.iter().map(|file| file.path.clone());
        let kept = Kept {
            inputs,
            outputs: sum.finalize().into(),
            others: others.filter(|path| !owned.contains(&**path)).collect(),
            said: said.clone(),
        };
        if let Ok(bytes) = serde_json::to_vec(&kept) {
            kept::replace(&self.root().join(WORK), FILE, &[&bytes]);
        }
    }
}

const FILE: &str = "unchanged.json";

/// The inputs of a run of this program, where they can be read.
fn digest(request: Request<'_>, program: Option<&Key>) -> Option<Key> {
    inputs(request, program?).ok()
}

/// All that a run reads beside what it writes. Whether it is a check changes nothing of that.
fn inputs(request: Request<'_>, program: &Key) -> anyhow::Result<Key> {
    let Request {
        home,
        docs,
        out,
        revision,
        check: _,
    } = request;
    let root = &home.root;
    let mut sum = Sha256::new();
    sum.update(program);
    for path in [Some(root.as_path()), docs, out] {
        option(
            &mut sum,
            path.map(|path| path.as_os_str().as_encoded_bytes()),
        );
    }
    option(&mut sum, revision.map(str::as_bytes));
    for path in home.inputs() {
        file(&mut sum, &root.join(path))?;
    }
    let folder = docs.map_or_else(|| home.docs(), Path::to_owned);
    file(&mut sum, &folder.join(revision::FILE))?;
    let path = "spec/dialect.yaml";
    let dialect = Dialect::parse(path, &fs::read_to_string(root.join(path))?)?;
    let texts = slate::load_as(&folder, &dialect.layout())?;
    add(&mut sum, slate::digest(&texts).as_bytes());
    Ok(sum.finalize().into())
}

/// Lengths keep the end of one part and the beginning of the next apart.
fn add(sum: &mut Sha256, part: &[u8]) {
    sum.update((part.len() as u64).to_le_bytes());
    sum.update(part);
}

fn option(sum: &mut Sha256, part: Option<&[u8]>) {
    sum.update([u8::from(part.is_some())]);
    add(sum, part.unwrap_or_default());
}

fn file(sum: &mut Sha256, path: &Path) -> anyhow::Result<()> {
    let bytes = match fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| path.display().to_string()),
    };
    option(sum, bytes.as_deref());
    Ok(())
}
