//! What a question asks for below an operation: a side, the last keys of a path, a key of the spec.

use crate::claims::{Facet, Part, Place, Side};

/// What was asked for below an operation.
pub struct Wanted<'w> {
    side: Option<Side>,
    /// The last keys of a path.
    path: Vec<&'w str>,
    facet: Option<&'w str>,
}

impl<'w> Wanted<'w> {
    /// Reads the words.
    pub fn of(rest: &'w [String]) -> Self {
        let mut words: Vec<&str> = rest.iter().map(String::as_str).collect();
        let side = words
            .first()
            .and_then(|word| side(word))
            .filter(|_| words.len() > 1);
        if side.is_some() {
            words.remove(0);
        }
        let is_facet = |word: &&str| FACETS.iter().any(|facet| facet.key() == *word);
        let facet = words.last().copied().filter(is_facet);
        // `parcel.add type` may ask for a member of that name as well.
        if words.len() > 1 && facet.is_some() {
            words.pop();
        }
        let path = words.iter().flat_map(|word| word.split('.'));
        let keys = path.map(|key| key.trim_end_matches("[]"));
        Self {
            side,
            path: keys.filter(|key| !key.is_empty()).collect(),
            facet,
        }
    }

    /// Whether a fact is asked for.
    pub fn fits(&self, place: &Place, facet: Facet) -> bool {
        match &place.part {
            Part::Whole => {
                let own = self.path.is_empty() || self.facet == self.path.first().copied();
                // The version is a part of the path.
                let asked = |key: &str| {
                    key == facet.key() || (key == Facet::Path.key() && facet == Facet::Version)
                };
                own && self.path.len() < 2 && self.side.is_none() && self.facet.is_none_or(asked)
            }
            Part::Member(side, path) => {
                let whole = self.path.len() == 1 && self.facet == self.path.first().copied();
                let ends = path.len() >= self.path.len()
                    && path[path.len() - self.path.len()..]
                        .iter()
                        .zip(&self.path)
                        .all(|(own, asked)| own.eq_ignore_ascii_case(asked));
                !self.path.is_empty()
                    && ends
                    && self.side.is_none_or(|asked| asked == *side)
                    && (whole || self.facet.is_none_or(|key| key == facet.key()))
            }
            Part::Code(_) => false,
        }
    }
}

const FACETS: [Facet; 15] = [
    Facet::Name,
    Facet::Method,
    Facet::Path,
    Facet::Version,
    Facet::Host,
    Facet::Effect,
    Facet::Auth,
    Facet::Batch,
    Facet::Formats,
    Facet::Encoding,
    Facet::Type,
    Facet::Place,
    Facet::Required,
    Facet::Values,
    Facet::Default,
];

fn side(word: &str) -> Option<Side> {
    [
        Side::Path,
        Side::Query,
        Side::Header,
        Side::Request,
        Side::Response,
    ]
    .into_iter()
    .find(|side| side.word() == word)
}
