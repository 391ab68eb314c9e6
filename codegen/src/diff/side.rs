//! An operation as one side of a comparison.

use indexmap::IndexMap;

use crate::emit::Shape;
use crate::spec::{Entity, Operation, Spec};

/// Rust types of operations, by their ids.
pub type ShapesById = IndexMap<String, Shape>;

/// An operation with its entity and with what it looks like in Rust.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The entity.
    pub entity: &'a Entity,
    /// The operation.
    pub operation: &'a Operation,
    /// Its Rust types, where they are known.
    pub shape: Option<&'a Shape>,
}

/// The operations of a spec, in its order.
pub fn sides<'a>(spec: &'a Spec, shapes: Option<&'a ShapesById>) -> Vec<Side<'a>> {
    spec.entities
        .iter()
        .flat_map(|entity| {
            entity.operations.iter().map(move |operation| Side {
                entity,
                operation,
                shape: shapes.and_then(|shapes| shapes.get(&operation.id)),
            })
        })
        .collect()
}
