//! One statement, and what was made of all statements on a fact.

use super::witness::{Basis, Witness};
use crate::slate::source::Span;

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

impl Claim {
    /// A statement.
    #[must_use]
    pub fn new(says: impl Into<String>, by: Witness, span: Span) -> Self {
        Self {
            says: says.into(),
            by,
            span,
        }
    }
}

/// A rule that decides between claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is called.
    pub name: &'static str,
    /// What it says.
    pub text: &'static str,
}

/// What was made of all claims on a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The value.
    pub value: String,
    /// What it rests on.
    pub basis: Basis,
    /// The rule that decided.
    pub step: Step,
    /// The claims for it.
    pub witnesses: Vec<Claim>,
    /// The claims against it.
    pub losers: Vec<Claim>,
}

impl Decision {
    /// Sorts the claims into those for the value and those against it. The basis is that of the best witness.
    #[must_use]
    pub fn new(
        value: String,
        step: Step,
        claims: Vec<Claim>,
        speaks_for: impl Fn(&Claim) -> bool,
    ) -> Self {
        let (witnesses, losers): (Vec<Claim>, Vec<Claim>) =
            claims.into_iter().partition(speaks_for);
        let basis = witnesses.iter().map(|claim| claim.by.basis()).min();
        Self {
            value,
            basis: basis.unwrap_or(Basis::Assumed),
            step,
            witnesses,
            losers,
        }
    }

    /// What one witness says and nobody else speaks of.
    #[must_use]
    pub fn single(claim: Claim) -> Self {
        const ALONE: Step = Step {
            name: "only witness",
            text: "nobody else speaks of it",
        };
        Self {
            value: claim.says.clone(),
            basis: claim.by.basis(),
            step: ALONE,
            witnesses: vec![claim],
            losers: Vec::new(),
        }
    }

    /// What one witness says, by a rule that says how it was understood.
    #[must_use]
    pub fn by(step: Step, claim: Claim) -> Self {
        Self {
            step,
            ..Self::single(claim)
        }
    }
}
