//! What an entry says: the type, the values, the member or the code, and why.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::super::counts::Counts;
use super::super::finding::{Change, Draft, times};
use super::super::found::{Found, HIDDEN};
use super::{Codes, Members, Types, Values};
use crate::spec::Source;

/// A word that came but once may be a slip, or a name in the wrong member; words are all that leaves the input.
const LEAST_WORDS: u64 = 2;
/// A drift stream does not tell how often all was well, so that once is not enough.
const LEAST_TOLD: u64 = 3;

/// The type that holds all that was seen.
pub(super) fn suggested(counts: &Counts) -> &'static str {
    use Found::{Bit, Boolean, Decimal, Integer, List, Object, Text};
    let any = |kinds: &[Found]| kinds.iter().any(|kind| counts[*kind as usize] > 0);
    if any(&[List, Object]) {
        "any"
    } else if any(&[Text]) {
        "string"
    } else if any(&[Boolean]) {
        if any(&[Integer, Decimal]) {
            "string"
        } else {
            "boolean"
        }
    } else if any(&[Decimal]) {
        "number"
    } else if any(&[Integer, Bit]) {
        "integer"
    } else {
        "any"
    }
}

fn kinds(counts: &Counts) -> String {
    let there: BTreeSet<&str> = Found::ALL
        .into_iter()
        .filter(|found| *found != Found::Nothing && counts[*found as usize] > 0)
        .map(Found::name)
        .collect();
    there.into_iter().collect::<Vec<_>>().join(", ")
}

impl Types {
    /// A correction, where it is clear. A number with decimals where whole numbers are documented is: the wider type
    /// takes all that the documented one took. Else the values that do not fit have to be half of them at least, since
    /// the docs describe the common case otherwise, and a person has to decide.
    pub(super) fn draft(self, at: String) -> Option<Draft> {
        if self.wrong == 0 {
            return None;
        }
        let total: u64 = self.counts.iter().sum::<u64>() - self.counts[Found::Nothing as usize];
        let new = suggested(&self.counts);
        let wider = self.scalar == "integer" && new == "number";
        let only_told = self.told >= total;
        let clear = wider || only_told || self.wrong.saturating_mul(2) >= total;
        if new == self.scalar {
            return None;
        }
        let of = (self.told == 0).then_some(total);
        let mut set = Map::new();
        let ty = match self.old.rsplit_once('<') {
            // What is inside of a list or a map.
            Some(_) => self.old.replacen(&self.scalar, new, 1),
            None => new.to_owned(),
        };
        let ty = if ty.starts_with("list<") || !ty.contains('<') {
            ty
        } else {
            format!("map<{new}>")
        };
        set.insert("type".to_owned(), json!(ty));
        let because = format!(
            "seen {} in traffic with a value that is no {}; the values were {}.",
            times(self.wrong, of),
            self.scalar,
            kinds(&self.counts)
        );
        if !clear {
            let because = format!("{because} Most values fit, so that a person has to decide");
            return Some(Draft::left(at, because));
        }
        Some(Draft {
            at,
            change: Change::Set(set),
            because,
            sources: self.sources,
            seen: Some(self.wrong),
            least: if only_told && !wider { LEAST_TOLD } else { 0 },
            also: false,
        })
    }
}

impl Values {
    /// The list with what came several times, and what is to be said of the rest.
    pub(super) fn drafts(self, at: String) -> Vec<Draft> {
        let known = |word: &str| self.old.iter().any(|old| old.eq_ignore_ascii_case(word));
        let new: Vec<(&String, &u64)> = self
            .new
            .iter()
            .filter(|(word, count)| **count >= LEAST_WORDS && *word != HIDDEN && !known(word))
            .collect();
        let count: u64 = new.iter().map(|(_, count)| **count).sum();
        let mut out = Vec::new();
        if let rest @ 1.. = self.outside.saturating_sub(count) {
            let because = format!(
                "seen {} in traffic: values outside of the list that came but once, look personal, are masked or are no plain words. A person has to look at them",
                times(rest, None)
            );
            out.push(Draft::left(at.clone(), because));
        }
        if new.is_empty() {
            return out;
        }
        let words = new.iter().map(|(word, _)| (*word).clone());
        let words: Vec<String> = self.old.iter().cloned().chain(words).collect();
        let mut set = Map::new();
        set.insert("values".to_owned(), json!(words));
        let because = format!(
            "seen {} in traffic, {} in all that the docs do not list.",
            times(count, Some(self.seen).filter(|of| *of >= count)),
            new.len()
        );
        out.push(Draft {
            at,
            change: Change::Set(set),
            because,
            sources: self.sources,
            seen: None,
            least: 0,
            also: false,
        });
        out
    }
}

impl Members {
    pub(super) fn draft(self, at: String, name: &str) -> Draft {
        let count = self.counts.iter().sum();
        let what = if self.parameter {
            "parameter"
        } else {
            "member"
        };
        let because = format!(
            "seen {} in traffic; the docs have no such {what}. Its values were {}.",
            times(count, Some(self.of).filter(|of| *of >= count)),
            Some(kinds(&self.counts))
                .filter(|kinds| !kinds.is_empty())
                .unwrap_or_else(|| "empty".to_owned())
        );
        if let Some(why) = self.why_not {
            return Draft::left(
                format!("{at}/{name}"),
                format!("{because} An override cannot say it: {why}"),
            );
        }
        let ty = suggested(&self.counts);
        let source = self.sources.first().cloned().unwrap_or_default();
        let value = if self.parameter {
            let mut value = row(name, "query", ty, &self.sources);
            if let Some((group, _)) = &self.group {
                value["required"] = json!("one_of");
                value["group"] = json!(group);
            }
            value
        } else {
            json!({ "name": name, "type": ty, "required": false, "source": [source] })
        };
        Draft {
            at,
            change: Change::Add(value),
            because,
            sources: self.sources,
            // One of a group is written with the others of it, or not at all.
            seen: self.group.map(|(_, count)| count),
            least: 0,
            also: false,
        }
    }
}

/// The row of a parameter.
pub(super) fn row(name: &str, place: &str, ty: &str, sources: &[Source]) -> Value {
    let source = sources.first().cloned().unwrap_or_default();
    json!({
        "name": name, "in": place, "type": ty, "required": false, "values": [],
        "default": null, "doc": "", "source": source,
    })
}

impl Codes {
    pub(super) fn draft(self, at: String, code: u32) -> Draft {
        let kind = match self.good {
            0 => "error",
            good if good == self.count => "success",
            _ => "unknown",
        };
        let source = self.sources.first().cloned().unwrap_or_default();
        let value = json!({
            "code": code, "kind": kind, "name": format!("Code{code}"), "messages": [], "source": [source],
        });
        let because = format!(
            "seen {} in traffic; no table of codes has it.",
            times(self.count, None)
        );
        Draft {
            at,
            change: Change::Add(value),
            because,
            sources: self.sources,
            seen: None,
            least: 0,
            also: false,
        }
    }
}
