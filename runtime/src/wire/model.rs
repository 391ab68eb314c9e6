//! What all models do alike, written once for all of them.
//!
//! A model says what its members are called ([`Shape`]) and where they are ([`Model`]); reading, writing and
//! printing go over that list. So a generated model costs one line for each member, and next to
//! nothing to compile.

use std::any::Any;
use std::fmt;

use super::context::Context;
use super::decode::Decode;
use super::encode::Encode;
use super::error::DecodeError;
use super::list::{self, element};
use super::map::Key;
use super::node::{Members, Node};
pub use super::shape::{Field, Member, Model, Shape};
use super::value::{Extra, Map, Value};

impl<T: Decode + Encode + Clone + PartialEq + fmt::Debug + 'static> Field for T {
    fn read(&mut self, node: &Node<'_>, context: &mut Context) -> Result<(), DecodeError> {
        *self = T::decode(node, context)?;
        Ok(())
    }

    fn write(&self) -> Option<Value> {
        self.is_set().then(|| self.encode())
    }

    fn is_set(&self) -> bool {
        !self.is_absent()
    }

    fn same(&self, other: &dyn Field) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref::<T>().is_some_and(|other| self == other)
    }

    fn copy(&self, into: &mut dyn Field) {
        let into: &mut dyn Any = into;
        if let Some(into) = into.downcast_mut::<T>() {
            into.clone_from(self);
        }
    }

    fn wanted(&self) -> &'static str {
        T::name()
    }

    fn is_list(&self) -> bool {
        T::LIST
    }

    fn restored(&self, written: Value, came: &Node<'_>) -> Value {
        T::restored(written, came)
    }

    fn blank(&self) -> Option<Box<dyn Model>> {
        T::blank()
    }
}

/// Reads the members of an object into a model; those it does not know become its extra ones. So do those that do not
/// hold what their field wants: the field stays empty, and the context notes it.
///
/// # Errors
/// The node is not a way to write an object.
pub fn read(
    model: &mut dyn Model,
    node: &Node<'_>,
    context: &mut Context,
) -> Result<(), DecodeError> {
    let shape = model.shape();
    let members = match node {
        Node::Object(members) => members,
        Node::List(items) if items.len() == 1 => return read(model, &items[0], context),
        empty if empty.is_empty() => return Ok(()),
        other => return Err(DecodeError::new(shape.name(), other.kind())),
    };
    if let Some(inside) = element(node).filter(|_| !shape.has("element")) {
        return read(model, inside, context);
    }
    model.fields_mut(&mut |fields, extra| read_members(shape, members, fields, extra, context));
    Ok(())
}

fn read_members(
    shape: &'static Shape,
    members: &Members<'_>,
    fields: &mut [&mut dyn Field],
    extra: &mut Extra,
    context: &mut Context,
) {
    let known = shape.members();
    // Replies mostly list their members in the documented order, so look there first.
    let mut next = 0;
    for (key, node) in members.iter() {
        let Some(at) = position(known, key, next) else {
            context.unknown_member(key, node.kind());
            extra.0.insert(key, node.to_value());
            continue;
        };
        next = at + 1;
        if let Some(rest) = read_member(&known[at], node, &mut *fields[at], context) {
            extra.0.insert(key, rest);
        }
    }
    if context.wants_absent() {
        for member in known {
            if members.get(member.key).is_none() {
                context.absent_member(member.key);
            }
        }
    }
}

/// The place of a member, looked for from a place on.
fn position(members: &[Member], key: &str, from: usize) -> Option<usize> {
    let is = |member: &Member| member.key == key;
    let (before, after) = members.split_at(from.min(members.len()));
    match after.iter().position(is) {
        Some(at) => Some(before.len() + at),
        None => before.iter().position(is),
    }
}

/// Reads one member. Gives what its field cannot hold: what stands beside the wrapped value, or all of it.
fn read_member(
    member: &'static Member,
    node: &Node<'_>,
    field: &mut dyn Field,
    context: &mut Context,
) -> Option<Value> {
    let before = context.enter(member.key);
    let fits = match &*member.wrappers {
        [] => read_field(field, node, context),
        wrappers => read_wrapped(node, wrappers, field, context),
    };
    context.leave(before);
    if fits {
        let rest = beside(node, &member.wrappers);
        if let Some(rest) = rest.as_ref().filter(|_| context.is_watched()) {
            context.enter(member.key);
            watch_beside(rest, &member.wrappers, context);
            context.leave(before);
        }
        rest
    } else {
        Some(node.to_value())
    }
}

