//! Whether something has to be there, and how that is written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether something has to be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Required {
    /// It has to.
    True,
    /// It may be left out.
    #[default]
    False,
    /// One of a group has to.
    OneOf,
}

impl Serialize for Required {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::True => serializer.serialize_bool(true),
            Self::False => serializer.serialize_bool(false),
            Self::OneOf => serializer.serialize_str("one_of"),
        }
    }
}

impl<'de> Deserialize<'de> for Required {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Flag(bool),
            Word(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Flag(true) => Ok(Self::True),
            Written::Flag(false) => Ok(Self::False),
            Written::Word(word) if word == "one_of" => Ok(Self::OneOf),
            Written::Word(word) => Err(serde::de::Error::custom(format!(
                "{word:?} is not true, false or one_of"
            ))),
        }
    }
}

impl JsonSchema for Required {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Required".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "enum": [true, false, "one_of"] })
    }
}
