//! Which headers may be set from outside.

use reqwest::header::{HeaderName, HeaderValue};

/// Whether a header may be set from outside.
pub(crate) fn check_header(name: &str, value: &str) -> Result<(), &'static str> {
    let reserved = [
        "authorization",
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
    ];
    if HeaderName::from_bytes(name.as_bytes()).is_err() {
        return Err("the name is no name of a header");
    }
    if reserved
        .iter()
        .any(|other| name.eq_ignore_ascii_case(other))
    {
        return Err("this header is set by the client itself");
    }
    if HeaderValue::from_str(value).is_err() {
        return Err("the value holds a control character");
    }
    Ok(())
}
