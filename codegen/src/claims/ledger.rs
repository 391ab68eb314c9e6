//! Every decision of a run, by the place that it is about.

use std::collections::BTreeMap;

use super::claim::{Claim, Decision};
use super::witness::{Basis, Witness};
use crate::slate::source::Span;

/// Where in the messages of an operation something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// In the path of the URL.
    Path,
    /// In its query.
    Query,
    /// In a header.
    Header,
    /// In the body of the request.
    Request,
    /// In the answer.
    Response,
}

impl Side {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

/// What a fact is about, within its section.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The section itself: an operation, an entity or the API.
    Whole,
    /// A member of a message, or a parameter: the keys from the root down, or the one name.
    Member(Side, Vec<String>),
    /// A response code.
    Code(u32),
    /// A family of hosts.
    Hosts(String),
}

/// What a fact is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The heading of the section.
    pub section: Span,
    /// What in it.
    pub part: Part,
}

impl Place {
    /// A section itself.
    #[must_use]
    pub fn whole(section: Span) -> Self {
        Self {
            section,
            part: Part::Whole,
        }
    }

    /// A member of a message.
    #[must_use]
    pub fn member(section: Span, side: Side, path: Vec<String>) -> Self {
        Self {
            section,
            part: Part::Member(side, path),
        }
    }

    /// A family of hosts.
    #[must_use]
    pub fn hosts(section: Span, name: String) -> Self {
        Self {
            section,
            part: Part::Hosts(name),
        }
    }

    /// A response code.
    #[must_use]
    pub fn code(section: Span, code: u32) -> Self {
        Self {
            section,
            part: Part::Code(code),
        }
    }
}

/// What of a place a fact is: the key of the spec that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// What the operation, or the code, is called.
    Name,
    /// Title of an operation or an entity.
    Title,
    /// HTTP method.
    Method,
    /// Path of the URL.
    Path,
    /// The version segment of the path.
    Version,
    /// Other paths of the same call.
    Alternatives,
    /// Host family.
    Host,
    /// The hosts of a family.
    Hosts,
    /// What a second sending does.
    Effect,
    /// Whether a caller authenticates.
    Auth,
    /// Whether a call takes several items.
    Batch,
    /// Whether calls are limited per time.
    RateLimited,
    /// The limit.
    RateLimit,
    /// Formats of request and answer.
    Formats,
    /// Whether the body of the request is a form.
    Encoding,
    /// Type.
    Type,
    /// Where a parameter is sent, or stands in the message.
    Place,
    /// Whether it has to be there.
    Required,
    /// The documented values.
    Values,
    /// The default.
    Default,
    /// Whether a code means success.
    Kind,
    /// What a code means.
    Message,
}

impl Facet {
    /// The key that the spec has for it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Method => "method",
            Self::Path => "path",
            Self::Version => "version",
            Self::Alternatives => "alternatives",
            Self::Host => "host",
            Self::Hosts => "hosts",
            Self::Effect => "effect",
            Self::Auth => "auth",
            Self::Batch => "batch",
            Self::RateLimited => "rate_limited",
            Self::RateLimit => "rate_limit",
            Self::Formats => "formats",
            Self::Encoding => "encoding",
            Self::Type => "type",
            Self::Place => "place",
            Self::Required => "required",
            Self::Values => "values",
            Self::Default => "default",
            Self::Kind => "kind",
            Self::Message => "messages",
        }
    }
}

/// All decisions of a run. Nothing is taken out of it.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    places: BTreeMap<Place, Known>,
}

/// What is known of a place.
#[derive(Clone, Debug, Default)]
struct Known {
    /// Where in the docs it is.
    stands: Option<Span>,
    /// The decisions, in the order of the facets. Most places have one to three, and a tree has room for eleven.
    decided: Vec<(Facet, Decision)>,
}

impl Ledger {
    /// Keeps a decision. A later one on the same fact replaces an earlier one, and keeps its claims.
    pub fn note(&mut self, place: Place, facet: Facet, mut decision: Decision) {
        let decided = &mut self.places.entry(place).or_default().decided;
        let Some((_, before)) = decided.iter_mut().find(|(known, _)| *known == facet) else {
            let at = decided.partition_point(|(known, _)| *known < facet);
            decided.reserve_exact(1);
            decided.insert(at, (facet, decision));
            return;
        };
        let claims = before.witnesses.drain(..).chain(before.losers.drain(..));
        for claim in claims {
            let kept = decision.witnesses.contains(&claim) || decision.losers.contains(&claim);
            match claim.says == decision.value {
                _ if kept => {}
                true => decision.witnesses.push(claim),
                false => decision.losers.push(claim),
            }
        }
        *before = decision;
    }

    /// Keeps what one place states and nobody else speaks of.
    pub fn state(
        &mut self,
        place: Place,
        facet: Facet,
        says: impl Into<String>,
        by: Witness,
        span: Span,
    ) {
        self.note(place, facet, Decision::single(Claim::new(says, by, span)));
    }

    /// Says where in the docs a place is.
    pub fn locate(&mut self, place: Place, span: Span) {
        let known = self.places.entry(place).or_default();
        known.stands.get_or_insert(span);
    }

    /// Where in the docs a place is; its section, where nothing of it is there.
    #[must_use]
    pub fn location(&self, place: &Place) -> Span {
        let known = self.places.get(place).and_then(|known| known.stands);
        known.unwrap_or(place.section)
    }

    /// All facets of a place.
    pub fn facets(&self, place: &Place) -> impl Iterator<Item = (Facet, &Decision)> {
        let known = self.places.get(place).into_iter();
        let decided = known.flat_map(|known| &known.decided);
        decided.map(|(facet, decision)| (*facet, decision))
    }

    /// The decision on a fact.
    #[must_use]
    pub fn of(&self, place: &Place, facet: Facet) -> Option<&Decision> {
        let mut facets = self.facets(place);
        facets.find_map(|(known, decision)| (known == facet).then_some(decision))
    }

    /// All decisions, by place.
    pub fn iter(&self) -> impl Iterator<Item = (&Place, Facet, &Decision)> {
        self.places.iter().flat_map(|(place, known)| {
            let decided = known.decided.iter();
            decided.map(move |(facet, decision)| (place, *facet, decision))
        })
    }

    /// How many claims there are.
    #[must_use]
    pub fn claims(&self) -> usize {
        self.iter()
            .map(|(_, _, decision)| decision.witnesses.len() + decision.losers.len())
            .sum()
    }

    /// How many decisions rest on what.
    #[must_use]
    pub fn by_basis(&self) -> BTreeMap<Basis, usize> {
        let mut out = BTreeMap::new();
        for (_, _, decision) in self.iter() {
            *out.entry(decision.basis).or_default() += 1;
        }
        out
    }
}
