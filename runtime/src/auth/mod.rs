//! Credentials, and what is put into requests of them.

mod credentials;
mod offers;
mod refusals;
mod token;

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;

pub(crate) use credentials::Credentials;
pub(crate) use offers::Offers;
pub(crate) use token::{Token, TokenSource};

/// The header of HTTP for credentials.
pub(crate) const AUTHORIZATION: &str = "Authorization";

/// The credentials of a client, as an API takes them. `Debug` does not show them.
pub(crate) enum Auth {
    /// A header of this name. Its value is fixed.
    Header(&'static str, SecretString),
    /// A parameter of the query of this name.
    Query(&'static str, SecretString),
    /// The value of a header of its own is fetched, and fetched again before it ends.
    Oauth(Arc<TokenSource>),
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name, _) => write!(f, "Header({name}, ..)"),
            Self::Query(name, _) => write!(f, "Query({name}, ..)"),
            Self::Oauth(_) => f.write_str("Oauth(..)"),
        }
    }
}
