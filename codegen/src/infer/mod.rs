//! From what the docs state to a spec: tables, JSON samples and XML samples of each message are brought together.
//!
//! This stage decides places, types and rules. It does not know Rust.

mod annotate;
mod annotation;
mod asked;
mod body;
mod borrow;
mod canonical;
mod code_names;
mod codes;
mod conditions;
mod context;
mod defs;
mod differing;
mod effect;
mod encoding;
mod endpoint;
mod entity;
mod exceptions;
mod fit;
mod groups;
mod headers;
mod hosts;
mod kind;
mod known;
mod meaning;
mod message;
mod method;
mod naming;
mod objects;
mod open_marks;
mod operation;
mod outside;
mod pairs;
mod params;
mod pasted;
mod place;
mod plural;
mod report;
mod resolved;
mod row_names;
mod rules;
mod sent;
mod sentence;
mod shape;
mod stage;
mod stated;
mod traits;
mod type_steps;
mod types;
mod undocumented;
mod unlisted;
mod value;
mod words;
mod work;
mod yes_no;

pub use defs::{bare, type_at};
pub use effect::unheard;
pub use message::Content;
pub use value::{Look, date};
pub use words::singular;

use entity::Shared;
use hosts::Hosts;
use indexmap::IndexMap;
use kind::Evidence;
use operation::Home;
use stage::Stage;
use work::Work;

use crate::claims::{Decision, Facet, Ledger, Place, Witness};
use crate::diagnostics::Diagnostics;
use crate::dialect::Dialect;
use crate::read::facts::{Facts, PageFacts};
use crate::sample::Format;
use crate::slate::source::{Sources, Span};
use crate::spec::{Api, AuthScheme, Entity, Spec};

/// What codes of whole calls belong to, in place of an entity.
pub const API: &str = "api";

/// What inference makes of the facts.
#[derive(Clone, Debug, Default)]
pub struct Inferred {
    /// The spec.
    pub spec: Spec,
    /// The contents of the samples that can be read, by operation id.
    pub contents: IndexMap<String, Vec<Content>>,
    /// Everything that was decided, with all claims.
    pub ledger: Ledger,
    /// The heading of each operation, by its id.
    pub sections: IndexMap<String, Span>,
    /// The heading of each entity, by its name; under `api` what stands for that of all of them.
    pub pages: IndexMap<String, Span>,
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
    let base = hosts::base(facts, &dialect.wire.format_suffixes);
    let stage = &mut Stage {
        base: base.as_ref(),
        dialect,
        sources,
        diagnostics,
        ledger: &mut ledger,
    };
    let pages = facts.pages.iter();
    let shown = pages.map(|page| work::works(page, &facts.api, stage));
    let (lent, known) = borrow::borrow(shown.collect());
    let works: Vec<Vec<Work<'_>>> = lent.into_iter().map(work::lend_answers).collect();
    let entities = entities(&facts.pages, dialect);
    let names: Vec<&str> = entities.iter().map(String::as_str).collect();
    let hosts = Hosts::read(facts, &names, stage);
    let samples = facts.operations().flat_map(|operation| &operation.samples);
    let mut formats: Vec<Format> = samples.filter_map(|sample| sample.format).collect();
    if !dialect.wire.format_query.is_empty() {
        formats.extend([Format::Json, Format::Xml]);
    }
    let mut everywhere = Evidence::default();
    for work in works.iter().flatten() {
        work.testify(&mut everywhere);
    }
    let pages = entities.iter().zip(&facts.pages);
    for (number, ((entity, page), works)) in pages.zip(works).enumerate() {
        let (host, host_decision) = hosts.of(entity);
        let home = Home {
            entity,
            host,
            host_decision,
            page,
            number,
        };
        let shared = Shared {
            known: &known,
            everywhere: &everywhere,
            api: &facts.api.codes,
            headers: &facts.api.headers,
            formats: &formats,
            objects: &facts.objects,
        };
        out.pages.insert(entity.clone(), page.span);
        let headings: Vec<Span> = works.iter().map(|work| work.facts.span).collect();
        let (found, contents) = entity::build(works, home, shared, stage);
        note_entity(
            page,
            host_decision.filter(|_| !found.operations.is_empty()),
            stage,
        );
        let ids = found
            .operations
            .iter()
            .map(|operation| operation.id.clone());
        out.sections.extend(ids.zip(headings));
        out.contents.extend(contents);
        out.spec.entities.push(Entity {
            title: if page.name.is_empty() {
                facts.title.clone()
            } else {
                page.title.clone()
            },
            ..found
        });
    }
    let section = api_section(facts);
    hosts.note(section, &entities, stage.ledger);
    if let Some(version) = &facts.api.version {
        let (place, by) = (Place::whole(section), Witness::Cell);
        stage
            .ledger
            .state(place, Facet::Version, &version.text, by, version.span);
    }
    out.spec.api = Api {
        docs: None,
        id: dialect.id.clone(),
        title: facts.title.clone(),
        version: facts.api.version.as_ref().map(|said| said.text.clone()),
        hosts: hosts.spec(&entities),
        auth: auth(facts, stage),
        headers: headers::headers(&facts.api.headers, section, stage),
        codes: codes::of_api(&facts.api.codes, section, stage),
        entities,
    };
    out.pages.insert(API.to_owned(), section);
    report::guesses(facts, stage);
    report::contradictions(stage);
    differing::report(stage);
    out.ledger = ledger;
    out
}

