//! One parameter, and what a row states of a value.

use serde_json::{Value, json};

use super::object::{Object, markdown, put, source};
use super::types::scalar;
use crate::spec::{In, Param, Required};

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
    let ty = scalar(&param.ty);
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
    if !param.basis.is_empty() {
        out.insert("x-slate-basis".to_owned(), json!(param.basis));
    }
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
