//! Which facts `spec/dialect.yaml` has.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;

use super::client::ClientFacts;
use super::effect::{EffectRule, EffectWhen};
use super::name_hints::NameHints;
use super::vocabulary::{
    Column, HeadingKind, HeadingRule, Labels, Mark, Outcomes, Placeholders, Presence, ResourceRow,
    WrittenType,
};
use super::wire::Wire;
use crate::InputError;

/// `spec/dialect.yaml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialect {
    /// Id of the API.
    pub id: String,
    /// Host family of modules without hosts of their own.
    pub default_host: String,
    /// Where the docs are published.
    #[serde(default)]
    pub docs_url: String,
    /// Other names of clusters.
    #[serde(default)]
    pub clusters: BTreeMap<String, String>,
    /// Entity of the operations that the index itself describes.
    pub index_entity: String,
    /// Rules for headings.
    pub headings: Vec<HeadingRule>,
    /// Rows of resource tables.
    pub resource_rows: IndexMap<ResourceRow, Vec<String>>,
    /// Columns of parameter tables.
    pub columns: IndexMap<Column, Vec<String>>,
    /// Words that say whether a parameter has to be there.
    #[serde(default)]
    pub presence: Presence,
    /// Words in a column that says where a parameter is sent.
    #[serde(default)]
    pub places: IndexMap<HeadingKind, Vec<String>>,
    /// Headers of the column with the codes in tables of codes, the best first.
    #[serde(default)]
    pub code_columns: Vec<String>,
    /// Written types.
    pub types: IndexMap<WrittenType, Vec<String>>,
    /// Names that decide types.
    pub names: NameHints,
    /// Placeholder rows.
    pub placeholders: Placeholders,
    /// Sample labels.
    pub labels: Labels,
    /// Wire habits.
    pub wire: Wire,
    /// What messages tell of codes.
    #[serde(default)]
    pub outcomes: Outcomes,
    /// Meaning of marks.
    pub marks: IndexMap<String, Mark>,
    /// Effects.
    pub effects: Vec<EffectRule>,
    /// Conditional effects.
    #[serde(default)]
    pub effect_when: Vec<EffectWhen>,
    /// Names under which a person or a secret can be found.
    #[serde(default)]
    pub personal: Vec<String>,
    /// What a client sets for all calls.
    #[serde(default)]
    pub client: ClientFacts,
}

/// A YAML error as an input error with its place.
pub(crate) fn yaml_error(path: &str, error: &serde_yaml::Error) -> InputError {
    match error.location() {
        Some(at) => InputError::at(path, at.line(), at.column(), error.to_string()),
        None => InputError::at(path, 1, 1, error.to_string()),
    }
}
