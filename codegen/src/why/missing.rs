//! Lines of the docs that speak of what no fact is called: what was found to be wrong with them, or what they were read as.

use super::reads;
use super::reply::Lost;
use crate::Reading;
use crate::slate::source::Span;
use crate::spec::{Entity, Operation};

/// Where in the docs something is looked for.
#[derive(Clone, Copy, Default)]
pub struct Scope {
    /// A file and bytes of it; everywhere, where there are none.
    within: Option<(u16, u32, u32)>,
    /// The heading of what is asked about.
    heading: Option<Span>,
}

impl Scope {
    /// From the heading of an operation to the next one's.
    pub fn operation(operation: &Operation, reading: &Reading) -> Self {
        let all = &reading.inferred.sections;
        let heading = all.get(&operation.id).copied();
        let within = heading.map(|own| {
            let below = all
                .values()
                .filter(|other| other.file == own.file && other.start > own.start);
            let end = below.map(|other| other.start).min();
            (own.file, own.start, end.unwrap_or(u32::MAX))
        });
        Self { within, heading }
    }

    /// The page of an entity.
    pub fn entity(entity: &Entity, reading: &Reading) -> Self {
        let heading = reading.inferred.pages.get(&entity.entity).copied();
        Self {
            within: heading.map(|own| (own.file, 0, u32::MAX)),
            heading,
        }
    }

    fn has(&self, span: Span) -> bool {
        self.within
            .is_none_or(|(file, from, to)| span.file == file && (from..to).contains(&span.start))
    }
}

/// The findings on lines of the docs that have these words. Without a finding, the lines themselves.
pub fn left_out(reading: &Reading, scope: Scope, words: &[String]) -> Vec<Lost> {
    let wanted: Vec<String> = words
        .iter()
        .flat_map(|word| word.split(|c: char| !c.is_alphanumeric()))
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
        let file = reading.sources.file(span.file);
        let line = line(reading, span.file, file.line_index(span.start as usize));
        if scope.has(span) && mentions(reading.sources.text(line)) {
            out.push(Lost {
                code: finding.code.id(),
                message: finding.message.clone(),
                action: finding.action.clone(),
                read_as: reads::of_line(line, scope.heading, reading),
                place: reading.sources.place(span),
                span,
            });
        }
    }
    if out.is_empty() {
        out = mentions_in_text(reading, scope, mentions);
    }
    out
}

/// How many lines are shown that mention something.
const LINES: usize = 5;

/// The lines that mention it, where no finding is about it: first those that nothing was read from.
fn mentions_in_text(reading: &Reading, scope: Scope, mentions: impl Fn(&str) -> bool) -> Vec<Lost> {
    let mut out = Vec::new();
    for (id, file) in reading.sources.files() {
        for number in 0..file.line_count() {
            let span = line(reading, id, number);
            if !scope.has(span) || !mentions(file.line(number)) {
                continue;
            }
            let read_as = reads::of_line(span, scope.heading, reading);
            let (message, action) = if read_as.is_empty() {
                (
                    "the docs mention it here".to_owned(),
                    "no fact of the spec was read from this",
                )
            } else {
                (format!("read as: {}", read_as.join(", ")), "")
            };
            out.push(Lost {
                code: "",
                message,
                action: action.to_owned(),
                read_as,
                place: reading.sources.place(span),
                span,
            });
        }
    }
    out.sort_by_key(|lost| !lost.read_as.is_empty());
    out.truncate(LINES);
    out
}

/// The bytes of a line.
fn line(reading: &Reading, file: u16, number: usize) -> Span {
    let range = reading.sources.file(file).line_range(number);
    Span::new(file, range.start, range.end)
}
