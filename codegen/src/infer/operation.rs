//! One operation: endpoint, parameters, messages, samples.

use indexmap::IndexMap;

use super::effect;
use super::endpoint::{self, Endpoint};
use super::message::{self, Content, Known};
use super::params::{self, Context, Resolved};
use super::place::{self, Path, Wanted, singular};
use super::rules;
use super::shape::Shape;
use super::types::{Annotation, Annotations, Builder, Scalars};
use super::{source, types};
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind, WrittenType};
use crate::read::facts::{ApiFacts, OperationFacts, PageFacts, ParamRow, Role};
use crate::sample::Format;
use crate::slate::source::{Sources, Span};
use crate::spec::{In, Operation, Param, Required, Rule, Sample, State, TypeDef};
use heck::ToUpperCamelCase;

/// An operation between its samples and its types.
pub struct Work<'a> {
    facts: &'a OperationFacts,
    endpoint: Endpoint,
    /// What the request samples show.
    pub request: Shape,
    /// What the response samples show.
    pub response: Shape,
    contents: Vec<Content>,
}

/// Reads endpoints and samples of all operations of a page.
pub fn works<'a>(page: &'a PageFacts, api: &ApiFacts, dialect: &Dialect, sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Work<'a>> {
    let endpoints = endpoint::endpoints(page, api, dialect, diagnostics);
    page.operations
        .iter()
        .zip(endpoints)
        .filter_map(|(facts, endpoint)| {
            let endpoint = endpoint?;
            let line = |span: Span| sources.line(span);
            let (mut request, mut contents) = message::merge(facts, Role::Request, dialect, line, diagnostics);
            let (mut response, answers) = message::merge(facts, Role::Response, dialect, line, diagnostics);
            contents.extend(answers);
            if flag(facts.batch.as_ref().map(|said| said.text.as_str())) == Some(true) {
                several(&mut request, dialect, true);
                several(&mut response, dialect, false);
            }
            Some(Work {
                facts,
                endpoint,
                request,
                response,
                contents,
            })
        })
        .collect()
}

/// An operation on several items has lists of them: below the document element in requests, and where a plural holds
/// its singular in answers.
fn several(shape: &mut Shape, dialect: &Dialect, request: bool) {
    let subject = place::subject(shape, &dialect.wire);
    let Some((last, above)) = subject.split_last() else { return };
    if above.is_empty() {
        return;
    }
    let plural = above.last().is_some_and(|wrapper| wrapper != last && singular(wrapper) == *last);
    let below_root = request && above.len() == 1 && above[0] == dialect.wire.request_root;
    if (plural || below_root)
        && let Some(items) = shape.get_mut(&subject)
    {
        items.list = true;
    }
}

/// `Yes`, `No`, `Yes (1000 per hour)`.
fn flag(text: Option<&str>) -> Option<bool> {
    let lower = text?.trim().to_lowercase();
    if lower.starts_with("yes") || lower == "true" {
        Some(true)
    } else if lower.starts_with("no") || lower == "false" {
        Some(false)
    } else {
        None
    }
}

/// An id for one of several operations that would have the same: with what the title says in brackets, or all of it.
#[must_use]
pub fn long_id(entity: &str, title: &str) -> String {
    match title.split_once('(') {
        Some((_, rest)) => format!("{entity}.{}_{}", slug(title, entity, false), slug(&rest.replace(')', " "), "", true)),
        None => format!("{entity}.{}", slug(title, "", true)),
    }
}

/// A name for an operation out of its title: what the entity and small words do not already say.
#[must_use]
pub fn slug(title: &str, entity: &str, whole: bool) -> String {
    let small = ["the", "a", "an", "of", "to", "is", "are", "if", "in", "on", "at", "with", "for", "from", "using", "details", "detail"];
    let base = if whole { title.replace(['(', ')'], " ") } else { title.split('(').next().unwrap_or_default().to_owned() };
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(word_of).collect()
    };
    let own = heck::ToSnakeCase::to_snake_case(entity);
    let own: Vec<String> = own.split('_').map(singular).collect();
    let all = words(&base);
    let short: Vec<String> = all
        .iter()
        .filter(|word| whole || (!small.contains(&word.as_str()) && !own.contains(&singular(word)) && !own.contains(word)))
        .filter(|word| !whole || !["the", "a", "an", "of", "details"].contains(&word.as_str()))
        .cloned()
        .collect();
    let parts = if short.is_empty() { all } else { short };
    if parts.is_empty() { "operation".to_owned() } else { parts.join("_") }
}

