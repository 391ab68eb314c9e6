//! What changed between two specs, and what that means for users of the SDK.
//!
//! First what belongs together is found: things with the same facts, then moved and renamed ones. Then each pair is
//! compared fact by fact. Every change is of a [`Rule`], which says how grave it is. Texts of the docs are compared but
//! never repeated.

mod address;
mod api;
mod change;
mod codes;
mod demands;
mod finder;
mod items;
mod leaf;
mod leftover;
mod lines;
mod matching;
mod message;
mod messages;
mod operations;
mod page;
mod pages;
mod params;
mod render;
mod rules;
mod samples;
mod side;
mod spots;
mod step;
#[cfg(test)]
mod tests;
mod told;
mod traits;
mod untold;

pub use change::{Change, Report};
pub use pages::{add_digest, add_text};
pub use render::{changelog, markdown, text};
pub use rules::{Level, Rule};
pub use step::Step;

use crate::dialect::Dialect;
use crate::emit;
use crate::names::{Names, Registry};
use crate::spec::{Entity, Spec};
use finder::{Finder, Move, fact};
use side::{Side, sides};

/// Compares two specs. The dialect says which parameters the client sets by itself, and which wrappers it hides; the
/// published names say what is called the same on both sides.
#[must_use]
pub fn compare(old: &Spec, new: &Spec, dialect: &Dialect, names: &Names) -> Report {
    // One registry for both: what is new in Rust gets a name that nothing older has.
    let names = Registry::new(names.clone(), "");
    keep(
        &found(old, new, dialect, Rust::default()).moves,
        new,
        &names,
    );
    let old_shapes = emit::shapes(old, dialect, &names);
    let new_shapes = emit::shapes(new, dialect, &names);
    let mut report = Report {
        changes: found(old, new, dialect, Rust(Some((&old_shapes, &new_shapes)))).changes,
    };
    items::add(&mut report, &old_shapes, &new_shapes);
    report
}

/// The published names, with what went to other places since the old spec: a type keeps its name where it went to.
#[must_use]
pub fn carried(old: &Spec, new: &Spec, dialect: &Dialect, names: &Names) -> Names {
    let names = Registry::new(names.clone(), "");
    keep(
        &found(old, new, dialect, Rust::default()).moves,
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
struct Rust<'a>(Option<(&'a emit::Shapes, &'a emit::Shapes)>);

fn found<'a>(old: &'a Spec, new: &'a Spec, dialect: &Dialect, shapes: Rust<'a>) -> Finder<'a> {
    let (olds, news) = (
        sides(old, shapes.0.map(|(old, _)| &old.operations)),
        sides(new, shapes.0.map(|(_, new)| &new.operations)),
    );
    let pairs = matching::operations(&olds, &news);
    let entities = matching::entities(old, new);
    let mut finder = Finder::default();
    // What only one side has stands nowhere on the other.
    let nowhere = spots::nowhere();
    let page = |entity: Option<&Entity>| entity.map_or(&nowhere, |entity| &entity.source).clone();
    finder.between(nowhere.clone(), nowhere.clone());
    api::compare(&old.api, &new.api, dialect, &mut finder);
    let moved = codes::moved(old, new, &entities);
    // New entities in their order, then those that are gone.
    for (at, entity) in new.entities.iter().enumerate() {
        let before = entities
            .iter()
            .find(|(_, new)| *new == at)
            .and_then(|(before, _)| old.entities.get(*before));
        let before_entity = before;
        finder.within(Some(&entity.entity), None);
        let pages = (page(before), page(Some(entity)));
        finder.between(pages.0.clone(), pages.1.clone());
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
            finder.between(pages.0.clone(), pages.1.clone());
            match pairs.iter().find(|(_, new)| *new == index) {
                Some((before, _)) => {
                    if let Some(before) = olds.get(*before) {
                        let sections = (&before.operation.source, &side.operation.source);
                        finder.between(sections.0.clone(), sections.1.clone());
                        let same =
                            before_entity.is_some_and(|own| std::ptr::eq(own, before.entity));
                        operations::compare(*before, *side, same, dialect, &mut finder);
                    }
                }
                None => operations::added(side.operation, &mut finder),
            }
        }
        let renamed = Some(entity.entity.as_str());
        finder.between(pages.0, pages.1);
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
        finder.between(entity.source.clone(), nowhere.clone());
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
