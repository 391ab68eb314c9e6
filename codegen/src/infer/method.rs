//! By which HTTP method an operation is called: all that the docs say of it, and what that comes to.

use super::endpoint::Statement;
use super::stage::Stage;
use crate::claims::{self, Basis, Claim, Decision, Facet, Place, Witness};
use crate::diagnostics::Code;
use crate::dialect::HeadingKind;
use crate::read::facts::{OperationFacts, Role};
use crate::read::url::METHODS;

/// Decides on the method; there is always one. `lines` are the places that state how to call the operation, `samples` the
/// URLs of samples.
pub fn decide(
    operation: &OperationFacts,
    lines: &[&Statement],
    samples: &[Statement],
    stage: &mut Stage<'_>,
) -> Option<Decision> {
    let mut claims = Vec::new();
    if let Some(said) = &operation.method {
        let cell = said.text.to_uppercase();
        let words = cell.split(|c: char| !c.is_ascii_alphabetic());
        for word in words.filter(|word| METHODS.contains(word)) {
            claims.push(Claim::new(word, Witness::Cell, said.span));
        }
    }
    let lines = lines.iter().map(|line| (Witness::RequestLine, *line));
    let samples = samples.iter().map(|sample| (Witness::SampleUrl, sample));
    for (by, statement) in lines.chain(samples) {
        let url = &statement.url;
        for method in url.method.iter().chain(&url.other_methods) {
            claims.push(Claim::new(method, by, statement.span));
        }
    }
    for sample in &operation.samples {
        let label = sample.label.as_deref().unwrap_or_default().to_lowercase();
        let posts = |word: &String| word == "post" && label.contains("post");
        if stage.dialect.labels.request.iter().any(posts) {
            claims.push(Claim::new("POST", Witness::Label, sample.span));
        } else if let Some(method) = named(sample.label.as_deref().unwrap_or_default()) {
            claims.push(Claim::new(method, Witness::Label, sample.span));
        }
        if sample.role == Role::Request && sample.format.is_some() {
            claims.push(Claim::new("POST", Witness::Body, sample.span));
        }
    }
    let bodies = operation.tables.iter();
    for table in bodies.filter(|table| table.kind == HeadingKind::Body) {
        claims.push(Claim::new("POST", Witness::Body, table.heading.span));
    }
    claims.push(Claim::new("GET", Witness::Habit, operation.span));
    let mut decision = claims::decide(Facet::Method, claims)?;
    // A body says that the method is none of those without one, and not which of the others it is.
    if decision.basis == Basis::Shown
        && decision
            .witnesses
            .iter()
            .all(|claim| claim.by == Witness::Body)
    {
        decision.basis = Basis::Assumed;
    }
    report(operation, &decision, stage);
    let place = Place::whole(operation.span);
    stage.ledger.note(place, Facet::Method, decision.clone());
    Some(decision)
}

/// The method that a label has as a word in capitals: `Sample PUT Request`.
fn named(label: &str) -> Option<&'static str> {
    let words = |method: &&&str| {
        let mut words = label.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| word == **method)
    };
    METHODS.iter().find(words).copied()
}

fn report(operation: &OperationFacts, decision: &Decision, stage: &mut Stage<'_>) {
    let value = &decision.value;
    if decision.basis == Basis::Assumed {
        stage.diagnostics.push(
            Code::AssumedFact,
            operation.span,
            format!(
                "nothing says by which method {:?} is called",
                operation.title
            ),
            format!("{value} was taken, and that a second call may change something"),
        );
    }
    // What is seen of a body, and what is usual, contradicts nobody.
    for loser in decision.losers.iter().filter(|claim| claim.by.speaks()) {
        let mut winners = decision.witnesses.iter();
        let beside = winners.any(|claim| (claim.by, claim.span) == (loser.by, loser.span));
        let message = if beside {
            format!("the methods {value} and {} are stated here", loser.says)
        } else {
            format!("the method is {} here, and {value} elsewhere", loser.says)
        };
        stage.diagnostics.push(
            Code::OutvotedStatement,
            loser.span,
            message,
            format!("{value} was taken: {}", decision.step.text),
        );
    }
}
