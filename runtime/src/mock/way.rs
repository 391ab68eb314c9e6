//! Ways to places in a tree that are to be changed.
//!
//! Follows the wrappers that replies have as `locate` does, which reads only.

use crate::wire::Value;

/// A step from a value to one inside.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Item(usize),
}

/// The way to what stands at a path.
pub(super) fn find(value: &Value, path: &[&str]) -> Option<Vec<Step>> {
    let shorter = path.get(1..).filter(|rest| !rest.is_empty());
    [Some(path), shorter]
        .into_iter()
        .flatten()
        .find_map(|path| {
            follow(value, path, Vec::new()).or_else(|| {
                let (key, inside) = only(value)?;
                follow(inside, path, vec![Step::Key(key.to_owned())])
            })
        })
}

fn follow(value: &Value, path: &[&str], mut way: Vec<Step>) -> Option<Vec<Step>> {
    let Some((key, rest)) = path.split_first() else {
        return Some(way);
    };
    match value {
        Value::Object(map) => match (map.get(key), only(value)) {
            (Some(inside), _) => {
                way.push(Step::Key((*key).to_owned()));
                follow(inside, rest, way)
            }
            (None, Some((wrapper @ "element", inside))) => {
                way.push(Step::Key(wrapper.to_owned()));
                follow(inside, path, way)
            }
            _ => None,
        },
        Value::List(items) if items.len() == 1 => {
            way.push(Step::Item(0));
            follow(&items[0], path, way)
        }
        _ => None,
    }
}

/// The member of an object that has just one.
pub(super) fn only(value: &Value) -> Option<(&str, &Value)> {
    let map = value.as_object().filter(|map| map.len() == 1)?;
    map.iter().next()
}

/// The place at the end of a way.
pub(super) fn at<'v>(value: &'v mut Value, way: &[Step]) -> Option<&'v mut Value> {
    way.iter()
        .try_fold(value, |value, step| match (value, step) {
            (Value::Object(map), Step::Key(key)) => map.get_mut(key),
            (Value::List(items), Step::Item(at)) => items.get_mut(*at),
            _ => None,
        })
}
