//! Bodies that are forms: `name=Ann&address[city]=Rome`, or the same in parts.
//!
//! A member of an object stands in brackets behind the name of what it is in, an item of a list in empty ones: the way of
//! PHP, Rails and most others that read nested forms. All values are texts.

use std::borrow::Cow;

use super::file::File;
use super::json;
use super::value::Value;

/// The media type of a form.
pub const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// The media type of one in parts, without the line between them.
pub const MEDIA_TYPE_OF_PARTS: &str = "multipart/form-data";

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content<'v> {
    /// A text.
    Text(Cow<'v, str>),
    /// A file.
    File(&'v File),
}

/// A field with its name.
pub type Part<'v> = (String, Content<'v>);

/// The fields of a form, in the order of the members. `None` for what is no object.
#[must_use]
pub fn parts(value: &Value) -> Option<Vec<Part<'_>>> {
    let mut out = Vec::new();
    for (name, value) in value.as_object()?.iter() {
        add(name.to_owned(), value, &mut out);
    }
    Some(out)
}

/// The same without files: a file is its name.
#[must_use]
pub fn fields(value: &Value) -> Option<Vec<(String, Cow<'_, str>)>> {
    parts(value).map(texts)
}

/// The same with JSON in each field that is no scalar.
#[must_use]
pub fn fields_of_json(value: &Value) -> Option<Vec<(String, Cow<'_, str>)>> {
    let mut out = Vec::new();
    for (name, value) in value.as_object()?.iter() {
        match value {
            Value::List(_) | Value::Object(_) => {
                let text = String::from_utf8(json::write(value)).ok()?;
                out.push((name.to_owned(), Content::Text(text.into())));
            }
            scalar => add(name.to_owned(), scalar, &mut out),
        }
    }
    Some(texts(out))
}

/// Whether there is a file in a value: no other body than a form in parts can hold it.
#[must_use]
pub fn holds_file(value: &Value) -> bool {
    match value {
        Value::File(_) => true,
        Value::List(items) => items.iter().any(holds_file),
        Value::Object(members) => members.iter().any(|(_, value)| holds_file(value)),
        _ => false,
    }
}

fn texts(parts: Vec<Part<'_>>) -> Vec<(String, Cow<'_, str>)> {
    let text = |content| match content {
        Content::Text(text) => text,
        Content::File(file) => Cow::Borrowed(file.name()),
    };
    parts
        .into_iter()
        .map(|(name, content)| (name, text(content)))
        .collect()
}

fn add<'v>(name: String, value: &'v Value, out: &mut Vec<Part<'v>>) {
    let text = match value {
        // A form has no word for nothing but a blank.
        Value::Null => "".into(),
        Value::Bool(value) => value.to_string().into(),
        Value::Number(number) => number.as_str().into(),
        Value::String(text) => text.into(),
        Value::List(items) => {
            for item in items {
                add(format!("{name}[]"), item, out);
            }
            return;
        }
        Value::Object(members) => {
            for (key, value) in members.iter() {
                add(format!("{name}[{key}]"), value, out);
            }
            return;
        }
        Value::File(file) => {
            out.push((name, Content::File(file)));
            return;
        }
    };
    out.push((name, Content::Text(text)));
}

