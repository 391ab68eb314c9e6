//! What `diff` and the changelog say of two revisions.

use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;
use slate_codegen::diff::Rule;
use slate_codegen::emit::OutFile;

use super::measure::Fault;
use crate::diff;
use crate::home::Home;

/// What the command prints for programs: what a user sees is measured, not what is below it.
pub struct Said {
    /// The changes.
    pub changes: Vec<Fault>,
    /// The version step.
    pub step: String,
}

/// Runs `diff OLD NEW --json`.
pub fn said(home: &Home, old: &Path, new: &Path) -> anyhow::Result<Said> {
    let utf8 = |path: &Path| {
        path.to_str()
            .map(str::to_owned)
            .with_context(|| format!("{}: not UTF-8", path.display()))
    };
    let (text, _) = diff::run(home, &utf8(old)?, &utf8(new)?, diff::Form::Json)?;
    let report: Value = serde_json::from_str(&text)?;
    let changes = report["changes"].as_array().into_iter().flatten();
    Ok(Said {
        changes: changes.map(change).collect(),
        step: word(&report["step"]).unwrap_or_default(),
    })
}

fn word(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn change(change: &Value) -> Fault {
    let side = |fact: &str, source: &str| {
        let place = change[source]["file"]
            .as_str()
            .map(|file| format!("{file}:{}", change[source]["line"]));
        match (word(&change[fact]), place) {
            (Some(fact), Some(place)) => Some(format!("{fact}, {place}")),
            (fact, place) => fact.or(place),
        }
    };
    let subject = [&change["operation"], &change["entity"]]
        .into_iter()
        .find_map(word)
        .map_or_else(String::new, |of| format!("{of}: "));
    Fault {
        what: format!(
            "{subject}{} {}: {}",
            word(&change["rule"]).unwrap_or_default(),
            word(&change["title"]).unwrap_or_default(),
            word(&change["subject"]).unwrap_or_default()
        ),
        old: side("old", "old_source"),
        new: side("new", "new_source"),
    }
}

/// The types that got another name, as the newest entry of the changelog at that path says it.
pub fn renamed_types(log: &str, files: &[OutFile]) -> Vec<Fault> {
    let mark = format!("({})", Rule::TypeRenamed.id());
    let log = files.iter().find(|file| file.path == log);
    let lines = log.into_iter().flat_map(|file| file.text.lines());
    lines
        .skip_while(|line| !line.starts_with("## "))
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter(|line| line.contains(&mark))
        .map(|line| Fault::new(line.trim_start_matches("- ")))
        .collect()
}

/// The step between two versions.
pub fn between(old: &str, new: &str) -> &'static str {
    let part = |version: &str, at: usize| version.split('.').nth(at).map(str::to_owned);
    ["major", "minor", "patch"]
        .into_iter()
        .enumerate()
        .find(|(at, _)| part(old, *at) != part(new, *at))
        .map_or("none", |(_, step)| step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_from_the_newest_entry() {
        let text = "# Changelog\n\n## [0.2.0]\n\n- `a.b`: `A` → `A2` (D071)\n- other (D070)\n\n## [0.1.1]\n\n- old (D071)\n";
        let files = [OutFile {
            path: "CHANGELOG.md".to_owned(),
            text: text.to_owned(),
        }];
        let found = renamed_types("CHANGELOG.md", &files);
        assert_eq!(found, [Fault::new("`a.b`: `A` → `A2` (D071)")]);
    }

    #[test]
    fn the_first_number_that_moves_is_the_step() {
        assert_eq!(between("0.1.0", "0.1.0"), "none");
        assert_eq!(between("0.1.9", "0.1.10"), "patch");
        assert_eq!(between("0.1.9", "0.2.0"), "minor");
        assert_eq!(between("0.9.9", "1.0.0"), "major");
    }
}
