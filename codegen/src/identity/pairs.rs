//! Which operation of one revision is which of another.

use std::collections::BTreeSet;

use super::face::Face;
use super::likeness::{best, overlap, words};

/// What makes two operations the same, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Entity, heading, method and path.
    Same,
    /// Entity and heading, which no other operation has.
    Heading,
    /// Entity, method and path.
    Address,
    /// Entity and path, which no other operation has.
    Path,
    /// The heading and the address, in another entity.
    Entity,
    /// Most words of the heading, and most of the rest.
    Words,
}

/// What is tried one after the other: of what the docs had last, and of what they have no more. That comes back where it
/// was before another is taken for what only stands at its address; by less than a whole heading and address, after it.
const STEPS: [(Strength, bool); 9] = [
    (Strength::Same, false),
    (Strength::Same, true),
    (Strength::Heading, false),
    (Strength::Address, false),
    (Strength::Path, false),
    (Strength::Heading, true),
    (Strength::Address, true),
    (Strength::Entity, false),
    (Strength::Words, false),
];

/// What is at least this alike is the same thing with another name or place. Below, it is two things.
const ALIKE: f64 = 0.6;

/// Of the words that tell two operations apart, at least this part has to be the same; of members beside them as well.
const SAME_WORDS: f64 = 0.5;

/// Paths that differ in one of four words, or less, are alike.
const SAME_PATH: f64 = 0.75;

/// Where one operation of an address is left on each side and no word is the same, so many members have to be.
const SAME_MEMBERS: f64 = 0.9;

/// All pairs, old and new, with what makes them the same. Each operation stands in one pair at most.
#[must_use]
pub fn pairs(old: &[Face], new: &[Face]) -> Vec<(usize, usize, Strength)> {
    let all = All { old, new };
    let mut out: Vec<(usize, usize, Strength)> = Vec::new();
    for (strength, gone) in STEPS {
        let mut olds = left(old.len(), &out.iter().map(|pair| pair.0).collect());
        olds.retain(|at| old.get(*at).is_some_and(|face| face.gone == gone));
        let news = left(new.len(), &out.iter().map(|pair| pair.1).collect());
        let found = best(&olds, &news, 0.0, |a, b| {
            let (Some(before), Some(after)) = (old.get(*a), new.get(*b)) else {
                return NEVER;
            };
            all.score(strength, before, after, (&olds, &news))
                .unwrap_or(NEVER)
        });
        for (a, b) in found {
            if let (Some(a), Some(b)) = (olds.get(a), news.get(b)) {
                out.push((*a, *b, strength));
            }
        }
    }
    out.sort_unstable();
    out
}

/// What answers weigh: nothing but where all else is equal.
const TIE: f64 = 0.001;

/// A score below all others.
const NEVER: f64 = -1.0;

fn left(count: usize, taken: &BTreeSet<usize>) -> Vec<usize> {
    (0..count).filter(|at| !taken.contains(at)).collect()
}

/// The operations of both sides.
struct All<'a> {
    old: &'a [Face],
    new: &'a [Face],
}