/// Lower case; the plural of an abbreviation (`SMSs`) loses its ending.
fn word_of(word: &str) -> String {
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 1 && stem.chars().all(|c| c.is_ascii_uppercase()));
    stem.unwrap_or(word).to_lowercase()
}

/// Makes the spec of an operation.
#[expect(clippy::too_many_arguments, reason = "all that an operation is made of")]
pub fn finish(
    mut work: Work<'_>,
    entity: &str,
    host: &str,
    page: (usize, &PageFacts),
    known: &Known,
    dialect: &Dialect,
    sources: &Sources,
    types: &mut IndexMap<String, TypeDef>,
    diagnostics: &mut Diagnostics,
) -> (Operation, Vec<Content>) {
    let facts = work.facts;
    let (number, page) = page;
    let rules = rules::rules(facts, dialect, diagnostics);
    let context = Context {
        known,
        page: number,
        operation: facts,
        endpoint: &work.endpoint,
        dialect,
        rules: &rules,
    };
    let resolved = params::resolve(&context, &mut work.request, diagnostics);
    let base = facts.title.to_upper_camel_case();
    let base: String = base.chars().filter(char::is_ascii_alphanumeric).collect();
    let base = if types.contains_key(&format!("{base}Request")) || types.contains_key(&format!("{base}Response")) { format!("{base}{}", sources.line(facts.span)) } else { base };
    let annotations = request_annotations(&resolved, &work.request);
    let (mut request, mut response) = (None, None);
    if !work.request.fields.is_empty() {
        let prefix = format!("{base}Request");
        let mut builder = Builder { prefix: prefix.clone(), annotations: &annotations, hints: &dialect.names, sources, types };
        builder.message(&work.request, diagnostics);
        request = Some(prefix);
    }
    let answers: Vec<&ParamRow> = facts.tables.iter().filter(|table| table.kind == HeadingKind::Response).flat_map(|table| &table.rows).collect();
    let answer_annotations = response_annotations(&answers, &mut work.response, known, number, dialect, diagnostics);
    if !work.response.fields.is_empty() {
        let prefix = format!("{base}Response");
        let mut builder = Builder { prefix: prefix.clone(), annotations: &answer_annotations, hints: &dialect.names, sources, types };
        builder.message(&work.response, diagnostics);
        response = Some(prefix);
    }
    let mut params: Vec<Param> = resolved.iter().map(|param| self::param(param, &work.request, dialect, sources, diagnostics)).collect();
    params.extend(undocumented(&context, &params, &work.request, sources, dialect, diagnostics));
    let (effect, effect_when) = effect::effect(&work.endpoint.method, &work.endpoint.path, &params, dialect);
    let auth = facts.auth.as_ref().or(page.auth.as_ref());
    let auth_text = auth.map(|said| said.text.trim().to_owned());
    let scheme = auth_text.as_deref().filter(|text| flag(Some(text)).is_none() && !text.is_empty());
    let limit = facts.rate_limit.as_ref().and_then(|said| said.text.split_once('(').map(|(_, rest)| rest.trim_end_matches(')').trim().to_owned()));
    let operation = Operation {
        id: format!("{entity}.{}", slug(&facts.title, entity, false)),
        title: facts.title.clone(),
        doc: facts.doc.clone(),
        source: source(facts.span, sources),
        method: work.endpoint.method.clone(),
        path: work.endpoint.path.clone(),
        suffix: work.endpoint.suffix.clone(),
        host: host.to_owned(),
        alternatives: work.endpoint.alternatives.clone(),
        auth: auth_text.as_deref().and_then(|text| flag(Some(text)).or((!text.is_empty()).then_some(true))),
        auth_scheme: scheme.map(str::to_owned),
        batch: flag(facts.batch.as_ref().map(|said| said.text.as_str())),
        rate_limited: flag(facts.rate_limit.as_ref().map(|said| said.text.as_str())),
        rate_limit: limit,
        effect,
        effect_when,
        formats: formats(facts, page, &work.endpoint, dialect),
        format_query: work.endpoint.urls.iter().any(|(url, _)| url.query.iter().any(|(key, _)| *key == dialect.wire.format_query)),
        params,
        rules: spec_rules(&rules, &resolved, sources),
        request,
        response,
        samples: samples(facts, sources),
    };
    (operation, work.contents)
}

