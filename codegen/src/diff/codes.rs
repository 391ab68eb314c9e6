//! Compares response codes, by their number.

use super::finder::{Finder, fact};
use super::rules::Rule;
use crate::identity::{best, words};
use crate::spec::{CodeEntry, Source, Spec};

/// Codes that went from one entity to another: number, old place, new place.
pub type Moved = Vec<(u32, Option<Source>, Option<Source>)>;

fn subject(code: &CodeEntry) -> String {
    format!("code {}", code.code)
}

fn messages(code: &CodeEntry) -> Option<String> {
    Some(code.messages.join("; ")).filter(|text| !text.is_empty())
}

fn kind(code: &CodeEntry) -> Option<String> {
    fact(format!("{:?}", code.kind).to_lowercase())
}

/// Codes that left the list of one entity and came to that of another with the same words.
pub fn moved(old: &Spec, new: &Spec, entities: &[(usize, usize)]) -> Moved {
    let gone = |at: usize, spec: &Spec, other: &Spec, forward: bool| -> Vec<CodeEntry> {
        let pair = entities
            .iter()
            .find(|pair| at == if forward { pair.0 } else { pair.1 });
        let partner =
            pair.and_then(|pair| other.entities.get(if forward { pair.1 } else { pair.0 }));
        let own = spec
            .entities
            .get(at)
            .map_or(&[][..], |entity| &entity.codes);
        own.iter()
            .filter(|code| {
                !partner.is_some_and(|partner| {
                    partner.codes.iter().any(|other| other.code == code.code)
                })
            })
            .cloned()
            .collect()
    };
    let removed: Vec<CodeEntry> = (0..old.entities.len())
        .flat_map(|at| gone(at, old, new, true))
        .collect();
    let added: Vec<CodeEntry> = (0..new.entities.len())
        .flat_map(|at| gone(at, new, old, false))
        .collect();
    best(&removed, &added, 0.9, |a, b| {
        if a.code == b.code {
            words(&a.messages.join(" "), &b.messages.join(" "))
        } else {
            0.0
        }
    })
    .into_iter()
    .filter_map(|(a, b)| {
        let (a, b) = (removed.get(a)?, added.get(b)?);
        Some((a.code, a.source.first().cloned(), b.source.first().cloned()))
    })
    .collect()
}

/// Compares the codes of an entity, or of the API.
pub fn compare(old: &[CodeEntry], new: &[CodeEntry], moved: &Moved, finder: &mut Finder<'_>) {
    let gone: Vec<&CodeEntry> = old
        .iter()
        .filter(|code| !new.iter().any(|other| other.code == code.code))
        .collect();
    let fresh: Vec<&CodeEntry> = new
        .iter()
        .filter(|code| !old.iter().any(|other| other.code == code.code))
        .collect();
    let left = |code: &CodeEntry, from: bool| {
        moved.iter().find(|(number, a, b)| {
            *number == code.code && if from { a } else { b }.as_ref() == code.source.first()
        })
    };
    let renumbered = best(&gone, &fresh, 0.9, |a, b| {
        if left(a, true).is_some() || left(b, false).is_some() {
            return 0.0;
        }
        words(&a.messages.join(" "), &b.messages.join(" "))
    });
    for code in new {
        let Some(before) = old.iter().find(|other| other.code == code.code) else {
            continue;
        };
        pair(before, code, finder);
    }
    for (at, code) in gone.iter().enumerate() {
        let to = renumbered.iter().find(|(a, _)| *a == at);
        match to.and_then(|(_, b)| fresh.get(*b)) {
            Some(new) => finder.push(
                Rule::CodeRenumbered,
                subject(code),
                (fact(code.code), code.source.first()),
                (fact(new.code), new.source.first()),
            ),
            // Said where it went to.
            None if left(code, true).is_some() => {}
            None => finder.push(
                Rule::CodeRemoved,
                subject(code),
                (messages(code), code.source.first()),
                (None, None),
            ),
        }
    }
    for (at, code) in fresh.iter().enumerate() {
        if renumbered.iter().any(|(_, b)| *b == at) {
            continue;
        }
        match left(code, false) {
            Some((_, from, _)) => finder.push(
                Rule::CodeMoved,
                subject(code),
                (None, from.as_ref()),
                (None, code.source.first()),
            ),
            None => finder.push(
                Rule::CodeAdded,
                subject(code),
                (None, None),
                (messages(code), code.source.first()),
            ),
        }
    }
}

fn pair(old: &CodeEntry, new: &CodeEntry, finder: &mut Finder<'_>) {
    let (from, to) = (old.source.first(), new.source.first());
    let subject = subject(new);
    if old.kind != new.kind {
        finder.push(
            Rule::CodeKindChanged,
            &*subject,
            (kind(old), from),
            (kind(new), to),
        );
    }
    if old.name != new.name {
        finder.push(
            Rule::CodeRenamed,
            &*subject,
            (fact(&old.name), from),
            (fact(&new.name), to),
        );
    }
    let before: Vec<&String> = old
        .messages
        .iter()
        .filter(|text| !new.messages.contains(text))
        .collect();
    let after: Vec<&String> = new
        .messages
        .iter()
        .filter(|text| !old.messages.contains(text))
        .collect();
    if !before.is_empty() || !after.is_empty() {
        finder.push(
            Rule::MessageChanged,
            &*subject,
            (messages(old), from),
            (messages(new), to),
        );
    }
}
