//! What changed in the text of pages beside all that the specs say: so that docs that differ are never said to be the same.

use std::collections::BTreeSet;

use super::change::{Change, Report};
use super::page::{Line, Page};
use super::rules::Rule;
use super::untold::Untold;
use super::{spots, told};
use crate::slate::Texts;
use crate::spec::{Source, Spec};

/// Adds a change for each page of which other lines changed than those that the changes of the report are about, which get
/// the best places that there are in the texts.
pub fn add_text(report: &mut Report, old: (&Spec, &Texts), new: (&Spec, &Texts)) {
    spots::refine(report, old, new);
    let paths =
        |texts: &Texts| -> Vec<String> { texts.0.iter().map(|(path, _)| path.clone()).collect() };
    let (olds, mut all) = (paths(old.1), paths(new.1));
    all.extend(olds);
    let renamed = renamed(report, old.1, new.1);
    all.retain(|path| !renamed.iter().any(|(_, to)| to == path));
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for path in all {
        if !seen.insert(path.clone()) {
            continue;
        }
        let to = renamed.iter().find(|(from, _)| *from == path);
        let to = to.map_or(&path, |(_, to)| to);
        let entity = entity(new.0, to).or_else(|| self::entity(old.0, &path));
        if let Some(mut change) = compare((&path, to), old, new, &report.changes) {
            change.entity = entity;
            found.push(change);
        }
    }
    report.changes.extend(found);
}

/// Pages that have another name, before and now: where neither name is that of another page on the other side.
fn renamed(report: &Report, old: &Texts, new: &Texts) -> Vec<(String, String)> {
    let has = |texts: &Texts, path: &String| texts.0.iter().any(|(known, _)| known == path);
    let renamed = report
        .changes
        .iter()
        .filter(|change| change.rule == Rule::PageRenamed);
    renamed
        .filter_map(|change| change.old.clone().zip(change.new.clone()))
        .filter(|(from, to)| !has(new, from) && !has(old, to))
        .collect()
}

