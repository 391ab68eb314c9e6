//! Docs of one page, read with the common words and these beside them.

use slate_codegen::dialect::Dialect;
use slate_codegen::manifest::Manifest;
use slate_codegen::names::Names;
use slate_codegen::slate::Texts;
use slate_codegen::{Reading, Settings, read_docs};

pub fn read(dialect: &str, body: &str) -> Reading {
    texts(dialect, "", &[("", body)])
}

/// An index with these lines in its front matter, and pages.
pub fn read_pages(front: &str, pages: &[(&str, &str)]) -> Reading {
    texts("", front, pages)
}

fn texts(dialect: &str, front: &str, pages: &[(&str, &str)]) -> Reading {
    let body = pages.iter().find(|(path, _)| path.is_empty());
    let body = body.map_or("", |(_, body)| *body);
    let index = format!("---\ntitle: Parcels\n{front}---\n{body}");
    let manifest = Manifest::new("parcel-sdk");
    let settings = Settings {
        layout: manifest.layout("project"),
        manifest,
        dialect: Dialect::parse("dialect.yaml", dialect).unwrap(),
        overrides: Vec::new(),
        names: Names::default(),
        version: "0.1.0".to_owned(),
    };
    let mut texts = Texts(vec![("index.html.md".to_owned(), index.into_bytes())]);
    let others = pages.iter().filter(|(path, _)| !path.is_empty());
    let others = others.map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    texts.0.extend(others);
    read_docs(&texts, &settings).unwrap()
}
