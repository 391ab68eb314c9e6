//! What rustdoc says of facts that the docs do not state.

use crate::spec::{Bases, Basis, Field, Param};

const ONE_SAMPLE: &str = "Its type was seen in one sample only.";

/// What the type of a field rests on, where that is no statement of the docs and no thing that several samples show.
pub fn of_field(field: &Field) -> Option<&'static str> {
    match field.basis.get("type")? {
        Basis::Shown if field.source.len() < 2 => Some(ONE_SAMPLE),
        other => guessed(*other),
    }
}

/// The same of a field that several types have, which all have this type: two samples that each show it are two.
pub fn of_same(all: impl Iterator<Item = Option<&'static str>>) -> Option<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    for rests_on in all {
        found.push(rests_on?);
    }
    let shown = found.iter().filter(|text| **text == ONE_SAMPLE).count();
    match shown {
        0 => found.first().copied(),
        1 => Some(ONE_SAMPLE),
        _ => None,
    }
}

/// What a parameter rests on that the docs do not state.
pub fn of_param(param: &Param) -> Vec<&'static str> {
    let basis = |key: &str| param.basis.get(key).copied();
    let mut out = Vec::new();
    out.extend(basis("type").and_then(guessed));
    if basis("place") == Some(Basis::Assumed) {
        out.push("That it is sent in the URL is assumed: the documentation does not say where it is sent.");
    }
    out
}

/// What an operation rests on that matters to who calls it.
pub fn of_path(basis: &Bases) -> Option<&'static str> {
    match basis.get("path")? {
        Basis::Borrowed => Some(
            "No URL in the documentation of this operation shows the version of its path: it is that of the API.",
        ),
        Basis::Assumed => {
            Some("The documentation does not say at which path it is called: this one is a guess.")
        }
        _ => None,
    }
}

fn guessed(basis: Basis) -> Option<&'static str> {
    match basis {
        Basis::Borrowed => Some(
            "Its type is that of the same name elsewhere: here it is neither documented nor shown.",
        ),
        Basis::Assumed => Some("Its type is assumed: it is neither documented nor shown."),
        _ => None,
    }
}
