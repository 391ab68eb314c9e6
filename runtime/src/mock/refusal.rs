//! Why a request is refused, and the body that came with it.

use super::seen::Seen;
use crate::locate::{self, Found};
use crate::operation::Operation;
use crate::wire::{Format, Limits, Map, Node, Value, json, xml};

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
    format: Format,
}

impl<'b> Sent<'b> {
    /// Parses a body as what its type says. Nothing for a request without a body.
    pub(super) fn parse(seen: &Seen, body: &'b [u8]) -> Result<Option<Self>, Refusal> {
        if body.is_empty() {
            return Ok(None);
        }
        let refuse = |why: String| Err(Refusal::new(400, why));
        let Some(media_type) = seen.header("content-type") else {
            return refuse("the body has no Content-Type".to_owned());
        };
        let media_type = media_type.split(';').next().unwrap_or_default().trim();
        let format = if media_type.ends_with("json") {
            Format::Json
        } else if media_type.ends_with("xml") {
            Format::Xml
        } else {
            return refuse(format!(
                "the Content-Type {media_type:?} is neither JSON nor XML"
            ));
        };
        let limits = Limits::default();
        let parsed = match format {
            Format::Json => json::parse(body, &limits),
            Format::Xml => xml::parse(body, &limits),
        };
        match parsed {
            Ok(node) => Ok(Some(Self { node, format })),
            Err(error) => refuse(format!("the body is no {media_type}: {error}")),
        }
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
