//! Headers that the index lists.

use super::stage::source;
use crate::diagnostics::{Code, Diagnostics};
use crate::read::facts::ParamRow;
use crate::slate::source::Sources;
use crate::spec::{Bases, In, Param, Required};

/// Headers that the index lists. What several tables say of one header is brought together.
pub fn headers(rows: &[ParamRow], sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Param> {
    let mut out: Vec<Param> = Vec::new();
    for row in rows {
        for name in &row.names {
            if name.contains(' ') {
                diagnostics.push(
                    Code::BadParameterRow,
                    row.place_of(name, sources),
                    format!("{name:?} is not the name of a header"),
                    "it was left out",
                );
                continue;
            }
            let known = out
                .iter_mut()
                .find(|known| known.name.eq_ignore_ascii_case(name));
            match known {
                Some(known) => merge(known, row, sources),
                None => out.push(header(name, row, sources)),
            }
        }
    }
    out
}

fn merge(known: &mut Param, row: &ParamRow, sources: &Sources) {
    for value in &row.values {
        if !known.values.contains(value) {
            known.values.push(value.clone());
        }
    }
    known.default = known.default.take().or_else(|| row.default.clone());
    if !row.mark.is_empty() || row.stated == Some(true) {
        known.required = Required::True;
    }
    known.also.push(source(row.span, sources));
}

fn header(name: &str, row: &ParamRow, sources: &Sources) -> Param {
    Param {
        name: name.to_owned(),
        place: In::Header,
        at: None,
        ty: "string".to_owned(),
        required: if row.mark.is_empty() && row.stated != Some(true) {
            Required::False
        } else {
            Required::True
        },
        basis: Bases::new(),
        group: Vec::new(),
        when: None,
        values: row.values.clone(),
        default: row.default.clone(),
        format: None,
        limit: None,
        doc: row.doc.clone(),
        source: source(row.span, sources),
        also: Vec::new(),
    }
}
