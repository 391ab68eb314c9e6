//! Overrides that have expired: which, why, and what to do about them.

use serde_json::Value;

use super::{NAMES, Override, enter, steps, word};
use crate::diagnostics::Code;
use crate::slate::source::{SourceFile, Sources, Span};

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

/// What is the matter with an entry; `None` when it applies as it stands.
pub(super) fn find(tree: &mut Value, entry: &Override, sources: &Sources) -> Option<Stale> {
    let lines = Lines::of(entry, sources);
    let stale = |code, message: String, action: String, docs| {
        Some(Stale {
            code,
            place: entry.place,
            at: entry.at.clone(),
            message,
            action,
            docs,
        })
    };
    if lines.file.is_none() {
        let (action, docs) = match lines.elsewhere {
            Some(span) => (
                "write that file to `file`, and see whether `at` still fits".to_owned(),
                Some((span, "the line is here now")),
            ),
            None => ("remove the entry".to_owned(), None),
        };
        let message = format!("the docs have no {} any more", entry.file);
        return stale(Code::OverridePlaceGone, message, action, docs);
    }
    let target = match walk(tree, &entry.at) {
        Ok(target) => target,
        Err(lost) => {
            let docs = lines.found.map(|span| (span, "its line is still here"));
            return stale(Code::OverridePlaceGone, lost.message, lost.action, docs);
        }
    };
    match agreement(entry, target) {
        Agreement::Impossible(what) => {
            let message = format!("{:?} is no {what}", entry.at);
            let action = "lead `at` to an object for `set`, to a list for `add`".to_owned();
            stale(Code::OverridePlaceGone, message, action, None)
        }
        Agreement::Whole => {
            let docs = lines.now(target, sources);
            let message = "the docs say so themselves now".to_owned();
            let action = "remove the entry".to_owned();
            stale(Code::OverrideNotNeeded, message, action, docs)
        }
        Agreement::Other(name) => {
            let docs = lines.found.map(|span| (span, "its line"));
            let message = format!("the docs have an own {name:?} now");
            let action = format!(
                "remove the entry; what is still wrong there is corrected with `set` at {}/{name}",
                entry.at
            );
            stale(Code::OverrideNotNeeded, message, action, docs)
        }
        _ if lines.found.is_none() => {
            let message = format!(
                "{} has no line any more that begins with {:?}",
                entry.file,
                shortened(&squeeze(&entry.line))
            );
            let action = "read the docs there: if they are right now, remove the entry; if not, copy the line to `line`";
            let docs = lines.now(target, sources);
            stale(Code::OverrideLineChanged, message, action.to_owned(), docs)
        }
        Agreement::None => None,
        Agreement::Part(keys) => {
            let keys = keys.join(", ");
            let docs = lines.found.map(|span| (span, "its line"));
            let message = format!("the docs say a part of it themselves now: {keys}");
            let action = format!("remove {keys} from `set`");
            stale(Code::OverrideNotNeededInPart, message, action, docs)
        }
    }
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
        .filter(|(key, value)| object.get(*key).unwrap_or(&Value::Null) == *value)
        .map(|(key, _)| key.clone())
        .collect();
    match right.len() {
        0 => Agreement::None,
        all if all == entry.set.len() => Agreement::Whole,
        _ => Agreement::Part(right),
    }
}

/// Whether two elements of a list stand for the same thing. One name may be a parameter in two
/// places, or in two groups of alternatives.
fn same_thing(one: &Value, other: &Value) -> bool {
    let Some(key) = NAMES.iter().find(|key| one.get(**key).is_some()) else {
        return false;
    };
    let same = |key: &str| one.get(key) == other.get(key);
    same(key) && same("in") && same("at") && same("group")
}

/// Whether two elements say the same, places and prose aside.
fn same_statement(one: &Value, other: &Value) -> bool {
    let (Some(one), Some(other)) = (one.as_object(), other.as_object()) else {
        return one == other;
    };
    let stated = |key: &&String| !matches!(key.as_str(), "source" | "doc" | "also");
    let value = |object: &serde_json::Map<String, Value>, key: &str| {
        object.get(key).cloned().unwrap_or(Value::Null)
    };
    one.keys()
        .chain(other.keys())
        .filter(stated)
        .all(|key| value(one, key) == value(other, key))
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

/// The lines of the docs that an entry could mean.
struct Lines<'a> {
    file: Option<(u16, &'a SourceFile)>,
    /// The line that it names.
    found: Option<Span>,
    /// The same line in another file.
    elsewhere: Option<Span>,
    wanted: String,
}

impl<'a> Lines<'a> {
    fn of(entry: &Override, sources: &'a Sources) -> Self {
        let wanted = squeeze(&entry.line);
        let begins = |(id, file): (u16, &SourceFile)| {
            (0..file.line_count())
                .find(|line| squeeze(file.line(*line)).starts_with(&wanted))
                .map(|line| span_of(id, file, line))
        };
        let file = sources.files().find(|(_, file)| file.path == entry.file);
        let elsewhere = match file {
            None => sources.files().find_map(begins),
            Some(_) => None,
        };
        Self {
            found: file.and_then(begins),
            file,
            elsewhere,
            wanted,
        }
    }

    /// What stands now where the line was: where the spec has its fact from, or else the line that is most like it.
    fn now(&self, target: &Value, sources: &Sources) -> Option<(Span, &'static str)> {
        if let Some(span) = self.found {
            return Some((span, "the line of the entry"));
        }
        let by_fact = source(target).and_then(|(path, line)| {
            let (id, file) = sources.files().find(|(_, file)| file.path == path)?;
            Some(span_of(id, file, line.checked_sub(1)?))
        });
        if let Some(span) = by_fact {
            return Some((span, "the line reads so now"));
        }
        let (id, file) = self.file?;
        let likeness = |line: usize| {
            let text = squeeze(file.line(line));
            let begin: String = text.chars().take(self.wanted.chars().count()).collect();
            strsim::sorensen_dice(&self.wanted, &begin)
        };
        (0..file.line_count())
            .map(|line| (likeness(line), line))
            .filter(|(likeness, _)| *likeness > 0.6)
            .max_by(|(one, _), (other, _)| one.total_cmp(other))
            .map(|(_, line)| (span_of(id, file, line), "this line is most like it"))
    }
}

/// File and 1-based line of the fact that a value of the spec states.
fn source(value: &Value) -> Option<(&str, usize)> {
    let source = value.get("source")?;
    let source = source.get(0).unwrap_or(source);
    let line = source.get("line")?.as_u64()?;
    Some((source.get("file")?.as_str()?, usize::try_from(line).ok()?))
}

fn span_of(id: u16, file: &SourceFile, line: usize) -> Span {
    let range = file.line_range(line);
    Span::new(id, range.start, range.end)
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first words; nobody wants to read a whole row of a table in a message.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
