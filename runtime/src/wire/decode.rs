//! From tree to types, forgiving the ways in which the API writes one value.
//!
//! | type | takes |
//! |---|---|
//! | `String` | a text, a number or a truth value as it stood |
//! | `i64` | `100`, `"100"`, `100.0`, `"100.00"` |
//! | `bool` | `true`, `"TRUE"`, `1`, `"0"`, `"yes"`, `"N"` |
//! | `Option<T>` | nothing, `null`; `""`, `[]` and `{}` too unless they are a value of `T` |
//! | `Vec<T>` | a list, one item without a list, `{"element": …}`, and the four kinds of nothing |
//! | a model | an object, a list of one, `{"element": …}`, and the four kinds of nothing |
//!
//! A list, a map or a model is never refused for what is in it. What does not fit is left out, and noted in the
//! [`Context`]: an item at its own place, and a single value that is neither a list nor fits as its one item at the place
//! of the list.

use std::collections::BTreeMap;

use super::context::Context;
use super::error::DecodeError;
use super::file::File;
use super::node::Node;
use super::number::{Number, integer};
use super::shape::Model;
use super::value::{Extra, Map, Value};

/// A type that can be read from a reply.
pub trait Decode: Sized {
    /// What the type is called in error messages.
    fn name() -> &'static str;

    /// Whether it is a list.
    const LIST: bool = false;

    /// Reads a value. What does not fit inside of it is noted in the context.
    ///
    /// # Errors
    /// The node is not a way to write a value of this type.
    fn decode(node: &Node<'_>, context: &mut Context) -> Result<Self, DecodeError>;

    /// The value of a member that is not there.
    ///
    /// # Errors
    /// The type has no value for that. Only lists, maps and optional values have one.
    fn missing() -> Result<Self, DecodeError> {
        Err(DecodeError::new(Self::name(), "nothing"))
    }

    /// The model that it is, or that its items are, without a value: for who wants to know its members.
    #[must_use]
    fn blank() -> Option<Box<dyn Model>> {
        None
    }

    /// The value as it was written, with what reading `came` left out back at its place: `came` is what the value was
    /// read from.
    #[doc(hidden)]
    #[must_use]
    fn restored(written: Value, came: &Node<'_>) -> Value {
        let _ = came;
        written
    }

    /// Whether an empty text, list or object (`node` is one) is a value of this type, so that
    /// `Option` does not take it for "nothing".
    #[must_use]
    fn keeps_empty(node: &Node<'_>) -> bool {
        let _ = node;
        false
    }
}

fn mismatch<T: Decode>(node: &Node<'_>) -> DecodeError {
    DecodeError::new(T::name(), node.kind())
}

/// The leaf that stands for a single value: looks into a list of one, and beside attributes.
fn leaf<'n, 'a>(node: &'n Node<'a>) -> &'n Node<'a> {
    match node {
        Node::List(items) if items.len() == 1 => leaf(&items[0]),
        Node::Object(members) => match members.get("#text") {
            Some(text) => text,
            None => node,
        },
        _ => node,
    }
}

/// The text of a leaf.
fn leaf_text<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match leaf(node) {
        Node::Bool(true) => Some("true"),
        Node::Bool(false) => Some("false"),
        Node::Number(text) | Node::String(text) => Some(text),
        Node::Null | Node::List(_) | Node::Object(_) => None,
    }
}

/// The text of a node that stands for a single value: a text, a number or a truth value as it
/// stood. What types outside of this crate build their [`Decode`] upon.
///
/// # Errors
/// The node is a list, an object or `null`.
pub fn decode_text<'n>(node: &'n Node<'_>, wanted: &'static str) -> Result<&'n str, DecodeError> {
    leaf_text(node).ok_or_else(|| DecodeError::new(wanted, node.kind()))
}

impl Decode for String {
    fn name() -> &'static str {
        "a text"
    }

    fn decode(node: &Node<'_>, _: &mut Context) -> Result<Self, DecodeError> {
        match leaf_text(node) {
            Some(text) => Ok(text.to_owned()),
            None if node.is_empty() => Ok(Self::new()),
            None => Err(mismatch::<Self>(node)),
        }
    }

    fn keeps_empty(node: &Node<'_>) -> bool {
        matches!(node, Node::String(_))
    }
}

impl Decode for i64 {
    fn name() -> &'static str {
        "an integer"
    }

    fn decode(node: &Node<'_>, _: &mut Context) -> Result<Self, DecodeError> {
        match leaf(node) {
            Node::Number(text) | Node::String(text) => integer(text.trim()),
            _ => None,
        }
        .ok_or_else(|| mismatch::<Self>(node))
    }
}

