//! An entity: its operations, their types, and its response codes.

use indexmap::IndexMap;

use super::codes;
use super::context::Lore;
use super::kind::{Elsewhere, Evidence};
use super::known::Known;
use super::message::Content;
use super::naming;
use super::operation::{self, Home};
use super::place::Copies;
use super::stage::Stage;
use super::work::Work;
use crate::read::facts::{CodeFact, ObjectFact, ParamRow};
use crate::sample::Format;
use crate::spec::{Entity, Operation};

/// What all entities know together.
#[derive(Clone, Copy)]
pub struct Shared<'a> {
    /// Fields of all messages: of requests, and of answers.
    pub known: &'a [Known; 2],
    /// What all entities say of names.
    pub everywhere: &'a Evidence,
    /// Codes of whole calls.
    pub api: &'a [CodeFact],
    /// Headers that the index lists.
    pub headers: &'a [ParamRow],
    /// Formats of all samples, and those that callers can choose.
    pub formats: &'a [Format],
    /// Tables outside of operations that describe objects.
    pub objects: &'a [ObjectFact],
}

/// Builds an entity, and gives the contents of the samples by operation.
pub fn build(
    works: Vec<Work<'_>>,
    home: Home<'_>,
    shared: Shared<'_>,
    stage: &mut Stage<'_>,
) -> (Entity, IndexMap<String, Vec<Content>>) {
    let mut evidence = Evidence::default();
    let mut copies = Copies::default();
    for work in &works {
        work.testify(&mut evidence);
        work.note_places(&mut copies, stage.dialect);
    }
    let lore = Lore {
        known: shared.known,
        page: home.number,
        copies: &copies,
        elsewhere: Elsewhere {
            entity: &evidence,
            api: shared.everywhere,
        },
        headers: shared.headers,
        formats: shared.formats,
        objects: shared.objects,
    };
    let mut types = IndexMap::new();
    let mut operations = Vec::new();
    let mut contents = Vec::new();
    for work in works {
        let (operation, own) = operation::finish(work, home, &lore, &mut types, stage);
        operations.push(operation);
        contents.push(own);
    }
    let ids = ids(&operations);
    let named = operations.into_iter().zip(&ids);
    let operations: Vec<Operation> = named
        .map(|(operation, id)| Operation {
            id: id.clone(),
            ..operation
        })
        .collect();
    let contents: IndexMap<String, Vec<Content>> = ids.into_iter().zip(contents).collect();
    let page = home.page;
    let codes = codes::of_entity(page, shared.api, &operations, &contents, stage);
    let entity = Entity {
        entity: home.entity.to_owned(),
        title: page.title.clone(),
        doc: page.doc.clone(),
        source: stage.source(page.span),
        operations,
        types,
        codes,
    };
    (entity, contents)
}

/// An id with what sets the call of an operation apart from those of the others with its id: words of its path, or else
/// its method. A number would pass to another one as soon as one of them goes.
fn apart(at: usize, ids: &[String], operations: &[Operation]) -> String {
    let long = &ids[at];
    let rivals = || {
        let all = operations.iter().enumerate();
        all.filter(|(other, _)| *other != at && ids[*other] == ids[at])
            .map(|(_, operation)| operation)
    };
    let words = |operation: &Operation| -> Vec<String> {
        let fixed = operation.path.split('/').filter(|part| !part.contains('{'));
        fixed
            .map(naming::word_of)
            .filter(|word| !word.is_empty())
            .collect()
    };
    let elsewhere: Vec<Vec<String>> = rivals().map(words).collect();
    let own = words(&operations[at]);
    let shared = |word: &&String| elsewhere.iter().all(|words| words.contains(word));
    let more: Vec<&str> = own
        .iter()
        .filter(|word| !shared(word))
        .map(String::as_str)
        .collect();
    if !more.is_empty() {
        return format!("{long}_{}", naming::slug(&more.join(" "), "", true));
    }
    let method = &operations[at].method;
    if rivals().any(|other| other.method != *method)
        && rivals().all(|other| other.path == operations[at].path)
    {
        return format!("{long}_{}", method.to_lowercase());
    }
    long.clone()
}

/// Ids are unique: of operations with one id, all get their longer one.
fn ids(operations: &[Operation]) -> Vec<String> {
    let ids: Vec<String> = operations
        .iter()
        .map(|operation| operation.id.clone())
        .collect();
    let count = |ids: &[String], id: &String| ids.iter().filter(|other| *other == id).count();
    let mut wanted = ids.clone();
    for (at, operation) in operations.iter().enumerate() {
        if count(&ids, &ids[at]) > 1 {
            let entity = ids[at].split('.').next().unwrap_or_default();
            wanted[at] = naming::long_id(entity, &operation.title);
        }
    }
    let long = wanted.clone();
    for at in 0..operations.len() {
        if count(&long, &long[at]) > 1 {
            wanted[at] = apart(at, &long, operations);
        }
    }
    for at in 0..operations.len() {
        let base = wanted[at].clone();
        let mut number = 2;
        while wanted[..at].contains(&wanted[at]) {
            wanted[at] = format!("{base}_{number}");
            number += 1;
        }
    }
    wanted
}
