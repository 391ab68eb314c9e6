//! An operation as an operation object.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::context::Context;
use super::examples::Example;
use super::object::{Object, effect, list, markdown, put, source};
use super::types::Kind;
use super::{codes, headers, parameters, schema, servers};
use crate::sample::Format;
use crate::spec::{Encoding, Entity, Operation, Required, Role, State};

/// An operation as the documentation has it, whatever else shares its method and path.
pub fn object(context: &Context<'_>, entity: &Entity, operation: &Operation, path: &str) -> Object {
    let mut out = Object::new();
    out.insert("operationId".to_owned(), json!(operation.id));
    out.insert("summary".to_owned(), json!(operation.title));
    out.insert("description".to_owned(), json!(description(operation)));
    out.insert("tags".to_owned(), json!([entity.entity]));
    let (parameters, left) = parameters::all(context, operation, path);
    put(&mut out, "parameters", list(parameters));
    let examples = context.examples.get(operation.id.as_str());
    let examples = examples.map_or(&[][..], Vec::as_slice);
    put(
        &mut out,
        "requestBody",
        request(context, entity, operation, examples),
    );
    out.insert(
        "responses".to_owned(),
        responses(context, entity, operation, examples),
    );
    put(&mut out, "security", headers::security(context, operation));
    if operation.host != context.dialect.default_host {
        let servers = servers::of(context.spec, &operation.host);
        put(&mut out, "servers", servers.map(|servers| json!(servers)));
    }
    extensions(operation, &mut out);
    put(&mut out, "x-slate-parameters", list(left));
    let unplaced = schema::unplaced(
        context,
        entity,
        &operation.params,
        operation.request.as_deref(),
    );
    let unplaced = unplaced.into_iter().map(|param| json!(param)).collect();
    put(&mut out, "x-slate-body-parameters", list(unplaced));
    put(
        &mut out,
        "x-slate-samples",
        list(other_samples(operation, examples)),
    );
    out
}

fn description(operation: &Operation) -> String {
    let mut out = markdown(&operation.doc);
    let mut line = |text: String| {
        let gap = if out.is_empty() { "" } else { "\n\n" };
        let _ = write!(out, "{gap}{text}");
    };
    for group in groups(operation) {
        line(format!("One of these is required: {}.", code_list(&group)));
    }
    for rule in &operation.rules {
        line(markdown(&rule.doc));
    }
    line(format!("A second sending: {}.", effect(operation.effect)));
    for (name, changed) in &operation.effect_when {
        line(format!(
            "With `{}`: {}.",
            name.replace('`', ""),
            effect(*changed)
        ));
    }
    if let Some(limit) = &operation.rate_limit {
        line(format!("Rate limit: {}", markdown(limit)));
    }
    out
}

fn code_list(names: &[String]) -> String {
    let names: Vec<String> = names
        .iter()
        .map(|name| format!("`{}`", name.replace('`', "")))
        .collect();
    names.join(", ")
}

/// The groups of parameters of which one is required.
fn groups(operation: &Operation) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = Vec::new();
    for param in &operation.params {
        if param.required == Required::OneOf && param.group.len() > 1 && !out.contains(&param.group)
        {
            out.push(param.group.clone());
        }
    }
    out
}

/// What OpenAPI has no words for.
fn extensions(operation: &Operation, out: &mut Object) {
    out.insert("x-slate-source".to_owned(), source(&operation.source));
    if !operation.basis.is_empty() {
        out.insert("x-slate-basis".to_owned(), json!(operation.basis));
    }
    out.insert("x-slate-host".to_owned(), json!(operation.host));
    out.insert("x-slate-effect".to_owned(), json!(effect(operation.effect)));
    if !operation.effect_when.is_empty() {
        out.insert(
            "x-slate-effect-when".to_owned(),
            json!(operation.effect_when),
        );
    }
    out.insert("x-slate-auth".to_owned(), json!(operation.auth));
    put(
        out,
        "x-slate-auth-scheme",
        operation.auth_scheme.as_ref().map(|text| json!(text)),
    );
    out.insert("x-slate-batch".to_owned(), json!(operation.batch));
    out.insert(
        "x-slate-rate-limited".to_owned(),
        json!(operation.rate_limited),
    );
    put(
        out,
        "x-slate-rate-limit",
        operation.rate_limit.as_ref().map(|text| json!(text)),
    );
    let groups = groups(operation)
        .into_iter()
        .map(|group| json!(group))
        .collect();
    put(out, "x-slate-one-of", list(groups));
    put(
        out,
        "x-slate-rules",
        list(operation.rules.iter().map(|rule| json!(rule)).collect()),
    );
    let paths = operation
        .alternatives
        .iter()
        .map(|other| json!(other))
        .collect();
    put(out, "x-slate-alternatives", list(paths));
}

