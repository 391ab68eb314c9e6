//! Why a request is refused, and the body that came with it.

use super::seen::Seen;
use crate::locate::{self, Found};
use crate::operation::{Encoding, Operation};
use crate::wire::{Format, Limits, Map, Node, ParseError, Value, form, json, xml};

/// Why a request is refused, with the HTTP status that says so.
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) why: String,
    /// The methods that would be accepted.
    pub(super) allow: Option<String>,
}

impl Refusal {
    pub(super) fn new(status: u16, why: impl Into<String>) -> Self {
        Self {
            status,
            why: why.into(),
            allow: None,
        }
    }
}

/// The body of a request.
pub(super) struct Sent<'b> {
    node: Node<'b>,
    /// What its tree looks like: that of a form has no root, as in JSON.
    format: Format,
    encoding: Encoding,
}

impl<'b> Sent<'b> {
    /// Parses a body as what its type says; that of a form does not say whether there is JSON in its fields. Nothing for a
    /// request without a body.
    pub(super) fn parse(
        seen: &Seen,
        body: &'b [u8],
        of_json: bool,
    ) -> Result<Option<Self>, Refusal> {
        let refuse = |why: String| Err(Refusal::new(400, why));
        let Some(media_type) = seen.header("content-type") else {
            if body.is_empty() {
                return Ok(None);
            }
            return refuse("the body has no Content-Type".to_owned());
        };
        // A form without a field has no bytes.
        if body.is_empty() && !media_type.starts_with(form::MEDIA_TYPE) {
            return Ok(None);
        }
        let (media_type, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
        let media_type = media_type.trim();
        let limits = Limits::default();
        let document = |format, parsed: Result<Node<'b>, ParseError>| {
            let parsed = parsed.map_err(|error| error.to_string());
            (format, Encoding::Document, parsed)
        };
        let (format, encoding, parsed) = if media_type.ends_with("json") {
            document(Format::Json, json::parse(body, &limits))
        } else if media_type.ends_with("xml") {
            document(Format::Xml, xml::parse(body, &limits))
        } else if media_type == form::MEDIA_TYPE {
            let (encoding, parsed) = if of_json {
                (Encoding::JsonForm, form::parse_of_json(body, &limits))
            } else {
                (Encoding::Form, form::parse(body).map_err(str::to_owned))
            };
            (Format::Json, encoding, parsed)
        } else if media_type == form::MEDIA_TYPE_OF_PARTS {
            let parsed = form::parse_parts(body, boundary(parameters)).map_err(str::to_owned);
            (Format::Json, Encoding::Multipart, parsed)
        } else {
            return refuse(format!(
                "the Content-Type {media_type:?} is neither JSON nor XML, and no form"
            ));
        };
        match parsed {
            Ok(node) => Ok(Some(Self {
                node,
                format,
                encoding,
            })),
            Err(error) => refuse(format!("the body is no {media_type}: {error}")),
        }
    }

    /// How the body is written.
    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The body without the wrappers of an operation.
    pub(super) fn content(&self, operation: &Operation) -> Option<&Node<'b>> {
        match (operation.body.keys, &self.node) {
            ([], Node::Object(root)) if self.format == Format::Xml => {
                root.only().map(|(_, content)| content)
            }
            (keys, node) => match locate::find(node, keys) {
                Found::At(node) => Some(node),
                Found::Empty | Found::Missing => None,
            },
        }
    }

    /// The body with its wrappers.
    pub(super) fn whole(&self) -> &Node<'b> {
        &self.node
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// The items in the body: of each the members that say which one it is.
    pub(super) fn items(&self, operation: &Operation, identity: &[&'static str]) -> Vec<Map> {
        let items = match self.content(operation) {
            Some(Node::List(items)) => &items[..],
            Some(item) => std::slice::from_ref(item),
            None => return vec![Map::new()],
        };
        let of = |item: &Node<'_>| {
            let members = identity.iter().map(|name| (*name, item.get(name)));
            members
                .filter_map(|(name, member)| match member?.to_value() {
                    value @ (Value::String(_) | Value::Number(_)) => Some((name, value)),
                    _ => None,
                })
                .collect()
        };
        items.iter().map(of).collect()
    }
}

/// What a `Content-Type` says of the line between the parts.
fn boundary(parameters: &str) -> &str {
    let mut all = parameters
        .split(';')
        .filter_map(|pair| pair.split_once('='));
    let found = all.find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"));
    found.map_or("", |(_, value)| value.trim().trim_matches('"'))
}
