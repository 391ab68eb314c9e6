//! Which entity and operation are compared at the moment, and what was found in them so far.

use super::change::Change;
use super::rules::Rule;
use crate::spec::Source;

/// What is compared at the moment, and what was found.
#[derive(Default)]
pub struct Finder<'a> {
    entity: Option<&'a str>,
    operation: Option<&'a str>,
    /// Where what is compared stands on either side: the place of what only one of them has.
    around: (Option<Source>, Option<Source>),
    /// What was found.
    pub changes: Vec<Change>,
    /// What went to other places.
    pub moves: Vec<Move>,
}

/// A field that stands in another place of the same message, or has another name there.
pub struct Move {
    /// The entity, by its new name.
    pub entity: String,
    /// The new id.
    pub operation: String,
    /// Whether the message is the request.
    pub request: bool,
    /// Its place before.
    pub old: String,
    /// Its place now.
    pub new: String,
}

/// A fact and its place.
pub type At<'a> = (Option<String>, Option<&'a Source>);

impl<'a> Finder<'a> {
    /// Adds a change of what is compared at the moment.
    pub fn push(&mut self, rule: Rule, subject: impl Into<String>, old: At<'_>, new: At<'_>) {
        self.changes.push(Change {
            rule,
            level: rule.level(),
            title: rule.title(),
            entity: self.entity.map(str::to_owned),
            operation: self.operation.map(str::to_owned),
            subject: subject.into(),
            item: None,
            old: old.0,
            new: new.0,
            old_source: old.1.or(self.around.0.as_ref()).cloned(),
            new_source: new.1.or(self.around.1.as_ref()).cloned(),
        });
    }

    /// Adds a field that went to another place.
    pub fn moved(&mut self, request: bool, old: String, new: String) {
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

    /// From here on this entity and this operation are compared.
    pub fn within(&mut self, entity: Option<&'a str>, operation: Option<&'a str>) {
        self.entity = entity;
        self.operation = operation;
    }

    /// From here on this is where both sides stand.
    pub fn between(&mut self, old: Source, new: Source) {
        self.around = (Some(old), Some(new));
    }

    /// Pushes a change of words, when they are other words.
    pub fn reworded(
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
pub fn fact(value: impl ToString) -> Option<String> {
    Some(value.to_string())
}
