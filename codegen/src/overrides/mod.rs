//! Corrections to what the docs get wrong: `spec/overrides.yaml`.
//!
//! An entry names a place in the spec, what is to stand there, why, and the line of the docs that it corrects, with others
//! that the reason relies on. An entry expires when its place is gone, when one of its lines reads differently, or when
//! the docs say by now what it says. Then it is
//! stale, and the run says what to do about it.

mod entry;
mod lines;
mod path;
mod stale;
#[cfg(test)]
mod tests;

pub use entry::Override;
pub use lines::Quote;
pub use stale::Stale;

use serde_json::Value;

use crate::InputError;
use crate::claims::Basis;
use crate::diagnostics::Code;
use crate::dialect::yaml_error;
use crate::slate::source::Sources;
use crate::spec::Spec;
use path::{steps, target};

/// Reads the corrections; `path` is for messages.
///
/// # Errors
/// When the YAML is not valid, a key is unknown, or an entry has no reason.
pub fn parse(path: &str, yaml: &str) -> Result<Vec<Override>, InputError> {
    let list: Option<Vec<Override>> =
        serde_yaml::from_str(yaml).map_err(|error| yaml_error(path, &error))?;
    let mut list = list.unwrap_or_default();
    for (entry, place) in list.iter_mut().zip(places(yaml)) {
        entry.place = place;
    }
    for entry in &list {
        let mut quotes = std::iter::once(entry.quote()).chain(entry.relies_on.iter().cloned());
        let mistake = if entry.because.trim().is_empty() {
            Some("does not say why".to_owned())
        } else if entry.set.is_empty() && entry.add.is_none() {
            Some("changes nothing".to_owned())
        } else {
            quotes.find_map(|quote| quote.mistake())
        };
        if let Some(mistake) = mistake {
            return Err(InputError::new(format!(
                "{path}: the override of {:?} {mistake}",
                entry.at
            )));
        }
    }
    Ok(list)
}

/// The 1-based lines on which the elements of a list begin. The YAML library does not tell, but lines that are indented
/// no more than the first dash can be nothing else. Endless, for lists in another style.
fn places(yaml: &str) -> impl Iterator<Item = usize> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let dashed = |line: &str| line.trim_start().starts_with("- ") || line.trim() == "-";
    let first = yaml.lines().find(|line| dashed(line)).map_or(0, indent);
    let lines: Vec<usize> = yaml
        .lines()
        .enumerate()
        .filter(|(_, line)| dashed(line) && indent(line) == first)
        .map(|(at, _)| at + 1)
        .collect();
    lines.into_iter().chain(std::iter::repeat(1))
}

/// Applies the corrections. Those that have expired are returned; of these, only what is [stale in
/// part](crate::diagnostics::Code::OverrideNotNeededInPart) is applied.
///
/// # Errors
/// When what they leave is no spec any more.
pub fn apply(
    mut spec: Spec,
    overrides: &[Override],
    sources: &Sources,
) -> Result<(Spec, Vec<Stale>), InputError> {
    if overrides.is_empty() {
        return Ok((spec, Vec::new()));
    }
    let broken = |error: serde_json::Error| InputError::new(format!("overrides: {error}"));
    // All that no entry is about stays what it is: most of the spec.
    let named = named(&spec, overrides);
    let (about, others): (Vec<_>, Vec<_>) = std::mem::take(&mut spec.entities)
        .into_iter()
        .zip(&named)
        .partition(|(_, named)| **named);
    spec.entities = about.into_iter().map(|(entity, _)| entity).collect();
    let mut tree = serde_json::to_value(&spec).map_err(broken)?;
    let mut stale = Vec::new();
    for entry in overrides {
        match stale::find(&mut tree, entry, sources) {
            None => {}
            Some(found) => {
                let applies = found.code == Code::OverrideNotNeededInPart;
                stale.push(found);
                if !applies {
                    continue;
                }
            }
        }
        correct(&mut tree, entry);
    }
    let mut spec: Spec = serde_json::from_value(tree).map_err(broken)?;
    let mut about = std::mem::take(&mut spec.entities).into_iter();
    let mut others = others.into_iter().map(|(entity, _)| entity);
    for named in &named {
        let next = if *named { about.next() } else { others.next() };
        spec.entities.extend(next);
    }
    Ok((spec, stale))
}

/// Which entities the entries are about: all of them when one of the entries leads nowhere, because what it says of that
/// depends on what else there is.
fn named(spec: &Spec, overrides: &[Override]) -> Vec<bool> {
    let mut named = vec![false; spec.entities.len()];
    for entry in overrides {
        let first = steps(&entry.at).next();
        if first == Some("api") {
            continue;
        }
        let mut found = false;
        for (entity, named) in spec.entities.iter().zip(&mut named) {
            if first == Some(entity.entity.as_str()) {
                (found, *named) = (true, true);
            }
        }
        if !found {
            return vec![true; spec.entities.len()];
        }
    }
    named
}

/// Makes a correction that applies.
fn correct(tree: &mut Value, entry: &Override) {
    let marks = has_basis(&entry.at);
    let target = target(tree, &entry.at);
    if let Some(value) = &entry.add {
        if let Some(list) = target.and_then(Value::as_array_mut) {
            list.push(value.clone());
        }
        return;
    }
    let Some(object) = target.and_then(Value::as_object_mut) else {
        return;
    };
    if marks && let Ok(mark) = serde_json::to_value(Basis::Corrected) {
        let basis = object
            .entry("basis")
            .or_insert_with(|| Value::Object(serde_json::Map::new()));
        if let Some(basis) = basis.as_object_mut() {
            let keys = entry.set.keys().filter(|key| *key != "basis");
            basis.extend(keys.map(|key| (key.clone(), mark.clone())));
        }
    }
    for (key, value) in &entry.set {
        if value.is_null() {
            object.remove(key);
        } else {
            object.insert(key.clone(), value.clone());
        }
    }
}

/// Whether what stands at a path says what its facts rest on: operations, parameters, fields and codes do.
fn has_basis(at: &str) -> bool {
    let steps: Vec<&str> = steps(at).collect();
    match steps.as_slice() {
        [_, list, _] => matches!(*list, "operations" | "codes"),
        [_, list, _, inner, _] => {
            matches!(
                (*list, *inner),
                ("operations", "params") | ("types", "fields")
            )
        }
        _ => false,
    }
}
