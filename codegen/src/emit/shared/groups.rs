//! Which types are shared, and where they stand.

use std::collections::{BTreeMap, BTreeSet};

use super::Level;
use super::classes::{Site, classes, sites};
use crate::emit::plan::{Model, Plan, named};

/// One type at all its sites.
#[derive(Debug)]
pub struct Group {
    /// Where it stands.
    pub level: Level,
    /// Its sites, in the order of the docs.
    pub sites: Vec<Site>,
}

impl Group {
    /// The site that stands for all.
    pub fn first(&self) -> Option<Site> {
        self.sites.first().copied()
    }
}

fn held(plan: &Plan, site: Option<Site>) -> impl Iterator<Item = Site> + use<'_> {
    let model = site.and_then(|site| site.of(plan));
    let fields = model.map_or(&[][..], Model::fields).iter();
    let names = fields.map(|field| named(&field.ty));
    names
        .chain([model.and_then(Model::choice)])
        .filter_map(move |name| site?.other(plan, name?))
}

/// All types that several messages have, and what these hold. One that only a single message has left is its own again: the
/// same docs give the same crate, whatever they were in between.
pub fn groups(plan: &Plan) -> Vec<Group> {
    let sites = sites(plan);
    let mut by_class: BTreeMap<usize, Vec<Site>> = BTreeMap::new();
    for (site, class) in sites.iter().zip(classes(plan, &sites)) {
        by_class.entry(class).or_default().push(*site);
    }
    let of: BTreeMap<Site, usize> = by_class
        .iter()
        .flat_map(|(class, sites)| sites.iter().map(|site| (*site, *class)))
        .collect();
    let mut open: Vec<(usize, Level)> = Vec::new();
    for (class, sites) in &by_class {
        if let Some(level) = level(sites).filter(|_| sites.len() > 1) {
            open.push((*class, level));
        }
    }
    // What a shared type holds has to be in reach of it.
    let mut levels: BTreeMap<usize, Level> = BTreeMap::new();
    while let Some((class, level)) = open.pop() {
        let known = levels.get(&class);
        if known.is_some_and(|known| *known <= level) {
            continue;
        }
        levels.insert(class, level);
        let first = by_class
            .get(&class)
            .and_then(|sites| sites.first().copied());
        let inner: BTreeSet<usize> = held(plan, first)
            .filter_map(|site| of.get(&site).copied())
            .collect();
        open.extend(inner.into_iter().map(|inner| (inner, level)));
    }
    let mut groups: Vec<Group> = levels
        .into_iter()
        .filter_map(|(class, level)| {
            let sites = by_class.remove(&class)?;
            Some(Group { level, sites })
        })
        .collect();
    groups.sort_by_key(Group::first);
    groups
}

/// In reach of all these sites.
fn level(sites: &[Site]) -> Option<Level> {
    let first = sites.first()?.entity;
    let same = sites.iter().all(|site| site.entity == first);
    Some(if same {
        Level::Entity(first)
    } else {
        Level::Crate
    })
}
