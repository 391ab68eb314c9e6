//! What the test server of the SDK knows: of every operation its documented replies, and what tells its requests from
//! those of others with the same method and path.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::plan::{AnswerKind, EntityPlan, Model, OperationPlan, Plan, Ty};
use super::rules;
use super::tested::response_type;
use super::tests::answer_type;
use super::tokens::ident;
use super::values;
use super::{fixture, inside};
use crate::dialect::Wire;
use crate::infer::Content;
use crate::sample::{Format, Tree};
use crate::spec::{In, Role};

type Contents = IndexMap<String, Vec<Content>>;

/// The member of a status that says how the call went, as the runtime reads it.
const SUCCESS: &str = "success";

/// And of the one with its code.
const CODE: &str = "code";

/// How deep in a body requests are compared.
const DEPTH: usize = 2;

/// The entries of the table of all operations.
#[must_use]
pub fn table(plan: &Plan, contents: &Contents, wire: &Wire) -> TokenStream {
    let shared = shared(plan);
    let entries = plan.entities.iter().flat_map(|entity| {
        let shared = &shared;
        entity
            .operations
            .iter()
            .map(move |operation| entry(entity, operation, shared, contents, wire))
    });
    quote!(#(#entries),*)
}

/// Operations by what a server tells them apart by at first: method and path.
fn shared(plan: &Plan) -> IndexMap<(&str, String), Vec<&OperationPlan>> {
    let mut out: IndexMap<_, Vec<_>> = IndexMap::new();
    for operation in plan.entities.iter().flat_map(|entity| &entity.operations) {
        let spec = &operation.spec;
        let key = (spec.method.as_str(), form(&spec.path));
        out.entry(key).or_default().push(operation);
    }
    out
}

/// A path without the names of its placeholders, which no request has.
fn form(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment.as_bytes() {
        [b'{', .., b'}'] => "{}",
        _ => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

/// What the items of an answer call their outcome.
fn outcome_key<'o>(operation: &'o OperationPlan, item: &Ty) -> &'o str {
    let fields = operation.response.iter().find_map(|model| match model {
        Model::Struct { name, fields, .. } if *item == Ty::Struct(name.clone()) => Some(fields),
        _ => None,
    });
    let outcome = fields
        .into_iter()
        .flatten()
        .find(|field| field.ty == Ty::ItemStatus);
    outcome.map_or("", |field| field.wire.as_str())
}

fn entry(
    entity: &EntityPlan,
    operation: &OperationPlan,
    shared: &IndexMap<(&str, String), Vec<&OperationPlan>>,
    contents: &Contents,
    wire: &Wire,
) -> TokenStream {
    let (module, name) = (ident(&entity.module), ident(&operation.name));
    let feature = &entity.module;
    let alternatives = operation.alternatives.iter().map(|(_, path, _)| path);
    let body = operation.body.is_some();
    let batch = matches!(operation.answer.kind, AnswerKind::Batch(_));
    let outcome = match &operation.answer.kind {
        AnswerKind::Batch(ty) | AnswerKind::Item(ty) => outcome_key(operation, ty),
        AnswerKind::One(_) | AnswerKind::Empty => "",
    };
    let (json, xml) = (
        reply(entity, operation, contents, wire, Format::Json),
        reply(entity, operation, contents, wire, Format::Xml),
    );
    let key = (operation.spec.method.as_str(), form(&operation.spec.path));
    let rivals = shared.get(&key).map_or(&[][..], Vec::as_slice);
    let marks = marks(operation, rivals, contents, wire);
    let query = values::query(&operation.spec, wire);
    let values = rules::emit(&values::plan(operation, contents));
    let answer = match &operation.answer.kind {
        AnswerKind::One(Ty::List(ty)) => Some(&**ty),
        AnswerKind::Batch(ty) | AnswerKind::Item(ty) | AnswerKind::One(ty) => Some(ty),
        AnswerKind::Empty => None,
    };
    let list = batch || matches!(operation.answer.kind, AnswerKind::One(Ty::List(_)));
    let answer = match answer {
        Some(Ty::Struct(model)) => {
            let model = ident(model);
            quote!(<crate::#module::#name::response::#model as slate_runtime::wire::Decode>::blank)
        }
        _ => quote!(|| None),
    };
    quote! {
        #[cfg(feature = #feature)]
        Documented {
            operation: &crate::#module::#name::OPERATION,
            alternatives: &[#(#alternatives),*],
            body: #body,
            query: &[#(#query),*],
            values: #values,
            batch: #batch,
            item_status: #outcome,
            json: #json,
            xml: #xml,
            request: &[#(#marks),*],
            answer: #answer,
            list: #list,
        }
    }
}

/// The reply in a format, as the file that holds it: the first that shows a whole success, or what is nearest to that.
fn reply(
    entity: &EntityPlan,
    operation: &OperationPlan,
    contents: &Contents,
    wire: &Wire,
    format: Format,
) -> TokenStream {
    let named = fixture::named(operation, contents);
    let best = named
        .iter()
        .filter(|(_, content)| content.role != Role::Request && content.format == format)
        .min_by_key(|(_, content)| {
            (
                outcome(operation, content, wire) == Some(false),
                content.fragment,
            )
        });
    match best {
        None => quote!(None),
        Some((name, content)) => {
            let path = format!("../{}", fixture::path(entity, content, name));
            quote!(Some(include_str!(#path)))
        }
    }
}

/// Whether a reply says that the call went well, if it says.
fn outcome(operation: &OperationPlan, content: &Content, wire: &Wire) -> Option<bool> {
    if let Some(errors) = wire.errors.as_ref().filter(|one| !one.accepted.is_empty()) {
        let mut found = Vec::new();
        inside::at(&content.tree, &errors.at, &mut found);
        let code = found
            .iter()
            .find_map(|object| match object.get(&errors.code)? {
                Tree::Number(code) | Tree::Text(code) => Some(code.trim()),
                _ => None,
            });
        return code.map(|code| errors.accepted.iter().any(|known| known == code));
    }
    let path = match operation.answer.status.as_slice() {
        [] => operation.answer.payload.as_slice(),
        path => path,
    };
    let mut found = Vec::new();
    inside::at(&content.tree, path, &mut found);
    let Some(success) = found.iter().find_map(|status| status.get(SUCCESS)) else {
        // Codes that no HTTP status for success could be are refusals.
        let code = found.iter().find_map(|status| match status.get(CODE)? {
            Tree::Number(code) | Tree::Text(code) => code.parse::<i64>().ok(),
            _ => None,
        });
        return code.filter(|code| *code >= 400).map(|_| false);
    };
    match success {
        Tree::Bool(success) => Some(*success),
        Tree::Text(text) => Some(!text.eq_ignore_ascii_case("false")),
        _ => None,
    }
}

/// What a request of an operation can have: paths from its body without its wrappers, with the words that stand there.
type Parts = IndexMap<Vec<String>, BTreeSet<String>>;

fn marks(
    operation: &OperationPlan,
    rivals: &[&OperationPlan],
    contents: &Contents,
    wire: &Wire,
) -> Vec<TokenStream> {
    if rivals.len() < 2 {
        return Vec::new();
    }
    let queries = |plan: &OperationPlan| -> Vec<String> {
        let params = plan.spec.params.iter();
        params
            .filter(|param| param.place == In::Query && param.name != wire.format_query)
            .map(|param| param.name.clone())
            .collect()
    };
    let mut out = Vec::new();
    for name in queries(operation) {
        if !rivals.iter().all(|rival| queries(rival).contains(&name)) {
            out.push(quote!(runtime::Mark::Query(#name)));
        }
    }
    let all: Vec<Parts> = rivals.iter().map(|rival| parts(rival, contents)).collect();
    for (path, words) in parts(operation, contents) {
        let having: Vec<&BTreeSet<String>> =
            all.iter().filter_map(|parts| parts.get(&path)).collect();
        if having.len() < rivals.len() {
            out.push(quote!(runtime::Mark::Key(&[#(#path),*])));
        }
        // What no rival has needs no value to tell it apart.
        for word in words {
            if having.len() > 1 && !having.iter().all(|words| words.contains(&word)) {
                let word = Literal::string(&word);
                out.push(quote!(runtime::Mark::Value(&[#(#path),*], #word)));
            }
        }
    }
    out
}

/// What the documented requests of an operation have, and the values that its rows list.
fn parts(operation: &OperationPlan, contents: &Contents) -> Parts {
    let mut out = Parts::new();
    let Some(body) = &operation.body else {
        return out;
    };
    for content in contents.get(&operation.spec.id).into_iter().flatten() {
        if content.role == Role::Request && !content.fragment {
            let mut bodies = Vec::new();
            inside::at(&content.tree, &body.keys, &mut bodies);
            for body in bodies {
                collect(body, &mut Vec::new(), &mut out);
            }
        }
    }
    for param in &operation.spec.params {
        let (In::Body, Some(at)) = (param.place, &param.at) else {
            continue;
        };
        let path: Vec<String> = at
            .split('.')
            .map(|key| key.trim_end_matches("[]").to_owned())
            .collect();
        if let Some(path) = path.strip_prefix(body.keys.as_slice())
            && let Some(words) = out.get_mut(path)
        {
            words.extend(param.values.iter().filter_map(|value| word(value)));
        }
    }
    out
}

fn collect(tree: &Tree, path: &mut Vec<String>, out: &mut Parts) {
    for member in tree.members() {
        if member.key.starts_with(['@', '#']) {
            continue;
        }
        path.push(member.key.clone());
        out.entry(path.clone()).or_default();
        let items = match &member.value {
            Tree::List(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        for item in items {
            match item {
                Tree::Text(text) => out.entry(path.clone()).or_default().extend(word(text)),
                _ if path.len() < DEPTH => collect(item, path, out),
                _ => {}
            }
        }
        path.pop();
    }
}

/// A value that says what kind of request it is: one word. Numbers, names with blanks and addresses say nothing.
fn word(text: &str) -> Option<String> {
    let is_word = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    is_word.then(|| text.to_ascii_uppercase())
}

/// The calls of the test that the server answers every operation: for each entity with operations its feature, and a
/// statement for each operation.
#[must_use]
pub fn calls(plan: &Plan, contents: &Contents, wire: &Wire) -> Vec<(String, Vec<String>)> {
    let entities = plan
        .entities
        .iter()
        .filter(|entity| !entity.operations.is_empty());
    entities
        .map(|entity| {
            let calls = entity
                .operations
                .iter()
                .filter(|operation| !only_refused(operation, contents, wire))
                .map(|operation| call(entity, operation, contents).to_string());
            (entity.module.clone(), calls.collect::<Vec<_>>())
        })
        // Without a call there is nothing to test, and nothing that the test would use.
        .filter(|(_, calls)| !calls.is_empty())
        .collect()
}

/// Whether all that the docs show of an operation's answers is that it failed.
fn only_refused(operation: &OperationPlan, contents: &Contents, wire: &Wire) -> bool {
    let named = fixture::named(operation, contents);
    let answers = named
        .iter()
        .filter(|(_, content)| content.role != Role::Request);
    let mut outcomes = answers
        .map(|(_, content)| outcome(operation, content, wire))
        .peekable();
    outcomes.peek().is_some() && outcomes.all(|outcome| outcome == Some(false))
}

fn call(entity: &EntityPlan, operation: &OperationPlan, contents: &Contents) -> TokenStream {
    let (module, name) = (ident(&entity.module), ident(&operation.name));
    let code = if entity.codes.is_empty() {
        quote!(u32)
    } else {
        quote!(#module::Code)
    };
    let read = match &operation.answer.kind {
        AnswerKind::Empty => quote!(whole::<()>),
        AnswerKind::One(_) => {
            let ty = answer_type(entity, operation);
            quote!(whole::<#ty>)
        }
        AnswerKind::Item(_) => {
            let ty = answer_type(entity, operation);
            quote!(item::<#ty, #code>)
        }
        AnswerKind::Batch(ty) => {
            let ty = response_type(entity, operation, ty);
            quote!(batch::<#ty, #code>)
        }
    };
    let samples = |role: Role| {
        fixture::named(operation, contents)
            .into_iter()
            .filter(move |(_, content)| content.role == role && !content.fragment)
            .map(|(name, content)| {
                let path = format!("../../{}", fixture::path(entity, content, &name));
                quote!(include_str!(#path))
            })
    };
    let requests = samples(Role::Request).filter(|_| operation.body.is_some());
    let answers = samples(Role::Response);
    quote! {
        check(
            caller,
            &#module::#name::OPERATION,
            #read,
            &[#(#requests),*],
            &[#(#answers),*],
        )
        .await;
    }
}
