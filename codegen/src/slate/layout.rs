//! What a documentation has to say of its own files and of its text, before either can be read.

use serde::Deserialize;

use crate::pattern::Pattern;

/// How the text of a documentation lies in its files.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Keys of the front matter that list pages.
    pub include_keys: Vec<String>,
    /// What is replaced in the text before it is read, in this order.
    pub substitute: Vec<Substitute>,
}

impl Default for Layout {
    /// The layout of all Slate documentation.
    fn default() -> Self {
        Self {
            include_keys: vec!["includes".to_owned()],
            substitute: Vec::new(),
        }
    }
}

/// What is replaced in the text, such as the calls of a template engine.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Substitute {
    /// What is replaced.
    pattern: Pattern,
    /// What stands there instead; `$1` and `${name}` are groups of the pattern.
    #[serde(default)]
    with: String,
}

/// A place that was replaced inside of a line, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// The 0-based line.
    pub line: usize,
    /// The 0-based column where the replacement begins.
    pub column: usize,
    /// Characters of the replacement.
    pub now: usize,
    /// Characters that stood there.
    pub before: usize,
}

/// The column that a character had before these places were replaced; inside of a replacement, its first one.
pub(super) fn column_before(edits: &[Edit], line: usize, column: usize) -> usize {
    let first = edits.partition_point(|edit| edit.line < line);
    let here = edits.get(first..).unwrap_or_default().iter();
    let mut out = column;
    for edit in here.take_while(|edit| edit.line == line && edit.column < column) {
        if column < edit.column + edit.now {
            return out - (column - edit.column);
        }
        out = (out + edit.before).saturating_sub(edit.now);
    }
    out
}

impl Substitute {
    /// Replaces all that the pattern fits. The lines keep their numbers: a replacement has as many line ends as what it
    /// replaces. `None` where nothing fits.
    pub(super) fn apply(&self, text: &str) -> Option<(String, Vec<Edit>)> {
        let (mut edits, mut out) = (Vec::new(), String::new());
        let (mut from, mut line, mut column, mut fits) = (0, 0, 0, false);
        for found in self.pattern.0.captures_iter(text) {
            let Some(whole) = found.get(0).filter(|whole| !whole.is_empty()) else {
                continue;
            };
            let kept = text.get(from..whole.start()).unwrap_or_default();
            step(kept, &mut line, &mut column);
            let mut with = String::new();
            found.expand(&self.with, &mut with);
            let with = same_lines(&with, whole.as_str());
            if !with.contains('\n') {
                edits.push(Edit {
                    line,
                    column,
                    now: with.chars().count(),
                    before: whole.as_str().chars().count(),
                });
            }
            step(&with, &mut line, &mut column);
            out.push_str(kept);
            out.push_str(&with);
            from = whole.end();
            fits = true;
        }
        if !fits {
            return None;
        }
        out.push_str(text.get(from..).unwrap_or_default());
        Some((out, edits))
    }
}

/// Goes on by a piece of text.
fn step(text: &str, line: &mut usize, column: &mut usize) {
    let last = text.rfind('\n').map(|at| &text[at + 1..]);
    *line += text.matches('\n').count();
    *column = last.map_or(*column, |_| 0) + last.unwrap_or(text).chars().count();
}

/// The text with as many line ends as another.
fn same_lines(with: &str, replaced: &str) -> String {
    let wanted = replaced.matches('\n').count();
    let mut lines = with.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let ends = out.matches('\n').count();
        out.push(if ends < wanted { '\n' } else { ' ' });
        out.push_str(line);
    }
    let missing = wanted.saturating_sub(out.matches('\n').count());
    out.push_str(&"\n".repeat(missing));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(yaml: &str, text: &str) -> String {
        let rule: Substitute = serde_yaml::from_str(yaml).unwrap();
        rule.apply(text)
            .map_or_else(|| text.to_owned(), |(text, _)| text)
    }

    #[test]
    fn groups_can_be_kept() {
        let rule = "{pattern: '<%= (\\w+) %>', with: '{$1}'}";
        assert_eq!(replaced(rule, "GET <%= base %>/a"), "GET {base}/a");
        assert_eq!(replaced("{pattern: 'x'}", "axb"), "ab");
        assert_eq!(replaced("{pattern: 'x*'}", "ab"), "ab");
    }

    #[test]
    fn lines_keep_their_numbers() {
        assert_eq!(
            replaced("{pattern: 'a\\nb\\n', with: x}", "a\nb\nc"),
            "x\n\nc"
        );
        assert_eq!(
            replaced("{pattern: 'b', with: \"1\\n2\"}", "a\nb\nc"),
            "a\n1 2\nc"
        );
    }

    #[test]
    fn a_pattern_that_is_none_is_an_error() {
        assert!(serde_yaml::from_str::<Substitute>("{pattern: '('}").is_err());
        assert!(serde_yaml::from_str::<Substitute>("{pattern: '(a{999}){999}'}").is_err());
    }
}
