//! From counts to findings.

use super::at::At;
use super::counts::{Bounded, Counts};
use super::drafts::Drafts;
use super::finding::{Finding, Seen, Side};
use super::found::Found;
use super::leaf::fits;
use super::places::{Demand, Home, Known, Places, Shape};
use super::report::{OperationReport, Report};
use super::rules::Kind;
use super::tally::{Calls, Tally};
use crate::shown;
use crate::spec::Source;

/// Makes the report.
pub(super) fn report(places: &Places<'_>, tally: &Tally) -> Report {
    let mut drafts = Drafts::default();
    let mut findings: Vec<Vec<Finding>> = places.operations.iter().map(|_| Vec::new()).collect();
    let mut sides = vec![Side::Request; places.all.len()];
    for known in &places.operations {
        sides[known.query as usize] = Side::Query;
        if let Some(answer) = known.answer {
            sides[answer as usize] = Side::Answer;
        }
    }
    for (id, place) in (0..).zip(&places.all) {
        // What is around a place has a smaller number.
        sides[id as usize] = sides[place.parent as usize];
        let at = At {
            places,
            tally,
            id,
            side: sides[id as usize],
        };
        at.findings(&mut findings[place.operation as usize]);
        at.drafts(&mut drafts);
    }
    let mut operations = Vec::new();
    for ((known, calls), mut found) in places.operations.iter().zip(&tally.calls).zip(findings) {
        of_calls(known, places, calls, &mut found);
        of_headers(places, known, calls, &mut found);
        of_status(places, known, calls, &mut found);
        drafts.calls(places, known, calls);
        if calls.exchanges > 0 || !found.is_empty() {
            found.sort_by(|one, other| (one.kind, &one.at).cmp(&(other.kind, &other.at)));
            operations.push(operation(known, calls, found));
        }
    }
    let (mut paths, others) = tally.hosts.sorted(&places.hosts);
    for (call, count) in &tally.paths.counts {
        paths.add(call, *count);
    }
    let mut unused = tally.unused.clone();
    if others > 0 {
        unused.insert("a call to another host than those of the API", others);
    }
    Report {
        exchanges: tally.exchanges,
        events: tally.events,
        documented: places.operations.len(),
        operations,
        elsewhere: elsewhere(&paths, tally),
        unused: unused
            .iter()
            .map(|(reason, count)| ((*reason).to_owned(), *count))
            .collect(),
        drafts: drafts.finish(),
    }
}

fn operation(known: &Known<'_>, calls: &Calls, findings: Vec<Finding>) -> OperationReport {
    let [accepted, refused, silent] = calls.items;
    OperationReport {
        operation: known.operation.id.clone(),
        title: known.operation.title.clone(),
        source: known.operation.source.clone(),
        exchanges: calls.exchanges,
        accepted: calls.accepted,
        refused: calls.refused,
        silent: calls.silent,
        without_answer: calls.without_answer,
        items_accepted: accepted,
        items_refused: refused,
        items_silent: silent,
        findings,
    }
}

/// Calls that no operation has.
fn elsewhere(paths: &Bounded, tally: &Tally) -> Vec<Finding> {
    let mut out = Vec::new();
    for (kind, calls) in [
        (Kind::UndocumentedPath, paths),
        (Kind::OtherMethod, &tally.methods),
    ] {
        for (call, count) in &calls.counts {
            let mut finding = Finding::new(kind, Side::Request, call.clone(), *count);
            finding.of = Some(tally.exchanges);
            out.push(finding);
        }
    }
    out
}

