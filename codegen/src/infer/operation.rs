//! One operation: endpoint, parameters, messages, samples.

use indexmap::IndexMap;

use super::effect;
use super::endpoint::{self, Endpoint};
use super::message::{self, Content, Known};
use super::params::{self, Context, Resolved};
use super::place::{self, Copies, Path, Wanted, singular};
use super::rules;
use super::shape::Shape;
use super::types::{Annotation, Annotations, Builder, Evidence, Scalars};
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

impl Work<'_> {
    /// Names that the tables of the request, and of the answer, state to be no objects.
    #[must_use]
    pub fn documented_scalars(&self) -> [Vec<String>; 2] {
        let names = |answer: bool| {
            self.facts
                .tables
                .iter()
                .filter(|table| (table.kind == HeadingKind::Response) == answer)
                .flat_map(|table| &table.rows)
                .filter(|row| row.written.is_some_and(|written| !matches!(written, WrittenType::Object | WrittenType::Array)))
                .flat_map(|row| row.names.clone())
                .collect()
        };
        [names(false), names(true)]
    }

    /// Takes in what this operation shows and states of names.
    pub fn testify(&self, evidence: &mut Evidence) {
        for row in self.facts.tables.iter().flat_map(|table| &table.rows) {
            evidence.row(row);
        }
        evidence.shape(&self.request);
        evidence.shape(&self.response);
    }

    /// Notes where the rows of this operation stand.
    pub fn note_places(&self, copies: &mut Copies, dialect: &Dialect) {
        for answer in [false, true] {
            let rows: Vec<Wanted> = self
                .facts
                .tables
                .iter()
                .filter(|table| (table.kind == HeadingKind::Response) == answer)
                .flat_map(|table| &table.rows)
                .filter(|row| row.names.len() == 1 && row.preset.is_none())
                .map(|row| Wanted {
                    name: row.names[0].clone(),
                    written: row.written,
                    doc: row.doc.clone(),
                    siblings: Vec::new(),
                    copies: Vec::new(),
                })
                .collect();
            copies.note(answer, &rows, if answer { &self.response } else { &self.request }, &dialect.wire);
        }
    }
}

