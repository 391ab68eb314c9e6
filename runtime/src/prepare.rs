//! From a call to the bytes of its request.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use secrecy::{ExposeSecret as _, SecretString};

use crate::error::Error;
use crate::operation::{Encoding, Method, Wrap};
use crate::parameter::Parameter;
use crate::wire::{Format, Map, Value, form, json, xml};

/// What may stand in a path segment or a query as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A parameter of a query.
#[derive(Clone)]
pub(crate) struct Queried {
    pub(crate) name: Cow<'static, str>,
    /// What the rules of an operation look at.
    pub(crate) text: String,
    /// What stands in the URL.
    encoded: String,
}

/// What stands in a URL that is shown in the place of a key.
const HIDDEN: &str = "***";

impl Queried {
    /// A plain comma stands between the items of a list only; one within an item is encoded.
    ///
    /// What is no list and holds a comma may be one value (a number of a customer's card) or a list that
    /// its caller wrote out: the API documents many of those as texts. Encoded is right for both.
    /// Servers decode a parameter before they look at it, so that who splits at commas finds them; and
    /// who splits the query before decoding it does not cut a value in two.
    pub(crate) fn new(name: impl Into<Cow<'static, str>>, value: &dyn Parameter) -> Option<Self> {
        let encode = |item: &String| utf8_percent_encode(item, PLAIN).to_string();
        let encoded: Vec<String> = value.items().iter().map(encode).collect();
        Some(Self {
            name: name.into(),
            text: value.text()?,
            encoded: encoded.join(","),
        })
    }
}

/// A request as it would be sent.
///
/// `Debug` shows neither values nor the address: URLs and headers hold personal data and secrets.
pub struct PreparedRequest {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    /// The URL without a key.
    pub(crate) url: String,
    /// The whole URL where a key stands in its query.
    pub(crate) url_with_key: Option<SecretString>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Whether all headers of the answer are wanted.
    pub(crate) keep_headers: bool,
}

impl PreparedRequest {
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        replace(&mut self.headers, name, value);
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// The whole URL with its query, as it may be shown to who may see what the request is about. Where a key stands in the
    /// query, it reads `***` here.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The URL to which the request is to be sent, with a key in its query where the API takes it there. For
    /// [transports](crate::Transport): it is as secret as the credentials in [`headers`](Self::headers).
    #[must_use]
    pub fn url_to_send(&self) -> &str {
        match &self.url_with_key {
            Some(url) => url.expose_secret(),
            None => &self.url,
        }
    }

    /// All headers that this crate sets, credentials among them.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers()
            .find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }

    /// The body; empty if there is none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Debug for PreparedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers().map(|(name, _)| name).collect();
        f.debug_struct("PreparedRequest")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("headers", &names)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Sets a header, in the place of one of the same name.
pub(crate) fn replace(headers: &mut Vec<(String, String)>, name: &str, value: &str) {
    headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    headers.push((name.to_owned(), value.to_owned()));
}

