//! From what the docs state to a spec: tables, JSON samples and XML samples of each message are brought together.
//!
//! This stage decides places, types and rules. It does not know Rust.

mod annotate;
mod body;
mod borrow;
mod codes;
mod conditions;
mod context;
mod effect;
mod endpoint;
mod exceptions;
mod groups;
mod headers;
mod kind;
mod known;
mod message;
mod method;
mod naming;
mod operation;
mod outside;
mod params;
mod pasted;
mod place;
mod resolved;
mod row_names;
mod rules;
mod sent;
mod shape;
mod stage;
mod stated;
mod traits;
mod types;
mod undocumented;
mod value;
mod words;
mod work;
mod yes_no;

pub use codes::code_entries;
pub use message::Content;
pub use value::{Look, date};
pub use words::singular;

use context::Lore;
use indexmap::IndexMap;
use kind::{Elsewhere, Evidence};
use place::Copies;
use stage::{Stage, source};

use crate::claims::Ledger;
use crate::diagnostics::Diagnostics;
use crate::dialect::Dialect;
use crate::read::facts::{Facts, PageFacts};
use crate::slate::source::Sources;
use crate::spec::{Api, AuthScheme, Entity, HostFamily, Spec};

/// What inference makes of the facts.
#[derive(Clone, Debug, Default)]
pub struct Inferred {
    /// The spec.
    pub spec: Spec,
    /// The contents of the samples that can be read, by operation id.
    pub contents: IndexMap<String, Vec<Content>>,
    /// Everything that was decided, with all claims.
    pub ledger: Ledger,
}

