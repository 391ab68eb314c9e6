//! Finds out where the rows of a flat table belong in a nested message.
//!
//! `name`, `type` or `amount` mean another field each time they occur. What decides is the order of the rows (a row for
//! an object is followed by the rows of its fields), what the description is about, and what the samples show.

mod address;
mod adopt;
mod assign;
mod copies;
mod nest;
mod nodes;
mod several;
mod unshown;
mod wanted;

pub use adopt::adopt;
pub use assign::place;
pub use copies::Copies;
pub use nest::nest;
pub use nodes::{innermost, subject};
pub use several::also_in;
pub use unshown::{Around, object_of};
pub use wanted::{Path, Wanted};
