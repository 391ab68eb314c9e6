//! What shared types are called: what they were called before, or else what most of their places say.

use std::collections::{BTreeMap, BTreeSet};

use super::Level;
use super::classes::{Part, Site, plain};
use super::groups::Group;
use crate::emit::ident::{camel, first_free, snake};
use crate::emit::plan::{Model, Plan};
use crate::infer::{API, singular};
use crate::names::{Alias, Registry, Section};

/// The fact under which the name of a shared type is published: one for each place that has it.
fn fact(plan: &Plan, site: Site) -> Option<String> {
    let entity = plan.entities.get(site.entity)?;
    let operation = entity.operations.get(site.operation)?;
    let message = match site.part {
        Part::Answer => "answer",
        Part::Request => "request",
        Part::Call => "call",
    };
    let place = site.of(plan)?.fact();
    // Two types of a message may have been published under one place: the second is another fact.
    let earlier = site.message(plan).iter().take(site.model);
    let same = earlier.filter(|model| model.fact() == place).count();
    let number = if same == 0 {
        String::new()
    } else {
        format!(" #{}", same + 1)
    };
    Some(format!("{} {message} {place}{number}", operation.key))
}

/// The scope of the names of a level.
fn scope(plan: &Plan, level: Level) -> String {
    match level {
        Level::Crate => API.to_owned(),
        Level::Entity(entity) => plan
            .entities
            .get(entity)
            .map_or_else(String::new, |entity| entity.key.clone()),
    }
}

/// The names of the groups, in their order.
pub fn names(plan: &Plan, groups: &[Group], names: &Registry) -> Vec<String> {
    let mut given: Vec<Option<String>> = vec![None; groups.len()];
    // A type of an entity is not called as one of the crate is: it may hold both.
    let mut taken: BTreeSet<(Level, String)> = BTreeSet::new();
    // Where a type became two, the name stays with the one that has more of its places.
    let mut claims: Vec<(usize, usize, String)> = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        for (name, places) in published(plan, group, names) {
            claims.push((index, places, name));
        }
    }
    claims.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    for (index, _, name) in claims {
        let (Some(slot), Some(group)) = (given.get_mut(index), groups.get(index)) else {
            continue;
        };
        if slot.is_none() && taken.insert((group.level, name.clone())) {
            *slot = Some(name);
        }
    }
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|index| groups.get(*index).map(|group| group.level != Level::Crate));
    for index in order {
        let (Some(slot), Some(group)) = (given.get_mut(index), groups.get(index)) else {
            continue;
        };
        let scope = scope(plan, group.level);
        if slot.is_none() {
            let is_free = |name: &str| {
                let is = |level| taken.contains(&(level, name.to_owned()));
                let below = || taken.iter().any(|(_, other)| other == name);
                let clash = if group.level == Level::Crate {
                    below()
                } else {
                    is(group.level) || is(Level::Crate)
                };
                !clash && Section::Shared.check(name).is_ok() && !names.is_shared(&scope, name)
            };
            let name = before(plan, group, names)
                .into_iter()
                .find(|name| is_free(name))
                .unwrap_or_else(|| new_name(plan, group, is_free));
            taken.insert((group.level, name.clone()));
            *slot = Some(name);
        }
        if let Some(name) = slot {
            for site in &group.sites {
                if let Some(fact) = fact(plan, *site) {
                    names.share(&scope, &fact, name);
                }
            }
        }
    }
    given.into_iter().flatten().collect()
}

/// What the name of a shared type was before.
pub fn former(plan: &Plan, group: &Group, name: &str, names: &Registry) -> Vec<Alias> {
    names.former_shared(&scope(plan, group.level), name)
}

/// The names under which the places of a group are published, and how many have them.
fn published(plan: &Plan, group: &Group, names: &Registry) -> BTreeMap<String, usize> {
    let scope = scope(plan, group.level);
    let mut out = BTreeMap::new();
    for site in &group.sites {
        let name = fact(plan, *site).and_then(|fact| names.shared(&scope, &fact));
        if let Some(name) = name {
            *out.entry(name).or_insert(0) += 1;
        }
    }
    out
}

