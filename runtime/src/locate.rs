//! Finds the status and the answer in a reply.

use crate::operation::{Envelope, Operation};
use crate::service::Service;
use crate::wire::{self, ApiStatus, Context, Decode as _, DecodeError, Extra, Format, Node};

/// What stands at a path.
#[derive(Clone, Copy)]
pub(crate) enum Found<'n, 'a> {
    At(&'n Node<'a>),
    /// An outer wrapper is there and says "nothing".
    Empty,
    Missing,
}

impl Found<'_, '_> {
    /// Whether something stands there.
    pub(crate) fn is_there(self) -> bool {
        matches!(self, Self::At(node) if !node.is_empty())
    }
}

/// The status of a call, if its reply has one. Refusals of a call as a whole come from in front of the operation, and
/// look alike for all: so where an operation has its status elsewhere, or none, the usual place is looked at too.
pub(crate) fn status(
    operation: &Operation,
    service: &Service,
    body: &Node<'_>,
    context: &mut Context,
) -> Option<ApiStatus> {
    let own = match operation.reply.status {
        [] => flat_status(operation, body),
        path => status_at(body, path, true, context),
    };
    own.or_else(|| match service.status {
        [] => None,
        path => status_at(body, path, false, context),
    })
}

/// What an answer without a status says of how the call went: where HTTP says that it was `refused`, for what reason; where
/// each answer has a code, what that means.
pub(crate) fn fault(service: &Service, body: &Node<'_>, refused: bool) -> Option<ApiStatus> {
    let faults = service.faults?;
    let Found::At(node) = find(body, faults.at) else {
        return None;
    };
    let object = match node {
        Node::List(items) => items.first()?,
        node => node,
    };
    let Node::Object(members) = object else {
        return None;
    };
    // What does not fit is no reason; nothing is read by these types elsewhere.
    let mut context = Context::new();
    let code = members.get(faults.code);
    let accepted = match code {
        Some(Node::String(text) | Node::Number(text)) if !faults.accepted.is_empty() => {
            Some(faults.accepted.contains(&text.trim()))
        }
        _ => None,
    };
    let success = accepted.unwrap_or(false) && !refused;
    if accepted.is_none() && !refused {
        return None;
    }
    let code = code.and_then(|node| i64::decode(node, &mut context).ok());
    let message = members.get(faults.message);
    let message = message.and_then(|node| String::decode(node, &mut context).ok());
    if accepted.is_none() && code.is_none() && message.is_none() {
        return None;
    }
    Some(ApiStatus {
        success: Some(success),
        code,
        message,
        ..ApiStatus::default()
    })
}

/// The status at a path. What stands there and is none is a misfit where the docs put it; at the usual place it may be
/// something else of that name.
fn status_at(
    body: &Node<'_>,
    path: &'static [&'static str],
    documented: bool,
    context: &mut Context,
) -> Option<ApiStatus> {
    context.stand_below(path);
    match find(body, path) {
        Found::At(node @ Node::Object(_)) => ApiStatus::decode(node, context).ok(),
        Found::At(node) if documented && !node.is_empty() => {
            context.misfit(DecodeError::new(ApiStatus::name(), node.kind()), node);
            None
        }
        _ => None,
    }
}

/// The status of a reply that has no place of its own for it: the answer itself may say how the
/// call went. Without a `success` that is yes or no, its other members are the answer's own.
fn flat_status(operation: &Operation, body: &Node<'_>) -> Option<ApiStatus> {
    let Found::At(node @ Node::Object(_)) = find(body, operation.reply.payload) else {
        return None;
    };
    // What does not fit is noted where it is read as the answer.
    let mut status = ApiStatus::decode(node, &mut Context::new()).ok()?;
    status.success?;
    status.extra = Extra::default();
    Some(status)
}

/// The answer in a reply.
pub(crate) fn payload<'n, 'a>(
    operation: &Operation,
    body: &'n Node<'a>,
    format: Format,
) -> Found<'n, 'a> {
    match (operation.reply.payload, body) {
        ([], Node::Object(root)) if format == Format::Xml => root
            .only()
            .map_or(Found::At(body), |(_, content)| Found::At(content)),
        // An empty body.
        (_, Node::Null) => Found::Missing,
        (path, body) => find(body, path),
    }
}

