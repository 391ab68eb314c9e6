//! One operation: endpoint, parameters, messages, samples.

use heck::ToUpperCamelCase;
use indexmap::IndexMap;

use super::annotation::Told;
use super::context::{Context, Lore};
use super::message::{Content, take_first};
use super::naming::{slug, spoken};
use super::place::Path;
use super::shape::Shape;
use super::stage::Stage;
use super::types::Builder;
use super::undocumented::undocumented;
use super::work::Work;
use super::{
    annotate, conditions, defs, effect, encoding, exceptions, fit, objects, outside, params, rules,
    stated, traits,
};
use crate::claims::{Basis, Decision, Facet, Place, Side, Witness};
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

/// Makes the spec of an operation, and the contents of its samples as they have to be.
pub fn finish(
    work: Work<'_>,
    home: Home<'_>,
    lore: &Lore<'_>,
    types: &mut IndexMap<String, TypeDef>,
    stage: &mut Stage<'_>,
) -> (Operation, Vec<Content>) {
    let Work {
        facts,
        endpoint,
        request,
        response,
        contents,
    } = work;
    let dialect = stage.dialect;
    let rules = rules::rules(facts, dialect, stage.diagnostics);
    let context = Context {
        lore: *lore,
        operation: facts,
        endpoint: &endpoint,
        dialect,
        rules: &rules,
    };
    let (resolved, body) = params::resolve(&context, request, stage);
    let base = base(facts, types, stage);
    let called = (facts, endpoint.method == "POST");
    let told = annotate::request(&resolved, body, dialect);
    let request = Message {
        name: format!("{base}Request"),
        section: facts.span,
        side: Side::Request,
        told: objects::annotate(Role::Request, called, lore.objects, told),
        lore,
        texts: encoding::is_shown_as_form(facts),
        files: encoding::files(facts, lore.headers),
    };
    let request = request.build(types, stage);
    let told = annotate::response(facts, response, lore, stage);
    let response = Message {
        name: format!("{base}Response"),
        section: facts.span,
        side: Side::Response,
        told: objects::annotate(Role::Response, called, lore.objects, told),
        lore,
        texts: false,
        files: None,
    };
    let response = response.build(types, stage);
    let contents = take_first(contents, Role::Request, &request.single);
    let contents = take_first(contents, Role::Response, &response.single);
    let contents = fit::leave_out(contents, request.name.as_deref(), types);
    let mut params: Vec<Param> = Vec::new();
    for param in &resolved {
        let root = request.name.as_ref().zip(param.path.as_deref());
        let in_tree = root
            .and_then(|(root, path)| defs::type_at(types, root, path))
            .map(str::to_owned);
        let param = outside::param(param, &request.shape, in_tree.as_deref(), &context, stage);
        params.push(param);
    }
    params.extend(stated::alternatives(&context, &params, stage));
    params.extend(undocumented(&context, &params, &request.shape, stage));
    params.extend(stated::flags(facts, &response.shape, &params, stage));
    let params = stated::unique(params, facts, stage);
    let mut all = conditions::rules(facts, &rules, &resolved, &params, stage.sources);
    all.extend(exceptions::rules(
        facts,
        &params,
        dialect,
        stage.diagnostics,
    ));
    let (effect, effect_when) = effect::effect(
        (&endpoint.method, endpoint.method_basis),
        &endpoint.path,
        &params,
        dialect,
    );
    let place = Place::whole(facts.span);
    if let Some(method) = stage.ledger.of(&place, Facet::Method).cloned() {
        let decision = effect::decision(effect, &method);
        stage.ledger.note(place.clone(), Facet::Effect, decision);
    }
    if let Some(host) = home.host_decision {
        stage.ledger.note(place.clone(), Facet::Host, host.clone());
    }
    let (title, by) = (&facts.title, Witness::Heading);
    stage
        .ledger
        .state(place, Facet::Title, title, by, facts.span);
    let traits = traits::read(facts, home.page, &endpoint, lore.formats, stage);
    let sends = request.name.is_some();
    let encoding = sends.then(|| encoding::decide(facts, lore.headers, stage));
    let encoding = encoding.flatten();
    let operation = Operation {
        id: format!("{}.{}", home.entity, slug(&facts.title, home.entity, false)),
        title: facts.title.clone(),
        doc: facts.doc.clone(),
        source: stage.source(facts.span),
        request_line: endpoint.line.map(|line| stage.source(line)),
        basis: basis(&[
            (Facet::Method, endpoint.method_basis),
            (Facet::Path, endpoint.path_basis),
            (Facet::Formats, traits.formats_basis),
            (
                Facet::Encoding,
                encoding.map_or(Basis::Stated, |(_, basis)| basis),
            ),
        ]),
        method: endpoint.method,
        path: endpoint.path,
        suffix: endpoint.suffix,
        host: home.host.to_owned(),
        alternatives: endpoint.alternatives,
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
        request: request.ty(),
        response: response.ty(),
        samples: samples(facts, stage),
    };
    (operation, contents)
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
    told: Told<'a>,
    lore: &'a Lore<'a>,
    /// Whether it is a form.
    texts: bool,
    /// The fields that hold files, where it is a form in parts.
    files: Option<Vec<Path>>,
}

/// A message whose types are built.
struct Built {
    /// Name of its type. `None` where nothing is known of it.
    name: Option<String>,
    /// What it has, with one value where the types have one.
    shape: Shape,
    /// Places that have one value by their type, and a list in a sample.
    single: Vec<Path>,
}

impl Built {
    /// The type, or that of a list of them.
    fn ty(self) -> Option<String> {
        let list = self.shape.list;
        self.name
            .map(|name| if list { format!("list<{name}>") } else { name })
    }
}

impl Message<'_> {
    /// Builds the types.
    fn build(self, types: &mut IndexMap<String, TypeDef>, stage: &mut Stage<'_>) -> Built {
        let Told { shape, annotations } = self.told;
        let of_values = shape.list && !shape.scalars.is_empty();
        if shape.fields.is_empty() && !of_values {
            return Built {
                name: None,
                shape,
                single: Vec::new(),
            };
        }
        let mut builder = Builder {
            prefix: self.name.clone(),
            section: self.section,
            side: self.side,
            annotations: &annotations,
            elsewhere: self.lore.elsewhere,
            hints: &stage.dialect.names,
            types,
            texts: self.texts,
            files: self.files,
            stray: Vec::new(),
        };
        let name = if shape.fields.is_empty() {
            builder.plain(&shape, stage)
        } else {
            builder.message(&shape, stage);
            self.name
        };
        let single = builder.stray;
        Built {
            name: Some(name),
            shape: one_value(shape, &single),
            single,
        }
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
fn one_value(mut shape: Shape, places: &[Path]) -> Shape {
    for place in places {
        if let Some(field) = shape.get_mut(place) {
            field.list = false;
        }
    }
    shape
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
