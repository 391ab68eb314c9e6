//! The members of objects: which are documented, which wrappers were left out or added, and what is demanded.

use std::borrow::Cow;

use jiter::{Jiter, Peek};

use super::found::{self, Found};
use super::places::{Object, PlaceId, Places, Shape};
use super::skip::skip;
use super::walker::{DEEPEST, Purpose, Stop, Verdict, Walk};

impl<'w, 's> Walk<'w, 's> {
    /// What a wrapper is around: the only member, if it is a list or an object.
    pub(super) fn wrapped(&self, at: PlaceId) -> Option<PlaceId> {
        let (_, only) = self.places.only_member(at)?;
        let shape = self.places.place(only).shape;
        matches!(shape, Shape::List(_) | Shape::Object(_)).then_some(only)
    }

    /// The object that is meant where the wrapper around it was left out.
    fn without_wrapper(&self, at: PlaceId, key: &str) -> Option<PlaceId> {
        let inside = self.places.inside_lists(self.wrapped(at)?);
        self.places.member(inside, key).map(|_| inside)
    }

    /// An object; `list` is the place of the list that it is an item of.
    pub(super) fn object(
        &mut self,
        json: &mut Jiter<'_>,
        at: PlaceId,
        list: Option<PlaceId>,
        depth: usize,
    ) -> Result<(), Stop> {
        if depth > DEEPEST {
            return Err(Stop::Deep);
        }
        let mut open = Open::new(self.places, at, std::mem::take(&mut self.here));
        let mut key = json.known_object()?;
        if key.is_none() {
            self.here = open.outer;
            self.note(list.unwrap_or(at), Found::Nothing);
            return Ok(());
        }
        while let Some(name) = key {
            match self.next(&mut open, name, depth) {
                Next::Member(index, member) => {
                    let peek = json.peek()?;
                    self.member(&mut open, json, peek, (index, member), depth)?;
                }
                Next::Wrapped(inside) => {
                    open.wrapper = true;
                    let peek = json.peek()?;
                    let inside = inside.or(list).unwrap_or(open.at);
                    self.value(json, peek, inside, depth + 1)?;
                }
                Next::Unknown(slot) => {
                    open.unknown.extend(slot.map(|(slot, _)| slot));
                    let peek = json.peek()?;
                    let found = skip(json, peek)?;
                    self.unknown(open.at, slot, found);
                }
            }
            if self.is_enough() {
                return Err(Stop::Enough);
            }
            key = json.next_key()?;
        }
        self.close(&open);
        Ok(())
    }

    /// What the next member of an object is.
    fn next(&mut self, open: &mut Open<'w, 's>, name: &str, depth: usize) -> Next {
        let wire = self.places.wire;
        let mut index = open.object.find(name, open.hint);
        if index.is_none() && open.first {
            if let Some(inside) = self.without_wrapper(open.at, name) {
                open.enter(self.places, inside);
                index = open.object.find(name, 0);
            } else if *name == wire.item {
                return Next::Wrapped(None);
            } else if let Some(root) = self.document_element(open.at, depth) {
                return Next::Wrapped(Some(root));
            }
        }
        open.first &= name.starts_with('@');
        if let Some(index) = index {
            return Next::Member(index, open.object.members[index].1);
        }
        // Some converters write attributes so.
        let attribute = name.strip_prefix('-').and_then(|name| open.attribute(name));
        if let Some(index) = attribute {
            return Next::Member(index, open.object.members[index].1);
        }
        let is = |known: &String| known == name;
        if wire.remarks.iter().any(is) || wire.null_attributes.iter().any(is) {
            return Next::Unknown(None);
        }
        match &mut self.purpose {
            Purpose::Count(tally) => {
                let now = tally.now();
                let slot = tally.unknown.entry(open.at).or_default().slot(name, now);
                let may_be_empty = wire.empty_remarks.iter().any(is);
                Next::Unknown(Some((slot, may_be_empty)))
            }
            Purpose::Compare(score) => {
                score.points -= 2;
                Next::Unknown(None)
            }
        }
    }

    fn unknown(&mut self, at: PlaceId, slot: Option<(usize, bool)>, found: Found) {
        if let (Some((slot, may_be_empty)), Purpose::Count(tally)) = (slot, &mut self.purpose)
            && !(may_be_empty && found == Found::Nothing)
        {
            tally.unknown.entry(at).or_default().note(slot, found, 1);
        }
    }

