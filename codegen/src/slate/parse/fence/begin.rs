//! Code blocks whose opening line is missing, or has too few marks.

use super::{Lines, end, value};
use crate::slate::line::is_label;
use crate::slate::source::SourceFile;

/// How many lines of a text are tried as the begin of a block.
const TRIES: usize = 16;

/// Where a block begins that is closed, and was not opened.
pub struct Begin<'a> {
    /// The line that was to open it, or the first one of its body.
    pub line: usize,
    /// What it says of its language; `None` where there is no such line.
    pub info: Option<&'a str>,
}

/// The begin of the block that the line `close` closes, if that opens none: from the line `first` on, nothing is code.
pub fn missing(file: &SourceFile, first: usize, close: usize) -> Option<Begin<'_>> {
    let lines = Lines::unquoted(file);
    let filled = |from: usize| (from..close).any(|line| !lines.text(line).is_empty());
    if !filled(first) || !end::is_closing(&lines, close) {
        return None;
    }
    let slip = (first..close)
        .rev()
        .find_map(|line| Some((line, short(lines.text(line))?)));
    if let Some((line, info)) = slip.filter(|&(line, _)| filled(line + 1)) {
        let info = Some(info);
        return Some(Begin { line, info });
    }
    let starts = (first..close).rev().filter(|&line| {
        let blank =
            line == first || lines.text(line - 1).is_empty() || is_label(lines.raw(line - 1));
        blank && value::begins(lines.text(line))
    });
    let line = starts
        .take(TRIES)
        .find(|&line| whole(&lines, line, close))?;
    // What stands in tags below no label is the HTML of the page.
    let above = (first..line)
        .rev()
        .find(|&line| !lines.text(line).is_empty());
    let labelled = above.is_some_and(|line| is_label(lines.raw(line)));
    let json = !lines.text(line).starts_with('<');
    (labelled || (json && line + 1 < close)).then_some(Begin { line, info: None })
}

/// The language behind one or two marks that are all of a line.
fn short(line: &str) -> Option<&str> {
    let info = line.trim_start_matches(['`', '~']);
    let marks = line.len() - info.len();
    let word = info.starts_with(char::is_alphabetic)
        && info
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | '#'));
    (word && matches!(marks, 1 | 2)).then_some(info)
}

/// True where these lines are complete values, and nothing else.
fn whole(lines: &Lines, line: usize, close: usize) -> bool {
    let (body, _) = lines.body(line, close);
    let end = value::end(&body);
    end.is_some_and(|end| body[end..].trim().is_empty())
}
