//! What a request has to hold beyond what its types ask for: the rules that a client checks before it sends.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{OperationPlan, Plan, is_set_by_client};
use crate::infer::Content;
use crate::sample::Tree;
use crate::spec::{In, Operation, Param, Required, Role};
use indexmap::IndexMap;

/// Where the parameters of a rule are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the query.
    Query,
    /// As headers.
    Header,
    /// In an object of the body, by the keys down to it; whether the object has to be there.
    Body(Vec<String>, bool),
}

/// What a rule asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// One of the parameters.
    OneOf,
    /// All of them, not blank.
    All,
    /// All of them, blank or not.
    Named,
    /// Numbers from this one on.
    AtLeast(i64),
    /// Numbers up to this one.
    AtMost(i64),
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePlan {
    /// Where the parameters are sent.
    pub place: Place,
    /// Their names on the wire.
    pub names: Vec<String>,
    /// What is asked of them.
    pub need: Need,
    /// The parameter and the value of it with which the rule holds.
    pub when: Option<(String, String)>,
}

/// Plans the rules of all operations. A rule that a documented request breaks is not one that the API has: such a rule
/// asks for less, or is left out.
pub fn plan(plan: &mut Plan, contents: &IndexMap<String, Vec<Content>>) {
    for operation in plan
        .entities
        .iter_mut()
        .flat_map(|entity| &mut entity.operations)
    {
        let samples: Vec<&Content> = contents
            .get(&operation.spec.id)
            .into_iter()
            .flatten()
            .filter(|content| content.role == Role::Request && !content.fragment)
            .collect();
        let keys = operation
            .body
            .as_ref()
            .map_or(&[][..], |body| body.keys.as_slice());
        operation.rules = rules(operation, keys)
            .into_iter()
            .filter_map(|rule| shown(rule, &samples, keys))
            .collect();
    }
}

fn rules(plan: &OperationPlan, keys: &[String]) -> Vec<RulePlan> {
    let spec = &plan.spec;
    let mut out: Vec<RulePlan> = Vec::new();
    for param in &spec.params {
        let Some(place) = place(param, spec, keys) else {
            continue;
        };
        let names = match param.required {
            Required::True => Some((Need::All, vec![param.name.clone()])),
            Required::OneOf if param.group.len() > 1 => Some((Need::OneOf, siblings(param, spec))),
            _ => None,
        };
        if let Some((need, names)) = names {
            push(&mut out, place.clone(), need, names, None);
        }
        if param.ty == "integer"
            && let Some(need) = param.limit.as_deref().and_then(limit)
        {
            push(&mut out, place, need, vec![param.name.clone()], None);
        }
    }
    for rule in &spec.rules {
        let when = match rule.when.as_deref().map(condition) {
            None => None,
            Some(Some(condition)) => Some(condition),
            // Words that only a person understands.
            Some(None) => continue,
        };
        for (need, names) in [(Need::OneOf, &rule.one_of), (Need::All, &rule.all_of)] {
            let places: Vec<Place> = names
                .iter()
                .filter_map(|name| spec.params.iter().find(|param| param.name == *name))
                .filter_map(|param| place(param, spec, keys))
                .collect();
            // Parameters that are sent in different places have no place in common to look at.
            if let Some(first) = places.first()
                && places.len() == names.len()
                && places.iter().all(|place| place == first)
            {
                push(&mut out, first.clone(), need, names.clone(), when.clone());
            }
        }
    }
    out
}

/// Adds a rule; parameters of one place that are all needed share one.
fn push(
    out: &mut Vec<RulePlan>,
    place: Place,
    need: Need,
    names: Vec<String>,
    when: Option<(String, String)>,
) {
    let same = out.iter_mut().find(|rule| {
        need == Need::All && rule.need == need && rule.place == place && rule.when == when
    });
    if let Some(rule) = same {
        rule.names.extend(names);
        return;
    }
    let rule = RulePlan {
        place,
        names,
        need,
        when,
    };
    if !out.contains(&rule) {
        out.push(rule);
    }
}

/// The parameters of which one is needed, as far as they stand beside this one.
fn siblings(param: &Param, spec: &Operation) -> Vec<String> {
    let parent = |param: &Param| {
        param
            .at
            .as_ref()
            .and_then(|at| at.rsplit_once('.'))
            .map(|(parent, _)| parent.to_owned())
    };
    let beside = |other: &&Param| {
        other.place == param.place && other.group == param.group && parent(other) == parent(param)
    };
    spec.params
        .iter()
        .filter(beside)
        .map(|other| other.name.clone())
        .collect()
}

