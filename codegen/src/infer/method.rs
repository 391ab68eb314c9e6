//! By which HTTP method an operation is called: all that the docs say of it, and what that comes to.

use crate::claims::{self, Basis, Claim, Decision, Witness};
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind};
use crate::read::facts::{OperationFacts, Role};
use crate::read::url::{METHODS, Url};
use crate::slate::source::Span;

/// Decides on the method; there is always one. `lines` are the lines that state how to call the operation, `samples` the URLs of samples.
pub fn decide(
    operation: &OperationFacts,
    lines: &[(Url, Span)],
    samples: &[(Url, Span)],
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Option<Decision> {
    let mut claims = Vec::new();
    let mut claim = |says: &str, by: Witness, span: Span| {
        claims.push(Claim {
            says: says.to_owned(),
            by,
            span,
        });
    };
    if let Some(said) = &operation.method {
        let cell = said.text.to_uppercase();
        let words = cell.split(|c: char| !c.is_ascii_alphabetic());
        for word in words.filter(|word| METHODS.contains(word)) {
            claim(word, Witness::Cell, said.span);
        }
    }
    for (by, urls) in [(Witness::RequestLine, lines), (Witness::SampleUrl, samples)] {
        for (url, span) in urls {
            if let Some(method) = &url.method {
                claim(method, by, *span);
            }
        }
    }
    for sample in &operation.samples {
        let label = sample.label.as_deref().unwrap_or_default().to_lowercase();
        let posts = |word: &String| word == "post" && label.contains("post");
        if dialect.labels.request.iter().any(posts) {
            claim("POST", Witness::Label, sample.span);
        }
        if sample.role == Role::Request && sample.format.is_some() {
            claim("POST", Witness::Body, sample.span);
        }
    }
    let bodies = operation.tables.iter();
    for table in bodies.filter(|table| table.kind == HeadingKind::Body) {
        claim("POST", Witness::Body, table.heading.span);
    }
    claim("GET", Witness::Habit, operation.span);
    let decision = claims::decide(&claims)?;
    report(operation, &decision, diagnostics);
    Some(decision)
}

fn report(operation: &OperationFacts, decision: &Decision, diagnostics: &mut Diagnostics) {
    let value = &decision.value;
    if decision.basis == Basis::Assumed {
        diagnostics.push(
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
    let stated = |claim: &&Claim| !matches!(claim.by, Witness::Body | Witness::Habit);
    for loser in decision.losers.iter().filter(stated) {
        diagnostics.push(
            Code::OutvotedStatement,
            loser.span,
            format!("the method is {} here, and {value} elsewhere", loser.says),
            format!("{value} was taken: {}", decision.step.text),
        );
    }
}