/// What is the matter with calls as a whole.
fn of_calls(known: &Known<'_>, places: &Places<'_>, calls: &Calls, out: &mut Vec<Finding>) {
    let mut add = |kind, side, at: String, count, of, source: &Source| {
        if count > 0 {
            let mut finding = Finding::new(kind, side, at, count);
            finding.of = of;
            finding.source = Some(source.clone());
            out.push(finding);
        }
    };
    let own = &known.operation.source;
    for ((of_call, code), count) in &calls.codes {
        let table = if *of_call {
            places.codes
        } else {
            &known.entity.codes
        };
        let first = table.first().and_then(|code| code.source.first());
        let at = code.to_string();
        add(
            Kind::UnknownCode,
            Side::Answer,
            at,
            *count,
            None,
            first.unwrap_or(own),
        );
    }
    let keys = known
        .payload
        .as_ref()
        .map(|(_, keys)| keys.join("."))
        .unwrap_or_default();
    let of = (calls.payloads > 0).then_some(calls.payloads);
    for (place, count) in calls.moved_to(&places.documented) {
        let at = format!("{keys} → {place}");
        add(Kind::MovedPayload, Side::Answer, at, count, of, own);
    }
    add(
        Kind::MissingPayload,
        Side::Answer,
        keys,
        calls.missing,
        of,
        own,
    );
    let of = (calls.exchanges > 0).then_some(calls.exchanges);
    add(
        Kind::NoAnswer,
        Side::Answer,
        String::new(),
        calls.foreign,
        of,
        own,
    );
    for (side, count) in [Side::Request, Side::Answer]
        .into_iter()
        .zip(calls.unreadable)
    {
        add(Kind::UnreadableBody, side, String::new(), count, of, own);
    }
}

/// Headers of accepted requests.
fn of_headers(places: &Places<'_>, known: &Known<'_>, calls: &Calls, out: &mut Vec<Finding>) {
    let own = &known.operation.source;
    let accepted = calls.accepted + calls.silent;
    for (name, counts) in calls.headers.all(&places.documented) {
        let of = Some(accepted).filter(|_| !shown::is_kind(&name));
        let count = counts.iter().sum();
        let mut finding = Finding::new(Kind::UndocumentedHeader, Side::Header, name, count);
        finding.of = of.filter(|of| *of >= count);
        finding.seen = seen(&counts);
        finding.source = Some(own.clone());
        out.push(finding);
    }
}

/// Members of the status that the docs do not show. Their line is that of what is documented around them.
fn of_status(places: &Places<'_>, known: &Known<'_>, calls: &Calls, out: &mut Vec<Finding>) {
    for (place, misread) in &calls.of_status.shown(&places.documented).places {
        let count = misread.counts.iter().sum();
        let mut finding = Finding::new(Kind::TypeMisfit, Side::Answer, place.clone(), count);
        finding.wanted = misread.wanted.map(str::to_owned);
        finding.seen = seen(&misread.counts);
        finding.source = Some(places.source_around(known, place));
        out.push(finding);
    }
}

impl<'r, 's> At<'r, 's> {
    pub(super) fn known(&self) -> &'r Known<'s> {
        &self.places.operations[self.places.place(self.id).operation as usize]
    }

