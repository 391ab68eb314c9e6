//! The lines of the docs that an override is about: which they are, and whether they still read as they did.

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::path::{enter, steps};
use crate::slate::source::{SourceFile, Sources, Span};

/// A line of the docs, blanks aside.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The file, if it is another than that of the entry.
    #[serde(default)]
    pub file: String,
    /// The whole line; only how it begins, where there are digests.
    pub line: String,
    /// Digests of the whole line, one for each wording that somebody looked at; any number of digits from
    /// `LEAST_DIGITS` on.
    #[serde(default)]
    pub sha256: Vec<String>,
}

/// Shorter digests could fit by accident.
pub(super) const LEAST_DIGITS: usize = 12;
/// What is shown of a digest for people to copy.
const SHOWN_DIGITS: usize = 16;

impl Quote {
    /// The same, in this file unless it says another.
    pub(super) fn within(&self, file: &str) -> Self {
        let mut quote = self.clone();
        if quote.file.is_empty() {
            file.clone_into(&mut quote.file);
        }
        quote
    }

    /// Why the quote is none, if it is not.
    pub(super) fn mistake(&self) -> Option<String> {
        if self.line.trim().is_empty() {
            return Some("quotes an empty line".to_owned());
        }
        let hexadecimal = |digest: &str| {
            digest.len() >= LEAST_DIGITS && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        let wrong = self.sha256.iter().find(|digest| !hexadecimal(digest))?;
        Some(format!(
            "has {wrong:?} for a digest: it takes at least {LEAST_DIGITS} hexadecimal digits"
        ))
    }

    /// The first words in quotation marks; nobody wants to read a whole row of a table in a message.
    pub(super) fn shown(&self) -> String {
        format!("{:?}", shortened(&squeeze(&self.line)))
    }

    fn begins(&self, text: &str) -> bool {
        let wanted = squeeze(&self.line);
        if self.sha256.is_empty() {
            text == wanted
        } else {
            text.starts_with(&wanted)
        }
    }

    fn reads(&self, text: &str) -> bool {
        let digest = digest(text);
        let known = |known: &String| digest.starts_with(&known.to_ascii_lowercase());
        self.begins(text) && (self.sha256.is_empty() || self.sha256.iter().any(known))
    }
}

/// The 1-based lines of an operation: its first one, and that of the next operation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section {
    first: usize,
    next: usize,
}

/// The section of the operation that a path leads into. Pages repeat lines: the one that is meant stands there.
pub(super) fn section(tree: &mut Value, at: &str) -> Option<Section> {
    let mut here = &mut *tree;
    let mut steps = steps(at).enumerate();
    let (number, entity) = steps.next()?;
    here = enter(here, number, entity)?;
    let (number, kind) = steps.next()?;
    here = enter(here, number, kind).filter(|_| kind == "operations")?;
    let starts: Vec<(String, usize)> = here
        .as_array()?
        .iter()
        .filter_map(|operation| {
            let (file, line) = source(operation)?;
            Some((file.to_owned(), line))
        })
        .collect();
    let (number, id) = steps.next()?;
    let (file, first) = source(enter(here, number, id)?)?;
    let next = starts
        .iter()
        .filter(|(other, line)| *other == file && *line > first)
        .map(|(_, line)| *line)
        .min();
    Some(Section {
        first,
        next: next.unwrap_or(usize::MAX),
    })
}

/// What there is of a quote.
pub(super) enum Lookup {
    /// It reads as it did.
    Found(Span),
    /// A line begins as quoted and goes on differently; this is its digest.
    Reworded(Span, String),
    /// No line is like it.
    Nowhere,
}

/// The lines of the docs that a quote could mean.
pub(super) struct Lines<'a> {
    pub quote: Quote,
    pub lookup: Lookup,
    file: Option<(u16, &'a SourceFile)>,
    range: std::ops::Range<usize>,
    sources: &'a Sources,
}

impl<'a> Lines<'a> {
    /// Looks for a quote in its file; in its section, where that is known.
    pub(super) fn of(quote: &Quote, section: Option<Section>, sources: &'a Sources) -> Self {
        let file = sources.files().find(|(_, file)| file.path == quote.file);
        let count = file.map_or(0, |(_, file)| file.line_count());
        let range = section.map_or(0..count, |section| {
            section.first.saturating_sub(1).min(count)..section.next.saturating_sub(1).min(count)
        });
        let mut lines = Self {
            quote: quote.clone(),
            lookup: Lookup::Nowhere,
            file,
            range,
            sources,
        };
        lines.lookup = lines.look_up();
        lines
    }

