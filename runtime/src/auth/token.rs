//! Access tokens: fetched at first use, renewed before they end, once for all calls.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::runtime;
use tokio::sync::watch;
use tracing::Instrument as _;

use super::refusals::{History, Refusals};
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::service::OauthScheme;
use crate::wire::{Map, Value};

/// Tokens without a stated life are good for this long.
const DEFAULT_TTL: Duration = Duration::from_secs(60);

/// No token is kept longer.
const LONGEST_TTL: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Calls the operation that gives tokens, with this body, and gives the whole of its answer. A source of tokens knows what
/// to ask, and not how calls are made: making them may take a token.
pub(crate) type Ask<'a> =
    &'a (dyn Fn(&'static Operation, Map) -> BoxFuture<'static, Result<Value, Error>> + Send + Sync);

/// A token and when to renew it.
pub(crate) struct Token {
    text: SecretString,
    /// When it was asked for.
    fetched: Instant,
    /// Whether any call was let in with it.
    accepted: AtomicBool,
    /// From here on a new one is fetched.
    renew: Instant,
    /// From here on this one is no longer sent.
    end: Instant,
}

impl Token {
    /// What the header holds.
    pub(crate) fn text(&self) -> &str {
        self.text.expose_secret()
    }

    /// A call was let in with it.
    pub(crate) fn accept(&self) {
        self.accepted.store(true, Ordering::Relaxed);
    }

    fn history(&self) -> History {
        History {
            fetched: self.fetched,
            accepted: self.accepted.load(Ordering::Relaxed),
        }
    }
}

/// Where the tokens of a client come from.
pub(crate) struct TokenSource {
    scheme: &'static OauthScheme,
    key: SecretString,
    secret: SecretString,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Arc<Token>>,
    fetching: Option<Fetching>,
    /// How many tasks were started to fetch one.
    fetches: u64,
    /// How often in a row none could be had.
    failures: u32,
    /// A token that is still good is not renewed before this.
    rest: Option<Instant>,
    refusals: Refusals,
}

/// How a fetch ended, for all who wait for it.
type Outcome = Option<Result<Arc<Token>, Arc<Error>>>;

/// A task that fetches a token. It goes on when the call that started it is dropped.
struct Fetching {
    number: u64,
    /// The runtime that drives it: who runs in another does not wait for it, because that runtime
    /// may stand still.
    runtime: runtime::Id,
    outcome: watch::Receiver<Outcome>,
}

impl TokenSource {
    pub(crate) fn new(scheme: &'static OauthScheme, key: &str, secret: &str) -> Self {
        Self {
            scheme,
            key: key.into(),
            secret: secret.into(),
            state: Mutex::default(),
        }
    }

