//! `lint --fix`: mends what has one right answer, as a patch or in place.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use similar::TextDiff;
use slate_codegen::Reading;
use slate_codegen::diagnostics::{Diagnostic, Edit};
use slate_codegen::slate::source::{SourceFile, Span};

use super::github::prefix;
use crate::output::{note, print};

const MARK: char = '\u{feff}';

/// A page that can be mended.
pub struct Mended {
    /// Its path below the Slate folder.
    pub path: String,
    before: String,
    after: String,
    /// How many findings are mended.
    pub findings: usize,
}

/// The pages that the findings can mend. `bytes` gives a page as it is on disk.
pub fn mend<'b>(
    reading: &Reading,
    wanted: impl Fn(&Diagnostic) -> bool,
    bytes: impl Fn(&str) -> Option<&'b [u8]>,
) -> Vec<Mended> {
    let mut by_file: BTreeMap<u16, Vec<&Diagnostic>> = BTreeMap::new();
    let fixable = reading
        .diagnostics
        .iter()
        .filter(|finding| !finding.fix.is_empty() && wanted(finding));
    for finding in fixable {
        by_file.entry(finding.span.file).or_default().push(finding);
    }
    let mut out = Vec::new();
    for (id, findings) in by_file {
        let file = reading.sources.file(id);
        // Of what is no text, lines cannot be compared with those that were read.
        let text = bytes(&file.path).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let Some(before) = text else {
            continue;
        };
        let (after, count) = mended(file, before, &findings);
        if count > 0 {
            out.push(Mended {
                path: file.path.clone(),
                before: before.to_owned(),
                after,
                findings: count,
            });
        }
    }
    out
}

/// A page with its edits, and how many findings they mend.
fn mended(file: &SourceFile, before: &str, findings: &[&Diagnostic]) -> (String, usize) {
    let text = before.trim_start_matches(MARK);
    let mut marks = &before[..before.len() - text.len()];
    let mut lines: Vec<(String, &str)> = split(text)
        .map(|(line, end)| (line.to_owned(), end))
        .collect();
    let ends = lines
        .iter()
        .map(|(_, end)| *end)
        .find(|end| !end.is_empty())
        .unwrap_or("\n");
    let mut edits: Vec<(usize, &Edit)> = Vec::new();
    let mut count = 0;
    for finding in findings {
        let of_mark = |edit: &&Edit| edit.span.end == 0 && edit.with.is_empty();
        if finding.fix.iter().any(|edit| of_mark(&edit)) {
            marks = "";
            count += 1;
            continue;
        }
        let placed: Vec<usize> = finding
            .fix
            .iter()
            .map(|edit| file.line_index(edit.span.start as usize))
            .collect();
        // A dialect may have replaced something in the line: then places in it are not those of the file.
        let same = |line: &usize| {
            lines
                .get(*line)
                .is_some_and(|(text, _)| text == file.line(*line))
        };
        let within = |edit: &Edit, line: usize| edit.span.end as usize <= file.line_range(line).end;
        let fine = placed.iter().all(same)
            && finding
                .fix
                .iter()
                .zip(&placed)
                .all(|(edit, line)| within(edit, *line));
        let apart = |edit: &Edit| {
            edits
                .iter()
                .all(|(_, other)| !overlap(edit.span, other.span))
        };
        if fine && finding.fix.iter().all(apart) {
            edits.extend(placed.into_iter().zip(&finding.fix));
            count += 1;
        }
    }
    // The last first, so that places before it stay.
    edits.sort_by_key(|(_, edit)| std::cmp::Reverse(edit.span));
    for (line, edit) in edits {
        let start = file.line_range(line).start;
        let (from, to) = (
            edit.span.start as usize - start,
            edit.span.end as usize - start,
        );
        if let Some((text, _)) = lines.get_mut(line)
            && text.is_char_boundary(from)
            && text.is_char_boundary(to)
        {
            text.replace_range(from..to, &edit.with.replace('\n', ends));
        }
    }
    let mut after = marks.to_owned();
    for (line, end) in lines {
        after.push_str(&line);
        after.push_str(end);
    }
    (after, count)
}

fn overlap(one: Span, two: Span) -> bool {
    one == two || (one.start < two.end && two.start < one.end)
}

/// Lines and what ends them, as they are read: `\n`, `\r`, and any number of `\r` before a `\n`.
fn split(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    let mut over = false;
    std::iter::from_fn(move || {
        if over {
            return None;
        }
        let Some(at) = rest.find(['\r', '\n']) else {
            over = true;
            return Some((rest, ""));
        };
        let returns = rest[at..].len() - rest[at..].trim_start_matches('\r').len();
        let end = match returns {
            0 => 1,
            _ if rest[at + returns..].starts_with('\n') => returns + 1,
            _ => 1,
        };
        let found = (&rest[..at], &rest[at..at + end]);
        rest = &rest[at + end..];
        Some(found)
    })
}

/// Prints the patch, or writes the pages. Gives the exit code.
pub fn run(mended: &[Mended], root: &Path, write: bool) -> anyhow::Result<u8> {
    let prefix = prefix(root);
    let mut patch = String::new();
    for page in mended {
        if write {
            page.write(root)?;
        } else {
            patch.push_str(&page.patch(&prefix));
        }
    }
    print(&patch)?;
    let findings: usize = mended.iter().map(|page| page.findings).sum();
    note!("{}", summary(findings, mended.len(), write));
    Ok(0)
}

/// What is said beside a patch, or in its place.
fn summary(findings: usize, pages: usize, write: bool) -> String {
    let findings = match findings {
        0 => return "nothing here has one right answer, so nothing is mended".to_owned(),
        1 => "1 finding".to_owned(),
        many => format!("{many} findings"),
    };
    let pages = match pages {
        1 => "1 page".to_owned(),
        many => format!("{many} pages"),
    };
    let done = if write { "mended" } else { "can be mended" };
    format!("{findings} in {pages} {done}")
}

impl Mended {
    /// The change as a unified patch; `prefix` is what stands before the path in its repository.
    pub fn patch(&self, prefix: &str) -> String {
        let path = format!("{prefix}{}", self.path);
        let path = path.trim_start_matches('/');
        TextDiff::from_lines(&self.before, &self.after)
            .unified_diff()
            .header(&format!("a/{path}"), &format!("b/{path}"))
            .to_string()
    }

    /// Writes the page below a folder, unless it has changed since it was read.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let path = folder.join(&self.path);
        let shown = || path.display().to_string();
        let now = std::fs::read(&path).with_context(shown)?;
        anyhow::ensure!(
            now == self.before.as_bytes(),
            "{} has changed since it was read",
            path.display()
        );
        std::fs::write(&path, &self.after).with_context(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_counted_in_words() {
        assert_eq!(summary(1, 1, true), "1 finding in 1 page mended");
        assert_eq!(summary(3, 2, false), "3 findings in 2 pages can be mended");
        assert!(summary(0, 0, true).starts_with("nothing"));
    }

    #[test]
    fn lines_end_as_they_are_read() {
        let text = "one\rtwo\r\nthree\r\r\n\nsix";
        let lines: Vec<_> = split(text).collect();
        let read = SourceFile::new("a.md", text);
        assert_eq!(lines.len(), read.line_count());
        for (at, (line, _)) in lines.iter().enumerate() {
            assert_eq!(*line, read.line(at));
        }
        let again: String = lines.iter().flat_map(|(line, end)| [*line, *end]).collect();
        assert_eq!(again, text);
    }
}
