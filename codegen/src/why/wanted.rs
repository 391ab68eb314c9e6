//! What a question asks for below an operation: a side, the last keys of a path, a key of the spec.

use indexmap::IndexMap;

use crate::claims::{Facet, Part, Place, Side};
use crate::spec::{CodeEntry, HostFamily};

/// What was asked for below an operation.
pub struct Wanted<'w> {
    side: Option<Side>,
    /// The last keys of a path.
    path: Vec<&'w str>,
    /// The facts that the last word is a key of.
    facets: Vec<Facet>,
    /// Whether that is all there is.
    last: bool,
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
        let facets = words.last().map(|word| facets(word)).unwrap_or_default();
        // `parcel.add type` may ask for a member of that name as well.
        let last = words.len() == 1 && !facets.is_empty();
        if words.len() > 1 && !facets.is_empty() {
            words.pop();
        }
        let path = words.iter().flat_map(|word| word.split('.'));
        let keys = path.map(|key| key.trim_end_matches("[]"));
        Self {
            side,
            path: keys.filter(|key| !key.is_empty()).collect(),
            facets,
            last,
        }
    }

    /// Whether the last word is the key of a fact, or of none.
    fn asks(&self, facet: Facet) -> bool {
        self.facets.is_empty() || self.facets.contains(&facet)
    }

    /// Whether a fact is asked for.
    pub fn fits(&self, place: &Place, facet: Facet) -> bool {
        match &place.part {
            Part::Whole => {
                let own = self.path.is_empty() || self.last;
                own && self.side.is_none() && self.asks(facet)
            }
            Part::Member(side, path) => {
                let ends = path.len() >= self.path.len()
                    && path[path.len() - self.path.len()..]
                        .iter()
                        .zip(&self.path)
                        .all(|(own, asked)| own.eq_ignore_ascii_case(asked));
                !self.path.is_empty()
                    && ends
                    && self.side.is_none_or(|asked| asked == *side)
                    && (self.last || self.asks(facet))
            }
            Part::Code(_) | Part::Hosts(_) => false,
        }
    }
}

/// What was asked for below an entity or the API.
pub struct Parts<'w> {
    /// Its codes.
    pub codes: &'w [CodeEntry],
    /// The families of hosts.
    pub hosts: &'w IndexMap<String, HostFamily>,
    /// The words.
    pub rest: &'w [String],
}

impl Parts<'_> {
    /// Whether a fact is asked for. Without words these are those of the thing itself, and of its hosts.
    pub fn fits(&self, place: &Place, facet: Facet) -> bool {
        let last = self.rest.last();
        let is = |names: &[&str]| {
            last.is_some_and(|word| names.iter().any(|name| name.eq_ignore_ascii_case(word)))
        };
        match &place.part {
            Part::Whole => {
                // An operation may have the same heading.
                let own = matches!(facet, Facet::Title | Facet::Host | Facet::Version);
                own && self.rest.len() < 2 && last.is_none_or(|word| facets(word).contains(&facet))
            }
            Part::Code(code) => {
                let entry = self.codes.iter().find(|entry| entry.code == *code);
                let named = entry.is_some_and(|entry| is(&[&entry.name]));
                named || is(&["codes", "code", &code.to_string()])
            }
            Part::Hosts(family) => {
                let known = self.hosts.get(family);
                let mut clusters = known.iter().flat_map(|known| known.clusters.keys());
                last.is_none()
                    || is(&["hosts", "host", "clusters", "cluster", family])
                    || clusters.any(|cluster| is(&[cluster]))
            }
            Part::Member(Side::Header, _) => {
                let all = self.rest.len() == 1 && is(&["headers", "header"]);
                all || Wanted::of(self.rest).fits(place, facet)
            }
            Part::Member(..) => false,
        }
    }
}

/// The facts that a word is the key of. `format` asks for `formats` as well, and the version is a part of the path.
pub fn facets(word: &str) -> Vec<Facet> {
    let word = word.to_lowercase();
    let named = |key: &str| key == word || key.strip_suffix('s') == Some(word.as_str());
    let also: &[Facet] = match word.as_str() {
        "path" => &[Facet::Version],
        "auth_scheme" => &[Facet::Auth],
        "effect_when" => &[Facet::Effect],
        "cluster" | "clusters" => &[Facet::Hosts],
        _ => &[],
    };
    let own = FACETS.iter().filter(|facet| named(facet.key()));
    own.chain(also).copied().collect()
}

const FACETS: [Facet; 20] = [
    Facet::Name,
    Facet::Title,
    Facet::Method,
    Facet::Path,
    Facet::Version,
    Facet::Alternatives,
    Facet::Host,
    Facet::Hosts,
    Facet::Effect,
    Facet::Auth,
    Facet::Batch,
    Facet::RateLimited,
    Facet::RateLimit,
    Facet::Formats,
    Facet::Encoding,
    Facet::Type,
    Facet::Place,
    Facet::Required,
    Facet::Values,
    Facet::Default,
];

/// The side that a word names.
pub fn side(word: &str) -> Option<Side> {
    [
        Side::Path,
        Side::Query,
        Side::Header,
        Side::Request,
        Side::Response,
    ]
    .into_iter()
    .find(|side| side.word().eq_ignore_ascii_case(word))
}
