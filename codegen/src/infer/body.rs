//! Finds the places of body parameters.

use super::context::Context;
use super::place::{self, Path, Wanted, innermost};
use super::resolved::Resolved;
use super::shape::Shape;
use super::stage::Stage;
use crate::claims::{Basis, Witness};
use crate::diagnostics::Code;
use crate::dialect::WrittenType;
use crate::read::facts::{Names, ParamRow};
use crate::spec::In;

/// Finds the places of body parameters and puts those that no sample shows beside their neighbours.
pub fn place_in_body<'a>(
    mut out: Vec<Resolved<'a>>,
    shown: Shape,
    context: &Context<'a>,
    stage: &mut Stage<'_>,
) -> (Vec<Resolved<'a>>, Shape) {
    let dialect = context.dialect;
    let numbers: Vec<usize> = (0..out.len())
        .filter(|&at| out[at].sent.place == In::Body)
        .collect();
    let mut wanted: Vec<Wanted> = numbers
        .iter()
        .map(|&at| Wanted {
            written: if out[at].expanded {
                Some(WrittenType::String)
            } else {
                out[at].row.written
            },
            siblings: out
                .iter()
                .filter(|other| std::ptr::eq(other.row, out[at].row))
                .map(|other| other.name.clone())
                .collect(),
            ..Wanted::of(&out[at].name, out[at].row, shown.holds(&out[at].name))
        })
        .collect();
    context.lore.copies.add_to(false, &mut wanted);
    let mut body = shown;
    let home = place::subject(&body, &dialect.wire);
    for (number, parent) in place::nest(&wanted, &mut body, &home) {
        let row = out[numbers[number]].row;
        unplaced(&wanted[number].name, &parent, row, stage);
    }
    if !body.fields.is_empty() {
        place::adopt(
            &wanted,
            &mut body,
            &dialect.wire,
            [&context.lore.known[0], &context.lore.known[1]],
            context.lore.page,
        );
    }
    let mut found = place::place(&wanted, &body, &dialect.wire);
    let home = place::subject(&body, &dialect.wire);
    let tells = wanted.iter().any(|wanted| !wanted.above.is_empty());
    let rows: Vec<&ParamRow> = numbers.iter().map(|&at| out[at].row).collect();
    one_object(&rows, &wanted, &mut found);
    for (number, &at) in numbers.iter().enumerate() {
        if found[number].is_some() {
            continue;
        }
        let row = out[at].row;
        // Beside a name of the same row, or between two neighbours in one object, or in the subject of the message.
        let same_row = numbers
            .iter()
            .zip(&found)
            .find(|(other, path)| std::ptr::eq(out[**other].row, row) && path.is_some())
            .and_then(|(_, path)| path.clone());
        // The alternatives of a row stand in an object of their own, which says nothing about the next row.
        let before = (0..number)
            .rev()
            .filter(|&other| wanted[other].siblings.len() < 2)
            .find_map(|other| found[other].as_ref())
            .map(|path| path[..path.len() - 1].to_vec());
        let after = found[number + 1..]
            .iter()
            .flatten()
            .next()
            .map(|path| path[..path.len() - 1].to_vec());
        let parent = match (same_row, before, after) {
            (Some(mut path), _, _) => {
                path.pop();
                path
            }
            // Where members say whose they are, the others belong to the message itself.
            _ if tells => home.clone(),
            (None, Some(before), Some(after)) if before == after => before,
            // An object stands in the subject; what is none, in an object of the rows around it.
            (None, Some(before), after)
                if !matches!(row.written, Some(WrittenType::Object | WrittenType::Array))
                    && !is_pair(&body, &before) =>
            {
                let around = place::Around {
                    before: &before,
                    after: after.as_ref(),
                    home: &home,
                };
                place::object_of(&wanted[number], around, &context.lore.known[0])
            }
            _ => home.clone(),
        };
        let free = |parent: &Path| {
            body.get(parent)
                .is_some_and(|shape| !shape.fields.contains_key(&wanted[number].name))
        };
        let beside = found[..number]
            .iter()
            .flatten()
            .next_back()
            .map(|path| path[..path.len() - 1].to_vec());
        // What follows the row of an object may be about its fields.
        let inside = (number > 0
            && out[numbers[number - 1]].row.written == Some(WrittenType::Object))
        .then(|| found[number - 1].clone())
        .flatten()
        .map(|path| innermost(&body, path));
        let Some(parent) = [Some(parent), inside, beside, Some(home.clone())]
            .into_iter()
            .flatten()
            .find(free)
        else {
            stage.diagnostics.push(
                Code::DuplicateParameter,
                row.place_of(&wanted[number].name, stage.sources),
                format!(
                    "{} stands in this table more often than in the samples",
                    wanted[number].name
                ),
                "the other rows describe it",
            );
            continue;
        };
        let mut path = parent.clone();
        path.push(wanted[number].name.clone());
        if let Some(shape) = body.get_mut(&parent) {
            shape
                .fields
                .entry(wanted[number].name.clone())
                .or_insert_with(|| documented(wanted[number].list));
            // Where nothing is shown of the body, that is the finding.
            if out[at].sent.by != Witness::Habit {
                unplaced(&wanted[number].name, &parent, row, stage);
            }
            found[number] = Some(path);
        }
    }
    also_beside(&mut out, &numbers, &found, &mut body, stage);
    also_in_named(&mut out, &numbers, &wanted, &found, &mut body);
    for (number, &at) in numbers.iter().enumerate() {
        out[at].path.clone_from(&found[number]);
        if let Some(name) = found[number].as_ref().and_then(|path| path.last()) {
            name.clone_into(&mut out[at].name);
        }
    }
    (out, body)
}

