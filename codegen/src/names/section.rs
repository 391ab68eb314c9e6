//! The kinds of names, and what a name of each kind may be.

use serde::{Deserialize, Serialize};

use crate::emit::ident;

/// A kind of names: a part of `spec/names.yaml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Modules, features and accessors of entities.
    Modules,
    /// Clusters.
    Clusters,
    /// Modules and methods of operations, by method and path.
    Operations,
    /// Response codes, by number.
    Codes,
    /// Calls, requests' and answers' types, by place in the message.
    Types,
    /// Types that several messages have, by the places that have them.
    Shared,
    /// Arguments and setters of calls, by place and name on the wire.
    Parameters,
    /// Fields of requests, by name on the wire.
    RequestFields,
    /// Fields of answers, by name on the wire.
    AnswerFields,
    /// Variants of enums, by value.
    Values,
    /// Words of the headings that operations have in the docs. No names, but how they are found again.
    Headings,
    /// Method and path of operations that were published with others. No names either.
    Addresses,
    /// Words of the headings of operations that the docs have no more. They may come back.
    Gone,
    /// What operations show that others are hard to tell from: members, and those of the answer. No names either.
    Shown,
    /// Other places of a type: where it is used as well, or went to. No names, but the places that have them.
    Places,
    /// What entities are called in the docs that were published under another name. No names either.
    Pages,
}

impl Section {
    /// All of them, in the order of the file.
    pub const ALL: [Self; 16] = [
        Self::Modules,
        Self::Clusters,
        Self::Operations,
        Self::Codes,
        Self::Types,
        Self::Shared,
        Self::Parameters,
        Self::RequestFields,
        Self::AnswerFields,
        Self::Values,
        Self::Headings,
        Self::Addresses,
        Self::Gone,
        Self::Shown,
        Self::Places,
        Self::Pages,
    ];

    /// Whether what stands here are names of the SDK, each of one fact of its scope.
    #[must_use]
    pub fn has_names(self) -> bool {
        !matches!(
            self,
            Self::Headings
                | Self::Addresses
                | Self::Gone
                | Self::Shown
                | Self::Places
                | Self::Pages
        )
    }

    /// Whether a name stands for one fact of its scope only.
    #[must_use]
    pub fn is_unique(self) -> bool {
        self.has_names() && self != Self::Shared
    }

    fn is_lower(self) -> bool {
        matches!(
            self,
            Self::Modules
                | Self::Operations
                | Self::Parameters
                | Self::RequestFields
                | Self::AnswerFields
        )
    }

    /// Names that mean something else where these are used.
    #[must_use]
    pub fn reserved(self) -> &'static [&'static str] {
        match self {
            Self::Modules | Self::Operations => ident::MODULES,
            Self::Parameters => ident::CALL_METHODS,
            Self::RequestFields => ident::METHODS,
            Self::AnswerFields => &["extra"],
            Self::Types | Self::Shared => &ident::TAKEN_TYPES,
            Self::Clusters | Self::Codes | Self::Values => &["Other", "Unknown", "Self", "Set"],
            Self::Headings
            | Self::Addresses
            | Self::Gone
            | Self::Shown
            | Self::Places
            | Self::Pages => &[],
        }
    }

    /// Why a name cannot be one of this kind.
    ///
    /// # Errors
    /// When it is no identifier, is written otherwise than Rust writes such names, or means something else.
    pub fn check(self, name: &str) -> Result<(), String> {
        if !self.has_names() {
            let fine = !name.is_empty() && !name.contains(char::is_control);
            return fine
                .then_some(())
                .ok_or_else(|| format!("{name:?} is no text of the docs"));
        }
        let lower = self.is_lower();
        let first = |c: char| {
            if lower {
                c.is_ascii_lowercase()
            } else {
                c.is_ascii_uppercase()
            }
        };
        let rest = |c: char| {
            c == '_'
                || c.is_ascii_digit()
                || c.is_ascii_lowercase()
                || (!lower && c.is_ascii_uppercase())
        };
        if !name.starts_with(first) || !name.chars().all(rest) {
            let form = if lower { "snake_case" } else { "CamelCase" };
            return Err(format!("{name:?} is no name of Rust in {form}"));
        }
        if name.len() > 80 {
            return Err(format!("{name:?} is longer than 80 characters"));
        }
        if ident::KEYWORDS.contains(&name) {
            return Err(format!("{name:?} is a keyword"));
        }
        if self.reserved().contains(&name) {
            return Err(format!("{name:?} means something else in the SDK"));
        }
        // The id of an operation is its name without the underscore that sets it apart from a keyword.
        let bare = name.trim_end_matches('_');
        if self == Self::Operations
            && bare.len() < name.len()
            && !ident::KEYWORDS.contains(&bare)
            && !ident::MODULES.contains(&bare)
        {
            return Err(format!("{name:?} ends with an underscore"));
        }
        Ok(())
    }
}
