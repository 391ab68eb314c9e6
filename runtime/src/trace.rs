//! What is told about calls in spans and events: these fields and no others. No address, no header,
//! no parameter, no body, no words of the API.

use std::time::Duration;

use tracing::{Span, debug, field::Empty, info_span, warn};

use crate::call::Call;
use crate::error::Error;

/// The span of a call.
pub(crate) fn span(call: &Call) -> Span {
    let operation = call.operation();
    info_span!(
        "api.call",
        operation = operation.id,
        method = operation.method.as_str(),
        effect = ?call.effect(),
        http_status = Empty,
        request_id = Empty,
        attempts = Empty,
        duration_ms = Empty,
        outcome = Empty,
        code = Empty,
    )
}

/// An answer came.
pub(crate) fn answered(http_status: u16, request_id: Option<&str>) {
    let span = Span::current();
    span.record("http_status", http_status);
    if let Some(request_id) = request_id {
        span.record("request_id", request_id);
    }
}

/// So many attempts have been made.
pub(crate) fn attempts(count: u32) {
    Span::current().record("attempts", count);
}

/// The access token was not accepted, and the call is sent with a new one.
pub(crate) fn renewed() {
    debug!("the access token was not accepted; trying with a new one");
}

/// An attempt failed, and there will be another.
pub(crate) fn again(error: &Error, wait: Duration) {
    debug!(
        kind = ?error.kind(),
        http_status = error.http_status(),
        code = error.code(),
        wait_ms = millis(wait),
        "trying again"
    );
}

/// The call has ended.
pub(crate) fn end(span: &Span, duration: Duration, error: Option<&Error>) {
    span.record("duration_ms", millis(duration));
    let Some(error) = error else {
        span.record("outcome", "ok");
        return;
    };
    span.record("outcome", tracing::field::debug(error.kind()));
    if let Some(code) = error.code() {
        span.record("code", code);
    }
    if error.maybe_executed() {
        span.in_scope(|| warn!("the call may have been executed, and its outcome is not known"));
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
