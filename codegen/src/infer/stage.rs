//! What every step of inference reads, and what it writes beside the spec.

use crate::claims::Ledger;
use crate::diagnostics::Diagnostics;
use crate::dialect::Dialect;
use crate::slate::source::{Sources, Span};
use crate::spec::Source;

/// What every step of inference reads, and what it writes beside the spec.
pub struct Stage<'a> {
    /// How the docs write things down.
    pub dialect: &'a Dialect,
    /// The texts.
    pub sources: &'a Sources,
    /// Takes what is wrong.
    pub diagnostics: &'a mut Diagnostics,
    /// Takes what is decided.
    pub ledger: &'a mut Ledger,
}

impl Stage<'_> {
    /// File and line of a span.
    pub fn source(&self, span: Span) -> Source {
        source(span, self.sources)
    }
}

/// File and line of a span.
pub fn source(span: Span, sources: &Sources) -> Source {
    Source {
        file: sources.file(span.file).path.clone(),
        line: sources.line(span),
    }
}
