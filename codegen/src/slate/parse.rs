//! Splits the text of a page into blocks.
//!
//! `pulldown-cmark` says where headings and fenced code are; the lines in between are read one by one, because hand
//! written tables, labels and asides bend the rules of Markdown in ways that a strict parser turns into plain text.

mod fence;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::block::{Block, BlockKind, Table};
use super::html_table;
use super::line::{
    ASIDE, aside_end, heading_level, html_heading, is_aside, is_bold, is_item, is_label, label,
    opens_fence, slack_heading,
};
use super::slips::{long_rows, short_delimiter, tabs, unclosed_aside};
use super::source::{SourceFile, Span};
use super::table::{self, Width};
use crate::diagnostics::Diagnostics;

/// How many lines may stand between the begin and the end of an aside.
const FAR: usize = 200;

/// A part of the page that is not prose.
struct Solid {
    start: usize,
    end: usize,
    block: Option<Block>,
}

/// The blocks of a file, from the 0-based line `first` on.
#[must_use]
pub fn blocks(
    file: &SourceFile,
    id: u16,
    first: usize,
    diagnostics: &mut Diagnostics,
) -> Vec<Block> {
    let mut solids = Vec::new();
    let mut from = file.line_range(first).start;
    while let Some(next) = solids_from(file, id, (first, from), &mut solids, diagnostics) {
        from = next;
    }
    let mut out = Vec::new();
    let mut line = first;
    for solid in solids {
        prose(
            file,
            id,
            line..file.line_index(solid.start),
            &mut out,
            diagnostics,
        );
        out.extend(solid.block);
        line = file.line_index(solid.end.max(solid.start + 1) - 1) + 1;
    }
    prose(file, id, line..file.line_count(), &mut out, diagnostics);
    out
}

/// Collects headings, fences and comments from byte `from` on, in a page that begins with the line `first`. When a block turns out to have swallowed others,
/// reading starts anew where it should have ended: that place is returned.
fn solids_from(
    file: &SourceFile,
    id: u16,
    (first, from): (usize, usize),
    solids: &mut Vec<Solid>,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    let text = &file.text[from..];
    let mut events = Parser::new_ext(text, Options::empty()).into_offset_iter();
    let mut container_end = 0;
    while let Some((event, range)) = events.next() {
        let (start, end) = (from + range.start, from + range.end);
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                events
                    .by_ref()
                    .find(|(event, _)| matches!(event, Event::End(TagEnd::Heading(_))));
                let line = file.line_index(start);
                // A line of dashes under a table row is not an underline.
                let raw = file.line(line).trim_start();
                if raw.starts_with('#') && start >= container_end {
                    solids.push(heading(file, id, line, level));
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                events
                    .by_ref()
                    .find(|(event, _)| matches!(event, Event::End(TagEnd::CodeBlock)));
                if info.trim().is_empty() {
                    let above = solids
                        .last()
                        .map(|solid| solid.end.max(solid.start + 1) - 1);
                    let free = above.map_or(first, |above| file.line_index(above) + 1);
                    if let Some((solid, next)) = fence::unopened(file, id, free, start, diagnostics)
                    {
                        solids.push(solid);
                        return Some(next);
                    }
                }
                let (solid, again) = fence::fence(file, id, (start, end), &info, diagnostics);
                solids.push(solid);
                if again.is_some() {
                    return again;
                }
            }
            Event::Start(Tag::HtmlBlock) => {
                events
                    .by_ref()
                    .find(|(event, _)| matches!(event, Event::End(TagEnd::HtmlBlock)));
                if text[range.clone()].trim_start().starts_with("<!--") {
                    solids.push(Solid {
                        start,
                        end,
                        block: None,
                    });
                    continue;
                }
                // HTML runs on to the next blank line; a fence or a heading in it was not meant to be HTML.
                let last = file.line_index(end.max(start + 1) - 1);
                let swallowed = (file.line_index(start) + 1..=last).find(|&line| {
                    let line = file.line(line);
                    opens_fence(line).is_some() || heading_level(line).is_some()
                });
                if let Some(line) = swallowed {
                    return Some(file.line_range(line).start);
                }
            }
            Event::Start(Tag::BlockQuote(_)) => container_end = end,
            _ => {}
        }
    }
    None
}

