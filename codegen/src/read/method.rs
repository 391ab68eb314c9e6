//! Whether an operation sends a body, going by its method.

use super::facts::OperationFacts;
use super::part::Part;
use super::url;
use crate::dialect::Dialect;
use crate::slate::block::BlockKind;

/// Going by the method that a cell, or else the line of a request, states.
pub fn stated(facts: &OperationFacts, dialect: &Dialect) -> Option<bool> {
    let cell = facts.method.as_ref().and_then(|method| posts(&method.text));
    cell.or_else(|| posts(&of_urls(facts, dialect)?))
}

/// Going by a label above a sample, which may say that it does.
pub fn of_labels(parts: &[&Part<'_>]) -> Option<bool> {
    let mut blocks = parts.iter().flat_map(|part| part.blocks);
    let labelled = blocks.any(|block| match &block.kind {
        BlockKind::Label(text) => posts(text) == Some(true),
        _ => false,
    });
    labelled.then_some(true)
}

/// `POST /orders`: the method in front of a request URL.
fn of_urls(facts: &OperationFacts, dialect: &Dialect) -> Option<String> {
    let mut stated = facts.stated();
    stated.find_map(|said| url::parse(&said.text, &dialect.wire.format_suffixes)?.method)
}

/// Whether a method sends a body; `DELETE` may.
fn posts(method: &str) -> Option<bool> {
    let method = method.to_uppercase();
    let sends = ["POST", "PUT", "PATCH"]
        .iter()
        .any(|word| method.contains(word));
    (sends || !method.contains("DELETE")).then_some(sends)
}
