//! What the API really answers, compared with the spec.
//!
//! [`input`] reads recorded traffic and drift streams, one [`Exchange`] or [`Event`] at a time. [`Observer`] finds the
//! operation of each, walks its bodies beside the types of the spec, and counts. Its [`Report`] says which documented
//! facts reality contradicts, how often, and where the docs state them. No value of the traffic is kept: paths, kinds
//! and counts are. [`shown`](crate::shown) says which names are told. The one exception are plain words where the docs list words: the report hides them, and
//! [`Report::overrides`] writes those that came several times.

mod at;
mod bodies;
mod build;
mod corrections;
mod counts;
mod demands;
mod drafts;
mod events;
mod exchange;
mod finding;
mod findings;
mod form;
mod found;
pub mod input;
mod leaf;
mod object;
mod observer;
mod outside;
mod payload;
mod places;
mod proof;
mod report;
mod route;
mod rules;
mod skip;
mod tally;
mod trust;
mod unknown;
mod walk;
mod walker;
mod walks;
mod xml;

/// What a recorder writes in place of a value that nobody may see.
pub const MASKED: &str = "masked";

/// What a recorder writes in place of a value that is none of those that the docs list there.
pub const UNLISTED: &str = "unlisted";

/// How often a correction of a type, or of what is there and where, has to be seen before it is written: what came less
/// often may be a slip of one caller or one server.
pub const MIN_SEEN: u64 = 3;

pub use corrections::{Correction, Corrections};
pub use exchange::{Event, Exchange, Headers};
pub use finding::{Finding, Seen, Side};
pub use observer::Observer;
pub use report::{OperationReport, Report};
pub use rules::{Kind, Weight};
