//! What was seen, for people and programs.

use serde::Serialize;

use crate::slate::source::Sources;

/// What was seen.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {}

impl Report {
    /// True when nothing contradicts the docs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        true
    }

    /// For a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        String::new()
    }

    /// For a comment.
    #[must_use]
    pub fn markdown(&self) -> String {
        String::new()
    }

    /// Entries for the file of overrides that correct what was contradicted.
    #[must_use]
    pub fn overrides(&self, sources: &Sources) -> Corrections {
        let _ = sources;
        Corrections::default()
    }
}

/// Entries for the file of overrides.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Corrections {
    /// What cannot be written, and why: a line for each.
    pub left: Vec<String>,
}

impl Corrections {
    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        0
    }

    /// True without entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries as they are appended to `spec/overrides.yaml`.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        String::new()
    }
}
