//! Rules that the documented requests contradict.

use super::rule::{Need, Place, RulePlan};
use crate::infer::Content;
use crate::sample::Tree;

/// The rule as the documented requests have it.
pub fn shown(mut rule: RulePlan, samples: &[&Content], keys: &[String]) -> Option<RulePlan> {
    let Place::Body(parents, _) = &rule.place else {
        return Some(rule);
    };
    let path: Vec<&String> = keys.iter().chain(parents).collect();
    let mut places = Vec::new();
    let when = rule.when.as_ref().map(|(name, _)| name.as_str());
    for sample in samples {
        collect(&sample.tree, &path, when, None, &mut places);
    }
    if let Some((_, value)) = &rule.when {
        places.retain(|(_, there)| there.is_some_and(|there| there.eq_ignore_ascii_case(value)));
    }
    let absent = places.iter().any(|(object, _)| object.is_none());
    let objects: Vec<&Tree> = places
        .into_iter()
        .filter_map(|(object, _)| object)
        .collect();
    let there = |object: &Tree, name: &String| member(object, name).is_some();
    let filled =
        |object: &Tree, name: &String| member(object, name).is_some_and(|tree| !tree.is_empty());
    match rule.need {
        Need::OneOf => {
            let broken = objects
                .iter()
                .any(|object| !rule.names.iter().any(|name| filled(object, name)));
            if broken {
                return None;
            }
        }
        Need::All | Need::Named => {
            // An empty list is not sent: the docs show that none is needed.
            let none = |object: &Tree, name: &String| matches!(member(object, name), Some(Tree::List(items)) if items.is_empty());
            rule.names.retain(|name| {
                let mut all = objects.iter();
                all.all(|object| there(object, name) && !none(object, name))
            });
            let blank = objects
                .iter()
                .any(|object| rule.names.iter().any(|name| !filled(object, name)));
            if blank {
                rule.need = Need::Named;
            }
        }
        Need::AtLeast(_)
        | Need::AtMost(_)
        | Need::Integer
        | Need::Number
        | Need::Boolean
        | Need::Date => {}
    }
    if let Place::Body(_, needed) = &mut rule.place {
        *needed &= !absent;
    }
    (!rule.names.is_empty()).then_some(rule)
}

/// The member of a name, or of names with points between them.
pub fn member<'t>(tree: &'t Tree, name: &str) -> Option<&'t Tree> {
    tree.get(name).or_else(|| {
        let (outer, inner) = name.split_once('.')?;
        member(tree.get(outer)?, inner)
    })
}

pub fn text(tree: &Tree) -> Option<&str> {
    match tree {
        Tree::Text(text) | Tree::Number(text) => Some(text),
        _ => None,
    }
}

/// What is at a path, of a list every item: the object, if there is one, and what the nearest member of a name says that
/// stands in it or around it.
pub fn collect<'t>(
    tree: &'t Tree,
    path: &[&String],
    when: Option<&str>,
    around: Option<&'t str>,
    out: &mut Vec<(Option<&'t Tree>, Option<&'t str>)>,
) {
    if let Tree::List(items) = tree {
        for item in items {
            collect(item, path, when, around, out);
        }
        return;
    }
    let own = when.and_then(|name| tree.get(name)).and_then(text);
    let around = own.or(around);
    match (tree, path.split_first()) {
        (Tree::Object(_), None) => out.push((Some(tree), around)),
        (Tree::Object(_), Some((key, rest))) => match tree.get(key) {
            Some(inside) => collect(inside, rest, when, around, out),
            None => out.push((None, around)),
        },
        _ => out.push((None, around)),
    }
}