/// An operation whose section shows no answer has that of another one of the same call.
pub fn lend_answers(works: &mut [Work<'_>]) {
    for at in 0..works.len() {
        let documents = works[at].facts.tables.iter().any(|table| table.kind == HeadingKind::Response);
        if !works[at].response.fields.is_empty() || !documents {
            continue;
        }
        let lender = works.iter().position(|other| other.endpoint.path == works[at].endpoint.path && other.endpoint.method == works[at].endpoint.method && !other.response.fields.is_empty());
        if let Some(lender) = lender {
            works[at].response = works[lender].response.clone();
        }
    }
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
    if request {
        return;
    }
    // Beside other members of the answer, too.
    for root in shape.fields.values_mut() {
        for (wrapper, items) in &mut root.fields {
            for (key, item) in &mut items.fields {
                item.list |= singular(wrapper) == *key && wrapper != key && !item.fields.is_empty();
            }
        }
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

/// What the other operations tell.
#[derive(Clone, Copy)]
pub struct Lore<'a> {
    /// Fields of all messages.
    pub known: &'a [Known; 2],
    /// Where the rows of the page stand.
    pub copies: &'a Copies,
    /// What the page knows of names.
    pub evidence: &'a Evidence,
}

/// Makes the spec of an operation.
#[expect(clippy::too_many_arguments, reason = "all that an operation is made of")]
pub fn finish(
    mut work: Work<'_>,
    entity: &str,
    host: &str,
    page: (usize, &PageFacts),
    lore: &Lore<'_>,
    dialect: &Dialect,
    sources: &Sources,
    types: &mut IndexMap<String, TypeDef>,
    diagnostics: &mut Diagnostics,
) -> (Operation, Vec<Content>) {
    let facts = work.facts;
    let (number, page) = page;
    let rules = rules::rules(facts, dialect, diagnostics);
    let Lore { known, copies, evidence } = *lore;
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
    let base = if types.contains_key(&format!("{base}Request")) || types.contains_key(&format!("{base}Response")) { format!("{base}{}", sources.line(facts.span)) } else { base };
    let annotations = request_annotations(&resolved, &work.request, dialect);
    let (mut request, mut response) = (None, None);
    if !work.request.fields.is_empty() {
        let prefix = format!("{base}Request");
        let mut builder = Builder { prefix: prefix.clone(), annotations: &annotations, hints: &dialect.names, evidence, sources, types };
        builder.message(&work.request, diagnostics);
        request = Some(prefix);
    }
    let answers: Vec<&ParamRow> = facts.tables.iter().filter(|table| table.kind == HeadingKind::Response).flat_map(|table| &table.rows).collect();
    let answer_annotations = response_annotations(&answers, &mut work.response, lore, number, dialect, diagnostics);
    if !work.response.fields.is_empty() {
        let prefix = format!("{base}Response");
        let mut builder = Builder { prefix: prefix.clone(), annotations: &answer_annotations, hints: &dialect.names, evidence, sources, types };
        builder.message(&work.response, diagnostics);
        response = Some(prefix);
    }
    let mut params: Vec<Param> = resolved
        .iter()
        .map(|param| {
            let path = param.path.as_deref();
            let in_tree = path.zip(request.as_ref()).and_then(|(path, root)| types::type_at(types, root, path)).map(str::to_owned);
            self::param(param, &work.request, in_tree.as_deref(), &context, evidence, sources)
        })
        .collect();
    params.extend(undocumented(&context, &params, &work.request, evidence, sources, dialect, diagnostics));
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
                let (one_of, all_of) = if meaning.any { (names, Vec::new()) } else { (Vec::new(), names) };
                let rule = Rule {
                    one_of,
                    all_of,
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

fn request_annotations<'a>(resolved: &[Resolved<'a>], shape: &Shape, dialect: &Dialect) -> Annotations<'a> {
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
    inherit(&mut out, &rows, shape, dialect);
    out
}

fn response_annotations<'a>(rows: &[&'a ParamRow], shape: &mut Shape, lore: &Lore<'_>, page: usize, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Annotations<'a> {
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
                    copies: lore.copies.of(true, name, &row.doc),
                };
                (*row, wanted)
            })
        })
        .collect();
    let asked: Vec<Wanted> = wanted.iter().map(|(_, wanted)| wanted.clone()).collect();
    if !shape.fields.is_empty() {
        place::adopt(&asked, shape, &dialect.wire, [&lore.known[1], &lore.known[0]], page);
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
                let before = found[..number].iter().flatten().next_back().map(|path| path[..path.len() - 1].to_vec());
                let object = matches!(row.written, Some(WrittenType::Object | WrittenType::Array));
                let in_outcome = |path: &Path| path.iter().any(|key| *key == dialect.wire.status || *key == dialect.wire.item_status);
                let home = before.filter(|path| !object && !in_outcome(path)).unwrap_or_else(|| home.clone());
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
    inherit(&mut out, rows, shape, dialect);
    out
}

/// A row also describes the fields of its name in the other objects that its description speaks of.
fn inherit<'a>(out: &mut Annotations<'a>, rows: &[&'a ParamRow], shape: &Shape, dialect: &Dialect) {
    fn walk<'a>(shape: &Shape, path: &mut Path, rows: &[&'a ParamRow], out: &mut Annotations<'a>, dialect: &Dialect) {
        if path.len() > 24 {
            return;
        }
        for (key, field) in &shape.fields {
            if *key == dialect.wire.status || *key == dialect.wire.item_status {
                continue;
            }
            path.push(key.clone());
            if !out.contains_key(path) {
                let object = |row: &ParamRow| matches!(row.written, Some(WrittenType::Object | WrittenType::Array));
                let speaks = |row: &&&'a ParamRow| {
                    let named = row.names.len() == 1 && row.names[0] == *key;
                    named && row.written.is_some() && object(row) != field.fields.is_empty() && place::affinity(&row.doc, &path[..path.len() - 1]) > 0.0
                };
                if let Some(row) = rows.iter().find(speaks) {
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
            walk(field, path, rows, out, dialect);
            path.pop();
        }
    }
    walk(shape, &mut Path::new(), rows, out, dialect);
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

