//! Compares entities and operations.

use super::address::address;
use super::finder::{Finder, fact};
use super::message::{Sides, TypeNames};
use super::rules::Rule;
use super::side::Side;
use super::{demands, leaf, messages, params, samples, traits};
use crate::dialect::Dialect;
use crate::emit;
use crate::spec::{Entity, In, Operation, Param, Required, Role, Source};

/// Compares what an entity says of itself.
pub fn entity(old: &Entity, new: &Entity, finder: &mut Finder<'_>) {
    let (from, to) = (Some(&old.source), Some(&new.source));
    if old.entity != new.entity {
        finder.push(
            Rule::EntityRenamed,
            "entity",
            (fact(&old.entity), from),
            (fact(&new.entity), to),
        );
    }
    if old.source.file != new.source.file {
        finder.push(
            Rule::PageRenamed,
            "entity",
            (fact(&old.source.file), from),
            (fact(&new.source.file), to),
        );
    }
    if old.title != new.title {
        finder.push(
            Rule::EntityRetitled,
            "entity",
            (fact(&old.title), from),
            (fact(&new.title), to),
        );
    }
    finder.reworded("entity", (&old.doc, from), (&new.doc, to));
}

/// An operation that was not there.
pub fn added(operation: &Operation, finder: &mut Finder<'_>) {
    finder.push(
        Rule::OperationAdded,
        "operation",
        (None, None),
        (fact(address(operation)), Some(&operation.source)),
    );
}

/// An operation that is gone.
pub fn removed(operation: &Operation, finder: &mut Finder<'_>) {
    finder.push(
        Rule::OperationRemoved,
        "operation",
        (fact(address(operation)), Some(&operation.source)),
        (None, None),
    );
}

/// Compares two operations that are the same one; `same_entity` says whether their entities are the same one too.
pub fn compare(
    old: Side<'_>,
    new: Side<'_>,
    same_entity: bool,
    dialect: &Dialect,
    finder: &mut Finder<'_>,
) {
    let start = finder.changes.len();
    identity(old, new, same_entity, finder);
    traits::compare(old.operation, new.operation, finder);
    let typed = (
        old.operation.request.is_some(),
        new.operation.request.is_some(),
    );
    let by_client = |param: &Param| {
        param.place == In::Query && param.name == dialect.wire.format_query
            || emit::is_set_by_client(param)
    };
    params::compare(
        &old.operation.params,
        &new.operation.params,
        by_client,
        typed,
        finder,
    );
    arguments(old.operation, new.operation, finder);
    demands::compare(old, new, finder);
    let first = finder.changes.len();
    bodies(old, new, finder);
    said_twice(start, finder);
    shapes(old, new, first, finder);
    samples::compare(&old.operation.samples, &new.operation.samples, finder);
}

fn identity(old: Side<'_>, new: Side<'_>, same_entity: bool, finder: &mut Finder<'_>) {
    let (a, b) = (old.operation, new.operation);
    let (from, to) = (Some(&a.source), Some(&b.source));
    // What went with its whole page is told of that.
    let pages = (&old.entity.source.file, &new.entity.source.file);
    if !same_entity {
        finder.push(
            Rule::OperationMoved,
            "operation",
            (fact(&old.entity.entity), from),
            (fact(&new.entity.entity), to),
        );
    } else if (&a.source.file, &b.source.file) != pages && a.source.file != b.source.file {
        finder.push(Rule::SectionMoved, "operation", (None, from), (None, to));
    }
    let name = |operation: &Operation| {
        let id = &operation.id;
        id.split_once('.')
            .map_or_else(|| id.clone(), |(_, name)| name.to_owned())
    };
    if name(a) != name(b) {
        finder.push(
            Rule::OperationRenamed,
            "operation",
            (fact(name(a)), from),
            (fact(name(b)), to),
        );
    }
    if a.title != b.title {
        finder.push(
            Rule::OperationRetitled,
            "operation",
            (fact(&a.title), from),
            (fact(&b.title), to),
        );
    }
    finder.reworded("operation", (&a.doc, from), (&b.doc, to));
}

/// The required parameters outside of the body are arguments, in the order of the path and then of the docs.
fn arguments(old: &Operation, new: &Operation, finder: &mut Finder<'_>) {
    let order = |operation: &Operation| -> Vec<String> {
        let mut params: Vec<&Param> = operation
            .params
            .iter()
            .filter(|param| param.place != In::Body && param.required == Required::True)
            .collect();
        params.sort_by_key(|param| match param.place {
            In::Path => operation
                .path
                .find(&format!("{{{}}}", param.name))
                .unwrap_or(0),
            _ => usize::MAX,
        });
        params.into_iter().map(|param| param.name.clone()).collect()
    };
    let (before, after) = (order(old), order(new));
    let kept = |list: &[String], other: &[String]| -> Vec<String> {
        list.iter()
            .filter(|name| other.contains(name))
            .cloned()
            .collect()
    };
    let (a, b) = (kept(&before, &after), kept(&after, &before));
    if a != b {
        finder.push(
            Rule::ArgumentsReordered,
            "arguments",
            (fact(a.join(", ")), Some(&old.source)),
            (fact(b.join(", ")), Some(&new.source)),
        );
    }
}

