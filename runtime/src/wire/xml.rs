//! XML to tree.
//!
//! An element without children is its trimmed text. Of an element with children or attributes the
//! children stand by their names, the attributes as `@name`, and text beside them as `#text`.
//! Siblings of one name become a list.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::limits::{Limits, ParseError, text};
use super::map::Key;
use super::node::{Members, Node};
pub use super::xml_write::{WriteError, write};

/// Parses XML into an object with one member: the root element by its name.
///
/// # Errors
/// The body is not well-formed XML in UTF-8, has a document type, refers to an entity other than
/// the five of XML itself, or passes a limit.
pub fn parse<'a>(body: &'a [u8], limits: &Limits) -> Result<Node<'a>, ParseError> {
    let source = text(body, limits)?;
    let mut reader = Reader::from_str(source);
    let mut open: Vec<Open<'a>> = Vec::new();
    let mut root: Option<Members<'a>> = None;
    loop {
        let from = reader.buffer_position();
        let syntax = ParseError::Syntax {
            format: "XML",
            offset: from,
        };
        let event = reader.read_event().map_err(|_| syntax.clone())?;
        let closed = match event {
            Event::Start(start) => {
                if open.len() >= limits.max_depth {
                    return Err(ParseError::TooDeep(limits.max_depth));
                }
                open.push(Open::new(source, from, &start).ok_or(syntax)?);
                continue;
            }
            Event::Empty(start) => {
                if open.len() >= limits.max_depth {
                    return Err(ParseError::TooDeep(limits.max_depth));
                }
                Open::new(source, from, &start).ok_or_else(|| syntax.clone())?
            }
            Event::End(_) => open.pop().ok_or_else(|| syntax.clone())?,
            Event::Text(text) => {
                add_text(&mut open, text.xml10_content(), syntax)?;
                continue;
            }
            Event::CData(text) => {
                add_text(&mut open, text.xml10_content(), syntax)?;
                continue;
            }
            Event::GeneralRef(reference) => {
                add_text(&mut open, resolve(&reference)?, syntax)?;
                continue;
            }
            Event::DocType(_) => return Err(ParseError::DocumentType),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => continue,
            Event::Eof => break,
        };
        let (name, node) = closed.close();
        match open.last_mut() {
            Some(parent) => parent.add(name, node),
            None if root.is_none() => {
                root.get_or_insert_default().0.insert(name, node);
            }
            None => return Err(syntax),
        }
    }
    match root {
        Some(root) if open.is_empty() => Ok(Node::Object(root)),
        _ => Err(ParseError::Syntax {
            format: "XML",
            offset: reader.buffer_position(),
        }),
    }
}

/// An element whose end has not come yet.
struct Open<'a> {
    name: Key<'a>,
    members: Members<'a>,
    text: Key<'a>,
}

impl<'a> Open<'a> {
    /// Reads a start tag that begins at `from`. `None`: its attributes are not well-formed.
    fn new(source: &'a str, from: u64, start: &BytesStart<'_>) -> Option<Self> {
        let name = start.name().0;
        let begin = usize::try_from(from).ok()?.checked_add(1)?;
        let name = match source.get(begin..begin + name.len()) {
            Some(place) if place == name => Key::Borrowed(place),
            _ => Key::Owned(name.to_owned()),
        };
        let mut members = Members::default();
        for attribute in start.attributes() {
            let attribute = attribute.ok()?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            let value = Node::String(Key::Owned(value.into_owned()));
            members
                .0
                .insert(Key::Owned(format!("@{}", attribute.key.0)), value);
        }
        Some(Self {
            name,
            members,
            text: Key::Borrowed(""),
        })
    }

    fn add(&mut self, name: Key<'a>, node: Node<'a>) {
        // Siblings of one name mostly follow each other.
        let same = match self.members.0.last_mut() {
            Some((last, present)) if *last == name => Some(present),
            _ => self.members.0.get_mut(&name),
        };
        match same {
            None => {
                self.members.0.insert(name, node);
            }
            // An element is never a list itself, so this list is of siblings.
            Some(Node::List(siblings)) => siblings.push(node),
            Some(first) => {
                let before = std::mem::replace(first, Node::Null);
                *first = Node::List(vec![before, node]);
            }
        }
    }

    fn close(mut self) -> (Key<'a>, Node<'a>) {
        let text = trim(self.text);
        if self.members.is_empty() {
            return (self.name, Node::String(text));
        }
        if text.is_empty() && says_null(&self.members) {
            return (self.name, Node::Null);
        }
        if !text.is_empty() {
            self.members
                .0
                .insert(Key::Borrowed("#text"), Node::String(text));
        }
        (self.name, Node::Object(self.members))
    }
}

