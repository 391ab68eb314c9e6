//! Which headers may be set from outside.

use reqwest::header::{HeaderName, HeaderValue};

use crate::auth::{AUTHORIZATION, Offers};
use crate::service::Service;

/// Whether a header may be set from outside.
pub(crate) fn check_header(
    service: &'static Service,
    name: &str,
    value: &str,
) -> Result<(), &'static str> {
    let reserved = ["host", "content-length", "transfer-encoding", "connection"];
    if HeaderName::from_bytes(name.as_bytes()).is_err() {
        return Err("the name is no name of a header");
    }
    let own = name.eq_ignore_ascii_case(AUTHORIZATION) && Offers(service).own_authorization();
    if own
        || reserved
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
