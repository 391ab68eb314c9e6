//! From counts to corrections: what is clear enough to be written down, and why.

mod demands;
mod entries;
mod moved;

use std::collections::BTreeMap;

use super::at::At;
use super::finding::{Draft, Side};
use super::found::HIDDEN;
use super::places::{Home, Known, Outcome, Places, Shape};
use super::tally::{Calls, Counts};
use crate::spec::{CodeEntry, Param, Source};

/// What is to be corrected, by its place in the spec: operations share types.
#[derive(Default)]
pub(super) struct Drafts {
    types: BTreeMap<String, Types>,
    values: BTreeMap<String, Values>,
    members: BTreeMap<(String, String), Members>,
    codes: BTreeMap<(String, u32), Codes>,
    /// Requests that were accepted with less than is demanded.
    demands: Vec<Draft>,
    /// Answers that are made differently. They come first: they set lists, which other entries change.
    moved: Vec<Draft>,
    left: Vec<Draft>,
}

#[derive(Default)]
struct Types {
    old: String,
    scalar: String,
    wrong: u64,
    told: u64,
    counts: Counts,
    sources: Vec<Source>,
}

#[derive(Default)]
struct Values {
    old: Vec<String>,
    new: BTreeMap<String, u64>,
    seen: u64,
    sources: Vec<Source>,
}

#[derive(Default)]
struct Members {
    counts: Counts,
    of: u64,
    parameter: bool,
    sources: Vec<Source>,
}

#[derive(Default)]
struct Codes {
    count: u64,
    good: u64,
    sources: Vec<Source>,
}

impl Drafts {
    /// What was counted of calls as a whole, for corrections.
    pub(super) fn calls(&mut self, places: &Places<'_>, known: &Known<'_>, calls: &Calls) {
        self.codes(known, places.codes, calls);
        self.payload(places.wire, known, calls);
        for place in calls.of_status.places.keys() {
            self.left.push(Draft::left(
                known.operation.id.clone(),
                format!("{place} is not in the docs, so that no type of it can be corrected: mend the sample of the answer"),
            ));
        }
    }

    fn codes(&mut self, known: &Known<'_>, of_api: &[CodeEntry], calls: &Calls) {
        let entity = known.entity;
        for (key, count) in &calls.codes {
            let (of_call, code) = *key;
            let (at, table) = if of_call {
                ("api/codes".to_owned(), of_api)
            } else {
                (format!("{}/codes", entity.entity), entity.codes.as_slice())
            };
            let draft = self.codes.entry((at, code)).or_default();
            draft.count += count;
            draft.good += calls.good_codes.get(key).copied().unwrap_or_default();
            let last = table
                .iter()
                .rev()
                .flat_map(|code| code.source.iter().cloned());
            draft.sources = last.chain([known.operation.source.clone()]).collect();
        }
    }

    pub(super) fn finish(self) -> Vec<Draft> {
        let mut out = self.moved;
        out.extend(
            self.types
                .into_iter()
                .filter_map(|(at, types)| types.draft(at)),
        );
        out.extend(
            self.values
                .into_iter()
                .filter_map(|(at, values)| values.draft(at)),
        );
        let members = self
            .members
            .into_iter()
            .filter(|((at, name), _)| !moved::gives(&out, at, name));
        let members: Vec<_> = members.collect();
        let members = members.into_iter();
        out.extend(members.map(|((at, name), members)| members.draft(at, &name)));
        let codes = self.codes.into_iter();
        out.extend(codes.map(|((at, code), codes)| codes.draft(at, code)));
        out.extend(self.demands);
        out.extend(self.left);
        out
    }
}

impl At<'_, '_> {
    /// What was counted at the place, for corrections.
    pub(super) fn drafts(&self, out: &mut Drafts) {
        self.type_draft(out);
        self.values_draft(out);
        self.member_drafts(out);
        self.demand_drafts(&mut out.demands);
    }

    fn at_operation(&self) -> String {
        let known = self.known();
        format!("{}/operations/{}", known.entity.entity, known.operation.id)
    }

