//! The client: what all calls share.

mod attribution;
mod builder;
mod hosts;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use attribution::Attribution;
pub(crate) use attribution::service_headers;
pub use builder::ClientBuilder;
pub(crate) use builder::check_header;
pub(crate) use hosts::Hosts;

use crate::auth::Auth;
use crate::call::Call;
use crate::operation::{Operation, Service};
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
pub struct Client(Arc<Inner>);

struct Inner {
    hosts: Hosts,
    auth: Option<Auth>,
    format: Format,
    headers: Vec<(String, String)>,
    transport: Box<dyn Transport>,
    service: &'static Service,
    limits: Limits,
    timeouts: Timeouts,
    retry: RetryPolicy,
    budget: Budget,
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
    /// Begins to set up a client for an API.
    pub fn builder(service: &'static Service) -> ClientBuilder {
        ClientBuilder::new(service)
    }

    /// Begins a call. Nothing is sent before it is awaited.
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self.clone(), operation)
    }

    pub(crate) fn hosts(&self) -> &Hosts {
        &self.0.hosts
    }

    pub(crate) fn auth(&self) -> Option<&Auth> {
        self.0.auth.as_ref()
    }

    pub(crate) fn format(&self) -> Format {
        self.0.format
    }

    pub(crate) fn headers(&self) -> &[(String, String)] {
        &self.0.headers
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn service(&self) -> &'static Service {
        self.0.service
    }

    pub(crate) fn timeouts(&self) -> Timeouts {
        self.0.timeouts
    }

    pub(crate) fn retry_policy(&self) -> &RetryPolicy {
        &self.0.retry
    }

    pub(crate) fn budget(&self) -> &Budget {
        &self.0.budget
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("hosts", &self.0.hosts)
            .field("auth", &self.0.auth)
            .field("format", &self.0.format)
            .finish_non_exhaustive()
    }
}
