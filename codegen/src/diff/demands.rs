//! Compares rules on several parameters: what they demand, and what that means for calls that were fine.

use std::collections::BTreeSet;

use super::finder::{Finder, fact};
use super::leaf;
use super::rules::Rule;
use super::side::Side;
use crate::identity::{best, plain};
use crate::spec::{Entity, Operation, Rule as Demand};

/// The facts of a rule: what of, and whether all of them.
fn about(rule: &Demand) -> String {
    let list = |words: &str, names: &[String]| {
        (!names.is_empty()).then(|| format!("{words} {}", names.join(", ")))
    };
    let parts = [list("one of", &rule.one_of), list("all of", &rule.all_of)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let unless = rule.unless.as_ref();
    let unless = unless.map_or_else(String::new, |flag| format!(" unless {flag}"));
    format!("{}{unless}", parts.join("; "))
}

fn same(a: &Demand, b: &Demand) -> bool {
    about(a) == about(b) && a.when.is_some() == b.when.is_some()
}

/// Compares the rules of an operation.
pub fn compare(old: Side<'_>, new: Side<'_>, finder: &mut Finder<'_>) {
    let (olds, news) = (&old.operation.rules, &new.operation.rules);
    for rule in news {
        if let Some(before) = olds.iter().find(|other| same(other, rule)) {
            reworded(before, rule, finder);
        }
    }
    let left = |list: &'_ [Demand], others: &[Demand]| -> Vec<Demand> {
        let left = list
            .iter()
            .filter(|rule| !others.iter().any(|other| same(rule, other)));
        left.cloned().collect()
    };
    let (gone, fresh) = (left(olds, news), left(news, olds));
    let pairs = best(&gone, &fresh, 0.4, likeness);
    for (at, rule) in fresh.iter().enumerate() {
        let before = pairs.iter().find(|(_, b)| *b == at);
        match before.and_then(|(a, _)| gone.get(*a)) {
            Some(before) => finder.push(
                changed(before, rule),
                "rule",
                (fact(about(before)), Some(&before.source)),
                (fact(about(rule)), Some(&rule.source)),
            ),
            None => finder.push(
                if rule.unless.is_some() {
                    // It lifts what was asked of every call before.
                    Rule::ChoiceExtended
                } else if spares_old_calls(rule, old) {
                    Rule::RuleOnNewAdded
                } else {
                    Rule::RuleAdded
                },
                "rule",
                (None, None),
                (fact(about(rule)), Some(&rule.source)),
            ),
        }
    }
    for (at, rule) in gone.iter().enumerate() {
        if !pairs.iter().any(|(a, _)| *a == at) {
            finder.push(
                if rule.unless.is_some() {
                    // What it lifted is asked of every call now.
                    Rule::RuleChanged
                } else {
                    Rule::RuleRemoved
                },
                "rule",
                (fact(about(rule)), Some(&rule.source)),
                (None, None),
            );
        }
    }
}

fn reworded(before: &Demand, rule: &Demand, finder: &mut Finder<'_>) {
    let words = |rule: &Demand| format!("{} {}", rule.when.clone().unwrap_or_default(), rule.doc);
    let (old, new) = (words(before), words(rule));
    if !old.split_whitespace().eq(new.split_whitespace()) {
        finder.push(
            Rule::ConditionReworded,
            "rule",
            (fact(about(before)), Some(&before.source)),
            (fact(about(rule)), Some(&rule.source)),
        );
    }
}

fn names(rule: &Demand) -> BTreeSet<&str> {
    let all = rule.one_of.iter().chain(&rule.all_of);
    all.map(String::as_str).collect()
}

/// Rules that have most of their members in common are one rule that changed.
fn likeness(old: &Demand, new: &Demand) -> f64 {
    if old.when.is_some() != new.when.is_some()
        || old.unless != new.unless
        || old.one_of.is_empty() != new.one_of.is_empty()
    {
        return 0.0;
    }
    let (old, new) = (names(old), names(new));
    #[expect(clippy::cast_precision_loss, reason = "counts of names are small")]
    let share = |part: usize| part as f64 / old.union(&new).count().max(1) as f64;
    share(old.intersection(&new).count())
}

/// What it is for a rule to become another. With one more way to satisfy it, each call that did still does.
fn changed(old: &Demand, new: &Demand) -> Rule {
    let (before, after): (BTreeSet<_>, BTreeSet<_>) =
        (old.one_of.iter().collect(), new.one_of.iter().collect());
    let loosened = before.is_subset(&after) && old.all_of == new.all_of && !before.is_empty();
    if loosened {
        Rule::ChoiceExtended
    } else {
        Rule::RuleChanged
    }
}

/// Whether no call that was possible falls under the rule: it holds under a condition, and all that it asks for, or what
/// the condition is about, was not there. Without a condition it is asked of every call, whatever the members are.
fn spares_old_calls(rule: &Demand, old: Side<'_>) -> bool {
    let Some(when) = &rule.when else { return false };
    let known = known(old.entity, old.operation);
    let is_new = |name: &str| !known.contains(&plain(name.rsplit('.').next().unwrap_or(name)));
    let members = names(rule);
    let condition = when.split('`').nth(1);
    (!members.is_empty() && members.iter().all(|name| is_new(name)))
        || condition.is_some_and(is_new)
}

/// The names of all that an operation takes.
fn known(entity: &Entity, operation: &Operation) -> BTreeSet<String> {
    let params = operation.params.iter();
    let mut known: BTreeSet<String> = params.map(|param| plain(&param.name)).collect();
    if let Some(request) = &operation.request {
        leaf::names(entity, request, &mut known);
    }
    known
}
