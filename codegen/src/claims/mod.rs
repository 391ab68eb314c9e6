//! What the docs say of one fact, and what was made of it.
//!
//! A [`Claim`] is one statement, whoever makes it. A [`Decision`] is made of all claims on a fact by one pure function,
//! [`decide`]; who wins over whom is written down in `precedence.rs`. A decision has a [`Basis`]: whether the fact was stated,
//! only shown, or is a habit of such docs that nothing supports. What was not stated is marked in the spec, and found by
//! `lint`: a guess is never taken for a fact.

mod precedence;

pub use precedence::{STEPS, Step, decide};

use crate::slate::source::Span;

/// Who makes a claim. Earlier ones know better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Witness {
    /// A cell of a table about the operation, or a line in the manner of one.
    Cell,
    /// A line that says how to call the operation.
    RequestLine,
    /// The URL of a sample.
    SampleUrl,
    /// The label of a sample.
    Label,
    /// A sample, or a table, of a body.
    Body,
    /// Nobody: a habit of such docs.
    Habit,
}

impl Witness {
    /// What a fact rests on that only this witness speaks for.
    #[must_use]
    pub fn basis(self) -> Basis {
        match self {
            Self::Cell | Self::RequestLine => Basis::Stated,
            Self::SampleUrl | Self::Label | Self::Body => Basis::Shown,
            Self::Habit => Basis::Assumed,
        }
    }
}

/// What a fact of the spec rests on. Earlier ones are surer.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The docs say so.
    Stated,
    /// Samples show it.
    Shown,
    /// Nothing in the docs says or shows it.
    Assumed,
}

/// One statement about a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The value that it claims.
    pub says: String,
    /// Who says so.
    pub by: Witness,
    /// Where.
    pub span: Span,
}

/// What was made of all claims on a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The value.
    pub value: String,
    /// What it rests on.
    pub basis: Basis,
    /// The rule that decided.
    pub step: &'static Step,
    /// The claims for it.
    pub witnesses: Vec<Claim>,
    /// The claims against it.
    pub losers: Vec<Claim>,
}
