//! Which published operation one of the docs is.
//!
//! Method and path say it, unless several operations share them. Those are told apart by what a parameter may be
//! (`[type=RETURN]`), or by the words of their headings (`[update notes]`) where no parameter does. Both can change.
//! So they are found again by likeness: values, words, and the members of their messages.

use std::collections::BTreeSet;

use super::published::Names;
use super::scope::short_id;
use super::section::Section;
use crate::spec::{Entity, Operation};

/// A published operation.
pub struct Candidate<'n> {
    pub entity: &'n str,
    pub fact: &'n str,
    name: &'n str,
}

/// Likeness of which operations are taken to be the same, in thousandths.
const ENOUGH: usize = 500;

/// The fact of each operation of an entity, in their order. What is not published gets a new one.
pub fn find(names: &Names, entity: &Entity) -> Vec<String> {
    let places: Vec<String> = entity
        .operations
        .iter()
        .map(|operation| format!("{} {}", operation.method, operation.path))
        .collect();
    let mut out: Vec<Option<String>> = vec![None; places.len()];
    for (first, place) in places.iter().enumerate() {
        if places.iter().position(|other| other == place) != Some(first) {
            continue;
        }
        let group: Vec<usize> = (0..places.len())
            .filter(|at| places.get(*at) == Some(place))
            .collect();
        for (at, fact) in group_facts(names, entity, place, &group) {
            if let Some(slot) = out.get_mut(at) {
                *slot = Some(fact);
            }
        }
    }
    other_methods(names, entity, &places, &mut out);
    out.into_iter()
        .zip(places)
        .map(|(fact, place)| fact.unwrap_or(place))
        .collect()
}

/// An operation that changed its method and nothing else of its address is the same one: it stays what it was published as.
fn other_methods(names: &Names, entity: &Entity, places: &[String], out: &mut [Option<String>]) {
    let facts = || {
        let facts = names.facts(Section::Operations, &entity.entity);
        facts.into_iter().flatten().map(|(fact, _)| fact.as_str())
    };
    let path = |place: &str| place.split_once(' ').map(|(_, path)| path.to_owned());
    for (at, place) in places.iter().enumerate() {
        let only = places
            .iter()
            .filter(|other| path(other) == path(place))
            .count()
            == 1;
        if !only || facts().any(|fact| place_of(fact) == place) {
            continue;
        }
        let mut same = facts().filter(|fact| path(place_of(fact)) == path(place));
        if let (Some(fact), None, Some(slot)) = (same.next(), same.next(), out.get_mut(at)) {
            *slot = Some(fact.to_owned());
        }
    }
}

/// The facts of the operations of one method and path.
fn group_facts(
    names: &Names,
    entity: &Entity,
    place: &str,
    group: &[usize],
) -> Vec<(usize, String)> {
    let known: Vec<Candidate<'_>> = names
        .facts(Section::Operations, &entity.entity)
        .into_iter()
        .flatten()
        .filter(|(fact, _)| place_of(fact) == place)
        .map(|(fact, published)| Candidate {
            entity: &entity.entity,
            fact,
            name: &published.name,
        })
        .collect();
    if let ([only], [] | [_]) = (group, known.as_slice())
        && known.iter().all(|known| known.fact == place)
    {
        return vec![(*only, place.to_owned())];
    }
    let operations: Vec<(usize, &Operation)> = group
        .iter()
        .filter_map(|at| Some((*at, entity.operations.get(*at)?)))
        .collect();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (candidate_at, candidate) in known.iter().enumerate() {
        let members = names.members(candidate);
        for (at, operation) in &operations {
            let likeness = likeness(candidate, &members, entity, operation);
            if likeness >= ENOUGH {
                pairs.push((likeness, *at, candidate_at));
            }
        }
    }
    pairs.sort_by_key(|(likeness, at, candidate)| (usize::MAX - likeness, *at, *candidate));
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for (_, at, candidate) in pairs {
        if out.iter().all(|(found, _)| *found != at)
            && let Some(found) = known.get(candidate)
            && used.insert(candidate)
        {
            out.push((at, found.fact.to_owned()));
        }
    }
    for (at, operation) in &operations {
        if out.iter().any(|(found, _)| found == at) {
            continue;
        }
        let others: Vec<&Operation> = operations
            .iter()
            .filter(|(other, _)| other != at)
            .map(|(_, other)| *other)
            .collect();
        let mark = mark(operation, &others);
        let fact =
            crate::emit::ident::first_free_with(&format!("{place} [{mark}]"), " #", |fact| {
                known.iter().all(|known| known.fact != fact)
                    && out.iter().all(|(_, other)| other != fact)
            });
        out.push((*at, fact));
    }
    out
}

