//! What of a request is not as documented, beside what a client checks too: the format, the names in the query, the
//! wrappers of the body, the kinds of values.

use super::documented::Documented;
use super::refusal::{Refusal, Sent};
use super::seen::Seen;
use crate::auth::Offers;
use crate::operation::{Encoding, Operation};
use crate::service::Service;
use crate::validate;
use crate::wire::{Format, Node};

/// A refusal that links to the section of the operation.
fn refuse(operation: &Operation, what: &str) -> Refusal {
    Refusal::new(400, validate::broken(operation, what).to_string())
}

/// Checks the format that the query or the end of the path asks for. A request that asks for none gets the one of its
/// headers, as the API has it.
pub(super) fn format(
    operation: &Operation,
    service: &Service,
    seen: &Seen,
    ending: Option<Format>,
) -> Result<(), Refusal> {
    let known = operation.formats;
    let is_known = |format: Format| known.is_empty() || known.contains(&format);
    let names: Vec<&str> = [Format::Json, Format::Xml]
        .into_iter()
        .filter(|format| is_known(*format))
        .map(name)
        .collect();
    let wrong = |what: &str| {
        let names = names.join(" or ");
        Err(refuse(
            operation,
            &format!("format must be {names}, not {what:?}"),
        ))
    };
    if let Some(asked) = seen.parameter(service.format_query)
        && !names.iter().any(|name| asked.eq_ignore_ascii_case(name))
    {
        return wrong(asked);
    }
    match ending {
        Some(format) if !is_known(format) => wrong(name(format)),
        _ => Ok(()),
    }
}

fn name(format: Format) -> &'static str {
    match format {
        Format::Json => "json",
        Format::Xml => "xml",
    }
}

/// Checks that the query has documented names only, and keys.
pub(super) fn query(
    known: &Documented,
    service: &'static Service,
    seen: &Seen,
) -> Result<(), Refusal> {
    let is_key = |name: &str| Offers(service).query_keys().any(|key| key == name);
    let unknown = seen.query.iter().find(|(name, _)| {
        name != service.format_query && !known.query.contains(&name.as_str()) && !is_key(name)
    });
    match unknown {
        None => Ok(()),
        Some((name, _)) => Err(refuse(
            known.operation,
            &format!("the query has an unknown parameter {name:?}"),
        )),
    }
}

/// Checks that the body is written as documented, stands in its wrappers, and is an object or a list of objects.
pub(super) fn body(operation: &Operation, sent: &Sent<'_>) -> Result<(), Refusal> {
    let want = operation.body.encoding;
    if sent.encoding() != want {
        let what = format!("the body must be {}", written(want));
        return Err(refuse(operation, &what));
    }
    let mut node = sent.whole();
    let mut keys = operation.body.keys.iter();
    if sent.format() == Format::Xml {
        // XML has a root, whatever the body is.
        let Node::Object(root) = node else {
            return Err(refuse(operation, "the body has no root"));
        };
        let Some((name, content)) = root.only() else {
            return Err(refuse(operation, "the body has no root"));
        };
        if let Some(key) = keys.next()
            && *key != name
        {
            let what = format!("the root of the body must be {key}, not {name}");
            return Err(refuse(operation, &what));
        }
        node = content;
    }
    let mut place = "the body".to_owned();
    for key in keys {
        let Node::Object(members) = node else {
            return Err(refuse(operation, &not_an_object(&place, node)));
        };
        let Some(inside) = members.get(key) else {
            return Err(refuse(operation, &format!("{place} has no {key}")));
        };
        node = inside;
        (*key).clone_into(&mut place);
    }
    match node {
        Node::Object(_) => Ok(()),
        Node::List(items) if items.is_empty() => {
            Err(refuse(operation, "there is no item in the body"))
        }
        Node::List(_) if !operation.body.list => {
            Err(refuse(operation, &not_an_object(&place, node)))
        }
        Node::List(items) => items
            .iter()
            .position(|item| matches!(item, Node::Object(_)) == operation.body.values)
            .map_or(Ok(()), |at| {
                let place = format!("item {at} of {place}");
                Err(refuse(operation, &unfit(&place, operation, node)))
            }),
        _ => Err(refuse(operation, &not_an_object(&place, node))),
    }
}

fn written(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Document => "JSON or XML",
        Encoding::Form => "a form",
        Encoding::Multipart => "a form in parts",
        Encoding::JsonForm => "a form of JSON",
    }
}

fn unfit(place: &str, operation: &Operation, node: &Node<'_>) -> String {
    if operation.body.values {
        format!("{place} must be a value")
    } else {
        not_an_object(place, node)
    }
}

fn not_an_object(place: &str, node: &Node<'_>) -> String {
    match node {
        node if node.is_empty() => format!("{place} must not be empty"),
        _ => format!("{place} must be an object"),
    }
}
