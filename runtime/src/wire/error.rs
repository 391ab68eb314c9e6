//! Why a tree could not be read as a type.

use std::fmt;

/// A piece of a body is not a way to write a value of its type.
///
/// Names the place, the type that was wanted and the kind that was found, never the value.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    wanted: &'static str,
    found: &'static str,
    path: String,
}

impl DecodeError {
    /// An error at the place where decoding stands; whoever knows the way there adds it.
    #[must_use]
    pub fn new(wanted: &'static str, found: &'static str) -> Self {
        Self(Box::new(Inner {
            wanted,
            found,
            path: String::new(),
        }))
    }

    /// The same error at a place.
    #[must_use]
    pub(crate) fn at(mut self, path: String) -> Self {
        self.0.path = path;
        self
    }

    /// Where it is: `response.parcels[1].weight`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The type that was wanted.
    #[must_use]
    pub fn wanted(&self) -> &'static str {
        self.0.wanted
    }

    /// What was found: `null`, `boolean`, `number`, `string`, `list`, `object` or `nothing`.
    #[must_use]
    pub fn found(&self) -> &'static str {
        self.0.found
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self.path() {
            "" => "the body",
            path => path,
        };
        write!(
            f,
            "{place}: wanted {}, found {}",
            self.0.wanted, self.0.found
        )
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl std::error::Error for DecodeError {}
