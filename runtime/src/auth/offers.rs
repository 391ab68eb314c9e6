//! What an API says of credentials.

use super::AUTHORIZATION;
use crate::service::{AuthScheme, Service};

/// The ways in which an API takes credentials, as data of its service.
#[derive(Clone, Copy)]
pub(crate) struct Offers(pub(crate) &'static Service);

impl Offers {
    pub(super) fn schemes(self) -> impl Iterator<Item = AuthScheme> {
        self.0.auth.iter().copied()
    }

    /// Whether a call that is documented to need credentials must have some: not where there is no way to give any, where
    /// the caller signs it, or where it may do without.
    pub(crate) fn are_needed(self) -> bool {
        let free = |scheme| matches!(scheme, AuthScheme::Signature | AuthScheme::Optional);
        (!self.0.auth.is_empty() || self.0.oauth.is_some()) && !self.schemes().any(free)
    }

    /// Whether the client itself sets the header `Authorization`, so that nobody else may.
    pub(crate) fn own_authorization(self) -> bool {
        let own = |scheme| match scheme {
            AuthScheme::Basic | AuthScheme::BasicMd5 | AuthScheme::Bearer => true,
            AuthScheme::Header(name) => name.eq_ignore_ascii_case(AUTHORIZATION),
            _ => false,
        };
        self.schemes().any(own) && !self.schemes().any(|scheme| scheme == AuthScheme::Signature)
    }

    /// The parameters of the query that hold keys.
    pub(crate) fn query_keys(self) -> impl Iterator<Item = &'static str> {
        self.schemes().filter_map(|scheme| match scheme {
            AuthScheme::Query(name) => Some(name),
            _ => None,
        })
    }

    /// The headers that hold credentials.
    pub(crate) fn headers(self) -> impl Iterator<Item = &'static str> {
        let of_schemes = self.schemes().filter_map(|scheme| match scheme {
            AuthScheme::Header(name) => Some(name),
            _ => None,
        });
        let token = self.0.oauth.map(|scheme| scheme.header);
        std::iter::once(AUTHORIZATION)
            .chain(of_schemes)
            .chain(token)
    }

    /// The methods of a builder that take what the API takes, for messages: `basic_auth or oauth`.
    pub(crate) fn methods(self) -> String {
        let mut out: Vec<&str> = Vec::new();
        for scheme in self.schemes() {
            let methods: &[&str] = match scheme {
                AuthScheme::Basic => &["basic_auth"],
                AuthScheme::BasicMd5 => &["basic_auth", "basic_auth_md5"],
                AuthScheme::Bearer => &["bearer_token"],
                AuthScheme::Header(_) | AuthScheme::Query(_) => &["api_key"],
                AuthScheme::Signature => &["header, with a signature"],
                AuthScheme::Optional => &[],
            };
            let new: Vec<&str> = methods
                .iter()
                .copied()
                .filter(|method| !out.contains(method))
                .collect();
            out.extend(new);
        }
        out.extend(self.0.oauth.map(|_| "oauth"));
        match out.split_last() {
            None => "header, as its documentation names no way to authenticate".to_owned(),
            Some((last, [])) => (*last).to_owned(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
        }
    }
}