/// Method and path of a fact.
fn place_of(fact: &str) -> &str {
    fact.split_once(" [").map_or(fact, |(place, _)| place)
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
        None => words(&operation.title).join(" "),
    }
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// How alike a published operation and one of the docs are, in thousandths; a value that both have says most.
fn likeness(
    candidate: &Candidate<'_>,
    members: &BTreeSet<&str>,
    entity: &Entity,
    operation: &Operation,
) -> usize {
    let mark = candidate
        .fact
        .split_once(" [")
        .map_or("", |(_, mark)| mark.trim_end_matches(']'));
    let mut total = 0;
    let marked = mark.split_once('=');
    if let Some((name, values)) = marked {
        let same = |value: &String| values.split('|').any(|known| known == value);
        let mut stated = operation
            .params
            .iter()
            .filter(|param| param.name == name && !param.values.is_empty())
            .peekable();
        if stated.peek().is_some() {
            if !stated.any(|param| param.values.iter().any(same)) {
                return 0;
            }
            total += 2000;
        }
    }
    let title: BTreeSet<String> = words(&operation.title).into_iter().collect();
    let id: BTreeSet<String> = words(&short_id(operation).replace('_', " "))
        .into_iter()
        .collect();
    let name: BTreeSet<String> = words(&candidate.name.replace('_', " "))
        .into_iter()
        .collect();
    let heading = if marked.is_none() && !mark.is_empty() {
        overlap(&words(mark).into_iter().collect(), &title)
    } else {
        0
    };
    let (leaves, inner) = wire_names(entity, operation);
    // Objects around others are no members that users see, mostly: they count for likeness, never against it.
    let known = members
        .iter()
        .filter(|name| leaves.contains(*name) || inner.contains(*name))
        .count();
    let new = leaves
        .iter()
        .filter(|name| !members.contains(*name))
        .count();
    let shape = (known * 1000).checked_div(members.len() + new).unwrap_or(0);
    total + heading.max(overlap(&name, &id)) + shape
}

/// What two sets have in common, in thousandths of all that is in them.
fn overlap<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> usize {
    let all = one.union(other).count();
    (one.intersection(other).count() * 1000)
        .checked_div(all)
        .unwrap_or(0)
}

/// The names on the wire of an operation's parameters and fields: plain ones, and those with members. Fields of the
/// answer count where there is nothing else.
fn wire_names<'e>(
    entity: &'e Entity,
    operation: &'e Operation,
) -> (BTreeSet<&'e str>, BTreeSet<&'e str>) {
    let mut leaves: BTreeSet<&str> = operation
        .params
        .iter()
        .filter(|param| param.place != crate::spec::In::Body)
        .map(|param| param.name.as_str())
        .collect();
    let mut inner = BTreeSet::new();
    let message = if leaves.is_empty() && operation.request.is_none() {
        &operation.response
    } else {
        &operation.request
    };
    let mut open: Vec<&str> = message.iter().map(String::as_str).collect();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    while let Some(ty) = open.pop() {
        let Some(fields) = fields(entity, ty) else {
            continue;
        };
        if !seen.insert(ty) {
            continue;
        }
        for field in fields {
            if self::fields(entity, &field.ty).is_some() {
                inner.insert(field.name.as_str());
                open.push(&field.ty);
            } else {
                leaves.insert(&field.name);
            }
        }
    }
    (leaves, inner)
}

/// The fields of an object, or of the items of a list.
fn fields<'e>(entity: &'e Entity, ty: &str) -> Option<&'e [crate::spec::Field]> {
    let bare = ty
        .trim_start_matches("list<")
        .trim_start_matches("map<")
        .trim_end_matches('>');
    entity.types.get(bare)?.fields.as_deref()
}
