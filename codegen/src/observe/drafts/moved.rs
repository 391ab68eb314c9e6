//! What an answer is about stands elsewhere: the types that say so.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::super::finding::{Change, Draft, times};
use super::super::found::HIDDEN;
use super::super::places::{Known, Places};
use super::super::tally::Calls;
use super::super::unknown::SEVERAL;
use super::Drafts;
use crate::answer::Types;
use crate::claims::Basis;
use crate::dialect::Wire;
use crate::shown;
use crate::spec::{Field, Required, Source, item_of};

/// A key, and how many lists stand at it.
type Step<'p> = (&'p str, usize);

/// Where, and what to set there.
type Entry = (String, Map<String, Value>);

impl Drafts {
    /// Where the payload of an operation was, if it was not where the docs have it.
    pub(super) fn payload(&mut self, places: &Places<'_>, known: &Known<'_>, calls: &Calls) {
        let wire = places.wire;
        for (place, count) in &calls.moved.counts {
            let seen = times(*count, Some(calls.payloads).filter(|of| of >= count));
            let place = places.documented.keys(place, *count >= SEVERAL);
            let because = format!("seen {seen} in traffic: the payload was at {place}.");
            let result = if calls.payloads == 0 {
                Err("a drift stream does not tell how often it was where the docs have it")
            } else if calls.at_place > 0 || calls.moved.counts.len() > 1 {
                Err("it was at several places, and a type has one")
            } else {
                Move::new(known, wire).and_then(|made| made.to(&place))
            };
            let changes = match result {
                Ok(changes) => changes,
                Err(why) => {
                    let because = format!("{because} An override cannot say it: {why}");
                    self.left
                        .push(Draft::left(known.operation.id.clone(), because));
                    continue;
                }
            };
            for (number, (at, set)) in changes.into_iter().enumerate() {
                self.moved.push(Draft {
                    at,
                    change: Change::Set(set),
                    because: because.clone(),
                    sources: sources(known, wire),
                    seen: Some(*count),
                    least: 0,
                    also: number > 0,
                });
            }
        }
    }
}

/// Whether one of these gives a type the member that is to be added to its fields.
pub(super) fn gives(moved: &[Draft], at: &str, name: &str) -> bool {
    moved.iter().any(|draft| {
        let Change::Set(set) = &draft.change else {
            return false;
        };
        let fields = set.get("fields").and_then(Value::as_array);
        at.strip_suffix("/fields") == Some(draft.at.as_str())
            && fields
                .into_iter()
                .flatten()
                .any(|field| field["name"] == name)
    })
}

/// The lines that show the payload, and the heading.
fn sources(known: &Known<'_>, wire: &Wire) -> Vec<Source> {
    let types = Types::new(&known.entity.types, wire);
    let response = known.operation.response.as_deref().unwrap_or_default();
    let answer = types.answer(response, true);
    let shown = answer.payload.iter().rev().flat_map(|field| &field.source);
    shown.chain([&known.operation.source]).cloned().collect()
}

/// Leads the types of an answer to another place of its payload.
struct Move<'k> {
    entity: &'k str,
    types: Types<'k>,
    root: &'k str,
    /// The fields that lead to the payload, each with the type that has it.
    way: Vec<(&'k str, &'k Field)>,
    /// How many of them are around the status, too.
    shared: usize,
    added: IndexMap<String, Value>,
    changed: BTreeMap<&'k str, Vec<Field>>,
}

