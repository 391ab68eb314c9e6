//! The blocks a Slate page consists of.

use super::source::Span;

/// One cell of a table row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The text between the pipes, trimmed, escapes of `|` undone.
    pub text: String,
    /// Where the trimmed text stands.
    pub span: Span,
}

/// One line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The cells, as many as the line has.
    pub cells: Vec<Cell>,
    /// The whole line.
    pub span: Span,
}

/// A table, or lines that look like rows of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The header row; `None` for rows without a header (no delimiter line under them).
    pub header: Option<Row>,
    /// The rows below the header.
    pub rows: Vec<Row>,
    /// The header line, or the first row.
    pub span: Span,
    /// Whether it is written in HTML, not with pipes.
    pub html: bool,
}

impl Table {
    /// What to show of a table as a whole: the first cell with words.
    #[must_use]
    pub fn place(&self) -> Span {
        let mut rows = self.header.iter().chain(&self.rows);
        let cells = rows.find_map(|row| row.cells.iter().find(|cell| !cell.text.is_empty()));
        cells.map_or(self.span, |cell| cell.span)
    }
}

/// A fenced code block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// First word of the info string, lower case.
    pub lang: String,
    /// Where it stands.
    pub lang_span: Span,
    /// The lines between the fences.
    pub body: String,
    /// Where the body stands.
    pub body_span: Span,
    /// The opening line.
    pub span: Span,
    /// False when the document ended, or another block began, before the closing line.
    pub closed: bool,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// `## Title`
    Heading {
        /// 1 to 6.
        level: u8,
        /// The title, trimmed.
        text: String,
    },
    /// A fenced code block.
    Fence(Fence),
    /// `> Sample Request`: what Slate prints above the code that follows.
    Label(String),
    /// A table.
    Table(Table),
    /// `<aside class="notice">…</aside>`, closed or not.
    Aside(String),
    /// An item of a list.
    Item(String),
    /// A paragraph of text.
    Paragraph(String),
}

/// A block with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
}
