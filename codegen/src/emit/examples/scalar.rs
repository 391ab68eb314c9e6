//! Scalars of samples.

use crate::sample::Tree;

/// The text of a scalar; of an element with attributes its content.
pub fn text(tree: &Tree) -> Option<&str> {
    match tree {
        Tree::Text(text) | Tree::Number(text) => Some(text),
        Tree::Bool(true) => Some("true"),
        Tree::Bool(false) => Some("false"),
        _ => None,
    }
}