impl<'k> Move<'k> {
    fn new(known: &Known<'k>, wire: &'k Wire) -> Result<Self, &'static str> {
        let types = Types::new(&known.entity.types, wire);
        let response = known.operation.response.as_deref();
        let root = response.filter(|ty| types.fields(ty).is_some());
        let root = root.ok_or("the answer is no object")?;
        let answer = types.answer(root, true);
        let mut ty = root;
        let mut way = Vec::new();
        for field in answer.roots.iter().chain(&answer.payload) {
            way.push((ty, *field));
            ty = field.ty.as_str();
        }
        Ok(Self {
            entity: &known.entity.entity,
            types,
            root,
            way,
            shared: answer.roots.len(),
            added: IndexMap::new(),
            changed: BTreeMap::new(),
        })
    }

    /// The entries that lead to a place.
    fn to(mut self, place: &str) -> Result<Vec<Entry>, &'static str> {
        let steps: Vec<Step<'_>> = place.split('.').map(step).collect();
        if steps
            .iter()
            .any(|(name, _)| name.is_empty() || shown::is_kind(name) || *name == HIDDEN)
        {
            return Err("a name on the way there could be data");
        }
        let kept = self.kept(&steps);
        let (head, moved) = self.moved(&steps, kept)?;
        let (around, depth) = self.descend(head);
        if depth < self.shared {
            return Err("it is outside of what holds the status");
        }
        let new = self.wrap(around, head.get(depth..).unwrap_or_default(), moved);
        let name = new.name.clone();
        let fields = self.fields_of(around);
        fields.retain(|field| field.name != name);
        fields.push(new);
        self.remove(kept, around, &name);
        Ok(self.entries())
    }

    /// How many of the last documented keys the place ends in.
    fn kept(&self, steps: &[Step<'_>]) -> usize {
        let payload = self.way.iter().skip(self.shared).rev();
        payload
            .zip(steps.iter().rev())
            .enumerate()
            .take_while(|(number, ((_, field), (name, lists)))| {
                let fits = *lists == 0 || (*number == 0 && item_of(&field.ty).is_some());
                fits && field.name == *name
            })
            .count()
    }

    /// The steps to the object that gets the payload, or the wrapper of it that is kept, and that as a field.
    fn moved<'p>(
        &self,
        steps: &'p [Step<'p>],
        kept: usize,
    ) -> Result<(&'p [Step<'p>], Field), &'static str> {
        let nothing = "the docs show no payload that could be moved";
        let from = self.way.len().checked_sub(kept.max(1)).ok_or(nothing)?;
        let (_, field) = self.way.get(from).ok_or(nothing)?;
        let mut field = (*field).clone();
        let head = steps.len().saturating_sub(kept.max(1));
        if let (0, Some((name, lists))) = (kept, steps.last()) {
            (*name).clone_into(&mut field.name);
            if item_of(&field.ty).is_none() {
                field.ty = listed(&field.ty, *lists);
            }
        }
        Ok((steps.get(..head).unwrap_or_default(), corrected(field)))
    }

    /// How far documented objects lead, and the last of them.
    fn descend(&self, head: &[Step<'_>]) -> (&'k str, usize) {
        let mut here = self.root;
        for (depth, (name, lists)) in head.iter().enumerate() {
            let fields = self.types.fields(here).unwrap_or_default();
            let next = fields.iter().find(|field| field.name == *name);
            let is_object = |field: &&Field| {
                *lists == 0
                    && self
                        .types
                        .fields(&field.ty)
                        .is_some_and(|fields| !fields.is_empty())
            };
            match next.filter(is_object) {
                Some(field) => here = &field.ty,
                None => return (here, depth),
            }
        }
        (here, head.len())
    }

    /// Puts objects around a field that the docs do not have.
    fn wrap(&mut self, around: &str, steps: &[Step<'_>], mut field: Field) -> Field {
        for (name, lists) in steps.iter().rev() {
            let ty = self.new_type(around, name);
            let source = field.source.clone();
            self.added.insert(ty.clone(), json!({ "fields": [field] }));
            field = corrected(Field {
                name: (*name).to_owned(),
                ty: listed(&ty, *lists),
                required: Required::False,
                basis: IndexMap::new(),
                doc: String::new(),
                source,
            });
        }
        field
    }

    fn new_type(&self, around: &str, name: &str) -> String {
        let mut ty = around.to_owned();
        for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
            let mut letters = word.chars();
            ty.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
            ty.push_str(letters.as_str());
        }
        // The docs may have such a type already.
        while ty == around || self.types.has(&ty) || self.added.contains_key(&ty) {
            ty.push('X');
        }
        ty
    }

    fn fields_of(&mut self, ty: &'k str) -> &mut Vec<Field> {
        let fields = self.types.fields(ty).unwrap_or_default();
        self.changed.entry(ty).or_insert_with(|| fields.to_vec())
    }

    /// Takes the payload from where the docs have it, with wrappers that would be empty.
    fn remove(&mut self, kept: usize, around: &str, name: &str) {
        let way = self.way.clone();
        let end = way.len().saturating_sub(kept.max(1));
        for (owner, field) in way.iter().take(end + 1).skip(self.shared).rev() {
            // What was put in its place.
            if *owner == around && field.name == name {
                return;
            }
            let fields = self.fields_of(owner);
            fields.retain(|known| known.name != field.name);
            if !fields.is_empty() {
                return;
            }
            self.changed.remove(owner);
        }
    }

    fn entries(self) -> Vec<Entry> {
        let mut out = Vec::new();
        if !self.added.is_empty() {
            let added = self.added.into_iter().collect();
            out.push((format!("{}/types", self.entity), added));
        }
        for (ty, fields) in self.changed {
            let set = Map::from_iter([("fields".to_owned(), json!(fields))]);
            out.push((format!("{}/types/{ty}", self.entity), set));
        }
        out
    }
}

fn step(text: &str) -> Step<'_> {
    let name = text.trim_end_matches("[]");
    (name, (text.len() - name.len()) / 2)
}

fn listed(ty: &str, lists: usize) -> String {
    format!("{}{ty}{}", "list<".repeat(lists), ">".repeat(lists))
}

fn corrected(mut field: Field) -> Field {
    field.basis.insert("place".to_owned(), Basis::Corrected);
    field
}
