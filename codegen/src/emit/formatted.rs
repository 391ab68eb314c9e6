//! Formatting is most of what a run does, and what it formats is nearly always what it formatted last time.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use super::pretty::{EmitError, pretty};

/// What Rust is known by before it is formatted.
pub type Key = [u8; 32];

/// Rust that was formatted before, by a digest of what it was before. Whoever keeps it from one run to the next has to
/// see to it that both are of the same program.
#[derive(Debug, Default)]
pub struct Formatted {
    before: HashMap<Key, String>,
    now: Mutex<HashMap<Key, Option<String>>>,
}

impl Formatted {
    /// Goes on with what [`Formatted::into_used`] gave.
    #[must_use]
    pub fn new(before: HashMap<Key, String>) -> Self {
        Self {
            before,
            now: Mutex::default(),
        }
    }

    /// All that this run asked for, sorted, and whether there is anything in it that was not known before, or less.
    #[must_use]
    pub fn into_used(mut self) -> (Vec<(Key, String)>, bool) {
        let now = self
            .now
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let differs = now.len() != self.before.len() || now.values().any(Option::is_some);
        let texts = now
            .into_iter()
            .filter_map(|(key, new)| Some((key, new.or_else(|| self.before.remove(&key))?)));
        let mut texts: Vec<_> = texts.collect();
        texts.sort_by_key(|text| text.0);
        (texts, differs)
    }

    /// Formats Rust, or knows the answer. `name` is for messages.
    pub(super) fn rust(&self, code: &str, name: &str) -> Result<String, EmitError> {
        let key: Key = Sha256::digest(code.as_bytes()).into();
        let (text, new) = match self.before.get(&key) {
            Some(text) => (text.clone(), None),
            None => {
                let text = pretty(code, name)?;
                (text.clone(), Some(text))
            }
        };
        self.now
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, new);
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_formatted_is_known_again_and_the_rest_is_forgotten() {
        let first = Formatted::default();
        let one = first.rust("fn  one ( ) { }", "one").unwrap();
        assert_eq!(one, "fn one() {}\n");
        first.rust("fn  two ( ) { }", "two").unwrap();
        let (kept, differs) = first.into_used();
        assert!(differs);
        assert_eq!(kept.len(), 2);

        let second = Formatted::new(kept.iter().cloned().collect());
        assert_eq!(second.rust("fn  one ( ) { }", "one").unwrap(), one);
        assert_eq!(
            second.rust("fn  two ( ) { }", "two").unwrap(),
            "fn two() {}\n"
        );
        let (same, differs) = second.into_used();
        assert!(!differs);
        assert_eq!(same, kept);

        let third = Formatted::new(kept.into_iter().collect());
        third.rust("fn  one ( ) { }", "one").unwrap();
        let (less, differs) = third.into_used();
        assert!(differs);
        assert_eq!(less.len(), 1);
    }

    #[test]
    fn what_is_no_rust_is_not_kept() {
        let formatted = Formatted::default();
        let error = formatted.rust("fn (", "name").unwrap_err();
        assert_eq!(error.file, "name");
        assert!(formatted.into_used().0.is_empty());
    }
}