    /// The header in which calls send the token.
    pub(crate) fn header(&self) -> &'static str {
        self.scheme.header
    }

    /// A token that is good now. Of many calls that need a new one, one fetches it, and none waits
    /// as long as the old one is good.
    pub(crate) async fn token(self: &Arc<Self>, ask: Ask<'_>) -> Result<Arc<Token>, Error> {
        // A task ends without an outcome only if its runtime ends or it panics.
        for _ in 0..2 {
            let mut outcome = {
                let mut state = self.lock();
                let now = Instant::now();
                match state.token.clone() {
                    Some(token) if now < token.renew => return Ok(token),
                    Some(token) if now < token.end => {
                        if state.rest.is_none_or(|rest| now >= rest) {
                            self.fetching(&mut state, ask);
                        }
                        return Ok(token);
                    }
                    _ => match state.refusals.of_credentials(now) {
                        Some(error) => return Err(refused(error)),
                        None => self.fetching(&mut state, ask),
                    },
                }
            };
            if let Ok(outcome) = outcome.wait_for(Option::is_some).await
                && let Some(outcome) = &*outcome
            {
                return outcome.clone().map_err(refused);
            }
        }
        Err(Error::new(
            ErrorKind::Transport,
            "what fetched the access token has ended without one",
        ))
    }

    /// Forgets a token that an operation did not accept; a newer one stays. False if another one is
    /// of no use to the operation now.
    pub(crate) fn reject(&self, token: &Arc<Token>, operation: &'static str) -> bool {
        let mut state = self.lock();
        let known = state.token.as_ref();
        // Of many calls that were refused the same token, the first one has forgotten it.
        if !known.is_some_and(|known| Arc::ptr_eq(known, token)) {
            return true;
        }
        let renew = state
            .refusals
            .may_renew(operation, &token.history(), Instant::now());
        if renew {
            state.token = None;
        }
        renew
    }

    /// An operation did not accept the token that was fetched for it either: it is not the token.
    pub(crate) fn reject_renewed(&self, operation: &'static str) {
        self.lock().refusals.remember(operation, Instant::now());
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The fetch that is under way, or a new one.
    fn fetching(self: &Arc<Self>, state: &mut State, ask: Ask<'_>) -> watch::Receiver<Outcome> {
        let here = runtime::Handle::current().id();
        // One without an outcome that nobody works on any more has come to nothing.
        let alive = |fetching: &&Fetching| {
            fetching.runtime == here && fetching.outcome.has_changed().is_ok()
        };
        if let Some(fetching) = state.fetching.as_ref().filter(alive) {
            return fetching.outcome.clone();
        }
        let (give, outcome) = watch::channel(None);
        state.fetches += 1;
        let number = state.fetches;
        state.fetching = Some(Fetching {
            number,
            runtime: here,
            outcome: outcome.clone(),
        });
        let source = Arc::clone(self);
        let answer = ask(self.scheme.operation, self.body());
        let task = async move {
            let fetched = source.fetch(answer).await;
            give.send_replace(Some(source.keep(fetched, number)));
        };
        tokio::spawn(task.in_current_span());
        outcome
    }

    fn keep(&self, fetched: Result<Token, Error>, number: u64) -> Result<Arc<Token>, Arc<Error>> {
        let mut state = self.lock();
        let own = |fetching: &mut Fetching| fetching.number == number;
        state.fetching.take_if(own);
        match fetched {
            Ok(token) => {
                let token = Arc::new(token);
                state.token = Some(token.clone());
                state.refusals.had_token();
                state.failures = 0;
                state.rest = None;
                Ok(token)
            }
            Err(error) => {
                // 1 s, 2 s, … 64 s, and not all clients at once.
                let seconds = Duration::from_secs(1 << state.failures.min(6));
                state.failures += 1;
                state.rest = Some(Instant::now() + seconds.mul_f64(0.5 + fastrand::f64() / 2.0));
                let error = Arc::new(error);
                state.refusals.no_token(&error, Instant::now());
                Err(error)
            }
        }
    }

    /// What the operation that gives tokens is sent.
    fn body(&self) -> Map {
        let mut body = Map::new();
        body.set(self.scheme.key, self.key.expose_secret().into());
        body.set(self.scheme.secret, self.secret.expose_secret().into());
        body
    }

    async fn fetch(
        &self,
        answer: BoxFuture<'static, Result<Value, Error>>,
    ) -> Result<Token, Error> {
        let asked = Instant::now();
        let reply = answer.await?;
        let at = |path: &[&str]| {
            path.iter()
                .try_fold(&reply, |value, key| value.as_object()?.get(key))
        };
        let text = at(self.scheme.token).and_then(Value::as_str).unwrap_or("");
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_graphic()) {
            let path = self.scheme.token.join(".");
            return Err(Error::new(
                ErrorKind::Authentication,
                format!("the answer holds no access token at {path}"),
            )
            .of(self.scheme.operation.id));
        }
        let seconds = at(self.scheme.ttl).and_then(|ttl| match ttl {
            Value::Number(number) => number.as_str().parse().ok(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        });
        let ttl = seconds
            .and_then(|seconds: f64| Duration::try_from_secs_f64(seconds).ok())
            .unwrap_or(DEFAULT_TTL)
            .min(LONGEST_TTL);
        Ok(Token {
            text: text.into(),
            fetched: asked,
            accepted: AtomicBool::new(false),
            renew: asked + ttl.mul_f64(0.8),
            end: asked + ttl,
        })
    }
}

/// The error of a call that got no token: what is known of the call that was to fetch one.
fn refused(error: Arc<Error>) -> Error {
    let answered = error.http_status();
    let kind = match error.kind() {
        ErrorKind::Api | ErrorKind::Item | ErrorKind::Decode
            if answered.is_none_or(|status| status < 500) =>
        {
            ErrorKind::Authentication
        }
        other => other,
    };
    Error::new(kind, "no access token could be fetched")
        .about(&error)
        .retryable(error.is_retryable())
        .caused_by(error)
}
