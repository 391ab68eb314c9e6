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
use crate::read::facts::{CodeFact, ParamRow};
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
    };
    let mut types = IndexMap::new();
    let mut operations = Vec::new();
    let mut contents = Vec::new();
    for work in works {
        let (operation, own) = operation::finish(work, home, &lore, &mut types, stage);
        operations.push(operation);
        contents.push(own);
    }
    rename(&mut operations);
    let ids = operations.iter().map(|operation| operation.id.clone());
    let contents: IndexMap<String, Vec<Content>> = ids.zip(contents).collect();
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

/// Ids are unique: of operations with one id, all get their longer one.
fn rename(operations: &mut [Operation]) {
    let ids: Vec<String> = operations
        .iter()
        .map(|operation| operation.id.clone())
        .collect();
    for at in 0..operations.len() {
        let clash = ids
            .iter()
            .enumerate()
            .any(|(other, id)| other != at && *id == ids[at]);
        if !clash {
            continue;
        }
        let entity = ids[at].split('.').next().unwrap_or_default().to_owned();
        let long = naming::long_id(&entity, &operations[at].title);
        let mut id = long.clone();
        let mut number = 2;
        while operations
            .iter()
            .enumerate()
            .any(|(other, operation)| other != at && operation.id == id)
        {
            id = format!("{long}_{number}");
            number += 1;
        }
        operations[at].id = id;
    }
}
