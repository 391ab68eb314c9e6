//! Sections that only show a call of an operation that is documented elsewhere, with values in it.

use super::calls;
use super::part::{Part, Sections};
use super::url::{self, Url};
use super::{outline, request, shown};
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind};
use crate::sample::{self, Format};
use crate::slate::block::BlockKind;

/// Words for an example.
const EXAMPLE: [&str; 6] = [
    "example", "ejemplo", "exemplo", "exemple", "beispiel", "示例",
];

/// Takes the sections out of the operations that are examples of other ones, and says so.
pub fn remove<'a>(
    mut pages: Vec<Sections<'a>>,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<Sections<'a>> {
    let mut examples: Vec<(usize, usize, Vec<Url>)> = Vec::new();
    let mut known: Vec<Url> = Vec::new();
    // Sections with several calls, which may all be those of others.
    let mut many: Vec<(usize, usize, Vec<Url>)> = Vec::new();
    for (page, sections) in pages.iter().enumerate() {
        for (number, operation) in sections.operations.iter().enumerate() {
            let parts: Vec<&Part<'_>> = operation.iter().map(|&at| &sections.parts[at]).collect();
            let mut calls: Vec<Url> = parts.iter().flat_map(|part| calls(part, dialect)).collect();
            if calls.is_empty() {
                let shown = parts.iter().find_map(|part| shown::call(part, dialect));
                known.extend(
                    shown.and_then(|said| url::parse(&said.text, &dialect.wire.format_suffixes)),
                );
                continue;
            }
            calls.dedup();
            let head = parts.first();
            if head.is_some_and(|head| is_called_example(head.title)) {
                many.push((page, number, calls));
            } else if may_be_example(&parts, &calls, dialect) {
                examples.push((page, number, calls));
            } else {
                let calls: Vec<Url> = calls
                    .into_iter()
                    .filter(|call| call.method.is_some())
                    .collect();
                let first = calls.first();
                if calls
                    .iter()
                    .any(|call| first.is_some_and(|first| !is_same(first, call)))
                {
                    many.push((page, number, calls));
                } else {
                    known.extend(calls);
                }
            }
        }
    }
    many.retain(|(_, _, calls)| {
        let own = |call: &Url| known.iter().any(|known| is_same(known, call));
        let listed = calls.iter().all(own);
        if !listed {
            known.extend(calls.iter().cloned());
        }
        listed
    });
    examples.retain(|(_, _, calls)| {
        let shown = |call: &Url| known.iter().any(|known| shows(known, call));
        calls.iter().all(shown)
    });
    examples.extend(many);
    examples.sort_by_key(|(page, number, _)| (*page, *number));
    // From the last to the first, so that numbers stay right.
    for (page, number, calls) in examples.iter().rev() {
        let sections = &mut pages[*page];
        let parts = sections.operations.remove(*number);
        if let Some(head) = parts.first().map(|&at| &sections.parts[at]) {
            report(head, calls, diagnostics);
        }
    }
    pages
}

/// True for the same method and path, whatever the placeholders are called.
fn is_same(known: &Url, call: &Url) -> bool {
    let open = |segment: &String| segment.starts_with('{');
    let mut pairs = known.segments.iter().zip(&call.segments);
    known.method == call.method
        && known.segments.len() == call.segments.len()
        && pairs.all(|(a, b)| a == b || (open(a) && open(b)))
}

fn report(head: &Part<'_>, calls: &[Url], diagnostics: &mut Diagnostics) {
    let Some(call) = calls.first() else {
        return;
    };
    let mut keys: Vec<&str> = Vec::new();
    for (key, _) in calls.iter().flat_map(|call| &call.query) {
        if !keys.contains(&key.as_str()) {
            keys.push(key);
        }
    }
    let query = if keys.is_empty() {
        String::new()
    } else {
        format!("; its query ({}) was left out", keys.join(", "))
    };
    let method = call.method.as_deref().unwrap_or_default();
    diagnostics.push(
        Code::UnusedSample,
        head.span,
        format!(
            "{:?} only shows {method} {}, a call of an operation that stands elsewhere",
            head.title,
            call.path()
        ),
        format!("it was read as no operation{query}"),
    );
}

