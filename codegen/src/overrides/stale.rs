//! Overrides that have expired: which, why, and what to do about them.

use serde_json::Value;

use super::entry::Override;
use super::lines::{Lines, Lookup};
use super::path::{NAMES, enter, steps, word};
use crate::diagnostics::Code;
use crate::slate::source::{Sources, Span};

/// An override that has expired, wholly or in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Which kind, one of the `O` series.
    pub code: Code,
    /// 1-based line of the entry in the file of overrides.
    pub place: usize,
    /// Where it was to apply.
    pub at: String,
    /// What is the matter.
    pub message: String,
    /// What to do.
    pub action: String,
    /// The line of the docs to look at, if there is one, and what it is.
    pub docs: Option<(Span, &'static str)>,
}

/// What is the matter, what to do, and the line of the docs to look at.
struct Matter {
    code: Code,
    message: String,
    action: String,
    docs: Option<(Span, &'static str)>,
}

/// What is the matter with an entry; `None` when it applies as it stands.
pub(super) fn find(tree: &mut Value, entry: &Override, sources: &Sources) -> Option<Stale> {
    let section = super::lines::section(tree, &entry.at);
    let lines = Lines::of(&entry.quote(), section, sources);
    let found = place_gone(&lines)
        .or_else(|| disagreement(tree, entry, &lines, sources))
        .or_else(|| reason_gone(entry, section, sources))
        .or_else(|| in_part(tree, entry, &lines))?;
    Some(Stale {
        code: found.code,
        place: entry.place,
        at: entry.at.clone(),
        message: found.message,
        action: found.action,
        docs: found.docs,
    })
}

/// The file of the entry is not there.
fn place_gone(lines: &Lines<'_>) -> Option<Matter> {
    if lines.has_file() {
        return None;
    }
    let (action, docs) = match lines.elsewhere() {
        Some(span) => (
            "write that file to `file`, and see whether `at` still fits".to_owned(),
            Some((span, "the line is here now")),
        ),
        None => ("remove the entry".to_owned(), None),
    };
    Some(Matter {
        code: Code::OverridePlaceGone,
        message: format!("the docs have no {} any more", lines.quote.file),
        action,
        docs,
    })
}

/// The entry cannot be applied, need not be, or is for a line that reads differently.
fn disagreement(
    tree: &mut Value,
    entry: &Override,
    lines: &Lines<'_>,
    sources: &Sources,
) -> Option<Matter> {
    let matter = |code, message, action, docs| {
        Some(Matter {
            code,
            message,
            action,
            docs,
        })
    };
    let its_line = lines.found().map(|span| (span, "its line"));
    let target = match walk(tree, &entry.at) {
        Ok(target) => target,
        Err(lost) => {
            let docs = lines.found().map(|span| (span, "its line is still here"));
            return matter(Code::OverridePlaceGone, lost.message, lost.action, docs);
        }
    };
    match agreement(entry, target) {
        Agreement::Impossible(what) => matter(
            Code::OverridePlaceGone,
            format!("{:?} is no {what}", entry.at),
            "lead `at` to an object for `set`, to a list for `add`".to_owned(),
            None,
        ),
        Agreement::Whole => matter(
            Code::OverrideNotNeeded,
            "the docs say so themselves now".to_owned(),
            "remove the entry".to_owned(),
            lines.now(target, sources),
        ),
        Agreement::Other(name) => matter(
            Code::OverrideNotNeeded,
            format!("the docs have an own {name:?} now"),
            format!(
                "remove the entry; what is still wrong there is corrected with `set` at {}/{name}",
                entry.at
            ),
            its_line,
        ),
        Agreement::None | Agreement::Part(_) => match &lines.lookup {
            Lookup::Found(_) => None,
            Lookup::Reworded(_, digest) => matter(
                Code::OverrideLineChanged,
                format!(
                    "the line that begins with {} reads differently behind that",
                    lines.quote.shown()
                ),
                format!("read it: if it is right now, remove the entry; if not, add {digest:?} to `sha256`"),
                lines.now(target, sources),
            ),
            Lookup::Nowhere => matter(
                Code::OverrideLineChanged,
                lines.missing(),
                "read the docs there: if they are right now, remove the entry; if not, copy the line to `line`".to_owned(),
                lines.now(target, sources),
            ),
        },
    }
}

/// A line is gone that the reason relies on: what is wrong may be right, or the other way round.
fn reason_gone(
    entry: &Override,
    section: Option<super::lines::Section>,
    sources: &Sources,
) -> Option<Matter> {
    entry.relies_on.iter().find_map(|quote| {
        let quote = quote.within(&entry.file);
        let lines = Lines::of(&quote, section, sources);
        let (message, again) = match &lines.lookup {
            Lookup::Found(_) => return None,
            Lookup::Reworded(_, digest) => (
                format!(
                    "the line that begins with {}, on which it relies, reads differently behind that",
                    quote.shown()
                ),
                format!("add {digest:?} to its `sha256`"),
            ),
            Lookup::Nowhere => (
                format!("{}; the entry relies on it", lines.missing()),
                "mend `because` and `relies_on`".to_owned(),
            ),
        };
        Some(Matter {
            code: Code::OverrideLineChanged,
            message,
            action: format!("see whether the reason still holds: if it does, {again}; if not, remove the entry"),
            docs: lines.likest(),
        })
    })
}

/// The docs say a part of it.
fn in_part(tree: &mut Value, entry: &Override, lines: &Lines<'_>) -> Option<Matter> {
    let target = walk(tree, &entry.at).ok()?;
    let Agreement::Part(keys) = agreement(entry, target) else {
        return None;
    };
    let keys = keys.join(", ");
    Some(Matter {
        code: Code::OverrideNotNeededInPart,
        message: format!("the docs say a part of it themselves now: {keys}"),
        action: format!("remove {keys} from `set`"),
        docs: lines.found().map(|span| (span, "its line")),
    })
}

/// How far the docs agree with an entry.
enum Agreement {
    /// The entry cannot be applied to what is there; it needs this.
    Impossible(&'static str),
    /// In nothing.
    None,
    /// In these keys.
    Part(Vec<String>),
    /// In all.
    Whole,
    /// The list has an element of this name already, which is different.
    Other(String),
}

fn agreement(entry: &Override, target: &Value) -> Agreement {
    if let Some(value) = &entry.add {
        let Some(list) = target.as_array() else {
            return Agreement::Impossible("list");
        };
        if list.iter().any(|element| same_statement(element, value)) {
            return Agreement::Whole;
        }
        let twin = list.iter().any(|element| same_thing(element, value));
        let name = NAMES.iter().find_map(|key| word(value.get(key)?));
        return match name {
            Some(name) if twin => Agreement::Other(name),
            _ => Agreement::None,
        };
    }
    let Some(object) = target.as_object() else {
        return Agreement::Impossible("object");
    };
    let right: Vec<String> = entry
        .set
        .iter()
        .filter(|(key, value)| {
            let now = object.get(*key).unwrap_or(&Value::Null);
            now == *value || (!is_remark(key) && statement(now) == statement(value))
        })
        .map(|(key, _)| key.clone())
        .collect();
    match right.len() {
        0 => Agreement::None,
        all if all == entry.set.len() => Agreement::Whole,
        _ => Agreement::Part(right),
    }
}

/// Whether two elements of a list stand for the same thing. One name may be a parameter in two places, or in two groups of
/// alternatives that have nothing else in common.
fn same_thing(one: &Value, other: &Value) -> bool {
    let Some(key) = NAMES.iter().find(|key| one.get(**key).is_some()) else {
        return false;
    };
    let same = |key: &str| one.get(key) == other.get(key);
    let group = |element: &Value| -> Vec<Value> {
        let others = element.get("group").and_then(Value::as_array);
        let others = others.into_iter().flatten();
        others
            .filter(|name| Some(*name) != element.get(*key))
            .cloned()
            .collect()
    };
    let (of_one, of_other) = (group(one), group(other));
    let apart = !of_one.is_empty()
        && !of_other.is_empty()
        && !of_one.iter().any(|name| of_other.contains(name));
    same(key) && same("in") && same("at") && !apart
}

/// Whether two elements say the same, places and prose aside.
fn same_statement(one: &Value, other: &Value) -> bool {
    statement(one) == statement(other)
}

/// Keys that say nothing about the API.
fn is_remark(key: &str) -> bool {
    matches!(key, "source" | "doc" | "also")
}

/// A value without places and prose: docs that make a correction themselves do it in their own words, on their own line.
fn statement(value: &Value) -> Value {
    match value {
        Value::Object(object) => object
            .iter()
            .filter(|(key, value)| !is_remark(key) && !value.is_null())
            .map(|(key, value)| (key.clone(), statement(value)))
            .collect(),
        Value::Array(list) => list.iter().map(statement).collect(),
        _ => value.clone(),
    }
}

/// A path that leads nowhere.
struct Lost {
    message: String,
    action: String,
}

/// Follows a path as far as it leads.
fn walk<'a>(tree: &'a mut Value, at: &str) -> Result<&'a Value, Lost> {
    let mut here = tree;
    let mut before = String::from("the spec");
    for (number, step) in steps(at).enumerate() {
        let known = names(here, number);
        here = match enter(here, number, step) {
            Some(next) => next,
            None => {
                let action = match closest(step, &known) {
                    Some(name) => format!(
                        "if it is called {name:?} now, write that to `at`; if it is gone, remove the entry"
                    ),
                    None => "remove the entry, or lead `at` to where it is now".to_owned(),
                };
                return Err(Lost {
                    message: format!("{before} has no {step:?} any more"),
                    action,
                });
            }
        };
        before = if number == 0 {
            step.to_owned()
        } else {
            format!("{before}/{step}")
        };
    }
    Ok(here)
}

/// What a step from here could be called.
fn names(here: &Value, number: usize) -> Vec<String> {
    let here = match (number, here.get("entities")) {
        (0, Some(entities)) => entities,
        _ => here,
    };
    match here {
        Value::Object(object) => object.keys().cloned().collect(),
        Value::Array(list) => list
            .iter()
            .filter_map(|element| NAMES.iter().find_map(|key| word(element.get(key)?)))
            .collect(),
        _ => Vec::new(),
    }
}

fn closest(step: &str, known: &[String]) -> Option<String> {
    known
        .iter()
        .map(|name| (strsim::jaro_winkler(step, name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, name)| name.clone())
}
