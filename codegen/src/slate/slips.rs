//! Slips of Markdown that are read as they are meant, and how they are mended.

use super::block::{Block, BlockKind, Row, Table};
use super::line::aside_end;
use super::source::{SourceFile, Span};
use super::table::{self, Width};
use crate::diagnostics::{Code, Diagnostics, Edit};

/// Reports a line below a header that has fewer cells than the header.
pub fn short_delimiter(
    file: &SourceFile,
    id: u16,
    line: usize,
    header: &Row,
    diagnostics: &mut Diagnostics,
) {
    let text = file.line(line);
    if !table::is_delimiter(text) {
        return;
    }
    let cells = table::cut(file, id, line, Width::Any).cells.len();
    let missing = header.cells.len().saturating_sub(cells);
    if missing == 0 {
        return;
    }
    let start = file.line_range(line).start;
    let end = start + text.trim_end().len();
    diagnostics.push(
        Code::ShortDelimiter,
        Span::new(id, start, end),
        format!(
            "the header has {} cells, and this {cells}",
            header.cells.len()
        ),
        "it was read as a table",
    );
    let more = if text.trim_end().ends_with('|') {
        " --- |".repeat(missing)
    } else {
        " | ---".repeat(missing)
    };
    diagnostics.fix_last([Edit::new(Span::new(id, end, end), more)]);
}

/// Reports rows that have more cells than their header. Readers of the published docs see none of what is too many.
pub fn long_rows(file: &SourceFile, id: u16, table: &Table, diagnostics: &mut Diagnostics) {
    let columns = table.header.as_ref().map_or(0, |row| row.cells.len());
    if table.html || columns < 2 {
        return;
    }
    for row in &table.rows {
        let line = file.line_index(row.span.start as usize);
        let Some((beyond, more)) = table::beyond(file, line, columns) else {
            continue;
        };
        diagnostics.push(
            Code::BadParameterRow,
            Span::new(id, beyond.start, beyond.end),
            format!(
                "the header has {columns} cells, and this row {}",
                columns + more
            ),
            "what is too many was read as the end of the last cell",
        );
    }
}

/// Reports tabs between the cells of a table, once for each. What stands in front of the first cell may say that it is
/// set in.
pub fn tabs(
    file: &SourceFile,
    id: u16,
    lines: std::ops::Range<usize>,
    diagnostics: &mut Diagnostics,
) {
    let mut edits = Vec::new();
    for line in lines {
        let start = file.line_range(line).start;
        let text = file.line(line);
        let first = text.len() - text.trim_start_matches([' ', '\t', '|']).len();
        let mut blank = first..first;
        while let Some(at) = text[blank.end..].find([' ', '\t']).map(|at| blank.end + at) {
            let rest = text[at..].trim_start_matches([' ', '\t']);
            blank = at..text.len() - rest.len();
            let between = text[..at].ends_with('|') || rest.starts_with('|') || rest.is_empty();
            if between && text[blank.clone()].contains('\t') {
                let span = Span::new(id, start + blank.start, start + blank.end);
                edits.push(Edit::new(span, if rest.is_empty() { "" } else { " " }));
            }
        }
    }
    if let Some(first) = edits.first().map(|edit| edit.span) {
        diagnostics.push(
            Code::TabInTable,
            first,
            "cells of this table are set apart with tabs",
            "they were read as blanks",
        );
        diagnostics.fix_last(edits);
    }
}

/// Reports an aside that is never closed, or closed by another tag.
pub fn unclosed_aside(
    file: &SourceFile,
    block: &Block,
    last: usize,
    diagnostics: &mut Diagnostics,
) {
    let span = block.span;
    let text = &file.text[span.start as usize..span.end as usize];
    if !matches!(block.kind, BlockKind::Aside(_)) {
        return;
    }
    if let Some(end) = aside_end(text) {
        let tag = &text[end.clone()];
        if !tag.to_ascii_lowercase().starts_with("</aside") {
            let start = span.start as usize;
            let place = Span::new(span.file, start + end.start, start + end.end);
            let wrong = format!("{tag:?} closes no aside");
            diagnostics.push(Code::UnclosedAside, place, wrong, "it was read as its end");
            diagnostics.fix_last([Edit::new(place, "</aside>")]);
        }
        return;
    }
    let first = text.lines().next().unwrap_or_default().trim_end();
    let tag = first.find('>').map(|at| at + 1);
    let opening = tag.unwrap_or(first.len());
    let start = span.start as usize;
    diagnostics.push(
        Code::UnclosedAside,
        Span::new(span.file, start, start + opening),
        "this aside is never closed",
        "it was ended before the next blank line, label, table or aside",
    );
    let filled = (0..=last)
        .rev()
        .find(|&line| !file.line(line).trim().is_empty());
    let line = filled.unwrap_or(last);
    let end = file.line_range(line).start + file.line(line).trim_end().len();
    let end = Span::new(span.file, end, end);
    if tag.is_none() {
        let at = start + opening;
        diagnostics.fix_last([Edit::new(Span::new(span.file, at, at), ">")]);
    }
    diagnostics.fix_last([Edit::new(end, "</aside>")]);
}
