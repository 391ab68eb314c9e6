//! The crate, planned: every name and every type of it.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::ident::{other_way, variant};
use super::rule::RulePlan;
pub use super::ty::{Ty, named, object, renamed, scalar_ty};
use crate::dialect::{ClientFacts, Wire};
use crate::names::{Alias, Registry, Scope};
use crate::spec::{In, Operation, Param, Required};

/// A type of a module.
#[derive(Clone, Debug)]
pub enum Model {
    /// A struct.
    Struct {
        /// Rust name.
        name: String,
        /// The fact under which its name is published.
        fact: String,
        /// The keys down to it in the message; empty for the message itself.
        place: String,
        /// Fields.
        fields: Vec<FieldPlan>,
        /// The fields of which one is needed.
        choice: Option<ChoicePlan>,
        /// True when it has an outcome of its own.
        item: bool,
        /// Former names of fields.
        aliases: Vec<Alias>,
    },
    /// An open enum.
    Enum {
        /// Rust name.
        name: String,
        /// The fact under which its name is published.
        fact: String,
        /// What it is about.
        doc: String,
        /// Variant and value.
        variants: Vec<(String, String)>,
        /// Former names of variants.
        aliases: Vec<Alias>,
    },
    /// A choice among several members or parameters.
    Choice {
        /// Rust name.
        name: String,
        /// The fact under which its name is published.
        fact: String,
        /// Its variants.
        variants: Vec<Way>,
        /// Whether it can be made by what the docs do not list.
        open: bool,
        /// Former names of variants.
        aliases: Vec<Alias>,
    },
}

/// What a call gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// Nothing beside the status.
    Empty,
    /// One thing.
    One(Ty),
    /// One thing with an outcome of its own.
    Item(Ty),
    /// Several things, each with an outcome.
    Batch(Ty),
}

/// A field of a model.
#[derive(Clone, Debug)]
pub struct FieldPlan {
    /// Rust name.
    pub ident: String,
    /// Name on the wire.
    pub wire: String,
    /// Keys between the field and its items that users do not see.
    pub wrappers: Vec<String>,
    /// Rust type, without `Option`.
    pub ty: Ty,
    /// Whether it has to be there.
    pub required: Required,
    /// The query parameter with which it need not be there.
    pub unless: Option<String>,
    /// Description.
    pub doc: String,
    /// What its type rests on, where users have to know.
    pub rests_on: Option<&'static str>,
    /// Whether logs may show it.
    pub shown: bool,
}

/// A variant of a choice.
#[derive(Clone, Debug)]
pub struct Way {
    /// Rust name.
    pub name: String,
    /// Name of the member or parameter on the wire.
    pub wire: String,
    /// Its type.
    pub ty: Ty,
    /// What the docs say of it.
    pub doc: String,
}

/// What the variants of a [`Model::Choice`] set, where it is used.
#[derive(Clone, Debug)]
pub struct ChoicePlan {
    /// Rust name of the enum.
    pub name: String,
    /// Variant, field or parameter, type.
    pub variants: Vec<(String, String, Ty)>,
    /// Where the parameters are sent; for a body the variant sets a field.
    pub place: In,
}

impl ChoicePlan {
    /// The variant for what the docs do not list.
    pub fn other(&self) -> &'static str {
        other_way(self.variants.iter().map(|(variant, ..)| variant))
    }

    /// Whether it can be made by what the docs do not list: a path has a place for what is documented only.
    pub fn is_open(&self) -> bool {
        self.place != In::Path
    }
}

/// The body of a request.
#[derive(Clone, Debug)]
pub struct BodyPlan {
    /// Keys around it.
    pub keys: Vec<String>,
    /// True when it is sent as a list.
    pub list: bool,
    /// True when a caller gives several.
    pub many: bool,
    /// What it is, or an item of it: a struct of module `request`, or a plain value.
    pub ty: Ty,
}

impl BodyPlan {
    /// The struct, where it is one.
    pub fn model(&self) -> Option<&str> {
        match &self.ty {
            Ty::Struct(name) => Some(name),
            _ => None,
        }
    }
}

/// The answer.
#[derive(Clone, Debug)]
pub struct AnswerPlan {
    /// Path of the status.
    pub status: Vec<String>,
    /// Path of the payload.
    pub payload: Vec<String>,
    /// What it is.
    pub kind: AnswerKind,
    /// True when the answer itself has a member that says how the call went.
    pub says_success: bool,
    /// What the docs show beside the status and the payload.
    pub beside: Vec<String>,
    /// What they show beside the next key in each wrapper of the payload, which are the last of its path.
    pub inside: Vec<Vec<String>>,
}

