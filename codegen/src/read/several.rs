//! Several operations that share a section.

use super::facts::{OperationFacts, Said};
use super::part::Part;
use super::{operation, url};
use crate::dialect::{Dialect, Several};

/// The operations of a section: one for each of its request lines that has a method, where the dialect says so.
pub fn split(facts: OperationFacts, parts: &[&Part<'_>], dialect: &Dialect) -> Vec<OperationFacts> {
    if dialect.several == Several::Alternatives {
        return vec![facts];
    }
    let mut calls: Vec<(String, Vec<String>)> = Vec::new();
    let mut out: Vec<OperationFacts> = Vec::new();
    for (label, said) in &facts.urls {
        let Some(url) = url::parse(&said.text, &dialect.wire.format_suffixes) else {
            continue;
        };
        let rest = url::methods(said.text.trim_matches(['`', ' '])).map(|(_, rest)| rest);
        for method in url.method.iter().chain(&url.other_methods) {
            let known = |(other, path): &(String, Vec<String>)| {
                other == method && shows(path, &url.segments)
            };
            if calls.iter().any(known) {
                continue;
            }
            calls.push((method.clone(), url.segments.clone()));
            let mut said = said.clone();
            if let Some(rest) = rest.filter(|_| !url.other_methods.is_empty()) {
                said.text = format!("{method} {rest}");
            }
            out.push(OperationFacts {
                urls: vec![(label.clone(), said)],
                ..facts.clone()
            });
        }
    }
    if out.len() < 2 {
        return vec![facts];
    }
    name(&mut out, parts, dialect);
    out
}

/// Names operations by the headings inside of the section, where each request line stands below its own.
fn name(operations: &mut [OperationFacts], parts: &[&Part<'_>], dialect: &Dialect) {
    let above = |said: &Said| {
        let before = parts.iter().skip(1).rev();
        let mut before = before.skip_while(|part| part.span.start > said.span.start);
        before.find(|part| part.kind.is_none() && !part.title.is_empty())
    };
    let named: Vec<&Part<'_>> = operations
        .iter()
        .filter_map(|operation| above(&operation.urls.first()?.1).copied())
        .collect();
    let mut places: Vec<u32> = named.iter().map(|part| part.span.start).collect();
    places.dedup();
    if places.len() != operations.len() {
        return;
    }
    for (operation, part) in operations.iter_mut().zip(named) {
        part.title.clone_into(&mut operation.title);
        let own = operation::paragraphs(part.blocks, dialect);
        if !own.is_empty() && !operation.doc.is_empty() {
            operation.doc.push_str("\n\n");
        }
        operation.doc.push_str(&own);
    }
}

/// True when a path is another one, or that one with values in the place of its placeholders: an example of it.
fn shows(path: &[String], example: &[String]) -> bool {
    let fits = |(own, shown): (&String, &String)| own == shown || own.starts_with('{');
    path.len() == example.len() && path.iter().zip(example).all(fits)
}
