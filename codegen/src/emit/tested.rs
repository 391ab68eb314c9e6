//! Types of the crate as its tests name them.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{EntityPlan, OperationPlan, Ty};
use super::tokens::ident;

/// The type of an operation's body, as the tests name it.
#[must_use]
pub fn request_type(entity: &EntityPlan, operation: &OperationPlan, ty: &Ty) -> TokenStream {
    let (module, op) = (ident(&entity.module), ident(&operation.name));
    match ty {
        Ty::Struct(name) => {
            let name = ident(name);
            quote!(#module::#op::request::#name)
        }
        _ => quote!(slate_runtime::wire::Value),
    }
}

/// A type of an operation's answer, as the tests name it.
#[must_use]
pub fn response_type(entity: &EntityPlan, operation: &OperationPlan, ty: &Ty) -> TokenStream {
    let (module, op) = (ident(&entity.module), ident(&operation.name));
    match ty {
        Ty::Struct(name) | Ty::Enum(name) => {
            let name = ident(name);
            quote!(#module::#op::response::#name)
        }
        _ => quote!(slate_runtime::wire::Value),
    }
}
