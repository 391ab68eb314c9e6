//! Every fact that was borrowed or assumed is a finding.

use super::stage::Stage;
use crate::claims::{Basis, Claim, Decision, Facet, Part, Place, Side, Witness};
use crate::diagnostics::Code;
use crate::slate::source::Sources;

/// Reports what the ledger has that nobody states or shows at its place. What is inside of a borrowed object has no
/// finding of its own: the object has one.
pub fn guesses(stage: &mut Stage<'_>) {
    let ledger = &*stage.ledger;
    let mut found = Vec::new();
    for (place, facet, decision) in ledger.iter() {
        if !decision.basis.is_guess() {
            continue;
        }
        let borrowed = |above: Place| {
            let above = ledger.of(&above, Facet::Type);
            above.is_some_and(|above| above.basis == Basis::Borrowed)
        };
        let inside = above(place).is_some_and(borrowed);
        if let Some(code) = code(place, facet, decision).filter(|_| !inside) {
            let span = ledger.location(place);
            let action = action(decision, stage.sources);
            found.push((code, span, message(place, facet), action));
        }
    }
    for (code, span, message, action) in found {
        stage.diagnostics.push(code, span, message, action);
    }
}

/// Reports samples that show what a row says it is not, where the row was followed.
pub fn contradictions(stage: &mut Stage<'_>) {
    let strict = ["date", "datetime", "integer", "number", "boolean"];
    let mut found = Vec::new();
    for (place, facet, decision) in stage.ledger.iter() {
        let Part::Member(_, path) = &place.part else {
            continue;
        };
        let by_row = decision
            .witnesses
            .iter()
            .any(|claim| claim.by == Witness::Row);
        if facet != Facet::Type || !by_row || !strict.contains(&decision.value.as_str()) {
            continue;
        }
        let mut shown = decision.losers.iter();
        let contradicts =
            |claim: &&Claim| claim.by.basis() == Basis::Shown && claim.says != "empty text";
        if let Some(sample) = shown.find(contradicts) {
            let message = format!(
                "{} is stated as {}, but this shows {}",
                path.join("."),
                decision.value,
                sample.says
            );
            found.push((sample.span, message));
        }
    }
    for (span, message) in found {
        let action = "the statement was followed";
        stage
            .diagnostics
            .push(Code::TypeConflict, span, message, action);
    }
}

/// The object around a member.
fn above(place: &Place) -> Option<Place> {
    let Part::Member(side, path) = &place.part else {
        return None;
    };
    let (_, above) = path.split_last()?;
    (!above.is_empty()).then(|| Place::member(place.section, *side, above.to_vec()))
}

/// The kind of finding. What has a finding already, where it was decided, has none here.
fn code(place: &Place, facet: Facet, decision: &Decision) -> Option<Code> {
    let borrowed = decision.basis == Basis::Borrowed;
    match facet {
        Facet::Type if borrowed => Some(Code::BorrowedType),
        Facet::Type => Some(Code::AssumedType),
        Facet::Place if borrowed => Some(Code::BorrowedPlace),
        Facet::Place => match &place.part {
            Part::Member(Side::Request | Side::Response, _) => None,
            _ => Some(Code::AssumedSending),
        },
        Facet::Required => Some(Code::AssumedPresence),
        Facet::Version => Some(Code::BorrowedVersion),
        Facet::Formats | Facet::Encoding => Some(Code::AssumedFormats),
        Facet::Kind => Some(Code::AssumedKind),
        _ => None,
    }
}

fn message(place: &Place, facet: Facet) -> String {
    let what = match &place.part {
        Part::Member(side, path) => format!("{} in the {}", path.join("."), side.word()),
        Part::Code(code) => format!("code {code}"),
        Part::Whole => "this operation".to_owned(),
    };
    match facet {
        Facet::Type => format!("nothing here says of which type {what} is"),
        Facet::Place => match &place.part {
            Part::Member(Side::Request | Side::Response, path) => {
                format!("no sample of this message has {}", path.join("."))
            }
            _ => format!("nothing says whether {what} is sent in the URL or in the body"),
        },
        Facet::Required => format!("nothing says what the mark behind {what} means"),
        Facet::Version => {
            "no URL of this operation has the version in front of its path".to_owned()
        }
        Facet::Formats => "nothing says in which formats this operation answers".to_owned(),
        Facet::Encoding => "nothing of this operation says how its body is written".to_owned(),
        Facet::Kind => format!("nothing says whether {what} means success"),
        other => format!("nothing says of {what} the {}", other.key()),
    }
}

fn action(decision: &Decision, sources: &Sources) -> String {
    let value = &decision.value;
    let lender = decision
        .witnesses
        .iter()
        .find(|claim| matches!(claim.by, Witness::Elsewhere | Witness::Index));
    match lender {
        Some(lender) => {
            let place = sources.place(lender.span);
            format!(
                "{value:?} was taken, as {}:{} has it",
                place.file, place.line
            )
        }
        None => format!("{value:?} was taken: {}", decision.step.text),
    }
}
