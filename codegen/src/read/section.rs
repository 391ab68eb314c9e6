//! Splits a page into sections and finds out which of them are operations.

use super::calls;
use super::minor;
use super::owner::owner;
use super::part::{Part, Sections, extent};
use super::shared;
use super::titles;
use super::{request, resource};
use crate::dialect::{Dialect, HeadingKind, ResourceRow};
use crate::slate::block::{Block, BlockKind};
use crate::text::bare;

/// Splits the blocks at their headings.
fn parts<'a>(blocks: &'a [Block], dialect: &Dialect) -> Vec<Part<'a>> {
    let mut out: Vec<Part<'a>> = Vec::new();
    // Where each part starts, and where its blocks do.
    let mut starts: Vec<(usize, usize)> = Vec::new();
    // Level of the last heading that is one in Markdown.
    let mut under = 0;
    // What the part above a resource table without a heading is about, right behind such a table.
    let mut interrupted = None;
    let resources = super::outline::resource_titles(blocks, dialect);
    let method = |level: u8, title: &str, at: usize| {
        let next = blocks.get(at + 1);
        let says = level > 2
            && (resource::names_method(title, next, dialect)
                || (resource::names_call(title, dialect)
                    && next.is_some_and(|next| resource::is_table(next, dialect))));
        says.then_some(HeadingKind::Resource)
    };
    for (at, block) in blocks.iter().enumerate() {
        let part = |level, title, kind| Part {
            level,
            title,
            span: block.span,
            kind,
            blocks: &[],
        };
        let above = out.last().and_then(|part: &Part<'_>| part.kind);
        let resumed = interrupted.take();
        // Outside of sections, and in chapters, what is no heading in Markdown is prose.
        let inner = under > 1;
        let found = if let BlockKind::Heading { level, text } = &block.kind {
            under = *level;
            // A chapter may be about codes; otherwise it is about everything below it.
            let kind = dialect.heading(text);
            let kind = kind.filter(|kind| *level > 1 || kind.is_codes());
            let resource = || {
                let title = text.trim().to_lowercase();
                let announces = *level > 2 && resources.binary_search(&title).is_ok();
                announces.then_some(HeadingKind::Resource)
            };
            let kind = kind.or_else(resource).or_else(|| method(*level, text, at));
            Some((part(*level, text, kind), at + 1))
        } else if let Some((title, kind)) =
            minor::heading(blocks, at, above, dialect).filter(|_| inner)
        {
            Some((part(under + 1, title, Some(kind)), at + 1))
        } else if inner
            && above != Some(HeadingKind::Resource)
            && resource::is_table(block, dialect)
        {
            interrupted = above;
            Some((part(under + 1, "", Some(HeadingKind::Resource)), at))
        } else if resumed.is_some() {
            Some((part(under + 1, "", resumed), at))
        } else if out.is_empty() {
            Some((part(0, "", None), at))
        } else {
            None
        };
        if let Some((part, first)) = found {
            out.push(part);
            starts.push((at, first));
        }
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start);
    let ends: Vec<usize> = ends.chain([blocks.len()]).collect();
    for ((part, (_, first)), end) in out.iter_mut().zip(starts).zip(ends) {
        part.blocks = &blocks[first..end];
    }
    out
}

/// True when a part that is about something else says how an operation is called: in a line of its own, or with an
/// address and a method one below the other.
pub fn states_call(part: &Part<'_>, dialect: &Dialect) -> bool {
    if part.level < 2 || !matches!(part.kind, None | Some(HeadingKind::Request)) {
        return false;
    }
    let rows = || {
        let prose = part
            .blocks
            .iter()
            .filter(|block| !matches!(block.kind, BlockKind::Table(_)))
            .cloned()
            .collect::<Vec<_>>();
        let prose = Part {
            blocks: &prose,
            ..part.clone()
        };
        let rows = resource::rows(&prose, dialect);
        let address = rows.iter().any(|(row, _, said)| {
            matches!(row, Some(ResourceRow::Uri | ResourceRow::Url)) && said.text.contains('/')
        });
        let method = |row: &Option<ResourceRow>| *row == Some(ResourceRow::Method);
        address && rows.iter().any(|(row, _, _)| method(row))
    };
    !request::stated_calls(part, dialect).is_empty() || rows()
}

