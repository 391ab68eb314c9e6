//! Decides every name and type of the crate before anything is printed.

use super::answers::answer_plan;
use super::choices;
use super::messages::Models;
use super::request_body::body_plan;

use super::ident::{camel, snake, variant};
use super::plan::{
    AnswerKind, AnswerPlan, ChoicePlan, CodePlan, Common, EntityPlan, FormerNames, Model,
    OperationPlan, ParamPlan, Plan, Ty, Way, is_set_by_client, scalar_ty, variants,
};
use crate::dialect::Dialect;
use crate::infer::API;
use crate::names::{Alias, Registry, Scope, Section};
use crate::spec::{CodeKind, Entity, In, Operation, Param, Required, Spec};

/// Plans the crate.
#[must_use]
pub fn plan(spec: &Spec, dialect: &Dialect, names: &Registry) -> Plan {
    let common = Common {
        wire: &dialect.wire,
        personal: &dialect.personal,
        client: &dialect.client,
        token: token_header(spec, dialect),
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
            entity_plan(entity, module, &spec.api.title, common)
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

fn entity_plan(entity: &Entity, module: String, all: &str, common: Common<'_>) -> EntityPlan {
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
    // The index of the docs is headed by what all of them are about: that is no name of the one entity that it describes.
    let title = match &entity.title {
        title if title == all => &entity.entity,
        title => title,
    };
    EntityPlan {
        key: entity.entity.clone(),
        module,
        title: title.to_owned(),
        doc: entity.doc.clone(),
        source: format!("{}:{}", entity.source.file, entity.source.line),
        operations,
        codes,
        former_operations: scope.aliases(),
        former_codes,
    }
}

/// The header of access tokens, where the client makes them.
fn token_header<'d>(spec: &Spec, dialect: &'d Dialect) -> Option<&'d str> {
    let oauth = dialect.client.oauth.as_ref()?;
    let mut operations = spec.entities.iter().flat_map(|entity| &entity.operations);
    let made = operations.any(|operation| operation.id == oauth.operation);
    made.then_some(oauth.header.as_str())
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
    let auth = operation.auth.unwrap_or(true) && !in_request;
    let mut operation = operation.clone();
    operation.params.retain(|param| {
        let token = common.token.unwrap_or_default();
        let is_token = param.place == In::Header && param.name.eq_ignore_ascii_case(token);
        // What the client sets is neither an argument nor asked for by a rule.
        let is_sent = is_token || (auth && common.client.is_credential(param));
        !is_sent
    });
    let operation = &operation;
    let mut types = names.scope(Section::Types, key);
    let call = types.name("call", &camel(&name));
    let mut own = Vec::new();
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
    let alternatives = operation.alternatives.iter();
    let alternatives = alternatives.map(|other| format!("path {}", other.path));
    let facts = outside
        .iter()
        .map(|param| fact_of(param))
        .chain(alternatives);
    let mut idents = names.scope(Section::Parameters, key).expecting(facts);
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
            ty: param_ty(param, &mut types, &mut own, names, key),
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
        let fact = format!("one of {}", place(param.place));
        let name = types.name(&fact, base);
        let mut scope = names.scope(Section::Values, &format!("{key} {fact}"));
        let ways = members.into_iter().map(|member| {
            let way = Way {
                name: scope.name(&member.name, &variant(&member.name)),
                wire: member.name.clone(),
                ty: scalar_ty(&member.ty),
                doc: member.doc.clone(),
            };
            (way, member.name.clone())
        });
        let ways: Vec<(Way, String)> = ways.collect();
        let (choice, model) = choices::plan(name, fact, ways, param.place, scope.aliases());
        own.push(model);
        choices.push(choice);
    }
    let mut request = Models::new(entity, common, true, key);
    let body = operation
        .request
        .as_ref()
        .map(|name| body_plan(name, operation, &mut request));
    let mut response = Models::new(entity, common, false, key);
    let answer = operation.response.as_ref().map_or(
        AnswerPlan::new(Vec::new(), Vec::new(), AnswerKind::One(Ty::Any)),
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
        key: key.to_owned(),
        name,
        call,
        args,
        choices,
        setters,
        types: own,
        body,
        answer,
        request,
        response,
        type_names: (request_names, response_names),
        alternatives,
        rules: Vec::new(),
        auth,
        former: FormerNames {
            setters: idents.aliases(),
            types: types.aliases(),
            request: former_request,
            response: former_response,
        },
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
        fact,
        doc: format!("Values of `{}`.", param.name),
        variants: variants(&param.values, &mut scope),
        aliases: scope.aliases(),
    });
    Ty::Enum(name)
}