/// Adds a change for docs that differ where nothing of their text is known but a digest.
pub fn add_digest(report: &mut Report, old: &Spec, new: &Spec) {
    let (Some(old), Some(new)) = (&old.api.docs, &new.api.docs) else {
        return;
    };
    if report.changes.is_empty() && old.sha256 != new.sha256 {
        let same_lines = !old.lines.is_empty() && old.lines == new.lines;
        let rule = if same_lines {
            Rule::LayoutChanged
        } else {
            Rule::TextChanged
        };
        let nowhere = ((None, None), (None, None));
        let found = change(rule, "docs".to_owned(), nowhere.0, nowhere.1);
        report.changes.push(found);
    }
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

fn change(rule: Rule, subject: String, old: At, new: At) -> Change {
    Change {
        rule,
        level: rule.level(),
        title: rule.title(),
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

/// How many lines there are of what.
fn count(lines: usize) -> String {
    match lines {
        1 => "1 line".to_owned(),
        count => format!("{count} lines"),
    }
}

fn compare(
    paths: (&str, &str),
    old: (&Spec, &Texts),
    new: (&Spec, &Texts),
    changes: &[Change],
) -> Option<Change> {
    let (before, after) = (Page::of(old.1, paths.0), Page::of(new.1, paths.1));
    if before.as_ref().map(Page::text) == after.as_ref().map(Page::text) {
        return None;
    }
    let side_old = told::Side {
        spec: old.0,
        page: before.as_ref(),
        source: |change| change.old_source.as_ref(),
        own: told::of_old,
    };
    let side_new = told::Side {
        spec: new.0,
        page: after.as_ref(),
        source: |change| change.new_source.as_ref(),
        own: told::of_new,
    };
    let told_old = told::lines(paths.0, &side_old, changes);
    let told_new = told::lines(paths.1, &side_new, changes);
    let is_told = !told_old.is_empty() || !told_new.is_empty();
    let of = |path: &str| {
        let file = path.to_owned();
        move |line: u32| Source {
            file: file.clone(),
            line,
        }
    };
    let (at_old, at_new) = (of(paths.0), of(paths.1));
    let (Some(before), Some(after)) = (&before, &after) else {
        // A whole page that came or went is told by its entity.
        if is_told {
            return None;
        }
        let lines = |page: &Option<Page>| page.as_ref().map_or_else(Vec::new, Page::lines);
        let (olds, news) = (lines(&before), lines(&after));
        let (from, to) = if before.is_some() {
            (at_old(1), spots::across(&at_old(1), old.1, new.1))
        } else {
            (spots::across(&at_new(1), new.1, old.1), at_new(1))
        };
        let facts = (Some(count(olds.len())), Some(count(news.len())));
        return Some(change(
            Rule::TextChanged,
            format!("page `{}`", paths.1),
            (facts.0, Some(from)),
            (facts.1, Some(to)),
        ));
    };
    // What is new or gone as a whole is the same as nothing.
    let rest = |path: &str, page: &Page, side: &told::Side<'_>| -> Vec<Line> {
        let whole = told::sections(path, side, changes);
        let lines = page.lines().into_iter();
        let rest = lines.filter(|(line, _)| !whole.iter().any(|own| own.contains(line)));
        rest.collect()
    };
    let (olds, news) = (
        rest(paths.0, before, &side_old),
        rest(paths.1, after, &side_new),
    );
    let facts = told::facts(paths, (before, after), changes);
    let untold = Untold::of((&olds, &told_old), (&news, &told_new), &facts);
    let (gone, fresh) = (&untold.gone, &untold.fresh);
    let place = |own: &[u32], other: &[u32], (here, there): (&[Line], &[Line])| {
        let line = match (own.first(), other.first()) {
            (Some(line), _) => *line,
            // Where what the other side has would stand.
            (None, Some(line)) => spots::before(*line, there, here)?,
            (None, None) => return None,
        };
        Some(line)
    };
    let about = format!("page `{}`", paths.1);
    if !gone.is_empty() || !fresh.is_empty() {
        return Some(change(
            Rule::TextChanged,
            about,
            (
                Some(count(gone.len())),
                place(gone, fresh, (&olds, &news)).map(at_old),
            ),
            (
                Some(count(fresh.len())),
                place(fresh, gone, (&news, &olds)).map(at_new),
            ),
        ));
    }
    if let Some((from, to)) = untold.moved.first() {
        let what = format!("{} in another order", count(untold.moved.len()));
        return Some(change(
            Rule::LayoutChanged,
            about,
            (None, Some(at_old(*from))),
            (Some(what), Some(at_new(*to))),
        ));
    }
    if is_told {
        return None;
    }
    let (from, to) = before.differs_from(after);
    let what = Some("lines without words".to_owned());
    let rule = Rule::LayoutChanged;
    let places = (Some(at_old(from)), Some(at_new(to)));
    Some(change(rule, about, (None, places.0), (what, places.1)))
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
    fn order_and_blanks_are_told_as_such() {
        let what = |old: &str, new: &str| {
            let changes = found(old, new, &mut Report::default());
            let one = &changes[0];
            let line = |at: &Option<Source>| at.as_ref().unwrap().line;
            let places = (line(&one.old_source), line(&one.new_source));
            (one.old.clone(), one.new.clone().unwrap(), places)
        };
        let order = (None, "1 line in another order".to_owned(), (2, 3));
        assert_eq!(what("# A\na\nb\nc\nd\n", "# A\nb\na\nc\nd\n"), order);
        let blanks = (None, "lines without words".to_owned(), (2, 2));
        assert_eq!(what("a\nb\n", "a\n\nb\n"), blanks);
    }

    fn told(rule: Rule, facts: (Option<&str>, Option<&str>), lines: (u32, u32)) -> Change {
        let at = |line| {
            Some(Source {
                file: "a.md".into(),
                line,
            })
        };
        let facts = (facts.0.map(str::to_owned), facts.1.map(str::to_owned));
        Change {
            rule,
            ..change(
                rule,
                "path".into(),
                (facts.0, at(lines.0)),
                (facts.1, at(lines.1)),
            )
        }
    }

    #[test]
    fn what_changed_of_a_section_is_told_by_the_facts_of_its_heading() {
        let old =
            "# A\n## Send\nURI | crate/send\n```\nhttps://a.test/crate/send?x=1\n```\nSoon.\n";
        let new = old.replace("crate/send", "crate/send_all");
        let path = || {
            told(
                Rule::PathChanged,
                (Some("/crate/send"), Some("/crate/send_all")),
                (2, 2),
            )
        };
        let report = || Report {
            changes: vec![path()],
        };
        assert_eq!(found(old, &new, &mut report()), []);
        let more = new.replace("Soon", "Late");
        assert_eq!(found(old, &more, &mut report()).len(), 1);
        // A section that is new is told as a whole, and lines that read alike in it are its own.
        let added = format!("{new}## Drop\nURI | crate/send\nSoon.\n");
        let mut both = report();
        both.changes.push(told(
            Rule::OperationAdded,
            (None, Some("POST /crate/send")),
            (1, 8),
        ));
        assert_eq!(found(old, &added, &mut both), []);
    }

    #[test]
    fn what_another_change_is_about_is_not_told_twice() {
        let source = Source {
            file: "a.md".into(),
            line: 1,
        };
        let known = change(
            Rule::TextChanged,
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
