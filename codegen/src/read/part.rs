//! A page as sections.

use crate::dialect::HeadingKind;
use crate::slate::block::Block;
use crate::slate::source::Span;

/// A heading and the blocks below it, up to the next heading.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// Level of the heading; 0 for what stands before the first.
    pub level: u8,
    /// Title.
    pub title: &'a str,
    /// The heading.
    pub span: Span,
    /// What the heading is about.
    pub kind: Option<HeadingKind>,
    /// The blocks.
    pub blocks: &'a [Block],
}

/// A page as sections.
#[derive(Clone, Debug, Default)]
pub struct Sections<'a> {
    /// All parts in order.
    pub parts: Vec<Part<'a>>,
    /// The parts of each operation: the first is its heading.
    pub operations: Vec<Vec<usize>>,
}

impl Sections<'_> {
    /// Numbers of the parts that belong to no operation.
    pub fn others(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.parts.len()).filter(|part| {
            !self
                .operations
                .iter()
                .any(|operation| operation.contains(part))
        })
    }
}