fn heading(file: &SourceFile, id: u16, line: usize, level: HeadingLevel) -> Solid {
    let range = file.line_range(line);
    let raw = &file.text[range.clone()];
    let text = raw.trim().trim_start_matches('#').trim();
    let text = match text.trim_end_matches('#') {
        cut if cut.len() < text.len() && cut.ends_with([' ', '\t']) => cut.trim_end(),
        _ => text,
    };
    let text = without_attributes(text);
    Solid {
        start: range.start,
        end: range.end,
        block: Some(heading_block(file, id, line, level, text)),
    }
}

/// The heading that says `text` in a line.
fn heading_block(
    file: &SourceFile,
    id: u16,
    line: usize,
    level: HeadingLevel,
    text: &str,
) -> Block {
    let range = file.line_range(line);
    let start = range.start + file.text[range].find(text).unwrap_or(0);
    Block {
        kind: BlockKind::Heading {
            level: level as u8,
            // Blanks of any kind and number are one blank, as they are on the page.
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        },
        span: Span::new(id, start, start + text.len()),
    }
}

/// A heading without what is said of its place on the page: `Parcels {#parcels}`, `Parcels {: .wide}`, `Parcels {{id:p}}`.
fn without_attributes(text: &str) -> &str {
    let cut = text
        .ends_with('}')
        .then(|| text.rfind(" {"))
        .flatten()
        .filter(|&at| {
            let inner = text[at + 2..].trim_start_matches('{');
            let name = inner.trim_start_matches([':', '#', '.', ' ']);
            let marked = name.len() < inner.len() || inner.starts_with("id:");
            marked && !text[..at].trim().is_empty()
        });
    cut.map_or(text, |at| text[..at].trim_end())
}

/// Reads lines that are neither headings nor code.
fn prose(
    file: &SourceFile,
    id: u16,
    lines: std::ops::Range<usize>,
    out: &mut Vec<Block>,
    diagnostics: &mut Diagnostics,
) {
    let mut line = lines.start;
    while line < lines.end {
        let text = file.line(line).trim();
        if text.is_empty() {
            line += 1;
        } else if let Some(level) = slack_heading(text) {
            out.extend(heading(file, id, line, level).block);
            line += 1;
        } else if let Some((level, title)) = html_heading(text) {
            out.push(heading_block(file, id, line, level, title));
            line += 1;
        } else if let Some((table, next)) = html_table::at(file, id, line, lines.end)
            .or_else(|| table_at(file, id, line, lines.end))
        {
            if let Some(header) = &table.header {
                short_delimiter(file, id, line + 1, header, diagnostics);
                long_rows(file, id, &table, diagnostics);
            }
            tabs(file, id, line..next, diagnostics);
            out.push(Block {
                span: table.span,
                kind: BlockKind::Table(table),
            });
            line = next;
        } else {
            let in_table = line > lines.start && table::has_pipe(file.line(line - 1));
            let next = text_end(file, line, lines.end, in_table);
            let block = text_block(file, id, line, next);
            unclosed_aside(file, &block, next - 1, diagnostics);
            out.push(block);
            line = next;
        }
    }
}

/// A table that begins in this line, and the line after it.
fn table_at(file: &SourceFile, id: u16, line: usize, end: usize) -> Option<(Table, usize)> {
    let text = file.line(line);
    let with_header = line + 1 < end && table::is_delimiter(file.line(line + 1));
    // `[GET|POST] /parcels` in code marks is no row.
    let code = text
        .trim()
        .strip_prefix('`')
        .and_then(|rest| rest.strip_suffix('`'));
    let code = code.is_some_and(|inner| !inner.contains('`'));
    if !table::has_pipe(text)
        || (code && !with_header)
        || (starts_other(text) && !(with_header && is_dressed_row(text)))
    {
        return None;
    }
    let row_end = |mut next: usize| {
        while next < end {
            let text = file.line(next);
            if text.trim().is_empty()
                || (starts_other(text) && !(with_header && is_dressed_row(text)))
                || (!table::has_pipe(text) && !with_header)
            {
                break;
            }
            next += 1;
        }
        next
    };
    let (header, first) = if with_header {
        (Some(table::cut(file, id, line, Width::Any)), line + 2)
    } else {
        (None, line)
    };
    let next = row_end(first);
    let bordered = with_header && text.starts_with('|');
    let width = header
        .as_ref()
        .map_or(Width::Any, |row| match row.cells.len() {
            columns if bordered => Width::Bordered(columns),
            columns => Width::Open(columns),
        });
    let rows: Vec<_> = (first..next)
        .map(|line| table::cut(file, id, line, width))
        .collect();
    let range = file.line_range(line);
    let span = Span::new(id, range.start, range.end);
    let table = Table {
        header,
        rows,
        span,
        html: false,
    };
    Some((table, next))
}

