//! A page as sections.

use crate::dialect::HeadingKind;
use crate::slate::block::{Block, BlockKind};
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

/// The parts that belong to an operation.
pub fn extent(parts: &[Part<'_>], owner: usize, owners: &[usize]) -> Vec<usize> {
    let level = parts[owner].level;
    let mut out = vec![owner];
    for (at, part) in parts.iter().enumerate().skip(owner + 1) {
        if owners.contains(&at) || part.level <= 1 {
            break;
        }
        let detail = part
            .kind
            .is_some_and(|kind| !kind.is_codes() || part.level > 2);
        if part.level <= level && !detail {
            break;
        }
        // A detail at the level of an operation belongs to the operation above it.
        out.push(at);
    }
    out
}

/// True for a part with code or a label of its own.
pub fn has_samples(part: &Part<'_>) -> bool {
    part.blocks
        .iter()
        .any(|block| matches!(block.kind, BlockKind::Fence(_) | BlockKind::Label(_)))
}
