//! Entries for the file of overrides: what to correct, and the line that is wrong.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::finding::{Change, Draft, Edit, RuleChange};
use crate::slate::source::{SourceFile, Sources};
use crate::spec::{Rule, Source};

/// An entry for the file of overrides.
#[derive(Clone, Debug, Serialize)]
pub struct Correction {
    /// Where in the spec.
    pub at: String,
    /// Keys and their values.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub set: Map<String, Value>,
    /// What is added to a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add: Option<Value>,
    /// What was seen.
    pub because: String,
    /// The file that is wrong.
    pub file: String,
    /// Its line.
    pub line: String,
}

/// Entries for the file of overrides.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Corrections {
    /// The entries.
    pub entries: Vec<Correction>,
    /// What cannot be written, and why: a line for each.
    pub left: Vec<String>,
}

impl Corrections {
    pub(super) fn new(drafts: &[Draft], sources: &Sources, min_seen: u64) -> Self {
        let mut out = Self::default();
        let mut rules = BTreeMap::new();
        for draft in drafts {
            let seen = draft.seen.unwrap_or(u64::MAX);
            if let Change::None = draft.change {
                out.left.push(format!("{}: {}", draft.at, draft.because));
            } else if seen >= min_seen.max(draft.least) {
                out.write(draft, sources, &mut rules);
            } else if !draft.also {
                out.left.push(format!(
                    "{}: seen too rarely to be written: {}",
                    draft.at, draft.because
                ));
            }
        }
        out
    }

    fn write<'d>(&mut self, draft: &'d Draft, sources: &Sources, rules: &mut Rules<'d>) {
        let (set, add) = match &draft.change {
            Change::Set(set) => (set.clone(), None),
            Change::Add(value) => (Map::new(), Some(value.clone())),
            Change::Rule(change) => match rules.get_mut(draft.at.as_str()) {
                Some((at, left)) => {
                    // An entry sets all rules of its operation, so there is one of them.
                    if let Some(entry) = self.entries.get_mut(*at) {
                        entry.set = changed(change, left);
                        entry.because = format!("{} {}", entry.because, draft.because);
                    }
                    return;
                }
                None => {
                    let mut left: Vec<Option<Rule>> =
                        change.rules.iter().cloned().map(Some).collect();
                    let set = changed(change, &mut left);
                    rules.insert(&draft.at, (self.entries.len(), left));
                    (set, None)
                }
            },
            Change::None => return,
        };
        let in_section = draft.at.contains("/operations/");
        if let Some((file, line)) = line(&draft.sources, in_section, sources) {
            self.entries.push(Correction {
                at: draft.at.clone(),
                set,
                add,
                because: draft.because.clone(),
                file,
                line,
            });
            return;
        }
        rules.remove(draft.at.as_str());
        self.left
            .push(format!("{}: its line is not in these docs", draft.at));
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True without entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries as they are appended to the file of overrides; empty without entries.
    ///
    /// # Errors
    /// When they cannot be written as YAML.
    pub fn to_yaml(&self) -> Result<String, serde_yaml::Error> {
        if self.is_empty() {
            return Ok(String::new());
        }
        serde_yaml::to_string(&self.entries)
    }
}

/// The entries about rules, by their place: which entry, and what is left of the rules.
type Rules<'d> = BTreeMap<&'d str, (usize, Vec<Option<Rule>>)>;

/// Changes one of the rules of an operation, and says what they are then.
fn changed(change: &RuleChange, rules: &mut [Option<Rule>]) -> Map<String, Value> {
    if let Some(slot) = rules.get_mut(change.number)
        && let Some(rule) = slot
    {
        match &change.edit {
            Edit::Without(name) => rule.all_of.retain(|known| known != name),
            Edit::NoneOf => rule.one_of.clear(),
            Edit::OrOneOf(names) => rule.one_of.extend(names.iter().cloned()),
        }
        if rule.all_of.is_empty() && rule.one_of.is_empty() {
            *slot = None;
        }
    }
    let left: Vec<Value> = rules
        .iter()
        .flatten()
        .filter_map(|rule| serde_json::to_value(rule).ok())
        .collect();
    let left = if left.is_empty() {
        Value::Null
    } else {
        Value::Array(left)
    };
    Map::from_iter([("rules".to_owned(), left)])
}

/// The first line that occurs once in its file; else the first. A heading states no more than that there is something, so
/// it is the last resort.
fn line(places: &[Source], in_section: bool, sources: &Sources) -> Option<(String, String)> {
    let (mut first, mut heading) = (None, None);
    for place in places {
        let Some((file, text)) = text(place, sources) else {
            continue;
        };
        let found = (place.file.clone(), text);
        if found.1.starts_with('#') {
            heading.get_or_insert(found);
            continue;
        }
        // Below an operation the line is looked for in its section.
        let same = |at: &usize| squeeze(file.line(*at)) == found.1;
        if in_section || (0..file.line_count()).filter(same).count() == 1 {
            return Some(found);
        }
        first.get_or_insert(found);
    }
    first.or(heading)
}

/// The line at a place, unless there is nothing in it.
fn text<'t>(place: &Source, sources: &'t Sources) -> Option<(&'t SourceFile, String)> {
    let (_, file) = sources.files().find(|(_, file)| file.path == place.file)?;
    let at = usize::try_from(place.line).ok()?.checked_sub(1)?;
    let text = (at < file.line_count()).then(|| squeeze(file.line(at)))?;
    (!text.is_empty()).then_some((file, text))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
