//! Compares what is common to all operations.

use super::finder::{Finder, fact};
use super::rules::Rule;
use super::{codes, params};
use crate::dialect::Dialect;
use crate::emit;
use crate::identity::{best, words};
use crate::spec::{Api, AuthScheme, HostFamily, Param};

/// Compares hosts, ways to authenticate, headers and codes.
pub fn compare(old: &Api, new: &Api, dialect: &Dialect, finder: &mut Finder<'_>) {
    if old.title != new.title {
        finder.push(
            Rule::ApiRetitled,
            "API",
            (fact(&old.title), None),
            (fact(&new.title), None),
        );
    }
    if old.version != new.version {
        finder.push(
            Rule::ApiVersionChanged,
            "API",
            (old.version.clone(), None),
            (new.version.clone(), None),
        );
    }
    for (name, family) in &new.hosts {
        let subject = format!("hosts `{name}`");
        match old.hosts.get(name) {
            Some(before) => hosts(name, before, family, finder),
            None => finder.push(
                Rule::HostFamilyAdded,
                subject,
                (None, None),
                (fact(&family.url), family.source.as_ref()),
            ),
        }
    }
    for (name, family) in &old.hosts {
        if !new.hosts.contains_key(name) {
            finder.push(
                Rule::HostFamilyRemoved,
                format!("hosts `{name}`"),
                (fact(&family.url), family.source.as_ref()),
                (None, None),
            );
        }
    }
    schemes(&old.auth, &new.auth, finder);
    let token = dialect.client.oauth.as_ref().map(|oauth| &oauth.header);
    let by_client = |header: &Param| {
        emit::is_set_by_client(header)
            || dialect.client.is_credential(header)
            || token.is_some_and(|token| token.eq_ignore_ascii_case(&header.name))
    };
    params::compare(
        &old.headers,
        &new.headers,
        by_client,
        (false, false),
        finder,
    );
    codes::compare(&old.codes, &new.codes, &Vec::new(), finder);
}

fn hosts(name: &str, old: &HostFamily, new: &HostFamily, finder: &mut Finder<'_>) {
    let (from, to) = (old.source.as_ref(), new.source.as_ref());
    if old.url != new.url {
        finder.push(
            Rule::HostChanged,
            format!("hosts `{name}`"),
            (fact(&old.url), from),
            (fact(&new.url), to),
        );
    }
    for (cluster, host) in &new.clusters {
        let subject = format!("cluster `{name}.{cluster}`");
        match old.clusters.get(cluster) {
            None => finder.push(Rule::ClusterAdded, subject, (None, from), (fact(host), to)),
            Some(before) if before != host => {
                finder.push(
                    Rule::HostChanged,
                    subject,
                    (fact(before), from),
                    (fact(host), to),
                );
            }
            Some(_) => {}
        }
    }
    for (cluster, host) in &old.clusters {
        if !new.clusters.contains_key(cluster) {
            let subject = format!("cluster `{name}.{cluster}`");
            finder.push(
                Rule::ClusterRemoved,
                subject,
                (fact(host), from),
                (None, to),
            );
        }
    }
}

/// A section on authentication that says no way that is known.
const OTHER: &str = "other";

/// Texts with more of their words in common are one text.
const SAME_TEXT: f64 = 0.6;

fn schemes(old: &[AuthScheme], new: &[AuthScheme], finder: &mut Finder<'_>) {
    // Several sections may describe one scheme. Those of one title belong together, then those with more of the same
    // words, and each to one. What says no known way goes with what has its title or its text, whatever way that says.
    let pairs = best(old, new, 0.0, |a, b| {
        let (titled, alike) = (a.title == b.title, words(&a.doc, &b.doc));
        let open = a.kind == OTHER || b.kind == OTHER;
        let same = if open {
            (titled && a.kind == b.kind) || alike > SAME_TEXT
        } else {
            a.kind == b.kind
        };
        if same {
            f64::from(u8::from(titled)) + alike / 2.0
        } else {
            -1.0
        }
    });
    let subject = |scheme: &AuthScheme| format!("authentication `{}`", scheme.kind);
    for (at, scheme) in new.iter().enumerate() {
        let before = pairs.iter().find(|(_, new)| *new == at);
        let to = Some(&scheme.source);
        match before.and_then(|(old_at, _)| old.get(*old_at)) {
            Some(before) if before.kind == scheme.kind || before.title == scheme.title => {
                let from = (&*before.doc, Some(&before.source));
                finder.reworded(&subject(scheme), from, (&scheme.doc, to));
            }
            Some(before) => finder.push(
                Rule::Reworded,
                subject(scheme),
                (fact(&before.title), Some(&before.source)),
                (fact(&scheme.title), to),
            ),
            None => finder.push(
                Rule::AuthSchemeAdded,
                subject(scheme),
                (None, None),
                (fact(&scheme.title), to),
            ),
        }
    }
    for (at, scheme) in old.iter().enumerate() {
        if pairs.iter().any(|(old, _)| *old == at) {
            continue;
        }
        // With a section that says no way, a way goes only where nothing else says one.
        let is_way = scheme.kind != OTHER || new.is_empty();
        let rule = if is_way {
            Rule::AuthSchemeRemoved
        } else {
            Rule::Reworded
        };
        finder.push(
            rule,
            subject(scheme),
            (fact(&scheme.title), Some(&scheme.source)),
            (None, None),
        );
    }
}
