//! Sections that can be told from the others of their page only.

use std::collections::HashMap;

use super::part::Part;
use super::resource;
use super::url::{self, METHODS};
use crate::dialect::{Dialect, ResourceRow};
use crate::sample::{self, Format};
use crate::slate::block::{Block, BlockKind};
use crate::text::bare;

/// Words of headings that say nothing of what is called: the operation is the heading above.
const OF_PARTS: [&str; 12] = [
    "api",
    "call",
    "code",
    "curl",
    "definition",
    "example",
    "examples",
    "http",
    "request",
    "sample",
    "the",
    "usage",
];

/// Titles, in lower case, of the headings that only announce a resource table, whatever words they have.
///
/// Such a heading comes again and again, each time below a section that shows samples, and has the table right below it.
/// Names of operations do not repeat that way. Where it comes once, the section above shows the address that the table
/// states, and the heading has no word of it.
pub fn resource_titles(blocks: &[Block], dialect: &Dialect) -> Vec<String> {
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    let mut order: Vec<String> = Vec::new();
    let mut once: Vec<String> = Vec::new();
    // The level of the heading above, and the samples below it.
    let mut above: (u8, Vec<&str>) = (0, Vec::new());
    for (at, block) in blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::Heading { level, text } => {
                if *level > 2 && dialect.heading(text).is_none() {
                    let title = text.trim().to_lowercase();
                    let announces = above.0 > 1
                        && above.0 < *level
                        && !above.1.is_empty()
                        && blocks
                            .get(at + 1)
                            .is_some_and(|next| resource::is_table(next, dialect));
                    let (all, those) = counts.entry(title.clone()).or_default();
                    *all += 1;
                    *those += usize::from(announces);
                    if announces && is_of_samples(&title, blocks.get(at + 1), &above.1, dialect) {
                        once.push(title.clone());
                    }
                    order.push(title);
                }
                above = (*level, Vec::new());
            }
            BlockKind::Fence(fence) => above.1.push(&fence.body),
            _ => {}
        }
    }
    order.sort_unstable();
    order.dedup();
    order.retain(|title| {
        let least = if once.contains(title) { 1 } else { 2 };
        matches!(counts.get(title), Some((all, those)) if *those >= least && all == those)
    });
    order
}

/// True for a table whose address is that of the samples above, where its heading has no word of the address.
fn is_of_samples(title: &str, table: Option<&Block>, above: &[&str], dialect: &Dialect) -> bool {
    let Some(BlockKind::Table(table)) = table.map(|block| &block.kind) else {
        return false;
    };
    let mut paths = table.rows.iter().filter_map(|row| {
        let name = bare(&row.cells.first()?.text);
        let value = bare(&row.cells.get(1)?.text);
        let row = dialect.resource_row(&name)?;
        let path = value.trim_matches('/').to_lowercase();
        let is_path = matches!(row, ResourceRow::Uri | ResourceRow::Url) && path.contains('/');
        is_path.then_some(path)
    });
    let Some(path) = paths.next() else {
        return false;
    };
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.map(|word| word.trim_end_matches('s').to_owned());
        words.filter(|word| word.len() > 2).collect()
    };
    let named = words(&path);
    let shown = above.iter().any(|body| body.to_lowercase().contains(&path));
    shown && words(title).iter().all(|word| !named.contains(word))
}

/// Levels at which headings are names of operations: several parts there state a call, and no two have the same title.
/// Headings that only announce a call (`### Definition`) have the same one again and again.
pub fn levels_of_calls(parts: &[Part<'_>], stating: &[usize]) -> Vec<u8> {
    let mut titles: HashMap<u8, Vec<String>> = HashMap::new();
    for part in stating.iter().map(|&at| &parts[at]) {
        if part.kind.is_none() && !is_of_parts(part.title) {
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

/// True for a heading that says nothing of what is called.
pub fn is_of_parts(title: &str) -> bool {
    let title = title.to_lowercase();
    let mut words = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.all(|word| OF_PARTS.contains(&word))
}
