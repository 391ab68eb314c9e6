//! Paths. OpenAPI has one operation for each method and path; where the documentation has several, they become one that
//! takes any of them, and each is still there in full in an extension.

use std::fmt::Write as _;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::context::Context;
use super::object::{self, Object};
use super::{operation, parameters as params};
use crate::spec::{Effect, Entity, Operation};

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The operations of a method and a path.
struct Shared<'s> {
    path: String,
    method: String,
    all: Vec<(&'s Entity, &'s Operation)>,
}

/// The paths, and the operations whose method OpenAPI does not know.
pub fn of(context: &Context<'_>) -> (Object, Vec<Value>) {
    let mut groups: IndexMap<(String, String), Shared<'_>> = IndexMap::new();
    for entity in &context.spec.entities {
        for operation in &entity.operations {
            let path = written(operation);
            let method = operation.method.to_lowercase();
            let shared = groups
                .entry((shape(&path), method.clone()))
                .or_insert_with(|| Shared {
                    path,
                    method,
                    all: Vec::new(),
                });
            shared.all.push((entity, operation));
        }
    }
    let mut out = Object::new();
    let mut keys: IndexMap<String, String> = IndexMap::new();
    let mut unusual = Vec::new();
    for ((shape, _), shared) in &groups {
        if !METHODS.contains(&shared.method.as_str()) {
            for (entity, operation) in &shared.all {
                let mut object = operation::object(context, entity, operation, &shared.path);
                object.insert("x-slate-method".to_owned(), json!(operation.method));
                object.insert("x-slate-path".to_owned(), json!(operation.path));
                unusual.push(Value::Object(object));
            }
            continue;
        }
        let key = keys
            .entry(shape.clone())
            .or_insert_with(|| shared.path.clone())
            .clone();
        let object = merged(context, shared, &key);
        insert(&mut out, &key, &shared.method, object);
    }
    alternatives(context, &mut out, &mut keys);
    (out, unusual)
}

fn insert(out: &mut Object, path: &str, method: &str, operation: Object) {
    let item = out.entry(path.to_owned()).or_insert_with(|| json!({}));
    if let Some(item) = item.as_object_mut() {
        item.insert(method.to_owned(), Value::Object(operation));
    }
}

/// Other paths of a call are operations of their own.
fn alternatives(context: &Context<'_>, out: &mut Object, keys: &mut IndexMap<String, String>) {
    let mut ids: Vec<String> = Vec::new();
    for entity in &context.spec.entities {
        for operation in &entity.operations {
            let method = operation.method.to_lowercase();
            for other in &operation.alternatives {
                let path = template(&other.path);
                let key = keys
                    .entry(shape(&path))
                    .or_insert_with(|| path.clone())
                    .clone();
                let taken = out
                    .get(&key)
                    .is_some_and(|item| item.get(&method).is_some());
                if taken || !METHODS.contains(&method.as_str()) {
                    continue;
                }
                let mut id = format!("{}.{}", operation.id, object::key(&other.when));
                while ids.contains(&id) || context.examples.contains_key(id.as_str()) {
                    id.push('_');
                }
                let mut object = operation::object(context, entity, operation, &key);
                object.insert("operationId".to_owned(), json!(id));
                object.insert("x-slate-alternative-of".to_owned(), json!(operation.id));
                object.insert("x-slate-alternative-when".to_owned(), json!(other.when));
                ids.push(id);
                insert(out, &key, &method, object);
            }
        }
    }
}

/// The path of an operation as a template of OpenAPI.
fn written(operation: &Operation) -> String {
    let suffix = operation.suffix.as_ref();
    let suffix = suffix
        .map(|suffix| format!(".{suffix}"))
        .unwrap_or_default();
    template(&format!("{}{suffix}", operation.path))
}

/// Braces that are no placeholder, and what would end a path, are escaped.
fn template(path: &str) -> String {
    let mut out = String::from("/");
    let mut seen: Vec<&str> = Vec::new();
    let mut rest = path.trim_start_matches('/');
    while let Some(at) = rest.find(['{', '}', '?', '#', ' ']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let name = from
            .strip_prefix('{')
            .and_then(|inner| inner.split_once('}'));
        if let Some((name, after)) = name
            && !name.is_empty()
            && !name.contains(['{', '/', '?', '#'])
            && !seen.contains(&name)
        {
            seen.push(name);
            out.push('{');
            out.push_str(name);
            out.push('}');
            rest = after;
            continue;
        }
        let mut characters = from.chars();
        out.push_str(match characters.next() {
            Some('{') => "%7B",
            Some('}') => "%7D",
            Some('?') => "%3F",
            Some('#') => "%23",
            _ => "%20",
        });
        rest = characters.as_str();
    }
    out.push_str(rest);
    out
}

/// What two paths must not have in common: names of placeholders tell nothing apart.
fn shape(path: &str) -> String {
    let mut out = path.to_owned();
    for name in params::placeholders(path) {
        out = out.replace(&format!("{{{name}}}"), "{}");
    }
    out
}

