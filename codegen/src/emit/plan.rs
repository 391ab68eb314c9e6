//! Decides every name and type of the crate before anything is printed.

use super::messages::{Models, answer_plan, body_plan};

use indexmap::IndexMap;

use super::ident::{CALL_METHODS, MODULES, Scope, camel, snake, variant};
use super::rules::RulePlan;
use crate::dialect::{ClientFacts, Dialect, Wire};
use crate::spec::{Entity, In, Operation, Param, Required, Spec};

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
    /// Description.
    pub doc: String,
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
}

/// A type of a module.
#[derive(Clone, Debug)]
pub enum Model {
    /// A struct.
    Struct {
        /// Rust name.
        name: String,
        /// Fields.
        fields: Vec<FieldPlan>,
        /// The fields of which one is needed.
        choice: Option<ChoicePlan>,
        /// True when it has an outcome of its own.
        item: bool,
    },
    /// An open enum.
    Enum {
        /// Rust name.
        name: String,
        /// What it is about.
        doc: String,
        /// Variant and value.
        variants: Vec<(String, String)>,
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
    /// Rust name and path of other paths, and when they are used.
    pub alternatives: Vec<(String, String, String)>,
    /// What a request has to hold beyond what its types ask for.
    pub rules: Vec<RulePlan>,
    /// Whether the client adds its credentials.
    pub auth: bool,
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
    /// Its codes: variant, number, messages, source.
    pub codes: Vec<(String, u32, Vec<String>, String)>,
}

/// The crate.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Title of the docs.
    pub title: String,
    /// Its entities.
    pub entities: Vec<EntityPlan>,
    /// Codes of whole calls.
    pub codes: Vec<(String, u32, Vec<String>, String)>,
    /// Host families: name, and cluster with host.
    pub hosts: IndexMap<String, IndexMap<String, String>>,
    /// Clusters of the default family: variant and name.
    pub clusters: Vec<(String, String)>,
}

/// Plans the crate.
#[must_use]
pub fn plan(spec: &Spec, dialect: &Dialect) -> Plan {
    let (wire, client) = (&dialect.wire, &dialect.client);
    // Words of names whose values logs never show.
    let personal = &dialect.personal;
    // The family whose clusters a client chooses from.
    let default_host = &dialect.default_host;
    let mut modules = Scope::with(MODULES);
    let entities = spec
        .entities
        .iter()
        .map(|entity| {
            let module = modules.unique(&snake(&entity.entity));
            entity_plan(entity, module, wire, personal, client)
        })
        .collect();
    let clusters = spec
        .api
        .hosts
        .get(default_host)
        .map_or_else(Vec::new, |family| family.clusters.keys().cloned().collect());
    let mut scope = Scope::default();
    Plan {
        title: spec.api.title.clone(),
        entities,
        codes: codes(&spec.api.codes),
        hosts: spec
            .api
            .hosts
            .iter()
            .map(|(name, family)| (name.clone(), family.clusters.clone()))
            .collect(),
        clusters: clusters
            .into_iter()
            .map(|name: String| (scope.unique(&variant(&name)), name))
            .collect(),
    }
}

fn codes(codes: &[crate::spec::CodeEntry]) -> Vec<(String, u32, Vec<String>, String)> {
    let mut scope = Scope::with(&["Unknown"]);
    codes
        .iter()
        .map(|code| {
            let name = scope.unique(&variant(&code.name));
            let source = code
                .source
                .first()
                .map(|source| format!("{}:{}", source.file, source.line))
                .unwrap_or_default();
            (name, code.code, code.messages.clone(), source)
        })
        .collect()
}

fn entity_plan(
    entity: &Entity,
    module: String,
    wire: &Wire,
    personal: &[String],
    client: &ClientFacts,
) -> EntityPlan {
    let mut names = Scope::with(MODULES);
    let operations = entity
        .operations
        .iter()
        .map(|operation| {
            let short = operation
                .id
                .split_once('.')
                .map_or(operation.id.as_str(), |(_, name)| name);
            let name = names.unique(&snake(short));
            operation_plan(entity, operation, name, wire, personal, client)
        })
        .collect();
    EntityPlan {
        module,
        title: entity.title.clone(),
        doc: entity.doc.clone(),
        source: format!("{}:{}", entity.source.file, entity.source.line),
        operations,
        codes: codes(&entity.codes),
    }
}

fn operation_plan(
    entity: &Entity,
    operation: &Operation,
    name: String,
    wire: &Wire,
    personal: &[String],
    client: &ClientFacts,
) -> OperationPlan {
    let in_request = operation.auth_scheme.as_ref().is_some_and(|scheme| {
        let scheme = scheme.to_lowercase();
        client.in_request.contains(&scheme)
    });
    let mut types = Scope::default();
    let call = types.unique(&camel(&name));
    let mut enums = Vec::new();
    let mut idents = Scope::with(CALL_METHODS);
    let outside: Vec<&Param> = operation
        .params
        .iter()
        .filter(|param| {
            param.place != In::Body
                && param.at.is_none()
                && param.name != wire.format_query
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
            ident: idents.unique(&snake(&param.name)),
            ty: param_ty(param, &mut types, &mut enums),
            param: (*param).clone(),
        };
        if param.required == Required::True {
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
        let mut scope = Scope::default();
        let is_identity = param.also.len()
            + usize::from(members.iter().all(|member| member.source == param.source))
            > 0;
        let base = if is_identity { "Identifier" } else { "By" };
        choices.push(ChoicePlan {
            name: types.unique(base),
            variants: members
                .iter()
                .map(|member| {
                    (
                        scope.unique(&variant(&member.name)),
                        member.name.clone(),
                        scalar_ty(&member.ty),
                    )
                })
                .collect(),
            place: param.place,
            doc: param.doc.clone(),
        });
    }
    let mut request = Models::new(entity, wire, personal, true);
    let body = operation
        .request
        .as_ref()
        .and_then(|name| body_plan(name, operation, &mut request));
    let mut response = Models::new(entity, wire, personal, false);
    let answer = operation.response.as_ref().map_or(
        AnswerPlan {
            status: Vec::new(),
            payload: Vec::new(),
            kind: AnswerKind::One(Ty::Any),
        },
        |name| answer_plan(name, &mut response),
    );
    let alternatives = operation
        .alternatives
        .iter()
        .map(|other| {
            (
                idents.unique(&snake(if other.when.is_empty() {
                    "alternative"
                } else {
                    &other.when
                })),
                other.path.clone(),
                other.when.clone(),
            )
        })
        .collect();
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
        request: request.finish(),
        response: response.finish(),
        alternatives,
        rules: Vec::new(),
        auth: operation.auth.unwrap_or(true) && !in_request,
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

fn param_ty(param: &Param, types: &mut Scope, enums: &mut Vec<Model>) -> Ty {
    let scalar = scalar_ty(&param.ty);
    if scalar != Ty::String || param.values.is_empty() {
        return scalar;
    }
    let name = types.unique(&camel(&param.name));
    enums.push(Model::Enum {
        name: name.clone(),
        doc: format!("Values of `{}`.", param.name),
        variants: variants(&param.values),
    });
    Ty::Enum(name)
}

pub fn variants(values: &[String]) -> Vec<(String, String)> {
    let mut scope = Scope::with(&["Other"]);
    let mut seen: Vec<&String> = Vec::new();
    let mut out = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
            out.push((scope.unique(&variant(value)), value.clone()));
        }
    }
    out
}
