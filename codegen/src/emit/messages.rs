//! Plans the types of requests and answers: what users see of a message.

use super::plan::{ChoicePlan, Common, FieldPlan, Model, Ty, Way, scalar_ty, variants};
use super::ty::shown;
use super::{basis, choices};
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::ident::{camel, snake, variant};
use crate::answer::Types;
use crate::dialect::Wire;
use crate::infer::singular;
use crate::names::{Alias, Scope, Section};
use crate::spec::{Entity, Field, In, Required, TypeDef, innermost, item_of, value_of};

/// Collects the types of one message.
pub struct Models<'a> {
    entity: &'a Entity,
    pub(super) wire: &'a Wire,
    common: Common<'a>,
    request: bool,
    /// The scope of the names of the types; those of fields and values have the place of their type behind it.
    key: String,
    /// Where in the message the type that is planned stands.
    pub(super) path: Vec<String>,
    scope: Scope<'a>,
    /// Rust names of types, by their names in the spec; the name of the message itself is under an empty one.
    pub(super) names: BTreeMap<String, String>,
    /// The places under which the types are published.
    places: BTreeMap<String, String>,
    /// All places that a type has in the message.
    everywhere: BTreeMap<&'a str, Vec<String>>,
    planned: IndexMap<String, Model>,
    /// Types of items of lists.
    items: BTreeSet<String>,
}

/// How many places of one type are looked at.
const MOST_PLACES: usize = 64;

/// How deep they may be.
const DEEPEST: usize = 24;

impl<'a> Models<'a> {
    /// `operation` is the scope of the operation's names.
    pub fn new(entity: &'a Entity, common: Common<'a>, request: bool, operation: &str) -> Self {
        let key = format!("{operation} {}", if request { "request" } else { "answer" });
        Self {
            entity,
            wire: common.wire,
            common,
            request,
            scope: common.names.scope(Section::Types, &key),
            key,
            path: Vec::new(),
            names: BTreeMap::new(),
            places: BTreeMap::new(),
            everywhere: BTreeMap::new(),
            planned: IndexMap::new(),
            items: BTreeSet::new(),
        }
    }

    /// Begins with the message itself.
    pub(super) fn begin(&mut self, message: &'a str) {
        self.names.insert(String::new(), message.to_owned());
        let mut open = vec![(message, Vec::new(), 0)];
        while let Some((ty, path, depth)) = open.pop() {
            for field in self.fields(ty).into_iter().flatten() {
                let inner = innermost(&field.ty);
                let Some((inner, _)) = self.entity.types.get_key_value(inner) else {
                    continue;
                };
                let mut path: Vec<&str> = path.clone();
                path.push(&field.name);
                let places = self.everywhere.entry(inner).or_default();
                // A type may hold itself.
                if places.len() < MOST_PLACES && depth < DEEPEST {
                    places.push(path.join("."));
                    open.push((inner, path, depth + 1));
                }
            }
        }
    }

    /// The types, former names of them, and their names by those in the spec.
    pub fn finish(mut self) -> (Vec<Model>, Vec<Alias>, BTreeMap<String, String>) {
        self.names.remove("");
        (
            self.planned.into_values().collect(),
            self.scope.aliases(),
            self.names,
        )
    }

    /// Where in the message the type that is planned stands; the message itself is `-`.
    fn place(&self) -> String {
        if self.path.is_empty() {
            "-".to_owned()
        } else {
            self.path.join(".")
        }
    }

