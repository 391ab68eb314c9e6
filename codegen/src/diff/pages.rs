//! What changed in the text of pages beside all that the specs say: so that docs that differ are never said to be the same.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::change::{Change, Report};
use super::rules::Rule;
use crate::slate::Texts;
use crate::slate::source::SourceFile;
use crate::spec::{Source, Spec};

/// Adds a change for each page of which other lines changed than those that the changes of the report are about.
pub fn add_text(report: &mut Report, old: (&Spec, &Texts), new: (&Spec, &Texts)) {
    let paths =
        |texts: &Texts| -> Vec<String> { texts.0.iter().map(|(path, _)| path.clone()).collect() };
    let (olds, mut all) = (paths(old.1), paths(new.1));
    all.extend(olds);
    let mut seen = BTreeSet::new();
    for path in all {
        if !seen.insert(path.clone()) {
            continue;
        }
        let (before, after) = (page(old.1, &path), page(new.1, &path));
        let entity = entity(new.0, &path).or_else(|| entity(old.0, &path));
        if let Some(mut change) = compare(&path, before.as_ref(), after.as_ref(), report) {
            change.entity = entity;
            report.changes.push(change);
        }
    }
}

/// Adds a change for docs that differ where nothing of their text is known but a digest.
pub fn add_digest(report: &mut Report, old: &Spec, new: &Spec) {
    let digest = |spec: &Spec| spec.api.docs.as_ref().map(|docs| docs.sha256.clone());
    let (Some(old), Some(new)) = (digest(old), digest(new)) else {
        return;
    };
    if report.changes.is_empty() && old != new {
        report
            .changes
            .push(change("docs".to_owned(), (None, None), (None, None)));
    }
}

fn page(texts: &Texts, path: &str) -> Option<SourceFile> {
    let (_, bytes) = texts.0.iter().find(|(known, _)| known == path)?;
    Some(SourceFile::new(path, String::from_utf8_lossy(bytes)))
}

/// The entity that a page is. The index is none, though it may hold operations.
fn entity(spec: &Spec, path: &str) -> Option<String> {
    if crate::slate::is_index(path) {
        return None;
    }
    let mut entities = spec.entities.iter();
    let entity = entities.find(|entity| entity.source.file == path)?;
    Some(entity.entity.clone())
}

type At = (Option<String>, Option<Source>);

fn change(subject: String, old: At, new: At) -> Change {
    Change {
        rule: Rule::TextChanged,
        level: Rule::TextChanged.level(),
        title: Rule::TextChanged.title(),
        entity: None,
        operation: None,
        subject,
        item: None,
        old: old.0,
        new: new.0,
        old_source: old.1,
        new_source: new.1,
    }
}

/// A line without superfluous blanks, with its number; none where there are no words on it.
fn lines(file: Option<&SourceFile>) -> Vec<(u32, String)> {
    let Some(file) = file else { return Vec::new() };
    (1u32..)
        .zip((0..file.line_count()).map(|line| file.line(line)))
        .filter(|(_, text)| text.chars().any(char::is_alphanumeric))
        .map(|(number, text)| {
            (
                number,
                text.split_whitespace().collect::<Vec<_>>().join(" "),
            )
        })
        .collect()
}

/// The lines of one side that the other has not, or not so often.
fn only<'a>(own: &'a [(u32, String)], other: &[(u32, String)]) -> Vec<(u32, &'a str)> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, text) in other {
        *left.entry(text).or_default() += 1;
    }
    let mut out = Vec::new();
    for (number, text) in own {
        match left.get_mut(text.as_str()) {
            Some(count) if *count > 0 => *count -= 1,
            _ => out.push((*number, text.as_str())),
        }
    }
    out
}

type Lines<'a> = (&'a [(u32, String)], &'a [(u32, &'a str)]);

/// Lines that stand in each other's place: between the same lines that both sides have. A change that is told by the
/// new one tells of the old one.
fn replaced((olds, gone): Lines<'_>, (news, fresh): Lines<'_>) -> Vec<(u32, u32)> {
    let numbers =
        |lines: &[(u32, &str)]| -> BTreeSet<u32> { lines.iter().map(|(line, _)| *line).collect() };
    let (gone, fresh) = (numbers(gone), numbers(fresh));
    let mut out = Vec::new();
    let (mut olds, mut news) = (olds.iter().peekable(), news.iter().peekable());
    while let (Some((old, _)), Some((new, _))) = (olds.peek(), news.peek()) {
        let (is_gone, is_fresh) = (gone.contains(old), fresh.contains(new));
        if is_gone && is_fresh {
            out.push((*old, *new));
        }
        if is_gone || !is_fresh {
            olds.next();
        }
        if is_fresh || !is_gone {
            news.next();
        }
    }
    out
}

type Sides<'a> = (&'a [(u32, String)], &'a [(u32, String)]);

/// The line of a side behind which a line of the other would stand: the nearest before it that this side has, once. Nothing
/// for a side without lines.
fn before(line: u32, other: &[(u32, String)], own: &[(u32, String)]) -> Option<u32> {
    let (start, _) = own.first()?;
    let mut at: HashMap<&str, Option<u32>> = HashMap::new();
    for (line, text) in own {
        let once = at.entry(text).and_modify(|once| *once = None);
        once.or_insert(Some(*line));
    }
    let above = other.iter().rev().filter(|(number, _)| *number < line);
    let mut known = above.filter_map(|(_, text)| *at.get(text.as_str())?);
    Some(known.next().unwrap_or(*start))
}

