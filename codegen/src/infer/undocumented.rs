//! Query keys of the URLs, and placeholders of the path, that no row describes.

use super::context::Context;
use super::endpoint::Endpoint;
use super::outside::{fixed_value, place, shown};
use super::resolved::word;
use super::shape::Shape;
use super::stage::Stage;
use crate::claims::{Basis, Claim, Decision, Facet, Witness};
use crate::diagnostics::Code;
use crate::read::url::{self, Url};
use crate::slate::source::Span;
use crate::spec::{Bases, In, Param, Required};

/// Query keys of the URLs, and placeholders of the path, that no row describes.
pub fn undocumented(
    context: &Context<'_>,
    params: &[Param],
    body: &Shape,
    stage: &mut Stage<'_>,
) -> Vec<Param> {
    let mut out: Vec<Param> = Vec::new();
    let mut add = |found: Unnamed<'_>| {
        let mut known = params.iter().chain(&out);
        if !known.any(|param| found.is(param)) && !found.is_choice(context) {
            out.push(found.param(context, stage));
        }
    };
    let first = context.endpoint.urls.first();
    let span = first.map_or(context.operation.span, |(_, span)| *span);
    for segment in context.endpoint.path.split('/') {
        for name in url::placeholders(segment) {
            add(Unnamed {
                name,
                place: In::Path,
                value: "",
                span,
            });
        }
    }
    for (url, span) in &context.endpoint.urls {
        // A sample of another path shows another call's parameters.
        if !url.host.is_empty() && !same_path(url, context.endpoint) {
            continue;
        }
        for (name, value) in &url.query {
            // A sample URL of a request with a body may repeat a field of it.
            let in_body = |param: &Param| param.place == In::Body && param.name == *name;
            if body.fields.is_empty() || !params.iter().any(in_body) {
                add(Unnamed {
                    name,
                    place: In::Query,
                    value,
                    span: *span,
                });
            }
        }
    }
    out
}

/// A parameter that only a URL has.
#[derive(Clone, Copy)]
struct Unnamed<'a> {
    name: &'a str,
    place: In,
    /// What stands for its value.
    value: &'a str,
    span: Span,
}

impl Unnamed<'_> {
    /// Where its name stands in the URL.
    fn word(&self, stage: &Stage<'_>) -> Span {
        let found = stage.sources.word(self.span, self.name);
        found.unwrap_or(self.span)
    }

    /// Whether a parameter is this one. The path may have one of the name of another.
    fn is(&self, param: &Param) -> bool {
        let fold = |name: &str| name.replace(['_', '-'], "").to_lowercase();
        let apart = |place: In| (place == In::Path) != (self.place == In::Path);
        fold(&param.name) == fold(self.name) && param.at.is_none() && !apart(param.place)
    }

    /// Whether it stands for others, or chooses the format.
    fn is_choice(&self, context: &Context<'_>) -> bool {
        let names = &context.dialect.placeholders.names;
        let placeholder = names.contains(&self.name.to_lowercase()) && self.value.contains('{');
        placeholder || self.name == context.dialect.wire.format_query
    }

    /// The values between which a placeholder lets choose: `{day/week}`.
    fn listed(&self) -> Vec<String> {
        let inner = self.value.trim_matches(['{', '}', '(', ')']);
        if !self.value.starts_with('{') || !inner.contains(['/', ',']) {
            return Vec::new();
        }
        inner
            .split(['/', ','])
            .map(str::trim)
            .filter(|word| !word.is_empty() && word.len() < 40)
            .map(str::to_owned)
            .collect()
    }

    fn param(&self, context: &Context<'_>, stage: &mut Stage<'_>) -> Param {
        let listed = self.listed();
        let mut shape = match self.place {
            In::Query => shown(self.name, context),
            _ => Shape::outside(),
        };
        let filled = listed.is_empty() && !self.value.contains('{') && !self.value.is_empty();
        if filled && shape.scalars.is_empty() {
            shape.show_text(self.value, self.span);
        }
        for value in &listed {
            shape.show_text(value, self.span);
        }
        let found = context.type_outside(self.name, &shape, None, self.span);
        let ty = found.kind.plain().to_owned();
        // What every request URL has, with a value to fill in, is needed.
        let has = |url: &Url| url.query.iter().any(|(key, _)| key == self.name);
        let fixed = context.all_templates(has);
        let needed = self.place == In::Path || (fixed && self.value.contains('{'));
        let only =
            fixed_value(self.name, context).filter(|_| self.place == In::Query && ty != "boolean");
        stage.diagnostics.push(
            Code::UndocumentedQuery,
            self.word(stage),
            format!("{} is in this URL, but in no table", self.name),
            "it was taken from the URL",
        );
        Param {
            name: self.name.to_owned(),
            place: self.place,
            at: None,
            basis: self.note(found.decision, context.operation.span, stage),
            ty,
            required: if needed {
                Required::True
            } else {
                Required::False
            },
            group: Vec::new(),
            when: None,
            values: if listed.is_empty() {
                only.iter().cloned().collect()
            } else {
                listed
            },
            default: only,
            format: None,
            limit: None,
            doc: String::new(),
            source: stage.source(self.span),
            also: Vec::new(),
        }
    }

    /// Writes down what was decided. Returns what was not stated.
    fn note(&self, ty: Decision, section: Span, stage: &mut Stage<'_>) -> Bases {
        let place = place(section, self.place, None, self.name);
        let mut out = Bases::new();
        if ty.basis != Basis::Stated {
            out.insert(Facet::Type.key().to_owned(), ty.basis);
        }
        let claim = Claim::new(word(self.place), Witness::RequestLine, self.span);
        let sent = Decision::single(claim);
        stage.ledger.locate(place.clone(), self.word(stage));
        stage.ledger.note(place.clone(), Facet::Type, ty);
        stage.ledger.note(place, Facet::Place, sent);
        out
    }
}

/// True when a URL has a path of the operation, versions aside.
fn same_path(url: &Url, endpoint: &Endpoint) -> bool {
    let paths = std::iter::once(&endpoint.path)
        .chain(endpoint.alternatives.iter().map(|other| &other.path));
    let literal = |segment: &str| !segment.starts_with('{');
    for path in paths {
        let own: Vec<&str> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect();
        let last = own.iter().rev().zip(url.segments.iter().rev());
        let differ = last
            .filter(|(a, b)| literal(a) && literal(b) && !a.eq_ignore_ascii_case(b))
            .count();
        if differ <= 1 && own.len().abs_diff(url.segments.len()) <= 1 {
            return true;
        }
    }
    false
}
