//! What a request has to hold beyond what its types ask for: the rules that a client checks before it sends.

use proc_macro2::TokenStream;
use quote::quote;

use super::beside;
use super::plan::{Model, OperationPlan, Plan, is_set_by_client, object};
use super::rule::{Need, Place, RulePlan};
use super::rule_samples::shown;
use crate::infer::Content;
use crate::spec::{In, Operation, Param, Required, Role};
use indexmap::IndexMap;

/// How deep in a body objects with rules are looked for.
pub const DEPTH: usize = 16;

/// Plans the rules of all operations. A rule that a documented request breaks is not one that the API has: such a rule
/// asks for less, or is left out.
pub fn plan(mut plan: Plan, contents: &IndexMap<String, Vec<Content>>) -> Plan {
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
        beside::except(operation);
        beside::describe_choices(operation);
    }
    plan
}

fn rules(plan: &OperationPlan, keys: &[String]) -> Vec<RulePlan> {
    let spec = &plan.spec;
    let mut out: Vec<RulePlan> = Vec::new();
    for param in &spec.params {
        let Some(place) = place(param, spec, keys) else {
            continue;
        };
        let names = match param.required {
            Required::True if spec.lifted(param).is_some() => None,
            Required::True => Some((Need::All, vec![param.name.clone()])),
            Required::OneOf if param.group.len() > 1 => Some((Need::OneOf, siblings(param, spec))),
            _ => None,
        };
        if let Some((need, names)) = names {
            push(&mut out, place.clone(), need, names, Condition::default());
        }
        let is_number = matches!(param.ty.as_str(), "integer" | "number");
        if let Some(need) = param.limit.as_deref().and_then(limit).filter(|_| is_number) {
            push(
                &mut out,
                place.clone(),
                need,
                vec![param.name.clone()],
                Condition::default(),
            );
        }
        let is_date = matches!(param.ty.as_str(), "date" | "datetime");
        if is_date && param.format.is_some() {
            push(
                &mut out,
                place,
                Need::Date,
                vec![param.name.clone()],
                Condition::default(),
            );
        }
    }
    choices(plan, &mut out);
    for rule in &spec.rules {
        let when = match rule.when.as_deref().map(condition) {
            None => None,
            Some(Some(condition)) => Some(condition),
            // Words that only a person understands.
            Some(None) => continue,
        };
        for (need, names) in [(Need::OneOf, &rule.one_of), (Need::All, &rule.all_of)] {
            if let Some((place, names)) = together(names, spec, keys) {
                let place = match place {
                    Place::Body(path, _) => {
                        let needed = need == Need::OneOf
                            && !path.is_empty()
                            && (when.is_some() || !describes(spec, keys, &path));
                        Place::Body(path, needed)
                    }
                    other => other,
                };
                let condition = (when.clone(), rule.unless.clone());
                push(&mut out, place, need, names, condition);
            }
        }
    }
    out
}

/// The place that parameters have in common, and their names below it. Parameters of the body have the outermost of
/// theirs in common, if the others stand inside of that; else there is nothing to look at.
fn together(names: &[String], spec: &Operation, keys: &[String]) -> Option<(Place, Vec<String>)> {
    let places: Vec<Place> = names
        .iter()
        .filter_map(|name| spec.params.iter().find(|param| param.name == *name))
        .filter_map(|param| place(param, spec, keys))
        .collect();
    if names.is_empty() || places.len() != names.len() {
        return None;
    }
    let depth = |place: &&Place| match place {
        Place::Body(path, _) => path.len(),
        Place::Query | Place::Header => 0,
    };
    let outermost = places.iter().min_by_key(depth)?;
    let below = |(place, name): (&Place, &String)| match (outermost, place) {
        (Place::Body(outer, _), Place::Body(path, _)) => {
            let rest = path.strip_prefix(outer.as_slice())?;
            let keys = rest.iter().chain([name]).map(String::as_str);
            Some(keys.collect::<Vec<_>>().join("."))
        }
        (outer, place) => (outer == place).then(|| name.clone()),
    };
    let names: Option<Vec<String>> = places.iter().zip(names).map(below).collect();
    Some((outermost.clone(), names?))
}

