//! What a documentation is once it is read: pages of blocks.

use super::block::Block;

/// One page: the index or an include.
#[derive(Clone, Debug)]
pub struct Page {
    /// Number of its file.
    pub file: u16,
    /// Name as the index lists it; empty for the index itself.
    pub name: String,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
}

/// A whole Slate documentation.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Title from the front matter.
    pub title: String,
    /// The index first, then the includes in its order.
    pub pages: Vec<Page>,
}
