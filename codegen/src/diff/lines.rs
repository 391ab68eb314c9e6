//! Which lines of two texts are the same, whatever moved between them.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

/// What became of the lines of a text: numbers in the lists that were compared.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Lines of the old text that are nowhere in the new one.
    pub gone: Vec<usize>,
    /// Lines of the new text that are nowhere in the old one.
    pub fresh: Vec<usize>,
    /// Lines of these that stand in each other's place.
    pub replaced: Vec<(usize, usize)>,
    /// Lines that are in both, in another order.
    pub moved: Vec<(usize, usize)>,
}

/// Compares two texts, line by line. Of a line that occurs several times those are the same that have the same neighbours.
pub fn compare<T: Eq + Hash>(olds: &[T], news: &[T]) -> Lines {
    let mut kept = Vec::new();
    let mut from = (0, 0);
    let anchors = anchors(olds, news);
    for (old, new) in anchors.into_iter().chain([(olds.len(), news.len())]) {
        between(olds, news, (from, (old, new)), &mut kept);
        if old < olds.len() {
            kept.push((old, new));
        }
        from = (old + 1, new + 1);
    }
    let moved = moved(olds, news, &kept);
    let (old_moved, new_moved): (BTreeSet<usize>, BTreeSet<usize>) = moved.iter().copied().unzip();
    let mut out = Lines {
        moved,
        ..Lines::default()
    };
    let mut from = (0, 0);
    for (old, new) in kept.into_iter().chain([(olds.len(), news.len())]) {
        let gone = (from.0..old).filter(|at| !old_moved.contains(at));
        let fresh = (from.1..new).filter(|at| !new_moved.contains(at));
        out.replaced.extend(gone.clone().zip(fresh.clone()));
        out.gone.extend(gone);
        out.fresh.extend(fresh);
        from = (old + 1, new + 1);
    }
    out
}

/// The lines that occur once on each side, as far as they are in the same order there.
fn anchors<T: Eq + Hash>(olds: &[T], news: &[T]) -> Vec<(usize, usize)> {
    let (old_once, new_once) = (once(olds), once(news));
    let both = (0..olds.len()).filter_map(|at| {
        let line = olds.get(at)?;
        old_once.get(line).copied().flatten()?;
        Some((at, new_once.get(line).copied().flatten()?))
    });
    longest(&both.collect::<Vec<_>>())
}

/// Where each line stands, if that is one place.
pub fn once<T: Eq + Hash>(lines: &[T]) -> HashMap<&T, Option<usize>> {
    let mut out: HashMap<&T, Option<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        let known = out.entry(line).and_modify(|once| *once = None);
        known.or_insert(Some(at));
    }
    out
}

/// The longest row of pairs in which both numbers grow, of pairs of which the first one does.
fn longest(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair that ends such a row with the least second number, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::new();
    let second = |at: usize| pairs.get(at).map_or(0, |pair| pair.1);
    for (at, (_, new)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| second(*end) < *new);
        let above = length.checked_sub(1).and_then(|last| ends.get(last));
        before.push(above.copied());
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut out = Vec::new();
    let mut at = ends.last().copied();
    while let Some(here) = at {
        out.extend(pairs.get(here));
        at = before.get(here).copied().flatten();
    }
    out.reverse();
    out
}

type Range = ((usize, usize), (usize, usize));

/// The lines between two anchors that are the same: from the begin, from the end, and those between in their order.
fn between<T: Eq + Hash>(
    olds: &[T],
    news: &[T],
    ((mut old, mut new), (mut old_end, mut new_end)): Range,
    kept: &mut Vec<(usize, usize)>,
) {
    while old < old_end && new < new_end && olds.get(old) == news.get(new) {
        kept.push((old, new));
        (old, new) = (old + 1, new + 1);
    }
    let mut tail = Vec::new();
    while old < old_end && new < new_end && olds.get(old_end - 1) == news.get(new_end - 1) {
        (old_end, new_end) = (old_end - 1, new_end - 1);
        tail.push((old_end, new_end));
    }
    let mut places: HashMap<&T, Vec<usize>> = HashMap::new();
    for at in (new..new_end).rev() {
        if let Some(line) = news.get(at) {
            places.entry(line).or_default().push(at);
        }
    }
    for at in old..old_end {
        let Some(places) = olds.get(at).and_then(|line| places.get_mut(line)) else {
            continue;
        };
        while places.last().is_some_and(|place| *place < new) {
            places.pop();
        }
        if let Some(place) = places.pop() {
            kept.push((at, place));
            new = place + 1;
        }
    }
    kept.extend(tail.into_iter().rev());
}

/// Lines that are on both sides, but not in the order of those that are kept.
fn moved<T: Eq + Hash>(olds: &[T], news: &[T], kept: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let (old_kept, new_kept): (BTreeSet<usize>, BTreeSet<usize>) = kept.iter().copied().unzip();
    let mut places: HashMap<&T, Vec<usize>> = HashMap::new();
    for (at, line) in news.iter().enumerate().rev() {
        if !new_kept.contains(&at) {
            places.entry(line).or_default().push(at);
        }
    }
    let left = olds.iter().enumerate();
    let left = left.filter(|(at, _)| !old_kept.contains(at));
    left.filter_map(|(at, line)| Some((at, places.get_mut(line)?.pop()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(old: &str, new: &str) -> Lines {
        let list = |text: &str| text.chars().collect::<Vec<_>>();
        compare(&list(old), &list(new))
    }

    #[test]
    fn of_equal_lines_those_with_the_same_neighbours_are_the_same() {
        // The second of three sections is new: its line is, not the last one that reads alike.
        let lines = found("AxBx", "AxNxBx");
        assert_eq!((lines.gone, lines.fresh), (vec![], vec![2, 3]));
        let lines = found("AxBxCx", "AxBCx");
        assert_eq!((lines.gone, lines.fresh), (vec![3], vec![]));
        let lines = found("AyBy", "AyBz");
        assert_eq!(lines.replaced, [(3, 3)]);
        assert_eq!((lines.gone, lines.fresh), (vec![3], vec![3]));
    }

    #[test]
    fn what_is_in_another_order_is_neither_gone_nor_new() {
        let lines = found("AxByC", "ByAxC");
        assert_eq!((lines.gone, lines.fresh), (vec![], vec![]));
        assert_eq!(lines.moved.len(), 2);
        assert_eq!(found("ABC", "ABC"), Lines::default());
        assert_eq!(found("", "AB").fresh, [0, 1]);
    }
}
