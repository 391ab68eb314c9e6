//! What all parts of the document are made of.

use indexmap::IndexMap;

use super::examples::Example;
use super::observe::Observed;
use super::types::Types;
use crate::dialect::Dialect;
use crate::spec::Spec;

/// What all parts of the document are made of.
pub struct Context<'s> {
    /// The spec.
    pub spec: &'s Spec,
    /// How its docs write things down.
    pub dialect: &'s Dialect,
    /// The types of the spec.
    pub types: Types<'s>,
    /// What the samples hold.
    pub observed: Observed,
    /// The samples, by operation.
    pub examples: IndexMap<&'s str, Vec<Example>>,
}
