//! What a second sending of a request would do.

use indexmap::IndexMap;

use crate::claims::{Basis, Decision, Step};
use crate::dialect::{Dialect, Effect};
use crate::spec::{In, Param, Spec};

/// The effect of an operation, and the query parameters that change it. What only reads by its method, and the method is a
/// guess, may do anything.
#[must_use]
pub fn effect(
    (method, basis): (&str, Basis),
    path: &str,
    params: &[Param],
    dialect: &Dialect,
) -> (Effect, IndexMap<String, Effect>) {
    let lower = path.to_lowercase();
    let effect = dialect
        .effects
        .iter()
        .find(|rule| {
            let by_method = rule
                .method
                .as_ref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
            let by_path =
                rule.path.is_empty() || rule.path.iter().any(|end| lower.ends_with(end.as_str()));
            by_method && by_path
        })
        .filter(|rule| basis != Basis::Assumed || rule.method.is_none())
        .map_or(Effect::Write, |rule| rule.effect);
    let mut when = IndexMap::new();
    for rule in &dialect.effect_when {
        for name in &rule.query {
            if effect == Effect::Read
                && params
                    .iter()
                    .any(|param| param.place == In::Query && param.name == *name)
            {
                when.insert(name.clone(), rule.effect);
            }
        }
    }
    (effect, when)
}

/// Names in `effect_when` of the dialect that no operation has in its query: a parameter that was renamed, perhaps. A call
/// that it is about counts as one that only reads, and is sent again.
#[must_use]
pub fn unheard<'d>(dialect: &'d Dialect, spec: &Spec) -> Vec<&'d str> {
    let operations = spec.entities.iter().flat_map(|entity| &entity.operations);
    let params: Vec<&Param> = operations.flat_map(|operation| &operation.params).collect();
    let known = |name: &str| {
        let mut all = params.iter();
        all.any(|param| param.place == In::Query && param.name == name)
    };
    let names = dialect.effect_when.iter().flat_map(|rule| &rule.query);
    names
        .map(String::as_str)
        .filter(|name| !known(name))
        .collect()
}

/// The decision on an effect: it rests on what the method rests on.
#[must_use]
pub fn decision(effect: Effect, method: &Decision) -> Decision {
    const RULES: Step = Step {
        name: "effects of the dialect",
        text: "the first rule of `effects` that fits method and path; a method that nobody states is never a read",
    };
    Decision {
        value: format!("{effect:?}").to_lowercase(),
        step: RULES,
        ..method.clone()
    }
}
