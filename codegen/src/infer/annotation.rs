//! What the docs state about a field.

use std::collections::BTreeMap;

use super::place::Path;
use super::shape::Shape;
use crate::read::facts::ParamRow;
use crate::spec::Required;

/// What the docs state about a field.
#[derive(Clone, Debug)]
pub struct Annotation<'a> {
    /// Its row.
    pub row: &'a ParamRow,
    /// Whether it has to be there.
    pub required: Required,
    /// True when the row is about a field of the same name in another place of the message.
    pub inherited: bool,
    /// True when the type of the row is the type of the field.
    pub typed: bool,
    /// The values that the row lists for this place.
    pub values: Option<Vec<String>>,
}

/// A message as samples and rows tell it.
#[derive(Clone, Debug)]
pub struct Told<'a> {
    /// What samples show, and the fields that only rows tell of.
    pub shape: Shape,
    /// What the docs state about the fields.
    pub annotations: Annotations<'a>,
}

/// Annotations by path.
pub type Annotations<'a> = BTreeMap<Path, Annotation<'a>>;
