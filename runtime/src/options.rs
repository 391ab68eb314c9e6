//! What can be set for one call.

use std::fmt;
use std::time::Duration;

use crate::auth::Credentials;
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
    pub(crate) query: Vec<(String, String)>,
    pub(crate) without: Vec<String>,
    pub(crate) unchecked: bool,
    pub(crate) strict: bool,
    pub(crate) keep_body: bool,
    /// Credentials that cannot be right, or that the API does not take, are an error of the call.
    pub(crate) auth: Option<Credentials>,
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

    /// A header: one that is not documented, or another value than the client's.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// A parameter of the query that the documentation does not list. Set again, the last value counts.
    ///
    /// The rules of the documentation see it, too. A parameter that the call sets itself is refused
    /// before anything is sent, as an error of kind
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest): sent twice, nobody could say which of the
    /// two counts. A documented one that the call does not set may stand here, and so may one that
    /// [`without`](Self::without) takes away.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.query.retain(|(other, _)| *other != name);
        self.query.push((name, value.into()));
        self
    }

    /// Leaves out a parameter of the query or a header that the call would send: where the API does not
    /// need what is an argument here. The value of the argument is not sent then. If the
    /// documentation requires it, the call has to be [`unchecked`](Self::unchecked), too.
    pub fn without(mut self, name: impl Into<String>) -> Self {
        self.without.push(name.into());
        self
    }

    /// Makes the call as another user than the client's: the password in plain text, as
    /// [`basic_auth`](crate::ClientBuilder::basic_auth) takes it. An access token of the client is
    /// not sent with it.
    pub fn basic_auth(mut self, user: &str, password: &str) -> Self {
        self.auth = Some(Credentials::basic(user, password));
        self
    }

    /// Makes the call as another user, with the MD5 of the password in hexadecimal digits.
    pub fn basic_auth_md5(mut self, user: &str, md5: &str) -> Self {
        self.auth = Some(Credentials::basic_md5(user, md5));
        self
    }

    /// Makes the call with another token than the client's, as [`bearer_token`](crate::ClientBuilder::bearer_token) takes
    /// it.
    pub fn bearer_token(mut self, token: &str) -> Self {
        self.auth = Some(Credentials::bearer(token));
        self
    }

    /// Makes the call with another key than the client's, as [`api_key`](crate::ClientBuilder::api_key) takes it.
    pub fn api_key(mut self, key: &str) -> Self {
        self.auth = Some(Credentials::key(key));
        self
    }

    /// Sends the call although it breaks a rule of the documentation: where the API takes what the
    /// documentation forbids, or the rule was read wrongly. A format for which the call is not
    /// documented is sent, too.
    ///
    /// This is the way round what is [refused before it is sent](crate::ErrorKind::InvalidRequest).
    /// What is an argument need not be sent either: `Default::default()` makes the struct of a body
    /// with nothing in it, and [`without`](Self::without) takes a parameter of the query away.
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

    /// Whether a parameter of the query, or a header in whatever case, is not to be sent.
    pub(crate) fn leaves_out(&self, name: &str) -> bool {
        self.without
            .iter()
            .any(|other| other.eq_ignore_ascii_case(name))
    }

    /// These options, and where they are silent, those before.
    pub(crate) fn over(self, before: Self) -> Self {
        let mut headers = before.headers;
        headers.extend(self.headers);
        let mut query = before.query;
        query.retain(|(name, _)| self.query.iter().all(|(other, _)| other != name));
        query.extend(self.query);
        let mut without = before.without;
        without.extend(self.without);
        Self {
            format: self.format.or(before.format),
            timeout: self.timeout.or(before.timeout),
            attempt_timeout: self.attempt_timeout.or(before.attempt_timeout),
            retry: self.retry.or(before.retry),
            attribution: self.attribution.or(before.attribution),
            language: self.language.or(before.language),
            headers,
            query,
            without,
            unchecked: self.unchecked || before.unchecked,
            strict: self.strict || before.strict,
            keep_body: self.keep_body || before.keep_body,
            auth: self.auth.or(before.auth),
        }
    }
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |list: &[(String, String)]| -> Vec<String> {
            list.iter().map(|(name, _)| name.clone()).collect()
        };
        f.debug_struct("CallOptions")
            .field("format", &self.format)
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retry", &self.retry)
            .field("attribution", &self.attribution)
            .field("language", &self.language)
            .field("headers", &names(&self.headers))
            .field("query", &names(&self.query))
            .field("without", &self.without)
            .field("unchecked", &self.unchecked)
            .field("strict", &self.strict)
            .field("keep_body", &self.keep_body)
            .field("auth", &self.auth)
            .finish()
    }
}