/// As `application/x-www-form-urlencoded`.
#[must_use]
pub fn write(fields: &[(String, Cow<'_, str>)]) -> Vec<u8> {
    let mut out = form_urlencoded::Serializer::new(String::new());
    out.extend_pairs(fields);
    out.finish().into_bytes()
}

/// As `multipart/form-data`, with the line that stands between the parts.
#[must_use]
pub fn write_parts(parts: &[Part<'_>]) -> (String, Vec<u8>) {
    let boundary = boundary(parts);
    let mut out = Vec::new();
    let mut put = |bytes: &[u8]| out.extend_from_slice(bytes);
    for (name, content) in parts {
        put(b"--");
        put(boundary.as_bytes());
        put(b"\r\nContent-Disposition: form-data; name=\"");
        put(quoted(name).as_bytes());
        match content {
            Content::Text(text) => {
                put(b"\"\r\n\r\n");
                put(text.as_bytes());
            }
            Content::File(file) => {
                put(b"\"; filename=\"");
                put(quoted(file.name()).as_bytes());
                put(b"\"\r\nContent-Type: ");
                put(media_type(file).as_bytes());
                put(b"\r\n\r\n");
                put(file.content());
            }
        }
        put(b"\r\n");
    }
    put(b"--");
    put(boundary.as_bytes());
    put(b"--\r\n");
    (boundary, out)
}

/// A name between quotes: what browsers do with what would end it.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The media type of a file, as far as it is one.
fn media_type(file: &File) -> &str {
    let plain =
        |text: &&str| text.contains('/') && text.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    Some(file.media_type())
        .filter(plain)
        .unwrap_or("application/octet-stream")
}

/// A line that no value has.
fn boundary(parts: &[Part<'_>]) -> String {
    let holds = |content: &Content<'_>, line: &str| match content {
        Content::Text(text) => text.contains(line),
        Content::File(file) => find(file.content(), line.as_bytes()).is_some(),
    };
    let free = |line: &String| parts.iter().all(|(_, content)| !holds(content, line));
    let mut all = (0_u64..).map(|number| format!("form-part-{number:08}"));
    all.find(free).unwrap_or_default()
}

/// Where bytes stand in others.
fn find(all: &[u8], bytes: &[u8]) -> Option<usize> {
    let first = *bytes.first()?;
    let mut from = 0;
    while let Some(next) = all.get(from..)?.iter().position(|byte| *byte == first) {
        let at = from + next;
        if all[at..].starts_with(bytes) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

#[cfg(feature = "mock")]
pub(crate) use parse::parse_of_json;
pub use parse::{parse, parse_parts};

mod parse {
    use crate::wire::map::Key;
    use crate::wire::node::{Members, Node};
    #[cfg(feature = "mock")]
    use crate::wire::{Limits, json};

    /// Names in brackets that follow each other; who nests deeper means no form.
    const DEEPEST: usize = 24;

    /// Reads `application/x-www-form-urlencoded`.
    ///
    /// # Errors
    /// Why it is no form.
    pub fn parse(body: &[u8]) -> Result<Node<'_>, &'static str> {
        tree(form_urlencoded::parse(body))
    }

    /// Reads `multipart/form-data`. Of a file there is its name.
    ///
    /// # Errors
    /// Why it is no form.
    pub fn parse_parts<'b>(body: &'b [u8], boundary: &str) -> Result<Node<'b>, &'static str> {
        let line = format!("--{boundary}").into_bytes();
        if boundary.is_empty() || !body.starts_with(&line) {
            return Err("it does not begin with its boundary");
        }
        let end = [b"\r\n", line.as_slice()].concat();
        let mut rest = &body[line.len()..];
        let mut fields = Vec::new();
        while !rest.starts_with(b"--") {
            let Some(at) = super::find(rest, &end) else {
                return Err("it does not end with its boundary");
            };
            fields.push(part(&rest[..at])?);
            rest = &rest[at + end.len()..];
        }
        if !rest[2..].trim_ascii().is_empty() {
            return Err("something follows its end");
        }
        tree(fields.into_iter())
    }

    /// Reads `application/x-www-form-urlencoded` with JSON in each field that looks like it.
    #[cfg(feature = "mock")]
    pub(crate) fn parse_of_json(body: &[u8], limits: &Limits) -> Result<Node<'static>, String> {
        let mut members = Members::default();
        for (name, text) in form_urlencoded::parse(body) {
            let node = if text.trim_start().starts_with(['{', '[']) {
                let parsed = json::parse(text.as_bytes(), limits);
                parsed
                    .map_err(|error| format!("a field: {error}"))?
                    .into_owned()
            } else {
                Node::String(text.into_owned().into())
            };
            if members.0.insert(name.into_owned().into(), node).is_some() {
                return Err("a field stands twice".to_owned());
            }
        }
        Ok(Node::Object(members))
    }

    fn part(bytes: &[u8]) -> Result<(Key<'_>, Key<'_>), &'static str> {
        const NO_HEAD: &str = "a part has no head";
        const NO_TEXT: &str = "a part is no text";
        let bytes = bytes.strip_prefix(b"\r\n").ok_or(NO_HEAD)?;
        let at = super::find(bytes, b"\r\n\r\n").ok_or(NO_HEAD)?;
        let head = std::str::from_utf8(&bytes[..at]).map_err(|_| NO_TEXT)?;
        let within = |mark: &str| {
            let (before, rest) = head.split_once(mark)?;
            let apart = before.is_empty() || before.ends_with([' ', ';', '\t']);
            rest.split_once('"').filter(|_| apart).map(|(name, _)| name)
        };
        let name = within("name=\"").ok_or("a part has no name")?;
        let value = match within("filename=\"") {
            Some(file) => file,
            None if head.contains("filename=") => return Err("a part is a file without a name"),
            None => std::str::from_utf8(&bytes[at + 4..]).map_err(|_| NO_TEXT)?,
        };
        Ok((name.into(), value.into()))
    }

    fn tree<'b>(
        fields: impl Iterator<Item = (Key<'b>, Key<'b>)>,
    ) -> Result<Node<'b>, &'static str> {
        let mut root = Node::Object(Members::default());
        for (name, value) in fields {
            let path = path(&name).ok_or("a field has no proper name")?;
            insert(&mut root, &path, value)?;
        }
        Ok(root)
    }

    /// `address[city]` as its names; that of an item is empty.
    fn path(name: &str) -> Option<Vec<String>> {
        let (first, mut rest) = name.split_at(name.find('[').unwrap_or(name.len()));
        let mut out = vec![first.to_owned()];
        while let Some(inner) = rest.strip_prefix('[') {
            let (name, after) = inner.split_once(']')?;
            out.push(name.to_owned());
            rest = after;
        }
        (rest.is_empty() && !first.is_empty() && out.len() <= DEEPEST).then_some(out)
    }

    fn insert<'b>(at: &mut Node<'b>, path: &[String], value: Key<'b>) -> Result<(), &'static str> {
        const TWO: &str = "a field is two things";
        let Some((name, rest)) = path.split_first() else {
            *at = Node::String(value);
            return Ok(());
        };
        match at {
            Node::List(items) if name.is_empty() => {
                // The fields of one item follow each other, until a name comes again.
                let goes_on = |item: &Node<'_>| {
                    let next = rest.first().filter(|next| !next.is_empty());
                    next.is_some_and(|next| rest.len() > 1 || item.get(next).is_none())
                };
                if !items.last().is_some_and(goes_on) {
                    items.push(empty(rest));
                }
                items
                    .last_mut()
                    .map_or(Ok(()), |item| insert(item, rest, value))
            }
            Node::Object(members) if !name.is_empty() => {
                if members.get(name).is_none() {
                    members.0.insert(name.clone().into(), empty(rest));
                } else if rest.is_empty() {
                    return Err("a field stands twice");
                }
                let member = members.0.get_mut(name);
                member.map_or(Ok(()), |member| insert(member, rest, value))
            }
            _ => Err(TWO),
        }
    }

    fn empty<'b>(rest: &[String]) -> Node<'b> {
        match rest.first() {
            None => Node::Null,
            Some(name) if name.is_empty() => Node::List(Vec::new()),
            Some(_) => Node::Object(Members::default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::value::Map;
    use super::*;

    fn nested() -> Value {
        let mut line = Map::new();
        line.insert("sku", "a b&c");
        line.insert("count", 2);
        let mut other = Map::new();
        other.insert("sku", "é\r\nx");
        let mut whole = Map::new();
        whole.insert("name", "Ann");
        whole.insert("gift", true);
        whole.insert("note", Value::Null);
        whole.insert("tags", Value::List(vec!["x".into(), "y".into()]));
        whole.insert("lines", Value::List(vec![line.into(), other.into()]));
        whole.into()
    }

    #[test]
    fn nested_members_stand_in_brackets() {
        let value = nested();
        let fields = fields(&value).unwrap();
        let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "name",
                "gift",
                "note",
                "tags[]",
                "tags[]",
                "lines[][sku]",
                "lines[][count]",
                "lines[][sku]"
            ]
        );
        let text = String::from_utf8(write(&fields)).unwrap();
        assert!(text.starts_with("name=Ann&gift=true&note=&tags%5B%5D=x&"));
        assert!(text.contains("lines%5B%5D%5Bsku%5D=a+b%26c"));
        assert!(text.ends_with("=%C3%A9%0D%0Ax"));
    }

    #[test]
    fn what_is_no_object_is_no_form() {
        assert!(fields(&Value::List(vec![1.into()])).is_none());
        assert!(fields(&"text".into()).is_none());
    }

    #[test]
    fn a_file_is_a_part_with_its_name_and_type() {
        let file = File::new("a\"\r\nb.png", [0, 159, 146, 150]).with_media_type("image/png");
        let odd = File::new("x", *b"--form-part-00000000").with_media_type("a\r\nb: c");
        let mut whole = Map::new();
        whole.insert("note", "x");
        whole.insert("file", Value::File(file));
        whole.insert("more", Value::List(vec![Value::File(odd)]));
        let whole = Value::from(whole);
        assert!(holds_file(&whole));
        let (boundary, body) = write_parts(&parts(&whole).unwrap());
        assert_eq!(boundary, "form-part-00000001");
        let head =
            b"name=\"file\"; filename=\"a%22%0D%0Ab.png\"\r\nContent-Type: image/png\r\n\r\n";
        let at = find(&body, head).unwrap() + head.len();
        assert!(body[at..].starts_with(&[0, 159, 146, 150, b'\r', b'\n']));
        let plain =
            b"name=\"more[]\"; filename=\"x\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        assert!(find(&body, plain).is_some());
        // Who reads it finds the names of the files.
        let read = parse_parts(&body, &boundary).unwrap().to_value();
        assert_eq!(read.get("note"), Some(&"x".into()));
        assert_eq!(read.get("file"), Some(&"a%22%0D%0Ab.png".into()));
    }

    #[test]
    fn no_value_ends_a_part() {
        let evil = "x\r\n--form-part-00000000--\r\n";
        let whole: Map = [("a\"\r\nb", evil)].into_iter().collect();
        let whole = Value::from(whole);
        let parts = parts(&whole).unwrap();
        let (boundary, body) = write_parts(&parts);
        assert_eq!(boundary, "form-part-00000001");
        let text = String::from_utf8(body).unwrap();
        assert!(text.contains("name=\"a%22%0D%0Ab\"\r\n\r\n"));
        assert_eq!(text.matches(&boundary).count(), 2);
    }

    mod read {
        use super::*;
        use crate::wire::{Limits, json};

        #[test]
        fn what_was_written_is_read_again() {
            let value = nested();
            let fields = fields(&value).unwrap();
            let want = r#"{"name":"Ann","gift":"true","note":"","tags":["x","y"],"lines":[{"sku":"a b&c","count":"2"},{"sku":"é\r\nx"}]}"#;
            let want = json::parse(want.as_bytes(), &Limits::default())
                .unwrap()
                .to_value();
            let body = write(&fields);
            assert_eq!(parse(&body).unwrap().to_value(), want);
            let (boundary, body) = write_parts(&parts(&value).unwrap());
            assert_eq!(parse_parts(&body, &boundary).unwrap().to_value(), want);
        }

        #[cfg(feature = "mock")]
        #[test]
        fn json_in_fields_is_read_again() {
            let value = nested();
            let body = write(&fields_of_json(&value).unwrap());
            let text = String::from_utf8(body.clone()).unwrap();
            assert!(text.contains("&tags=%5B%22x%22%2C%22y%22%5D&"), "{text}");
            let limits = Limits::default();
            let read = parse_of_json(&body, &limits).unwrap().to_value();
            assert_eq!(read.get("lines"), value.get("lines"));
            assert_eq!(read.get("gift"), Some(&"true".into()));
            assert!(parse_of_json(b"a={", &limits).is_err());
            assert!(parse_of_json(b"a=1&a=2", &limits).is_err());
        }

        #[test]
        fn what_is_no_form_is_refused() {
            for body in [
                "=1",
                "a[=1",
                "a[b]c=1",
                "a=1&a=2",
                "a=1&a[b]=2",
                "a[]=1&a[b]=2",
            ] {
                assert!(parse(body.as_bytes()).is_err(), "{body}");
            }
            let deep = format!("a{}=1", "[b]".repeat(100_000));
            assert!(parse(deep.as_bytes()).is_err());
            for body in [
                "",
                "--b",
                "--b--\r\nx",
                "--b\r\n\r\n\r\n--b--",
                "--b\r\nname=\"a\"\r\n\r\n1",
                "--b\r\nname=\"a\"; filename=f\r\n\r\n1\r\n--b--",
                "--b\r\nfilename=\"a\"\r\n\r\n1\r\n--b--",
                "--b\r\nname=\"a\"\r\n\r\n1\r\n--b--x",
            ] {
                assert!(parse_parts(body.as_bytes(), "b").is_err(), "{body:?}");
                assert!(parse_parts(body.as_bytes(), "").is_err(), "{body:?}");
            }
            assert!(matches!(parse(b""), Ok(crate::wire::Node::Object(_))));
        }
    }
}
