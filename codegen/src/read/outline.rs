//! Sections that can be told from the others of their page only.

use std::collections::HashMap;

use super::part::Part;
use super::section::is_resource_table;
use super::url::{self, METHODS};
use crate::dialect::{Dialect, ResourceRow};
use crate::sample::{self, Format};
use crate::slate::block::{Block, BlockKind};

/// Titles, in lower case, of the headings that only announce a resource table, whatever words they have.
///
/// Such a heading comes again and again, each time below a section that shows samples, and has the table right below it.
/// Names of operations do not repeat that way.
pub fn resource_titles(blocks: &[Block], dialect: &Dialect) -> Vec<String> {
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    let mut order: Vec<String> = Vec::new();
    // The level of the heading above, and whether samples stand below it.
    let mut above = (0, false);
    for (at, block) in blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::Heading { level, text } => {
                if *level > 2 && dialect.heading(text).is_none() {
                    let title = text.trim().to_lowercase();
                    let announces = above.0 > 1
                        && above.0 < *level
                        && above.1
                        && blocks
                            .get(at + 1)
                            .is_some_and(|next| is_resource_table(next, dialect));
                    let (all, those) = counts.entry(title.clone()).or_default();
                    *all += 1;
                    *those += usize::from(announces);
                    order.push(title);
                }
                above = (*level, false);
            }
            BlockKind::Fence(_) => above.1 = true,
            _ => {}
        }
    }
    order.sort_unstable();
    order.dedup();
    order.retain(
        |title| matches!(counts.get(title), Some((all, those)) if *those > 1 && all == those),
    );
    order
}

/// Levels at which headings are names of operations: several parts there state a call, and no two have the same title.
/// Headings that only announce a call (`### Definition`) have the same one again and again.
pub fn levels_of_calls(parts: &[Part<'_>], stating: &[usize]) -> Vec<u8> {
    let mut titles: HashMap<u8, Vec<String>> = HashMap::new();
    for part in stating.iter().map(|&at| &parts[at]) {
        if part.kind.is_none() && !super::shown::is_of_parts(part.title) {
            let title = part.title.trim().to_lowercase();
            titles.entry(part.level).or_default().push(title);
        }
    }
    let distinct = |titles: &mut Vec<String>| {
        let all = titles.len();
        titles.sort_unstable();
        titles.dedup();
        all > 1 && titles.len() == all
    };
    let levels = titles.into_iter();
    levels
        .filter_map(|(level, mut titles)| distinct(&mut titles).then_some(level))
        .collect()
}

/// True for a table that says what all calls look like: by several methods, at an address with a place for what they are
/// about (`{host}/shop/{resource}/`).
pub fn is_form(part: &Part<'_>, dialect: &Dialect) -> bool {
    let rows = super::resource::rows(part, dialect);
    let several = rows.iter().any(|(row, _, said)| {
        let text = said.text.to_uppercase();
        let words = text.split(|c: char| !c.is_ascii_alphabetic());
        *row == Some(ResourceRow::Method) && words.filter(|word| METHODS.contains(word)).count() > 1
    });
    let open = |text: &str| {
        url::parse(text, &dialect.wire.format_suffixes).is_some_and(|url| {
            let named = |segment: &&String| segment.chars().any(char::is_alphanumeric);
            let last = url.segments.iter().rev().find(named);
            last.is_some_and(|last| last.starts_with('{'))
        })
    };
    several
        && rows.iter().any(|(row, _, said)| {
            matches!(row, Some(ResourceRow::Uri | ResourceRow::Url)) && open(&said.text)
        })
}

/// Sections that are operations by their samples alone: no line says how they are called, but they show one address and
/// a message, at the level of the page's operations. `taken` are the parts of known operations.
pub fn shown(parts: &[Part<'_>], owners: &[usize], taken: &[usize]) -> Vec<usize> {
    let mut out = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let level = |owner: &usize| parts[*owner].level == part.level;
        if part.level < 2 || part.kind.is_some() || taken.contains(&at) || !owners.iter().any(level)
        {
            continue;
        }
        let below = parts.iter().enumerate().skip(at + 1);
        let mut below = below.take_while(|(_, inner)| inner.level > part.level);
        let group = below.any(|(inner, _)| owners.contains(&inner));
        if !group && shows_a_call(part) {
            out.push(at);
        }
    }
    out
}

/// One address, alone in its block, and a message.
fn shows_a_call(part: &Part<'_>) -> bool {
    let (mut addresses, mut messages) = (0, 0);
    for block in part.blocks {
        let BlockKind::Fence(fence) = &block.kind else {
            continue;
        };
        match sample::format_of(&fence.body) {
            Some(Format::Url) => {
                let lines = fence.body.lines().map(str::trim);
                addresses += lines.filter(|line| !line.is_empty()).count();
            }
            Some(_) => messages += 1,
            None => {}
        }
    }
    addresses == 1 && messages > 0
}
