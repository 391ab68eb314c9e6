//! What a comparison gives: the changes, and how grave they are.

use serde::Serialize;

use super::rules::{Level, Rule};
use crate::spec::Source;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind.
    pub rule: Rule,
    /// What it means for users.
    pub level: Level,
    /// What happened, in a few words.
    pub title: &'static str,
    /// The entity, by its new name where it has one; absent for the whole API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// The operation, by its new id where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// What it happened to, such as ``query parameter `page` ``.
    pub subject: String,
    /// What that is in Rust, such as `parcel::get::Get::page`, where it is an item that users name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The fact before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The fact now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// Where the old docs say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_source: Option<Source>,
    /// Where the new docs say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_source: Option<Source>,
}

/// All changes, by entity and operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The changes.
    pub changes: Vec<Change>,
}

impl Report {
    /// How many changes are of this level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.changes
            .iter()
            .filter(|change| change.level == level)
            .count()
    }

    /// True when a fact changed: more than words and samples.
    #[must_use]
    pub fn has_facts(&self) -> bool {
        self.changes
            .iter()
            .any(|change| change.level != Level::Prose)
    }

    /// The gravest level of what users see.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        let seen = self
            .changes
            .iter()
            .filter(|change| !change.rule.is_unseen());
        seen.map(|change| change.level).min()
    }
}
