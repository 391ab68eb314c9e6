//! How an operation is called, in words.

use crate::spec::Operation;

/// Method and path.
pub fn address(operation: &Operation) -> String {
    format!("{} {}", operation.method, path(operation))
}

pub fn path(operation: &Operation) -> String {
    match &operation.suffix {
        Some(suffix) => format!("{}.{suffix}", operation.path),
        None => operation.path.clone(),
    }
}
