//! Looks for an answer that is not where the documentation shows it.
//!
//! In this order: below the last keys of the documented place; the only object that has the documented members; the only
//! list. Two that fit are none: a guess would be taken for an answer.

use crate::wire::{Node, Shape, push_key, shown_name};

/// What is looked for.
pub(crate) struct Wanted {
    /// The documented place.
    pub(crate) payload: &'static [&'static str],
    /// The documented members of the answer, or of its items.
    pub(crate) shape: Option<&'static Shape>,
    /// Whether the answer is a list.
    pub(crate) list: bool,
}

/// An answer, and the keys down to it.
pub(crate) type Elsewhere<'n, 'a> = (&'n Node<'a>, String);

/// Finds the answer somewhere in a body, beside its status.
pub(crate) fn elsewhere<'n, 'a>(
    body: &'n Node<'a>,
    status: &[&str],
    wanted: &Wanted,
) -> Option<Elsewhere<'n, 'a>> {
    let mut search = Search {
        status: status.last().copied(),
        wanted,
        named: vec![Vec::new(); wanted.payload.len()],
        known: Vec::new(),
        lists: Vec::new(),
    };
    search.visit(body, &mut Vec::new(), false);
    // The longest row of keys that is found at all decides.
    let named = search.named.into_iter().rev().find(|hits| !hits.is_empty());
    let only = |mut hits: Vec<Elsewhere<'n, 'a>>| hits.pop().filter(|_| hits.is_empty());
    match named {
        Some(hits) => only(hits),
        None if !search.known.is_empty() => only(search.known),
        None => only(search.lists),
    }
}

/// Whether a body says anything beside its status, and beside members whose names are `known`.
pub(crate) fn says_anything(
    body: &Node<'_>,
    status: &[&str],
    known: impl Fn(&str) -> bool + Copy,
) -> bool {
    match body {
        Node::Object(members) => members
            .iter()
            .filter(|(key, _)| status.last() != Some(key) && !known(key))
            .any(|(_, member)| says_anything(member, status, known)),
        Node::List(items) => items.iter().any(|item| says_anything(item, status, known)),
        leaf => !leaf.is_empty(),
    }
}

struct Search<'w, 'n, 'a> {
    status: Option<&'w str>,
    wanted: &'w Wanted,
    /// What stands below the last key, the last two, and so on.
    named: Vec<Vec<Elsewhere<'n, 'a>>>,
    /// Objects, and lists of such, that have the documented members.
    known: Vec<Elsewhere<'n, 'a>>,
    /// Other lists of objects.
    lists: Vec<Elsewhere<'n, 'a>>,
}

impl<'n, 'a> Search<'_, 'n, 'a> {
    /// Looks at a node and what is in it. Inside of what may be the answer nothing else is.
    fn visit(&mut self, node: &'n Node<'a>, keys: &mut Vec<&'n str>, inside: bool) {
        let mut inside = inside;
        if !inside && self.fits(node) {
            self.known.push((node, path(keys)));
            inside = true;
        }
        match node {
            Node::Object(members) => {
                for (key, member) in members.iter() {
                    if self.status == Some(key) {
                        continue;
                    }
                    keys.push(key);
                    self.name(member, keys);
                    self.visit(member, keys, inside);
                    keys.pop();
                }
            }
            Node::List(items) => {
                if !inside && self.wanted.list && self.could_be_items(items) {
                    self.lists.push((node, path(keys)));
                }
                if let [only] = items.as_slice() {
                    self.visit(only, keys, inside);
                }
            }
            _ => {}
        }
    }

    /// Whether these are objects that have something of the answer, and are no errors or remarks.
    fn could_be_items(&self, items: &[Node<'_>]) -> bool {
        let could = |item: &Node<'_>| match self.wanted.shape {
            Some(shape) => known_members(item, shape) > 0 && !speaks_of_itself(item, shape),
            None => matches!(item, Node::Object(_)),
        };
        !items.is_empty() && items.iter().all(could)
    }

    /// Whether the last keys are those of the documented place.
    fn name(&mut self, node: &'n Node<'a>, keys: &[&'n str]) {
        if !could_be(node, self.wanted.shape) {
            return;
        }
        let pairs = keys.iter().rev().zip(self.wanted.payload.iter().rev());
        let same = pairs.take_while(|(key, wanted)| key == wanted).count();
        if let Some(hits) = same.checked_sub(1).and_then(|at| self.named.get_mut(at)) {
            hits.push((node, path(keys)));
        }
    }

    /// Whether it has the documented members: two of them, or all there are.
    fn fits(&self, node: &Node<'_>) -> bool {
        let Some(shape) = self.wanted.shape else {
            return false;
        };
        let enough = shape.members().len().clamp(1, 2);
        match node {
            Node::Object(_) => {
                known_members(node, shape) >= enough && !speaks_of_itself(node, shape)
            }
            Node::List(items) if self.wanted.list && items.len() > 1 => items
                .iter()
                .all(|item| known_members(item, shape) >= enough && !speaks_of_itself(item, shape)),
            _ => false,
        }
    }
}

/// Whether something below a documented key may be the answer: it has something of it.
fn could_be(node: &Node<'_>, shape: Option<&Shape>) -> bool {
    let has = |node: &Node<'_>| match shape {
        Some(shape) => known_members(node, shape) > 0,
        None => !node.is_empty(),
    };
    match node {
        Node::List(items) => !items.is_empty() && items.iter().all(has),
        node => has(node),
    }
}

/// Whether an object says how something went, in members that the answer does not have: an error, or a remark.
fn speaks_of_itself(node: &Node<'_>, shape: &Shape) -> bool {
    let own = |name: &str| shape.members().iter().any(|member| member.key == name);
    ["success", "code", "message", "error"]
        .iter()
        .any(|name| node.get(name).is_some() && !own(name))
}

fn known_members(node: &Node<'_>, shape: &Shape) -> usize {
    let there = |member: &&crate::wire::Member| node.get(member.key).is_some();
    shape.members().iter().filter(there).count()
}

/// Keys come from the wire: what may be data is not shown.
fn path(keys: &[&str]) -> String {
    let mut out = String::new();
    for key in keys {
        push_key(&mut out, shown_name(key));
    }
    out
}