    /// Where a parameter is; an entry finds the first of its name.
    fn at_param(&self, param: &Param) -> Option<String> {
        let mut params = self.known().operation.params.iter();
        let first = params.find(|other| other.name == param.name)?;
        // Steps end at a slash.
        let is_found = std::ptr::eq(first, param) && !param.name.contains('/');
        is_found.then(|| format!("{}/params/{}", self.at_operation(), param.name))
    }

    /// Where the type of the place is written, the type as it is, and the part of it that is at hand.
    fn written(&self) -> Option<(String, String, String)> {
        let mut here = self.places.place(self.id);
        while let Home::None = here.home {
            if !matches!(here.name, "[]" | "{}") {
                return None;
            }
            here = self.places.place(here.parent);
        }
        let entity = &self.known().entity.entity;
        let (at, ty) = match here.home {
            Home::Field { ty, field } => (
                format!("{entity}/types/{ty}/fields/{}", field.name),
                &field.ty,
            ),
            Home::Param(param) => (self.at_param(param)?, &param.ty),
            Home::None => return None,
        };
        let part = ty.rsplit('<').next().unwrap_or(ty).trim_end_matches('>');
        Some((at, ty.clone(), part.to_owned()))
    }

    fn type_draft(&self, out: &mut Drafts) {
        let Some((at, old, scalar)) = self.written() else {
            return;
        };
        let is_part = matches!(
            self.places.place(self.id).shape,
            Shape::List(_) | Shape::Map(_)
        );
        if is_part || self.tally.seen(self.id) == 0 {
            return;
        }
        let draft = out.types.entry(at).or_default();
        draft.wrong += self.misfits().iter().map(|(_, count)| count).sum::<u64>();
        draft.told += self.tally.told.get(&self.id).copied().unwrap_or_default();
        for (own, more) in draft.counts.iter_mut().zip(self.counts()) {
            *own += more;
        }
        draft.old = old;
        draft.scalar = scalar;
        draft.sources.extend(self.sources());
    }

    fn values_draft(&self, out: &mut Drafts) {
        let Some((values, ty)) = self.places.place(self.id).values else {
            return;
        };
        let Some(words) = self.tally.words.get(&self.id) else {
            return;
        };
        let entity = &self.known().entity.entity;
        let at = match (ty, self.places.place(self.id).row) {
            (Some(ty), _) => format!("{entity}/types/{ty}"),
            (None, Some(row)) => match self.at_param(row) {
                Some(at) => at,
                None => return,
            },
            (None, None) => return,
        };
        let draft = out.values.entry(at).or_default();
        draft.old = values.to_vec();
        draft.seen += self.tally.seen(self.id);
        for (word, count) in &words.counts {
            *draft.new.entry(word.clone()).or_default() += count;
        }
        draft.sources.extend(self.sources());
    }

    fn member_drafts(&self, out: &mut Drafts) {
        let Some(unknown) = self.tally.unknown.get(&self.id) else {
            return;
        };
        let entity = &self.known().entity.entity;
        let parameter = self.side == Side::Query;
        // What stands around the payload, and what says how it went, is the envelope: a member more there would make
        // another answer of it.
        let object = self.places.object(self.id);
        let is_outcome = object.is_some_and(|object| !matches!(object.outcome, Outcome::None));
        let payload = self.known().payload.as_ref().map(|(payload, _)| *payload);
        let is_around = self.places.place(self.id).leads_to_payload && payload != Some(self.id);
        let is_envelope = is_outcome || is_around;
        if is_envelope && self.side == Side::Answer {
            return;
        }
        let at = match object {
            _ if parameter => format!("{}/params", self.at_operation()),
            Some(object) => format!("{entity}/types/{}/fields", object.ty),
            None => return,
        };
        for (name, counts) in &unknown.names {
            let count: u64 = counts.iter().sum();
            if count == 0 || &**name == HIDDEN {
                continue;
            }
            let draft = out
                .members
                .entry((at.clone(), name.to_string()))
                .or_default();
            draft.parameter = parameter;
            draft.of += self.objects().unwrap_or_default();
            for (own, more) in draft.counts.iter_mut().zip(counts) {
                *own += more;
            }
            let members = object.into_iter().flat_map(|object| &object.members);
            for (_, member) in members {
                draft.sources.extend(
                    At {
                        id: *member,
                        ..*self
                    }
                    .sources(),
                );
            }
            draft.sources.extend(self.sources());
        }
    }
}
