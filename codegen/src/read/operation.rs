//! One operation, out of the parts of its section.

use super::facts::{self, OperationFacts, Said};
use super::part::Part;
use super::unused::unused_tables;
use super::{
    command, enumerated, params, request, resource, samples, section, shown, sub_tables, titles,
    url, usage,
};
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind, ResourceRow};
use crate::slate::block::{Block, BlockKind};
use crate::slate::source::Span;
use crate::text::plain;

pub fn operation(
    parts: &[&Part<'_>],
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> OperationFacts {
    let head = parts[0];
    let titled = titles::split(head.title, dialect);
    let mut out = OperationFacts {
        title: plain(titled.map_or(head.title, |(name, _)| name)),
        span: head.span,
        doc: paragraphs(head.blocks, dialect),
        uris: Vec::new(),
        urls: Vec::new(),
        called: parts.iter().flat_map(|part| called(part)).collect(),
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
        if part.kind == Some(HeadingKind::Resource) && part.title.is_empty() {
            diagnostics.push(
                Code::MisplacedHeading,
                part.span,
                "this resource table has no heading",
                "it was read as one of the section above",
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
        if part.span != head.span
            && part.kind.is_none()
            && let Some(text) = titles::call(part.title, dialect)
        {
            let span = part.span;
            out.urls.push((String::new(), Said { text, span }));
        }
        if part.level == 1 && titles::chapter_states_call(part, dialect) {
            out.urls.extend(section::stated_calls(part, dialect));
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
                let rest = enumerated::take(part, &mut out.tables, dialect);
                let part = &Part {
                    blocks: &rest,
                    ..(*part).clone()
                };
                let members = sub_tables::read(part, &out.tables, dialect, diagnostics);
                if !members.is_empty() {
                    out.tables.extend(members);
                    continue;
                }
                let (demanded, others) = params::demanded(part, dialect);
                let with = |blocks| Part {
                    blocks,
                    ..(*part).clone()
                };
                let read = params::unnamed(&with(&demanded), dialect, diagnostics);
                out.tables.extend(read);
                unused_tables(&with(&others), dialect, diagnostics);
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
    let call = titled.map_or(head.title, |(_, call)| call);
    if out.urls.is_empty()
        && out.uris.is_empty()
        && let Some(text) = titles::call(call, dialect)
    {
        let span = head.span;
        out.urls.push((String::new(), Said { text, span }));
    }
    if out.urls.is_empty() && out.uris.is_empty() {
        let shown = parts.iter().find_map(|part| shown::call(part, dialect));
        let shown = shown.or_else(|| parts.iter().find_map(|part| shown::commanded(part)));
        out.urls.extend(shown.map(|said| (String::new(), said)));
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

/// Whether the method sends a body, going by the method cell; `DELETE` may.
pub fn posts(method: &str) -> Option<bool> {
    let method = method.to_uppercase();
    let sends = ["POST", "PUT", "PATCH"]
        .iter()
        .any(|word| method.contains(word));
    (sends || !method.contains("DELETE")).then_some(sends)
}

/// `POST /orders`: the method in front of a request URL.
pub fn method_of_urls(facts: &OperationFacts, dialect: &Dialect) -> Option<String> {
    let mut stated = facts.urls.iter().chain(&facts.uris);
    stated.find_map(|(_, said)| url::parse(&said.text, &dialect.wire.format_suffixes)?.method)
}

pub fn method_of_labels(parts: &[&Part<'_>]) -> Option<bool> {
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
pub fn urls(part: &Part<'_>, dialect: &Dialect, out: &mut OperationFacts) {
    let mut before = String::new();
    let mut called = None;
    for (lines, span) in said(part, dialect, &mut called) {
        for line in &lines {
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
                        span,
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

/// What commands, and code in programming languages, call in a part.
fn called(part: &Part<'_>) -> impl Iterator<Item = Said> {
    let fences = part.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Fence(fence) => Some((fence, block.span)),
        _ => None,
    });
    fences.filter_map(|(fence, span)| {
        command::call(&fence.body, span).or_else(|| usage::call(&fence.body, span))
    })
}

/// The lines of a part in their order; what a command calls is kept apart.
fn said(part: &Part<'_>, dialect: &Dialect, called: &mut Option<Said>) -> Vec<(Vec<String>, Span)> {
    let mut out: Vec<(Vec<String>, Span)> = request::texts(part)
        .into_iter()
        .map(|(text, span)| (request::lines(&text, dialect), span))
        .collect();
    for block in part.blocks {
        let BlockKind::Fence(fence) = &block.kind else {
            continue;
        };
        if samples::is_usage(fence) {
            *called = called
                .take()
                .or_else(|| command::call(&fence.body, block.span));
        } else {
            let lines = fence.body.lines().map(str::to_owned).collect();
            out.push((lines, block.span));
        }
    }
    out.sort_by_key(|(_, span)| span.start);
    out
}

/// `Production: `https://…``: what the URL is for, and the URL.
pub fn label_of_url(line: &str) -> (&str, &str) {
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
pub fn header_lines(part: &Part<'_>, dialect: &Dialect) -> Vec<facts::ParamTable> {
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
pub fn paragraphs(blocks: &[Block], dialect: &Dialect) -> String {
    let mut out = String::new();
    let mut list = false;
    for (at, block) in blocks.iter().enumerate() {
        let (text, item) = match &block.kind {
            BlockKind::Paragraph(text)
                if samples::introduces(text, blocks.get(at + 1), dialect) =>
            {
                continue;
            }
            // How it is called is a fact, and said as such.
            BlockKind::Paragraph(text) if is_call(text, dialect) => continue,
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

/// True for a paragraph that is the line of a request and nothing else.
fn is_call(text: &str, dialect: &Dialect) -> bool {
    let text = plain(text);
    let text = text.trim_matches(['`', '*', ' ']);
    let call = titles::call(text, dialect);
    call.is_some_and(|call| call.split_whitespace().count() == 2)
}
