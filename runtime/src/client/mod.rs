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

use crate::auth::Auth;
use crate::drift::Listeners;
use crate::error::Error;
use crate::operation::Service;
use crate::retry::{Budget, RetryPolicy};
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
    /// retry budget are shared with this one. It costs an MD5, so it may be made for each call.
    ///
    /// # Errors
    /// The user name cannot be right: [`ErrorKind::Config`](crate::ErrorKind::Config).
    pub fn with_basic_auth(&self, user: &str, password: &str) -> Result<Self, Error> {
        self.with_auth(Auth::basic(user, password))
    }

    /// The same client for another user, with the MD5 of the password in hexadecimal digits. See
    /// [`with_basic_auth`](Self::with_basic_auth).
    ///
    /// # Errors
    /// The user name or the MD5 cannot be right: [`ErrorKind::Config`](crate::ErrorKind::Config).
    pub fn with_basic_auth_md5(&self, user: &str, md5: &str) -> Result<Self, Error> {
        self.with_auth(Auth::basic_md5(user, md5))
    }

    fn with_auth(&self, auth: Result<Auth, &'static str>) -> Result<Self, Error> {
        Ok(Self {
            shared: Arc::clone(&self.shared),
            auth: Some(Arc::new(auth.map_err(Error::config)?)),
        })
    }

    pub(crate) fn hosts(&self) -> &Hosts {
        &self.shared.hosts
    }

    pub(crate) fn auth(&self) -> Option<&Auth> {
        self.auth.as_deref()
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