/// Rules on groups under a condition.
fn spec_rules(rules: &[rules::Rules], resolved: &[Resolved<'_>], sources: &Sources) -> Vec<Rule> {
    let mut out = Vec::new();
    for (number, table) in rules.iter().enumerate() {
        for (mark, meaning) in &table.marks {
            let names: Vec<String> = resolved.iter().filter(|param| param.table == number && param.row.mark == *mark).map(|param| param.name.clone()).collect();
            if meaning.when.is_some() && !names.is_empty() {
                let rule = Rule {
                    one_of: names,
                    when: meaning.when.clone(),
                    doc: meaning.said.text.clone(),
                    source: source(meaning.said.span, sources),
                };
                if !out.contains(&rule) {
                    out.push(rule);
                }
            }
        }
    }
    out
}

fn request_annotations<'a>(resolved: &[Resolved<'a>], shape: &Shape) -> Annotations<'a> {
    let mut out = Annotations::new();
    for param in resolved {
        let Some(path) = &param.path else { continue };
        out.entry(path.clone()).or_insert(Annotation {
            row: param.row,
            required: param.required,
            inherited: false,
            typed: !param.expanded && (param.row.names.len() == 1 || param.row.written != Some(WrittenType::Enum)),
        });
        // `customer*` with the values `mobile`, `email`: one of these fields of the object.
        let object = shape.get(path).filter(|shape| !shape.fields.is_empty() && param.row.written == Some(WrittenType::Object));
        if let Some(object) = object {
            let named: Vec<&String> = param.row.values.iter().filter(|value| object.fields.contains_key(*value)).collect();
            if named.len() > 1 && param.required == Required::True {
                for name in named {
                    let mut path = path.clone();
                    path.push(name.clone());
                    out.entry(path).or_insert(Annotation {
                        row: param.row,
                        required: Required::OneOf,
                        inherited: true,
                        typed: false,
                    });
                }
            }
        }
    }
    let rows: Vec<&ParamRow> = resolved.iter().filter(|param| param.path.is_some() && !param.expanded).map(|param| param.row).collect();
    inherit(&mut out, &rows, shape);
    out
}

fn response_annotations<'a>(rows: &[&'a ParamRow], shape: &mut Shape, known: &Known, page: usize, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Annotations<'a> {
    let mut out = Annotations::new();
    let wanted: Vec<(&'a ParamRow, Wanted)> = rows
        .iter()
        .flat_map(|row| {
            row.names.iter().map(|name| {
                let wanted = Wanted {
                    name: name.replace(' ', "_"),
                    written: row.written,
                    doc: row.doc.clone(),
                    siblings: Vec::new(),
                };
                (*row, wanted)
            })
        })
        .collect();
    let asked: Vec<Wanted> = wanted.iter().map(|(_, wanted)| wanted.clone()).collect();
    if !shape.fields.is_empty() {
        place::adopt(&asked, shape, &dialect.wire, known, page);
    }
    let found = place::place(&asked, shape, &dialect.wire);
    let home = place::subject(shape, &dialect.wire);
    for (number, (row, wanted)) in wanted.iter().enumerate() {
        let path = match &found[number] {
            Some(path) => path.clone(),
            None => {
                let twice = (0..number).any(|other| asked[other].name == wanted.name);
                if twice {
                    diagnostics.push(Code::DuplicateParameter, row.span, format!("{} stands in this table more often than in the samples", wanted.name), "the other rows describe it");
                    continue;
                }
                diagnostics.push(Code::UnplacedField, row.span, format!("{} is in no sample", wanted.name), format!("it was put into {}", if home.is_empty() { "the answer".to_owned() } else { home.join(".") }));
                let mut path = home.clone();
                path.push(wanted.name.clone());
                if let Some(parent) = shape.get_mut(&home) {
                    parent.fields.entry(wanted.name.clone()).or_insert_with(|| Shape {
                        documented_only: true,
                        empty: true,
                        ..Shape::default()
                    });
                }
                path
            }
        };
        out.entry(path).or_insert(Annotation {
            row,
            required: Required::False,
            inherited: false,
            typed: true,
        });
    }
    inherit(&mut out, rows, shape);
    out
}

