//! Headers and types with a slip of the pen, and how they are mended.

use crate::diagnostics::{Code, Diagnostics, Edit};
use crate::dialect::Dialect;
use crate::slate::block::{Cell, Row};
use crate::slate::source::Span;
use crate::text::bare;

/// Reports headers of a table that were understood although they are misspelt.
pub fn report(header: Option<&Row>, dialect: &Dialect, diagnostics: &mut Diagnostics) {
    for cell in header.map(|row| row.cells.as_slice()).unwrap_or_default() {
        let written = bare(&cell.text);
        let written = written.trim_matches(['*', '?', ':', ' ']);
        let Some((_, right)) = dialect.respelt_column(written) else {
            continue;
        };
        diagnostics.push(
            Code::MisspeltHeader,
            cell.span,
            format!("{written:?} is no known header"),
            format!("it was read as {right:?}"),
        );
        diagnostics.fix_last(mended(cell, written, right));
    }
}

/// The edit that spells a word of a cell right, with a capital where it has one. None where the text of the cell is not as
/// it stands in the file.
pub fn mended(cell: &Cell, written: &str, right: &str) -> Option<Edit> {
    let as_it_stands = (cell.span.end - cell.span.start) as usize == cell.text.len();
    let at = cell.text.find(written).filter(|_| as_it_stands)?;
    let start = cell.span.start as usize + at;
    let span = Span::new(cell.span.file, start, start + written.len());
    let capital = written.chars().next().is_some_and(char::is_uppercase);
    let mut letters = right.chars();
    let with = match letters.next() {
        Some(first) if capital => first.to_uppercase().chain(letters).collect(),
        _ => right.to_owned(),
    };
    Some(Edit::new(span, with))
}
