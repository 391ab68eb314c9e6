//! What makes two facts of two revisions the same: one answer for published names, for `diff`, and so for the changelog
//! and the version.
//!
//! An operation is found again, in this order of strength ([`pairs::Strength`]):
//!
//! 1. its heading, in the same entity: first with its method and path, then wherever it went;
//! 2. its method and path. Where several operations share these, what tells them apart has to agree too: a value that
//!    only one of them takes, or the words that only its heading has;
//! 3. its path alone, where one operation has it before and now;
//! 4. most words of its heading, with members or an address that are alike.
//!
//! An entity is found again by what its operations are, before the name of its page ([`entities`]).
//!
//! Members alone say nothing: two calls often take the same. They only choose among what is equally strong. Each
//! operation is found once, and what is equal in all is taken in order, so the same docs always give the same pairs.

mod entities;
mod face;
mod likeness;
mod pairs;
#[cfg(test)]
mod tests;

pub use entities::{Whole, entities};
pub use face::Face;
pub use likeness::{best, heading, plain, words};
pub use pairs::pairs;