    fn look_up(&self) -> Lookup {
        let Some((id, file)) = self.file else {
            return Lookup::Nowhere;
        };
        let texts = || {
            let range = self.range.clone();
            range.map(|line| (span_of(id, file, line), squeeze(file.line(line))))
        };
        if let Some((span, _)) = texts().find(|(_, text)| self.quote.reads(text)) {
            return Lookup::Found(span);
        }
        match texts().find(|(_, text)| self.quote.begins(text)) {
            Some((span, text)) => {
                let digest = digest(&text).chars().take(SHOWN_DIGITS).collect();
                Lookup::Reworded(span, digest)
            }
            None => Lookup::Nowhere,
        }
    }

    pub(super) fn has_file(&self) -> bool {
        self.file.is_some()
    }

    pub(super) fn found(&self) -> Option<Span> {
        match self.lookup {
            Lookup::Found(span) => Some(span),
            _ => None,
        }
    }

    /// The line in any file.
    pub(super) fn elsewhere(&self) -> Option<Span> {
        self.sources.files().find_map(|(id, file)| {
            (0..file.line_count())
                .find(|line| self.quote.reads(&squeeze(file.line(*line))))
                .map(|line| span_of(id, file, line))
        })
    }

    /// That the line is gone, in words.
    pub(super) fn missing(&self) -> String {
        let how = if self.quote.sha256.is_empty() {
            "that reads"
        } else {
            "that begins with"
        };
        let whole = self
            .file
            .is_none_or(|(_, file)| self.range == (0..file.line_count()));
        let place = match self.file {
            Some(_) if !whole => format!("the section in {}", self.quote.file),
            _ => self.quote.file.clone(),
        };
        format!("{place} has no line any more {how} {}", self.quote.shown())
    }

    /// What stands now where the line was: the line that is most like it, or else where the spec has its fact from.
    pub(super) fn now(&self, target: &Value, sources: &Sources) -> Option<(Span, &'static str)> {
        match self.lookup {
            Lookup::Found(span) => return Some((span, "the line of the entry")),
            Lookup::Reworded(span, _) => return Some((span, "the line reads so now")),
            Lookup::Nowhere => {}
        }
        self.likest().or_else(|| {
            let (path, line) = source(target)?;
            let (id, file) = sources.files().find(|(_, file)| file.path == path)?;
            let span = span_of(id, file, line.checked_sub(1)?);
            Some((span, "the spec has it from here"))
        })
    }

    /// The line that is most like the quote; none where that would be a guess.
    pub(super) fn likest(&self) -> Option<(Span, &'static str)> {
        if let Lookup::Reworded(span, _) = self.lookup {
            return Some((span, "the line reads so now"));
        }
        let (id, file) = self.file?;
        let wanted = squeeze(&self.quote.line);
        let likeness = |line: usize| {
            let text = squeeze(file.line(line));
            if self.quote.sha256.is_empty() {
                return strsim::sorensen_dice(&wanted, &text);
            }
            let begin: String = text.chars().take(wanted.chars().count()).collect();
            strsim::sorensen_dice(&wanted, &begin)
        };
        let range = self.range.clone();
        range
            .map(|line| (likeness(line), line))
            .filter(|(likeness, _)| *likeness > 0.7)
            .max_by(|(one, _), (other, _)| one.total_cmp(other))
            .map(|(_, line)| (span_of(id, file, line), "this line is most like it"))
    }
}

/// File and 1-based line of the fact that a value of the spec states.
fn source(value: &Value) -> Option<(&str, usize)> {
    let source = value.get("source")?;
    let source = source.get(0).unwrap_or(source);
    let line = source.get("line")?.as_u64()?;
    Some((source.get("file")?.as_str()?, usize::try_from(line).ok()?))
}

fn span_of(id: u16, file: &SourceFile, line: usize) -> Span {
    let range = file.line_range(line);
    Span::new(id, range.start, range.end)
}

/// SHA-256 of a line without superfluous blanks, in hexadecimal.
fn digest(squeezed: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(squeezed)
        .iter()
        .fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