/// Where a message is shown: its first sample, or the heading of its operation.
fn shown(operation: &Operation, role: Role) -> &Source {
    let sample = operation.samples.iter().find(|sample| sample.role == role);
    sample.map_or(&operation.source, |sample| &sample.source)
}

fn type_names(side: Side<'_>, request: bool) -> Option<&TypeNames> {
    let shape = side.shape?;
    Some(if request {
        &shape.request
    } else {
        &shape.response
    })
}

fn bodies(old: Side<'_>, new: Side<'_>, finder: &mut Finder<'_>) {
    let (a, b) = (old.operation, new.operation);
    for (request, before, after, gone, came) in [
        (
            true,
            &a.request,
            &b.request,
            Rule::BodyRemoved,
            Rule::BodyAdded,
        ),
        (
            false,
            &a.response,
            &b.response,
            Rule::AnswerRemoved,
            Rule::AnswerAdded,
        ),
    ] {
        let subject = if request { "request" } else { "answer" };
        match (before, after) {
            (Some(before), Some(after)) => {
                let role = if request {
                    Role::Request
                } else {
                    Role::Response
                };
                let none = TypeNames::new();
                let sides = Sides {
                    old: (old.entity, before),
                    new: (new.entity, after),
                    places: (shown(a, role), shown(b, role)),
                    names: (
                        type_names(old, request).unwrap_or(&none),
                        type_names(new, request).unwrap_or(&none),
                    ),
                };
                messages::compare(&sides, request, finder);
            }
            (Some(_), None) => finder.push(
                gone,
                subject,
                (None, Some(&a.source)),
                (None, Some(&b.source)),
            ),
            (None, Some(_)) => finder.push(
                came,
                subject,
                (None, Some(&a.source)),
                (None, Some(&b.source)),
            ),
            (None, None) => {}
        }
    }
}

/// A parameter that went from the body to the query, or the other way, is no field that is gone or new.
fn said_twice(start: usize, finder: &mut Finder<'_>) {
    let own = finder.changes.get(start..).unwrap_or_default();
    let moved: Vec<(Option<Source>, Option<Source>)> = own
        .iter()
        .filter(|change| change.rule == Rule::ParameterMoved)
        .map(|change| (change.old_source.clone(), change.new_source.clone()))
        .collect();
    let mut at = 0;
    finder.changes.retain(|change| {
        at += 1;
        let again = match change.rule {
            Rule::RequestFieldRemoved => moved.iter().any(|(from, _)| *from == change.old_source),
            Rule::RequestFieldAdded | Rule::RequiredFieldAdded => {
                moved.iter().any(|(_, to)| *to == change.new_source)
            }
            _ => false,
        };
        at <= start || !again
    });
}

/// Where the docs have a field of a Rust type. Types have no place, so the first field of that name counts.
fn row<'a>(side: Side<'a>, (owner, name): &(String, String)) -> Option<&'a Source> {
    let request = owner.starts_with("request");
    let root = if request {
        &side.operation.request
    } else {
        &side.operation.response
    };
    leaf::place(side.entity, root.as_deref()?, name)
}

/// What the wire does not show: the same fields may make other types. `first` is the first change of the bodies.
fn shapes(old: Side<'_>, new: Side<'_>, first: usize, finder: &mut Finder<'_>) {
    let (Some(before), Some(after)) = (old.shape, new.shape) else {
        return;
    };
    let (from, to) = (Some(&old.operation.source), Some(&new.operation.source));
    let said = |rules: &[Rule], finder: &Finder<'_>| {
        finder
            .changes
            .iter()
            .skip(first)
            .any(|change| rules.contains(&change.rule))
    };
    if before.body != after.body && !said(&[Rule::BodyAdded, Rule::BodyRemoved], finder) {
        finder.push(
            Rule::ShapeChanged,
            "request",
            (before.body.clone(), from),
            (after.body.clone(), to),
        );
    }
    if before.answer != after.answer && !said(&[Rule::AnswerAdded, Rule::AnswerRemoved], finder) {
        finder.push(
            Rule::ShapeChanged,
            "answer",
            (fact(&before.answer), from),
            (fact(&after.answer), to),
        );
    }
    for (field, ty) in &after.fields {
        let Some(was) = before.fields.get(field).filter(|was| *was != ty) else {
            continue;
        };
        // The cause may have been said already, by the name that the field has on the wire.
        let (_, name) = field;
        let ending = [format!(".{name}`"), format!("`{name}`")];
        let is_said = finder.changes.iter().skip(first).any(|change| {
            let rules = [
                Rule::FieldTypeChanged,
                Rule::ValuesChangeType,
                Rule::TypeRenamed,
                Rule::FieldMoved,
            ];
            rules.contains(&change.rule)
                && ending.iter().any(|ending| change.subject.ends_with(ending))
        });
        if !is_said {
            finder.push(
                Rule::RustTypeChanged,
                format!("Rust field `{}.{name}`", field.0),
                (fact(was), row(old, field).or(from)),
                (fact(ty), row(new, field).or(to)),
            );
        }
    }
}
