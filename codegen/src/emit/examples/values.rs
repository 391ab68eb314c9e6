//! Values of the docs as Rust expressions.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{Model, Ty};
use super::super::{doc, number};
use super::ident;

/// Longer texts are left out: a line of an example is to be read, not scrolled.
const LONGEST: usize = 60;

/// Where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// An argument that is turned into the type.
    Into,
    /// Exactly the type, as in a list.
    Exact,
}

/// Writes scalars; remembers what has to be imported for them.
#[derive(Debug)]
pub struct Values<'a> {
    /// Where the enums are.
    pub prefix: TokenStream,
    /// The enums, among other types.
    pub models: &'a [Model],
    /// True once `Number` is used.
    pub number: bool,
    /// True once the prefix is used.
    pub prefixed: bool,
}

impl<'a> Values<'a> {
    pub fn new(prefix: TokenStream, models: &'a [Model]) -> Self {
        Self {
            prefix,
            models,
            number: false,
            prefixed: false,
        }
    }

    /// The text as a value of a scalar type, if it is one.
    pub fn scalar(&mut self, ty: &Ty, text: &str, slot: Slot) -> Option<TokenStream> {
        let text = readable(text)?;
        let exact = slot == Slot::Exact;
        Some(match ty {
            Ty::String if exact => quote!(#text.to_owned()),
            Ty::DateTime | Ty::Date | Ty::Any if exact => quote!(#text.into()),
            Ty::String | Ty::DateTime | Ty::Date | Ty::Any => quote!(#text),
            Ty::File => quote!(slate_runtime::wire::File::new(#text, #text)),
            Ty::Integer => integer(text.parse().ok()?)?,
            Ty::Bool => match text {
                "true" | "1" => quote!(true),
                "false" | "0" => quote!(false),
                _ => return None,
            },
            Ty::Number => self.decimal(text, exact)?,
            Ty::Enum(name) => match self.variant(name, text) {
                Some(variant) => {
                    self.prefixed = true;
                    let (prefix, name, variant) = (&self.prefix, ident(name), ident(&variant));
                    quote!(#prefix::#name::#variant)
                }
                None if exact => quote!(#text.into()),
                None => quote!(#text),
            },
            _ => return None,
        })
    }

    fn variant(&self, name: &str, text: &str) -> Option<String> {
        self.models.iter().find_map(|model| match model {
            Model::Enum {
                name: found,
                variants,
                ..
            } if found == name => variants
                .iter()
                .find(|(_, value)| value == text)
                .map(|(variant, _)| variant.clone()),
            _ => None,
        })
    }

    fn decimal(&mut self, text: &str, exact: bool) -> Option<TokenStream> {
        if let Ok(whole) = text.parse::<i32>() {
            let whole = integer(whole.into())?;
            self.number |= exact;
            return Some(if exact {
                quote!(Number::from(#whole))
            } else {
                whole
            });
        }
        let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && text.bytes().filter(|b| *b == b'.').count() <= 1
            && text.bytes().any(|b| b.is_ascii_digit());
        self.number |= plain;
        plain.then(|| quote!(#text.parse::<Number>()?))
    }

    /// What stands for a value where the docs show none. `values` are documented ones.
    pub fn placeholder(&self, ty: &Ty, values: &[String]) -> String {
        let known = values.iter().find(|value| readable(value).is_some());
        match ty {
            Ty::Enum(name) => {
                let first = self.models.iter().find_map(|model| match model {
                    Model::Enum {
                        name: found,
                        variants,
                        ..
                    } if found == name => variants
                        .iter()
                        .map(|(_, value)| value)
                        .find(|value| readable(value).is_some()),
                    _ => None,
                });
                first.or(known).map_or("value", |value| value).to_owned()
            }
            Ty::Integer | Ty::Number => "1".to_owned(),
            Ty::Bool => "true".to_owned(),
            Ty::DateTime => "2024-01-31 10:00:00".to_owned(),
            Ty::Date => "2024-01-31".to_owned(),
            _ => known.map_or("1001", |value| value).to_owned(),
        }
    }
}

/// The text, if it is short and no template such as `{id}`.
pub fn readable(text: &str) -> Option<&str> {
    let text = text.trim();
    let fine = !text.is_empty()
        && text.chars().count() <= LONGEST
        && !text.contains(['{', '}', '<', '>', '`'])
        && !text.chars().any(|c| c.is_control() || doc::is_bidi(c));
    fine.then_some(text)
}

fn integer(value: i64) -> Option<TokenStream> {
    let literal = number(value.checked_abs()?);
    Some(if value < 0 {
        quote!(-#literal)
    } else {
        literal
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(ty: &Ty, text: &str, slot: Slot) -> Option<String> {
        let models = [Model::Enum {
            name: "Size".to_owned(),
            fact: "size".to_owned(),
            doc: String::new(),
            variants: vec![("Small".to_owned(), "small".to_owned())],
            aliases: Vec::new(),
        }];
        Values::new(quote!(request), &models)
            .scalar(ty, text, slot)
            .map(|tokens| tokens.to_string().replace(' ', ""))
    }

    #[test]
    fn texts_become_values_of_their_types() {
        let size = Ty::Enum("Size".to_owned());
        for (ty, text, argument, item) in [
            (Ty::String, "a\"b", r#""a\"b""#, r#""a\"b".to_owned()"#),
            (Ty::Integer, "-1234567", "-1_234_567", "-1_234_567"),
            (Ty::Bool, "1", "true", "true"),
            (Ty::Number, "5", "5", "Number::from(5)"),
            (
                Ty::Number,
                "1.50",
                r#""1.50".parse::<Number>()?"#,
                r#""1.50".parse::<Number>()?"#,
            ),
            (
                Ty::Date,
                "2016-01-01",
                r#""2016-01-01""#,
                r#""2016-01-01".into()"#,
            ),
            (
                size.clone(),
                "small",
                "request::Size::Small",
                "request::Size::Small",
            ),
            (size.clone(), "huge", r#""huge""#, r#""huge".into()"#),
        ] {
            assert_eq!(written(&ty, text, Slot::Into).as_deref(), Some(argument));
            assert_eq!(written(&ty, text, Slot::Exact).as_deref(), Some(item));
        }
        for (ty, text) in [
            (Ty::String, ""),
            (Ty::String, "{mobile}"),
            (Ty::String, "two\nlines"),
            (Ty::Integer, "ten"),
            (Ty::Integer, "-9223372036854775808"),
            (Ty::Number, "1.2.3"),
            (Ty::Number, "."),
            (Ty::Bool, "maybe"),
        ] {
            assert_eq!(written(&ty, text, Slot::Into), None, "{text}");
        }
        assert_eq!(written(&Ty::String, &"long".repeat(16), Slot::Into), None);
    }
}
