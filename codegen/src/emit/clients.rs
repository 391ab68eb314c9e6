//! The module of each operation: its descriptor, the call with its setters, what awaiting it gives.

use super::tokens;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::fmt::Write as _;
use tera::Context;

use super::examples::Example;
use super::models;
use super::plan::{AnswerKind, EntityPlan, OperationPlan, ParamPlan, Ty};
use super::{aliases, basis, choices, doc};
use crate::dialect::Effect;
use crate::names::Alias;
use crate::spec::{Basis, Format, In};

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// What the operation is about: its description, rules and source.
#[must_use]
pub fn description(plan: &OperationPlan, docs_url: &str) -> String {
    let spec = &plan.spec;
    let mut text = doc::markdown(&spec.doc);
    let mut add = |part: String| {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&part);
    };
    for rule in &spec.rules {
        let names = |names: &[String]| {
            names
                .iter()
                .map(|name| tokens::code(name))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let when = rule
            .when
            .as_ref()
            .map(|when| format!(" {}", doc::markdown(&lower_first(when))))
            .unwrap_or_default();
        let when = match &rule.unless {
            Some(flag) => format!("{when} unless {} is true", tokens::code(flag)),
            None => when,
        };
        if !rule.one_of.is_empty() {
            add(format!(
                "One of these is required{when}: {}.",
                names(&rule.one_of)
            ));
        }
        if !rule.all_of.is_empty() {
            add(format!("Required{when}: {}.", names(&rule.all_of)));
        }
    }
    if spec.basis.get("method") == Some(&Basis::Assumed) {
        add(format!(
            "The docs do not say by which HTTP method it is called: {} is a guess.",
            tokens::code(&spec.method)
        ));
    }
    if let Some(basis) = basis::of_path(&spec.basis) {
        add(basis.to_owned());
    }
    if let Some(limit) = &spec.rate_limit {
        add(format!("Rate limit: {}.", doc::markdown(limit)));
    }
    let title = doc::markdown(&spec.title);
    match section(&spec.title, docs_url) {
        Some(section) => add(format!(
            "`{} {}`, documented under [{title}]({section}).",
            spec.method, spec.path
        )),
        None => add(format!("`{} {}`", spec.method, spec.path)),
    }
    text
}

/// Words from the middle of a sentence.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

