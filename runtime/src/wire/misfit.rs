//! A piece of an answer that does not fit its type.

use std::fmt;
use std::sync::Arc;

use super::error::DecodeError;
use super::value::Value;

/// A piece of an answer that does not hold what its type wants. The answer is one all the same: its field is left empty,
/// or the item left out of its list, and what came is here.
///
/// `Display` and `Debug` say where it is, what was wanted and what kind of thing was found, never the value. Cloning it
/// is cheap.
#[derive(Clone, PartialEq)]
pub struct Misfit(Arc<Inner>);

#[derive(PartialEq)]
struct Inner {
    error: DecodeError,
    value: Value,
}

impl Misfit {
    pub(crate) fn new(error: DecodeError, value: Value) -> Self {
        Self(Arc::new(Inner { error, value }))
    }

    /// Where it is in the answer, from its root: `response.parcels.parcel[1].weight`. Items are counted from 0. Empty if
    /// it is the answer as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.error.path()
    }

    /// The type that was wanted: `an integer`, `a list`, or the name of a struct.
    #[must_use]
    pub fn wanted(&self) -> &'static str {
        self.0.error.wanted()
    }

    /// What was found: `null`, `boolean`, `number`, `string`, `list`, `object`, or `nothing` where an answer was to be.
    #[must_use]
    pub fn found(&self) -> &'static str {
        self.0.error.found()
    }

    /// What came. May hold personal data: do not log it unseen.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.0.value
    }

    /// The same as an error: what a strict client makes of it.
    pub(crate) fn error(&self) -> &DecodeError {
        &self.0.error
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.error.fmt(f)
    }
}

impl fmt::Debug for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Misfit({self})")
    }
}
