//! Counts what a page holds by a route of its own, and says what is neither in the spec nor in a finding.
//!
//! This is `scripts/count_docs.py` once more, for texts in memory.

use std::collections::HashSet;

use serde_json::Value;
use slate_codegen::Reading;
use slate_codegen::diagnostics::Code;

/// The lines of this page with a row of a parameter table, a row of a code table, or a code block of which nothing is
/// known.
pub fn unaccounted(reading: &Reading, file: &str, text: &str) -> Vec<String> {
    let known = known(reading, file);
    let mut missing = Vec::new();
    for (line, kind) in counted(text) {
        if !known.contains(&line) {
            missing.push(format!("{file}:{line}: {kind}"));
        }
    }
    missing
}

/// Lines of a file that are a source in the spec, or the place of a finding.
fn known(reading: &Reading, file: &str) -> HashSet<usize> {
    fn sources(value: &Value, file: &str, lines: &mut HashSet<usize>) {
        match value {
            Value::Object(members) => {
                if members.get("file").and_then(Value::as_str) == Some(file)
                    && let Some(line) = members.get("line").and_then(Value::as_u64)
                {
                    lines.extend(usize::try_from(line));
                }
                members
                    .values()
                    .for_each(|value| sources(value, file, lines));
            }
            Value::Array(items) => items.iter().for_each(|value| sources(value, file, lines)),
            _ => {}
        }
    }
    let mut lines = HashSet::new();
    let spec = serde_json::to_value(&reading.inferred.spec).unwrap();
    sources(&spec, file, &mut lines);
    for finding in &reading.diagnostics {
        let first = reading.sources.place(finding.span);
        if first.file != file {
            continue;
        }
        let first = first.line as usize;
        let source = reading.sources.file(finding.span.file);
        let found = &source.text[finding.span.start as usize..finding.span.end as usize];
        lines.extend(first..first + found.lines().count().max(1));
        // What is said of a heading, or of the head of a table, is said of the rows below it.
        let line = source.line(first - 1);
        if line.starts_with('#') {
            let below =
                (first..source.line_count()).take_while(|&at| !source.line(at).starts_with('#'));
            lines.extend(below.map(|at| at + 1));
        } else if line.contains('|')
            && matches!(finding.code, Code::UnusedTable | Code::MisplacedHeading)
        {
            let below =
                (first..source.line_count()).take_while(|&at| !source.line(at).trim().is_empty());
            lines.extend(below.map(|at| at + 1));
        }
    }
    lines
}

/// Lines that have to be known, with what they are.
fn counted(text: &str) -> Vec<(usize, &'static str)> {
    let mut out = Vec::new();
    let (mut fence, mut table) = (0, false);
    let mut heading = String::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        let marks = line.len() - line.trim_start_matches('`').len();
        if fence > 0 {
            // Only marks alone, and as many, end a code block.
            if marks >= fence && marks == line.len() {
                fence = 0;
            }
        } else if marks >= 3 && !line[marks..].contains('`') {
            out.push((at + 1, "code block"));
            fence = marks;
        } else if line.starts_with('#') {
            heading = line.trim_start_matches('#').trim().to_lowercase();
            table = false;
        } else if line.is_empty() {
            table = false;
        } else if line.contains("--") && line.chars().all(|c| " |:-".contains(c)) {
            table = true;
        } else if heading.contains("header") && line.starts_with("* **") {
            out.push((at + 1, "header"));
        } else if table && line.contains('|') && line.contains(char::is_alphanumeric) {
            let says = |words: &[&str]| words.iter().any(|word| heading.contains(word));
            if says(&[
                "error code",
                "success code",
                "response code",
                "error message",
            ]) {
                out.push((at + 1, "row of codes"));
            } else if says(&["header"])
                || (says(&["request", "query", "path", "body", "response"])
                    && says(&["param", "attribute"]))
            {
                out.push((at + 1, "row of parameters"));
            }
        }
    }
    out
}
