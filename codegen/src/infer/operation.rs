//! One operation: endpoint, parameters, messages, samples.

use heck::ToUpperCamelCase;
use indexmap::IndexMap;

use super::annotate::{request_annotations, response_annotations};
use super::annotation::Annotations;
use super::context::{Context, Lore};
use super::endpoint::Endpoint;
use super::message::{Content, take_first};
use super::naming::{slug, spoken};
use super::place::Path;
use super::shape::Shape;
use super::stage::Stage;
use super::types::Builder;
use super::undocumented::undocumented;
use super::work::Work;
use super::{
    conditions, defs, effect, encoding, exceptions, fit, objects, outside, params, rules, stated,
    traits,
};
use crate::claims::{Basis, Decision, Facet, Place, Side};
use crate::read::facts::{OperationFacts, PageFacts, Role};
use crate::slate::source::Span;
use crate::spec::{Bases, Operation, Param, Sample, State, TypeDef};

/// Where an operation belongs.
#[derive(Clone, Copy)]
pub struct Home<'a> {
    /// Its entity.
    pub entity: &'a str,
    /// The host family.
    pub host: &'a str,
    /// Who names it.
    pub host_decision: Option<&'a Decision>,
    /// The page.
    pub page: &'a PageFacts,
    /// Its number.
    pub number: usize,
}

/// Makes the spec of an operation.
pub fn finish(
    mut work: Work<'_>,
    home: Home<'_>,
    lore: &Lore<'_>,
    types: &mut IndexMap<String, TypeDef>,
    stage: &mut Stage<'_>,
) -> (Operation, Vec<Content>) {
    let (facts, dialect) = (work.facts, stage.dialect);
    let rules = rules::rules(facts, dialect, stage.diagnostics);
    let context = Context {
        lore: *lore,
        operation: facts,
        endpoint: &work.endpoint,
        dialect,
        rules: &rules,
    };
    let resolved = params::resolve(&context, &mut work.request, stage);
    let base = base(facts, types, stage);
    let called = (facts, work.endpoint.method == "POST");
    let mut annotations = request_annotations(&resolved, &work.request, dialect);
    objects::annotate(
        Role::Request,
        called,
        lore.objects,
        &mut work.request,
        &mut annotations,
    );
    let request = Message {
        name: format!("{base}Request"),
        section: facts.span,
        side: Side::Request,
        annotations: &annotations,
        lore,
        texts: encoding::is_shown_as_form(facts),
        files: encoding::files(facts, lore.headers),
    };
    let request = request.build(&mut work.request, &mut work.contents, types, stage);
    let mut annotations = response_annotations(facts, &mut work.response, lore, stage);
    objects::annotate(
        Role::Response,
        called,
        lore.objects,
        &mut work.response,
        &mut annotations,
    );
    let response = Message {
        name: format!("{base}Response"),
        section: facts.span,
        side: Side::Response,
        annotations: &annotations,
        lore,
        texts: false,
        files: None,
    };
    let response = response.build(&mut work.response, &mut work.contents, types, stage);
    let whole = |name: String, shape: &Shape| {
        if shape.list {
            format!("list<{name}>")
        } else {
            name
        }
    };
    let response = response.map(|name| whole(name, &work.response));
    fit::leave_out(&mut work.contents, request.as_deref(), types);
    let mut params: Vec<Param> = Vec::new();
    for param in &resolved {
        let root = request.as_ref().zip(param.path.as_deref());
        let in_tree = root
            .and_then(|(root, path)| defs::type_at(types, root, path))
            .map(str::to_owned);
        let param = outside::param(param, &work.request, in_tree.as_deref(), &context, stage);
        params.push(param);
    }
    params.extend(stated::alternatives(&context, &params, stage));
    params.extend(undocumented(&context, &params, &work.request, stage));
    params.extend(stated::flags(facts, &work.response, &params, stage));
    stated::unique(&mut params, facts, stage);
    let mut all = conditions::rules(facts, &rules, &resolved, &params, stage.sources);
    all.extend(exceptions::rules(
        facts,
        &params,
        dialect,
        stage.diagnostics,
    ));
    let Endpoint { method, path, .. } = &work.endpoint;
    let (effect, effect_when) =
        effect::effect((method, work.endpoint.method_basis), path, &params, dialect);
    let place = Place::whole(facts.span);
    if let Some(method) = stage.ledger.of(&place, Facet::Method).cloned() {
        let decision = effect::decision(effect, &method);
        stage.ledger.note(place.clone(), Facet::Effect, decision);
    }
    if let Some(host) = home.host_decision {
        stage.ledger.note(place, Facet::Host, host.clone());
    }
    let traits = traits::read(facts, home.page, &work.endpoint, lore.formats, stage);
    let encoding = request
        .as_ref()
        .and_then(|_| encoding::decide(facts, lore.headers, stage));
    let operation = Operation {
        id: format!("{}.{}", home.entity, slug(&facts.title, home.entity, false)),
        title: facts.title.clone(),
        doc: facts.doc.clone(),
        source: stage.source(facts.span),
        request_line: work.endpoint.line.map(|line| stage.source(line)),
        method: method.clone(),
        basis: basis(&[
            (Facet::Method, work.endpoint.method_basis),
            (Facet::Path, work.endpoint.path_basis),
            (Facet::Formats, traits.formats_basis),
            (
                Facet::Encoding,
                encoding.map_or(Basis::Stated, |(_, basis)| basis),
            ),
        ]),
        path: path.clone(),
        suffix: work.endpoint.suffix.clone(),
        host: home.host.to_owned(),
        alternatives: work.endpoint.alternatives.clone(),
        auth: traits.auth,
        auth_scheme: traits.auth_scheme,
        batch: traits.batch,
        rate_limited: traits.rate_limited,
        rate_limit: traits.rate_limit,
        effect,
        effect_when,
        formats: traits.formats,
        format_query: traits.format_query,
        encoding: encoding.map(|(encoding, _)| encoding),
        params,
        rules: all,
        request: request.map(|name| whole(name, &work.request)),
        response,
        samples: samples(facts, stage),
    };
    (operation, work.contents)
}

