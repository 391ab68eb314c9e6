//! Blocks of code between fences, those in quotes among them.

mod begin;
mod end;
mod value;

use std::ops::Range;

use super::Solid;
use crate::diagnostics::{Code, Diagnostics, Edit};
use crate::slate::block::{Block, BlockKind, Fence};
use crate::slate::line::{heading_level, opens_fence};
use crate::slate::source::{SourceFile, Span};

/// A fenced block from its opening line at `start`, which ends at `end` as Markdown has it. The second value is where
/// reading has to start anew, because the block ends elsewhere.
pub fn fence(
    file: &SourceFile,
    id: u16,
    (start, end): (usize, usize),
    info: &str,
    diagnostics: &mut Diagnostics,
) -> (Solid, Option<usize>) {
    let open = file.line_index(start);
    let lines = Lines {
        file,
        quoted: file.line(open).trim_start().starts_with('>'),
    };
    let mark = mark(lines.text(open));
    let last = file.line_index(end.max(start + 1) - 1);
    let (close, limit) = if lines.quoted {
        in_quote(&lines, open, last)
    } else {
        in_page(&lines, open, last)
    };
    let end = match close {
        Some(close) => end::early(&lines, open + 1, close),
        None => Some(end::unclosed(&lines, open + 1, limit)),
    };
    let body_end = end.as_ref().map_or(close.unwrap_or(limit), |end| end.body);
    let next = end.as_ref().map_or(limit, |end| end.next);
    let (body, (from, to)) = lines.body(open + 1, body_end);
    let body_span = Span::new(id, from, to);
    let block = block(file, open, info, (body, body_span), end.is_none());
    if let Some(end) = end {
        let indent = file.line(open).split(mark).next().unwrap_or_default();
        let edit = closing(&lines, &end, (from, to), (indent, mark));
        diagnostics.push(
            Code::UnclosedFence,
            block.span,
            "this code block is never closed",
            end.action,
        );
        diagnostics
            .fix_last(edit.map(|(at, with)| Edit::new(Span::new(id, at.start, at.end), with)));
    }
    let solid = Solid {
        start: file.line_range(open).start,
        end: file.line_range(next - 1).end,
        block: Some(block),
    };
    (
        solid,
        (next != last + 1).then(|| file.line_range(next).start),
    )
}

/// What closes a block: a line of its own, or one in place of the line that was meant to. What is empty is more likely
/// a line too many than one too few.
fn closing(
    lines: &Lines,
    end: &end::End,
    (from, to): (usize, usize),
    (indent, mark): (&str, &str),
) -> Option<(Range<usize>, String)> {
    if let Some(slip) = end.slip {
        return Some((lines.file.line_range(slip), format!("{indent}{mark}")));
    }
    let body = &lines.file.text[from..to];
    let at = from + body.trim_end().len();
    (!body.trim().is_empty()).then(|| (at..at, format!("\n{indent}{mark}")))
}

/// The line that closes a block, and the line behind it; or the line before which it ends at the latest.
fn in_page(lines: &Lines, open: usize, last: usize) -> (Option<usize>, usize) {
    let mark = mark(lines.text(open));
    let closes_at = |line: usize| closes(lines.text(line), mark);
    // Blanks of any kind may stand behind the mark.
    let close = (open + 1..=last).find(|&line| {
        let raw = lines.file.line(line);
        closes_at(line) && (line == last || (raw.len() > raw.trim_end().len() && !is_set_in(raw)))
    });
    let body_end = close.unwrap_or(last + 1);
    let swallowed = (open + 1..body_end).find(|&line| {
        let text = lines.text(line);
        // Inside of four ticks, or of tildes, three ticks are text.
        opens(text) && (close.is_none() || text.starts_with(mark))
    });
    match (swallowed, close) {
        (Some(line), _) => (None, line),
        (None, Some(close)) => (Some(close), close + 1),
        (None, None) => (None, last + 1),
    }
}

/// The same of a block that is opened in a quote: as older tools read it, the lines up to the one that closes it need not
/// be quoted.
fn in_quote(lines: &Lines, open: usize, last: usize) -> (Option<usize>, usize) {
    let mark = mark(lines.text(open));
    let stop = (open + 1..lines.count()).find(|&line| {
        let text = lines.text(line);
        closes(text, mark) || is_heading(text) || opens(text)
    });
    match stop {
        Some(close) if closes(lines.text(close), mark) => (Some(close), close + 1),
        Some(line) => (None, line),
        None => (None, lines.count().max(last + 1)),
    }
}

