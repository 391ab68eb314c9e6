//! Reads Slate sources: front matter, includes, Markdown blocks, each with its place.
//!
//! This stage knows Markdown and Slate, not APIs: it does not know what an operation or a parameter is.

pub mod block;
mod digest;
pub mod front_matter;
mod html_table;
mod line;
mod parse;
pub mod source;
mod table;

pub use digest::digest;

use std::path::Path;

use crate::InputError;
use crate::diagnostics::{Code, Diagnostics};
use block::Block;
use source::{SourceFile, Sources, Span};

/// Name of the index in a Slate `source` folder.
pub const INDEX: &str = "index.html.md";

/// Larger files are no page that people wrote: the largest of the published ones has a quarter of a megabyte. Reading is
/// not linear in everything, and a file of gigabytes would take the memory of the machine.
pub const LARGEST_PAGE: u64 = 16 * 1024 * 1024;

/// One page: the index or an include.
#[derive(Clone, Debug)]
pub struct Page {
    /// Number of its file.
    pub file: u16,
    /// Name as the index lists it; empty for the index itself.
    pub name: String,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
}

/// A whole Slate documentation.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Title from the front matter.
    pub title: String,
    /// The index first, then the includes in its order.
    pub pages: Vec<Page>,
}

/// The text of a documentation, by path relative to its `source` folder: what [`parse`] reads.
#[derive(Clone, Debug, Default)]
pub struct Texts(pub Vec<(String, Vec<u8>)>);

/// Reads the files of a Slate `source` folder: the index and all it includes.
///
/// # Errors
/// When the folder has no readable index, an include is missing, unreadable, too large or no regular file, or an include's
/// name would leave the folder.
pub fn load(folder: &Path) -> Result<Texts, InputError> {
    if !folder.is_dir() {
        return Err(InputError::new(format!(
            "{} is not a folder",
            folder.display()
        )));
    }
    if !folder.join(INDEX).exists() {
        return Err(InputError::new(format!(
            "{} is not a Slate source folder: it has no {INDEX}",
            folder.display()
        )));
    }
    let broken = |why: String| InputError::at(INDEX, 1, 1, format!("cannot read {INDEX}: {why}"));
    let index = page_file(&folder.join(INDEX)).map_err(broken)?;
    let file = SourceFile::new(INDEX, String::from_utf8_lossy(&index));
    let (front, _) = front_matter::read(&file)?;
    let root = folder
        .canonicalize()
        .map_err(|error| InputError::new(format!("{}: {error}", folder.display())))?;
    let mut texts = vec![(INDEX.to_owned(), index)];
    for name in &front.includes {
        let path = include_path(name);
        if texts.iter().any(|(known, _)| *known == path) {
            continue;
        }
        let line = (0..file.line_count())
            .find(|&line| file.line(line).trim().trim_start_matches('-').trim() == name)
            .map_or(1, |line| line + 1);
        let blame = |why: String| InputError::at(INDEX, line, 1, format!("include {name:?}{why}"));
        let unreadable = |why: String| blame(format!(": cannot read {path}: {why}"));
        let full = folder.join(&path);
        let resolved = full
            .canonicalize()
            .map_err(|error| unreadable(error.to_string()))?;
        if !resolved.starts_with(&root) {
            return Err(blame(" leads out of the folder".to_owned()));
        }
        let bytes = page_file(&full).map_err(unreadable)?;
        texts.push((path, bytes));
    }
    Ok(Texts(texts))
}

/// The bytes of a page, or why there are none. A pipe or a device would be waited for without end, so the kind of the file
/// is looked at before it is opened; what grows while it is read is cut off.
fn page_file(path: &Path) -> Result<Vec<u8>, String> {
    let said = |error: std::io::Error| error.to_string();
    let kind = std::fs::metadata(path).map_err(said)?;
    if !kind.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(said)?;
    std::io::Read::read_to_end(&mut std::io::Read::take(file, LARGEST_PAGE + 1), &mut bytes)
        .map_err(said)?;
    match u64::try_from(bytes.len()) {
        Ok(length) if length <= LARGEST_PAGE => Ok(bytes),
        _ => Err(too_large()),
    }
}

fn too_large() -> String {
    format!("it is larger than {} MiB", LARGEST_PAGE / 1024 / 1024)
}

fn include_path(name: &str) -> String {
    match name.rsplit_once('/') {
        Some((folder, file)) => format!("includes/{folder}/_{file}.md"),
        None => format!("includes/_{name}.md"),
    }
}

/// Splits the texts into pages and blocks.
///
/// # Errors
/// When the index has no valid front matter, lists a page that is not among the texts, or there is too much text.
pub fn parse(
    texts: &Texts,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Document, InputError> {
    let (path, bytes) = texts
        .0
        .first()
        .ok_or_else(|| InputError::new("there is no index"))?;
    let index = add(sources, path, bytes, diagnostics)?;
    let mut pages = Vec::new();
    let (front, first) = front_matter::read(sources.file(index))?;
    pages.push(Page {
        file: index,
        name: String::new(),
        blocks: parse::blocks(sources.file(index), index, first, diagnostics),
    });
    let mut seen = Vec::new();
    for name in &front.includes {
        let path = include_path(name);
        if seen.contains(&path) {
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
        let Some((_, bytes)) = texts.0.iter().find(|(known, _)| *known == path) else {
            return Err(InputError::at(
                INDEX,
                1,
                1,
                format!("include {name:?}: there is no {path}"),
            ));
        };
        let id = add(sources, &path, bytes, diagnostics)?;
        pages.push(Page {
            file: id,
            name: name.clone(),
            blocks: parse::blocks(sources.file(id), id, 0, diagnostics),
        });
        seen.push(path);
    }
    Ok(Document {
        title: front.title,
        pages,
    })
}

/// Takes a file into the sources; bytes that are not UTF-8 become U+FFFD and a diagnostic.
fn add(
    sources: &mut Sources,
    path: &str,
    bytes: &[u8],
    diagnostics: &mut Diagnostics,
) -> Result<u16, InputError> {
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST_PAGE) {
        return Err(InputError::new(format!("{path}: {}", too_large())));
    }
    let text = String::from_utf8_lossy(bytes);
    let broken = matches!(text, std::borrow::Cow::Owned(_));
    let id = sources
        .add(SourceFile::new(path, text))
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
    Ok(id)
}