/// One operation that stands for all that share its method and path.
fn merged(context: &Context<'_>, shared: &Shared<'_>, path: &str) -> Object {
    let mut all: Vec<Object> = shared
        .all
        .iter()
        .map(|(entity, operation)| operation::object(context, entity, operation, path))
        .collect();
    if all.len() < 2 {
        return all.pop().unwrap_or_default();
    }
    let mut out = all.first().cloned().unwrap_or_default();
    let titles: Vec<&str> = shared
        .all
        .iter()
        .map(|(_, operation)| operation.title.as_str())
        .collect();
    out.insert("summary".to_owned(), json!(titles.join(" / ")));
    let mut text = format!(
        "The documentation has {} operations with this method and path. Each is in `x-slate-operations`.",
        all.len()
    );
    for ((_, operation), object) in shared.all.iter().zip(&all) {
        let own = object
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let _ = write!(
            text,
            "\n\n### {} (`{}`)\n\n{own}",
            object::markdown(&operation.title),
            operation.id
        );
    }
    out.insert("description".to_owned(), json!(text));
    let mut tags: Vec<&Value> = Vec::new();
    for tag in all.iter().filter_map(|one| one.get("tags")?.get(0)) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    out.insert("tags".to_owned(), json!(tags));
    object::put(&mut out, "parameters", object::list(parameters(&all)));
    let bodies: Vec<Option<&Value>> = all.iter().map(|one| one.get("requestBody")).collect();
    if let Some(content) = contents(&bodies) {
        let required = bodies.iter().all(Option::is_some);
        out.insert(
            "requestBody".to_owned(),
            json!({ "required": required, "content": content }),
        );
    }
    let answers: Vec<Option<&Value>> = all
        .iter()
        .map(|one| one.get("responses")?.get("200"))
        .collect();
    if let (Some(content), Some(good)) = (
        contents(&answers),
        out.get_mut("responses")
            .and_then(|responses| responses.get_mut("200")?.as_object_mut()),
    ) {
        good.insert("content".to_owned(), content);
    }
    for key in [
        "x-slate-parameters",
        "x-slate-body-parameters",
        "x-slate-samples",
        "x-slate-rules",
    ] {
        out.remove(key);
    }
    // What stands for all may do what any of them does.
    let effects = shared.all.iter().map(|(_, operation)| operation.effect);
    if let Some(strongest) = effects.max_by_key(|effect| match effect {
        Effect::Read => 0,
        Effect::Notify => 1,
        Effect::Write => 2,
    }) {
        out.insert(
            "x-slate-effect".to_owned(),
            json!(object::effect(strongest)),
        );
    }
    out.insert("x-slate-operations".to_owned(), json!(all));
    out
}

/// The parameters of all; required is what all require.
fn parameters(all: &[Object]) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::new();
    let identity = |param: &Value| {
        (
            param.get("$ref").cloned(),
            param.get("in").cloned(),
            param.get("name").cloned(),
        )
    };
    let of = |one: &Object| {
        one.get("parameters")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    for param in all.iter().flat_map(of) {
        if !out.iter().any(|known| identity(known) == identity(&param)) {
            out.push(param);
        }
    }
    for param in &mut out {
        let same = |one: &Object| {
            of(one)
                .into_iter()
                .find(|other| identity(other) == identity(param))
        };
        let found: Vec<Option<Value>> = all.iter().map(same).collect();
        let required = found
            .iter()
            .all(|one| one.as_ref().and_then(|one| one.get("required")) == Some(&json!(true)));
        let mut schemas: Vec<Value> = Vec::new();
        for schema in found.iter().flatten().filter_map(|one| one.get("schema")) {
            if !schemas.contains(schema) {
                schemas.push(schema.clone());
            }
        }
        let Some(param) = param.as_object_mut() else {
            continue;
        };
        if !required && param.get("in") != Some(&json!("path")) {
            param.remove("required");
        }
        if schemas.len() > 1 {
            param.insert("schema".to_owned(), json!({ "anyOf": schemas }));
        }
    }
    out
}

/// The contents of all: any of their schemas, all of their examples.
fn contents(all: &[Option<&Value>]) -> Option<Value> {
    let mut media: IndexMap<String, (Vec<Value>, Object)> = IndexMap::new();
    for content in all
        .iter()
        .flatten()
        .filter_map(|one| one.get("content")?.as_object())
    {
        for (name, value) in content {
            let (schemas, examples) = media.entry(name.clone()).or_default();
            if let Some(schema) = value
                .get("schema")
                .filter(|schema| !schemas.contains(schema))
            {
                schemas.push(schema.clone());
            }
            let own = value.get("examples").and_then(Value::as_object);
            examples.extend(
                own.into_iter()
                    .flatten()
                    .map(|(name, example)| (name.clone(), example.clone())),
            );
        }
    }
    if media.is_empty() {
        return None;
    }
    let mut out = Object::new();
    for (name, (mut schemas, examples)) in media {
        let schema = if schemas.len() == 1 {
            schemas.pop().unwrap_or_default()
        } else {
            json!({ "anyOf": schemas })
        };
        let mut value = Object::new();
        value.insert("schema".to_owned(), schema);
        if !examples.is_empty() {
            value.insert("examples".to_owned(), Value::Object(examples));
        }
        out.insert(name, Value::Object(value));
    }
    Some(Value::Object(out))
}
