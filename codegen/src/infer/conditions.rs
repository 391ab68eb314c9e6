//! Rules that hold under a condition: those of marked groups, and those that descriptions state.

use std::collections::BTreeSet;

use super::meaning::Rules;
use super::resolved::Resolved;
use super::sentence::sentences;
use super::stage::source;
use crate::read::facts::{OperationFacts, Role};
use crate::sample::Tree;
use crate::slate::source::Sources;
use crate::spec::{Param, Rule};

/// The rules on groups under a condition.
pub fn rules(
    facts: &OperationFacts,
    rules: &[Rules],
    resolved: &[Resolved<'_>],
    params: &[Param],
    sources: &Sources,
) -> Vec<Rule> {
    let mut out = marked(facts, rules, resolved, sources);
    for rule in described(params) {
        add(&mut out, rule);
    }
    out
}

fn add(out: &mut Vec<Rule>, rule: Rule) {
    if !out.contains(&rule) {
        out.push(rule);
    }
}

/// The groups whose mark holds under a condition.
fn marked(
    facts: &OperationFacts,
    rules: &[Rules],
    resolved: &[Resolved<'_>],
    sources: &Sources,
) -> Vec<Rule> {
    let shown = shown(facts);
    let mut out = Vec::new();
    for (number, table) in rules.iter().enumerate() {
        for (mark, meaning) in &table.marks {
            if meaning.when.is_none() {
                continue;
            }
            let members: Vec<&Resolved<'_>> = resolved
                .iter()
                .filter(|param| param.table == number && param.row.mark == *mark)
                .collect();
            let rule = |one_of: Vec<&str>, all_of: Vec<&str>| Rule {
                one_of: owned(&one_of),
                all_of: owned(&all_of),
                when: meaning.when.clone(),
                unless: None,
                doc: meaning.said.text.clone(),
                source: source(meaning.said.span, sources),
            };
            let names: Vec<&str> = members.iter().map(|param| param.name.as_str()).collect();
            if names.is_empty() {
                continue;
            }
            if meaning.any {
                add(&mut out, rule(names, Vec::new()));
                continue;
            }
            let (alternatives, rest) = alternatives(&members, &shown);
            for group in alternatives {
                add(&mut out, rule(group, Vec::new()));
            }
            if !rest.is_empty() {
                add(&mut out, rule(Vec::new(), rest));
            }
        }
    }
    out
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Of members that one mark asks for, those of which any one is enough, as groups; and the others.
///
/// Either their descriptions say so, in the same words, or the documented requests have one or the other and never both.
fn alternatives<'p>(
    members: &[&'p Resolved<'_>],
    shown: &[BTreeSet<&str>],
) -> (Vec<Vec<&'p str>>, Vec<&'p str>) {
    let alike = |one: &Resolved<'_>, other: &Resolved<'_>| match either(&one.row.doc) {
        Some(words) => either(&other.row.doc) == Some(words),
        None => either(&other.row.doc).is_none() && exclude(&one.name, &other.name, shown),
    };
    let mut groups: Vec<Vec<&'p Resolved<'_>>> = Vec::new();
    for member in members {
        let group = groups
            .iter_mut()
            .find(|group| group.iter().all(|other| alike(other, member)));
        match group {
            Some(group) => group.push(member),
            None => groups.push(vec![member]),
        }
    }
    let (several, single): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.len() > 1);
    let names = |group: Vec<&'p Resolved<'_>>| -> Vec<&'p str> {
        group.iter().map(|param| param.name.as_str()).collect()
    };
    (
        several.into_iter().map(names).collect(),
        single.into_iter().flat_map(names).collect(),
    )
}

/// `either the number or the address is required`
fn either(doc: &str) -> Option<String> {
    sentences(doc).into_iter().find_map(|sentence| {
        let lower = sentence.to_lowercase();
        let (_, tail) = lower.split_once("either ")?;
        let asks = ["required", "mandatory", "needed"]
            .iter()
            .any(|word| tail.contains(word));
        (asks && tail.contains(" or ")).then(|| lower.clone())
    })
}

fn exclude(one: &str, other: &str, shown: &[BTreeSet<&str>]) -> bool {
    let has = |name: &str| shown.iter().any(|keys| keys.contains(name));
    let both = |keys: &BTreeSet<&str>| keys.contains(one) && keys.contains(other);
    has(one) && has(other) && !shown.iter().any(both)
}

/// The names in each object of the documented requests.
fn shown(facts: &OperationFacts) -> Vec<BTreeSet<&str>> {
    let mut out = Vec::new();
    for sample in &facts.samples {
        if sample.role == Role::Request
            && let Some(parsed) = &sample.parsed
        {
            for tree in &parsed.documents {
                objects(tree, &mut out);
            }
        }
    }
    out
}

fn objects<'t>(tree: &'t Tree, out: &mut Vec<BTreeSet<&'t str>>) {
    if let Tree::List(items) = tree {
        for item in items {
            objects(item, out);
        }
        return;
    }
    let members = tree.members();
    if !members.is_empty() {
        out.push(members.iter().map(|member| member.key.as_str()).collect());
    }
    for member in members {
        objects(&member.value, out);
    }
}

/// Groups of which a description says for which value of another parameter one is required: `Required for gift parcels.`,
/// where `gift` is a documented value.
fn described(params: &[Param]) -> Vec<Rule> {
    let mut out = Vec::new();
    for param in params {
        let Some((sentence, value)) = condition(&param.doc) else {
            continue;
        };
        let mut deciding = params.iter().filter_map(|other| {
            let known = other.values.iter();
            let value = known
                .into_iter()
                .find(|known| known.eq_ignore_ascii_case(value))?;
            (around(other, param) && other.name != param.name).then_some((&other.name, value))
        });
        // With two of them it is not clear which one is meant.
        let (Some((name, value)), None) = (deciding.next(), deciding.next()) else {
            continue;
        };
        let mut names: Vec<String> = params
            .iter()
            .filter(|other| other.source == param.source && other.place == param.place)
            .map(|other| other.name.clone())
            .collect();
        let (one_of, all_of) = if names.len() > 1 {
            (std::mem::take(&mut names), Vec::new())
        } else {
            (Vec::new(), names)
        };
        add(
            &mut out,
            Rule {
                one_of,
                all_of,
                when: Some(format!("when `{name}` is `{value}`")),
                unless: None,
                doc: sentence.to_owned(),
                source: param.source.clone(),
            },
        );
    }
    out
}

/// `Required for gift parcels` → `gift`.
fn condition(doc: &str) -> Option<(&str, &str)> {
    sentences(doc).into_iter().find_map(|sentence| {
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let [asks, "for", value, _] = words.as_slice() else {
            return None;
        };
        let asks = ["required", "mandatory"]
            .iter()
            .any(|word| asks.eq_ignore_ascii_case(word));
        asks.then(|| (sentence, value.trim_matches('`')))
    })
}

fn parent(param: &Param) -> Option<&str> {
    let at = param.at.as_deref()?;
    Some(at.rsplit_once('.').map_or("", |(parent, _)| parent))
}

/// Whether a parameter stands in the same object as another, or in one around it.
fn around(outer: &Param, inner: &Param) -> bool {
    outer.place == inner.place
        && match (parent(outer), parent(inner)) {
            (Some(outer), Some(inner)) => inner
                .strip_prefix(outer)
                .is_some_and(|rest| outer.is_empty() || rest.is_empty() || rest.starts_with('.')),
            (None, None) => true,
            _ => false,
        }
}
