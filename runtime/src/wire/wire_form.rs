//! Models as [`serde`] types, in the form they have on the wire: for logs, queues and webhooks.
//!
//! Writing goes through [`Encode`], reading through [`Decode`], so that both know what the wire knows: wrappers, names, and
//! the many ways in which a value may be written. Reading is as lenient as that of an answer: a member that does not fit
//! leaves its field empty and stays among the `extra` ones.
//!
//! Formats that say themselves what comes next (JSON, YAML, `MessagePack`) can be read; others cannot.
//!
//! Numbers may have more digits than any type of `serde`'s data model. The text of JSON that `serde_json` writes and reads
//! has them as they stand. Everywhere else (`serde_json::Value`, other formats, and whatever stands between `serde_json`
//! and a model: `flatten`, `untagged`) a number that `f64` does not hold exactly is written as a text. Fields that hold
//! numbers read that as a number again; among the `extra` members it stays a text, because nothing says that it was none.

use std::fmt;

use serde::de::{self, MapAccess, SeqAccess, Visitor};
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::context::Context;
use super::decode::Decode;
use super::encode::Encode;
use super::json;
use super::limits::{Limits, ParseError};
use super::node::Node;
use super::number::Number;
use super::value::{Extra, Map, Value};

/// The key under which `serde_json` hands over a number whose digits it keeps (its feature `arbitrary_precision`).
const JSON_NUMBER: &str = "$serde_json::private::Number";

/// Whether this is `serde_json` at work on a text, where a piece may be taken and given as it stands. Both types of it
/// borrow, so that no `TypeId` tells; if their names change, numbers go the way that they go in other formats.
fn is_json_text<T>(module: &str) -> bool {
    let name = std::any::type_name::<T>();
    let name = name.trim_start_matches("&mut ");
    let rest = name.strip_prefix("serde_json::");
    rest.is_some_and(|rest| rest.starts_with(module))
}

/// Writes a value as it stands on the wire.
///
/// # Errors
/// Those of the format.
pub fn write<T: Encode, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.encode().serialize(serializer)
}

/// Reads a value as from an answer.
///
/// # Errors
/// What came is not a way to write a value of this type, or those of the format.
pub fn read<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    T::decode(&Node::from(&value), &mut Context::new()).map_err(de::Error::custom)
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(map) => map.serialize(serializer),
            // Its content would be lost.
            Self::File(_) => Err(serde::ser::Error::custom(
                "a file is only sent in a form in parts",
            )),
        }
    }
}

impl Serialize for Map {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// No digit is lost: in the text of JSON a number is written as it stands. In other formats one that `f64` does not hold
/// exactly is written as a text, which is read as a number again.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Ok(integer) = self.as_str().parse::<i64>() {
            return serializer.serialize_i64(integer);
        }
        if is_json_text::<S>("ser::Serializer<")
            && let Ok(raw) = RawValue::from_string(self.as_str().to_owned())
        {
            return raw.serialize(serializer);
        }
        let nearest = self.to_f64();
        match Self::try_from(nearest) {
            Ok(same) if same == *self => serializer.serialize_f64(nearest),
            _ => serializer.serialize_str(self.as_str()),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if is_json_text::<D>("de::Deserializer<") {
            let raw = Box::<RawValue>::deserialize(deserializer)?;
            return parsed(raw.get()).map_err(de::Error::custom);
        }
        deserializer.deserialize_any(Any)
    }
}

/// A piece of JSON as it stands. Whoever has read the text has decided how long it may be.
fn parsed(text: &str) -> Result<Value, ParseError> {
    let limits = Limits {
        max_bytes: usize::MAX,
        ..Limits::default()
    };
    json::parse(text.as_bytes(), &limits).map(|node| node.to_value())
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a body")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Number(Number::trusted(&value.to_string())))
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        Ok(Value::Number(Number::trusted(&value.to_string())))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Number::try_from(value).map(Value::from).map_err(E::custom)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            if key == JSON_NUMBER && map.is_empty() {
                let text: String = members.next_value()?;
                let number = text.parse::<Number>().map_err(de::Error::custom)?;
                return Ok(Value::Number(number));
            }
            map.insert(key, members.next_value::<Value>()?);
        }
        Ok(Value::Object(map))
    }
}

impl<'de> Deserialize<'de> for Map {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Object(map) => Ok(map),
            other => Err(de::Error::invalid_type(
                de::Unexpected::Other(other.kind()),
                &"an object",
            )),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer)
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self)
    }
}

