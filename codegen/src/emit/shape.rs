//! What an operation looks like in Rust, as far as two versions of it are compared.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::plan::{AnswerKind, Model, OperationPlan, Ty, object};
use super::planning::plan;
use super::shared::Shared;
use super::tokens::ty;
use crate::dialect::Dialect;
use crate::names::Registry;
use crate::spec::Spec;

/// The Rust types that a call takes and gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// The body, if there is one.
    pub body: Option<String>,
    /// What the call gives.
    pub answer: String,
    /// Its module, such as `customer::get`.
    pub module: String,
    /// Fields in Rust, such as `request::Customer::mobile`, by message and path on the wire.
    pub items: BTreeMap<(bool, String), String>,
    /// Setters, arguments and variants of parameters outside of the body, by name on the wire.
    pub params: BTreeMap<String, String>,
    /// By struct and wire name: the types of fields.
    pub fields: BTreeMap<(String, String), String>,
    /// The Rust names of the types of the request, by their names in the spec.
    pub request: BTreeMap<String, String>,
    /// The same of the answer.
    pub response: BTreeMap<String, String>,
}

/// What a crate looks like in Rust.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shapes {
    /// The shapes of all operations, by id.
    pub operations: IndexMap<String, Shape>,
    /// The modules of entities.
    pub modules: BTreeMap<String, String>,
    /// Codes, such as `customer::Code::NotFound`, by entity and number; those of the API have no entity.
    pub codes: BTreeMap<(Option<String>, u32), String>,
}

/// The shapes of all that users name.
#[must_use]
pub fn shapes(spec: &Spec, dialect: &Dialect, names: &Registry) -> Shapes {
    let plan = plan(spec, dialect, names);
    let mut out = Shapes::default();
    for code in &plan.codes {
        let item = format!("ApiCode::{}", code.variant);
        out.codes.insert((None, code.number), item);
    }
    for entity in &plan.entities {
        let (key, module) = (&entity.key, &entity.module);
        out.modules.insert(key.clone(), module.clone());
        for code in &entity.codes {
            let item = format!("{module}::Code::{}", code.variant);
            out.codes.insert((Some(key.clone()), code.number), item);
        }
        for operation in &entity.operations {
            let id = operation.spec.id.clone();
            out.operations.insert(id, shape(module, operation));
        }
    }
    out
}

/// Publishes all names of a crate without emitting it.
pub fn publish(spec: &Spec, dialect: &Dialect, names: &Registry) {
    let plan = plan(spec, dialect, names);
    Shared::plan(&plan, names);
}

fn shape(module: &str, operation: &OperationPlan) -> Shape {
    let body = operation.body.as_ref().map(|body| {
        let many = if body.many { "several " } else { "" };
        format!("{many}{}", name(&body.ty))
    });
    let answer = match &operation.answer.kind {
        AnswerKind::Empty => "nothing".to_owned(),
        AnswerKind::One(ty) => name(ty),
        AnswerKind::Item(ty) => format!("item {}", name(ty)),
        AnswerKind::Batch(ty) => format!("batch of {}", name(ty)),
    };
    let mut fields = BTreeMap::new();
    for (module, models) in [
        ("request", &operation.request),
        ("response", &operation.response),
    ] {
        for model in models {
            if let Model::Struct {
                name: owner,
                fields: own,
                ..
            } = model
            {
                for field in own {
                    let key = (format!("{module}::{owner}"), field.wire.clone());
                    fields.insert(key, name(&field.ty));
                }
            }
        }
    }
    Shape {
        body,
        answer,
        module: format!("{module}::{}", operation.name),
        items: items(operation),
        params: params(operation),
        fields,
        request: operation.type_names.0.clone(),
        response: operation.type_names.1.clone(),
    }
}

/// The fields of both messages in Rust.
fn items(operation: &OperationPlan) -> BTreeMap<(bool, String), String> {
    let mut out = BTreeMap::new();
    let mut walk = |request: bool, keys: &[String], ty: &str| {
        let (module, models) = if request {
            ("request", &operation.request)
        } else {
            ("response", &operation.response)
        };
        let mut open = vec![(keys.to_vec(), ty, Vec::new())];
        while let Some((keys, ty, above)) = open.pop() {
            let found = models.iter().find_map(|model| match model {
                Model::Struct { name, fields, .. } if name == ty => Some(fields),
                _ => None,
            });
            // A type that holds itself is met once on each way down.
            for field in found.filter(|_| !above.contains(&ty)).into_iter().flatten() {
                let item = format!("{module}::{ty}::{}", field.ident);
                let mut keys = keys.clone();
                for key in std::iter::once(&field.wire).chain(&field.wrappers) {
                    keys.push(key.clone());
                    out.insert((request, keys.join(".")), item.clone());
                }
                if let Some(inner) = object(&field.ty) {
                    let mut above = above.clone();
                    above.push(ty);
                    open.push((keys, inner, above));
                }
            }
        }
    };
    if let Some(body) = &operation.body
        && let Some(model) = body.model()
    {
        walk(true, &body.keys, model);
    }
    let answer = match &operation.answer.kind {
        AnswerKind::Empty => None,
        AnswerKind::One(ty) | AnswerKind::Item(ty) | AnswerKind::Batch(ty) => object(ty),
    };
    if let Some(ty) = answer {
        walk(false, &operation.answer.payload, ty);
    }
    out
}

/// What parameters outside of the body are in Rust: an argument of the call, a setter of it, or a variant of a choice.
fn params(operation: &OperationPlan) -> BTreeMap<String, String> {
    let call = &operation.call;
    let of_call = operation.args.iter().chain(&operation.setters);
    let mut out: BTreeMap<String, String> = of_call
        .map(|param| (param.param.name.clone(), format!("{call}::{}", param.ident)))
        .collect();
    for choice in &operation.choices {
        for (variant, wire, _) in &choice.variants {
            out.insert(wire.clone(), format!("{}::{variant}", choice.name));
        }
    }
    out
}

fn name(of: &Ty) -> String {
    ty(of).to_string().replace(' ', "")
}
