//! Compares address, authentication, batch support, limits, effect and formats of operations.

use super::address::path;
use super::finder::{Finder, fact};
use super::rules::Rule;
use crate::dialect::Effect;
use crate::spec::{Alternative, Encoding, Operation};

fn yes(value: Option<bool>) -> Option<String> {
    value.map(|value| if value { "yes" } else { "no" }.to_owned())
}

/// Compares what an operation says of itself as a whole.
pub fn compare(a: &Operation, b: &Operation, finder: &mut Finder<'_>) {
    let (from, to) = (Some(&a.source), Some(&b.source));
    let mut differ = |rule: Rule, subject: &str, old: Option<String>, new: Option<String>| {
        if old != new {
            finder.push(rule, subject, (old, from), (new, to));
        }
    };
    differ(
        Rule::MethodChanged,
        "method",
        fact(&a.method),
        fact(&b.method),
    );
    differ(Rule::PathChanged, "path", fact(path(a)), fact(path(b)));
    differ(
        Rule::OperationHostChanged,
        "host",
        fact(&a.host),
        fact(&b.host),
    );
    let authenticates = |operation: &Operation| operation.auth.unwrap_or(true);
    let rule = if authenticates(a) == authenticates(b) {
        Rule::AuthStated
    } else {
        Rule::AuthChanged
    };
    differ(rule, "authentication", yes(a.auth), yes(b.auth));
    let rule = if a.auth_scheme.is_some() && b.auth_scheme.is_some() {
        Rule::AuthChanged
    } else {
        Rule::AuthStated
    };
    differ(
        rule,
        "authentication",
        a.auth_scheme.clone(),
        b.auth_scheme.clone(),
    );
    let rule = if a.batch.is_some() && b.batch.is_some() {
        Rule::BatchChanged
    } else {
        Rule::BatchStated
    };
    differ(rule, "batch support", yes(a.batch), yes(b.batch));
    differ(
        Rule::RateLimitChanged,
        "rate limit",
        yes(a.rate_limited),
        yes(b.rate_limited),
    );
    differ(
        Rule::RateLimitChanged,
        "rate limit",
        a.rate_limit.clone(),
        b.rate_limit.clone(),
    );
    let about = |effect: Effect| format!("{effect:?}").to_lowercase();
    let grade = |effect: Effect| match effect {
        Effect::Read => 0,
        Effect::Notify => 1,
        Effect::Write => 2,
    };
    let direction = |old: Effect, new: Effect| {
        if grade(new) > grade(old) {
            Rule::EffectGrew
        } else {
            Rule::EffectShrank
        }
    };
    differ(
        direction(a.effect, b.effect),
        "effect",
        fact(about(a.effect)),
        fact(about(b.effect)),
    );
    let mut conditions: Vec<&String> = a.effect_when.keys().chain(b.effect_when.keys()).collect();
    conditions.sort_unstable();
    conditions.dedup();
    for name in conditions {
        let of = |operation: &Operation| {
            operation
                .effect_when
                .get(name)
                .copied()
                .unwrap_or(operation.effect)
        };
        let known =
            |operation: &Operation| operation.effect_when.get(name).map(|effect| about(*effect));
        if of(a) != of(b) {
            differ(
                direction(of(a), of(b)),
                &format!("effect with `{name}`"),
                known(a),
                known(b),
            );
        }
    }
    for format in &b.formats {
        if !a.formats.contains(format) {
            differ(
                Rule::FormatAdded,
                "format",
                None,
                fact(format!("{format:?}").to_lowercase()),
            );
        }
    }
    for format in &a.formats {
        if !b.formats.contains(format) {
            differ(
                Rule::FormatRemoved,
                "format",
                fact(format!("{format:?}").to_lowercase()),
                None,
            );
        }
    }
    let query = |operation: &Operation| yes(Some(operation.format_query));
    differ(
        Rule::FormatQueryChanged,
        "format in the query",
        query(a),
        query(b),
    );
    let encoding = |operation: &Operation| {
        let encoding = operation.encoding.map(Encoding::name);
        encoding.map(str::to_owned)
    };
    differ(
        Rule::EncodingChanged,
        "form of the body",
        encoding(a),
        encoding(b),
    );
    let known =
        |list: &[Alternative], other: &Alternative| list.iter().any(|own| own.path == other.path);
    for other in b
        .alternatives
        .iter()
        .filter(|other| !known(&a.alternatives, other))
    {
        differ(
            Rule::AlternativeAdded,
            "alternative path",
            None,
            fact(&other.path),
        );
    }
    for other in a
        .alternatives
        .iter()
        .filter(|other| !known(&b.alternatives, other))
    {
        differ(
            Rule::AlternativeRemoved,
            "alternative path",
            fact(&other.path),
            None,
        );
    }
}
