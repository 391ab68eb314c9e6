//! One operation: endpoint, parameters, messages, samples.

use super::annotate::{request_annotations, response_annotations};
use super::naming::slug;
use super::outside::{param, undocumented};
use super::work::{Lore, Work, flag};
use indexmap::IndexMap;

use super::conditions;
use super::effect;
use super::endpoint::Endpoint;
use super::exceptions;
use super::message::{Content, take_first};
use super::params::{self, Context};
use super::place::Path;
use super::rules;
use super::shape::Shape;
use super::stated;
use super::types::Builder;
use super::stage::{Stage, source};
use super::types;
use crate::claims::Basis;
use crate::dialect::{Dialect, HeadingKind};
use crate::read::facts::{OperationFacts, PageFacts, ParamRow, Role};
use crate::sample::Format;
use crate::slate::source::Sources;
use crate::spec::{Operation, Param, Sample, State, TypeDef};
use heck::ToUpperCamelCase;

/// Makes the spec of an operation.
#[expect(
    clippy::too_many_arguments,
    reason = "all that an operation is made of"
)]
pub fn finish(
    mut work: Work<'_>,
    entity: &str,
    host: &str,
    page: (usize, &PageFacts),
    lore: &Lore<'_>,
    types: &mut IndexMap<String, TypeDef>,
    stage: &mut Stage<'_>,
) -> (Operation, Vec<Content>) {
    let (dialect, sources) = (stage.dialect, stage.sources);
    let diagnostics = &mut *stage.diagnostics;
    let facts = work.facts;
    let (number, page) = page;
    let rules = rules::rules(facts, dialect, diagnostics);
    let Lore {
        known,
        copies,
        evidence,
    } = *lore;
    let context = Context {
        known,
        page: number,
        copies,
        operation: facts,
        endpoint: &work.endpoint,
        dialect,
        rules: &rules,
    };
    let resolved = params::resolve(&context, &mut work.request, diagnostics);
    let base = facts.title.to_upper_camel_case();
    let base: String = base.chars().filter(char::is_ascii_alphanumeric).collect();
    let base = if types.contains_key(&format!("{base}Request"))
        || types.contains_key(&format!("{base}Response"))
    {
        format!("{base}{}", sources.line(facts.span))
    } else {
        base
    };
    let annotations = request_annotations(&resolved, &work.request, dialect);
    let (mut request, mut response) = (None, None);
    if !work.request.fields.is_empty() {
        let prefix = format!("{base}Request");
        let mut builder = Builder {
            prefix: prefix.clone(),
            annotations: &annotations,
            hints: &dialect.names,
            evidence,
            sources,
            types,
            stray: Vec::new(),
            answer: false,
        };
        builder.message(&work.request, diagnostics);
        one_value(&mut work.request, &builder.stray);
        take_first(&mut work.contents, Role::Request, &builder.stray);
        request = Some(prefix);
    }
    let answers: Vec<&ParamRow> = facts
        .tables
        .iter()
        .filter(|table| table.kind == HeadingKind::Response)
        .flat_map(|table| &table.rows)
        .collect();
    let answer_annotations = response_annotations(
        &answers,
        &mut work.response,
        lore,
        number,
        dialect,
        diagnostics,
    );
    if !work.response.fields.is_empty() {
        let prefix = format!("{base}Response");
        let mut builder = Builder {
            prefix: prefix.clone(),
            annotations: &answer_annotations,
            hints: &dialect.names,
            evidence,
            sources,
            types,
            stray: Vec::new(),
            answer: true,
        };
        builder.message(&work.response, diagnostics);
        one_value(&mut work.response, &builder.stray);
        take_first(&mut work.contents, Role::Response, &builder.stray);
        response = Some(if work.response.list {
            format!("list<{prefix}>")
        } else {
            prefix
        });
    }
    let mut params: Vec<Param> = resolved
        .iter()
        .map(|param| {
            let path = param.path.as_deref();
            let in_tree = path
                .zip(request.as_ref())
                .and_then(|(path, root)| types::type_at(types, root, path))
                .map(str::to_owned);
            self::param(
                param,
                &work.request,
                in_tree.as_deref(),
                &context,
                evidence,
                sources,
            )
        })
        .collect();
    params.extend(stated::alternatives(&context, &params, evidence, sources));
    params.extend(undocumented(
        &context,
        &params,
        &work.request,
        evidence,
        sources,
        dialect,
        diagnostics,
    ));
    params.extend(stated::flags(
        facts,
        &work.response,
        &params,
        sources,
        diagnostics,
    ));
    stated::unique(&mut params, facts, diagnostics);
    let (effect, effect_when) = effect::effect(
        (&work.endpoint.method, work.endpoint.method_basis),
        &work.endpoint.path,
        &params,
        dialect,
    );
    let auth = facts.auth.as_ref().or(page.auth.as_ref());
    let auth_text = auth.map(|said| said.text.trim().to_owned());
    let scheme = auth_text
        .as_deref()
        .filter(|text| flag(Some(text)).is_none() && !text.is_empty());
    let limit = facts.rate_limit.as_ref().and_then(|said| {
        said.text
            .split_once('(')
            .map(|(_, rest)| rest.trim_end_matches(')').trim().to_owned())
    });
    let mut rules = conditions::rules(facts, &rules, &resolved, &params, sources);
    rules.extend(exceptions::rules(facts, &params, dialect, diagnostics));
    let operation = Operation {
        id: format!("{entity}.{}", slug(&facts.title, entity, false)),
        title: facts.title.clone(),
        doc: facts.doc.clone(),
        source: source(facts.span, sources),
        method: work.endpoint.method.clone(),
        basis: basis(&work.endpoint),
        path: work.endpoint.path.clone(),
        suffix: work.endpoint.suffix.clone(),
        host: host.to_owned(),
        alternatives: work.endpoint.alternatives.clone(),
        auth: auth_text
            .as_deref()
            .and_then(|text| flag(Some(text)).or((!text.is_empty()).then_some(true))),
        auth_scheme: scheme.map(str::to_owned),
        batch: flag(facts.batch.as_ref().map(|said| said.text.as_str())),
        rate_limited: flag(facts.rate_limit.as_ref().map(|said| said.text.as_str())),
        rate_limit: limit,
        effect,
        effect_when,
        formats: formats(facts, page, &work.endpoint, dialect),
        format_query: work.endpoint.urls.iter().any(|(url, _)| {
            url.query
                .iter()
                .any(|(key, _)| *key == dialect.wire.format_query)
        }),
        params,
        rules,
        request,
        response,
        samples: samples(facts, sources),
    };
    (operation, work.contents)
}

