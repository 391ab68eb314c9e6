//! Rust in one form.

use super::doc;
use super::layout::lay_out;
use super::marker;

/// Why the crate cannot be emitted: a bug of the generator, never of the docs.
#[derive(Debug, thiserror::Error)]
#[error("cannot emit {file}: {message}")]
pub struct EmitError {
    /// The file.
    pub file: String,
    /// What went wrong.
    pub message: String,
}

pub fn fail(file: &str, error: &dyn std::fmt::Display) -> EmitError {
    EmitError {
        file: file.to_owned(),
        message: error.to_string(),
    }
}

/// Parses and formats Rust.
pub fn pretty(code: &str, file: &str) -> Result<String, EmitError> {
    // Marks that change the direction of text are only left in literals, where they are written as escapes.
    let mut visible = String::with_capacity(code.len());
    for c in code.chars() {
        if doc::is_bidi(c) {
            visible.extend(c.escape_unicode());
        } else {
            visible.push(c);
        }
    }
    let mut parsed = syn::parse_file(&visible).map_err(|error| fail(file, &error))?;
    lay_out(&mut parsed);
    Ok(marker::to_top(&prettyplease::unparse(&parsed)))
}
