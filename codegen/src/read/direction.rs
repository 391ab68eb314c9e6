//! Which way a sample goes: to the server, or back.

use super::by_rows::Rows;
use super::facts::{Role, SampleFact};
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::Dialect;
use crate::sample::{Format, Tree};
use crate::slate::block::Fence;

/// The words above a block of code, and the number of the first sample below them.
pub struct Labelled<'a> {
    /// The label.
    pub text: Option<&'a str>,
    /// What it says, or what says it in its place.
    pub said: Option<&'a str>,
    /// The heading above them, where it says which way samples go.
    pub below: Option<&'a str>,
    /// The status in the head of the message itself.
    pub status: Option<u16>,
    /// The number of the first sample below them.
    pub from: usize,
}

impl<'a> Labelled<'a> {
    pub fn new(text: &'a str, from: usize) -> Self {
        Self {
            text: Some(text),
            said: Some(text),
            below: None,
            status: None,
            from,
        }
    }
}

/// True for words that tell a request from an answer.
pub fn says_role(text: &str, dialect: &Dialect) -> bool {
    let text = text.to_lowercase();
    contains_any(&text, &dialect.labels.response) || contains_any(&text, &dialect.labels.request)
}

pub fn contains_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// What is known of the body of the operation's requests.
#[derive(Clone, Copy)]
pub struct Sends<'a> {
    /// Whether the method sends one.
    pub posts: Option<bool>,
    /// Whether a command has shown it.
    pub commanded: bool,
    /// The names that tables have.
    pub rows: Option<&'a Rows<'a>>,
}

/// All that can tell which way a sample goes.
pub struct Shown<'a> {
    /// The block.
    pub fence: &'a Fence,
    /// The words above it.
    pub label: &'a Labelled<'a>,
    /// The status that they, or its head, name.
    pub status: Option<u16>,
    /// Its format.
    pub format: Option<Format>,
    /// Its first document.
    pub document: Option<&'a Tree>,
    /// What is known of the request.
    pub sends: Sends<'a>,
    /// The samples before it.
    pub before: &'a [SampleFact],
}

/// Decides on it.
pub fn role(shown: &Shown<'_>, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Role {
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
    // A message that has nothing in common with a request before it answers that.
    let other = document.is_some_and(|document| answers(document, format, before));
    let first = posts == Some(true) && !answered && !says_request && !other;
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
