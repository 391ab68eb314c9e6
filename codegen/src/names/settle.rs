//! Operations and codes get their published names before the overrides, which name operations, apply.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::{Candidate, find};
use super::published::Names;
use super::scope::short_id;
use super::section::Section;
use crate::claims::{Basis, Claim, Decision, Facet, Place, Step, Witness};
use crate::emit::ident;
use crate::infer::{API, Inferred};
use crate::slate::source::Span;
use crate::spec::{CodeEntry, Spec};

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
        for entity in entities {
            self.codes(&entity.entity, &mut entity.codes);
            let facts = find(self, entity);
            for (operation, fact) in entity.operations.iter_mut().zip(facts) {
                let own = ident::snake(short_id(operation));
                let own = if Section::Operations.reserved().contains(&own.as_str()) {
                    format!("{own}_")
                } else {
                    own
                };
                let known = self
                    .get(Section::Operations, &entity.entity, &fact)
                    .is_some();
                let name = self.publish(Section::Operations, &entity.entity, &fact, &own, &[]);
                let section = inferred.sections.get(&operation.id).copied();
                if let Some(section) = section {
                    let place = Place::whole(section);
                    let decision = decision(&own, &name, known, section);
                    inferred.ledger.note(place, Facet::Name, decision);
                }
                let id = format!("{}.{}", entity.entity, name.trim_end_matches('_'));
                if id != operation.id {
                    if let Some(contents) = inferred.contents.shift_remove(&operation.id) {
                        inferred.contents.insert(id.clone(), contents);
                    }
                    if let Some(section) = inferred.sections.shift_remove(&operation.id) {
                        inferred.sections.insert(id.clone(), section);
                    }
                    operation.id = id;
                }
            }
        }
    }

    fn codes(&mut self, scope: &str, codes: &mut [CodeEntry]) {
        for code in codes {
            let name = ident::variant(&code.name);
            code.name = self.publish(Section::Codes, scope, &code.code.to_string(), &name, &[]);
        }
    }

    /// How a published operation looked like when it was last seen: the names on the wire of its parameters and of the
    /// fields of its request, or of its answer where it has none of these.
    pub(super) fn members(&self, candidate: &Candidate<'_>) -> BTreeSet<&str> {
        let own = format!("{} {}", candidate.entity, candidate.fact);
        let inner = |section, direction: &str| -> Vec<&str> {
            let start = format!("{own} {direction} ");
            self.sections
                .get(&section)
                .into_iter()
                .flat_map(|scopes| scopes.range(start.clone()..))
                .take_while(|(scope, _)| scope.starts_with(&start))
                .flat_map(|(_, facts)| facts.keys().map(String::as_str))
                .collect()
        };
        let parameters = self
            .facts(Section::Parameters, &own)
            .into_iter()
            .flat_map(BTreeMap::keys)
            .filter_map(|fact| fact.split_once(' ').map(|(_, name)| name));
        let choice = self
            .facts(Section::Values, &format!("{own} one of query"))
            .into_iter()
            .flat_map(BTreeMap::keys)
            .map(String::as_str);
        let mut out: BTreeSet<&str> = parameters.chain(choice).collect();
        out.extend(inner(Section::RequestFields, "request"));
        if out.is_empty() {
            out.extend(inner(Section::AnswerFields, "answer"));
        }
        out
    }
}
