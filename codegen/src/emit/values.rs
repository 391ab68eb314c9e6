//! What the test server knows of requests beside their rules: the names in the query, and the kinds of values. The
//! client's types hold these, so that it need not check them.

use indexmap::IndexMap;

use super::plan::{Model, OperationPlan, Ty, object};
use super::rule::{Need, Place, RulePlan};
use super::rule_samples;
use super::rules;
use crate::dialect::Wire;
use crate::infer::{self, Content, Look};
use crate::sample::Tree;
use crate::spec::{In, Operation, Role};

/// The names of the parameters of the query, without that of the format.
pub fn query<'p>(spec: &'p Operation, wire: &Wire) -> Vec<&'p str> {
    let mut out: Vec<&str> = Vec::new();
    for param in &spec.params {
        // What is a part of another parameter is not sent itself.
        let sent = param.place == In::Query && param.at.is_none();
        if sent && param.name != wire.format_query && !out.contains(&param.name.as_str()) {
            out.push(&param.name);
        }
    }
    out
}

/// The kinds of values, as far as the docs know them and their requests keep to them.
pub fn plan(plan: &OperationPlan, contents: &IndexMap<String, Vec<Content>>) -> Vec<RulePlan> {
    let mut out = Vec::new();
    for param in &plan.spec.params {
        if param.place == In::Query && param.at.is_none() {
            let need = match param.ty.as_str() {
                "integer" => Need::Integer,
                "number" => Need::Number,
                "boolean" => Need::Boolean,
                "date" | "datetime" => Need::Date,
                _ => continue,
            };
            push(&mut out, Place::Query, need, &param.name);
        }
    }
    let Some(body) = &plan.body else { return out };
    let query = out.len();
    if let Some(model) = body.model() {
        inside(model, &plan.request, &mut Vec::new(), &mut out);
    }
    let samples: Vec<&Content> = contents
        .get(&plan.spec.id)
        .into_iter()
        .flatten()
        .filter(|content| content.role == Role::Request && !content.fragment)
        .collect();
    for rule in out.iter_mut().skip(query) {
        keep(rule, &samples, &body.keys);
    }
    out.retain(|rule| !rule.names.is_empty());
    out
}

fn push(out: &mut Vec<RulePlan>, place: Place, need: Need, name: &str) {
    let same = out
        .iter_mut()
        .find(|rule| rule.place == place && rule.need == need);
    match same {
        Some(rule) if rule.names.iter().any(|known| known == name) => {}
        Some(rule) => rule.names.push(name.to_owned()),
        None => out.push(RulePlan {
            place,
            names: vec![name.to_owned()],
            need,
            when: None,
            unless: None,
            beside: None,
        }),
    }
}

fn inside(ty: &str, models: &[Model], path: &mut Vec<String>, out: &mut Vec<RulePlan>) {
    if path.len() > rules::DEPTH {
        return;
    }
    let fields = models.iter().find_map(|model| match model {
        Model::Struct { name, fields, .. } if name == ty => Some(fields),
        _ => None,
    });
    for field in fields.into_iter().flatten() {
        let need = match field.ty {
            Ty::Integer => Some(Need::Integer),
            Ty::Number => Some(Need::Number),
            Ty::Bool => Some(Need::Boolean),
            Ty::DateTime | Ty::Date => Some(Need::Date),
            _ => None,
        };
        // A name with a point would lead further inside.
        if let Some(need) = need.filter(|_| field.wrappers.is_empty() && !field.wire.contains('.'))
        {
            push(out, Place::Body(path.clone(), false), need, &field.wire);
        }
        if let Some(ty) = object(&field.ty) {
            let before = path.len();
            path.push(field.wire.clone());
            path.extend(field.wrappers.iter().cloned());
            inside(ty, models, path, out);
            path.truncate(before);
        }
    }
}

/// Leaves out what a documented request has in another kind.
fn keep(rule: &mut RulePlan, samples: &[&Content], keys: &[String]) {
    let Place::Body(parents, _) = &rule.place else {
        return;
    };
    let path: Vec<&String> = keys.iter().chain(parents).collect();
    let mut places = Vec::new();
    for sample in samples {
        rule_samples::collect(&sample.tree, &path, None, None, &mut places);
    }
    let objects: Vec<&Tree> = places
        .into_iter()
        .filter_map(|(object, _)| object)
        .collect();
    let need = rule.need;
    rule.names.retain(|name| {
        objects
            .iter()
            .filter_map(|object| object.get(name))
            .all(|value| is(value, need))
    });
}

/// Whether a value is blank or of a kind.
fn is(value: &Tree, need: Need) -> bool {
    if value.is_empty() {
        return true;
    }
    let bare = rule_samples::text(value).map(str::trim);
    match (value, need) {
        (_, Need::Integer) => bare.is_some_and(|text| {
            text.parse::<f64>()
                .is_ok_and(|number| number.is_finite() && number.fract() == 0.0)
        }),
        (_, Need::Number) => bare.is_some_and(|text| text.parse::<f64>().is_ok_and(f64::is_finite)),
        (Tree::Bool(_), Need::Boolean) => true,
        (_, Need::Boolean) => bare.is_some_and(|text| {
            ["true", "false", "1", "0", "yes", "no", "y", "n"]
                .iter()
                .any(|word| text.eq_ignore_ascii_case(word))
        }),
        (_, Need::Date) => bare.is_some_and(is_date),
        _ => true,
    }
}

/// Whether a text is certainly a date: the runtime, which looks at requests, knows more forms than these.
fn is_date(text: &str) -> bool {
    // A line break is a slip of the sample.
    matches!(infer::date(text), Look::Date | Look::Datetime) && !text.contains(char::is_control)
}
