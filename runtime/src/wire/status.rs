//! What the API says about a call, and about each item of a batch.

use super::value::{Extra, Value};

/// What the API says about a whole call.
#[derive(Default)]
#[non_exhaustive]
pub struct ApiStatus {
    /// Whether the call as a whole succeeded.
    pub success: Option<bool>,
    /// The API-level code: 200 for success.
    pub code: Option<i64>,
    /// What the API says in words. May repeat what was sent.
    pub message: Option<String>,
    /// How many items there were.
    pub total: Option<i64>,
    /// How many of them succeeded.
    pub success_count: Option<i64>,
    /// What else the status holds.
    pub extra: Extra,
}

crate::model!(ApiStatus { success shown, code shown, message, total shown, success_count shown });

/// What the API says about one item.
#[derive(Default)]
#[non_exhaustive]
pub struct ItemStatus {
    /// Whether the item succeeded.
    pub success: Option<bool>,
    /// The item-level code.
    pub code: Option<i64>,
    /// What the API says in words. May repeat what was sent.
    pub message: Option<String>,
    /// What the API remarks although the item succeeded: codes or texts.
    pub warnings: Vec<Value>,
    /// What else the status holds.
    pub extra: Extra,
}

crate::model!(ItemStatus { success shown, code shown, message, warnings / "warning" });

/// The code as the number that codes are, if it is one.
pub(crate) fn code(code: Option<i64>) -> Option<u32> {
    code.and_then(|code| u32::try_from(code).ok())
}
