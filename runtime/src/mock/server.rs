//! The server as a test has it in its hands: what it is told, and what it tells.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::behaviour::Faults;
use super::documented::Documented;
use super::random::Random;
use super::script::On;
use super::seen::{Misfitted, Seen};
use super::serve;
use super::state::State;
use crate::auth::Offers;
use crate::client::Client;
use crate::client::builder::ClientBuilder;
use crate::operation::Operation;
use crate::service::{AuthScheme, Service};

/// The user and the password, or the key, of clients that a server sets up.
const CREDENTIALS: (&str, &str) = ("user", "secret");

/// A running server. Dropping it stops it.
///
/// It has a thread of its own, so that tests with and without a Tokio runtime can use it.
pub struct Server {
    url: String,
    state: Arc<State>,
    running: Option<serve::Running>,
}

impl Server {
    /// Starts a server on a free port of this machine.
    ///
    /// # Errors
    /// There is no free port.
    pub fn start(operations: &'static [Documented], service: &'static Service) -> io::Result<Self> {
        Self::start_on(0, operations, service)
    }

    /// Starts a server on a port of this machine.
    ///
    /// # Errors
    /// The port is taken, or may not be used.
    pub fn start_on(
        port: u16,
        operations: &'static [Documented],
        service: &'static Service,
    ) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(("127.0.0.1", port))?;
        let address = listener.local_addr()?;
        let state = Arc::new(State::new(operations, service, address.port()));
        let running = serve::start(listener, Arc::clone(&state))?;
        Ok(Self {
            url: format!("http://{address}"),
            state,
            running: Some(running),
        })
    }

    /// Its address, below which the paths of all operations stand.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Begins to set up a client that calls this server, with credentials that it accepts.
    pub fn builder<C: From<Client>>(&self) -> ClientBuilder<C> {
        let service = self.state.service();
        let builder = ClientBuilder::new(service).base_url(&self.url).allow_http();
        let (user, secret) = CREDENTIALS;
        let mut schemes = service.auth.iter();
        let needed = schemes.find(|scheme| !matches!(scheme, AuthScheme::Optional));
        match needed {
            Some(AuthScheme::Basic | AuthScheme::BasicMd5) => builder.basic_auth(user, secret),
            Some(AuthScheme::Bearer) => builder.bearer_token(secret),
            Some(AuthScheme::Header(_) | AuthScheme::Query(_)) => builder.api_key(secret),
            None if service.oauth.is_some() => builder.oauth(user, secret),
            None | Some(AuthScheme::Signature | AuthScheme::Optional) => builder,
        }
    }

    /// A command that calls an operation which needs no parameters, with credentials that this server accepts: for who
    /// wants to try it. `None` if it cannot be called like that.
    #[must_use]
    pub fn curl(&self, operation: &'static Operation) -> Option<String> {
        let client: Client = self.builder().build().ok()?;
        let call = client.call(operation);
        let request = call.prepare().ok()?;
        let offers = Offers(self.state.service());
        let is_secret = |name: &str| {
            let mut secret = offers.headers();
            secret.any(|other| other.eq_ignore_ascii_case(name))
        };
        let mut headers: Vec<String> = request
            .headers()
            .filter(|(name, _)| is_secret(name))
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        if let Some(source) = call.token_source() {
            let token = self.state.lock().token();
            headers.push(format!("{}: {token}", source.header()));
        }
        let options = headers
            .iter()
            .flat_map(|header| ["-H".to_owned(), quoted(header)]);
        let words: Vec<String> = std::iter::once("curl".to_owned())
            .chain(options)
            .chain([quoted(request.url_to_send())])
            .collect();
        Some(words.join(" "))
    }

    /// A client that calls this server.
    ///
    /// # Panics
    /// The client cannot be set up.
    #[must_use]
    pub fn client<C: From<Client>>(&self) -> C {
        match self.builder().build() {
            Ok(client) => client,
            Err(error) => fail(&error.to_string()),
        }
    }

    /// Says what the next calls of an operation get in place of the documented answer.
    ///
    /// # Panics
    /// There is no such operation.
    #[must_use = "without a behaviour nothing changes"]
    pub fn on(&self, operation: &str) -> On<'_> {
        match self.state.known(operation) {
            Some(id) => On::new(&self.state, Some(id)),
            None => fail(&format!("the server has no operation {operation:?}")),
        }
    }

    /// The same for the next calls, whatever their operation. What is set for an operation comes
    /// first.
    #[must_use = "without a behaviour nothing changes"]
    pub fn any(&self) -> On<'_> {
        On::new(&self.state, None)
    }

    /// Takes requests of an operation from now on that are not as documented: parameters of the query
    /// that the documentation does not list, missing ones that it requires, values of another kind.
    /// For calls with [`CallOptions::unchecked`](crate::CallOptions::unchecked) or
    /// [`CallOptions::query`](crate::CallOptions::query), and for those by an identifier that is not
    /// documented. Credentials, the format, and the wrappers of a body are checked as ever.
    ///
    /// # Panics
    /// There is no such operation.
    pub fn unchecked(&self, operation: &str) {
        match self.state.known(operation) {
            Some(id) => _ = self.state.lock().unchecked.insert(id),
            None => fail(&format!("the server has no operation {operation:?}")),
        }
    }

    /// Makes a share of all calls fail, from 0 for none to 1 for all: by HTTP status, by code, cut
    /// off, or with a body that is none. The same seed gives the same row of failures.
    pub fn faults(&self, seed: u64, share: f64) {
        self.state.lock().faults = Some(Faults::new(seed, share));
    }

    /// Makes members of documented answers not fit their types, at random, in a share of all answers from 0 for none to 1
    /// for all. What says how a call or an item went stays as it is: what is accepted is accepted. The same seed changes
    /// the same members. [`misfitted`](Self::misfitted) says which.
    ///
    /// A member is changed only if its documented type is known and cannot take what is put there: a text becomes an object
    /// or a list, a number a text or a truth value, a list gets an odd item, and so on.
    pub fn misfits(&self, seed: u64, share: f64) {
        self.state.lock().misfits = Some((Random::new(seed), share));
    }

    /// What [`misfits`](Self::misfits) and [`On::misfit`] changed in the answers so far: just what the clients find in the
    /// misfits of these.
    #[must_use]
    pub fn misfitted(&self) -> Vec<Misfitted> {
        self.state.lock().misfitted.clone()
    }

    /// How many calls each kind of [`faults`](Self::faults) has hit.
    #[must_use]
    pub fn faulted(&self) -> Vec<(&'static str, usize)> {
        let inner = self.state.lock();
        inner.faults.as_ref().map_or_else(Vec::new, |faults| {
            faults
                .done
                .iter()
                .map(|(kind, times)| (*kind, *times))
                .collect()
        })
    }

    /// For how long access tokens are good that are made from now on: 5 minutes unless set. Replies
    /// give it in whole seconds.
    pub fn token_ttl(&self, ttl: Duration) {
        self.state.lock().token_ttl = ttl;
    }

    /// Makes all access tokens end that have been made so far.
    pub fn expire_tokens(&self) {
        self.state.lock().tokens.clear();
    }

    /// How many requests for an operation came, among them those that were refused.
    #[must_use]
    pub fn count(&self, operation: &str) -> usize {
        self.state
            .lock()
            .counts
            .get(operation)
            .copied()
            .unwrap_or(0)
    }

    /// The requests that came, in their order, without credentials in their headers and their query.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        let offers = Offers(self.state.service());
        let mut all = self.seen_with_credentials();
        for seen in &mut all {
            seen.hide_credentials(offers);
        }
        all
    }

    /// The requests that came, in their order, with all that they hold.
    #[must_use]
    pub fn seen_with_credentials(&self) -> Vec<Seen> {
        self.state.lock().seen.clone()
    }

    /// The requests that the server refused as wrong, each with its operation (if that was clear)
    /// and the reason.
    #[must_use]
    pub fn refusals(&self) -> Vec<String> {
        let inner = self.state.lock();
        inner.seen.iter().filter_map(Seen::refusal).collect()
    }

    /// The behaviours that were set and did nothing: those that still wait for calls, and those for
    /// items or members that answers did not have. [`faults`](Self::faults) are not among them.
    #[must_use]
    pub fn unused(&self) -> Vec<String> {
        self.state.lock().unused()
    }

    /// Ends the test if a behaviour was set and did nothing. For the end of tests that set some: what
    /// never took effect was not tested.
    ///
    /// # Panics
    /// There are [`unused`](Self::unused) behaviours.
    #[track_caller]
    pub fn assert_all_used(&self) {
        let unused = self.unused();
        if !unused.is_empty() {
            let refusals = self.refusals();
            let mut why = format!("behaviours without effect:\n  {}", unused.join("\n  "));
            if !refusals.is_empty() {
                why.push_str("\nrequests that were refused as wrong use up nothing:\n  ");
                why.push_str(&refusals.join("\n  "));
            }
            fail(&why)
        }
    }

    /// Forgets the requests that came. For tests that send very many.
    pub fn forget(&self) {
        let mut inner = self.state.lock();
        inner.seen.clear();
        inner.counts.clear();
        inner.misfitted.clear();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop();
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// A word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Ends a test that uses the server wrongly.
#[allow(
    clippy::panic,
    reason = "the caller is a test, and its mistake has to be seen"
)]
#[track_caller]
pub(super) fn fail(why: &str) -> ! {
    panic!("{why}")
}