/// Makes the spec.
pub fn infer(
    facts: &Facts,
    dialect: &Dialect,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Inferred {
    let mut out = Inferred::default();
    let mut ledger = Ledger::default();
    let stage = &mut Stage {
        dialect,
        sources,
        diagnostics,
        ledger: &mut ledger,
    };
    let pages: Vec<(String, Vec<work::Work<'_>>)> = facts
        .pages
        .iter()
        .map(|page| {
            (
                entity_name(page, dialect),
                work::works(page, &facts.api, stage),
            )
        })
        .collect();
    let mut pages = pages;
    unique_entities(&mut pages);
    let known = borrow::borrow(&mut pages);
    for (_, works) in &mut pages {
        work::lend_answers(works);
    }
    let mut hosts = hosts(facts, dialect, sources);
    let mut everywhere = Evidence::default();
    for work in pages.iter().flat_map(|(_, works)| works) {
        work.testify(&mut everywhere);
    }
    for (number, ((entity, works), page)) in pages.into_iter().zip(&facts.pages).enumerate() {
        let host = if hosts.contains_key(&entity) {
            entity.clone()
        } else {
            dialect.default_host.clone()
        };
        let mut evidence = Evidence::default();
        let mut copies = Copies::default();
        for work in &works {
            work.testify(&mut evidence);
            work.note_places(&mut copies, dialect);
        }
        let lore = Lore {
            known: &known,
            page: number,
            copies: &copies,
            elsewhere: Elsewhere {
                entity: &evidence,
                api: &everywhere,
            },
        };
        let mut types = IndexMap::new();
        let mut operations = Vec::new();
        let mut contents = Vec::new();
        for work in works {
            let home = operation::Home {
                entity: &entity,
                host: &host,
                page,
            };
            let (operation, own) = operation::finish(work, home, &lore, &mut types, stage);
            contents.push(own);
            operations.push(operation);
        }
        rename(&mut operations);
        out.contents.extend(
            operations
                .iter()
                .map(|operation| operation.id.clone())
                .zip(contents),
        );
        out.spec.entities.push(Entity {
            title: if page.name.is_empty() {
                facts.title.clone()
            } else {
                page.title.clone()
            },
            doc: page.doc.clone(),
            source: source(page.span, sources),
            codes: code_entries(
                &page.codes,
                &facts.api.codes,
                &operations,
                &out.contents,
                dialect,
                sources,
                stage.diagnostics,
            ),
            entity,
            operations,
            types,
        });
    }
    hosts.retain(|name, _| {
        *name == dialect.default_host
            || out
                .spec
                .entities
                .iter()
                .any(|entity| name.starts_with(entity.entity.as_str()))
    });
    out.spec.api = Api {
        docs: None,
        id: dialect.id.clone(),
        title: facts.title.clone(),
        version: facts.api.version.as_ref().map(|said| said.text.clone()),
        hosts,
        auth: auth(facts, sources),
        headers: headers::headers(&facts.api.headers, sources, stage.diagnostics),
        codes: code_entries(
            &facts.api.codes,
            &[],
            &[],
            &IndexMap::new(),
            dialect,
            sources,
            stage.diagnostics,
        ),
        entities: out
            .spec
            .entities
            .iter()
            .map(|entity| entity.entity.clone())
            .collect(),
    };
    out.ledger = ledger;
    out
}

fn entity_name(page: &PageFacts, dialect: &Dialect) -> String {
    if page.name.is_empty() {
        dialect.index_entity.clone()
    } else {
        page.name.rsplit('/').next().unwrap_or_default().to_owned()
    }
}

/// Entities are files of the spec: their names differ in more than case, and from the file for what is common.
fn unique_entities(pages: &mut [(String, Vec<work::Work<'_>>)]) {
    let mut taken = vec!["api".to_owned()];
    for (name, _) in pages {
        let base = name.clone();
        let mut number = 2;
        while taken.contains(&name.to_lowercase()) {
            *name = format!("{base}_{number}");
            number += 1;
        }
        taken.push(name.to_lowercase());
    }
}

/// Ids are unique: of operations with one id, all get their longer one.
fn rename(operations: &mut [crate::spec::Operation]) {
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

fn hosts(facts: &Facts, dialect: &Dialect, sources: &Sources) -> IndexMap<String, HostFamily> {
    let mut out = IndexMap::new();
    let family = |host: &crate::read::facts::HostFact| HostFamily {
        url: "https://{cluster}".to_owned(),
        clusters: host
            .clusters
            .iter()
            .map(|(name, host)| {
                let host = host
                    .trim_start_matches("https://")
                    .trim_start_matches("http://");
                let name = name.replace(' ', "").to_lowercase();
                (
                    dialect.clusters.get(&name).cloned().unwrap_or(name),
                    host.to_owned(),
                )
            })
            .collect(),
        source: Some(source(host.span, sources)),
    };
    for page in &facts.pages {
        let entity = if page.name.is_empty() {
            dialect.default_host.clone()
        } else {
            entity_name(page, dialect)
        };
        for (number, host) in page.hosts.iter().enumerate() {
            let name = if number == 0 {
                entity.clone()
            } else {
                format!(
                    "{entity}.{}",
                    heck::ToSnakeCase::to_snake_case(host.name.to_lowercase().as_str())
                )
            };
            out.entry(name).or_insert_with(|| family(host));
        }
    }
    if let Some(host) = facts.api.hosts.first() {
        out.entry(dialect.default_host.clone())
            .or_insert_with(|| family(host));
    }
    if out.is_empty() {
        out.extend(shown_host(facts, dialect));
    }
    out
}

/// Docs without a list of hosts name one in their request URLs.
fn shown_host(facts: &Facts, dialect: &Dialect) -> Option<(String, HostFamily)> {
    let formats = &dialect.wire.format_suffixes;
    let mut hosts: IndexMap<String, usize> = IndexMap::new();
    let operations = facts.pages.iter().flat_map(|page| &page.operations);
    for (_, said) in operations.flat_map(|operation| &operation.urls) {
        let url = crate::read::url::parse(&said.text, formats)?;
        if url.host.contains('.') && !url.host.contains(['{', ' ']) {
            *hosts.entry(url.host).or_default() += 1;
        }
    }
    let (host, _) = hosts.into_iter().max_by_key(|(_, count)| *count)?;
    let family = HostFamily {
        url: "https://{cluster}".to_owned(),
        clusters: IndexMap::from([("default".to_owned(), host)]),
        source: None,
    };
    Some((dialect.default_host.clone(), family))
}

fn auth(facts: &Facts, sources: &Sources) -> Vec<AuthScheme> {
    facts
        .api
        .auth
        .iter()
        .map(|(said, doc)| {
            let lower = said.text.to_lowercase();
            let kind = if lower.contains("oauth") {
                "oauth"
            } else if lower.contains("basic") {
                "basic"
            } else {
                "other"
            };
            AuthScheme {
                title: said.text.clone(),
                kind: kind.to_owned(),
                doc: doc.clone(),
                source: source(said.span, sources),
            }
        })
        .collect()
}
