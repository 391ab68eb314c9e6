//! Every fact that was borrowed or assumed is a finding.

use std::collections::{HashMap, HashSet};

use super::plural;
use super::stage::Stage;
use super::traits::EMPTY;
use crate::claims::{Basis, Claim, Decision, Facet, Part, Place, Side, Witness};
use crate::diagnostics::{Code, Diagnostics};
use crate::read::facts::{Facts, ParamRow};
use crate::slate::source::{Sources, Span};

/// Reports what the ledger has that nobody states or shows at its place. What is inside of a borrowed object has no
/// finding of its own: the object has one.
pub fn guesses(facts: &Facts, stage: &mut Stage<'_>) {
    let ledger = &*stage.ledger;
    let tables = facts.operations().flat_map(|operation| &operation.tables);
    let rows: Vec<&ParamRow> = tables.flat_map(|table| &table.rows).collect();
    let of_row = |row: &&ParamRow| (row.span, row.cells.name);
    let names: HashMap<Span, Span> = rows.iter().map(of_row).collect();
    let mut found: Vec<Guess<'_>> = Vec::new();
    // Where a table has no column for types, that is what is missing in all of its rows.
    let without_column = rows
        .iter()
        .filter(|row| row.cells.written == row.cells.name);
    let without_column: HashSet<Span> = without_column.map(|row| row.cells.name).collect();
    let untold = untold(&rows, stage.diagnostics);
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
            let mut span = ledger.location(place);
            // A mark stands in a row, wherever samples show the field.
            if let (Facet::Required, [marked, ..]) = (facet, decision.witnesses.as_slice()) {
                span = marked.span;
            }
            // What is said of a row is about its name.
            span = names.get(&span).copied().unwrap_or(span);
            if facet == Facet::Type && untold.contains(&span) {
                continue;
            }
            let guess = Guess {
                code,
                facet,
                gap: match Gap::of(decision) {
                    Gap::All if without_column.contains(&span) => Gap::Column,
                    gap => gap,
                },
                places: vec![place],
                span,
                action: action(decision, stage.sources),
            };
            match found.iter_mut().find(|known| known.takes(&guess)) {
                Some(known) => known.add(guess),
                None => found.push(guess),
            }
        }
    }
    for guess in found {
        let message = guess.message();
        stage
            .diagnostics
            .push(guess.code, guess.span, message, guess.action);
    }
}

/// Where parameters stand of whose type another finding says why it is not known: they are in no table, or the word of
/// their row for it is no type.
fn untold(rows: &[&ParamRow], diagnostics: &Diagnostics) -> HashSet<Span> {
    let of_row = |row: &&ParamRow| (row.cells.written, row.cells.name);
    let written: HashMap<Span, Span> = rows.iter().map(of_row).collect();
    let places = diagnostics.iter().filter_map(|finding| match finding.code {
        Code::UndocumentedQuery => Some(finding.span),
        Code::UnknownType => written.get(&finding.span).copied(),
        _ => None,
    });
    places.collect()
}

/// What is not known of a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Anything.
    All,
    /// Anything, as in all rows of a table that has no column for types.
    Column,
    /// Of what a list is.
    Items,
    /// That there may be several.
    Several,
}

impl Gap {
    fn of(decision: &Decision) -> Self {
        match decision.basis {
            Basis::Assumed if decision.value.starts_with("list of ") => Self::Items,
            Basis::Borrowed if plural::is_borrowed(decision) => Self::Several,
            _ => Self::All,
        }
    }
}

/// What one gap in the docs made necessary to guess.
struct Guess<'l> {
    code: Code,
    facet: Facet,
    gap: Gap,
    places: Vec<&'l Place>,
    span: Span,
    action: String,
}

