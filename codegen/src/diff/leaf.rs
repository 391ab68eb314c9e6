//! A type without its lists and maps, and what is below it.

use std::collections::{BTreeSet, VecDeque};

use crate::identity::plain;
use crate::spec::{Entity, Field, Source, TypeDef};

/// Deeper than any message of an API.
pub const DEPTH: usize = 64;

/// A type without its lists and maps.
pub struct Leaf<'a> {
    /// What users see: `list<object>`, `string`.
    pub about: String,
    /// Name and definition, where it has one.
    pub def: Option<(&'a str, &'a TypeDef)>,
}

/// Takes lists and maps off a type.
pub fn leaf<'a>(entity: &'a Entity, written: &'a str) -> Leaf<'a> {
    let (mut inner, mut wraps) = (written, Vec::new());
    for _ in 0..DEPTH {
        let wrap = ["list<", "map<"]
            .into_iter()
            .find(|wrap| inner.starts_with(wrap) && inner.ends_with('>'));
        let Some(wrap) = wrap else { break };
        inner = inner.get(wrap.len()..inner.len() - 1).unwrap_or_default();
        wraps.push(wrap);
    }
    let def = entity.types.get_key_value(inner);
    let name = match def {
        Some((_, def)) if def.values.is_some() => "string",
        Some(_) => "object",
        None => inner,
    };
    Leaf {
        about: format!("{}{name}{}", wraps.concat(), ">".repeat(wraps.len())),
        def: def.map(|(name, def)| (name.as_str(), def)),
    }
}

impl<'a> Leaf<'a> {
    /// Its fields, where it is an object.
    pub fn fields(&self) -> &'a [Field] {
        self.def
            .and_then(|(_, def)| def.fields.as_deref())
            .unwrap_or_default()
    }

    /// The type with the names of what is in it.
    pub fn whole(&self) -> String {
        let names: Vec<&str> = self
            .fields()
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        if names.is_empty() {
            self.about.clone()
        } else {
            format!("{} of {}", self.about, names.join(", "))
        }
    }

    pub fn values(&self) -> Option<&'a [String]> {
        self.def.and_then(|(_, def)| def.values.as_deref())
    }
}

/// Names of the fields of a message, at any depth.
pub fn names(entity: &Entity, root: &str, out: &mut BTreeSet<String>) {
    let mut seen = BTreeSet::new();
    let mut left = vec![root];
    while let Some(written) = left.pop() {
        let leaf = leaf(entity, written);
        if leaf.def.is_none_or(|(name, _)| !seen.insert(name)) {
            continue;
        }
        for field in leaf.fields() {
            out.insert(plain(&field.name));
            left.push(&field.ty);
        }
    }
}

/// The place of the first field of this name in a message.
pub fn place<'a>(entity: &'a Entity, root: &'a str, name: &str) -> Option<&'a Source> {
    let mut seen = BTreeSet::new();
    let mut left = VecDeque::from([root]);
    while let Some(written) = left.pop_front() {
        let leaf = leaf(entity, written);
        if leaf.def.is_none_or(|(name, _)| !seen.insert(name)) {
            continue;
        }
        for field in leaf.fields() {
            if field.name == name && !field.source.is_empty() {
                return field.source.first();
            }
            left.push_back(&field.ty);
        }
    }
    None
}
