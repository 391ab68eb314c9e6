//! Errors of the input as a whole: the run ends and nothing is written.

use std::fmt;

/// Why the input cannot be read at all. What is wrong in a single place of readable docs is a
/// [diagnostic](crate::diagnostics) instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    /// File, line and column, where there is a place.
    pub place: Option<(String, usize, usize)>,
    /// What is wrong.
    pub message: String,
}

impl InputError {
    /// An error without a place.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            place: None,
            message: message.into(),
        }
    }

    /// An error at a 1-based line and column of a file.
    #[must_use]
    pub fn at(file: &str, line: usize, column: usize, message: impl Into<String>) -> Self {
        Self {
            place: Some((file.to_owned(), line, column)),
            message: message.into(),
        }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some((file, line, column)) => write!(f, "{file}:{line}:{column}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for InputError {}
