//! JSON to tree, tree to JSON.

pub use super::json_read::parse;
use super::value::Value;

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
mod tests {
    use super::super::map::Key;
    use super::super::{Limits, Node, ParseError};
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
