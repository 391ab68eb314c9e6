//! The spec as YAML files.

use std::collections::HashMap;

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
    let mut files = vec![api_file(&spec.api)?];
    for entity in &spec.entities {
        let name = format!("{}.yaml", entity.entity);
        files.push(written(name, serde_yaml::to_string(entity))?);
    }
    Ok(files)
}

/// The file for what is common, as [`to_files`] gives it first.
///
/// # Errors
/// As [`to_files`].
pub fn api_file(api: &Api) -> Result<(String, String), InputError> {
    written(API.to_owned(), serde_yaml::to_string(api))
}

fn written(
    name: String,
    yaml: Result<String, serde_yaml::Error>,
) -> Result<(String, String), InputError> {
    match yaml {
        Ok(yaml) => Ok((name, yaml)),
        Err(error) => Err(InputError::new(format!("{name}: {error}"))),
    }
}

/// Reads a spec back. `read` gives the content of a file below `spec/api`.
///
/// # Errors
/// When a file is missing, or not valid.
pub fn from_files(read: impl Fn(&str) -> Result<String, InputError>) -> Result<Spec, InputError> {
    from_files_beside(read, &Spec::default(), &[])
}

/// Reads a spec back, beside another of which most is the same: an entity whose file reads as one of `texts`, which
/// [`to_files`] made of `other`, is taken from there. Reading YAML takes longer than writing it.
///
/// # Errors
/// As [`from_files`].
pub fn from_files_beside(
    read: impl Fn(&str) -> Result<String, InputError>,
    other: &Spec,
    texts: &[(String, String)],
) -> Result<Spec, InputError> {
    // The first text is that of what is common.
    let known: HashMap<&str, (&str, &Entity)> = texts
        .iter()
        .skip(1)
        .zip(&other.entities)
        .map(|((name, text), entity)| (name.as_str(), (text.as_str(), entity)))
        .collect();
    let api: Api = serde_yaml::from_str(&read(API)?).map_err(|error| yaml_error(API, &error))?;
    let entities = api
        .entities
        .iter()
        .map(|name| {
            let file = format!("{name}.yaml");
            let text = read(&file)?;
            match known.get(file.as_str()) {
                Some((same, entity)) if *same == text => Ok((*entity).clone()),
                _ => serde_yaml::from_str(&text).map_err(|error| yaml_error(&file, &error)),
            }
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
