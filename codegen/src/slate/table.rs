//! Cuts table rows into cells from their source line.
//!
//! A Markdown parser drops or moves cells that do not match the header; here every cell keeps its text and place.

use std::ops::Range;

use super::block::{Cell, Row};
use super::source::{SourceFile, Span};

/// True for the line under a table's header: dashes, pipes, colons and blanks, with at least two dashes in a row, or
/// between the borders of a table one in each cell.
#[must_use]
pub fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    let short = || {
        let inner = line
            .strip_prefix('|')
            .and_then(|rest| rest.strip_suffix('|'));
        inner.is_some_and(|inner| {
            inner.split('|').all(|cell| {
                let cell = cell.trim();
                cell.trim_start_matches(':').trim_end_matches(':') == "-"
            })
        })
    };
    line.chars()
        .all(|c| matches!(c, '-' | '|' | ':' | ' ' | '\t'))
        && (line.contains("--") || short())
}

/// True when the line holds a pipe that is not escaped.
#[must_use]
pub fn has_pipe(line: &str) -> bool {
    pipes(line).next().is_some()
}

fn pipes(line: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = line.as_bytes();
    (0..bytes.len()).filter(move |&at| bytes[at] == b'|' && (at == 0 || bytes[at - 1] != b'\\'))
}

/// How many cells the header of a table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// There is no header.
    Any,
    /// So many.
    Open(usize),
    /// So many, and the first one has a border in front of it.
    Bordered(usize),
}

/// Cuts the line into cells.
///
/// A leading and a trailing pipe are borders. A leading pipe is an empty first cell instead when the row would
/// otherwise be shorter than the header (`    | one more message`), unless rows of this table begin with a border.
/// Cells beyond the last column are joined to it.
#[must_use]
pub fn cut(file: &SourceFile, id: u16, line: usize, width: Width) -> Row {
    let (columns, bordered) = match width {
        Width::Any => (0, false),
        Width::Open(columns) => (columns, false),
        Width::Bordered(columns) => (columns, true),
    };
    let range = file.line_range(line);
    let text = &file.text[range.clone()];
    let mut edges = edges(text, pipes(text), (columns, bordered));
    if columns > 1 && edges.len() > columns {
        let last = edges[edges.len() - 1].1;
        edges.truncate(columns);
        edges[columns - 1].1 = last;
    }
    let cells = edges
        .into_iter()
        .map(|(a, b)| {
            let raw = &text[a..b];
            let start = range.start + a + (raw.len() - raw.trim_start().len());
            let trimmed = raw.trim();
            Cell {
                text: trimmed.replace("\\|", "|"),
                span: Span::new(id, start, start + trimmed.len()),
            }
        })
        .collect();
    Row {
        cells,
        span: Span::new(id, range.start, range.end),
    }
}

/// Where the cells stand that these pipes set apart, without the borders.
fn edges(
    text: &str,
    pipes: impl Iterator<Item = usize>,
    (columns, bordered): (usize, bool),
) -> Vec<(usize, usize)> {
    let mut edges: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for at in pipes {
        edges.push((from, at));
        from = at + 1;
    }
    edges.push((from, text.len()));
    let blank = |&(a, b): &(usize, usize)| text[a..b].trim().is_empty();
    if edges.len() > 1 && edges.last().is_some_and(blank) {
        edges.pop();
    }
    if edges.len() > 1
        && edges.first().is_some_and(blank)
        && (columns == 0 || edges.len() > columns || (bordered && text.starts_with('|')))
    {
        edges.remove(0);
    }
    edges
}

/// Where the cells of a row stand that its header has none for, and how many there are. Pipes in code marks set nothing
/// apart, and empty cells are none.
#[must_use]
pub fn beyond(file: &SourceFile, line: usize, columns: usize) -> Option<(Range<usize>, usize)> {
    let start = file.line_range(line).start;
    let text = file.line(line);
    let in_code = |at: usize| {
        let (before, after) = text.split_at(at);
        before.matches('`').count() % 2 == 1 && after.contains('`')
    };
    let mut edges = edges(
        text,
        pipes(text).filter(|&at| !in_code(at)),
        (columns, false),
    );
    let filled = |&(a, b): &(usize, usize)| !text[a..b].trim().is_empty();
    while edges.len() > columns && !edges.last().is_some_and(filled) {
        edges.pop();
    }
    let more = edges.get(columns..).filter(|more| !more.is_empty())?;
    let (from, to) = (more.first()?.0, more.last()?.1);
    let cells = &text[from..to];
    let from = from + cells.len() - cells.trim_start().len();
    let to = from + cells.trim().len();
    Some((start + from..start + to, more.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str, columns: usize) -> Vec<String> {
        cells(line, Width::Open(columns))
    }

    fn cells(line: &str, width: Width) -> Vec<String> {
        let file = SourceFile::new("x.md", line);
        cut(&file, 0, 0, width)
            .cells
            .into_iter()
            .map(|cell| cell.text)
            .collect()
    }

    #[test]
    fn borders_are_not_cells() {
        assert_eq!(texts("| a | b |", 2), ["a", "b"]);
        assert_eq!(texts("a | b", 2), ["a", "b"]);
    }

    #[test]
    fn a_leading_pipe_stands_for_an_empty_cell_when_a_cell_is_missing() {
        assert_eq!(texts("     | more", 2), ["", "more"]);
        assert_eq!(texts("\t| more |", 2), ["", "more"]);
        assert_eq!(texts("|      | more | ", 2), ["", "more"]);
        assert_eq!(
            cells("| name | more |", Width::Bordered(3)),
            ["name", "more"]
        );
        assert_eq!(cells("    | more", Width::Bordered(2)), ["", "more"]);
    }

    #[test]
    fn cells_beyond_the_header_join_the_last() {
        assert_eq!(texts("a | b | c | d", 3), ["a", "b", "c | d"]);
    }

    #[test]
    fn an_escaped_pipe_is_text() {
        assert_eq!(texts(r"a | b \| c", 2), ["a", "b | c"]);
    }

    #[test]
    fn an_empty_description_is_missing_not_wrong() {
        assert_eq!(
            texts("currency_input | boolean | ", 3),
            ["currency_input", "boolean"]
        );
    }

    #[test]
    fn delimiters() {
        assert!(is_delimiter("--------- | ----------- |"));
        assert!(is_delimiter("|:--|--:|"));
        assert!(!is_delimiter("a | --"));
        assert!(is_delimiter("|-|:-:|"));
        assert!(!is_delimiter("- | -"));
        assert!(!is_delimiter("||"));
    }
}
