//! Makes the places of all messages, and finds what is demanded of them.

use std::collections::{BTreeMap, BTreeSet};

use super::demands;
use super::places::{Home, Known, Object, Outcome, Place, PlaceId, Places, Shape, listed, scalar};
use super::proof::Proof;
use crate::answer::Types;
use crate::spec::{Entity, Field, In, Operation, Param, item_of, value_of};

/// Types within types end somewhere.
const DEEPEST: usize = 32;

impl<'s> Places<'s> {
    pub(super) fn add_operation(
        &mut self,
        entity: &'s Entity,
        operation: &'s Operation,
        headers: BTreeSet<String>,
    ) {
        let number = u32::try_from(self.operations.len()).unwrap_or(u32::MAX);
        let request = operation
            .request
            .as_deref()
            .map(|ty| self.root(entity, ty, number));
        let answer = operation
            .response
            .as_deref()
            .map(|ty| self.root(entity, ty, number));
        let query = self.query(operation, number);
        if let Some(request) = request {
            self.rows(operation, request);
        }
        let types = Types::new(&entity.types, self.wire);
        let payload = answer
            .zip(operation.response.as_deref())
            .and_then(|(root, ty)| self.mark_answer(types, ty, root));
        let item = payload.as_ref().map(|(item, _)| *item);
        let has_outcomes = item.is_some_and(|item| self.item_outcome(types, item).is_some());
        let promises = answer.is_some_and(|root| self.promises(root));
        let keys = payload.as_ref().map(|(_, keys)| keys.as_slice());
        let proof = Proof::new(operation, promises, keys);
        self.operations.push(Known {
            entity,
            operation,
            request,
            answer,
            query,
            headers,
            proof,
            payload,
            flags: demands::flags(operation),
            has_outcomes,
        });
    }

    /// Whether an answer says how the call went. Its places are the last ones.
    fn promises(&self, root: PlaceId) -> bool {
        let places = self.all.iter().skip(root as usize);
        places
            .filter_map(|place| match place.shape {
                Shape::Object(at) => self.objects.get(at as usize),
                _ => None,
            })
            .any(|object| object.outcome == Outcome::Call)
    }

    fn root(&mut self, entity: &'s Entity, ty: &'s str, operation: u32) -> PlaceId {
        let mut builder = Builder {
            all: self,
            entity,
            operation,
            open: Vec::new(),
        };
        builder.place("", None, ty, Home::None)
    }

    fn push(&mut self, place: Place<'s>) -> PlaceId {
        let id = PlaceId::try_from(self.all.len()).unwrap_or(PlaceId::MAX);
        self.all.push(place);
        id
    }

    /// The query of an operation, as an object.
    fn query(&mut self, operation: &'s Operation, number: u32) -> PlaceId {
        let mut object = Object::default();
        let root = self.push(Place::new("", None, Home::None, number));
        self.all[root as usize].parent = root;
        let own = |param: &&Param| param.place == In::Query && param.at.is_none();
        for param in operation.params.iter().filter(own) {
            if object.members.iter().any(|(name, _)| *name == param.name) {
                continue;
            }
            let mut place = Place::new(&param.name, Some(root), Home::Param(param), number);
            place.shape = scalar(&param.ty);
            place.values = listed(param);
            place.row = Some(param);
            let id = self.push(place);
            object.members.push((param.name.as_str(), id));
        }
        object.sort();
        let rows = operation.params.iter().filter(own).collect();
        self.demand(&mut object, operation, rows);
        self.set_object(root, object);
        root
    }

    fn set_object(&mut self, at: PlaceId, object: Object<'s>) {
        let index = u32::try_from(self.objects.len()).unwrap_or(u32::MAX);
        self.objects.push(object);
        self.all[at as usize].shape = Shape::Object(index);
    }

    /// Puts the rows about a body where they belong.
    fn rows(&mut self, operation: &'s Operation, request: PlaceId) {
        let mut by_object: BTreeMap<PlaceId, Vec<&'s Param>> = BTreeMap::new();
        for param in operation
            .params
            .iter()
            .filter(|param| param.place == In::Body)
        {
            let at = param.at.as_deref().unwrap_or(&param.name);
            let mut here = Some(request);
            let mut around = request;
            for step in at.split('.') {
                around = here.map_or(around, |here| self.inside_lists(here));
                here = here.and_then(|_| self.member(around, step.trim_end_matches("[]")));
            }
            let Some(here) = here else { continue };
            let place = &mut self.all[here as usize];
            place.row.get_or_insert(param);
            if place.values.is_none() {
                place.values = listed(param);
            }
            by_object.entry(around).or_default().push(param);
        }
        for (at, rows) in by_object {
            if let Shape::Object(index) = self.place(at).shape {
                let mut object = std::mem::take(&mut self.objects[index as usize]);
                self.demand(&mut object, operation, rows);
                self.objects[index as usize] = object;
            }
        }
    }
}

/// Makes the places of a message.
struct Builder<'b, 's> {
    all: &'b mut Places<'s>,
    entity: &'s Entity,
    operation: u32,
    /// The types around the one at hand, and where they stand.
    open: Vec<(&'s str, PlaceId)>,
}

impl<'s> Builder<'_, 's> {
    fn place(
        &mut self,
        name: &'s str,
        parent: Option<PlaceId>,
        ty: &'s str,
        home: Home<'s>,
    ) -> PlaceId {
        let id = self
            .all
            .push(Place::new(name, parent, home, self.operation));
        self.all.all[id as usize].parent = parent.unwrap_or(id);
        if let Some(item) = item_of(ty) {
            let item = self.place("[]", Some(id), item, Home::None);
            self.all.all[id as usize].shape = Shape::List(item);
            return id;
        }
        if let Some(item) = value_of(ty) {
            let item = self.place("{}", Some(id), item, Home::None);
            self.all.all[id as usize].shape = Shape::Map(item);
            return id;
        }
        let Some((ty, def)) = self.entity.types.get_key_value(ty) else {
            self.all.all[id as usize].shape = scalar(ty);
            return id;
        };
        if let Some(values) = &def.values {
            let place = &mut self.all.all[id as usize];
            place.shape = Shape::Text;
            place.values = Some((values, Some(ty)));
        } else if let Some(fields) = def.fields.as_deref().filter(|fields| !fields.is_empty()) {
            self.object(id, ty, fields);
        }
        id
    }

    fn object(&mut self, id: PlaceId, ty: &'s str, fields: &'s [Field]) {
        // A type within itself has the places that it has already.
        if let Some((_, known)) = self.open.iter().find(|(open, _)| *open == ty) {
            self.all.all[id as usize].shape = self.all.place(*known).shape;
            return;
        }
        if self.open.len() >= DEEPEST {
            return;
        }
        let index = u32::try_from(self.all.objects.len()).unwrap_or(u32::MAX);
        self.all.objects.push(Object {
            ty,
            ..Object::default()
        });
        self.all.all[id as usize].shape = Shape::Object(index);
        self.open.push((ty, id));
        let mut members = Vec::with_capacity(fields.len());
        for field in fields {
            let place = self.place(&field.name, Some(id), &field.ty, Home::Field { ty, field });
            members.push((field.name.as_str(), place));
        }
        self.open.pop();
        let object = &mut self.all.objects[index as usize];
        object.members = members;
        object.sort();
    }
}
