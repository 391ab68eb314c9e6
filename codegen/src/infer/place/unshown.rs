//! Which object a field belongs to that no sample of its message shows.

use super::wanted::{Path, Wanted};
use crate::infer::known::Known;
use crate::infer::words::affinity;

/// The objects that the rows around a row belong to.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The object of the row before it.
    pub before: &'a Path,
    /// The object of the next row that has a place.
    pub after: Option<&'a Path>,
    /// The object that the message is about.
    pub home: &'a Path,
}

/// Where a row belongs that is about no object. If its description does not speak of the object of the row before it,
/// that is the object around it that has such a field in a sample of another message. Otherwise it is the one that the
/// description speaks of most, and after that the one of the row before it.
///
/// A table enters an object by a row of its own, so nothing below the object of the row before it is asked.
#[must_use]
pub fn object_of(row: &Wanted, around: Around<'_>, known: &Known) -> Path {
    let Around {
        before,
        after,
        home,
    } = around;
    let after = after.filter(|after| after.len() <= before.len() || !after.starts_with(before));
    let shown = |object: &[String]| {
        let own = |key: &String| known.contains_key(&(key.clone(), row.name.clone()));
        object.last().is_some_and(own)
    };
    let above = (1..=before.len()).rev().map(|len| &before[..len]);
    let mut candidates = above.chain(after.map(Vec::as_slice));
    let spoken = affinity(&row.doc, before);
    if spoken == 0.0
        && let Some(object) = candidates.find(|object| shown(object))
    {
        return object.to_vec();
    }
    let mut best = before;
    for other in after.into_iter().chain([home]) {
        if affinity(&row.doc, other) > affinity(&row.doc, best) {
            best = other;
        }
    }
    best.clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::shape::Shape;

    fn path(text: &str) -> Path {
        text.split('.').map(str::to_owned).collect()
    }

    fn placed(name: &str, doc: &str, before: &str, after: Option<&str>) -> String {
        let row = Wanted {
            name: name.into(),
            written: None,
            doc: doc.into(),
            ..Wanted::default()
        };
        let mut known = Known::new();
        let pair = ("sender".to_owned(), "joined_on".to_owned());
        known.insert(pair, vec![(0, Shape::default())]);
        let after = after.map(path);
        let around = Around {
            before: &path(before),
            after: after.as_ref(),
            home: &path("answer.parcel"),
        };
        object_of(&row, around, &known).join(".")
    }

    #[test]
    fn another_message_shows_the_field_in_an_object_above() {
        let at = placed(
            "joined_on",
            "Day.",
            "answer.parcel.sender.visits.visit",
            None,
        );
        assert_eq!(at, "answer.parcel.sender");
        let at = placed(
            "joined_on",
            "Day of the visit.",
            "answer.parcel.sender.visit",
            None,
        );
        assert_eq!(at, "answer.parcel.sender.visit");
    }

    #[test]
    fn the_description_speaks_of_the_object() {
        let doc = "Weight of the parcel.";
        assert_eq!(
            placed("weight", doc, "answer.parcel.item", None),
            "answer.parcel"
        );
        let after = Some("answer.parcel.route");
        let doc = "Length of the route.";
        assert_eq!(
            placed("length", doc, "answer.parcel.item", after),
            "answer.parcel.route"
        );
    }

    #[test]
    fn a_tie_is_for_the_row_before_and_nothing_descends() {
        let doc = "Colour.";
        let after = Some("answer.parcel.route");
        assert_eq!(
            placed("colour", doc, "answer.parcel.item", after),
            "answer.parcel.item"
        );
        let doc = "Length of the route.";
        assert_eq!(
            placed("length", doc, "answer.parcel", after),
            "answer.parcel"
        );
    }
}
