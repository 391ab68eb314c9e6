//! What goes with every call: credentials as security schemes, common headers as parameters.

use serde_json::{Value, json};

use super::context::Context;
use super::object::{Object, key, markdown, source};
use super::parameter;
use crate::dialect::AuthFact;
use crate::spec::{AuthScheme, Operation, Param};

/// Headers that OpenAPI describes by other means: as parameters they would be ignored.
const OWN_MEANS: &[&str] = &["accept", "content-type", "authorization"];

pub fn is_parameter(name: &str) -> bool {
    !OWN_MEANS.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// The security schemes. A token that is asked for with a key and a secret of one's own, in JSON, is no OAuth 2.0 flow
/// as OpenAPI means it: it is a key in a header, and an extension says where it comes from.
pub fn schemes(context: &Context<'_>) -> Object {
    let mut out = Object::new();
    let mut facts = unsaid(context);
    for scheme in &context.spec.api.auth {
        let mut value = match (scheme.kind.as_str(), &context.dialect.client.oauth) {
            ("basic", _) => json!({ "type": "http", "scheme": "basic" }),
            ("oauth", Some(oauth)) => json!({
                "type": "apiKey",
                "in": "header",
                "name": oauth.header,
                "x-slate-token": {
                    "operation": oauth.operation,
                    "key": oauth.key,
                    "secret": oauth.secret,
                    "token": oauth.token,
                    "ttl": oauth.ttl,
                },
            }),
            ("oauth", None) => json!({ "type": "http", "scheme": "bearer" }),
            _ if !facts.is_empty() => by_dialect(facts.remove(0)).1,
            // No scheme of OpenAPI; what the docs say stands in the description of a header.
            _ => json!({ "type": "apiKey", "in": "header", "name": "Authorization" }),
        };
        if let Some(value) = value.as_object_mut() {
            let text = format!("{}\n\n{}", markdown(&scheme.title), markdown(&scheme.doc));
            value.insert("description".to_owned(), json!(text.trim()));
            value.insert("x-slate-source".to_owned(), source(&scheme.source));
        }
        out.insert(unique(&name(scheme), &out), value);
    }
    for fact in facts {
        let (name, value) = by_dialect(fact);
        out.insert(unique(&name, &out), value);
    }
    out
}

/// The ways of the dialect that OpenAPI can say, and that no section of the docs names by its kind.
fn unsaid<'c>(context: &'c Context<'_>) -> Vec<&'c AuthFact> {
    let has_basic = context
        .spec
        .api
        .auth
        .iter()
        .any(|scheme| scheme.kind == "basic");
    let facts = context.dialect.client.auth.iter();
    facts
        .filter(|fact| match fact {
            AuthFact::Basic | AuthFact::BasicMd5 => !has_basic,
            AuthFact::Bearer | AuthFact::Header(_) | AuthFact::Query(_) => true,
            AuthFact::Signature | AuthFact::None => false,
        })
        .collect()
}

fn by_dialect(fact: &AuthFact) -> (String, Value) {
    match fact {
        AuthFact::Header(name) => (
            key(name),
            json!({ "type": "apiKey", "in": "header", "name": name }),
        ),
        AuthFact::Query(name) => (
            key(name),
            json!({ "type": "apiKey", "in": "query", "name": name }),
        ),
        AuthFact::Bearer => (
            "bearer".to_owned(),
            json!({ "type": "http", "scheme": "bearer" }),
        ),
        _ => (
            "basic".to_owned(),
            json!({ "type": "http", "scheme": "basic" }),
        ),
    }
}

fn name(scheme: &AuthScheme) -> String {
    match scheme.kind.as_str() {
        "basic" | "oauth" => scheme.kind.clone(),
        _ => key(&scheme.title),
    }
}

fn unique(name: &str, taken: &Object) -> String {
    let mut number = 1;
    let mut unique = name.to_owned();
    while taken.contains_key(&unique) {
        number += 1;
        unique = format!("{name}-{number}");
    }
    unique
}

/// What an operation asks for, where that is not what all do.
pub fn security(context: &Context<'_>, operation: &Operation) -> Option<Value> {
    let in_request = operation.auth_scheme.as_ref().is_some_and(|scheme| {
        let scheme = scheme.to_lowercase();
        context.dialect.client.in_request.contains(&scheme)
    });
    if operation.auth == Some(false) || in_request {
        return Some(json!([]));
    }
    let wanted = operation.auth_scheme.as_deref()?.to_lowercase();
    let schemes = schemes(context);
    let (name, _) = schemes
        .iter()
        .find(|(name, _)| wanted.contains(&name.to_lowercase()))?;
    Some(json!([{ name.as_str(): [] }]))
}

/// The headers that every call may carry, with their keys below `components/parameters`.
fn common<'c>(context: &'c Context<'_>) -> impl Iterator<Item = (String, &'c Param)> {
    let token = context
        .dialect
        .client
        .oauth
        .as_ref()
        .map(|oauth| &oauth.header);
    context
        .spec
        .api
        .headers
        .iter()
        .filter(move |header| is_parameter(&header.name) && Some(&header.name) != token)
        .map(|header| (key(&header.name), header))
}

pub fn components(context: &Context<'_>) -> Object {
    let mut out = Object::new();
    for (key, header) in common(context) {
        out.entry(key)
            .or_insert_with(|| parameter::parameter(header, None));
    }
    out
}

/// References to the common headers that an operation does not describe itself.
pub fn references(context: &Context<'_>, operation: &Operation) -> Vec<Value> {
    let mut keys: Vec<String> = common(context)
        .filter(|(_, header)| {
            let own = |param: &Param| param.name.eq_ignore_ascii_case(&header.name);
            !operation.params.iter().any(own)
        })
        .map(|(key, _)| key)
        .collect();
    keys.dedup();
    let reference = |key: String| json!({ "$ref": format!("#/components/parameters/{key}") });
    keys.into_iter().map(reference).collect()
}
