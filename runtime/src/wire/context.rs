//! What goes along while a tree is read as a type: where reading stands, and what it found.

use std::fmt::Write as _;

use super::error::DecodeError;
use super::misfit::Misfit;
use super::node::Node;
use super::watch::{DriftKind, Sight, Watch};

/// What goes along while a tree is read as a type: the way from the root to where reading stands, the pieces that did
/// not fit, and, where somebody listens, what else the types do not know.
#[derive(Default)]
pub struct Context {
    /// What stands above the path: keys that no type knows.
    base: String,
    path: Vec<Segment>,
    misfits: Vec<Misfit>,
    /// A list or a map left out what does not fit it, since this was last set.
    incomplete: bool,
    watch: Option<Watch>,
}

/// A step of the way.
#[derive(Clone, Copy)]
enum Segment {
    Key(&'static str),
    Index(usize),
}

/// How paths are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Items {
    /// `parcel[1]`: this item.
    Counted,
    /// `parcel[]`: any item.
    Alike,
}

impl Context {
    /// Reading begins at the root.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Goes to a documented place.
    pub(crate) fn stand_below(&mut self, keys: &'static [&'static str]) {
        self.base.clear();
        self.path.clear();
        self.path.extend(keys.iter().copied().map(Segment::Key));
    }

    /// Goes to a place that is not a documented one.
    pub(crate) fn stand_at(&mut self, path: String) {
        self.base = path;
        self.path.clear();
    }

    /// The same, and somebody listens.
    pub(crate) fn watched(mut self, watch: Option<Watch>) -> Self {
        self.watch = watch;
        self
    }

    /// Whether somebody listens.
    pub(crate) fn is_watched(&self) -> bool {
        self.watch.is_some()
    }

    /// Whether the members that do not come are asked for.
    pub(crate) fn wants_absent(&self) -> bool {
        self.watch.as_ref().is_some_and(Watch::wants_absent)
    }

    /// Goes into a member, and further through wrappers. Gives what [`leave`](Self::leave) needs.
    pub(crate) fn enter(&mut self, key: &'static str) -> usize {
        let before = self.path.len();
        self.path.push(Segment::Key(key));
        before
    }

    /// Goes into an item of a list.
    pub(crate) fn item(&mut self, index: usize) -> usize {
        let before = self.path.len();
        self.path.push(Segment::Index(index));
        before
    }

    /// Goes back to where it stood.
    pub(crate) fn leave(&mut self, before: usize) {
        self.path.truncate(before);
    }

    /// What stands here does not fit: it is left out, and noted.
    pub(crate) fn misfit(&mut self, error: DecodeError, node: &Node<'_>) {
        let error = error.at(self.text(Items::Counted));
        if self.watch.is_some() {
            let sight = Sight {
                wanted: Some(error.wanted()),
                found: Some(error.found()),
                ..Sight::new(DriftKind::Misfit, self.text(Items::Alike))
            };
            self.note(sight);
        }
        self.misfits.push(Misfit::new(error, node.to_value()));
    }

    /// What stands here does not fit a list or a map, which goes on without it.
    pub(crate) fn left_out(&mut self, error: DecodeError, node: &Node<'_>) {
        self.misfit(error, node);
        self.incomplete = true;
    }

    /// Sets whether a list or a map has left something out, and says whether one had since this was last set.
    pub(crate) fn set_incomplete(&mut self, incomplete: bool) -> bool {
        std::mem::replace(&mut self.incomplete, incomplete)
    }

    /// A member that the type does not know.
    pub(crate) fn unknown_member(&mut self, key: &str, kind: &'static str) {
        if self.watch.is_some() {
            let mut path = self.text(Items::Alike);
            push_key(&mut path, super::watch::shown_name(key));
            let sight = Sight {
                found: Some(kind),
                ..Sight::new(DriftKind::UnknownMember, path)
            };
            self.note(sight);
        }
    }

    /// A member that the documentation names and the answer does not have.
    pub(crate) fn absent_member(&mut self, key: &'static str) {
        let mut path = self.text(Items::Alike);
        push_key(&mut path, key);
        self.note(Sight::new(DriftKind::AbsentMember, path));
    }

    /// A value of an open enumeration, or a form of a date, that the type does not know.
    #[doc(hidden)]
    pub fn unknown_value(&mut self, wanted: &'static str) {
        if self.watch.is_some() {
            let sight = Sight {
                wanted: Some(wanted),
                ..Sight::new(DriftKind::UnknownValue, self.text(Items::Alike))
            };
            self.note(sight);
        }
    }

    /// A code that is not documented.
    pub(crate) fn unknown_code(&mut self, code: u32) {
        let sight = Sight {
            code: Some(code),
            ..Sight::new(DriftKind::UnknownCode, self.text(Items::Alike))
        };
        self.note(sight);
    }

    /// Something about the answer as a whole, which stands here.
    pub(crate) fn see(&mut self, kind: DriftKind, found: &'static str) {
        if self.watch.is_some() {
            let sight = Sight {
                found: Some(found),
                ..Sight::new(kind, self.text(Items::Alike))
            };
            self.note(sight);
        }
    }

    fn note(&mut self, sight: Sight) {
        if let Some(watch) = &mut self.watch {
            watch.see(sight);
        }
    }

    /// What did not fit so far.
    pub(crate) fn misfits(&self) -> &[Misfit] {
        &self.misfits
    }

    /// What did not fit, and what was seen where somebody listens.
    pub(crate) fn into_parts(self) -> (Vec<Misfit>, Option<Watch>) {
        (self.misfits, self.watch)
    }

    /// Where reading stands.
    pub(crate) fn place(&self) -> String {
        self.text(Items::Counted)
    }

    fn text(&self, items: Items) -> String {
        let mut out = self.base.clone();
        for segment in &self.path {
            match (segment, items) {
                (Segment::Key(key), _) => push_key(&mut out, key),
                (Segment::Index(index), Items::Counted) => {
                    // Writing to a text cannot fail.
                    let _ = write!(out, "[{index}]");
                }
                (Segment::Index(_), Items::Alike) => out.push_str("[]"),
            }
        }
        out
    }
}

/// Adds a key to a path.
pub(crate) fn push_key(path: &mut String, key: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(key);
}