/// What a type of the crate was called when it was one of an entity, the most frequent first.
fn before(plan: &Plan, group: &Group, names: &Registry) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for site in group.sites.iter().filter(|_| group.level == Level::Crate) {
        let scope = scope(plan, Level::Entity(site.entity));
        if let Some(name) = fact(plan, *site).and_then(|fact| names.shared(&scope, &fact)) {
            *counts.entry(name).or_insert(0) += 1;
        }
    }
    let mut before: Vec<(String, usize)> = counts.into_iter().collect();
    before.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    before.into_iter().map(|(name, _)| name).collect()
}

/// The name that most places have, if those are more than half of them; else what all names have in common; else one that
/// says more.
fn new_name(plan: &Plan, group: &Group, is_free: impl Fn(&str) -> bool) -> String {
    let own: Vec<String> = group
        .sites
        .iter()
        .filter_map(|site| Some(plain(site.of(plan)?.name()).to_owned()))
        .filter(|name| !name.is_empty())
        .collect();
    let count = |name: &String| own.iter().filter(|other| *other == name).count();
    let most = own.iter().find(|name| count(name) * 2 > own.len()).cloned();
    let common = own.iter().cloned().reduce(|a, b| common_end(&a, &b));
    let first = most.or(common).unwrap_or_else(|| "Shared".to_owned());
    let above = group
        .sites
        .iter()
        .filter_map(|site| by_key_above(plan, *site));
    let operation = group.sites.iter().filter_map(|site| {
        let entity = plan.entities.get(site.entity)?;
        let operation = entity.operations.get(site.operation)?;
        Some(camel(&format!("{}_{}", operation.name, snake(&first))))
    });
    std::iter::once(first.clone())
        .chain(above)
        .chain(operation)
        .find(|name| is_free(name))
        .unwrap_or_else(|| first_free(&first, is_free))
}

/// The last words of two names that are the same.
fn common_end(a: &str, b: &str) -> String {
    let starts = a.char_indices().filter(|(_, c)| c.is_ascii_uppercase());
    let mut ends = starts.filter_map(|(start, _)| a.get(start..));
    // Words such as `By` say nothing alone.
    ends.find(|end| b.ends_with(end) && end.len() > 2)
        .unwrap_or(a)
        .to_owned()
}

/// A longer name, with the key above it in the message.
fn by_key_above(plan: &Plan, site: Site) -> Option<String> {
    let model = site.of(plan)?;
    let Model::Struct { place, .. } = model else {
        return None;
    };
    let operation = plan
        .entities
        .get(site.entity)?
        .operations
        .get(site.operation)?;
    // Keys around the whole message say nothing of a part of it.
    let around = match site.part {
        Part::Answer => &operation.answer.payload,
        Part::Request | Part::Call => operation.body.as_ref().map_or(&[][..], |body| &body.keys),
    };
    let name = plain(model.name());
    let mut above = place.split('.').skip(around.len()).collect::<Vec<_>>();
    above.pop();
    let above = above.iter().rev().map(|key| singular(&snake(key)));
    let word = |key: &str| name.eq_ignore_ascii_case(&key.replace('_', ""));
    let above = above.into_iter().find(|key| !word(key))?;
    Some(camel(&format!("{above}_{}", snake(name))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_their_last_words_in_common() {
        for (a, b, is) in [
            ("RegisteredStore", "RedeemedStore", "Store"),
            ("CustomField", "Field", "Field"),
            ("OldCustomField", "CustomField", "CustomField"),
            ("Till", "Till", "Till"),
            ("AddedBy", "UpdatedBy", "AddedBy"),
        ] {
            assert_eq!(common_end(a, b), is, "{a} {b}");
        }
        assert_eq!(plain("Field2"), "Field");
        assert_eq!(plain("Field_2"), "Field");
    }
}