/// The anchor that Slate gives a heading.
fn anchor(title: &str) -> String {
    let kept: String = title
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The address of a section, where the docs are published.
pub fn section(title: &str, docs_url: &str) -> Option<String> {
    let anchor = anchor(title);
    (!docs_url.is_empty() && !anchor.is_empty()).then(|| format!("{docs_url}#{anchor}"))
}

/// `pub static OPERATION`.
fn descriptor(plan: &OperationPlan, docs_url: &str) -> TokenStream {
    let operation = self::operation(plan, docs_url);
    quote! {
        #[doc = " How the operation is called."]
        pub static OPERATION: Operation = #operation;
    }
}

/// What is fixed about an operation, as a struct expression.
#[must_use]
pub fn operation(plan: &OperationPlan, docs_url: &str) -> TokenStream {
    let spec = &plan.spec;
    let (id, path, host) = (&spec.id, &spec.path, &spec.host);
    let method = ident(match spec.method.as_str() {
        "POST" => "Post",
        "PUT" => "Put",
        "PATCH" => "Patch",
        "DELETE" => "Delete",
        "HEAD" => "Head",
        "OPTIONS" => "Options",
        _ => "Get",
    });
    let suffix = match &spec.suffix {
        Some(suffix) => {
            let suffix = format!(".{suffix}");
            quote!(Some(#suffix))
        }
        None => quote!(None),
    };
    let formats = spec.formats.iter().filter_map(|format| match format {
        Format::Json => Some(quote!(Format::Json)),
        Format::Xml => Some(quote!(Format::Xml)),
        Format::Url => None,
    });
    let effect = self::effect(spec.effect);
    let when = spec.effect_when.iter().map(|(name, effect)| {
        let effect = self::effect(*effect);
        quote!((#name, #effect))
    });
    let query = spec.format_query;
    let auth = plan.auth;
    let rules = super::rules::emit(&plan.rules);
    let docs = section(&spec.title, docs_url).unwrap_or_default();
    let body = plan.body.as_ref().map_or_else(
        || quote!(Wrap::NONE),
        |body| {
            let (keys, list) = (&body.keys, body.list);
            quote!(Wrap { keys: &[#(#keys),*], list: #list })
        },
    );
    let (status, payload) = (&plan.answer.status, &plan.answer.payload);
    let says_success = plan.answer.says_success;
    let source = format!("{}:{}", spec.source.file, spec.source.line);
    quote! {
        Operation {
            id: #id,
            method: Method::#method,
            path: #path,
            suffix: #suffix,
            host: #host,
            formats: &[#(#formats),*],
            format_query: #query,
            auth: #auth,
            effect: #effect,
            effect_when: &[#(#when),*],
            body: #body,
            reply: Envelope {
                status: &[#(#status),*],
                payload: &[#(#payload),*],
                says_success: #says_success,
            },
            rules: #rules,
            source: #source,
            docs: #docs,
        }
    }
}

fn effect(effect: Effect) -> TokenStream {
    match effect {
        Effect::Read => quote!(Effect::Read),
        Effect::Notify => quote!(Effect::Notify),
        Effect::Write => quote!(Effect::Write),
    }
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
            quote!(#name.set(&mut call);),
        ));
    }
    for arg in plan.args.iter().filter(|arg| arg.param.place != In::Path) {
        out.push(argument(arg, prefix.as_ref()));
    }
    if let Some(body) = &plan.body {
        let ty = ident(&body.ty);
        let name = ident(if body.many { "items" } else { "body" });
        let (written, set) = if body.many {
            (
                quote!(impl IntoIterator<Item = #prefix request::#ty>),
                quote!(call.body(#name.into_iter().collect::<Vec<_>>().encode());),
            )
        } else if body.list {
            (
                quote!(&#prefix request::#ty),
                quote!(call.body(std::slice::from_ref(#name).encode());),
            )
        } else {
            (
                quote!(&#prefix request::#ty),
                quote!(call.body(#name.encode());),
            )
        };
        out.push((name, written, set));
    }
    out
}

fn argument(arg: &ParamPlan, prefix: Option<&TokenStream>) -> (Ident, TokenStream, TokenStream) {
    let name = ident(&arg.ident);
    let wire = &arg.param.name;
    let setter = ident(match arg.param.place {
        In::Path => "path",
        In::Header => "header",
        In::Query | In::Body => "query",
    });
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
        _ => quote!(call.#setter(#wire, &{ let #name: #plain = #turned; #name });),
    };
    (name, written, set)
}

/// A setter for an optional parameter.
fn setter(plan: &ParamPlan) -> TokenStream {
    let name = ident(&plan.ident);
    let wire = &plan.param.name;
    let target = ident(match plan.param.place {
        In::Path => "path",
        In::Header => "header",
        In::Query | In::Body => "query",
    });
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

/// Output of the future, and how it is made.
fn output(plan: &OperationPlan, entity: &EntityPlan) -> (TokenStream, TokenStream) {
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
        AnswerKind::Empty => (quote!(Reply<()>), quote!(self.call.reply())),
        AnswerKind::One(ty) => {
            let ty = qualify(ty);
            (quote!(Reply<#ty>), quote!(self.call.reply()))
        }
        AnswerKind::Item(ty) => {
            let ty = qualify(ty);
            (
                quote!(Reply<#ty>),
                quote!(self.call.reply_item::<#ty, #code>()),
            )
        }
        AnswerKind::Batch(ty) => {
            let ty = qualify(ty);
            (quote!(Batch<#ty, #code>), quote!(self.call.batch()))
        }
    }
}

/// What the template of an operation prints.
#[must_use]
pub fn context(plan: &OperationPlan, entity: &EntityPlan, docs_url: &str) -> Context {
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
    let alternatives: Vec<String> = plan
        .alternatives
        .iter()
        .map(|(name, path, when)| {
            let name = ident(name);
            let text = if when.is_empty() {
                format!("Calls `{path}` instead.")
            } else {
                format!(
                    "Calls {} instead: for {}.",
                    tokens::code(path),
                    doc::markdown(when)
                )
            };
            let doc = doc::attributes(&text);
            quote! {
                #doc
                pub fn #name(mut self) -> Self {
                    self.call.alternative(#path);
                    self
                }
            }
            .to_string()
        })
        .collect();
    let (output, future) = self::output(plan, entity);
    let enums = models::emit(&plan.enums, true, None);
    let choices: Vec<TokenStream> = plan.choices.iter().map(choices::of_parameters).collect();
    let mut used: Vec<&str> = Vec::new();
    let kinds = plan
        .args
        .iter()
        .chain(&plan.setters)
        .map(|plan| &plan.ty)
        .chain(
            plan.choices
                .iter()
                .flat_map(|choice| choice.variants.iter().map(|(_, _, ty)| ty)),
        );
    for ty in kinds {
        models::uses(ty, &mut used);
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
    context.insert("batch", &matches!(plan.answer.kind, AnswerKind::Batch(_)));
    context.insert("has_request", &!plan.request.is_empty());
    context.insert("has_response", &!plan.response.is_empty());
    context.insert("descriptor", &descriptor(plan, docs_url).to_string());
    context.insert("call", &plan.call);
    context.insert("method", &plan.name);
    context.insert("signature", &quote!(#(#signature),*).to_string());
    context.insert("statements", &quote!(#(#statements)*).to_string());
    context.insert("mutable", &!statements.is_empty());
    context.insert("setters", &setters);
    context.insert("alternatives", &alternatives);
    context.insert("output", &output.to_string());
    context.insert("future", &future.to_string());
    let former = aliases::types(&plan.former.types);
    context.insert("enums", &quote!(#enums #(#choices)* #former).to_string());
    context.insert(
        "doc",
        &doc::attributes(&description(plan, docs_url)).to_string(),
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
pub fn method(plan: &OperationPlan, docs_url: &str, example: &Example) -> String {
    let (name, call) = (ident(&plan.name), ident(&plan.call));
    let arguments = self::arguments(plan, false);
    let signature: Vec<TokenStream> = arguments
        .iter()
        .map(|(name, ty, _)| quote!(#name: #ty))
        .collect();
    let passed: Vec<&Ident> = arguments.iter().map(|(name, _, _)| name).collect();
    let doc = doc::attributes(&description(plan, docs_url));
    let example = example.attributes();
    quote! {
        #doc
        #example
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
