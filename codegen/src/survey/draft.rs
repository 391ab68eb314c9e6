//! A documentation as one dialect reads it.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::InputError;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::Dialect;
use crate::read::facts::{Facts, OperationFacts};
use crate::read::{self, url};
use crate::slate::block::{Block, BlockKind, Table};
use crate::slate::source::{Sources, Span};
use crate::slate::{self, Document, Texts};

/// A documentation as one dialect reads it.
pub struct Draft {
    /// The dialect.
    pub dialect: Dialect,
    /// The texts and their blocks.
    parsed: Rc<Parsed>,
    /// What was read in them.
    pub facts: Facts,
    /// What could not be read.
    pub diagnostics: Diagnostics,
}

/// Texts as blocks: the same for dialects that lay them out alike.
struct Parsed {
    sources: Sources,
    document: Document,
    diagnostics: Diagnostics,
}

/// A block with the heading above it.
pub struct Under<'a> {
    /// The block.
    pub block: &'a Block,
    /// The heading, or the line in bold right above the block; empty where there is none.
    pub title: &'a str,
    /// Whether it belongs to an operation.
    pub called: bool,
}

impl Draft {
    /// Reads texts with a dialect.
    pub fn read(texts: &Texts, yaml: &str) -> Result<Self, InputError> {
        let dialect = Dialect::parse("dialect.yaml", yaml)?;
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let document = slate::parse(texts, &dialect.layout(), &mut sources, &mut diagnostics)?;
        let parsed = Parsed {
            sources,
            document,
            diagnostics,
        };
        Ok(Self::of(Rc::new(parsed), dialect))
    }

    /// Reads the same blocks with another dialect, which lays out the texts in the same way.
    pub fn read_again(&self, yaml: &str) -> Result<Self, InputError> {
        let dialect = Dialect::parse("dialect.yaml", yaml)?;
        Ok(Self::of(Rc::clone(&self.parsed), dialect))
    }

    fn of(parsed: Rc<Parsed>, dialect: Dialect) -> Self {
        let mut diagnostics = parsed.diagnostics.clone();
        let facts = read::read(&parsed.document, &dialect, &mut diagnostics);
        diagnostics.finish();
        Self {
            dialect,
            parsed,
            facts,
            diagnostics,
        }
    }

    /// The texts.
    pub fn sources(&self) -> &Sources {
        &self.parsed.sources
    }

    /// Their blocks.
    pub fn document(&self) -> &Document {
        &self.parsed.document
    }

    /// All operations.
    pub fn operations(&self) -> impl Iterator<Item = &OperationFacts> {
        self.facts.operations()
    }

    /// All blocks with the headings above them.
    pub fn blocks(&self) -> impl Iterator<Item = Under<'_>> {
        let starts: HashSet<Span> = self.operations().map(|operation| operation.span).collect();
        let starts = Rc::new(starts);
        self.document().pages.iter().flat_map(move |page| {
            let (mut title, mut inside, starts) = ("", None, Rc::clone(&starts));
            page.blocks.iter().enumerate().map(move |(at, block)| {
                if let BlockKind::Heading { text, level } = &block.kind {
                    title = text;
                    if starts.contains(&block.span) {
                        inside = Some(*level);
                    } else if inside.is_some_and(|own| *level <= own) {
                        inside = None;
                    }
                }
                let before = at.checked_sub(1).and_then(|at| page.blocks.get(at));
                let bold = before.and_then(bold);
                Under {
                    block,
                    title: bold.unwrap_or(title),
                    called: inside.is_some(),
                }
            })
        })
    }

    /// All tables, with the headings above them.
    pub fn tables(&self) -> impl Iterator<Item = (&Table, Under<'_>)> {
        self.blocks().filter_map(|under| match &under.block.kind {
            BlockKind::Table(table) => Some((table, under)),
            _ => None,
        })
    }

    /// Places that findings of these kinds are about.
    pub fn found(&self, codes: &[Code]) -> HashSet<Span> {
        let all = self.diagnostics.iter();
        all.filter(|finding| codes.contains(&finding.code))
            .map(|finding| finding.span)
            .collect()
    }

    /// The tables that are read as parameters, by the places of their rows.
    pub fn parameter_rows(&self) -> HashSet<Span> {
        let tables = self.operations().flat_map(|operation| &operation.tables);
        tables
            .flat_map(|table| table.rows.iter().map(|row| row.span))
            .collect()
    }

    /// How often each call is stated by an operation: method and path, with placeholders that have no names.
    pub fn calls(&self) -> HashMap<String, usize> {
        let mut out = HashMap::new();
        for operation in self.operations() {
            if let Some(call) = self.call(operation) {
                *out.entry(call).or_insert(0) += 1;
            }
        }
        out
    }

    /// The call of an operation, if it can be read.
    fn call(&self, operation: &OperationFacts) -> Option<String> {
        let mut stated = operation.urls.iter().chain(&operation.uris);
        let url = stated.find_map(|(_, said)| self.url(&said.text))?;
        let stated = operation.method.as_ref().map(|said| said.text.as_str());
        let method = stated.or(url.method.as_deref()).unwrap_or_default();
        Some(key(method, &url))
    }

    /// Takes an address apart.
    pub fn url(&self, text: &str) -> Option<url::Url> {
        url::parse(text, &self.dialect.wire.format_suffixes)
    }
}

/// Method and path as one text, with placeholders that have no names.
pub fn key(method: &str, url: &url::Url) -> String {
    let mut out = method.trim_matches(['`', '*', ' ']).to_uppercase();
    for segment in &url.segments {
        out.push('/');
        out.push_str(if segment.contains('{') { "{}" } else { segment });
    }
    out
}

/// The text of a line in bold.
fn bold(block: &Block) -> Option<&str> {
    let BlockKind::Paragraph(text) = &block.kind else {
        return None;
    };
    let inner = text
        .trim_end_matches(':')
        .strip_prefix("**")?
        .strip_suffix("**")?;
    let short = inner.split_whitespace().count() <= 6 && !inner.contains(['*', '\n']);
    short.then(|| inner.trim_matches([':', ' ']))
}
