//! Enums of response codes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{aliases, doc};
use crate::names::Alias;

/// The enum `name` of codes: variant, number, messages, source.
#[must_use]
pub fn emit(
    name: &str,
    about: &str,
    codes: &[(String, u32, Vec<String>, String)],
    former: &[Alias],
) -> TokenStream {
    let title = Ident::new(name, Span::call_site());
    let about = doc::attributes(about);
    let variants = codes.iter().map(|(variant, code, messages, _)| {
        let variant = Ident::new(variant, Span::call_site());
        let mut text = format!("`{code}`");
        for message in messages {
            text.push_str("\n\n");
            text.push_str(&doc::markdown(message));
        }
        let doc = doc::attributes(&text);
        quote!(#doc #variant)
    });
    let entries = codes.iter().map(|(variant, code, _, _)| {
        let variant = Ident::new(variant, Span::call_site());
        let code = super::number(i64::from(*code));
        quote!(#variant = #code)
    });
    let former = aliases::constants(name, former);
    quote! {
        #about
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #title {
            #(#variants,)*
            #[doc = " A code that the docs do not name."]
            Unknown(u32),
        }
        capillary_runtime::response_codes!(#title { #(#entries),* });
        #former
    }
}
