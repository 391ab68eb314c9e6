//! Which published entity one of the docs is: the fact that its names stand under.
//!
//! A fact is called by the page, or the chapter, under which it was first published. A page that is called otherwise by
//! now, and has the same operations, is still that fact; what it is called then stands beside it.

use std::collections::{BTreeMap, BTreeSet};

use super::matching;
use super::published::{Names, Published};
use super::section::Section;
use crate::emit::ident;
use crate::identity::{self, Whole};
use crate::infer::API;
use crate::spec::Entity;

impl Names {
    /// The fact of each entity, in their order. What is not published gets a new one. What they are called in the docs is
    /// written down.
    pub(super) fn entities(&mut self, entities: &[Entity]) -> Vec<String> {
        let known = self.known_entities();
        let wholes: Vec<Whole> = known.iter().map(|(_, whole)| whole.clone()).collect();
        let now: Vec<Whole> = entities.iter().map(Whole::of).collect();
        let mut found: BTreeMap<usize, &String> = BTreeMap::new();
        for (old, new) in identity::entities(&wholes, &now) {
            found.extend(known.get(old).map(|(fact, _)| (new, fact)));
        }
        let mut taken: BTreeSet<String> = known.iter().map(|(fact, _)| fact.clone()).collect();
        let mut out = Vec::with_capacity(entities.len());
        for (at, entity) in entities.iter().enumerate() {
            let fact = match found.get(&at) {
                Some(fact) => (*fact).clone(),
                None => ident::first_free(&entity.entity, |fact| !taken.contains(fact)),
            };
            taken.insert(fact.clone());
            let pages = self.sections.entry(Section::Pages).or_default();
            let pages = pages.entry(API.to_owned()).or_default();
            if fact == entity.entity {
                pages.remove(&fact);
            } else {
                pages.insert(fact.clone(), Published::new(entity.entity.clone()));
            }
            out.push(fact);
        }
        out
    }

    /// The entities that are published, each as it was when it was last seen.
    fn known_entities(&self) -> Vec<(String, Whole)> {
        let scopes = self.sections.get(&Section::Operations);
        let modules = self.facts(Section::Modules, API);
        let facts: BTreeSet<&String> = scopes
            .into_iter()
            .flat_map(BTreeMap::keys)
            .chain(modules.into_iter().flat_map(BTreeMap::keys))
            .filter(|fact| is_file_name(fact))
            .collect();
        let whole = |fact: &str| {
            let page = self.get(Section::Pages, API, fact);
            let page = page.map_or(fact, |page| &page.name).to_owned();
            let mut operations: Vec<_> = matching::known(self, fact)
                .into_iter()
                .map(|(_, face)| face)
                .collect();
            for face in &mut operations {
                page.clone_into(&mut face.entity);
            }
            Whole { page, operations }
        };
        let known = facts.into_iter();
        known.map(|fact| (fact.clone(), whole(fact))).collect()
    }
}

/// The spec of an entity is a file of its name: people write facts, too.
fn is_file_name(fact: &str) -> bool {
    !fact.starts_with('.') && !fact.contains(['/', '\\'])
}
