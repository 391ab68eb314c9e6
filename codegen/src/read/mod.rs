//! Reads the facts out of a Slate document. The dialect says where these docs put them.
//!
//! This stage knows what an operation is made of; it does not decide types, places or rules: that is inference.

mod bare_columns;
mod base_urls;
mod by_members;
mod by_rows;
mod calls;
mod chapters;
mod codes;
mod columns;
pub(crate) mod command;
mod direction;
mod enumerated;
mod examples;
pub mod facts;
mod form;
mod headers;
mod heads;
mod hosts;
mod message;
mod method;
mod minor;
mod name_cell;
mod objects;
mod of_values;
mod operation;
mod outline;
mod owner;
mod params;
mod part;
mod patterns;
mod placeholder;
pub(crate) mod presence;
mod prose;
mod raw_form;
mod refusals;
pub mod remarks;
pub(crate) mod request;
mod resource;
mod row;
mod sample_report;
pub(crate) mod samples;
mod section;
mod several;
mod shared;
mod shown;
mod spelling;
mod sub_tables;
mod table_rows;
mod tables;
mod titles;
pub mod told;
mod unused;
pub mod url;
mod usage;
pub mod values;
mod whole;

use std::borrow::Cow;

use facts::{ApiFacts, Facts, PageFacts, Said};
use part::{Part, Sections};

use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind, ResourceRow};
use crate::slate::block::BlockKind;
use crate::slate::{Document, Page};
use crate::text::plain;

/// Reads all pages.
pub fn read(document: &Document, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Facts {
    let mut facts = Facts {
        title: document.title.clone(),
        ..Facts::default()
    };
    let pages: Vec<Cow<'_, Page>> = document
        .pages
        .iter()
        .map(|page| heads::of(page, dialect, diagnostics))
        .collect();
    let all: Vec<Sections<'_>> = pages
        .iter()
        .map(|page| section::sections(&page.blocks, dialect))
        .collect();
    let all = shown::add(all, dialect);
    let all = examples::remove(all, dialect, diagnostics);
    let mut objects = Vec::new();
    for (page, sections) in pages.iter().zip(all) {
        let index = page.name.is_empty();
        spelling::headings(&sections.parts, dialect, diagnostics);
        if index {
            facts.api = api(&sections, dialect, diagnostics);
        }
        let before = objects.len();
        for part in sections.others().map(|at| &sections.parts[at]) {
            facts.bases.extend(base_urls::read(part));
            objects.extend(objects::read(part, index, dialect));
        }
        let described = objects.len() > before;
        let read = self::page(page, &sections, dialect, diagnostics);
        // A page of codes, or of objects, is about the calls of others.
        if !index && read.operations.is_empty() && read.codes.is_empty() && !described {
            diagnostics.push(
                Code::PageWithoutOperation,
                read.span,
                "no operation is found on this page",
                "its text became that of an entity without calls",
            );
        }
        if !index || !read.operations.is_empty() {
            facts
                .pages
                .extend(chapters::split(read, &sections, dialect));
        }
    }
    let (facts, others) = objects::assign(objects, facts, dialect, diagnostics);
    for other in others {
        unused::unused_object(other, diagnostics);
    }
    headers::spell(facts)
}

fn api(sections: &Sections<'_>, dialect: &Dialect, diagnostics: &mut Diagnostics) -> ApiFacts {
    let mut api = ApiFacts::default();
    for part in sections.others().map(|at| &sections.parts[at]) {
        api.hosts.extend(hosts::read(part, dialect, diagnostics));
        match part.kind {
            Some(HeadingKind::Resource) => {
                for (row, _, value) in resource::rows(part, dialect) {
                    match row {
                        Some(ResourceRow::Version) => api.version = Some(value),
                        Some(ResourceRow::Url) => api.url = Some(value),
                        _ => {}
                    }
                }
            }
            Some(kind) if kind.is_codes() => {
                let codes = codes::read(part, kind, dialect, diagnostics);
                api.codes.extend(codes);
            }
            Some(HeadingKind::Header) => {
                let tables = params::read(part, HeadingKind::Header, dialect, diagnostics);
                let mut rows: Vec<_> = tables.into_iter().flat_map(|table| table.rows).collect();
                // Deep inside a chapter they are required for what that is about, not for all calls.
                for row in rows.iter_mut().filter(|_| part.level > 3) {
                    row.stated = None;
                }
                api.headers.extend(rows);
            }
            None => api.codes.extend(codes::strays(part, dialect, diagnostics)),
            _ => {}
        }
        let title = part.title.to_lowercase();
        if part.level == 2 && (title.contains("auth")) {
            let said = Said {
                text: part.title.to_owned(),
                span: part.span,
            };
            api.auth
                .push((said, operation::paragraphs(part.blocks, dialect)));
        }
    }
    headers::spoken(sections, &api, diagnostics);
    api
}

fn page(
    page: &Page,
    sections: &Sections<'_>,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> PageFacts {
    let first = sections
        .parts
        .iter()
        .find(|part| part.level == 1)
        .or(sections.parts.first());
    let mut out = PageFacts {
        name: page.name.clone(),
        title: first.map(|part| part.title.to_owned()).unwrap_or_default(),
        span: first.map_or(crate::slate::source::Span::new(page.file, 0, 0), |part| {
            part.span
        }),
        doc: String::new(),
        operations: Vec::new(),
        codes: Vec::new(),
        hosts: Vec::new(),
        auth: None,
        intro: Vec::new(),
    };
    let before_first = sections
        .operations
        .first()
        .map_or(sections.parts.len(), |operation| operation[0]);
    for (at, part) in sections.parts.iter().enumerate() {
        let owned = sections
            .operations
            .iter()
            .any(|operation| operation.contains(&at));
        if let Some(kind) = part.kind.filter(|kind| kind.is_codes())
            && (!page.name.is_empty() || owned)
        {
            out.codes
                .extend(codes::read(part, kind, dialect, diagnostics));
        } else if owned && part.kind != Some(HeadingKind::Resource) {
            out.codes.extend(codes::strays(part, dialect, diagnostics));
        }
        if owned {
            continue;
        }
        if at < before_first || page.name.is_empty() {
            out.hosts.extend(hosts::read(part, dialect, diagnostics));
            if part.level == 1 && !page.name.is_empty() {
                out.doc = operation::paragraphs(part.blocks, dialect);
            }
            for block in part.blocks {
                if let BlockKind::Paragraph(text) | BlockKind::Aside(text) | BlockKind::Item(text) =
                    &block.kind
                {
                    out.intro.push(Said {
                        text: plain(text),
                        span: block.span,
                    });
                }
            }
            if part.kind == Some(HeadingKind::Resource) && !page.name.is_empty() {
                out.auth = resource::rows(part, dialect)
                    .into_iter()
                    .find(|(row, _, _)| *row == Some(ResourceRow::Auth))
                    .map(|(_, _, value)| value);
            }
        }
        if page.name.is_empty() {
            unused::unused_in_index(part, dialect, diagnostics);
        } else {
            unused::unused(part, dialect, diagnostics);
        }
    }
    for operation in &sections.operations {
        let parts: Vec<&Part<'_>> = operation.iter().map(|&at| &sections.parts[at]).collect();
        let read = operation::operation(&parts, dialect, diagnostics);
        out.operations.extend(several::split(read, &parts, dialect));
    }
    out
}
