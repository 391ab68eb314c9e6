//! The types of the spec, by their names in the document.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::object::key;
use crate::spec::{Field, Spec, TypeDef, inner, innermost, item_of, value_of};

/// Where something stands: a component, a field of it, and `[]` for items of a list or `{}` for values of a map.
pub type Slot = (String, String);

/// What a written type is. Names are keys below `components/schemas`.
pub enum Kind<'t> {
    Any,
    /// A type of JSON Schema.
    Scalar(&'static str),
    Values(&'t [String]),
    List(&'t str),
    Map(&'t str),
    Object(&'t str, &'t [Field]),
}

/// All types, by their key in the document.
pub struct Types<'s> {
    /// Entity and definition of each.
    pub defined: IndexMap<String, (&'s str, &'s TypeDef)>,
    /// Key by entity and name.
    keys: BTreeMap<(&'s str, &'s str), String>,
}

impl<'s> Types<'s> {
    pub fn of(spec: &'s Spec) -> Self {
        let mut out = Self {
            defined: IndexMap::new(),
            keys: BTreeMap::new(),
        };
        for entity in &spec.entities {
            for (name, definition) in &entity.types {
                let mut free = key(name);
                if out.defined.contains_key(&free) {
                    free = format!("{}.{free}", key(&entity.entity));
                }
                let base = free.clone();
                let mut number = 1;
                while out.defined.contains_key(&free) {
                    number += 1;
                    free = format!("{base}-{number}");
                }
                out.keys.insert((&entity.entity, name), free.clone());
                out.defined.insert(free, (&entity.entity, definition));
            }
        }
        out
    }

    /// A written type of an entity, with keys for names.
    pub fn in_entity(&self, entity: &str, ty: &str) -> String {
        for wrapper in ["list", "map"] {
            if let Some(item) = inner(ty, wrapper) {
                return format!("{wrapper}<{}>", self.in_entity(entity, item));
            }
        }
        let key = self.keys.get(&(entity, ty));
        key.map_or_else(|| ty.to_owned(), Clone::clone)
    }

    /// A written type of a field of a component, with keys for names.
    pub fn resolve(&self, component: &str, ty: &str) -> String {
        match self.defined.get(component) {
            Some((entity, _)) => self.in_entity(entity, ty),
            None => ty.to_owned(),
        }
    }

    pub fn kind<'t>(&'t self, ty: &'t str) -> Kind<'t> {
        if let Some(item) = item_of(ty) {
            return Kind::List(item);
        }
        if let Some(item) = value_of(ty) {
            return Kind::Map(item);
        }
        if let Some((name, (_, definition))) = self.defined.get_key_value(ty) {
            return match (&definition.fields, &definition.values) {
                (Some(fields), _) => Kind::Object(name, fields),
                (None, Some(values)) => Kind::Values(values),
                (None, None) => Kind::Any,
            };
        }
        scalar(ty).map_or(Kind::Any, Kind::Scalar)
    }

    pub fn is_defined(&self, ty: &str) -> bool {
        self.defined.contains_key(ty)
    }

    /// Where a place such as `a.b[].c` in a body leads to.
    pub fn slot(&self, body: &str, at: &str) -> Option<Slot> {
        let mut ty = body.to_owned();
        let mut slot = None;
        for part in at.split('.') {
            let name = part.trim_end_matches("[]");
            let Kind::Object(component, fields) = self.kind(innermost(&ty)) else {
                return None;
            };
            let field = fields.iter().find(|field| field.name == name)?;
            slot = Some((component.to_owned(), name.to_owned()));
            let next = self.resolve(component, &field.ty);
            ty = next;
        }
        slot
    }
}

/// A scalar of the spec as a type of JSON Schema. Dates of the wire are not those of RFC 3339: they are strings.
pub fn scalar(ty: &str) -> Option<&'static str> {
    Some(match ty {
        "string" | "datetime" | "date" | "file" => "string",
        "integer" => "integer",
        "number" => "number",
        "boolean" => "boolean",
        _ => return None,
    })
}

/// The place of what is inside a list or a map.
pub fn inside(slot: &Slot, mark: &str) -> Slot {
    (slot.0.clone(), format!("{}{mark}", slot.1))
}
