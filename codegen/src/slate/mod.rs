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

mod slips;
pub mod source;
mod table;
mod texts;

pub use digest::{digest, lines_digest, words};
pub use document::{Document, Page};
pub use index::{INDEX, is_docs, is_index};
pub use layout::{Layout, Substitute};
pub(crate) use outline::{Listed, outline};
pub use texts::{LARGEST_PAGE, Texts, load, load_as, root};

use crate::InputError;
use crate::diagnostics::{Code, Diagnostics, Edit};
use block::{Block, BlockKind};
use index::include_paths;
use partials::DEEPEST;
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
    let mut reader = Reader {
        texts,
        layout,
        sources,
        diagnostics,
        taken: 0,
    };
    let index = reader.add(path, bytes)?;
    let (front, first) = front_matter::read(reader.sources.file(index), &layout.include_keys)?;
    let mut pages = vec![reader.page(index, String::new(), first)?];
    let mut seen = Vec::new();
    for name in &front.includes {
        let paths = include_paths(path, name);
        let Some((page, bytes)) = texts.first_of(&paths) else {
            let missing = paths.first().map_or("", String::as_str);
            let why = format!("include {name:?}: there is no {missing}");
            return Err(InputError::at(path, 1, 1, why));
        };
        if seen.contains(&page) {
            let place = reader.sources.file(index);
            let at = place.text.rfind(name.as_str()).unwrap_or(0);
            reader.diagnostics.push(
                Code::DuplicateInclude,
                Span::new(index, at, at + name.len()),
                "this page is included twice",
                "it was read once",
            );
            continue;
        }
        let id = reader.add(page, bytes)?;
        pages.push(reader.page(id, name.clone(), 0)?);
        seen.push(page);
    }
    Ok(Document {
        title: front.title,
        pages,
    })
}

/// Reads the texts of a documentation.
struct Reader<'a> {
    texts: &'a Texts,
    layout: &'a Layout,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
    /// Bytes of all that pages took in.
    taken: u64,
}

impl Reader<'_> {
    fn page(&mut self, file: u16, name: String, first: usize) -> Result<Page, InputError> {
        let blocks = self.blocks(file, first, 0)?;
        Ok(Page { file, name, blocks })
    }

    /// The blocks of a file from a line on, with those of the files that it takes in.
    fn blocks(&mut self, id: u16, first: usize, depth: usize) -> Result<Vec<Block>, InputError> {
        let own = parse::blocks(self.sources.file(id), id, first, self.diagnostics);
        let page = self.sources.file(id).path.clone();
        let mut out = Vec::new();
        for block in own {
            let BlockKind::Paragraph(text) = &block.kind else {
                out.push(block);
                continue;
            };
            let names: Option<Vec<&str>> = text.lines().map(partials::name).collect();
            let Some(names) = names.filter(|names| !names.is_empty() && depth < DEEPEST) else {
                out.push(block);
                continue;
            };
            for name in names {
                let paths = index::partial_paths(&page, name);
                let Some((path, bytes)) = self.texts.first_of(&paths) else {
                    self.diagnostics.push(
                        Code::MissingPartial,
                        block.span,
                        format!("there is no {name} that could stand here"),
                        "it was left out",
                    );
                    continue;
                };
                self.take(bytes)?;
                let taken = self.add(path, bytes)?;
                out.extend(self.blocks(taken, 0, depth + 1)?);
            }
        }
        Ok(out)
    }

    /// Counts what a page takes in: pages that take in each other many times would never end.
    fn take(&mut self, bytes: &[u8]) -> Result<(), InputError> {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.taken = self.taken.saturating_add(length);
        if self.taken > LARGEST_PAGE {
            let why = "the pages take in more than a page may have";
            return Err(InputError::new(why));
        }
        Ok(())
    }

    /// Takes a file into the sources; bytes that are not UTF-8 become U+FFFD and a diagnostic.
    fn add(&mut self, path: &str, bytes: &[u8]) -> Result<u16, InputError> {
        add(self.sources, (path, bytes), self.layout, self.diagnostics)
    }
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
