//! Credentials, and the header that is made of them.

mod refusals;
mod token;

use std::fmt;
use std::fmt::Write as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use secrecy::{ExposeSecret as _, SecretString};

use crate::error::Error;
use crate::operation::OauthScheme;

pub(crate) use token::{Token, TokenSource};

/// The credentials of a client. `Debug` does not show them.
pub(crate) enum Auth {
    /// The value of the header is fixed.
    Basic(SecretString),
    /// The value of a header of its own is fetched, and fetched again before it ends.
    Oauth(Arc<TokenSource>),
}

impl Auth {
    /// Basic authentication as this API has it: the password is its MD5 in hexadecimal digits.
    ///
    /// # Errors
    /// Why they cannot be right, beginning with the name of the method that took them.
    pub(crate) fn basic(user: &str, password: &str) -> Result<Self, &'static str> {
        let mut digits = String::with_capacity(32);
        for byte in Md5::digest(password.as_bytes()) {
            // Writing to a `String` does not fail.
            let _ = write!(digits, "{byte:02x}");
        }
        Self::basic_md5(user, &digits)
    }

    /// The same with the MD5 of the password.
    ///
    /// # Errors
    /// As those of [`basic`](Self::basic).
    pub(crate) fn basic_md5(user: &str, md5: &str) -> Result<Self, &'static str> {
        if user.is_empty() || user.contains(':') || user.contains(char::is_control) {
            return Err(
                "basic_auth: the user name is empty or holds a colon or a control character",
            );
        }
        if md5.len() != 32 || !md5.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(
                "basic_auth_md5: an MD5 of 32 hexadecimal digits is wanted; basic_auth takes the \
                 password itself",
            );
        }
        let pair = SecretString::from(format!("{user}:{}", md5.to_ascii_lowercase()));
        let encoded = STANDARD.encode(pair.expose_secret());
        Ok(Self::Basic(SecretString::from(format!("Basic {encoded}"))))
    }

    /// Access tokens for a key and a secret.
    pub(crate) fn oauth(
        scheme: Option<&'static OauthScheme>,
        key: &str,
        secret: &str,
    ) -> Result<Self, Error> {
        let Some(scheme) = scheme else {
            return Err(Error::config("oauth: the API has no access tokens"));
        };
        if key.trim().is_empty() || secret.trim().is_empty() {
            return Err(Error::config("oauth: the key or the secret is empty"));
        }
        let source = TokenSource::new(scheme, key, secret);
        Ok(Self::Oauth(Arc::new(source)))
    }

    /// The value of the header `Authorization`, if it is known without asking.
    pub(crate) fn header(&self) -> Option<&str> {
        match self {
            Self::Basic(header) => Some(header.expose_secret()),
            Self::Oauth(_) => None,
        }
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Basic(_) => f.write_str("Basic(..)"),
            Self::Oauth(_) => f.write_str("Oauth(..)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILL1: &str = "Basic dGlsbDE6MjAyY2I5NjJhYzU5MDc1Yjk2NGIwNzE1MmQyMzRiNzA=";

    #[test]
    fn encodes_user_and_md5_without_a_blank() {
        assert_eq!(Auth::basic("till1", "123").unwrap().header(), Some(TILL1));
        let md5 = "202CB962AC59075B964B07152D234B70";
        assert_eq!(Auth::basic_md5("till1", md5).unwrap().header(), Some(TILL1));
    }

    #[test]
    fn refuses_what_cannot_be_right() {
        for (user, md5) in [
            ("", "202cb962ac59075b964b07152d234b70"),
            ("a:b", "202cb962ac59075b964b07152d234b70"),
            ("a\n", "202cb962ac59075b964b07152d234b70"),
            ("till1", "123"),
            ("till1", "202cb962ac59075b964b07152d234bxx"),
        ] {
            assert!(Auth::basic_md5(user, md5).is_err(), "{user}");
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        assert_eq!(
            format!("{:?}", Auth::basic("till1", "123").unwrap()),
            "Basic(..)"
        );
    }
}
