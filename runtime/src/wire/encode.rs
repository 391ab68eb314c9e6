//! From types to tree.

use std::collections::BTreeMap;

use super::number::Number;
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

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self) -> Value {
        (**self).encode()
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self) -> Value {
        (**self).encode()
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
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
        self.as_ref().map_or(Value::Null, Encode::encode)
    }

    fn is_absent(&self) -> bool {
        self.as_ref().is_none_or(Encode::is_absent)
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self) -> Value {
        Value::List(self.iter().map(Encode::encode).collect())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
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
