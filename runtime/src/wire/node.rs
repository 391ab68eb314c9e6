//! The tree that a reply is parsed into. It borrows from the body.

use std::fmt;

use super::map::{Key, Ordered};
use super::number::Number;
use super::value::{Map, Value};
use super::watch::shown_name;

/// A piece of a parsed body, the same for JSON and for XML.
///
/// Texts and keys point into the body wherever they need no unescaping, so that a model is the
/// first to copy them. `Debug` shows the shape and the keys, never a value.
#[derive(Clone)]
pub enum Node<'a> {
    /// No value.
    Null,
    /// A truth value.
    Bool(bool),
    /// The text of a number.
    Number(Key<'a>),
    /// A text. Every leaf of an XML document is one.
    String(Key<'a>),
    /// Nodes in a row.
    List(Vec<Node<'a>>),
    /// Nodes by name.
    Object(Members<'a>),
}

/// The members of an object, in the order in which they came.
#[derive(Clone, Default)]
pub struct Members<'a>(pub(crate) Ordered<Key<'a>, Node<'a>>);

impl<'a> Members<'a> {
    /// The member of that name.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.0.get(key)
    }

    /// All members in their order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Node<'a>)> {
        self.0.entries().iter().map(|(key, node)| (&**key, node))
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The member, if there is just one.
    #[must_use]
    pub fn only(&self) -> Option<(&str, &Node<'a>)> {
        self.iter().next().filter(|_| self.len() == 1)
    }
}

impl Node<'_> {
    /// What it is: `null`, `boolean`, `number`, `string`, `list` or `object`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::List(_) => "list",
            Self::Object(_) => "object",
        }
    }

    /// The member of that name, if this is an object that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.get(key),
            _ => None,
        }
    }

    /// Whether this is one of the ways in which the API writes "nothing": `null`, a blank text,
    /// an empty list, an empty object.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Bool(_) | Self::Number(_) => false,
            Self::String(text) => text.trim().is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(members) => members.is_empty(),
        }
    }

    /// The same without what it borrows.
    #[cfg(feature = "mock")]
    pub(crate) fn into_owned(self) -> Node<'static> {
        let owned = |text: Key<'_>| Key::Owned(text.into_owned());
        match self {
            Self::Null => Node::Null,
            Self::Bool(value) => Node::Bool(value),
            Self::Number(text) => Node::Number(owned(text)),
            Self::String(text) => Node::String(owned(text)),
            Self::List(items) => Node::List(items.into_iter().map(Node::into_owned).collect()),
            Self::Object(members) => {
                let copies = members.iter();
                let copies =
                    copies.map(|(key, node)| (key.to_owned().into(), node.clone().into_owned()));
                Node::Object(Members(Ordered::from_entries(copies.collect())))
            }
        }
    }

    /// An owned copy.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(text) => Value::Number(Number::trusted(text)),
            Self::String(text) => Value::from(&**text),
            Self::List(items) => Value::List(items.iter().map(Self::to_value).collect()),
            Self::Object(members) => {
                let copies = members.iter().map(|(key, node)| (key, node.to_value()));
                Value::Object(copies.collect::<Map>())
            }
        }
    }
}

impl<'a> From<&'a Value> for Node<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(Key::Borrowed(number.as_str())),
            Value::String(text) => Self::String(Key::Borrowed(text)),
            Value::File(file) => Self::String(Key::Borrowed(file.name())),
            Value::List(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(map) => {
                let mut members = Members::default();
                for (key, value) in map.iter() {
                    members.0.insert(Key::Borrowed(key), Self::from(value));
                }
                Self::Object(members)
            }
        }
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(items) => f.debug_list().entries(items).finish(),
            Self::Object(members) => members.fmt(f),
            scalar => f.write_str(scalar.kind()),
        }
    }
}

impl fmt::Debug for Members<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.iter().map(|(key, node)| (shown_name(key), node));
        f.debug_map().entries(shown).finish()
    }
}
