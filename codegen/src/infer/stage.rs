//! What every step of inference reads, and what it writes beside the spec.

use crate::claims::Ledger;
use crate::diagnostics::Diagnostics;
use crate::dialect::Dialect;
use crate::read::url::Url;
use crate::slate::source::{Sources, Span};
use crate::spec::Source;

/// What every step of inference reads, and what it writes beside the spec.
pub struct Stage<'a> {
    /// How the docs write things down.
    pub dialect: &'a Dialect,
    /// The texts.
    pub sources: &'a Sources,
    /// What stands in front of the paths that the docs state, in addresses that are whole: it belongs to the host.
    pub base: Option<&'a Base>,
    /// Takes what is wrong.
    pub diagnostics: &'a mut Diagnostics,
    /// Takes what is decided.
    pub ledger: &'a mut Ledger,
}

/// The address below which calls are made, where stated paths do not have all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// The host.
    pub host: String,
    /// The first segments of the path.
    pub segments: Vec<String>,
    /// Where it is shown.
    pub span: Span,
}

impl Base {
    /// Host and path.
    pub fn address(&self) -> String {
        let parts = std::iter::once(&self.host).chain(&self.segments);
        parts.map(String::as_str).collect::<Vec<_>>().join("/")
    }

    /// Leaves the base out of an address that has it.
    pub fn leave_out(&self, url: &mut Url) {
        if url.host == self.host
            && url.segments.len() > self.segments.len()
            && url.segments.starts_with(&self.segments)
        {
            url.segments.drain(..self.segments.len());
        }
    }
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
