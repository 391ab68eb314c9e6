//! What the operations of an API have in common.

use crate::operation::Operation;

/// A family of hosts: the address that serves a group of operations in each cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostFamily {
    /// Its name, to which [`Operation::host`] refers.
    pub name: &'static str,
    /// For each cluster its address: a host, or a URL with a path below which all paths stand. A
    /// cluster named `*` stands for all that are not listed.
    pub clusters: &'static [(&'static str, &'static str)],
}

/// What the operations of an API have in common.
#[derive(Debug)]
pub struct Service {
    /// The families of hosts that serve them.
    pub hosts: &'static [HostFamily],
    /// The ways in which the API takes credentials, the usual one first; beside access tokens that are fetched. None at
    /// all: calls are sent without.
    pub auth: &'static [AuthScheme],
    /// How access tokens are made and sent, if the API has them.
    pub oauth: Option<&'static OauthScheme>,
    /// The headers that say on whose behalf a call is made: for what the next one holds, and for
    /// which one it is.
    pub attribution: Option<(&'static str, &'static str)>,
    /// The header that names the language of texts in replies.
    pub language: Option<&'static str>,
    /// The header in which the API names a request, for questions to its support.
    pub request_id: Option<&'static str>,
    /// The header `User-Agent` of clients that set no other.
    pub user_agent: &'static str,
    /// The keys down to the status where most replies have it; empty if there is no such place.
    pub status: &'static [&'static str],
    /// Where a refused call without a status says why, if there is such a place.
    pub faults: Option<Faults>,
    /// The members of an item that say which one it is. Outcomes that have them too are matched
    /// with the items that were sent.
    pub identity: &'static [&'static str],
    /// The codes that do not say whether the call, or the item, was executed.
    pub unknown_outcome: &'static [u32],
    /// The codes of whole calls that ask for fewer calls, whatever the HTTP status says.
    pub rate_limited: &'static [u32],
    /// The parameter of the query with which operations that have one choose a format; empty if none has.
    pub format_query: &'static str,
}

/// A way in which an API takes credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthScheme {
    /// A user and a password.
    Basic,
    /// The same with the MD5 of the password in its place, in hexadecimal digits.
    BasicMd5,
    /// A token that the caller has: `Authorization: Bearer …`.
    Bearer,
    /// A key in the header of this name.
    Header(&'static str),
    /// A key in the parameter of the query of this name.
    Query(&'static str),
    /// The caller signs each request, and sets the headers for that. The client asks for nothing.
    Signature,
    /// What needs credentials may be called without, too: the API gives less then.
    Optional,
}

/// Where the answer to a refused call says why: `{"errors": [{"code": 8015, "message": "…"}]}`.
///
/// Without [`accepted`](Self::accepted) only what HTTP calls the caller's fault is read so: beside an answer such a list may
/// be about a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Faults {
    /// The keys down to a list of objects, of which the first counts, or to an object.
    pub at: &'static [&'static str],
    /// The member that holds the code.
    pub code: &'static str,
    /// The member that says it in words.
    pub message: &'static str,
    /// The codes that mean success, if every answer has one, whatever HTTP says of it. An answer with another one is a
    /// refusal.
    pub accepted: &'static [&'static str],
}

/// How access tokens are made and sent.
#[derive(Debug)]
pub struct OauthScheme {
    /// The operation that makes one. It needs no authentication.
    pub operation: &'static Operation,
    /// The member of its body that holds the client's key.
    pub key: &'static str,
    /// The member of its body that holds the client's secret.
    pub secret: &'static str,
    /// The keys down to the token in its reply.
    pub token: &'static [&'static str],
    /// The keys down to the seconds for which the token is good.
    pub ttl: &'static [&'static str],
    /// The header in which calls send the token.
    pub header: &'static str,
}
