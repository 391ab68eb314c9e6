//! Writes exchanges down: masked first, then one line in one piece.

use std::fs::File;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};
use serde_json::{Value, json};

use crate::mask::{MASKED, Mask, Masked};

/// How many bytes a line may have: `observe` reads no longer ones.
pub(crate) const LINE: usize = 16 << 20;

/// What was done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Exchanges that were written down.
    pub written: u64,
    /// Those of them with a body that is none of JSON, XML and a form, and was left out.
    pub unreadable: u64,
    /// Exchanges that were forwarded and not written down, because they are too long.
    pub too_long: u64,
    /// Exchanges that were forwarded and could not be written to the file.
    pub unwritten: u64,
    /// Requests that got no answer.
    pub failed: u64,
}

/// One side of an exchange.
pub(crate) struct Side<'a> {
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a Bytes,
}

/// Writes to a file.
pub(crate) struct Writer {
    mask: Mask,
    inner: Mutex<Inner>,
}

struct Inner {
    file: File,
    counts: Counts,
    /// The last line is not whole.
    broken: bool,
}

impl Writer {
    pub(crate) fn new(mask: Mask, file: File) -> Self {
        let inner = Inner {
            file,
            counts: Counts::default(),
            broken: false,
        };
        Self {
            mask,
            inner: Mutex::new(inner),
        }
    }

    pub(crate) fn counts(&self) -> Counts {
        self.with(|inner| inner.counts)
    }

    pub(crate) fn masked(&self) -> Masked {
        self.mask.counts()
    }

    /// Counts a request without an answer.
    pub(crate) fn failed(&self) {
        self.with(|inner| inner.counts.failed += 1);
    }

    /// Counts an exchange that is too long.
    pub(crate) fn too_long(&self) {
        self.with(|inner| inner.counts.too_long += 1);
    }

    /// Writes an exchange down. What cannot be written down does not keep an answer from its caller.
    pub(crate) fn write(
        &self,
        (method, url): (&str, &str),
        request: &Side<'_>,
        (status, response): (StatusCode, &Side<'_>),
    ) {
        let (request, asked) = self.side(request);
        let (mut response, told) = self.side(response);
        response["status"] = Value::from(status.as_u16());
        let line = json!({
            "method": self.mask.method(method),
            "url": self.mask.url(url),
            "request": request,
            "response": response,
        });
        let line = format!("{line}\n");
        if line.len() > LINE {
            return self.too_long();
        }
        self.with(|inner| {
            // What a full disk cut off must not take the next line with it.
            let written = if inner.broken {
                inner.file.write_all(format!("\n{line}").as_bytes())
            } else {
                inner.file.write_all(line.as_bytes())
            };
            inner.broken = written.is_err();
            match written {
                Ok(()) => inner.counts.written += 1,
                Err(_) => inner.counts.unwritten += 1,
            }
            inner.counts.unreadable += u64::from(written.is_ok() && !(asked && told));
        });
    }

    /// One side as it is written, and whether all of it could be read.
    fn side(&self, side: &Side<'_>) -> (Value, bool) {
        let packed = side
            .headers
            .get(CONTENT_ENCODING)
            .is_some_and(|it| it != "identity");
        let text = if packed || side.body.is_empty() {
            None
        } else {
            // Some clients name all they send a form.
            let is_tree = matches!(
                side.body.trim_ascii_start().first(),
                Some(b'{' | b'[' | b'<')
            );
            let media_type = side.headers.get(CONTENT_TYPE).filter(|_| !is_tree);
            media_type
                .and_then(|value| value.to_str().ok())
                .and_then(|media_type| self.mask.form(side.body, media_type))
                .or_else(|| self.mask.body(side.body))
        };
        let readable = text.is_some() || side.body.is_empty();
        let headers = side.headers.iter().map(|(name, value)| {
            let value = value.to_str().unwrap_or(MASKED);
            let (name, value) = self.mask.header(name.as_str(), value);
            json!([name, value])
        });
        let mut out = json!({"headers": headers.collect::<Vec<_>>(), "body": text});
        if !readable {
            out["unreadable"] = Value::from(true);
        }
        (out, readable)
    }

    fn with<T>(&self, change: impl FnOnce(&mut Inner) -> T) -> T {
        change(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
