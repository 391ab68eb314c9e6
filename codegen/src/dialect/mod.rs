//! What is particular to one documentation: `spec/dialect.yaml`.

pub use client::{AttributionFacts, ClientFacts, OauthFacts};
pub use name_hints::NameHints;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::InputError;

mod client;
mod name_hints;
mod words;

/// What a heading is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadingKind {
    /// Lists of hosts.
    Hosts,
    /// The table with URI, method, authentication.
    Resource,
    /// The request URL.
    Url,
    /// Codes of a whole call.
    ApiCodes,
    /// Codes of items that went well.
    SuccessCodes,
    /// Codes of items that failed.
    ErrorCodes,
    /// Codes of either sort.
    Codes,
    /// Fields of the answer.
    Response,
    /// Request headers.
    Header,
    /// Query parameters.
    Query,
    /// Path parameters.
    Path,
    /// Fields of the request body.
    Body,
    /// Parameters of the request; where they are sent is not said.
    Request,
}

impl HeadingKind {
    /// True for headings over tables of response codes.
    #[must_use]
    pub fn is_codes(self) -> bool {
        matches!(
            self,
            Self::ApiCodes | Self::SuccessCodes | Self::ErrorCodes | Self::Codes
        )
    }

    /// True for headings over parameters.
    #[must_use]
    pub fn is_parameters(self) -> bool {
        matches!(
            self,
            Self::Response | Self::Header | Self::Query | Self::Path | Self::Body | Self::Request
        )
    }
}

/// One rule for headings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadingRule {
    /// What the heading is about.
    pub is: HeadingKind,
    /// Phrases one of which occurs in it; `=phrase` is the whole heading.
    pub any: Vec<String>,
}

/// What a row of a resource table states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceRow {
    /// Path relative to the module or to the host.
    Uri,
    /// Whole URL.
    Url,
    /// HTTP method.
    Method,
    /// Whether, or how, a caller authenticates.
    Auth,
    /// Whether a call takes several items.
    Batch,
    /// Whether calls are limited per time.
    RateLimit,
    /// Formats of the answer.
    Formats,
    /// Version of the API.
    Version,
    /// Hosts of the clusters.
    Hosts,
    /// Of no use for a client.
    Ignored,
}

/// What a column of a parameter table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The parameter's name.
    Name,
    /// Its type.
    Type,
    /// Its description.
    Description,
    /// Its default.
    Default,
    /// Whether it has to be there.
    Required,
    /// Whether it may be left out.
    Optional,
    /// Where it is sent.
    Place,
    /// The values it can have.
    Values,
    /// Of no use for a client.
    Ignored,
}

/// Words that say whether a parameter has to be there.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presence {
    /// It has to, also in running text.
    #[serde(default)]
    pub required: Vec<String>,
    /// It need not, also in running text.
    #[serde(default)]
    pub optional: Vec<String>,
    /// It does what the header of the column says.
    #[serde(default)]
    pub yes: Vec<String>,
    /// It does not.
    #[serde(default)]
    pub no: Vec<String>,
    /// It leaves out what the rest of its name says: how the name of a flag begins.
    #[serde(default)]
    pub skip: Vec<String>,
}

/// A type as tables write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrittenType {
    /// Text.
    String,
    /// Text out of a list.
    Enum,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// Date and time.
    Datetime,
    /// Date.
    Date,
    /// An object.
    Object,
    /// A list.
    Array,
}

/// Rows that stand for one of several parameters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholders {
    /// Names of the row that names the parameters.
    #[serde(default)]
    pub names: Vec<String>,
    /// Names of the row that stands for their value.
    #[serde(default)]
    pub values: Vec<String>,
    /// The parameters where the row names none.
    #[serde(default)]
    pub default: Vec<String>,
    /// Spellings in running text.
    #[serde(default)]
    pub spellings: BTreeMap<String, String>,
}

/// Words in sample labels.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// The sample is an answer.
    #[serde(default)]
    pub response: Vec<String>,
    /// The sample is a URL.
    #[serde(default)]
    pub url: Vec<String>,
    /// The sample is a request body.
    #[serde(default)]
    pub request: Vec<String>,
}

/// Habits of the wire format.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wire {
    /// Element around every item of a converted list.
    #[serde(default)]
    pub item: String,
    /// Document elements.
    #[serde(default)]
    pub roots: Vec<String>,
    /// Document element of requests.
    #[serde(default)]
    pub request_root: String,
    /// Document element of answers.
    #[serde(default)]
    pub response_root: String,
    /// Query parameter that chooses the format.
    #[serde(default)]
    pub format_query: String,
    /// Path suffixes that choose the format.
    #[serde(default)]
    pub format_suffixes: Vec<String>,
    /// Key of the outcome of a call.
    #[serde(default)]
    pub status: String,
    /// Key of the outcome of an item.
    #[serde(default)]
    pub item_status: String,
    /// Keys inside an outcome.
    #[serde(default)]
    pub status_fields: Vec<String>,
    /// Keys that hold remarks, not data.
    #[serde(default)]
    pub remarks: Vec<String>,
    /// Keys that hold remarks where they are never filled.
    #[serde(default)]
    pub empty_remarks: Vec<String>,
    /// Attributes that mark an element as empty.
    #[serde(default)]
    pub null_attributes: Vec<String>,
}

/// Words that tell what a code means.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcomes {
    /// It went well.
    #[serde(default)]
    pub success: Vec<String>,
    /// It went well, but.
    #[serde(default)]
    pub warning: Vec<String>,
    /// It failed.
    #[serde(default)]
    pub error: Vec<String>,
}

/// What a mark behind a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The parameter is required.
    Required,
    /// Any one of the parameters so marked is required.
    OneOf,
    /// The parameter may be left out, or is required under a condition only.
    Optional,
}

/// What sending a request a second time does.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Nothing: data is only read.
    Read,
    /// Somebody gets a message once more.
    Notify,
    /// Data changes once more.
    Write,
}

/// A rule for effects; conditions that are absent fit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectRule {
    /// The effect.
    pub effect: Effect,
    /// Ends of the path, one of which has to fit.
    #[serde(default)]
    pub path: Vec<String>,
    /// The method.
    #[serde(default)]
    pub method: Option<String>,
}

/// Query parameters that change the effect when they are true.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectWhen {
    /// Names of the parameters.
    pub query: Vec<String>,
    /// The effect then.
    pub effect: Effect,
}

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
