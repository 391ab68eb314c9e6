//! Where values stand in the messages of all operations, each place with a number: what is counted is a vector.

use std::collections::BTreeMap;

use crate::dialect::Wire;
use crate::spec::{CodeEntry, Entity, Field, In, Operation, Param, Required, Source, Spec};

/// A number of a place.
pub(super) type PlaceId = u32;

/// What may stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Any,
    Text,
    Integer,
    Number,
    Boolean,
    List(PlaceId),
    Map(PlaceId),
    /// Index into the objects.
    Object(u32),
}

/// What the value at a place tells about the object around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    None,
    /// How it went.
    Success,
    /// The code.
    Code,
}

/// What an object is the outcome of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Outcome {
    #[default]
    None,
    Call,
    Item,
}

/// Where the spec states the type of a place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Home<'s> {
    /// Nowhere: it follows from what is around it.
    None,
    /// A field of a type.
    Field { ty: &'s str, field: &'s Field },
    /// A parameter.
    Param(&'s Param),
}

/// A place.
pub(super) struct Place<'s> {
    /// The key; `[]` for the items of a list, `{}` for the values of a map.
    pub name: &'s str,
    /// The place around it; its own number for a root.
    pub parent: PlaceId,
    pub shape: Shape,
    pub home: Home<'s>,
    /// The values that the docs list, and the type that has them, unless a row does.
    pub values: Option<(&'s [String], Option<&'s str>)>,
    /// The row about a value in a body.
    pub row: Option<&'s Param>,
    pub role: Role,
    /// On the way from the root to what the message is about.
    pub leads_to_payload: bool,
    pub operation: u32,
}

/// An object at a place.
#[derive(Default)]
pub(super) struct Object<'s> {
    /// Its type.
    pub ty: &'s str,
    /// Its members, in the order of the docs.
    pub members: Vec<(&'s str, PlaceId)>,
    /// Indices of the members by name.
    pub sorted: Vec<u16>,
    pub outcome: Outcome,
    /// Sets of members one of which has to be there.
    pub demands: Vec<Demand<'s>>,
}

/// What has to be there: one of these members.
pub(super) struct Demand<'s> {
    /// The bits of the members.
    pub any: u128,
    /// Their names.
    pub names: Vec<&'s str>,
    pub source: &'s Source,
    /// Its number in the tally.
    pub number: u32,
}

impl Object<'_> {
    /// The index of a member; `hint` is where it would be if the message had the order of the docs.
    pub(super) fn find(&self, name: &str, hint: usize) -> Option<usize> {
        if let Some((known, _)) = self.members.get(hint)
            && *known == name
        {
            return Some(hint);
        }
        let name_of = |at: &u16| {
            self.members
                .get(usize::from(*at))
                .map_or("", |(name, _)| name)
        };
        let at = self
            .sorted
            .binary_search_by(|at| name_of(at).cmp(name))
            .ok()?;
        self.sorted.get(at).map(|at| usize::from(*at))
    }
}

/// What is known of an operation.
pub(super) struct Known<'s> {
    pub entity: &'s Entity,
    pub operation: &'s Operation,
    pub request: Option<PlaceId>,
    pub answer: Option<PlaceId>,
    pub query: PlaceId,
    /// What the answer is about, and the keys that lead there.
    pub payload: Option<(PlaceId, Vec<&'s str>)>,
    /// Whether each item of the payload says how it went.
    pub has_outcomes: bool,
}

/// All places of a spec.
pub(super) struct Places<'s> {
    pub wire: &'s Wire,
    pub places: Vec<Place<'s>>,
    pub objects: Vec<Object<'s>>,
    pub operations: Vec<Known<'s>>,
    /// The codes of whole calls.
    pub codes: &'s [CodeEntry],
    /// How many demands there are.
    pub demands: u32,
    /// An object without members.
    pub nothing: Object<'s>,
}

/// Types within types end somewhere.
const DEEPEST: usize = 32;

impl<'s> Places<'s> {
    pub(super) fn new(spec: &'s Spec, wire: &'s Wire) -> Self {
        let mut out = Self {
            wire,
            places: Vec::new(),
            objects: Vec::new(),
            operations: Vec::new(),
            codes: &spec.api.codes,
            demands: 0,
            nothing: Object::default(),
        };
        for entity in &spec.entities {
            for operation in &entity.operations {
                out.add_operation(entity, operation);
            }
        }
        out
    }

