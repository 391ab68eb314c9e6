//! What the docs demand of requests: which members have to be there, and what lifts that.

use super::places::{Demand, Object, Places, Stated};
use crate::spec::{Operation, Param, Required};

/// Flags of one operation that are told apart.
const MOST_FLAGS: usize = 64;

/// The flags in the query that lift rules of an operation.
pub(super) fn flags(operation: &Operation) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for flag in operation
        .rules
        .iter()
        .filter_map(|rule| rule.unless.as_deref())
    {
        if !out.contains(&flag) && out.len() < MOST_FLAGS {
            out.push(flag);
        }
    }
    out
}

/// The bit of a flag; none for one that is not told apart, so that nobody knows what it lifts.
fn bits(operation: &Operation, flag: Option<&str>) -> Option<u64> {
    let Some(flag) = flag else { return Some(0) };
    let at = flags(operation).iter().position(|known| *known == flag)?;
    1_u64.checked_shl(u32::try_from(at).ok()?)
}

impl<'s> Places<'s> {
    /// What rows, and the rules that one object can keep, require of its members.
    pub(super) fn demand(
        &mut self,
        object: &mut Object<'s>,
        operation: &'s Operation,
        rows: Vec<&'s Param>,
    ) {
        for row in rows.into_iter().filter(|row| row.when.is_none()) {
            let (names, unless) = match row.required {
                Required::True => (std::slice::from_ref(&row.name), operation.lifted(row)),
                Required::OneOf if !row.group.is_empty() => (row.group.as_slice(), None),
                _ => continue,
            };
            if let Some(unless) = bits(operation, unless) {
                self.demand_one(object, names, unless, Stated::Row(row));
            }
        }
        for (at, rule) in operation.rules.iter().enumerate() {
            let Some(unless) = bits(operation, rule.unless.as_deref()) else {
                continue;
            };
            // When it holds is said in words.
            if rule.when.is_some() {
                continue;
            }
            self.demand_one(object, &rule.one_of, unless, Stated::OneOf(at));
            for name in &rule.all_of {
                let names = std::slice::from_ref(name);
                self.demand_one(object, names, unless, Stated::AllOf(at, name));
            }
        }
    }

    fn demand_one(
        &mut self,
        object: &mut Object<'s>,
        names: &'s [String],
        unless: u64,
        stated: Stated<'s>,
    ) {
        let mut any = 0;
        for name in names {
            match object.find(name, 0) {
                Some(at) if at < 128 => any |= 1 << at,
                // It may be somewhere else.
                _ => return,
            }
        }
        if any == 0 {
            return;
        }
        let same = |demand: &&mut Demand<'_>| demand.any == any && demand.unless == unless;
        if let Some(known) = object.demands.iter_mut().find(same) {
            known.stated.push(stated);
            return;
        }
        object.demands.push(Demand {
            any,
            names: names.iter().map(String::as_str).collect(),
            unless,
            stated: vec![stated],
            number: self.demands,
        });
        self.demands += 1;
    }
}
