//! The intermediate spec: what the docs say, machine-readable, diffable, checked in.
//!
//! What `gen` writes is what it reads back. The keys are a contract with other readers; keys may be added.

mod files;
mod required;
mod written;

pub use files::{api_file, from_files, from_files_beside, schema, to_files};
pub use required::Required;
pub(crate) use written::{inner, innermost, item_of, value_of};

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::claims::Basis;
pub use crate::dialect::Effect;
pub use crate::read::facts::{CodeKind, Encoding, Role};
pub use crate::sample::Format;

/// What facts rest on that the docs do not state, by the name of their key.
pub type Bases = IndexMap<String, Basis>;

/// The whole spec.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Spec {
    /// What is common to all operations.
    pub api: Api,
    /// The entities, in the order of the index.
    pub entities: Vec<Entity>,
}

/// A file and a line of the docs.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Source {
    /// Path relative to the Slate `source` folder.
    pub file: String,
    /// 1-based line.
    pub line: u32,
}

/// What is common to all operations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Api {
    /// Id of the API.
    pub id: String,
    /// Title of the docs.
    pub title: String,
    /// Which docs this is made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docs: Option<Docs>,
    /// Version segment of paths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Families of hosts; every operation names one.
    pub hosts: IndexMap<String, HostFamily>,
    /// Ways to authenticate.
    pub auth: Vec<AuthScheme>,
    /// Headers that every request may carry.
    pub headers: Vec<Param>,
    /// Codes of whole calls.
    pub codes: Vec<CodeEntry>,
    /// Names of the entities, in the order of the index.
    pub entities: Vec<String>,
}

/// The docs that a spec is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Docs {
    /// What their publisher, or who fetched them, calls this revision.
    pub revision: String,
    /// SHA-256 of the texts that were read.
    pub sha256: String,
    /// SHA-256 of the lines with words of each page, in no order: it is the same where only blank lines or the order of
    /// lines differ.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lines: String,
}

/// A family of hosts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HostFamily {
    /// Template of the base URL; `{cluster}` is one of the clusters' hosts.
    pub url: String,
    /// Name of each cluster and its host, with a path where it has one.
    pub clusters: IndexMap<String, String>,
    /// Where the docs list them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// A way to authenticate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AuthScheme {
    /// Title of its section.
    pub title: String,
    /// `basic`, `oauth` or `other`.
    pub kind: String,
    /// What the docs say of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// Its section.
    pub source: Source,
}

/// An entity: an include file of the docs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// Its name.
    pub entity: String,
    /// Its title.
    pub title: String,
    /// What the docs say of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// Its first heading.
    pub source: Source,
    /// Its operations.
    pub operations: Vec<Operation>,
    /// The types its operations use.
    pub types: IndexMap<String, TypeDef>,
    /// Its response codes.
    pub codes: Vec<CodeEntry>,
}

/// An operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Operation {
    /// Unique and stable.
    pub id: String,
    /// Title, as the docs write it.
    pub title: String,
    /// What it does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// Its heading.
    pub source: Source,
    /// The line below the heading that says how it is called, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_line: Option<Source>,
    /// HTTP method.
    pub method: String,
    /// What facts of this operation rest on that the docs do not state, by the name of their key.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub basis: Bases,
    /// Path without host, query and format suffix; parameters as `{name}`.
    pub path: String,
    /// Suffix of the path that is no format, such as `file`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
    /// Host family.
    pub host: String,
    /// Other paths of the same call.
    pub alternatives: Vec<Alternative>,
    /// Whether a caller authenticates; `null` where the docs do not say.
    pub auth: Option<bool>,
    /// How, where the docs say more than yes or no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_scheme: Option<String>,
    /// Whether a call takes several items; `null` where the docs do not say.
    pub batch: Option<bool>,
    /// Whether calls are limited per time; `null` where the docs do not say.
    pub rate_limited: Option<bool>,
    /// The limit, where the docs state it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<String>,
    /// What a second sending would do.
    pub effect: Effect,
    /// Query parameters that change the effect when they are true.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub effect_when: IndexMap<String, Effect>,
    /// Formats of request and answer.
    pub formats: Vec<Format>,
    /// True where the format is also chosen by a query parameter.
    #[serde(default)]
    pub format_query: bool,
    /// How the body of a request is written, where that is none of the formats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    /// Documented parameters.
    pub params: Vec<Param>,
    /// Rules on parameters that are not in `required`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Type of the body; `null` without one.
    pub request: Option<String>,
    /// Type of the answer; `null` where the docs show none.
    pub response: Option<String>,
    /// Samples of the docs.
    pub samples: Vec<Sample>,
}

