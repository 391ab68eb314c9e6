//! Parameters of the spec: those of the body by their fields, the others by rows and URLs.

use super::endpoint::Endpoint;
use super::evidence::Evidence;
use super::params::{Context, Resolved};
use super::scalar::{self, Scalars};
use super::shape::Shape;
use super::stage::source;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, WrittenType};
use crate::slate::source::{Sources, Span};
use crate::spec::{In, Param, Required};

/// `root.customer[].mobile`.
pub fn at(path: &[String], shape: &Shape) -> String {
    let mut out = String::new();
    let mut here = Some(shape);
    for key in path {
        if !out.is_empty() {
            out.push('.');
        }
        out.push_str(key);
        here = here.and_then(|shape| shape.fields.get(key));
        if here.is_some_and(|shape| shape.list) {
            out.push_str("[]");
        }
    }
    out
}

pub fn param(
    param: &Resolved<'_>,
    body: &Shape,
    in_tree: Option<&str>,
    context: &Context<'_>,
    evidence: &Evidence,
    sources: &Sources,
) -> Param {
    let row = param.row;
    let mut values = if param.expanded {
        Vec::new()
    } else {
        row.values.clone()
    };
    // A parameter of the body has the type of its field.
    let mut ty = match in_tree {
        Some(ty) => ty.to_owned(),
        None => outside_type(param, context, evidence),
    };
    if !param.presets.is_empty() {
        let flags = param
            .presets
            .iter()
            .all(|preset| preset == "true" || preset == "false");
        if flags {
            "boolean".clone_into(&mut ty);
        } else {
            values.clone_from(&param.presets);
            "string".clone_into(&mut ty);
        }
    }
    let is_flag = ty == "boolean";
    let mut default = row.default.clone();
    if values.is_empty()
        && default.is_none()
        && !is_flag
        && let Some(value) = fixed_value(&param.name, context).filter(|_| param.place == In::Query)
    {
        values = vec![value.clone()];
        default = Some(value);
    }
    Param {
        name: param.name.clone(),
        place: param.place,
        at: param
            .path
            .as_ref()
            .map(|path| {
                let mut place = at(path, body);
                if ty.starts_with("list<") && !place.ends_with("[]") {
                    place.push_str("[]");
                }
                place
            })
            .or_else(|| param.part_of.clone()),
        ty,
        required: if param.part_of.is_some() {
            Required::False
        } else {
            param.required
        },
        group: param.group.clone(),
        when: param.when.clone(),
        values,
        default,
        format: row.format.as_deref().map(|format| {
            let shown = param.path.as_deref().and_then(|path| body.get(path));
            format_as_shown(format, shown)
        }),
        // What is true or false has no limit: the sentence is about something else.
        limit: row.limit.clone().filter(|_| !is_flag),
        doc: row.doc.clone(),
        source: source(row.span, sources),
        also: param
            .also
            .iter()
            .map(|span| source(*span, sources))
            .collect(),
    }
}

/// A format with dashes in the time of day, where samples have colons there.
fn format_as_shown(format: &str, shown: Option<&Shape>) -> String {
    let colons = shown.is_some_and(|shape| {
        shape.scalars.iter().any(|scalar| {
            matches!(scalar, super::shape::Scalar::Text(text) if scalar::date(text) == scalar::Look::Datetime)
        })
    });
    match format.to_ascii_uppercase().find("HH-") {
        Some(at) if colons => format[..at].to_owned() + &format[at..].replace('-', ":"),
        _ => format.to_owned(),
    }
}

/// The value that all request URLs of an operation have for a query parameter, where it is none to fill in.
fn fixed_value(name: &str, context: &Context<'_>) -> Option<String> {
    if name == context.dialect.wire.format_query {
        return None;
    }
    let stated = context
        .endpoint
        .urls
        .iter()
        .filter(|(url, _)| url.host.starts_with('{'));
    let values: Option<Vec<&String>> = stated
        .map(|(url, _)| {
            let mut pairs = url.query.iter();
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
        })
        .collect();
    let values = values?;
    let value = *values.first()?;
    let literal = !value.is_empty()
        && value
            .chars()
            .all(|c| c.is_alphanumeric() || "_-.".contains(c));
    (literal && values.iter().all(|other| *other == value)).then(|| value.clone())
}

