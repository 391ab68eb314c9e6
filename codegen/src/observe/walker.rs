//! What goes along on the way through a body.

use jiter::JiterError;

use super::found::Found;
use super::places::{PlaceId, Places};
use super::proof::Proof;
use super::tally::Tally;

/// Bodies that go deeper are not read.
pub(super) const DEEPEST: usize = 64;

/// Why a body was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Syntax,
    Deep,
    /// Nothing is wrong: what was asked is known.
    Enough,
}

impl From<JiterError> for Stop {
    fn from(_: JiterError) -> Self {
        Self::Syntax
    }
}

/// What an object says of how something went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    pub success: Option<bool>,
    pub code: Option<u32>,
}

/// A code, and what came with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    pub code: u32,
    pub of_call: bool,
    pub success: Option<bool>,
}

/// How well a request fits an operation.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Score {
    /// Members, less those that are not documented.
    pub points: i64,
    /// Documented members that are not there.
    pub absent: usize,
}

/// What a walk is for.
pub(super) enum Purpose<'w> {
    /// To count.
    Count(&'w mut Tally),
    /// To see how well a message fits.
    Compare(Score),
}

/// A walk through one body.
pub(super) struct Walk<'w, 's> {
    pub places: &'w Places<'s>,
    pub purpose: Purpose<'w>,
    /// The JSON was made of XML.
    pub xml: bool,
    pub examples: bool,
    pub personal: &'s [String],
    /// The flags of the request that are true.
    pub lifted: u64,
    pub payload: Option<PlaceId>,
    pub payload_seen: bool,
    /// Something came that the docs show, beside what is only around it.
    pub member_seen: bool,
    /// The walk ends when this is found.
    pub until: Option<Proof>,
    pub call: Verdict,
    /// Items: accepted, refused, silent.
    pub items: [u64; 3],
    /// The codes of calls and items.
    pub codes: &'w mut Vec<Told>,
    /// Objects at the place of the payload.
    pub objects: u64,
    /// The outcome at hand.
    pub here: Verdict,
    /// What was noted last.
    pub last: Found,
}
