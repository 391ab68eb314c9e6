//! The tables of an operation, and the notes beside them.

use super::by_members::{self, Seen};
use super::facts::{OperationFacts, ParamTable, Said};
use super::part::Part;
use super::{codes, columns, enumerated, params, sub_tables};
use crate::diagnostics::Diagnostics;
use crate::dialect::{Dialect, HeadingKind};
use crate::slate::block::{Block, BlockKind};
use crate::text::plain;

/// Reads what the parts of an operation, whose samples are read, say of its parameters and its answer.
pub fn read(
    parts: &[&Part<'_>],
    out: &mut OperationFacts,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) {
    let seen = Seen::of(out, dialect);
    for (number, part) in parts.iter().enumerate() {
        let first = out.tables.len();
        match part.kind {
            Some(HeadingKind::Resource) => {
                out.tables
                    .extend(among_resources(part, dialect, diagnostics));
            }
            Some(HeadingKind::Url) => {
                let read = by_members::unnamed(part, &seen, dialect, diagnostics);
                out.tables.extend(read);
            }
            None if number == 0 => {
                out.tables.extend(header_lines(part, dialect));
                let read = by_members::unnamed(part, &seen, dialect, diagnostics);
                out.tables.extend(read);
            }
            Some(kind) if kind.is_parameters() => {
                out.tables
                    .extend(params::read(part, kind, dialect, diagnostics));
            }
            Some(kind) if kind.is_codes() => {}
            _ => {
                out.tables.extend(header_lines(part, dialect));
                let rest = enumerated::take(part, &mut out.tables, dialect);
                let part = &Part {
                    blocks: &rest,
                    ..(*part).clone()
                };
                let members = sub_tables::read(part, &out.tables, dialect, diagnostics);
                if members.is_empty() {
                    let read = by_members::unknown(part, &seen, dialect, diagnostics);
                    out.tables.extend(read);
                }
                out.tables.extend(members);
            }
        }
        let last = out.tables.len();
        out.returned.extend(codes::returned(part, dialect));
        for block in part.blocks {
            if let BlockKind::Aside(text) | BlockKind::Paragraph(text) | BlockKind::Item(text) =
                &block.kind
            {
                let said = Said {
                    text: plain(text),
                    span: block.span,
                };
                out.notes.push((first..last, said));
            }
        }
    }
}

/// Tables of parameters among those of a resource.
fn among_resources(
    part: &Part<'_>,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<ParamTable> {
    let listed: Vec<Block> = part
        .blocks
        .iter()
        .filter(|block| matches!(&block.kind, BlockKind::Table(table) if columns::lists_parameters(table, dialect)))
        .cloned()
        .collect();
    let part = Part {
        blocks: &listed,
        ..part.clone()
    };
    by_members::announced(&part, dialect, diagnostics)
}

/// `**Headers**` in running text, and `Name - description` lines below it.
fn header_lines(part: &Part<'_>, dialect: &Dialect) -> Vec<ParamTable> {
    let mut rows = Vec::new();
    for block in part.blocks {
        let BlockKind::Paragraph(text) = &block.kind else {
            continue;
        };
        let header = text.starts_with("X-") && text.contains(" - ");
        if header {
            let one = [block.clone()];
            let part = Part {
                blocks: &one,
                ..part.clone()
            };
            let read = params::read(
                &part,
                HeadingKind::Header,
                dialect,
                &mut Diagnostics::default(),
            );
            rows.extend(read.into_iter().flat_map(|table| table.rows));
        }
    }
    if rows.is_empty() {
        return Vec::new();
    }
    vec![ParamTable {
        kind: HeadingKind::Header,
        heading: Said {
            text: part.title.to_owned(),
            span: part.span,
        },
        rows,
    }]
}
