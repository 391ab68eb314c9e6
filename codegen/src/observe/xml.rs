//! XML as JSON, so that one walk does for both: attributes as `@name`, text beside them as `#text`, elements that come
//! again as members that come again.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::walker::{DEEPEST, Stop};

/// What is known of an element that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Only its name is written.
    Named,
    /// It has attributes or children, and is an object.
    Object,
}

/// Writes a document as JSON to `out`, which is emptied before; `text` is a scratch.
pub(super) fn to_json(body: &[u8], out: &mut Vec<u8>, text: &mut String) -> Result<(), Stop> {
    out.clear();
    text.clear();
    let source = std::str::from_utf8(body).map_err(|_| Stop::Syntax)?;
    let mut reader = Reader::from_str(source);
    let mut open: Vec<Open> = Vec::new();
    let mut done = false;
    out.push(b'{');
    loop {
        match reader.read_event().map_err(|_| Stop::Syntax)? {
            Event::Start(start) => {
                begin(&start, &mut open, out, text, done)?;
            }
            Event::Empty(start) => {
                begin(&start, &mut open, out, text, done)?;
                end(&mut open, out, text)?;
                done |= open.is_empty();
            }
            Event::End(_) => {
                end(&mut open, out, text)?;
                done |= open.is_empty();
            }
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::CData(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(c)) => text.push(c),
                _ => text.push_str(named(&reference)),
            },
            Event::DocType(_) => return Err(Stop::Syntax),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    if !open.is_empty() || !done {
        return Err(Stop::Syntax);
    }
    out.push(b'}');
    Ok(())
}

fn named(name: &str) -> &'static str {
    match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        _ => "?",
    }
}

fn begin(
    start: &BytesStart<'_>,
    open: &mut Vec<Open>,
    out: &mut Vec<u8>,
    text: &mut String,
    done: bool,
) -> Result<(), Stop> {
    if open.len() >= DEEPEST {
        return Err(Stop::Deep);
    }
    if open.is_empty() && done {
        return Err(Stop::Syntax);
    }
    // Text between elements is remarks or nothing.
    text.clear();
    if let Some(around) = open.last_mut()
        && *around == Open::Named
    {
        *around = Open::Object;
        out.push(b'{');
    }
    key(start.name().0, "", out);
    let mut state = Open::Named;
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| Stop::Syntax)?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|_| Stop::Syntax)?;
        if state == Open::Named {
            state = Open::Object;
            out.push(b'{');
        }
        key(attribute.key.0, "@", out);
        string(&value, out);
    }
    open.push(state);
    Ok(())
}

fn end(open: &mut Vec<Open>, out: &mut Vec<u8>, text: &mut String) -> Result<(), Stop> {
    let state = open.pop().ok_or(Stop::Syntax)?;
    let content = text.trim();
    match state {
        Open::Named => string(content, out),
        Open::Object => {
            if !content.is_empty() {
                key("#text", "", out);
                string(content, out);
            }
            out.push(b'}');
        }
    }
    text.clear();
    Ok(())
}

fn key(name: &str, before: &str, out: &mut Vec<u8>) {
    if out.last() != Some(&b'{') {
        out.push(b',');
    }
    out.push(b'"');
    out.extend_from_slice(before.as_bytes());
    escape(name, out);
    out.extend_from_slice(b"\":");
}

fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    escape(text, out);
    out.push(b'"');
}

fn escape(text: &str, out: &mut Vec<u8>) {
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            // Only that there is such a character matters.
            0..=31 => out.push(b' '),
            _ => out.push(byte),
        }
    }
}
