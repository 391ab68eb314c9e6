//! What an example shows of an answer.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::ident::snake;
use super::super::plan::{AnswerKind, FieldPlan, Model, OperationPlan, Ty};
use super::ident;

/// How many members are printed.
const SHOWN: usize = 2;

/// The name of the answer, and the statements that print something of it; nothing where there is nothing to print.
pub fn shown(plan: &OperationPlan) -> Option<(Ident, TokenStream)> {
    let models = &plan.response;
    match &plan.answer.kind {
        AnswerKind::Empty => None,
        AnswerKind::One(ty) | AnswerKind::Item(ty) => match ty {
            Ty::Struct(name) => {
                let reply = singular(name);
                let print = members(models, name, &quote!(#reply), 0);
                Some((reply, print))
            }
            Ty::List(inner) => {
                let item = item(inner);
                let reply = plural(&item);
                let print = one(models, inner, &item);
                Some((reply.clone(), quote!(for #item in #reply.iter() { #print })))
            }
            _ => {
                let reply = ident("reply");
                Some((reply.clone(), quote!(println!("{:?}", *#reply);)))
            }
        },
        AnswerKind::Batch(ty) => {
            let item = item(ty);
            let batch = plural(&item);
            let print = arm(&one(models, ty, &item));
            let print = quote! {
                for item in #batch.items() {
                    match item.result() {
                        Ok(#item) => #print,
                        Err(error) => eprintln!("{error}"),
                    }
                }
            };
            Some((batch, print))
        }
    }
}

/// A single `println!` needs no block.
fn arm(print: &TokenStream) -> TokenStream {
    let text = print.to_string();
    match text.strip_suffix(';') {
        Some(single) if !single.contains(';') && single.starts_with("println") => {
            single.parse().unwrap_or_else(|_| quote!({ #print }))
        }
        _ => quote!({ #print }),
    }
}

fn one(models: &[Model], ty: &Ty, variable: &Ident) -> TokenStream {
    match ty {
        Ty::Struct(name) => members(models, name, &quote!(#variable), 0),
        _ => quote!(println!("{:?}", #variable);),
    }
}

/// Prints the first members of a struct that are scalars; of a struct without any what it holds.
fn members(models: &[Model], name: &str, value: &TokenStream, depth: usize) -> TokenStream {
    let fields = models
        .iter()
        .find_map(|model| match model {
            Model::Struct {
                name: found,
                fields,
                ..
            } if found == name => Some(fields.as_slice()),
            _ => None,
        })
        .unwrap_or_default();
    let scalars = || fields.iter().filter(|field| is_scalar(&field.ty));
    let mut printed: Vec<&FieldPlan> = scalars().filter(|field| field.shown).take(SHOWN).collect();
    if printed.is_empty() {
        printed = scalars().take(SHOWN).collect();
    }
    if !printed.is_empty() {
        let names = printed.iter().map(|field| ident(&field.ident));
        let format = vec!["{:?}"; printed.len()].join(" ");
        return quote!(println!(#format, #(#value.#names),*););
    }
    if depth < 2 {
        for field in fields {
            let member = ident(&field.ident);
            match &field.ty {
                Ty::Struct(inner) => {
                    let name = singular(inner);
                    let print = members(models, inner, &quote!(#name), depth + 1);
                    return quote!(if let Some(#name) = &#value.#member { #print });
                }
                Ty::List(inner) => {
                    let name = item(inner);
                    let print = match &**inner {
                        Ty::Struct(inner) => members(models, inner, &quote!(#name), depth + 1),
                        _ => quote!(println!("{:?}", #name);),
                    };
                    return quote!(for #name in &#value.#member { #print });
                }
                _ => {}
            }
        }
    }
    match fields.first() {
        Some(field) => {
            let member = ident(&field.ident);
            quote!(println!("{:?}", #value.#member);)
        }
        None => quote!(println!("{:?}", #value.extra);),
    }
}

fn is_scalar(ty: &Ty) -> bool {
    matches!(
        ty,
        Ty::String | Ty::Integer | Ty::Bool | Ty::Number | Ty::DateTime | Ty::Date | Ty::Enum(_)
    )
}

/// What a value of the type is called. Types that are named after the message say nothing of what is in it.
fn singular(name: &str) -> Ident {
    let name = snake(name);
    let name = name.strip_suffix("_info").unwrap_or(&name);
    let plain = name == "body" || name.starts_with("response") || name.starts_with("get_");
    ident(if plain || name.ends_with('_') || name == "client" {
        "reply"
    } else {
        name
    })
}

fn item(ty: &Ty) -> Ident {
    match ty {
        Ty::Struct(name) => singular(name),
        _ => ident("value"),
    }
}

/// More than one of it.
fn plural(name: &Ident) -> Ident {
    let name = name.to_string();
    let end = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let many = if name == "reply" {
        name
    } else if end(&["s", "x", "ch", "sh"]) {
        format!("{name}es")
    } else if end(&["y"]) && !end(&["ay", "ey", "oy", "uy"]) {
        format!("{}ies", &name[..name.len() - 1])
    } else {
        format!("{name}s")
    };
    ident(&many)
}