/// A row also describes the fields of its name in other objects, where no row of their own does and the kind fits.
fn inherit<'a>(out: &mut Annotations<'a>, rows: &[&'a ParamRow], shape: &Shape) {
    fn walk<'a>(shape: &Shape, path: &mut Path, rows: &[&'a ParamRow], out: &mut Annotations<'a>) {
        if path.len() > 24 {
            return;
        }
        for (key, field) in &shape.fields {
            path.push(key.clone());
            if !out.contains_key(path) {
                let mut named = rows.iter().filter(|row| row.names.len() == 1 && row.names[0] == *key);
                let object = |row: &ParamRow| matches!(row.written, Some(WrittenType::Object | WrittenType::Array));
                if let (Some(row), None) = (named.next(), named.next())
                    && row.written.is_some()
                    && object(row) != field.fields.is_empty()
                {
                    out.insert(
                        path.clone(),
                        Annotation {
                            row,
                            required: Required::False,
                            inherited: true,
                            typed: true,
                        },
                    );
                }
            }
            walk(field, path, rows, out);
            path.pop();
        }
    }
    walk(shape, &mut Path::new(), rows, out);
}

/// `root.customer[].mobile`.
fn at(path: &[String], shape: &Shape) -> String {
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

fn param(param: &Resolved<'_>, body: &Shape, dialect: &Dialect, sources: &Sources, diagnostics: &mut Diagnostics) -> Param {
    let row = param.row;
    let shape = param.path.as_ref().and_then(|path| body.get(path)).cloned().unwrap_or_default();
    let mut values = if param.expanded { Vec::new() } else { row.values.clone() };
    let mut ty = if !shape.fields.is_empty() {
        "any".to_owned()
    } else if param.expanded {
        match types::scalar(&param.name, &shape, None, &dialect.names, diagnostics) {
            Scalars::Plain(name) => name.to_owned(),
            Scalars::Values(_) => "string".to_owned(),
        }
    } else {
        let single = (row.names.len() == 1).then_some(row);
        match types::scalar(&param.name, &shape, single, &dialect.names, diagnostics) {
            Scalars::Plain(name) => name.to_owned(),
            Scalars::Values(_) => "string".to_owned(),
        }
    };
    if !param.presets.is_empty() {
        let flags = param.presets.iter().all(|preset| preset == "true" || preset == "false");
        if flags {
            "boolean".clone_into(&mut ty);
        } else {
            values.clone_from(&param.presets);
            "string".clone_into(&mut ty);
        }
    }
    if row.written == Some(WrittenType::Array) && shape.fields.is_empty() {
        ty = format!("list<{ty}>");
    }
    Param {
        name: param.name.clone(),
        place: param.place,
        at: param.path.as_ref().map(|path| at(path, body)).or_else(|| param.part_of.clone()),
        ty,
        required: if param.part_of.is_some() { Required::False } else { param.required },
        group: param.group.clone(),
        when: param.when.clone(),
        values,
        default: row.default.clone(),
        format: row.format.clone(),
        limit: row.limit.clone(),
        doc: row.doc.clone(),
        source: source(row.span, sources),
        also: param.also.iter().map(|span| source(*span, sources)).collect(),
    }
}

/// Headers that the index lists.
pub fn headers(rows: &[ParamRow], sources: &Sources) -> Vec<Param> {
    let mut out: Vec<Param> = Vec::new();
    for row in rows {
        for name in &row.names {
            if out.iter().any(|known| known.name.eq_ignore_ascii_case(name)) || name.contains(' ') {
                continue;
            }
            out.push(Param {
                name: name.clone(),
                place: In::Header,
                at: None,
                ty: "string".to_owned(),
                required: if row.mark.is_empty() { Required::False } else { Required::True },
                group: Vec::new(),
                when: None,
                values: row.values.clone(),
                default: row.default.clone(),
                format: None,
                limit: None,
                doc: row.doc.clone(),
                source: source(row.span, sources),
                also: Vec::new(),
            });
        }
    }
    out
}

/// Query keys of the URLs, and placeholders of the path, that no row describes.
fn undocumented(context: &Context<'_>, params: &[Param], body: &Shape, sources: &Sources, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Vec<Param> {
    let fold = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    let mut out: Vec<Param> = Vec::new();
    let mut add = |name: &str, place: In, value: &str, span: Span, out: &mut Vec<Param>| {
        let known = params.iter().chain(out.iter()).any(|param| fold(&param.name) == fold(name) && param.at.is_none());
        let placeholder = dialect.placeholders.names.contains(&name.to_lowercase()) && value.contains('{');
        if known || placeholder || name == dialect.wire.format_query {
            return;
        }
        let inner = value.trim_matches(['{', '}', '(', ')']);
        let listed: Vec<String> = if value.starts_with('{') && inner.contains(['/', ',']) {
            inner.split(['/', ',']).map(str::trim).filter(|word| !word.is_empty() && word.len() < 40).map(str::to_owned).collect()
        } else {
            Vec::new()
        };
        let mut shape = Shape::default();
        let samples: Vec<&str> = if listed.is_empty() && !value.contains('{') { vec![value] } else { listed.iter().map(String::as_str).collect() };
        shape.scalars = samples.iter().filter(|text| !text.is_empty()).map(|text| super::shape::Scalar::Text((*text).to_owned())).collect();
        let ty = match types::scalar(name, &shape, None, &dialect.names, &mut Diagnostics::default()) {
            Scalars::Plain(name) => name.to_owned(),
            Scalars::Values(_) => "string".to_owned(),
        };
        diagnostics.push(Code::UndocumentedQuery, span, format!("{name} is in this URL, but in no table"), "it was taken from the URL");
        out.push(Param {
            name: name.to_owned(),
            place,
            at: None,
            ty,
            required: if place == In::Path || value.matches('{').count() > 1 { Required::True } else { Required::False },
            group: Vec::new(),
            when: None,
            values: listed,
            default: None,
            format: None,
            limit: None,
            doc: String::new(),
            source: source(span, sources),
            also: Vec::new(),
        });
    };
    let path_span = context.endpoint.urls.first().map_or(context.operation.span, |(_, span)| *span);
    for segment in context.endpoint.path.split('/') {
        if let Some(name) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            add(name, In::Path, "", path_span, &mut out);
        }
    }
    for (url, span) in &context.endpoint.urls {
        for (key, value) in &url.query {
            // A sample URL of a request with a body may repeat a field of it.
            if body.fields.is_empty() || !params.iter().any(|param| param.place == In::Body && param.name == *key) {
                add(key, In::Query, value, *span, &mut out);
            }
        }
    }
    out
}