/// What stands for the heading of what is common to all operations: its first code, or else the beginning of the docs.
fn api_section(facts: &Facts) -> Span {
    let first = facts.api.codes.first();
    first.map_or(Span::new(0, 0, 0), |code| code.span)
}

/// Writes down what an entity is called, and where its operations are.
fn note_entity(page: &PageFacts, host: Option<&Decision>, stage: &mut Stage<'_>) {
    let place = Place::whole(page.span);
    // Where the first heading is that of an operation, it has its title.
    // The index has the title of the docs.
    if !page.name.is_empty() && stage.ledger.of(&place, Facet::Title).is_none() {
        let (title, by) = (&page.title, Witness::Heading);
        stage
            .ledger
            .state(place.clone(), Facet::Title, title, by, page.span);
    }
    if let Some(host) = host {
        stage.ledger.note(place, Facet::Host, host.clone());
    }
}

/// The entity of operations of an index that stand below no heading.
const INDEX: &str = "index";

fn entity_name(page: &PageFacts, dialect: &Dialect) -> String {
    if page.name.is_empty() && dialect.index_entity.is_empty() {
        INDEX.to_owned()
    } else if page.name.is_empty() {
        dialect.index_entity.clone()
    } else {
        let mut parts = page.name.rsplit('/');
        let file = parts.next().unwrap_or_default();
        let file = file.split('.').next().unwrap_or_default();
        // The index of a folder is about what the folder is about.
        let folder = parts.next().filter(|_| file == INDEX);
        folder.unwrap_or(file).to_owned()
    }
}

/// The names of the entities. They are files of the spec: they differ in more than case, and from the file for what is
/// common.
fn entities(pages: &[PageFacts], dialect: &Dialect) -> Vec<String> {
    let mut taken = vec![API.to_owned()];
    let unique = |page| {
        let base = entity_name(page, dialect);
        let mut name = base.clone();
        let mut number = 2;
        while taken.contains(&name.to_lowercase()) {
            name = format!("{base}_{number}");
            number += 1;
        }
        taken.push(name.to_lowercase());
        name
    };
    pages.iter().map(unique).collect()
}

fn auth(facts: &Facts, stage: &Stage<'_>) -> Vec<AuthScheme> {
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
                source: stage.source(said.span),
            }
        })
        .collect()
}
