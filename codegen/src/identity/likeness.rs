//! How alike two things are, and which of many belong together.

use std::collections::BTreeSet;

/// Pairs of indices, old and new, with a score of at least `least`: the best first, then those that come first.
pub fn best<T, U>(
    old: &[T],
    new: &[U],
    least: f64,
    score: impl Fn(&T, &U) -> f64,
) -> Vec<(usize, usize)> {
    let mut scores = Vec::new();
    for (a, old) in old.iter().enumerate() {
        for (b, new) in new.iter().enumerate() {
            let score = score(old, new);
            if score >= least {
                scores.push((score, a, b));
            }
        }
    }
    scores.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut olds, mut news) = (BTreeSet::new(), BTreeSet::new());
    let mut out = Vec::new();
    for (_, a, b) in scores {
        if !olds.contains(&a) && !news.contains(&b) {
            olds.insert(a);
            news.insert(b);
            out.push((a, b));
        }
    }
    out.sort_unstable();
    out
}

/// The words of a text, in their order and in small letters.
pub fn heading(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Share of what two sets have in common. Two empty sets say nothing.
pub fn overlap<T: Ord>(old: &BTreeSet<T>, new: &BTreeSet<T>) -> Option<f64> {
    let all = old.union(new).count();
    #[expect(clippy::cast_precision_loss, reason = "counts of names are small")]
    (all > 0).then(|| old.intersection(new).count() as f64 / all as f64)
}

/// How alike two texts are, by their words.
pub fn words(old: &str, new: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> { heading(text).into_iter().collect() };
    overlap(&words(old), &words(new)).unwrap_or(0.0)
}

/// A name without what spellings differ in.
pub fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
