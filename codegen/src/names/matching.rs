//! Which published operation one of the docs is: the fact that its name stands for.
//!
//! A fact is called by the method and path under which it was first published. Where several operations share these,
//! a mark tells them apart: what a parameter may be (`[type=RETURN]`), or the words of the heading (`[update notes]`)
//! where no parameter does. Beside it stands what the docs said of it last: its heading, while they have it, and its
//! address, where that is another by now.

use std::collections::{BTreeMap, BTreeSet};

use super::published::Names;
use super::section::Section;
use crate::emit::ident;
use crate::identity::{self, Face};
use crate::spec::{Entity, Operation};

/// The fact of each operation of an entity, in their order. What is not published gets a new one.
pub fn find(names: &Names, entity: &Entity) -> Vec<String> {
    let (facts, known): (Vec<&str>, Vec<Face>) = known(names, &entity.entity).into_iter().unzip();
    let now: Vec<Face> = entity
        .operations
        .iter()
        .map(|operation| Face::of(entity, operation))
        .collect();
    let mut found: Vec<Option<String>> = vec![None; now.len()];
    for (old, new, _) in identity::pairs(&known, &now) {
        if let (Some(fact), Some(slot)) = (facts.get(old), found.get_mut(new)) {
            *slot = Some((*fact).to_owned());
        }
    }
    let mut taken: BTreeSet<String> = facts.iter().map(|fact| (*fact).to_owned()).collect();
    let mut out = Vec::new();
    for (at, operation) in entity.operations.iter().enumerate() {
        let fact = match found.get_mut(at).and_then(Option::take) {
            Some(fact) => fact,
            None => new_fact(entity, operation, &taken),
        };
        taken.insert(fact.clone());
        out.push(fact);
    }
    out
}

/// The published operations of an entity, in the order in which they were published where they are alike in all else.
pub fn known<'n>(names: &'n Names, entity: &str) -> Vec<(&'n str, Face)> {
    let facts = names.facts(Section::Operations, entity);
    let mut out: Vec<(&str, Face)> = facts
        .into_iter()
        .flatten()
        .map(|(fact, published)| (fact.as_str(), face(names, entity, fact, &published.name)))
        .collect();
    out.sort_by_key(|(fact, _)| (fact.len(), *fact));
    out
}

/// What is known of a published operation.
fn face(names: &Names, entity: &str, fact: &str, name: &str) -> Face {
    let (first, mark) = fact.split_once(" [").unwrap_or((fact, ""));
    let mark = mark.rsplit_once(']').map_or(mark, |(mark, _)| mark);
    let moved = names.get(Section::Addresses, entity, fact);
    let address = moved.map_or(first, |moved| moved.name.as_str());
    let (method, path) = address.split_once(' ').unwrap_or((address, ""));
    let heading = names.get(Section::Headings, entity, fact);
    let gone = names.get(Section::Gone, entity, fact);
    let heading = heading.or(gone);
    let shown = names.get(Section::Shown, entity, fact);
    let (members, answer) = match shown {
        Some(shown) => of_shown(&shown.name),
        None => (
            names.members(entity, fact),
            names.fields(entity, fact, Section::AnswerFields, "answer"),
        ),
    };
    let mut values = BTreeMap::new();
    let known_by = match mark.split_once('=') {
        Some((param, list)) => {
            let list = list.split('|').map(str::to_owned).collect();
            values.insert(param.to_owned(), list);
            identity::heading(&name.replace('_', " "))
        }
        None if mark.is_empty() => identity::heading(&name.replace('_', " ")),
        None => identity::heading(mark),
    };
    Face {
        entity: entity.to_owned(),
        method: method.to_owned(),
        path: path.to_owned(),
        heading: heading.map_or_else(Vec::new, |heading| identity::heading(&heading.name)),
        known_by,
        values,
        members,
        around: BTreeSet::new(),
        answer,
        gone: gone.is_some(),
    }
}

/// Between two members.
const COMMA: &str = ", ";

/// Between members of what is sent and of what is given.
const GIVES: &str = " -> ";

/// What an operation shows, as it is kept.
pub fn shown(face: &Face) -> String {
    let list = |names: &BTreeSet<String>| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        names.join(COMMA).replace(char::is_control, " ")
    };
    format!("{}{GIVES}{}", list(&face.members), list(&face.answer))
}

fn of_shown(text: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let set = |list: &str| -> BTreeSet<String> {
        let names = list.split(COMMA).filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    };
    let (members, answer) = text.split_once(GIVES).unwrap_or((text, ""));
    (set(members), set(answer))
}

/// Whether another operation of the entity has the same heading and address: what they show is all that tells them apart.
pub fn has_twin(entity: &Entity, operation: &Operation) -> bool {
    let others = entity.operations.iter();
    let mut others = others.filter(|other| {
        (&other.method, &other.path) == (&operation.method, &operation.path)
            && !std::ptr::eq(*other, operation)
    });
    let heading = || identity::heading(&operation.title);
    others.any(|other| identity::heading(&other.title) == heading())
}

/// Method and path.
pub fn address(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

/// What an operation is published as: its address, with a mark where others have the same.
fn new_fact(entity: &Entity, operation: &Operation, taken: &BTreeSet<String>) -> String {
    let address = address(operation);
    let others: Vec<&Operation> = entity
        .operations
        .iter()
        .filter(|other| !std::ptr::eq(*other, operation) && self::address(other) == address)
        .collect();
    if others.is_empty() && !taken.contains(&address) {
        return address;
    }
    let fact = format!("{address} [{}]", mark(operation, &others));
    ident::first_free_with(&fact, " #", |fact| !taken.contains(fact))
}

/// What tells an operation from others: a parameter whose documented values no other has, or the words of its heading.
fn mark(operation: &Operation, others: &[&Operation]) -> String {
    let values = operation
        .params
        .iter()
        .filter(|param| !param.values.is_empty())
        .find(|param| {
            let mut same = others
                .iter()
                .flat_map(|other| &other.params)
                .filter(|other| other.name == param.name && !other.values.is_empty())
                .peekable();
            same.peek().is_some()
                && same.all(|other| {
                    param
                        .values
                        .iter()
                        .all(|value| !other.values.contains(value))
                })
        });
    match values {
        Some(param) => format!("{}={}", param.name, param.values.join("|")),
        None => identity::heading(&operation.title).join(" "),
    }
}
