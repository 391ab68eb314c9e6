//! What a change is about in Rust: the path of the item, as users write it.

use super::change::{Change, Report};
use super::params::names_of_choice;
use crate::emit::{Shape, Shapes};

/// Adds the items in Rust to changes: of the new side where they are there, else of the old one; else the module of the
/// operation or entity.
pub fn add(report: &mut Report, old: &Shapes, new: &Shapes) {
    for change in &mut report.changes {
        let sides = [new, old];
        let named = sides.iter().find_map(|shapes| named(change, shapes));
        change.item = named.or_else(|| sides.iter().find_map(|shapes| module(change, shapes)));
    }
}

/// The item that a change names.
fn named(change: &Change, shapes: &Shapes) -> Option<String> {
    if let Some(id) = &change.operation {
        return item(&change.subject, shapes.operations.get(id)?);
    }
    let number = change.subject.strip_prefix("code ")?;
    let key = (change.entity.clone(), number.parse().ok()?);
    shapes.codes.get(&key).cloned()
}

/// The module that a change is about.
fn module(change: &Change, shapes: &Shapes) -> Option<String> {
    match &change.operation {
        Some(id) => Some(shapes.operations.get(id)?.module.clone()),
        None => shapes.modules.get(change.entity.as_ref()?).cloned(),
    }
}

/// The item of a subject such as ``request field `root.parcel.id` ``.
fn item(subject: &str, shape: &Shape) -> Option<String> {
    if let Some(names) = names_of_choice(subject) {
        let way = shape.params.get(names.first()?)?;
        let (choice, _) = way.rsplit_once("::")?;
        return Some(format!("{}::{choice}", shape.module));
    }
    let (kind, name) = subject.split_once('`')?;
    let name = name.strip_suffix('`')?;
    let field = |request| shape.items.get(&(request, name.to_owned()));
    let inner = match kind.trim_end() {
        "request field" => field(true)?.clone(),
        "answer field" => field(false)?.clone(),
        "Rust field" => name.replace('.', "::"),
        "query parameter" | "path parameter" | "header" => shape.params.get(name)?.clone(),
        _ => return None,
    };
    Some(format!("{}::{inner}", shape.module))
}
