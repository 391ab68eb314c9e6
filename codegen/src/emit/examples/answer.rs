//! What an example shows of an answer.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::ident::snake;
use super::super::plan::{AnswerKind, FieldPlan, Model, OperationPlan, Ty};
use super::super::ty;
use super::ident;

/// How many members are printed.
const SHOWN: usize = 2;
/// Of members with longer names together only the first is.
const NAMES: usize = 30;

/// Writes the statements. They print nothing that logs must not show.
struct Printer<'a> {
    models: &'a [Model],
    /// Words of names whose values nobody prints.
    personal: &'a [String],
}

/// The name of the answer, and the statements that print something of it; nothing where there is nothing to print.
pub fn shown(plan: &OperationPlan, personal: &[String]) -> Option<(Ident, TokenStream)> {
    let printer = Printer {
        models: &plan.response,
        personal,
    };
    match &plan.answer.kind {
        AnswerKind::Empty => None,
        AnswerKind::One(ty) | AnswerKind::Item(ty) => match ty {
            Ty::Struct(name) => {
                let reply = singular(name);
                let print = printer.members(name, &reply, 0);
                Some((reply, print))
            }
            Ty::List(inner) => {
                let item = item(inner);
                let reply = plural(&item);
                let print = printer.one(inner, &item);
                Some((reply.clone(), quote!(for #item in #reply.iter() { #print })))
            }
            _ => {
                let reply = ident("reply");
                Some((
                    reply.clone(),
                    quote!(println!("{:?}", #reply.into_inner());),
                ))
            }
        },
        AnswerKind::Batch(ty) => {
            let item = item(ty);
            let batch = plural(&item);
            let print = arm(&printer.one(ty, &item));
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

impl Printer<'_> {
    fn one(&self, ty: &Ty, variable: &Ident) -> TokenStream {
        match ty {
            Ty::Struct(name) => self.members(name, variable, 0),
            _ => quote!(println!("{:?}", #variable);),
        }
    }

    /// Prints the first members of a struct that are scalars; of a struct without any what it holds.
    fn members(&self, name: &str, value: &Ident, depth: usize) -> TokenStream {
        let fields = self
            .models
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
        let printed = self.printed(fields);
        if !printed.is_empty() {
            let names = printed.iter().map(|field| ident(&field.ident));
            let format = vec!["{:?}"; printed.len()].join(" ");
            return quote!(println!(#format, #(#value.#names),*););
        }
        let inner = fields
            .iter()
            .filter(|_| depth < 2)
            .find_map(|field| self.inside(field, value, depth));
        inner.unwrap_or_else(|| quote!(println!("{:?}", #value);))
    }

    /// The members that are printed: those that logs show, or else the first that are not personal.
    fn printed<'f>(&self, fields: &'f [FieldPlan]) -> Vec<&'f FieldPlan> {
        let scalars = || fields.iter().filter(|field| is_scalar(&field.ty));
        let mut printed: Vec<&FieldPlan> = scalars().filter(|field| field.shown).collect();
        if printed.is_empty() {
            let public = |field: &&FieldPlan| {
                let name = snake(&field.wire);
                let name = name.strip_suffix("id").unwrap_or(&name);
                ty::shown(name, &Ty::Bool, self.personal)
            };
            printed = scalars().filter(public).collect();
        }
        let mut length = 0;
        let mut count = 0;
        printed.retain(|field| {
            length += field.ident.len();
            count += 1;
            count == 1 || (count <= SHOWN && length <= NAMES)
        });
        printed
    }

    /// Prints what is in a member that is a struct or a list.
    fn inside(&self, field: &FieldPlan, value: &Ident, depth: usize) -> Option<TokenStream> {
        let member = ident(&field.ident);
        match &field.ty {
            Ty::Struct(inner) => {
                let name = singular(inner);
                let print = self.members(inner, &name, depth + 1);
                Some(quote!(if let Some(#name) = &#value.#member { #print }))
            }
            Ty::List(inner) => match &**inner {
                Ty::Struct(inner) => {
                    let name = singular(inner);
                    let print = self.members(inner, &name, depth + 1);
                    Some(quote!(for #name in &#value.#member { #print }))
                }
                _ => Some(quote!(println!("{}", #value.#member.len());)),
            },
            _ => None,
        }
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
    // Without what a taken name got, a name may be a keyword again.
    let name = name.strip_suffix("_info").map_or(name.clone(), snake);
    let plain = name == "body" || name.starts_with("response") || name.starts_with("get_");
    // `item` is what a batch holds.
    let vague = name == "item" || name.matches('_').count() > 1;
    ident(if plain || name.ends_with('_') || name == "client" {
        "reply"
    } else if vague {
        "entry"
    } else {
        &name
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
    ident(&snake(&many))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_answers_are_names() {
        for (ty, one, many) in [
            ("Customer", "customer", "customers"),
            ("Category", "category", "categories"),
            ("Day", "day", "days"),
            ("Address", "address", "addresses"),
            ("Body", "reply", "reply"),
            ("GetNote", "reply", "reply"),
            ("ItemInfo", "entry", "entries"),
            ("SelfInfo", "reply", "reply"),
            ("Type", "reply", "reply"),
            ("A", "a", "as_"),
            ("Client", "reply", "reply"),
        ] {
            assert_eq!(singular(ty), one);
            assert_eq!(plural(&singular(ty)), many);
        }
    }
}