fn formats(facts: &OperationFacts, page: &PageFacts, endpoint: &Endpoint, dialect: &Dialect) -> Vec<Format> {
    let pick = |text: &str| {
        let lower = text.to_lowercase();
        let mut out = Vec::new();
        if lower.contains("json") {
            out.push(Format::Json);
        }
        if lower.contains("xml") {
            out.push(Format::Xml);
        }
        out
    };
    let stated = facts.formats.as_ref().map(|said| pick(&said.text)).unwrap_or_default();
    if !stated.is_empty() {
        return stated;
    }
    let no_xml = page.intro.iter().any(|said| {
        let lower = said.text.to_lowercase();
        lower.contains("xml") && lower.contains("not supported")
    });
    let shown = |format: Format| facts.samples.iter().any(|sample| sample.role != Role::Url && sample.format == Some(format));
    let by_query = endpoint.urls.iter().any(|(url, _)| url.query.iter().any(|(key, _)| *key == dialect.wire.format_query));
    if no_xml || (!by_query && shown(Format::Json) && !shown(Format::Xml)) {
        return vec![Format::Json];
    }
    vec![Format::Json, Format::Xml]
}

fn samples(facts: &OperationFacts, sources: &Sources) -> Vec<Sample> {
    facts
        .samples
        .iter()
        .map(|sample| {
            let urls: Vec<String> = if sample.role == Role::Url {
                sample.body.lines().map(str::trim).filter(|line| line.contains("://")).map(str::to_owned).collect()
            } else {
                Vec::new()
            };
            let state = match (&sample.parsed, sample.role) {
                (_, Role::Url) if urls.is_empty() => State::Unreadable,
                (_, Role::Url) => {
                    let tidy = sample.body.lines().filter(|line| !line.trim().is_empty()).count() == urls.len() && urls.iter().all(|url| !url.contains(' '));
                    if tidy { State::Ok } else { State::Repaired }
                }
                (Some(parsed), _) if parsed.is_strict() => State::Ok,
                (Some(_), _) => State::Repaired,
                (None, _) => State::Unreadable,
            };
            let label = match (&sample.label, &sample.remark) {
                (_, Some(remark)) if sample.role != Role::Url => Some(remark.clone()),
                (Some(label), _) => label.split_once('(').map(|(_, rest)| rest.trim_end_matches(')').trim().to_owned()),
                _ => None,
            };
            Sample {
                role: sample.role,
                format: sample.format,
                source: source(sample.span, sources),
                state,
                fragment: sample.parsed.as_ref().is_some_and(|parsed| parsed.fragment),
                label,
                urls,
            }
        })
        .collect()
}
