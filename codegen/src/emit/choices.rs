//! Enums over parameters, or over fields of a struct, of which one is needed.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::ident::snake;
use super::plan::ChoicePlan;
use super::tokens::{argument, code, ident, ty};
use super::{aliases, doc};
use crate::spec::In;

/// An enum over fields of a struct.
pub fn of_fields(owner: &Ident, choice: &ChoicePlan) -> TokenStream {
    let arms = choice.variants.iter().map(|(variant, field, _)| {
        let (variant, field) = (ident(variant), ident(field));
        quote!(Self::#variant(value) => target.#field = Some(value))
    });
    let other = ident(other_of(choice));
    let set = quote! {
        fn set(self, target: &mut #owner) {
            match self {
                #(#arms,)*
                Self::#other(name, value) => _ = target.extra.insert(name, value),
            }
        }
    };
    let doc = format!("What identifies the {owner}: one of these.");
    chooser(choice, &doc, &set, true)
}

/// An enum over parameters.
#[must_use]
pub fn of_parameters(choice: &ChoicePlan) -> TokenStream {
    let setter = match choice.place {
        In::Path => format_ident!("path"),
        In::Header => format_ident!("header"),
        In::Query | In::Body => format_ident!("query"),
    };
    let arms = choice.variants.iter().map(|(variant, name, _)| {
        let variant = ident(variant);
        quote!(Self::#variant(value) => call.#setter(#name, &value))
    });
    // A path has a place for what is documented only.
    let open = choice.place != In::Path;
    let other = choice
        .variants
        .first()
        .filter(|_| open)
        .map(|(_, first, _)| {
            let other = ident(other_of(choice));
            quote! {
                Self::#other(name, value) => {
                    call.#setter(name, &value);
                    call.instead_of(#first, &value);
                }
            }
        });
    let set = quote! {
        fn set(self, call: &mut Call) {
            match self { #(#arms,)* #other }
        }
    };
    chooser(choice, "One of these is required.", &set, open)
}

/// The variant for what the docs do not list.
fn other_of(choice: &ChoicePlan) -> &'static str {
    let taken = |name: &str| choice.variants.iter().any(|(variant, ..)| variant == name);
    if taken("Other") {
        "Undocumented"
    } else {
        "Other"
    }
}

/// `open` choices can be made by what the docs do not list.
fn chooser(choice: &ChoicePlan, about: &str, set: &TokenStream, open: bool) -> TokenStream {
    let name = ident(&choice.name);
    let mut text = doc::markdown(&choice.doc);
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(about);
    let doc = doc::attributes(&text);
    let variants = choice.variants.iter().map(|(variant, wire, kind)| {
        let variant = ident(variant);
        let doc = doc::attributes(&code(wire));
        let ty = ty(kind);
        quote!(#doc #variant(#ty))
    });
    let constructors = choice.variants.iter().map(|(variant, wire, kind)| {
        let function = ident(&snake(variant));
        let variant = ident(variant);
        let doc = doc::attributes(&format!("By {}.", code(wire)));
        let value = ident("value");
        let (written, turned) = argument(kind, &value);
        quote! {
            #doc
            #[must_use]
            pub fn #function(value: #written) -> Self {
                Self::#variant(#turned)
            }
        }
    });
    let shown = choice.variants.iter().map(|(variant, _, _)| {
        let text = format!("{}::{variant}(..)", choice.name);
        let variant = ident(variant);
        quote!(Self::#variant(_) => #text)
    });
    let [other_variant, other_function, other_shown] = if open {
        other(choice)
    } else {
        Default::default()
    };
    let former = aliases::choice(choice);
    quote! {
        #doc
        #[derive(Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* #other_variant }

        #former

        impl #name {
            #(#constructors)*
            #other_function
            #set
        }

        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                // The value may identify a person.
                f.write_str(match self { #(#shown,)* #other_shown })
            }
        }
    }
}

/// What a choice has for identifiers that the docs do not list: the variant, the function that makes it, what `Debug`
/// shows.
fn other(choice: &ChoicePlan) -> [TokenStream; 3] {
    let name = other_of(choice);
    let text = format!("{}::{name}(..)", choice.name);
    let (variant, function) = (ident(name), ident(&snake(name)));
    [
        quote! {
            #[doc = " Another one, which the docs do not list: its name on the wire, and its value."]
            #variant(&'static str, String)
        },
        quote! {
            #[doc = " By another one, which the docs do not list: its name on the wire, and its value."]
            #[must_use]
            pub fn #function(name: &'static str, value: impl Into<String>) -> Self {
                Self::#variant(name, value.into())
            }
        },
        quote!(Self::#variant(..) => #text),
    ]
}
