//! Parameters outside of bodies, and what rows state of any value.

use serde_json::{Value, json};

use super::{Context, Object, headers, markdown, put, schema, source};
use crate::spec::{In, Operation, Param, Required};

/// The names in braces of a path.
pub fn placeholders(path: &str) -> Vec<&str> {
    let parts = path.split('{').skip(1);
    parts
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

/// The parameters of an operation, and those that OpenAPI has no place for.
pub fn all(context: &Context<'_>, operation: &Operation, path: &str) -> (Vec<Value>, Vec<Value>) {
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
        let mut value = parameter(param, Some(&parts));
        if let (Some(flag), Some(object)) = (operation.lifted(param), value.as_object_mut()) {
            object.remove("required");
            object.insert("x-slate-required-unless".to_owned(), json!(flag));
        }
        out.push(value);
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
