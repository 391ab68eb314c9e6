//! Docs of one page, read with the common words and these beside them.

use slate_codegen::dialect::Dialect;
use slate_codegen::manifest::Manifest;
use slate_codegen::names::Names;
use slate_codegen::slate::Texts;
use slate_codegen::{Reading, Settings, read_docs};

pub fn read(dialect: &str, body: &str) -> Reading {
    let index = format!("---\ntitle: Parcels\n---\n{body}");
    let manifest = Manifest::new("parcel-sdk");
    let settings = Settings {
        layout: manifest.layout("project"),
        manifest,
        dialect: Dialect::parse("dialect.yaml", dialect).unwrap(),
        overrides: Vec::new(),
        names: Names::default(),
        version: "0.1.0".to_owned(),
    };
    let texts = Texts(vec![("index.html.md".to_owned(), index.into_bytes())]);
    read_docs(&texts, &settings).unwrap()
}
