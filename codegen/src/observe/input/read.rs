//! One record: an exchange or an event.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Fault;
use crate::observe::{Event, Exchange, Headers, MASKED};
use crate::spec::Encoding;

/// What a record is.
pub enum Record<'a> {
    /// A request and its answer.
    Exchange(Box<Exchange<'a>>),
    /// A line of a drift stream.
    Event(Event<'a>),
}

/// Reads a record.
///
/// # Errors
/// What is wrong with it, without anything that stands in it.
pub fn record(bytes: &[u8]) -> Result<Record<'_>, Fault> {
    let bytes = bytes.trim_ascii();
    if bytes.first() != Some(&b'{') {
        return Err(match serde_json::from_slice::<IgnoredAny>(bytes) {
            Ok(_) => Fault::NoObject,
            Err(error) => Fault::NotJson(error.column()),
        });
    }
    let written: Written<'_> = serde_json::from_slice(bytes).map_err(|error| fault(&error))?;
    if written.drift.is_some() {
        let event = serde_json::from_slice(bytes).map_err(|error| fault(&error))?;
        return Ok(Record::Event(event));
    }
    exchange(written).map(|exchange| Record::Exchange(Box::new(exchange)))
}

fn fault(error: &serde_json::Error) -> Fault {
    if error.is_data() {
        Fault::Neither
    } else if error.is_eof() {
        Fault::CutOff
    } else {
        Fault::NotJson(error.column())
    }
}

fn exchange(written: Written<'_>) -> Result<Exchange<'_>, Fault> {
    let request = written.request.unwrap_or_default();
    let response = written.response.unwrap_or_default();
    let method = written.method.or(request.method).ok_or(Fault::Neither)?;
    let url = written.url.or(request.url).ok_or(Fault::Neither)?;
    let status = response.status.or(written.status).ok_or(Fault::Neither)?;
    let posted = request.post_data.unwrap_or_default();
    let mut request_headers = request.headers.map(|headers| headers.0).unwrap_or_default();
    let request_body = match (request.body, posted.text) {
        (Some(body), _) => text(body)?,
        (None, Some(text)) => {
            if let Some(media_type) = posted.mime_type.filter(|_| !has_type(&request_headers)) {
                request_headers.push((CONTENT_TYPE.into(), media_type.0));
            }
            bytes(text.0)
        }
        (None, None) if posted.params.is_empty() => Cow::default(),
        // However it was sent, this is how it is written down here.
        (None, None) => {
            request_headers.retain(|(name, _)| !is_type(name));
            request_headers.push((CONTENT_TYPE.into(), Encoding::Form.media_type().into()));
            bytes(form(&posted.params).into())
        }
    };
    let content = response.content.unwrap_or_default();
    let packed = content
        .encoding
        .is_some_and(|encoding| encoding.0.eq_ignore_ascii_case("base64"));
    let response_body = match (response.body, content.text) {
        (Some(body), _) => text(body)?,
        (None, Some(text)) if packed => Cow::Owned(
            BASE64_STANDARD
                .decode(text.0.trim())
                .map_err(|_| Fault::Neither)?,
        ),
        (None, Some(text)) => bytes(text.0),
        (None, None) => Cow::default(),
    };
    Ok(Exchange {
        method: method.0,
        url: url.0,
        request_headers,
        request_body,
        status: u16::try_from(status).map_err(|_| Fault::Neither)?,
        response_headers: response
            .headers
            .map(|headers| headers.0)
            .unwrap_or_default(),
        response_body,
    })
}

/// A body is a text, or JSON as it is; `null` is none.
fn text(body: &RawValue) -> Result<Cow<'_, [u8]>, Fault> {
    match body.get() {
        "null" => Ok(Cow::default()),
        quoted if quoted.starts_with('"') => {
            let text: Text<'_> = serde_json::from_str(quoted).map_err(|error| fault(&error))?;
            Ok(bytes(text.0))
        }
        json => Ok(Cow::Borrowed(json.as_bytes())),
    }
}

fn bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

const CONTENT_TYPE: &str = "content-type";

fn is_type(name: &str) -> bool {
    name.eq_ignore_ascii_case(CONTENT_TYPE)
}

fn has_type(headers: &Headers<'_>) -> bool {
    headers.iter().any(|(name, _)| is_type(name))
}

/// Fields that are listed without the text that was sent. A file has no value there.
fn form(params: &[Named<'_>]) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    for param in params {
        let is_file = param.file_name.is_some();
        let value = if is_file { MASKED } else { &*param.value.0 };
        out.append_pair(&param.name.0, value);
    }
    out.finish()
}

/// A text that borrows where it can.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// The members of all kinds of records that matter.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Written<'a> {
    #[serde(borrow)]
    drift: Option<&'a RawValue>,
    method: Option<Text<'a>>,
    url: Option<Text<'a>>,
    status: Option<u32>,
    request: Option<Request<'a>>,
    response: Option<Response<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Request<'a> {
    #[serde(borrow)]
    method: Option<Text<'a>>,
    url: Option<Text<'a>>,
    headers: Option<HeaderList<'a>>,
    body: Option<&'a RawValue>,
    #[serde(rename = "postData")]
    post_data: Option<Posted<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Posted<'a> {
    #[serde(borrow, rename = "mimeType")]
    mime_type: Option<Text<'a>>,
    text: Option<Text<'a>>,
    params: Vec<Named<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Response<'a> {
    status: Option<u32>,
    #[serde(borrow)]
    headers: Option<HeaderList<'a>>,
    body: Option<&'a RawValue>,
    content: Option<Content<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Content<'a> {
    #[serde(borrow)]
    text: Option<Text<'a>>,
    encoding: Option<Text<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Named<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    value: Text<'a>,
    #[serde(rename = "fileName")]
    file_name: Option<Text<'a>>,
}

/// `{"Name": "value"}`, `[["Name", "value"]]` or `[{"name": "Name", "value": "value"}]`.
#[derive(Default)]
struct HeaderList<'a>(Headers<'a>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Pair<'a> {
    Row(#[serde(borrow)] Text<'a>, #[serde(borrow)] Text<'a>),
    Named {
        #[serde(borrow)]
        name: Text<'a>,
        #[serde(borrow)]
        value: Text<'a>,
    },
}

impl<'de: 'a, 'a> Deserialize<'de> for HeaderList<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HeaderVisitor(PhantomData))
    }
}

struct HeaderVisitor<'a>(PhantomData<&'a ()>);

impl<'de: 'a, 'a> Visitor<'de> for HeaderVisitor<'a> {
    type Value = HeaderList<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("headers")
    }

    fn visit_unit<E>(self) -> Result<HeaderList<'a>, E> {
        Ok(HeaderList::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<HeaderList<'a>, A::Error> {
        let mut out = HeaderList::default();
        while let Some((name, value)) = members.next_entry::<Text<'a>, Text<'a>>()? {
            out.0.push((name.0, value.0));
        }
        Ok(out)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<HeaderList<'a>, A::Error> {
        let mut out = HeaderList::default();
        while let Some(pair) = items.next_element::<Pair<'a>>()? {
            let (Pair::Row(name, value) | Pair::Named { name, value }) = pair;
            out.0.push((name.0, value.0));
        }
        Ok(out)
    }
}
