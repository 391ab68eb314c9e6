//! Lays a project's dialect over the common one.

use serde_yaml::{Mapping, Value};

use super::file::{Dialect, yaml_error};
use crate::InputError;

/// The words that all Slate documentation has in common.
const COMMON: &str = include_str!("common.yaml");

/// The key below which a project adds to what is common.
const ADD: &str = "add";

/// Keys whose lists say what a word means: a word that is added to one of the lists leaves the others.
const MEANINGS: [&str; 7] = [
    "resource_rows",
    "columns",
    "presence",
    "places",
    "types",
    "labels",
    "outcomes",
];

/// The common words with those of a project over them.
pub fn merged(path: &str, yaml: &str) -> Result<Dialect, InputError> {
    let failed = |error: serde_yaml::Error| yaml_error(path, &error);
    let mut project: Value = serde_yaml::from_str(yaml).map_err(failed)?;
    if project.is_null() {
        project = Value::Mapping(Mapping::new());
    } else {
        // What is written is looked at before it is merged: here an error still has a place.
        let written: Dialect = serde_yaml::from_str(yaml).map_err(failed)?;
        if written.add.is_some_and(|add| add.add.is_some()) {
            let why = format!("`{ADD}` below `{ADD}` adds to nothing");
            return Err(InputError::at(path, line_of_second(yaml), 1, why));
        }
    }
    let mut out: Value =
        serde_yaml::from_str(COMMON).map_err(|error| yaml_error("common.yaml", &error))?;
    let added = project.as_mapping_mut().and_then(|map| map.remove(ADD));
    over(&mut out, project);
    if let (Some(Value::Mapping(added)), Value::Mapping(map)) = (added, &mut out) {
        for (key, words) in added {
            let lists = map.entry(key.clone()).or_insert(Value::Null);
            if key.as_str().is_some_and(|key| MEANINGS.contains(&key)) {
                forget(lists, &words);
            }
            add(lists, words);
        }
    }
    serde_yaml::from_value(out).map_err(failed)
}

/// The line of the second `add:`.
fn line_of_second(yaml: &str) -> usize {
    let key = |line: &str| line.trim_start().starts_with("add:");
    let mut lines = (1..).zip(yaml.lines()).filter(|(_, line)| key(line));
    lines.nth(1).map_or(1, |(line, _)| line)
}

/// What a project says of a key counts; mappings are merged key by key, all else is replaced.
fn over(common: &mut Value, project: Value) {
    match (common, project) {
        (Value::Mapping(common), Value::Mapping(project)) => {
            for (key, value) in project {
                over(common.entry(key).or_insert(Value::Null), value);
            }
        }
        (common, project) => *common = project,
    }
}

/// Puts what is added before what is there.
fn add(there: &mut Value, added: Value) {
    match (there, added) {
        (Value::Mapping(there), Value::Mapping(added)) => {
            for (key, words) in added {
                add(there.entry(key).or_insert(Value::Null), words);
            }
        }
        (Value::Sequence(there), Value::Sequence(added)) => {
            there.retain(|word| !added.contains(word));
            there.splice(0..0, added);
        }
        (there, added) => *there = added,
    }
}

/// Takes words out of all lists, because they are added to one of them.
fn forget(lists: &mut Value, added: &Value) {
    let (Value::Mapping(lists), Value::Mapping(added)) = (lists, added) else {
        return;
    };
    let words: Vec<&Value> = added
        .values()
        .filter_map(Value::as_sequence)
        .flatten()
        .collect();
    for list in lists.values_mut().filter_map(Value::as_sequence_mut) {
        list.retain(|word| !words.contains(&word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::{Column, HeadingKind, Mark, ResourceRow, WrittenType};

    fn read(yaml: &str) -> Dialect {
        merged("d.yaml", yaml).unwrap()
    }

    fn error(yaml: &str) -> String {
        merged("d.yaml", yaml).unwrap_err().to_string()
    }

    #[test]
    fn a_dialect_can_be_short_or_empty() {
        for yaml in ["", "# nothing to say\n", "id: parcels\n"] {
            let dialect = read(yaml);
            assert_eq!(dialect.heading("HTTP Request"), Some(HeadingKind::Url));
            assert_eq!(
                dialect.column("Parameter").map(|(is, _)| is),
                Some(Column::Name)
            );
            assert_eq!(dialect.marks.get("*"), Some(&Mark::Required));
            assert!(!dialect.default_host.is_empty());
            assert!(!dialect.effects.is_empty());
        }
        assert_eq!(read("id: parcels\n").id, "parcels");
    }

    #[test]
    fn what_a_project_says_of_a_key_counts() {
        let dialect = read("columns: {name: [thing]}\nmarks: {\"!\": required}\nheadings: []\n");
        assert_eq!(dialect.column("thing"), Some((Column::Name, 0)));
        assert_eq!(dialect.column("parameter"), None);
        assert_eq!(dialect.column("type").map(|(is, _)| is), Some(Column::Type));
        assert_eq!(dialect.marks.len(), 3);
        assert_eq!(dialect.heading("HTTP Request"), None);
    }

    #[test]
    fn what_is_added_stands_before_the_common_words() {
        let dialect = read(
            "add:\n  columns: {name: [thing], type: [parameter]}\n  headings:\n    - {is: query, any: [=http request]}\n  \
             effects:\n    - {effect: write, method: GET}\n  types: {integer: [lamport]}\n",
        );
        assert_eq!(dialect.column("thing"), Some((Column::Name, 0)));
        assert_eq!(
            dialect.column("attribute").map(|(is, _)| is),
            Some(Column::Name)
        );
        // A word means one thing: it left the names of columns with names.
        assert_eq!(dialect.column("parameter"), Some((Column::Type, 0)));
        assert_eq!(dialect.heading("HTTP Request"), Some(HeadingKind::Query));
        assert_eq!(dialect.heading("URL"), Some(HeadingKind::Url));
        assert_eq!(dialect.effects[0].effect, crate::dialect::Effect::Write);
        assert_eq!(dialect.effects.len(), 5);
        assert_eq!(
            dialect.written_type("lamport"),
            Some((WrittenType::Integer, false))
        );
        assert_eq!(dialect.resource_row("URI"), Some(ResourceRow::Uri));
        for asked in [
            "Authentication required",
            "Requires Authentication?",
            "Needs auth",
        ] {
            assert_eq!(dialect.resource_row(asked), Some(ResourceRow::Auth));
        }
        let batch = dialect.resource_row("Is Batch Supported?");
        assert_eq!(batch, Some(ResourceRow::Batch));
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_place() {
        assert!(error("id: a\ncolour: red\n").starts_with("d.yaml:2:1: "));
        let below = error("id: a\nadd:\n  colums: {name: [x]}\n");
        assert!(
            below.starts_with("d.yaml:3:3: ") && below.contains("colums"),
            "{below}"
        );
        let deeper = error("add:\n  wire:\n    itm: x\n");
        assert!(deeper.starts_with("d.yaml:3:5: "), "{deeper}");
        assert!(error("add:\n  columns: {name: x}\n").starts_with("d.yaml:2:"));
        assert!(error("- a\n").starts_with("d.yaml:1:1: "));
        assert!(error("id: a\nadd:\n  add: {}\n").starts_with("d.yaml:3:1: "));
    }
}
