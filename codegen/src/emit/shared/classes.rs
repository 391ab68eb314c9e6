//! Which types of all messages are the same.
//!
//! Types are the same where users could not tell them apart: the same noun, the same members with the same names and
//! types, all the way down, and, where they are sent, the same members that have to be there. Types that hold one another
//! are compared as finite automata are: all that look alike begin in one class, and a class is divided as long as its
//! members lead to different classes.

use std::collections::HashMap;

use crate::emit::plan::{ChoicePlan, FieldPlan, Model, Plan, Ty, named, renamed};
use crate::spec::Required;

/// A part of an operation that has types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The body of the answer.
    Answer,
    /// The body of the request.
    Request,
    /// The parameters outside of it.
    Call,
}

/// A type of a message: where it stands in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site {
    pub entity: usize,
    pub operation: usize,
    pub part: Part,
    pub model: usize,
}

impl Site {
    /// The types of the same message.
    pub fn message(self, plan: &Plan) -> &[Model] {
        let entity = plan.entities.get(self.entity);
        entity
            .and_then(|entity| entity.operations.get(self.operation))
            .map_or(&[], |operation| match self.part {
                Part::Answer => &operation.response,
                Part::Request => &operation.request,
                Part::Call => &operation.types,
            })
    }

    /// The type.
    pub fn of(self, plan: &Plan) -> Option<&Model> {
        self.message(plan).get(self.model)
    }

    /// Another type of the same message.
    pub fn other(self, plan: &Plan, name: &str) -> Option<Self> {
        let model = self
            .message(plan)
            .iter()
            .position(|model| model.name() == name)?;
        Some(Self { model, ..self })
    }
}

/// All types of all messages, but for the messages themselves, in the order of the docs.
pub fn sites(plan: &Plan) -> Vec<Site> {
    let mut out = Vec::new();
    for (entity, of) in plan.entities.iter().enumerate() {
        for operation in 0..of.operations.len() {
            for part in [Part::Call, Part::Request, Part::Answer] {
                let message = Site {
                    entity,
                    operation,
                    part,
                    model: 0,
                };
                for (model, of) in message.message(plan).iter().enumerate() {
                    let whole = matches!(of, Model::Struct { place, .. } if place.is_empty());
                    if !whole {
                        out.push(Site { model, ..message });
                    }
                }
            }
        }
    }
    out
}

/// The class of each of the sites.
pub fn classes(plan: &Plan, sites: &[Site]) -> Vec<usize> {
    let places: HashMap<Site, usize> = sites.iter().copied().zip(0..).collect();
    let held: Vec<Vec<Option<usize>>> = sites
        .iter()
        .map(|site| {
            let inner = |name: &str| places.get(&site.other(plan, name)?).copied();
            let model = site.of(plan);
            let fields = sorted(model.map_or(&[][..], Model::fields));
            let choice = model.and_then(Model::choice);
            fields
                .iter()
                .map(|field| named(&field.ty))
                .chain([choice])
                .map(|name| inner(name?))
                .collect()
        })
        .collect();
    let (mut class, mut count) = numbered(sites.iter().map(|site| {
        site.of(plan)
            .map(|model| outside(model, site.part == Part::Request))
            .unwrap_or_default()
    }));
    loop {
        let (next, more) = numbered(class.iter().zip(&held).map(|(own, held)| {
            let held: Vec<Option<usize>> = held
                .iter()
                .map(|at| at.and_then(|at| class.get(at).copied()))
                .collect();
            (*own, held)
        }));
        if more == count {
            return next;
        }
        (class, count) = (next, more);
    }
}

/// Equal keys get equal numbers.
fn numbered<K: std::hash::Hash + Eq>(keys: impl Iterator<Item = K>) -> (Vec<usize>, usize) {
    let mut known: HashMap<K, usize> = HashMap::new();
    let numbers = keys
        .map(|key| {
            let next = known.len();
            *known.entry(key).or_insert(next)
        })
        .collect();
    (numbers, known.len())
}

/// Two samples may show the same members in two orders.
fn sorted(fields: &[FieldPlan]) -> Vec<&FieldPlan> {
    let mut sorted: Vec<&FieldPlan> = fields.iter().collect();
    sorted.sort_by_key(|field| &field.wire);
    sorted
}

/// What users see of a type, but for what its members hold.
fn outside(model: &Model, request: bool) -> String {
    let noun = noun(model.name());
    match model {
        Model::Struct {
            fields,
            choice,
            item,
            ..
        } => {
            let fields: Vec<_> = sorted(fields)
                .into_iter()
                .map(|field| {
                    let demand = request.then_some((field.required, &field.unless));
                    let demand = demand.filter(|(required, _)| *required != Required::False);
                    (
                        &field.wire,
                        &field.ident,
                        &field.wrappers,
                        without_name(&field.ty),
                        field.shown,
                        demand,
                    )
                })
                .collect();
            let choice = choice.as_ref().map(variants);
            format!("{noun} {item} {fields:?} {choice:?}")
        }
        Model::Enum { variants, .. } => {
            let mut variants: Vec<_> = variants.iter().collect();
            variants.sort_unstable();
            format!("{noun} {variants:?}")
        }
        Model::Choice { variants, open, .. } => {
            let ways = variants.iter();
            let mut ways: Vec<_> = ways
                .map(|way| (&way.wire, &way.name, without_name(&way.ty)))
                .collect();
            ways.sort_by_key(|(wire, name, _)| (*wire, *name));
            format!("{noun} {ways:?} {open}")
        }
    }
}

fn variants(choice: &ChoicePlan) -> Vec<(&str, &str, Ty)> {
    let variants = choice.variants.iter();
    variants
        .map(|(variant, field, ty)| (variant.as_str(), field.as_str(), without_name(ty)))
        .collect()
}

/// The kind of a type, whatever the type is called.
fn without_name(ty: &Ty) -> Ty {
    renamed(ty, &|_| String::new())
}

/// A name without a number.
pub fn plain(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_')
}

/// What a name says that a type is: its last word. A registered till is a till.
pub fn noun(name: &str) -> &str {
    let name = plain(name);
    let start = name.rfind(|c: char| c.is_ascii_uppercase());
    start.and_then(|start| name.get(start..)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noun_of_a_name_is_its_last_word() {
        for (name, is) in [
            ("RegisteredTill", "Till"),
            ("Field2", "Field"),
            ("Type", "Type"),
            ("Field_2", "Field"),
            ("", ""),
        ] {
            assert_eq!(noun(name), is, "{name}");
        }
    }
}
