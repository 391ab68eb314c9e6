//! Reads the facts out of a Slate document. The dialect says where these docs put them.
//!
//! This stage knows what an operation is made of; it does not decide types, places or rules: that is inference.

mod codes;
mod command;
pub mod facts;
mod headers;
mod hosts;
mod name_cell;
mod params;
mod part;
mod presence;
mod prose;
mod resource;
mod row;
mod samples;
mod section;
pub mod url;
pub mod values;

use facts::{ApiFacts, Facts, OperationFacts, PageFacts, Said};
use part::{Part, Sections};

use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind, ResourceRow};
use crate::slate::block::{Block, BlockKind};
use crate::slate::{Document, Page};
use crate::text::plain;

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
        if !index && read.operations.is_empty() {
            diagnostics.push(
                Code::PageWithoutOperation,
                read.span,
                "no operation is found on this page",
                "its text became that of an entity without calls",
            );
        }
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
                for (row, _, value) in resource::rows(part, dialect) {
                    match row {
                        Some(ResourceRow::Version) => api.version = Some(value),
                        Some(ResourceRow::Url) => api.url = Some(value),
                        _ => {}
                    }
                }
            }
            Some(kind) if kind.is_codes() => {
                let codes = codes::read(part, kind, dialect, diagnostics);
                api.codes.extend(codes);
            }
            Some(HeadingKind::Header) => {
                let tables = params::read(part, HeadingKind::Header, dialect, diagnostics);
                let mut rows: Vec<_> = tables.into_iter().flat_map(|table| table.rows).collect();
                // Deep inside a chapter they are required for what that is about, not for all calls.
                for row in rows.iter_mut().filter(|_| part.level > 3) {
                    row.stated = None;
                }
                api.headers.extend(rows);
            }
            _ => {}
        }
        let title = part.title.to_lowercase();
        if part.level == 2 && (title.contains("auth")) {
            let said = Said {
                text: part.title.to_owned(),
                span: part.span,
            };
            api.auth.push((said, paragraphs(part.blocks, dialect)));
        }
    }
    headers::spoken(sections, &api, diagnostics);
    api
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
            out.codes
                .extend(codes::read(part, kind, dialect, diagnostics));
        } else if owned && part.kind != Some(HeadingKind::Resource) {
            out.codes.extend(codes::strays(part, dialect, diagnostics));
        }
        if owned {
            continue;
        }
        if at < before_first || page.name.is_empty() {
            out.hosts.extend(hosts::read(part, dialect, diagnostics));
            if part.level == 1 && !page.name.is_empty() {
                out.doc = paragraphs(part.blocks, dialect);
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
                out.auth = resource::rows(part, dialect)
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
        doc: paragraphs(head.blocks, dialect),
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
        if section::states_call(part, dialect) {
            out.urls.extend(section::stated_calls(part, dialect));
            for (row, name, value) in resource::rows(part, dialect) {
                match row {
                    Some(ResourceRow::Uri | ResourceRow::Url) => out.urls.push((name, value)),
                    Some(ResourceRow::Method) => out.method = Some(value),
                    _ => {}
                }
            }
        }
        match part.kind {
            Some(HeadingKind::Resource) => {
                resource::read(part, dialect, &mut out, diagnostics);
                out.tables
                    .extend(params::among_resources(part, dialect, diagnostics));
            }
            Some(HeadingKind::Url) => {
                urls(part, dialect, &mut out);
                out.tables
                    .extend(params::unnamed(part, dialect, diagnostics));
            }
            None if part.span == head.span => {
                out.tables.extend(header_lines(part, dialect));
                out.tables
                    .extend(params::unnamed(part, dialect, diagnostics));
            }
            Some(kind) if kind.is_parameters() => {
                out.tables
                    .extend(params::read(part, kind, dialect, diagnostics));
            }
            Some(kind) if kind.is_codes() => {}
            _ => {
                out.tables.extend(header_lines(part, dialect));
                unused_tables(part, dialect, diagnostics);
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
    if out.urls.is_empty() && out.uris.is_empty() && section::titled_call(head.title, dialect) {
        let said = Said {
            text: head.title.to_owned(),
            span: head.span,
        };
        out.urls.push((String::new(), said));
    }
    let posts = out
        .method
        .as_ref()
        .and_then(|method| posts(&method.text))
        .or_else(|| method_of_urls(&out, dialect).and_then(|method| self::posts(&method)))
        .or_else(|| method_of_labels(parts));
    out.samples = samples::read(parts, posts, dialect, diagnostics);
    out
}

/// Reports tables in parts of an operation that have no use for tables.
fn unused_tables(part: &Part<'_>, dialect: &Dialect, diagnostics: &mut Diagnostics) {
    for block in part.blocks {
        if let BlockKind::Table(table) = &block.kind
            && !codes::lists_codes(table, dialect)
        {
            unused_table(block, diagnostics);
        }
    }
}

fn unused_table(block: &Block, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Code::UnusedTable,
        block.span,
        "this table describes no parameters",
        "it was left out",
    );
}

/// Whether the method sends a body, going by the method cell; `DELETE` may.
fn posts(method: &str) -> Option<bool> {
    let method = method.to_uppercase();
    let sends = ["POST", "PUT", "PATCH"]
        .iter()
        .any(|word| method.contains(word));
    (sends || !method.contains("DELETE")).then_some(sends)
}

/// `POST /orders`: the method in front of a request URL.
fn method_of_urls(facts: &OperationFacts, dialect: &Dialect) -> Option<String> {
    let mut stated = facts.urls.iter().chain(&facts.uris);
    stated.find_map(|(_, said)| url::parse(&said.text, &dialect.wire.format_suffixes)?.method)
}

fn method_of_labels(parts: &[&Part<'_>]) -> Option<bool> {
    let labelled = parts
        .iter()
        .flat_map(|part| part.blocks)
        .any(|block| match &block.kind {
            BlockKind::Label(text) => posts(text) == Some(true),
            _ => false,
        });
    labelled.then_some(true)
}

/// URLs under a heading such as `Request URL`, each with the text before it. What code in a programming language calls
/// says something only where nothing else does.
fn urls(part: &Part<'_>, dialect: &Dialect, out: &mut OperationFacts) {
    let mut before = String::new();
    let mut called = None;
    for block in part.blocks {
        let text = match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Item(text) => text,
            BlockKind::Fence(fence) if samples::is_usage(fence) => {
                called = called.or_else(|| command::call(&fence.body, block.span));
                continue;
            }
            BlockKind::Fence(fence) => &fence.body,
            _ => continue,
        };
        for line in text.lines() {
            let trimmed = line.trim();
            if section::looks_like_url(trimmed, dialect) {
                let (label, address) = label_of_url(trimmed);
                if !label.is_empty() {
                    plain(label).clone_into(&mut before);
                }
                out.urls.push((
                    std::mem::take(&mut before),
                    Said {
                        text: address.to_owned(),
                        span: block.span,
                    },
                ));
            } else if !trimmed.is_empty() {
                plain(trimmed).clone_into(&mut before);
            }
        }
    }
    if out.urls.is_empty() && out.uris.is_empty() {
        out.urls.extend(called.map(|said| (String::new(), said)));
    }
}

/// `Production: `https://…``: what the URL is for, and the URL.
fn label_of_url(line: &str) -> (&str, &str) {
    let Some(scheme) = line.find("://") else {
        return ("", line);
    };
    let start = line[..scheme]
        .rfind(|c: char| !c.is_ascii_alphabetic())
        .map_or(0, |at| {
            at + line[at..].chars().next().map_or(1, char::len_utf8)
        });
    let start = line[..start].strip_suffix('`').map_or(start, str::len);
    let label = line[..start].trim_end();
    match label.strip_suffix(':') {
        Some(words) if !words.contains(['/', '`']) => (words, &line[start..]),
        _ => ("", line),
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
fn paragraphs(blocks: &[Block], dialect: &Dialect) -> String {
    let mut out = String::new();
    let mut list = false;
    for (at, block) in blocks.iter().enumerate() {
        let (text, item) = match &block.kind {
            BlockKind::Paragraph(text)
                if samples::introduces(text, blocks.get(at + 1), dialect) =>
            {
                continue;
            }
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
