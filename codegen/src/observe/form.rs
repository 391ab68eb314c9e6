//! Forms as JSON, so that one walk does for them too: `name=Ann&address[city]=Rome`, or the same in parts.
//!
//! Names in brackets are read in the ways that are common: `[city]` is a member, `[]` the next item of a list, `[0]` the
//! item with this number. Clients write forms in many ways, so a name that is none of these is that of a member.

use std::borrow::Cow;

use memchr::memmem;
use serde_json::{Map, Value};

use super::walker::{DEEPEST, Stop};
use super::{Exchange, MASKED};
use crate::spec::Encoding;

/// The body of a request as it is walked: a form as JSON, anything else as it came.
pub(super) fn request_body<'e>(
    exchange: &'e Exchange<'_>,
    documented: Option<Encoding>,
) -> Result<Cow<'e, [u8]>, Stop> {
    let body = exchange.request_body.as_ref();
    let Some(encoding) = encoding(exchange, documented) else {
        return Ok(Cow::Borrowed(body));
    };
    let fields = match encoding {
        Encoding::Multipart => parts(body)?,
        Encoding::Form | Encoding::JsonForm => form_urlencoded::parse(body)
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect(),
    };
    let mut root = Map::new();
    for (name, text) in fields {
        let value = match encoding {
            Encoding::JsonForm => json_in(&text),
            Encoding::Form | Encoding::Multipart => None,
        };
        insert(
            &mut root,
            &path(&name)?,
            value.unwrap_or(Value::String(text)),
        )?;
    }
    let root: Map<_, _> = root
        .into_iter()
        .map(|(key, value)| (key, settled(value)))
        .collect();
    serde_json::to_vec(&root)
        .map(Cow::Owned)
        .map_err(|_| Stop::Syntax)
}

/// How a body is written, if it is a form. What begins as JSON or XML is that, whatever its header says: some clients name
/// all they send a form.
fn encoding(exchange: &Exchange<'_>, documented: Option<Encoding>) -> Option<Encoding> {
    let start = exchange.request_body.trim_ascii_start();
    let is_other = start.is_empty() || start.starts_with(b"\xef\xbb\xbf");
    if is_other || matches!(start.first(), Some(b'{' | b'[' | b'<')) {
        return None;
    }
    let name =
        |(name, _): &&(Cow<'_, str>, Cow<'_, str>)| name.eq_ignore_ascii_case("content-type");
    let header = exchange.request_headers.iter().find(name);
    let media_type = header.and_then(|(_, value)| value.split(';').next());
    let is = |encoding: Encoding| {
        media_type.is_some_and(|name| name.trim().eq_ignore_ascii_case(encoding.media_type()))
    };
    if is(Encoding::Multipart) {
        Some(Encoding::Multipart)
    } else if is(Encoding::Form) {
        // Both ways to write a field have the same media type.
        let json = documented.filter(|encoding| *encoding == Encoding::JsonForm);
        Some(json.unwrap_or(Encoding::Form))
    } else {
        documented
    }
}

/// JSON in a field that looks like it.
fn json_in(text: &str) -> Option<Value> {
    let is_nested = text.trim_start().starts_with(['{', '[']);
    is_nested.then(|| serde_json::from_str(text).ok()).flatten()
}

/// The fields of a form in parts. Its first line is what stands between them: recorders mask headers, which have it too.
fn parts(body: &[u8]) -> Result<Vec<(String, String)>, Stop> {
    let body = body.trim_ascii();
    let end = memchr::memchr(b'\n', body).unwrap_or(body.len());
    let (line, mut rest) = body.split_at(end);
    let line = line.trim_ascii_end();
    if !line.starts_with(b"--") || line.len() < 3 {
        return Err(Stop::Syntax);
    }
    let between = [b"\n", line].concat();
    let mut out = Vec::new();
    // Without the mark of the end it was cut off.
    while let Some(at) = memmem::find(rest, &between) {
        let (part, after) = rest.split_at(at);
        out.extend(field(part)?);
        rest = after.get(between.len()..).unwrap_or_default();
        if rest.starts_with(b"--") {
            return Ok(out);
        }
    }
    // No field at all.
    let is_empty = out.is_empty() && line.ends_with(b"--") && rest.is_empty();
    if is_empty { Ok(out) } else { Err(Stop::Syntax) }
}

