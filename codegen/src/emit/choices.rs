//! Enums over parameters, or over fields of a struct, of which one is needed.
//!
//! Such an enum is the same for all that can be identified in these ways; what its variants set is said where it is used.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::doc;
use super::ident::{other_way, snake};
use super::plan::{ChoicePlan, Model, Way};
use super::tokens::{argument, code, ident, setter_of, ty};
use crate::names::Alias;
use crate::spec::In;

/// Plans one: each way with the field or parameter that it sets.
pub fn plan(
    name: String,
    fact: String,
    ways: Vec<(Way, String)>,
    place: In,
    aliases: Vec<Alias>,
) -> (ChoicePlan, Model) {
    let sets = ways.iter();
    let sets = sets.map(|(way, target)| (way.name.clone(), target.clone(), way.ty.clone()));
    let choice = ChoicePlan {
        name: name.clone(),
        variants: sets.collect(),
        place,
    };
    let model = Model::Choice {
        name,
        fact,
        open: choice.is_open(),
        variants: ways.into_iter().map(|(way, _)| way).collect(),
        aliases,
    };
    (choice, model)
}

/// Sets the field of `target` that a choice names.
pub fn set_field(choice: &ChoicePlan, target: &Ident) -> TokenStream {
    let name = ident(&choice.name);
    let arms = choice.variants.iter().map(|(variant, field, _)| {
        let (variant, field) = (ident(variant), ident(field));
        quote!(#name::#variant(value) => #target.#field = Some(value))
    });
    let other = ident(choice.other());
    quote! {
        match identifier {
            #(#arms,)*
            #name::#other(name, value) => _ = #target.extra.insert(name, value),
        }
    }
}

/// Sets the parameter of `call` that a choice names.
pub fn set_parameter(choice: &ChoicePlan, argument: &Ident) -> TokenStream {
    let title = ident(&choice.name);
    let setter = setter_of(choice.place);
    let arms = choice.variants.iter().map(|(variant, name, _)| {
        let variant = ident(variant);
        quote!(#title::#variant(value) => call.#setter(#name, &value))
    });
    let first = choice.variants.first().filter(|_| choice.is_open());
    let other = first.map(|(_, first, _)| {
        let other = ident(choice.other());
        quote! {
            #title::#other(name, value) => {
                call.#setter(name, &value);
                call.instead_of(#first, &value);
            }
        }
    });
    quote!(match #argument { #(#arms,)* #other })
}

/// The enum. `open` choices can be made by what the docs do not list.
pub fn enumeration(title: &str, ways: &[Way], open: bool) -> TokenStream {
    let name = ident(title);
    // One row of the docs may be about all of them.
    let same = ways.first().map_or("", |way| way.doc.as_str());
    let same = ways.iter().all(|way| way.doc == same).then_some(same);
    let about = match same {
        None | Some("") => "One of these is required.".to_owned(),
        Some(all) => format!("{}\n\nOne of these is required.", doc::markdown(all)),
    };
    let about = doc::attributes(&about);
    let variants = ways.iter().map(|way| {
        let variant = ident(&way.name);
        let mut text = code(&way.wire);
        if same.is_none() && !way.doc.is_empty() {
            text = format!("{text}: {}", doc::markdown(&way.doc));
        }
        let doc = doc::attributes(&text);
        let ty = ty(&way.ty);
        quote!(#doc #variant(#ty))
    });
    let constructors = ways.iter().map(|way| {
        let function = ident(&snake(&way.name));
        let variant = ident(&way.name);
        let doc = doc::attributes(&format!("By {}.", code(&way.wire)));
        let value = ident("value");
        let (written, turned) = argument(&way.ty, &value);
        quote! {
            #doc
            #[must_use]
            pub fn #function(value: #written) -> Self {
                Self::#variant(#turned)
            }
        }
    });
    let shown = ways.iter().map(|way| {
        let text = format!("{title}::{}(..)", way.name);
        let variant = ident(&way.name);
        quote!(Self::#variant(_) => #text)
    });
    let [other_variant, other_function, other_shown] = if open {
        other(title, other_way(ways.iter().map(|way| &way.name)))
    } else {
        Default::default()
    };
    quote! {
        #about
        #[derive(Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* #other_variant }

        impl #name {
            #(#constructors)*
            #other_function
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
fn other(title: &str, name: &str) -> [TokenStream; 3] {
    let text = format!("{title}::{name}(..)");
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
