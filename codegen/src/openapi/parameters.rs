//! Parameters outside of bodies, and what rows state of any value.

use serde_json::{Value, json};

use super::context::Context;
use super::headers;
use super::parameter::parameter;
use crate::spec::{In, Operation, Param};

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
