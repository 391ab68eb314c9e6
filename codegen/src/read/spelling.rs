//! Headings, headers and types with a slip of the pen, and how they are mended.

use super::part::Part;
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

/// Reports headings that were understood although they are misspelt.
pub fn headings(parts: &[Part<'_>], dialect: &Dialect, diagnostics: &mut Diagnostics) {
    for part in parts {
        let slip = dialect.respelt_heading(part.title);
        let Some(slip) = slip.filter(|slip| part.kind == Some(slip.kind)) else {
            continue;
        };
        diagnostics.push(
            Code::MisspeltHeading,
            part.span,
            format!("{:?} is no known word of a heading", slip.written),
            format!("it was read as {:?}", slip.right),
        );
        diagnostics.about_last(slip.written);
        // Of a heading that is none in Markdown, the place is that of its block.
        let start = part.span.start as usize;
        let whole = (part.span.end as usize - start) == part.title.len();
        let edit = respelt(part.title, part.span, slip.written, slip.right);
        diagnostics.fix_last(edit.filter(|_| whole));
    }
}

/// What a label is read as that is misspelt: the word that is meant.
pub fn label<'d>(
    text: &str,
    span: Span,
    dialect: &'d Dialect,
    diagnostics: &mut Diagnostics,
) -> Option<&'d str> {
    let (written, right) = dialect.respelt_label(text)?;
    diagnostics.push(
        Code::MisspeltLabel,
        span,
        format!("{written:?} says nothing of the sample below"),
        format!("it was read as {right:?}"),
    );
    diagnostics.about_last(written);
    // The text is what stands behind the mark of the label.
    let start = (span.end as usize).checked_sub(text.len());
    let edit = start.and_then(|start| {
        let whole = Span::new(span.file, start, span.end as usize);
        respelt(text, whole, written, right)
    });
    diagnostics.fix_last(edit);
    Some(right)
}

/// The edit that spells a word of a cell right. None where the text of the cell is not as it stands in the file.
pub fn mended(cell: &Cell, written: &str, right: &str) -> Option<Edit> {
    let as_it_stands = (cell.span.end - cell.span.start) as usize == cell.text.len();
    respelt(&cell.text, cell.span, written, right).filter(|_| as_it_stands)
}

/// The edit that spells a word of a text right, with a capital where it has one.
fn respelt(text: &str, place: Span, written: &str, right: &str) -> Option<Edit> {
    let start = place.start as usize + text.find(written)?;
    let span = Span::new(place.file, start, start + written.len());
    let capital = written.chars().next().is_some_and(char::is_uppercase);
    let mut letters = right.chars();
    let with = match letters.next() {
        Some(first) if capital => first.to_uppercase().chain(letters).collect(),
        _ => right.to_owned(),
    };
    Some(Edit::new(span, with))
}
