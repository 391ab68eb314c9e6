//! Access tokens: fetched at first use, renewed before they end, once for all calls.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret as _, SecretString};

use crate::client::Client;
use crate::error::Error;
use crate::operation::OauthScheme;
use crate::wire::{Map, Value};

/// Tokens without a stated life are good for this long.
const DEFAULT_TTL: Duration = Duration::from_mins(1);

/// No token is kept longer.
const LONGEST_TTL: Duration = Duration::from_hours(720);

/// A token and when to renew it.
pub(crate) struct Token {
    text: SecretString,
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
}

/// Where the tokens of a client come from.
pub(crate) struct TokenSource {
    scheme: &'static OauthScheme,
    key: SecretString,
    secret: SecretString,
    state: Mutex<State>,
    /// Held while a token is fetched.
    fetching: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    token: Option<Arc<Token>>,
    /// How many fetches have failed, and how the last one did: all who waited for it fail alike,
    /// instead of asking one after the other.
    failures: u64,
    failure: Option<Arc<Error>>,
}

impl TokenSource {
    pub(crate) fn new(scheme: &'static OauthScheme, key: &str, secret: &str) -> Self {
        Self {
            scheme,
            key: key.into(),
            secret: secret.into(),
            state: Mutex::default(),
            fetching: tokio::sync::Mutex::default(),
        }
    }

    /// The header in which calls send the token.
    pub(crate) fn header(&self) -> &'static str {
        self.scheme.header
    }

    /// A token that is good now. Of many calls that need a new one, one fetches it.
    pub(crate) async fn token(&self, client: &Client) -> Result<Arc<Token>, Error> {
        let (known, failures) = self.known();
        let now = Instant::now();
        let guard = match known {
            Some(token) if now < token.renew => return Ok(token),
            Some(token) if now < token.end => match self.fetching.try_lock() {
                Ok(guard) => guard,
                // Another call fetches the next one; this one is still good.
                Err(_) => return Ok(token),
            },
            _ => self.fetching.lock().await,
        };
        // What happened while this call waited is its outcome too.
        let (known, failed) = self.known();
        let now = Instant::now();
        if let Some(token) = known.clone().filter(|token| now < token.renew) {
            return Ok(token);
        }
        if failed > failures
            && let Some(error) = self.failure()
        {
            return Err(refused(error));
        }
        let fetched = self.fetch(client).await;
        let outcome = self.keep(fetched, known);
        drop(guard);
        outcome
    }

    /// Forgets a token that the API did not accept. A newer one stays.
    pub(crate) fn reject(&self, token: &Arc<Token>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state
            .token
            .as_ref()
            .is_some_and(|known| Arc::ptr_eq(known, token))
        {
            state.token = None;
        }
    }

    fn known(&self) -> (Option<Arc<Token>>, u64) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        (state.token.clone(), state.failures)
    }

    fn failure(&self) -> Option<Arc<Error>> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.failure.clone()
    }

    fn keep(
        &self,
        fetched: Result<Token, Error>,
        known: Option<Arc<Token>>,
    ) -> Result<Arc<Token>, Error> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match fetched {
            Ok(token) => {
                let token = Arc::new(token);
                state.token = Some(token.clone());
                Ok(token)
            }
            Err(error) => {
                let error = Arc::new(error);
                state.failures += 1;
                state.failure = Some(error.clone());
                // The old one may still be good for a while.
                match known.filter(|token| Instant::now() < token.end) {
                    Some(token) => Ok(token),
                    None => Err(refused(error)),
                }
            }
        }
    }

    async fn fetch(&self, client: &Client) -> Result<Token, Error> {
        let asked = Instant::now();
        let mut body = Map::new();
        body.set(self.scheme.key, self.key.expose_secret().into());
        body.set(self.scheme.secret, self.secret.expose_secret().into());
        let mut call = client.call(self.scheme.operation);
        call.body(body);
        let reply = call.whole().await?;
        let at = |path: &[&str]| {
            path.iter()
                .try_fold(&reply, |value, key| value.as_object()?.get(key))
        };
        let text = at(self.scheme.token).and_then(Value::as_str).unwrap_or("");
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_graphic()) {
            let path = self.scheme.token.join(".");
            return Err(Error::new(
                crate::ErrorKind::Authentication,
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
            renew: asked + ttl.mul_f64(0.8),
            end: asked + ttl,
        })
    }
}

/// The error of a call that got no token.
fn refused(error: Arc<Error>) -> Error {
    let kind = match error.kind() {
        crate::ErrorKind::Api | crate::ErrorKind::Item | crate::ErrorKind::Decode => {
            crate::ErrorKind::Authentication
        }
        other => other,
    };
    Error::new(kind, "no access token could be fetched")
        .retryable(error.is_retryable())
        .caused_by(error)
}
