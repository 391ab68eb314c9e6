//! What is to be said of samples.

use crate::diagnostics::{Code, Diagnostics, Edit};
use crate::sample::{self, Format, Repair};
use crate::slate::block::Fence;
use crate::slate::source::Span;

/// Reports what is wrong with a sample.
pub fn sample(
    fence: &Fence,
    format: Option<Format>,
    parsed: Option<&sample::Parsed>,
    diagnostics: &mut Diagnostics,
) {
    let said = fence.lang.as_str();
    if let Some(found) = format
        && ["json", "xml", "yaml", "yml"].contains(&said)
        && said != found.name()
    {
        diagnostics.push(
            Code::WrongFormat,
            fence.lang_span,
            format!("the fence says {said}, the content is {}", found.name()),
            "the content decided",
        );
        if matches!(found, Format::Json | Format::Xml) {
            diagnostics.fix_last([Edit::new(fence.lang_span, found.name())]);
        }
    }
    if format == Some(Format::Url) {
        return;
    }
    let Some(parsed) = parsed else {
        let what = if fence.body.trim().is_empty() {
            "this code block is empty"
        } else {
            "this is neither JSON nor XML nor a URL"
        };
        diagnostics.push(Code::UnreadableSample, fence.span, what, "it was left out");
        return;
    };
    repaired(fence, parsed, diagnostics);
}

/// True for a label that says that what is below it is plain text.
pub fn says_text(label: &str) -> bool {
    let lower = label.to_lowercase();
    ["plain text", "plain-text", "plaintext", "text/plain"]
        .iter()
        .any(|words| lower.contains(words))
}

/// Reports an answer that is plain text, as its label says.
pub fn text(fence: &Fence, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Code::UnusedSample,
        fence.span,
        "this is plain text, as its label says",
        "it was left out",
    );
}

/// Reports all that had to be repaired in a sample, where the first of it stands.
pub fn repaired(fence: &Fence, parsed: &sample::Parsed, diagnostics: &mut Diagnostics) {
    let Some(first) = parsed.repairs.iter().map(|(_, at)| *at).min() else {
        return;
    };
    let mut kinds: Vec<(Repair, usize)> = Vec::new();
    for (repair, _) in &parsed.repairs {
        match kinds.iter_mut().find(|(known, _)| known == repair) {
            Some((_, times)) => *times += 1,
            None => kinds.push((*repair, 1)),
        }
    }
    let words = kinds.iter().map(|(repair, times)| match times {
        1 => repair.description().to_owned(),
        times => format!("{} ({times} times)", repair.description()),
    });
    diagnostics.push(
        Code::RepairedSample,
        character(fence, first),
        words.collect::<Vec<_>>().join(", "),
        "the sample was repaired",
    );
    // A comma before a closing bracket may go; of all else it is not certain what was meant.
    let commas = parsed.repairs.iter().filter(|(repair, at)| {
        let rest = fence
            .body
            .get(*at..)
            .and_then(|rest| rest.strip_prefix(','));
        *repair == Repair::ExtraComma
            && as_written(fence)
            && rest.is_some_and(|rest| rest.trim_start().starts_with(['}', ']']))
    });
    let start = fence.body_span.start as usize;
    let edits = commas.map(|(_, at)| {
        let comma = Span::new(fence.body_span.file, start + at, start + at + 1);
        Edit::new(comma, "")
    });
    diagnostics.fix_last(edits);
}

/// The character at a place in the text of a sample.
fn character(fence: &Fence, at: usize) -> Span {
    let inside = (0..=at.min(fence.body.len()))
        .rev()
        .find(|at| fence.body.is_char_boundary(*at))
        .unwrap_or(0);
    let rest = fence.body[inside..].chars().next();
    let start = fence.body_span.start as usize + inside;
    let length = rest.map_or(0, char::len_utf8);
    Span::new(fence.body_span.file, start, start + length)
}

/// Whether the text of a sample is that of the docs, and not what a command makes of it.
fn as_written(fence: &Fence) -> bool {
    let span = fence.body_span;
    usize::try_from(span.end.saturating_sub(span.start)) == Ok(fence.body.len())
}