    pub(super) fn place(&self, id: PlaceId) -> &Place<'s> {
        &self.places[id as usize]
    }

    /// The object that stands at a place.
    pub(super) fn object(&self, id: PlaceId) -> Option<&Object<'s>> {
        match self.place(id).shape {
            Shape::Object(at) => self.objects.get(at as usize),
            _ => None,
        }
    }

    /// A member of the object at a place.
    pub(super) fn member(&self, id: PlaceId, name: &str) -> Option<PlaceId> {
        let object = self.object(id)?;
        object.find(name, 0).map(|at| object.members[at].1)
    }

    /// What stands at a place if that is a list: its items.
    pub(super) fn inside_lists(&self, mut id: PlaceId) -> PlaceId {
        while let Shape::List(item) = self.place(id).shape {
            id = item;
        }
        id
    }

    /// The place that keys such as `a.b[].c` lead to.
    pub(super) fn at(&self, root: PlaceId, path: &str) -> Option<PlaceId> {
        let mut here = root;
        for step in path.split('.').filter(|step| !step.is_empty()) {
            let name = step.trim_end_matches("[]");
            if !name.is_empty() {
                here = self.member(self.inside_lists(here), name)?;
            }
            for _ in 0..(step.len() - name.len()) / 2 {
                if let Shape::List(item) = self.place(here).shape {
                    here = item;
                }
            }
        }
        Some(here)
    }

    /// The keys from the root to a place.
    pub(super) fn path(&self, id: PlaceId) -> String {
        let mut steps = Vec::new();
        let mut here = id;
        while self.place(here).parent != here {
            steps.push(self.place(here).name);
            here = self.place(here).parent;
        }
        let mut out = String::new();
        for step in steps.into_iter().rev() {
            if !out.is_empty() && !matches!(step, "[]" | "{}") {
                out.push('.');
            }
            out.push_str(step);
        }
        out
    }

    fn add_operation(&mut self, entity: &'s Entity, operation: &'s Operation) {
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
        let payload = answer.and_then(|answer| self.mark_answer(answer));
        let item = payload.as_ref().map(|(item, _)| *item);
        let has_outcomes = item.is_some_and(|item| self.item_outcome(item).is_some());
        self.operations.push(Known {
            entity,
            operation,
            request,
            answer,
            query,
            payload,
            has_outcomes,
        });
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
        let id = PlaceId::try_from(self.places.len()).unwrap_or(PlaceId::MAX);
        self.places.push(place);
        id
    }

    /// The query of an operation, as an object.
    fn query(&mut self, operation: &'s Operation, number: u32) -> PlaceId {
        let mut object = Object::default();
        let root = self.push(Place::new("", None, Home::None, number));
        self.places[root as usize].parent = root;
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
        self.demand(&mut object, rows);
        for rule in &operation.rules {
            // Rules are of parameters anywhere; here are those that the query alone can keep.
            if rule.when.is_none() && !rule.one_of.is_empty() {
                self.demand_one(&mut object, &rule.one_of, &rule.source);
            }
        }
        self.set_object(root, object);
        root
    }

    fn set_object(&mut self, at: PlaceId, object: Object<'s>) {
        let index = u32::try_from(self.objects.len()).unwrap_or(u32::MAX);
        self.objects.push(object);
        self.places[at as usize].shape = Shape::Object(index);
    }

    /// What rows require of the members of an object.
    fn demand(&mut self, object: &mut Object<'s>, rows: Vec<&'s Param>) {
        for row in rows {
            let names = match row.required {
                Required::True => std::slice::from_ref(&row.name),
                Required::OneOf if !row.group.is_empty() => row.group.as_slice(),
                _ => continue,
            };
            if row.when.is_none() {
                self.demand_one(object, names, &row.source);
            }
        }
    }

    fn demand_one(&mut self, object: &mut Object<'s>, names: &'s [String], source: &'s Source) {
        let mut any = 0;
        for name in names {
            match object.find(name, 0) {
                Some(at) if at < 128 => any |= 1 << at,
                // It may be somewhere else.
                _ => return,
            }
        }
        let known = object.demands.iter().any(|demand| demand.any == any);
        if any != 0 && !known {
            let names = names.iter().map(String::as_str).collect();
            object.demands.push(Demand {
                any,
                names,
                source,
                number: self.demands,
            });
            self.demands += 1;
        }
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
            let place = &mut self.places[here as usize];
            place.row.get_or_insert(param);
            if place.values.is_none() {
                place.values = listed(param);
            }
            by_object.entry(around).or_default().push(param);
        }
        for (at, rows) in by_object {
            if let Shape::Object(index) = self.place(at).shape {
                let mut object = std::mem::take(&mut self.objects[index as usize]);
                self.demand(&mut object, rows);
                self.objects[index as usize] = object;
            }
        }
    }
}

/// The values that a row lists.
fn listed(param: &Param) -> Option<(&[String], Option<&str>)> {
    (!param.values.is_empty() && param.ty == "string").then_some((param.values.as_slice(), None))
}

impl<'s> Place<'s> {
    fn new(name: &'s str, parent: Option<PlaceId>, home: Home<'s>, operation: u32) -> Self {
        Self {
            name,
            parent: parent.unwrap_or_default(),
            shape: Shape::Any,
            home,
            values: None,
            row: None,
            role: Role::None,
            leads_to_payload: false,
            operation,
        }
    }
}

impl Object<'_> {
    fn sort(&mut self) {
        let count = u16::try_from(self.members.len()).unwrap_or(u16::MAX);
        self.sorted = (0..count).collect();
        let members = &self.members;
        self.sorted.sort_by_key(|at| members[usize::from(*at)].0);
    }
}

/// A type without a definition.
pub(super) fn scalar(ty: &str) -> Shape {
    match ty {
        "string" | "date" | "datetime" => Shape::Text,
        "integer" => Shape::Integer,
        "number" => Shape::Number,
        "boolean" => Shape::Boolean,
        _ => Shape::Any,
    }
}

/// What a written type is around.
pub(super) fn inner<'t>(ty: &'t str, wrapper: &str) -> Option<&'t str> {
    ty.strip_prefix(wrapper)?
        .strip_prefix('<')?
        .strip_suffix('>')
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
        self.all.places[id as usize].parent = parent.unwrap_or(id);
        if let Some(item) = inner(ty, "list") {
            let item = self.place("[]", Some(id), item, Home::None);
            self.all.places[id as usize].shape = Shape::List(item);
            return id;
        }
        if let Some(item) = inner(ty, "map") {
            let item = self.place("{}", Some(id), item, Home::None);
            self.all.places[id as usize].shape = Shape::Map(item);
            return id;
        }
        let Some((ty, def)) = self.entity.types.get_key_value(ty) else {
            self.all.places[id as usize].shape = scalar(ty);
            return id;
        };
        if let Some(values) = &def.values {
            let place = &mut self.all.places[id as usize];
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
            self.all.places[id as usize].shape = self.all.place(*known).shape;
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
        self.all.places[id as usize].shape = Shape::Object(index);
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
