//! Query parameters that no table and no URL has: sentences name them.

use super::context::Context;
use super::outside::{place, shown};
use super::shape::Shape;
use super::stage::Stage;
use crate::claims::{Claim, Decision, Facet, Step, Witness};
use crate::diagnostics::Code;
use crate::read::facts::{OperationFacts, Role};
use crate::read::remarks;
use crate::slate::source::Span;
use crate::spec::{Bases, In, Param, Required};

const TABLES: Step = Step {
    name: "tables elsewhere",
    text: "the type that tables elsewhere state for the name",
};

/// Flags that remarks in samples of the answer name: `only if the query parameter "deep" is passed as true`.
pub fn flags(
    facts: &OperationFacts,
    answer: &Shape,
    params: &[Param],
    stage: &mut Stage<'_>,
) -> Vec<Param> {
    let mut remarks = Vec::new();
    collect(answer, &mut remarks);
    let mut out: Vec<Param> = Vec::new();
    for remark in remarks {
        let Some(name) = remarks::flag_of_remark(remark) else {
            continue;
        };
        let known = params.iter().chain(&out);
        if known.into_iter().any(|known| known.name == name) {
            continue;
        }
        let span = place_of_remark(facts, name);
        stage.diagnostics.push(
            Code::UndocumentedQuery,
            span,
            format!("{name} is in a remark of this sample, but in no table"),
            "it was taken from the remark",
        );
        let doc = remark.split_whitespace().collect::<Vec<_>>().join(" ");
        let ty = Decision::single(Claim::new("boolean", Witness::Sentence, span));
        note(facts, name, ty, stage);
        out.push(query(name, "boolean", doc, span, stage));
    }
    out
}

/// Alternatives that sentences name for a parameter of the query: `either parcel id or code`.
pub fn alternatives(context: &Context<'_>, params: &[Param], stage: &mut Stage<'_>) -> Vec<Param> {
    let mut out: Vec<Param> = Vec::new();
    for pair in context.rules.iter().flat_map(|rules| &rules.pairs) {
        let group = [&pair.name, &pair.partner];
        let joined = |param: &Param| param.place == In::Query && param.group.iter().eq(group);
        let known = |param: &Param| param.place == In::Query && param.name == pair.name;
        if !params.iter().any(joined) || params.iter().chain(&out).any(known) {
            continue;
        }
        let (ty, decision) = type_of(&pair.name, pair.said.span, context);
        note(context.operation, &pair.name, decision, stage);
        let doc = pair.said.text.clone();
        out.push(Param {
            required: Required::OneOf,
            group: group.map(String::clone).to_vec(),
            ..query(&pair.name, &ty, doc, pair.said.span, stage)
        });
    }
    out
}

/// Writes down the type of a parameter of the query.
fn note(facts: &OperationFacts, name: &str, ty: Decision, stage: &mut Stage<'_>) {
    let place = place(facts.span, In::Query, None, name);
    stage.ledger.note(place, Facet::Type, ty);
}

/// The type that URLs show, or that tables agree on.
fn type_of(name: &str, span: Span, context: &Context<'_>) -> (String, Decision) {
    let shape = shown(name, context);
    let elsewhere = context.lore.elsewhere.of(name);
    if let Some(known) = elsewhere.filter(|_| shape.scalars.is_empty())
        && let Some(ty) = known.documented()
    {
        let claims: Vec<Claim> = known.claims().collect();
        let decision = Decision::new(ty.to_owned(), TABLES, claims, |claim| claim.says == ty);
        return (ty.to_owned(), decision);
    }
    let found = context.type_outside(name, &shape, None, span);
    (found.kind.plain().to_owned(), found.decision)
}

/// Leaves one of several query parameters of one name: a URL has one place for them.
pub fn unique(params: Vec<Param>, facts: &OperationFacts, stage: &mut Stage<'_>) -> Vec<Param> {
    let mut kept: Vec<Param> = Vec::with_capacity(params.len());
    for param in params {
        // What is a part of another parameter's value has no place of its own.
        let same = |known: &&mut Param| {
            let both_alone = known.at.is_none() && param.at.is_none();
            let in_query = known.place == In::Query && param.place == In::Query;
            both_alone && in_query && known.name == param.name
        };
        let Some(known) = kept.iter_mut().find(same) else {
            kept.push(param);
            continue;
        };
        let rows = facts.tables.iter().flat_map(|table| &table.rows);
        let row = rows
            .filter(|row| stage.source(row.span) == param.source)
            .find(|row| row.names.contains(&param.name));
        stage.diagnostics.push(
            Code::DuplicateParameter,
            row.map_or(facts.span, |row| row.place_of(&param.name, stage.sources)),
            format!("the query has two parameters with the name {}", param.name),
            "the first one was taken",
        );
        for place in std::iter::once(param.source).chain(param.also) {
            if place != known.source && !known.also.contains(&place) {
                known.also.push(place);
            }
        }
    }
    kept
}

/// A query parameter that may be left out.
fn query(name: &str, ty: &str, doc: String, span: Span, stage: &Stage<'_>) -> Param {
    Param {
        name: name.to_owned(),
        place: In::Query,
        at: None,
        ty: ty.to_owned(),
        required: Required::False,
        basis: Bases::new(),
        group: Vec::new(),
        when: None,
        values: Vec::new(),
        default: None,
        format: None,
        limit: None,
        doc,
        source: stage.source(span),
        also: Vec::new(),
    }
}

fn collect<'s>(shape: &'s Shape, out: &mut Vec<&'s str>) {
    out.extend(shape.remarks.iter().map(String::as_str));
    for field in shape.fields.values() {
        collect(field, out);
    }
}

/// Where the remark stands that names the parameter: the samples have it as text.
fn place_of_remark(facts: &OperationFacts, name: &str) -> Span {
    let answers = || {
        facts
            .samples
            .iter()
            .filter(|sample| sample.role == Role::Response)
    };
    answers()
        .find_map(|sample| {
            let at = remarks::place_of_flag(&sample.body, name)?;
            let start = sample.body_span.start as usize + at.start;
            Some(Span::new(sample.body_span.file, start, start + at.len()))
        })
        .or_else(|| answers().next().map(|sample| sample.span))
        .unwrap_or(facts.span)
}
