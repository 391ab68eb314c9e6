//! Reads Slate documentation and writes an intermediate spec and a Rust SDK.
//!
//! The stages, one module each; a stage knows the one before it, never the one after:
//! [`slate`] → [`read`] → [`infer`] → [`spec`](mod@spec) → [`emit`].

#![cfg_attr(
    not(test),
    warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)
)]

mod allow;
mod answer;
mod catalogue;
pub mod claims;
pub mod diagnostics;
pub mod dialect;
pub mod diff;
pub mod emit;
mod error;
mod identity;
pub mod infer;
pub mod manifest;
pub mod names;
pub mod observe;
pub mod openapi;
pub mod overrides;
mod pattern;
pub mod read;
pub mod sample;
pub mod shown;
pub mod slate;
pub mod spec;
pub mod survey;
mod text;
pub mod why;

pub use error::InputError;

use diagnostics::Diagnostics;
use dialect::Dialect;
use emit::{EmitError, Formatted, OutFile};
use infer::Inferred;
use manifest::{Layout, Manifest};
use names::{Names, Registry};
use overrides::{Override, Stale};
use slate::Texts;
use slate::source::Sources;

/// What the generator reads beside the docs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the project is called.
    pub manifest: Manifest,
    /// Where what is made of it goes.
    pub layout: Layout,
    /// How the docs write things down.
    pub dialect: Dialect,
    /// Corrections.
    pub overrides: Vec<Override>,
    /// Published names.
    pub names: Names,
    /// Version of the SDK crate.
    pub version: String,
}

/// A documentation that was read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The spec, and the contents of the samples.
    pub inferred: Inferred,
    /// The texts, for places.
    pub sources: Sources,
    /// What was found to be wrong.
    pub diagnostics: Diagnostics,
    /// Overrides that do not apply.
    pub stale: Vec<Stale>,
    /// Published names, with those of this run's operations and codes.
    pub names: Names,
}

/// Reads a documentation: Slate text to spec, corrected and with its published names.
///
/// # Errors
/// When the input as a whole cannot be read.
pub fn read_docs(texts: &Texts, settings: &Settings) -> Result<Reading, InputError> {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let layout = settings.dialect.layout();
    let document = slate::parse(texts, &layout, &mut sources, &mut diagnostics)?;
    let facts = read::read(&document, &settings.dialect, &mut diagnostics);
    let allowances = allow::read(&document, &sources, &mut diagnostics);
    drop(document);
    let inferred = infer::infer(&facts, &settings.dialect, &sources, &mut diagnostics);
    drop(facts);
    let mut names = settings.names.clone();
    let inferred = names.settle(inferred);
    let (spec, stale) = overrides::apply(inferred.spec, &settings.overrides, &sources)?;
    let inferred = Inferred { spec, ..inferred };
    diagnostics.narrow(&sources);
    allow::apply(&allowances, &sources, &mut diagnostics);
    diagnostics.finish();
    Ok(Reading {
        inferred,
        sources,
        diagnostics,
        stale,
        names,
    })
}

/// Why a run ended without files.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The input cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The crate cannot be emitted.
    #[error(transparent)]
    Emit(#[from] EmitError),
}

/// All that `gen` writes: the intermediate spec, the crate and the published names, below one folder.
///
/// # Errors
/// When the spec cannot be written down or the crate cannot be emitted.
pub fn files(reading: &Reading, settings: &Settings) -> Result<Vec<OutFile>, RunError> {
    let spec = spec::to_files(&reading.inferred.spec)?;
    files_with(reading, settings, spec, &Formatted::default())
}

/// The same, of a spec that was [written down](spec::to_files), without formatting again what was formatted before.
///
/// # Errors
/// As [`files`].
pub fn files_with(
    reading: &Reading,
    settings: &Settings,
    spec: Vec<(String, String)>,
    formatted: &Formatted,
) -> Result<Vec<OutFile>, RunError> {
    let layout = &settings.layout;
    let mut out: Vec<OutFile> = spec
        .into_iter()
        .map(|(name, text)| OutFile {
            path: layout.spec(&format!("api/{name}")),
            text,
        })
        .collect();
    out.push(OutFile {
        path: layout.spec("schema.json"),
        text: spec::schema()?,
    });
    let names = Registry::new(reading.names.clone(), &settings.version);
    let emitted = emit::emit(
        &reading.inferred.spec,
        &reading.inferred.contents,
        settings,
        &names,
        formatted,
    )?;
    out.extend(emitted.into_iter().map(|file| OutFile {
        path: layout.sdk(&file.path),
        text: file.text,
    }));
    out.push(OutFile {
        path: layout.spec("names.yaml"),
        text: names.into_names().to_yaml()?,
    });
    Ok(out)
}

/// The names that are published when `gen` ran: those of [`files`], without these.
#[must_use]
pub fn published(reading: &Reading, settings: &Settings) -> names::Names {
    let names = Registry::new(reading.names.clone(), &settings.version);
    emit::publish(&reading.inferred.spec, &settings.dialect, &names);
    names.into_names()
}

/// Refuses docs without operations: they were not understood, and an SDK of them would do nothing.
///
/// # Errors
/// When there is no operation.
pub fn some_operation(reading: &Reading) -> Result<(), InputError> {
    let mut entities = reading.inferred.spec.entities.iter();
    if entities.any(|entity| !entity.operations.is_empty()) {
        return Ok(());
    }
    let why = "no operation was found in these docs: the dialect does not know how they say how a call is made";
    Err(match reading.sources.files().next() {
        Some((_, index)) => InputError::at(&index.path, 1, 1, why),
        None => InputError::new(why),
    })
}
