//! Enums of response codes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::plan::CodePlan;
use super::{aliases, doc};
use crate::names::Alias;

/// The enum `name` of codes.
#[must_use]
pub fn emit(name: &str, about: &str, codes: &[CodePlan], former: &[Alias]) -> TokenStream {
    let title = Ident::new(name, Span::call_site());
    let about = doc::attributes(about);
    let variants = codes.iter().map(|code| {
        let variant = Ident::new(&code.variant, Span::call_site());
        let mut text = format!("`{}`", code.number);
        for message in &code.messages {
            text.push_str("\n\n");
            text.push_str(&doc::markdown(message));
        }
        let doc = doc::attributes(&text);
        quote!(#doc #variant)
    });
    let entries = codes.iter().map(|code| {
        let variant = Ident::new(&code.variant, Span::call_site());
        let number = super::number(i64::from(code.number));
        let kind = match code.accepted {
            Some(true) => quote!(success),
            Some(false) => quote!(error),
            None => quote!(),
        };
        quote!(#variant = #number #kind)
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
        slate_runtime::response_codes!(#title { #(#entries),* });
        #former
    }
}
