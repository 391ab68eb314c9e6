//! What a run of `lint` has to print, in whatever form.

use std::collections::BTreeMap;
use std::fmt;

use clap::ValueEnum;
use serde::Serialize;
use slate_codegen::diagnostics::Level;

use super::baseline::Entry;
use super::finding::{Allowed, Finding};
use crate::output::{command, counted};

/// Levels, the gravest first.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Threshold {
    /// No finding.
    Never,
    /// Something is lost.
    #[default]
    Error,
    /// Something was guessed or repaired.
    Warning,
    /// Worth knowing.
    Note,
}

impl Threshold {
    /// Whether a finding of this level is to be seen, or to fail.
    pub fn reaches(self, level: Level) -> bool {
        match self {
            Self::Never => false,
            Self::Error => level == Level::Error,
            Self::Warning => level != Level::Note,
            Self::Note => true,
        }
    }
}

/// All that is printed.
pub struct Report {
    /// Findings that were looked for, known ones too.
    pub findings: Vec<Finding>,
    /// What is known, and where that is written.
    pub baseline: Option<(String, Vec<Entry>)>,
    /// The level from which on findings are shown.
    pub show: Threshold,
}

impl Report {
    /// The findings that are neither known nor allowed.
    pub fn new_ones(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_new())
    }

    /// Those of them that are to be seen.
    pub fn shown(&self) -> impl Iterator<Item = &Finding> {
        self.new_ones()
            .filter(|finding| self.show.reaches(finding.level))
    }

    /// What a baseline has and the docs do not have any more.
    pub fn gone(&self) -> &[Entry] {
        self.baseline.as_ref().map_or(&[], |(_, gone)| gone)
    }

    /// `1 error, 2 warnings, 0 notes`, of what is not known.
    pub fn total(&self) -> String {
        Counts::of(self.new_ones()).to_string()
    }

    /// The same for each file that has findings, in order of their paths.
    pub fn by_file(&self) -> BTreeMap<&str, Counts> {
        let mut files: BTreeMap<&str, Counts> = BTreeMap::new();
        for finding in self.new_ones() {
            let counts = files.entry(&finding.place.file).or_default();
            counts.add(finding.level);
        }
        files
    }

    /// How many findings of each kind are allowed, in a line, if any are.
    pub fn on_allowed(&self) -> Option<String> {
        let mut counts: BTreeMap<(Allowed, &str), usize> = BTreeMap::new();
        for finding in &self.findings {
            if let Some(by) = finding.allowed {
                *counts.entry((by, finding.code.id())).or_default() += 1;
            }
        }
        let total: usize = counts.values().sum();
        let each = counts
            .iter()
            .map(|((by, id), count)| format!("{count} {id} by {}", by.word()));
        let each: Vec<String> = each.collect();
        (total > 0).then(|| {
            let are = if total == 1 { "is" } else { "are" };
            let total = counted(total, "finding");
            format!("{total} {are} allowed: {}", each.join(", "))
        })
    }

    /// What there is to say on the baseline, a line for each thing.
    pub fn on_baseline(&self) -> Vec<String> {
        let Some((path, gone)) = &self.baseline else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        let known = self.findings.iter().filter(|finding| finding.known).count();
        if known > 0 {
            let (are, them) = if known == 1 {
                ("is", "it")
            } else {
                ("are", "them")
            };
            let known = counted(known, "known finding");
            lines.push(format!(
                "{known} {are} in {path} and not shown here; --no-baseline shows {them}"
            ));
        }
        for entry in gone {
            lines.push(format!("{path}: {entry} is gone from the docs"));
        }
        if !gone.is_empty() {
            lines.push(format!(
                "`{} lint --write-baseline`, with the same arguments, makes the list shorter",
                command()
            ));
        }
        lines
    }
}

/// How many findings there are of each level.
#[derive(Clone, Copy, Default, Serialize)]
pub struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Counts {
    fn of<'f>(findings: impl Iterator<Item = &'f Finding>) -> Self {
        let mut out = Self::default();
        findings.for_each(|finding| out.add(finding.level));
        out
    }

    fn add(&mut self, level: Level) {
        match level {
            Level::Error => self.errors += 1,
            Level::Warning => self.warnings += 1,
            Level::Note => self.notes += 1,
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            errors,
            warnings,
            notes,
        } = self;
        write!(
            f,
            "{}, {}, {}",
            counted(*errors, "error"),
            counted(*warnings, "warning"),
            counted(*notes, "note")
        )
    }
}
