//! The body inside of a block that shows more: a message with its head, or a command.

use std::borrow::Cow;

use super::command;
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

/// The body that a command sends, as a block of its own.
pub fn sent(fence: &Fence) -> Option<Fence> {
    if sample::format_of(&fence.body).is_some() {
        return None;
    }
    let at = command::body(&fence.body)?;
    let (start, end) = (fence.body_span.start as usize, fence.body_span.end as usize);
    let place = |offset: usize| (start + offset).min(end);
    Some(Fence {
        lang: String::new(),
        body: fence.body.get(at.clone())?.to_owned(),
        body_span: Span::new(fence.body_span.file, place(at.start), place(at.end)),
        ..fence.clone()
    })
}
