//! What is measured, and what came out for one revision.

use std::collections::BTreeMap;

use serde::Serialize;

/// What must hold of every revision, in the order of the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// `gen` takes the docs.
    Gen,
    /// Nothing panics, neither `gen` nor what is measured after it.
    Panic,
    /// A second `gen` writes nothing.
    Again,
    /// `gen --check` after `gen` passes.
    Check,
    /// `diff` of the docs and themselves is empty.
    Same,
    /// The docs with LF, CRLF and CR are the same docs.
    Ends,
    /// The revision before, made again after this one, is what it was.
    Back,
    /// A name that stood for one operation does not stand for another one.
    Passed,
    /// An operation with the same heading, method and path has the same name.
    Renamed,
    /// An operation that is the same does not get a name with a number.
    Numbered,
    /// No type gets another name.
    Types,
    /// `diff` names the version step that `gen` makes.
    Step,
    /// The emitted crate compiles, with its tests.
    Compiles,
    /// The tests of the emitted crate pass.
    Tests,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Gen,
        Self::Panic,
        Self::Again,
        Self::Check,
        Self::Same,
        Self::Ends,
        Self::Back,
        Self::Passed,
        Self::Renamed,
        Self::Numbered,
        Self::Types,
        Self::Step,
        Self::Compiles,
        Self::Tests,
    ];

    /// Head of its column.
    pub fn head(self) -> &'static str {
        match self {
            Self::Gen => "gen",
            Self::Panic => "panic",
            Self::Again => "again",
            Self::Check => "check",
            Self::Same => "X-X",
            Self::Ends => "ends",
            Self::Back => "A-B-A",
            Self::Passed => "passed",
            Self::Renamed => "renamed",
            Self::Numbered => "number",
            Self::Types => "types",
            Self::Step => "step",
            Self::Compiles => "builds",
            Self::Tests => "tests",
        }
    }

    /// What is wanted.
    pub fn title(self) -> &'static str {
        match self {
            Self::Gen => "gen takes the docs",
            Self::Panic => "nothing panics",
            Self::Again => "a second gen writes nothing",
            Self::Check => "gen --check passes after gen",
            Self::Same => "diff X X is empty",
            Self::Ends => "LF = CRLF = CR",
            Self::Back => "A, B, A gives A",
            Self::Passed => "no name passes to another operation",
            Self::Renamed => "no operation is renamed without a reason",
            Self::Numbered => "no same operation gets a number",
            Self::Types => "no type gets another name",
            Self::Step => "the step of diff is the step of gen",
            Self::Compiles => "the emitted crate compiles",
            Self::Tests => "the tests of the emitted crate pass",
        }
    }
}

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// What.
    pub what: String,
    /// The fact and its place before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The fact and its place now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

impl Fault {
    /// Without places.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            old: None,
            new: None,
        }
    }
}

/// A name with a number that stands beside the one without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Numbered {
    /// Kind of the name, as in `names.yaml`.
    pub section: String,
    /// Where it is unique.
    pub scope: String,
    /// What it stands for.
    pub fact: String,
    /// The name.
    pub name: String,
    /// What the name without the number stands for.
    pub beside: String,
}

/// One revision.
#[derive(Debug, Default, Serialize)]
pub struct Row {
    /// Name of its folder.
    pub revision: String,
    /// What was measured, with what does not hold.
    pub measured: BTreeMap<Measure, Vec<Fault>>,
    /// All names with a number that this revision added.
    pub numbered: Vec<Numbered>,
}

impl Row {
    /// Whether something does not hold.
    pub fn fails(&self) -> bool {
        self.measured.values().any(|faults| !faults.is_empty())
    }

    /// Adds what does not hold, which may be nothing.
    pub fn add(&mut self, measure: Measure, faults: Vec<Fault>) {
        self.measured.entry(measure).or_default().extend(faults);
    }
}
