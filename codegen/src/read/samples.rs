//! Tells which blocks of code are requests, answers and URLs.

use std::borrow::Cow;

use super::by_rows::Rows;
use super::calls;
use super::command;
use super::direction::{Labelled, Sends, Shown, contains_any, role, says_role};
use super::facts::{Role, SampleFact};
use super::message::{apart, below_words, sent, status_in_head, without_head};
use super::part::Part;
use super::{form, raw_form, refusals, resource, sample_report, spelling};
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind};
use crate::sample;
use crate::slate::block::{Block, BlockKind, Fence};

/// Reads the code blocks of the parts of an operation. `posts` says whether the operation has a request body, as far
/// as its resource table tells.
pub fn read(
    parts: &[&Part<'_>],
    posts: Option<bool>,
    rows: &Rows<'_>,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<SampleFact> {
    let mut out: Vec<SampleFact> = Vec::new();
    // Whether a command has shown what is sent.
    let mut commanded = false;
    for (number, part) in parts.iter().enumerate() {
        // `### Example Response`: what a label would say.
        let below = (number > 0 && says_role(part.title, dialect)).then_some(part.title);
        let mut label = Labelled {
            text: None,
            status: None,
            below,
            said: below,
            from: out.len(),
        };
        let blocks = with_fences_apart(part.blocks, dialect);
        for (at, block) in blocks.iter().enumerate() {
            let sends = Sends {
                posts,
                commanded,
                rows: Some(rows),
            };
            match &block.kind {
                BlockKind::Label(text) => {
                    let respelt = spelling::label(text, block.span, dialect, diagnostics);
                    label = Labelled {
                        said: respelt.or(Some(text)),
                        below,
                        ..Labelled::new(text, out.len())
                    };
                }
                BlockKind::Paragraph(text) if introduces(text, blocks.get(at + 1), dialect) => {
                    label = Labelled {
                        below,
                        ..Labelled::new(text, out.len())
                    };
                }
                BlockKind::Fence(fence) if states_call(part, block, fence, dialect) => {}
                BlockKind::Fence(fence) if let Some(sent) = sent(fence) => {
                    let fact = request(&sent, &out, dialect, diagnostics);
                    commanded = true;
                    out.push(fact);
                }
                BlockKind::Fence(fence)
                    if sample::format_of(&fence.body).is_none()
                        && let Some((said, inner)) = below_words(fence)
                        && says_role(said, dialect) =>
                {
                    let label = Labelled {
                        below,
                        ..Labelled::new(said, out.len())
                    };
                    let fact = one(&inner, &label, sends, &out, dialect, diagnostics);
                    out.push(fact);
                }
                BlockKind::Fence(fence)
                    if is_usage(fence)
                        && let Some(form) = form::sent(fence) =>
                {
                    out.push(form);
                    commanded = true;
                }
                BlockKind::Fence(fence) if is_usage(fence) => {
                    commanded |= command::read(&fence.body).is_some_and(|command| command.sends());
                    diagnostics.push(
                        Code::UnusedSample,
                        block.span,
                        format!("this shows how to call the operation in {}", fence.lang),
                        "it was left out",
                    );
                }
                BlockKind::Fence(fence)
                    if let Some(form) = raw_form_below(fence, &label, dialect) =>
                {
                    if let Some(parsed) = &form.parsed {
                        sample_report::repaired(fence, parsed, diagnostics);
                    }
                    out.push(form);
                }
                BlockKind::Fence(fence) => {
                    label.status = status_in_head(fence);
                    let (fence, answer) = without_head(fence);
                    if answer {
                        label.said =
                            Some(dialect.labels.response.first().map_or("", String::as_str));
                    }
                    let fact = one(&fence, &label, sends, &out, dialect, diagnostics);
                    out.push(fact);
                }
                _ => {}
            }
        }
    }
    out
}

/// The blocks of a part, each document of a block of code as one of its own where remarks say what they are.
fn with_fences_apart<'b>(blocks: &'b [Block], dialect: &Dialect) -> Cow<'b, [Block]> {
    let split = |block: &Block| match &block.kind {
        BlockKind::Fence(fence) => apart(fence, |remark| says_role(remark, dialect)),
        _ => Vec::new(),
    };
    let apart: Vec<Vec<Fence>> = blocks.iter().map(split).collect();
    if apart.iter().all(Vec::is_empty) {
        return Cow::Borrowed(blocks);
    }
    let all = blocks.iter().zip(apart).flat_map(|(block, fences)| {
        if fences.is_empty() {
            return vec![block.clone()];
        }
        let own = |fence: Fence| Block {
            span: fence.span,
            kind: BlockKind::Fence(fence),
        };
        fences.into_iter().map(own).collect()
    });
    Cow::Owned(all.collect())
}

