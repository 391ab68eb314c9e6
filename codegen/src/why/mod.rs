//! Why a fact of the spec is what it is: the decision, everyone who speaks for and against it, and the rule that decided.

mod ask;
mod missing;
mod reply;
mod wanted;

pub use ask::{Unknown, why};
pub use reply::{Fact, Lost, Reply, Statement};
