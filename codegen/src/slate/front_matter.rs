//! The YAML block at the top of a Slate index.

use serde::Deserialize;

use super::source::SourceFile;
use crate::InputError;

/// What the index says of the document.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct FrontMatter {
    /// Title of the documentation.
    #[serde(default)]
    pub title: String,
    /// Names of the files in `includes/`, without underscore and `.md`, in order.
    #[serde(default)]
    pub includes: Vec<String>,
}

/// Reads the front matter and returns it with the number of the first line after it.
///
/// # Errors
/// When the index does not begin with a YAML block between two `---` lines, or the block is not valid.
pub fn read(file: &SourceFile) -> Result<(FrontMatter, usize), InputError> {
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
    let front: FrontMatter = serde_yaml::from_str(yaml).map_err(|error| {
        let (line, column) = error
            .location()
            .map_or((1, 1), |at| (at.line() + 1, at.column()));
        InputError::at(&file.path, line, column, format!("front matter: {error}"))
    })?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_title_and_includes() {
        let file = SourceFile::new(
            "index.html.md",
            "---\ntitle: T\nincludes:\n  - a\n  - b\n---\n# X\n",
        );
        let (front, line) = read(&file).unwrap();
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
            let error = read(&file).unwrap_err();
            assert!(error.to_string().contains("index.html.md"), "{error}");
        }
    }

    #[test]
    fn without_front_matter_it_is_no_index() {
        assert!(read(&SourceFile::new("index.html.md", "# Hello\n")).is_err());
        assert!(read(&SourceFile::new("index.html.md", "---\ntitle: x\n")).is_err());
        assert!(read(&SourceFile::new("index.html.md", "---\nincludes: 3\n---\n")).is_err());
    }
}
