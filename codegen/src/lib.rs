//! Reads Slate documentation and writes an intermediate spec and a Rust SDK.
//!
//! The stages, one module each; a stage knows the one before it, never the one after:
//! [`slate`] → [`read`] → [`infer`] → [`spec`](mod@spec) → [`emit`].

pub mod diagnostics;
pub mod dialect;
pub mod emit;
mod error;
pub mod infer;
pub mod read;
pub mod sample;
pub mod slate;
pub mod spec;
mod text;

pub use error::InputError;

use diagnostics::Diagnostics;
use dialect::Dialect;
use infer::Inferred;
use slate::Texts;
use slate::source::Sources;

/// A documentation that was read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The spec, and the contents of the samples.
    pub inferred: Inferred,
    /// The texts, for places.
    pub sources: Sources,
    /// What was found to be wrong.
    pub diagnostics: Diagnostics,
}

/// Reads a documentation: Slate text to spec.
///
/// # Errors
/// When the input as a whole cannot be read.
pub fn read_docs(texts: &Texts, dialect: &Dialect) -> Result<Reading, InputError> {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let document = slate::parse(texts, &mut sources, &mut diagnostics)?;
    let facts = read::read(&document, dialect, &mut diagnostics);
    let inferred = infer::infer(&facts, dialect, &sources, &mut diagnostics);
    diagnostics.finish();
    Ok(Reading {
        inferred,
        sources,
        diagnostics,
    })
}
