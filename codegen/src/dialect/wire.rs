//! Habits of the wire format: which keys are wrappers, outcomes or remarks.

use serde::Deserialize;

/// Habits of the wire format.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wire {
    /// Element around every item of a converted list.
    #[serde(default)]
    pub item: String,
    /// Document elements.
    #[serde(default)]
    pub roots: Vec<String>,
    /// Document element of requests.
    #[serde(default)]
    pub request_root: String,
    /// Document element of answers.
    #[serde(default)]
    pub response_root: String,
    /// Query parameter that chooses the format.
    #[serde(default)]
    pub format_query: String,
    /// Path suffixes that choose the format.
    #[serde(default)]
    pub format_suffixes: Vec<String>,
    /// Key of the outcome of a call.
    #[serde(default)]
    pub status: String,
    /// Key of the outcome of an item.
    #[serde(default)]
    pub item_status: String,
    /// Keys inside an outcome.
    #[serde(default)]
    pub status_fields: Vec<String>,
    /// Where a refused call that has no outcome says why.
    pub errors: Option<ErrorsAt>,
    /// Keys that hold remarks, not data.
    #[serde(default)]
    pub remarks: Vec<String>,
    /// Keys that hold remarks where they are never filled.
    #[serde(default)]
    pub empty_remarks: Vec<String>,
    /// Attributes that mark an element as empty.
    #[serde(default)]
    pub null_attributes: Vec<String>,
}

impl Wire {
    /// Whether answers have codes of their own, beside the status of HTTP.
    #[must_use]
    pub fn has_codes(&self) -> bool {
        !self.status.is_empty() || !self.item_status.is_empty() || self.errors.is_some()
    }
}

/// Where the answer to a refused call says why: `{"errors": [{"code": 8015, "message": "…"}]}`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorsAt {
    /// Keys from the root down to the list, of which the first item counts, or to an object.
    pub at: Vec<String>,
    /// Member with the code.
    pub code: String,
    /// Member that says it in words.
    #[serde(default)]
    pub message: String,
    /// Codes that mean success, where every answer has one.
    #[serde(default)]
    pub accepted: Vec<String>,
}
