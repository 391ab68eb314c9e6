//! Where the values of an answer are put while it is read.
//!
//! How an answer is read does not depend on its type. So it is written for [`Slots`], and compiled once; what is compiled for
//! each type is only [`Typed`], which reads a value and keeps it.

use std::mem;

use crate::reply::Item;
use crate::wire::{Context, Decode, DecodeError, ItemStatus, Model, Node};

/// A list that takes what is read, one value after the other.
pub(crate) trait Slots: Send {
    /// What the type is called in error messages.
    fn name(&self) -> &'static str;

    /// The model that is read, without a value.
    fn blank(&self) -> Option<Box<dyn Model>>;

    /// Whether a list is read.
    fn is_list(&self) -> bool;

    /// Makes room for so many values, which may be large.
    fn reserve(&mut self, count: usize);

    /// Reads one more value.
    fn read(&mut self, node: &Node<'_>, context: &mut Context) -> Result<(), DecodeError>;

    /// One more value, of what is not there.
    fn read_missing(&mut self) -> Result<(), DecodeError>;

    /// What a value says of how it went with it.
    fn status(&self, at: usize) -> Option<&ItemStatus>;

    /// Forgets all values.
    fn clear(&mut self);
}

/// Values of one type.
pub(crate) struct Typed<T> {
    values: Vec<T>,
    status: fn(&T) -> Option<&ItemStatus>,
}

impl<T> Typed<T> {
    /// For an answer that is no item.
    pub(crate) fn plain() -> Self {
        Self {
            values: Vec::new(),
            status: |_| None,
        }
    }

    /// The values, in the order in which they were read.
    pub(crate) fn take(&mut self) -> Vec<T> {
        mem::take(&mut self.values)
    }
}

impl<T: Item> Typed<T> {
    /// For items, which say how it went with them.
    pub(crate) fn items() -> Self {
        Self {
            values: Vec::new(),
            status: T::item_status,
        }
    }
}

impl<T: Decode + Send> Slots for Typed<T> {
    fn name(&self) -> &'static str {
        T::name()
    }

    fn blank(&self) -> Option<Box<dyn Model>> {
        T::blank()
    }

    fn is_list(&self) -> bool {
        T::LIST
    }

    fn reserve(&mut self, count: usize) {
        self.values.reserve_exact(count);
    }

    fn read(&mut self, node: &Node<'_>, context: &mut Context) -> Result<(), DecodeError> {
        self.values.push(T::decode(node, context)?);
        Ok(())
    }

    fn read_missing(&mut self) -> Result<(), DecodeError> {
        self.values.push(T::missing()?);
        Ok(())
    }

    fn status(&self, at: usize) -> Option<&ItemStatus> {
        self.values.get(at).and_then(self.status)
    }

    fn clear(&mut self) {
        self.values.clear();
    }
}
