//! What was refused a moment ago, so that the same is not asked for again with every call.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::error::{Error, ErrorKind};
use crate::transport::response::GAVE_UP;

/// For how long a refusal is taken as the answer to the next call too.
pub(super) const PAUSE: Duration = Duration::from_secs(10);

/// The refusals of the last seconds.
#[derive(Default)]
pub(super) struct Refusals {
    /// Operations that refused a token which was new: another one would not help them. There are
    /// no more of these than operations.
    operations: Vec<(&'static str, Instant)>,
    /// What the token endpoint said of the key and the secret.
    credentials: Option<(Arc<Error>, Instant)>,
}

impl Refusals {
    /// An operation refused a token. True if another one may help: a token that was good, or that
    /// has become old, may have ended since; one that was made a moment ago has not. Nor does
    /// another help an operation that refused a new one just now.
    pub(super) fn may_renew(
        &mut self,
        operation: &'static str,
        refused: &History,
        now: Instant,
    ) -> bool {
        if !refused.accepted && is_recent(refused.fetched, now) {
            self.remember(operation, now);
            return false;
        }
        self.forget_old(now);
        !self.operations.iter().any(|(known, _)| *known == operation)
    }

    /// An operation refused a token that had just been fetched for it.
    pub(super) fn remember(&mut self, operation: &'static str, now: Instant) {
        self.forget_old(now);
        self.operations.retain(|(known, _)| *known != operation);
        self.operations.push((operation, now));
    }

    fn forget_old(&mut self, now: Instant) {
        self.operations.retain(|(_, at)| is_recent(*at, now));
    }

    /// No token could be had. Kept if that is because of the credentials: the next call has the same
    /// ones. What may be over in a moment is not kept.
    pub(super) fn no_token(&mut self, error: &Arc<Error>, now: Instant) {
        // What the API says of the request is said of the same request again.
        let by_api = error
            .http_status()
            .is_none_or(|status| status < 500 && !GAVE_UP.contains(&status));
        let refused = match error.kind() {
            ErrorKind::Authentication => true,
            ErrorKind::Api | ErrorKind::Item | ErrorKind::Http => by_api,
            _ => false,
        };
        self.credentials = refused.then(|| (error.clone(), now));
    }

    /// A token came: the credentials are good.
    pub(super) fn had_token(&mut self) {
        self.credentials = None;
    }

    /// Why there would be no token if it were asked for now, as far as that is known.
    pub(super) fn of_credentials(&self, now: Instant) -> Option<Arc<Error>> {
        let (error, at) = self.credentials.as_ref()?;
        is_recent(*at, now).then(|| error.clone())
    }
}

/// What is known of a token that was refused.
pub(super) struct History {
    /// When it was asked for.
    pub(super) fetched: Instant,
    /// Whether any call was let in with it.
    pub(super) accepted: bool,
}

fn is_recent(at: Instant, now: Instant) -> bool {
    now.saturating_duration_since(at) < PAUSE
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const ALMOST: Duration = Duration::from_secs(9);

    fn token(fetched: Instant, accepted: bool) -> History {
        History { fetched, accepted }
    }

    #[test]
    fn a_new_token_that_was_never_accepted_is_not_renewed() {
        let begin = Instant::now();
        let mut refusals = Refusals::default();
        let new = token(begin, false);
        assert!(!refusals.may_renew("a", &new, begin));
        assert!(!refusals.may_renew("b", &new, begin + ALMOST));
        // It has become old without being used.
        assert!(refusals.may_renew("c", &new, begin + PAUSE));
    }

    #[test]
    fn a_token_that_was_accepted_is_renewed_at_once() {
        let now = Instant::now();
        let mut refusals = Refusals::default();
        assert!(refusals.may_renew("a", &token(now, true), now));
    }

    #[test]
    fn an_operation_that_refuses_new_tokens_keeps_no_other_from_renewing() {
        let begin = Instant::now();
        let mut refusals = Refusals::default();
        let good = token(begin, true);
        refusals.remember("a", begin);
        assert!(!refusals.may_renew("a", &good, begin + SECOND));
        assert!(refusals.may_renew("b", &good, begin + SECOND));
        // Its role may have been granted meanwhile.
        assert!(refusals.may_renew("a", &good, begin + PAUSE));
        assert!(refusals.operations.is_empty());
    }

    #[test]
    fn refused_credentials_are_known_for_some_seconds() {
        let begin = Instant::now();
        let mut refusals = Refusals::default();
        let error = |kind, status| Arc::new(Error::new(kind, "no").answered(status, None));
        for (kind, status, kept) in [
            (ErrorKind::Authentication, 401, true),
            (ErrorKind::Authentication, 403, true),
            (ErrorKind::Api, 200, true),
            (ErrorKind::Api, 400, true),
            (ErrorKind::Api, 503, false),
            (ErrorKind::Http, 400, true),
            (ErrorKind::Http, 502, false),
            (ErrorKind::RateLimited, 429, false),
            (ErrorKind::Decode, 200, false),
        ] {
            refusals.no_token(&error(kind, status), begin);
            let known = refusals.of_credentials(begin + ALMOST);
            assert_eq!(known.is_some(), kept, "{kind:?} {status}");
            assert!(refusals.of_credentials(begin + PAUSE).is_none());
        }
        refusals.no_token(&error(ErrorKind::Authentication, 401), begin);
        refusals.had_token();
        assert!(refusals.of_credentials(begin).is_none());
    }
}
