//! Compares samples: which there are, and whether they can be read. Their contents are the fields of messages.

use super::finder::{Finder, fact};
use super::rules::Rule;
use crate::spec::Sample;

/// Samples of one role, format and label belong together in their order.
pub fn compare(old: &[Sample], new: &[Sample], finder: &mut Finder<'_>) {
    let key = |sample: &Sample| {
        (
            sample.role,
            sample.format,
            sample.label.clone(),
            sample.fragment,
        )
    };
    let number = |list: &[Sample], at: usize| {
        list.get(at).map_or(0, |sample| {
            list.iter()
                .take(at)
                .filter(|other| key(other) == key(sample))
                .count()
        })
    };
    let partner = |own: &[Sample], at: usize, other: &'_ [Sample]| -> Option<usize> {
        let sample = own.get(at)?;
        (0..other.len())
            .filter(|at| {
                other
                    .get(*at)
                    .is_some_and(|found| key(found) == key(sample))
            })
            .nth(number(own, at))
    };
    let subject = |sample: &Sample| {
        let format = sample
            .format
            .map(|format| format!("{format:?} ").to_lowercase());
        let role = format!("{:?}", sample.role).to_lowercase();
        format!(
            "{}{role} sample",
            format.filter(|_| role != "url").unwrap_or_default()
        )
    };
    for (at, sample) in new.iter().enumerate() {
        let to = Some(&sample.source);
        match partner(new, at, old).and_then(|at| old.get(at)) {
            None => finder.push(Rule::SampleAdded, subject(sample), (None, None), (None, to)),
            Some(before) => {
                let from = Some(&before.source);
                if before.state != sample.state {
                    let state =
                        |sample: &Sample| fact(format!("{:?}", sample.state).to_lowercase());
                    finder.push(
                        Rule::SampleStateChanged,
                        subject(sample),
                        (state(before), from),
                        (state(sample), to),
                    );
                }
                if before.urls != sample.urls {
                    finder.push(
                        Rule::SampleUrlsChanged,
                        subject(sample),
                        (fact(before.urls.join(" ")), from),
                        (fact(sample.urls.join(" ")), to),
                    );
                }
            }
        }
    }
    for (at, sample) in old.iter().enumerate() {
        if partner(old, at, new).is_none() {
            finder.push(
                Rule::SampleRemoved,
                subject(sample),
                (None, Some(&sample.source)),
                (None, None),
            );
        }
    }
}
