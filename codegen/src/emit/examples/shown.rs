//! Which members of an object an example has: what has to be there, and what the sample shows.

use super::super::plan::{FieldPlan, Ty};
use super::super::rule::{Need, RulePlan};
use super::scalar::text;
use super::values::readable;
use crate::sample::Tree;

/// A struct under construction.
pub struct Object<'a, 't> {
    pub fields: &'a [FieldPlan],
    pub tree: Option<&'t Tree>,
    pub path: &'a [String],
    pub depth: usize,
}

/// Adds what a rule on the members of an object asks for.
pub fn ask<'f>(rule: &RulePlan, object: &Object<'f, '_>, must: &mut Vec<&'f str>, may: &[&str]) {
    let named = || {
        object
            .fields
            .iter()
            .filter(|field| rule.names.contains(&field.wire))
    };
    match rule.need {
        Need::OneOf => {
            let there = |field: &&FieldPlan| {
                let wire = field.wire.as_str();
                must.contains(&wire) || may.contains(&wire)
            };
            let known = named()
                .find(there)
                .or_else(|| named().find(|field| shown(object, field).is_some()))
                .or_else(|| named().next());
            must.extend(known.map(|field| field.wire.as_str()));
        }
        Need::All | Need::Named => must.extend(named().map(|field| field.wire.as_str())),
        _ => {}
    }
}

/// What the sample shows of a member: the text of a scalar, or nothing in particular of what is not empty.
pub fn shown<'t>(object: &Object<'_, 't>, field: &FieldPlan) -> Option<&'t str> {
    let tree = follow(object.tree?, &keys(field))?;
    match tree {
        Tree::Text(_) | Tree::Number(_) | Tree::Bool(_) => text(tree).and_then(readable),
        other => (!other.is_empty()).then_some(""),
    }
}

/// How many scalars the sample has in a member.
pub fn weight(object: &Object<'_, '_>, field: &FieldPlan) -> usize {
    fn leaves(tree: &Tree) -> usize {
        match tree {
            Tree::List(items) => items.first().map_or(0, leaves),
            Tree::Object(members) => members.iter().map(|member| leaves(&member.value)).sum(),
            Tree::Null => 0,
            Tree::Bool(_) | Tree::Number(_) | Tree::Text(_) => 1,
        }
    }
    let tree = object.tree.and_then(|tree| follow(tree, &keys(field)));
    tree.map_or(0, leaves)
}

pub fn holds_struct(ty: &Ty) -> bool {
    match ty {
        Ty::Struct(_) => true,
        Ty::List(inner) => holds_struct(inner),
        _ => false,
    }
}

/// The keys from an object to a member.
pub fn keys(field: &FieldPlan) -> Vec<String> {
    std::iter::once(&field.wire)
        .chain(&field.wrappers)
        .cloned()
        .collect()
}

/// The tree at a path; of lists on the way the first item.
pub fn follow<'t>(tree: &'t Tree, keys: &[String]) -> Option<&'t Tree> {
    keys.iter()
        .try_fold(tree, |tree, key| first(tree)?.get(key))
}

/// The tree itself, or the first item of a list.
pub fn first(tree: &Tree) -> Option<&Tree> {
    match tree {
        Tree::List(items) => items.first(),
        other => Some(other),
    }
}
