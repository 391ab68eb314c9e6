//! The places of a section that say at which address it is called.

use super::segments::{agree, without};
use crate::diagnostics::{Code, Edit};
use crate::infer::stage::Stage;
use crate::read::facts::{OperationFacts, Role, Said};
use crate::read::url::{self, Url};
use crate::slate::source::{Sources, Span};

/// An address, as one place has it.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What is said before it.
    pub when: String,
    /// The address.
    pub url: Url,
    /// Where.
    pub span: Span,
}

/// All that a section says of its address.
#[derive(Clone, Debug, Default)]
pub struct Statements {
    /// Lines that say how to call the operation.
    pub lines: Vec<Statement>,
    /// Rows of the resource table: often only the end of the path.
    pub rows: Vec<Statement>,
    /// URLs of samples.
    pub samples: Vec<Statement>,
}

impl Statements {
    /// Reads them. What is no address, or had to be mended, is a finding.
    pub fn read(operation: &OperationFacts, stage: &mut Stage<'_>) -> Self {
        let suffixes = &stage.dialect.wire.format_suffixes;
        let mut bad: Vec<Bad> = Vec::new();
        let mut stated = |list: &[(String, Said)]| -> Vec<Statement> {
            list.iter()
                .filter_map(|(when, said)| {
                    let text = said.text.trim_matches('`');
                    let wrong = format!("{text:?} is not a proper URL");
                    read(when, &said.text, said.span, &wrong, (suffixes, &mut bad))
                })
                .collect()
        };
        let mut lines = stated(&operation.urls);
        let mut rows = stated(&operation.uris);
        let mut samples = samples(operation, suffixes, &mut bad);
        report(bad, stage);
        if let Some(base) = stage.base {
            let all = lines.iter_mut().chain(&mut rows).chain(&mut samples);
            all.for_each(|one| base.leave_out(&mut one.url));
        }
        for one in lines.iter_mut().chain(&mut rows) {
            if let Some(parts) = samples.iter().find_map(|sample| apart(one, sample)) {
                stage.diagnostics.push(
                    Code::BadUrl,
                    one.span,
                    "a slash is missing behind a placeholder, going by the URL of the sample",
                    "it was added",
                );
                one.url.segments = parts;
            }
        }
        Self {
            lines,
            rows,
            samples,
        }
    }

    /// All of them: request lines first.
    pub fn all(&self) -> impl Iterator<Item = &Statement> {
        self.lines.iter().chain(&self.rows).chain(&self.samples)
    }

    /// All URLs with their places: request lines first.
    pub fn urls(&self) -> Vec<(Url, Span)> {
        self.all().map(|one| (one.url.clone(), one.span)).collect()
    }
}

/// `/{id}labels` in its two segments, where a sample has as many: `/7/labels`.
fn apart(one: &Statement, sample: &Statement) -> Option<Vec<String>> {
    let mut out: Vec<String> = Vec::new();
    for segment in &one.url.segments {
        match segment.split_once('}') {
            Some((name, word))
                if name.starts_with('{') && word.starts_with(char::is_alphanumeric) =>
            {
                out.push(format!("{name}}}"));
                out.push(word.to_owned());
            }
            _ => out.push(segment.clone()),
        }
    }
    let shown = without(&sample.url.segments);
    let own = without(&out);
    let from = shown.len().checked_sub(own.len())?;
    (out.len() > one.url.segments.len() && agree(&shown[from..], own)).then_some(out)
}

/// The URLs of samples, one a line.
fn samples(operation: &OperationFacts, suffixes: &[String], bad: &mut Vec<Bad>) -> Vec<Statement> {
    let mut out = Vec::new();
    let samples = operation.samples.iter();
    for sample in samples.filter(|sample| sample.role == Role::Url) {
        let mut start = sample.body_span.start as usize;
        for line in sample.body.split('\n') {
            let span = Span::new(sample.body_span.file, start, start + line.len());
            start += line.len() + 1;
            if line.contains("://") {
                let wrong = "this sample URL is not a proper URL";
                out.extend(read("", line, span, wrong, (suffixes, bad)));
            }
        }
    }
    out
}

/// A URL that is none, or had to be mended.
struct Bad {
    span: Span,
    /// As it is written.
    text: String,
    wrong: String,
    action: &'static str,
    /// How many more there are in the same block.
    more: usize,
}

/// One finding for all lines of a block that are no URLs.
fn report(bad: Vec<Bad>, stage: &mut Stage<'_>) {
    let mut found: Vec<Bad> = Vec::new();
    for one in bad {
        let same = |known: &&mut Bad| (known.span, known.action) == (one.span, one.action);
        match found.iter_mut().find(same) {
            Some(known) if known.wrong == one.wrong => {}
            Some(known) => known.more += 1,
            None => found.push(one),
        }
    }
    for one in found {
        let wrong = match one.more {
            0 => one.wrong,
            more => format!("{}, nor are {more} more here", one.wrong),
        };
        stage
            .diagnostics
            .push(Code::BadUrl, one.span, wrong, one.action);
        if one.more == 0 {
            stage.diagnostics.about_last(&one.text);
            let edits = edits(&one.text, one.span, stage.sources);
            stage.diagnostics.fix_last(edits);
        }
    }
}

/// What mends a line with an address: its code mark is opened, or closed, behind it or in place of another mark; its
/// scheme is spelt right. None where more than that is wrong with it, or where the text is not as it stands in the file.
fn edits(text: &str, span: Span, sources: &Sources) -> Vec<Edit> {
    let source = sources.text(span);
    let Some(at) = source.find(text) else {
        return Vec::new();
    };
    let start = span.start as usize + at;
    let place = |from: usize, to: usize| Span::new(span.file, start + from, start + to);
    let mut out = Vec::new();
    if let Some((scheme, _)) = text.split_once("://") {
        let scheme = scheme.rsplit([' ', '`', ':']).next().unwrap_or_default();
        let from = text.find("://").unwrap_or_default() - scheme.len();
        let right = url::misspelt_scheme(scheme);
        out.extend(right.map(|right| Edit::new(place(from, from + scheme.len()), right)));
    }
    let address = text.trim_end_matches(url::QUOTES);
    let bare = url::methods(address).map_or(address, |(_, address)| address);
    let plain = !bare.is_empty() && !bare.contains(|c: char| c.is_whitespace() || c == '`');
    let opened = source[..at].ends_with('`');
    let closed = source[at + text.len()..].starts_with('`');
    match (opened, closed) {
        (true, false) if plain => out.push(Edit::new(place(address.len(), text.len()), "`")),
        (false, true) if plain => out.push(Edit::new(place(0, 0), "`")),
        _ => {}
    }
    out
}

fn read(
    when: &str,
    text: &str,
    span: Span,
    wrong: &str,
    (suffixes, bad): (&[String], &mut Vec<Bad>),
) -> Option<Statement> {
    let url = url::parse(text, suffixes);
    if url.as_ref().is_none_or(|url| !url.mended.is_empty()) {
        let what = url.as_ref().map(|url| url.mended.join(", and "));
        let wrong = what.map_or_else(|| wrong.to_owned(), |what| format!("{wrong}: {what}"));
        let action = if url.is_some() {
            "it was mended"
        } else {
            "it was left out"
        };
        bad.push(Bad {
            span,
            text: text.trim_matches(['`', ' ', '\t', '\r']).to_owned(),
            wrong,
            action,
            more: 0,
        });
    }
    Some(Statement {
        when: when.trim_end_matches([':', ' ']).to_owned(),
        url: url?,
        span,
    })
}
