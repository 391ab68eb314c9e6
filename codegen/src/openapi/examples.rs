//! Samples of the docs as examples.

use serde_json::{Number, Value};

use super::object::Object;
use super::types::{Kind, Types};
use crate::emit::fixture;
use crate::infer::Content;
use crate::sample::{Format, Tree};
use crate::spec::{Entity, Operation, Role};

/// An example of a message.
#[derive(Debug)]
pub struct Example {
    pub role: Role,
    pub format: Format,
    /// Line of the sample.
    pub line: u32,
    /// The key of its type.
    pub ty: String,
    /// The message: a value for JSON, text for XML.
    pub value: Value,
    /// True when the docs show it in another format.
    pub derived: bool,
    /// True when it is a part of a message.
    pub fragment: bool,
}

impl Example {
    /// True when it is a whole message in JSON.
    pub fn is_json(&self) -> bool {
        self.format == Format::Json && !self.fragment
    }
}

/// The examples of an operation. Where the docs show a message in XML only, the JSON is made of that.
pub fn of(
    types: &Types<'_>,
    entity: &Entity,
    operation: &Operation,
    contents: &[Content],
) -> Vec<Example> {
    let mut out = Vec::new();
    for content in contents {
        let ty = match content.role {
            Role::Request => &operation.request,
            _ => &operation.response,
        };
        let Some(ty) = ty else { continue };
        let ty = types.in_entity(&entity.entity, ty);
        let mut example = Example {
            role: content.role,
            format: content.format,
            line: content.line,
            value: natural(&content.tree),
            ty,
            derived: false,
            fragment: content.fragment,
        };
        if content.format == Format::Xml {
            example.value = Value::String(xml(content));
        }
        out.push(example);
    }
    for role in [Role::Request, Role::Response] {
        let whole = |example: &Example| example.role == role && example.is_json();
        if out.iter().any(whole) || !operation.formats.contains(&Format::Json) {
            continue;
        }
        for content in contents.iter().filter(|content| {
            content.role == role && content.format == Format::Xml && !content.fragment
        }) {
            let same = |example: &&Example| example.line == content.line && example.role == role;
            let Some(ty) = out.iter().find(same).map(|example| example.ty.clone()) else {
                continue;
            };
            out.push(Example {
                role,
                format: Format::Json,
                line: content.line,
                value: typed(types, &ty, &content.tree),
                ty,
                derived: true,
                fragment: false,
            });
        }
    }
    out
}

fn xml(content: &Content) -> String {
    if let Some(text) = &content.verbatim {
        return text.trim_end().to_owned();
    }
    let mut text = String::new();
    fixture::write_xml(&content.tree, 0, &mut text);
    text
}

/// A tree as it stands.
fn natural(tree: &Tree) -> Value {
    match tree {
        Tree::Null => Value::Null,
        Tree::Bool(flag) => Value::Bool(*flag),
        Tree::Number(text) => number(text).unwrap_or_else(|| Value::String(text.clone())),
        Tree::Text(text) => Value::String(text.clone()),
        Tree::List(items) => items.iter().map(natural).collect(),
        Tree::Object(members) => {
            let mut out = Object::new();
            for member in members {
                out.entry(member.key.clone())
                    .or_insert_with(|| natural(&member.value));
            }
            Value::Object(out)
        }
    }
}

fn number(text: &str) -> Option<Value> {
    let whole = text.parse::<i64>().ok().map(Number::from);
    let whole = whole.or_else(|| text.parse::<u64>().ok().map(Number::from));
    let number = whole.or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64));
    number.map(Value::Number)
}

/// A tree that was XML, where all is text, with the types of JSON.
fn typed(types: &Types<'_>, ty: &str, tree: &Tree) -> Value {
    match (types.kind(ty), tree) {
        (Kind::List(_), tree) if tree.is_empty() => Value::Array(Vec::new()),
        (Kind::List(item), Tree::List(items)) => {
            items.iter().map(|one| typed(types, item, one)).collect()
        }
        (Kind::List(item), one) => Value::Array(vec![typed(types, item, one)]),
        (Kind::Object(name, fields), Tree::Object(members)) => {
            let mut out = Object::new();
            for member in members {
                let field = fields.iter().find(|field| field.name == member.key);
                let value = match field {
                    Some(field) => typed(types, &types.resolve(name, &field.ty), &member.value),
                    None => natural(&member.value),
                };
                out.entry(member.key.clone()).or_insert(value);
            }
            Value::Object(out)
        }
        (Kind::Scalar(name), Tree::Text(text)) => {
            let text = text.trim();
            let value = match name {
                "integer" => text.parse::<i64>().ok().map(Value::from),
                "number" => number(text),
                "boolean" => text
                    .to_ascii_lowercase()
                    .parse::<bool>()
                    .ok()
                    .map(Value::Bool),
                _ => None,
            };
            value.unwrap_or_else(|| natural(tree))
        }
        (_, tree) => natural(tree),
    }
}
