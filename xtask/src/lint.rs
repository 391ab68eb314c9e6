//! Prints findings in the manner of rustc.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Level as Shown, Renderer, Snippet};
use capillary_codegen::Reading;
use capillary_codegen::diagnostics::{Diagnostic, Level};

/// All findings, a table of their kinds, and a total.
pub fn text(reading: &Reading) -> String {
    let renderer = Renderer::plain();
    let mut out = String::new();
    for finding in &reading.diagnostics {
        out.push_str(&one(reading, finding, &renderer));
        out.push_str("\n\n");
    }
    for (code, count) in reading.diagnostics.counts() {
        let about = code
            .explanation()
            .trim()
            .split('.')
            .next()
            .unwrap_or_default();
        let _ = writeln!(
            out,
            "{} {:7} {count:4}  {about}",
            code.id(),
            code.level().to_string()
        );
    }
    let count = |level: Level| {
        reading
            .diagnostics
            .iter()
            .filter(|finding| finding.code.level() == level)
            .count()
    };
    let _ = writeln!(
        out,
        "{} errors, {} warnings, {} notes",
        count(Level::Error),
        count(Level::Warning),
        count(Level::Note)
    );
    out
}

fn one(reading: &Reading, finding: &Diagnostic, renderer: &Renderer) -> String {
    let file = reading.sources.file(finding.span.file);
    let (start, end) = (finding.span.start as usize, finding.span.end as usize);
    // Only the lines around the finding: a page has thousands.
    let first = file.line_range(file.line_index(start)).start;
    let last = file.line_range(file.line_index(start)).end;
    let line = file.text.get(first..last).unwrap_or_default();
    let from = start.saturating_sub(first).min(line.len());
    let to = end.saturating_sub(first).clamp(from, line.len());
    let level = match finding.code.level() {
        Level::Error => Shown::ERROR,
        Level::Warning => Shown::WARNING,
        Level::Note => Shown::NOTE,
    };
    let snippet = Snippet::source(line)
        .line_start(file.line_index(start) + 1)
        .path(file.path.as_str())
        .annotation(
            AnnotationKind::Primary
                .span(from..to)
                .label(finding.action.as_str()),
        );
    let report = [level
        .primary_title(finding.message.as_str())
        .id(finding.code.id())
        .element(snippet)];
    renderer.render(&report)
}

/// The findings as JSON.
pub fn json(reading: &Reading) -> anyhow::Result<String> {
    let counts: serde_json::Map<String, serde_json::Value> = reading
        .diagnostics
        .counts()
        .into_iter()
        .map(|(code, count)| (code.id().to_owned(), count.into()))
        .collect();
    let value = serde_json::json!({
        "findings": reading.diagnostics.report(&reading.sources),
        "counts": counts,
    });
    Ok(serde_json::to_string_pretty(&value)? + "\n")
}
