//! The spec as an OpenAPI 3.1 document, for the tools that read such documents.
//!
//! It states what the spec states, in OpenAPI's words where there are any and in extensions (`x-slate-…`) where there
//! are none. It knows neither Rust nor the Markdown sources. Same spec, same bytes.

mod codes;
mod context;
mod examples;
mod headers;
mod object;
mod observe;
mod operation;
mod parameter;
mod parameters;
mod paths;
mod schema;
mod servers;
mod types;

use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::dialect::Dialect;
use crate::infer::Content;
use crate::spec::Spec;
use context::Context;
use object::{Object, list, markdown, put, source};
use observe::Observed;
use types::Types;

/// Makes the document.
#[must_use]
pub fn document(
    spec: &Spec,
    contents: &IndexMap<String, Vec<Content>>,
    dialect: &Dialect,
) -> Value {
    let types = Types::of(spec);
    let mut observed = Observed::default();
    let mut all = IndexMap::new();
    for entity in &spec.entities {
        for operation in &entity.operations {
            let own = contents.get(&operation.id).map_or(&[][..], Vec::as_slice);
            let examples = examples::of(&types, entity, operation, own);
            for example in examples.iter().filter(|example| example.is_json()) {
                observed.whole(&types, example.ty.as_str(), &example.value);
            }
            all.insert(operation.id.as_str(), examples);
        }
    }
    let context = Context {
        spec,
        dialect,
        types,
        observed,
        examples: all,
    };
    let mut out = Object::new();
    out.insert("openapi".to_owned(), json!("3.1.0"));
    out.insert("info".to_owned(), info(spec, dialect));
    let servers = servers::of(spec, &dialect.default_host);
    put(&mut out, "servers", servers.map(|servers| json!(servers)));
    let security: Vec<Value> = headers::schemes(&context)
        .keys()
        .map(|name| json!({ name.as_str(): [] }))
        .collect();
    put(
        &mut out,
        "security",
        (!security.is_empty()).then_some(json!(security)),
    );
    out.insert("tags".to_owned(), tags(spec));
    let (paths, unusual) = paths::of(&context);
    out.insert("paths".to_owned(), Value::Object(paths));
    out.insert("components".to_owned(), components(&context));
    put(&mut out, "x-slate-operations", list(unusual));
    put(
        &mut out,
        "x-slate-codes",
        list(codes::entries(&spec.api.codes)),
    );
    Value::Object(out)
}

/// The document as YAML.
///
/// # Errors
/// When it cannot be written as YAML.
pub fn yaml(document: &Value) -> Result<String, crate::InputError> {
    serde_yaml::to_string(document).map_err(|error| crate::InputError::new(error.to_string()))
}

fn info(spec: &Spec, dialect: &Dialect) -> Value {
    let version = spec.api.version.as_deref().unwrap_or("1");
    let title = if spec.api.title.is_empty() {
        "API"
    } else {
        spec.api.title.as_str()
    };
    let mut out = Object::new();
    out.insert("title".to_owned(), json!(title));
    out.insert("version".to_owned(), json!(version));
    let about = "Made of documentation in prose. What OpenAPI has no words for is in extensions that begin with \
                 `x-slate-`: operations that share a method and a path, lists that come as a single object, what a \
                 second sending does, response codes, and the line of the documentation behind each fact.";
    out.insert("description".to_owned(), json!(about));
    out.insert("x-slate-id".to_owned(), json!(spec.api.id));
    out.insert("x-slate-docs".to_owned(), json!(dialect.docs_url));
    Value::Object(out)
}

fn tags(spec: &Spec) -> Value {
    let tags = spec.entities.iter().map(|entity| {
        let mut tag = Object::new();
        tag.insert("name".to_owned(), json!(entity.entity));
        let mut text = format!("**{}**", markdown(&entity.title));
        if !entity.doc.is_empty() {
            text.push_str("\n\n");
            text.push_str(&markdown(&entity.doc));
        }
        tag.insert("description".to_owned(), json!(text));
        tag.insert("x-slate-source".to_owned(), source(&entity.source));
        put(
            &mut tag,
            "x-slate-codes",
            list(codes::entries(&entity.codes)),
        );
        Value::Object(tag)
    });
    Value::Array(tags.collect())
}

fn components(context: &Context<'_>) -> Value {
    let mut out = Object::new();
    out.insert(
        "schemas".to_owned(),
        Value::Object(schema::components(context)),
    );
    out.insert(
        "responses".to_owned(),
        Value::Object(codes::responses(context)),
    );
    out.insert(
        "parameters".to_owned(),
        Value::Object(headers::components(context)),
    );
    out.insert(
        "securitySchemes".to_owned(),
        Value::Object(headers::schemes(context)),
    );
    Value::Object(out)
}
