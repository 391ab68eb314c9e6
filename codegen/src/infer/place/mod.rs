//! Finds out where the rows of a flat table belong in a nested message.
//!
//! `name`, `type` or `amount` mean another field each time they occur. What decides is the order of the rows (a row for
//! an object is followed by the rows of its fields), what the description is about, and what the samples show.

mod adopt;
mod copies;
mod several;
mod unshown;
mod words;

pub use adopt::adopt;
pub use copies::Copies;
pub use several::also_in;
pub use unshown::{Around, object_of};
pub use words::{affinity, ends_with_name, singular};

use super::nested::{self, Step};
use super::shape::Shape;
use crate::dialect::{Wire, WrittenType};
use crate::read::facts::ParamRow;

/// A path of keys from the document element down; lists do not count as a step.
pub type Path = Vec<String>;

/// What a row asks for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Name on the wire.
    pub name: String,
    /// Type column.
    pub written: Option<WrittenType>,
    /// Description.
    pub doc: String,
    /// Names of the same row: they belong into one object.
    pub siblings: Vec<String>,
    /// Where the same row stands in the messages of other operations.
    pub copies: Vec<Path>,
    /// The objects that the row says it is in.
    pub above: Vec<Step>,
    /// True where the name itself says that.
    pub spelt: bool,
    /// True where the name says that it is a list.
    pub list: bool,
}

impl Wanted {
    /// What the name of a row asks for. `shown` says that a sample has a member of just this name.
    #[must_use]
    pub fn of(name: &str, row: &ParamRow, shown: bool) -> Self {
        let address = nested::address(name, row, shown);
        Self {
            name: address.name,
            written: row.written,
            doc: row.doc.clone(),
            siblings: Vec::new(),
            copies: Vec::new(),
            above: address.above,
            spelt: address.spelt,
            list: address.list,
        }
    }
}

/// True when the keys stand in the path above its last one, in their order; wrappers may stand between them.
#[must_use]
pub fn under(path: &[String], above: &[Step]) -> bool {
    let mut keys = parent(path).iter();
    above
        .iter()
        .all(|step| keys.any(|key| key.eq_ignore_ascii_case(&step.key)))
}

struct Node {
    path: Path,
    object: bool,
    in_status: bool,
    used: bool,
}

/// The fields of a message in the order of the document.
fn nodes(shape: &Shape, wire: &Wire) -> Vec<Node> {
    fn walk(shape: &Shape, path: &mut Path, in_status: bool, wire: &Wire, out: &mut Vec<Node>) {
        if path.len() > 24 {
            return;
        }
        for (key, field) in &shape.fields {
            path.push(key.clone());
            out.push(Node {
                path: path.clone(),
                object: !field.fields.is_empty(),
                in_status,
                used: false,
            });
            let status = in_status || *key == wire.status || *key == wire.item_status;
            walk(field, path, status && !field.fields.is_empty(), wire, out);
            path.pop();
        }
    }
    let mut out = Vec::new();
    walk(shape, &mut Vec::new(), false, wire, &mut out);
    out
}

/// The object that a message is about: below document element and wrappers, beside the outcome.
#[must_use]
pub fn subject(shape: &Shape, wire: &Wire) -> Path {
    let mut path = Path::new();
    let mut here = shape;
    loop {
        let outcome = [&wire.status, &wire.item_status];
        let beside_outcome = || here.fields.iter().filter(|(key, _)| !outcome.contains(key));
        let mut rest: Vec<_> = beside_outcome()
            .filter(|(_, field)| !is_leftover(field))
            .collect();
        if rest.is_empty() {
            rest = beside_outcome().collect();
        }
        match rest.as_slice() {
            [(key, field)] if !field.fields.is_empty() && path.len() < 12 => {
                path.push((*key).clone());
                here = field;
            }
            _ => return path,
        }
    }
}

/// What samples only show empty: it does not tell that the message is about the object around it.
fn is_leftover(field: &Shape) -> bool {
    let shown = |inner: &Shape| !inner.documented_only;
    let bare = field.scalars.is_empty() && !field.fields.values().any(shown);
    bare && field.empty && !field.documented_only
}

/// A place for every row, in their order; `None` where no sample shows the name.
#[must_use]
pub fn place(rows: &[Wanted], shape: &Shape, wire: &Wire) -> Vec<Option<Path>> {
    let mut nodes = nodes(shape, wire);
    let home = subject(shape, wire);
    let mut previous: Option<Path> = None;
    let mut out: Vec<Option<Path>> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let named = |node: &Node| {
            node.path
                .last()
                .is_some_and(|key| key.eq_ignore_ascii_case(&row.name))
        };
        let told = nodes
            .iter()
            .any(|node| named(node) && under(&node.path, &row.above));
        let best = nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| named(node) && (!told || under(&node.path, &row.above)))
            .map(|(number, node)| {
                (
                    cost(
                        row,
                        node,
                        &nodes,
                        previous.as_ref(),
                        &home,
                        rows.get(at + 1),
                    ),
                    number,
                )
            })
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        match best {
            Some((cost, number)) if cost < 60.0 => {
                nodes[number].used = true;
                let path = nodes[number].path.clone();
                previous = Some(path.clone());
                out.push(Some(path));
            }
            _ => out.push(None),
        }
    }
    out
}

