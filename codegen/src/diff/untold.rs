//! Lines of a page of which no change tells.

use std::collections::BTreeSet;

use super::page::Line;
use super::{lines, told};

/// A side of a page: its lines, and those that changes tell of.
pub type Told<'a> = (&'a [Line], &'a BTreeSet<u32>);

/// Lines, by their numbers, of which no change tells.
pub struct Untold {
    /// Those that are gone.
    pub gone: Vec<u32>,
    /// Those that are new.
    pub fresh: Vec<u32>,
    /// Those that stand elsewhere, before and now.
    pub moved: Vec<(u32, u32)>,
}

impl Untold {
    /// Those of both sides of a page; `facts` are what changes state of it.
    pub fn of(
        (olds, told_old): Told<'_>,
        (news, told_new): Told<'_>,
        facts: &[told::Facts],
    ) -> Self {
        let texts = |lines: &'_ [Line]| {
            lines
                .iter()
                .map(|(_, text)| text.clone())
                .collect::<Vec<_>>()
        };
        let found = lines::compare(&texts(olds), &texts(news));
        let old_at = |at: usize| olds.get(at);
        let new_at = |at: usize| news.get(at);
        // A change that is told by the line in its place is told.
        let mut told_by_other = (BTreeSet::new(), BTreeSet::new());
        for (old, new) in &found.replaced {
            let (Some(a), Some(b)) = (old_at(*old), new_at(*new)) else {
                continue;
            };
            let explained = facts.iter().any(|facts| facts.explain(a, b));
            if told_new.contains(&b.0) || explained {
                told_by_other.0.insert(a.0);
            }
            if told_old.contains(&a.0) || explained {
                told_by_other.1.insert(b.0);
            }
        }
        let gone = found.gone.into_iter().filter_map(old_at).filter(|line| {
            let told = told_old.contains(&line.0) || told_by_other.0.contains(&line.0);
            !told && !facts.iter().any(|facts| facts.state_old(line))
        });
        let fresh = found.fresh.into_iter().filter_map(new_at).filter(|line| {
            let told = told_new.contains(&line.0) || told_by_other.1.contains(&line.0);
            !told && !facts.iter().any(|facts| facts.state_new(line))
        });
        let moved = found.moved.into_iter().filter_map(|(old, new)| {
            let (old, new) = (old_at(old)?.0, new_at(new)?.0);
            let told = told_old.contains(&old) || told_new.contains(&new);
            (!told).then_some((old, new))
        });
        Self {
            gone: gone.map(|(line, _)| *line).collect(),
            fresh: fresh.map(|(line, _)| *line).collect(),
            moved: moved.collect(),
        }
    }
}
