//! When a call is sent again, and after how long.
//!
//! Whether it may be sent again at all is not decided here: that follows from what it does.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

/// How often and how long a call is tried.
///
/// What only reads is tried again after a connection that failed, no answer in time, HTTP 429 and
/// 5xx, and a code that asks for fewer calls. What writes or notifies is tried again only if it
/// certainly never left.
///
/// Between two attempts stands a random wait below a bound that doubles each time; if the API says
/// how long to wait, that is waited too.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    attempts: u32,
    base: Duration,
    cap: Duration,
    elapsed: Duration,
}

impl Default for RetryPolicy {
    /// Three attempts, waits below 0.2 and 0.4 seconds, none later than 30 seconds after the
    /// beginning.
    fn default() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_millis(200),
            cap: Duration::from_secs(5),
            elapsed: Duration::from_secs(30),
        }
    }
}

impl RetryPolicy {
    /// One attempt.
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// How often a call is sent at most, the first time included. Zero counts as one.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// The bound of the first wait.
    pub fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// The bound of every wait.
    pub fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// How long after the beginning of a call another attempt may begin.
    pub fn elapsed(mut self, elapsed: Duration) -> Self {
        self.elapsed = elapsed;
        self
    }

    /// How long to wait after this many attempts; `None` if there is to be no other.
    pub(crate) fn wait(
        &self,
        attempts: u32,
        elapsed: Duration,
        asked: Option<Duration>,
    ) -> Option<Duration> {
        if attempts >= self.attempts {
            return None;
        }
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let bound = self.base.saturating_mul(doubled).min(self.cap);
        let wait = bound
            .mul_f64(fastrand::f64())
            .saturating_add(asked.unwrap_or_default());
        (elapsed.saturating_add(wait) <= self.elapsed).then_some(wait)
    }
}

/// What a client may spend on further attempts, so that an API that is down is not asked three times
/// as often. A further attempt costs one; ten calls that succeed earn one.
#[derive(Debug)]
pub(crate) struct Budget {
    tenths: AtomicU32,
    most: u32,
}

impl Budget {
    pub(crate) fn new(attempts: u32) -> Self {
        let most = attempts.saturating_mul(10);
        Self {
            tenths: AtomicU32::new(most),
            most,
        }
    }

    /// Takes one further attempt out of the budget, if it holds one.
    pub(crate) fn spend(&self) -> bool {
        let spent = |left: u32| left.checked_sub(10);
        self.tenths
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, spent)
            .is_ok()
    }

    pub(crate) fn earn(&self) {
        let earned = |left: u32| (left < self.most).then(|| left + 1);
        // A full budget stays as it is.
        let _ = self
            .tenths
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, earned);
    }
}

/// The wait that a header `Retry-After` asks for: seconds, or a date.
pub(crate) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        return Some(value.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_the_cap_and_end() {
        let policy = RetryPolicy::default()
            .attempts(5)
            .base(Duration::from_millis(100))
            .cap(Duration::from_millis(300));
        let bounds = [100, 200, 300, 300].map(Duration::from_millis);
        for (attempts, bound) in (1..).zip(bounds) {
            let mut longest = Duration::ZERO;
            for _ in 0..1000 {
                let wait = policy.wait(attempts, Duration::ZERO, None).unwrap();
                assert!(wait <= bound);
                longest = longest.max(wait);
            }
            // Full jitter: waits are spread over all of the range.
            assert!(longest > bound / 2, "{longest:?} of {bound:?}");
        }
        assert_eq!(policy.wait(5, Duration::ZERO, None), None);
        assert_eq!(RetryPolicy::never().wait(1, Duration::ZERO, None), None);
    }

    #[test]
    fn what_the_api_asks_for_is_waited_too() {
        let policy = RetryPolicy::default();
        let asked = Duration::from_secs(7);
        assert!(policy.wait(1, Duration::ZERO, Some(asked)).unwrap() >= asked);
        assert_eq!(policy.wait(1, Duration::ZERO, Some(Duration::MAX)), None);
        assert_eq!(policy.wait(1, Duration::from_secs(31), None), None);
    }

    #[test]
    fn a_budget_is_spent_and_earned() {
        let budget = Budget::new(2);
        assert!(budget.spend() && budget.spend() && !budget.spend());
        for _ in 0..10 {
            budget.earn();
        }
        assert!(budget.spend() && !budget.spend());
        for _ in 0..1000 {
            budget.earn();
        }
        assert!(budget.spend() && budget.spend() && !budget.spend());
    }

    #[test]
    fn both_forms_of_retry_after() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let after = |text| retry_after(text, now);
        assert_eq!(after(" 120 "), Some(Duration::from_mins(2)));
        assert_eq!(after("99999999999999999999"), Some(Duration::MAX));
        assert_eq!(
            after("Sun, 06 Nov 1994 08:50:37 GMT"),
            Some(Duration::from_mins(1))
        );
        assert_eq!(after("Sun, 06 Nov 1994 08:00:00 GMT"), Some(Duration::ZERO));
        for text in ["", "soon", "-1", "1.5"] {
            assert_eq!(after(text), None, "{text}");
        }
    }
}
