//! Changes as text for people, and as an entry of a changelog.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::change::{Change, Report};
use super::rules::{Level, Rule};
use super::step::Step;
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
    let additions = |change: &&Change| change.old.is_none() && change.new.is_some();
    let of = |level: Level| {
        report
            .changes
            .iter()
            .filter(move |change| change.level == level)
            .filter(|change| !is_below(change, report) && !change.rule.is_unseen())
    };
    section(&mut out, "Breaking", of(Level::Breaking), report);
    section(
        &mut out,
        "Added",
        of(Level::Additive).filter(additions),
        report,
    );
    section(
        &mut out,
        "Changed",
        of(Level::Additive).filter(|change| !additions(change)),
        report,
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

/// What a change belongs to: the module of its operation or entity, where it has one in Rust.
fn about(change: &Change) -> String {
    let depth = if change.operation.is_some() { 2 } else { 1 };
    if let Some(item) = change.item.as_ref().filter(|_| change.entity.is_some()) {
        let module: Vec<&str> = item.split("::").take(depth).collect();
        return code(&module.join("::"));
    }
    let about = change.operation.as_deref().or(change.entity.as_deref());
    about.map_or_else(|| "API".to_owned(), code)
}

/// Whether it goes without saying, as the whole entity came or went.
fn is_below(change: &Change, report: &Report) -> bool {
    let whole = |rule: Rule| matches!(rule, Rule::EntityAdded | Rule::EntityRemoved);
    !whole(change.rule)
        && report
            .changes
            .iter()
            .any(|other| whole(other.rule) && other.entity == change.entity)
}

/// How many operations and codes came or went with an entity.
fn with(change: &Change, report: &Report) -> String {
    let count = |rules: [Rule; 2]| {
        let own = report.changes.iter().filter(|other| {
            other.entity == change.entity && rules.contains(&other.rule) && is_below(other, report)
        });
        own.count()
    };
    let parts = [
        (
            "operations",
            count([Rule::OperationAdded, Rule::OperationRemoved]),
        ),
        ("codes", count([Rule::CodeAdded, Rule::CodeRemoved])),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(_, count)| {
            *count > 0 && matches!(change.rule, Rule::EntityAdded | Rule::EntityRemoved)
        })
        .map(|(what, count)| format!("{what}: {count}"))
        .collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!(", {}", parts.join(", "))
    }
}

/// Whether the title of a change says what it is about.
fn is_plain(change: &Change) -> bool {
    let whole = ["operation", "entity"].contains(&&*change.subject);
    whole || change.title.starts_with(&*change.subject)
}

/// A bullet for each thing that changed, whatever changed of it.
fn section<'a>(
    out: &mut String,
    title: &str,
    changes: impl Iterator<Item = &'a Change>,
    report: &Report,
) {
    let mut things: Vec<Vec<&Change>> = Vec::new();
    for change in changes {
        let same = |other: &&Change| {
            (&other.entity, &other.operation, &other.subject)
                == (&change.entity, &change.operation, &change.subject)
        };
        match things
            .iter_mut()
            .find(|thing| thing.first().is_some_and(same))
        {
            // Rules have one subject for all of them.
            Some(thing) if change.subject.contains('`') => thing.push(change),
            _ => things.push(vec![change]),
        }
    }
    let mut lines = String::new();
    for thing in &things {
        let Some(first) = thing.first() else { continue };
        let said: Vec<String> = thing
            .iter()
            .map(|change| {
                let (facts, with) = (facts(change, code), with(change, report));
                format!("{}{facts}{with} ({})", change.title, change.rule.id())
            })
            .collect();
        let said = said.join("; ");
        let subject = words(&first.subject);
        // In Rust where it has a name there, with the place on the wire behind it.
        let _ = match &first.item {
            Some(item) if first.subject.contains('`') || first.subject.starts_with("code ") => {
                writeln!(lines, "- {}: {said}; {subject}", code(item))
            }
            // What it is needs no word more.
            Some(item) if is_plain(first) => {
                writeln!(lines, "- {}: {said}", code(item))
            }
            Some(item) => writeln!(lines, "- {}: {subject}: {said}", code(item)),
            None => writeln!(lines, "- {}: {subject}: {said}", about(first)),
        };
        let mut todos: Vec<String> = thing
            .iter()
            .filter_map(|change| change.rule.todo())
            .collect();
        todos.dedup();
        for todo in todos {
            let _ = writeln!(lines, "  - To do: {todo}");
        }
    }
    if !lines.is_empty() {
        let _ = write!(out, "### {title}\n\n{lines}\n");
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

#[cfg(test)]
mod tests {
    use super::*;

    fn change(rule: Rule, operation: Option<&str>, subject: &str) -> Change {
        Change {
            rule,
            level: rule.level(),
            title: rule.title(),
            entity: Some("parcel".into()),
            operation: operation.map(str::to_owned),
            subject: subject.into(),
            item: None,
            old: Some("a".into()),
            new: Some("b".into()),
            old_source: None,
            new_source: None,
        }
    }

    #[test]
    fn what_goes_with_an_entity_is_one_bullet() {
        let changes = vec![
            change(Rule::EntityRemoved, None, "entity"),
            change(Rule::OperationRemoved, Some("parcel.get"), "operation"),
            change(Rule::OperationRemoved, Some("parcel.add"), "operation"),
            change(Rule::CodeRemoved, None, "code 7"),
        ];
        let shown = markdown(&Report { changes });
        assert_eq!(shown.matches("\n- ").count(), 1, "{shown}");
        assert!(shown.contains("operations: 2, codes: 1"), "{shown}");
    }

    #[test]
    fn what_happened_to_one_field_is_one_bullet() {
        let field = "request field `a.b`";
        let changes = vec![
            change(Rule::FieldMoved, Some("parcel.get"), field),
            change(Rule::FieldTypeChanged, Some("parcel.get"), field),
            change(Rule::FieldMoved, Some("parcel.add"), field),
        ];
        let shown = markdown(&Report { changes });
        assert_eq!(shown.matches("\n- ").count(), 2, "{shown}");
        assert!(shown.contains("(D069); type"), "{shown}");
    }
}
