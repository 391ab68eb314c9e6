//! Former names: they stay for one line of versions, marked as deprecated.
//!
//! What cannot have two names has something near to it. A field of an answer has a method of its former name; a field
//! of a request, its setter. A variant of a choice has functions.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::ident::snake;
use super::plan::{FieldPlan, OperationPlan, Ty, Way};
use super::tokens::{argument, arguments_of, ty};
use crate::names::Alias;

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The attributes of a former name.
fn deprecated(alias: &Alias) -> TokenStream {
    let since = &alias.since;
    let note = format!("renamed to `{}`", alias.new);
    let doc = format!(" Former name of `{}`.", alias.new);
    quote!(#[doc = #doc] #[deprecated(since = #since, note = #note)])
}

/// Types under their former names.
pub fn types(aliases: &[Alias]) -> TokenStream {
    let items = aliases.iter().map(|alias| {
        let (mark, old, new) = (deprecated(alias), ident(&alias.old), ident(&alias.new));
        quote!(#mark pub type #old = #new;)
    });
    quote!(#(#items)*)
}

/// Modules under their former names; `before` stands before each.
pub fn modules(aliases: &[Alias], before: impl Fn(&Alias) -> TokenStream) -> TokenStream {
    let items = aliases.iter().map(|alias| {
        let (mark, old, new) = (deprecated(alias), ident(&alias.old), ident(&alias.new));
        let before = before(alias);
        quote!(#before #mark pub mod #old { pub use super::#new::*; })
    });
    quote!(#(#items)*)
}

/// Variants without data under their former names. They work in patterns, too.
pub fn constants(owner: &str, aliases: &[Alias]) -> TokenStream {
    if aliases.is_empty() {
        return TokenStream::new();
    }
    let owner = ident(owner);
    let items = aliases.iter().map(|alias| {
        let (mark, old, new) = (deprecated(alias), ident(&alias.old), ident(&alias.new));
        quote!(#mark pub const #old: Self = Self::#new;)
    });
    quote! {
        #[expect(non_upper_case_globals, reason = "former names of variants")]
        impl #owner { #(#items)* }
    }
}

/// Variants of a choice under their former names: as functions.
pub fn choice(owner: &str, ways: &[Way], aliases: &[Alias]) -> TokenStream {
    let functions: Vec<String> = ways.iter().map(|way| snake(&way.name)).collect();
    let mut items = Vec::new();
    for alias in aliases {
        let Some(Way { ty: kind, .. }) = ways.iter().find(|way| way.name == alias.new) else {
            continue;
        };
        let (mark, old, new) = (deprecated(alias), ident(&alias.old), ident(&alias.new));
        let plain = ty(kind);
        items.push(quote! {
            #mark
            #[must_use]
            #[expect(non_snake_case, reason = "former name of a variant")]
            pub fn #old(value: #plain) -> Self { Self::#new(value) }
        });
        let function = snake(&alias.old);
        if !functions.contains(&function) {
            let value = ident("value");
            let (function, (written, turned)) = (ident(&function), argument(kind, &value));
            items.push(quote! {
                #mark
                #[must_use]
                pub fn #function(value: #written) -> Self { Self::#new(#turned) }
            });
        }
    }
    if items.is_empty() {
        return TokenStream::new();
    }
    let owner = ident(owner);
    quote!(impl #owner { #(#items)* })
}

/// Fields under their former names: setters of a request, getters of an answer.
pub fn fields(owner: &str, fields: &[FieldPlan], aliases: &[Alias], request: bool) -> TokenStream {
    let items: Vec<TokenStream> = aliases
        .iter()
        .filter_map(|alias| {
            let field = fields.iter().find(|field| field.ident == alias.new)?;
            let (mark, old, new) = (deprecated(alias), ident(&alias.old), ident(&alias.new));
            let plain = ty(&field.ty);
            Some(if request {
                let (written, _) = argument(&field.ty, &old);
                quote!(#mark #[must_use] pub fn #old(self, #old: #written) -> Self { self.#new(#old) })
            } else if let Ty::List(inner) = &field.ty {
                let inner = ty(inner);
                quote!(#mark #[must_use] pub fn #old(&self) -> &[#inner] { &self.#new })
            } else if matches!(field.ty, Ty::Map(_)) {
                quote!(#mark #[must_use] pub fn #old(&self) -> &#plain { &self.#new })
            } else {
                quote!(#mark #[must_use] pub fn #old(&self) -> Option<&#plain> { self.#new.as_ref() })
            })
        })
        .collect();
    if items.is_empty() {
        return TokenStream::new();
    }
    let owner = ident(owner);
    quote!(impl #owner { #(#items)* })
}

/// Setters of a call under their former names. The order of arguments says all about them, so they need none.
pub fn setters(plan: &OperationPlan) -> Vec<String> {
    let of = |alias: &Alias| {
        let (mark, old, new) = (deprecated(alias), ident(&alias.old), ident(&alias.new));
        if let Some(setter) = plan.setters.iter().find(|setter| setter.ident == alias.new) {
            let (written, _) = argument(&setter.ty, &old);
            return Some(
                quote!(#mark pub fn #old(self, #old: #written) -> Self { self.#new(#old) }),
            );
        }
        let mut alternatives = plan.alternatives.iter();
        let (_, path, _) = alternatives.find(|(name, ..)| *name == alias.new)?;
        let passed = super::alternatives::arguments(plan, path);
        Some(
            quote!(#mark pub fn #old(self, #(#passed: &str),*) -> Self { self.#new(#(#passed),*) }),
        )
    };
    plan.former
        .setters
        .iter()
        .filter_map(of)
        .map(|code| code.to_string())
        .collect()
}

/// A function of a former name that calls the one of today.
pub fn forward(
    alias: &Alias,
    signature: &TokenStream,
    passed: &[&Ident],
    gives: &TokenStream,
) -> String {
    let (mark, old, new) = (deprecated(alias), ident(&alias.old), ident(&alias.new));
    let many = arguments_of(1 + passed.len());
    quote!(#mark #many pub fn #old(&self, #signature) -> #gives { self.#new(#(#passed),*) })
        .to_string()
}

/// The accessor of an entity under its former name.
pub fn accessor(alias: &Alias) -> String {
    let (mark, old, new) = (deprecated(alias), ident(&alias.old), ident(&alias.new));
    let feature = &alias.new;
    quote! {
        #mark
        #[cfg(feature = #feature)]
        #[must_use]
        pub fn #old(&self) -> #new::Operations { self.#new() }
    }
    .to_string()
}

/// A kind of attribution under its former name.
pub fn attribution(alias: &Alias) -> TokenStream {
    let (mark, old, new) = (deprecated(alias), ident(&alias.old), ident(&alias.new));
    quote!(#mark #[must_use] pub fn #old(code: impl Into<String>) -> Self { Self::#new(code) })
}
