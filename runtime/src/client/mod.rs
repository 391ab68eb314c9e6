//! The client: what all calls share.

mod attribution;
pub(crate) mod builder;
mod header;
mod hosts;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use attribution::Attribution;
pub(crate) use attribution::service_headers;
pub(crate) use header::check_header;
pub(crate) use hosts::Hosts;

use crate::auth::{Auth, Credentials};
use crate::drift::Listeners;
use crate::error::Error;
use crate::retry::{Budget, RetryPolicy};
use crate::service::Service;
use crate::transport::Transport;
use crate::wire::{Format, Limits};

/// What all calls share: addresses, credentials, connections. Cloning it is cheap, and all clones
/// share their connections.
///
/// Calls run inside of a Tokio runtime that has its timer and its I/O switched on
/// (`Builder::enable_all`, as `#[tokio::main]` does it): Tokio panics without them. A client may be
/// used from several runtimes; each has connections of its own.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Inner>,
    /// Beside what is shared: clients for many users share all but this.
    auth: Option<Arc<Auth>>,
}

struct Inner {
    hosts: Hosts,
    format: Format,
    headers: Vec<(String, String)>,
    transport: Box<dyn Transport>,
    service: &'static Service,
    limits: Limits,
    timeouts: Timeouts,
    retry: RetryPolicy,
    budget: Budget,
    reading: Reading,
}

/// How answers are read.
#[derive(Clone, Default)]
pub(crate) struct Reading {
    pub(crate) strict: bool,
    pub(crate) keep_body: bool,
    pub(crate) listeners: Listeners,
}

/// How long a call may take.
#[derive(Clone, Copy)]
pub(crate) struct Timeouts {
    /// With all attempts and waits.
    pub(crate) call: Duration,
    /// One attempt.
    pub(crate) attempt: Duration,
}

impl Client {
    /// The same client for another user: the password in plain text, as
    /// [`basic_auth`](crate::ClientBuilder::basic_auth) takes it. Connections, time-outs, headers and the
    /// retry budget are shared with this one. It costs next to nothing, so it may be made for each call.
    ///
    /// # Errors
    /// The user name cannot be right, or the API takes other credentials: [`ErrorKind::Config`](crate::ErrorKind::Config).
    pub fn with_basic_auth(&self, user: &str, password: &str) -> Result<Self, Error> {
        self.with_credentials(&Credentials::basic(user, password))
    }

    /// The same client for another user, with the MD5 of the password in hexadecimal digits. See
    /// [`with_basic_auth`](Self::with_basic_auth).
    ///
    /// # Errors
    /// The user name or the MD5 cannot be right, or the API takes other credentials:
    /// [`ErrorKind::Config`](crate::ErrorKind::Config).
    pub fn with_basic_auth_md5(&self, user: &str, md5: &str) -> Result<Self, Error> {
        self.with_credentials(&Credentials::basic_md5(user, md5))
    }

    /// The same client for who has this token, as [`bearer_token`](crate::ClientBuilder::bearer_token) takes it. See
    /// [`with_basic_auth`](Self::with_basic_auth).
    ///
    /// # Errors
    /// The token cannot be right, or the API takes other credentials: [`ErrorKind::Config`](crate::ErrorKind::Config).
    pub fn with_bearer_token(&self, token: &str) -> Result<Self, Error> {
        self.with_credentials(&Credentials::bearer(token))
    }

    /// The same client for who has this key, as [`api_key`](crate::ClientBuilder::api_key) takes it. See
    /// [`with_basic_auth`](Self::with_basic_auth).
    ///
    /// # Errors
    /// The key cannot be right, or the API takes other credentials: [`ErrorKind::Config`](crate::ErrorKind::Config).
    pub fn with_api_key(&self, key: &str) -> Result<Self, Error> {
        self.with_credentials(&Credentials::key(key))
    }

    fn with_credentials(&self, given: &Credentials) -> Result<Self, Error> {
        Ok(Self {
            shared: Arc::clone(&self.shared),
            auth: Some(Arc::new(given.auth(self.service())?)),
        })
    }

    pub(crate) fn hosts(&self) -> &Hosts {
        &self.shared.hosts
    }

    pub(crate) fn auth(&self) -> Option<&Arc<Auth>> {
        self.auth.as_ref()
    }

    pub(crate) fn format(&self) -> Format {
        self.shared.format
    }

    pub(crate) fn headers(&self) -> &[(String, String)] {
        &self.shared.headers
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.shared.transport
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    pub(crate) fn service(&self) -> &'static Service {
        self.shared.service
    }

    pub(crate) fn timeouts(&self) -> Timeouts {
        self.shared.timeouts
    }

    pub(crate) fn retry_policy(&self) -> &RetryPolicy {
        &self.shared.retry
    }

    pub(crate) fn reading(&self) -> &Reading {
        &self.shared.reading
    }

    pub(crate) fn budget(&self) -> &Budget {
        &self.shared.budget
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("hosts", &self.shared.hosts)
            .field("auth", &self.auth)
            .field("format", &self.shared.format)
            .finish_non_exhaustive()
    }
}
