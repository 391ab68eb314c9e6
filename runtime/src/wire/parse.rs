//! Reads a body in either format.

use super::limits::{Format, Limits, ParseError};
use super::node::Node;
use super::{json, xml};

/// Parses a body in the format it is really in.
///
/// # Errors
/// The body is not well-formed or passes a limit.
pub fn parse<'a>(body: &'a [u8], limits: &Limits) -> Result<Node<'a>, ParseError> {
    match Format::of(body) {
        Format::Json => json::parse(body, limits),
        Format::Xml => xml::parse(body, limits),
    }
}
