//! How an operation is described: to users, and to the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::OperationPlan;
use super::tokens::ident;
use super::{basis, doc, tokens};
use crate::dialect::Effect;
use crate::spec::{Basis, Encoding, Format};

/// What the operation is about: its description, rules and source.
#[must_use]
pub fn description(plan: &OperationPlan, docs_url: &str) -> String {
    let spec = &plan.spec;
    let mut text = doc::markdown(&spec.doc);
    if text.is_empty() {
        // A page begins with a sentence; where the docs have none, with what they call it.
        text = doc::markdown(&spec.title) + ".";
    }
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
    let others = plan.answer.others();
    if !others.is_empty() {
        let names: Vec<String> = others.iter().map(|name| tokens::code(name)).collect();
        add(format!(
            "Beside what it is about, the answer holds {}: see `extra()` of what it gives.",
            names.join(", ")
        ));
    }
    if let Some(encoding) = spec.encoding {
        let media_type = tokens::code(encoding.media_type());
        let guess = spec.basis.get("encoding") == Some(&Basis::Borrowed);
        let source = if guess {
            ", as the docs say of all operations"
        } else {
            ""
        };
        let fields = if encoding == Encoding::JsonForm {
            "; a field that is no scalar holds JSON"
        } else {
            ""
        };
        add(format!("The body is sent as {media_type}{source}{fields}."));
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
pub fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

/// The anchor that Slate gives a heading.
pub fn anchor(title: &str) -> String {
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
pub fn descriptor(plan: &OperationPlan, docs_url: &str) -> TokenStream {
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
            let keys = &body.keys;
            let kind = ident(if body.list { "list_at" } else { "at" });
            let form = match spec.encoding {
                Some(Encoding::Form) => quote!(.as_form()),
                Some(Encoding::Multipart) => quote!(.in_parts()),
                Some(Encoding::JsonForm) => quote!(.as_form_of_json()),
                None => quote!(),
            };
            let values = body.model().is_none().then(|| quote!(.of_values()));
            quote!(Wrap::#kind(&[#(#keys),*])#values #form)
        },
    );
    let (status, payload) = (&plan.answer.status, &plan.answer.payload);
    let says_success = plan.answer.says_success;
    let says_success = says_success.then(|| quote!(.saying_success()));
    let beside = &plan.answer.beside;
    let beside = (!beside.is_empty()).then(|| quote!(.beside(&[#(#beside),*])));
    let inside = &plan.answer.inside;
    let wrappers = inside.iter().map(|names| quote!(&[#(#names),*]));
    let inside = inside.iter().any(|names| !names.is_empty());
    let inside = inside.then(|| quote!(.inside(&[#(#wrappers),*])));
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
            reply: Envelope::of(&[#(#status),*], &[#(#payload),*]) #says_success #beside #inside,
            rules: #rules,
            source: #source,
            docs: #docs,
        }
    }
}

pub fn effect(effect: Effect) -> TokenStream {
    match effect {
        Effect::Read => quote!(Effect::Read),
        Effect::Notify => quote!(Effect::Notify),
        Effect::Write => quote!(Effect::Write),
    }
}
