//! Decides every name and type of the crate before anything is printed.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::ident::{Scope, camel, snake, variant};
use crate::dialect::Wire;
use crate::infer::singular;
use crate::spec::{Entity, Field, In, Operation, Param, Required, Spec, TypeDef};

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

/// Plans the crate. `personal` are words of names whose values logs never show; `default_host` is the family whose
/// clusters a client chooses from.
#[must_use]
pub fn plan(spec: &Spec, wire: &Wire, personal: &[String], default_host: &str) -> Plan {
    let mut modules = Scope::with(&["client", "codes", "lib", "runtime", "std", "core", "builder"]);
    let entities = spec
        .entities
        .iter()
        .map(|entity| {
            let module = modules.unique(&snake(&entity.entity));
            entity_plan(entity, module, wire, personal)
        })
        .collect();
    let clusters = spec.api.hosts.get(default_host).map_or_else(Vec::new, |family| family.clusters.keys().cloned().collect());
    let mut scope = Scope::default();
    Plan {
        title: spec.api.title.clone(),
        entities,
        codes: codes(&spec.api.codes),
        hosts: spec.api.hosts.iter().map(|(name, family)| (name.clone(), family.clusters.clone())).collect(),
        clusters: clusters.into_iter().map(|name: String| (scope.unique(&variant(&name)), name)).collect(),
    }
}

fn codes(codes: &[crate::spec::CodeEntry]) -> Vec<(String, u32, Vec<String>, String)> {
    let mut scope = Scope::with(&["Unknown"]);
    codes
        .iter()
        .map(|code| {
            let name = scope.unique(&variant(&code.name));
            let source = code.source.first().map(|source| format!("{}:{}", source.file, source.line)).unwrap_or_default();
            (name, code.code, code.messages.clone(), source)
        })
        .collect()
}

