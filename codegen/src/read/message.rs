//! The body inside of a block that shows more: a message with its head, or a command.

use std::borrow::Cow;
use std::ops::Range;

use super::command;
use super::facts::{Encoding, Said};
use super::url::METHODS;
use crate::sample;
use crate::slate::block::Fence;
use crate::slate::source::Span;

/// The body of a message that is shown with its HTTP head, and whether the head is that of an answer.
pub fn without_head(fence: &Fence) -> (Cow<'_, Fence>, bool) {
    let first = fence.body.lines().next().unwrap_or_default();
    let answer = first.starts_with("HTTP/");
    let request = first
        .rsplit(' ')
        .next()
        .is_some_and(|last| last.starts_with("HTTP/"));
    let blank = fence.body.find("\n\n").map(|at| at + 2);
    let behind = |at: usize| fence.body[at..].trim_start();
    // Behind the head of a request, what is no document is more of its head.
    let whole = |at: usize| answer || behind(at).starts_with(['{', '[', '<', '"']);
    let body = blank.filter(|at| (answer || request) && !behind(*at).is_empty() && whole(*at));
    let Some(body) = body else {
        return (Cow::Borrowed(fence), answer);
    };
    let mut out = fence.clone();
    out.body.replace_range(..body, "");
    let (start, end) = (fence.body_span.start as usize, fence.body_span.end as usize);
    out.body_span = Span::new(fence.body_span.file, (start + body).min(end), end);
    (Cow::Owned(out), answer)
}

/// The status in the head of an answer: `HTTP/1.1 404 Not Found`.
pub fn status_in_head(fence: &Fence) -> Option<u16> {
    let first = fence.body.lines().next().unwrap_or_default();
    let rest = first.strip_prefix("HTTP/")?;
    rest.split_whitespace().nth(1)?.parse().ok()
}

/// What a command, or a message with its head, says of the body that it sends: its media type.
pub fn media_type(fence: &Fence) -> Option<Said> {
    let named = |text: String| Said {
        text,
        span: fence.span,
    };
    let of_header = |header: &str| {
        let (name, value) = header.split_once(':')?;
        let is_type = name.trim().eq_ignore_ascii_case("content-type");
        is_type.then(|| named(value.trim().to_owned()))
    };
    if let Some(command) = command::read(&fence.body) {
        let parts = || {
            command
                .in_parts()
                .then(|| named(Encoding::Multipart.media_type().to_owned()))
        };
        return command
            .headers
            .iter()
            .find_map(|header| of_header(header))
            .or_else(parts);
    }
    let mut lines = fence.body.lines();
    let first = lines.next().unwrap_or_default();
    let request =
        METHODS.iter().any(|method| first.starts_with(method)) && first.contains(" HTTP/");
    let mut head = lines.take_while(|line| !line.trim().is_empty());
    if request {
        head.find_map(of_header)
    } else {
        None
    }
}

/// The documents of a block that have a remark each which says what they are, `// Sample response`, as blocks of their own.
pub fn apart(fence: &Fence, says: impl Fn(&str) -> bool) -> Vec<Fence> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in fence.body.split_inclusive('\n') {
        let remark = sample::leading_remark(line.trim()).is_some_and(&says);
        let behind = fence.body[at + line.len()..].trim_start();
        let before = fence.body[..at].trim_end();
        if remark && before.ends_with(['}', ']']) && behind.starts_with(['{', '[']) {
            starts.push(at);
        }
        at += line.len();
    }
    if starts.is_empty() {
        return Vec::new();
    }
    let ends = starts.iter().copied().chain([fence.body.len()]);
    let starts = std::iter::once(0).chain(starts.iter().copied());
    let ranges = starts.zip(ends);
    ranges
        .map(|(start, end)| Fence {
            lang: fence.lang.clone(),
            ..inside(fence, start..end)
        })
        .collect()
}

/// A longer line without a colon is no label.
const MOST_WORDS: usize = 8;

/// A line of words at the top of a block, `Example answer:` or `> Example answer`, and the document below it as a block of
/// its own.
pub fn below_words(fence: &Fence) -> Option<(&str, Fence)> {
    let start = fence.body.len() - fence.body.trim_start().len();
    let (line, rest) = fence.body[start..].split_once('\n')?;
    let line = line.trim().trim_start_matches(['>', ' ']);
    let document = rest.trim_start();
    let short = line.ends_with(':') || line.split_whitespace().count() <= MOST_WORDS;
    let words = short && line.starts_with(char::is_alphabetic);
    let whole = document.starts_with(['{', '[', '<']) && sample::format_of(document).is_some();
    (words && whole).then(|| {
        (
            line,
            inside(fence, fence.body.len() - document.len()..fence.body.len()),
        )
    })
}

/// The body that a command sends, as a block of its own.
pub fn sent(fence: &Fence) -> Option<Fence> {
    if sample::format_of(&fence.body).is_some() {
        return None;
    }
    Some(inside(fence, command::body(&fence.body)?))
}

/// A part of a block as a block of its own.
fn inside(fence: &Fence, at: Range<usize>) -> Fence {
    let (start, end) = (fence.body_span.start as usize, fence.body_span.end as usize);
    let place = |offset: usize| (start + offset).min(end);
    Fence {
        lang: String::new(),
        body_span: Span::new(fence.body_span.file, place(at.start), place(at.end)),
        body: fence.body.get(at).unwrap_or_default().to_owned(),
        ..fence.clone()
    }
}