impl Guess<'_> {
    /// Whether another guess of the same section has the same cause: a mark that no sentence explains, a heading that does
    /// not say what is below it, or a table without types.
    fn takes(&self, other: &Self) -> bool {
        let same = |place: &&Place| {
            let of_same = |one: &Place, two: &Place| match (&one.part, &two.part) {
                (Part::Member(one, _), Part::Member(two, _)) => one == two,
                (one, two) => matches!((one, two), (Part::Code(_), Part::Code(_))),
            };
            let mut others = other.places.iter();
            others.all(|other| other.section == place.section && of_same(place, other))
        };
        let shared = match self.facet {
            Facet::Required | Facet::Place | Facet::Kind => self.code != Code::BorrowedPlace,
            Facet::Type => self.gap == Gap::Column && other.gap == Gap::Column,
            _ => false,
        };
        shared
            && (self.code, self.facet) == (other.code, other.facet)
            && self.span.file == other.span.file
            && self.action == other.action
            && self.places.first().is_some_and(same)
    }

    /// Takes the place of another one. The first in the docs is where the finding is.
    fn add(&mut self, other: Self) {
        self.span = self.span.min(other.span);
        self.places.extend(other.places);
    }

    fn message(&self) -> String {
        let [place] = self.places[..] else {
            return several(&self.places, self.facet);
        };
        message(place, self.facet, self.gap)
    }
}

/// The message on several places with one cause.
fn several(places: &[&Place], facet: Facet) -> String {
    let name = |place: &&Place| match &place.part {
        Part::Member(_, path) => path.join("."),
        Part::Code(code) => code.to_string(),
        Part::Hosts(name) => name.clone(),
        Part::Whole => String::new(),
    };
    let names = listed(places.iter().map(name).collect());
    let side = places.first().map(|place| &place.part);
    let what = match side {
        Some(Part::Member(side, _)) => format!("{names} in the {}", side.word()),
        _ => format!("codes {names}"),
    };
    match facet {
        Facet::Required => format!("nothing says what the mark behind {what} means"),
        Facet::Place => unsent(&format!("{what} are")),
        Facet::Type => format!("nothing here says of which types {what} are"),
        _ => format!("nothing says whether {what} mean success"),
    }
}

/// What is said of parameters of which nobody says where they are sent: `{what}` are they, with the verb.
pub fn unsent(what: &str) -> String {
    format!("nothing says whether {what} sent in the URL or in the body")
}

/// The first of these names, and how many more there are.
pub fn listed(mut names: Vec<String>) -> String {
    const SHOWN: usize = 5;
    let more = names.len().saturating_sub(SHOWN);
    names.truncate(SHOWN);
    let last = match (names.len(), more) {
        (0 | 1, 0) => return names.pop().unwrap_or_default(),
        (_, 0) => names.pop().unwrap_or_default(),
        _ => format!("{more} more"),
    };
    format!("{} and {last}", names.join(", "))
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
        // What says that there is no body has said enough.
        Facet::Formats if decision.step.name == EMPTY.name => None,
        Facet::Formats | Facet::Encoding => Some(Code::AssumedFormats),
        Facet::Kind => Some(Code::AssumedKind),
        _ => None,
    }
}

fn message(place: &Place, facet: Facet, gap: Gap) -> String {
    let what = match &place.part {
        Part::Member(side, path) => format!("{} in the {}", path.join("."), side.word()),
        Part::Code(code) => format!("code {code}"),
        Part::Hosts(name) => format!("the hosts {name}"),
        Part::Whole => "this operation".to_owned(),
    };
    match facet {
        Facet::Type if gap == Gap::Several => {
            format!("nothing here shows several of {what}")
        }
        Facet::Type if gap == Gap::Items => {
            format!("nothing here says of which type the items of {what} are")
        }
        Facet::Type => format!("nothing here says of which type {what} is"),
        Facet::Place => match &place.part {
            Part::Member(Side::Request | Side::Response, path) => {
                format!("no sample of this message has {}", path.join("."))
            }
            _ => unsent(&format!("{what} is")),
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