/// A field that no sample shows.
fn documented(list: bool) -> Shape {
    Shape {
        // As `[]` in a sample would show it.
        list,
        empty_list: list,
        ..Shape::documented(Basis::Assumed)
    }
}

/// Reports a field that no sample shows, and where it was put.
fn unplaced(name: &str, parent: &Path, row: &ParamRow, stage: &mut Stage<'_>) {
    let parent = if parent.is_empty() {
        "the body".to_owned()
    } else {
        parent.join(".")
    };
    stage.diagnostics.push(
        Code::UnplacedField,
        row.place_of(name, stage.sources),
        format!("{name} is in no sample"),
        format!("it was put into {parent}"),
    );
}

/// An object that names a value: nothing else belongs into it.
pub fn is_pair(shape: &Shape, path: &Path) -> bool {
    shape.get(path).is_some_and(|object| {
        object.fields.contains_key("name")
            && object.fields.contains_key("value")
            && object.fields.len() <= 3
    })
}

/// The names of one row stand in one object: the one that most of them were found in. A place that is freed by that
/// goes to the row that names it alone.
pub fn one_object(rows: &[&ParamRow], wanted: &[Wanted], found: &mut [Option<Path>]) {
    for number in 0..rows.len() {
        let group: Vec<usize> = (0..rows.len())
            .filter(|&other| std::ptr::eq(rows[other], rows[number]))
            .collect();
        if group.len() < 2 || group[0] != number {
            continue;
        }
        let parents: Vec<Path> = group
            .iter()
            .filter_map(|&at| found[at].as_ref())
            .map(|path| path[..path.len() - 1].to_vec())
            .collect();
        let votes = |parent: &Path| parents.iter().filter(|other| *other == parent).count();
        let Some(home) = parents
            .iter()
            .max_by(|a, b| votes(a).cmp(&votes(b)).then(a.len().cmp(&b.len())))
            .cloned()
        else {
            continue;
        };
        if votes(&home) < 2 {
            continue;
        }
        for &at in &group {
            let Some(path) = found[at].clone().filter(|path| !path.starts_with(&home)) else {
                continue;
            };
            found[at] = None;
            let alone = (0..rows.len()).find(|&other| {
                found[other].is_none()
                    && rows[other].names.len() == 1
                    && !std::ptr::eq(rows[other], rows[at])
                    && wanted[other].name == wanted[at].name
            });
            if let Some(other) = alone {
                found[other] = Some(path);
            }
        }
    }
}

/// A row may describe a field of each of several objects.
fn also_in_named(
    out: &mut Vec<Resolved<'_>>,
    numbers: &[usize],
    wanted: &[Wanted],
    found: &[Option<Path>],
    body: &mut Shape,
) {
    for (number, path) in place::also_in(wanted, found, body) {
        body.document(&path);
        out.push(Resolved {
            path: Some(path),
            ..out[numbers[number]].clone()
        });
    }
}

/// Alternatives that follow several objects belong to each of them that samples show two of them in.
pub fn also_beside<'a>(
    out: &mut Vec<Resolved<'a>>,
    numbers: &[usize],
    found: &[Option<Path>],
    body: &mut Shape,
    stage: &mut Stage<'_>,
) {
    let mut more: Vec<Resolved<'a>> = Vec::new();
    for (number, &at) in numbers.iter().enumerate() {
        let row = out[at].row;
        if row.names.len() < 2 || row.together != Names::AnyOf {
            continue;
        }
        let Some(own) = found[number]
            .as_ref()
            .map(|path| path[..path.len() - 1].to_vec())
        else {
            continue;
        };
        for (other, &object) in numbers.iter().enumerate() {
            let Some(path) = found[other].as_ref().filter(|path| {
                **path != own && out[object].row.written == Some(WrittenType::Object)
            }) else {
                continue;
            };
            let Some(shape) = body.get_mut(path) else {
                continue;
            };
            let shown = row
                .names
                .iter()
                .filter(|name| shape.fields.contains_key(*name))
                .count();
            if shown < 2 || own.starts_with(path) || path.len() >= 6 {
                continue;
            }
            let name = &out[at].name;
            if !shape.fields.contains_key(name) {
                // The samples show some of the alternatives here: the others may stand here as well.
                shape.fields.insert(name.clone(), documented(false));
                unplaced(name, path, row, stage);
            }
            let mut place = path.clone();
            place.push(out[at].name.clone());
            more.push(Resolved {
                path: Some(place),
                ..out[at].clone()
            });
        }
    }
    out.extend(more);
}
