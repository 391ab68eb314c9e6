//! What is to be said of samples.

use super::form::Form;
use crate::diagnostics::{Code, Diagnostics};
use crate::sample::{self, Format, Repair};
use crate::slate::block::Fence;
use crate::slate::source::Span;

/// Reports that a command sends files: no body of the spec can hold them.
pub fn files(form: &Form, diagnostics: &mut Diagnostics) {
    if form.files.is_empty() {
        return;
    }
    diagnostics.push(
        Code::UnusedSample,
        form.sample.span,
        format!("this sends a form with files in {}", form.files.join(", ")),
        "it was left out",
    );
}

/// Reports what is wrong with a sample.
pub fn sample(
    fence: &Fence,
    format: Option<Format>,
    parsed: Option<&sample::Parsed>,
    diagnostics: &mut Diagnostics,
) {
    let said = match fence.lang.as_str() {
        "json" => Some(Format::Json),
        "xml" => Some(Format::Xml),
        _ => None,
    };
    if let (Some(said), Some(found)) = (said, format)
        && said != found
    {
        diagnostics.push(
            Code::WrongFormat,
            fence.span,
            format!("the fence says {said:?}, the content is {found:?}").to_lowercase(),
            "the content decided",
        );
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
    repairs(fence, parsed, diagnostics);
}

/// Reports what had to be repaired.
pub fn repairs(fence: &Fence, parsed: &sample::Parsed, diagnostics: &mut Diagnostics) {
    let mut seen: Vec<Repair> = Vec::new();
    for (repair, at) in &parsed.repairs {
        if seen.contains(repair) {
            continue;
        }
        seen.push(*repair);
        let inside = (0..=(*at).min(fence.body.len()))
            .rev()
            .find(|at| fence.body.is_char_boundary(*at))
            .unwrap_or(0);
        let length = fence.body[inside..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        let start = fence.body_span.start as usize + inside;
        let times = parsed
            .repairs
            .iter()
            .filter(|(other, _)| other == repair)
            .count();
        let message = if times > 1 {
            format!("{} ({times} times)", repair.description())
        } else {
            repair.description().to_owned()
        };
        diagnostics.push(
            Code::RepairedSample,
            Span::new(fence.body_span.file, start, start + length),
            message,
            "the sample was repaired",
        );
    }
}