    /// Where the inside of a document element belongs that the message does not name.
    fn document_element(&self, at: PlaceId, depth: usize) -> Option<PlaceId> {
        if !self.xml || depth > 0 {
            return None;
        }
        let only = self.places.only_member(at);
        let root = only.filter(|(name, _)| self.places.wire.roots.iter().any(|root| root == name));
        Some(root.map_or(at, |(_, root)| root))
    }

    fn member(
        &mut self,
        open: &mut Open<'w, 's>,
        json: &mut Jiter<'_>,
        peek: Peek,
        (index, member): (usize, PlaceId),
        depth: usize,
    ) -> Result<(), Stop> {
        // In XML an element that comes again is a list.
        if self.xml && open.seen & bit(index) != 0 && self.is_single(member) {
            self.note(member, Found::List);
        }
        self.value(json, peek, member, depth + 1)?;
        open.mark(index, self.last);
        Ok(())
    }

    fn is_single(&self, at: PlaceId) -> bool {
        let several = matches!(self.places.place(at).shape, Shape::List(_) | Shape::Any);
        !several && self.wrapped(at).is_none()
    }
}

impl Walk<'_, '_> {
    /// Walks the parameters of a query.
    pub(super) fn query<'q>(
        &mut self,
        pairs: impl Iterator<Item = (Cow<'q, str>, Cow<'q, str>)>,
        root: PlaceId,
    ) {
        let mut open = Open::new(self.places, root, Verdict::default());
        for (name, value) in pairs {
            if *name == *self.places.wire.format_query {
                continue;
            }
            if let Some(index) = open.object.find(&name, open.hint) {
                let place = open.object.members[index].1;
                let found = self.text(&value, place);
                self.note(place, found);
                open.mark(index, found);
                continue;
            }
            match &mut self.purpose {
                Purpose::Compare(score) => score.points -= 1,
                Purpose::Count(tally) => {
                    let now = tally.now();
                    let unknown = tally.unknown.entry(root).or_default();
                    let slot = unknown.slot(&name, now);
                    open.unknown.push(slot);
                    unknown.note(slot, found::of_text(value.as_bytes()), 1);
                }
            }
        }
        self.close(&open);
    }
}

/// What comes next in an object.
enum Next {
    /// A documented member: its index and its place.
    Member(usize, PlaceId),
    /// A wrapper that the docs do not have, around this place or the one at hand.
    Wrapped(Option<PlaceId>),
    /// Something else: where it is counted, and whether it is a remark where it is empty.
    Unknown(Option<(usize, bool)>),
}

/// An object that is being walked.
pub(super) struct Open<'w, 's> {
    pub at: PlaceId,
    pub object: &'w Object<'s>,
    /// The outcome around it.
    pub outer: Verdict,
    /// Members that were there, and those with a value.
    pub seen: u128,
    pub filled: u128,
    /// Members that the docs do not have, by their number in the tally.
    pub unknown: Vec<usize>,
    hint: usize,
    first: bool,
    pub wrapper: bool,
}

impl<'w, 's> Open<'w, 's> {
    fn new(places: &'w Places<'s>, at: PlaceId, outer: Verdict) -> Self {
        Self {
            at,
            object: places.object(at).unwrap_or(&places.nothing),
            outer,
            seen: 0,
            filled: 0,
            unknown: Vec::new(),
            hint: 0,
            first: true,
            wrapper: false,
        }
    }

    /// The index of an attribute.
    fn attribute(&self, name: &str) -> Option<usize> {
        let is = |(known, _): &(&str, PlaceId)| known.strip_prefix('@') == Some(name);
        self.object.members.iter().position(is)
    }

    /// A member was there.
    fn mark(&mut self, index: usize, found: Found) {
        self.hint = index + 1;
        self.seen |= bit(index);
        if found != Found::Nothing {
            self.filled |= bit(index);
        }
    }

    fn enter(&mut self, places: &'w Places<'s>, at: PlaceId) {
        self.at = at;
        self.object = places.object(at).unwrap_or(&places.nothing);
    }
}

/// The bit of a member; those behind the 128th have none.
fn bit(index: usize) -> u128 {
    u32::try_from(index)
        .ok()
        .and_then(|index| 1_u128.checked_shl(index))
        .unwrap_or(0)
}