/// True when the part says how an operation is called: a resource table with a method or a URI, or a request URL.
fn defines(part: &Part<'_>, dialect: &Dialect) -> bool {
    if part.level <= 2 && (!names_a_path(part, dialect) || super::outline::is_form(part, dialect)) {
        return false;
    }
    match part.kind {
        Some(HeadingKind::Resource) => resource::rows(part, dialect)
            .iter()
            .any(|(row, _, _)| matches!(row, Some(ResourceRow::Method | ResourceRow::Uri))),
        Some(HeadingKind::Url) => {
            part.blocks.iter().any(|block| match &block.kind {
                BlockKind::Fence(fence) => fence
                    .body
                    .lines()
                    .any(|line| calls::looks_like_url(line, dialect)),
                _ => false,
            }) || request::texts(part).iter().any(|(text, _)| {
                let lines = request::lines(text, dialect);
                text.contains("`/")
                    || lines
                        .iter()
                        .any(|line| calls::looks_like_url(line, dialect))
            })
        }
        _ => false,
    }
}

/// True when the part states a path that is not made of placeholders alone: what stands at the level of operations may
/// be about all of them (`https://{host}/v1.1/{entity}/{method}`).
fn names_a_path(part: &Part<'_>, dialect: &Dialect) -> bool {
    let literal = |text: &str| {
        let url = super::url::parse(text, &dialect.wire.format_suffixes);
        url.is_some_and(|url| {
            url.segments.iter().any(|segment| {
                !segment.contains('{')
                    && segment.chars().filter(char::is_ascii_alphabetic).count() > 1
            })
        })
    };
    part.blocks.iter().any(|block| match &block.kind {
        BlockKind::Table(table) => table.rows.iter().any(|row| {
            let name = row
                .cells
                .first()
                .map(|cell| bare(&cell.text))
                .unwrap_or_default();
            let states = matches!(
                dialect.resource_row(&name),
                Some(ResourceRow::Uri | ResourceRow::Url)
            );
            states && row.cells.get(1).is_some_and(|cell| literal(&cell.text))
        }),
        BlockKind::Paragraph(text) => text.contains("://") && literal(text),
        _ => false,
    })
}

/// Finds the operations of a page.
///
/// An operation is the heading above a part that says how it is called. Where that part has a sibling above it that is
/// no such part (`### Naming Conventions`), the parent is the operation if it shows samples, and the sibling if not.
#[must_use]
pub fn sections<'a>(blocks: &'a [Block], dialect: &Dialect) -> Sections<'a> {
    let parts = parts(blocks, dialect);
    let mut owners: Vec<usize> = Vec::new();
    let stating: Vec<usize> = (0..parts.len())
        .filter(|&at| states_call(&parts[at], dialect))
        .collect();
    let levels = super::outline::levels_of_calls(&parts, &stating);
    for at in 0..parts.len() {
        let line = parts[at].level > 0 && calls::call(parts[at].title, dialect).is_some();
        if line && let Some(url) = titles::lists_calls(&parts, at) {
            owners.extend(owner(&parts, url).filter(|owner| !owners.contains(owner)));
            continue;
        }
        let titled = line
            || (parts[at].level > 1 && titles::split(parts[at].title, dialect).is_some())
            || titles::chapter_states_call(&parts[at], dialect);
        let states = stating.contains(&at);
        let own = parts[at].level == 2 || levels.contains(&parts[at].level);
        let owner = if titled || (states && own && parts[at].kind.is_none()) {
            Some(at)
        } else if states || defines(&parts[at], dialect) {
            owner(&parts, at)
        } else {
            None
        };
        let Some(owner) = owner else {
            continue;
        };
        if owners.last() != Some(&owner) && !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    let groups = titles::groups(&parts, &owners, dialect);
    owners.retain(|owner| !groups.contains(owner));
    owners.retain(|&owner| !never(&parts, owner, dialect));
    owners.sort_unstable();
    shared::join(&parts, &mut owners, dialect);
    let taken: Vec<usize> = owners
        .iter()
        .flat_map(|&owner| extent(&parts, owner, &owners))
        .collect();
    owners.extend(super::outline::shown(&parts, &owners, &taken));
    owners.sort_unstable();
    let operations = owners
        .iter()
        .map(|&owner| extent(&parts, owner, &owners))
        .collect();
    Sections { parts, operations }
}

/// True for a heading that the dialect says is no operation, and for all below it.
pub fn never(parts: &[Part<'_>], at: usize, dialect: &Dialect) -> bool {
    if dialect.not_operations.is_empty() {
        return false;
    }
    let mut level = u8::MAX;
    parts[..=at].iter().rev().any(|part| {
        let above = part.level < level;
        level = level.min(part.level);
        above && dialect.no_operation(part.title)
    })
}
