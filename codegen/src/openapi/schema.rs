//! Types of the spec as JSON Schema.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::context::Context;
use super::object::{Object, list, markdown, put, source};
use super::observe::Observed;
use super::parameter;
use super::types::{Kind, Slot, Types, inside};
use crate::spec::{Entity, Field, In, Param, Required, item_of};

/// A parameter of a body, and the query parameter with which it may be left out.
type Row<'s> = (&'s Param, Option<&'s str>);

/// The parameters of bodies, by the place where they stand.
fn rows<'s>(context: &Context<'s>) -> BTreeMap<Slot, Row<'s>> {
    let mut out = BTreeMap::new();
    for entity in &context.spec.entities {
        for operation in &entity.operations {
            let Some(body) = &operation.request else {
                continue;
            };
            let body = item_of(body).unwrap_or(body);
            let body = context.types.in_entity(&entity.entity, body);
            for param in operation
                .params
                .iter()
                .filter(|param| param.place == In::Body)
            {
                let at = param.at.as_deref().unwrap_or(&param.name);
                if let Some(slot) = context.types.slot(&body, at) {
                    out.entry(slot).or_insert((param, operation.lifted(param)));
                }
            }
        }
    }
    out
}

/// The parameters of a body that have no place in its type.
pub fn unplaced<'o>(
    context: &Context<'_>,
    entity: &Entity,
    params: &'o [Param],
    body: Option<&str>,
) -> Vec<&'o Param> {
    let body = body.map(|body| context.types.in_entity(&entity.entity, body));
    let mut out: Vec<&Param> = Vec::new();
    for param in params.iter().filter(|param| param.place == In::Body) {
        let at = param.at.as_deref().unwrap_or(&param.name);
        let slot = body.as_ref().and_then(|body| context.types.slot(body, at));
        if slot.is_none() {
            out.push(param);
        }
    }
    out
}

/// `components/schemas`.
pub fn components(context: &Context<'_>) -> Object {
    let rows = rows(context);
    let mut out = Object::new();
    for (name, (entity, definition)) in &context.types.defined {
        let mut schema = Object::new();
        if !definition.doc.is_empty() {
            schema.insert("description".to_owned(), json!(markdown(&definition.doc)));
        }
        if let Some(fields) = &definition.fields {
            object(context, name, fields, &rows, &mut schema);
        } else if let Some(values) = &definition.values {
            schema.insert("type".to_owned(), json!("string"));
            schema.insert("enum".to_owned(), json!(values));
        }
        schema.insert("x-slate-entity".to_owned(), json!(entity));
        out.insert(name.clone(), Value::Object(schema));
    }
    out
}

fn object(
    context: &Context<'_>,
    name: &str,
    fields: &[Field],
    rows: &BTreeMap<Slot, Row<'_>>,
    out: &mut Object,
) {
    let mut properties = Object::new();
    let mut required = Vec::new();
    for field in fields {
        let slot = (name.to_owned(), field.name.clone());
        let mut schema = of(
            &context.types,
            &context.observed,
            &context.types.resolve(name, &field.ty),
            &slot,
        );
        describe(field, &mut schema);
        let mut lifted = None;
        if let Some((row, flag)) = rows.get(&slot) {
            parameter::facts(row, &mut schema);
            lifted = *flag;
        }
        if field.required == Required::True {
            if context.observed.is_absent(&slot) {
                // The docs ask for it, and a sample of theirs has none.
                schema.insert("x-slate-required".to_owned(), json!(true));
            } else if let Some(flag) = lifted {
                // No schema of a body can say what stands in the query.
                schema.insert("x-slate-required-unless".to_owned(), json!(flag));
            } else {
                required.push(json!(field.name));
            }
        }
        properties.insert(field.name.clone(), Value::Object(schema));
    }
    out.insert("type".to_owned(), json!("object"));
    out.insert("properties".to_owned(), Value::Object(properties));
    put(out, "required", list(required));
}

fn describe(field: &Field, schema: &mut Object) {
    if !field.doc.is_empty() {
        schema.insert("description".to_owned(), json!(markdown(&field.doc)));
    }
    if matches!(field.ty.as_str(), "date" | "datetime") {
        schema.insert("x-slate-type".to_owned(), json!(field.ty));
    }
    if field.ty == "file" {
        schema.insert("format".to_owned(), json!("binary"));
    }
    if let Some(name) = field.name.strip_prefix('@') {
        schema.insert("xml".to_owned(), json!({ "name": name, "attribute": true }));
    }
    if !field.basis.is_empty() {
        schema.insert("x-slate-basis".to_owned(), json!(field.basis));
    }
    let places = field.source.iter().map(source).collect();
    put(schema, "x-slate-source", list(places));
}

/// The schema of a type at a place, wide enough for what samples have there.
pub fn of(types: &Types<'_>, observed: &Observed, ty: &str, slot: &Slot) -> Object {
    let seen = observed.at(slot);
    let mut out = Object::new();
    match types.kind(ty) {
        Kind::Any => {}
        Kind::Scalar(name) => {
            let mut names = vec![name];
            names.extend(&seen);
            if names.contains(&"number") {
                names.retain(|name| *name != "integer");
            }
            let ty = if names.len() == 1 {
                json!(names[0])
            } else {
                json!(names)
            };
            out.insert("type".to_owned(), ty);
        }
        Kind::Values(_) | Kind::Object(..) => {
            let reference = json!({ "$ref": format!("#/components/schemas/{ty}") });
            alternatives(reference, None, &seen, &mut out);
        }
        Kind::List(item) => {
            let items = Value::Object(of(types, observed, item, &inside(slot, "[]")));
            let one = seen.contains(&"object").then(|| items.clone());
            let array = json!({ "type": "array", "items": items });
            let others: Vec<&str> = seen
                .iter()
                .copied()
                .filter(|name| *name != "object")
                .collect();
            alternatives(array, one, &others, &mut out);
            out.insert("x-slate-one-or-many".to_owned(), json!(true));
        }
        Kind::Map(item) => {
            let values = Value::Object(of(types, observed, item, &inside(slot, "{}")));
            let map = json!({ "type": "object", "additionalProperties": values });
            alternatives(map, None, &seen, &mut out);
        }
    }
    put(
        &mut out,
        "x-slate-observed",
        list(seen.iter().map(|name| json!(name)).collect()),
    );
    out
}

fn alternatives(documented: Value, one: Option<Value>, seen: &[&str], out: &mut Object) {
    let mut any = vec![documented];
    any.extend(one);
    if !seen.is_empty() {
        any.push(json!({ "type": seen }));
    }
    if let [Value::Object(only)] = any.as_slice() {
        out.extend(only.clone());
    } else {
        out.insert("anyOf".to_owned(), Value::Array(any));
    }
}

/// The schema of a message as XML: what is inside its document element, which JSON has as a key.
pub fn xml(context: &Context<'_>, ty: &str) -> Value {
    if let Kind::Object(name, [root]) = context.types.kind(ty)
        && context.dialect.wire.roots.contains(&root.name)
    {
        let inside = context.types.resolve(name, &root.ty);
        if context.types.is_defined(&inside) {
            return json!({
                "$ref": format!("#/components/schemas/{inside}"),
                "xml": { "name": root.name },
            });
        }
    }
    let whole = (ty.to_owned(), String::new());
    Value::Object(of(&context.types, &context.observed, ty, &whole))
}
