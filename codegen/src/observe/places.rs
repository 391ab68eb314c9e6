//! Where values stand in the messages of all operations, each place with a number: what is counted is a vector.

use std::collections::BTreeSet;

use super::outside;
use super::proof::Proof;
use crate::dialect::{Dialect, Wire};
use crate::shown::Documented;
use crate::spec::{CodeEntry, Entity, Field, Operation, Param, Source, Spec};

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
    /// The flags in the query that lift it where they are true, as bits of the flags of the operation.
    pub unless: u64,
    /// Who demands it.
    pub stated: Vec<Stated<'s>>,
    /// Its number in the tally.
    pub number: u32,
}

/// What states a demand.
#[derive(Clone, Copy)]
pub(super) enum Stated<'s> {
    /// The row of a parameter.
    Row(&'s Param),
    /// A rule of the operation, by its number: one of its names has to be there.
    OneOf(usize),
    /// A rule of the operation, by its number: this name has to be there.
    AllOf(usize, &'s str),
}

impl Demand<'_> {
    /// The line that states it.
    pub(super) fn source(&self, operation: &Operation) -> Source {
        let source = self.stated.first().and_then(|stated| match stated {
            Stated::Row(param) => Some(&param.source),
            Stated::OneOf(at) | Stated::AllOf(at, _) => {
                operation.rules.get(*at).map(|rule| &rule.source)
            }
        });
        source.unwrap_or(&operation.source).clone()
    }
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
    /// The flags in the query that lift demands; of a request those that are true are bits of a word.
    pub flags: Vec<&'s str>,
    /// Whether each item of the payload says how it went.
    pub has_outcomes: bool,
    /// The headers that its docs have, in small letters.
    pub headers: BTreeSet<String>,
    /// What a body has to hold to be an answer of it.
    pub proof: Proof,
}

/// All places of a spec.
pub(super) struct Places<'s> {
    pub wire: &'s Wire,
    pub all: Vec<Place<'s>>,
    pub objects: Vec<Object<'s>>,
    pub operations: Vec<Known<'s>>,
    /// The codes of whole calls.
    pub codes: &'s [CodeEntry],
    /// How many demands there are.
    pub demands: u32,
    /// The hosts of the API.
    pub hosts: BTreeSet<String>,
    /// What may be shown of traffic.
    pub documented: Documented,
    /// An object without members.
    pub nothing: Object<'s>,
}

impl<'s> Places<'s> {
    pub(super) fn new(spec: &'s Spec, dialect: &'s Dialect) -> Self {
        let wire = &dialect.wire;
        let mut out = Self {
            wire,
            all: Vec::new(),
            objects: Vec::new(),
            operations: Vec::new(),
            codes: &spec.api.codes,
            demands: 0,
            documented: Documented::of(spec, wire),
            hosts: outside::hosts(spec),
            nothing: Object::default(),
        };
        for entity in &spec.entities {
            for operation in &entity.operations {
                let headers = outside::headers(spec, dialect, operation);
                out.add_operation(entity, operation, headers);
            }
        }
        out
    }

    pub(super) fn place(&self, id: PlaceId) -> &Place<'s> {
        &self.all[id as usize]
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

    /// Where the docs state a place: its row, or what shows it.
    pub(super) fn stated(&self, id: PlaceId) -> Option<&'s Source> {
        let place = self.place(id);
        let shown = match place.home {
            Home::Field { field, .. } => field.source.first(),
            Home::Param(_) | Home::None => None,
        };
        place.row.map(|row| &row.source).or(shown)
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
}

/// The values that a row lists.
pub(super) fn listed(param: &Param) -> Option<(&[String], Option<&str>)> {
    (!param.values.is_empty() && param.ty == "string").then_some((param.values.as_slice(), None))
}

impl<'s> Place<'s> {
    pub(super) fn new(
        name: &'s str,
        parent: Option<PlaceId>,
        home: Home<'s>,
        operation: u32,
    ) -> Self {
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
    pub(super) fn sort(&mut self) {
        let count = u16::try_from(self.members.len()).unwrap_or(u16::MAX);
        self.sorted = (0..count).collect();
        let members = &self.members;
        self.sorted.sort_by_key(|at| members[usize::from(*at)].0);
    }
}

/// A type without a definition.
pub(super) fn scalar(ty: &str) -> Shape {
    match ty {
        "string" | "date" | "datetime" | "file" => Shape::Text,
        "integer" => Shape::Integer,
        "number" => Shape::Number,
        "boolean" => Shape::Boolean,
        _ => Shape::Any,
    }
}
