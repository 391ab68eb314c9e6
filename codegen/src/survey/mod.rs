//! Looks at a documentation that nobody has described yet, counts how it writes things down, and proposes a dialect.
//!
//! The reader itself says what is worth proposing: a key of the dialect is kept if more is read with it than without.

mod auth;
mod calls;
mod clue;
mod draft;
mod entity;
mod files;
mod forms;
mod hosts;
mod measure;
mod outcome;
mod report;
mod request_lines;
mod resource_rows;
mod tables;
mod templates;
mod unread;
mod words;
mod yaml;

use std::path::Path;

pub use auth::Claim;
pub use clue::Clue;
pub use measure::Measure;

use crate::InputError;
use crate::dialect::Dialect;
use crate::slate::{self, Layout, Listed, Texts};
use clue::times;
use draft::Draft;

/// So many proposals of one kind are tried.
const TRIED: usize = 20;

/// What is there once may be a slip.
const FEWEST: usize = 2;

/// How the answers to a question are tried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// One after the other.
    Each,
    /// All at once first: one is of no use without another.
    Together,
    /// They only divide what is read, so nothing more is read with them.
    Divides,
}

/// A question, the least count of an answer, and how answers are tried.
type Question = (fn(&Draft) -> Vec<Clue>, usize, Way);

/// All questions, in an order in which what one finds helps the next.
const QUESTIONS: [Question; 11] = [
    (templates::ask, 1, Way::Each),
    (resource_rows::ask, FEWEST, Way::Together),
    (request_lines::ask, FEWEST, Way::Each),
    (calls::several, 1, Way::Each),
    (calls::in_samples, 1, Way::Each),
    (tables::headings, FEWEST, Way::Each),
    (tables::columns, FEWEST, Way::Each),
    (words::types, FEWEST, Way::Each),
    (words::presence, FEWEST, Way::Each),
    (words::labels, FEWEST, Way::Each),
    (entity::ask, 1, Way::Divides),
];

/// What a documentation is like.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// Its title.
    pub title: String,
    /// Its index, below the `source` folder.
    pub index: String,
    /// How many pages the index lists.
    pub pages: usize,
    /// Languages of its samples.
    pub languages: Vec<String>,
    /// How many operations stand at each level of headings.
    pub levels: Vec<(u8, usize)>,
    /// In which forms requests are written.
    pub requests: Vec<(String, usize)>,
    /// Hosts that are called.
    pub hosts: Vec<(String, usize)>,
    /// How callers say who they are.
    pub auth: Vec<Claim>,
    /// What the dialect has to say.
    pub proposals: Vec<Clue>,
    /// What stays unread, the largest first.
    pub unread: Vec<Clue>,
    /// How much the common words read.
    pub before: Measure,
    /// How much is read with the proposals.
    pub after: Measure,
}

/// Looks at the documentation in a folder: a Slate `source` folder, or the one above it.
///
/// # Errors
/// When there is no index, or it lists pages that cannot be read.
pub fn survey(folder: &Path) -> Result<Survey, InputError> {
    let outline = slate::outline(folder)?;
    let kept = include_keys(&outline.lists);
    let layout = Layout {
        include_keys: Dialect::parse("dialect.yaml", &yaml::lines(&kept))?.include_keys,
        ..Layout::default()
    };
    let texts = slate::load_as(folder, &layout)?;
    let mut state = State::new(texts, kept)?;
    let before = state.measure;
    for (ask, fewest, way) in QUESTIONS {
        let mut clues = ask(&state.draft);
        clues.retain(|clue| clue.item.is_some() && clue.count >= fewest);
        clues.truncate(TRIED);
        state.take(clues, way);
    }
    let State {
        draft,
        kept,
        measure: after,
        ..
    } = state;
    Ok(Survey {
        title: draft.facts.title.clone(),
        index: outline.index,
        pages: draft.document().pages.len().saturating_sub(1),
        languages: outline.languages,
        levels: forms::levels(&draft).into_iter().collect(),
        requests: forms::requests(&draft),
        hosts: hosts::ask(&draft),
        auth: auth::ask(&draft),
        unread: unread::all(&draft),
        proposals: kept,
        before,
        after,
    })
}

/// What is proposed so far, and what is read with it.
struct State {
    texts: Texts,
    kept: Vec<Clue>,
    draft: Draft,
    measure: Measure,
}

impl State {
    fn new(texts: Texts, kept: Vec<Clue>) -> Result<Self, InputError> {
        let draft = Draft::read(&texts, &yaml::lines(&kept))?;
        let measure = Measure::of(&draft);
        Ok(Self {
            texts,
            kept,
            draft,
            measure,
        })
    }

    /// Keeps those of some clues with which more is read.
    fn take(&mut self, clues: Vec<Clue>, way: Way) {
        if way == Way::Together && clues.len() > 1 {
            let all = self.kept.iter().chain(&clues).cloned().collect();
            if self.keep(all, Measure::betters) {
                // Those that nothing is lost without go again.
                for clue in &clues {
                    let others = self.kept.iter().filter(|other| *other != clue);
                    let others = others.cloned().collect();
                    self.keep(others, |now, before| now == before || now.betters(before));
                }
                return;
            }
        }
        for clue in clues {
            let worth = clue.clone();
            let more = self.kept.iter().cloned().chain([clue]).collect();
            self.keep(more, |now, before| {
                let same = way == Way::Divides && now == before;
                (same || now.betters(before)) && worth.worth(now.calls_gained(before))
            });
        }
    }

    /// Proposes these clues instead, if what is read with them is good. What cannot be read back is no proposal.
    fn keep(&mut self, clues: Vec<Clue>, good: impl Fn(&Measure, &Measure) -> bool) -> bool {
        let yaml = yaml::lines(&clues);
        let lays_out = |clues: &[Clue]| {
            let all = clues
                .iter()
                .filter(|clue| clue.key.first() == Some(&"substitute"));
            all.count()
        };
        let draft = if lays_out(&clues) == lays_out(&self.kept) {
            self.draft.read_again(&yaml)
        } else {
            Draft::read(&self.texts, &yaml)
        };
        let Ok(draft) = draft else {
            return false;
        };
        let measure = Measure::of(&draft);
        let good = good(&measure, &self.measure);
        if good {
            (self.kept, self.draft, self.measure) = (clues, draft, measure);
        }
        good
    }
}

/// Keys of the front matter that list pages, beside the usual one.
fn include_keys(lists: &[Listed]) -> Vec<Clue> {
    let lists = lists.iter().filter(|list| list.key != "includes");
    lists
        .filter(|list| list.pages > 0 && list.pages * 2 >= list.names)
        .map(|list| {
            let names = times(list.names, "name", "names");
            let what = format!("{} of {names} below {:?} are pages", list.pages, list.key);
            let item = Some(yaml::scalar(&list.key));
            Clue::listed(&["add", "include_keys"], item, list.pages, what)
        })
        .collect()
}
