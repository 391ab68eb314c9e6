//! What the docs mention, and the spec lacks.

use super::reply::Lost;
use crate::Reading;
use crate::slate::source::Span;
use crate::spec::Operation;

/// The findings on lines of the docs that have these words: in the section of an operation, or anywhere, where the words
/// are asked for that are not the id of one.
pub fn left_out(reading: &Reading, operation: Option<&Operation>, words: &[String]) -> Vec<Lost> {
    let within = operation.and_then(|operation| section(reading, operation));
    let wanted: Vec<String> = words
        .iter()
        .flat_map(|word| word.split(['.', '_', ' ']))
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty())
        .collect();
    let mentions = |text: &str| {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
        !wanted.is_empty() && wanted.iter().all(|word| words.contains(&word.as_str()))
    };
    let mut out = Vec::new();
    for finding in &reading.diagnostics {
        let span = finding.span;
        let inside = within
            .is_none_or(|(file, from, to)| span.file == file && (from..to).contains(&span.start));
        let line = line(reading, span);
        if inside && mentions(line) {
            out.push(Lost {
                code: finding.code.id(),
                message: finding.message.clone(),
                action: finding.action.clone(),
                place: reading.sources.place(span),
                span,
            });
        }
    }
    if out.is_empty() {
        out = mentions_in_text(reading, within, mentions);
    }
    out
}

/// How many lines are shown that mention something.
const LINES: usize = 5;

/// The lines that mention it, where no finding is about it.
fn mentions_in_text(
    reading: &Reading,
    within: Option<(u16, u32, u32)>,
    mentions: impl Fn(&str) -> bool,
) -> Vec<Lost> {
    let mut out = Vec::new();
    for (id, file) in reading.sources.files() {
        for number in 0..file.line_count() {
            let range = file.line_range(number);
            let span = Span::new(id, range.start, range.end);
            let inside = within
                .is_none_or(|(file, from, to)| id == file && (from..to).contains(&span.start));
            if inside && out.len() < LINES && mentions(file.line(number)) {
                out.push(Lost {
                    code: "",
                    message: "the docs mention it here".to_owned(),
                    action: "no fact of the spec was read from this".to_owned(),
                    place: reading.sources.place(span),
                    span,
                });
            }
        }
    }
    out
}

/// The line where a span begins.
fn line(reading: &Reading, span: Span) -> &str {
    let file = reading.sources.file(span.file);
    file.line(file.line_index(span.start as usize))
}

/// The file of an operation, and the bytes from its heading to the next one's.
fn section(reading: &Reading, operation: &Operation) -> Option<(u16, u32, u32)> {
    let all = &reading.inferred.sections;
    let own = *all.get(&operation.id)?;
    let below = all
        .values()
        .filter(|other| other.file == own.file && other.start > own.start);
    let end = below.map(|other| other.start).min();
    Some((own.file, own.start, end.unwrap_or(u32::MAX)))
}
