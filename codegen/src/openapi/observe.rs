//! What the samples of the docs hold where their tables say otherwise. A schema that its own examples contradict helps
//! nobody, so schemas are widened by this, and say so.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::types::{Kind, Slot, Types, inside};

/// What was seen, by place.
#[derive(Debug, Default)]
pub struct Observed {
    /// JSON types other than the documented one.
    types: BTreeMap<Slot, BTreeSet<&'static str>>,
    /// Fields that a sample of their object lacks.
    absent: BTreeSet<Slot>,
}

impl Observed {
    /// Looks at a whole message.
    pub fn whole(&mut self, types: &Types<'_>, ty: &str, value: &Value) {
        self.value(types, ty, value, &(ty.to_owned(), String::new()));
    }

    /// The other types at a place.
    pub fn at(&self, slot: &Slot) -> Vec<&'static str> {
        let seen = self.types.get(slot).into_iter().flatten();
        seen.copied().collect()
    }

    pub fn is_absent(&self, slot: &Slot) -> bool {
        self.absent.contains(slot)
    }

    fn note(&mut self, slot: &Slot, value: &Value) {
        let seen = self.types.entry(slot.clone()).or_default();
        seen.insert(type_of(value));
    }

    fn value(&mut self, types: &Types<'_>, ty: &str, value: &Value, slot: &Slot) {
        match types.kind(ty) {
            Kind::Any => {}
            Kind::Scalar(name) => {
                let seen = type_of(value);
                if seen != name && !(name == "number" && seen == "integer") {
                    self.note(slot, value);
                }
            }
            Kind::Values(values) => {
                if !value
                    .as_str()
                    .is_some_and(|text| values.iter().any(|known| known == text))
                {
                    self.note(slot, value);
                }
            }
            Kind::List(item) => {
                let inner = inside(slot, "[]");
                match value {
                    Value::Array(items) => {
                        for one in items {
                            self.value(types, item, one, &inner);
                        }
                    }
                    Value::Object(_) => {
                        self.note(slot, value);
                        self.value(types, item, value, &inner);
                    }
                    other => self.note(slot, other),
                }
            }
            Kind::Map(item) => match value {
                Value::Object(members) => {
                    for one in members.values() {
                        self.value(types, item, one, &inside(slot, "{}"));
                    }
                }
                other => self.note(slot, other),
            },
            Kind::Object(name, fields) => match value {
                Value::Object(members) => {
                    for field in fields {
                        let slot = (name.to_owned(), field.name.clone());
                        match members.get(&field.name) {
                            Some(value) => {
                                self.value(types, &types.resolve(name, &field.ty), value, &slot);
                            }
                            None => {
                                self.absent.insert(slot);
                            }
                        }
                    }
                }
                other => self.note(slot, other),
            },
        }
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
