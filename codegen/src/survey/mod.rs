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
use crate::slate::{self, Layout, Listed};
use clue::times;
use draft::Draft;

/// So many proposals of one kind are tried.
const TRIED: usize = 20;

/// What is there once may be a slip.
const FEWEST: usize = 2;

/// A question, the least count of an answer, and whether the answer only divides what is read.
type Question = (fn(&Draft) -> Vec<Clue>, usize, bool);

/// All questions, in an order in which what one finds helps the next.
const QUESTIONS: [Question; 11] = [
    (templates::ask, 1, false),
    (resource_rows::ask, FEWEST, false),
    (request_lines::ask, FEWEST, false),
    (calls::several, 1, false),
    (calls::in_samples, 1, false),
    (tables::headings, FEWEST, false),
    (tables::columns, FEWEST, false),
    (words::types, FEWEST, false),
    (words::presence, FEWEST, false),
    (words::labels, FEWEST, false),
    (entity::ask, 1, true),
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
    let mut kept = include_keys(&outline.lists);
    let layout = Layout {
        include_keys: crate::dialect::Dialect::parse("dialect.yaml", &yaml::lines(&kept))?
            .include_keys,
        ..Layout::default()
    };
    let texts = slate::load_as(folder, &layout)?;
    let mut draft = Draft::read(&texts, &yaml::lines(&kept))?;
    let before = Measure::of(&draft);
    let mut after = before;
    for (ask, fewest, divides) in QUESTIONS {
        let mut clues = ask(&draft);
        clues.retain(|clue| clue.item.is_some() && clue.count >= fewest);
        for clue in clues.into_iter().take(TRIED) {
            kept.push(clue);
            // What cannot be read back is no proposal.
            let next = Draft::read(&texts, &yaml::lines(&kept)).ok();
            let measured = next.map(|next| (Measure::of(&next), next));
            match measured {
                Some((now, next))
                    if (now.betters(&after) || (divides && now == after))
                        && kept
                            .last()
                            .is_some_and(|clue| clue.worth(now.calls_gained(&after))) =>
                {
                    (after, draft) = (now, next);
                }
                _ => {
                    kept.pop();
                }
            }
        }
    }
    Ok(Survey {
        title: draft.facts.title.clone(),
        index: outline.index,
        pages: draft.document.pages.len().saturating_sub(1),
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
