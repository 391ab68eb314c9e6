//! The module of each operation: its descriptor, the call with its setters, what awaiting it gives.

use super::descriptor::{description, descriptor};
use super::tokens;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::fmt::Write as _;
use tera::Context;

use super::examples::Example;
use super::models;
use super::plan::{AnswerKind, EntityPlan, Model, OperationPlan, ParamPlan, Ty};
use super::shared::Elsewhere;
use super::{aliases, alternatives, basis, choices, doc, front};
use crate::names::Alias;
use crate::spec::In;

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Arguments of the method: name, type, and the statement that puts it into the call. `inside` is true in the module
/// of the operation.
fn arguments(plan: &OperationPlan, inside: bool) -> Vec<(Ident, TokenStream, TokenStream)> {
    let module = ident(&plan.name);
    let prefix = (!inside).then(|| quote!(#module::));
    let mut out = Vec::new();
    for arg in plan.args.iter().filter(|arg| arg.param.place == In::Path) {
        out.push(argument(arg, prefix.as_ref()));
    }
    for choice in &plan.choices {
        let name = ident(&super::ident::snake(&choice.name));
        let ty = ident(&choice.name);
        out.push((
            name.clone(),
            quote!(#prefix #ty),
            choices::set_parameter(choice, &name),
        ));
    }
    for arg in plan.args.iter().filter(|arg| arg.param.place != In::Path) {
        out.push(argument(arg, prefix.as_ref()));
    }
    if let Some(body) = &plan.body {
        let ty = match &body.ty {
            Ty::Struct(name) => {
                let name = ident(name);
                quote!(#prefix request::#name)
            }
            plain => tokens::ty(plain),
        };
        let name = ident(if body.many { "items" } else { "body" });
        let (written, set) = if body.many {
            (
                quote!(impl IntoIterator<Item = #ty>),
                quote!(call.body(#name.into_iter().collect::<Vec<_>>().encode());),
            )
        } else if body.list {
            (
                quote!(&#ty),
                quote!(call.body(std::slice::from_ref(#name).encode());),
            )
        } else {
            (quote!(&#ty), quote!(call.body(#name.encode());))
        };
        out.push((name, written, set));
    }
    out
}

fn argument(arg: &ParamPlan, prefix: Option<&TokenStream>) -> (Ident, TokenStream, TokenStream) {
    let name = ident(&arg.ident);
    let wire = &arg.param.name;
    let setter = tokens::setter_of(arg.param.place);
    let (written, turned) = match &arg.ty {
        Ty::Enum(ty) => {
            let ty = ident(ty);
            (quote!(impl Into<#prefix #ty>), quote!(#name.into()))
        }
        other => tokens::argument(other, &name),
    };
    let plain = match &arg.ty {
        Ty::Enum(ty) => {
            let ty = ident(ty);
            quote!(#ty)
        }
        other => tokens::ty(other),
    };
    let set = match &arg.ty {
        Ty::Integer | Ty::Bool => quote!(call.#setter(#wire, &#name);),
        _ => quote! {
            let #name: #plain = #turned;
            call.#setter(#wire, &#name);
        },
    };
    (name, written, set)
}

/// A setter for an optional parameter.
fn setter(plan: &ParamPlan) -> TokenStream {
    let name = ident(&plan.ident);
    let wire = &plan.param.name;
    let target = tokens::setter_of(plan.param.place);
    let (written, turned) = tokens::argument(&plan.ty, &name);
    let plain = tokens::ty(&plan.ty);
    let set = match &plan.ty {
        Ty::Integer | Ty::Bool => quote!(self.call.#target(#wire, &#name);),
        _ => quote! {
            let #name: #plain = #turned;
            self.call.#target(#wire, &#name);
        },
    };
    let mut text = doc::markdown(&plan.param.doc);
    if text.is_empty() {
        text = format!("Sets {}.", tokens::code(wire));
    }
    let kind = match plan.param.place {
        In::Header => "Header",
        _ => "Query parameter",
    };
    if *wire != plan.ident || plan.param.place == In::Header {
        let _ = write!(text, "\n\n{kind}: {}.", tokens::code(wire));
    }
    if let Some(default) = &plan.param.default {
        let _ = write!(text, "\n\nDefault: {}.", tokens::code(default));
    }
    if let Some(limit) = &plan.param.limit {
        let _ = write!(text, "\n\nLimit: {}.", tokens::code(limit));
    }
    for basis in basis::of_param(&plan.param) {
        let _ = write!(text, "\n\n{basis}");
    }
    let doc = doc::attributes(&text);
    quote! {
        #doc
        pub fn #name(mut self, #name: #written) -> Self {
            #set
            self
        }
    }
}

/// The method of the runtime that sends the call, with the types that it gives.
fn sent(plan: &OperationPlan, entity: &EntityPlan) -> TokenStream {
    let qualify = |ty: &Ty| -> TokenStream {
        match ty {
            Ty::Struct(name) | Ty::Enum(name) => {
                let name = ident(name);
                quote!(response::#name)
            }
            Ty::List(inner) => match &**inner {
                Ty::Struct(name) | Ty::Enum(name) => {
                    let name = ident(name);
                    quote!(Vec<response::#name>)
                }
                other => {
                    let inner = tokens::ty(other);
                    quote!(Vec<#inner>)
                }
            },
            other => tokens::ty(other),
        }
    };
    let code = if entity.codes.is_empty() {
        quote!(u32)
    } else {
        quote!(super::Code)
    };
    match &plan.answer.kind {
        AnswerKind::Empty => quote!(reply(())),
        AnswerKind::One(ty) => {
            let ty = qualify(ty);
            quote!(reply(#ty))
        }
        AnswerKind::Item(ty) => {
            let ty = qualify(ty);
            quote!(reply_item(#ty, #code))
        }
        AnswerKind::Batch(ty) => {
            let ty = qualify(ty);
            quote!(batch(#ty, #code))
        }
    }
}

/// What the template of an operation prints.
#[must_use]
pub fn context(
    plan: &OperationPlan,
    entity: &EntityPlan,
    elsewhere: &Elsewhere<'_>,
    docs_url: &str,
) -> Context {
    let mut context = Context::new();
    let arguments = self::arguments(plan, true);
    let signature: Vec<TokenStream> = arguments
        .iter()
        .map(|(name, ty, _)| quote!(#name: #ty))
        .collect();
    let statements: Vec<&TokenStream> = arguments.iter().map(|(_, _, set)| set).collect();
    let setters: Vec<String> = plan
        .setters
        .iter()
        .map(|plan| setter(plan).to_string())
        .chain(aliases::setters(plan))
        .collect();
    let own = elsewhere.own(&plan.types);
    let types = models::emit(&own, true, None);
    let mut used: Vec<&str> = Vec::new();
    for plan in plan.args.iter().chain(&plan.setters) {
        models::uses(&plan.ty, &mut used);
    }
    for model in own {
        if let Model::Choice { variants, .. } = model {
            for way in variants {
                models::uses(&way.ty, &mut used);
            }
        }
    }
    if let AnswerKind::One(ty) | AnswerKind::Item(ty) | AnswerKind::Batch(ty) = &plan.answer.kind {
        models::uses(ty, &mut used);
    }
    if plan.body.is_some() {
        used.push("Encode");
    }
    used.sort_unstable();
    used.dedup();
    context.insert("rules", &!plan.rules.is_empty());
    context.insert("title", &doc::markdown(&plan.spec.title).replace('\n', " "));
    context.insert("source", &plan.spec.source.file);
    context.insert("wire", &used);
    context.insert("has_request", &!plan.request.is_empty());
    context.insert("has_response", &!plan.response.is_empty());
    context.insert("descriptor", &descriptor(plan, docs_url).to_string());
    context.insert("call", &plan.call);
    context.insert("method", &plan.name);
    let many = tokens::arguments_of(1 + signature.len());
    context.insert("many", &many.to_string());
    context.insert("signature", &quote!(#(#signature),*).to_string());
    context.insert("statements", &quote!(#(#statements)*).to_string());
    context.insert("mutable", &!statements.is_empty());
    context.insert("setters", &setters);
    context.insert("alternatives", &alternatives::setters(plan));
    context.insert("sent", &sent(plan, entity).to_string());
    let former = aliases::types(&plan.former.types);
    let shared = elsewhere.uses(&plan.types);
    context.insert("shared", &shared.to_string());
    context.insert("types", &quote!(#types #former).to_string());
    context.insert(
        "doc",
        &doc::attributes(&(description(plan, docs_url) + "\n\n" + &front::errors(plan, entity)))
            .to_string(),
    );
    context
}

/// The names that the signatures of an entity's methods use.
#[must_use]
pub fn imports(entity: &EntityPlan) -> Vec<&str> {
    let mut used: Vec<&str> = Vec::new();
    for arg in entity
        .operations
        .iter()
        .flat_map(|operation| &operation.args)
    {
        models::uses(&arg.ty, &mut used);
    }
    used.sort_unstable();
    used.dedup();
    used
}

/// The method of the entity that makes the call.
#[must_use]
pub fn method(
    plan: &OperationPlan,
    entity: &EntityPlan,
    docs_url: &str,
    example: &Example,
) -> String {
    let (name, call) = (ident(&plan.name), ident(&plan.call));
    let arguments = self::arguments(plan, false);
    let signature: Vec<TokenStream> = arguments
        .iter()
        .map(|(name, ty, _)| quote!(#name: #ty))
        .collect();
    let passed: Vec<&Ident> = arguments.iter().map(|(name, _, _)| name).collect();
    let text = description(plan, docs_url) + "\n\n" + &front::errors(plan, entity);
    let doc = doc::attributes(&text);
    let example = example.attributes();
    let many = tokens::arguments_of(1 + signature.len());
    quote! {
        #doc
        #example
        #many
        #[inline]
        pub fn #name(&self, #(#signature),*) -> #name::#call {
            #name::#call::new(&self.client, #(#passed),*)
        }
    }
    .to_string()
}

/// The method under its former names.
#[must_use]
pub fn former_methods(plan: &OperationPlan, aliases: &[Alias]) -> Vec<String> {
    let (name, call) = (ident(&plan.name), ident(&plan.call));
    let arguments = self::arguments(plan, false);
    let signature: Vec<TokenStream> = arguments
        .iter()
        .map(|(name, ty, _)| quote!(#name: #ty))
        .collect();
    let signature = quote!(#(#signature),*);
    let passed: Vec<&Ident> = arguments.iter().map(|(name, _, _)| name).collect();
    aliases
        .iter()
        .filter(|alias| alias.new == plan.name)
        .map(|alias| aliases::forward(alias, &signature, &passed, &quote!(#name::#call)))
        .collect()
}
