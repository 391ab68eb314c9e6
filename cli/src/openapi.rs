//! Prints the spec as an OpenAPI document.

use std::path::Path;

use slate_codegen::openapi;

use crate::home::Home;
use crate::project::Project;

/// The document as text.
pub fn text(home: &Home, docs: Option<&Path>, yaml: bool) -> anyhow::Result<String> {
    let project = Project::open(home, docs)?;
    let reading = project.read()?;
    let inferred = &reading.inferred;
    let document = openapi::document(
        &inferred.spec,
        &inferred.contents,
        &project.settings.dialect,
    );
    Ok(if yaml {
        openapi::yaml(&document)?
    } else {
        serde_json::to_string_pretty(&document)? + "\n"
    })
}
