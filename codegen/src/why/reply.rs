//! The answer to a question, for people and for machines.

use serde::Serialize;

use crate::claims::{Basis, Claim, Decision, Facet, Place};
use crate::slate::source::{self, Sources, Span};

/// What is known of the places that a question is about.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Reply {
    /// Facts of the spec.
    pub facts: Vec<Fact>,
    /// What the docs mention, and the spec lacks.
    pub left_out: Vec<Lost>,
}

impl Reply {
    /// True when nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.left_out.is_empty()
    }
}

/// One fact.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// The operation or the entity, and the place in it.
    pub of: String,
    /// Which fact of it: the key of the spec.
    pub facet: String,
    /// What was decided.
    pub value: String,
    /// What it rests on.
    pub basis: Basis,
    /// The rule that decided, and what it says.
    pub rule: String,
    /// What that says.
    pub because: String,
    /// Who speaks for it.
    pub r#for: Vec<Statement>,
    /// Who speaks against it.
    pub against: Vec<Statement>,
}

/// One statement of the docs, of the overrides or of the published names.
#[derive(Clone, Debug, Serialize)]
pub struct Statement {
    /// What it says.
    pub says: String,
    /// Who says it.
    pub by: &'static str,
    /// Where.
    #[serde(flatten)]
    pub place: Option<source::Place>,
    /// The bytes of the docs that say it.
    #[serde(skip)]
    pub span: Option<Span>,
}

/// What the docs mention, and the spec lacks.
#[derive(Clone, Debug, Serialize)]
pub struct Lost {
    /// Id of the finding.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What was done.
    pub action: String,
    /// Where.
    #[serde(flatten)]
    pub place: source::Place,
    /// The bytes of the docs that it is about.
    #[serde(skip)]
    pub span: Span,
}

impl Statement {
    fn new(claim: &Claim, sources: &Sources) -> Self {
        Self {
            says: claim.says.clone(),
            by: claim.by.text(),
            place: Some(sources.place(claim.span)),
            span: Some(claim.span),
        }
    }
}

impl Fact {
    /// A decision of the ledger as an answer.
    #[must_use]
    pub fn new(of: String, facet: Facet, decision: &Decision, sources: &Sources) -> Self {
        let all = |claims: &[Claim]| {
            let claims = claims.iter();
            claims.map(|claim| Statement::new(claim, sources)).collect()
        };
        Self {
            of,
            facet: facet.key().to_owned(),
            value: decision.value.clone(),
            basis: decision.basis,
            rule: decision.step.name.to_owned(),
            because: decision.step.text.to_owned(),
            r#for: all(&decision.witnesses),
            against: all(&decision.losers),
        }
    }
}

/// What a place is called, below its operation.
#[must_use]
pub fn name(place: &Place) -> String {
    use crate::claims::Part;
    match &place.part {
        Part::Whole => String::new(),
        Part::Member(side, path) => format!("{} {}", side.word(), path.join(".")),
        Part::Code(code) => format!("code {code}"),
    }
}
