//! Method and path of an operation.

use crate::claims::Basis;
use crate::read::url::Url;
use crate::slate::source::Span;
use crate::spec::Alternative;

/// Method and path of an operation.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// HTTP method.
    pub method: String,
    /// What that rests on.
    pub method_basis: Basis,
    /// Path.
    pub path: String,
    /// Placeholders in it that were given a name of their own, in their order.
    pub twins: Vec<String>,
    /// What that rests on.
    pub path_basis: Basis,
    /// Suffix that is no format.
    pub suffix: Option<String>,
    /// The line or the row that states it.
    pub line: Option<Span>,
    /// Other paths.
    pub alternatives: Vec<Alternative>,
    /// All URLs that the section states or shows, with their places: request URLs first.
    pub urls: Vec<(Url, Span)>,
}
