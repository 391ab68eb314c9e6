//! What holds for every documentation, however broken: it is read and emitted, and what comes out is sound.

use serde_json::Value;
use slate_codegen::slate::Texts;
use slate_codegen::{Settings, files, openapi, read_docs, spec};

/// Reads and emits; says what is wrong.
pub fn check(texts: &Texts, settings: &Settings) -> Result<(), String> {
    let reading = read_docs(texts, settings).map_err(|error| error.to_string())?;
    for finding in &reading.diagnostics {
        let place = reading.sources.place(finding.span);
        let file = reading.sources.file(finding.span.file);
        if place.line as usize > file.line_count()
            || file
                .text
                .get(finding.span.start as usize..finding.span.end as usize)
                .is_none()
        {
            return Err(format!("{finding:?} has no place in {}", place.file));
        }
    }
    let inferred = &reading.inferred;
    let document = openapi::document(&inferred.spec, &inferred.contents, &settings.dialect);
    references(&document, &document)?;
    let out = files(&reading, settings).map_err(|error| error.to_string())?;
    for file in &out {
        let fine = file
            .path
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != "..")
            && !file.path.contains(['\\', '\0', '\n']);
        if !fine {
            return Err(format!(
                "{:?} is not a path below the output folder",
                file.path
            ));
        }
        if file.path.split('.').next_back() == Some("rs") {
            syn::parse_file(&file.text).map_err(|error| format!("{}: {error}", file.path))?;
        }
    }
    let mut paths: Vec<String> = out.iter().map(|file| file.path.to_lowercase()).collect();
    paths.sort();
    if let Some(twice) = (1..paths.len()).find(|&at| paths[at] == paths[at - 1]) {
        return Err(format!("{} is written twice", paths[twice]));
    }
    let written = spec::to_files(&reading.inferred.spec).map_err(|error| error.to_string())?;
    let read = spec::from_files(|name| {
        let found = written.iter().find(|(known, _)| known == name);
        found
            .map(|(_, text)| text.clone())
            .ok_or_else(|| slate_codegen::InputError::new(format!("there is no {name}")))
    });
    match read {
        Ok(read) if read == reading.inferred.spec => Ok(()),
        Ok(_) => Err("the spec is not the same when it is read back".to_owned()),
        Err(error) => Err(format!("the spec cannot be read back: {error}")),
    }
}

/// Every reference of an `OpenAPI` document leads somewhere.
fn references(document: &Value, value: &Value) -> Result<(), String> {
    match value {
        Value::Object(members) => members.iter().try_for_each(|(key, value)| {
            let target = value.as_str().filter(|_| key == "$ref");
            match target.map(|target| document.pointer(target.trim_start_matches('#'))) {
                Some(None) => Err(format!("{value} leads nowhere")),
                _ => references(document, value),
            }
        }),
        Value::Array(items) => items.iter().try_for_each(|item| references(document, item)),
        _ => Ok(()),
    }
}
