//! What an operation looks like in Rust, as far as two versions of it are compared.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::plan::{AnswerKind, Model, OperationPlan, Ty};
use super::planning::plan;
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
    /// By struct and wire name: the types of fields.
    pub fields: BTreeMap<(String, String), String>,
    /// The Rust names of the types of the request, by their names in the spec.
    pub request: BTreeMap<String, String>,
    /// The same of the answer.
    pub response: BTreeMap<String, String>,
}

/// The shapes of all operations, by id.
#[must_use]
pub fn shapes(spec: &Spec, dialect: &Dialect, names: &Registry) -> IndexMap<String, Shape> {
    plan(spec, dialect, names)
        .entities
        .iter()
        .flat_map(|entity| &entity.operations)
        .map(|operation| (operation.spec.id.clone(), shape(operation)))
        .collect()
}

fn shape(operation: &OperationPlan) -> Shape {
    let body = operation.body.as_ref().map(|body| {
        let many = if body.many { "several " } else { "" };
        format!("{many}{}", body.ty)
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
        fields,
        request: operation.type_names.0.clone(),
        response: operation.type_names.1.clone(),
    }
}

fn name(of: &Ty) -> String {
    ty(of).to_string().replace(' ', "")
}
