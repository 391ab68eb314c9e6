//! Compares what is common to all operations.

use super::finder::{Finder, fact};
use super::rules::Rule;
use super::{codes, params};
use crate::identity::{best, words};
use crate::spec::{Api, AuthScheme, HostFamily};

/// Compares hosts, ways to authenticate, headers and codes.
pub fn compare(old: &Api, new: &Api, finder: &mut Finder<'_>) {
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
    params::compare(
        &old.headers,
        &new.headers,
        |_| false,
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

fn schemes(old: &[AuthScheme], new: &[AuthScheme], finder: &mut Finder<'_>) {
    // Several sections may describe one scheme. Those of one title belong together, then those with more of the same
    // words, and each to one.
    let pairs = best(old, new, 0.0, |a, b| {
        let titled = a.title == b.title;
        if a.kind != b.kind || (a.kind == "other" && !titled) {
            return -1.0;
        }
        f64::from(u8::from(titled)) + words(&a.doc, &b.doc) / 2.0
    });
    let subject = |scheme: &AuthScheme| format!("authentication `{}`", scheme.kind);
    for (at, scheme) in new.iter().enumerate() {
        let before = pairs.iter().find(|(_, new)| *new == at);
        match before.and_then(|(old_at, _)| old.get(*old_at)) {
            Some(before) => finder.reworded(
                &subject(scheme),
                (&before.doc, Some(&before.source)),
                (&scheme.doc, Some(&scheme.source)),
            ),
            None => finder.push(
                Rule::AuthSchemeAdded,
                subject(scheme),
                (None, None),
                (fact(&scheme.title), Some(&scheme.source)),
            ),
        }
    }
    for (at, scheme) in old.iter().enumerate() {
        if !pairs.iter().any(|(old, _)| *old == at) {
            finder.push(
                Rule::AuthSchemeRemoved,
                subject(scheme),
                (fact(&scheme.title), Some(&scheme.source)),
                (None, None),
            );
        }
    }
}
