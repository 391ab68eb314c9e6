//! Lists, in all the ways in which they come: as one, as a single value, within `element`.

use super::context::Context;
use super::decode::Decode;
use super::error::DecodeError;
use super::node::Node;
use super::shape::Model;
use super::value::Value;

impl<T: Decode> Decode for Vec<T> {
    fn name() -> &'static str {
        T::name()
    }

    const LIST: bool = true;

    fn decode(node: &Node<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let items = items(node);
        let mut out = Self::with_capacity(items.len());
        each(node, items, T::LIST, context, &mut |item, context| {
            match T::decode(item, context) {
                Ok(value) => out.push(value),
                Err(error) => return Err(error),
            }
            Ok(())
        });
        Ok(out)
    }

    fn missing() -> Result<Self, DecodeError> {
        Ok(Self::new())
    }

    fn blank() -> Option<Box<dyn Model>> {
        T::blank()
    }

    fn restored(written: Value, came: &Node<'_>) -> Value {
        let fits = |item: &Node<'_>| T::decode(item, &mut Context::new()).is_ok();
        list_restored(written, came, &fits, T::restored)
    }
}

// What all lists do alike stands in functions that know nothing of their type: they are compiled once.

/// Reads the items of a list with `read`. What does not fit is noted, and left out. `nested` is for a list of lists.
fn each(
    node: &Node<'_>,
    items: &[Node<'_>],
    nested: bool,
    context: &mut Context,
    read: &mut dyn FnMut(&Node<'_>, &mut Context) -> Result<(), DecodeError>,
) {
    let single = is_single(node);
    for (index, item) in items.iter().enumerate() {
        let before = context.item(index);
        // What is no list has no first item either: a list of lists says so, too.
        if single && nested {
            context.leave(before);
        }
        match read(item, context) {
            Ok(()) => {}
            Err(_) if single => {
                context.leave(before);
                context.left_out(no_list(node), node);
            }
            Err(error) => context.left_out(error, item),
        }
        context.leave(before);
    }
}

/// The items that did not fit stand between the others again. Where none did fit, what is in the list now is not what
/// came, and counts alone.
fn list_restored(
    written: Value,
    came: &Node<'_>,
    fits: &dyn Fn(&Node<'_>) -> bool,
    restored: fn(Value, &Node<'_>) -> Value,
) -> Value {
    let Value::List(written) = written else {
        return written;
    };
    let came: Vec<_> = items(came).iter().map(|item| (item, fits(item))).collect();
    if !came.iter().any(|(_, fits)| *fits) {
        return Value::List(written);
    }
    let mut written = written.into_iter();
    let mut out = Vec::with_capacity(came.len());
    for (item, fits) in came {
        if fits {
            out.extend(written.next().map(|value| restored(value, item)));
        } else {
            out.push(item.to_value());
        }
    }
    out.extend(written);
    Value::List(out)
}

/// The items that a node stands for where a list is wanted.
pub(crate) fn items<'n, 'a>(node: &'n Node<'a>) -> &'n [Node<'a>] {
    if let Some(inside) = element(node) {
        return items(inside);
    }
    match node {
        // `[{"element": […]}]`: the list was wrapped once more.
        Node::List(list) => match &list[..] {
            [only] if element(only).is_some() => items(only),
            list => list,
        },
        empty if empty.is_empty() => &[],
        one => std::slice::from_ref(one),
    }
}

/// Whether it is a text, a number or a truth value: where a list is wanted, its one item or no list at all.
pub(crate) fn is_single(node: &Node<'_>) -> bool {
    matches!(node, Node::Bool(_) | Node::Number(_) | Node::String(_))
}

/// A single value stands where a list is wanted, and does not fit as its one item.
pub(crate) fn no_list(node: &Node<'_>) -> DecodeError {
    DecodeError::new("a list", node.kind())
}

/// What stands in a wrapper named `element`, which the API puts around the items of some lists.
pub(crate) fn element<'n, 'a>(node: &'n Node<'a>) -> Option<&'n Node<'a>> {
    match node {
        Node::Object(members) => members
            .only()
            .filter(|(key, _)| *key == "element")
            .map(|m| m.1),
        _ => None,
    }
}
