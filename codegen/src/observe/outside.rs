//! What is in traffic beside calls of the API: a browser loads pages, and asks before it calls; clients send headers of their
//! own.

use std::collections::{BTreeMap, BTreeSet};

use super::counts::Bounded;
use super::found::HIDDEN;
use super::{Exchange, found};
use crate::dialect::{AuthFact, Dialect};
use crate::shown;
use crate::spec::{In, Operation, Spec};

/// So many hosts are told apart.
const MOST_HOSTS: usize = 100;

/// What was counted of a host.
#[derive(Default)]
pub(super) struct Host {
    /// Calls to paths that operations have.
    matched: u64,
    /// Calls to other paths.
    nowhere: Bounded,
}

/// What was counted by host.
#[derive(Default)]
pub(super) struct HostCounts {
    hosts: BTreeMap<Box<str>, Host>,
}

impl HostCounts {
    fn host(&mut self, name: &str) -> &mut Host {
        let name = name.to_ascii_lowercase();
        let is_kept = self.hosts.len() < MOST_HOSTS || self.hosts.contains_key(name.as_str());
        let name = if is_kept { name.as_str() } else { HIDDEN };
        self.hosts.entry(name.into()).or_default()
    }

    pub(super) fn matched(&mut self, name: Option<&str>) {
        if let Some(name) = name {
            self.host(name).matched += 1;
        }
    }

    pub(super) fn nowhere(&mut self, name: &str, call: &str) {
        self.host(name).nowhere.add(call, 1);
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (name, more) in other.hosts {
            let own = self.host(&name);
            own.matched += more.matched;
            own.nowhere.merge_all(more.nowhere);
        }
    }

    /// The calls to paths that no operation has, at hosts of the API, and how many there were to other hosts. Hosts of the
    /// API are those of the spec, and that to which most calls were that operations have. As long as there is none, nobody
    /// knows which it is.
    pub(super) fn sorted(&self, of_api: &BTreeSet<String>) -> (Bounded, u64) {
        let most = self.hosts.values().map(|host| host.matched).max();
        let most = most.filter(|count| *count > 0);
        let is_known =
            |name: &str, host: &Host| of_api.contains(name) || Some(host.matched) == most;
        let any = self.hosts.iter().any(|(name, host)| is_known(name, host));
        let (mut paths, mut others) = (Bounded::default(), 0);
        for (name, host) in &self.hosts {
            for (call, count) in &host.nowhere.counts {
                if !any || is_known(name, host) {
                    paths.add(call, *count);
                } else {
                    others += count;
                }
            }
        }
        (paths, others)
    }
}

/// The hosts of a spec, without placeholders.
pub(super) fn hosts(spec: &Spec) -> BTreeSet<String> {
    let hosts = shown::hosts(spec).filter_map(|host| host.split('/').next());
    hosts
        .filter(|host| !host.is_empty() && !host.contains(['{', '<']))
        .map(str::to_ascii_lowercase)
        .collect()
}

/// The host of a URL, without what stands before and behind it.
pub(super) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let rest = rest.get(..end)?;
    let rest = rest.rsplit('@').next()?;
    let host = rest.rsplit_once(':').map_or(rest, |(host, port)| {
        let is_port = port.bytes().all(|byte| byte.is_ascii_digit());
        if is_port { host } else { rest }
    });
    (!host.is_empty()).then_some(host)
}

/// Whether a browser asks by it if it may call.
pub(super) fn is_preflight(exchange: &Exchange<'_>) -> bool {
    exchange.method.eq_ignore_ascii_case("OPTIONS")
}

/// The headers that need no docs, in small letters: those of HTTP clients, of browsers, and of what passes calls on.
const USUAL: [&str; 42] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "authorization",
    "baggage",
    "cache-control",
    "connection",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-md5",
    "content-type",
    "cookie",
    "date",
    "dnt",
    "expect",
    "forwarded",
    "from",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-unmodified-since",
    "keep-alive",
    "origin",
    "postman-token",
    "pragma",
    "priority",
    "proxy-authorization",
    "proxy-connection",
    "range",
    "referer",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "upgrade-insecure-requests",
    "user-agent",
    "via",
    "x-requested-with",
];
/// How such headers begin, where there are many.
const USUAL_STARTS: [&str; 8] = [
    ":",
    "access-control-",
    "cf-",
    "sec-",
    "trace",
    "x-amzn-",
    "x-b3-",
    "x-forwarded-",
];

/// The headers that the docs of an operation have, or all operations.
pub(super) fn headers(spec: &Spec, dialect: &Dialect, operation: &Operation) -> BTreeSet<String> {
    let client = &dialect.client;
    let own = operation.params.iter().chain(&spec.api.headers);
    let own = own
        .filter(|param| param.place == In::Header)
        .map(|param| param.name.as_str());
    let auth = client.auth.iter().filter_map(|fact| match fact {
        AuthFact::Header(name) => Some(name.as_str()),
        _ => None,
    });
    let attribution = client.attribution.iter();
    let set = [&client.language, &client.request_id].into_iter().flatten();
    own.chain(auth)
        .chain(attribution.flat_map(|facts| [facts.kind.as_str(), facts.code.as_str()]))
        .chain(set.map(String::as_str))
        .chain(client.oauth.iter().map(|facts| facts.header.as_str()))
        .map(str::to_ascii_lowercase)
        .collect()
}

/// The headers of a request that nobody knows, in small letters, and what their values look like.
pub(super) fn strange<'e>(
    exchange: &'e Exchange<'_>,
    known: &'e BTreeSet<String>,
) -> impl Iterator<Item = (String, found::Found)> + 'e {
    exchange.request_headers.iter().filter_map(|(name, value)| {
        let name = name.to_ascii_lowercase();
        let is_usual = USUAL.contains(&name.as_str())
            || USUAL_STARTS.iter().any(|start| name.starts_with(start));
        (!is_usual && !known.contains(&name)).then(|| (name, found::of_text(value.as_bytes())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_stand_before_the_path() {
        for (url, wanted) in [
            ("https://eu.example.com/v1?a=//b", Some("eu.example.com")),
            ("http://tom:secret@h:8080", Some("h")),
            ("https://h?x", Some("h")),
            ("https://[::1]/x", Some("[::1]")),
            ("/v1.1/x?to=https", None),
            ("https:///x", None),
        ] {
            assert_eq!(host(url), wanted, "{url}");
        }
    }
}
