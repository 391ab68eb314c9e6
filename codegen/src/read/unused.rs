//! What is of no use, reported.

use super::calls;
use super::part::Part;
use super::{base_urls, codes, objects, request, url};
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind};
use crate::slate::block::{Block, BlockKind, Cell, Table};
use crate::slate::source::Span;

/// Reports what the index holds beside its operations and what is read of the API as a whole.
pub fn unused_in_index(part: &Part<'_>, dialect: &Dialect, diagnostics: &mut Diagnostics) {
    callbacks(part, dialect, diagnostics);
    for block in part.blocks {
        match &block.kind {
            BlockKind::Fence(_) => homeless_sample(block, diagnostics),
            BlockKind::Table(table) if objects::may_be(part, table, dialect) => {}
            BlockKind::Table(_) if base_urls::names_one(part, block) => {}
            BlockKind::Table(table) if codes::lists_codes(table, dialect) => {}
            // Headers, hosts and codes of the index are those of all calls.
            BlockKind::Table(table)
                if part
                    .kind
                    .is_none_or(|kind| kind.is_parameters() && kind != HeadingKind::Header) =>
            {
                homeless_table(table.place(), diagnostics);
            }
            _ => {}
        }
    }
}

/// Reports what stands outside of operations and is of no use.
pub fn unused(part: &Part<'_>, dialect: &Dialect, diagnostics: &mut Diagnostics) {
    callbacks(part, dialect, diagnostics);
    for block in part.blocks {
        match &block.kind {
            BlockKind::Fence(_) => homeless_sample(block, diagnostics),
            BlockKind::Paragraph(_) if part.kind == Some(HeadingKind::Url) => diagnostics.push(
                Code::MisplacedHeading,
                part.span,
                "this request URL belongs to no operation",
                "it was left out",
            ),
            BlockKind::Table(table) if objects::may_be(part, table, dialect) => {}
            BlockKind::Table(_) if base_urls::names_one(part, block) => {}
            // A resource table without a heading is one of an operation, or nothing.
            BlockKind::Table(table) if part.kind.is_none() || part.title.is_empty() => {
                homeless_table(table.place(), diagnostics);
            }
            BlockKind::Table(table) if part.kind.is_some_and(HeadingKind::is_parameters) => {
                misplaced(table.place(), diagnostics);
            }
            _ => {}
        }
    }
}

/// Reports calls that the API makes: they go to an address that callers give.
fn callbacks(part: &Part<'_>, dialect: &Dialect, diagnostics: &mut Diagnostics) {
    for (text, span) in request::texts(part) {
        let lines = request::lines(&text, dialect);
        if let Some(line) = lines.iter().find(|line| is_unreadable(line, dialect)) {
            diagnostics.push(
                Code::BadUrl,
                span,
                format!("{line:?} is no address that can be called"),
                "it was read as no operation",
            );
        }
        if lines.iter().any(|line| calls::of_caller(line, dialect)) {
            diagnostics.push(
                Code::UnusedSample,
                span,
                "this call goes to an address that callers give: the API makes it",
                "it was read as no operation",
            );
        }
    }
}

/// True for a method with an address that cannot be read.
fn is_unreadable(line: &str, dialect: &Dialect) -> bool {
    let line = line.trim_matches(['`', '*', ' ']);
    let Some((_, address)) = url::methods(line) else {
        return false;
    };
    let address = address.split_whitespace().next().unwrap_or_default();
    let whole = address.starts_with('/') && address.len() > 2 || address.contains("://");
    whole && url::parse(line, &dialect.wire.format_suffixes).is_none()
}

fn homeless_sample(block: &Block, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Code::UnusedSample,
        block.span,
        "this code block belongs to no operation",
        "it was left out",
    );
}

fn homeless_table(table: Span, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Code::UnusedTable,
        table,
        "this table belongs to no operation",
        "it was left out",
    );
}

/// Reports a table outside of operations that describes no object either.
pub fn unused_object((table, of_parameters): (Span, bool), diagnostics: &mut Diagnostics) {
    if of_parameters {
        misplaced(table, diagnostics);
    } else {
        homeless_table(table, diagnostics);
    }
}

/// Reports a table outside of operations whose heading says that it is about parameters.
fn misplaced(table: Span, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Code::MisplacedHeading,
        table,
        "these parameters stand outside of any operation",
        "they were left out",
    );
}

/// Reports a table of an operation that is of no use.
pub fn unused_table(table: &Table, diagnostics: &mut Diagnostics) {
    if is_running_text(table) || request::call_of(table).is_some() {
        return;
    }
    diagnostics.push(
        Code::UnusedTable,
        table.place(),
        "this table describes no parameters",
        "it was left out",
    );
}

/// True for lines whose only pipes stand in code: `a | b` in a sentence cuts it within backquotes.
fn is_running_text(table: &Table) -> bool {
    let cut = |cell: &Cell| cell.text.matches('`').count() % 2 == 1;
    table.header.is_none() && table.rows.iter().all(|row| row.cells.iter().any(cut))
}
