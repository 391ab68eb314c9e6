//! Brings rows and the fields of messages together.

use super::annotation::{Annotation, Annotations, Told};
use super::context::Lore;
use super::place::{self, Path, Wanted};
use super::report;
use super::resolved::Resolved;
use super::shape::Shape;
use super::stage::Stage;
use super::words::{affinity, ends_with_name};
use crate::diagnostics::Code;
use crate::dialect::{Dialect, HeadingKind, WrittenType};
use crate::read::facts::{OperationFacts, ParamRow};
use crate::spec::Required;

/// A body, which has the fields of all parameters, and what their rows say of it.
pub fn request<'a>(resolved: &[Resolved<'a>], shape: Shape, dialect: &Dialect) -> Told<'a> {
    let mut out = Annotations::new();
    for param in resolved {
        let Some(path) = &param.path else { continue };
        out.entry(path.clone()).or_insert(Annotation {
            row: param.row,
            required: param.presence.required,
            inherited: false,
            typed: !param.expanded
                && (param.row.names.len() == 1 || param.row.written != Some(WrittenType::Enum)),
            values: None,
        });
        // `customer*` with the values `mobile`, `email`: one of these fields of the object.
        let object = shape.get(path).filter(|shape| {
            !shape.fields.is_empty() && param.row.written == Some(WrittenType::Object)
        });
        if let Some(object) = object {
            let named: Vec<&String> = param
                .row
                .values
                .iter()
                .filter(|value| object.fields.contains_key(*value))
                .collect();
            if named.len() > 1 && param.presence.required == Required::True {
                for name in named {
                    let mut path = path.clone();
                    path.push(name.clone());
                    out.entry(path).or_insert(Annotation {
                        row: param.row,
                        required: Required::OneOf,
                        inherited: true,
                        typed: false,
                        values: None,
                    });
                }
            }
        }
    }
    let rows: Vec<&ParamRow> = resolved
        .iter()
        .filter(|param| param.path.is_some() && !param.expanded)
        .map(|param| param.row)
        .collect();
    inherit(&mut out, &rows, &shape, dialect);
    Told {
        shape,
        annotations: out,
    }
}

/// An answer with the fields that no sample shows, and what rows say of it.
pub fn response<'a>(
    facts: &'a OperationFacts,
    mut shape: Shape,
    lore: &Lore<'_>,
    stage: &mut Stage<'_>,
) -> Told<'a> {
    let dialect = stage.dialect;
    let tables = facts.tables.iter();
    let rows: Vec<&'a ParamRow> = tables
        .filter(|table| table.kind == HeadingKind::Response)
        .flat_map(|table| &table.rows)
        .collect();
    let mut out = Annotations::new();
    let wanted: Vec<(&'a ParamRow, Wanted)> = rows
        .iter()
        .flat_map(|row| {
            row.names.iter().map(|name| {
                let name = name.replace(' ', "_");
                let wanted = Wanted {
                    ..Wanted::of(&name, row, shape.holds(&name))
                };
                (*row, wanted)
            })
        })
        .collect();
    let mut asked: Vec<Wanted> = wanted.iter().map(|(_, wanted)| wanted.clone()).collect();
    lore.copies.add_to(true, &mut asked);
    let home = place::subject(&shape, &dialect.wire);
    for (number, parent) in place::nest(&asked, &mut shape, &home) {
        let (row, wanted) = &wanted[number];
        stage.diagnostics.push(
            Code::UnplacedField,
            row.place_of(&wanted.name, stage.sources),
            format!("{} is in no sample", wanted.name),
            format!("it was put into {}", inside(&parent)),
        );
    }
    if !shape.fields.is_empty() {
        place::adopt(
            &asked,
            &mut shape,
            &dialect.wire,
            [&lore.known[1], &lore.known[0]],
            lore.page,
        );
    }
    let found = place::place(&asked, &shape, &dialect.wire);
    let mut places = found.clone();
    let home = place::subject(&shape, &dialect.wire);
    let no_names = shape.get(&home).is_some_and(|home| {
        let values = home.fields.is_empty() && home.list && !home.scalars.is_empty();
        let lists = || home.fields.values().any(has_no_names);
        values || has_no_names(home) || (found.iter().all(Option::is_none) && lists())
    });
    let mut left: Vec<&Wanted> = Vec::new();
    for (number, (row, wanted)) in wanted.iter().enumerate() {
        let path = match &found[number] {
            Some(path) => path.clone(),
            None if no_names => {
                left.push(wanted);
                continue;
            }
            None => {
                let twice = (0..number).any(|other| asked[other].name == wanted.name);
                if twice {
                    stage.diagnostics.push(
                        Code::DuplicateParameter,
                        row.place_of(&wanted.name, stage.sources),
                        format!(
                            "{} stands in this table more often than in the samples",
                            wanted.name
                        ),
                        "the other rows describe it",
                    );
                    continue;
                }
                let before = found[..number]
                    .iter()
                    .flatten()
                    .next_back()
                    .map(|path| path[..path.len() - 1].to_vec());
                let object = matches!(row.written, Some(WrittenType::Object | WrittenType::Array));
                let in_outcome = |path: &Path| {
                    path.iter()
                        .any(|key| *key == dialect.wire.status || *key == dialect.wire.item_status)
                };
                let after = found[number + 1..]
                    .iter()
                    .flatten()
                    .next()
                    .map(|path| path[..path.len() - 1].to_vec())
                    .filter(|path| !in_outcome(path));
                let home = match before.filter(|path| !object && !in_outcome(path)) {
                    Some(before) => {
                        let around = place::Around {
                            before: &before,
                            after: after.as_ref(),
                            home: &home,
                        };
                        place::object_of(wanted, around, &lore.known[1])
                    }
                    None => home.clone(),
                };
                stage.diagnostics.push(
                    Code::UnplacedField,
                    row.place_of(&wanted.name, stage.sources),
                    format!("{} is in no sample", wanted.name),
                    format!("it was put into {}", inside(&home)),
                );
                let mut path = home.clone();
                path.push(wanted.name.clone());
                shape.document(&path);
                path
            }
        };
        places[number] = Some(path.clone());
        out.entry(path).or_insert(Annotation {
            row,
            required: Required::False,
            inherited: false,
            typed: true,
            values: None,
        });
    }
    left_out(facts, &left, stage);
    for (number, path) in place::also_in(&asked, &places, &shape) {
        shape.document(&path);
        out.entry(path).or_insert(Annotation {
            row: wanted[number].0,
            required: Required::False,
            inherited: false,
            typed: true,
            values: None,
        });
    }
    inherit(&mut out, &rows, &shape, dialect);
    Told {
        shape,
        annotations: out,
    }
}

