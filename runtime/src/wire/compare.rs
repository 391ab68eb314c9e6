//! Whether two trees say the same, however each of them writes it.

use std::fmt;

use super::decode::truth;
use super::number::{Number, is_json_number};
use super::value::Value;

/// The first place where two trees differ. Holds no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    path: String,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Lost,
    Added,
    Changed,
    Length(usize, usize),
    Kind(&'static str, &'static str),
}

impl Difference {
    /// Where it is: `root.parcel[1].phone`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path.is_empty() {
            "the whole"
        } else {
            &self.path
        };
        match self.what {
            What::Lost => write!(f, "{place} is lost"),
            What::Added => write!(f, "{place} is added"),
            What::Changed => write!(f, "{place} has another value"),
            What::Length(was, is) => write!(f, "{place} has {is} items instead of {was}"),
            What::Kind(was, is) => write!(f, "{place} is {is} instead of {was}"),
        }
    }
}

impl std::error::Error for Difference {}

/// Compares what was read with what is written again.
///
/// The two are the same if they hold the same values: a number may be a text of the same value and
/// a truth value a text that stands for it, a list of one may be that one, an `element` wrapper and
/// the order of keys do not count, nor do blanks at the ends of texts, and all ways to write
/// "nothing" are equal to a member that is not there.
///
/// # Errors
/// A value is lost, added or changed: the first place where that is so.
pub fn same(original: &Value, again: &Value) -> Result<(), Difference> {
    Comparison {
        path: String::new(),
    }
    .compare(original, again)
}

struct Comparison {
    path: String,
}

impl Comparison {
    fn compare(&mut self, original: &Value, again: &Value) -> Result<(), Difference> {
        let (original, again) = (plain(original), plain(again));
        match (is_nothing(original), is_nothing(again)) {
            (true, true) => return Ok(()),
            (true, false) => return self.only(again, What::Added),
            (false, true) => return self.only(original, What::Lost),
            (false, false) => {}
        }
        match (original, again) {
            (Value::List(was), Value::List(is)) if was.len() != is.len() => {
                self.differ(What::Length(was.len(), is.len()))
            }
            (Value::List(was), Value::List(is)) => {
                for (index, (was, is)) in was.iter().zip(is).enumerate() {
                    self.inside(&format!("[{index}]"), was, is)?;
                }
                Ok(())
            }
            (Value::Object(was), Value::Object(is)) => {
                for (key, member) in was.iter() {
                    self.inside(key, member, is.get(key).unwrap_or(&Value::Null))?;
                }
                for (key, member) in is.iter().filter(|(key, _)| was.get(key).is_none()) {
                    self.inside(key, &Value::Null, member)?;
                }
                Ok(())
            }
            (Value::List(_) | Value::Object(_), _) | (_, Value::List(_) | Value::Object(_)) => {
                self.differ(What::Kind(original.kind(), again.kind()))
            }
            (original, again) if same_scalar(original, again) => Ok(()),
            _ => self.differ(What::Changed),
        }
    }

    /// Only one side says something: names the first member of it that does.
    fn only(&mut self, there: &Value, what: What) -> Result<(), Difference> {
        if let Value::Object(map) = there {
            for (key, member) in map.iter() {
                match what {
                    What::Added => self.inside(key, &Value::Null, member)?,
                    _ => self.inside(key, member, &Value::Null)?,
                }
            }
        }
        self.differ(what)
    }

    fn inside(&mut self, step: &str, was: &Value, is: &Value) -> Result<(), Difference> {
        let before = self.path.len();
        if before > 0 && !step.starts_with('[') {
            self.path.push('.');
        }
        self.path.push_str(step);
        let outcome = self.compare(was, is);
        self.path.truncate(before);
        outcome
    }

    fn differ(&self, what: What) -> Result<(), Difference> {
        Err(Difference {
            path: self.path.clone(),
            what,
        })
    }
}

/// Takes off what does not count: a list of one, an `element` wrapper, text that stands alone.
fn plain(value: &Value) -> &Value {
    match value {
        Value::List(items) if items.len() == 1 => plain(&items[0]),
        Value::Object(map) if map.len() == 1 => {
            let inner = map.get("element").or_else(|| map.get("#text"));
            inner.map_or(value, plain)
        }
        _ => value,
    }
}