impl Decode for bool {
    fn name() -> &'static str {
        "a truth value"
    }

    fn decode(node: &Node<'_>, _: &mut Context) -> Result<Self, DecodeError> {
        let text = leaf_text(node).ok_or_else(|| mismatch::<Self>(node))?;
        truth(text).ok_or_else(|| mismatch::<Self>(node))
    }
}

/// The truth value that a text stands for, in any case of letters.
pub(crate) fn truth(text: &str) -> Option<bool> {
    let text = text.trim();
    let is = |word: &&str| text.eq_ignore_ascii_case(word);
    if ["true", "1", "yes", "y"].iter().any(is) {
        Some(true)
    } else if ["false", "0", "no", "n"].iter().any(is) {
        Some(false)
    } else {
        None
    }
}

impl Decode for Number {
    fn name() -> &'static str {
        "a number"
    }

    fn decode(node: &Node<'_>, _: &mut Context) -> Result<Self, DecodeError> {
        match leaf(node) {
            Node::Number(text) => Some(Self::trusted(text)),
            Node::String(text) => Self::lenient(text.trim()),
            _ => None,
        }
        .ok_or_else(|| mismatch::<Self>(node))
    }
}

impl Decode for Value {
    fn name() -> &'static str {
        "anything"
    }

    fn decode(node: &Node<'_>, _: &mut Context) -> Result<Self, DecodeError> {
        Ok(node.to_value())
    }

    fn missing() -> Result<Self, DecodeError> {
        Ok(Self::Null)
    }

    fn keeps_empty(_: &Node<'_>) -> bool {
        true
    }
}

impl Decode for Extra {
    fn name() -> &'static str {
        "an object"
    }

    fn decode(node: &Node<'_>, _: &mut Context) -> Result<Self, DecodeError> {
        match node.to_value() {
            Value::Object(map) => Ok(Self(map)),
            _ if node.is_empty() => Ok(Self::default()),
            _ => Err(mismatch::<Self>(node)),
        }
    }

    fn missing() -> Result<Self, DecodeError> {
        Ok(Self(Map::new()))
    }
}

/// Takes anything: the type of a reply that says nothing beside its status.
impl Decode for () {
    fn name() -> &'static str {
        "anything"
    }

    fn decode(_: &Node<'_>, _: &mut Context) -> Result<Self, DecodeError> {
        Ok(())
    }

    fn missing() -> Result<Self, DecodeError> {
        Ok(())
    }
}

impl<T: Decode> Decode for Option<T> {
    fn name() -> &'static str {
        T::name()
    }

    const LIST: bool = T::LIST;

    fn decode(node: &Node<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        if matches!(node, Node::Null) || (node.is_empty() && !T::keeps_empty(node)) {
            return Ok(None);
        }
        T::decode(node, context).map(Some)
    }

    fn missing() -> Result<Self, DecodeError> {
        Ok(None)
    }

    fn blank() -> Option<Box<dyn Model>> {
        T::blank()
    }

    fn restored(written: Value, came: &Node<'_>) -> Value {
        T::restored(written, came)
    }
}

impl<T: Model + Default + 'static> Decode for T {
    fn name() -> &'static str {
        T::default().shape().name()
    }

    fn decode(node: &Node<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let mut model = T::default();
        super::model::read(&mut model, node, context)?;
        Ok(model)
    }

    fn blank() -> Option<Box<dyn Model>> {
        Some(Box::new(T::default()))
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn name() -> &'static str {
        "an object"
    }

    fn decode(node: &Node<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let mut out = Self::new();
        let members = match node {
            Node::Object(members) => members,
            Node::List(items) if items.len() == 1 => return Self::decode(&items[0], context),
            empty if empty.is_empty() => return Ok(out),
            other => return Err(mismatch::<Self>(other)),
        };
        for (key, member) in members.iter() {
            // The keys of a map are data, and paths are logged.
            let before = context.enter("*");
            match T::decode(member, context) {
                Ok(value) => drop(out.insert(key.to_owned(), value)),
                Err(error) => context.left_out(error, member),
            }
            context.leave(before);
        }
        Ok(out)
    }

    fn missing() -> Result<Self, DecodeError> {
        Ok(Self::new())
    }
}

/// What comes back is no file: the text, if it is one, is taken for the name of it.
impl Decode for File {
    fn name() -> &'static str {
        "file"
    }

    fn decode(node: &Node<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        String::decode(node, context).map(|name| Self::new(name, Vec::new()))
    }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