fn entity_plan(entity: &Entity, module: String, wire: &Wire, personal: &[String]) -> EntityPlan {
    let mut names = Scope::with(&["new", "codes"]);
    let operations = entity
        .operations
        .iter()
        .map(|operation| {
            let short = operation.id.split_once('.').map_or(operation.id.as_str(), |(_, name)| name);
            let name = names.unique(&snake(short));
            operation_plan(entity, operation, name, wire, personal)
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

fn operation_plan(entity: &Entity, operation: &Operation, name: String, wire: &Wire, personal: &[String]) -> OperationPlan {
    let mut types = Scope::default();
    let call = types.unique(&camel(&name));
    let mut enums = Vec::new();
    let mut idents = Scope::with(&["call", "client", "body", "new", "prepare", "format", "into_future"]);
    let outside: Vec<&Param> = operation.params.iter().filter(|param| param.place != In::Body && param.at.is_none() && param.name != wire.format_query).collect();
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
        if param.required == Required::True && param.place != In::Header { args.push(plan) } else { setters.push(plan) }
    }
    // Path parameters come first, in the order of the path.
    args.sort_by_key(|plan| if plan.param.place == In::Path { operation.path.find(&format!("{{{}}}", plan.param.name)).unwrap_or(0) } else { usize::MAX });
    for param in &outside {
        if param.required != Required::OneOf || param.group.len() < 2 || choices.iter().any(|choice| choice.variants.iter().any(|(_, known, _)| *known == param.name)) {
            continue;
        }
        let members: Vec<&&Param> = outside.iter().filter(|other| other.required == Required::OneOf && other.group == param.group && other.place == param.place).collect();
        let mut scope = Scope::default();
        let is_identity = param.also.len() + usize::from(members.iter().all(|member| member.source == param.source)) > 0;
        let base = if is_identity { "Identifier" } else { "By" };
        choices.push(ChoicePlan {
            name: types.unique(base),
            variants: members.iter().map(|member| (scope.unique(&variant(&member.name)), member.name.clone(), scalar_ty(&member.ty))).collect(),
            place: param.place,
            doc: param.doc.clone(),
        });
    }
    let mut request = Models::new(entity, wire, personal, true);
    let body = operation.request.as_ref().and_then(|name| body_plan(name, operation, &mut request));
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
        .map(|other| (idents.unique(&snake(if other.when.is_empty() { "alternative" } else { &other.when })), other.path.clone(), other.when.clone()))
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
    }
}

fn scalar_ty(name: &str) -> Ty {
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

fn variants(values: &[String]) -> Vec<(String, String)> {
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

/// Collects the types of one message.
struct Models<'a> {
    entity: &'a Entity,
    wire: &'a Wire,
    personal: &'a [String],
    request: bool,
    scope: Scope,
    names: BTreeMap<String, String>,
    planned: IndexMap<String, Model>,
}

impl<'a> Models<'a> {
    fn new(entity: &'a Entity, wire: &'a Wire, personal: &'a [String], request: bool) -> Self {
        Self {
            entity,
            wire,
            personal,
            request,
            scope: Scope::default(),
            names: BTreeMap::new(),
            planned: IndexMap::new(),
        }
    }

    fn finish(self) -> Vec<Model> {
        self.planned.into_values().collect()
    }

    fn def(&self, name: &str) -> Option<&'a TypeDef> {
        self.entity.types.get(name)
    }

    fn fields(&self, name: &str) -> Option<&'a [Field]> {
        self.def(name)?.fields.as_deref()
    }

    /// The only field of an object, if it is a list, or an object of which the wrapper is the plural.
    fn wrapped(&self, outer: &str, name: &str) -> Option<&'a Field> {
        let [only] = self.fields(name)? else { return None };
        let list = only.ty.starts_with("list<");
        let plural = self.fields(&only.ty).is_some() && singular(outer) == only.name && outer != only.name;
        (list || plural).then_some(only)
    }

    /// The type of a field, and the keys that it hides.
    fn ty(&mut self, key: &str, written: &str, wrappers: &mut Vec<String>) -> Ty {
        if let Some(inner) = written.strip_prefix("list<").and_then(|rest| rest.strip_suffix('>')) {
            return Ty::List(Box::new(self.item(key, inner)));
        }
        if let Some(inner) = written.strip_prefix("map<").and_then(|rest| rest.strip_suffix('>')) {
            return Ty::Map(Box::new(self.item(key, inner)));
        }
        if written == "any" {
            return Ty::Any;
        }
        let Some(def) = self.def(written) else { return scalar_ty(written) };
        if def.values.is_some() {
            return Ty::Enum(self.name(written));
        }
        let status = def.fields.as_deref().unwrap_or_default();
        if self.is_outcome(status) {
            if key == self.wire.item_status {
                return Ty::ItemStatus;
            }
            if key == self.wire.status {
                return Ty::ApiStatus;
            }
        }
        if status.is_empty() {
            return Ty::Any;
        }
        if wrappers.len() < 3
            && let Some(inner) = self.wrapped(key, written)
        {
            wrappers.push(inner.name.clone());
            let mut more = Vec::new();
            let ty = self.ty(&inner.name, &inner.ty, &mut more);
            return match ty {
                Ty::List(_) => ty,
                other if more.is_empty() => Ty::List(Box::new(other)),
                other => {
                    wrappers.extend(more);
                    other
                }
            };
        }
        Ty::Struct(self.name(written))
    }

    /// The type of an item of a list: wrappers hide fields, never items.
    fn item(&mut self, key: &str, written: &str) -> Ty {
        match self.fields(written) {
            Some(fields) if !fields.is_empty() => Ty::Struct(self.name(written)),
            _ => self.ty(key, written, &mut Vec::new()),
        }
    }

    fn is_outcome(&self, fields: &[Field]) -> bool {
        let known = fields.iter().filter(|field| self.wire.status_fields.contains(&field.name)).count();
        let scalar = fields.iter().filter(|field| self.wire.status_fields.contains(&field.name)).all(|field| self.def(&field.ty).is_none());
        known >= 2 && scalar
    }

    /// The Rust name of a type; plans it when it is new.
    fn name(&mut self, written: &str) -> String {
        if let Some(name) = self.names.get(written) {
            return name.clone();
        }
        let prefix = self.names.get("").cloned().unwrap_or_default();
        let short = written.strip_prefix(prefix.as_str()).filter(|rest| !rest.is_empty()).unwrap_or("Body");
        let name = self.scope.unique(&camel(short));
        self.names.insert(written.to_owned(), name.clone());
        let Some(def) = self.def(written) else { return name };
        if let Some(values) = &def.values {
            let model = Model::Enum {
                name: name.clone(),
                doc: String::new(),
                variants: variants(values),
            };
            self.planned.insert(name.clone(), model);
            return name;
        }
        // Keeps the order in which types are met.
        self.planned.insert(
            name.clone(),
            Model::Struct {
                name: name.clone(),
                fields: Vec::new(),
                choice: None,
                item: false,
            },
        );
        let fields = self.field_plans(def.fields.as_deref().unwrap_or_default());
        let choice = if self.request { self.choice(&name, &fields) } else { None };
        let item = fields.iter().any(|field| field.ty == Ty::ItemStatus);
        self.planned.insert(
            name.clone(),
            Model::Struct {
                name: name.clone(),
                fields,
                choice,
                item,
            },
        );
        name
    }

    fn field_plans(&mut self, fields: &[Field]) -> Vec<FieldPlan> {
        let mut idents = Scope::with(&["extra", "new"]);
        fields
            .iter()
            .map(|field| {
                let mut wrappers = Vec::new();
                let ty = self.ty(&field.name, &field.ty, &mut wrappers);
                FieldPlan {
                    ident: idents.unique(&snake(&field.name)),
                    wire: field.name.clone(),
                    wrappers,
                    shown: shown(&field.name, &ty, self.personal),
                    ty,
                    required: field.required,
                    doc: field.doc.clone(),
                }
            })
            .collect()
    }

    fn choice(&mut self, owner: &str, fields: &[FieldPlan]) -> Option<ChoicePlan> {
        let members: Vec<&FieldPlan> = fields.iter().filter(|field| field.required == Required::OneOf).collect();
        if members.len() < 2 || members.iter().any(|field| matches!(field.ty, Ty::List(_) | Ty::Map(_) | Ty::Struct(_))) {
            return None;
        }
        let mut scope = Scope::default();
        Some(ChoicePlan {
            name: self.scope.unique(&format!("{owner}Identifier")),
            variants: members.iter().map(|field| (scope.unique(&variant(&field.wire)), field.ident.clone(), field.ty.clone())).collect(),
            place: In::Body,
            doc: members.first().map(|field| field.doc.clone()).unwrap_or_default(),
        })
    }
}

