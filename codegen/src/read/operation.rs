//! One operation, out of the parts of its section.

use super::by_rows::Rows;
use super::calls;
use super::facts::{OperationFacts, Said};
use super::part::Part;
use super::{
    command, message, method, refusals, request, resource, samples, section, shown, tables, titles,
    usage,
};
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind, ResourceRow};
use crate::slate::block::{Block, BlockKind};
use crate::slate::source::Span;
use crate::text::plain;

/// Words for an answer without a body.
const NO_BODY: [&str; 6] = [
    "empty body",
    "empty response",
    "an empty answer",
    "no body",
    "no content",
    "without a body",
];

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
        media: parts.iter().flat_map(|part| media_types(part)).collect(),
        method: None,
        auth: None,
        batch: None,
        rate_limit: None,
        formats: None,
        version: None,
        tables: Vec::new(),
        notes: Vec::new(),
        returned: Vec::new(),
        empty: parts.iter().find_map(|part| says_empty(part)),
        refusals: Vec::new(),
        samples: Vec::new(),
        members: Vec::new(),
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
                part.blocks.iter().find_map(first_cell).unwrap_or(part.span),
                "this resource table has no heading",
                "it was read as one of the section above",
            );
        }
        if section::states_call(part, dialect) {
            out.urls.extend(request::stated_calls(part, dialect));
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
            && let Some(text) = calls::call(part.title, dialect)
        {
            let span = part.span;
            out.urls.push((String::new(), Said { text, span }));
        }
        if part.level == 1 && titles::chapter_states_call(part, dialect) {
            out.urls.extend(request::stated_calls(part, dialect));
        }
        match part.kind {
            Some(HeadingKind::Resource) => resource::read(part, dialect, &mut out, diagnostics),
            Some(HeadingKind::Url) => urls(part, dialect, &mut out),
            _ => {}
        }
    }
    let call = titled.map_or(head.title, |(_, call)| call);
    if out.urls.is_empty()
        && out.uris.is_empty()
        && let Some(text) = calls::call(call, dialect)
    {
        let span = head.span;
        out.urls.push((String::new(), Said { text, span }));
    }
    if out.urls.is_empty() && out.uris.is_empty() {
        let shown = parts.iter().find_map(|part| shown::call(part, dialect));
        let shown = shown.or_else(|| parts.iter().find_map(|part| shown::commanded(part)));
        out.urls.extend(shown.map(|said| (String::new(), said)));
    }
    let posts = method::stated(&out, dialect).or_else(|| method::of_labels(parts));
    let rows = Rows::new(parts, &out, dialect);
    out.samples = samples::read(parts, posts, &rows, dialect, diagnostics);
    out.refusals = refusals::take(&mut out.samples, diagnostics);
    tables::read(parts, &mut out, dialect, diagnostics);
    out
}

/// URLs under a heading such as `Request URL`, each with the text before it. What code in a programming language calls
/// says something only where nothing else does.
pub fn urls(part: &Part<'_>, dialect: &Dialect, out: &mut OperationFacts) {
    let mut before = String::new();
    let mut called = None;
    for (lines, span) in said(part, dialect, &mut called) {
        for line in &lines {
            let trimmed = line.trim();
            if calls::looks_like_url(trimmed, dialect) {
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

fn first_cell(block: &Block) -> Option<Span> {
    match &block.kind {
        BlockKind::Table(table) => Some(table.place()),
        _ => None,
    }
}

/// Where a part says that what a call returns has no body, on no condition.
fn says_empty(part: &Part<'_>) -> Option<Span> {
    let says = |text: &str| {
        let lower = text.to_lowercase();
        let mut sentences = lower.split(['.', ';', '\n']);
        sentences.any(|sentence| {
            let answers = ["return", "respon", "answer"];
            NO_BODY.iter().any(|words| sentence.contains(words))
                && answers.iter().any(|word| sentence.contains(word))
                && !sentence.trim_start().starts_with("if ")
                && ![" if ", " when ", "request body"]
                    .iter()
                    .any(|word| sentence.contains(word))
        })
    };
    let mut blocks = part.blocks.iter();
    let found = blocks.find(|block| match &block.kind {
        BlockKind::Label(text)
        | BlockKind::Paragraph(text)
        | BlockKind::Item(text)
        | BlockKind::Aside(text) => says(text),
        _ => false,
    });
    found.map(|block| block.span)
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

/// What the blocks of a part say of the bodies that they send.
fn media_types(part: &Part<'_>) -> impl Iterator<Item = Said> {
    part.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Fence(fence) => message::media_type(fence),
        _ => None,
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
        } else if !is_message(&fence.body) {
            let lines = fence.body.lines().map(str::to_owned).collect();
            out.push((lines, block.span));
        }
    }
    out.sort_by_key(|(_, span)| span.start);
    out
}

/// True for code that is a whole document, and no address with placeholders at its ends: addresses in it are values.
fn is_message(body: &str) -> bool {
    let body = body.trim();
    let between = |open: char, close: char| body.starts_with(open) && body.ends_with(close);
    let lines = body.contains('\n');
    lines && (between('{', '}') || between('[', ']') || (between('<', '>') && body.contains("</")))
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
    let call = calls::call(text, dialect);
    call.is_some_and(|call| call.split_whitespace().count() == 2)
}
