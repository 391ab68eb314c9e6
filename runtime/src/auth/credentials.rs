//! What a caller gives, and what is made of it for an API.

use std::fmt;
use std::fmt::Write as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};

use super::offers::Offers;
use super::{AUTHORIZATION, Auth, TokenSource};
use crate::error::Error;
use crate::service::{AuthScheme, Service};

/// What a caller gives. In which form an API takes it, and whether it does, is found out when both are known. `Debug`
/// shows the method that took it.
#[derive(Clone)]
pub(crate) enum Credentials {
    /// A user and a password in plain text.
    Basic(SecretString, SecretString),
    /// A user and the MD5 of a password.
    BasicMd5(SecretString, SecretString),
    Bearer(SecretString),
    Key(SecretString),
    /// A key and a secret for which tokens are made.
    Oauth(SecretString, SecretString),
}

impl Credentials {
    pub(crate) fn basic(user: &str, password: &str) -> Self {
        Self::Basic(user.into(), password.into())
    }

    pub(crate) fn basic_md5(user: &str, md5: &str) -> Self {
        Self::BasicMd5(user.into(), md5.into())
    }

    pub(crate) fn bearer(token: &str) -> Self {
        Self::Bearer(token.into())
    }

    pub(crate) fn key(key: &str) -> Self {
        Self::Key(key.into())
    }

    pub(crate) fn oauth(key: &str, secret: &str) -> Self {
        Self::Oauth(key.into(), secret.into())
    }

    /// The method that took them.
    fn method(&self) -> &'static str {
        match self {
            Self::Basic(..) => "basic_auth",
            Self::BasicMd5(..) => "basic_auth_md5",
            Self::Bearer(_) => "bearer_token",
            Self::Key(_) => "api_key",
            Self::Oauth(..) => "oauth",
        }
    }

    /// As an API takes them. Of several ways for the same, the one that it names first.
    ///
    /// # Errors
    /// The API takes other ones, or they cannot be right. The text begins with the name of the method that took them.
    pub(crate) fn auth(&self, service: &'static Service) -> Result<Auth, Error> {
        let made = self.made(service);
        let method = self.method();
        match made {
            Some(Ok(auth)) => Ok(auth),
            Some(Err(why)) => Err(Error::config(format!("{method}: {why}"))),
            None => {
                let methods = Offers(service).methods();
                Err(Error::config(format!(
                    "{method}: the API takes no such credentials; it has {methods}"
                )))
            }
        }
    }

    /// `None` where the API has no way for them.
    fn made(&self, service: &'static Service) -> Option<Result<Auth, &'static str>> {
        let mut schemes = Offers(service).schemes();
        match self {
            Self::Basic(user, password) => schemes.find_map(|scheme| match scheme {
                AuthScheme::Basic => Some(basic(user.expose_secret(), password.expose_secret())),
                AuthScheme::BasicMd5 => Some(basic_md5(user.expose_secret(), &digits(password))),
                _ => None,
            }),
            Self::BasicMd5(user, md5) => schemes
                .any(|scheme| scheme == AuthScheme::BasicMd5)
                .then(|| basic_md5(user.expose_secret(), md5.expose_secret())),
            Self::Bearer(token) => schemes
                .any(|scheme| scheme == AuthScheme::Bearer)
                .then(|| bearer(token.expose_secret())),
            Self::Key(key) => schemes.find_map(|scheme| match scheme {
                AuthScheme::Header(name) => {
                    Some(header_key(key).map(|()| Auth::Header(name, key.clone())))
                }
                AuthScheme::Query(name) => {
                    Some(query_key(key).map(|()| Auth::Query(name, key.clone())))
                }
                _ => None,
            }),
            Self::Oauth(key, secret) => service.oauth.map(|scheme| {
                let (key, secret) = (key.expose_secret(), secret.expose_secret());
                if key.trim().is_empty() || secret.trim().is_empty() {
                    return Err("the key or the secret is empty");
                }
                let source = TokenSource::new(scheme, key, secret);
                Ok(Auth::Oauth(Arc::new(source)))
            }),
        }
    }
}

/// A header `Authorization`; its value is not to be seen.
fn authorization(value: &SecretString) -> Auth {
    Auth::Header(AUTHORIZATION, value.clone())
}

fn encoded(user: &str, password: &str) -> Auth {
    let pair = SecretString::from(format!("{user}:{password}"));
    let encoded = STANDARD.encode(pair.expose_secret());
    authorization(&SecretString::from(format!("Basic {encoded}")))
}

/// Some APIs take a key as the user, others as the password, and nothing as the other.
fn basic(user: &str, password: &str) -> Result<Auth, &'static str> {
    if user.is_empty() && password.is_empty() {
        return Err("the user name and the password are empty");
    }
    if user.contains(':') || user.contains(char::is_control) {
        return Err("the user name holds a colon or a control character");
    }
    if password.contains(char::is_control) {
        return Err("the password holds a control character");
    }
    Ok(encoded(user, password))
}

fn basic_md5(user: &str, md5: &str) -> Result<Auth, &'static str> {
    if user.is_empty() || user.contains(':') || user.contains(char::is_control) {
        return Err("the user name is empty or holds a colon or a control character");
    }
    if md5.len() != 32 || !md5.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(
            "an MD5 of 32 hexadecimal digits is wanted; basic_auth takes the password itself",
        );
    }
    Ok(encoded(user, &md5.to_ascii_lowercase()))
}

/// The MD5 of a password in hexadecimal digits.
fn digits(password: &SecretString) -> String {
    let mut digits = String::with_capacity(32);
    for byte in Md5::digest(password.expose_secret().as_bytes()) {
        // Writing to a `String` does not fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

fn bearer(token: &str) -> Result<Auth, &'static str> {
    if token.is_empty() || !token.bytes().all(|b| b.is_ascii_graphic()) {
        return Err("the token is empty or holds a blank, a control or a foreign character");
    }
    Ok(authorization(&SecretString::from(format!(
        "Bearer {token}"
    ))))
}

fn header_key(key: &SecretString) -> Result<(), &'static str> {
    let key = key.expose_secret();
    if key.trim().is_empty() || HeaderValue::from_str(key).is_err() {
        return Err("the key is empty or holds what cannot stand in a header");
    }
    Ok(())
}

fn query_key(key: &SecretString) -> Result<(), &'static str> {
    let key = key.expose_secret();
    if key.trim().is_empty() || key.contains(char::is_control) {
        return Err("the key is empty or holds a control character");
    }
    Ok(())
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(..)", self.method())
    }
}
