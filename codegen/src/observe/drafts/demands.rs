//! What accepted requests left out: what is to be no longer demanded.

use serde_json::{Map, Value, json};

use super::super::at::At;
use super::super::finding::{Change, Draft, WithoutRule, times};
use super::super::places::{Demand, Home, Stated};
use crate::spec::{Param, Required, Source};

/// Where, what, and the lines that are wrong.
type Entry = (String, Change, Vec<Source>);

impl At<'_, '_> {
    /// What was demanded of the object at hand, and left out.
    pub(super) fn demand_drafts(&self, out: &mut Vec<Draft>) {
        let object = self.places.object(self.id);
        for demand in object.into_iter().flat_map(|object| &object.demands) {
            let Some((count, of)) = self.not_kept(demand) else {
                continue;
            };
            let what = match demand.names.as_slice() {
                [only] => (*only).to_owned(),
                several => format!("any of {}", several.join(", ")),
            };
            let because = format!(
                "seen {} in traffic without {what}, and accepted.",
                times(count, Some(of))
            );
            match self.changes(demand) {
                Ok(changes) => {
                    let parts = changes.into_iter().enumerate();
                    out.extend(parts.map(|(number, (at, change, sources))| Draft {
                        at,
                        change,
                        because: because.clone(),
                        sources,
                        seen: Some(count),
                        least: 0,
                        also: number > 0,
                    }));
                }
                Err(name) => out.push(Draft::left(
                    self.known().operation.id.clone(),
                    format!("{because} An override cannot say it: it finds a parameter by its name, and several are called {name}"),
                )),
            }
        }
    }

    /// The entries that end a demand, or the name of a parameter that no entry can be about.
    fn changes<'d>(&self, demand: &Demand<'d>) -> Result<Vec<Entry>, &'d str> {
        let known = self.known();
        let mut out = Vec::new();
        for stated in &demand.stated {
            let (number, name) = match stated {
                Stated::Row(row) => {
                    let at = self.at_param(row).ok_or(row.name.as_str())?;
                    out.push((at, optional(row), vec![row.source.clone()]));
                    continue;
                }
                Stated::OneOf(number) => (*number, None),
                Stated::AllOf(number, name) => (*number, Some((*name).to_owned())),
            };
            let rules = known.operation.rules.clone();
            let sources = rules.get(number).map(|rule| rule.source.clone());
            let change = Change::Rule(WithoutRule {
                rules,
                number,
                name,
            });
            let sources = sources.into_iter().chain([known.operation.source.clone()]);
            out.push((self.at_operation(), change, sources.collect()));
        }
        for name in &demand.names {
            out.extend(self.field(name));
        }
        Ok(out)
    }

    /// The entry that makes a member of the body optional; the row about it is another fact.
    fn field(&self, name: &str) -> Option<Entry> {
        let id = self.places.member(self.id, name)?;
        let Home::Field { ty, field } = self.places.place(id).home else {
            return None;
        };
        if field.required == Required::False {
            return None;
        }
        let at = format!(
            "{}/types/{ty}/fields/{}",
            self.known().entity.entity,
            field.name
        );
        let change = Change::Set(Map::from_iter([("required".to_owned(), json!(false))]));
        Some((at, change, At { id, ..*self }.sources()))
    }
}

fn optional(row: &Param) -> Change {
    let mut set = Map::from_iter([("required".to_owned(), json!(false))]);
    if !row.group.is_empty() {
        set.insert("group".to_owned(), Value::Null);
    }
    Change::Set(set)
}