    pub(super) fn counts(&self) -> &'r Counts {
        &self.tally.places[self.id as usize]
    }

    /// The values that do not fit.
    pub(super) fn misfits(&self) -> Vec<(Found, u64)> {
        let shape = self.places.place(self.id).shape;
        let counts = Found::ALL.into_iter().zip(*self.counts());
        counts
            .filter(|(found, count)| *count > 0 && !fits(shape, *found))
            .collect()
    }

    /// How often the object at hand was there.
    pub(super) fn objects(&self) -> Option<u64> {
        let count = self.counts()[Found::Object as usize];
        (count > 0).then_some(count)
    }

    /// Where the docs state the place, the row before the samples.
    pub(super) fn sources(&self) -> Vec<Source> {
        let mut out: Vec<Source> = Vec::new();
        let mut here = self.id;
        loop {
            let place = self.places.place(here);
            out.extend(place.row.map(|row| row.source.clone()));
            match place.home {
                Home::Field { field, .. } => out.extend(field.source.iter().cloned()),
                Home::Param(_) | Home::None => {}
            }
            if place.parent == here || !out.is_empty() {
                break;
            }
            here = place.parent;
        }
        out.push(self.known().operation.source.clone());
        out
    }

    fn finding(&self, kind: Kind, at: String, count: u64) -> Finding {
        let mut finding = Finding::new(kind, self.side, at, count);
        finding.source = self.sources().into_iter().next();
        finding
    }

    fn findings(&self, out: &mut Vec<Finding>) {
        let path = || self.places.path(self.id);
        self.type_finding(out);
        if let Some(count) = self.tally.outside.get(&self.id) {
            let mut finding = self.finding(Kind::UnlistedValue, path(), *count);
            finding.of = self.of(*count);
            finding.example = self.tally.examples.get(&self.id).map(ToString::to_string);
            out.push(finding);
        }
        self.unknown_findings(out);
        self.never_seen(out);
        let object = self.places.object(self.id);
        let demands = object.into_iter().flat_map(|object| &object.demands);
        out.extend(demands.filter_map(|demand| self.broken(demand)));
    }

    /// A demand that accepted requests did not keep.
    fn broken(&self, demand: &Demand<'_>) -> Option<Finding> {
        let (count, of) = self.not_kept(demand)?;
        let around = self.places.path(self.id);
        let dot = if around.is_empty() { "" } else { "." };
        let at = format!("{around}{dot}{}", demand.names.join("|"));
        let mut finding = self.finding(Kind::InvalidAccepted, at, count);
        finding.of = Some(of);
        finding.source = Some(demand.source(self.known().operation));
        Some(finding)
    }

    /// How often a demand was not kept, and how often it was made.
    pub(super) fn not_kept(&self, demand: &Demand<'_>) -> Option<(u64, u64)> {
        let at = demand.number as usize;
        let count = self.tally.demands[at];
        let of = self.objects()?.saturating_sub(self.tally.lifted[at]);
        (count > 0).then_some((count, of))
    }

    /// Of how many values; a drift stream does not tell.
    pub(super) fn of(&self, count: u64) -> Option<u64> {
        let told = self.tally.told.get(&self.id).copied().unwrap_or_default();
        let seen = self.tally.seen(self.id);
        (told == 0 && seen >= count).then_some(seen)
    }

    fn type_finding(&self, out: &mut Vec<Finding>) {
        let misfits = self.misfits();
        let count: u64 = misfits.iter().map(|(_, count)| count).sum();
        if count == 0 {
            return;
        }
        let mut finding = self.finding(Kind::TypeMisfit, self.places.path(self.id), count);
        finding.wanted = Some(self.wanted());
        finding.seen = misfits
            .into_iter()
            .map(|(found, count)| Seen::new(found, count))
            .collect();
        finding.of = self.of(count);
        finding.example = self.tally.examples.get(&self.id).map(ToString::to_string);
        out.push(finding);
    }

    fn wanted(&self) -> String {
        let place = self.places.place(self.id);
        let shape = match place.shape {
            Shape::Any => "anything",
            Shape::Text => "string",
            Shape::Integer => "integer",
            Shape::Number => "number",
            Shape::Boolean => "boolean",
            Shape::List(_) => "list",
            Shape::Map(_) | Shape::Object(_) => "object",
        };
        shape.to_owned()
    }

    fn unknown_findings(&self, out: &mut Vec<Finding>) {
        let Some(unknown) = self.tally.unknown.get(&self.id) else {
            return;
        };
        let around = self.places.path(self.id);
        for (name, counts) in unknown.all(&self.places.documented) {
            let (kind, dot) = match self.side {
                Side::Query => (Kind::UndocumentedParameter, ""),
                _ if around.is_empty() => (Kind::UndocumentedMember, ""),
                _ => (Kind::UndocumentedMember, "."),
            };
            let count = counts.iter().sum();
            if count == 0 {
                continue;
            }
            let mut finding = self.finding(kind, format!("{around}{dot}{name}"), count);
            finding.seen = seen(&counts);
            // Of names that are not shown there may be several in one object.
            finding.of = self
                .objects()
                .filter(|of| *of >= count && !shown::is_kind(&name));
            out.push(finding);
        }
    }

    fn never_seen(&self, out: &mut Vec<Finding>) {
        let place = self.places.place(self.id);
        if self.side != Side::Answer || self.tally.seen(self.id) > 0 {
            return;
        }
        let around = At {
            id: place.parent,
            ..*self
        };
        if place.parent == self.id || self.places.object(place.parent).is_none() {
            return;
        }
        let (of, absent) = (around.objects(), self.tally.absent.get(&self.id).copied());
        // What stands in it was told to be there, so it was, too.
        let is_there = self.tally.there.contains(&self.id);
        if (of.is_some() || absent.is_some()) && !is_there {
            let mut finding = self.finding(Kind::NeverSeen, self.places.path(self.id), 0);
            finding.of = of;
            finding.absent = absent;
            out.push(finding);
        }
    }
}

fn seen(counts: &Counts) -> Vec<Seen> {
    let counts = Found::ALL.into_iter().zip(*counts);
    counts
        .filter(|(_, count)| *count > 0)
        .map(|(found, count)| Seen::new(found, count))
        .collect()
}