/// A part; nothing if it has no name.
fn field(part: &[u8]) -> Result<Option<(String, String)>, Stop> {
    let part = part.strip_suffix(b"\r").unwrap_or(part);
    let (at, length) = match memmem::find(part, b"\r\n\r\n") {
        Some(at) => (at, 4),
        None => (memmem::find(part, b"\n\n").ok_or(Stop::Syntax)?, 2),
    };
    let head = String::from_utf8_lossy(part.get(..at).unwrap_or_default());
    let value = part.get(at + length..).unwrap_or_default();
    let disposition = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let is = name.trim().eq_ignore_ascii_case("content-disposition");
        is.then_some(value)
    });
    let attributes = disposition.unwrap_or_default();
    let Some(name) = attribute(attributes, "name") else {
        return Ok(None);
    };
    // What is in a file is not looked at.
    let value = match attribute(attributes, "filename") {
        Some(_) => MASKED.to_owned(),
        None => String::from_utf8_lossy(value).into_owned(),
    };
    Ok(Some((name, value)))
}

/// The value of `name="value"` behind a semicolon.
fn attribute(text: &str, wanted: &str) -> Option<String> {
    text.split(';').skip(1).find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let is = name.trim().eq_ignore_ascii_case(wanted);
        is.then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// `address[city]` as its names; that of an item is empty.
fn path(name: &str) -> Result<Vec<&str>, Stop> {
    let whole = vec![name];
    let (first, mut rest) = name.split_at(name.find('[').unwrap_or(name.len()));
    if first.is_empty() {
        return Ok(whole);
    }
    let mut out = vec![first];
    while let Some((name, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        if out.len() >= DEEPEST {
            return Err(Stop::Deep);
        }
        out.push(name);
        rest = after;
    }
    Ok(if rest.is_empty() { out } else { whole })
}

fn insert(at: &mut Map<String, Value>, path: &[&str], value: Value) -> Result<(), Stop> {
    let Some((name, rest)) = path.split_first() else {
        return Ok(());
    };
    let Some(known) = at.get_mut(*name) else {
        at.insert((*name).to_owned(), fresh(rest, value)?);
        return Ok(());
    };
    match (known, rest) {
        // A field that comes again is a list.
        (Value::Array(items), []) => items.push(value),
        (Value::String(_), []) => {
            let first = at.remove(*name).unwrap_or_default();
            at.insert((*name).to_owned(), Value::Array(vec![first, value]));
        }
        (Value::Object(members), [_, ..]) => insert(members, rest, value)?,
        (Value::Array(items), ["", inside @ ..]) => match (items.last_mut(), inside) {
            // The fields of one item follow each other, until a name comes again.
            (Some(Value::Object(item)), [next, ..])
                if inside.len() > 1 || !item.contains_key(*next) =>
            {
                insert(item, inside, value)?;
            }
            _ => items.push(fresh(inside, value)?),
        },
        // One field is two things.
        _ => return Err(Stop::Syntax),
    }
    Ok(())
}

/// A value below these names, where nothing stands yet.
fn fresh(path: &[&str], value: Value) -> Result<Value, Stop> {
    match path {
        [] => Ok(value),
        ["", rest @ ..] => Ok(Value::Array(vec![fresh(rest, value)?])),
        _ => {
            let mut members = Map::new();
            insert(&mut members, path, value)?;
            Ok(Value::Object(members))
        }
    }
}

/// With lists in the place of objects whose members are counted from 0.
fn settled(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(settled).collect(),
        Value::Object(members) => {
            let is_list = !members.is_empty()
                && (0..members.len()).all(|at| members.contains_key(&at.to_string()));
            let inside = members
                .into_iter()
                .map(|(key, value)| (key, settled(value)));
            if is_list {
                inside.map(|(_, value)| value).collect()
            } else {
                Value::Object(inside.collect())
            }
        }
        leaf => leaf,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange<'a>(media_type: &'a str, body: &'a str) -> Exchange<'a> {
        Exchange {
            request_headers: vec![("content-type".into(), media_type.into())],
            request_body: Cow::Borrowed(body.as_bytes()),
            ..Exchange::default()
        }
    }

    /// The body that is walked. The order of members does not matter.
    fn tree(media_type: &str, body: &str, documented: Option<Encoding>) -> Result<Value, Stop> {
        let json = read(media_type, body, documented)?;
        Ok(serde_json::from_str(&json).unwrap())
    }

    fn json(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    fn read(media_type: &str, body: &str, documented: Option<Encoding>) -> Result<String, Stop> {
        let exchange = exchange(media_type, body);
        let json = request_body(&exchange, documented)?;
        Ok(String::from_utf8_lossy(&json).into_owned())
    }

    const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

    #[test]
    fn names_in_brackets_are_what_they_are_in() {
        for (form, want) in [
            ("a=1&b=x+y%26z", r#"{"a":"1","b":"x y&z"}"#),
            ("a[b][c]=1&a%5Bd%5D=2", r#"{"a":{"b":{"c":"1"},"d":"2"}}"#),
            ("a[]=1&a[]=2", r#"{"a":["1","2"]}"#),
            ("a=1&a=2&a=3", r#"{"a":["1","2","3"]}"#),
            ("a[0][n]=1&a[1][n]=2", r#"{"a":[{"n":"1"},{"n":"2"}]}"#),
            ("a[7]=1", r#"{"a":{"7":"1"}}"#),
            (
                "a[][n]=1&a[][m]=2&a[][n]=3",
                r#"{"a":[{"m":"2","n":"1"},{"n":"3"}]}"#,
            ),
            (
                "a[b=1&[c]=2&d[e]f=3",
                r#"{"[c]":"2","a[b":"1","d[e]f":"3"}"#,
            ),
            ("a={\"b\":1}", r#"{"a":"{\"b\":1}"}"#),
        ] {
            assert_eq!(tree(FORM, form, None), Ok(json(want)), "{form}");
        }
        assert_eq!(read(FORM, "a=1&a[b]=2", None), Err(Stop::Syntax));
        let deep = format!("a{}=1", "[b]".repeat(100_000));
        assert_eq!(read(FORM, &deep, None), Err(Stop::Deep));
    }

    #[test]
    fn the_docs_say_what_no_header_says() {
        for documented in [None, Some(Encoding::Form), Some(Encoding::JsonForm)] {
            for body in ["", " {\"a\":1}", "[1]", "<a/>", "\u{feff}{}"] {
                assert_eq!(read(FORM, body, documented).as_deref(), Ok(body));
            }
        }
        assert_eq!(read("", "a=1", None).as_deref(), Ok("a=1"));
        let form = Some(Encoding::Form);
        assert_eq!(read("", "a=1", form).as_deref(), Ok(r#"{"a":"1"}"#));
        let body = "a={\"b\":1}&c=[x&d=[2]";
        let want = json(r#"{"a":{"b":1},"c":"[x","d":[2]}"#);
        for media_type in ["", FORM] {
            let read = tree(media_type, body, Some(Encoding::JsonForm));
            assert_eq!(read.as_ref(), Ok(&want));
        }
    }

    #[test]
    fn parts_are_fields() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"a[n]\"\r\n\r\n1\r\n--x\r\n--b\r\n\
            content-type: image/png\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"me.png\"\r\n\r\n..\r\n--b--\r\n";
        let want = r#"{"a":{"n":"1\r\n--x"},"photo":"masked"}"#;
        for (media_type, documented) in [
            ("multipart/form-data; boundary=b", None),
            ("Multipart/Form-Data", None),
            ("", Some(Encoding::Multipart)),
        ] {
            assert_eq!(tree(media_type, body, documented), Ok(json(want)));
            let plain = body.replace('\r', "");
            let want = json(&want.replace("\\r", ""));
            assert_eq!(tree(media_type, &plain, documented), Ok(want));
        }
        let cut = &body[..body.len() - 6];
        for body in [cut, "a=1", "--b", "--b\r\nno head\r\n--b--"] {
            let result = read("multipart/form-data", body, None);
            assert_eq!(result, Err(Stop::Syntax), "{body:?}");
        }
        assert_eq!(
            read("multipart/form-data", "--b--", None).as_deref(),
            Ok("{}")
        );
    }
}
