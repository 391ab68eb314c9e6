//! Why a tree could not be read as a type.

use std::fmt;

/// A reply does not hold what its type wants.
///
/// Names the place, the type that was wanted and the kind that was found, never the value.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    wanted: &'static str,
    found: &'static str,
    /// From the inside out.
    path: Vec<Segment>,
}

#[derive(Clone, PartialEq, Eq)]
enum Segment {
    Key(String),
    Index(usize),
}

impl DecodeError {
    /// An error at the place where decoding stands; callers put the path in front of it.
    #[must_use]
    pub fn new(wanted: &'static str, found: &'static str) -> Self {
        Self(Box::new(Inner {
            wanted,
            found,
            path: Vec::new(),
        }))
    }

    /// The same error, seen from the object that has the place as the member `key`.
    #[must_use]
    pub fn inside(mut self, key: &str) -> Self {
        self.0.path.push(Segment::Key(key.to_owned()));
        self
    }

    /// The same error, seen from the list that has the place as the item `index`.
    #[must_use]
    pub fn item(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Index(index));
        self
    }

    /// Where it is: `response.parcels[1].weight`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut out = String::new();
        for segment in self.0.path.iter().rev() {
            match segment {
                Segment::Key(key) if out.is_empty() => out.push_str(key),
                Segment::Key(key) => {
                    out.push('.');
                    out.push_str(key);
                }
                Segment::Index(index) => {
                    out.push('[');
                    out.push_str(&index.to_string());
                    out.push(']');
                }
            }
        }
        out
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
        let path = self.path();
        let place = if path.is_empty() { "the body" } else { &path };
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
