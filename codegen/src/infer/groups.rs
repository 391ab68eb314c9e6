//! Of which parameters one has to be there: all names under one mark, `either … or`, `any one of the following`.

use super::context::Context;
use super::meaning::Rules;
use super::resolved::{Presence, Resolved};
use crate::claims::Witness;
use crate::slate::source::Span;
use crate::spec::{In, Required};

/// Makes pairs of rows and their alternatives that have none. Returns the names of these rows.
fn join_claims(out: &mut [Resolved<'_>], rules: &Rules) -> Vec<String> {
    let mut partners = Vec::new();
    for claim in &rules.pairs {
        let rows = out.iter_mut();
        let rows =
            rows.filter(|param| param.sent.place == In::Query && param.name == claim.partner);
        for param in rows {
            spoken(param, claim.said.span);
            param.group = vec![claim.name.clone(), claim.partner.clone()];
            partners.push(claim.partner.clone());
        }
    }
    partners
}

/// A sentence says of a parameter that one of its group has to be there.
fn spoken(param: &mut Resolved<'_>, span: Span) {
    param.presence = Presence {
        required: Required::OneOf,
        by: Witness::Sentence,
        span,
        step: Presence::SENTENCE,
    };
}

/// Completes the groups of a table.
pub fn groups(out: &mut [Resolved<'_>], context: &Context<'_>, table: usize) {
    let rules = &context.rules[table];
    for (mark, meaning) in &rules.marks {
        if meaning.any {
            let marked = |param: &&mut Resolved<'_>| param.row.mark == *mark;
            join(out, marked);
        }
    }
    let alone = |param: &&mut Resolved<'_>| param.in_group() && param.group.is_empty();
    join(out, alone);
    for (names, said) in &rules.either {
        let named = |param: &&mut Resolved<'_>| !param.expanded && names.contains(&param.name);
        for param in out.iter_mut().filter(named) {
            spoken(param, said.span);
            param.group.clone_from(names);
        }
    }
    let partners = join_claims(out, rules);
    if let Some(said) = &rules.any_of_all {
        if partners.is_empty() {
            for param in out.iter_mut() {
                spoken(param, said.span);
            }
            join(out, |_| true);
        } else {
            // Who passes one of the pair passes any one of all: of the others none is needed, unless their own row
            // says so and the request that is shown has one of them.
            let needed: Vec<Span> = out
                .iter()
                .filter(|param| {
                    !param.row.mark.is_empty() && context.query_key(&param.name).is_some()
                })
                .map(|param| param.row.span)
                .collect();
            let rest = out.iter_mut();
            let rest = rest.filter(|param| !needed.contains(&param.row.span));
            for param in rest.filter(|param| !partners.contains(&param.name)) {
                spoken(param, said.span);
                param.presence.required = Required::False;
                param.group.clear();
            }
        }
    }
    spell(out);
}

/// Makes one group of some parameters.
fn join(out: &mut [Resolved<'_>], of: impl Fn(&&mut Resolved<'_>) -> bool) {
    let members = out.iter_mut().filter(&of);
    let all: Vec<String> = members.map(|param| param.name.clone()).collect();
    for param in out.iter_mut().filter(of) {
        param.group.clone_from(&all);
    }
}

/// Spells the names of groups as the parameters do, each once.
fn spell(out: &mut [Resolved<'_>]) {
    let spelt: Vec<String> = out.iter().map(|param| param.name.clone()).collect();
    for param in out {
        for name in &mut param.group {
            if let Some(own) = spelt.iter().find(|own| own.eq_ignore_ascii_case(name)) {
                own.clone_into(name);
            }
        }
        let mut seen: Vec<String> = Vec::new();
        param.group.retain(|name| {
            let new = !seen.contains(name);
            seen.push(name.clone());
            new
        });
        if param.group.len() < 2 && param.in_group() {
            param.presence = param.presence.but(Required::True, Presence::ALONE);
            param.group.clear();
        }
    }
}
