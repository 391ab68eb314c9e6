//! Where the index of a documentation is, and where the pages are that it lists.

use std::path::{Path, PathBuf};

use crate::InputError;

/// What an index is called in Slate's own template.
pub const INDEX: &str = "index.html.md";

/// What follows the name of a page: of the index, and of what it includes. Sites are made by Middleman, which takes a file
/// by any of its suffixes.
const SUFFIXES: [&str; 8] = [
    ".md",
    ".html.md",
    ".md.erb",
    ".html.md.erb",
    ".markdown",
    ".html.markdown",
    ".markdown.erb",
    ".html.markdown.erb",
];

/// Folders in which an index may be, below the one that is given.
const FOLDERS: [&str; 4] = ["", "source", "localizable", "source/localizable"];

/// The folder of the pages that stands beside them for translations.
const LOCALIZABLE: &str = "localizable";

/// The folder of the pages that an index lists.
const INCLUDES: &str = "includes";

/// An index that was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The Slate `source` folder.
    pub root: PathBuf,
    /// The index below it, with `/`.
    pub path: String,
}

/// True when a folder holds a documentation.
#[must_use]
pub fn is_docs(folder: &Path) -> bool {
    find(folder).is_ok()
}

/// True when a page is the index of its documentation.
#[must_use]
pub fn is_index(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let named = || names().any(|index| index == name) || language(name).is_some();
    !folder.split('/').any(|part| part == INCLUDES) && named()
}

/// The language of an index that is one of several translations: `en` of `index.en.html.md`.
fn language(name: &str) -> Option<&str> {
    let rest = name.strip_prefix("index.")?;
    let mut suffixes = SUFFIXES
        .iter()
        .filter_map(|suffix| rest.strip_suffix(suffix));
    let is_language = |tag: &str| {
        let letters = |part: &str, most: usize| {
            (2..=most).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphabetic())
        };
        match tag.split_once(['-', '_']) {
            Some((language, more)) => letters(language, 3) && letters(more, 4),
            None => letters(tag, 3) && tag != "md",
        }
    };
    suffixes.find(|tag| is_language(tag))
}

/// The name of the index in a folder. Of translations it is the English one, or else the first.
fn index_in(folder: &Path) -> Option<String> {
    let whole = names().find(|name| folder.join(name).exists());
    whole.or_else(|| {
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let names = files.filter_map(|file| file.file_name().into_string().ok());
        let translated = names.filter(|name| language(name).is_some());
        translated.min_by_key(|name| (language(name) != Some("en"), name.clone()))
    })
}

/// Names that an index may have, Slate's own first.
fn names() -> impl Iterator<Item = String> {
    let all = SUFFIXES.iter().map(|suffix| format!("index{suffix}"));
    std::iter::once(INDEX.to_owned()).chain(all.filter(|name| name != INDEX))
}

/// Finds the index of a documentation in its folder, or in those below it where Slate keeps one.
pub(super) fn find(folder: &Path) -> Result<Found, InputError> {
    if !folder.is_dir() {
        let folder_is_file = folder.exists();
        let folder = folder.display();
        return Err(InputError::new(if folder_is_file {
            format!("{folder} is a file; the folder is meant that has the {INDEX}")
        } else {
            format!("there is no folder {folder}")
        }));
    }
    for below in FOLDERS {
        let place = folder.join(below);
        let Some(name) = index_in(&place) else {
            continue;
        };
        // Pages lie beside the folder of translations, not in it.
        let given = below.is_empty() && folder.file_name().is_some_and(|name| name == LOCALIZABLE);
        if given || below.ends_with(LOCALIZABLE) {
            return Ok(above(&place, &name));
        }
        // One of several documentations of a site: all of them share the pages beside their folders.
        let shared = below.is_empty()
            && !place.join(INCLUDES).exists()
            && place
                .parent()
                .is_some_and(|parent| parent.join(INCLUDES).is_dir());
        if shared {
            return Ok(above(&place, &name));
        }
        return Ok(Found {
            root: place,
            path: name,
        });
    }
    let inside = inside(folder);
    if let [only] = inside.as_slice() {
        let name = names().find(|name| only.join(name).exists());
        return Ok(above(only, &name.unwrap_or_default()));
    }
    if !inside.is_empty() {
        let all: Vec<String> = inside.iter().map(|one| one.display().to_string()).collect();
        return Err(InputError::new(format!(
            "{} has several documentations; give one of their folders: {}",
            folder.display(),
            all.join(", "),
        )));
    }
    let others: Vec<String> = names().skip(1).collect();
    Err(InputError::new(format!(
        "{} is not a Slate source folder: it has no {INDEX}, and none of {}; {} were looked into, too",
        folder.display(),
        others.join(", "),
        FOLDERS[1..].join(", "),
    )))
}