/// A block without opening line from the line `first` on, if the fence at `start` closes one. Reading goes on behind it.
pub fn unopened(
    file: &SourceFile,
    id: u16,
    first: usize,
    start: usize,
    diagnostics: &mut Diagnostics,
) -> Option<(Solid, usize)> {
    let close = file.line_index(start);
    let begin = begin::missing(file, first, close)?;
    let mark = mark(file.line(close).trim());
    let lines = Lines::unquoted(file);
    let line = file.line_range(begin.line);
    let body_line = begin.line + usize::from(begin.info.is_some());
    let (body, (from, to)) = lines.body(body_line, close);
    let shown = value::language(&body).unwrap_or_default();
    let info = begin.info.unwrap_or(shown);
    let (what, edit) = if begin.info.is_some() {
        let written = file.line(begin.line).trim_end();
        let marks = written.trim_start();
        let at = line.start + written.len() - marks.len();
        let end = at + marks.len() - info.len();
        let edit = Edit::new(Span::new(id, at, end), mark);
        ("fewer than three marks open no code block", edit)
    } else {
        let edit = Edit::new(
            Span::new(id, line.start, line.start),
            format!("{mark}{info}\n"),
        );
        ("this closes a code block that is never opened", edit)
    };
    let mut block = block(
        file,
        begin.line,
        info,
        (body, Span::new(id, from, to)),
        true,
    );
    // The line that closes it shows that it was to be opened; a line that was to open it shows more.
    let closing = file.line_range(close);
    let place = match begin.info {
        Some(_) => block.span,
        None => Span::new(id, closing.start, closing.end),
    };
    let action = match begin.info {
        Some(_) => "it was read as if it had three",
        None => "the value above it was read as one",
    };
    diagnostics.push(Code::UnclosedFence, place, what, action);
    diagnostics.fix_last([edit]);
    if let (BlockKind::Fence(fence), None) = (&mut block.kind, begin.info) {
        fence.lang_span = fence.span;
    }
    let solid = Solid {
        start: line.start,
        end: file.line_range(close).end,
        block: Some(block),
    };
    Some((solid, file.line_range(close + 1).start))
}

/// The lines of a file, without the mark of the quote where a block stands in one.
struct Lines<'a> {
    file: &'a SourceFile,
    quoted: bool,
}

impl<'a> Lines<'a> {
    fn unquoted(file: &'a SourceFile) -> Self {
        let quoted = false;
        Self { file, quoted }
    }

    fn count(&self) -> usize {
        self.file.line_count()
    }

    /// A line as it stands there, without the blanks around it.
    fn raw(&self, line: usize) -> &'a str {
        self.file.line(line).trim()
    }

    fn text(&self, line: usize) -> &'a str {
        let text = self.raw(line);
        if self.quoted {
            text.strip_prefix('>').unwrap_or(text).trim()
        } else {
            text
        }
    }

    /// The text of some lines, and where it begins and ends. What marks them as quoted becomes a blank, so that all
    /// places stay.
    fn body(&self, first: usize, end: usize) -> (String, (usize, usize)) {
        let text = &self.file.text;
        let from = self.file.line_range(first).start;
        let to = if end <= first {
            from
        } else {
            self.file.line_range(end - 1).end
        };
        let mut body = String::with_capacity(to - from);
        for line in text[from..to].split_inclusive('\n') {
            let at = line.len() - line.trim_start().len();
            match line[at..].strip_prefix('>').filter(|_| self.quoted) {
                Some(rest) => body.extend([&line[..at], " ", rest]),
                None => body.push_str(line),
            }
        }
        (body, (from, to))
    }
}

/// True for a line that is set in so far that it is code.
fn is_set_in(line: &str) -> bool {
    line.starts_with('\t') || line.starts_with("    ")
}

/// The ticks or tildes that open a block.
fn mark(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches(['`', '~']).len()]
}

/// True for a line that closes a block opened by this mark.
fn closes(line: &str, mark: &str) -> bool {
    line.starts_with(mark) && line.trim_start_matches(['`', '~']).is_empty()
}

/// True for a line that opens a block and says what is in it: it closes none.
fn opens(line: &str) -> bool {
    opens_fence(line).is_some_and(|info| !info.is_empty())
}

/// True for a heading, and not the comment of a script.
fn is_heading(line: &str) -> bool {
    heading_level(line).is_some_and(|level| level > 1)
}

/// The block, from its opening line.
fn block(
    file: &SourceFile,
    open: usize,
    info: &str,
    (body, body_span): (String, Span),
    closed: bool,
) -> Block {
    let id = body_span.file;
    let range = file.line_range(open);
    let span = Span::new(id, range.start, range.end);
    let word = info.split_whitespace().next().unwrap_or_default();
    let lang_at = range.start + file.line(open).find(word).unwrap_or_default();
    Block {
        kind: BlockKind::Fence(Fence {
            lang: word.to_lowercase(),
            lang_span: Span::new(id, lang_at, lang_at + word.len()),
            body,
            body_span,
            span,
            closed,
        }),
        span,
    }
}

#[cfg(test)]
mod tests;
