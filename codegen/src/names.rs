//! Rust names that are published: `spec/names.yaml`.
//!
//! Names of operations and response codes come from prose, and prose is reworded. So once a name is out it is kept
//! under the fact that it stands for, and a fact that is gone leaves its name reserved.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::InputError;
use crate::dialect::yaml_error;
use crate::infer::Inferred;
use crate::spec::{CodeEntry, Spec};

/// Published names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// By entity: method and path, with a number where several operations share them, and the name.
    #[serde(default)]
    pub operations: BTreeMap<String, BTreeMap<String, String>>,
    /// By entity, or `api`: code and name.
    #[serde(default)]
    pub codes: BTreeMap<String, BTreeMap<u32, String>>,
}

const HEAD: &str = "# Names of the SDK that are published. `cargo xtask gen` adds to this file; it never changes or removes a name.\n# A rename is an edit here.\n";

impl Names {
    /// Reads the file; `path` is for messages.
    ///
    /// # Errors
    /// When the YAML is not valid.
    pub fn parse(path: &str, yaml: &str) -> Result<Self, InputError> {
        let names: Option<Self> =
            serde_yaml::from_str(yaml).map_err(|error| yaml_error(path, &error))?;
        Ok(names.unwrap_or_default())
    }

    /// The file.
    ///
    /// # Errors
    /// When it cannot be written as YAML, which never happens.
    pub fn to_yaml(&self) -> Result<String, InputError> {
        serde_yaml::to_string(self)
            .map(|yaml| format!("{HEAD}{yaml}"))
            .map_err(|error| InputError::new(format!("names: {error}")))
    }

    /// Gives operations and codes their published names, and publishes the names of new ones.
    pub fn settle(&mut self, inferred: &mut Inferred) {
        let Spec { api, entities } = &mut inferred.spec;
        Self::codes(
            self.codes.entry("api".to_owned()).or_default(),
            &mut api.codes,
        );
        for entity in entities {
            Self::codes(
                self.codes.entry(entity.entity.clone()).or_default(),
                &mut entity.codes,
            );
            let known = self.operations.entry(entity.entity.clone()).or_default();
            let mut shared: BTreeMap<String, usize> = BTreeMap::new();
            let mut taken: Vec<String> = Vec::new();
            for operation in &mut entity.operations {
                let place = format!("{} {}", operation.method, operation.path);
                let number = shared.entry(place.clone()).or_default();
                *number += 1;
                let fact = if *number == 1 {
                    place
                } else {
                    format!("{place} ({number})")
                };
                let own = operation
                    .id
                    .split_once('.')
                    .map_or(operation.id.as_str(), |(_, name)| name)
                    .to_owned();
                let name = match known.get(&fact) {
                    Some(name) => name.clone(),
                    None => free(&own, |name| {
                        taken.iter().any(|other| other == name)
                            || known.values().any(|other| other == name)
                    }),
                };
                known.insert(fact, name.clone());
                taken.push(name.clone());
                let id = format!("{}.{name}", entity.entity);
                if id != operation.id {
                    if let Some(contents) = inferred.contents.shift_remove(&operation.id) {
                        inferred.contents.insert(id.clone(), contents);
                    }
                    operation.id = id;
                }
            }
        }
    }

    fn codes(known: &mut BTreeMap<u32, String>, codes: &mut [CodeEntry]) {
        for code in codes {
            let name = match known.get(&code.code) {
                Some(name) => name.clone(),
                None => free(&code.name, |name| {
                    known.values().any(|other| other.eq_ignore_ascii_case(name))
                }),
            };
            known.insert(code.code, name.clone());
            code.name = name;
        }
    }
}

fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut unique = name.to_owned();
    let mut number = 2;
    while taken(&unique) {
        unique = format!("{name}_{number}");
        number += 1;
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::CodeKind;

    fn code(number: u32, name: &str) -> CodeEntry {
        CodeEntry {
            code: number,
            kind: CodeKind::Error,
            name: name.into(),
            messages: vec![],
            source: vec![],
        }
    }

    #[test]
    fn a_name_stays_when_the_message_changes() {
        let mut names = Names::default();
        let mut inferred = Inferred::default();
        inferred.spec.api.codes = vec![code(1, "InvalidMobile")];
        names.settle(&mut inferred);
        let yaml = names.to_yaml().unwrap();
        let mut names = Names::parse("names.yaml", &yaml).unwrap();
        inferred.spec.api.codes = vec![code(1, "MobileWrong"), code(2, "InvalidMobile")];
        names.settle(&mut inferred);
        let found: Vec<&str> = inferred
            .spec
            .api
            .codes
            .iter()
            .map(|code| code.name.as_str())
            .collect();
        assert_eq!(found, ["InvalidMobile", "InvalidMobile_2"]);
    }
}
