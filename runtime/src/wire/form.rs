//! Bodies that are forms: `name=Ann&address[city]=Rome`, or the same in parts.
//!
//! A member of an object stands in brackets behind the name of what it is in, an item of a list in empty ones: the way of
//! PHP, Rails and most others that read nested forms. All values are texts.

use std::borrow::Cow;

use super::json;
use super::value::Value;

/// The media type of a form.
pub const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// The media type of one in parts, without the line between them.
pub const MEDIA_TYPE_OF_PARTS: &str = "multipart/form-data";

/// The fields of a form, in the order of the members. `None` for what is no object.
#[must_use]
pub fn fields(value: &Value) -> Option<Vec<(String, Cow<'_, str>)>> {
    let mut out = Vec::new();
    for (name, value) in value.as_object()?.iter() {
        add(name.to_owned(), value, &mut out);
    }
    Some(out)
}

/// The same with JSON in each field that is no scalar.
#[must_use]
pub fn fields_of_json(value: &Value) -> Option<Vec<(String, Cow<'_, str>)>> {
    let mut out = Vec::new();
    for (name, value) in value.as_object()?.iter() {
        match value {
            Value::List(_) | Value::Object(_) => {
                let text = String::from_utf8(json::write(value)).ok()?;
                out.push((name.to_owned(), text.into()));
            }
            scalar => add(name.to_owned(), scalar, &mut out),
        }
    }
    Some(out)
}

fn add<'v>(name: String, value: &'v Value, out: &mut Vec<(String, Cow<'v, str>)>) {
    match value {
        // A form has no word for nothing but a blank.
        Value::Null => out.push((name, "".into())),
        Value::Bool(value) => out.push((name, value.to_string().into())),
        Value::Number(number) => out.push((name, number.as_str().into())),
        Value::String(text) => out.push((name, text.into())),
        Value::List(items) => {
            for item in items {
                add(format!("{name}[]"), item, out);
            }
        }
        Value::Object(members) => {
            for (key, value) in members.iter() {
                add(format!("{name}[{key}]"), value, out);
            }
        }
    }
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
pub fn write_parts(fields: &[(String, Cow<'_, str>)]) -> (String, Vec<u8>) {
    let boundary = boundary(fields);
    let mut out = String::new();
    for (name, value) in fields {
        // What browsers do with what would end the name.
        let name = name
            .replace('"', "%22")
            .replace('\r', "%0D")
            .replace('\n', "%0A");
        out.push_str("--");
        out.push_str(&boundary);
        out.push_str("\r\nContent-Disposition: form-data; name=\"");
        out.push_str(&name);
        out.push_str("\"\r\n\r\n");
        out.push_str(value);
        out.push_str("\r\n");
    }
    out.push_str("--");
    out.push_str(&boundary);
    out.push_str("--\r\n");
    (boundary, out.into_bytes())
}

/// A line that no value has.
fn boundary(fields: &[(String, Cow<'_, str>)]) -> String {
    let free = |boundary: &String| fields.iter().all(|(_, value)| !value.contains(boundary));
    let mut all = (0_u64..).map(|number| format!("form-part-{number:08}"));
    all.find(free).unwrap_or_default()
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

    /// Reads `multipart/form-data` with texts in it.
    ///
    /// # Errors
    /// Why it is no form, or that it has a file.
    pub fn parse_parts<'b>(body: &'b [u8], boundary: &str) -> Result<Node<'b>, &'static str> {
        let body = std::str::from_utf8(body).map_err(|_| "a part is no text")?;
        let line = format!("--{boundary}");
        if boundary.is_empty() || !body.starts_with(&line) {
            return Err("it does not begin with its boundary");
        }
        if body.trim_end() == format!("{line}--") {
            return tree(std::iter::empty());
        }
        let (all, rest) = body
            .rsplit_once(&format!("\r\n{line}--"))
            .ok_or("it does not end with its boundary")?;
        if !rest.trim().is_empty() {
            return Err("something follows its end");
        }
        let parts = all.get(line.len()..).unwrap_or_default();
        let end = format!("\r\n{line}");
        let parts = parts.split(&end);
        let fields: Result<Vec<_>, _> = parts.map(part).collect();
        tree(fields?.into_iter())
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

    fn part(text: &str) -> Result<(Key<'_>, Key<'_>), &'static str> {
        let (head, value) = text
            .strip_prefix("\r\n")
            .and_then(|text| text.split_once("\r\n\r\n"))
            .ok_or("a part has no head")?;
        let name = head
            .split_once("name=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(name, _)| name)
            .ok_or("a part has no name")?;
        if head.contains("filename=") {
            return Err("a part is a file");
        }
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
    fn no_value_ends_a_part() {
        let evil = "x\r\n--form-part-00000000--\r\n";
        let whole: Map = [("a\"\r\nb", evil)].into_iter().collect();
        let whole = Value::from(whole);
        let fields = fields(&whole).unwrap();
        let (boundary, body) = write_parts(&fields);
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
            let (boundary, body) = write_parts(&fields);
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
                "--b\r\nname=\"a\"; filename=\"f\"\r\n\r\n1\r\n--b--",
                "--b\r\nname=\"a\"\r\n\r\n1\r\n--b--x",
            ] {
                assert!(parse_parts(body.as_bytes(), "b").is_err(), "{body:?}");
                assert!(parse_parts(body.as_bytes(), "").is_err(), "{body:?}");
            }
            assert!(matches!(parse(b""), Ok(crate::wire::Node::Object(_))));
        }
    }
}
