//! What accepted requests left out: what is to be no longer demanded, or may stand in its place.

use serde_json::{Map, Value, json};

use super::super::at::At;
use super::super::finding::{Change, Draft, Edit, RuleChange, Side, times};
use super::super::places::{Demand, Home, Stated};
use super::super::unknown::Instead;
use super::Drafts;
use super::entries::row;
use crate::shown;
use crate::spec::{Param, Required, Source};

/// Where, what, and the lines that are wrong.
type Entry = (String, Change, Vec<Source>);

/// What is made of a demand that was not kept.
enum Verdict<'i> {
    /// It does not hold.
    Drop,
    /// One of these may be there, too.
    Widen(Vec<&'i str>),
    /// Nobody can tell from the traffic, for this reason.
    Open(String),
}

impl At<'_, '_> {
    /// What was demanded of the object at hand, and left out.
    pub(super) fn demand_drafts(&self, out: &mut Drafts) {
        let object = self.places.object(self.id);
        for demand in object.into_iter().flat_map(|object| &object.demands) {
            let Some((count, of)) = self.not_kept(demand) else {
                continue;
            };
            let what = match demand.names.as_slice() {
                [only] => (*only).to_owned(),
                several => format!("any of {}", several.join(", ")),
            };
            let seen = |count| {
                let times = times(count, Some(of));
                format!("seen {times} in traffic without {what}, and accepted.")
            };
            let instead = self.tally.instead.get(&demand.number);
            let instead = instead.filter(|_| demand.names.len() > 1);
            let nothing = instead.map_or(count, |instead| instead.nothing);
            match instead.map_or(Verdict::Drop, |instead| self.verdict(instead, count)) {
                Verdict::Drop => {
                    self.add(
                        out,
                        demand,
                        self.changes(demand, &[]),
                        (nothing, seen(nothing)),
                    );
                }
                Verdict::Widen(names) => {
                    let other = count - nothing;
                    let because =
                        format!("{} In its place was {}.", seen(other), names.join(" or "));
                    let changes = self.changes(demand, &names);
                    if changes.is_ok() {
                        self.join(out, demand, &names, other);
                    }
                    self.add(out, demand, changes, (other, because));
                    if nothing > 0 {
                        let because = format!(
                            "{} A person has to decide: mostly something else was in its place",
                            seen(nothing)
                        );
                        out.left.push(self.left(because));
                    }
                }
                Verdict::Open(why) => {
                    out.left.push(self.left(format!("{} {why}", seen(count))));
                }
            }
        }
    }

    fn add(
        &self,
        out: &mut Drafts,
        demand: &Demand<'_>,
        changes: Result<Vec<Entry>, &str>,
        (count, because): (u64, String),
    ) {
        let changes = match changes {
            Ok(changes) => changes,
            Err(name) => {
                out.left.push(self.left(format!("{because} An override cannot say it: it finds a parameter by its name, and several are called {name}")));
                return;
            }
        };
        debug_assert!(!demand.stated.is_empty());
        let parts = changes.into_iter().enumerate();
        out.demands
            .extend(parts.map(|(number, (at, change, sources))| Draft {
                at,
                change,
                because: because.clone(),
                sources,
                seen: Some(count),
                least: 0,
                also: number > 0,
            }));
    }