crate::__wire_form!(super::date::Date);
crate::__wire_form!(super::date::DateTime);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{DateTime, ItemStatus};

    #[derive(Default)]
    struct Parcel {
        kind: Option<Kind>,
        weight: Option<Number>,
        count: Option<i64>,
        sent: Option<DateTime>,
        labels: Vec<String>,
        item_status: Option<ItemStatus>,
        extra: Extra,
    }
    crate::model!(Parcel { kind = "type", weight shown, count, sent, labels / "label", item_status });

    #[derive(Clone, PartialEq, Eq, Hash)]
    enum Kind {
        Small,
        Other(String),
    }
    crate::open_enum!(Kind { Small = "small" });

    fn parcel(text: &str) -> Parcel {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn it_is_what_stands_on_the_wire() {
        let text = r#"{"type":"small","weight":1.5,"count":3,"sent":"2024-01-31 10:00:00","labels":{"label":["a"]},"item_status":{"success":true,"code":700},"new":{"deep":[1,null,true,"x"]}}"#;
        let read = parcel(text);
        assert!(read.kind == Some(Kind::Small) && read.labels == ["a"]);
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }

    #[test]
    fn it_is_read_as_leniently_as_an_answer() {
        let read = parcel(
            r#"{"type":"huge","weight":"1.50","count":"many","labels":[{"label":"a"},{"label":"b"}]}"#,
        );
        assert!(read.kind == Some(Kind::Other("huge".into())));
        assert_eq!(
            (read.weight.as_ref().map(Number::as_str), read.count),
            (Some("1.50"), None)
        );
        assert_eq!(read.labels, ["a", "b"]);
        assert_eq!(read.extra.get("count"), Some(&Value::from("many")));
        assert!(parcel(&serde_json::to_string(&read).unwrap()) == read);
        assert!(serde_json::from_str::<Parcel>("[1,2]").is_err());
        let error = serde_json::from_str::<Parcel>("\"canary\"").err().unwrap();
        assert!(!error.to_string().contains("canary"), "{error}");
    }

    #[test]
    fn no_digit_is_lost() {
        for (text, written) in [
            ("7", "7"),
            ("-1.5", "-1.5"),
            ("1200.50", "1200.50"),
            ("12345678901234567890123", "12345678901234567890123"),
            ("0.1234567890123456789", "0.1234567890123456789"),
            ("1e400", "1e400"),
        ] {
            let number: Number = text.parse().unwrap();
            let json = serde_json::to_string(&number).unwrap();
            assert_eq!(json, written, "{text}");
            assert_eq!(
                serde_json::from_str::<Number>(&json).unwrap(),
                number,
                "{text}"
            );
        }
        // A value in memory holds no more than `f64`, so it is a text there, and a number again in a field of that type.
        let number: Number = "0.1234567890123456789".parse().unwrap();
        let value = serde_json::to_value(&number).unwrap();
        assert_eq!(value, serde_json::json!("0.1234567890123456789"));
        assert_eq!(serde_json::from_value::<Number>(value).unwrap(), number);
        // As serde_json hands it over where it keeps the digits.
        let kept = serde_json::json!({"$serde_json::private::Number":"0.1234567890123456789"});
        let number: Number = serde_json::from_value(kept).unwrap();
        assert_eq!(number.as_str(), "0.1234567890123456789");
    }

    #[test]
    fn numbers_of_any_length_stay_numbers_among_members_without_a_field() {
        for text in [
            r#"{"type":"small","new":12345678901234567890123}"#,
            r#"{"new":[-12345678901234567890123,{"deep":1e400}],"old":1.50}"#,
            r#"{"weight":12345678901234567890123.50,"new":"12345678901234567890123"}"#,
        ] {
            let read = parcel(text);
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
            let slow: Parcel = serde_json::from_reader(text.as_bytes()).unwrap();
            assert_eq!(serde_json::to_vec(&slow).unwrap(), text.as_bytes());
            assert!(slow == read);
            let pretty = serde_json::to_string_pretty(std::slice::from_ref(&read)).unwrap();
            assert!(serde_json::from_str::<Vec<Parcel>>(&pretty).unwrap() == [read]);
        }
        let read = parcel(r#"{"new":12345678901234567890123}"#);
        let number = read.extra.get("new").and_then(Value::as_number).unwrap();
        assert_eq!(number.as_str(), "12345678901234567890123");
    }

    #[test]
    fn text_that_is_no_json_is_an_error_without_its_content() {
        let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
        for text in [
            "{\"new\":canary}",
            r#"{"new":"canary\ud800"}"#,
            r#"{"canary":1"#,
            &deep,
        ] {
            let error = serde_json::from_str::<Parcel>(text).err().unwrap();
            assert!(!error.to_string().contains("canary"), "{error}");
        }
    }

    #[test]
    fn items_that_do_not_fit_are_written_again() {
        for text in [
            r#"{"labels":{"label":["a",{"b":1},"c",[1,2]]}}"#,
            r#"{"labels":{"label":[{"b":1},"a"],"count":2}}"#,
        ] {
            let read = parcel(text);
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
            assert!(parcel(&serde_json::to_string(&read).unwrap()) == read);
            let value = serde_json::to_value(&read).unwrap();
            assert!(serde_json::from_value::<Parcel>(value).unwrap() == read);
        }
    }
}
