//! Corrections to what the docs get wrong: `spec/overrides.yaml`.
//!
//! An entry names a place in the spec, what is to stand there, why, and the line of the docs that it corrects. When
//! that line is gone or reads differently, the entry no longer applies and the run says so.

use serde::Deserialize;
use serde_json::Value;

use crate::InputError;
use crate::dialect::yaml_error;
use crate::slate::source::Sources;
use crate::spec::Spec;

/// One correction.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Where: entity, then `operations`, `types` or `codes`, then ids and keys, with slashes between.
    pub at: String,
    /// Keys and their values. A key with `null` is removed.
    #[serde(default)]
    pub set: serde_json::Map<String, Value>,
    /// Something to add to a list.
    #[serde(default)]
    pub add: Option<Value>,
    /// Why.
    pub because: String,
    /// The file that is wrong.
    pub file: String,
    /// How the line that is wrong begins, blanks aside.
    pub line: String,
}

/// Reads the corrections; `path` is for messages.
///
/// # Errors
/// When the YAML is not valid, a key is unknown, or an entry has no reason.
pub fn parse(path: &str, yaml: &str) -> Result<Vec<Override>, InputError> {
    let list: Option<Vec<Override>> =
        serde_yaml::from_str(yaml).map_err(|error| yaml_error(path, &error))?;
    let list = list.unwrap_or_default();
    for entry in &list {
        if entry.because.trim().is_empty() {
            return Err(InputError::new(format!(
                "{path}: the override of {:?} does not say why",
                entry.at
            )));
        }
        if entry.set.is_empty() && entry.add.is_none() {
            return Err(InputError::new(format!(
                "{path}: the override of {:?} changes nothing",
                entry.at
            )));
        }
    }
    Ok(list)
}

/// An override that does not apply, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Where it was to apply.
    pub at: String,
    /// Why it does not.
    pub why: String,
}

/// Applies the corrections. Those that do not apply are returned.
///
/// # Errors
/// When what they leave is no spec any more.
pub fn apply(
    spec: Spec,
    overrides: &[Override],
    sources: &Sources,
) -> Result<(Spec, Vec<Stale>), InputError> {
    if overrides.is_empty() {
        return Ok((spec, Vec::new()));
    }
    let broken = |error: serde_json::Error| InputError::new(format!("overrides: {error}"));
    let mut tree = serde_json::to_value(&spec).map_err(broken)?;
    let mut stale = Vec::new();
    for entry in overrides {
        if let Err(why) = one(&mut tree, entry, sources) {
            stale.push(Stale {
                at: entry.at.clone(),
                why,
            });
        }
    }
    let spec = serde_json::from_value(tree).map_err(broken)?;
    Ok((spec, stale))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn one(tree: &mut Value, entry: &Override, sources: &Sources) -> Result<(), String> {
    let Some((_, file)) = sources.files().find(|(_, file)| file.path == entry.file) else {
        return Err(format!("the docs have no {}", entry.file));
    };
    let wanted = squeeze(&entry.line);
    let found = (0..file.line_count()).any(|line| squeeze(file.line(line)).starts_with(&wanted));
    if !found {
        return Err(format!(
            "{} has no line that begins with {wanted:?} any more; look whether the docs are right now",
            entry.file
        ));
    }
    let target = find(tree, &entry.at).ok_or_else(|| format!("the spec has no {:?}", entry.at))?;
    if let Some(value) = &entry.add {
        let list = target
            .as_array_mut()
            .ok_or_else(|| format!("{:?} is no list", entry.at))?;
        if list.contains(value) {
            return Err("the docs say so themselves now".to_owned());
        }
        list.push(value.clone());
        return Ok(());
    }
    let object = target
        .as_object_mut()
        .ok_or_else(|| format!("{:?} is no object", entry.at))?;
    if entry
        .set
        .iter()
        .all(|(key, value)| object.get(key).unwrap_or(&Value::Null) == value)
    {
        return Err("the docs say so themselves now".to_owned());
    }
    for (key, value) in &entry.set {
        if value.is_null() {
            object.remove(key);
        } else {
            object.insert(key.clone(), value.clone());
        }
    }
    Ok(())
}

/// The value at a path: keys of objects; in lists the `id`, `entity`, `name` or `code` of an element.
fn find<'a>(tree: &'a mut Value, at: &str) -> Option<&'a mut Value> {
    let mut here = tree;
    let mut steps = at.split('/').filter(|step| !step.is_empty());
    let first = steps.next()?;
    here = if first == "api" {
        here.get_mut("api")?
    } else {
        element(here.get_mut("entities")?, first)?
    };
    for step in steps {
        here = match here {
            Value::Object(_) => here.get_mut(step)?,
            Value::Array(_) => element(here, step)?,
            _ => return None,
        };
    }
    Some(here)
}

fn element<'a>(list: &'a mut Value, step: &str) -> Option<&'a mut Value> {
    list.as_array_mut()?.iter_mut().find(|element| {
        ["id", "entity", "name", "code"]
            .iter()
            .any(|key| match element.get(key) {
                Some(Value::String(text)) => text == step,
                Some(Value::Number(number)) => number.to_string() == step,
                _ => false,
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slate::source::SourceFile;
    use crate::spec::{CodeEntry, CodeKind, Entity};

    fn spec() -> Spec {
        Spec {
            entities: vec![Entity {
                entity: "a".into(),
                codes: vec![CodeEntry {
                    code: 7,
                    kind: CodeKind::Unknown,
                    name: "Seven".into(),
                    messages: vec![],
                    source: vec![],
                }],
                ..Entity::default()
            }],
            ..Spec::default()
        }
    }

    fn sources() -> Sources {
        let mut sources = Sources::default();
        sources
            .add(SourceFile::new("includes/_a.md", "x\n7  |  seven\n"))
            .unwrap();
        sources
    }

    fn entry(at: &str, line: &str, kind: &str) -> Vec<Override> {
        parse("overrides.yaml", &format!("- at: {at}\n  set: {{kind: {kind}}}\n  because: it is\n  file: includes/_a.md\n  line: {line:?}\n")).unwrap()
    }

    #[test]
    fn a_correction_is_made_where_its_line_stands() {
        let (spec, stale) = apply(
            spec(),
            &entry("a/codes/7", "7 | seven", "error"),
            &sources(),
        )
        .unwrap();
        assert!(stale.is_empty());
        assert_eq!(spec.entities[0].codes[0].kind, CodeKind::Error);
    }

    #[test]
    fn a_correction_that_no_longer_applies_is_reported() {
        for (at, line, kind) in [
            ("a/codes/7", "7 | eight", "error"),
            ("a/codes/8", "7 | seven", "error"),
            ("a/codes/7", "7 | seven", "unknown"),
        ] {
            let (_, stale) = apply(spec(), &entry(at, line, kind), &sources()).unwrap();
            assert_eq!(stale.len(), 1, "{at} {line} {kind}");
        }
    }

    #[test]
    fn a_typo_is_an_error_with_its_place() {
        let error = parse("overrides.yaml", "- at: a\n  sett: {}\n  because: x\n").unwrap_err();
        assert!(error.to_string().starts_with("overrides.yaml:2"), "{error}");
        assert!(parse("o", "- {at: a, set: {x: 1}, because: '', file: f, line: l}").is_err());
        assert!(parse("o", "").unwrap().is_empty());
    }
}
