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
mod slips;
pub mod source;
mod table;
mod texts;

pub use digest::digest;
pub use document::{Document, Page};
pub use index::{INDEX, is_docs, is_index};
pub use layout::{Layout, Substitute};
pub(crate) use outline::{Listed, outline};
pub use texts::{LARGEST_PAGE, Texts, load, load_as, root};

use crate::InputError;
use crate::diagnostics::{Code, Diagnostics, Edit};
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
        blocks: parse::blocks(sources.file(index), index, first, diagnostics),
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
            blocks: parse::blocks(sources.file(id), id, 0, diagnostics),
        });
        seen.push(page);
    }
    Ok(Document {
        title: front.title,
        pages,
    })
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
    if bytes.starts_with("\u{feff}".as_bytes()) {
        let begin = Span::new(id, 0, 0);
        diagnostics.push(
            Code::ByteOrderMark,
            begin,
            "this page begins with a byte-order mark",
            "it was passed over",
        );
        diagnostics.fix_last([Edit::new(begin, "")]);
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
