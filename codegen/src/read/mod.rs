//! Reads the facts out of a Slate document. The dialect says where these docs put them.
//!
//! This stage knows what an operation is made of; it does not decide types, places or rules: that is inference.

mod codes;
pub mod facts;
mod headers;
mod hosts;
mod params;
mod samples;
mod section;
pub mod url;
pub mod values;

use facts::{ApiFacts, Facts, OperationFacts, PageFacts, Said};
use section::{Part, Sections};

use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind, ResourceRow};
use crate::slate::block::{Block, BlockKind};
use crate::slate::{Document, Page};
use crate::text::{bare, plain};

/// Reads all pages.
pub fn read(document: &Document, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Facts {
    let mut facts = Facts {
        title: document.title.clone(),
        ..Facts::default()
    };
    for page in &document.pages {
        let sections = section::sections(&page.blocks, dialect);
        let index = page.name.is_empty();
        if index {
            facts.api = api(&sections, dialect, diagnostics);
        }
        let read = self::page(page, &sections, dialect, diagnostics);
        if !index || !read.operations.is_empty() {
            facts.pages.push(read);
        }
    }
    headers::spell(&mut facts);
    facts
}

fn api(sections: &Sections<'_>, dialect: &Dialect, diagnostics: &mut Diagnostics) -> ApiFacts {
    let mut api = ApiFacts::default();
    for part in sections.others().map(|at| &sections.parts[at]) {
        api.hosts.extend(hosts::read(part, dialect, diagnostics));
        match part.kind {
            Some(HeadingKind::Resource) => {
                for (row, _, value) in resource_rows(part, dialect) {
                    match row {
                        Some(ResourceRow::Version) => api.version = Some(value),
                        Some(ResourceRow::Url) => api.url = Some(value),
                        _ => {}
                    }
                }
            }
            Some(kind) if kind.is_codes() => {
                let codes = codes::read(part, kind, diagnostics);
                api.codes.extend(codes);
            }
            Some(HeadingKind::Header) => {
                let tables = params::read(part, HeadingKind::Header, dialect, diagnostics);
                api.headers
                    .extend(tables.into_iter().flat_map(|table| table.rows));
            }
            _ => {}
        }
        let title = part.title.to_lowercase();
        if part.level == 2 && (title.contains("auth")) {
            let said = Said {
                text: part.title.to_owned(),
                span: part.span,
            };
            api.auth.push((said, paragraphs(part.blocks)));
        }
    }
    headers::spoken(sections, &api, diagnostics);
    api
}

/// Rows of the resource tables of a part: meaning, name, value.
fn resource_rows(part: &Part<'_>, dialect: &Dialect) -> Vec<(Option<ResourceRow>, String, Said)> {
    let mut out = Vec::new();
    for block in part.blocks {
        let BlockKind::Table(table) = &block.kind else {
            continue;
        };
        for row in &table.rows {
            let (Some(name), Some(value)) = (row.cells.first(), row.cells.get(1)) else {
                continue;
            };
            let name = bare(&name.text);
            let said = Said {
                text: plain(&value.text),
                span: value.span,
            };
            out.push((dialect.resource_row(&name), name, said));
        }
    }
    out
}

fn page(
    page: &Page,
    sections: &Sections<'_>,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> PageFacts {
    let first = sections
        .parts
        .iter()
        .find(|part| part.level == 1)
        .or(sections.parts.first());
    let mut out = PageFacts {
        name: page.name.clone(),
        title: first.map(|part| part.title.to_owned()).unwrap_or_default(),
        span: first.map_or(crate::slate::source::Span::new(page.file, 0, 0), |part| {
            part.span
        }),
        doc: String::new(),
        operations: Vec::new(),
        codes: Vec::new(),
        hosts: Vec::new(),
        auth: None,
        intro: Vec::new(),
    };
    let before_first = sections
        .operations
        .first()
        .map_or(sections.parts.len(), |operation| operation[0]);
    for (at, part) in sections.parts.iter().enumerate() {
        let owned = sections
            .operations
            .iter()
            .any(|operation| operation.contains(&at));
        if let Some(kind) = part.kind.filter(|kind| kind.is_codes())
            && (!page.name.is_empty() || owned)
        {
            out.codes.extend(codes::read(part, kind, diagnostics));
        }
        if owned {
            continue;
        }
        if at < before_first || page.name.is_empty() {
            out.hosts.extend(hosts::read(part, dialect, diagnostics));
            if part.level == 1 && !page.name.is_empty() {
                out.doc = paragraphs(part.blocks);
            }
            for block in part.blocks {
                if let BlockKind::Paragraph(text) | BlockKind::Aside(text) | BlockKind::Item(text) =
                    &block.kind
                {
                    out.intro.push(Said {
                        text: plain(text),
                        span: block.span,
                    });
                }
            }
            if part.kind == Some(HeadingKind::Resource) && !page.name.is_empty() {
                out.auth = resource_rows(part, dialect)
                    .into_iter()
                    .find(|(row, _, _)| *row == Some(ResourceRow::Auth))
                    .map(|(_, _, value)| value);
            }
        }
        if page.name.is_empty() {
            unused_in_index(part, diagnostics);
        } else {
            unused(part, diagnostics);
        }
    }
    for operation in &sections.operations {
        let parts: Vec<&Part<'_>> = operation.iter().map(|&at| &sections.parts[at]).collect();
        out.operations
            .push(self::operation(&parts, dialect, diagnostics));
    }
    out
}

/// Reports what the index holds beside its operations and what is read of the API as a whole.
fn unused_in_index(part: &Part<'_>, diagnostics: &mut Diagnostics) {
    for block in part.blocks {
        match &block.kind {
            BlockKind::Fence(_) => diagnostics.push(
                Code::UnusedSample,
                block.span,
                "this code block belongs to no operation",
                "it was left out",
            ),
            BlockKind::Table(_) if part.kind.is_none() => diagnostics.push(
                Code::UnusedTable,
                block.span,
                "this table belongs to no operation",
                "it was left out",
            ),
            _ => {}
        }
    }
}

/// Reports what stands outside of operations and is of no use.
fn unused(part: &Part<'_>, diagnostics: &mut Diagnostics) {
    for block in part.blocks {
        match &block.kind {
            BlockKind::Fence(_) => diagnostics.push(
                Code::UnusedSample,
                block.span,
                "this code block belongs to no operation",
                "it was left out",
            ),
            BlockKind::Paragraph(_) if part.kind == Some(HeadingKind::Url) => diagnostics.push(
                Code::MisplacedHeading,
                part.span,
                "this request URL belongs to no operation",
                "it was left out",
            ),
            BlockKind::Table(_) if part.kind.is_none() => {
                diagnostics.push(
                    Code::UnusedTable,
                    block.span,
                    "this table belongs to no operation",
                    "it was left out",
                );
            }
            BlockKind::Table(_) if part.kind.is_some_and(HeadingKind::is_parameters) => {
                diagnostics.push(
                    Code::MisplacedHeading,
                    part.span,
                    "these parameters stand outside of any operation",
                    "they were left out",
                );
            }
            _ => {}
        }
    }
}

fn operation(
    parts: &[&Part<'_>],
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> OperationFacts {
    let head = parts[0];
    let mut out = OperationFacts {
        title: head.title.to_owned(),
        span: head.span,
        doc: paragraphs(head.blocks),
        uris: Vec::new(),
        urls: Vec::new(),
        method: None,
        auth: None,
        batch: None,
        rate_limit: None,
        formats: None,
        version: None,
        tables: Vec::new(),
        notes: Vec::new(),
        samples: Vec::new(),
    };
    for part in parts {
        if part.level <= head.level && part.level == 2 && part.kind.is_some() {
            diagnostics.push(
                Code::MisplacedHeading,
                part.span,
                "this heading stands at the level of an operation",
                format!("it was read as a part of {:?}", head.title),
            );
        }
        let first = out.tables.len();
        match part.kind {
            Some(HeadingKind::Resource) => resource(part, dialect, &mut out, diagnostics),
            Some(HeadingKind::Url) => {
                urls(part, dialect, &mut out);
                unused_tables(part, diagnostics);
            }
            Some(kind) if kind.is_parameters() => {
                out.tables
                    .extend(params::read(part, kind, dialect, diagnostics));
            }
            Some(kind) if kind.is_codes() => {}
            _ => {
                out.tables.extend(header_lines(part, dialect));
                unused_tables(part, diagnostics);
            }
        }
        let last = out.tables.len();
        for block in part.blocks {
            if let BlockKind::Aside(text) | BlockKind::Paragraph(text) | BlockKind::Item(text) =
                &block.kind
            {
                out.notes.push((
                    first..last,
                    Said {
                        text: plain(text),
                        span: block.span,
                    },
                ));
            }
        }
    }
    let posts = out
        .method
        .as_ref()
        .map(|method| posts(&method.text))
        .or_else(|| method_of_labels(parts));
    out.samples = samples::read(parts, posts, dialect, diagnostics);
    out
}

/// Reports tables in parts of an operation that have no use for tables.
fn unused_tables(part: &Part<'_>, diagnostics: &mut Diagnostics) {
    for block in part.blocks {
        if let BlockKind::Table(_) = block.kind {
            diagnostics.push(
                Code::UnusedTable,
                block.span,
                "this table describes no parameters",
                "it was left out",
            );
        }
    }
}

/// Whether the method sends a body, going by the method cell.
fn posts(method: &str) -> bool {
    let method = method.to_uppercase();
    ["POST", "PUT", "PATCH"]
        .iter()
        .any(|word| method.contains(word))
}

fn method_of_labels(parts: &[&Part<'_>]) -> Option<bool> {
    let labelled = parts
        .iter()
        .flat_map(|part| part.blocks)
        .any(|block| match &block.kind {
            BlockKind::Label(text) => posts(text),
            _ => false,
        });
    labelled.then_some(true)
}

fn resource(
    part: &Part<'_>,
    dialect: &Dialect,
    out: &mut OperationFacts,
    diagnostics: &mut Diagnostics,
) {
    for (row, name, value) in resource_rows(part, dialect) {
        match row {
            Some(ResourceRow::Uri) => out.uris.push((name, value)),
            Some(ResourceRow::Url) => out.urls.push((name, value)),
            Some(ResourceRow::Method) => out.method = Some(value),
            Some(ResourceRow::Auth) => out.auth = Some(value),
            Some(ResourceRow::Batch) => out.batch = Some(value),
            Some(ResourceRow::RateLimit) => out.rate_limit = Some(value),
            Some(ResourceRow::Formats) => out.formats = Some(value),
            Some(ResourceRow::Version) => out.version = Some(value),
            Some(ResourceRow::Hosts | ResourceRow::Ignored) => {}
            None if name.is_empty() => {}
            None => diagnostics.push(
                Code::UnknownResourceRow,
                value.span,
                format!("{name:?} is not a known row of a resource table"),
                "it was left out",
            ),
        }
    }
}

/// URLs under a heading such as `Request URL`, each with the text before it.
fn urls(part: &Part<'_>, dialect: &Dialect, out: &mut OperationFacts) {
    let mut before = String::new();
    for block in part.blocks {
        let text = match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Item(text) => text,
            BlockKind::Fence(fence) => &fence.body,
            _ => continue,
        };
        for line in text.lines() {
            let trimmed = line.trim();
            let looks = trimmed.contains("://")
                || (trimmed.starts_with('`') && trimmed.contains('/'))
                || section::calls(trimmed, dialect);
            if looks {
                out.urls.push((
                    std::mem::take(&mut before),
                    Said {
                        text: trimmed.to_owned(),
                        span: block.span,
                    },
                ));
            } else if !trimmed.is_empty() {
                plain(trimmed).clone_into(&mut before);
            }
        }
    }
}

/// `**Headers**` in running text, and `Name - description` lines below it.
fn header_lines(part: &Part<'_>, dialect: &Dialect) -> Vec<facts::ParamTable> {
    let mut rows = Vec::new();
    for block in part.blocks {
        let BlockKind::Paragraph(text) = &block.kind else {
            continue;
        };
        let header = text.starts_with("X-") && text.contains(" - ");
        if header {
            let one = [block.clone()];
            let part = Part {
                blocks: &one,
                ..part.clone()
            };
            let read = params::read(
                &part,
                HeadingKind::Header,
                dialect,
                &mut Diagnostics::default(),
            );
            rows.extend(read.into_iter().flat_map(|table| table.rows));
        }
    }
    if rows.is_empty() {
        return Vec::new();
    }
    vec![facts::ParamTable {
        kind: HeadingKind::Header,
        heading: Said {
            text: part.title.to_owned(),
            span: part.span,
        },
        rows,
    }]
}

/// The running text of a section: paragraphs, lists and asides.
fn paragraphs(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut list = false;
    for block in blocks {
        let (text, item) = match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Aside(text) => (plain(text), false),
            BlockKind::Item(text) => (format!("* {}", plain(text).replace('\n', " ")), true),
            _ => continue,
        };
        if text.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str(if item && list { "\n" } else { "\n\n" });
        }
        out.push_str(&text);
        list = item;
    }
    out
}
