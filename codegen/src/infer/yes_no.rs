//! Cells that say yes or no.

/// `Yes`, `No`, `Yes (1000 per hour)`.
pub fn flag(text: Option<&str>) -> Option<bool> {
    let lower = text?.trim().to_lowercase();
    if lower.starts_with("yes") || lower == "true" {
        Some(true)
    } else if lower.starts_with("no") || lower == "false" {
        Some(false)
    } else {
        None
    }
}
