//! What headings, rows, columns, types, labels and marks of these docs can mean.

use std::collections::BTreeMap;

use serde::Deserialize;

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
    /// A file.
    File,
    /// One kind here, another there: `string or object`.
    Any,
}

impl WrittenType {
    /// Whether it is no object and no list.
    #[must_use]
    pub fn is_value(self) -> bool {
        !matches!(self, Self::Object | Self::Array | Self::Any)
    }
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The parameter is required.
    Required,
    /// Any one of the parameters so marked is required.
    OneOf,
    /// The parameter may be left out, or is required under a condition only.
    #[default]
    Optional,
}
