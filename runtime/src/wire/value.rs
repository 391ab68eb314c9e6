//! The owned tree that a request body is built in.

use std::fmt;

use super::file::File;
use super::map::{Key, Ordered};
use super::number::Number;
use super::watch::shown_name;

/// Any piece of a body, whether it is written as JSON or as XML.
///
/// `Debug` shows the shape and the keys, never a value: bodies hold personal data.
#[derive(Clone, Default, PartialEq)]
pub enum Value {
    /// No value.
    #[default]
    Null,
    /// A truth value.
    Bool(bool),
    /// A number, with the text it was written as.
    Number(Number),
    /// A text.
    String(String),
    /// Values in a row.
    List(Vec<Value>),
    /// Values by name.
    Object(Map),
    /// A file, which only a form in parts can hold.
    File(File),
}

/// The members of an object, in the order in which they were put in.
///
/// Two maps are equal if they hold the same members, in whatever order.
#[derive(Clone, Default)]
pub struct Map(pub(crate) Ordered<Key<'static>, Value>);

impl Map {
    /// A map without members.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a member, and returns the value it had.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.0.insert(Key::Owned(key.into()), value.into())
    }

    /// The member of that name.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// The member of that name, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.0.get_mut(key)
    }

    /// All members in their order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.0.entries().iter().map(|(key, value)| (&**key, value))
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

    /// Sets a member whose name is part of the program.
    pub(crate) fn set(&mut self, key: &'static str, value: Value) {
        self.0.insert(Key::Borrowed(key), value);
    }
}

impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(k, v)| other.get(k) == Some(v))
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        let mut map = Self::new();
        for (key, value) in members {
            map.insert(key, value);
        }
        map
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.iter().map(|(key, value)| (shown_name(key), value));
        f.debug_map().entries(shown).finish()
    }
}

impl Value {
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
            Self::File(_) => "file",
        }
    }

    /// The member of that name, if this is an object that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// The member of that name, to be set; what is no object becomes one.
    pub(crate) fn member(&mut self, key: &'static str) -> &mut Self {
        if !matches!(self, Self::Object(_)) {
            *self = Self::Object(Map::new());
        }
        match self {
            Self::Object(map) => map.0.get_or_insert(Key::Borrowed(key)),
            other => other,
        }
    }

    /// The text, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if this is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The items, if this is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The members, if this is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Map> {
        match self {
            Self::Object(map) => Some(map),
            _ => None,
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(items) => f.debug_list().entries(items).finish(),
            Self::Object(map) => map.fmt(f),
            scalar => f.write_str(scalar.kind()),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

macro_rules! from_parts {
    ($($from:ty => $variant:ident),* $(,)?) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self {
                Self::$variant(value.into())
            }
        }
    )*};
}

from_parts!(
    bool => Bool, Number => Number, i32 => Number, i64 => Number, u32 => Number, u64 => Number,
    String => String, Vec<Value> => List, Map => Object, File => File,
);

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Members that the program does not know: kept as they came, and sent again as they are.
///
/// `Debug` shows the names only, and `*` for one that looks like data.
#[derive(Clone, Default, PartialEq)]
pub struct Extra(pub(crate) Map);

impl Extra {
    /// The member of that name.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// Sets a member, and returns the value it had.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.0.insert(key, value)
    }

    /// All members in their order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.0.iter()
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Map> for Extra {
    fn from(map: Map) -> Self {
        Self(map)
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.iter().map(|(key, _)| shown_name(key)))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_value() {
        let mut map = Map::new();
        map.insert("phone", "5550");
        map.insert("weight", 77);
        map.insert("tags", vec![Value::from("rita"), Value::Null]);
        let extra = Extra::from(map.clone());
        let shown = format!("{:?} {extra:?}", Value::from(map));
        assert_eq!(
            shown,
            r#"{"phone": string, "weight": number, "tags": [string, null]} ["phone", "weight", "tags"]"#
        );
    }

    #[test]
    fn maps_are_equal_in_any_order() {
        let one: Map = [("a", 1), ("b", 2)].into_iter().collect();
        let two: Map = [("b", 2), ("a", 1)].into_iter().collect();
        let three: Map = [("b", 2), ("a", 2)].into_iter().collect();
        assert_eq!(one, two);
        assert_ne!(one, three);
    }
}
