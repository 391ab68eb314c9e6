//! Why there may be several of a member.

use super::kind::Question;
use crate::claims::{Claim, Decision, Witness};
use crate::dialect::WrittenType;

/// What its witness says.
const LIST: &str = "list";

/// The decision that there may be several of what another decision is about. What no sample and no row has a list for rests
/// on who has.
pub fn list_of(item: Decision, ask: Question<'_>) -> Decision {
    let (shape, row) = (ask.shape, ask.row);
    let row = row.filter(|row| row.written == Some(WrittenType::Array));
    let stated = row.map(|row| (Witness::Row, row.span));
    let empty = || shape.seen.iter().find(|seen| seen.says == "empty list");
    let empty = || empty().map(|seen| (seen.by(), seen.span));
    let told = || ask.row.map(|row| (Witness::Row, row.span));
    let words = (Witness::Words, ask.place);
    let own = shape.listed.filter(|(by, _)| *by != Witness::Elsewhere);
    let found = stated.or(own).or_else(empty);
    let found = found.or(shape.listed).or_else(told);
    let (by, span) = found.unwrap_or(words);
    let mut out = Decision {
        value: format!("list of {}", item.value),
        ..item
    };
    if by == Witness::Elsewhere {
        out.basis = out.basis.max(by.basis());
    }
    out.witnesses.push(Claim::new(LIST, by, span));
    out
}

/// Whether it is known what one of them is, and only another message says that there may be several.
pub fn is_borrowed(decision: &Decision) -> bool {
    let mut others = decision.witnesses.iter();
    let list = others.rfind(|claim| claim.says == LIST);
    list.is_some_and(|list| list.by == Witness::Elsewhere)
        && others.any(|claim| !claim.by.basis().is_guess())
}
