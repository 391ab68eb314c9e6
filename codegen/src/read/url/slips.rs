//! What is wrong with URLs that can be mended, in words.

use crate::text::one_slip;

pub const NEVER_CLOSED: &str = "a bracket of it is never closed";

/// Which code mark a text lacks that has one too few.
pub fn missing_mark(text: &str) -> &'static str {
    if text.starts_with('`') {
        "its code mark is never closed"
    } else if text.ends_with('`') {
        "its code mark is never opened"
    } else {
        "a code mark is missing"
    }
}

/// The scheme that is meant by one with a slip of the pen: `htps`.
#[must_use]
pub fn misspelt_scheme(scheme: &str) -> Option<&'static str> {
    let lower = scheme.to_lowercase();
    let known = ["https", "http"];
    if known.contains(&lower.as_str()) {
        return None;
    }
    known.into_iter().find(|right| one_slip(right, &lower))
}
