//! Every fact that was borrowed or assumed is a finding.

use super::stage::Stage;
use crate::claims::{Basis, Decision, Facet, Part, Place, Side};
use crate::diagnostics::Code;

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
            let speaker = decision.witnesses.iter().chain(&decision.losers).next();
            let span = speaker.map_or(place.section, |claim| claim.span);
            found.push((code, span, message(place, facet), action(decision)));
        }
    }
    for (code, span, message, action) in found {
        stage.diagnostics.push(code, span, message, action);
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
        Facet::Formats => Some(Code::AssumedFormats),
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
    let of = match facet {
        Facet::Type => "the type",
        Facet::Place => "the place",
        Facet::Required => "whether it is required",
        Facet::Version => "the version in front of the path",
        Facet::Formats => "the formats",
        Facet::Kind => "whether it means success",
        other => other.key(),
    };
    format!("nothing here says of {what}: {of}")
}

fn action(decision: &Decision) -> String {
    format!("{:?} was taken: {}", decision.value, decision.step.text)
}
