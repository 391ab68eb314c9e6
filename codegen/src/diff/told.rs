//! Which lines of a page other changes tell of.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::change::Change;
use super::page::{Line, Page};
use super::rules::Rule;
use super::spots::{lists, text_at};
use crate::identity::heading;
use crate::slate::is_index;
use crate::spec::{Source, Spec};

/// One side of a page.
pub struct Side<'a> {
    /// The spec.
    pub spec: &'a Spec,
    /// The page, where this side has it.
    pub page: Option<&'a Page>,
    /// Which of the two places of a change is that of this side.
    pub source: fn(&Change) -> Option<&Source>,
    /// Whether a change is about what only this side has.
    pub own: fn(Rule) -> bool,
}

/// What only the old docs have.
pub fn of_old(rule: Rule) -> bool {
    matches!(rule, Rule::OperationRemoved | Rule::EntityRemoved)
}

/// What only the new docs have.
pub fn of_new(rule: Rule) -> bool {
    matches!(rule, Rule::OperationAdded | Rule::EntityAdded)
}

/// The sections of a side that are new, or gone, as a whole.
pub fn sections(path: &str, side: &Side<'_>, changes: &[Change]) -> Vec<RangeInclusive<u32>> {
    let Some(page) = side.page else {
        return Vec::new();
    };
    let own = changes.iter().filter(|change| (side.own)(change.rule));
    let sources = own.filter_map(|change| (side.source)(change));
    let lines = sources.filter(|source| source.file == path);
    lines
        .filter_map(|source| page.section(source.line))
        .collect()
}

/// The lines of a side that changes name, or are about as a whole: samples, descriptions.
pub fn lines(path: &str, side: &Side<'_>, changes: &[Change]) -> BTreeSet<u32> {
    let mut out = BTreeSet::new();
    for change in changes {
        if change.rule == Rule::PageRenamed && is_index(path) {
            let source = (side.source)(change);
            let own = |text: &str| source.is_some_and(|source| lists(text, &source.file));
            out.extend(side.page.and_then(|page| page.find(own)));
        }
        let Some(source) = (side.source)(change).filter(|source| source.file == path) else {
            continue;
        };
        out.insert(source.line);
        let Some(page) = side.page else { continue };
        match change.rule {
            Rule::SampleAdded
            | Rule::SampleRemoved
            | Rule::SampleStateChanged
            | Rule::SampleUrlsChanged => out.extend(page.block(source.line)),
            Rule::Reworded => out.extend(described(page, side.spec, change, source)),
            Rule::RequiredParameterAdded => out.extend(chosen(side.spec, change, path)),
            _ => {}
        }
    }
    out
}

/// The lines of a description that was reworded. The place is the first of them, or the heading above.
fn described(page: &Page, spec: &Spec, change: &Change, source: &Source) -> Vec<u32> {
    let heads = (1..=source.line)
        .rev()
        .filter_map(|line| page.section(line));
    // The nearest headings are looked at: what a text is of is not far above it.
    let mut heads = heads
        .filter(|section| section.contains(&source.line))
        .take(2);
    let found = heads.find_map(|section| {
        let at = Source {
            line: *section.start(),
            ..source.clone()
        };
        let text = text_at(spec, &change.subject, &at)?;
        Some(page.said(&section, text))
    });
    found.unwrap_or_default()
}

/// The rows of all ways of a choice.
fn chosen(spec: &Spec, change: &Change, path: &str) -> Vec<u32> {
    let Some(names) = super::params::names_of_choice(&change.subject) else {
        return Vec::new();
    };
    let operations = spec.entities.iter().flat_map(|entity| &entity.operations);
    let own = operations.filter(|one| Some(&one.id) == change.operation.as_ref());
    let params = own.flat_map(|operation| &operation.params);
    let ways = params.filter(|param| names.contains(&param.name) && param.source.file == path);
    ways.map(|param| param.source.line).collect()
}

/// What changed of an operation beside its rows and samples: words that are gone and words that are new, within its sections.
pub struct Facts {
    sections: (RangeInclusive<u32>, RangeInclusive<u32>),
    words: (BTreeSet<String>, BTreeSet<String>),
    /// For each fact its words, and those of them that the other side has not.
    stated: (Vec<Stated>, Vec<Stated>),
}

struct Stated {
    words: BTreeSet<String>,
    own: BTreeSet<String>,
}

/// A line has no more words beside the fact that it states: `HTTP Method`.
const MOST_OTHERS: usize = 3;

fn words(text: &str) -> BTreeSet<String> {
    heading(text).into_iter().collect()
}

/// The facts that changes have of a page whose places are headings on both sides.
pub fn facts(paths: (&str, &str), pages: (&Page, &Page), changes: &[Change]) -> Vec<Facts> {
    let mut out: Vec<Facts> = Vec::new();
    for change in changes {
        let (Some(old), Some(new)) = (&change.old_source, &change.new_source) else {
            continue;
        };
        if old.file != paths.0
            || new.file != paths.1
            || (change.old.is_none() && change.new.is_none())
        {
            continue;
        }
        let (Some(olds), Some(news)) = (pages.0.section(old.line), pages.1.section(new.line))
        else {
            continue;
        };
        let sections = (olds, news);
        let at = out.iter().position(|known| known.sections == sections);
        let at = at.unwrap_or_else(|| {
            out.push(Facts {
                sections,
                words: (BTreeSet::new(), BTreeSet::new()),
                stated: (Vec::new(), Vec::new()),
            });
            out.len() - 1
        });
        let Some(facts) = out.get_mut(at) else {
            continue;
        };
        let of = |fact: &Option<String>| words(fact.as_deref().unwrap_or_default());
        let (a, b) = (of(&change.old), of(&change.new));
        facts.words.0.extend(a.iter().cloned());
        facts.words.1.extend(b.iter().cloned());
        for (words, other, stated) in [(&a, &b, &mut facts.stated.0), (&b, &a, &mut facts.stated.1)]
        {
            stated.push(Stated {
                words: words.clone(),
                own: words.difference(other).cloned().collect(),
            });
        }
    }
    out
}

impl Facts {
    /// Whether a line became another by no more than what changed.
    pub fn explain(&self, old: &Line, new: &Line) -> bool {
        if !self.sections.0.contains(&old.0) || !self.sections.1.contains(&new.0) {
            return false;
        }
        let (a, b) = (words(&old.1), words(&new.1));
        let gone: BTreeSet<&String> = a.difference(&b).collect();
        let fresh: BTreeSet<&String> = b.difference(&a).collect();
        let about = !gone.is_empty() || !fresh.is_empty() || !a.is_disjoint(&self.words.0);
        about
            && gone.iter().all(|word| self.words.0.contains(*word))
            && fresh.iter().all(|word| self.words.1.contains(*word))
    }

    /// Whether a line of the old docs states a fact that changed.
    pub fn state_old(&self, line: &Line) -> bool {
        self.sections.0.contains(&line.0) && states(&self.stated.0, &line.1)
    }

    /// The same of the new docs.
    pub fn state_new(&self, line: &Line) -> bool {
        self.sections.1.contains(&line.0) && states(&self.stated.1, &line.1)
    }
}

fn states(stated: &[Stated], line: &str) -> bool {
    let line = words(line);
    stated.iter().any(|stated| {
        let others = line.difference(&stated.words).count();
        !stated.own.is_empty() && stated.own.is_subset(&line) && others <= MOST_OTHERS
    })
}
