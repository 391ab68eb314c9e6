//! Members whose rows say what they are members of: `sender.address.town`, `items[].sku`, or a row that is set in below
//! the row of an object.

use super::place::{Path, Wanted, under};
use super::shape::Shape;
use crate::read::facts::ParamRow;

/// A key on the way down to a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The key.
    pub key: String,
    /// True where the docs write it as a list: `items[]`, `items[0]`.
    pub list: bool,
}

/// Where a name leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The last key.
    pub name: String,
    /// True where that is a list.
    pub list: bool,
    /// The keys above it.
    pub above: Vec<Step>,
    /// True where the name itself has these keys: samples cannot know it better.
    pub spelt: bool,
}

/// Takes the name of a row apart. `shown` says that a sample has a member of just this name.
pub fn address(name: &str, row: &ParamRow, shown: bool) -> Address {
    let plain = |name: &str| Address {
        name: name.to_owned(),
        above: row
            .above
            .iter()
            .map(|(key, list)| Step {
                key: key.clone(),
                list: *list,
            })
            .collect(),
        ..Address::default()
    };
    if shown || !name.contains(['.', '[']) {
        return plain(name);
    }
    let Some(mut steps) = steps(name) else {
        return plain(name);
    };
    match steps.pop() {
        Some(last) if steps.is_empty() => Address {
            list: last.list,
            ..plain(&last.key)
        },
        Some(last) => Address {
            name: last.key,
            list: last.list,
            above: steps,
            spelt: true,
        },
        None => plain(name),
    }
}

/// `items[0].size` and `customer[phone]` as keys; `None` for what is no such name.
fn steps(name: &str) -> Option<Vec<Step>> {
    let mut out: Vec<Step> = Vec::new();
    for piece in name.split('.') {
        let mut parts = piece.split('[');
        let key = parts.next()?;
        if key.is_empty() {
            return None;
        }
        out.push(Step {
            key: key.to_owned(),
            list: false,
        });
        for part in parts {
            let inner = part.strip_suffix(']')?;
            if inner.chars().all(|c| c.is_ascii_digit()) || inner == "n" || inner == "i" {
                out.last_mut()?.list = true;
            } else {
                out.push(Step {
                    key: inner.to_owned(),
                    list: false,
                });
            }
        }
    }
    let named = |step: &Step| step.key.contains(char::is_alphanumeric);
    (out.len() <= 12 && out.iter().all(named)).then_some(out)
}

/// Puts members that no sample shows into the objects that their rows name, and says which and where. `home` is the
/// object that the message is about.
pub fn nest(rows: &[Wanted], shape: &mut Shape, home: &Path) -> Vec<(usize, Path)> {
    let mut out = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if row.above.is_empty() {
            continue;
        }
        let known = paths(shape);
        let named = |path: &&Path| {
            path.last()
                .is_some_and(|key| key.eq_ignore_ascii_case(&row.name))
        };
        let mut same = known.iter().filter(named);
        if same.clone().any(|path| under(path, &row.above)) || (!row.spelt && same.next().is_some())
        {
            continue;
        }
        let (mut path, rest) = anchor(&known, &row.above, home);
        let holds = shape
            .get(&path)
            .is_some_and(|shape| shape.scalars.is_empty() && path.len() + rest.len() < 20);
        if !holds {
            continue;
        }
        for step in rest {
            insert(shape, &path, step);
            path.push(step.key.clone());
        }
        let leaf = Step {
            key: row.name.clone(),
            list: row.list,
        };
        insert(shape, &path, &leaf);
        if let Some(field) = shape
            .get_mut(&path)
            .and_then(|parent| parent.fields.get_mut(&row.name))
        {
            // As `[]` in a sample would show it.
            field.empty_list |= row.list;
        }
        out.push((at, path));
    }
    out
}

fn insert(shape: &mut Shape, path: &Path, step: &Step) {
    if let Some(parent) = shape.get_mut(path) {
        let field = parent
            .fields
            .entry(step.key.clone())
            .or_insert_with(|| Shape {
                documented_only: true,
                empty: true,
                ..Shape::default()
            });
        field.list |= step.list;
    }
}

/// The place of as many of the keys as there is one of, and the keys that are left.
fn anchor<'a>(known: &[Path], above: &'a [Step], home: &Path) -> (Path, &'a [Step]) {
    for count in (1..=above.len()).rev() {
        let (inside, last) = (&above[..count - 1], &above[count - 1]);
        let found = known
            .iter()
            .filter(|path| {
                path.last()
                    .is_some_and(|key| key.eq_ignore_ascii_case(&last.key))
                    && under(path, inside)
            })
            .min_by_key(|path| path.len());
        if let Some(path) = found {
            return (path.clone(), &above[count..]);
        }
    }
    (home.clone(), above)
}

fn paths(shape: &Shape) -> Vec<Path> {
    fn walk(shape: &Shape, path: &mut Path, out: &mut Vec<Path>) {
        if path.len() > 24 {
            return;
        }
        for (key, field) in &shape.fields {
            path.push(key.clone());
            out.push(path.clone());
            walk(field, path, out);
            path.pop();
        }
    }
    let mut out = Vec::new();
    walk(shape, &mut Path::new(), &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(name: &str) -> Option<String> {
        let steps = steps(name)?;
        let keys: Vec<String> = steps
            .into_iter()
            .map(|step| format!("{}{}", step.key, if step.list { "[]" } else { "" }))
            .collect();
        Some(keys.join(" "))
    }

    #[test]
    fn names_with_keys() {
        for (name, want) in [
            ("sender.name", Some("sender name")),
            ("items[].sku", Some("items[] sku")),
            ("items[0].sku", Some("items[] sku")),
            ("sender[phone]", Some("sender phone")),
            ("tags[]", Some("tags[]")),
            (".name", None),
            ("name.-", None),
            ("a[b", None),
        ] {
            assert_eq!(spelt(name).as_deref(), want, "{name}");
        }
    }
}
