//! Query parameters that no table and no URL has: sentences name them.

use super::shape::Shape;
use super::source;
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