impl All<'_> {
    /// How sure it is that two operations are the same by what this strength asks for; nothing where they are not.
    fn score(
        &self,
        strength: Strength,
        old: &Face,
        new: &Face,
        left: (&[usize], &[usize]),
    ) -> Option<f64> {
        let headed = !old.heading.is_empty() && old.heading == new.heading;
        let home = old.entity == new.entity;
        let fine = match strength {
            Strength::Same => headed && old.same_address(new),
            Strength::Heading => headed && home && self.only_heading(old, left),
            Strength::Address => old.same_address(new) && self.told(old, new, left),
            Strength::Path => home && old.path == new.path && self.only_path(old),
            Strength::Entity => {
                !home && headed && (old.method == new.method || old.path == new.path)
            }
            Strength::Words => {
                let beside = words(&old.path, &new.path) >= SAME_PATH
                    || members(old, new).is_some_and(|share| share >= SAME_WORDS);
                !old.heading.is_empty()
                    && beside
                    && likeness(old, new) >= ALIKE
                    && self.words(old, new, |face, other| face.entity == other.entity) > SAME_WORDS
            }
        };
        fine.then(|| likeness(old, new) + TIE * answers(old, new))
    }

    /// Whether one operation on each side of those that are left has this heading.
    fn only_heading(&self, face: &Face, (olds, news): (&[usize], &[usize])) -> bool {
        let once = |faces: &[Face], left: &[usize]| {
            let same = left.iter().filter_map(|at| faces.get(*at));
            same.filter(|other| other.entity == face.entity && other.heading == face.heading)
                .count()
                == 1
        };
        once(self.old, olds) && once(self.new, news)
    }

    /// Whether one operation on each side has this path.
    fn only_path(&self, face: &Face) -> bool {
        let once = |faces: &[Face]| {
            let same = |other: &&Face| other.entity == face.entity && other.path == face.path;
            faces.iter().filter(same).count() == 1
        };
        once(self.old) && once(self.new)
    }

    /// Whether what tells operations of one address apart says that these two are the same.
    fn told(&self, old: &Face, new: &Face, left: (&[usize], &[usize])) -> bool {
        if let Some(same) = self.values(old, new) {
            return same;
        }
        // One that became several is none of them, unless words say which.
        let alone = |faces: &[Face]| {
            let sharing = faces.iter().filter(|other| other.same_address(old));
            sharing.count() == 1
        };
        alone(self.old) && alone(self.new)
            || self.words(old, new, Face::same_address) >= SAME_WORDS
            || self.last(old, left) && members(old, new).is_some_and(|share| share >= SAME_MEMBERS)
    }

    /// Whether of those that are left one operation on each side has this address.
    fn last(&self, face: &Face, (olds, news): (&[usize], &[usize])) -> bool {
        let once = |faces: &[Face], left: &[usize]| {
            let same = left.iter().filter_map(|at| faces.get(*at));
            same.filter(|other| other.same_address(face)).count() == 1
        };
        once(self.old, olds) && once(self.new, news)
    }

    /// Whether a value that tells one operation of an address from the others is the same; nothing where none does.
    fn values(&self, old: &Face, new: &Face) -> Option<bool> {
        let told = |face: &Face, faces: &[Face], name: &str, values: &BTreeSet<String>| {
            let mut others = faces
                .iter()
                .filter(|other| other.same_address(face) && *other != face)
                .filter_map(|other| other.values.get(name))
                .peekable();
            others.peek().is_some() && others.all(|other| other.is_disjoint(values))
        };
        // What one took and several take now says of none of them that it is the one.
        let several = |faces: &[Face], name: &str, values: &BTreeSet<String>| {
            let sharing = faces.iter().filter(|other| other.same_address(old));
            let taking = sharing.filter_map(|other| other.values.get(name));
            taking.filter(|other| !other.is_disjoint(values)).count() > 1
        };
        let mut out = None;
        for (name, values) in &old.values {
            let Some(now) = new.values.get(name) else {
                continue;
            };
            if several(self.new, name, values) || several(self.old, name, now) {
                continue;
            }
            if told(old, self.old, name, values) || told(new, self.new, name, now) {
                if values.is_disjoint(now) {
                    return Some(false);
                }
                out = Some(true);
            }
        }
        out
    }

    /// Which part of the words is the same, of those that no operation beside them has; 1 where all words are.
    fn words(&self, old: &Face, new: &Face, beside: impl Fn(&Face, &Face) -> bool) -> f64 {
        if stems(old) == stems(new) && !old.words().is_empty() {
            return 1.0;
        }
        let others = |face: &Face, faces: &[Face]| -> BTreeSet<String> {
            let others = faces.iter().filter(|other| !std::ptr::eq(*other, face));
            others
                .filter(|other| beside(face, other))
                .flat_map(stems)
                .collect()
        };
        let mut common = others(old, self.old);
        common.extend(others(new, self.new));
        let telling = |face: &Face| -> BTreeSet<String> {
            let words = stems(face).into_iter();
            words.filter(|word| !common.contains(word)).collect()
        };
        overlap(&telling(old), &telling(new)).unwrap_or(0.0)
    }
}

/// The words that an operation is known by, each without the `s` of more than one.
fn stems(face: &Face) -> BTreeSet<String> {
    let stem = |word: &String| match word.strip_suffix('s') {
        Some(one) if one.len() > 2 => one.to_owned(),
        _ => word.clone(),
    };
    face.words().iter().map(stem).collect()
}

/// How alike two operations are, from 0 to 1: by address, heading and names of what they take and give.
fn likeness(old: &Face, new: &Face) -> f64 {
    let sure = |same: bool| f64::from(u8::from(same));
    let mut parts = vec![
        (1.0, sure(old.method == new.method)),
        (2.0, words(&old.path, &new.path)),
        (0.5, sure(old.entity == new.entity)),
    ];
    parts.extend(overlap(&stems(old), &stems(new)).map(|share| (3.0, share)));
    parts.extend(members(old, new).map(|share| (3.0, share)));
    let weight: f64 = parts.iter().map(|(weight, _)| weight).sum();
    let sum: f64 = parts.iter().map(|(weight, share)| weight * share).sum();
    sum / weight
}

/// Which part of their answers two operations have in common.
fn answers(old: &Face, new: &Face) -> f64 {
    overlap(&old.answer, &new.answer).unwrap_or(0.0)
}

/// Which part of their members two operations have in common; nothing where neither has any.
fn members(old: &Face, new: &Face) -> Option<f64> {
    let has =
        |face: &Face, name: &String| face.members.contains(name) || face.around.contains(name);
    let both = old.members.iter().filter(|name| has(new, name));
    let also = new
        .members
        .iter()
        .filter(|name| has(old, name) && !old.members.contains(*name));
    let both = both.count() + also.count();
    let all = old.members.union(&new.members).count();
    #[expect(clippy::cast_precision_loss, reason = "counts of names are small")]
    (all > 0).then(|| both as f64 / all as f64)
}
