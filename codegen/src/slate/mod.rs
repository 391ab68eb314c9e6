//! Reads Slate sources: front matter, includes, Markdown blocks, each with its place.
//!
//! This stage knows Markdown and Slate, not APIs: it does not know what an operation or a parameter is.

pub mod block;
mod digest;
mod document;
pub mod front_matter;
mod html_table;
mod index;
mod layout;
mod line;
mod outline;
mod parse;
mod partials;
pub mod source;
mod table;
mod texts;

pub use digest::digest;
pub use document::{Document, Page};
pub use index::{INDEX, is_docs, is_index};
pub use layout::{Layout, Substitute};
pub(crate) use outline::{Listed, outline};
pub use texts::{LARGEST_PAGE, Texts, load, load_as};

use crate::InputError;
use crate::diagnostics::{Code, Diagnostics};
use block::{Block, BlockKind};
use index::include_paths;
use source::{SourceFile, Sources, Span};
use texts::too_large;

/// Splits the texts into pages and blocks.
///
/// # Errors
/// When the index has no valid front matter, lists a page that is not among the texts, or there is too much text.
pub fn parse(
    texts: &Texts,
    layout: &Layout,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Document, InputError> {
    let (path, bytes) = texts
        .0
        .first()
        .ok_or_else(|| InputError::new("there is no index"))?;
    let index = add(sources, (path, bytes), layout, diagnostics)?;
    let mut pages = Vec::new();
    let (front, first) = front_matter::read(sources.file(index), &layout.include_keys)?;
    pages.push(Page {
        file: index,
        name: String::new(),
        blocks: blocks(index, first, texts, layout, sources, diagnostics, 0)?,
    });
    let mut seen = Vec::new();
    for name in &front.includes {
        let paths = include_paths(path, name);
        let known = paths
            .iter()
            .find_map(|path| texts.0.iter().find(|(known, _)| known == path));
        let Some((page, bytes)) = known else {
            let missing = paths.first().map_or("", String::as_str);
            let why = format!("include {name:?}: there is no {missing}");
            return Err(InputError::at(path, 1, 1, why));
        };
        if seen.contains(&page) {
            let place = sources.file(index);
            let at = place.text.rfind(name.as_str()).unwrap_or(0);
            diagnostics.push(
                Code::DuplicateInclude,
                Span::new(index, at, at + name.len()),
                "this page is included twice",
                "it was read once",
            );
            continue;
        }
        let id = add(sources, (page, bytes), layout, diagnostics)?;
        pages.push(Page {
            file: id,
            name: name.clone(),
            blocks: blocks(id, 0, texts, layout, sources, diagnostics, 0)?,
        });
        seen.push(page);
    }
    Ok(Document {
        title: front.title,
        pages,
    })
}

/// The blocks of a file from a line on, with those of the files that it takes in.
fn blocks(
    id: u16,
    first: usize,
    texts: &Texts,
    layout: &Layout,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
    depth: usize,
) -> Result<Vec<Block>, InputError> {
    let own = parse::blocks(sources.file(id), id, first, diagnostics);
    let page = sources.file(id).path.clone();
    let mut out = Vec::new();
    for block in own {
        let text = match &block.kind {
            BlockKind::Paragraph(text) => text.clone(),
            _ => String::new(),
        };
        let names: Option<Vec<&str>> = text.lines().map(partials::name).collect();
        let names = names.filter(|names| !names.is_empty() && depth < partials::DEEPEST);
        let Some(names) = names else {
            out.push(block);
            continue;
        };
        for name in names {
            let paths = index::partial_paths(&page, name);
            let known = paths
                .iter()
                .find_map(|path| texts.0.iter().find(|(known, _)| known == path));
            let Some((path, bytes)) = known else {
                diagnostics.push(
                    Code::MissingPartial,
                    block.span,
                    format!("there is no {name} that could stand here"),
                    "it was left out",
                );
                continue;
            };
            let taken = add(sources, (path, bytes), layout, diagnostics)?;
            let depth = depth + 1;
            out.extend(blocks(
                taken,
                0,
                texts,
                layout,
                sources,
                diagnostics,
                depth,
            )?);
        }
    }
    Ok(out)
}

/// Takes a file into the sources; bytes that are not UTF-8 become U+FFFD and a diagnostic.
fn add(
    sources: &mut Sources,
    (path, bytes): (&str, &[u8]),
    layout: &Layout,
    diagnostics: &mut Diagnostics,
) -> Result<u16, InputError> {
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST_PAGE) {
        return Err(InputError::new(format!("{path}: {}", too_large())));
    }
    let text = String::from_utf8_lossy(bytes);
    let broken = matches!(text, std::borrow::Cow::Owned(_));
    let mut file = SourceFile::new(path, text);
    file.substitute(&layout.substitute);
    let id = sources
        .add(file)
        .ok_or_else(|| InputError::new("more than 65,535 files"))?;
    if broken {
        let at = sources.file(id).text.find('\u{fffd}').unwrap_or(0);
        diagnostics.push(
            Code::NotUtf8,
            Span::new(id, at, at + 3),
            "this is not UTF-8",
            "the bytes were replaced by U+FFFD",
        );
    }
    unfinished_merges(sources.file(id), id, diagnostics);
    Ok(id)
}

/// Names the places where version control left the lines of two branches.
fn unfinished_merges(file: &SourceFile, id: u16, diagnostics: &mut Diagnostics) {
    for line in 0..file.line_count() {
        let range = file.line_range(line);
        let text = &file.text[range.clone()];
        if text == "<<<<<<<" || text.starts_with("<<<<<<< ") {
            diagnostics.push(
                Code::UnfinishedMerge,
                Span::new(id, range.start, range.end),
                "a merge was left unfinished here",
                "the lines of both sides were read",
            );
        }
    }
}
