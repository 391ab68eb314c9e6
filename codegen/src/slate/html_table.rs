//! Tables that are written in HTML: rows and cells by their tags, whatever else is in them.

use super::block::{Cell, Row, Table};
use super::source::{SourceFile, Span};

/// The table that begins in this line, and the line after it. A table that is never closed ends with the lines that may
/// belong to it.
#[must_use]
pub fn at(file: &SourceFile, id: u16, line: usize, end: usize) -> Option<(Table, usize)> {
    let range = file.line_range(line);
    let opens = |text: &str| {
        let head = text.get(.."<table".len());
        head.is_some_and(|head| head.eq_ignore_ascii_case("<table"))
    };
    if !opens(file.text[range.clone()].trim_start()) {
        return None;
    }
    let closes = |line: usize| find(file.line(line), "</table").is_some();
    let last = (line..end).find(|&line| closes(line));
    let last = last.unwrap_or(end.max(line + 1) - 1);
    let stop = file.line_range(last).end;
    let mut rows = rows(file, id, range.start, stop);
    // Heads above heads are what all columns have in common: the last ones say what each of them holds.
    let heads = rows.iter().take_while(|(heads, _)| *heads).count();
    let header = rows.drain(..heads).next_back().map(|(_, row)| row);
    let table = Table {
        header,
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        span: Span::new(id, range.start, range.end),
        html: true,
    };
    Some((table, last + 1))
}

/// The place of a tag, whatever its case is.
fn find(text: &str, tag: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(tag)
}

/// The rows between two bytes, and whether all their cells are heads.
fn rows(file: &SourceFile, id: u16, start: usize, stop: usize) -> Vec<(bool, Row)> {
    let text = &file.text[start..stop];
    let mut out: Vec<(bool, Row)> = Vec::new();
    // Cells that go on in the rows below: column, how many rows are left, and the cell.
    let mut down: Vec<(usize, usize, Cell)> = Vec::new();
    for (from, to) in elements(text, &["<tr"]) {
        let inner = &text[from..to];
        let mut cells = Vec::new();
        let mut heads = true;
        let mut wide = 1;
        let above = std::mem::take(&mut down);
        let goes_on = above.iter().any(|(column, ..)| *column == 0);
        for (column, left, cell) in above {
            if left > 1 {
                down.push((column, left - 1, cell.clone()));
            }
            // What is said once of several rows is said of each; the first cell is what they are about.
            if column > 0 && !goes_on {
                cells.push((column, cell));
            }
        }
        let mut own = Vec::new();
        for (begin, end) in elements(inner, &["<td", "<th"]) {
            heads &= inner[begin..]
                .get(.."<th".len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case("<th"));
            let body = begin + inner[begin..end].find('>').map_or(0, |at| at + 1);
            let raw = &inner[body..end];
            let closed = ["</td", "</th", "</tr"]
                .iter()
                .filter_map(|tag| find(raw, tag));
            let raw = &raw[..closed.min().unwrap_or(raw.len())];
            let trimmed = raw.trim();
            let first = start + from + body + (raw.len() - raw.trim_start().len());
            let cell = Cell {
                text: plain(trimmed),
                span: Span::new(id, first, first + trimmed.len()),
            };
            let tag = &inner[begin..body];
            let tall = spanned(tag, "rowspan");
            if tall > 1 {
                down.push((own.len(), tall - 1, cell.clone()));
            }
            wide = spanned(tag, "colspan");
            let at = cell.span.end as usize;
            own.push(cell);
            own.extend((1..wide).map(|_| empty(id, at)));
        }
        let lone = own.len() == wide && wide > 1;
        if lone && !heads {
            // Words across all columns are no name.
            own.rotate_right(1);
        }
        if goes_on {
            if let Some((_, above)) = out.last_mut() {
                further(above, &own);
            }
            continue;
        }
        for (column, cell) in cells {
            own.insert(column.min(own.len()), cell);
        }
        let cells = own;
        if !cells.is_empty() {
            // The row is where its first cell is: a line may hold several rows.
            let span = cells.first().map_or(0, |cell| cell.span.start as usize);
            let end = cells.last().map_or(span, |cell| cell.span.end as usize);
            out.push((
                heads,
                Row {
                    cells,
                    span: Span::new(id, span, end),
                },
            ));
        }
    }
    out
}

/// How many columns or rows a cell takes, as far as tables are that large.
fn spanned(tag: &str, attribute: &str) -> usize {
    let value = find(tag, attribute).and_then(|at| tag.get(at + attribute.len()..));
    let value = value.and_then(|rest| rest.trim_start().strip_prefix('='));
    let digits = value.map(|value| value.trim_start().trim_start_matches(['"', '\'']));
    let digits = digits.and_then(|digits| digits.split(|c: char| !c.is_ascii_digit()).next());
    let number = digits.and_then(|digits| digits.parse().ok());
    number.unwrap_or(1).clamp(1, 100)
}

