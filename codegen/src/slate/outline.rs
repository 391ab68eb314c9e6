//! What the front matter of an index lists, before anything is known of its keys.

use std::path::Path;

use serde_yaml::Value;

use super::index;
use super::source::SourceFile;
use super::texts::page_file;
use crate::InputError;

/// A list of the front matter.
pub struct Listed {
    /// Its key.
    pub key: String,
    /// How many names it has.
    pub names: usize,
    /// How many of them are names of pages that are there.
    pub pages: usize,
}

/// What an index says of its documentation.
pub struct Outline {
    /// The index, below the `source` folder.
    pub index: String,
    /// Languages of samples.
    pub languages: Vec<String>,
    /// Lists of names.
    pub lists: Vec<Listed>,
}

/// Finds the index of a documentation, and reads its front matter as far as it can be read.
///
/// # Errors
/// When there is no index, or it cannot be read.
pub fn outline(folder: &Path) -> Result<Outline, InputError> {
    let found = index::find(folder)?;
    let bytes = page_file(&found.root.join(&found.path))
        .map_err(|why| InputError::at(&found.path, 1, 1, why))?;
    let file = SourceFile::new(found.path.as_str(), String::from_utf8_lossy(&bytes));
    let mut out = Outline {
        index: found.path.clone(),
        languages: Vec::new(),
        lists: Vec::new(),
    };
    for (key, names) in lists(&file) {
        if key == "language_tabs" {
            out.languages = names;
            continue;
        }
        let there = |name: &&String| {
            let paths = index::include_paths(&found.path, name);
            paths.iter().any(|path| found.root.join(path).is_file())
        };
        out.lists.push(Listed {
            pages: names.iter().filter(there).count(),
            names: names.len(),
            key,
        });
    }
    Ok(out)
}

/// The lists of names in the front matter. What cannot be read is reported where the pages are read.
fn lists(file: &SourceFile) -> Vec<(String, Vec<String>)> {
    let end = (1..file.line_count()).find(|&line| file.line(line).trim_end() == "---");
    let Some(end) = end.filter(|_| file.line(0).trim_end() == "---") else {
        return Vec::new();
    };
    let yaml = &file.text[file.line_range(1).start..file.line_range(end).start];
    let Ok(Value::Mapping(map)) = serde_yaml::from_str(yaml) else {
        return Vec::new();
    };
    let lists = map.into_iter().filter_map(|(key, value)| {
        let names = value.as_sequence()?.iter().filter_map(name).collect();
        Some((key.as_str()?.to_owned(), names))
    });
    lists.collect()
}

/// `ruby`, or the key of `ruby: Ruby`.
fn name(value: &Value) -> Option<String> {
    let key = match value {
        Value::Mapping(map) if map.len() == 1 => map.keys().next()?,
        other => other,
    };
    key.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_any_key_are_found() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("includes")).unwrap();
        std::fs::write(folder.path().join("includes/_a.md"), "# A\n").unwrap();
        let index = "---\ntitle: T\nlanguage_tabs:\n  - shell\n  - ruby: Ruby\nv2_pages:\n  - a\n  - b\n---\n";
        std::fs::write(folder.path().join("index.md"), index).unwrap();
        let outline = outline(folder.path()).unwrap();
        assert_eq!(outline.index, "index.md");
        assert_eq!(outline.languages, ["shell", "ruby"]);
        let [list] = &outline.lists[..] else {
            panic!("one list");
        };
        assert_eq!(
            (list.key.as_str(), list.names, list.pages),
            ("v2_pages", 2, 1)
        );
    }
}