/// True for a block that has the method, or the path, alone: it is what the heading says it is, and was read as that.
fn states_call(part: &Part<'_>, block: &Block, fence: &Fence, dialect: &Dialect) -> bool {
    let mut lines = fence
        .body
        .lines()
        .filter(|line| !line.trim().is_empty())
        .peekable();
    let path = part.kind == Some(HeadingKind::Url)
        && sample::format_of(&fence.body).is_none()
        && lines.peek().is_some()
        && !is_usage(fence)
        && lines.all(|line| {
            let path = line.trim_start().starts_with(['/', '{', '<']);
            path && calls::looks_like_url(line, dialect)
        });
    path || resource::names_method(part.title, Some(block), dialect)
}

/// A form as it is sent, below words that say so.
fn raw_form_below(fence: &Fence, label: &Labelled<'_>, dialect: &Dialect) -> Option<SampleFact> {
    let said = label.said.unwrap_or_default().to_lowercase();
    let requests = contains_any(&said, &dialect.labels.request)
        && !contains_any(&said, &dialect.labels.response)
        && sample::format_of(&fence.body).is_none();
    let form = requests.then(|| raw_form::read(fence)).flatten()?;
    Some(SampleFact {
        label: label.text.map(str::to_owned),
        ..form
    })
}

/// True for a short line in bold, or with a colon at its end, that stands where a label could.
pub fn introduces(text: &str, next: Option<&Block>, dialect: &Dialect) -> bool {
    let short = !text.contains('\n') && text.split_whitespace().count() <= 8;
    let stands_out = text.ends_with(':') || (text.starts_with("**") && text.ends_with("**"));
    let above = next.is_some_and(|next| matches!(next.kind, BlockKind::Fence(_)));
    short && stands_out && above && says_role(text, dialect)
}

/// Code in a programming language shows how to call an operation, not what goes over the wire.
pub fn is_usage(fence: &Fence) -> bool {
    // The same message once more, as it never goes over the wire; unless it is JSON in truth.
    if is_yaml(&fence.lang) {
        let first = fence.body.trim_start();
        return !first.starts_with(['{', '[', '<']);
    }
    let data = ["", "json", "xml", "html", "http", "text", "plaintext"];
    !data.contains(&fence.lang.as_str()) && sample::format_of(&fence.body).is_none()
}

fn is_yaml(lang: &str) -> bool {
    matches!(lang, "yaml" | "yml")
}

/// A block that is a request, whatever stands above it.
fn request(
    fence: &Fence,
    before: &[SampleFact],
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> SampleFact {
    let label = Labelled {
        text: None,
        below: None,
        status: None,
        said: dialect.labels.request.first().map(String::as_str),
        from: before.len(),
    };
    let sends = Sends {
        posts: Some(true),
        commanded: false,
        rows: None,
    };
    let fact = one(fence, &label, sends, before, dialect, diagnostics);
    SampleFact {
        role: Role::Request,
        ..fact
    }
}

fn one(
    fence: &Fence,
    label: &Labelled<'_>,
    sends: Sends<'_>,
    before: &[SampleFact],
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> SampleFact {
    // The first remark, before all else.
    let remark = fence
        .body
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .and_then(sample::leading_remark)
        .map(str::to_owned);
    // `# Sample Response` in the first line says what a label would, and is nearer.
    let nearer = remark
        .as_deref()
        .filter(|remark| says_role(remark, dialect));
    let said = nearer.or(label.said);
    // What says nothing of the way stands below what does.
    let silent = said.is_none_or(|said| !says_role(said, dialect));
    let label = &Labelled {
        said: label.below.filter(|_| silent).or(said),
        ..*label
    };
    let format = sample::format_of(&fence.body);
    let parsed = sample::parse(&fence.body);
    let document = parsed.as_ref().and_then(|parsed| parsed.documents.first());
    let status = label
        .status
        .or_else(|| said.and_then(refusals::status))
        .or_else(|| remark.as_deref().and_then(refusals::status));
    let refused = [said, label.below]
        .into_iter()
        .flatten()
        .any(refusals::says);
    let shown = Shown {
        fence,
        label,
        status,
        format,
        document,
        sends,
        before,
    };
    let role = role(&shown, dialect, diagnostics);
    let words = [label.text, said, label.below];
    if parsed.is_none()
        && words
            .iter()
            .flatten()
            .any(|words| sample_report::says_text(words))
    {
        sample_report::text(fence, diagnostics);
    } else {
        sample_report::sample(fence, format, parsed.as_ref(), diagnostics);
    }
    SampleFact {
        role,
        format,
        encoding: None,
        files: Vec::new(),
        status,
        refused,
        label: label.text.map(str::to_owned),
        remark,
        parsed,
        body: fence.body.clone(),
        body_span: fence.body_span,
        span: fence.span,
    }
}
