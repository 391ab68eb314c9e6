//! A place of a message, with what was counted there.

use super::finding::Side;
use super::places::{PlaceId, Places};
use super::tally::Tally;

/// A place, with what was counted there.
pub(super) struct At<'r, 's> {
    pub places: &'r Places<'s>,
    pub tally: &'r Tally,
    pub id: PlaceId,
    pub side: Side,
}
