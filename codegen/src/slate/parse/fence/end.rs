//! Where a code block ends whose closing line is missing or misspelt.

use super::value;
use super::{Lines, closes, is_heading, opens};
use crate::slate::line::is_label;

/// How many lines are looked at to tell whether a line opens or closes a block.
const FAR: usize = 2000;

/// Where a block ends that is not closed as it should be.
pub struct End {
    /// The line behind its body.
    pub body: usize,
    /// The line where reading goes on.
    pub next: usize,
    /// The line that was to close it, and does not.
    pub slip: Option<usize>,
    /// What was done about it.
    pub action: &'static str,
}

impl End {
    /// The end behind a value.
    fn behind(line: usize) -> Self {
        Self {
            body: line,
            next: line,
            slip: None,
            action: "it was ended behind its value",
        }
    }

    /// The end before what is no code.
    fn before(line: usize) -> Self {
        Self {
            action: "it was ended before the next sentence, heading, label or code block",
            ..Self::behind(line)
        }
    }

    /// The end at a line that was to be one.
    fn slip(body: usize, line: usize) -> Self {
        Self {
            body,
            next: line + 1,
            slip: Some(line),
            action: "a line of other marks was read as its end",
        }
    }
}

/// Where a block ends that nothing closes before the line `limit`: behind its value. Where it shows none that is
/// complete, before the first line that cannot be code.
pub fn unclosed(lines: &Lines, first: usize, limit: usize) -> End {
    if let Some(end) = value_end(lines, first, limit) {
        let next = (end..limit).find(|&line| !lines.text(line).is_empty());
        return match next.filter(|&line| is_slip(lines.text(line))) {
            Some(line) => End::slip(end, line),
            None => End::behind(end),
        };
    }
    let stop = (first..limit).find(|&line| {
        is_slip(lines.text(line)) || heading(lines, line) || (line > first && sentence(lines, line))
    });
    match stop {
        Some(line) if is_slip(lines.text(line)) => End::slip(line, line),
        stop => End::before(before_labels(lines, first, stop.unwrap_or(limit))),
    }
}

/// Where a block ended before the line that closes it: behind its value, where headings or sentences follow, and the line
/// that closes it opens another one.
pub fn early(lines: &Lines, first: usize, close: usize) -> Option<End> {
    let end = value_end(lines, first, close)?;
    let mut rest = (end..close).filter(|&line| !lines.text(line).is_empty());
    let other = rest.clone().any(|line| heading(lines, line))
        || (rest.clone().any(|line| sentence(lines, line))
            && !rest.any(|line| value::begins(lines.text(line))));
    (other && !is_closing(lines, close)).then(|| End::behind(end))
}

/// Whether a line of nothing but a mark closes a block rather than open one: up to the next heading, label or block
/// with a language, those that open have others that close.
pub fn is_closing(lines: &Lines, mark: usize) -> bool {
    let until = lines.count().min(mark + FAR);
    let own = super::mark(lines.text(mark));
    let here = (mark..until).take_while(|&line| {
        let text = lines.text(line);
        !(opens(text) || is_label(text) || heading(lines, line))
    });
    let marks = here.filter(|&line| closes(lines.text(line), own));
    marks.count() % 2 == 1
}

/// The line behind the values that the body begins with.
fn value_end(lines: &Lines, first: usize, limit: usize) -> Option<usize> {
    let begin = (first..limit).find(|&line| !lines.text(line).is_empty())?;
    let begins = lines.text(begin);
    if !value::begins(begins) && !begins.starts_with("//") {
        return None;
    }
    let (body, _) = lines.body(first, limit);
    let end = value::end(&body)?;
    Some(first + body[..end].matches('\n').count() + 1)
}

/// The line, or that of the labels right in front of it, which belong to it.
fn before_labels(lines: &Lines, first: usize, line: usize) -> usize {
    let label = (first..line).rev().take_while(|&line| {
        let text = lines.raw(line);
        text.is_empty() || is_label(text)
    });
    let label = label.filter(|&line| is_label(lines.raw(line))).min();
    label.unwrap_or(line)
}

/// True for a heading. That of a page looks like the comment of a script, unless it stands alone.
fn heading(lines: &Lines, line: usize) -> bool {
    let text = lines.text(line);
    is_heading(text) || (text.starts_with("# ") && alone(lines, line))
}

fn alone(lines: &Lines, line: usize) -> bool {
    let blank = |line: usize| lines.text(line).is_empty();
    line > 0 && blank(line - 1) && line + 1 < lines.count() && blank(line + 1)
}

/// True for a line that begins a paragraph of prose.
fn sentence(lines: &Lines, line: usize) -> bool {
    let text = lines.text(line);
    let words = text.split_whitespace().filter(|word| {
        let word = word.trim_end_matches(['.', ',', ':', ';']);
        word.chars().all(char::is_alphabetic)
    });
    lines.text(line - 1).is_empty()
        && text.starts_with(char::is_uppercase)
        && text.ends_with(['.', ':'])
        && words.count() > 2
}

/// True for a line that has nothing but the marks of a block, and closes none.
fn is_slip(line: &str) -> bool {
    !line.is_empty() && line.chars().all(|c| matches!(c, '`' | '~'))
}
