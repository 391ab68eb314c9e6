//! Tells which blocks of code are requests, answers and URLs.

use std::borrow::Cow;

use super::by_rows::Rows;
use super::command;
use super::facts::{Role, SampleFact};
use super::message::{apart, below_words, sent, status_in_head, without_head};
use super::part::Part;
use super::{form, raw_form, refusals, resource, sample_report, section, spelling};
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind};
use crate::sample::{self, Format, Tree};
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
                    if is_usage(fence)
                        && let Some((said, inner)) = below_words(fence)
                        && says_role(said, dialect) =>
                {
                    let label = Labelled {
                        below,
                        ..Labelled::new(said, out.len())
                    };
                    let sends = Sends {
                        posts,
                        commanded,
                        rows: Some(rows),
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
                    let sends = Sends {
                        posts,
                        commanded,
                        rows: Some(rows),
                    };
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
    if blocks.iter().all(|block| split(block).is_empty()) {
        return Cow::Borrowed(blocks);
    }
    let all = blocks.iter().flat_map(|block| {
        let fences = split(block);
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
            path && section::looks_like_url(line, dialect)
        });
    path || resource::names_method(part.title, Some(block), dialect)
}

/// The words above a block of code, and the number of the first sample below them.
struct Labelled<'a> {
    text: Option<&'a str>,
    said: Option<&'a str>,
    /// The heading above them, where it says which way samples go.
    below: Option<&'a str>,
    /// The status in the head of the message itself.
    status: Option<u16>,
    from: usize,
}

impl<'a> Labelled<'a> {
    fn new(text: &'a str, from: usize) -> Self {
        Self {
            text: Some(text),
            said: Some(text),
            below: None,
            status: None,
            from,
        }
    }
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

/// True for words that tell a request from an answer.
fn says_role(text: &str, dialect: &Dialect) -> bool {
    let text = text.to_lowercase();
    contains_any(&text, &dialect.labels.response) || contains_any(&text, &dialect.labels.request)
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
    // The same message once more, as it never goes over the wire.
    if matches!(fence.lang.as_str(), "yaml" | "yml") {
        return true;
    }
    let data = ["", "json", "xml", "html", "http", "text", "plaintext"];
    !data.contains(&fence.lang.as_str()) && sample::format_of(&fence.body).is_none()
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
    let status = label.status.or_else(|| said.and_then(refusals::status));
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
    sample_report::sample(fence, format, parsed.as_ref(), diagnostics);
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

fn contains_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// What is known of the body of the operation's requests.
#[derive(Clone, Copy)]
struct Sends<'a> {
    /// Whether the method sends one.
    posts: Option<bool>,
    /// Whether a command has shown it.
    commanded: bool,
    /// The names that tables have.
    rows: Option<&'a Rows<'a>>,
}

/// All that can tell which way a sample goes.
struct Shown<'a> {
    fence: &'a Fence,
    label: &'a Labelled<'a>,
    status: Option<u16>,
    format: Option<Format>,
    document: Option<&'a Tree>,
    sends: Sends<'a>,
    before: &'a [SampleFact],
}

fn role(shown: &Shown<'_>, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Role {
    let Shown {
        fence,
        label,
        status,
        format,
        document,
        sends: Sends {
            posts,
            commanded,
            rows,
        },
        before,
    } = *shown;
    if format == Some(Format::Url) {
        return Role::Url;
    }
    let since = before.get(label.from..).unwrap_or_default();
    let label = label.said.map(str::to_lowercase);
    let says_response = status.is_some()
        || label
            .as_deref()
            .is_some_and(|label| contains_any(label, &dialect.labels.response));
    let says_request = !says_response
        && label
            .as_deref()
            .is_some_and(|label| contains_any(label, &dialect.labels.request));
    // The document itself is the best witness.
    if let Some(by_content) = document.and_then(|document| direction(document, dialect)) {
        let contradicts = (by_content == Role::Response && says_request)
            || (by_content == Role::Request && says_response);
        if contradicts {
            diagnostics.push(
                Code::UnlabelledSample,
                fence.span,
                format!(
                    "the label says {:?}, the content is a {by_content:?}",
                    label.unwrap_or_default()
                )
                .to_lowercase(),
                "the content decided",
            );
        }
        return by_content;
    }
    if says_response {
        return Role::Response;
    }
    if posts == Some(false) {
        return Role::Response;
    }
    if says_request && !document.is_some_and(|document| answers(document, format, since)) {
        return Role::Request;
    }
    // What follows a whole command is what it gives.
    if commanded && !says_request {
        return Role::Response;
    }
    // Unlabelled: requests come before answers.
    let answered = before.iter().any(|sample| sample.role == Role::Response);
    let first = posts == Some(true) && !answered && !says_request;
    let side = || rows?.side(document?);
    let role = match side().filter(|_| first) {
        Some(side) => side,
        None if first => Role::Request,
        None => Role::Response,
    };
    // What cannot be read has a finding already.
    if document.is_some() {
        diagnostics.push(
            Code::UnlabelledSample,
            fence.span,
            "no label says whether this is a request or an answer",
            format!("it was read as a {role:?}").to_lowercase(),
        );
    }
    role
}

/// True for a second document under the label of a request that has nothing in common with the first: the label of the
/// answer is missing.
fn answers(document: &Tree, format: Option<Format>, since: &[SampleFact]) -> bool {
    let Some(request) = since
        .iter()
        .find(|sample| sample.role == Role::Request && sample.format == format)
        .and_then(|sample| sample.parsed.as_ref()?.documents.first())
    else {
        return false;
    };
    let shared = document
        .members()
        .iter()
        .any(|member| request.get(&member.key).is_some());
    !shared && !document.members().is_empty() && !request.members().is_empty()
}

/// What the document element, or the keys at the top, tell.
fn direction(document: &Tree, dialect: &Dialect) -> Option<Role> {
    let wire = &dialect.wire;
    let top = |tree: &Tree| -> Vec<String> {
        tree.members()
            .iter()
            .map(|member| member.key.clone())
            .collect()
    };
    let keys = top(document);
    if keys.len() == 1 && keys.contains(&wire.response_root) {
        return Some(Role::Response);
    }
    if keys.len() == 1 && keys[0] == wire.request_root {
        let inner = document
            .get(&wire.request_root)
            .map(top)
            .unwrap_or_default();
        if inner
            .iter()
            .any(|key| *key == wire.response_root || *key == wire.status)
            && inner.len() <= 4
        {
            let status = document
                .get(&wire.request_root)
                .and_then(|root| root.get(&wire.status));
            let is_status = inner.contains(&wire.response_root)
                || status.is_some_and(|status| is_outcome(status, dialect));
            return is_status.then_some(Role::Response).or(Some(Role::Request));
        }
        return Some(Role::Request);
    }
    document
        .get(&wire.status)
        .filter(|status| is_outcome(status, dialect))
        .map(|_| Role::Response)
}

fn is_outcome(status: &Tree, dialect: &Dialect) -> bool {
    let known = dialect
        .wire
        .status_fields
        .iter()
        .filter(|field| status.get(field).is_some())
        .count();
    known >= 2
}
