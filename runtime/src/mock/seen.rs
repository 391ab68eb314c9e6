//! What the server keeps of a request.

use std::fmt;

use crate::auth::Offers;
use crate::wire::Value;

/// A request as it came. `Debug` shows names, never a value.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Seen {
    /// The operation, if the method and the path are those of one.
    pub operation: Option<&'static str>,
    /// The HTTP method.
    pub method: String,
    /// The path, as it was sent.
    pub path: String,
    /// The parameters of the query, decoded.
    pub query: Vec<(String, String)>,
    /// The headers, with names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; empty if there was none.
    pub body: Vec<u8>,
    /// The HTTP status of the answer; `None` if there was no answer.
    pub status: Option<u16>,
    /// Why the request was refused as wrong.
    pub refused: Option<String>,
    /// The behaviour that was set, or the fault that hit it, if not the documented answer was sent:
    /// `status`, `code`, `cut`, …
    pub script: Option<&'static str>,
}

/// A member of an answer that was made not to fit its type.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Misfitted {
    /// The operation.
    pub operation: &'static str,
    /// The place of the call in [`Server::seen`](super::Server::seen).
    pub call: usize,
    /// The place in the answer: the [`path`](crate::Misfit::path) of the misfit that a client finds there.
    pub path: String,
    /// What was put there, as a client reads it: in XML all scalars are texts.
    pub value: Value,
}

impl Seen {
    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The value of a parameter of the query.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(super) fn hide_credentials(&mut self, offers: Offers) {
        let is_secret = |name: &str| {
            let mut secret = offers.headers();
            secret.any(|other| other.eq_ignore_ascii_case(name))
        };
        self.headers.retain(|(name, _)| !is_secret(name));
        self.query
            .retain(|(name, _)| !offers.query_keys().any(|key| key == name));
    }

    pub(super) fn refusal(&self) -> Option<String> {
        let why = self.refused.as_deref()?;
        Some(match self.operation {
            Some(operation) => format!("{operation}: {why}"),
            None => why.to_owned(),
        })
    }
}

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[(String, String)]| -> Vec<String> {
            pairs.iter().map(|(name, _)| name.clone()).collect()
        };
        f.debug_struct("Seen")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("query", &names(&self.query))
            .field("headers", &names(&self.headers))
            .field("body_bytes", &self.body.len())
            .field("status", &self.status)
            .field("refused", &self.refused.is_some())
            .field("script", &self.script)
            .finish_non_exhaustive()
    }
}
