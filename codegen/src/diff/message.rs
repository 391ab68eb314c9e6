//! A message before and now.

use std::collections::{BTreeMap, BTreeSet};

use super::finder::Finder;
use crate::spec::{Entity, Field, Source};

/// A field with its path.
pub struct Found<'a> {
    /// The object that it is in.
    pub parent: String,
    /// The field.
    pub field: &'a Field,
    /// Where the object stands that it is in.
    pub around: &'a Source,
    /// Whether another field of the same choice was there before.
    pub joins: bool,
}

impl<'a> Found<'a> {
    /// Where it stands.
    pub fn path(&self) -> String {
        join(&self.parent, &self.field.name)
    }

    /// Where the docs show it.
    pub fn place(&self) -> &'a Source {
        self.field.source.first().unwrap_or(self.around)
    }
}

/// A key below a path.
pub fn join(parent: &str, name: &str) -> String {
    if parent.is_empty() {
        name.to_owned()
    } else {
        format!("{parent}.{name}")
    }
}

/// Rust names of types, by their names in the spec.
pub type TypeNames = BTreeMap<String, String>;

/// A message before and now.
pub struct Sides<'a> {
    /// Entity and type.
    pub old: (&'a Entity, &'a str),
    /// The same now.
    pub new: (&'a Entity, &'a str),
    /// Where they are shown.
    pub places: (&'a Source, &'a Source),
    /// The Rust names of their types.
    pub names: (&'a TypeNames, &'a TypeNames),
}

/// Compares one message.
pub struct Messages<'a, 'f, 'e> {
    /// The entity before.
    pub old: &'a Entity,
    /// The entity now.
    pub new: &'a Entity,
    /// The Rust names of the types.
    pub names: (&'a TypeNames, &'a TypeNames),
    /// Whether it is the request.
    pub request: bool,
    /// Where the object stands whose fields are compared: the place of fields that have none of their own.
    pub around: (&'a Source, &'a Source),
    /// Pairs of types that were compared.
    pub seen: BTreeSet<(&'a str, &'a str)>,
    /// Fields that are gone.
    pub removed: Vec<Found<'a>>,
    /// Fields that are new.
    pub added: Vec<Found<'a>>,
    /// Takes the changes.
    pub finder: &'f mut Finder<'e>,
}
