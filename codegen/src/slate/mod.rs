//! Reads Slate sources: front matter, includes, Markdown blocks, each with its place.
//!
//! This stage knows Markdown and Slate, not APIs: it does not know what an operation or a parameter is.

pub mod block;
mod digest;
pub mod front_matter;
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
/// When the folder has no readable index, an include is missing or unreadable, or an include's name would leave the
/// folder.
pub fn load(folder: &Path) -> Result<Texts, InputError> {
    let read = |path: &str, blame: (&str, usize)| {
        let full = folder.join(path);
        std::fs::read(&full).map_err(|error| {
            InputError::at(blame.0, blame.1, 1, format!("cannot read {path}: {error}"))
        })
    };
    if !folder.is_dir() {
        return Err(InputError::new(format!(
            "{} is not a folder",
            folder.display()
        )));
    }
    if !folder.join(INDEX).is_file() {
        return Err(InputError::new(format!(
            "{} is not a Slate source folder: it has no {INDEX}",
            folder.display()
        )));
    }
    let index = read(INDEX, (INDEX, 1))?;
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
        let inside = folder
            .join(&path)
            .canonicalize()
            .map_err(|error| {
                InputError::at(
                    INDEX,
                    line,
                    1,
                    format!("include {name:?}: cannot read {path}: {error}"),
                )
            })?
            .starts_with(&root);
        if !inside {
            return Err(InputError::at(
                INDEX,
                line,
                1,
                format!("include {name:?} leads out of the folder"),
            ));
        }
        let bytes = read(&path, (INDEX, line))?;
        texts.push((path, bytes));
    }
    Ok(Texts(texts))
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
    if u32::try_from(bytes.len()).is_err() {
        return Err(InputError::new(format!("{path} is larger than 4 GiB")));
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
