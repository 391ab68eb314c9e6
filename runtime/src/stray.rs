//! Outcomes that stand where none is documented.
//!
//! An item that says nothing itself goes the way of its call. Where something else in the answer says "no", that is not
//! certain any more; and where something says "yes" in a call that failed, neither is that. What is documented to be
//! something else, such as the effects of an item, speaks of that alone.

use crate::operation::Envelope;
use crate::verdict::said;
use crate::wire::{Context, Decode as _, ItemStatus, Model, Node};

/// What outcomes say that do not belong to an item at its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stray {
    /// One says "yes".
    pub(crate) yes: bool,
    /// One says "no", or nothing that can be read.
    pub(crate) no: bool,
    /// One of them stands where items say how it went: what says "no" elsewhere may be about anything.
    pub(crate) refused: bool,
}

/// The key of the outcome in an item of this type.
fn key(item: Option<&dyn Model>) -> Option<&'static str> {
    let item = item?;
    let wanted = ItemStatus::name();
    let mut key = None;
    item.fields(&mut |fields, _| {
        let members = item.shape().members().iter().zip(fields);
        let mut outcomes = members.filter(|(_, field)| field.wanted() == wanted);
        key = outcomes.next().map(|(member, _)| member.key);
    });
    key
}

/// Where outcomes are looked for.
pub(crate) struct Look<'l, 'n> {
    /// The items of the answer.
    pub(crate) items: &'l [Node<'n>],
    /// Their type.
    pub(crate) item: Option<&'l dyn Model>,
    /// Where the answer is documented, and what beside it.
    pub(crate) reply: &'l Envelope,
}

impl Look<'_, '_> {
    /// Finds the outcomes in a body that are not directly in one of the items.
    pub(crate) fn outcomes(&self, body: &Node<'_>) -> Stray {
        let mut stray = Stray::default();
        self.visit(body, key(self.item), false, &mut stray);
        stray
    }

    /// `other` is true inside of what is documented to be something else.
    fn visit(&self, node: &Node<'_>, key: Option<&str>, other: bool, stray: &mut Stray) {
        match node {
            Node::List(inside) => {
                for node in inside {
                    self.visit(node, key, other, stray);
                }
            }
            Node::Object(members) => {
                let is_item = self.items.iter().any(|item| std::ptr::eq(item, node));
                let known = |name: &str| {
                    let documented = || self.item.is_some_and(|item| item.shape().has(name));
                    (is_item && documented()) || self.reply.has_beside(name)
                };
                for (name, member) in members.iter() {
                    let is_outcome = key.is_some_and(|key| name.eq_ignore_ascii_case(key));
                    // Spelt in another way it is not read as that of the item.
                    if is_item && key == Some(name) {
                        continue;
                    }
                    if is_outcome && !member.is_empty() {
                        let status = ItemStatus::decode(member, &mut Context::new());
                        let said = status.ok().as_ref().and_then(said);
                        stray.yes |= said == Some(true);
                        stray.no |= said != Some(true);
                        stray.refused |= said != Some(true);
                    } else if name == "success" && !other {
                        stray.no |= bool::decode(member, &mut Context::new()) == Ok(false);
                    }
                    self.visit(member, key, other || known(name), stray);
                }
            }
            _ => {}
        }
    }
}
