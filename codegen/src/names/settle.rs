//! Operations and codes get their published names before the overrides, which name operations, apply.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::{self, address, find};
use super::published::{Names, Published};
use super::scope::short_id;
use super::section::Section;
use crate::claims::{Basis, Claim, Decision, Facet, Place, Step, Witness};
use crate::emit::ident;
use crate::identity;
use crate::infer::{API, Inferred};
use crate::slate::source::Span;
use crate::spec::{CodeEntry, Entity, Spec};

/// What an operation is called, and why.
fn decision(own: &str, name: &str, known: bool, section: Span) -> Decision {
    const PUBLISHED: Step = Step {
        name: "published name",
        text: "a name that is out stays that of its operation, whatever the heading says now",
    };
    const HEADING: Step = Step {
        name: "heading",
        text: "a new name is what the heading says and the entity does not; a number makes it free",
    };
    let mut claims = vec![Claim::new(own, Witness::Heading, section)];
    if known {
        claims.push(Claim::new(name, Witness::Published, section));
    }
    let step = if known { PUBLISHED } else { HEADING };
    let says = name.to_owned();
    Decision {
        basis: Basis::Stated,
        ..Decision::new(name.to_owned(), step, claims, |claim| claim.says == says)
    }
}

impl Names {
    /// Gives operations and codes their published names, and publishes the names of new ones.
    pub fn settle(&mut self, mut inferred: Inferred) -> Inferred {
        let Spec { api, entities } = &mut inferred.spec;
        self.codes(API, &mut api.codes);
        let mut renamed: BTreeMap<String, String> = BTreeMap::new();
        let facts = self.entities(entities);
        let mut called: BTreeMap<String, String> = BTreeMap::new();
        for (entity, fact) in entities.iter_mut().zip(facts) {
            called.insert(std::mem::replace(&mut entity.entity, fact.clone()), fact);
            self.codes(&entity.entity, &mut entity.codes);
            let facts = find(self, entity);
            for (operation, fact) in entity.operations.iter_mut().zip(&facts) {
                let own = ident::snake(short_id(operation));
                let own = if Section::Operations.reserved().contains(&own.as_str()) {
                    format!("{own}_")
                } else {
                    own
                };
                let known = self.get(Section::Operations, &entity.entity, fact);
                let known = known.is_some();
                let name = self.publish(Section::Operations, &entity.entity, fact, &own, &[]);
                let section = inferred.sections.get(&operation.id).copied();
                if let Some(section) = section {
                    let place = Place::whole(section);
                    let decision = decision(&own, &name, known, section);
                    inferred.ledger.note(place, Facet::Name, decision);
                }
                let id = format!("{}.{}", entity.entity, name.trim_end_matches('_'));
                renamed.insert(std::mem::replace(&mut operation.id, id.clone()), id);
            }
            self.remember(entity, &facts);
        }
        // All at once: what one operation is called now, another may have been called before.
        let now = |id: String| renamed.get(&id).cloned().unwrap_or(id);
        inferred.contents = std::mem::take(&mut inferred.contents)
            .into_iter()
            .map(|(id, contents)| (now(id), contents))
            .collect();
        inferred.sections = std::mem::take(&mut inferred.sections)
            .into_iter()
            .map(|(id, section)| (now(id), section))
            .collect();
        inferred.pages = std::mem::take(&mut inferred.pages)
            .into_iter()
            .map(|(name, page)| (called.get(&name).cloned().unwrap_or(name), page))
            .collect();
        inferred
    }

    /// Keeps what the docs say of the operations by now, so that they are found again when some of it changes, and what
    /// they said of those that they have no more.
    fn remember(&mut self, entity: &Entity, facts: &[String]) {
        let scope = entity.entity.as_str();
        let before = self.take(Section::Headings, scope);
        let (mut headings, mut gone) = (BTreeMap::new(), self.take(Section::Gone, scope));
        gone.extend(before);
        let mut moved = self.take(Section::Addresses, scope);
        let mut shown = self.take(Section::Shown, scope);
        for (operation, fact) in entity.operations.iter().zip(facts) {
            let heading = identity::heading(&operation.title).join(" ");
            gone.remove(fact);
            if !heading.is_empty() {
                headings.insert(fact.clone(), Published::new(heading));
            }
            let address = address(operation);
            if fact.split(" [").next() == Some(address.as_str()) {
                moved.remove(fact);
            } else {
                moved.insert(fact.clone(), Published::new(address));
            }
            if shown.contains_key(fact) || matching::has_twin(entity, operation) {
                let face = identity::Face::of(entity, operation);
                shown.insert(fact.clone(), Published::new(matching::shown(&face)));
            }
        }
        for (section, facts) in [
            (Section::Headings, headings),
            (Section::Gone, gone),
            (Section::Addresses, moved),
            (Section::Shown, shown),
        ] {
            let all = self.sections.entry(section).or_default();
            all.insert(scope.to_owned(), facts);
        }
    }

    /// What stands for the facts of a scope, to be put in again.
    fn take(&mut self, section: Section, scope: &str) -> BTreeMap<String, Published> {
        let all = self.sections.get_mut(&section);
        all.and_then(|all| all.remove(scope)).unwrap_or_default()
    }

    fn codes(&mut self, scope: &str, codes: &mut [CodeEntry]) {
        let wanted = codes.iter();
        let wanted: Vec<(String, String)> = wanted
            .map(|code| {
                let number = code.code.to_string();
                // The number is behind the name of the second code of a message.
                let name = ident::variant(&code.name);
                let name = name.strip_suffix(number.as_str()).unwrap_or(&name);
                (number, name.to_owned())
            })
            .collect();
        self.renumber(scope, &wanted);
        for code in codes {
            let name = ident::variant(&code.name);
            code.name = self.publish(Section::Codes, scope, &code.code.to_string(), &name, &[]);
        }
    }

    /// How a published operation looked like when it was last seen: the names on the wire of its parameters and of the
    /// fields of its request, or of its answer where it has none of these.
    pub(super) fn members(&self, entity: &str, fact: &str) -> BTreeSet<String> {
        let own = format!("{entity} {fact}");
        let parameters = self
            .facts(Section::Parameters, &own)
            .into_iter()
            .flat_map(BTreeMap::keys)
            .filter_map(|fact| fact.split_once(' ').map(|(_, name)| name.to_owned()));
        let choice = self
            .facts(Section::Values, &format!("{own} one of query"))
            .into_iter()
            .flat_map(BTreeMap::keys)
            .cloned();
        let mut out: BTreeSet<String> = parameters.chain(choice).collect();
        out.extend(self.fields(entity, fact, Section::RequestFields, "request"));
        if out.is_empty() {
            out.extend(self.fields(entity, fact, Section::AnswerFields, "answer"));
        }
        out
    }

    /// The names on the wire of the published fields of one direction.
    pub(super) fn fields(
        &self,
        entity: &str,
        fact: &str,
        section: Section,
        direction: &str,
    ) -> BTreeSet<String> {
        let start = format!("{entity} {fact} {direction} ");
        let scopes = self.sections.get(&section);
        scopes
            .into_iter()
            .flat_map(|scopes| scopes.range(start.clone()..))
            .take_while(|(scope, _)| scope.starts_with(&start))
            .flat_map(|(_, facts)| facts.keys().cloned())
            .collect()
    }
}
