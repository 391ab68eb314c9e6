//! What the server refuses, and why.

use super::credentials::credentials;
use super::documented::Documented;
use super::refusal::{Refusal, Sent};
use super::seen::Seen;
use super::shape;
use super::state::Inner;
use crate::service::Service;
use crate::validate;
use crate::wire::{Format, Node};

/// Checks a request of an operation.
pub(super) fn check(
    known: &Documented,
    service: &'static Service,
    seen: &Seen,
    ending: Option<Format>,
    sent: Option<&Sent<'_>>,
    inner: &Inner,
) -> Result<(), Refusal> {
    let operation = known.operation;
    if operation.auth {
        credentials(service, seen, inner)?;
    }
    shape::format(operation, service, seen, ending)?;
    let unchecked = inner.unchecked.contains(operation.id);
    if !unchecked {
        shape::query(known, service, seen)?;
    }
    if known.body {
        match sent {
            None => return Err(Refusal::new(400, "there is no body")),
            Some(sent) => shape::body(operation, sent)?,
        }
    }
    let content = sent.and_then(|sent| sent.content(operation));
    let body = content.map(Node::to_value);
    let request = validate::Request {
        query: &|name| seen.parameter(name),
        header: &|name| seen.header(name),
        chosen: &[],
        body: body.as_ref(),
    };
    if !unchecked {
        validate::check(operation, &request)
            .and_then(|()| validate::check_rules(operation, known.values, &request))
            .map_err(|broken| Refusal::new(400, broken.to_string()))?;
    }
    match service
        .oauth
        .filter(|scheme| scheme.operation.id == operation.id)
    {
        None => Ok(()),
        Some(scheme) => token_request(&[scheme.key, scheme.secret], content),
    }
}

fn token_request(names: &[&str], body: Option<&Node<'_>>) -> Result<(), Refusal> {
    for name in names {
        let there = body.and_then(|body| body.get(name));
        if there
            .and_then(text)
            .is_none_or(|text| text.trim().is_empty())
        {
            return Err(Refusal::new(400, format!("{name} is missing or blank")));
        }
    }
    Ok(())
}

/// Visits what stands at a path; of a list on the way, or at its end, every item.
pub(super) fn visit<'n, 'a>(node: &'n Node<'a>, path: &[&str], to: &mut dyn FnMut(&'n Node<'a>)) {
    match (node, path.split_first()) {
        (Node::List(items), _) => items.iter().for_each(|item| visit(item, path, to)),
        (node, None) => to(node),
        (Node::Object(members), Some((key, rest))) => match (members.get(key), members.only()) {
            (Some(inside), _) => visit(inside, rest, to),
            (None, Some(("element", inside))) => visit(inside, path, to),
            _ => {}
        },
        _ => {}
    }
}

/// The text of a scalar.
pub(super) fn text<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match node {
        Node::String(text) | Node::Number(text) => Some(text),
        Node::Bool(true) => Some("true"),
        Node::Bool(false) => Some("false"),
        Node::Null | Node::List(_) | Node::Object(_) => None,
    }
}