/// What facts rest on that the docs do not state.
fn basis(endpoint: &Endpoint) -> IndexMap<String, Basis> {
    let method = ("method".to_owned(), endpoint.method_basis);
    let path = ("path".to_owned(), endpoint.path_basis);
    [method, path]
        .into_iter()
        .filter(|(_, basis)| *basis != Basis::Stated)
        .collect()
}

/// What is no list by its type is none in its place either.
fn one_value(shape: &mut Shape, places: &[Path]) {
    for place in places {
        if let Some(field) = shape.get_mut(place) {
            field.list = false;
        }
    }
}

fn formats(
    facts: &OperationFacts,
    page: &PageFacts,
    endpoint: &Endpoint,
    dialect: &Dialect,
) -> Vec<Format> {
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
    let stated = facts
        .formats
        .as_ref()
        .map(|said| pick(&said.text))
        .unwrap_or_default();
    if !stated.is_empty() {
        return stated;
    }
    let no_xml = page.intro.iter().any(|said| {
        let lower = said.text.to_lowercase();
        lower.contains("xml") && lower.contains("not supported")
    });
    let shown = |format: Format| {
        facts
            .samples
            .iter()
            .any(|sample| sample.role != Role::Url && sample.format == Some(format))
    };
    let by_query = endpoint.urls.iter().any(|(url, _)| {
        url.query
            .iter()
            .any(|(key, _)| *key == dialect.wire.format_query)
    });
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
                sample
                    .body
                    .lines()
                    .map(str::trim)
                    .filter(|line| line.contains("://"))
                    .map(str::to_owned)
                    .collect()
            } else {
                Vec::new()
            };
            let state = match (&sample.parsed, sample.role) {
                (_, Role::Url) if urls.is_empty() => State::Unreadable,
                (_, Role::Url) => {
                    let tidy = sample
                        .body
                        .lines()
                        .filter(|line| !line.trim().is_empty())
                        .count()
                        == urls.len()
                        && urls.iter().all(|url| !url.contains(' '));
                    if tidy { State::Ok } else { State::Repaired }
                }
                (Some(parsed), _) if parsed.is_strict() => State::Ok,
                (Some(_), _) => State::Repaired,
                (None, _) => State::Unreadable,
            };
            let label = match (&sample.label, &sample.remark) {
                (_, Some(remark)) if sample.role != Role::Url => Some(remark.clone()),
                (Some(label), _) => label
                    .split_once('(')
                    .map(|(_, rest)| rest.trim_end_matches(')').trim().to_owned()),
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
