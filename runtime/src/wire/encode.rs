//! From types to tree.

use std::collections::BTreeMap;

use super::file::File;
use super::number::Number;
use super::shape::Model;
use super::value::{Extra, Map, Value};

/// A type that can be written into a request.
pub trait Encode {
    /// Writes the value.
    fn encode(&self) -> Value;

    /// Whether there is nothing to write, so that a member of this value is left out: `None`, an
    /// empty list, an empty map.
    fn is_absent(&self) -> bool {
        false
    }
}

impl<T: Model> Encode for T {
    fn encode(&self) -> Value {
        super::model::write(self)
    }
}

impl Encode for str {
    fn encode(&self) -> Value {
        Value::from(self)
    }
}

impl Encode for String {
    fn encode(&self) -> Value {
        Value::from(&**self)
    }
}

impl Encode for i64 {
    fn encode(&self) -> Value {
        Value::from(*self)
    }
}

impl Encode for bool {
    fn encode(&self) -> Value {
        Value::from(*self)
    }
}

impl Encode for Number {
    fn encode(&self) -> Value {
        Value::from(self.clone())
    }
}

impl Encode for Value {
    fn encode(&self) -> Value {
        self.clone()
    }
}

impl Encode for Extra {
    fn encode(&self) -> Value {
        Value::Object(self.0.clone())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self) -> Value {
        match self {
            Some(value) => value.encode(),
            None => Value::Null,
        }
    }

    fn is_absent(&self) -> bool {
        match self {
            Some(value) => value.is_absent(),
            None => true,
        }
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self) -> Value {
        let mut items = list(self.len());
        for item in self {
            items.push(item.encode());
        }
        Value::List(items)
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// An empty list. A loop that fills it is less than what `collect` is compiled to for each type of items.
fn list(capacity: usize) -> Vec<Value> {
    Vec::with_capacity(capacity)
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self) -> Value {
        self[..].encode()
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self) -> Value {
        let members = self
            .iter()
            .map(|(key, value)| (key.as_str(), value.encode()));
        Value::Object(members.collect::<Map>())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Encode for File {
    fn encode(&self) -> Value {
        Value::File(self.clone())
    }

    fn is_absent(&self) -> bool {
        self.name().is_empty() && self.content().is_empty()
    }
}
