//! Several operations that share a section.

use super::facts::OperationFacts;
use super::url;
use crate::dialect::{Dialect, Several};

/// The operations of a section: one for each of its request lines that has a method, where the dialect says so.
pub fn split(facts: OperationFacts, dialect: &Dialect) -> Vec<OperationFacts> {
    if dialect.several == Several::Alternatives {
        return vec![facts];
    }
    let mut calls: Vec<(String, Vec<String>)> = Vec::new();
    let mut out: Vec<OperationFacts> = Vec::new();
    for (label, said) in &facts.urls {
        let Some(url) = url::parse(&said.text, &dialect.wire.format_suffixes) else {
            continue;
        };
        let Some(method) = url.method else { continue };
        let known =
            |(other, path): &(String, Vec<String>)| *other == method && shows(path, &url.segments);
        if !calls.iter().any(known) {
            calls.push((method, url.segments));
            out.push(OperationFacts {
                urls: vec![(label.clone(), said.clone())],
                ..facts.clone()
            });
        }
    }
    if out.len() > 1 { out } else { vec![facts] }
}

/// True when a path is another one, or that one with values in the place of its placeholders: an example of it.
fn shows(path: &[String], example: &[String]) -> bool {
    let fits = |(own, shown): (&String, &String)| own == shown || own.starts_with('{');
    path.len() == example.len() && path.iter().zip(example).all(fits)
}
