//! Types as Rust has them.

use super::ident::snake;

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ty {
    /// `String`
    String,
    /// `i64`
    Integer,
    /// `bool`
    Bool,
    /// `Number`
    Number,
    /// `DateTime`
    DateTime,
    /// `Date`
    Date,
    /// `File`
    File,
    /// `Value`
    Any,
    /// `ApiStatus`
    ApiStatus,
    /// `ItemStatus`
    ItemStatus,
    /// A struct of the module.
    Struct(String),
    /// An open enum of the module.
    Enum(String),
    /// `Vec<_>`
    List(Box<Ty>),
    /// `BTreeMap<String, _>`
    Map(Box<Ty>),
}

pub fn scalar_ty(name: &str) -> Ty {
    match name {
        "integer" => Ty::Integer,
        "number" => Ty::Number,
        "boolean" => Ty::Bool,
        "datetime" => Ty::DateTime,
        "date" => Ty::Date,
        "file" => Ty::File,
        _ => Ty::String,
    }
}

/// The type with other names for the types of the message.
pub fn renamed(ty: &Ty, name: &impl Fn(&str) -> String) -> Ty {
    match ty {
        Ty::Struct(old) => Ty::Struct(name(old)),
        Ty::Enum(old) => Ty::Enum(name(old)),
        Ty::List(inner) => Ty::List(Box::new(renamed(inner, name))),
        Ty::Map(inner) => Ty::Map(Box::new(renamed(inner, name))),
        other => other.clone(),
    }
}

/// The type of the message that stands at a field, in whatever lists and maps.
pub fn named(ty: &Ty) -> Option<&str> {
    match ty {
        Ty::Struct(name) | Ty::Enum(name) => Some(name),
        Ty::List(inner) | Ty::Map(inner) => named(inner),
        _ => None,
    }
}

/// The struct that stands at a field, once or as items.
pub fn object(ty: &Ty) -> Option<&str> {
    match ty {
        Ty::Struct(name) => Some(name),
        Ty::List(item) => object(item),
        _ => None,
    }
}

/// Whether logs may show a value of this name and type.
pub fn shown(name: &str, ty: &Ty, personal: &[String]) -> bool {
    let words = snake(name);
    let secret = crate::text::is_personal(name, personal);
    match ty {
        Ty::Struct(_) | Ty::ItemStatus | Ty::ApiStatus => true,
        Ty::List(inner) => matches!(**inner, Ty::Struct(_)),
        Ty::Integer | Ty::Number | Ty::Bool | Ty::Enum(_) => {
            !secret && words != "id" && !words.ends_with("_id")
        }
        Ty::String | Ty::DateTime | Ty::Date | Ty::File | Ty::Any | Ty::Map(_) => false,
    }
}
