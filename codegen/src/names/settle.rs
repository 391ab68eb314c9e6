//! Operations and codes get their published names before the overrides, which name operations, apply.

use super::matching::{Candidate, find};
use super::scope::short_id;
use super::{Names, Section};
use crate::emit::ident;
use crate::infer::Inferred;
use crate::spec::{CodeEntry, Spec};

/// The scope of what belongs to no entity.
pub const API: &str = "api";

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
                let name = self.publish(Section::Operations, &entity.entity, &fact, &own, &[]);
                let id = format!("{}.{}", entity.entity, name.trim_end_matches('_'));
                if id != operation.id {
                    if let Some(contents) = inferred.contents.shift_remove(&operation.id) {
                        inferred.contents.insert(id.clone(), contents);
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

    /// How a published operation looked like when it was last seen: the names on the wire of its parameters and fields.
    pub(super) fn members(&self, candidate: &Candidate<'_>) -> Vec<&str> {
        let own = format!("{} {}", candidate.entity, candidate.fact);
        let inner = format!("{own} ");
        self.iter()
            .filter_map(|(section, scope, fact, _)| match section {
                Section::Parameters if scope == own => fact.split_once(' ').map(|(_, name)| name),
                Section::RequestFields | Section::AnswerFields if scope.starts_with(&inner) => {
                    Some(fact)
                }
                _ => None,
            })
            .collect()
    }
}
