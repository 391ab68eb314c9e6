//! An operation as an operation object.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::examples::Example;
use super::{
    Context, Object, codes, effect, headers, list, markdown, put, schema, servers, source,
};
use crate::sample::Format;
use crate::spec::{Entity, In, Operation, Param, Required, Role, State};

/// The names in braces of a path.
pub fn placeholders(path: &str) -> Vec<&str> {
    let parts = path.split('{').skip(1);
    parts
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

/// An operation as the documentation has it, whatever else shares its method and path.
pub fn object(context: &Context<'_>, entity: &Entity, operation: &Operation, path: &str) -> Object {
    let mut out = Object::new();
    out.insert("operationId".to_owned(), json!(operation.id));
    out.insert("summary".to_owned(), json!(operation.title));
    out.insert("description".to_owned(), json!(description(operation)));
    out.insert("tags".to_owned(), json!([entity.entity]));
    let (parameters, left) = parameters(context, operation, path);
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

/// The parameters of an operation, and those that OpenAPI has no place for.
fn parameters(
    context: &Context<'_>,
    operation: &Operation,
    path: &str,
) -> (Vec<Value>, Vec<Value>) {
    let mut out: Vec<Value> = Vec::new();
    let mut left = Vec::new();
    let mut taken: Vec<(In, String)> = Vec::new();
    let in_path = placeholders(path);
    let is_part = |param: &&Param| param.place != In::Body && param.at.is_some();
    for param in operation
        .params
        .iter()
        .filter(|param| param.place != In::Body && param.at.is_none())
    {
        let identity = (param.place, param.name.to_ascii_lowercase());
        let fits = match param.place {
            In::Path => in_path.contains(&param.name.as_str()),
            In::Header => headers::is_parameter(&param.name),
            _ => !param.name.is_empty(),
        };
        if !fits || taken.contains(&identity) {
            left.push(json!(param));
            continue;
        }
        taken.push(identity);
        let parts: Vec<&Param> = operation
            .params
            .iter()
            .filter(|part| is_part(part) && part.at.as_deref() == Some(param.name.as_str()))
            .collect();
        out.push(parameter(param, Some(&parts)));
    }
    for part in operation.params.iter().filter(is_part) {
        let name = part.at.clone().unwrap_or_default();
        let identity = (part.place, name.to_ascii_lowercase());
        if taken.contains(&identity) || name.is_empty() {
            continue;
        }
        taken.push(identity);
        let parts: Vec<&Param> = operation
            .params
            .iter()
            .filter(is_part)
            .filter(|one| one.at == part.at)
            .collect();
        let text = "Its parts are in `x-slate-parts`.";
        let mut value = json!({ "name": name, "in": part.place, "description": text, "schema": { "type": "string" } });
        if let Some(value) = value.as_object_mut() {
            value.insert("x-slate-parts".to_owned(), json!(parts));
        }
        out.push(value);
    }
    for name in in_path {
        let identity = (In::Path, name.to_ascii_lowercase());
        if !taken.contains(&identity) {
            taken.push(identity);
            out.push(json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
        }
    }
    let format = &context.dialect.wire.format_query;
    if operation.format_query && !taken.contains(&(In::Query, format.to_ascii_lowercase())) {
        let formats = json!({ "type": "string", "enum": operation.formats });
        out.push(json!({ "name": format, "in": "query", "description": "Format of the answer.", "schema": formats }));
    }
    if operation.auth != Some(false) {
        out.extend(headers::references(context, operation));
    }
    (out, left)
}

/// A parameter that is not in the body.
pub fn parameter(param: &Param, parts: Option<&[&Param]>) -> Value {
    let mut out = Object::new();
    out.insert("name".to_owned(), json!(param.name));
    out.insert("in".to_owned(), json!(param.place));
    if param.place == In::Path || param.required == Required::True {
        out.insert("required".to_owned(), json!(true));
    }
    if !param.doc.is_empty() {
        out.insert("description".to_owned(), json!(markdown(&param.doc)));
    }
    let mut schema = Object::new();
    let ty = schema::scalar(&param.ty);
    // A list, or a type that only bodies have, is text in an address.
    let ty = ty.unwrap_or("string");
    schema.insert("type".to_owned(), json!(ty));
    if matches!(param.ty.as_str(), "date" | "datetime") {
        schema.insert("x-slate-type".to_owned(), json!(param.ty));
    }
    if !param.values.is_empty() {
        let values: Option<Vec<Value>> = param
            .values
            .iter()
            .map(|value| written(ty, value))
            .collect();
        if let Some(values) = values {
            let mut different: Vec<Value> = Vec::new();
            for value in values {
                if !different.contains(&value) {
                    different.push(value);
                }
            }
            schema.insert("enum".to_owned(), json!(different));
        }
    }
    facts(param, &mut schema);
    out.insert("schema".to_owned(), Value::Object(schema));
    if !param.group.is_empty() {
        out.insert("x-slate-one-of".to_owned(), json!(param.group));
    }
    out.insert("x-slate-source".to_owned(), source(&param.source));
    if let Some(parts) = parts.filter(|parts| !parts.is_empty()) {
        out.insert("x-slate-parts".to_owned(), json!(parts));
    }
    Value::Object(out)
}

/// What a row states of a value besides its type, put into a schema.
pub fn facts(param: &Param, schema: &mut Object) {
    let ty = schema
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    if let Some(default) = &param.default {
        let value = written(&ty, default);
        let known = schema.get("enum").and_then(Value::as_array);
        match value {
            Some(value) if known.is_none_or(|known| known.contains(&value)) => {
                schema.insert("default".to_owned(), value);
            }
            _ => {
                schema.insert("x-slate-default".to_owned(), json!(default));
            }
        }
    }
    if let Some(limit) = &param.limit {
        for (sign, bound) in [(">=", "minimum"), ("<=", "maximum")] {
            let number = limit.trim().strip_prefix(sign).map(str::trim);
            let number = number
                .and_then(|number| written(&ty, number))
                .filter(Value::is_number);
            if let Some(number) = number {
                schema.insert(bound.to_owned(), number);
            }
        }
        schema.insert("x-slate-limit".to_owned(), json!(limit));
    }
    put(
        schema,
        "x-slate-format",
        param.format.as_ref().map(|text| json!(text)),
    );
    put(
        schema,
        "x-slate-when",
        param.when.as_ref().map(|text| json!(text)),
    );
    if !param.values.is_empty() {
        schema.insert("x-slate-values".to_owned(), json!(param.values));
    }
    if param.place == In::Body && !param.group.is_empty() {
        schema.insert("x-slate-one-of".to_owned(), json!(param.group));
    }
}

/// A written value as one of a type; `None` where it is none.
fn written(ty: &str, text: &str) -> Option<Value> {
    match ty {
        "integer" => text.parse::<i64>().ok().map(Value::from),
        "number" => text
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map(Value::from),
        "boolean" => text
            .to_ascii_lowercase()
            .parse::<bool>()
            .ok()
            .map(Value::Bool),
        "string" => Some(json!(text)),
        _ => None,
    }
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
    let content = content(context, operation, &ty, Role::Request, examples);
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
