//! Structs and open enums of requests and answers.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::fmt::Write as _;

use super::plan::{ChoicePlan, FieldPlan, Model, Ty};
use super::tokens::{argument, arguments_of, code, ident, ty};
use super::{aliases, choices, doc};
use crate::spec::Required;

/// The names that the models of a module use from elsewhere.
#[must_use]
pub fn imports(models: &[&Model]) -> TokenStream {
    let mut used: Vec<&str> = Vec::new();
    let mut map = false;
    for model in models {
        match model {
            Model::Struct { fields, .. } => {
                used.push("Extra");
                for field in fields {
                    map |= uses(&field.ty, &mut used);
                }
            }
            Model::Choice { variants, .. } => {
                for way in variants {
                    map |= uses(&way.ty, &mut used);
                }
            }
            Model::Enum { .. } => {}
        }
    }
    used.sort_unstable();
    used.dedup();
    let used: Vec<Ident> = used.into_iter().map(ident).collect();
    let map = map.then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let wire = (!used.is_empty()).then(|| quote!(use slate_runtime::wire::{#(#used),*};));
    quote!(#map #wire)
}

/// Adds the names a type uses; true when it uses a map.
pub fn uses(ty: &Ty, used: &mut Vec<&str>) -> bool {
    match ty {
        Ty::Number => used.push("Number"),
        Ty::DateTime => used.push("DateTime"),
        Ty::Date => used.push("Date"),
        Ty::Any => used.push("Value"),
        Ty::ApiStatus => used.push("ApiStatus"),
        Ty::ItemStatus => used.push("ItemStatus"),
        Ty::List(inner) => return uses(inner, used),
        Ty::Map(inner) => {
            uses(inner, used);
            return true;
        }
        Ty::String | Ty::Integer | Ty::Bool | Ty::File | Ty::Struct(_) | Ty::Enum(_) => {}
    }
    false
}

/// What a field is, in words.
fn describe(field: &FieldPlan) -> String {
    let wire = if field.wrappers.is_empty() {
        field.wire.clone()
    } else {
        format!("{}.{}", field.wire, field.wrappers.join("."))
    };
    let mut text = doc::markdown(&field.doc);
    if let Some(basis) = field.rests_on {
        text.push_str(if text.is_empty() { "" } else { "\n\n" });
        text.push_str(basis);
    }
    if text.is_empty() {
        text = code(&wire);
    } else if wire != field.ident {
        let _ = write!(text, "\n\nWire name: {}.", code(&wire));
    }
    match (field.required, &field.unless) {
        (Required::True, Some(flag)) => {
            let _ = write!(
                text,
                "\n\nRequired, unless the query parameter {} is true.",
                code(flag)
            );
        }
        (Required::True, None) => text.push_str("\n\nRequired."),
        (Required::OneOf, _) => text.push_str("\n\nOne of several is required."),
        (Required::False, _) => {}
    }
    text
}

/// Types of one message. Users build those of a request, and read those of an answer. `section` is the address of what
/// documents them, if there is one.
#[must_use]
pub fn emit(models: &[&Model], request: bool, section: Option<&str>) -> TokenStream {
    let items = models.iter().map(|model| {
        let place = match model {
            Model::Struct { place, .. } => place,
            Model::Enum { .. } | Model::Choice { .. } => "",
        };
        of_model(model, &about(place, request, section), request)
    });
    quote!(#(#items)*)
}

/// One type, with what its documentation says of it. Of an enum it says more itself.
pub fn of_model(model: &Model, about: &str, request: bool) -> TokenStream {
    match model {
        Model::Struct {
            name,
            fields,
            choice,
            item,
            aliases,
            ..
        } => {
            let structure = structure(name, about, fields, choice.as_ref(), *item, request);
            let former = aliases::fields(name, fields, aliases, request);
            quote!(#structure #former)
        }
        Model::Enum {
            name,
            doc,
            variants,
            aliases,
            ..
        } => {
            let enumeration = enumeration(name, doc, variants);
            let former = aliases::constants(name, aliases);
            quote!(#enumeration #former)
        }
        Model::Choice {
            name,
            variants,
            open,
            aliases,
            ..
        } => {
            let enumeration = choices::enumeration(name, variants, *open);
            let former = aliases::choice(name, variants, aliases);
            quote!(#enumeration #former)
        }
    }
}

/// What a struct is: its place on the wire, and where that is documented.
fn about(place: &str, request: bool, section: Option<&str>) -> String {
    let message = if request { "request" } else { "answer" };
    let place = match place {
        "" => format!("The {message}"),
        place => format!("What the {message} holds at {}", code(place)),
    };
    match section {
        Some(section) => format!("{place} ([documentation](<{section}>))."),
        None => format!("{place}."),
    }
}

fn structure(
    name: &str,
    about: &str,
    fields: &[FieldPlan],
    choice: Option<&ChoicePlan>,
    item: bool,
    request: bool,
) -> TokenStream {
    let title = ident(name);
    let about = doc::attributes(about);
    let members = fields.iter().map(|field| {
        let name = ident(&field.ident);
        let doc = doc::attributes(&describe(field));
        let plain = ty(&field.ty);
        let ty = if matches!(field.ty, Ty::List(_) | Ty::Map(_)) {
            plain
        } else {
            quote!(Option<#plain>)
        };
        quote! { #doc pub #name: #ty, }
    });
    let entries = fields.iter().map(|field| {
        let name = ident(&field.ident);
        let wire = wire_name(&field.wire);
        let renamed = (field.ident != wire).then(|| quote!(= #wire));
        let wrappers = field.wrappers.iter().map(|wrapper| wire_name(wrapper));
        let shown = field.shown.then(|| quote!(shown));
        quote!(#name #renamed #(/ #wrappers)* #shown)
    });
    let outcome = item.then(|| {
        let field = fields
            .iter()
            .find(|field| field.ty == Ty::ItemStatus)
            .map(|field| ident(&field.ident));
        quote! {
            impl slate_runtime::Item for #title {
                fn item_status(&self) -> Option<&ItemStatus> {
                    self.#field.as_ref()
                }
            }
        }
    });
    let setters = request.then(|| setters(&title, fields, choice));
    quote! {
        #about
        #[derive(Default)]
        #[non_exhaustive]
        pub struct #title {
            #(#members)*
            #[doc = " Members that the docs do not describe."]
            pub extra: Extra,
        }
        slate_runtime::model!(#title { #(#entries),* });
        #outcome
        #setters
    }
}

/// A name on the wire. Control characters, which samples and rows cannot bring here, would part it in a list of members.
fn wire_name(name: &str) -> String {
    name.replace(char::is_control, "\u{fffd}")
}

/// What `new` asks for, and what to do where the API does not.
const REQUIRED: &str = "With what is required. Where the API asks for less than its documentation, begin with \
                        `Default::default()`, and send the call with `CallOptions::unchecked`.";

/// A constructor with what is required, one for each flag that lifts a part of it, and a setter for every field.
fn setters(title: &Ident, fields: &[FieldPlan], choice: Option<&ChoicePlan>) -> TokenStream {
    let required: Vec<&FieldPlan> = fields
        .iter()
        .filter(|field| field.required == Required::True)
        .collect();
    let constructor = (choice.is_some() || !required.is_empty())
        .then(|| constructor("new", REQUIRED, &required, choice));
    let mut flags: Vec<&String> = required
        .iter()
        .filter_map(|field| field.unless.as_ref())
        .collect();
    flags.sort_unstable();
    flags.dedup();
    let without = flags.into_iter().filter_map(|flag| {
        let name = without_name(flag, &required);
        // A setter may have that name.
        let free = fields.iter().all(|field| field.ident != name);
        free.then(|| without(&name, flag, &required, choice))
    });
    let methods = fields.iter().map(|field| {
        let name = ident(&field.ident);
        let (written, turned) = argument(&field.ty, &name);
        let text = format!("Sets [`{0}`](field@Self::{0}).", field.ident);
        let doc = doc::attributes(&text);
        let turned = if matches!(field.ty, Ty::List(_) | Ty::Map(_)) {
            turned
        } else {
            quote!(Some(#turned))
        };
        quote! {
            #doc
            #[must_use]
            pub fn #name(mut self, #name: #written) -> Self {
                self.#name = #turned;
                self
            }
        }
    });
    let other = fields.iter().all(|field| field.ident != "other").then(|| {
        quote! {
            #[doc = " Sets a member that the docs do not describe."]
            #[must_use]
            pub fn other(mut self, name: &str, value: impl Into<slate_runtime::wire::Value>) -> Self {
                self.extra.insert(name, value);
                self
            }
        }
    });
    quote! {
        impl #title {
            #constructor
            #(#without)*
            #(#methods)*
            #other
        }
    }
}

/// `without_lock_code`
fn without_name(flag: &str, required: &[&FieldPlan]) -> String {
    let lifted = required
        .iter()
        .filter(|field| field.unless.as_deref() == Some(flag));
    let names: Vec<&str> = lifted.map(|field| field.ident.as_str()).collect();
    format!("without_{}", names.join("_and_"))
}

/// The constructor for calls with a flag that lifts a part of what is required.
fn without(
    name: &str,
    flag: &str,
    required: &[&FieldPlan],
    choice: Option<&ChoicePlan>,
) -> TokenStream {
    let (lifted, rest): (Vec<&FieldPlan>, Vec<&FieldPlan>) = required
        .iter()
        .partition(|field| field.unless.as_deref() == Some(flag));
    let left: Vec<String> = lifted.iter().map(|field| code(&field.wire)).collect();
    let about = format!(
        "With what is required where the query parameter {} is true: without {}.\n\nA call that does not set {0} is not \
         sent.",
        code(flag),
        left.join(", "),
    );
    constructor(name, &about, &rest, choice)
}

fn constructor(
    name: &str,
    about: &str,
    required: &[&FieldPlan],
    choice: Option<&ChoicePlan>,
) -> TokenStream {
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    if let Some(choice) = choice {
        let name = ident(&choice.name);
        arguments.push(quote!(identifier: #name));
    }
    for field in required {
        let name = ident(&field.ident);
        let (written, turned) = argument(&field.ty, &name);
        arguments.push(quote!(#name: #written));
        let turned = if matches!(field.ty, Ty::List(_) | Ty::Map(_)) {
            turned
        } else {
            quote!(Some(#turned))
        };
        values.push(quote!(#name: #turned));
    }
    let new = if values.is_empty() {
        quote!(<Self as Default>::default())
    } else {
        quote!(Self { #(#values,)* ..<Self as Default>::default() })
    };
    let body = match choice {
        Some(choice) => {
            let target = ident("new");
            let set = choices::set_field(choice, &target);
            quote! {
                let mut new = #new;
                #set
                new
            }
        }
        None => new,
    };
    let (name, doc) = (ident(name), doc::attributes(about));
    let many = arguments_of(arguments.len());
    quote! {
        #doc
        #many
        #[must_use]
        pub fn #name(#(#arguments),*) -> Self { #body }
    }
}

/// An open enum.
#[must_use]
pub fn enumeration(name: &str, about: &str, variants: &[(String, String)]) -> TokenStream {
    let title = ident(name);
    let about = if about.is_empty() {
        "A value out of a list that the API may extend.".to_owned()
    } else {
        about.to_owned()
    };
    let doc = doc::attributes(&about);
    let members = variants.iter().map(|(variant, value)| {
        let variant = ident(variant);
        let doc = doc::attributes(&code(value));
        quote!(#doc #variant)
    });
    let entries = variants.iter().map(|(variant, value)| {
        let variant = ident(variant);
        quote!(#variant = #value)
    });
    quote! {
        #doc
        #[derive(Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #title {
            #(#members,)*
            #[doc = " A value that the docs do not name."]
            Other(String),
        }
        slate_runtime::open_enum!(#title { #(#entries),* });
    }
}
