//! What one correction says.

use serde::Deserialize;
use serde_json::Value;

use super::lines::Quote;

/// One correction.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Where: entity, then `operations`, `types` or `codes`, then ids and keys, with slashes between.
    pub at: String,
    /// Keys and their values. A key with `null` is removed.
    #[serde(default)]
    pub set: serde_json::Map<String, Value>,
    /// Something to add to a list.
    #[serde(default)]
    pub add: Option<Value>,
    /// Why.
    pub because: String,
    /// The file that is wrong.
    pub file: String,
    /// The line that is wrong, blanks aside; only how it begins, where there are digests.
    pub line: String,
    /// Digests of the whole line, for docs that word it differently: see [`Quote::sha256`].
    #[serde(default)]
    pub sha256: Vec<String>,
    /// Other lines that the reason relies on.
    #[serde(default)]
    pub relies_on: Vec<Quote>,
    /// 1-based line of the entry in the file of overrides.
    #[serde(skip)]
    pub place: usize,
}

impl Override {
    /// The line that is wrong.
    pub(super) fn quote(&self) -> Quote {
        Quote {
            file: self.file.clone(),
            line: self.line.clone(),
            sha256: self.sha256.clone(),
        }
    }
}
