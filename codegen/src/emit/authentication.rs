//! How callers of a crate authenticate.

use proc_macro2::TokenStream;
use quote::quote;
use serde::Serialize;

use super::literal;
use super::plan::{OperationPlan, Plan};
use crate::Settings;
use crate::dialect::{AuthFact, ClientFacts};

/// The ways to authenticate, as the runtime has them. Where calls are never made with credentials there are none.
pub fn schemes(facts: &ClientFacts) -> Vec<TokenStream> {
    if facts.auth == [AuthFact::None] && facts.oauth.is_none() {
        return Vec::new();
    }
    let scheme = |fact: &AuthFact| match fact {
        AuthFact::Basic => quote!(AuthScheme::Basic),
        AuthFact::BasicMd5 => quote!(AuthScheme::BasicMd5),
        AuthFact::Bearer => quote!(AuthScheme::Bearer),
        AuthFact::Header(name) => quote!(AuthScheme::Header(#name)),
        AuthFact::Query(name) => quote!(AuthScheme::Query(#name)),
        AuthFact::Signature => quote!(AuthScheme::Signature),
        AuthFact::None => quote!(AuthScheme::Optional),
    };
    facts.auth.iter().map(scheme).collect()
}

/// The operation that makes access tokens, if the docs have it.
pub fn token_operation<'p>(facts: &ClientFacts, plan: &'p Plan) -> Option<&'p OperationPlan> {
    let wanted = facts.oauth.as_ref()?.operation.as_str();
    let mut operations = plan.entities.iter().flat_map(|entity| &entity.operations);
    operations.find(|operation| operation.spec.id == wanted)
}

/// What a crate has methods for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a template asks for each")]
pub struct Takes {
    /// Anything that has a type of its own.
    any: bool,
    /// A user and a password.
    basic: bool,
    /// The MD5 of a password.
    basic_md5: bool,
    /// A token that the caller has.
    bearer: bool,
    /// A key in a header or in the query.
    key: bool,
}

impl Takes {
    pub fn of(facts: &ClientFacts) -> Self {
        let has = |is: fn(&AuthFact) -> bool| facts.auth.iter().any(is);
        Self {
            any: !schemes(facts).is_empty(),
            basic: has(|fact| matches!(fact, AuthFact::Basic | AuthFact::BasicMd5)),
            basic_md5: has(|fact| *fact == AuthFact::BasicMd5),
            bearer: has(|fact| *fact == AuthFact::Bearer),
            key: has(|fact| matches!(fact, AuthFact::Header(_) | AuthFact::Query(_))),
        }
    }
}

/// The call on a builder that gives it the credentials of examples; empty where there are none to give.
pub fn example(settings: &Settings, plan: &Plan) -> String {
    let example = &settings.manifest.example;
    let (user, password) = (literal(&example.user), literal(&example.password));
    let facts = &settings.dialect.client;
    let mut auth = facts.auth.iter();
    match auth.find(|fact| **fact != AuthFact::None) {
        Some(AuthFact::Basic | AuthFact::BasicMd5) => format!(".basic_auth({user}, {password})"),
        Some(AuthFact::Bearer) => format!(".bearer_token({password})"),
        Some(AuthFact::Header(_) | AuthFact::Query(_)) => format!(".api_key({password})"),
        None if token_operation(facts, plan).is_some() => {
            format!(".oauth({user}, {password})")
        }
        Some(AuthFact::Signature | AuthFact::None) | None => String::new(),
    }
}