/// The type of a parameter outside of the body: by its row, or else by the URLs, its description, and what the entity
/// knows of its name.
pub fn outside_type(param: &Resolved<'_>, context: &Context<'_>, evidence: &Evidence) -> String {
    let (row, hints) = (param.row, &context.dialect.names);
    let lower = param.name.to_lowercase();
    let mut shape = Shape::outside();
    let shown = context
        .endpoint
        .urls
        .iter()
        .filter(|(url, _)| !url.host.starts_with('{'))
        .flat_map(|(url, _)| &url.query);
    for (_, value) in
        shown.filter(|(key, value)| *key == param.name && !value.contains('{') && !value.is_empty())
    {
        shape
            .scalars
            .push(super::shape::Scalar::Text(value.clone()));
    }
    let single =
        (row.together != crate::read::facts::Names::AnyOf && !param.expanded).then_some(row);
    if single.is_none_or(|row| row.written.is_none() && row.values.is_empty()) && !param.expanded {
        let doc = row.doc.replace('`', "");
        let example = |value: &str| doc.contains(&format!("{}={value}", param.name));
        let flag = row
            .default
            .as_deref()
            .is_some_and(|default| default == "true" || default == "false");
        let number = doc
            .split(&format!("{}=", param.name))
            .skip(1)
            .any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if shape.scalars.is_empty() && row.format.is_none() {
            if example("true") || example("false") || flag {
                return "boolean".to_owned();
            }
            if number || hints.count.contains(&lower) {
                return "integer".to_owned();
            }
            if evidence
                .of(&lower)
                .is_none_or(|known| known.documented.is_none() && known.shown.is_none())
                && lower.ends_with("_date")
            {
                return "date".to_owned();
            }
        }
        if row.format.is_some() {
            shape.scalars.clear();
        }
    }
    // A sample of several values says nothing against the type of one.
    shape.scalars.retain(|scalar| !matches!(scalar, super::shape::Scalar::Text(text) if text.contains([',', '%', '+'])));
    let question = scalar::Question {
        name: &param.name,
        shape: &shape,
        row: single,
        beside: &[],
        evidence,
    };
    let ty = match scalar::scalar(&question, hints, &mut Diagnostics::default()) {
        Scalars::Plain(name) => name.to_owned(),
        Scalars::Values(_) => "string".to_owned(),
    };
    // Several of them with commas between are none of them.
    let ty = if ty != "string" && crate::read::values::separated(&row.doc) {
        "string".to_owned()
    } else {
        ty
    };
    if row.written == Some(WrittenType::Array) {
        format!("list<{ty}>")
    } else {
        ty
    }
}

/// Query keys of the URLs, and placeholders of the path, that no row describes.
pub fn undocumented(
    context: &Context<'_>,
    params: &[Param],
    body: &Shape,
    evidence: &Evidence,
    sources: &Sources,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<Param> {
    let fold = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    let mut out: Vec<Param> = Vec::new();
    let mut add = |name: &str, place: In, value: &str, span: Span, out: &mut Vec<Param>| {
        let known = params
            .iter()
            .chain(out.iter())
            .any(|param| fold(&param.name) == fold(name) && param.at.is_none());
        let placeholder =
            dialect.placeholders.names.contains(&name.to_lowercase()) && value.contains('{');
        if known || placeholder || name == dialect.wire.format_query {
            return;
        }
        let inner = value.trim_matches(['{', '}', '(', ')']);
        let listed: Vec<String> = if value.starts_with('{') && inner.contains(['/', ',']) {
            inner
                .split(['/', ','])
                .map(str::trim)
                .filter(|word| !word.is_empty() && word.len() < 40)
                .map(str::to_owned)
                .collect()
        } else {
            Vec::new()
        };
        let mut shape = Shape::outside();
        let samples: Vec<&str> = if listed.is_empty() && !value.contains('{') {
            vec![value]
        } else {
            listed.iter().map(String::as_str).collect()
        };
        shape.scalars = samples
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| super::shape::Scalar::Text((*text).to_owned()))
            .collect();
        let question = scalar::Question {
            name,
            shape: &shape,
            row: None,
            beside: &[],
            evidence,
        };
        let ty = match scalar::scalar(&question, &dialect.names, &mut Diagnostics::default()) {
            Scalars::Plain(name) => name.to_owned(),
            Scalars::Values(_) => "string".to_owned(),
        };
        // What every request URL has, with a value to fill in, is needed.
        let stated: Vec<bool> = context
            .endpoint
            .urls
            .iter()
            .filter(|(url, _)| url.host.starts_with('{'))
            .map(|(url, _)| url.query.iter().any(|(key, _)| key == name))
            .collect();
        let fixed = !stated.is_empty() && stated.iter().all(|has| *has);
        let only = fixed_value(name, context).filter(|_| place == In::Query && ty != "boolean");
        diagnostics.push(
            Code::UndocumentedQuery,
            span,
            format!("{name} is in this URL, but in no table"),
            "it was taken from the URL",
        );
        out.push(Param {
            name: name.to_owned(),
            place,
            at: None,
            ty,
            required: if place == In::Path || (fixed && value.contains('{')) {
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
            source: source(span, sources),
            also: Vec::new(),
        });
    };
    let path_span = context
        .endpoint
        .urls
        .first()
        .map_or(context.operation.span, |(_, span)| *span);
    for segment in context.endpoint.path.split('/') {
        if let Some(name) = segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            add(name, In::Path, "", path_span, &mut out);
        }
    }
    for (url, span) in &context.endpoint.urls {
        // A sample of another path shows another call's parameters.
        if !url.host.is_empty() && !same_path(url, context.endpoint) {
            continue;
        }
        for (key, value) in &url.query {
            // A sample URL of a request with a body may repeat a field of it.
            if body.fields.is_empty()
                || !params
                    .iter()
                    .any(|param| param.place == In::Body && param.name == *key)
            {
                add(key, In::Query, value, *span, &mut out);
            }
        }
    }
    out
}

/// True when a URL has a path of the operation, versions aside.
pub fn same_path(url: &crate::read::url::Url, endpoint: &Endpoint) -> bool {
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
