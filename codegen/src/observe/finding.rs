//! One thing that was seen and is not in the docs, and what may correct it.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Map, Value};

use super::found::Found;
use super::rules::{Kind, Weight};
use crate::spec::{Rule, Source};

/// Where something was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// In the body of a request.
    Request,
    /// In its query.
    Query,
    /// Among its headers.
    Header,
    /// In an answer.
    Answer,
}

impl Side {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Query => "query",
            Self::Header => "header",
            Self::Answer => "answer",
        }
    }
}

/// How values were written, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// `nothing`, `boolean`, `integer`, `number`, `string`, `list` or `object`.
    pub kind: &'static str,
    /// How often.
    pub count: u64,
}

impl Seen {
    pub(super) fn new(found: Found, count: u64) -> Self {
        Self {
            kind: found.name(),
            count,
        }
    }
}

/// Something that the docs do not say, or say otherwise.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// Its kind.
    pub kind: Kind,
    /// The kind in words.
    pub title: &'static str,
    /// What the kind says about the docs.
    pub weight: Weight,
    /// Where it was seen.
    pub side: Side,
    /// The place in the message, a code, or a path.
    pub at: String,
    /// The documented type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
    /// What was there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<Seen>,
    /// How often.
    pub count: u64,
    /// Of how many, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// How often a drift stream told that it was not there; how often it was, such a stream does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent: Option<u64>,
    /// A masked example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// Where the docs state it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

impl Finding {
    pub(super) fn new(kind: Kind, side: Side, at: String, count: u64) -> Self {
        Self {
            kind,
            title: kind.title(),
            weight: kind.weight(),
            side,
            at,
            wanted: None,
            seen: Vec::new(),
            count,
            of: None,
            absent: None,
            example: None,
            source: None,
        }
    }

    /// What was there, and how often, in words.
    pub(super) fn facts(&self) -> String {
        let mut out = String::new();
        if let Some(wanted) = &self.wanted {
            let _ = write!(out, "wanted {wanted}, ");
        }
        if !self.seen.is_empty() {
            let kinds: Vec<&str> = self.seen.iter().map(|seen| seen.kind).collect();
            let mut kinds = kinds;
            kinds.dedup();
            let _ = write!(out, "seen {}, ", kinds.join(" or "));
        }
        if self.absent.is_none() || self.of.is_some() {
            out.push_str(&times(self.count, self.of));
        }
        if let Some(absent) = self.absent {
            let comma = if self.of.is_some() { ", " } else { "" };
            let _ = write!(out, "{comma}told to be absent {}", times(absent, None));
        }
        if let Some(example) = &self.example {
            let _ = write!(out, ", like `{example}`");
        }
        out
    }

    /// Where it was seen, in words.
    pub(super) fn place(&self) -> String {
        match (self.kind, self.at.as_str()) {
            (Kind::UnknownCode | Kind::UndocumentedPath | Kind::OtherMethod, at) => at.to_owned(),
            (_, "") => self.side.as_str().to_owned(),
            (_, at) => format!("{} {at}", self.side.as_str()),
        }
    }
}

/// `3 of 40 times`.
pub(super) fn times(count: u64, of: Option<u64>) -> String {
    match (count, of) {
        (count, Some(of)) => format!("{count} of {of} times"),
        (1, None) => "once".to_owned(),
        (count, None) => format!("{count} times"),
    }
}

/// A correction whose line is not chosen yet.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub at: String,
    pub change: Change,
    pub because: String,
    pub sources: Vec<Source>,
    /// How often it was seen, where once may be a slip.
    pub seen: Option<u64>,
    /// How often it has to be seen at least, whatever is asked for.
    pub least: u64,
    /// It goes with the one before it.
    pub also: bool,
}

impl Draft {
    /// What no entry can say.
    pub(super) fn left(at: String, because: String) -> Self {
        Self {
            at,
            change: Change::None,
            because,
            sources: Vec::new(),
            seen: None,
            least: 0,
            also: false,
        }
    }
}

/// What a correction does.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Set(Map<String, Value>),
    Add(Value),
    /// Changes one of the rules of an operation.
    Rule(RuleChange),
    /// Nothing that an entry could say.
    None,
}

/// A rule that does not hold as it is.
#[derive(Clone, Debug)]
pub(super) struct RuleChange {
    /// All rules of the operation.
    pub rules: Vec<Rule>,
    /// The number of the one at hand.
    pub number: usize,
    /// What becomes of it.
    pub edit: Edit,
}

/// What becomes of a rule.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    /// Of all names that it asks for, this one need not be there.
    Without(String),
    /// None of several has to be there.
    NoneOf,
    /// One of these may be there, too.
    OrOneOf(Vec<String>),
}
