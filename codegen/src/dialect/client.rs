//! What a client sets for all calls.

use serde::Deserialize;

use super::auth::{self, AuthFact};
use crate::spec::Param;

/// What a client sets for all calls.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientFacts {
    /// How callers authenticate, beside access tokens that an operation makes; the usual way first.
    #[serde(default, deserialize_with = "auth::list")]
    pub auth: Vec<AuthFact>,
    /// The header in which the API names a request.
    #[serde(default, deserialize_with = "auth::header")]
    pub request_id: Option<String>,
    /// How access tokens are made and sent.
    pub oauth: Option<OauthFacts>,
    /// The headers that say on whose behalf a call is made.
    pub attribution: Option<AttributionFacts>,
    /// The header that names the language of texts in replies.
    pub language: Option<String>,
    /// Ways to authenticate with something that stands in the request itself.
    #[serde(default)]
    pub in_request: Vec<String>,
    /// Codes of whole calls that do not say what became of the call.
    #[serde(default)]
    pub unknown_outcome: Vec<u32>,
    /// Members of an item that say which one it is.
    #[serde(default)]
    pub identity: Vec<String>,
    /// Codes of whole calls that ask for fewer calls, whatever the HTTP status says.
    #[serde(default)]
    pub rate_limited: Vec<u32>,
}

impl ClientFacts {
    /// Whether a parameter of an operation that needs credentials is one of these: the client sets it.
    #[must_use]
    pub fn is_credential(&self, param: &Param) -> bool {
        self.auth.iter().any(|fact| fact.is_sent_as(param))
    }
}

/// How access tokens are made and sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OauthFacts {
    /// The operation that makes one.
    pub operation: String,
    /// Member of its body that holds the client's key.
    pub key: String,
    /// Member of its body that holds the client's secret.
    pub secret: String,
    /// Keys down to the token in its answer.
    pub token: Vec<String>,
    /// Keys down to the seconds for which the token is good.
    pub ttl: Vec<String>,
    /// The header in which calls send the token.
    pub header: String,
}

/// The headers that say on whose behalf a call is made.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributionFacts {
    /// The header that says what the other one names.
    pub kind: String,
    /// The header that names one.
    pub code: String,
}
