//! What the server knows of an operation.

use crate::operation::{Operation, Rule};
use crate::wire::Model;

/// An operation, and what its documentation shows of it.
#[derive(Clone, Copy, Debug)]
pub struct Documented {
    /// The operation.
    pub operation: &'static Operation,
    /// Its other paths.
    pub alternatives: &'static [&'static str],
    /// Whether it takes a body.
    pub body: bool,
    /// The names of the parameters of its query, beside that of the format.
    pub query: &'static [&'static str],
    /// The kinds of its values. A client's types hold these.
    pub values: &'static [Rule],
    /// Whether the answer has an item for each item of the body.
    pub batch: bool,
    /// The key of the outcome in an item of the answer; empty if items have none.
    pub item_status: &'static str,
    /// A documented reply in JSON, whole.
    pub json: Option<&'static str>,
    /// A documented reply in XML, whole.
    pub xml: Option<&'static str>,
    /// What tells its requests from those of other operations with its method and path.
    pub request: &'static [Mark],
    /// The model of its answer, or of the items of that, without a value.
    pub answer: fn() -> Option<Box<dyn Model>>,
    /// Whether the answer is a list of these.
    pub list: bool,
}

/// What requests of an operation have, and those of others with its method and path have not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A parameter of the query.
    Query(&'static str),
    /// A member of the body: the keys down to it from the body without its wrappers.
    Key(&'static [&'static str]),
    /// A member of the body that has this value.
    Value(&'static [&'static str], &'static str),
}