fn empty(id: u16, at: usize) -> Cell {
    Cell {
        text: String::new(),
        span: Span::new(id, at, at),
    }
}

/// Adds the cells of a row that has no first one to the last cell of the row above.
fn further(row: &mut Row, cells: &[Cell]) {
    for cell in cells.iter().filter(|cell| !cell.text.is_empty()) {
        if let Some(last) = row.cells.last_mut() {
            last.text = format!("{}<br>{}", last.text, cell.text);
            last.span.end = cell.span.end;
        }
        row.span.end = cell.span.end;
    }
}

/// From each of these tags to the next one.
fn elements(text: &str, tags: &[&str]) -> Vec<(usize, usize)> {
    let lower = text.to_ascii_lowercase();
    let mut starts: Vec<usize> = Vec::new();
    for tag in tags {
        let named = |at: &usize| {
            let after = lower[at + tag.len()..].chars().next();
            after.is_none_or(|c| c == '>' || c.is_whitespace())
        };
        starts.extend(lower.match_indices(tag).map(|(at, _)| at).filter(named));
    }
    starts.sort_unstable();
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts.iter().copied().zip(ends).collect()
}

/// A cell without its tags, except for those that break a line, and with plain characters for the usual entities.
fn plain(cell: &str) -> String {
    let mut out = String::new();
    let mut rest = cell;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let after = rest[at + 1..].trim_start_matches('/');
        let end = rest[at..].find('>');
        let end = end.filter(|_| after.starts_with(|c: char| c.is_ascii_alphabetic()));
        let Some(end) = end else {
            out.push('<');
            rest = &rest[at + 1..];
            continue;
        };
        let tag = &rest[at..=at + end];
        let name = tag.trim_start_matches(['<', '/']).to_ascii_lowercase();
        if name.starts_with("code") {
            out.push('`');
        } else if name.starts_with("br") || name.starts_with('p') || name.starts_with("li") {
            out.push_str("<br>");
        }
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    let text = out.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<Vec<String>> {
        let file = SourceFile::new("x.md", html);
        let (table, _) = at(&file, 0, 0, file.line_count()).unwrap();
        let all = table.header.iter().chain(&table.rows);
        all.map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect())
            .collect()
    }

    #[test]
    fn rows_and_cells() {
        let want = vec![vec!["Name", "Type"], vec!["size*", "a <br>`b`"]];
        for html in [
            "<table><tr><th>Name</th><th>Type</th></tr><tr><td>size*</td><td>a <br/><code>b</code></td></tr></table>",
            "<TABLE class=\"x\">\n<thead>\n<tr>\n<th>Name\n<th>Type\n</thead>\n<tr><td> size* </td>\n<td>a<br>\n<code>b</code></td></table>",
        ] {
            let got: Vec<Vec<String>> = texts(html);
            let got: Vec<Vec<String>> = got
                .into_iter()
                .map(|row| {
                    row.into_iter()
                        .map(|cell| cell.replace("a<br>", "a <br>").replace("<br> `", "<br>`"))
                        .collect()
                })
                .collect();
            assert_eq!(got, want, "{html}");
        }
    }

    #[test]
    fn cells_of_several_columns_or_rows() {
        let heads = "<tr><th colspan=2>All</th></tr><tr><th>Name</th><th>Text</th></tr>";
        let file = SourceFile::new(
            "x.md",
            format!("<table>{heads}<tr><td>a</td><td>b</td></tr>"),
        );
        let (table, _) = at(&file, 0, 0, file.line_count()).unwrap();
        let header = table.header.unwrap();
        assert_eq!(
            (header.cells[0].text.as_str(), table.rows.len()),
            ("Name", 1)
        );
        // Words over all columns are no name; what goes on belongs to the row above; what is said once holds for both.
        for (rows, want) in [
            (
                "<tr><td colspan=\"2\">More</td></tr>",
                vec![vec!["", "More"]],
            ),
            (
                "<tr><td rowspan='2'>a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td><td>e</td></tr>",
                vec![vec!["a", "b<br>c"], vec!["d", "e"]],
            ),
            (
                "<tr><td>a</td><td rowspan=2>text</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>",
                vec![vec!["a", "text", "b"], vec!["c", "text", "d"]],
            ),
            ("<tr><td rowspan=x>a</td></tr>", vec![vec!["a"]]),
        ] {
            assert_eq!(texts(&format!("<table>{rows}</table>")), want, "{rows}");
        }
    }

    #[test]
    fn what_is_broken_is_read_as_far_as_it_goes() {
        assert_eq!(texts("<table><tr><td>a"), [["a"]]);
        assert_eq!(texts("<table>"), [[""; 0]; 0]);
        assert_eq!(texts("<table><tr><td>a < b</td></tr>"), [["a < b"]]);
        let file = SourceFile::new("x.md", "<tables>");
        assert!(at(&file, 0, 0, 1).is_some_and(|(table, _)| table.rows.is_empty()));
    }
}
