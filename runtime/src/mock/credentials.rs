//! Whether a request has credentials as the API takes them. Which ones they are is not looked at.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::refusal::Refusal;
use super::seen::Seen;
use super::state::Inner;
use crate::auth::Offers;
use crate::service::{AuthScheme, Service};

/// Lets a request in that has one of the things that the API takes, or a token that this server has made.
pub(super) fn credentials(
    service: &'static Service,
    seen: &Seen,
    inner: &Inner,
) -> Result<(), Refusal> {
    let refuse = |why: &str| Err(Refusal::new(401, why));
    if let Some(token) = service.oauth.and_then(|scheme| seen.header(scheme.header)) {
        return if inner.is_good(token) {
            Ok(())
        } else {
            refuse("the access token is unknown or has expired")
        };
    }
    let mut wrong = None;
    for scheme in service.auth {
        match given(*scheme, seen) {
            Some(Ok(())) => return Ok(()),
            Some(Err(why)) => wrong = wrong.or(Some(why)),
            None => {}
        }
    }
    match wrong {
        Some(why) => refuse(why),
        None if Offers(service).are_needed() => refuse("there are no credentials"),
        None => Ok(()),
    }
}

/// Whether what a request has for a scheme can be right; `None` if it has nothing.
fn given(scheme: AuthScheme, seen: &Seen) -> Option<Result<(), &'static str>> {
    let key = |text: &str| {
        if text.trim().is_empty() {
            Err("the key is empty")
        } else {
            Ok(())
        }
    };
    match scheme {
        AuthScheme::Basic => seen.header("authorization").map(|text| basic(text, false)),
        AuthScheme::BasicMd5 => seen.header("authorization").map(|text| basic(text, true)),
        AuthScheme::Bearer => seen.header("authorization").map(|text| {
            let token = text.strip_prefix("Bearer ");
            key(token.ok_or("the header Authorization does not begin with Bearer")?)
        }),
        AuthScheme::Header(name) => seen.header(name).map(key),
        AuthScheme::Query(name) => seen.parameter(name).map(key),
        AuthScheme::Signature | AuthScheme::Optional => None,
    }
}

fn basic(header: &str, md5: bool) -> Result<(), &'static str> {
    let encoded = header
        .strip_prefix("Basic ")
        .ok_or("the header Authorization does not begin with Basic")?;
    let pair = STANDARD
        .decode(encoded)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    match pair.as_deref().and_then(|pair| pair.split_once(':')) {
        None => Err("the credentials are no Base64 of user:password"),
        Some(("", "")) => Err("the user and the password are empty"),
        Some(("", _)) if md5 => Err("the user is empty"),
        Some((_, digits))
            if md5 && (digits.len() != 32 || !digits.bytes().all(|b| b.is_ascii_hexdigit())) =>
        {
            Err("the password is no MD5 in hexadecimal digits")
        }
        Some(_) => Ok(()),
    }
}
