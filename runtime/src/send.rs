//! Sends a call, and sends it again where that is safe.
//!
//! Everything in here is the same for all calls, whatever they answer with: it is compiled once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use tracing::Instrument as _;

use crate::answer::Answer;
use crate::auth::{Token, TokenSource};
use crate::call::Call;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::operation::{Effect, Operation};
use crate::prepare::PreparedRequest;
use crate::retry::RetryPolicy;
use crate::trace;
use crate::transport::TransportError;
use crate::wire::{Map, Value};

/// Reads an answer, and keeps what it holds.
type Take<'t> = &'t mut (dyn FnMut(&Answer) -> Result<(), Error> + Send);

/// Sends a call, and gives what `read` makes of its answer.
pub(crate) async fn answer<T: Send>(
    call: Call,
    mut read: impl FnMut(&Answer) -> Result<T, Error> + Send,
) -> Result<T, Error> {
    let mut taken = None;
    let take = &mut |answer: &Answer| {
        taken = Some(read(answer)?);
        Ok(())
    };
    send(&call, take).await?;
    // An answer was taken, or there was an error.
    taken.ok_or_else(|| Error::new(ErrorKind::Transport, "no answer came").of(call.operation().id))
}

/// Sends a call. It has ended when `take` has taken an answer, or with the error of the last attempt.
async fn send(call: &Call, take: Take<'_>) -> Result<(), Error> {
    let span = trace::span(call);
    let started = Instant::now();
    let outcome = attempts(call, started, take).instrument(span.clone()).await;
    trace::end(&span, started.elapsed(), outcome.as_ref().err());
    outcome
}

/// The time-outs of a call.
struct Limits {
    /// `None` if the time is longer than the clock can count.
    end: Option<Instant>,
    attempt: Duration,
}

impl Limits {
    fn left(&self) -> Duration {
        self.end.map_or(Duration::MAX, |end| {
            end.saturating_duration_since(Instant::now())
        })
    }
}

async fn attempts(call: &Call, started: Instant, take: Take<'_>) -> Result<(), Error> {
    let id = call.operation().id;
    if tokio::runtime::Handle::try_current().is_err() {
        let cause =
            TransportError::unsendable("there is no Tokio runtime: await the call inside of one");
        return Err(Error::invalid("the request cannot be sent")
            .of(id)
            .caused_by(cause));
    }
    let mut request = call.prepare()?;
    let client = call.client();
    let limits = Limits {
        end: started.checked_add(call.timeout()),
        attempt: call.attempt_timeout(),
    };
    let policy: &RetryPolicy = call.retry_policy();
    let effect = call.effect();
    let mut renewed = false;
    let mut count = 0;
    loop {
        if limits.left().is_zero() {
            // The wait before another attempt ends before the time does: this is the first one.
            let error = Error::new(ErrorKind::Timeout, "there is no time to send it");
            return Err(error.of(id).left_never().retryable(true));
        }
        let token = authenticate(call, &mut request, &limits)
            .await
            .map_err(|e| e.of(id))?;
        count += 1;
        let outcome = attempt(call, &request, &limits).await;
        let error = match outcome.and_then(|answer| {
            trace::answered(answer.http_status(), answer.request_id());
            take(&answer)
        }) {
            Ok(()) => {
                if let Some((_, token)) = token {
                    token.accept();
                }
                client.budget().earn();
                trace::attempts(count);
                return Ok(());
            }
            Err(error) => error.attempted(count),
        };
        trace::attempts(count);
        if let Some((source, token)) = token {
            if accepts_token(&error) {
                token.accept();
            } else if refuses_token(&error) && renewed {
                source.reject_renewed(id);
            } else if refuses_token(&error) && source.reject(&token, id) {
                renewed = true;
                trace::renewed();
                continue;
            }
        }
        let Some(wait) = wait(policy, effect, &error, count, started, &limits) else {
            return Err(error);
        };
        if !client.budget().spend() {
            return Err(error);
        }
        trace::again(&error, wait);
        tokio::time::sleep(wait).await;
    }
}

/// How long to wait before the next attempt; `None` if there is to be none.
fn wait(
    policy: &RetryPolicy,
    effect: Effect,
    error: &Error,
    count: u32,
    started: Instant,
    limits: &Limits,
) -> Option<Duration> {
    let safe = error.never_left() || (effect == Effect::Read && error.is_retryable());
    let wait = policy
        .wait(count, started.elapsed(), error.retry_after())
        .filter(|_| safe)?;
    (wait < limits.left()).then_some(wait)
}

fn refuses_token(error: &Error) -> bool {
    error.kind() == ErrorKind::Authentication
        && (error.http_status() == Some(401) || error.code() == Some(401))
}

/// Whether the API has let the call in: what it says is about the call. What stands in front of it may
/// have said anything else.
fn accepts_token(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Api | ErrorKind::Item)
}

type Sent<'c> = Option<(&'c Arc<TokenSource>, Arc<Token>)>;

/// Puts an access token into the request, if the call needs one.
async fn authenticate<'c>(
    call: &'c Call,
    request: &mut PreparedRequest,
    limits: &Limits,
) -> Result<Sent<'c>, Error> {
    let Some(source) = call.token_source() else {
        return Ok(None);
    };
    let ask = |operation, body| ask(call.client(), operation, body);
    let fetched = tokio::time::timeout(limits.left(), source.token(&ask)).await;
    let Ok(token) = fetched else {
        return Err(Error::new(ErrorKind::Timeout, "no access token in time").retryable(true));
    };
    let token = token?;
    request.set_header(source.header(), token.text());
    Ok(Some((source, token)))
}

/// The call that asks for an access token: one like all others, but that it needs none itself.
fn ask(
    client: &Client,
    operation: &'static Operation,
    body: Map,
) -> BoxFuture<'static, Result<Value, Error>> {
    let mut call = client.call(operation);
    call.body(body);
    Box::pin(answer(call, Answer::whole))
}

async fn attempt(call: &Call, request: &PreparedRequest, limits: &Limits) -> Result<Answer, Error> {
    let most = limits.attempt.min(limits.left());
    let sending = call.client().transport().send(request);
    let outcome = match tokio::time::timeout(most, sending).await {
        Ok(outcome) => outcome,
        Err(_) => {
            let text = format!("gave up after {} ms", most.as_millis());
            Err(TransportError::maybe_sent(text).timed_out())
        }
    };
    let client = call.client();
    let outcome = outcome.and_then(|response| {
        let most = client.limits().max_bytes;
        if response.body().len() <= most {
            return Ok(response);
        }
        let text = format!("the body is longer than {most} bytes");
        Err(TransportError::too_long(text).with_head(response))
    });
    Answer::new(call, outcome)
}