/// Tells what stands in the wrappers of a reply and is not documented there. A reply in other wrappers than documented is
/// told as such.
pub(crate) fn watch(reply: &Envelope, body: &Node<'_>, context: &mut Context) {
    let (mut node, mut depth) = (body, 0);
    while let (Node::Object(members), Some(next)) = (node, reply.payload.get(depth)) {
        let above = reply.payload.get(..depth).unwrap_or_default();
        let of_status = reply
            .status
            .strip_prefix(above)
            .and_then(<[_]>::split_first);
        let status = of_status.map(|(key, _)| *key);
        let has_both = of_status.is_some_and(|(_, below)| below.is_empty());
        let beside = if has_both { reply.beside } else { &[] };
        let wrapped = reply.inside_at(depth);
        let inside = members.get(next);
        if inside.is_none() && status.is_none_or(|status| members.get(status).is_none()) {
            return;
        }
        context.stand_below(above);
        for (key, member) in members.iter() {
            let documented = beside.contains(&key) || wrapped.contains(&key);
            let known = key == *next || status == Some(key) || documented;
            if !known {
                context.unknown_member(key, member.kind());
            }
        }
        let Some(inside) = inside else { return };
        node = match inside {
            Node::List(items) if items.len() == 1 => &items[0],
            one => one,
        };
        depth += 1;
    }
}

/// What a reply holds beside its status and its answer, in the object that holds both, and in the wrappers of the answer.
pub(crate) fn beside(operation: &Operation, body: &Node<'_>) -> Extra {
    let reply = &operation.reply;
    let mut extra = Extra::default();
    let Some((status, above)) = reply.status.split_last() else {
        return extra;
    };
    let Some((answer, wrappers)) = reply
        .payload
        .strip_prefix(above)
        .and_then(<[&str]>::split_first)
    else {
        return extra;
    };
    if let Found::At(Node::Object(members)) = find(body, above) {
        let others = members
            .iter()
            .filter(|(key, _)| key != status && key != answer);
        for (key, node) in others {
            extra.insert(key, node.to_value());
        }
        if let Some(more) = members
            .get(answer)
            .and_then(|node| wire::beside(node, wrappers))
        {
            extra.insert(*answer, more);
        }
    }
    extra
}

/// Follows a path. Replies stand now and then in one wrapper more than documented (`root` around
/// `response` in XML), or in one less.
pub(crate) fn find<'n, 'a>(body: &'n Node<'a>, path: &[&str]) -> Found<'n, 'a> {
    let content = match body {
        Node::Object(members) => members.only().map(|(_, content)| content),
        _ => None,
    };
    let shorter = path.get(1..).filter(|rest| !rest.is_empty());
    let ways = [
        Some((body, path)),
        content.map(|content| (content, path)),
        shorter.map(|rest| (body, rest)),
        content.zip(shorter),
    ];
    let mut best = Found::Missing;
    for (from, path) in ways.into_iter().flatten() {
        // What is empty itself says nothing about what would be in it.
        if from.is_empty() && !path.is_empty() {
            continue;
        }
        match follow(from, path) {
            found @ Found::At(_) => return found,
            Found::Empty => best = Found::Empty,
            Found::Missing => {}
        }
    }
    best
}

fn follow<'n, 'a>(node: &'n Node<'a>, path: &[&str]) -> Found<'n, 'a> {
    let Some((key, rest)) = path.split_first() else {
        return Found::At(node);
    };
    match node {
        empty if empty.is_empty() => Found::Empty,
        Node::Object(members) => match (members.get(key), members.only()) {
            (Some(inside), _) => follow(inside, rest),
            (None, Some(("element", inside))) => follow(inside, path),
            (None, _) => Found::Missing,
        },
        Node::List(items) if items.len() == 1 => follow(&items[0], path),
        _ => Found::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Limits, parse};

    fn text_at(body: &str, path: &[&str]) -> &'static str {
        let node = parse(body.as_bytes(), &Limits::default()).unwrap();
        match find(&node, path) {
            Found::At(Node::String(text)) if text == "x" => "x",
            Found::At(_) => "other",
            Found::Empty => "empty",
            Found::Missing => "missing",
        }
    }

    #[test]
    fn follows_a_path_through_all_wrappers() {
        let path = ["response", "status", "code"];
        for body in [
            r#"{"response":{"status":{"code":"x"},"parcels":""}}"#,
            r#"{"root":{"response":{"status":{"code":"x"}}}}"#,
            r#"{"status":{"code":"x"},"parcels":1}"#,
            r#"{"response":[{"status":[{"code":"x"}]}]}"#,
            r#"{"response":{"status":{"element":{"code":"x"}}}}"#,
            "<response><status><code>x</code></status></response>",
            "<root><status><code>x</code></status><a/></root>",
            "<root><response><status><code>x</code></status></response></root>",
        ] {
            assert_eq!(text_at(body, &path), "x", "{body}");
        }
        assert_eq!(text_at(r#"{"response":{"status":""}}"#, &path), "empty");
        assert_eq!(text_at(r#"{"response":{"a":1}}"#, &path), "missing");
        assert_eq!(text_at(r#"{"response":{"status":7}}"#, &path), "missing");
        assert_eq!(text_at(r#"{"a":1,"b":2}"#, &path), "missing");
    }
}