/// When a rule holds, and the query parameter that lifts it.
type Condition = (Option<(String, String)>, Option<String>);

/// Adds a rule; parameters of one place that are all needed share one.
fn push(
    out: &mut Vec<RulePlan>,
    place: Place,
    need: Need,
    names: Vec<String>,
    (when, unless): Condition,
) {
    let same = out.iter_mut().find(|rule| {
        matches!(need, Need::All | Need::Date)
            && rule.need == need
            && rule.place == place
            && rule.when == when
            && rule.unless == unless
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
        unless,
        beside: None,
    };
    if !out.contains(&rule) {
        out.push(rule);
    }
}

/// Adds the rules of the objects that have a choice among their members. Rows that describe just the object leave no
/// parameters of the members.
fn choices(plan: &OperationPlan, out: &mut Vec<RulePlan>) {
    let Some(body) = &plan.body else { return };
    let mut found = Vec::new();
    if let Some(model) = body.model() {
        inside(model, &plan.request, &mut Vec::new(), &mut found);
    }
    for (path, names) in found {
        let known = out.iter().any(|rule| {
            rule.need == Need::OneOf
                && matches!(&rule.place, Place::Body(other, _) if *other == path)
        });
        if !known {
            push(
                out,
                Place::Body(path, false),
                Need::OneOf,
                names,
                Condition::default(),
            );
        }
    }
}

fn inside(
    ty: &str,
    models: &[Model],
    path: &mut Vec<String>,
    out: &mut Vec<(Vec<String>, Vec<String>)>,
) {
    // Types may hold themselves.
    if path.len() > DEPTH {
        return;
    }
    let model = models.iter().find_map(|model| match model {
        Model::Struct {
            name,
            fields,
            choice,
            ..
        } if name == ty => Some((fields, choice)),
        _ => None,
    });
    let Some((fields, choice)) = model else {
        return;
    };
    if choice.is_some() {
        let members = fields
            .iter()
            .filter(|field| field.required == Required::OneOf);
        out.push((
            path.clone(),
            members.map(|field| field.wire.clone()).collect(),
        ));
    }
    for field in fields {
        if let Some(ty) = object(&field.ty) {
            let before = path.len();
            path.push(field.wire.clone());
            path.extend(field.wrappers.iter().cloned());
            inside(ty, models, path, out);
            path.truncate(before);
        }
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

/// Whether the docs have a row for the object at a path of the body that may be left out.
fn describes(spec: &Operation, keys: &[String], path: &[String]) -> bool {
    let mut whole = keys.to_vec();
    whole.extend_from_slice(path);
    whole.push(String::new());
    described(spec, &whole)
}

fn segments(at: &str) -> Vec<String> {
    at.split('.')
        .map(|part| part.trim_end_matches("[]").to_owned())
        .collect()
}

/// `>= 0`
fn limit(text: &str) -> Option<Need> {
    let (sign, number) = text.split_once(' ')?;
    let number: f64 = number
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())?;
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
            Need::OneOf => match &rule.beside {
                Some(beside) => quote!(Need::OneOfOrOther(&[#(#beside),*])),
                None => quote!(Need::OneOf),
            },
            Need::All => quote!(Need::All),
            Need::Named => quote!(Need::Named),
            Need::AtLeast(least) => {
                let least = proc_macro2::Literal::f64_unsuffixed(least);
                quote!(Need::AtLeast(#least))
            }
            Need::AtMost(most) => {
                let most = proc_macro2::Literal::f64_unsuffixed(most);
                quote!(Need::AtMost(#most))
            }
            Need::Integer => quote!(Need::Integer),
            Need::Number => quote!(Need::Number),
            Need::Boolean => quote!(Need::Boolean),
            Need::Date => quote!(Need::Date),
        };
        let when = match &rule.when {
            Some((name, value)) => quote!(Some((#name, #value))),
            None => quote!(None),
        };
        let unless = match &rule.unless {
            Some(name) => quote!(Some(#name)),
            None => quote!(None),
        };
        let names = &rule.names;
        quote! {
            Rule {
                place: #place,
                names: &[#(#names),*],
                need: #need,
                when: #when,
                unless: #unless,
            }
        }
    });
    quote!(&[#(#rules),*])
}