/// Whether nothing is said: also by a wrapper around nothing.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(_) | Value::Number(_) | Value::File(_) => false,
        Value::String(text) => text.trim().is_empty(),
        Value::List(items) => items.is_empty() || (items.len() == 1 && is_nothing(&items[0])),
        Value::Object(map) => map.iter().all(|(_, member)| is_nothing(member)),
    }
}

fn same_scalar(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => one.trim() == other.trim(),
        // In text, a file is its name.
        (Value::File(file), Value::String(name)) | (Value::String(name), Value::File(file)) => {
            file.name() == name.trim()
        }
        (Value::Number(one), Value::Number(other)) => one == other,
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::Bool(value), other) | (other, Value::Bool(value)) => {
            let text = match other {
                Value::String(text) => text,
                Value::Number(number) => number.as_str(),
                _ => return false,
            };
            truth(text) == Some(*value)
        }
        (Value::Number(number), Value::String(text))
        | (Value::String(text), Value::Number(number)) => {
            let text = text.trim();
            // A text such as `007` is no number but an identifier, whose zeros count.
            is_json_number(text) && Number::trusted(text) == *number
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, json};
    use super::*;

    fn value(text: &str) -> Value {
        json::parse(text.as_bytes(), &Limits::default())
            .unwrap()
            .to_value()
    }

    fn outcome(was: &str, is: &str) -> Result<(), String> {
        same(&value(was), &value(is)).map_err(|difference| difference.to_string())
    }

    #[test]
    fn ignores_how_a_value_is_written() {
        let pairs = [
            (r#"{"a":1,"b":"x"}"#, r#"{"b":" x ","a":"1.00"}"#),
            (r#"{"a":true,"b":false}"#, r#"{"a":"1","b":"FALSE"}"#),
            (r#"{"a":"yes"}"#, r#"{"a":true}"#),
            (r#"{"a":1}"#, r#"{"a":true}"#),
            (r#"{"a":{"b":1}}"#, r#"{"a":[{"b":1}]}"#),
            (r#"{"a":{"element":[1,2]}}"#, r#"{"a":[1,2]}"#),
            (r#"{"a":{"element":{"b":1}}}"#, r#"{"a":[{"b":1}]}"#),
            (
                r#"{"a":"","b":null,"c":[],"d":{},"e":{"f":[]},"g":[""]}"#,
                "{}",
            ),
            (r##"{"a":{"#text":"x"}}"##, r#"{"a":"x"}"#),
        ];
        for (was, is) in pairs {
            assert_eq!(outcome(was, is), Ok(()), "{was} {is}");
            assert_eq!(outcome(is, was), Ok(()), "{is} {was}");
        }
    }

    #[test]
    fn reports_what_is_lost_added_or_changed() {
        let cases = [
            (r#"{"a":{"b":1}}"#, r#"{"a":{}}"#, "a.b is lost"),
            (r#"{"a":{"b":1,"c":2}}"#, r#"{"a":{"c":2}}"#, "a.b is lost"),
            (
                r#"{"a":[{"c":2}]}"#,
                r#"{"a":{"c":2,"b":0}}"#,
                "a.b is added",
            ),
            ("{}", r#"{"a":false}"#, "a is added"),
            (r#"{"a":[1,2]}"#, r#"{"a":[1,3]}"#, "a[1] has another value"),
            (
                r#"{"a":[1,2]}"#,
                r#"{"a":[1]}"#,
                "a is number instead of list",
            ),
            (
                r#"{"a":[1,2,3]}"#,
                r#"{"a":[1,2]}"#,
                "a has 2 items instead of 3",
            ),
            (r#"{"a":["",""]}"#, "{}", "a is lost"),
            (r#"{"a":"007"}"#, r#"{"a":7}"#, "a has another value"),
            (r#"{"a":"7"}"#, r#"{"a":"7.0"}"#, "a has another value"),
            (r#"{"a":"sms"}"#, r#"{"a":"SMS"}"#, "a has another value"),
            (r#"{"a":1.10}"#, r#"{"a":1.11}"#, "a has another value"),
            (r#"{"a":true}"#, r#"{"a":"0"}"#, "a has another value"),
            (
                r#"{"a":{"b":1}}"#,
                r#"{"a":"x"}"#,
                "a is string instead of object",
            ),
            ("1", "2", "the whole has another value"),
        ];
        for (was, is, expected) in cases {
            assert_eq!(outcome(was, is), Err(expected.to_owned()), "{was} {is}");
        }
    }
}
