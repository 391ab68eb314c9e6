//! Files to write: templates filled, and Rust in one form.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tera::{Context, Tera};

use super::formatted::Formatted;
use super::pretty::{EmitError, fail};

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    /// Path below the output folder, with `/`.
    pub path: String,
    /// Content.
    pub text: String,
}

pub fn render(tera: &Tera, template: &str, context: &Context) -> Result<String, EmitError> {
    tera.render(template, context)
        .map_err(|error| fail(template, &error))
}

/// A file before it is formatted.
#[derive(Debug)]
pub struct Draft {
    path: String,
    text: String,
    /// Where it is Rust: what a message calls it.
    rust: Option<String>,
}

impl Draft {
    /// Rust in no form. `name` is what a message calls it.
    pub fn rust(path: String, code: String, name: &str) -> Self {
        Self {
            path,
            text: code,
            rust: Some(name.to_owned()),
        }
    }
}

impl From<OutFile> for Draft {
    fn from(file: OutFile) -> Self {
        Self {
            path: file.path,
            text: file.text,
            rust: None,
        }
    }
}

/// Formats what is Rust, on all processors. Files keep their order, and of several errors that of the first file is
/// given, whichever was found first.
pub fn finish(drafts: Vec<Draft>, formatted: &Formatted) -> Result<Vec<OutFile>, EmitError> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(draft) = drafts.get(at) else {
                return done;
            };
            if let Some(name) = &draft.rust {
                done.push((at, formatted.rust(&draft.text, name)));
            }
        }
    };
    let mut done = thread::scope(|scope| {
        let others = thread::available_parallelism().map_or(0, |all| all.get() - 1);
        let others: Vec<_> = (0..others).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    let mut texts = Vec::with_capacity(done.len());
    for (at, text) in done {
        texts.push((at, text?));
    }
    let mut files: Vec<OutFile> = drafts
        .into_iter()
        .map(|draft| OutFile {
            path: draft.path,
            text: draft.text,
        })
        .collect();
    for (at, text) in texts {
        if let Some(file) = files.get_mut(at) {
            file.text = text;
        }
    }
    Ok(files)
}

pub fn rust(
    tera: &Tera,
    template: &str,
    path: &str,
    context: &Context,
) -> Result<Draft, EmitError> {
    let code = render(tera, template, context)?;
    Ok(Draft::rust(path.to_owned(), code, path))
}
