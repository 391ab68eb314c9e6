//! Setting up a client.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;

use super::{Attribution, Client, Hosts, Inner, Reading, Timeouts, check_header, service_headers};
use crate::auth::Credentials;
use crate::drift::Drift;
use crate::error::Error;
use crate::retry::{Budget, RetryPolicy};
use crate::service::Service;
use crate::transport::{Http, Settings, Transport};
use crate::wire::{Format, Limits};

/// Sets up a client. `C` is the type that [`build`](Self::build) returns: generated code wraps
/// [`Client`] in a type of its own.
///
/// Mistakes are reported by [`build`](Self::build). `Debug` shows no secret.
#[must_use = "nothing happens before `build` is called"]
pub struct ClientBuilder<C = Client> {
    service: &'static Service,
    hosts: Hosts,
    auth: Option<Credentials>,
    format: Format,
    headers: Vec<(String, String)>,
    attribution: Option<Attribution>,
    language: Option<String>,
    settings: Settings,
    timeouts: Timeouts,
    retry: RetryPolicy,
    retry_budget: u32,
    transport: Option<Box<dyn Transport>>,
    reading: Reading,
    client: PhantomData<fn() -> C>,
}

impl Client {
    /// Begins to set up a client for an API.
    pub fn builder(service: &'static Service) -> ClientBuilder {
        ClientBuilder::new(service)
    }
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Begins with what the operations of an API have in common, and with nothing else set.
    pub fn new(service: &'static Service) -> Self {
        Self {
            service,
            hosts: Hosts {
                families: service.hosts,
                cluster: None,
                base_url: None,
                by_family: Vec::new(),
                parts: Vec::new(),
                allow_http: false,
            },
            auth: None,
            format: Format::Json,
            headers: Vec::new(),
            attribution: None,
            language: None,
            settings: Settings {
                connect_timeout: Duration::from_secs(10),
                user_agent: service.user_agent.to_owned(),
                request_id: service.request_id,
                allow_http: false,
                max_body: Limits::default().max_bytes,
            },
            timeouts: Timeouts {
                call: Duration::from_secs(60),
                attempt: Duration::from_secs(20),
            },
            retry: RetryPolicy::default(),
            retry_budget: 20,
            transport: None,
            reading: Reading::default(),
            client: PhantomData,
        }
    }

    /// The cluster that holds the account.
    pub fn cluster(mut self, name: impl Into<String>) -> Self {
        self.hosts.cluster = Some(name.into());
        self
    }

    /// What stands in a documented address in place of `{name}`: the name of an account, as in `https://{name}.example.com`.
    /// [`build`](Self::build) refuses what cannot be a part of the name of a host.
    pub fn host_part(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hosts.parts.push((name.into(), value.into()));
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

    /// Basic authentication with a user and a password in plain text. What the API wants of them is made here: Base64, and
    /// an MD5 of the password before that where it wants one.
    pub fn basic_auth(mut self, user: &str, password: &str) -> Self {
        self.auth = Some(Credentials::basic(user, password));
        self
    }

    /// Basic authentication with a user and the MD5 of a password, in hexadecimal digits, for an API that wants that.
    pub fn basic_auth_md5(mut self, user: &str, md5: &str) -> Self {
        self.auth = Some(Credentials::basic_md5(user, md5));
        self
    }

    /// A token that the caller has, sent as `Authorization: Bearer …`.
    pub fn bearer_token(mut self, token: &str) -> Self {
        self.auth = Some(Credentials::bearer(token));
        self
    }

    /// A key, sent in the header or the parameter of the query in which the API takes one; of several, in the one that its
    /// service names first.
    pub fn api_key(mut self, key: &str) -> Self {
        self.auth = Some(Credentials::key(key));
        self
    }

    /// OAuth: access tokens are fetched for this key and secret at the first call that needs one, and
    /// again before they end. All calls of this client and its clones share them.
    pub fn oauth(mut self, key: &str, secret: &str) -> Self {
        self.auth = Some(Credentials::oauth(key, secret));
        self
    }

    /// The format of requests and replies: JSON unless set. A call that has only the other one is
    /// sent in that.
    pub fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// How long a call may take, all attempts and the waits between them included: 60 seconds unless
    /// set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.call = timeout;
        self
    }

