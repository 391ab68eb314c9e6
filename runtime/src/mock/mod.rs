//! A server for tests: it answers every operation as the documentation shows, and can be told to
//! fail.
//!
//! Authentication, encoding, retries and decoding run for real against it, over a socket of this
//! machine. It refuses what the API would refuse: an unknown path, credentials that are missing or
//! malformed, a format that is none, parameters in the query that are not documented, a body that
//! cannot be parsed or lacks its wrappers, values of the wrong kind, a request that breaks a
//! documented rule. [`Server::refusals`] says what and why.
//!
//! It takes what the documentation leaves open: a request without the parameter `format` (the headers
//! decide then), blank values, numbers and truth values that are written as texts, dates in any
//! documented form, members of a body that are not documented.
//!
//! Undocumented names in the query and broken rules are refused, since in most tests they are slips. A
//! test of what the API takes beyond its documentation says so: see [`Server::unchecked`].
//!
//! Operations that share method and path are told apart by what their documented requests have. Where
//! that speaks for none, the one is taken for which a behaviour is set, else the first of the table:
//! so `server.on(ID).answer()` says which is meant by the next call.
//!
//! An answer can have members that do not fit their types: [`On::misfit`] for those that a test names,
//! [`Server::misfits`] for some at random. The call stays accepted, and its
//! [`misfits`](crate::Reply::misfits) list them.
//!
//! What is fixed about the operations comes in a table of [`Documented`]. This module knows no
//! operation by name.
//!
//! It is test code: a mistake in setting it up is a panic.

mod behaviour;
mod check;
mod decide;
mod example;
mod misfits;
mod random;
mod refusal;
mod reply;
mod route;
mod script;
mod seen;
mod serve;
mod shape;
mod state;
mod way;

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

pub use example::example;
pub use script::On;
pub use seen::{Misfitted, Seen};

use crate::client::{Client, ClientBuilder};
use crate::operation::{Operation, Rule, Service};
use crate::wire::Model;

/// An operation, and what its documentation shows of it.
#[derive(Clone, Copy, Debug)]
pub struct Documented {
    /// The operation.
    pub operation: &'static Operation,
    /// Its other paths.
    pub alternatives: &'static [&'static str],
    /// Whether it takes a body.
    pub body: bool,
    /// The names of the parameters of its query, beside that of the format.
    pub query: &'static [&'static str],
    /// The kinds of its values. A client's types hold these.
    pub values: &'static [Rule],
    /// Whether the answer has an item for each item of the body.
    pub batch: bool,
    /// The key of the outcome in an item of the answer; empty if items have none.
    pub item_status: &'static str,
    /// A documented reply in JSON, whole.
    pub json: Option<&'static str>,
    /// A documented reply in XML, whole.
    pub xml: Option<&'static str>,
    /// What tells its requests from those of other operations with its method and path.
    pub request: &'static [Mark],
    /// The model of its answer, or of the items of that, without a value.
    pub answer: fn() -> Option<Box<dyn Model>>,
    /// Whether the answer is a list of these.
    pub list: bool,
}

/// What requests of an operation have, and those of others with its method and path have not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A parameter of the query.
    Query(&'static str),
    /// A member of the body: the keys down to it from the body without its wrappers.
    Key(&'static [&'static str]),
    /// A member of the body that has this value.
    Value(&'static [&'static str], &'static str),
}

/// A running server. Dropping it stops it.
///
/// It has a thread of its own, so that tests with and without a Tokio runtime can use it.
pub struct Server {
    url: String,
    state: Arc<state::State>,
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
        let state = Arc::new(state::State::new(operations, service, address.port()));
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
        ClientBuilder::new(self.state.service())
            .base_url(&self.url)
            .allow_http()
            .basic_auth("till1", "123")
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
        self.state.lock().faults = Some(behaviour::Faults::new(seed, share));
    }

    /// Makes members of documented answers not fit their types, at random, in a share of all answers from 0 for none to 1
    /// for all. What says how a call or an item went stays as it is: what is accepted is accepted. The same seed changes
    /// the same members. [`misfitted`](Self::misfitted) says which.
    ///
    /// A member is changed only if its documented type is known and cannot take what is put there: a text becomes an object
    /// or a list, a number a text or a truth value, a list gets an odd item, and so on.
    pub fn misfits(&self, seed: u64, share: f64) {
        self.state.lock().misfits = Some((random::Random::new(seed), share));
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

    /// The requests that came, in their order, without credentials in their headers.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        let secret = self.state.service().oauth.map(|scheme| scheme.header);
        let mut all = self.seen_with_credentials();
        for seen in &mut all {
            seen.hide_credentials(secret);
        }
        all
    }

    /// The requests that came, in their order, with all their headers.
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

/// Ends a test that uses the server wrongly.
#[allow(
    clippy::panic,
    reason = "the caller is a test, and its mistake has to be seen"
)]
#[track_caller]
fn fail(why: &str) -> ! {
    panic!("{why}")
}
