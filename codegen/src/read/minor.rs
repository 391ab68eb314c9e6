//! Headings that are none in Markdown.

use super::resource;
use crate::dialect::{Dialect, HeadingKind};
use crate::slate::block::{Block, BlockKind};

/// A heading that is no Markdown heading: a line in bold, or one above a table, that says what the headings of the
/// dialect say. `above` is what the heading above is about: a sentence below one for answers is about answers.
pub fn heading<'a>(
    blocks: &'a [Block],
    at: usize,
    above: Option<HeadingKind>,
    dialect: &Dialect,
) -> Option<(&'a str, HeadingKind)> {
    let next = blocks.get(at + 1).map(|next| &next.kind);
    let table = matches!(next, Some(BlockKind::Table(_)));
    let text = match &blocks[at].kind {
        BlockKind::Paragraph(text) => text,
        // `- Query parameters`, with a table below.
        BlockKind::Item(text) if table => text,
        _ => return None,
    };
    let inner = bold(text);
    let title = inner.unwrap_or(text).trim_matches(['*', ':', ' ']);
    let short = title.split_whitespace().count() <= 6
        && !title.contains(['\n', '*', '`', '.', ',', '<'])
        && (inner.is_some() || table);
    if short && inner.is_some() && resource::names_method(title, blocks.get(at + 1), dialect) {
        return Some((title, HeadingKind::Resource));
    }
    let kind = short.then(|| dialect.heading(title)).flatten()?;
    let answers = above == Some(HeadingKind::Response) && inner.is_none();
    if answers && kind.is_parameters() && kind != HeadingKind::Response {
        return None;
    }
    // Names stand in a table, in a list or in code marks; what else follows is about them.
    let names = table
        || matches!(next, Some(BlockKind::Item(_) | BlockKind::Fence(_)))
        || matches!(next, Some(BlockKind::Paragraph(text)) if text.starts_with('`'));
    (names || !kind.is_parameters()).then_some((title, kind))
}

/// What a line in bold says: `**Name**`, `<b>Name</b><br>`.
fn bold(text: &str) -> Option<&str> {
    if text.starts_with("**") && text.trim_end_matches(':').ends_with("**") {
        return Some(text);
    }
    let text = text.trim_end_matches("<br>").trim_end();
    ["b", "strong"].into_iter().find_map(|tag| {
        let inner = text
            .strip_prefix('<')?
            .strip_prefix(tag)?
            .strip_prefix('>')?;
        let inner = inner.trim_end_matches([':', ' ']);
        inner
            .strip_suffix('>')?
            .strip_suffix(tag)?
            .strip_suffix("</")
    })
}