/// An index that has the folder above its own as `source` folder.
fn above(place: &Path, name: &str) -> Found {
    let folder = place.file_name().unwrap_or_default().to_string_lossy();
    Found {
        root: place.parent().unwrap_or(place).to_owned(),
        path: format!("{folder}/{name}"),
    }
}

/// The folders with an index beside the pages that several indexes share.
fn inside(folder: &Path) -> Vec<PathBuf> {
    for source in ["", "source"].map(|below| folder.join(below)) {
        if !source.join(INCLUDES).is_dir() {
            continue;
        }
        let folders = std::fs::read_dir(&source).into_iter().flatten().flatten();
        let mut out: Vec<PathBuf> = folders
            .map(|entry| entry.path())
            .filter(|place| place.is_dir() && !place.ends_with(INCLUDES))
            .filter(|place| names().any(|name| place.join(name).exists()))
            .collect();
        out.sort();
        if !out.is_empty() {
            return out;
        }
    }
    Vec::new()
}

/// Where the page may be that the index lists under a name: in the folder of the index, then in the `source` folder.
pub(super) fn include_paths(index: &str, name: &str) -> Vec<String> {
    let (folder, file) = name
        .rsplit_once('/')
        .map_or(("", name), |(folder, file)| (folder, file));
    let slash = if folder.is_empty() { "" } else { "/" };
    let beside = index
        .rsplit_once('/')
        .map(|(folder, _)| format!("{folder}/"));
    let places = beside.into_iter().chain([String::new()]);
    places
        .flat_map(|place| {
            let whole = format!("{place}includes/{folder}{slash}_{file}");
            let written = SUFFIXES.iter().any(|suffix| file.ends_with(suffix));
            let own = written.then(|| whole.clone());
            let all = SUFFIXES.iter().map(|suffix| format!("{whole}{suffix}"));
            own.into_iter().chain(all).collect::<Vec<_>>()
        })
        .collect()
}

