//! Files to write: templates filled, and Rust in one form.

use tera::{Context, Tera};

use super::doc;

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    /// Path below the output folder, with `/`.
    pub path: String,
    /// Content.
    pub text: String,
}

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

pub fn render(tera: &Tera, template: &str, context: &Context) -> Result<String, EmitError> {
    tera.render(template, context)
        .map_err(|error| fail(template, &error))
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
    let parsed = syn::parse_file(&visible).map_err(|error| fail(file, &error))?;
    Ok(prettyplease::unparse(&parsed))
}

pub fn rust(
    tera: &Tera,
    template: &str,
    path: &str,
    context: &Context,
) -> Result<OutFile, EmitError> {
    let code = render(tera, template, context)?;
    Ok(OutFile {
        path: path.to_owned(),
        text: pretty(&code, path)?,
    })
}
