//! Changes as text for people, and as an entry of a changelog.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Change, Level, Report, Step};
use crate::spec::Source;

/// Longer facts are cut: a list of messages may fill a screen.
const LONGEST: usize = 160;

/// A fact on one line, without what a terminal would obey.
fn line(text: &str) -> String {
    let mut out: String = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|c| {
            !c.is_control()
                && !('\u{200b}'..='\u{200f}').contains(c)
                && !('\u{202a}'..='\u{202e}').contains(c)
                && !('\u{2066}'..='\u{2069}').contains(c)
        })
        .collect();
    if out.chars().count() > LONGEST {
        out = out.chars().take(LONGEST - 1).collect();
        out.push('…');
    }
    out
}

/// The facts before and after.
fn facts(change: &Change, show: impl Fn(&str) -> String) -> String {
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!(": {} → {}", show(old), show(new)),
        (Some(only), None) | (None, Some(only)) => format!(": {}", show(only)),
        (None, None) => String::new(),
    }
}

fn place(source: Option<&Source>) -> String {
    source.map_or_else(
        || "-".to_owned(),
        |source| format!("{}:{}", line(&source.file), source.line),
    )
}

/// Text for people: by entity and operation, the gravest first, and a summary.
#[must_use]
pub fn text(report: &Report, version: &str) -> String {
    let mut out = String::new();
    let mut changes: Vec<&Change> = report.changes.iter().collect();
    // Groups stay in the order of the docs.
    let mut groups: Vec<(Option<&str>, Option<&str>)> = Vec::new();
    for change in &changes {
        let group = (change.entity.as_deref(), change.operation.as_deref());
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    changes.sort_by_key(|change| change.level);
    for (entity, operation) in groups {
        let head = operation.or(entity).unwrap_or("API");
        let _ = writeln!(out, "{}", line(head));
        for change in changes.iter().filter(|change| {
            (change.entity.as_deref(), change.operation.as_deref()) == (entity, operation)
        }) {
            let _ = writeln!(
                out,
                "  {:8} {} {}: {}{}\n      {} → {}",
                change.level.as_str(),
                change.rule.id(),
                change.title,
                line(&change.subject),
                facts(change, line),
                place(change.old_source.as_ref()),
                place(change.new_source.as_ref())
            );
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", summary(report, version));
    out
}

/// Counts by level, and the version step.
fn summary(report: &Report, version: &str) -> String {
    let counts: Vec<String> = Level::ALL
        .iter()
        .map(|level| format!("{} {}", report.count(*level), level.as_str()))
        .collect();
    let step = Step::of(report, version);
    let next = match step.apply(version) {
        Ok(next) => format!("{version} → {next}"),
        Err(error) => error.to_string(),
    };
    format!(
        "{}; version step: {} ({next})",
        counts.join(", "),
        step.as_str()
    )
}

/// A fact as Markdown code that cannot end early.
fn code(text: &str) -> String {
    format!("`{}`", line(text).replace('`', "'"))
}

/// A subject as Markdown: words of ours, and at most one name of the docs between backquotes.
fn words(subject: &str) -> String {
    let subject = line(subject);
    match (subject.split_once('`'), subject.ends_with('`')) {
        (Some((before, name)), true) => {
            format!("{before}{}", code(name.strip_suffix('`').unwrap_or(name)))
        }
        _ => subject,
    }
}

/// The sections of a changelog entry: Breaking, Added, Changed, Documentation.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut out = String::new();
    let additions = |change: &&Change| change.old.is_none() && change.old_source.is_none();
    let of = |level: Level| {
        report
            .changes
            .iter()
            .filter(move |change| change.level == level)
    };
    section(&mut out, "Breaking", of(Level::Breaking));
    section(&mut out, "Added", of(Level::Additive).filter(additions));
    section(
        &mut out,
        "Changed",
        of(Level::Additive).filter(|change| !additions(change)),
    );
    let mut seen = BTreeSet::new();
    let mut prose = String::new();
    for change in of(Level::Prose) {
        let about = about(change);
        if !seen.insert((about.clone(), change.rule)) {
            continue;
        }
        let count = of(Level::Prose)
            .filter(|other| other.rule == change.rule && self::about(other) == about)
            .count();
        let times = if count > 1 {
            format!(" ({count} times)")
        } else {
            String::new()
        };
        let _ = writeln!(prose, "- {about}: {}{times}", change.title);
    }
    if !prose.is_empty() {
        let _ = write!(out, "### Documentation\n\n{prose}\n");
    }
    out
}

fn about(change: &Change) -> String {
    let about = change.operation.as_deref().or(change.entity.as_deref());
    about.map_or_else(|| "API".to_owned(), code)
}

fn section<'a>(out: &mut String, title: &str, changes: impl Iterator<Item = &'a Change>) {
    let lines: Vec<String> = changes
        .map(|change| {
            format!(
                "- {}: {}: {}{} ({})",
                about(change),
                change.title,
                words(&change.subject),
                facts(change, code),
                change.rule.id()
            )
        })
        .collect();
    if !lines.is_empty() {
        let _ = write!(out, "### {title}\n\n{}\n\n", lines.join("\n"));
    }
}

/// An entry of a changelog in the manner of Keep a Changelog. The docs have no date, so the entry has none.
#[must_use]
pub fn changelog(report: &Report, version: &str, revision: &str) -> String {
    format!(
        "## [{version}]\n\nMade from revision {} of the documentation.\n\n{}",
        code(revision),
        markdown(report)
    )
}
