//! What a model says of itself: its members, and the fields that hold them.

use std::fmt;
use std::sync::OnceLock;

use super::context::Context;
use super::error::DecodeError;
use super::node::Node;
use super::value::{Extra, Value};

/// The members of a model, as they stand on the wire.
#[derive(Debug)]
pub struct Shape {
    name: &'static str,
    text: &'static str,
    members: OnceLock<Vec<Member>>,
}

impl Shape {
    /// What [`model!`](crate::model) says of a struct: for each member its name, the wrappers around its value with U+001F
    /// before each, U+001E if `Debug` may show it, and U+001D. A text is next to nothing to compile; it is taken apart when
    /// the members are asked for first.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, text: &'static str) -> Self {
        Self {
            name,
            text,
            members: OnceLock::new(),
        }
    }

    /// What the model is called.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its members in the order of its fields.
    pub fn members(&self) -> &[Member] {
        let member = |text: &'static str| {
            let hidden = text.strip_suffix('\u{1e}');
            let mut names = hidden.unwrap_or(text).split('\u{1f}');
            Member {
                key: names.next().unwrap_or_default(),
                wrappers: names.collect(),
                shown: hidden.is_some(),
            }
        };
        let members = || self.text.split_terminator('\u{1d}').map(member).collect();
        self.members.get_or_init(members)
    }
}

/// One member of a model.
#[derive(Debug)]
pub struct Member {
    /// Its name on the wire.
    pub key: &'static str,
    /// The wrappers around its value that exist on the wire only.
    pub wrappers: Box<[&'static str]>,
    /// Whether `Debug` may show its value.
    pub shown: bool,
}

/// A field of a model. Every type that can be read, written and printed is one.
pub trait Field: fmt::Debug + std::any::Any {
    /// Sets the field to what the node holds.
    ///
    /// # Errors
    /// The node is not a way to write a value of the type of this field.
    fn read(&mut self, node: &Node<'_>, context: &mut Context) -> Result<(), DecodeError>;

    /// The value on the wire, or nothing if the member is to be left out.
    fn write(&self) -> Option<Value>;

    /// Whether there is a value.
    fn is_set(&self) -> bool;

    /// Whether another field has the type and the value of this one.
    fn same(&self, other: &dyn Field) -> bool;

    /// Sets another field, which has the type of this one, to the value of this one.
    fn copy(&self, into: &mut dyn Field);

    /// What the type of the field, or of its items, is called in error messages.
    fn wanted(&self) -> &'static str;

    /// Whether the field is a list.
    fn is_list(&self) -> bool;

    /// The value of the field as it was written, with what reading `came` left out of it.
    #[doc(hidden)]
    fn restored(&self, written: Value, came: &Node<'_>) -> Value;

    /// The model that the field holds, or its items are, without a value.
    fn blank(&self) -> Option<Box<dyn Model>>;
}

/// A struct of the wire. [`model!`](crate::model) writes this for a struct. With it and `Default`, a struct has
/// [`Decode`](crate::wire::Decode) and [`Encode`](crate::wire::Encode).
pub trait Model {
    /// The names of its members, in the order in which the other two methods give the fields.
    fn shape(&self) -> &'static Shape;

    /// Gives all fields, and the members that the struct has no field for.
    fn fields(&self, take: &mut dyn FnMut(&[&dyn Field], &Extra));

    /// Gives all fields to be changed.
    fn fields_mut(&mut self, take: &mut dyn FnMut(&mut [&mut dyn Field], &mut Extra));
}

impl Shape {
    pub(crate) fn has(&self, key: &str) -> bool {
        self.members().iter().any(|member| member.key == key)
    }
}
