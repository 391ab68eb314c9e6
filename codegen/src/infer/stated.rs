//! Query parameters that no table and no URL has: sentences name them.

use super::evidence::Evidence;
use super::params::Context;
use super::scalar::{Question, Scalars, scalar};
use super::shape::{Scalar, Shape};
use super::stage::source;
use crate::diagnostics::{Code, Diagnostics};
use crate::read::facts::{OperationFacts, Role};
use crate::read::values;
use crate::slate::source::{Sources, Span};
use crate::spec::{In, Param, Required};

/// Flags that remarks in samples of the answer name: `only if the query parameter "deep" is passed as true`.
pub fn flags(
    facts: &OperationFacts,
    answer: &Shape,
    params: &[Param],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Param> {
    let mut remarks = Vec::new();
    collect(answer, &mut remarks);
    let mut out: Vec<Param> = Vec::new();
    for remark in remarks {
        let Some(name) = values::flag_of_remark(remark) else {
            continue;
        };
        let known = params.iter().chain(&out);
        if known.into_iter().any(|known| known.name == name) {
            continue;
        }
        let span = place(facts, name);
        diagnostics.push(
            Code::UndocumentedQuery,
            span,
            format!("{name} is in a remark of this sample, but in no table"),
            "it was taken from the remark",
        );
        let doc = remark.split_whitespace().collect::<Vec<_>>().join(" ");
        out.push(query(name, "boolean", doc, span, sources));
    }
    out
}

/// Alternatives that sentences name for a parameter of the query: `either parcel id or code`.
pub fn alternatives(
    context: &Context<'_>,
    params: &[Param],
    evidence: &Evidence,
    sources: &Sources,
) -> Vec<Param> {
    let mut out: Vec<Param> = Vec::new();
    for claim in context.rules.iter().flat_map(|rules| &rules.claims) {
        let group = [&claim.name, &claim.partner];
        let joined = |param: &Param| param.place == In::Query && param.group.iter().eq(group);
        let known = |param: &Param| param.place == In::Query && param.name == claim.name;
        if !params.iter().any(joined) || params.iter().chain(&out).any(known) {
            continue;
        }
        let ty = type_of(&claim.name, context, evidence);
        let doc = claim.said.text.clone();
        out.push(Param {
            required: Required::OneOf,
            group: group.map(String::clone).to_vec(),
            ..query(&claim.name, &ty, doc, claim.said.span, sources)
        });
    }
    out
}

/// The type that URLs show, or that the tables of the entity agree on.
fn type_of(name: &str, context: &Context<'_>, evidence: &Evidence) -> String {
    let shown = context.endpoint.urls.iter().flat_map(|(url, _)| &url.query);
    let shape = Shape {
        scalars: shown
            .filter(|(key, value)| key == name && !value.is_empty() && !value.contains('{'))
            .map(|(_, value)| Scalar::Text(value.clone()))
            .collect(),
        ..Shape::outside()
    };
    let stated = evidence.of(name).and_then(|known| known.documented);
    if let (true, Some(stated)) = (shape.scalars.is_empty(), stated) {
        return stated.to_owned();
    }
    let question = Question {
        name,
        shape: &shape,
        row: None,
        beside: &[],
        evidence,
    };
    match scalar(
        &question,
        &context.dialect.names,
        &mut Diagnostics::default(),
    ) {
        Scalars::Plain(ty) => ty.to_owned(),
        Scalars::Values(_) => "string".to_owned(),
    }
}

/// Leaves one of several query parameters of one name: a URL has one place for them.
pub fn unique(params: &mut Vec<Param>, facts: &OperationFacts, diagnostics: &mut Diagnostics) {
    let mut kept: Vec<Param> = Vec::with_capacity(params.len());
    for param in params.drain(..) {
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
        diagnostics.push(
            Code::DuplicateParameter,
            facts.span,
            format!("the query has two parameters with the name {}", param.name),
            "the first one was taken",
        );
        for place in std::iter::once(param.source).chain(param.also) {
            if place != known.source && !known.also.contains(&place) {
                known.also.push(place);
            }
        }
    }
    *params = kept;
}

/// A query parameter that may be left out.
pub fn query(name: &str, ty: &str, doc: String, span: Span, sources: &Sources) -> Param {
    Param {
        name: name.to_owned(),
        place: In::Query,
        at: None,
        ty: ty.to_owned(),
        required: Required::False,
        group: Vec::new(),
        when: None,
        values: Vec::new(),
        default: None,
        format: None,
        limit: None,
        doc,
        source: source(span, sources),
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
fn place(facts: &OperationFacts, name: &str) -> Span {
    let answers = || {
        facts
            .samples
            .iter()
            .filter(|sample| sample.role == Role::Response)
    };
    answers()
        .find_map(|sample| {
            let at = values::place_of_flag(&sample.body, name)?;
            let start = sample.body_span.start as usize + at.start;
            Some(Span::new(sample.body_span.file, start, start + at.len()))
        })
        .or_else(|| answers().next().map(|sample| sample.span))
        .unwrap_or(facts.span)
}
