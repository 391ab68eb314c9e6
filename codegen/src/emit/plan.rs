//! Decides every name and type of the crate before anything is printed.

use super::answers::answer_plan;
use super::messages::{Models, body_plan};

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::ident::{camel, snake, variant};
use super::rules::RulePlan;
use crate::dialect::{ClientFacts, Dialect, Wire};
use crate::infer::API;
use crate::names::{Alias, Registry, Scope, Section};
use crate::spec::{CodeKind, Entity, In, Operation, Param, Required, Spec};

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ty {
    /// `String`
    String,
    /// `i64`
    Integer,
    /// `bool`
    Bool,
    /// `Number`
    Number,
    /// `DateTime`
    DateTime,
    /// `Date`
    Date,
    /// `Value`
    Any,
    /// `ApiStatus`
    ApiStatus,
    /// `ItemStatus`
    ItemStatus,
    /// A struct of the module.
    Struct(String),
    /// An open enum of the module.
    Enum(String),
    /// `Vec<_>`
    List(Box<Ty>),
    /// `BTreeMap<String, _>`
    Map(Box<Ty>),
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

/// One of several fields, as an enum.
#[derive(Clone, Debug)]
pub struct ChoicePlan {
    /// Rust name of the enum.
    pub name: String,
    /// Variant, field or parameter, type.
    pub variants: Vec<(String, String, Ty)>,
    /// Where the parameters are sent; for a body the variant sets a field.
    pub place: In,
    /// The rule.
    pub doc: String,
    /// Former names of variants.
    pub aliases: Vec<Alias>,
}

/// A type of a module.
#[derive(Clone, Debug)]
pub enum Model {
    /// A struct.
    Struct {
        /// Rust name.
        name: String,
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
        /// What it is about.
        doc: String,
        /// Variant and value.
        variants: Vec<(String, String)>,
        /// Former names of variants.
        aliases: Vec<Alias>,
    },
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
    /// The struct, in module `request`.
    pub ty: String,
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
    /// Enums of query parameters.
    pub enums: Vec<Model>,
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
    /// Published names.
    pub names: &'a Registry,
}

/// Plans the crate.
#[must_use]
pub fn plan(spec: &Spec, dialect: &Dialect, names: &Registry) -> Plan {
    let common = Common {
        wire: &dialect.wire,
        personal: &dialect.personal,
        client: &dialect.client,
        names,
    };
    // The family whose clusters a client chooses from.
    let default_host = &dialect.default_host;
    let mut modules = names.scope(Section::Modules, API);
    let entities = spec
        .entities
        .iter()
        .map(|entity| {
            let module = modules.name(&entity.entity, &snake(&entity.entity));
            entity_plan(entity, module, common)
        })
        .collect();
    let clusters = spec
        .api
        .hosts
        .get(default_host)
        .map_or_else(Vec::new, |family| family.clusters.keys().cloned().collect());
    let mut scope = names.scope(Section::Clusters, API);
    let clusters = clusters
        .into_iter()
        .map(|name: String| (scope.name(&name, &variant(&name)), name))
        .collect();
    let (codes, former_codes) = codes(&spec.api.codes, names, API);
    Plan {
        title: spec.api.title.clone(),
        entities,
        codes,
        hosts: spec
            .api
            .hosts
            .iter()
            .map(|(name, family)| (name.clone(), family.clusters.clone()))
            .collect(),
        clusters,
        former_modules: modules.aliases(),
        former_codes,
        former_clusters: scope.aliases(),
    }
}

/// Codes, and their former names.
fn codes(
    codes: &[crate::spec::CodeEntry],
    names: &Registry,
    key: &str,
) -> (Vec<CodePlan>, Vec<Alias>) {
    let mut scope = names.scope(Section::Codes, key);
    let codes = codes
        .iter()
        .map(|code| {
            let name = scope.name(&code.code.to_string(), &variant(&code.name));
            CodePlan {
                variant: name,
                number: code.code,
                messages: code.messages.clone(),
                accepted: match code.kind {
                    CodeKind::Success => Some(true),
                    CodeKind::Error => Some(false),
                    CodeKind::Warning | CodeKind::Unknown => None,
                },
            }
        })
        .collect();
    (codes, scope.aliases())
}

fn entity_plan(entity: &Entity, module: String, common: Common<'_>) -> EntityPlan {
    let mut scope = common.names.scope(Section::Operations, &entity.entity);
    let operations = entity
        .operations
        .iter()
        .map(|operation| {
            let short = operation
                .id
                .split_once('.')
                .map_or(operation.id.as_str(), |(_, name)| name);
            let fact = common.names.operation(&entity.entity, operation);
            let name = scope.name(&fact, &snake(short));
            let key = format!("{} {fact}", entity.entity);
            operation_plan(entity, operation, name, &key, common)
        })
        .collect();
    let (codes, former_codes) = codes(&entity.codes, common.names, &entity.entity);
    EntityPlan {
        module,
        title: entity.title.clone(),
        doc: entity.doc.clone(),
        source: format!("{}:{}", entity.source.file, entity.source.line),
        operations,
        codes,
        former_operations: scope.aliases(),
        former_codes,
    }
}

fn operation_plan(
    entity: &Entity,
    operation: &Operation,
    name: String,
    key: &str,
    common: Common<'_>,
) -> OperationPlan {
    let names = common.names;
    let in_request = operation.auth_scheme.as_ref().is_some_and(|scheme| {
        let scheme = scheme.to_lowercase();
        common.client.in_request.contains(&scheme)
    });
    let mut types = names.scope(Section::Types, key);
    let call = types.name("call", &camel(&name));
    let mut enums = Vec::new();
    let mut idents = names.scope(Section::Parameters, key);
    let outside: Vec<&Param> = operation
        .params
        .iter()
        .filter(|param| {
            param.place != In::Body
                && param.at.is_none()
                && param.name != common.wire.format_query
                && !is_set_by_client(param)
        })
        .collect();
    let mut args = Vec::new();
    let mut setters = Vec::new();
    let mut choices: Vec<ChoicePlan> = Vec::new();
    for param in &outside {
        let chosen = param.required == Required::OneOf && param.group.len() > 1;
        if chosen {
            continue;
        }
        let plan = ParamPlan {
            ident: idents.name(&fact_of(param), &snake(&param.name)),
            ty: param_ty(param, &mut types, &mut enums, names, key),
            param: (*param).clone(),
        };
        // What a flag lifts is set beside the flag; the rule asks for one of the two.
        if param.required == Required::True && operation.lifted(param).is_none() {
            args.push(plan);
        } else {
            setters.push(plan);
        }
    }
    // Path parameters come first, in the order of the path.
    args.sort_by_key(|plan| {
        if plan.param.place == In::Path {
            operation
                .path
                .find(&format!("{{{}}}", plan.param.name))
                .unwrap_or(0)
        } else {
            usize::MAX
        }
    });
    for param in &outside {
        if param.required != Required::OneOf
            || param.group.len() < 2
            || choices.iter().any(|choice| {
                choice
                    .variants
                    .iter()
                    .any(|(_, known, _)| *known == param.name)
            })
        {
            continue;
        }
        let members: Vec<&&Param> = outside
            .iter()
            .filter(|other| {
                other.required == Required::OneOf
                    && other.group == param.group
                    && other.place == param.place
            })
            .collect();
        let is_identity = param.also.len()
            + usize::from(members.iter().all(|member| member.source == param.source))
            > 0;
        let base = if is_identity { "Identifier" } else { "By" };
        let name = types.name(&format!("one of {}", place(param.place)), base);
        let mut scope = names.scope(
            Section::Values,
            &format!("{key} one of {}", place(param.place)),
        );
        choices.push(ChoicePlan {
            name,
            variants: members
                .iter()
                .map(|member| {
                    (
                        scope.name(&member.name, &variant(&member.name)),
                        member.name.clone(),
                        scalar_ty(&member.ty),
                    )
                })
                .collect(),
            place: param.place,
            doc: param.doc.clone(),
            aliases: scope.aliases(),
        });
    }
    let mut request = Models::new(entity, common, true, key);
    let body = operation
        .request
        .as_ref()
        .and_then(|name| body_plan(name, operation, &mut request));
    let mut response = Models::new(entity, common, false, key);
    let answer = operation.response.as_ref().map_or(
        AnswerPlan {
            status: Vec::new(),
            payload: Vec::new(),
            kind: AnswerKind::One(Ty::Any),
            says_success: false,
        },
        |name| {
            let many = body.as_ref().is_some_and(|body| body.many);
            answer_plan(name, many, &mut response)
        },
    );
    let alternatives = operation
        .alternatives
        .iter()
        .map(|other| {
            (
                idents.name(
                    &format!("path {}", other.path),
                    &snake(if other.when.is_empty() {
                        "alternative"
                    } else {
                        &other.when
                    }),
                ),
                other.path.clone(),
                other.when.clone(),
            )
        })
        .collect();
    let (request, former_request, request_names) = request.finish();
    let (response, former_response, response_names) = response.finish();
    OperationPlan {
        spec: operation.clone(),
        name,
        call,
        args,
        choices,
        setters,
        enums,
        body,
        answer,
        request,
        response,
        type_names: (request_names, response_names),
        alternatives,
        rules: Vec::new(),
        auth: operation.auth.unwrap_or(true) && !in_request,
        former: FormerNames {
            setters: idents.aliases(),
            types: types.aliases(),
            request: former_request,
            response: former_response,
        },
    }
}

/// Whether a parameter is a header of HTTP itself, which follows from the format of the call.
#[must_use]
pub fn is_set_by_client(param: &Param) -> bool {
    let name = param.name.to_lowercase();
    param.place == In::Header && ["accept", "content-type"].contains(&name.as_str())
}

pub fn scalar_ty(name: &str) -> Ty {
    match name {
        "integer" => Ty::Integer,
        "number" => Ty::Number,
        "boolean" => Ty::Bool,
        "datetime" => Ty::DateTime,
        "date" => Ty::Date,
        _ => Ty::String,
    }
}

fn place(place: In) -> &'static str {
    match place {
        In::Path => "path",
        In::Query => "query",
        In::Header => "header",
        In::Body => "body",
    }
}

/// What a parameter is, whatever the docs say of it.
fn fact_of(param: &Param) -> String {
    format!("{} {}", place(param.place), param.name)
}

fn param_ty(
    param: &Param,
    types: &mut Scope<'_>,
    enums: &mut Vec<Model>,
    names: &Registry,
    key: &str,
) -> Ty {
    let scalar = scalar_ty(&param.ty);
    if scalar != Ty::String || param.values.is_empty() {
        return scalar;
    }
    let fact = fact_of(param);
    let name = types.name(&fact, &camel(&param.name));
    let mut scope = names.scope(Section::Values, &format!("{key} {fact}"));
    enums.push(Model::Enum {
        name: name.clone(),
        doc: format!("Values of `{}`.", param.name),
        variants: variants(&param.values, &mut scope),
        aliases: scope.aliases(),
    });
    Ty::Enum(name)
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
