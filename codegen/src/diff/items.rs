//! What a change is about in Rust: the path of the item, as users write it.

use super::change::Report;
use super::side::ShapesById;
use crate::emit::Shape;

/// Adds the items in Rust to the changes of operations: of the new side where they are there, else of the old one.
pub fn add(report: &mut Report, old: &ShapesById, new: &ShapesById) {
    for change in &mut report.changes {
        let Some(operation) = &change.operation else {
            continue;
        };
        let sides = [new, old].into_iter();
        let mut shapes = sides.filter_map(|shapes| shapes.get(operation));
        change.item = shapes.find_map(|shape| item(&change.subject, shape));
    }
}

/// The item of a subject such as ``request field `root.parcel.id` ``.
fn item(subject: &str, shape: &Shape) -> Option<String> {
    let inner = match subject.split_once('`') {
        None if subject == "operation" => return Some(shape.module.clone()),
        None => return None,
        Some((kind, name)) => {
            let name = name.strip_suffix('`')?;
            let field = |request| shape.items.get(&(request, name.to_owned()));
            match kind.trim_end() {
                "request field" => field(true)?.clone(),
                "answer field" => field(false)?.clone(),
                "Rust field" => name.replace('.', "::"),
                "query parameter" | "path parameter" | "header" => shape.params.get(name)?.clone(),
                _ => return None,
            }
        }
    };
    Some(format!("{}::{inner}", shape.module))
}
