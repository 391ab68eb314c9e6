//! From counts to corrections: what is clear enough to be written down, and why.

mod demands;
mod entries;
mod moved;

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::at::At;
use super::counts::Counts;
use super::finding::{Draft, Side, times};
use super::places::{Home, Known, Outcome, Places, Shape};
use super::tally::Calls;
use crate::answer::Types as AnswerTypes;
use crate::dialect::Wire;
use crate::shown;
use crate::spec::{CodeEntry, Field, Param, Required, Source, TypeDef, item_of};

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
    /// Values that are none of the old ones.
    outside: u64,
    seen: u64,
    sources: Vec<Source>,
}

#[derive(Default)]
struct Members {
    counts: Counts,
    of: u64,
    parameter: bool,
    /// The group that it is one of, and how often it stood in its place.
    group: Option<(Vec<String>, u64)>,
    /// Why no entry can say it.
    why_not: Option<&'static str>,
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
        self.payload(places, known, calls);
        for place in calls.of_status.shown(&places.documented).places.keys() {
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
                .flat_map(|(at, values)| values.drafts(at)),
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
        self.demand_drafts(out);
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
        let wrong: u64 = self.misfits().iter().map(|(_, count)| count).sum();
        let is_part = matches!(
            self.places.place(self.id).shape,
            Shape::List(_) | Shape::Map(_)
        );
        let written = self.written().filter(|_| !is_part);
        let Some((at, old, scalar)) = written else {
            if wrong > 0 {
                out.left.push(self.left(format!(
                    "{} has a type that a value did not fit, {} in all. An override cannot say it: {}",
                    self.places.path(self.id),
                    times(wrong, None),
                    "the type is not stated by a row or a field of its own",
                )));
            }
            return;
        };
        if self.tally.seen(self.id) == 0 {
            return;
        }
        let draft = out.types.entry(at).or_default();
        draft.wrong += wrong;
        draft.told += self.tally.told.get(&self.id).copied().unwrap_or_default();
        for (own, more) in draft.counts.iter_mut().zip(self.counts()) {
            *own += more;
        }
        draft.old = old;
        draft.scalar = scalar;
        draft.sources.extend(self.sources());
    }

    fn values_draft(&self, out: &mut Drafts) {
        let outside = self.tally.outside.get(&self.id).copied();
        let (Some(outside), Some((values, ty))) = (outside, self.places.place(self.id).values)
        else {
            return;
        };
        let entity = &self.known().entity.entity;
        let at = match (ty, self.places.place(self.id).row) {
            (Some(ty), _) => Some(format!("{entity}/types/{ty}")),
            (None, Some(row)) => self.at_param(row),
            (None, None) => None,
        };
        let Some(at) = at else {
            out.left.push(self.left(format!(
                "{} had a value outside of its list, {}. An override cannot say it: several parameters have this name",
                self.places.path(self.id),
                times(outside, None),
            )));
            return;
        };
        let draft = out.values.entry(at).or_default();
        draft.old = values.to_vec();
        draft.outside += outside;
        draft.seen += self.tally.seen(self.id);
        let words = self.tally.words.get(&self.id);
        for (word, count) in words.into_iter().flat_map(|words| &words.counts) {
            *draft.new.entry(word.clone()).or_default() += count;
        }
        draft.sources.extend(self.sources());
    }

    /// What no entry can say of the operation.
    fn left(&self, because: String) -> Draft {
        Draft::left(self.known().operation.id.clone(), because)
    }

    fn member_drafts(&self, out: &mut Drafts) {
        let Some(unknown) = self.tally.unknown.get(&self.id) else {
            return;
        };
        let entity = &self.known().entity.entity;
        let parameter = self.side == Side::Query;
        let object = self.places.object(self.id);
        let at = match object {
            _ if parameter => format!("{}/params", self.at_operation()),
            Some(object) => format!("{entity}/types/{}/fields", object.ty),
            None => return,
        };
        for (name, counts) in &unknown.all(&self.places.documented) {
            let count: u64 = counts.iter().sum();
            if count == 0 {
                continue;
            }
            let why_not = self.why_not(name, counts);
            let draft = out.members.entry((at.clone(), name.clone())).or_default();
            draft.why_not = draft.why_not.or(why_not);
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

    /// The type that holds all that stood at a member that the docs do not have.
    fn type_of(&self, name: &str) -> &'static str {
        let unknown = self.tally.unknown.get(&self.id);
        let met = unknown.and_then(|unknown| unknown.names.get(name));
        met.map_or("any", |met| entries::suggested(&met.counts))
    }

    /// Why no entry can add a member that the docs do not have.
    fn why_not(&self, name: &str, counts: &Counts) -> Option<&'static str> {
        if shown::is_kind(name) {
            return Some("its name could be data");
        }
        // What stands around the payload, and what says how it went, is the envelope.
        let object = self.places.object(self.id)?;
        let is_outcome = !matches!(object.outcome, Outcome::None);
        let payload = self.known().payload.as_ref().map(|(payload, _)| *payload);
        let is_around = self.places.place(self.id).leads_to_payload && payload != Some(self.id);
        let is_envelope = self.side == Side::Answer && (is_outcome || is_around);
        (is_envelope && !self.keeps_answer(object.ty, name, counts)).then_some(
            "with one member more there, something else would be what the answer is about: show it in a sample",
        )
    }

    /// Whether answers are about the same when a type has one member more.
    fn keeps_answer(&self, ty: &str, name: &str, counts: &Counts) -> bool {
        let known = self.known();
        let Some(response) = known.operation.response.as_deref() else {
            return true;
        };
        let mut types = known.entity.types.clone();
        let before = shape(&known.entity.types, self.places.wire, response);
        let fields = types.get_mut(ty).and_then(|def| def.fields.as_mut());
        if let Some(fields) = fields {
            fields.push(Field {
                name: name.to_owned(),
                ty: entries::suggested(counts).to_owned(),
                required: Required::False,
                basis: IndexMap::new(),
                doc: String::new(),
                source: Vec::new(),
            });
        }
        before == shape(&types, self.places.wire, response)
    }
}

/// Where an answer has its parts: document elements, the status, what it is about; where one and where several are asked for.
fn shape(types: &IndexMap<String, TypeDef>, wire: &Wire, response: &str) -> Vec<String> {
    let types = AnswerTypes::new(types, wire);
    let mut out = Vec::new();
    // A list is what it is about itself.
    if item_of(response).is_some() {
        return out;
    }
    for many in [false, true] {
        let answer = types.answer(response, many);
        let parts = [
            answer.roots,
            answer.status.into_iter().collect(),
            answer.payload,
        ];
        out.extend(parts.map(|fields| {
            let names: Vec<&str> = fields.iter().map(|field| &*field.name).collect();
            names.join(".")
        }));
    }
    out
}
