//! Names that are out, and the facts they stand for.

use std::collections::{BTreeMap, BTreeSet};

use super::section::Section;
use crate::emit::ident;
use crate::identity;

/// A name that is out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The name.
    pub name: String,
    /// What it was before.
    pub was: Vec<Former>,
}

impl Published {
    /// A name that was never another.
    #[must_use]
    pub fn new(name: String) -> Self {
        Self {
            name,
            was: Vec::new(),
        }
    }
}

/// A name that was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// The name.
    pub name: String,
    /// The version of the SDK that replaced it; empty until that is made.
    pub since: String,
}

/// Published names: by kind, scope and fact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub(super) sections: BTreeMap<Section, BTreeMap<String, BTreeMap<String, Published>>>,
}

impl Names {
    /// What stands for a fact.
    #[must_use]
    pub fn get(&self, section: Section, scope: &str, fact: &str) -> Option<&Published> {
        self.facts(section, scope)?.get(fact)
    }

    /// What stands for the facts of a scope.
    pub(super) fn facts(
        &self,
        section: Section,
        scope: &str,
    ) -> Option<&BTreeMap<String, Published>> {
        self.sections.get(&section)?.get(scope)
    }

    /// Every name, with its kind, scope and fact.
    pub fn iter(&self) -> impl Iterator<Item = (Section, &str, &str, &Published)> {
        self.sections.iter().flat_map(|(section, scopes)| {
            scopes.iter().flat_map(move |(scope, facts)| {
                facts.iter().map(move |(fact, published)| {
                    (*section, scope.as_str(), fact.as_str(), published)
                })
            })
        })
    }

    /// The published name of a fact, or a new one, which is published. A new one is no name that is or was another
    /// fact's.
    pub(crate) fn publish(
        &mut self,
        section: Section,
        scope: &str,
        fact: &str,
        name: &str,
        taken: &[String],
    ) -> String {
        let facts = self
            .sections
            .entry(section)
            .or_default()
            .entry(scope.to_owned())
            .or_default();
        if let Some(published) = facts.get(fact) {
            return published.name.clone();
        }
        let is_free = |name: &str| {
            !taken.iter().any(|other| other == name)
                && !facts.values().any(|other| {
                    other.name == name || other.was.iter().any(|former| former.name == name)
                })
        };
        let name = ident::first_free(name, is_free);
        facts.insert(fact.to_owned(), Published::new(name.clone()));
        name
    }

    /// Lets a fact that is not published have what the only published one has that is spelt otherwise, and is none of
    /// those that there are now.
    pub(super) fn respell(
        &mut self,
        section: Section,
        scope: &str,
        fact: &str,
        now: &BTreeSet<String>,
    ) {
        let all = self.sections.get_mut(&section);
        let Some(facts) = all.and_then(|all| all.get_mut(scope)) else {
            return;
        };
        if facts.contains_key(fact) {
            return;
        }
        let plain = identity::plain(fact);
        let mut same = facts
            .keys()
            .filter(|other| identity::plain(other) == plain && !now.contains(*other));
        if let (Some(before), None) = (same.next().cloned(), same.next())
            && let Some(published) = facts.remove(&before)
        {
            facts.insert(fact.to_owned(), published);
        }
    }

    /// Lets names of codes follow what the codes mean, where the docs give a meaning another number: `codes` are the
    /// numbers that there are now, each with what its message would have it called.
    pub(super) fn renumber(&mut self, scope: &str, codes: &[(String, String)]) {
        let all = self.sections.get_mut(&Section::Codes);
        let Some(facts) = all.and_then(|all| all.get_mut(scope)) else {
            return;
        };
        let wanted: BTreeMap<&str, &str> = codes
            .iter()
            .map(|(number, name)| (number.as_str(), name.as_str()))
            .collect();
        let is_own = |number: &str, name: &str| wanted.get(number) == Some(&name);
        let mut moves: Vec<(String, String)> = Vec::new();
        for (number, name) in &wanted {
            let own = facts.get(*number);
            if own.is_some_and(|published| published.name == *name) {
                continue;
            }
            // Whose name it was, if that means something else now, or is gone.
            let other = facts.iter().find(|(other, published)| {
                published.name == *name && !is_own(other, name) && other.as_str() != *number
            });
            if let Some((other, _)) = other
                && !moves.iter().any(|(from, _)| from == other)
            {
                moves.push((other.clone(), (*number).to_owned()));
            }
        }
        // A new number takes the name of one that is gone. Numbers that have names change them with each other only: else
        // a message was reworded.
        loop {
            let before = moves.len();
            let (given, got): (BTreeSet<String>, BTreeSet<String>) = moves.iter().cloned().unzip();
            moves.retain(|(from, to)| {
                let is_new = !facts.contains_key(to) && !wanted.contains_key(from.as_str());
                is_new || (got.contains(from) && given.contains(to))
            });
            if moves.len() == before {
                break;
            }
        }
        let moved: Vec<(String, Published)> = moves
            .into_iter()
            .filter_map(|(from, to)| Some((to, facts.remove(&from)?)))
            .collect();
        facts.extend(moved);
    }

    /// Writes down in which version names were replaced, where that was not known yet.
    pub(crate) fn date(&mut self, version: &str) {
        let all = self.sections.values_mut().flat_map(BTreeMap::values_mut);
        for published in all.flat_map(BTreeMap::values_mut) {
            for former in &mut published.was {
                if former.since.is_empty() {
                    version.clone_into(&mut former.since);
                }
            }
        }
    }
}
