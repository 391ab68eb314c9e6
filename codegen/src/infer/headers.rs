//! Headers that the index lists.

use super::resolved::Presence;
use super::stage::{Stage, source};
use crate::claims::{Claim, Decision, Facet, Place, Side, Step, Witness};
use crate::diagnostics::Code;
use crate::read::facts::ParamRow;
use crate::slate::source::{Sources, Span};
use crate::spec::{Bases, In, Param, Required};

const ROWS: Step = Step {
    name: "rows of the index",
    text: "what all rows on a header of all calls say together",
};

/// Headers that the index lists. What several tables say of one header is brought together, and written down below the
/// heading of the API.
pub fn headers(rows: &[ParamRow], section: Span, stage: &mut Stage<'_>) -> Vec<Param> {
    let mut out: Vec<(Param, Vec<&ParamRow>)> = Vec::new();
    for row in rows {
        for name in &row.names {
            if name.contains(' ') {
                stage.diagnostics.push(
                    Code::BadParameterRow,
                    row.place_of(name, stage.sources),
                    format!("{name:?} is not the name of a header"),
                    "it was left out",
                );
                continue;
            }
            let known = out
                .iter_mut()
                .find(|(known, _)| known.name.eq_ignore_ascii_case(name));
            match known {
                Some((known, rows)) => {
                    merge(known, row, stage.sources);
                    rows.push(row);
                }
                None => out.push((header(name, row, stage.sources), vec![row])),
            }
        }
    }
    for (header, rows) in &out {
        note(header, rows, section, stage);
    }
    out.into_iter().map(|(header, _)| header).collect()
}

/// Writes down what rows say of a header.
fn note(header: &Param, rows: &[&ParamRow], section: Span, stage: &mut Stage<'_>) {
    let place = Place::member(section, Side::Header, vec![header.name.clone()]);
    if let Some(row) = rows.first() {
        let name = row.place_of(&header.name, stage.sources);
        stage.ledger.locate(place.clone(), name);
    }
    let mut said = |facet: Facet, value: String, step: Step, by: &dyn Fn(&ParamRow) -> String| {
        let rows = rows.iter().map(|row| (by(row), row.span));
        let rows = rows.filter(|(says, _)| !says.is_empty());
        let claims = rows.map(|(says, span)| Claim::new(says, Witness::Row, span));
        // A row may name some of the values.
        let speaks_for = |claim: &Claim| facet == Facet::Values || claim.says == value;
        let decision = Decision::new(value.clone(), step, claims.collect(), speaks_for);
        stage.ledger.note(place.clone(), facet, decision);
    };
    let sent = |_: &ParamRow| "header".to_owned();
    said(Facet::Place, "header".to_owned(), ROWS, &sent);
    let word = |required: bool| if required { "required" } else { "optional" }.to_owned();
    let required = header.required == Required::True;
    let step = if required {
        Presence::MARK
    } else {
        Presence::UNMARKED
    };
    let presence = |row: &ParamRow| word(is_required(row));
    said(Facet::Required, word(required), step, &presence);
    if !header.values.is_empty() {
        let values = |row: &ParamRow| row.values.join(", ");
        said(Facet::Values, header.values.join(", "), ROWS, &values);
    }
    if let Some(default) = &header.default {
        let own = |row: &ParamRow| row.default.clone().unwrap_or_default();
        said(Facet::Default, default.clone(), ROWS, &own);
    }
}

/// Whether a row says that its header has to be there.
fn is_required(row: &ParamRow) -> bool {
    !row.mark.is_empty() || row.stated == Some(true)
}

fn merge(known: &mut Param, row: &ParamRow, sources: &Sources) {
    for value in &row.values {
        if !known.values.contains(value) {
            known.values.push(value.clone());
        }
    }
    known.default = known.default.take().or_else(|| row.default.clone());
    if is_required(row) {
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
        required: if is_required(row) {
            Required::True
        } else {
            Required::False
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
