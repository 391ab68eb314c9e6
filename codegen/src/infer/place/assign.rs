//! A place for every row: by the order of the rows, by what their descriptions are about, and by what samples show.

use super::nodes::{Node, nodes, subject};
use super::wanted::{Path, Wanted, parent, under};
use crate::dialect::{Wire, WrittenType};
use crate::infer::shape::Shape;
use crate::infer::words::affinity;

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
