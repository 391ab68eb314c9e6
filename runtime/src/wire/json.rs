//! JSON to tree, tree to JSON.

use jiter::{Jiter, JiterError, Peek};

use super::limits::{Limits, ParseError, text};
use super::map::{Key, Ordered};
use super::node::{Members, Node};
use super::value::Value;

/// Parses JSON. Numbers keep their text; of two members with one name the last counts.
///
/// # Errors
/// The body is not JSON in UTF-8 or passes a limit.
pub fn parse<'a>(body: &'a [u8], limits: &Limits) -> Result<Node<'a>, ParseError> {
    let text = text(body, limits)?;
    let mut reader = Reader {
        text,
        events: Jiter::new(text.as_bytes()),
        left: limits.max_depth,
        items: Vec::new(),
        members: Vec::new(),
    };
    match reader.whole() {
        Ok(node) => Ok(node),
        Err(Stop::Syntax(error)) => Err(ParseError::Syntax {
            format: "JSON",
            offset: u64::try_from(error.index).unwrap_or(u64::MAX),
        }),
        Err(Stop::TooDeep) => Err(ParseError::TooDeep(limits.max_depth)),
    }
}

/// Why reading stops before the end. Of an error only the place is kept: its message quotes the body.
enum Stop {
    Syntax(JiterError),
    TooDeep,
}

impl From<JiterError> for Stop {
    fn from(error: JiterError) -> Self {
        Self::Syntax(error)
    }
}

struct Reader<'a> {
    text: &'a str,
    events: Jiter<'a>,
    /// How many levels more there may be.
    left: usize,
    /// The items of all open lists, and the members of all open objects. What belongs to the
    /// innermost one is cut off at its end: so each is allocated once, as long as it has to be.
    items: Vec<Node<'a>>,
    members: Vec<(Key<'a>, Node<'a>)>,
}

impl<'a> Reader<'a> {
    fn whole(&mut self) -> Result<Node<'a>, Stop> {
        let first = self.events.peek()?;
        let node = self.value(first)?;
        self.events.finish()?;
        Ok(node)
    }

    fn value(&mut self, next: Peek) -> Result<Node<'a>, Stop> {
        Ok(match next {
            Peek::String => Node::String(taken(self.text, self.events.known_str()?)),
            Peek::Object => self.deeper(Self::object)?,
            Peek::Array => self.deeper(Self::list)?,
            Peek::True | Peek::False => Node::Bool(self.events.known_bool(next)?),
            Peek::Null => {
                self.events.known_null()?;
                Node::Null
            }
            number => {
                let digits = self.events.known_number_bytes(number)?;
                Node::Number(taken(self.text, std::str::from_utf8(digits).unwrap_or("")))
            }
        })
    }

    fn deeper(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Node<'a>, Stop>,
    ) -> Result<Node<'a>, Stop> {
        self.left = self.left.checked_sub(1).ok_or(Stop::TooDeep)?;
        let node = read(self)?;
        self.left += 1;
        Ok(node)
    }

    fn list(&mut self) -> Result<Node<'a>, Stop> {
        let begin = self.items.len();
        let mut next = self.events.known_array()?;
        while let Some(first) = next {
            let item = self.value(first)?;
            self.items.push(item);
            next = self.events.array_step()?;
        }
        Ok(Node::List(self.items.split_off(begin)))
    }

    fn object(&mut self) -> Result<Node<'a>, Stop> {
        let begin = self.members.len();
        let mut next = self.events.known_object()?.map(|key| taken(self.text, key));
        while let Some(key) = next {
            let first = self.events.peek()?;
            let value = self.value(first)?;
            self.members.push((key, value));
            next = self.events.next_key()?.map(|key| taken(self.text, key));
        }
        let members = self.members.split_off(begin);
        Ok(Node::Object(Members(Ordered::from_entries(members))))
    }
}