/// The samples that are no examples: URLs, parts of messages, what cannot be read.
fn other_samples(operation: &Operation, examples: &[Example]) -> Vec<Value> {
    let mut out = Vec::new();
    for sample in &operation.samples {
        let mut entry = json!(sample);
        let part = examples
            .iter()
            .find(|one| one.fragment && one.line == sample.source.line && one.role == sample.role);
        if let (Some(part), Some(entry)) = (part, entry.as_object_mut()) {
            entry.insert("value".to_owned(), part.value.clone());
        }
        if part.is_some() || sample.role == Role::Url || sample.state == State::Unreadable {
            out.push(entry);
        }
    }
    out
}

fn request(
    context: &Context<'_>,
    entity: &Entity,
    operation: &Operation,
    examples: &[Example],
) -> Option<Value> {
    let ty = context
        .types
        .in_entity(&entity.entity, operation.request.as_ref()?);
    let content = match operation.encoding {
        Some(encoding) => form(context, &ty, encoding),
        None => content(context, operation, &ty, Role::Request, examples),
    };
    Some(json!({ "required": true, "content": content }))
}

fn responses(
    context: &Context<'_>,
    entity: &Entity,
    operation: &Operation,
    examples: &[Example],
) -> Value {
    let mut good = Object::new();
    let text = if operation.batch == Some(true) {
        "The outcome of each item."
    } else {
        "The answer."
    };
    good.insert("description".to_owned(), json!(text));
    if let Some(ty) = &operation.response {
        let ty = context.types.in_entity(&entity.entity, ty);
        let content = content(context, operation, &ty, Role::Response, examples);
        good.insert("content".to_owned(), content);
    }
    let other = format!("#/components/responses/{}", codes::name(entity));
    json!({ "200": good, "default": { "$ref": other } })
}

/// A body that is a form. Without a word on it, a field that is an object holds JSON.
fn form(context: &Context<'_>, ty: &str, encoding: Encoding) -> Value {
    let whole = (ty.to_owned(), String::new());
    let schema = schema::of(&context.types, &context.observed, ty, &whole);
    let mut media = Object::new();
    media.insert("schema".to_owned(), json!(schema));
    let fields = match context.types.kind(ty) {
        Kind::Object(_, fields) if encoding != Encoding::JsonForm => fields,
        _ => &[],
    };
    let nested = fields.iter().filter(|field| {
        let ty = context.types.resolve(ty, &field.ty);
        matches!(context.types.kind(&ty), Kind::Object(..))
    });
    let brackets = || json!({ "style": "deepObject", "explode": true });
    let nested: Object = nested
        .map(|field| (field.name.clone(), brackets()))
        .collect();
    put(
        &mut media,
        "encoding",
        (!nested.is_empty()).then(|| json!(nested)),
    );
    json!({ encoding.media_type(): media })
}

/// A message in each of its formats.
fn content(
    context: &Context<'_>,
    operation: &Operation,
    ty: &str,
    role: Role,
    examples: &[Example],
) -> Value {
    let mut out = Object::new();
    for format in &operation.formats {
        let (media, schema) = match format {
            Format::Json => {
                let whole = (ty.to_owned(), String::new());
                let schema = schema::of(&context.types, &context.observed, ty, &whole);
                ("application/json", Value::Object(schema))
            }
            Format::Xml => ("application/xml", schema::xml(context, ty)),
            Format::Url => continue,
        };
        let mut own = Object::new();
        let of_format = |one: &&Example| one.role == role && one.format == *format && !one.fragment;
        for example in examples.iter().filter(of_format) {
            let mut name = format!("{}-{}", operation.id, example.line);
            while own.contains_key(&name) {
                name.push('-');
            }
            own.insert(name, shown(operation, example));
        }
        let mut value = Object::new();
        value.insert("schema".to_owned(), schema);
        if !own.is_empty() {
            value.insert("examples".to_owned(), Value::Object(own));
        }
        out.insert(media.to_owned(), Value::Object(value));
    }
    Value::Object(out)
}

fn shown(operation: &Operation, example: &Example) -> Value {
    let mut out = Object::new();
    let sample = operation
        .samples
        .iter()
        .find(|sample| sample.source.line == example.line && sample.role == example.role);
    if let Some(sample) = sample {
        put(
            &mut out,
            "summary",
            sample.label.as_ref().map(|label| json!(label)),
        );
        out.insert("x-slate-source".to_owned(), source(&sample.source));
        if sample.state != State::Ok {
            out.insert("x-slate-state".to_owned(), json!(sample.state));
        }
    }
    if example.derived {
        out.insert("x-slate-derived-from".to_owned(), json!(Format::Xml));
    }
    out.insert("value".to_owned(), example.value.clone());
    Value::Object(out)
}