fn param(param: &Resolved<'_>, body: &Shape, in_tree: Option<&str>, context: &Context<'_>, evidence: &Evidence, sources: &Sources) -> Param {
    let (row, dialect) = (param.row, context.dialect);
    let mut values = if param.expanded { Vec::new() } else { row.values.clone() };
    // A parameter of the body has the type of its field.
    let mut ty = match in_tree {
        Some(ty) => ty.to_owned(),
        None => outside_type(param, context, evidence),
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
    let _ = dialect;
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

/// The type of a parameter outside of the body: by its row, or else by the URLs, its description, and what the entity
/// knows of its name.
fn outside_type(param: &Resolved<'_>, context: &Context<'_>, evidence: &Evidence) -> String {
    let (row, hints) = (param.row, &context.dialect.names);
    let lower = param.name.to_lowercase();
    let mut shape = Shape::default();
    let shown = context.endpoint.urls.iter().filter(|(url, _)| !url.host.starts_with('{')).flat_map(|(url, _)| &url.query);
    for (_, value) in shown.filter(|(key, value)| *key == param.name && !value.contains('{') && !value.is_empty()) {
        shape.scalars.push(super::shape::Scalar::Text(value.clone()));
    }
    let single = (row.names.len() == 1 && !param.expanded).then_some(row);
    if single.is_none_or(|row| row.written.is_none() && row.values.is_empty()) && !param.expanded {
        let doc = row.doc.replace('`', "");
        let example = |value: &str| doc.contains(&format!("{}={value}", param.name));
        let flag = row.default.as_deref().is_some_and(|default| default == "true" || default == "false");
        let number = doc.split(&format!("{}=", param.name)).skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if shape.scalars.is_empty() && row.format.is_none() {
            if example("true") || example("false") || flag {
                return "boolean".to_owned();
            }
            if number || hints.count.contains(&lower) {
                return "integer".to_owned();
            }
            if evidence.of(&lower).is_none_or(|known| known.documented.is_none() && known.shown.is_none()) && lower.ends_with("_date") {
                return "date".to_owned();
            }
        }
        if row.format.is_some() {
            shape.scalars.clear();
        }
    }
    // A sample of several values says nothing against the type of one.
    shape.scalars.retain(|scalar| !matches!(scalar, super::shape::Scalar::Text(text) if text.contains([',', '%', '+'])));
    let question = types::Question {
        name: &param.name,
        shape: &shape,
        row: single,
        beside: &[],
        evidence,
    };
    let ty = match types::scalar(&question, hints, &mut Diagnostics::default()) {
        Scalars::Plain(name) => name.to_owned(),
        Scalars::Values(_) => "string".to_owned(),
    };
    if row.written == Some(WrittenType::Array) { format!("list<{ty}>") } else { ty }
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
fn undocumented(context: &Context<'_>, params: &[Param], body: &Shape, evidence: &Evidence, sources: &Sources, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Vec<Param> {
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
        let question = types::Question {
            name,
            shape: &shape,
            row: None,
            beside: &[],
            evidence,
        };
        let ty = match types::scalar(&question, &dialect.names, &mut Diagnostics::default()) {
            Scalars::Plain(name) => name.to_owned(),
            Scalars::Values(_) => "string".to_owned(),
        };
        // What every request URL has, with a value to fill in, is needed.
        let stated: Vec<bool> = context.endpoint.urls.iter().filter(|(url, _)| url.host.starts_with('{')).map(|(url, _)| url.query.iter().any(|(key, _)| key == name)).collect();
        let fixed = !stated.is_empty() && stated.iter().all(|has| *has);
        diagnostics.push(Code::UndocumentedQuery, span, format!("{name} is in this URL, but in no table"), "it was taken from the URL");
        out.push(Param {
            name: name.to_owned(),
            place,
            at: None,
            ty,
            required: if place == In::Path || (fixed && value.contains('{')) { Required::True } else { Required::False },
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
        // A sample of another path shows another call's parameters.
        if !url.host.is_empty() && !same_path(url, context.endpoint) {
            continue;
        }
        for (key, value) in &url.query {
            // A sample URL of a request with a body may repeat a field of it.
            if body.fields.is_empty() || !params.iter().any(|param| param.place == In::Body && param.name == *key) {
                add(key, In::Query, value, *span, &mut out);
            }
        }
    }
    out
}

/// True when a URL has a path of the operation, versions aside.
fn same_path(url: &crate::read::url::Url, endpoint: &Endpoint) -> bool {
    let paths = std::iter::once(&endpoint.path).chain(endpoint.alternatives.iter().map(|other| &other.path));
    let literal = |segment: &str| !segment.starts_with('{');
    for path in paths {
        let own: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let last = own.iter().rev().zip(url.segments.iter().rev());
        let differ = last.filter(|(a, b)| literal(a) && literal(b) && !a.eq_ignore_ascii_case(b)).count();
        if differ <= 1 && own.len().abs_diff(url.segments.len()) <= 1 {
            return true;
        }
    }
    false
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
