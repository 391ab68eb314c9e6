//! What the docs say of one fact, and what was made of it.
//!
//! A [`Claim`] is one statement about one facet of one place, whoever makes it. A [`Decision`] is made of all claims on it
//! by one pure function; who wins over whom is written down in `precedence.rs`. A decision has a [`Basis`]: whether the fact
//! was stated, only shown, borrowed from elsewhere, or is a habit of such docs that nothing supports. The [`Ledger`] keeps
//! every decision with its claims. What was not stated is marked in the spec, and found by `lint`: a guess is never taken
//! for a fact.

mod claim;
mod ledger;
mod precedence;
mod witness;

pub use claim::{Claim, Decision, Step};
pub use ledger::{Facet, Ledger, Part, Place, Side};
pub use precedence::{STEPS, decide};
pub use witness::{Basis, Witness};
