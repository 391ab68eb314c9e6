//! Where names are asked for while the crate is planned.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::published::{Former, Names, Published};
use super::section::Section;
use super::version;
use crate::emit::ident;
use crate::spec::Operation;

/// A former name that still works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The former name.
    pub old: String,
    /// Its name by now.
    pub new: String,
    /// The version of the SDK that replaced it.
    pub since: String,
}

/// The published names, while names are added to them.
#[derive(Debug)]
pub struct Registry {
    names: RefCell<Names>,
    version: String,
}

impl Registry {
    /// A registry for an SDK of this version.
    #[must_use]
    pub fn new(mut names: Names, version: &str) -> Self {
        names.date(version);
        Self {
            names: RefCell::new(names),
            version: version.to_owned(),
        }
    }

    /// The names, with those that were added.
    #[must_use]
    pub fn into_names(self) -> Names {
        self.names.into_inner()
    }

    /// Names of one scope.
    #[must_use]
    pub fn scope(&self, section: Section, key: &str) -> Scope<'_> {
        Scope {
            registry: self,
            section,
            key: key.to_owned(),
            taken: Vec::new(),
            seen: Vec::new(),
            expected: None,
            aliases: Vec::new(),
        }
    }

    /// Where in a message the type that stands at `place` was published.
    #[must_use]
    pub fn published_place(&self, scope: &str, place: &str) -> String {
        self.names.borrow().published_place(scope, place)
    }

    /// Whether a type is published under this very place.
    #[must_use]
    pub fn is_published(&self, scope: &str, place: &str) -> bool {
        self.names
            .borrow()
            .get(Section::Types, scope, place)
            .is_some()
    }

    /// Publishes that the type of another place stands here too.
    pub fn same_place(&self, scope: &str, place: &str, other: &str) {
        self.names.borrow_mut().same_place(scope, place, other);
    }

    /// What the type of a place is called, if it is shared.
    #[must_use]
    pub fn shared(&self, scope: &str, fact: &str) -> Option<String> {
        let names = self.names.borrow();
        let published = names.get(Section::Shared, scope, fact)?;
        Some(published.name.clone())
    }

    /// Whether a shared type has, or had, this name.
    #[must_use]
    pub fn is_shared(&self, scope: &str, name: &str) -> bool {
        let names = self.names.borrow();
        let mut facts = names.facts(Section::Shared, scope).into_iter().flatten();
        facts.any(|(_, published)| {
            published.name == name || published.was.iter().any(|former| former.name == name)
        })
    }

    /// The former names of a shared type.
    #[must_use]
    pub fn former_shared(&self, scope: &str, name: &str) -> Vec<Alias> {
        let names = self.names.borrow();
        let facts = names.facts(Section::Shared, scope).into_iter().flatten();
        let mut out: Vec<Alias> = Vec::new();
        for (_, published) in facts.filter(|(_, published)| published.name == name) {
            for alias in self.aliases(published, &names, (Section::Shared, scope)) {
                if !out.iter().any(|known| known.old == alias.old) {
                    out.push(alias);
                }
            }
        }
        out
    }

    /// The former names of a name that still work: old code has to mean what it meant, so one that another fact has by now
    /// is none.
    fn aliases<'p>(
        &self,
        published: &'p Published,
        names: &'p Names,
        (section, scope): (Section, &str),
    ) -> impl Iterator<Item = Alias> + use<'_, 'p> {
        let facts = names.facts(section, scope);
        let kept = move |former: &&Former| {
            let mut others = facts.into_iter().flatten();
            version::is_kept(&former.since, &self.version)
                && !others.any(|(_, other)| other.name == former.name)
        };
        published.was.iter().filter(kept).map(|former| Alias {
            old: former.name.clone(),
            new: published.name.clone(),
            since: former.since.clone(),
        })
    }

    /// Publishes that the type of a place is shared, unless that is known.
    pub fn share(&self, scope: &str, fact: &str, name: &str) {
        self.names.borrow_mut().share(scope, fact, name);
    }

    /// The fact that an operation is, by its id.
    #[must_use]
    pub fn operation(&self, entity: &str, operation: &Operation) -> String {
        let short = short_id(operation);
        let names = self.names.borrow();
        names
            .facts(Section::Operations, entity)
            .into_iter()
            .flatten()
            .find(|(_, published)| published.name.trim_end_matches('_') == short)
            .map_or_else(
                || format!("{} {} [{short}]", operation.method, operation.path),
                |(fact, _)| fact.clone(),
            )
    }
}

/// The id of an operation without its entity.
pub fn short_id(operation: &Operation) -> &str {
    operation
        .id
        .split_once('.')
        .map_or(operation.id.as_str(), |(_, name)| name)
}

/// Names that are unique in one scope and are published under their facts.
#[derive(Clone, Debug)]
pub struct Scope<'r> {
    registry: &'r Registry,
    section: Section,
    key: String,
    taken: Vec<String>,
    seen: Vec<String>,
    /// All facts that are asked for, where that is known before.
    expected: Option<BTreeSet<String>>,
    aliases: Vec<Alias>,
}

impl Scope<'_> {
    /// Says which facts will be asked for. One that is spelt otherwise than a published one, which is not asked for any
    /// more, is the same.
    #[must_use]
    pub fn expecting(self, facts: impl IntoIterator<Item = String>) -> Self {
        Self {
            expected: Some(facts.into_iter().collect()),
            ..self
        }
    }

    /// The name of a fact: the published one, or else this one, with a number behind it where it is taken.
    pub fn name(&mut self, fact: &str, name: &str) -> String {
        let name = if self.section.reserved().contains(&name) {
            format!("{name}_")
        } else {
            name.to_owned()
        };
        // A fact that the docs state twice is two facts here.
        let fact = ident::first_free_with(fact, " #", |fact| !self.seen.iter().any(|s| s == fact));
        self.seen.push(fact.clone());
        let mut names = self.registry.names.borrow_mut();
        if let Some(expected) = &self.expected {
            names.respell(self.section, &self.key, &fact, expected);
        }
        let name = names.publish(self.section, &self.key, &fact, &name, &self.taken);
        self.taken.push(name.clone());
        let published = names.get(self.section, &self.key, &fact);
        let scope = (self.section, self.key.as_str());
        let former = published.into_iter();
        self.aliases
            .extend(former.flat_map(|published| self.registry.aliases(published, &names, scope)));
        name
    }

    /// The former names of what was named.
    #[must_use]
    pub fn aliases(self) -> Vec<Alias> {
        self.aliases
    }
}
