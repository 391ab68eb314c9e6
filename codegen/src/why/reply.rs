//! The answer to a question, for people and for machines.

use serde::Serialize;

use crate::claims::{Basis, Claim, Decision, Facet, Place};
use crate::slate::source::{self, Sources, Span};

/// What is known of the places that a question is about.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Reply {
    /// Facts of the spec.
    pub facts: Vec<Fact>,
    /// What it consists of, each with one line.
    pub parts: Vec<Listed>,
    /// What the docs mention, where no fact of the spec is called so.
    pub left_out: Vec<Lost>,
    /// The names that are nearest to what was asked for, where no fact is called so.
    pub near: Vec<String>,
}

impl Reply {
    /// True when nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.parts.is_empty() && self.left_out.is_empty()
    }
}

/// A part of what was asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    /// What to ask for to know all of it.
    pub of: String,
    /// What it is.
    pub says: String,
    /// Where in the docs.
    #[serde(flatten)]
    pub place: Option<source::Place>,
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

/// What the docs mention, where no fact of the spec is called so.
#[derive(Clone, Debug, Serialize)]
pub struct Lost {
    /// Id of the finding; empty where there is none.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What was done.
    pub action: String,
    /// The facts that the line was read as; none where the spec has nothing of it.
    pub read_as: Vec<String>,
    /// Where.
    #[serde(flatten)]
    pub place: source::Place,
    /// The bytes of the docs that it is about.
    #[serde(skip)]
    pub span: Span,
}

impl Statement {
    fn new(claim: &Claim, note: Option<&str>, sources: &Sources) -> Self {
        let note = note.map(|note| format!(" ({note})")).unwrap_or_default();
        Self {
            says: format!("{}{note}", claim.says),
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
        let value = decision.value.as_str();
        let witnesses = decision.witnesses.iter();
        let losers = decision.losers.iter();
        Self {
            of,
            facet: facet.key().to_owned(),
            value: decision.value.clone(),
            basis: decision.basis,
            rule: decision.step.name.to_owned(),
            because: decision.step.text.to_owned(),
            r#for: witnesses
                .map(|claim| Statement::new(claim, as_well(facet, &claim.says, value), sources))
                .collect(),
            against: losers
                .map(|claim| Statement::new(claim, None, sources))
                .collect(),
        }
    }
}

/// Why a witness that says something else speaks for a value: what it says is one of the other as well.
fn as_well(facet: Facet, says: &str, value: &str) -> Option<&'static str> {
    if says == value {
        return None;
    }
    match facet {
        Facet::Type => of_type(says, value),
        Facet::Path if value.ends_with(says) => Some("the version is a decision of its own"),
        Facet::Effect => Some("the method"),
        _ => None,
    }
}

/// The same for types.
fn of_type(says: &str, value: &str) -> Option<&'static str> {
    match (value, says) {
        ("integer", "a whole number")
        | ("number", "a number")
        | ("boolean", "a boolean")
        | ("string", "text" | "empty text") => None,
        ("number", "a whole number" | "integer" | "digits") => Some("a number as well"),
        ("integer", "digits") => Some("an integer as well"),
        ("boolean", "truth value") => Some("a boolean as well"),
        ("datetime", "date") => Some("a datetime without a time of day"),
        ("string", _) => Some("a text as well"),
        ("file", _) => Some("the content of a file as well"),
        ("any", _) => Some("anything has room for it"),
        _ if value.starts_with("one of ") && says != "one of several values" => {
            Some("each of the values is one")
        }
        _ => None,
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
        Part::Hosts(name) => format!("hosts {name}"),
    }
}
