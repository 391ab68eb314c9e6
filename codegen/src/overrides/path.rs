//! Paths of overrides, and where they lead in a spec.

use serde_json::Value;

/// The value at a path, if it leads somewhere.
pub(super) fn target<'a>(tree: &'a mut Value, at: &str) -> Option<&'a mut Value> {
    let mut here = tree;
    for (number, step) in steps(at).enumerate() {
        here = enter(here, number, step)?;
    }
    Some(here)
}

/// The steps of a path.
pub(super) fn steps(at: &str) -> impl Iterator<Item = &str> {
    at.split('/').filter(|step| !step.is_empty())
}

/// One step of a path: `api` or an entity at first; then a key of an object, or in a list the `id`, `entity`, `name` or
/// `code` of an element.
pub(super) fn enter<'a>(here: &'a mut Value, number: usize, step: &str) -> Option<&'a mut Value> {
    match (number, step) {
        (0, "api") => here.get_mut("api"),
        (0, _) => element(here.get_mut("entities")?, step),
        _ if here.is_object() => here.get_mut(step),
        _ => element(here, step),
    }
}

/// What elements of lists are called by. A code has a name too, but its number is what it is known by.
pub(super) const NAMES: [&str; 4] = ["id", "entity", "code", "name"];

fn element<'a>(list: &'a mut Value, step: &str) -> Option<&'a mut Value> {
    list.as_array_mut()?.iter_mut().find(|element| {
        NAMES
            .iter()
            .any(|key| element.get(key).and_then(word).as_deref() == Some(step))
    })
}

/// A name or a number as it stands in a path.
pub(super) fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