/// A text that was read: the part of the body where it stands, unless it had to be unescaped.
fn taken<'a>(body: &'a str, part: &str) -> Key<'a> {
    let from = part.as_ptr().addr().wrapping_sub(body.as_ptr().addr());
    match body.get(from..from.wrapping_add(part.len())) {
        Some(same) => Key::Borrowed(same),
        None => Key::Owned(part.to_owned()),
    }
}

/// Writes JSON.
#[must_use]
pub fn write(value: &Value) -> Vec<u8> {
    let mut out = String::new();
    put(value, &mut out);
    out.into_bytes()
}

fn put(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => out.push_str(number.as_str()),
        Value::String(text) => put_text(text, out),
        // Nobody sends this: a body with a file is a form.
        Value::File(file) => put_text(file.name(), out),
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                put(item, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            out.push('{');
            for (at, (key, member)) in map.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                put_text(key, out);
                out.push(':');
                put(member, out);
            }
            out.push('}');
        }
    }
}

fn put_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // U+2028 and U+2029 end a line in JavaScript; escaped they are safe everywhere.
            '\0'..'\u{20}' | '\u{7f}' | '\u{2028}' | '\u{2029}' => {
                out.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    let digit = u32::from(c) >> shift & 0xf;
                    out.push(char::from_digit(digit, 16).unwrap_or('0'));
                }
            }
            plain => out.push(plain),
        }
    }
    out.push('"');
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod compared;

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Value, ParseError> {
        parse(text.as_bytes(), &Limits::default()).map(|node| node.to_value())
    }

    fn again(text: &str) -> String {
        String::from_utf8(write(&read(text).unwrap())).unwrap()
    }

    #[test]
    fn keeps_order_text_of_numbers_and_empties() {
        let text = r#"{"b":1.50,"a":[null,true,"",{}, []],"big":12345678901234567890.10,"e":1e3}"#;
        let expected =
            r#"{"b":1.50,"a":[null,true,"",{},[]],"big":12345678901234567890.10,"e":1e3}"#;
        assert_eq!(again(text), expected);
    }

    #[test]
    fn escapes_and_unescapes() {
        let text = r#"{"k\"":"a\\b\n\u0001\u20ac\ud83d\ude00\/"}"#;
        assert_eq!(again(text), "{\"k\\\"\":\"a\\\\b\\n\\u0001€😀/\"}");
    }

    #[test]
    fn the_last_of_two_members_counts() {
        assert_eq!(again(r#"{"a":1,"b":2,"a":3}"#), r#"{"a":3,"b":2}"#);
    }

    #[test]
    fn takes_scalars_and_a_byte_order_mark() {
        assert_eq!(again("\u{feff} 7 "), "7");
        assert_eq!(again("\"x\""), "\"x\"");
    }

    #[test]
    fn borrows_texts_without_escapes() {
        let node = parse(br#"{"a":"x"}"#, &Limits::default()).unwrap();
        assert!(matches!(
            node.get("a"),
            Some(Node::String(Key::Borrowed("x")))
        ));
    }

    #[test]
    fn refuses_what_is_no_json() {
        for text in [
            "",
            " ",
            "{",
            "[1,]",
            "{\"a\":01}",
            "{\"a\" 1}",
            "1 2",
            "nul",
            "\"\u{1}\"",
        ] {
            assert!(
                matches!(read(text), Err(ParseError::Syntax { .. })),
                "{text}"
            );
        }
        assert_eq!(
            parse(b"\"\xff\"", &Limits::default()).unwrap_err(),
            ParseError::NotUtf8
        );
    }

    #[test]
    fn keeps_to_the_limits() {
        let deep = format!("{}{}", "[".repeat(64), "]".repeat(64));
        assert!(read(&deep).is_ok());
        assert_eq!(read(&format!("[{deep}]")), Err(ParseError::TooDeep(64)));
        let limits = Limits {
            max_bytes: 3,
            ..Limits::default()
        };
        assert_eq!(parse(b"1234", &limits).unwrap_err(), ParseError::TooLong(3));
    }

    #[test]
    fn an_error_does_not_quote_the_body() {
        let error = read("{\"phone\":5550canary}").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
}
