//! Which files a documentation is made of, and their bytes.

use std::path::{Path, PathBuf};

use super::layout::Layout;
use super::source::SourceFile;
use super::{front_matter, index, partials};
use crate::InputError;

/// Larger files are no page that people wrote: the largest of the published ones has a quarter of a megabyte. Reading is
/// not linear in everything, and a file of gigabytes would take the memory of the machine.
pub const LARGEST_PAGE: u64 = 16 * 1024 * 1024;

/// The text of a documentation, by path relative to its `source` folder: what [`parse`](super::parse) reads.
#[derive(Clone, Debug, Default)]
pub struct Texts(pub Vec<(String, Vec<u8>)>);

impl Texts {
    /// The first of these paths that there is, and its text.
    pub(super) fn first_of(&self, paths: &[String]) -> Option<(&str, &[u8])> {
        let of = |path: &String| self.0.iter().find(|(known, _)| known == path);
        let (path, bytes) = paths.iter().find_map(of)?;
        Some((path, bytes))
    }
}

/// The folder that the paths of pages are below: the Slate `source` folder, given that or the one above it.
///
/// # Errors
/// When there is no index.
pub fn root(folder: &Path) -> Result<PathBuf, InputError> {
    index::find(folder).map(|found| found.root)
}

/// Reads the index of a documentation that is laid out as all are, and all it includes.
///
/// # Errors
/// As [`load_as`].
pub fn load(folder: &Path) -> Result<Texts, InputError> {
    load_as(folder, &Layout::default())
}

/// Reads the index of a documentation and all it includes. The folder is a Slate `source` folder, or the one above it.
///
/// # Errors
/// When there is no readable index, an include is missing, unreadable, too large or no regular file, or an include's name
/// would leave the folder.
pub fn load_as(folder: &Path, layout: &Layout) -> Result<Texts, InputError> {
    let found = index::find(folder)?;
    let path = found.path.as_str();
    let broken = |why: String| InputError::at(path, 1, 1, format!("cannot read {path}: {why}"));
    let index = page_file(&found.root.join(path)).map_err(broken)?;
    let mut file = SourceFile::new(path, String::from_utf8_lossy(&index));
    file.substitute(&layout.substitute);
    let (front, _) = front_matter::read(&file, &layout.include_keys)?;
    let root = found
        .root
        .canonicalize()
        .map_err(|error| InputError::new(format!("{}: {error}", found.root.display())))?;
    let mut texts = vec![(path.to_owned(), index)];
    for name in &front.includes {
        let line = (0..file.line_count())
            .find(|&line| file.line(line).trim().trim_start_matches('-').trim() == name)
            .map_or(1, |line| line + 1);
        let blame = |why: String| InputError::at(path, line, 1, format!("include {name:?}{why}"));
        let paths = index::include_paths(path, name);
        let there = paths.iter().find(|path| root.join(path).exists());
        // What is not there is named as Slate's own template calls it.
        let Some(path) = there.or(paths.first()).cloned() else {
            continue;
        };
        if texts.iter().any(|(known, _)| *known == path) {
            continue;
        }
        let unreadable = |why: String| blame(format!(": cannot read {path}: {why}"));
        let full = root.join(&path);
        let resolved = full
            .canonicalize()
            .map_err(|error| unreadable(error.to_string()))?;
        if !resolved.starts_with(&root) {
            return Err(blame(" leads out of the folder".to_owned()));
        }
        let bytes = page_file(&full).map_err(unreadable)?;
        texts.push((path, bytes));
    }
    take_in(&root, layout, &mut texts)?;
    Ok(Texts(texts))
}

/// Adds what the pages take in by lines of their template engine. What is not there is reported where it is missed.
fn take_in(
    root: &Path,
    layout: &Layout,
    texts: &mut Vec<(String, Vec<u8>)>,
) -> Result<(), InputError> {
    let mut next = 0;
    while let Some((page, bytes)) = texts.get(next) {
        next += 1;
        let mut file = SourceFile::new(page.as_str(), String::from_utf8_lossy(bytes));
        file.substitute(&layout.substitute);
        for (line, name, paths) in partials::of(page.clone().as_str(), &file.text) {
            let page = file.path.as_str();
            let blame =
                |why: String| InputError::at(page, line + 1, 1, format!("partial {name:?}: {why}"));
            let Some(path) = paths.into_iter().find(|path| root.join(path).is_file()) else {
                continue;
            };
            if texts.iter().any(|(known, _)| *known == path) {
                continue;
            }
            let full = root.join(&path);
            let resolved = full
                .canonicalize()
                .map_err(|error| blame(error.to_string()))?;
            if !resolved.starts_with(root) {
                return Err(blame("it leads out of the folder".to_owned()));
            }
            texts.push((path, page_file(&full).map_err(blame)?));
        }
    }
    Ok(())
}

/// The bytes of a page, or why there are none. A pipe or a device would be waited for without end, so the kind of the file
/// is looked at before it is opened; what grows while it is read is cut off.
pub(super) fn page_file(path: &Path) -> Result<Vec<u8>, String> {
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

/// Why a page is not read.
pub(super) fn too_large() -> String {
    format!("it is larger than {} MiB", LARGEST_PAGE / 1024 / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Code, Diagnostics};
    use crate::slate::source::Sources;

    #[test]
    fn pages_take_in_other_texts_and_say_what_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("includes/v3")).unwrap();
        for (name, text) in [
            ("index.html.md", "---\ntitle: T\nincludes:\n  - v3\n---\n"),
            (
                "includes/_v3.md.erb",
                "# V3\n\n<%= partial \"includes/v3/parcels\" %>\n\n<%= partial \"includes/v3/gone\" %>\n",
            ),
            (
                "includes/v3/_parcels.md.erb",
                "## Parcels\n\n<%= partial \"includes/v3/parcels\" %>\n",
            ),
        ] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let texts = load(folder.path()).unwrap();
        let paths: Vec<&str> = texts.0.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "index.html.md",
                "includes/_v3.md.erb",
                "includes/v3/_parcels.md.erb"
            ]
        );
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let read = crate::slate::parse(&texts, &Layout::default(), &mut sources, &mut diagnostics)
            .unwrap();
        let second = sources.place(read.pages[1].blocks[1].span);
        assert_eq!(
            (second.file.as_str(), second.line),
            ("includes/v3/_parcels.md.erb", 1)
        );
        // A text that takes itself in ends somewhere.
        let found = diagnostics.into_iter();
        assert!(
            found
                .map(|finding| finding.code)
                .any(|code| code == Code::MissingPartial)
        );
    }
}
