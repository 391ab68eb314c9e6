//! Setting up a client.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue};

use super::{Client, Hosts, Inner};
use crate::auth::Auth;
use crate::error::Error;
use crate::operation::HostFamily;
use crate::transport::{Http, Settings};
use crate::wire::{Format, Limits};

/// Sets up a client. `C` is the type that [`build`](Self::build) returns: generated code wraps
/// [`Client`] in a type of its own.
///
/// Mistakes are reported by [`build`](Self::build). `Debug` shows no secret.
#[must_use = "nothing happens before `build` is called"]
pub struct ClientBuilder<C = Client> {
    hosts: Hosts,
    auth: Option<Result<Auth, Error>>,
    format: Format,
    headers: Vec<(String, String)>,
    settings: Settings,
    keep_bodies: bool,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Begins with these families of hosts, and with nothing else set.
    pub fn new(hosts: &'static [HostFamily]) -> Self {
        Self {
            hosts: Hosts {
                families: hosts,
                cluster: None,
                base_url: None,
                by_family: Vec::new(),
                allow_http: false,
            },
            auth: None,
            format: Format::Json,
            headers: Vec::new(),
            settings: Settings {
                timeout: Duration::from_secs(30),
                connect_timeout: Duration::from_secs(10),
                user_agent: concat!("capillary-sdk-rust/", env!("CARGO_PKG_VERSION")).to_owned(),
                allow_http: false,
                max_body: Limits::default().max_bytes,
            },
            keep_bodies: false,
            client: PhantomData,
        }
    }

    /// The cluster that holds the account.
    pub fn cluster(mut self, name: impl Into<String>) -> Self {
        self.hosts.cluster = Some(name.into());
        self
    }

    /// One address for all families of hosts, in place of those of the cluster.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.hosts.base_url = Some(url.into());
        self
    }

    /// The address of one family of hosts.
    pub fn host(mut self, family: impl Into<String>, url: impl Into<String>) -> Self {
        self.hosts.by_family.push((family.into(), url.into()));
        self
    }

    /// Basic authentication with a user and a password in plain text. MD5 and Base64 are done here.
    pub fn basic_auth(mut self, user: &str, password: &str) -> Self {
        self.auth = Some(Auth::basic(user, password));
        self
    }

    /// Basic authentication with a user and the MD5 of a password, in hexadecimal digits.
    pub fn basic_auth_md5(mut self, user: &str, md5: &str) -> Self {
        self.auth = Some(Auth::basic_md5(user, md5));
        self
    }

    /// The format of requests and replies: JSON unless set. A call that has only the other one is
    /// sent in that.
    pub fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// How long a call may take from its beginning to the end of its answer: 30 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// How long it may take to connect: 10 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// The header `User-Agent`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.settings.user_agent = user_agent.into();
        self
    }

    /// Takes addresses without TLS too: passwords and personal data then cross the network in the
    /// clear. For tests.
    pub fn allow_http(mut self) -> Self {
        self.hosts.allow_http = true;
        self.settings.allow_http = true;
        self
    }

    /// How many bytes an answer may have, unpacked: 16 MiB unless set.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.settings.max_body = bytes;
        self
    }

    /// A header that is sent with every call.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Keeps an answer that cannot be read in [`Error::body`]. It holds personal data.
    pub fn keep_unreadable_bodies(mut self) -> Self {
        self.keep_bodies = true;
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// Something is set to what cannot work: [`ErrorKind::Config`](crate::ErrorKind::Config), with
    /// the name of the method of this builder.
    pub fn build(self) -> Result<C, Error> {
        self.hosts.check()?;
        for (name, value) in &self.headers {
            check_header(name, value).map_err(|why| Error::config(format!("header: {why}")))?;
        }
        if HeaderValue::from_str(&self.settings.user_agent).is_err() {
            return Err(Error::config("user_agent: holds a control character"));
        }
        let limits = Limits {
            max_bytes: self.settings.max_body,
            ..Limits::default()
        };
        let client = Client(Arc::new(Inner {
            transport: Box::new(Http::new(&self.settings)?),
            hosts: self.hosts,
            auth: self.auth.transpose()?,
            format: self.format,
            headers: self.headers,
            limits,
            keep_bodies: self.keep_bodies,
        }));
        Ok(client.into())
    }
}

/// Whether a header may be set from outside.
pub(crate) fn check_header(name: &str, value: &str) -> Result<(), &'static str> {
    let reserved = [
        "authorization",
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
    ];
    if HeaderName::from_bytes(name.as_bytes()).is_err() {
        return Err("the name is no name of a header");
    }
    if reserved
        .iter()
        .any(|other| name.eq_ignore_ascii_case(other))
    {
        return Err("this header is set by the client itself");
    }
    if HeaderValue::from_str(value).is_err() {
        return Err("the value holds a control character");
    }
    Ok(())
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("hosts", &self.hosts)
            .field("auth", &self.auth)
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}
