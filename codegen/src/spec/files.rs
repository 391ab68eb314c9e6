//! The spec as YAML files.

use super::{Api, Entity, Spec};
use crate::InputError;
use crate::dialect::yaml_error;

/// Name of the file for what is common.
const API: &str = "api.yaml";

/// The files of a spec: name below `spec/api` and content.
///
/// # Errors
/// When a value cannot be written as YAML, which a spec made from docs never causes.
pub fn to_files(spec: &Spec) -> Result<Vec<(String, String)>, InputError> {
    let write = |name: &str, value: Result<String, serde_yaml::Error>| {
        value
            .map(|yaml| (name.to_owned(), yaml))
            .map_err(|error| InputError::new(format!("{name}: {error}")))
    };
    let mut files = vec![write(API, serde_yaml::to_string(&spec.api))?];
    for entity in &spec.entities {
        let name = format!("{}.yaml", entity.entity);
        files.push(write(&name, serde_yaml::to_string(entity))?);
    }
    Ok(files)
}

/// Reads a spec back. `read` gives the content of a file below `spec/api`.
///
/// # Errors
/// When a file is missing, or not valid.
pub fn from_files(read: impl Fn(&str) -> Result<String, InputError>) -> Result<Spec, InputError> {
    let api: Api = serde_yaml::from_str(&read(API)?).map_err(|error| yaml_error(API, &error))?;
    let entities = api
        .entities
        .iter()
        .map(|name| {
            let file = format!("{name}.yaml");
            serde_yaml::from_str::<Entity>(&read(&file)?).map_err(|error| yaml_error(&file, &error))
        })
        .collect::<Result<_, _>>()?;
    Ok(Spec { api, entities })
}

/// JSON Schema of the files: an entity, or what is common.
///
/// # Errors
/// When the schema cannot be written as JSON.
pub fn schema() -> Result<String, InputError> {
    #[derive(schemars::JsonSchema)]
    #[schemars(untagged)]
    #[expect(dead_code, reason = "only its schema is used")]
    enum File {
        Api(Box<Api>),
        Entity(Box<Entity>),
    }
    let schema = schemars::schema_for!(File);
    serde_json::to_string_pretty(&schema)
        .map(|text| text + "\n")
        .map_err(|error| InputError::new(format!("schema: {error}")))
}
