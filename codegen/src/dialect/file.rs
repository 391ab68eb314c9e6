//! Which facts a dialect has.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

use super::client::ClientFacts;
use super::effect::{EffectRule, EffectWhen};
use super::layout::{EntityOf, Several};
use super::name_hints::NameHints;
use super::request_line::RequestLine;
use super::vocabulary::{
    Column, HeadingKind, HeadingRule, Labels, Mark, Outcomes, Placeholders, Presence, ResourceRow,
    WrittenType,
};
use super::wire::Wire;
use crate::InputError;
use crate::slate::Substitute;

/// A dialect: the common words with what a project says over them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Dialect {
    /// What a project says beside the common words, as it is written. It is merged when a dialect is read.
    pub(super) add: Option<Box<Dialect>>,
    /// Id of the API.
    pub id: String,
    /// Host family of modules without hosts of their own.
    pub default_host: String,
    /// Where the docs are published.
    pub docs_url: String,
    /// Other names of clusters.
    pub clusters: BTreeMap<String, String>,
    /// Keys of the front matter that list pages.
    pub include_keys: Vec<String>,
    /// What is replaced in the text before it is read.
    pub substitute: Vec<Substitute>,
    /// Lines that say how a call is made, where the common rules do not know them.
    pub request_lines: Vec<RequestLine>,
    /// Whether a command that calls an address says how an operation is called; where nothing is said, it does in docs
    /// that say it in no other way.
    pub calls_in_samples: Option<bool>,
    /// What several request lines of one section are.
    pub several: Several,
    /// Phrases of headings below which there is no operation; `=phrase` is the whole heading.
    pub not_operations: Vec<String>,
    /// What is an entity: a page, or a chapter.
    pub entity: Option<EntityOf>,
    /// Entity of the operations that the index itself describes; where there is none, they belong to its chapters.
    pub index_entity: String,
    /// Rules for headings.
    pub(super) headings: Vec<HeadingRule>,
    /// The words of these rules, split when they are first asked for: each heading of the docs is compared with all.
    #[serde(skip)]
    pub(super) heading_words: OnceLock<Vec<String>>,
    /// Rows of resource tables.
    pub resource_rows: IndexMap<ResourceRow, Vec<String>>,
    /// Columns of parameter tables.
    pub columns: IndexMap<Column, Vec<String>>,
    /// Words that say whether a parameter has to be there.
    pub presence: Presence,
    /// Words in a column that says where a parameter is sent.
    pub places: IndexMap<HeadingKind, Vec<String>>,
    /// Headers of the column with the codes in tables of codes, the best first.
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
    pub outcomes: Outcomes,
    /// Meaning of marks.
    pub marks: IndexMap<String, Mark>,
    /// What a parameter is that nothing is said of, in tables that call none required.
    pub unmarked: Mark,
    /// Effects.
    pub effects: Vec<EffectRule>,
    /// Conditional effects.
    pub effect_when: Vec<EffectWhen>,
    /// Names under which a person or a secret can be found.
    pub personal: Vec<String>,
    /// What a client sets for all calls.
    pub client: ClientFacts,
}

/// A YAML error as an input error with its place.
pub(crate) fn yaml_error(path: &str, error: &serde_yaml::Error) -> InputError {
    let text = error.to_string();
    let (line, column) = error
        .location()
        .map_or((1, 1), |at| (at.line(), at.column()));
    // The place stands in front.
    let place = format!(" at line {line} column {column}");
    let mut text = text.strip_suffix(&place).unwrap_or(&text).to_owned();
    if text.contains("unknown field `") || text.contains("unknown variant `") {
        text.push_str(". Is it misspelt, or was the file written by a newer version? This is ");
        text.push_str(env!("CARGO_PKG_VERSION"));
    }
    InputError::at(path, line, column, text)
}