/// The calls that the lines of a part state. An address without a method is none in running text.
fn calls(part: &Part<'_>, dialect: &Dialect) -> Vec<Url> {
    let texts = request::texts(part).into_iter();
    let lines = texts.flat_map(|(text, _)| request::lines(&text, dialect));
    let urls = lines
        .filter(|line| calls::looks_like_url(line, dialect))
        .filter_map(|line| url::parse(&line, &dialect.wire.format_suffixes));
    let prose = part.kind != Some(HeadingKind::Url);
    urls.filter(|url| !prose || url.method.is_some()).collect()
}

/// True for a section that has values in all its calls, and nothing of its own: no message, and parameters only where a
/// heading says that the call is an example.
fn may_be_example(parts: &[&Part<'_>], all: &[Url], dialect: &Dialect) -> bool {
    let example = parts.iter().any(|part| {
        says_example(part.title)
            && outline::is_of_parts(part.title)
            && !calls(part, dialect).is_empty()
    });
    let own = parts.iter().any(|part| {
        let parameters = part.kind.is_some_and(HeadingKind::is_parameters);
        part.blocks.iter().any(|block| match &block.kind {
            BlockKind::Fence(fence) => {
                let format = sample::format_of(&fence.body);
                // A header such as `Link: <…>` is no message.
                let whole = fence.body.trim_start().starts_with(['{', '[', '<', '"']);
                whole && matches!(format, Some(Format::Json | Format::Xml))
            }
            BlockKind::Table(_) => {
                part.kind == Some(HeadingKind::Resource) || (parameters && !example)
            }
            _ => false,
        })
    });
    !all.is_empty() && !own && all.iter().all(is_filled)
}

fn says_example(title: &str) -> bool {
    let words = title.to_lowercase();
    EXAMPLE.iter().any(|word| words.contains(word))
}

/// True for a heading that is a call and says that it is an example of it: `POST /parcels, an example`.
fn is_called_example(title: &str) -> bool {
    says_example(title) && url::methods(title.trim_matches(['`', ' '])).is_some()
}

/// True for a call with a method and without placeholders, some part of which looks like a value.
fn is_filled(call: &Url) -> bool {
    let open = |text: &String| text.contains('{');
    let filled = |(_, value): &(String, String)| !value.is_empty() && !open(value);
    call.method.is_some()
        && !call.chosen
        && !call.segments.iter().any(open)
        && call.query.iter().all(filled)
        && (!call.query.is_empty() || call.segments.iter().any(|segment| is_value(segment)))
}

/// A number, or something else with digits: words are names of other resources.
fn is_value(segment: &str) -> bool {
    segment.contains(|c: char| c.is_ascii_digit())
}

/// True when a call is a known one with values in the place of its placeholders; the path may begin later, where a base
/// address was left out.
fn shows(known: &Url, call: &Url) -> bool {
    if known.method != call.method {
        return false;
    }
    let Some(from) = known.segments.len().checked_sub(call.segments.len()) else {
        return false;
    };
    if from > 0 && known.segments[..from].iter().any(|left| left.contains('{')) {
        return false;
    }
    let pairs = known.segments[from..].iter().zip(&call.segments);
    let mut filled = false;
    for (own, shown) in pairs {
        let value = own.starts_with('{') && is_value(shown);
        filled |= value;
        if own != shown && !value {
            return false;
        }
    }
    // The same call with the same query is the operation once more.
    let named = |key: &String| known.query.iter().any(|(other, _)| other == key);
    let asks = call.query.iter().any(|(key, _)| !named(key));
    filled || asks || (!call.query.is_empty() && known.query.is_empty())
}