/// `<stores null="true"/>` and `<stores xsi:nil="true"/>` are ways to write "no value".
fn says_null(members: &Members<'_>) -> bool {
    let Some((name, Node::String(value))) = members.only() else {
        return false;
    };
    let name = name.rsplit_once(':').map_or(name, |(_, local)| local);
    matches!(name, "@null" | "@nil" | "null" | "nil") && value == "true"
}

fn trim(text: Key<'_>) -> Key<'_> {
    match text {
        Key::Borrowed(text) => Key::Borrowed(text.trim()),
        Key::Owned(text) => Key::Owned(text.trim().to_owned()),
    }
}

/// Text counts inside the root element only; outside of it there may be blanks.
fn add_text<'a>(
    open: &mut [Open<'a>],
    text: Key<'a>,
    syntax: ParseError,
) -> Result<(), ParseError> {
    match open.last_mut() {
        Some(element) if element.text.is_empty() => element.text = text,
        Some(element) => element.text.to_mut().push_str(&text),
        None if text.trim().is_empty() => {}
        None => return Err(syntax),
    }
    Ok(())
}

fn resolve(reference: &BytesRef<'_>) -> Result<Key<'static>, ParseError> {
    let known = match &**reference {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => {
            return match reference.resolve_char_ref() {
                Ok(Some(c)) => Ok(Key::Owned(c.to_string())),
                _ => Err(ParseError::UnknownEntity),
            };
        }
    };
    Ok(Key::Borrowed(known))
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;

    fn read(text: &str) -> Result<Value, ParseError> {
        parse(text.as_bytes(), &Limits::default()).map(|node| node.to_value())
    }

    use super::super::value::Value;

    fn as_json(text: &str) -> String {
        String::from_utf8(json::write(&read(text).unwrap())).unwrap()
    }

    #[test]
    fn texts_siblings_attributes_and_empties() {
        let cases = [
            (
                "<r><a> 1 </a><b/><c></c></r>",
                r#"{"r":{"a":"1","b":"","c":""}}"#,
            ),
            (
                "<r><a>1</a><b>x</b><a>2</a><a>3</a></r>",
                r#"{"r":{"a":["1","2","3"],"b":"x"}}"#,
            ),
            (r#"<r id="7">x</r>"#, r##"{"r":{"@id":"7","#text":"x"}}"##),
            (
                "<r> x <b>1</b> y </r>",
                r##"{"r":{"b":"1","#text":"x  y"}}"##,
            ),
            ("<r/>", r#"{"r":""}"#),
            (
                r#"<r><s null="true"/><t xsi:nil="true"></t></r>"#,
                r#"{"r":{"s":null,"t":null}}"#,
            ),
            (
                "<?xml version=\"1.0\"?>\n<!-- c --><r><![CDATA[<&>]]></r>\n",
                r#"{"r":"<&>"}"#,
            ),
            (
                "<r>a &amp; b &lt;&#65;&#x42;&gt;</r>",
                r#"{"r":"a & b <AB>"}"#,
            ),
            (r#"<r a="&quot;&#65;"/>"#, r#"{"r":{"@a":"\"A"}}"#),
        ];
        for (xml, json) in cases {
            assert_eq!(as_json(xml), json, "{xml}");
        }
    }

    #[test]
    fn borrows_names_and_texts() {
        let node = parse(b"<r><a>x</a></r>", &Limits::default()).unwrap();
        let root = node.get("r").unwrap();
        assert!(matches!(
            root.get("a"),
            Some(Node::String(Key::Borrowed("x")))
        ));
        let Node::Object(members) = root else {
            panic!("no object")
        };
        assert!(matches!(members.0.entries()[0].0, Key::Borrowed("a")));
    }

    #[test]
    fn refuses_what_is_not_well_formed() {
        for text in [
            "",
            "x",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a b=1/>",
            "<a b='1' b='2'/>",
            "</a>",
            "<a/>x",
            "<a>&lt</a>",
        ] {
            assert!(
                matches!(read(text), Err(ParseError::Syntax { .. })),
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_entities_and_document_types() {
        let bomb = r#"<!DOCTYPE r [<!ENTITY a "aaaa">]><r>&a;</r>"#;
        assert_eq!(read(bomb), Err(ParseError::DocumentType));
        assert_eq!(read("<r>&nbsp;</r>"), Err(ParseError::UnknownEntity));
        assert_eq!(read("<r>&#0;</r>"), Err(ParseError::UnknownEntity));
    }

    #[test]
    fn keeps_to_the_limits() {
        let deep = |levels: usize| format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels));
        assert!(read(&deep(64)).is_ok());
        assert_eq!(read(&deep(65)), Err(ParseError::TooDeep(64)));
        let empty = format!("{}<a/>{}", "<a>".repeat(64), "</a>".repeat(64));
        assert_eq!(read(&empty), Err(ParseError::TooDeep(64)));
    }
}