/// What the names of the types of an operation begin with.
fn base(facts: &OperationFacts, types: &IndexMap<String, TypeDef>, stage: &Stage<'_>) -> String {
    let base = spoken(&facts.title).to_upper_camel_case();
    let base: String = base.chars().filter(char::is_ascii_alphanumeric).collect();
    let taken = |end: &str| types.contains_key(&format!("{base}{end}"));
    if taken("Request") || taken("Response") {
        format!("{base}{}", stage.sources.line(facts.span))
    } else {
        base
    }
}

/// A message whose types are to be built.
struct Message<'a> {
    name: String,
    section: Span,
    side: Side,
    annotations: &'a Annotations<'a>,
    lore: &'a Lore<'a>,
    /// Whether it is a form.
    texts: bool,
    /// The fields that hold files, where it is a form in parts.
    files: Option<Vec<Path>>,
}

impl Message<'_> {
    /// Builds the types. `None` where nothing is known of the message.
    fn build(
        self,
        shape: &mut Shape,
        contents: &mut [Content],
        types: &mut IndexMap<String, TypeDef>,
        stage: &mut Stage<'_>,
    ) -> Option<String> {
        let of_values = shape.list && !shape.scalars.is_empty();
        if shape.fields.is_empty() && !of_values {
            return None;
        }
        let mut builder = Builder {
            prefix: self.name.clone(),
            section: self.section,
            side: self.side,
            annotations: self.annotations,
            elsewhere: self.lore.elsewhere,
            hints: &stage.dialect.names,
            types,
            texts: self.texts,
            files: self.files,
            stray: Vec::new(),
        };
        if shape.fields.is_empty() {
            return Some(builder.plain(shape, stage));
        }
        builder.message(shape, stage);
        let stray = builder.stray;
        one_value(shape, &stray);
        let role = match self.side {
            Side::Response => Role::Response,
            _ => Role::Request,
        };
        take_first(contents, role, &stray);
        Some(self.name)
    }
}

/// What facts rest on that the docs do not state.
fn basis(facts: &[(Facet, Basis)]) -> Bases {
    let guessed = facts.iter().filter(|(_, basis)| *basis != Basis::Stated);
    guessed
        .map(|(facet, basis)| (facet.key().to_owned(), *basis))
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

fn samples(facts: &OperationFacts, stage: &Stage<'_>) -> Vec<Sample> {
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
                source: stage.source(sample.span),
                state,
                fragment: sample.parsed.as_ref().is_some_and(|parsed| parsed.fragment),
                label,
                urls,
            }
        })
        .collect()
}
