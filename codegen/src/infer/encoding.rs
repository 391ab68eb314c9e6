//! How the body of a request is written, where that is not one of the formats: as a form.

use super::place::Path;
use super::stage::Stage;
use crate::claims::{self, Basis, Claim, Decision, Facet, Place, Witness};
use crate::diagnostics::Code;
use crate::dialect::{HeadingKind, WrittenType};
use crate::read::facts::{Encoding, OperationFacts, ParamRow, ParamTable, Role, SampleFact};

/// What is claimed where a body is one of the formats.
const DOCUMENT: &str = "document";

/// Decides on an operation that sends a body. `None` where it is one of the formats.
pub fn decide(
    operation: &OperationFacts,
    headers: &[ParamRow],
    stage: &mut Stage<'_>,
) -> Option<(Encoding, Basis)> {
    let decision = claims::decide(Facet::Encoding, claims(operation, headers))?;
    report(&decision, stage);
    let place = Place::whole(operation.span);
    let basis = decision.basis;
    let found = named_encoding(&decision.value);
    stage.ledger.note(place, Facet::Encoding, decision);
    Some((found?, basis))
}

fn named_encoding(name: &str) -> Option<Encoding> {
    let mut all = Encoding::ALL.into_iter();
    all.find(|encoding| encoding.name() == name)
}

/// The places of the fields that commands send files in, where the body is a form in parts: nothing else holds files.
pub fn files(operation: &OperationFacts, headers: &[ParamRow]) -> Option<Vec<Path>> {
    let decision = claims::decide(Facet::Encoding, claims(operation, headers))?;
    let parts = named_encoding(&decision.value) == Some(Encoding::Multipart);
    let samples = operation.samples.iter();
    parts.then(|| samples.flat_map(|sample| sample.files.clone()).collect())
}

/// What is said of the encoding of the body.
fn claims(operation: &OperationFacts, headers: &[ParamRow]) -> Vec<Claim> {
    let mut claims = Vec::new();
    // Who says that it is a form does not say what is in its fields: that is seen.
    let json = |sample: &SampleFact| sample.encoding == Some(Encoding::JsonForm);
    let json = operation.samples.iter().any(json);
    let mut add = |says: Option<&'static str>, by: Witness, span| {
        claims.extend(says.map(|says| {
            let says = if json && says == Encoding::Form.name() {
                Encoding::JsonForm.name()
            } else {
                says
            };
            Claim::new(says, by, span)
        }));
    };
    let tables = operation.tables.iter();
    let rows = tables.filter(|table| table.kind == HeadingKind::Header);
    for row in rows.flat_map(|table| &table.rows) {
        add(stated(row), Witness::Row, row.span);
    }
    for sample in &operation.samples {
        if sample.role == Role::Request {
            let label = sample.label.as_deref().unwrap_or_default();
            add(named(label), Witness::Label, sample.span);
            let shown = sample.encoding.map(Encoding::name);
            let shown = shown.or(sample.format.map(|_| DOCUMENT));
            add(shown, Witness::Body, sample.span);
        }
    }
    for said in &operation.media {
        add(named(&said.text), Witness::Body, said.span);
    }
    for row in headers {
        add(stated(row), Witness::Index, row.span);
    }
    // A heading says it in passing: it does not count against a document, and does not know of which kind the form is.
    let documents = claims.iter().any(|claim| claim.says == DOCUMENT);
    let forms = operation.tables.iter();
    for table in forms.filter(|table| of_form(table) && !documents) {
        let file = |row: &ParamRow| row.written == Some(WrittenType::File);
        let kind = if table.rows.iter().any(file) {
            Encoding::Multipart
        } else {
            Encoding::Form
        };
        let known = claims.first().map(|claim| claim.says.clone());
        let says = known.unwrap_or_else(|| kind.name().to_owned());
        claims.push(Claim::new(says, Witness::Heading, table.heading.span));
    }
    claims
}

/// Whether a table is about the fields of a form, going by its heading.
fn of_form(table: &ParamTable) -> bool {
    let heading = table.heading.text.to_lowercase();
    let mut words = heading.split(|c: char| !c.is_alphanumeric());
    table.kind == HeadingKind::Body && words.any(|word| matches!(word, "form" | "formdata"))
}

/// Whether a sample shows that requests are forms, with a text in each field.
pub fn is_shown_as_form(operation: &OperationFacts) -> bool {
    let mut samples = operation.samples.iter();
    samples.any(|sample| matches!(sample.encoding, Some(Encoding::Form | Encoding::Multipart)))
}

/// What a row on the header `Content-Type` says.
fn stated(row: &ParamRow) -> Option<&'static str> {
    let is_type = |name: &String| name.eq_ignore_ascii_case("content-type");
    row.names.iter().find(|name| is_type(name))?;
    let values = row.values.iter().chain(&row.default).chain([&row.doc]);
    let mut said: Vec<&'static str> = values.filter_map(|text| named(text)).collect();
    said.dedup();
    // A row that lists several leaves it to the caller.
    (said.len() == 1).then(|| said[0])
}

/// The one media type that a text names.
fn named(text: &str) -> Option<&'static str> {
    let text = text.to_ascii_lowercase();
    let documents = ["application/json", "application/xml", "text/xml"];
    let mut found = [Encoding::Form, Encoding::Multipart]
        .iter()
        .filter(|encoding| {
            let media_type = encoding.media_type();
            let short = media_type.trim_start_matches("application/");
            text.contains(short)
        })
        .map(|encoding| encoding.name());
    let document = documents.iter().any(|name| text.contains(name));
    match (found.next(), document) {
        (Some(name), false) if found.next().is_none() => Some(name),
        (None, true) => Some(DOCUMENT),
        _ => None,
    }
}

/// Reports samples that show something else than what is stated.
fn report(decision: &Decision, stage: &mut Stage<'_>) {
    let losers = decision.losers.iter();
    for loser in losers.filter(|claim| claim.by != Witness::Index) {
        stage.diagnostics.push(
            Code::OutvotedStatement,
            loser.span,
            format!(
                "the body is a {} here, and a {} elsewhere",
                loser.says, decision.value
            ),
            format!("{} was taken: {}", decision.value, decision.step.text),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn one_media_type_is_named() {
        for (text, want) in [
            ("application/x-www-form-urlencoded", Some("form")),
            ("Sample POST Request (X-WWW-Form-Urlencoded)", Some("form")),
            ("`multipart/form-data`; boundary=x", Some("multipart")),
            ("application/json; charset=utf-8", Some("document")),
            ("text/xml", Some("document")),
            ("multipart/form-data or application/json", None),
            (
                "multipart/form-data, application/x-www-form-urlencoded",
                None,
            ),
            ("text/plain", None),
            ("", None),
        ] {
            assert_eq!(named(text), want, "{text}");
        }
    }
}