/// The whole URL: address, path with its parameters filled in, suffix, query.
pub(crate) fn url(
    base: &str,
    path: &str,
    suffix: Option<&str>,
    parameters: &[(&'static str, String)],
    query: &[Queried],
) -> Result<String, Error> {
    let mut url = base.trim_end_matches('/').to_owned();
    url.push('/');
    fill(&mut url, path.trim_start_matches('/'), parameters)?;
    url.push_str(suffix.unwrap_or(""));
    for (index, parameter) in query.iter().enumerate() {
        url.push(if index == 0 { '?' } else { '&' });
        url.extend(utf8_percent_encode(&parameter.name, PLAIN));
        url.push('=');
        url.push_str(&parameter.encoded);
    }
    Ok(url)
}

/// Puts keys into the query of a URL. Gives the URL to show, and the one to send where it is another.
pub(crate) fn with_keys(
    mut url: String,
    keys: &[(&str, SecretString)],
) -> (String, Option<SecretString>) {
    if keys.is_empty() {
        return (url, None);
    }
    let mut whole = url.clone();
    for (name, key) in keys {
        let mark = if url.contains('?') { '&' } else { '?' };
        let before = format!("{mark}{}=", utf8_percent_encode(name, PLAIN));
        url.push_str(&before);
        url.push_str(HIDDEN);
        whole.push_str(&before);
        whole.extend(utf8_percent_encode(key.expose_secret(), PLAIN));
    }
    (url, Some(whole.into()))
}

fn fill(url: &mut String, path: &str, parameters: &[(&'static str, String)]) -> Result<(), Error> {
    let mut rest = path;
    let mut used = 0;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let Some((name, value)) = parameters.iter().find(|(other, _)| *other == name) else {
            return Err(Error::invalid(format!(
                "the path parameter {name} is missing"
            )));
        };
        // Servers and proxies take these for steps in the tree of paths, encoded or not.
        if matches!(value.as_str(), "" | "." | "..") {
            return Err(Error::invalid(format!(
                "the path parameter {name} is empty, a dot or two dots"
            )));
        }
        url.push_str(before);
        url.extend(utf8_percent_encode(value, PLAIN));
        rest = after;
        used += 1;
    }
    url.push_str(rest);
    if used < parameters.len() {
        return Err(Error::invalid(
            "a path parameter was given that the path does not have",
        ));
    }
    Ok(())
}

/// The body on the wire, below its wrappers, and its media type.
pub(crate) fn body(
    how: Wrap,
    value: Value,
    format: Format,
) -> Result<(Cow<'static, str>, Vec<u8>), Error> {
    let whole = wrap(how, value);
    let no_object = || Error::invalid("a form must be an object");
    if how.encoding != Encoding::Multipart && form::holds_file(&whole) {
        return Err(Error::invalid("a file can only be sent in a form in parts"));
    }
    let fields = || form::fields(&whole).ok_or_else(no_object);
    Ok(match how.encoding {
        Encoding::Document => (format.media_type().into(), document(&whole, format)?),
        Encoding::Form => (form::MEDIA_TYPE.into(), form::write(&fields()?)),
        Encoding::JsonForm => {
            let fields = form::fields_of_json(&whole).ok_or_else(no_object)?;
            (form::MEDIA_TYPE.into(), form::write(&fields))
        }
        Encoding::Multipart => {
            let (boundary, body) = form::write_parts(&form::parts(&whole).ok_or_else(no_object)?);
            let media_type = form::MEDIA_TYPE_OF_PARTS;
            (format!("{media_type}; boundary={boundary}").into(), body)
        }
    })
}

fn document(whole: &Value, format: Format) -> Result<Vec<u8>, Error> {
    match format {
        Format::Json => Ok(json::write(whole)),
        Format::Xml => write_xml(whole)
            .map_err(|error| Error::invalid("the body cannot be written as XML").caused_by(error)),
    }
}

fn write_xml(whole: &Value) -> Result<Vec<u8>, xml::WriteError> {
    // One member that is no list can be the root element itself.
    if let Value::Object(map) = whole
        && let Some((name, content)) = map.iter().next().filter(|_| map.len() == 1)
        && content.as_list().is_none()
    {
        return xml::write(name, content);
    }
    xml::write("root", whole)
}

pub(crate) fn wrap(wrap: Wrap, mut value: Value) -> Value {
    if wrap.list && value.as_list().is_none() {
        value = Value::List(vec![value]);
    }
    for key in wrap.keys.iter().rev() {
        let mut outer = Map::new();
        outer.set(key, value);
        value = Value::Object(outer);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::File;

    fn parameter(value: &str) -> Vec<(&'static str, String)> {
        vec![("id", value.to_owned())]
    }

    fn built(base: &str, path: &str, value: &str) -> Result<String, Error> {
        url(base, path, Some(".json"), &parameter(value), &[])
    }

    #[test]
    fn joins_address_path_suffix_and_query() {
        let query = [
            Queried::new("a b", &"x y&z="),
            Queried::new("ids", &vec![1, 2]),
        ];
        let query = query.map(Option::unwrap);
        let url = url("https://h/base/", "/v1/add", None, &[], &query).unwrap();
        assert_eq!(url, "https://h/base/v1/add?a%20b=x%20y%26z%3D&ids=1,2");
    }

    #[test]
    fn only_a_form_in_parts_holds_a_file() {
        let file = File::new("label.png", [0, 159]);
        let mut whole = Map::new();
        whole.insert("labels", Value::List(vec![Value::File(file)]));
        let written = |how: Wrap| body(how, whole.clone().into(), Format::Json);
        let (media_type, bytes) = written(Wrap::NONE.in_parts()).unwrap();
        assert!(media_type.starts_with("multipart/form-data; boundary="));
        assert!(bytes.windows(2).any(|pair| pair == [0, 159]));
        for how in [
            Wrap::NONE,
            Wrap::NONE.as_form(),
            Wrap::NONE.as_form_of_json(),
        ] {
            let error = written(how).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::InvalidRequest);
            assert!(error.to_string().contains("form in parts"), "{error}");
        }
    }

    #[test]
    fn a_comma_within_a_value_is_no_end_of_it() {
        let encoded = |value: &dyn Parameter| Queried::new("id", value).map(|query| query.encoded);
        assert_eq!(encoded(&"A,B").as_deref(), Some("A%2CB"));
        assert_eq!(encoded(&Some("A,B")).as_deref(), Some("A%2CB"));
        assert_eq!(encoded(&vec!["A,B", "C"]).as_deref(), Some("A%2CB,C"));
        assert_eq!(encoded(&Vec::<i64>::new()), None);
        let rules_see = Queried::new("id", &vec!["A,B", "C"]).unwrap().text;
        assert_eq!(rules_see, "A,B,C");
    }

    #[test]
    fn a_path_parameter_stays_one_segment() {
        let url = built("https://h", "/v1/{id}/get", "a/../b?c#d%2e é").unwrap();
        assert_eq!(
            url,
            "https://h/v1/a%2F..%2Fb%3Fc%23d%252e%20%C3%A9/get.json"
        );
        for value in ["", ".", ".."] {
            let error = built("https://h", "/v1/{id}", value).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::InvalidRequest);
        }
    }

    #[test]
    fn path_parameters_must_fit_the_path() {
        assert!(built("https://h", "/v1/{other}", "x").is_err());
        assert!(built("https://h", "/v1", "x").is_err());
    }

    #[test]
    fn wraps_a_body() {
        let list = Wrap::list_at(&["root", "parcel"]);
        assert_eq!(
            json::write(&wrap(list, 1.into())),
            br#"{"root":{"parcel":[1]}}"#
        );
        let two = Value::List(vec![1.into(), 2.into()]);
        assert_eq!(
            json::write(&wrap(list, two)),
            br#"{"root":{"parcel":[1,2]}}"#
        );
        assert_eq!(json::write(&wrap(Wrap::NONE, 1.into())), b"1");
    }

    #[test]
    fn xml_has_one_root() {
        let text = |value: &Value| {
            let bytes = write_xml(value).unwrap();
            String::from_utf8(bytes)
                .unwrap()
                .split_once("?>")
                .unwrap()
                .1
                .to_owned()
        };
        let list = Wrap::list_at(&["root", "a"]);
        assert_eq!(text(&wrap(list, 1.into())), "<root><a>1</a></root>");
        let top = Wrap::list_at(&["a"]);
        assert_eq!(text(&wrap(top, 1.into())), "<root><a>1</a></root>");
        let flat: Map = [("a", 1), ("b", 2)].into_iter().collect();
        assert_eq!(text(&flat.into()), "<root><a>1</a><b>2</b></root>");
    }
}
