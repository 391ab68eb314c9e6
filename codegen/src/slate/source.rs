//! Source files and places in them.
//!
//! Every fact that leaves the documentation carries a [`Span`], so that the spec can name file and line and a
//! diagnostic can underline the words it is about.

use serde::Serialize;

use super::layout::{Edit, Substitute, column_before};

/// A run of bytes in one of the [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Index of the file in [`Sources`].
    pub file: u16,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of `start..end` in `file`. Documents of more than 4 GiB are refused on load, so offsets fit.
    #[must_use]
    pub fn new(file: u16, start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            file,
            start: clamp(start),
            end: clamp(end.max(start)),
        }
    }
}

/// Where something stands, as an editor shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// Path of the file, relative to the Slate `source` folder, with `/`.
    pub file: String,
    /// 1-based line.
    pub line: u32,
    /// 1-based column, in characters.
    pub column: u32,
}

/// One source file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path relative to the Slate `source` folder, with `/`.
    pub path: String,
    /// The text, without byte-order marks. All lines end with `\n`.
    pub text: String,
    line_starts: Vec<usize>,
    /// Places of the text that were replaced, each list in the text that the one before it made.
    edits: Vec<Vec<Edit>>,
}

impl SourceFile {
    /// Takes the text of the file at `path`.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        // Files that were put together by tools have several marks.
        let marks = text.len() - text.trim_start_matches('\u{feff}').len();
        text.drain(..marks);
        let text = if text.contains('\r') {
            let mut bytes = text.into_bytes();
            end_lines(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        } else {
            text
        };
        Self {
            path: path.into(),
            line_starts: line_starts(&text),
            text,
            edits: Vec::new(),
        }
    }

    /// Replaces what a dialect has replaced. Lines keep their numbers, and places the columns they had.
    pub(super) fn substitute(&mut self, rules: &[Substitute]) {
        for rule in rules {
            if let Some((text, edits)) = rule.apply(&self.text) {
                self.line_starts = line_starts(&text);
                self.text = text;
                self.edits.push(edits);
            }
        }
    }

    /// The 0-based column that a character had before anything was replaced.
    fn written_column(&self, line: usize, column: usize) -> usize {
        let replaced = self.edits.iter().rev();
        replaced.fold(column, |column, edits| column_before(edits, line, column))
    }

    /// 0-based number of the line that `offset` is in.
    #[must_use]
    pub fn line_index(&self, offset: usize) -> usize {
        self.line_starts
            .partition_point(|&start| start <= offset)
            .saturating_sub(1)
    }

    /// Bytes of the 0-based line, without its line end.
    #[must_use]
    pub fn line_range(&self, index: usize) -> std::ops::Range<usize> {
        let start = self
            .line_starts
            .get(index)
            .copied()
            .unwrap_or(self.text.len());
        let end = self
            .line_starts
            .get(index + 1)
            .map_or(self.text.len(), |next| next - 1);
        start..end
    }

    /// Text of the 0-based line, without its line end.
    #[must_use]
    pub fn line(&self, index: usize) -> &str {
        &self.text[self.line_range(index)]
    }

    /// How many lines there are.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }
}