/// Where the text may be that a page takes in under a name: from the `source` folder on, or beside the page, and with or
/// without the mark of a part in front of it.
pub(super) fn partial_paths(page: &str, name: &str) -> Vec<String> {
    let name = name.trim_start_matches('/');
    let (folder, file) = name
        .rsplit_once('/')
        .map_or((String::new(), name), |(folder, file)| {
            (format!("{folder}/"), file)
        });
    let beside = page.rsplit_once('/');
    let beside = beside.map(|(above, _)| format!("{above}/"));
    let places = std::iter::once(String::new()).chain(beside);
    let marks = |place: String| ["_", ""].map(|mark| format!("{place}{folder}{mark}{file}"));
    let ends = || std::iter::once("").chain(SUFFIXES);
    places
        .flat_map(marks)
        .flat_map(|whole| ends().map(move |suffix| format!("{whole}{suffix}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "---\ntitle: T\n---\n").unwrap();
        }
        folder
    }

    #[test]
    fn an_index_is_found_where_slate_keeps_it() {
        for (file, root, path) in [
            ("index.html.md", "", "index.html.md"),
            ("index.md", "", "index.md"),
            ("index.html.markdown", "", "index.html.markdown"),
            ("source/index.html.md.erb", "source", "index.html.md.erb"),
            ("localizable/index.html.md", "", "localizable/index.html.md"),
            (
                "source/localizable/index.md",
                "source",
                "localizable/index.md",
            ),
        ] {
            let folder = folder(&[file]);
            let found = find(folder.path()).unwrap();
            let at = if root.is_empty() {
                folder.path().to_owned()
            } else {
                folder.path().join(root)
            };
            assert_eq!((found.root, found.path.as_str()), (at, path));
            assert!(is_docs(folder.path()) && is_index(path));
        }
        let folder = folder(&["localizable/index.md"]);
        let found = find(&folder.path().join("localizable")).unwrap();
        assert_eq!(found.path, "localizable/index.md");
        assert_eq!(found.root, folder.path());
    }

    #[test]
    fn of_translations_one_is_read() {
        for (files, want) in [
            (
                &["index.pt-BR.html.md", "index.en.html.md"][..],
                "index.en.html.md",
            ),
            (&["index.zh_CN.md", "index.de.md"], "index.de.md"),
            (&["index.fr.html.md", "index.html.md"], "index.html.md"),
        ] {
            let files: Vec<String> = files
                .iter()
                .map(|file| format!("source/localizable/{file}"))
                .collect();
            let site = folder(&files.iter().map(String::as_str).collect::<Vec<_>>());
            let found = find(site.path()).unwrap();
            assert_eq!(found.path, format!("localizable/{want}"));
            assert!(is_index(&found.path));
        }
        for name in [
            "index.json",
            "index.old.copy.md",
            "index.1.md",
            "indexes.en.md",
        ] {
            assert!(!is_index(name), "{name}");
            assert!(find(folder(&[name]).path()).is_err(), "{name}");
        }
    }

    #[test]
    fn documentations_of_one_site_share_their_pages() {
        let files = ["source/v1/index.html.md", "source/includes/_a.md"];
        let site = folder(&files);
        let source = site.path().join("source");
        for given in [site.path().to_owned(), source.clone(), source.join("v1")] {
            let found = find(&given).unwrap();
            assert_eq!(found.root, source, "{}", given.display());
            assert_eq!(found.path, "v1/index.html.md");
        }
        assert!(is_index("v1/index.html.md") && !is_index("includes/v1/index.md"));
        let site = folder(&[files[0], files[1], "source/v2/index.md"]);
        let error = find(site.path()).unwrap_err().to_string();
        assert!(error.contains("v1") && error.contains("v2"), "{error}");
        let found = find(&site.path().join("source/v2")).unwrap();
        assert_eq!(found.path, "v2/index.md");
    }

    #[test]
    fn what_was_looked_for_is_named() {
        let folder = folder(&["readme.md"]);
        let error = find(folder.path()).unwrap_err().to_string();
        assert!(
            error.contains("index.html.md") && error.contains("source/localizable"),
            "{error}"
        );
        assert!(!is_docs(&folder.path().join("nowhere")) && !is_index("includes/_a.md"));
    }

    #[test]
    fn pages_stand_beside_the_index_or_in_the_source_folder() {
        let paths = include_paths("localizable/index.html.md", "v3/parcels");
        assert_eq!(paths[0], "localizable/includes/v3/_parcels.md");
        assert!(paths.contains(&"includes/v3/_parcels.html.md.erb".to_owned()));
        assert_eq!(include_paths("index.html.md", "a")[0], "includes/_a.md");
        let paths = partial_paths("includes/_v3.md.erb", "includes/v3/parcels");
        assert!(paths.contains(&"includes/v3/_parcels.md.erb".to_owned()));
        let paths = partial_paths("includes/_v3.md.erb", "parcels");
        assert!(paths.contains(&"includes/_parcels.md".to_owned()));
    }
}
