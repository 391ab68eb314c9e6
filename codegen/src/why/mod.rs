//! Why a fact of the spec is what it is: the decision, everyone who speaks for and against it, and the rule that decided.

mod ask;
mod missing;
mod near;
mod reads;
mod reply;
mod wanted;
mod whole;

pub use ask::{Unknown, why};
pub use reply::{Fact, Listed, Lost, Reply, Statement};
