//! What changed between two specs, and what that means for users of the SDK.
//!
//! First what belongs together is found: things with the same facts, then moved and renamed ones. Then each pair is
//! compared fact by fact. Every change is of a [`Rule`], which says how grave it is. Texts of the docs are compared but
//! never repeated.

mod address;
mod api;
mod codes;
mod demands;
mod leaf;
mod leftover;
mod likeness;
mod matching;
mod message;
mod messages;
mod operations;
mod pages;
mod params;
mod render;
mod rules;
mod samples;
mod step;
#[cfg(test)]
mod tests;
mod traits;

pub use pages::{add_digest, add_text};
pub use render::{changelog, markdown, text};
pub use rules::{Level, Rule};
pub use step::Step;

use indexmap::IndexMap;
use serde::Serialize;

use crate::dialect::Dialect;
use crate::emit::{self, Shape};
use crate::names::{Names, Registry};
use crate::spec::{Entity, Operation, Source, Spec};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind.
    pub rule: Rule,
    /// What it means for users.
    pub level: Level,
    /// What happened, in a few words.
    pub title: &'static str,
    /// The entity, by its new name where it has one; absent for the whole API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// The operation, by its new id where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// What it happened to, such as ``query parameter `page` ``.
    pub subject: String,
    /// The fact before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The fact now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// Where the old docs say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_source: Option<Source>,
    /// Where the new docs say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_source: Option<Source>,
}

/// All changes, by entity and operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The changes.
    pub changes: Vec<Change>,
}

impl Report {
    /// How many changes are of this level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.changes
            .iter()
            .filter(|change| change.level == level)
            .count()
    }

    /// True when a fact changed: more than words and samples.
    #[must_use]
    pub fn has_facts(&self) -> bool {
        self.changes
            .iter()
            .any(|change| change.level != Level::Prose)
    }

    /// The gravest level.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        self.changes.iter().map(|change| change.level).min()
    }
}

/// What is compared at the moment, and what was found.
struct Finder<'a> {
    entity: Option<&'a str>,
    operation: Option<&'a str>,
    changes: Vec<Change>,
    moves: Vec<Move>,
}

/// A field that stands in another place of the same message, or has another name there.
struct Move {
    entity: String,
    /// The new id.
    operation: String,
    request: bool,
    old: String,
    new: String,
}

/// A fact and its place.
type At<'a> = (Option<String>, Option<&'a Source>);

impl<'a> Finder<'a> {
    fn push(&mut self, rule: Rule, subject: impl Into<String>, old: At<'_>, new: At<'_>) {
        self.changes.push(Change {
            rule,
            level: rule.level(),
            title: rule.title(),
            entity: self.entity.map(str::to_owned),
            operation: self.operation.map(str::to_owned),
            subject: subject.into(),
            old: old.0,
            new: new.0,
            old_source: old.1.cloned(),
            new_source: new.1.cloned(),
        });
    }

    fn moved(&mut self, request: bool, old: String, new: String) {
        if let (Some(entity), Some(operation)) = (self.entity, self.operation) {
            self.moves.push(Move {
                entity: entity.to_owned(),
                operation: operation.to_owned(),
                request,
                old,
                new,
            });
        }
    }

    fn within(&mut self, entity: Option<&'a str>, operation: Option<&'a str>) {
        self.entity = entity;
        self.operation = operation;
    }

    /// Pushes a change of words, when they are other words.
    fn reworded(
        &mut self,
        subject: &str,
        old: (&str, Option<&Source>),
        new: (&str, Option<&Source>),
    ) {
        if !old.0.split_whitespace().eq(new.0.split_whitespace()) {
            self.push(Rule::Reworded, subject, (None, old.1), (None, new.1));
        }
    }
}

/// A value as a fact.
#[expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "callers read better"
)]
fn fact(value: impl ToString) -> Option<String> {
    Some(value.to_string())
}

/// An operation with its entity and with what it looks like in Rust.
#[derive(Clone, Copy)]
struct Side<'a> {
    entity: &'a Entity,
    operation: &'a Operation,
    shape: Option<&'a Shape>,
}

fn sides<'a>(spec: &'a Spec, shapes: Option<&'a ShapesById>) -> Vec<Side<'a>> {
    spec.entities
        .iter()
        .flat_map(|entity| {
            entity.operations.iter().map(move |operation| Side {
                entity,
                operation,
                shape: shapes.and_then(|shapes| shapes.get(&operation.id)),
            })
        })
        .collect()
}

/// Compares two specs. The dialect says which parameters the client sets by itself, and which wrappers it hides; the
/// published names say what is called the same on both sides.
#[must_use]
pub fn compare(old: &Spec, new: &Spec, dialect: &Dialect, names: &Names) -> Report {
    // One registry for both: what is new in Rust gets a name that nothing older has.
    let names = Registry::new(names.clone(), "");
    keep(
        &found(old, new, dialect, Shapes::default()).moves,
        new,
        &names,
    );
    let old_shapes = emit::shapes(old, dialect, &names);
    let new_shapes = emit::shapes(new, dialect, &names);
    Report {
        changes: found(old, new, dialect, Shapes(Some((&old_shapes, &new_shapes)))).changes,
    }
}