/// Whether logs may show a value of this name and type.
fn shown(name: &str, ty: &Ty, personal: &[String]) -> bool {
    let words = snake(name);
    let secret = words.split('_').any(|word| personal.iter().any(|known| word == known)) || personal.contains(&words);
    match ty {
        Ty::Struct(_) | Ty::ItemStatus | Ty::ApiStatus => true,
        Ty::List(inner) => matches!(**inner, Ty::Struct(_)),
        Ty::Integer | Ty::Number | Ty::Bool | Ty::Enum(_) => !secret && words != "id" && !words.ends_with("_id"),
        Ty::String | Ty::DateTime | Ty::Date | Ty::Any | Ty::Map(_) => false,
    }
}

fn body_plan(name: &str, operation: &Operation, models: &mut Models<'_>) -> Option<BodyPlan> {
    models.names.insert(String::new(), name.to_owned());
    let mut keys = Vec::new();
    let mut here = name.to_owned();
    let mut list = false;
    while let Some([only]) = models.fields(&here) {
        let (inner, is_list) = match only.ty.strip_prefix("list<").and_then(|rest| rest.strip_suffix('>')) {
            Some(inner) => (inner, true),
            None => (only.ty.as_str(), false),
        };
        if models.fields(inner).is_none_or(<[Field]>::is_empty) {
            break;
        }
        keys.push(only.name.clone());
        here = inner.to_owned();
        if is_list {
            list = true;
            break;
        }
    }
    models.fields(&here)?;
    let ty = models.name(&here);
    Some(BodyPlan {
        keys,
        many: list && operation.batch != Some(false),
        list,
        ty,
    })
}

fn answer_plan(name: &str, models: &mut Models<'_>) -> AnswerPlan {
    models.names.insert(String::new(), name.to_owned());
    let mut payload: Vec<String> = Vec::new();
    let mut status = Vec::new();
    let mut here = name.to_owned();
    // The document element.
    while let Some([only]) = models.fields(&here)
        && models.fields(&only.ty).is_some()
        && models.wire.roots.contains(&only.name)
    {
        payload.push(only.name.clone());
        here.clone_from(&only.ty);
    }
    let fields = models.fields(&here).unwrap_or_default();
    let outcome = fields.iter().find(|field| field.name == models.wire.status && models.fields(&field.ty).is_some_and(|fields| models.is_outcome(fields)));
    if let Some(outcome) = outcome {
        status.clone_from(&payload);
        status.push(outcome.name.clone());
    }
    let rest: Vec<&Field> = fields.iter().filter(|field| outcome.is_none_or(|outcome| outcome.name != field.name)).collect();
    if rest.is_empty() && outcome.is_some() {
        return AnswerPlan { status, payload, kind: AnswerKind::Empty };
    }
    if let [only] = rest.as_slice()
        && outcome.is_some()
    {
        let mut field = *only;
        loop {
            payload.push(field.name.clone());
            if let Some(inner) = field.ty.strip_prefix("list<").and_then(|rest| rest.strip_suffix('>')) {
                let ty = models.item(&field.name, inner);
                return AnswerPlan { status, payload, kind: of_list(ty, models) };
            }
            match models.fields(&field.ty) {
                Some([inner]) if models.fields(&inner.ty).is_some_and(|fields| !fields.is_empty()) || inner.ty.starts_with("list<") => field = inner,
                Some(_) => break,
                None => {
                    // A scalar: the object around it is the payload.
                    payload.pop();
                    let ty = Ty::Struct(models.name(&here));
                    return AnswerPlan { status, payload, kind: AnswerKind::One(ty) };
                }
            }
        }
        let ty = models.ty(&field.name, &field.ty, &mut Vec::new());
        return AnswerPlan { status, payload, kind: of_one(ty, models) };
    }
    let ty = if fields.is_empty() { Ty::Any } else { Ty::Struct(models.name(&here)) };
    AnswerPlan { status, payload, kind: AnswerKind::One(ty) }
}

fn has_outcome(ty: &Ty, models: &Models<'_>) -> bool {
    let Ty::Struct(name) = ty else { return false };
    matches!(models.planned.get(name), Some(Model::Struct { item: true, .. }))
}

fn of_list(ty: Ty, models: &Models<'_>) -> AnswerKind {
    if has_outcome(&ty, models) { AnswerKind::Batch(ty) } else { AnswerKind::One(Ty::List(Box::new(ty))) }
}

fn of_one(ty: Ty, models: &Models<'_>) -> AnswerKind {
    if has_outcome(&ty, models) { AnswerKind::Item(ty) } else { AnswerKind::One(ty) }
}
