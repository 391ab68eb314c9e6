//! Entries for the file of overrides: what to correct, and the line that is wrong.

use serde::Serialize;
use serde_json::{Map, Value};

use super::finding::{Change, Draft};
use crate::slate::source::{SourceFile, Sources};
use crate::spec::Source;

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
        for draft in drafts {
            if let Some(seen) = draft.seen
                && seen < min_seen.max(draft.least)
            {
                out.left.push(format!(
                    "{}: seen too rarely to be written: {}",
                    draft.at, draft.because
                ));
                continue;
            }
            let (set, add) = match &draft.change {
                Change::Set(set) => (set.clone(), None),
                Change::Add(value) => (Map::new(), Some(value.clone())),
                Change::None => {
                    out.left.push(format!("{}: {}", draft.at, draft.because));
                    continue;
                }
            };
            let in_section = draft.at.contains("/operations/");
            match line(&draft.sources, in_section, sources) {
                Some((file, line)) => out.entries.push(Correction {
                    at: draft.at.clone(),
                    set,
                    add,
                    because: draft.because.clone(),
                    file,
                    line,
                }),
                None => out
                    .left
                    .push(format!("{}: its line is not in these docs", draft.at)),
            }
        }
        out
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