/// The object inside wrappers that hold nothing else.
pub fn innermost(shape: &Shape, path: Path) -> Path {
    let mut path = path;
    while let Some(object) = shape
        .get(&path)
        .filter(|object| object.fields.len() == 1 && path.len() < 16)
    {
        match object.fields.iter().next() {
            Some((key, only)) if !only.fields.is_empty() => path.push(key.clone()),
            _ => break,
        }
    }
    path
}

fn parent(path: &[String]) -> &[String] {
    &path[..path.len().saturating_sub(1)]
}

fn cost(
    row: &Wanted,
    node: &Node,
    nodes: &[Node],
    previous: Option<&Path>,
    home: &[String],
    next: Option<&Wanted>,
) -> f64 {
    let above = parent(&node.path);
    let mut cost = 0.0;
    if node.used {
        cost += 100.0;
    }
    let wants_object = matches!(row.written, Some(WrittenType::Object | WrittenType::Array));
    let wants_scalar = row.written.is_some() && !wants_object;
    if (wants_object && !node.object) || (wants_scalar && node.object) {
        cost += 5.0;
    }
    if node.in_status {
        cost += 3.0;
    }
    if row.copies.contains(&node.path) {
        cost -= 3.0;
    }
    let depth = |path: &[String]| f64::from(u32::try_from(path.len()).unwrap_or(u32::MAX));
    cost += match previous {
        Some(previous) if above == previous.as_slice() || above == parent(previous) => 0.0,
        Some(previous) if above.starts_with(previous) => 0.5,
        Some(previous) if previous.starts_with(above) => 1.0,
        Some(previous) if above.starts_with(parent(previous)) => 1.5,
        Some(_) => 2.5,
        None => 0.0,
    };
    if above == home {
        cost -= 0.4;
    }
    cost += 0.2 * depth(above);
    // The names of one row stand in one object.
    let together = row
        .siblings
        .iter()
        .filter(|name| {
            nodes.iter().any(|other| {
                parent(&other.path) == above
                    && other
                        .path
                        .last()
                        .is_some_and(|key| key.eq_ignore_ascii_case(name))
            })
        })
        .count();
    cost -= 0.8 * f64::from(u32::try_from(together).unwrap_or(0));
    if row.siblings.len() > 1 && together < 2 {
        cost += 4.0;
    }
    // What follows an object's row are its fields.
    if let (true, Some(next)) = (node.object, next) {
        let leads = nodes.iter().any(|other| {
            parent(&other.path) == node.path.as_slice() && other.path.last() == Some(&next.name)
        });
        if leads {
            cost -= 0.3;
        }
    }
    cost - affinity(&row.doc, above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn shape(json: &str) -> Shape {
        let mut shape = Shape::default();
        let parsed = sample::parse(json).unwrap();
        shape.add(&parsed.documents[0], parsed.format, 0, 0, &Wire::default());
        shape
    }

    fn row(name: &str, written: WrittenType, doc: &str) -> Wanted {
        Wanted {
            name: name.into(),
            written: Some(written),
            doc: doc.into(),
            siblings: Vec::new(),
            copies: Vec::new(),
            above: Vec::new(),
            spelt: false,
            list: false,
        }
    }

    #[test]
    fn order_and_description_place_rows() {
        let shape = shape(
            r#"{"root": {"bill": [{"type": "x", "value": 1, "amount": 2,
                "payment_details": {"payment": [{"mode": "x", "value": 3, "attributes": {"attribute": [{"name": "a"}]}}]},
                "line_items": {"line_item": [{"serial": 1, "amount": 4, "value": 5, "attributes": {"attribute": [{"name": "b"}]}}]}}]}}"#,
        );
        let rows = [
            row("type", WrittenType::Enum, "Type of the bill."),
            row("amount", WrittenType::Number, "Net amount of the bill."),
            row(
                "attributes",
                WrittenType::Object,
                "Attributes of the line-item.",
            ),
            row("mode", WrittenType::String, "Mode of payment."),
            row("value", WrittenType::Number, "Amount paid in this mode."),
            row(
                "attributes",
                WrittenType::Object,
                "Payment mode attributes.",
            ),
            row("line_items", WrittenType::Object, "Lines."),
            row("serial", WrittenType::Integer, "Number of the line."),
            row("amount", WrittenType::Number, "Amount of the line."),
            row("missing", WrittenType::Number, "In no sample."),
        ];
        let got: Vec<String> = place(&rows, &shape, &Wire::default())
            .into_iter()
            .map(|path| path.map_or("-".into(), |path| path[2..].join(".")))
            .collect();
        assert_eq!(
            got,
            [
                "type",
                "amount",
                "line_items.line_item.attributes",
                "payment_details.payment.mode",
                "payment_details.payment.value",
                "payment_details.payment.attributes",
                "line_items",
                "line_items.line_item.serial",
                "line_items.line_item.amount",
                "-"
            ]
        );
        assert_eq!(subject(&shape, &Wire::default()), ["root", "bill"]);
    }

    #[test]
    fn what_is_only_empty_is_no_other_subject() {
        let shape = shape(
            r#"{"answer": {"parcels": {"parcel": [{"id": 1, "to": "Ulm"}]}, "effects": ""}}"#,
        );
        assert_eq!(
            subject(&shape, &Wire::default()),
            ["answer", "parcels", "parcel"]
        );
    }
}
