//! Blocks of code between fences, those in quotes among them.

use super::Solid;
use crate::diagnostics::{Code, Diagnostics, Edit};
use crate::slate::block::{Block, BlockKind, Fence};
use crate::slate::line::{heading_level, is_label, opens_fence};
use crate::slate::source::{SourceFile, Span};

/// A fenced block from its opening line at `start`. The second value is where reading has to start anew because the
/// closing line is missing and other blocks ended up in the code.
pub fn fence(
    file: &SourceFile,
    id: u16,
    start: usize,
    end: usize,
    info: &str,
    diagnostics: &mut Diagnostics,
) -> (Solid, Option<usize>) {
    let open = file.line_index(start);
    if file.line(open).trim_start().starts_with('>')
        && let Some(quoted) = quoted(file, id, open, info)
    {
        return quoted;
    }
    let last = file.line_index(end.max(start + 1) - 1);
    let mark = mark(file.line(open).trim_start());
    let mut closed = last > open && closes(file.line(last).trim(), mark);
    let mut body_end = if closed { last } else { last + 1 };
    let mut again = None;
    let swallowed = (open + 1..body_end).find(|&line| {
        let text = file.line(line);
        // A line that looks like a heading is code where the block is closed.
        opens(text) || (!closed && is_heading(text))
    });
    if let Some(line) = swallowed {
        // A label in front of what was swallowed belongs to it.
        let label = (open + 1..line).rev().take_while(|&line| {
            let text = file.line(line).trim();
            text.is_empty() || is_label(text)
        });
        let stop = label
            .filter(|&line| is_label(file.line(line)))
            .min()
            .unwrap_or(line);
        body_end = stop;
        closed = false;
        again = Some(file.line_range(stop).start);
    }
    let body_start = file.line_range(open + 1).start.min(file.text.len());
    let body_stop = if body_end <= open + 1 {
        body_start
    } else {
        file.line_range(body_end - 1).end
    };
    let body_span = Span::new(id, body_start, body_stop);
    let body = file.text[body_start..body_stop.max(body_start)].to_owned();
    let block = block(file, open, info, (body, body_span), closed);
    if !closed {
        diagnostics.push(
            Code::UnclosedFence,
            block.span,
            "this code block is never closed",
            "it was ended before the next heading, label or code block",
        );
        // Behind the last line that is not blank. What is empty is more likely a line too many than one too few.
        let body = &file.text[body_start..body_stop.max(body_start)];
        if !body.trim().is_empty() {
            let end = body_start + body.trim_end().len();
            let end = Span::new(id, end, end);
            diagnostics.fix_last([Edit::new(end, format!("\n{mark}"))]);
        }
    }
    let end = again.unwrap_or_else(|| file.line_range(last).end);
    (
        Solid {
            start: file.line_range(open).start,
            end,
            block: Some(block),
        },
        again,
    )
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

/// A block that is opened in a quote, up to the line that closes it: as older tools read it, the lines in between need
/// not be quoted. What marks them as quoted becomes a blank, so that all places stay.
fn quoted(file: &SourceFile, id: u16, open: usize, info: &str) -> Option<(Solid, Option<usize>)> {
    let inner = |line: usize| {
        let text = file.line(line).trim();
        text.strip_prefix('>').unwrap_or(text).trim()
    };
    let mark = mark(inner(open));
    let ends = |line: usize| closes(inner(line), mark);
    let stops = |line: usize| is_heading(inner(line)) || opens(inner(line));
    let mut lines = open + 1..file.line_count();
    let close = lines.find(|&line| ends(line) || stops(line));
    let close = close.filter(|&line| !mark.is_empty() && ends(line))?;
    let mut body = String::new();
    for line in open + 1..close {
        if line > open + 1 {
            body.push('\n');
        }
        let text = &file.text[file.line_range(line)];
        let at = text.len() - text.trim_start().len();
        match text[at..].strip_prefix('>') {
            Some(rest) => {
                body.push_str(&text[..at]);
                body.push(' ');
                body.push_str(rest);
            }
            None => body.push_str(text),
        }
    }
    let from = file.line_range(open + 1).start;
    let span = Span::new(id, from, from + body.len());
    let start = file.line_range(open).start;
    let end = file.line_range(close).end;
    let block = Some(block(file, open, info, (body, span), true));
    Some((Solid { start, end, block }, Some(end)))
}