/// The published names, with what went to other places since the old spec: a type keeps its name where it went to.
#[must_use]
pub fn carried(old: &Spec, new: &Spec, dialect: &Dialect, names: &Names) -> Names {
    let names = Registry::new(names.clone(), "");
    keep(
        &found(old, new, dialect, Shapes::default()).moves,
        new,
        &names,
    );
    names.into_names()
}

/// Publishes the new places of what moved.
fn keep(moves: &[Move], new: &Spec, names: &Registry) {
    for one in moves {
        let operation = new
            .entities
            .iter()
            .filter(|entity| entity.entity == one.entity)
            .flat_map(|entity| &entity.operations)
            .find(|operation| operation.id == one.operation);
        let Some(operation) = operation else { continue };
        let direction = if one.request { "request" } else { "answer" };
        let fact = names.operation(&one.entity, operation);
        let scope = format!("{} {fact} {direction}", one.entity);
        // The new docs may have been published before the old ones are compared with them.
        let place = names.published_place(&scope, &one.new);
        if names.is_published(&scope, &place) {
            names.same_place(&scope, &one.old, &place);
        } else {
            let place = names.published_place(&scope, &one.old);
            names.same_place(&scope, &one.new, &place);
        }
    }
}

/// The Rust types of both sides, once they are known.
#[derive(Clone, Copy, Default)]
struct Shapes<'a>(Option<(&'a ShapesById, &'a ShapesById)>);

type ShapesById = IndexMap<String, Shape>;

fn found<'a>(old: &'a Spec, new: &'a Spec, dialect: &Dialect, shapes: Shapes<'a>) -> Finder<'a> {
    let (olds, news) = (
        sides(old, shapes.0.map(|(old, _)| old)),
        sides(new, shapes.0.map(|(_, new)| new)),
    );
    let pairs = matching::operations(&olds, &news);
    let entities = matching::entities(old, new, &olds, &news, &pairs);
    let mut finder = Finder {
        entity: None,
        operation: None,
        changes: Vec::new(),
        moves: Vec::new(),
    };
    api::compare(&old.api, &new.api, &mut finder);
    let moved = codes::moved(old, new, &entities);
    // New entities in their order, then those that are gone.
    for (at, entity) in new.entities.iter().enumerate() {
        let before = entities
            .iter()
            .find(|(_, new)| *new == at)
            .and_then(|(before, _)| old.entities.get(*before));
        let before_entity = before;
        finder.within(Some(&entity.entity), None);
        match before {
            Some(before) => operations::entity(before, entity, &mut finder),
            None => finder.push(
                Rule::EntityAdded,
                "entity",
                (None, None),
                (fact(&entity.title), Some(&entity.source)),
            ),
        }
        for (index, side) in news.iter().enumerate() {
            if !std::ptr::eq(side.entity, entity) {
                continue;
            }
            finder.within(Some(&entity.entity), Some(&side.operation.id));
            match pairs.iter().find(|(_, new)| *new == index) {
                Some((before, _)) => {
                    if let Some(before) = olds.get(*before) {
                        let same =
                            before_entity.is_some_and(|own| std::ptr::eq(own, before.entity));
                        operations::compare(*before, *side, same, dialect, &mut finder);
                    }
                }
                None => operations::added(side.operation, &mut finder),
            }
        }
        let renamed = Some(entity.entity.as_str());
        if let Some(before) = before {
            removed_operations(before, renamed, &olds, &pairs, &mut finder);
        }
        finder.within(renamed, None);
        codes::compare(
            before.map_or(&[], |before| &before.codes),
            &entity.codes,
            &moved,
            &mut finder,
        );
    }
    for (at, entity) in old.entities.iter().enumerate() {
        if entities.iter().any(|(before, _)| *before == at) {
            continue;
        }
        let name = Some(entity.entity.as_str());
        finder.within(name, None);
        finder.push(
            Rule::EntityRemoved,
            "entity",
            (fact(&entity.title), Some(&entity.source)),
            (None, None),
        );
        removed_operations(entity, name, &olds, &pairs, &mut finder);
        finder.within(name, None);
        codes::compare(&entity.codes, &[], &moved, &mut finder);
    }
    finder
}

/// The operations of an old entity that are nowhere in the new docs.
fn removed_operations<'a>(
    entity: &'a Entity,
    name: Option<&'a str>,
    olds: &[Side<'a>],
    pairs: &[(usize, usize)],
    finder: &mut Finder<'a>,
) {
    for (index, side) in olds.iter().enumerate() {
        if std::ptr::eq(side.entity, entity) && !pairs.iter().any(|(old, _)| *old == index) {
            finder.within(name, Some(&side.operation.id));
            operations::removed(side.operation, finder);
        }
    }
}
