//! Finds out where the rows of a flat table belong in a nested message.
//!
//! `name`, `type` or `amount` mean another field each time they occur. What decides is the order of the rows (a row for
//! an object is followed by the rows of its fields), what the description is about, and what the samples show.

use std::collections::BTreeMap;

use super::message::{Known, elsewhere, lend};
use super::nested::{self, Step};
use super::shape::Shape;
use crate::dialect::{Wire, WrittenType};
use crate::read::facts::ParamRow;

/// A path of keys from the document element down; lists do not count as a step.
pub type Path = Vec<String>;

/// What a row asks for.
#[derive(Clone, Debug)]
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
        let rest: Vec<(&String, &Shape)> = here
            .fields
            .iter()
            .filter(|(key, _)| **key != wire.status && **key != wire.item_status)
            .collect();
        match rest.as_slice() {
            [(key, field)] if !field.fields.is_empty() && path.len() < 12 => {
                path.push((*key).clone());
                here = field;
            }
            _ => return path,
        }
    }
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

/// Where the same rows stand in other operations' messages: tables are copied from section to section.
#[derive(Clone, Debug, Default)]
pub struct Copies(BTreeMap<(bool, String, String), Vec<Path>>);

impl Copies {
    fn key(answer: bool, name: &str, doc: &str) -> Option<(bool, String, String)> {
        let words = words(doc);
        (words.len() > 2).then(|| (answer, name.to_lowercase(), words.join(" ")))
    }

    /// Notes where rows stand.
    pub fn note(&mut self, answer: bool, rows: &[Wanted], shape: &Shape, wire: &Wire) {
        let found = place(rows, shape, wire);
        for (at, (row, path)) in rows.iter().zip(&found).enumerate() {
            // Only a row beside its predecessor, or one that speaks of its object, is sure to be at its place.
            if let Some(path) = path {
                let above = parent(path);
                let follows = at == 0
                    || found[at - 1].as_ref().is_some_and(|previous| {
                        previous.starts_with(above) || above == previous.as_slice()
                    });
                if !follows && affinity(&row.doc, above) < 0.5 {
                    continue;
                }
            }
            if let (Some(key), Some(path)) = (Self::key(answer, &row.name, &row.doc), path.clone())
            {
                let known = self.0.entry(key).or_default();
                if !known.contains(&path) {
                    known.push(path);
                }
            }
        }
    }

    /// The places of a row elsewhere.
    #[must_use]
    pub fn of(&self, answer: bool, name: &str, doc: &str) -> Vec<Path> {
        Self::key(answer, name, doc)
            .and_then(|key| self.0.get(&key))
            .cloned()
            .unwrap_or_default()
    }
}

/// Puts documented fields that no sample of this message shows where messages elsewhere have them: a copied row where
/// it stands there; an object into the object of the same name as there, or else into the subject. `known` are the
/// messages of the same direction, and those of the other.
pub fn adopt(rows: &[Wanted], shape: &mut Shape, wire: &Wire, known: [&Known; 2], page: usize) {
    let found = place(rows, shape, wire);
    let home = subject(shape, wire);
    for (at, (row, found)) in rows.iter().zip(found).enumerate() {
        if found
            .as_ref()
            .is_some_and(|path| row.copies.is_empty() || row.copies.contains(path))
        {
            continue;
        }
        let elsewhere_here = found.is_some();
        let object = matches!(row.written, Some(WrittenType::Object | WrittenType::Array));
        let model = known
            .iter()
            .find_map(|known| elsewhere(known, &row.name, page))
            .filter(|_| object);
        let field = || Shape {
            fields: model.map(|(_, model)| lend(model, &[])).unwrap_or_default(),
            list: model.is_some_and(|(_, model)| model.list),
            empty: true,
            documented_only: true,
            ..Shape::default()
        };
        // A copied row: the object has to be there, or to be named by a row of this table.
        let copied = row.copies.iter().find(|path| {
            let above = parent(path);
            let there = shape
                .get(above)
                .is_some_and(|object| !object.fields.is_empty());
            there
                || (!elsewhere_here
                    && above.len() > home.len()
                    && above.starts_with(&home)
                    && !home.is_empty())
        });
        if let Some(path) = copied {
            insert(shape, path, field());
            continue;
        }
        let Some((inside, model)) = model.filter(|_| !elsewhere_here) else {
            continue;
        };
        // A model from another page counts only where the next rows speak of its fields.
        let next = rows
            .get(at + 1)
            .is_some_and(|next| next.name.len() > 2 && contains(model, &next.name));
        let same_page = known
            .iter()
            .flat_map(|known| known.iter())
            .any(|((_, key), shapes)| {
                *key == row.name && shapes.iter().any(|(other, _)| *other == page)
            });
        if !next && !same_page {
            continue;
        }
        let place = nodes(shape, wire)
            .into_iter()
            .find(|node| node.object && node.path.last().is_some_and(|key| key == inside))
            .map(|node| node.path);
        if let Some(object) = shape.get_mut(&place.unwrap_or_else(|| home.clone())) {
            object.fields.entry(row.name.clone()).or_insert_with(field);
        }
    }
}

fn contains(shape: &Shape, name: &str) -> bool {
    shape
        .fields
        .iter()
        .any(|(key, field)| key == name || contains(field, name))
}

/// Puts a field at a path; objects on the way that are missing are made.
fn insert(shape: &mut Shape, path: &[String], field: Shape) {
    let Some((last, above)) = path.split_last() else {
        return;
    };
    let mut here = shape;
    for (depth, key) in above.iter().enumerate() {
        let plural = depth > 0 && singular(&above[depth - 1]) == *key && above[depth - 1] != *key;
        here = here.fields.entry(key.clone()).or_insert_with(|| Shape {
            documented_only: true,
            list: plural,
            ..Shape::default()
        });
    }
    here.fields.entry(last.clone()).or_insert(field);
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

/// How much a description speaks of the object that a place is in.
#[must_use]
pub fn affinity(doc: &str, above: &[String]) -> f64 {
    let doc = words(doc);
    let mut weight = 2.0;
    for key in above.iter().rev().take(2) {
        let name = words(key);
        let singular: Vec<String> = name.iter().map(|word| singular(word)).collect();
        let found = !singular.is_empty()
            && doc.windows(singular.len()).any(|window| {
                window
                    .iter()
                    .map(|word| self::singular(word))
                    .eq(singular.iter().cloned())
            });
        if found {
            return weight;
        }
        // `payment_details`: the first word says it.
        let head = singular
            .first()
            .filter(|word| word.len() > 4 && singular.len() > 1);
        if head.is_some_and(|head| doc.iter().any(|word| self::singular(word) == *head)) {
            return weight * 0.6;
        }
        weight *= 0.6;
    }
    0.0
}

/// Lower-case words of a name or a text.
fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut lower = false;
    for c in text.chars() {
        let breaks = !c.is_alphanumeric() || (c.is_uppercase() && lower);
        if breaks && !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        lower = c.is_lowercase();
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

/// The word without the ending of a plural.
#[must_use]
pub fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return format!("{stem}{}", &ending[..ending.len() - 2]);
        }
    }
    if word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
    {
        return word[..word.len() - 1].to_owned();
    }
    word.to_owned()
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
    fn plurals() {
        for (many, one) in [
            ("customers", "customer"),
            ("points_summaries", "points_summary"),
            ("addresses", "address"),
            ("status", "status"),
            ("taxes", "tax"),
            ("analysis", "analysis"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