fn compare(
    path: &str,
    old: Option<&SourceFile>,
    new: Option<&SourceFile>,
    report: &Report,
) -> Option<Change> {
    if old.map(|file| &file.text) == new.map(|file| &file.text) {
        return None;
    }
    let told = |side: fn(&Change) -> Option<&Source>| -> BTreeSet<u32> {
        let sources = report.changes.iter().filter_map(side);
        let own = sources.filter(|source| source.file == path);
        own.map(|source| source.line).collect()
    };
    let (told_old, told_new) = (
        told(|change| change.old_source.as_ref()),
        told(|change| change.new_source.as_ref()),
    );
    let is_told = !told_old.is_empty() || !told_new.is_empty();
    // A whole page that came or went is told by its entity.
    if is_told && (old.is_none() || new.is_none()) {
        return None;
    }
    let (olds, news) = (lines(old), lines(new));
    let mut gone = only(&olds, &news);
    let mut fresh = only(&news, &olds);
    let pairs = replaced((&olds, &gone), (&news, &fresh));
    let told_by_new = |line: &u32| {
        let mut pairs = pairs.iter();
        pairs.any(|(old, new)| old == line && told_new.contains(new))
    };
    let told_by_old = |line: &u32| {
        let mut pairs = pairs.iter();
        pairs.any(|(old, new)| new == line && told_old.contains(old))
    };
    gone.retain(|(line, _)| !told_old.contains(line) && !told_by_new(line));
    fresh.retain(|(line, _)| !told_new.contains(line) && !told_by_old(line));
    if gone.is_empty() && fresh.is_empty() && is_told {
        return None;
    }
    let first = |own: &[(u32, &str)], other: &[(u32, &str)], (here, there): Sides<'_>| {
        let line = match (own.first(), other.first()) {
            (Some((line, _)), _) => *line,
            // Where what the other side has would stand.
            (None, Some((line, _))) => before(*line, there, here)?,
            (None, None) => return None,
        };
        Some(Source {
            file: path.to_owned(),
            line,
        })
    };
    let count = |lines: &[(u32, &str)]| {
        Some(match lines.len() {
            1 => "1 line".to_owned(),
            count => format!("{count} lines"),
        })
    };
    Some(change(
        format!("page `{path}`"),
        (count(&gone), first(&gone, &fresh, (&olds, &news))),
        (count(&fresh), first(&fresh, &gone, (&news, &olds))),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(old: &str, new: &str, report: &mut Report) -> Vec<Change> {
        let texts = |text: &str| Texts(vec![("a.md".to_owned(), text.as_bytes().to_vec())]);
        let spec = Spec::default();
        let before = report.changes.len();
        add_text(report, (&spec, &texts(old)), (&spec, &texts(new)));
        report.changes.split_off(before)
    }

    #[test]
    fn notes_and_samples_are_told_once_for_a_page() {
        let old = "# A\n<aside>one\n```\n{\"a\": 1}\n```\nsame\n";
        let new = "# A\nnew\n<aside>two\n```\n{\"a\": 2}\n```\nsame\n";
        let changes = found(old, new, &mut Report::default());
        assert_eq!(changes.len(), 1);
        let (old, new) = (changes[0].old.as_deref(), changes[0].new.as_deref());
        assert_eq!((old, new), (Some("2 lines"), Some("3 lines")));
        assert_eq!(changes[0].old_source.as_ref().unwrap().line, 2);
        assert_eq!(changes[0].new_source.as_ref().unwrap().line, 2);
    }

    #[test]
    fn what_only_one_side_has_has_a_place_on_the_other() {
        let (long, short) = ("# A\nx\nx\nb\nnew\nx\nc\n", "# A\nx\nx\nb\nx\nc\n");
        for (old, new, places) in [
            (short, long, (4, 5)),
            (long, short, (5, 4)),
            ("x\n", "new\nx\n", (1, 1)),
        ] {
            let changes = found(old, new, &mut Report::default());
            let line = |source: &Option<Source>| source.as_ref().unwrap().line;
            let found = (line(&changes[0].old_source), line(&changes[0].new_source));
            assert_eq!(found, places, "{old:?} {new:?}");
        }
        let whole = found("", "new\n", &mut Report::default());
        assert_eq!(whole[0].old_source, None);
    }

    #[test]
    fn line_ends_are_no_text_and_order_is() {
        assert_eq!(found("a\nb\n", "a\r\nb\r", &mut Report::default()), []);
        assert_eq!(found("a\nb\n", "b\na\n", &mut Report::default()).len(), 1);
    }

    #[test]
    fn what_another_change_is_about_is_not_told_twice() {
        let source = Source {
            file: "a.md".into(),
            line: 1,
        };
        let known = change(
            "row".into(),
            (None, Some(source.clone())),
            (None, Some(source)),
        );
        let report = || Report {
            changes: vec![known.clone()],
        };
        assert_eq!(found("x | int\n", "x | long\n", &mut report()), []);
        assert_eq!(
            found("x | int\ny\n", "x | long\nz\n", &mut report()).len(),
            1
        );
        // What a new line says is told: that it stands in the place of another is no more than that.
        let mut added = known.clone();
        added.old_source = None;
        let mut report = Report {
            changes: vec![added],
        };
        assert_eq!(found("x\ny\n", "x z\ny\n", &mut report), []);
    }
}
