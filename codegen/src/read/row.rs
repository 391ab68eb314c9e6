//! A row of a table of parameters, or a line in the manner of one.

use super::facts::{Cells, ParamRow};
use super::name_cell::NameCell;
use super::{told, values};
use crate::dialect::WrittenType;
use crate::slate::source::Span;

/// A row with what its description says of values, default, format and limit. `others` are the names of the other rows.
pub fn new(
    named: NameCell,
    written: Option<WrittenType>,
    doc: String,
    (span, cells): (Span, Cells),
    others: &[String],
) -> ParamRow {
    let values = values::values(&doc, written, &named.names, others);
    ParamRow {
        default: told::default(&doc).or_else(|| told::default_among(&doc, &values)),
        values,
        format: told::format(&doc),
        limit: told::limit(&doc),
        names: named.names,
        together: named.together,
        mark: named.mark,
        above: Vec::new(),
        linked: Vec::new(),
        stated: None,
        place: None,
        preset: named.preset,
        written,
        items: None,
        doc,
        span,
        cells,
    }
}