fn read_wrapped(
    node: &Node<'_>,
    wrappers: &'static [&'static str],
    field: &mut dyn Field,
    context: &mut Context,
) -> bool {
    if has_only_attributes(node) {
        return false;
    }
    enter_wrappers(node, wrappers, context);
    match unwrap(node, wrappers) {
        Unwrapped::Inside(inside) => read_field(field, inside, context),
        Unwrapped::Gathered(items) => read_field(field, &Node::List(items), context),
    }
}

/// Says whether the field holds all of it.
fn read_field(field: &mut dyn Field, node: &Node<'_>, context: &mut Context) -> bool {
    // What the list around left out before this is not left out of the field.
    let around = context.set_incomplete(false);
    let read = field.read(node, context);
    let incomplete = context.set_incomplete(around);
    match read {
        Ok(()) => !incomplete,
        Err(error) => {
            context.misfit(error, node);
            false
        }
    }
}

/// Puts the wrappers that are there into the path.
fn enter_wrappers(node: &Node<'_>, wrappers: &'static [&'static str], context: &mut Context) {
    let mut at = Some(node);
    for key in wrappers {
        at = at.and_then(|node| node.get(key));
        if at.is_some() {
            context.enter(key);
        }
    }
}

/// What stands inside the wrappers of a member.
enum Unwrapped<'n, 'a> {
    Inside(&'n Node<'a>),
    /// Each item of a list had a wrapper of its own.
    Gathered(Vec<Node<'a>>),
}

fn unwrap<'n, 'a>(node: &'n Node<'a>, wrappers: &[&str]) -> Unwrapped<'n, 'a> {
    let Some((first, rest)) = wrappers.split_first() else {
        return Unwrapped::Inside(node);
    };
    match node {
        Node::Object(members) => match members.get(first) {
            Some(inside) => unwrap(inside, rest),
            None => match element(node) {
                Some(inside) => unwrap(inside, wrappers),
                None => Unwrapped::Inside(node),
            },
        },
        Node::List(items) if items.len() == 1 => unwrap(&items[0], wrappers),
        Node::List(items) if !items.is_empty() && items.iter().all(|i| i.get(first).is_some()) => {
            let mut gathered = Vec::new();
            for item in items {
                match unwrap(item, wrappers) {
                    Unwrapped::Inside(inside) => {
                        gathered.extend(list::items(inside).iter().cloned());
                    }
                    Unwrapped::Gathered(more) => gathered.extend(more),
                }
            }
            Unwrapped::Gathered(gathered)
        }
        _ => Unwrapped::Inside(node),
    }
}

/// Tells what stands beside the wrapped value.
fn watch_beside(rest: &Value, wrappers: &'static [&'static str], context: &mut Context) {
    match (rest, wrappers.split_first()) {
        (Value::Object(members), Some((first, deeper))) => {
            for (key, value) in members.iter() {
                if key == *first {
                    let before = context.enter(first);
                    watch_beside(value, deeper, context);
                    context.leave(before);
                } else {
                    context.unknown_member(key, value.kind());
                }
            }
        }
        (Value::List(items), _) => {
            for item in items {
                watch_beside(item, wrappers, context);
            }
        }
        _ => {}
    }
}

/// The members that stand beside the wrapped value, where the wrapper was to have one member.
pub(crate) fn beside(node: &Node<'_>, wrappers: &[&str]) -> Option<Value> {
    let (first, rest) = wrappers.split_first()?;
    let members = match node {
        Node::Object(members) => members,
        Node::List(items) if items.len() == 1 => return beside(&items[0], wrappers),
        Node::List(items) => {
            let each: Vec<Value> = items.iter().filter_map(|i| beside(i, wrappers)).collect();
            return (!each.is_empty()).then_some(Value::List(each));
        }
        _ => return None,
    };
    if let Some(inside) = element(node).filter(|_| *first != "element") {
        return beside(inside, wrappers);
    }
    let inner = members.get(first)?;
    let mut out = Map::new();
    if let Some(deeper) = beside(inner, rest) {
        out.insert(*first, deeper);
    }
    for (key, other) in members.iter().filter(|(key, _)| key != first) {
        out.insert(key, other.to_value());
    }
    (!out.is_empty()).then_some(Value::Object(out))
}

/// Whether this is an XML element with attributes and nothing in it: a wrapper around nothing.
fn has_only_attributes(node: &Node<'_>) -> bool {
    match node {
        Node::Object(members) => {
            !members.is_empty() && members.iter().all(|(key, _)| key.starts_with('@'))
        }
        _ => false,
    }
}

/// Writes the fields that are set, in the order of the model, and after them the extra members.
#[must_use]
pub fn write(model: &dyn Model) -> Value {
    let shape = model.shape();
    let mut out = Map::new();
    model.fields(&mut |fields, extra| {
        for (member, field) in shape.members().iter().zip(fields) {
            let mut value = match field.write() {
                Some(value) => restored(*field, value, member, extra),
                // Without the wrapper, what stands beside it would be read as the value itself.
                None if stands_beside(member, extra) => Value::Null,
                None => continue,
            };
            for wrapper in member.wrappers.iter().rev() {
                let mut outer = Map::new();
                outer.set(wrapper, value);
                value = Value::Object(outer);
            }
            out.set(member.key, value);
        }
        merge(&mut out, &extra.0);
    });
    Value::Object(out)
}

/// The value of a list with the items that did not fit it, if the extra members have the list as it came.
fn restored(field: &dyn Field, value: Value, member: &Member, extra: &Extra) -> Value {
    let Some(came) = extra.get(member.key).filter(|_| field.is_list()) else {
        return value;
    };
    if stands_beside(member, extra) {
        return value;
    }
    match unwrap(&Node::from(came), &member.wrappers) {
        Unwrapped::Inside(inside) => field.restored(value, inside),
        Unwrapped::Gathered(items) => field.restored(value, &Node::List(items)),
    }
}

/// Whether the extra members have what stood beside a wrapped value, and not that value itself.
fn stands_beside(member: &Member, extra: &Extra) -> bool {
    let Some((first, rest)) = member.wrappers.split_first() else {
        return false;
    };
    let Some(outer @ Value::Object(_)) = extra.get(member.key) else {
        return false;
    };
    let mut at = outer.get(first);
    for key in rest {
        match at {
            Some(Value::Object(inner)) => at = inner.get(key),
            // A value that did not fit stands in place of a wrapper.
            Some(_) => return false,
            None => return true,
        }
    }
    at.is_none()
}

/// Adds members; where both sides have an object, what stood beside a wrapped value comes back.
fn merge(out: &mut Map, extra: &Map) {
    for (key, value) in extra.iter() {
        match (out.get_mut(key), value) {
            (Some(Value::Object(present)), Value::Object(more)) => merge(present, more),
            (Some(_), _) => {}
            (None, value) => {
                out.0.insert(Key::Owned(key.to_owned()), value.clone());
            }
        }
    }
}

/// Sets a model to the value of another of its type.
pub fn copy(from: &dyn Model, into: &mut dyn Model) {
    into.fields_mut(&mut |into, into_extra| {
        from.fields(&mut |from, extra| {
            for (from, into) in from.iter().zip(&mut *into) {
                from.copy(&mut **into);
            }
            into_extra.clone_from(extra);
        });
    });
}

/// Whether two models of one type have the same value.
#[must_use]
pub fn same(one: &dyn Model, other: &dyn Model) -> bool {
    let mut same = true;
    one.fields(&mut |fields, extra| {
        other.fields(&mut |others, other_extra| {
            let mut pairs = fields.iter().zip(others);
            same = pairs.all(|(field, other)| field.same(*other)) && extra == other_extra;
        });
    });
    same
}

/// Shows the fields that are allowed to be shown, of the others only that they are set.
///
/// # Errors
/// The formatter fails.
pub fn debug(model: &dyn Model, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let shape = model.shape();
    let mut out = f.debug_struct(shape.name());
    model.fields(&mut |fields, extra| {
        for (member, field) in shape.members().iter().zip(fields) {
            if member.shown && field.is_set() {
                out.field(member.key, field);
            } else if field.is_set() {
                out.field(member.key, &format_args!("<set>"));
            }
        }
        if !extra.is_empty() {
            out.field("extra", extra);
        }
    });
    out.finish_non_exhaustive()
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
