//! The YAML block at the top of a Slate index.

use serde::Deserializer as _;
use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde_yaml::Value;

use super::source::SourceFile;
use crate::InputError;

/// What the index says of the document.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// Title of the documentation.
    pub title: String,
    /// Names of the files in `includes/`, without underscore and suffix, in order.
    pub includes: Vec<String>,
}

/// What the front matter has under keys that can be of interest. What the others hold may be anything.
#[derive(Default)]
struct Written(Vec<(String, Value)>);

/// The keys that list pages.
struct Keys<'a>(&'a [String]);

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = Written;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("keys with their values")
    }

    fn visit_unit<E>(self) -> Result<Written, E> {
        Ok(Written::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Written, A::Error> {
        let mut out = Vec::new();
        while let Some(key) = map.next_key::<Value>()? {
            match key.as_str() {
                Some(key)
                    if key == "title"
                        || key.ends_with("includes")
                        || self.0.iter().any(|known| known == key) =>
                {
                    if out.iter().any(|(known, _)| known == key) {
                        return Err(A::Error::custom(format!("duplicate field `{key}`")));
                    }
                    out.push((key.to_owned(), map.next_value()?));
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Written(out))
    }
}

/// Reads the front matter and returns it with the number of the first line after it. `keys` are those that list pages.
///
/// # Errors
/// When the index does not begin with a YAML block between two `---` lines, or the block is not valid, or lists pages
/// under a key that is none of these.
pub fn read(file: &SourceFile, keys: &[String]) -> Result<(FrontMatter, usize), InputError> {
    let missing = |line: usize, what: &str| InputError::at(&file.path, line, 1, what.to_owned());
    if file.line(0).trim_end() != "---" {
        return Err(missing(
            1,
            "a Slate index begins with front matter: a YAML block between two lines `---`",
        ));
    }
    let end = (1..file.line_count())
        .find(|&line| file.line(line).trim_end() == "---")
        .ok_or_else(|| missing(1, "the front matter is never closed with a line `---`"))?;
    let start = file.line_range(1).start;
    let yaml = &file.text[start..file.line_range(end).start];
    let written = serde_yaml::Deserializer::from_str(yaml).deserialize_any(Keys(keys));
    let written = written.map_err(|error| {
        let (line, column) = error
            .location()
            .map_or((1, 1), |at| (at.line() + 1, at.column()));
        InputError::at(&file.path, line, column, format!("front matter: {error}"))
    })?;
    let front = front(file, written, keys)?;
    for name in &front.includes {
        let plain = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.' | '/'))
            && !name
                .split('/')
                .any(|part| part.is_empty() || part.starts_with('.'));
        if !plain {
            let line = (1..end)
                .find(|&line| {
                    file.line(line)
                        .trim_start_matches([' ', '-'])
                        .trim_matches(['"', '\'', ' '])
                        == name
                })
                .map_or(1, |line| line + 1);
            return Err(InputError::at(
                &file.path,
                line,
                1,
                format!("include {name:?} is not the name of a file in the includes folder"),
            ));
        }
    }
    Ok((front, end + 1))
}

/// Takes the pages out of the keys that list them.
fn front(file: &SourceFile, written: Written, keys: &[String]) -> Result<FrontMatter, InputError> {
    let mut out = FrontMatter::default();
    for (key, value) in written.0 {
        let line = || {
            let named = |line: &usize| file.line(*line).trim_start().starts_with(key.as_str());
            (0..file.line_count())
                .find(named)
                .map_or(1, |line| line + 1)
        };
        let unread = |error: serde_yaml::Error| {
            let why = format!("front matter: {key}: {error}");
            InputError::at(&file.path, line(), 1, why)
        };
        if key == "title" {
            let title: Option<String> = serde_yaml::from_value(value).map_err(unread)?;
            out.title = title.unwrap_or_default();
            continue;
        }
        let names: Result<Option<Vec<String>>, _> = serde_yaml::from_value(value);
        if keys.contains(&key) {
            out.includes
                .extend(names.map_err(unread)?.unwrap_or_default());
        } else if key.ends_with("includes")
            && matches!(names, Ok(Some(ref names)) if !names.is_empty())
        {
            let why = format!(
                "{key:?} lists pages that nobody reads; the key `include_keys` of the dialect says which keys do: {}",
                keys.join(", ")
            );
            return Err(InputError::at(&file.path, line(), 1, why));
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Vec<String> {
        vec!["includes".to_owned()]
    }

    #[test]
    fn other_keys_list_pages_where_the_dialect_says_so() {
        let file = SourceFile::new(
            "index.html.md",
            "---\ntitle:\nincludes:\n  - a\nv2_includes:\n  - b\nno_includes:\n---\n",
        );
        let error = read(&file, &keys()).unwrap_err().to_string();
        assert!(
            error.starts_with("index.html.md:5:1: \"v2_includes\""),
            "{error}"
        );
        let both = ["includes".to_owned(), "v2_includes".to_owned()];
        assert_eq!(read(&file, &both).unwrap().0.includes, ["a", "b"]);
    }

    #[test]
    fn reads_title_and_includes() {
        let file = SourceFile::new(
            "index.html.md",
            "---\ntitle: T\nincludes:\n  - a\n  - b\n---\n# X\n",
        );
        let (front, line) = read(&file, &keys()).unwrap();
        assert_eq!(front.title, "T");
        assert_eq!(front.includes, ["a", "b"]);
        assert_eq!(file.line(line), "# X");
    }

    #[test]
    fn an_include_cannot_leave_its_folder() {
        for name in ["../../x", "/etc/passwd", "a/../b", "..", ""] {
            let file = SourceFile::new(
                "index.html.md",
                format!("---\nincludes:\n  - '{name}'\n---\n"),
            );
            let error = read(&file, &keys()).unwrap_err();
            assert!(error.to_string().contains("index.html.md"), "{error}");
        }
    }

    #[test]
    fn without_front_matter_it_is_no_index() {
        assert!(read(&SourceFile::new("index.html.md", "# Hello\n"), &keys()).is_err());
        assert!(
            read(
                &SourceFile::new("index.html.md", "---\ntitle: x\n"),
                &keys()
            )
            .is_err()
        );
        assert!(
            read(
                &SourceFile::new("index.html.md", "---\nincludes: 3\n---\n"),
                &keys()
            )
            .is_err()
        );
    }
}