    /// What to make of requests without any of several members. Something that the docs do not have may have stood in
    /// their place: then they are some of several still.
    fn verdict<'i>(&self, instead: &'i Instead, count: u64) -> Verdict<'i> {
        let other = count.saturating_sub(instead.nothing);
        if instead.nothing >= other {
            return Verdict::Drop;
        }
        let names = || instead.names.iter().map(|(name, stood)| (&**name, *stood));
        let each_time: Vec<&str> = names()
            .filter(|(_, stood)| stood.count == other)
            .map(|(name, _)| name)
            .collect();
        // What comes along with the documented ones, too, is about something else.
        let only_there: Vec<&str> = each_time
            .iter()
            .copied()
            .filter(|name| self.times_of(name) == other)
            .collect();
        let alone: u64 = names().map(|(_, stood)| stood.alone).sum();
        let found = match (each_time.as_slice(), only_there.as_slice()) {
            ([_], _) => each_time,
            (_, [_]) => only_there,
            _ if alone == other => names()
                .filter(|(_, stood)| stood.alone > 0)
                .map(|(name, _)| name)
                .collect(),
            _ => {
                let all: Vec<&str> = names().map(|(name, _)| self.shown(name)).collect();
                return Verdict::Open(format!(
                    "A person has to decide which of the undocumented {} was in its place",
                    all.join(", ")
                ));
            }
        };
        if found.iter().any(|name| shown::is_kind(self.shown(name))) {
            return Verdict::Open(
                "An override cannot say it: the name of what was in its place could be data"
                    .to_owned(),
            );
        }
        Verdict::Widen(found)
    }

    /// How often a member came that the docs do not have.
    fn times_of(&self, name: &str) -> u64 {
        let unknown = self.tally.unknown.get(&self.id);
        let met = unknown.and_then(|unknown| unknown.names.get(name));
        met.map_or(0, |met| met.counts.iter().sum())
    }

    /// What the name of a member is shown as that the docs do not have.
    fn shown<'n>(&self, name: &'n str) -> &'n str {
        let unknown = self.tally.unknown.get(&self.id);
        unknown.map_or(shown::WORD, |unknown| {
            unknown.shown(name, &self.places.documented)
        })
    }

    /// The entries that end a demand, or let these names keep it, too; or the name of a parameter that no entry can be
    /// about.
    fn changes<'d>(&self, demand: &Demand<'d>, more: &[&str]) -> Result<Vec<Entry>, &'d str> {
        let known = self.known();
        let mut out = Vec::new();
        for stated in &demand.stated {
            let (number, edit) = match stated {
                Stated::Row(row) => {
                    let at = self.at_param(row).ok_or(row.name.as_str())?;
                    let change = if more.is_empty() {
                        optional(row)
                    } else {
                        let group = json!(widened(demand, more));
                        Change::Set(Map::from_iter([("group".to_owned(), group)]))
                    };
                    out.push((at, change, vec![row.source.clone()]));
                    continue;
                }
                Stated::AllOf(number, name) => (*number, Edit::Without((*name).to_owned())),
                Stated::OneOf(number) if more.is_empty() => (*number, Edit::NoneOf),
                Stated::OneOf(number) => {
                    let names = more.iter().map(|name| (*name).to_owned());
                    (*number, Edit::OrOneOf(names.collect()))
                }
            };
            let rules = known.operation.rules.clone();
            let sources = rules.get(number).map(|rule| rule.source.clone());
            let change = Change::Rule(RuleChange {
                rules,
                number,
                edit,
            });
            let sources = sources.into_iter().chain([known.operation.source.clone()]);
            out.push((self.at_operation(), change, sources.collect()));
        }
        for name in demand.names.iter().filter(|_| more.is_empty()) {
            out.extend(self.field(name));
        }
        Ok(out)
    }

    /// The rows of what may stand in the place of a group: they are of it.
    fn join(&self, out: &mut Drafts, demand: &Demand<'_>, names: &[&str], count: u64) {
        // A rule says it for all of its names.
        if !demand
            .stated
            .iter()
            .any(|stated| matches!(stated, Stated::Row(_)))
        {
            return;
        }
        let group = widened(demand, names);
        let params = format!("{}/params", self.at_operation());
        for name in names {
            if self.side == Side::Query {
                let key = (params.clone(), (*name).to_owned());
                if let Some(member) = out.members.get_mut(&key) {
                    member.group = Some((group.clone(), count));
                }
                continue;
            }
            let sources = vec![demand.source(self.known().operation)];
            let mut value = row(name, "body", self.type_of(name), &sources);
            value["at"] = json!(format!("{}.{name}", self.places.path(self.id)));
            value["required"] = json!("one_of");
            value["group"] = json!(group);
            out.demands.push(Draft {
                at: params.clone(),
                change: Change::Add(value),
                because: format!(
                    "seen {} in traffic in the place of {}.",
                    times(count, None),
                    demand.names.join(", ")
                ),
                sources,
                seen: Some(count),
                least: 0,
                also: true,
            });
        }
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

/// The names of a group with some more.
fn widened(demand: &Demand<'_>, more: &[&str]) -> Vec<String> {
    let names = demand.names.iter().chain(more);
    names.map(|name| (*name).to_owned()).collect()
}

fn optional(row: &Param) -> Change {
    let mut set = Map::from_iter([("required".to_owned(), json!(false))]);
    if !row.group.is_empty() {
        set.insert("group".to_owned(), Value::Null);
    }
    Change::Set(set)
}
