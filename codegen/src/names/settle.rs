//! Operations and codes get their published names before the overrides, which name operations, apply.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::{address, find};
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
    pub fn settle(&mut self, inferred: &mut Inferred) {
        let Spec { api, entities } = &mut inferred.spec;
        self.codes(API, &mut api.codes);
        let mut renamed: BTreeMap<String, String> = BTreeMap::new();
        for entity in entities.iter_mut() {
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
    }

    /// Keeps what the docs say of the operations by now, so that they are found again when some of it changes. Of what
    /// the docs do not have any more, the heading is forgotten: another section may get it.
    fn remember(&mut self, entity: &Entity, facts: &[String]) {
        let mut headings = BTreeMap::new();
        for (operation, fact) in entity.operations.iter().zip(facts) {
            let heading = identity::heading(&operation.title).join(" ");
            if !heading.is_empty() {
                headings.insert(fact.clone(), Published::new(heading));
            }
            let address = address(operation);
            let all = self.sections.entry(Section::Addresses).or_default();
            let moved = all.entry(entity.entity.clone()).or_default();
            if fact.split(" [").next() == Some(address.as_str()) {
                moved.remove(fact);
            } else {
                moved.insert(fact.clone(), Published::new(address));
            }
        }
        let all = self.sections.entry(Section::Headings).or_default();
        all.insert(entity.entity.clone(), headings);
    }

    fn codes(&mut self, scope: &str, codes: &mut [CodeEntry]) {
        for code in codes {
            let name = ident::variant(&code.name);
            code.name = self.publish(Section::Codes, scope, &code.code.to_string(), &name, &[]);
        }
    }

    /// How a published operation looked like when it was last seen: the names on the wire of its parameters and of the
    /// fields of its request, or of its answer where it has none of these.
    pub(super) fn members(&self, entity: &str, fact: &str) -> BTreeSet<String> {
        let own = format!("{entity} {fact}");
        let inner = |section, direction: &str| -> Vec<String> {
            let start = format!("{own} {direction} ");
            self.sections
                .get(&section)
                .into_iter()
                .flat_map(|scopes| scopes.range(start.clone()..))
                .take_while(|(scope, _)| scope.starts_with(&start))
                .flat_map(|(_, facts)| facts.keys().cloned())
                .collect()
        };
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
        out.extend(inner(Section::RequestFields, "request"));
        if out.is_empty() {
            out.extend(inner(Section::AnswerFields, "answer"));
        }
        out
    }
}
