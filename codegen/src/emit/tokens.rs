//! Names and types as Rust writes them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::doc;
use super::plan::Ty;
use crate::spec::In;

/// A name as it stands in code.
pub fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The method of a call that sets a parameter of this place.
pub fn setter_of(place: In) -> Ident {
    ident(match place {
        In::Path => "path",
        In::Header => "header",
        In::Query | In::Body => "query",
    })
}

/// The type in code.
#[must_use]
pub fn ty(ty: &Ty) -> TokenStream {
    match ty {
        Ty::String => quote!(String),
        Ty::Integer => quote!(i64),
        Ty::Bool => quote!(bool),
        Ty::Number => quote!(Number),
        Ty::DateTime => quote!(DateTime),
        Ty::Date => quote!(Date),
        Ty::Any => quote!(Value),
        // A documented type may have this name.
        Ty::File => quote!(slate_runtime::wire::File),
        Ty::ApiStatus => quote!(ApiStatus),
        Ty::ItemStatus => quote!(ItemStatus),
        Ty::Struct(name) | Ty::Enum(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Ty::List(inner) => {
            let inner = self::ty(inner);
            quote!(Vec<#inner>)
        }
        Ty::Map(inner) => {
            let inner = self::ty(inner);
            quote!(BTreeMap<String, #inner>)
        }
    }
}

/// The type of an argument that is turned into the type, and how it is turned.
#[must_use]
pub fn argument(ty: &Ty, name: &Ident) -> (TokenStream, TokenStream) {
    match ty {
        Ty::Integer
        | Ty::Bool
        | Ty::ApiStatus
        | Ty::ItemStatus
        | Ty::Struct(_)
        | Ty::Map(_)
        | Ty::File => {
            let plain = self::ty(ty);
            (plain, quote!(#name))
        }
        Ty::List(inner) => {
            let inner = self::ty(inner);
            (
                quote!(impl IntoIterator<Item = #inner>),
                quote!(#name.into_iter().collect()),
            )
        }
        other => {
            let plain = self::ty(other);
            (quote!(impl Into<#plain>), quote!(#name.into()))
        }
    }
}

/// What a function with this many arguments says of them: all are needed, and structs of them would only move them.
#[must_use]
pub fn arguments_of(count: usize) -> TokenStream {
    if count <= 7 {
        return TokenStream::new();
    }
    quote!(#[expect(clippy::too_many_arguments, reason = "all of them are needed")])
}

/// The text as inline code.
#[must_use]
pub fn code(text: &str) -> String {
    let clean: String = text
        .chars()
        .filter(|c| !c.is_control() && !doc::is_bidi(*c) && *c != '`')
        .collect();
    format!("`{clean}`")
}