/// True for a list of lists: what is in it has places, and no names.
fn has_no_names(shape: &Shape) -> bool {
    shape.fields.is_empty() && shape.nested
}

/// Reports rows on what has no names: they say what stands at the places of a list.
fn left_out(facts: &OperationFacts, left: &[&Wanted], stage: &mut Stage<'_>) {
    for table in &facts.tables {
        let own = table.rows.iter().flat_map(|row| &row.names);
        let names: Vec<String> = own
            .filter(|name| {
                table.kind == HeadingKind::Response && left.iter().any(|one| one.name == **name)
            })
            .cloned()
            .collect();
        if names.is_empty() {
            continue;
        }
        stage.diagnostics.push(
            Code::UnplacedField,
            table.heading.span,
            format!(
                "{}: the answer is a list, in which nothing has a name",
                report::listed(names)
            ),
            "they were left out",
        );
    }
}

fn inside(home: &Path) -> String {
    if home.is_empty() {
        "the answer".to_owned()
    } else {
        home.join(".")
    }
}

/// A list of values is that of another field of the same name only if it has all that samples show there.
fn shows_only(field: &Shape, values: &[String]) -> bool {
    let has = |text: &str| {
        values
            .iter()
            .any(|value| value.eq_ignore_ascii_case(text.trim()))
    };
    values.is_empty()
        || field
            .scalars
            .iter()
            .all(|scalar| scalar.text().is_some_and(has))
}

/// The values that a description lists for the fields of one object: `at item level (`a` for the first, `b` for others)`.
fn of_object(doc: &str, object: &[String]) -> Option<Vec<String>> {
    let key = object.last()?;
    doc.match_indices('(').find_map(|(at, _)| {
        let (inside, _) = doc[at + 1..].split_once(')')?;
        let values: Vec<String> = inside
            .split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect();
        (values.len() > 1 && ends_with_name(&doc[..at], key)).then_some(values)
    })
}

/// A row also describes the fields of its name in the other objects that its description speaks of.
pub fn inherit<'a>(
    out: &mut Annotations<'a>,
    rows: &[&'a ParamRow],
    shape: &Shape,
    dialect: &Dialect,
) {
    fn walk<'a>(
        shape: &Shape,
        path: &mut Path,
        rows: &[&'a ParamRow],
        out: &mut Annotations<'a>,
        dialect: &Dialect,
    ) {
        if path.len() > 24 {
            return;
        }
        for (key, field) in &shape.fields {
            if *key == dialect.wire.status || *key == dialect.wire.item_status {
                continue;
            }
            path.push(key.clone());
            if !out.contains_key(path) {
                let object = |row: &ParamRow| {
                    matches!(row.written, Some(WrittenType::Object | WrittenType::Array))
                };
                let speaks = |row: &&&'a ParamRow| {
                    let named = row.names.len() == 1 && row.names[0] == *key;
                    named
                        && row.written.is_some()
                        && object(row) != field.fields.is_empty()
                        && affinity(&row.doc, &path[..path.len() - 1]) > 0.0
                };
                if let Some(row) = rows.iter().find(speaks) {
                    out.insert(
                        path.clone(),
                        Annotation {
                            row,
                            required: Required::False,
                            inherited: true,
                            typed: shows_only(field, &row.values),
                            values: of_object(&row.doc, &path[..path.len() - 1])
                                .filter(|values| shows_only(field, values)),
                        },
                    );
                }
            }
            walk(field, path, rows, out, dialect);
            path.pop();
        }
    }
    walk(shape, &mut Path::new(), rows, out, dialect);
}