impl Entity {
    /// The members of all objects.
    pub fn members(&self) -> impl Iterator<Item = &Field> {
        let defs = self.types.values();
        defs.filter_map(|def| def.fields.as_ref()).flatten()
    }
}

impl Operation {
    /// The query parameter with which a required one may be left out.
    #[must_use]
    pub fn lifted(&self, param: &Param) -> Option<&str> {
        self.rules.iter().find_map(|rule| {
            let flag = rule.unless.as_deref()?;
            rule.all_of.contains(&param.name).then_some(flag)
        })
    }
}

/// Another path of the same call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alternative {
    /// The path.
    pub path: String,
    /// When it is used.
    pub when: String,
}

/// Where a parameter is sent.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum In {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
    /// In the body.
    Body,
}

/// A documented parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Param {
    /// Name on the wire.
    pub name: String,
    /// Where it is sent.
    #[serde(rename = "in")]
    pub place: In,
    /// Where it stands in the body (`root.customer[].mobile`), or the query parameter whose value it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether it has to be there.
    pub required: Required,
    /// What facts of it rest on that the docs do not state: `type`, `place`, `required`.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub basis: Bases,
    /// The parameters of which one has to be there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<String>,
    /// When it has to be there, in the docs' words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The values the docs name, in their order and spelling.
    pub values: Vec<String>,
    /// Its default.
    pub default: Option<String>,
    /// Written format, such as `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Limit, in the docs' words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// Description.
    pub doc: String,
    /// Its row.
    pub source: Source,
    /// Further rows about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Source>,
}

/// A rule on parameters, beside what each of them says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rule {
    /// The parameters of which one is required.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<String>,
    /// The parameters all of which are required.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all_of: Vec<String>,
    /// When, in the docs' words; always where it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The query parameter that lifts the rule where it is true. What `all_of` names need not be there then, whatever its
    /// own `required` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<String>,
    /// What the docs say.
    pub doc: String,
    /// Where.
    pub source: Source,
}

/// What became of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It is valid as it stands.
    Ok,
    /// It had to be repaired.
    Repaired,
    /// It cannot be read.
    Unreadable,
}

/// A sample of the docs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sample {
    /// Which way it goes.
    pub role: Role,
    /// The format it is really in.
    pub format: Option<Format>,
    /// Its opening line.
    pub source: Source,
    /// What became of it.
    pub state: State,
    /// True when it shows a part of a message only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fragment: bool,
    /// Which case it shows, where the docs say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The URLs, for a sample of URLs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<String>,
}

/// A type: an object or an enumeration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TypeDef {
    /// Fields of an object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<Field>>,
    /// Values of an enumeration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<String>>,
    /// Description.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Field {
    /// Name on the wire.
    pub name: String,
    /// `string`, `integer`, `number`, `boolean`, `datetime`, `date`, `file`, `any`, `list<T>`, `map<T>` or a type's name.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether it has to be there.
    pub required: Required,
    /// What facts of it rest on that the docs do not state: `type`, `place`.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub basis: Bases,
    /// Description.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// The rows and samples it was found in.
    pub source: Vec<Source>,
}

/// A response code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CodeEntry {
    /// The number.
    pub code: u32,
    /// Whether it means success.
    pub kind: CodeKind,
    /// What facts of it rest on that the docs do not state: `kind`.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub basis: Bases,
    /// Its Rust name.
    pub name: String,
    /// What it means; more than one where the docs say different things.
    pub messages: Vec<String>,
    /// Its rows.
    pub source: Vec<Source>,
}
