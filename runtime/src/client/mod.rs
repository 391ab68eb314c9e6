//! The client: what all calls share.

mod builder;
mod hosts;

use std::fmt;
use std::sync::Arc;

pub use builder::{Attribution, ClientBuilder};
pub(crate) use builder::check_header;
pub(crate) use hosts::Hosts;

use crate::auth::Auth;
use crate::call::Call;
use crate::operation::{Operation, Service};
use crate::transport::Transport;
use crate::wire::{Format, Limits};

/// What all calls share: addresses, credentials, connections. Cloning it is cheap, and all clones
/// share their connections.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    hosts: Hosts,
    auth: Option<Auth>,
    format: Format,
    headers: Vec<(String, String)>,
    transport: Box<dyn Transport>,
    limits: Limits,
    keep_bodies: bool,
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

    pub(crate) fn keeps_bodies(&self) -> bool {
        self.0.keep_bodies
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