/// True when the line begins a block that ends a table.
fn starts_other(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('<')
        || is_label(line)
        || line.starts_with("* ")
        || opens_fence(line).is_some()
        || heading_level(line).is_some()
        || slack_heading(line).is_some()
}

/// True for a row whose first cell begins as another block would: `> name | …`, `* name | …`, `<b>name</b> | …`.
fn is_dressed_row(line: &str) -> bool {
    let line = line.trim();
    table::has_pipe(line)
        && !is_aside(line)
        && opens_fence(line).is_none()
        && heading_level(line).is_none()
        && slack_heading(line).is_none()
        && !line.starts_with("<!--")
}

/// The line after the paragraph, item, label or aside that begins in `line`. `in_table` is true right below a row.
fn text_end(file: &SourceFile, line: usize, end: usize, in_table: bool) -> usize {
    let first = file.line(line).trim();
    let aside = is_aside(first);
    let mut next = line + 1;
    while next < end {
        let text = file.line(next).trim();
        if aside {
            let closed = aside_end(file.line(next - 1)).is_some();
            // An aside that is never closed ends where a table, a label or the next aside begins, or where the table
            // goes on that it stands in.
            if !closed && ends_aside(file, next, end) {
                return next + 1;
            }
            let opens = is_aside(text) || is_label(text);
            let table = table::has_pipe(text)
                && (in_table || (next + 1 < end && table::is_delimiter(file.line(next + 1))));
            if closed || opens || table {
                break;
            }
        } else if text.is_empty()
            || is_label(first)
            || is_bold(first)
            || starts_other(text)
            || is_item(text)
            || table::has_pipe(text)
        {
            break;
        }
        next += 1;
    }
    next
}

/// True for a second `<aside>`, alone in its line, that ends one: nothing stands behind it, and nothing else ends it.
fn ends_aside(file: &SourceFile, line: usize, end: usize) -> bool {
    let text = |line: usize| file.line(line).trim();
    let opens = |line: &usize| is_aside(text(*line)) || heading_level(text(*line)).is_some();
    let mut below = (line + 1..end.min(line + FAR)).take_while(|line| !opens(line));
    text(line).eq_ignore_ascii_case(ASIDE)
        && (line + 1 >= end || text(line + 1).is_empty())
        && !below.any(|line| aside_end(text(line)).is_some())
}

fn text_block(file: &SourceFile, id: u16, line: usize, next: usize) -> Block {
    let first = file.line_range(line);
    let start = first.start + (file.line(line).len() - file.line(line).trim_start().len());
    let lines: Vec<&str> = (line..next)
        .map(|line| file.line(line).trim())
        .filter(|text| !text.is_empty())
        .collect();
    let text = lines.join("\n");
    let length = text.len();
    let kind = if is_aside(&text) {
        let end = aside_end(&text).map_or(text.len(), |end| end.start);
        let opening = text[..end].find('>').map_or(0, |at| at + 1);
        let inner = &text[opening..end];
        BlockKind::Aside(inner.trim().to_owned())
    } else if is_label(&text) {
        BlockKind::Label(label(&text).to_owned())
    } else if is_item(&text) {
        let item = text.trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, '*' | '-' | '+' | '.' | ')')
        });
        BlockKind::Item(item.trim().to_owned())
    } else {
        BlockKind::Paragraph(text)
    };
    let mut end = file.line_range(next - 1).end;
    if matches!(kind, BlockKind::Label(_)) {
        end = start + length;
    }
    Block {
        kind,
        span: Span::new(id, start, end),
    }
}

#[cfg(test)]
mod tests;
