//! Tree to XML.

use super::value::{Map, Value};

/// Why a value cannot be written as XML. Names the place, never the content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A text holds a character that no XML document may hold.
    #[error("{0}: holds a control character, which XML cannot carry")]
    Character(String),
    /// A member has a name that is no name of an element or attribute.
    #[error("{0}: a member has a name that XML does not allow")]
    Name(String),
}

/// Writes XML with `root` as its outermost element.
///
/// A list becomes one element for each item, `null` an empty element; a member `@name` becomes an
/// attribute and `#text` the text of its element.
///
/// # Errors
/// A text holds a character that XML cannot carry, or a key is no XML name.
pub fn write(root: &str, value: &Value) -> Result<Vec<u8>, WriteError> {
    let mut writer = Writer {
        out: String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
        path: Vec::new(),
    };
    writer.element(root, value)?;
    Ok(writer.out.into_bytes())
}

struct Writer<'a> {
    out: String,
    path: Vec<&'a str>,
}

impl<'a> Writer<'a> {
    fn element(&mut self, name: &'a str, value: &'a Value) -> Result<(), WriteError> {
        if !is_name(name) {
            return Err(WriteError::Name(self.place()));
        }
        self.path.push(name);
        self.out.push('<');
        self.out.push_str(name);
        match value {
            Value::Null => {
                self.out.push_str("/>");
                self.path.pop();
                return Ok(());
            }
            Value::Object(map) => self.object(map)?,
            Value::List(items) => {
                self.out.push('>');
                for item in items {
                    self.element("element", item)?;
                }
            }
            scalar => {
                self.out.push('>');
                self.text(text_of(scalar), false)?;
            }
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        self.path.pop();
        Ok(())
    }

    fn object(&mut self, map: &'a Map) -> Result<(), WriteError> {
        for (key, value) in map.iter() {
            if let Some(name) = key.strip_prefix('@') {
                self.attribute(name, value)?;
            }
        }
        self.out.push('>');
        for (key, value) in map.iter() {
            match (key, value) {
                ("#text", value) => self.text(text_of(value), false)?,
                (key, _) if key.starts_with('@') => {}
                (key, Value::List(items)) => {
                    for item in items {
                        self.element(key, item)?;
                    }
                }
                (key, value) => self.element(key, value)?,
            }
        }
        Ok(())
    }

    fn attribute(&mut self, name: &str, value: &Value) -> Result<(), WriteError> {
        if !is_name(name) {
            return Err(WriteError::Name(self.place()));
        }
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.text(text_of(value), true)?;
        self.out.push('"');
        Ok(())
    }

    fn text(&mut self, text: &str, attribute: bool) -> Result<(), WriteError> {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                // Written as it is, a parser would turn it into a line feed.
                '\r' => self.out.push_str("&#13;"),
                '\n' if attribute => self.out.push_str("&#10;"),
                '\t' if attribute => self.out.push_str("&#9;"),
                '\t' | '\n' => self.out.push(c),
                '\0'..' ' | '\u{fffe}' | '\u{ffff}' => {
                    return Err(WriteError::Character(self.place()));
                }
                plain => self.out.push(plain),
            }
        }
        Ok(())
    }

    fn place(&self) -> String {
        self.path.join(".")
    }
}

/// The text of a value that stands where XML has room for a text only.
fn text_of(value: &Value) -> &str {
    match value {
        Value::String(text) => text,
        Value::Number(number) => number.as_str(),
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        // Nobody sends a file in XML: a body with one is a form.
        Value::File(file) => file.name(),
        Value::Null | Value::List(_) | Value::Object(_) => "",
    }
}

fn is_name(name: &str) -> bool {
    let starts = |c: char| c.is_alphabetic() || c == '_';
    name.starts_with(starts)
        && name
            .chars()
            .all(|c| starts(c) || c.is_numeric() || matches!(c, '-' | '.' | ':'))
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, json, xml};
    use super::*;

    fn value(json: &str) -> Value {
        json::parse(json.as_bytes(), &Limits::default())
            .unwrap()
            .to_value()
    }

    fn written(root: &str, json: &str) -> String {
        let bytes = write(root, &value(json)).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
            .unwrap()
            .to_owned()
    }

    #[test]
    fn lists_nulls_attributes_and_text() {
        let cases = [
            (
                r#"{"a":["1","2"],"b":null,"c":""}"#,
                "<r><a>1</a><a>2</a><b/><c></c></r>",
            ),
            (
                r##"{"@id":"\"7\n","#text":"x","b":true}"##,
                "<r id=\"&quot;7&#10;\">x<b>true</b></r>",
            ),
            (r#"{"a":[]}"#, "<r></r>"),
            (
                r#"{"a":[[1,2],[3]]}"#,
                "<r><a><element>1</element><element>2</element></a><a><element>3</element></a></r>",
            ),
            ("[1,2]", "<r><element>1</element><element>2</element></r>"),
            (r#""a<b&c>\r""#, "<r>a&lt;b&amp;c&gt;&#13;</r>"),
            ("null", "<r/>"),
            ("1.50", "<r>1.50</r>"),
        ];
        for (json, xml) in cases {
            assert_eq!(written("r", json), xml, "{json}");
        }
    }

    #[test]
    fn refuses_control_characters_and_odd_names() {
        let error = write("r", &value(r#"{"a":{"b":"canary\u0001"}}"#)).unwrap_err();
        assert_eq!(error, WriteError::Character("r.a.b".to_owned()));
        assert!(!error.to_string().contains("canary"));
        for key in ["", "1a", "a b", "a>", "<a", "#x", "@", "@a b", "-a"] {
            let mut map = Map::new();
            map.insert(key, "x");
            assert_eq!(
                write("r", &map.into()),
                Err(WriteError::Name("r".to_owned())),
                "{key}"
            );
        }
        assert!(write("a b", &Value::Null).is_err());
    }

    #[test]
    fn reads_back_what_it_wrote() {
        let original = value(r##"{"a":["x & y","<z>"],"b":{"@c":"1","#text":"t"},"d":"é€"}"##);
        let bytes = write("r", &original).unwrap();
        let again = xml::parse(&bytes, &Limits::default()).unwrap().to_value();
        assert_eq!(again.get("r"), Some(&original));
    }
}