/// Where the lines of a text begin.
fn line_starts(text: &str) -> Vec<usize> {
    let later = text.match_indices('\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(later).collect()
}

/// Makes `\n` of all ends of lines: of `\r\n`, and of `\r`, since editors and Markdown end a line there too. Several `\r`
/// before a `\n` are what tools leave that convert a file twice: one line end.
pub(super) fn end_lines(bytes: &mut Vec<u8>) {
    let mut before_newline = false;
    for byte in bytes.iter_mut().rev() {
        match byte {
            b'\n' => before_newline = true,
            b'\r' if before_newline => {}
            b'\r' => *byte = b'\n',
            _ => before_newline = false,
        }
    }
    bytes.retain(|byte| *byte != b'\r');
}

/// All the files that were read, in the order of the index.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and returns its number, or `None` when there are too many files.
    pub fn add(&mut self, file: SourceFile) -> Option<u16> {
        let id = u16::try_from(self.files.len()).ok()?;
        self.files.push(file);
        Some(id)
    }

    /// The file with that number.
    ///
    /// # Panics
    /// When the number did not come from [`Sources::add`] of these sources.
    #[must_use]
    pub fn file(&self, id: u16) -> &SourceFile {
        &self.files[usize::from(id)]
    }

    /// All files with their numbers.
    pub fn files(&self) -> impl Iterator<Item = (u16, &SourceFile)> {
        (0u16..).zip(&self.files)
    }

    /// The words a span covers.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file)
            .text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// Where a word stands within a span, as a word of its own and not as a part of another one.
    #[must_use]
    pub fn word(&self, within: Span, word: &str) -> Option<Span> {
        let text = self.text(within);
        let part = |c: char| c.is_alphanumeric() || c == '_';
        let alone = |at: &usize| {
            let (before, after) = (&text[..*at], &text[at + word.len()..]);
            let joined = word.starts_with(part) && before.ends_with(part)
                || word.ends_with(part) && after.starts_with(part);
            !joined
        };
        if word.is_empty() {
            return None;
        }
        let at = text.match_indices(word).map(|(at, _)| at).find(alone)?;
        let start = within.start as usize + at;
        Some(Span::new(within.file, start, start + word.len()))
    }

    /// File, line and column of the first byte of a span.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        let file = self.file(span.file);
        let start = span.start as usize;
        let line = file.line_index(start);
        let before = file
            .text
            .get(file.line_range(line).start..start)
            .unwrap_or_default();
        let column = file.written_column(line, before.chars().count());
        Place {
            file: file.path.clone(),
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            column: u32::try_from(column + 1).unwrap_or(u32::MAX),
        }
    }

    /// The 1-based line of a span.
    #[must_use]
    pub fn line(&self, span: Span) -> u32 {
        let line = self.file(span.file).line_index(span.start as usize);
        u32::try_from(line + 1).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters() {
        let mut sources = Sources::default();
        let id = sources
            .add(SourceFile::new("a.md", "\u{feff}é1\r\nsecond\n"))
            .unwrap();
        let file = sources.file(id);
        assert_eq!(file.line(0), "é1");
        assert_eq!(file.line(1), "second");
        assert_eq!(file.line(2), "");
        let one = sources.place(Span::new(id, 2, 3));
        assert_eq!((one.line, one.column), (1, 2));
        let second = sources.place(Span::new(id, 4, 5));
        assert_eq!((second.line, second.column), (2, 1));
    }

    #[test]
    fn words_are_found_where_they_stand_alone() {
        let mut sources = Sources::default();
        let text = "id_type/id* | (id)";
        let id = sources.add(SourceFile::new("a.md", text)).unwrap();
        let all = Span::new(id, 0, text.len());
        let at = |word: &str| sources.word(all, word).map(|span| span.start);
        assert_eq!(at("id"), Some(8));
        assert_eq!(at("type"), None);
        assert_eq!(at("*"), Some(10));
        assert_eq!(at(""), None);
        let later = Span::new(id, 9, text.len());
        assert_eq!(sources.word(later, "id"), Some(Span::new(id, 15, 17)));
    }

    #[test]
    fn lines_end_as_in_an_editor() {
        let file = SourceFile::new("a.md", "one\rtwo\r\nthree\r\r\nfour\r\r\rseven");
        let lines: Vec<&str> = (0..file.line_count()).map(|at| file.line(at)).collect();
        assert_eq!(lines, ["one", "two", "three", "four", "", "", "seven"]);
        assert_eq!(file.line_index(4), 1);
        assert!(!file.text.contains('\r'));
    }

    #[test]
    fn places_are_those_of_the_text_as_it_is_written() {
        let rules: Vec<Substitute> = serde_yaml::from_str(
            "- {pattern: '<%= \\w+ %>', with: '{b}'}\n- {pattern: 'é', with: eeee}\n",
        )
        .unwrap();
        let mut sources = Sources::default();
        let mut file = SourceFile::new("a.md", "one\né <%= base %>/a <%= base %> z\n");
        file.substitute(&rules);
        assert_eq!(file.line(1), "eeee {b}/a {b} z");
        let id = sources.add(file).unwrap();
        let text = sources.file(id).text.clone();
        for (what, column) in [
            ("eeee", 1),
            ("ee {", 1),
            ("{b}/", 3),
            ("/a", 14),
            ("{b} z", 17),
            ("z", 29),
        ] {
            let at = text.find(what).unwrap();
            let place = sources.place(Span::new(id, at, at + 1));
            assert_eq!((place.line, place.column), (2, column), "{what}");
        }
    }

    #[test]
    fn all_byte_order_marks_go() {
        let file = SourceFile::new("a.md", "\u{feff}\u{feff}# A");
        assert_eq!(file.text, "# A");
    }
}