    /// How long one attempt may take, from its beginning to the end of its answer: 20 seconds unless
    /// set.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.attempt = timeout;
        self
    }

    /// How long it may take to connect: 10 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// How often and how long a call is tried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How many further attempts all calls of this client may make in a row without success: 20
    /// unless set. Ten calls that succeed earn one more.
    pub fn retry_budget(mut self, attempts: u32) -> Self {
        self.retry_budget = attempts;
        self
    }

    /// Sends through this instead of the HTTP client that this crate brings. Connect time-out, user
    /// agent and TLS are then its own business.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
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

    /// On whose behalf calls are made, where it is not that of the credentials.
    pub fn attribution(mut self, attribution: impl Into<Attribution>) -> Self {
        self.attribution = Some(attribution.into());
        self
    }

    /// The language of texts in replies, where they have one: `zh`.
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }

    /// A header that is sent with every call.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Takes no answer that does not fit its types, in any call: see [`CallOptions::strict`](crate::CallOptions::strict).
    pub fn strict(mut self) -> Self {
        self.reading.strict = true;
        self
    }

    /// Keeps each answer as it came beside what is read of it: see
    /// [`CallOptions::keep_body`](crate::CallOptions::keep_body).
    pub fn keep_body(mut self) -> Self {
        self.reading.keep_body = true;
        self
    }

    /// Is told how answers differ from the documentation: members that do not fit their types, are not documented, or
    /// stand elsewhere; values and codes that are not listed. It gets paths and kinds, never a value.
    ///
    /// It runs at the end of each call, so it should be quick: count, or hand over to another task. The lines of
    /// [`Drift::to_json`](crate::Drift::to_json) are what `cargo xtask observe` reads. The same is told as `tracing` events
    /// of the target `slate_runtime::drift`. Where neither is listened to, nothing is looked for.
    pub fn on_drift(mut self, listen: impl Fn(&Drift) + Send + Sync + 'static) -> Self {
        self.reading.listeners.listener = Some(Arc::new(listen));
        self
    }

    /// Tells [`on_drift`](Self::on_drift) of documented members that answers do not have, too. Most answers leave out some,
    /// so they are many: for finding out which are never there.
    pub fn drift_absent(mut self) -> Self {
        self.reading.listeners.absent = true;
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// Something is set to what cannot work: [`ErrorKind::Config`](crate::ErrorKind::Config), with
    /// the name of the method of this builder.
    pub fn build(mut self) -> Result<C, Error> {
        self.hosts.check()?;
        let attribution = self.attribution.as_ref();
        let language = self.language.as_deref();
        let mut headers: Vec<(String, String)> =
            service_headers(self.service, attribution, language)
                .map_err(Error::config)?
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
        headers.append(&mut self.headers);
        for (name, value) in &headers {
            check_header(self.service, name, value)
                .map_err(|why| Error::config(format!("header: {why}")))?;
        }
        if HeaderValue::from_str(&self.settings.user_agent).is_err() {
            return Err(Error::config("user_agent: holds a control character"));
        }
        let limits = Limits {
            max_bytes: self.settings.max_body,
            ..Limits::default()
        };
        let auth = self.auth.map(|given| given.auth(self.service));
        let auth = auth.transpose()?.map(Arc::new);
        let shared = Arc::new(Inner {
            transport: match self.transport {
                Some(transport) => transport,
                None => Box::new(Http::new(&self.settings)?),
            },
            service: self.service,
            hosts: self.hosts,
            format: self.format,
            headers,
            limits,
            timeouts: self.timeouts,
            retry: self.retry,
            budget: Budget::new(self.retry_budget),
            reading: self.reading,
        });
        Ok(Client { shared, auth }.into())
    }
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
