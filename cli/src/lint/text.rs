//! Findings in the manner of rustc.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Level as Shown, Renderer, Snippet};
use slate_codegen::diagnostics::{Code, Level};

use super::finding::Finding;
use super::report::Report;
use crate::output::{BAD, FINE, WARN, command, painted};

/// The findings, a table of their kinds, one of their files, and a total; with styles.
pub fn print(report: &Report) -> String {
    let mut out = String::new();
    for finding in report.shown() {
        out.push_str(&one(finding));
        out.push_str("\n\n");
    }
    let mut counts: BTreeMap<(Code, Level), usize> = BTreeMap::new();
    for finding in report.new_ones() {
        *counts.entry((finding.code, finding.level)).or_default() += 1;
    }
    for ((code, level), count) in counts {
        let style = match level {
            Level::Error => BAD,
            Level::Warning => WARN,
            Level::Note => FINE,
        };
        let word = painted(&format!("{:7}", level.to_string()), style);
        let _ = writeln!(out, "{} {word} {count:4}  {}", code.id(), code.title());
    }
    for (file, counts) in report.by_file() {
        let _ = writeln!(out, "{file}: {counts}");
    }
    for line in report.on_allowed().into_iter().chain(report.on_baseline()) {
        let _ = writeln!(out, "{line}");
    }
    if report.new_ones().next().is_some() {
        let _ = writeln!(out, "`{} explain CODE` says what a kind means", command());
    }
    let _ = writeln!(out, "{}", report.total());
    out
}

/// One finding, with styles and without a line end.
pub fn one(finding: &Finding) -> String {
    let level = match finding.level {
        Level::Error => Shown::ERROR,
        Level::Warning => Shown::WARNING,
        Level::Note => Shown::NOTE,
    };
    let marked = AnnotationKind::Primary
        .span(finding.marked.clone())
        .label(finding.action.as_str());
    let snippet = Snippet::source(finding.line.as_str())
        .line_start(finding.place.line as usize)
        .path(finding.place.file.as_str())
        .annotation(marked);
    let mut group = level
        .primary_title(finding.message.as_str())
        .id(finding.code.id())
        .element(snippet);
    if let Some(also) = &finding.also {
        let line = AnnotationKind::Context
            .span(0..also.line.len())
            .label(also.what);
        group = group.element(
            Snippet::source(also.line.as_str())
                .line_start(also.place.line as usize)
                .path(also.place.file.as_str())
                .annotation(line),
        );
    }
    Renderer::styled().render(&[group])
}
