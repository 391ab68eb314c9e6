//! Findings that are known, so that only new ones fail.
//!
//! An entry says of a finding its kind, its file, its message and a hash of its line, but not the number of the line:
//! text that is added above it changes nothing. The same finding at lines that read the same is one entry with a count.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use md5::{Digest as _, Md5};
use serde::{Deserialize, Serialize};
use slate_codegen::diagnostics::Code;

use super::finding::Finding;

const HEADER: &str = "\
# Findings of `lint` that are known and do not fail it. Written by `lint --write-baseline`.
# It should become shorter, never longer.
";

/// One finding, or several that cannot be told apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Id of the kind.
    code: String,
    /// Its file, below the Slate folder.
    file: String,
    /// What is wrong.
    message: String,
    /// Of the line, blanks aside.
    line: String,
    /// How many there are.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: usize,
}

fn one() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_one(count: &usize) -> bool {
    *count == 1
}

impl Entry {
    fn of(finding: &Finding) -> Self {
        let line = finding
            .line
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        Self {
            code: finding.code.id().to_owned(),
            file: finding.place.file.clone(),
            message: finding.message.clone(),
            line: hash(&line),
            count: 1,
        }
    }
}

/// Short: it tells lines of one file apart.
fn hash(text: &str) -> String {
    let mut out = String::new();
    for byte in Md5::digest(text).iter().take(6) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {}, {:?}", self.code, self.file, self.message)?;
        if self.count > 1 {
            write!(f, " ({} times)", self.count)?;
        }
        Ok(())
    }
}

/// What is known.
#[derive(Debug)]
pub struct Baseline {
    entries: Vec<Entry>,
}

impl Baseline {
    /// Reads a file; `name` is for messages.
    pub fn parse(name: &str, yaml: &str) -> anyhow::Result<Self> {
        let entries: Option<Vec<Entry>> =
            serde_yaml::from_str(yaml).map_err(|error| anyhow::anyhow!("{name}: {error}"))?;
        Ok(Self {
            entries: entries.unwrap_or_default(),
        })
    }

    /// These findings.
    pub fn of(findings: &[Finding]) -> Self {
        let mut counts: BTreeMap<Entry, usize> = BTreeMap::new();
        for finding in findings {
            *counts.entry(Entry::of(finding)).or_default() += 1;
        }
        let entries = counts
            .into_iter()
            .map(|(entry, count)| Entry { count, ..entry });
        Self {
            entries: entries.collect(),
        }
    }

    /// As a file.
    pub fn to_yaml(&self) -> anyhow::Result<String> {
        Ok(format!("{HEADER}{}", serde_yaml::to_string(&self.entries)?))
    }

    /// Forgets kinds that nobody looks for.
    pub fn keep(&mut self, wanted: impl Fn(Code) -> bool) {
        self.entries
            .retain(|entry| Code::from_id(&entry.code).is_none_or(&wanted));
    }

    /// Marks findings that are known. Gives the entries that no finding needs any more.
    pub fn mark(&self, findings: &mut [Finding]) -> Vec<Entry> {
        let mut left: BTreeMap<Entry, usize> = BTreeMap::new();
        for entry in &self.entries {
            *left
                .entry(Entry {
                    count: 1,
                    ..entry.clone()
                })
                .or_default() += entry.count;
        }
        for finding in findings.iter_mut().filter(|one| one.allowed.is_none()) {
            if let Some(count) = left
                .get_mut(&Entry::of(finding))
                .filter(|count| **count > 0)
            {
                *count -= 1;
                finding.known = true;
            }
        }
        let gone = left.into_iter().filter(|(_, count)| *count > 0);
        gone.map(|(entry, count)| Entry { count, ..entry })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use slate_codegen::slate::source::Place;

    use super::*;

    fn finding(line: u32, text: &str, message: &str) -> Finding {
        Finding {
            code: Code::UnreadableSample,
            level: Code::UnreadableSample.level(),
            place: Place {
                file: "includes/_a.md".to_owned(),
                line,
                column: 1,
            },
            in_docs: true,
            line: text.to_owned(),
            marked: 0..text.len(),
            message: message.to_owned(),
            action: String::new(),
            also: None,
            known: false,
            allowed: None,
        }
    }

    /// Known findings and what is gone, after a round trip through a file.
    fn marked(before: &[Finding], mut now: Vec<Finding>) -> (Vec<bool>, Vec<usize>) {
        let yaml = Baseline::of(before).to_yaml().unwrap();
        let gone = Baseline::parse("b", &yaml).unwrap().mark(&mut now);
        (
            now.iter().map(|finding| finding.known).collect(),
            gone.iter().map(|entry| entry.count).collect(),
        )
    }

    #[test]
    fn a_finding_that_moved_is_known() {
        let before = [finding(3, "```json", "empty")];
        let now = vec![finding(300, "```json  ", "empty")];
        assert_eq!(marked(&before, now), (vec![true], vec![]));
    }

    #[test]
    fn another_line_or_message_is_new_and_the_old_one_gone() {
        let before = [finding(3, "```json", "empty")];
        for now in [
            finding(3, "```xml", "empty"),
            finding(3, "```json", "broken"),
        ] {
            assert_eq!(marked(&before, vec![now]), (vec![false], vec![1]));
        }
    }

    #[test]
    fn findings_that_are_alike_are_counted() {
        let three = || {
            vec![
                finding(3, "```", "empty"),
                finding(5, "```", "empty"),
                finding(9, "```", "empty"),
            ]
        };
        assert_eq!(
            marked(&three()[..2], three()),
            (vec![true, true, false], vec![])
        );
        assert_eq!(
            marked(
                &three(),
                three()[..1]
                    .iter()
                    .map(|f| finding(f.place.line, &f.line, &f.message))
                    .collect()
            ),
            (vec![true], vec![2])
        );
        assert_eq!(marked(&[], three()), (vec![false; 3], vec![]));
    }

    #[test]
    fn a_file_with_unknown_keys_is_refused() {
        let error = Baseline::parse("known.yaml", "- {code: S001, files: x}").unwrap_err();
        assert!(error.to_string().starts_with("known.yaml: "), "{error}");
        assert!(
            Baseline::parse("known.yaml", "")
                .unwrap()
                .entries
                .is_empty()
        );
    }
}