    fn scope(&self, section: Section, place: &str) -> Scope<'a> {
        self.common
            .names
            .scope(section, &format!("{} {place}", self.key))
    }

    fn def(&self, name: &str) -> Option<&'a TypeDef> {
        self.entity.types.get(name)
    }

    /// The types as they are looked at to find what an answer is about.
    pub(super) fn types(&self) -> Types<'a> {
        Types::new(&self.entity.types, self.wire)
    }

    pub fn fields(&self, name: &str) -> Option<&'a [Field]> {
        self.types().fields(name)
    }

    /// The only field of an object, if it is a list, or an object of which the wrapper is the plural.
    fn wrapped(&self, outer: &str, name: &str) -> Option<&'a Field> {
        let [only] = self.fields(name)? else {
            return None;
        };
        let list = only.ty.starts_with("list<");
        let plural =
            self.fields(&only.ty).is_some() && singular(outer) == only.name && outer != only.name;
        (list || plural).then_some(only)
    }

    /// The type of a field, and the keys that it hides.
    pub(super) fn ty(&mut self, key: &str, written: &str, wrappers: &mut Vec<String>) -> Ty {
        if let Some(inner) = item_of(written) {
            return Ty::List(Box::new(self.item(key, inner)));
        }
        if let Some(inner) = value_of(written) {
            return Ty::Map(Box::new(self.item(key, inner)));
        }
        if written == "any" {
            return Ty::Any;
        }
        let Some(def) = self.def(written) else {
            return scalar_ty(written);
        };
        if def.values.is_some() {
            return Ty::Enum(self.name(written));
        }
        let status = def.fields.as_deref().unwrap_or_default();
        if self.types().is_outcome(status) {
            if key == self.wire.item_status {
                return Ty::ItemStatus;
            }
            if key == self.wire.status {
                return Ty::ApiStatus;
            }
        }
        if status.is_empty() {
            return Ty::Any;
        }
        if wrappers.len() < 3
            && let Some(inner) = self.wrapped(key, written)
        {
            wrappers.push(inner.name.clone());
            let mut more = Vec::new();
            self.path.push(inner.name.clone());
            let ty = self.ty(&inner.name, &inner.ty, &mut more);
            self.path.pop();
            return match ty {
                Ty::List(_) => ty,
                other if more.is_empty() => Ty::List(Box::new(other)),
                other => {
                    wrappers.extend(more);
                    other
                }
            };
        }
        Ty::Struct(self.name(written))
    }

    /// The type of a message, or of the items that it consists of, behind all wrappers.
    pub(super) fn whole(&mut self, written: &'a str) -> Ty {
        if self.fields(written).is_some() {
            Ty::Struct(self.name(written))
        } else {
            self.ty("item", written, &mut Vec::new())
        }
    }

    /// The type of an item of a list: wrappers hide fields, never items.
    pub(super) fn item(&mut self, key: &str, written: &str) -> Ty {
        match self.fields(written) {
            Some(fields) if !fields.is_empty() => {
                self.items.insert(written.to_owned());
                Ty::Struct(self.name(written))
            }
            _ => self.ty(key, written, &mut Vec::new()),
        }
    }

    /// Whether the object has an outcome of its own.
    pub(super) fn has_outcome(&self, ty: &Ty) -> bool {
        let Ty::Struct(name) = ty else { return false };
        matches!(
            self.planned.get(name),
            Some(Model::Struct { item: true, .. })
        )
    }

    /// The place under which a type is published: where it is met, or any other place that it has in the message, so that
    /// the order of a sample names nothing. Where it is met, if it is new.
    fn published(&self, written: &str) -> String {
        let names = self.common.names;
        let here = names.published_place(&self.key, &self.place());
        let is_published = |place: &String| names.is_published(&self.key, place);
        if is_published(&here) {
            return here;
        }
        let mut others = self.everywhere.get(written).into_iter().flatten();
        let other = others.find_map(|place| {
            let place = names.published_place(&self.key, place);
            is_published(&place).then_some(place)
        });
        other.unwrap_or(here)
    }

    /// What a type is called by its wrapper, if that is the same at all its places.
    fn by_wrapper(&self, written: &str) -> Option<String> {
        let here = by_wrapper(self.path.iter().map(String::as_str))?;
        let mut others = self.everywhere.get(written).into_iter().flatten();
        let agree = others.all(|place| by_wrapper(place.split('.')).as_ref() == Some(&here));
        agree.then_some(here)
    }

    /// The Rust name of a type; plans it when it is new.
    pub(super) fn name(&mut self, written: &str) -> String {
        if let Some(name) = self.names.get(written) {
            // When the place is gone where it was first met, it is still the same type here.
            if let Some(published) = self.places.get(written) {
                let names = self.common.names;
                names.same_place(&self.key, &self.place(), published);
            }
            return name.clone();
        }
        let prefix = self.names.get("").cloned().unwrap_or_default();
        let short = written
            .strip_prefix(prefix.as_str())
            .filter(|rest| !rest.is_empty())
            .unwrap_or("Body");
        let place = self.published(written);
        let wanted = self.by_wrapper(written).unwrap_or_else(|| short.to_owned());
        let name = self.scope.name(&place, &camel(&wanted));
        self.names.insert(written.to_owned(), name.clone());
        self.places.insert(written.to_owned(), place.clone());
        // It may be met here alone some day.
        let names = self.common.names;
        names.same_place(&self.key, &self.place(), &place);
        let Some(def) = self.def(written) else {
            return name;
        };
        if let Some(values) = &def.values {
            let mut scope = self.scope(Section::Values, &place);
            let model = Model::Enum {
                name: name.clone(),
                fact: place,
                doc: String::new(),
                variants: variants(values, &mut scope),
                aliases: scope.aliases(),
            };
            self.planned.insert(name.clone(), model);
            return name;
        }
        // Keeps the order in which types are met.
        self.planned.insert(
            name.clone(),
            Model::Struct {
                name: name.clone(),
                fact: place.clone(),
                place: self.path.join("."),
                fields: Vec::new(),
                choice: None,
                item: false,
                aliases: Vec::new(),
            },
        );
        let own = def.fields.as_deref().unwrap_or_default();
        // An item of a list may call its outcome as calls do.
        let by_status =
            !self.request && self.items.contains(written) && !self.types().has_item_status(own);
        let (mut fields, aliases) = self.field_plans(own, &place);
        if by_status {
            for field in &mut fields {
                if field.ty == Ty::ApiStatus {
                    field.ty = Ty::ItemStatus;
                }
            }
        }
        let choice = if self.request {
            self.choice(&name, &fields, &place)
        } else {
            None
        };
        let item = fields.iter().any(|field| field.ty == Ty::ItemStatus);
        self.planned.insert(
            name.clone(),
            Model::Struct {
                name: name.clone(),
                fact: place,
                place: self.path.join("."),
                fields,
                choice,
                item,
                aliases,
            },
        );
        name
    }

    fn field_plans(&mut self, fields: &[Field], place: &str) -> (Vec<FieldPlan>, Vec<Alias>) {
        let section = if self.request {
            Section::RequestFields
        } else {
            Section::AnswerFields
        };
        let idents = self.scope(section, place);
        let mut idents = idents.expecting(fields.iter().map(|field| field.name.clone()));
        let plans = fields
            .iter()
            .map(|field| {
                let mut wrappers = Vec::new();
                self.path.push(field.name.clone());
                let ty = self.ty(&field.name, &field.ty, &mut wrappers);
                self.path.pop();
                FieldPlan {
                    ident: idents.name(&field.name, &snake(&field.name)),
                    wire: field.name.clone(),
                    wrappers,
                    shown: shown(&field.name, &ty, self.common.personal),
                    ty,
                    required: field.required,
                    unless: None,
                    doc: field.doc.clone(),
                    rests_on: basis::of_field(field),
                }
            })
            .collect();
        (plans, idents.aliases())
    }

    fn choice(&mut self, owner: &str, fields: &[FieldPlan], place: &str) -> Option<ChoicePlan> {
        let members: Vec<&FieldPlan> = fields
            .iter()
            .filter(|field| field.required == Required::OneOf)
            .collect();
        if members.len() < 2
            || members
                .iter()
                .any(|field| matches!(field.ty, Ty::List(_) | Ty::Map(_) | Ty::Struct(_)))
        {
            return None;
        }
        let fact = format!("one of {place}");
        let mut scope = self.scope(Section::Values, &fact);
        let name = self.scope.name(&fact, &format!("{owner}Identifier"));
        let ways = members.into_iter().map(|field| {
            let way = Way {
                name: scope.name(&field.wire, &variant(&field.wire)),
                wire: field.wire.clone(),
                ty: field.ty.clone(),
                doc: field.doc.clone(),
            };
            (way, field.ident.clone())
        });
        let ways: Vec<(Way, String)> = ways.collect();
        let (choice, model) = choices::plan(name.clone(), fact, ways, In::Body, scope.aliases());
        self.planned.insert(name, model);
        Some(choice)
    }
}

/// What the wrapper of a list says of its items, where it says more than they do: a `field` of `custom_fields` is a custom
/// field.
fn by_wrapper<'p>(mut keys: impl DoubleEndedIterator<Item = &'p str>) -> Option<String> {
    let inner = keys.next_back().map(snake)?;
    let outer = keys.next_back().map(|key| singular(&snake(key)))?;
    outer.ends_with(&format!("_{inner}")).then_some(outer)
}
