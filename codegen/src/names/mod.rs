//! Rust names that are published: `spec/names.yaml`.
//!
//! Names come from headings, messages and words of tables, and all of those are reworded. So once a name is out it is
//! kept under the fact that it stands for, and a fact that is gone leaves its name reserved. `settle` finds the
//! operations and codes again, before anything else; all other names are asked for where they are planned, through a
//! [`Scope`].

mod file;
mod matching;
mod places;
mod scope;
mod section;
mod settle;
mod version;

use std::collections::BTreeMap;

pub use scope::{Alias, Registry, Scope};
pub use section::Section;

/// A name that is out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The name.
    pub name: String,
    /// What it was before.
    pub was: Vec<Former>,
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
    sections: BTreeMap<Section, BTreeMap<String, BTreeMap<String, Published>>>,
}

impl Names {
    /// What stands for a fact.
    #[must_use]
    pub fn get(&self, section: Section, scope: &str, fact: &str) -> Option<&Published> {
        self.facts(section, scope)?.get(fact)
    }

    fn facts(&self, section: Section, scope: &str) -> Option<&BTreeMap<String, Published>> {
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
        let name = crate::emit::ident::first_free(name, is_free);
        facts.insert(
            fact.to_owned(),
            Published {
                name: name.clone(),
                was: Vec::new(),
            },
        );
        name
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

#[cfg(test)]
mod tests;