/// Where a parameter is sent; nothing for those that the call itself asks for or sets.
fn place(param: &Param, spec: &Operation, keys: &[String]) -> Option<Place> {
    match (param.place, &param.at) {
        (In::Query, None) => Some(Place::Query),
        (In::Header, None) if !is_set_by_client(param) => Some(Place::Header),
        (In::Body, Some(at)) => {
            let path = segments(at);
            let inside = path.strip_prefix(keys)?;
            let (_, parents) = inside.split_last()?;
            // Of an object that the docs describe itself, they say themselves whether it is needed.
            let needed = param.required == Required::OneOf && !described(spec, &path);
            Some(Place::Body(parents.to_vec(), needed && !parents.is_empty()))
        }
        _ => None,
    }
}

/// Whether the docs have a row for an object around a parameter that may be left out.
fn described(spec: &Operation, path: &[String]) -> bool {
    spec.params.iter().any(|other| {
        other.required != Required::True
            && other.at.as_ref().is_some_and(|at| {
                let around = segments(at);
                around.len() < path.len() && path.starts_with(&around)
            })
    })
}

fn segments(at: &str) -> Vec<String> {
    at.split('.')
        .map(|part| part.trim_end_matches("[]").to_owned())
        .collect()
}

/// `>= 0`
fn limit(text: &str) -> Option<Need> {
    let (sign, number) = text.split_once(' ')?;
    let number = number.parse().ok()?;
    match sign {
        ">=" => Some(Need::AtLeast(number)),
        "<=" => Some(Need::AtMost(number)),
        _ => None,
    }
}

/// ``when `kind` is `USER` ``
fn condition(text: &str) -> Option<(String, String)> {
    let rest = text.strip_prefix("when `")?;
    let (name, rest) = rest.split_once("` is `")?;
    let value = rest.strip_suffix('`')?;
    (!value.contains('`')).then(|| (name.to_owned(), value.to_owned()))
}

/// The rule as the documented requests have it.
fn shown(mut rule: RulePlan, samples: &[&Content], keys: &[String]) -> Option<RulePlan> {
    let Place::Body(parents, _) = &rule.place else {
        return Some(rule);
    };
    let path: Vec<&String> = keys.iter().chain(parents).collect();
    let mut objects = Vec::new();
    let mut absent = false;
    for sample in samples {
        let before = objects.len();
        collect(&sample.tree, &path, &mut objects);
        absent |= objects.len() == before;
    }
    if let Some((name, value)) = &rule.when {
        objects.retain(|object| object.get(name).and_then(text) == Some(value.as_str()));
    }
    let there = |object: &Tree, name: &String| object.get(name).is_some();
    let filled =
        |object: &Tree, name: &String| object.get(name).is_some_and(|tree| !tree.is_empty());
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
            rule.names
                .retain(|name| objects.iter().all(|object| there(object, name)));
            let blank = objects
                .iter()
                .any(|object| rule.names.iter().any(|name| !filled(object, name)));
            if blank {
                rule.need = Need::Named;
            }
        }
        Need::AtLeast(_) | Need::AtMost(_) => {}
    }
    if let Place::Body(_, needed) = &mut rule.place {
        *needed &= !absent;
    }
    (!rule.names.is_empty()).then_some(rule)
}

fn text(tree: &Tree) -> Option<&str> {
    match tree {
        Tree::Text(text) | Tree::Number(text) => Some(text),
        _ => None,
    }
}

/// The objects at a path; of a list every item.
fn collect<'t>(tree: &'t Tree, path: &[&String], out: &mut Vec<&'t Tree>) {
    match (tree, path.split_first()) {
        (Tree::List(items), _) => {
            for item in items {
                collect(item, path, out);
            }
        }
        (Tree::Object(_), None) => out.push(tree),
        (Tree::Object(_), Some((key, rest))) => {
            if let Some(inside) = tree.get(key) {
                collect(inside, rest, out);
            }
        }
        _ => {}
    }
}

/// The rules as the descriptor of an operation holds them.
pub fn emit(rules: &[RulePlan]) -> TokenStream {
    let rules = rules.iter().map(|rule| {
        let place = match &rule.place {
            Place::Query => quote!(Place::Query),
            Place::Header => quote!(Place::Header),
            Place::Body(path, true) => quote!(Place::Needed(&[#(#path),*])),
            Place::Body(path, false) => quote!(Place::Body(&[#(#path),*])),
        };
        let need = match rule.need {
            Need::OneOf => quote!(Need::OneOf),
            Need::All => quote!(Need::All),
            Need::Named => quote!(Need::Named),
            Need::AtLeast(least) => {
                let least = proc_macro2::Literal::i64_unsuffixed(least);
                quote!(Need::AtLeast(#least))
            }
            Need::AtMost(most) => {
                let most = proc_macro2::Literal::i64_unsuffixed(most);
                quote!(Need::AtMost(#most))
            }
        };
        let when = match &rule.when {
            Some((name, value)) => quote!(Some((#name, #value))),
            None => quote!(None),
        };
        let names = &rule.names;
        quote!(Rule { place: #place, names: &[#(#names),*], need: #need, when: #when })
    });
    quote!(&[#(#rules),*])
}