/// A parameter outside of the body.
#[derive(Clone, Debug)]
pub struct ParamPlan {
    /// Rust name.
    pub ident: String,
    /// Its spec.
    pub param: Param,
    /// Rust type.
    pub ty: Ty,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct OperationPlan {
    /// Its spec.
    pub spec: Operation,
    /// The scope of its names.
    pub key: String,
    /// Rust name of module and method.
    pub name: String,
    /// Rust name of the call.
    pub call: String,
    /// Required parameters, in the order of the path and the docs.
    pub args: Vec<ParamPlan>,
    /// Choices among parameters.
    pub choices: Vec<ChoicePlan>,
    /// Optional parameters.
    pub setters: Vec<ParamPlan>,
    /// Types of the parameters: enums, and choices among them.
    pub types: Vec<Model>,
    /// The body.
    pub body: Option<BodyPlan>,
    /// The answer.
    pub answer: AnswerPlan,
    /// Types of the request.
    pub request: Vec<Model>,
    /// Types of the answer.
    pub response: Vec<Model>,
    /// Rust names of the types of request and answer, by their names in the spec.
    pub type_names: (BTreeMap<String, String>, BTreeMap<String, String>),
    /// Rust name and path of other paths, and when they are used.
    pub alternatives: Vec<(String, String, String)>,
    /// What a request has to hold beyond what its types ask for.
    pub rules: Vec<RulePlan>,
    /// Whether the client adds its credentials.
    pub auth: bool,
    /// Former names.
    pub former: FormerNames,
}

/// Former names of what an operation consists of.
#[derive(Clone, Debug, Default)]
pub struct FormerNames {
    /// Of setters.
    pub setters: Vec<Alias>,
    /// Of types beside the call.
    pub types: Vec<Alias>,
    /// Of types of the request.
    pub request: Vec<Alias>,
    /// Of types of the answer.
    pub response: Vec<Alias>,
}

/// A response code.
#[derive(Clone, Debug)]
pub struct CodePlan {
    /// The variant.
    pub variant: String,
    /// The number.
    pub number: u32,
    /// What it means.
    pub messages: Vec<String>,
    /// Whether what came back with it was accepted, where the docs say so.
    pub accepted: Option<bool>,
}

/// An entity.
#[derive(Clone, Debug)]
pub struct EntityPlan {
    /// Its name in the spec: the scope of its names.
    pub key: String,
    /// Rust name of module, feature and accessor.
    pub module: String,
    /// Title.
    pub title: String,
    /// What the docs say of it.
    pub doc: String,
    /// Where.
    pub source: String,
    /// Its operations.
    pub operations: Vec<OperationPlan>,
    /// Its codes.
    pub codes: Vec<CodePlan>,
    /// Former names of operations.
    pub former_operations: Vec<Alias>,
    /// Former names of codes.
    pub former_codes: Vec<Alias>,
}

/// The crate.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Title of the docs.
    pub title: String,
    /// Its entities.
    pub entities: Vec<EntityPlan>,
    /// Codes of whole calls.
    pub codes: Vec<CodePlan>,
    /// Host families: name, and cluster with host.
    pub hosts: IndexMap<String, IndexMap<String, String>>,
    /// Clusters of the default family: variant and name.
    pub clusters: Vec<(String, String)>,
    /// Former names of entities.
    pub former_modules: Vec<Alias>,
    /// Former names of codes of whole calls.
    pub former_codes: Vec<Alias>,
    /// Former names of clusters.
    pub former_clusters: Vec<Alias>,
}

/// What is the same for all operations.
#[derive(Clone, Copy)]
pub struct Common<'a> {
    /// What messages look like.
    pub wire: &'a Wire,
    /// Words of names whose values logs never show.
    pub personal: &'a [String],
    /// What the client adds to requests.
    pub client: &'a ClientFacts,
    /// The header of access tokens, where the client makes and sends them.
    pub token: Option<&'a str>,
    /// Published names.
    pub names: &'a Registry,
}

/// Whether a parameter is a header of HTTP itself, which follows from the format of the call.
#[must_use]
pub fn is_set_by_client(param: &Param) -> bool {
    let name = param.name.to_lowercase();
    param.place == In::Header && ["accept", "content-type"].contains(&name.as_str())
}

/// Variants of an enum, and their values.
pub fn variants(values: &[String], scope: &mut Scope<'_>) -> Vec<(String, String)> {
    let mut seen: Vec<&String> = Vec::new();
    let mut out = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
            out.push((scope.name(value, &variant(value)), value.clone()));
        }
    }
    out
}

impl Model {
    /// Its Rust name.
    pub fn name(&self) -> &str {
        match self {
            Self::Struct { name, .. } | Self::Enum { name, .. } | Self::Choice { name, .. } => name,
        }
    }

    /// The fact under which its name is published.
    pub fn fact(&self) -> &str {
        match self {
            Self::Struct { fact, .. } | Self::Enum { fact, .. } | Self::Choice { fact, .. } => fact,
        }
    }

    /// The name of the enum over the fields of which it needs one.
    pub fn choice(&self) -> Option<&str> {
        match self {
            Self::Struct { choice, .. } => choice.as_ref().map(|choice| choice.name.as_str()),
            Self::Enum { .. } | Self::Choice { .. } => None,
        }
    }

    /// The variants of a choice; none of other types.
    pub fn ways(&self) -> &[Way] {
        match self {
            Self::Choice { variants, .. } => variants,
            Self::Struct { .. } | Self::Enum { .. } => &[],
        }
    }

    /// Its fields; none of an enum.
    pub fn fields(&self) -> &[FieldPlan] {
        match self {
            Self::Struct { fields, .. } => fields,
            Self::Enum { .. } | Self::Choice { .. } => &[],
        }
    }
}

impl AnswerPlan {
    /// One without a status of its own that says how it went.
    pub fn new(status: Vec<String>, payload: Vec<String>, kind: AnswerKind) -> Self {
        Self {
            status,
            payload,
            kind,
            says_success: false,
            beside: Vec::new(),
            inside: Vec::new(),
        }
    }

    /// The ways to all that stands beside what the call is about, for readers.
    pub fn others(&self) -> Vec<String> {
        let wrappers = self.payload.len().saturating_sub(self.inside.len() + 1);
        let wrappers = self.payload.get(wrappers..).unwrap_or_default();
        let inside = self.inside.iter().enumerate().flat_map(|(depth, names)| {
            let above = wrappers.get(..=depth).unwrap_or_default().join(".");
            names.iter().map(move |name| format!("{above}.{name}"))
        });
        self.beside.iter().cloned().chain(inside).collect()
    }
}
