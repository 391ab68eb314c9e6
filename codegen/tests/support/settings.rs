//! The settings with which the tests run: the project's dialect, no overrides, no published names.

use std::path::{Path, PathBuf};

use slate_codegen::Settings;
use slate_codegen::dialect::Dialect;
use slate_codegen::manifest::Manifest;
use slate_codegen::names::Names;

/// A path below the root of the workspace.
pub fn in_workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The project's dialect and nothing else.
pub fn settings() -> Settings {
    let path = "spec/dialect.yaml";
    let yaml = std::fs::read_to_string(in_workspace(path)).unwrap();
    let manifest = std::fs::read_to_string(in_workspace("spec/slate.yaml")).unwrap();
    let manifest = Manifest::parse("spec/slate.yaml", &manifest).unwrap();
    Settings {
        layout: manifest.layout("spec"),
        manifest,
        dialect: Dialect::parse(path, &yaml).unwrap(),
        overrides: Vec::new(),
        names: Names::default(),
        version: "0.1.0".to_owned(),
    }
}
