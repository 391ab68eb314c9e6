//! What can be set for one call.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::auth::Auth;
use crate::client::Attribution;
use crate::retry::RetryPolicy;
use crate::wire::Format;

/// What is other for one call than for the client. What is not set is as the client has it.
///
/// `Debug` shows no credentials and no value of a header.
#[derive(Clone, Default)]
#[must_use]
pub struct CallOptions {
    pub(crate) format: Option<Format>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) attribution: Option<Attribution>,
    pub(crate) language: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) unchecked: bool,
    pub(crate) strict: bool,
    pub(crate) keep_body: bool,
    /// Credentials that cannot be right are an error of the call.
    pub(crate) auth: Option<Result<Arc<Auth>, &'static str>>,
}

impl CallOptions {
    /// Nothing is other.
    pub fn new() -> Self {
        Self::default()
    }

    /// The format of request and reply.
    pub fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// How long the call may take, all attempts and waits included.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long one attempt may take.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// How often and how long it is tried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// On whose behalf it is made.
    pub fn attribution(mut self, attribution: impl Into<Attribution>) -> Self {
        self.attribution = Some(attribution.into());
        self
    }

    /// The language of texts in the reply.
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }

    /// A header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Makes the call as another user than the client's: the password in plain text, as
    /// [`basic_auth`](crate::ClientBuilder::basic_auth) takes it. An access token of the client is
    /// not sent with it.
    pub fn basic_auth(mut self, user: &str, password: &str) -> Self {
        self.auth = Some(Auth::basic(user, password).map(Arc::new));
        self
    }

    /// Makes the call as another user, with the MD5 of the password in hexadecimal digits.
    pub fn basic_auth_md5(mut self, user: &str, md5: &str) -> Self {
        self.auth = Some(Auth::basic_md5(user, md5).map(Arc::new));
        self
    }

    /// Sends the call although it breaks a rule of the documentation: where the API takes what the
    /// documentation forbids, or the rule was read wrongly.
    pub fn unchecked(mut self) -> Self {
        self.unchecked = true;
        self
    }

    /// Takes no answer that does not fit its types: what would be a [`Misfit`](crate::wire::Misfit) is an error of kind
    /// [`Decode`](crate::ErrorKind::Decode), which says whether the call was executed.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Keeps the answer as it came beside what is read of it: see [`Reply::raw`](crate::Reply::raw),
    /// [`Batch::raw`](crate::Batch::raw) and [`Error::raw`](crate::Error::raw).
    pub fn keep_body(mut self) -> Self {
        self.keep_body = true;
        self
    }

    /// These options, and where they are silent, those before.
    pub(crate) fn over(self, before: Self) -> Self {
        let mut headers = before.headers;
        headers.extend(self.headers);
        Self {
            format: self.format.or(before.format),
            timeout: self.timeout.or(before.timeout),
            attempt_timeout: self.attempt_timeout.or(before.attempt_timeout),
            retry: self.retry.or(before.retry),
            attribution: self.attribution.or(before.attribution),
            language: self.language.or(before.language),
            headers,
            unchecked: self.unchecked || before.unchecked,
            strict: self.strict || before.strict,
            keep_body: self.keep_body || before.keep_body,
            auth: self.auth.or(before.auth),
        }
    }
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("CallOptions")
            .field("format", &self.format)
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retry", &self.retry)
            .field("attribution", &self.attribution)
            .field("language", &self.language)
            .field("headers", &names)
            .field("unchecked", &self.unchecked)
            .field("strict", &self.strict)
            .field("keep_body", &self.keep_body)
            .field("auth", &self.auth)
            .finish()
    }
}
