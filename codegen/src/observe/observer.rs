//! Compares traffic with a spec, an exchange at a time, and counts.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::bodies::{Said, Scratch, Task, is_fine, is_xml, without_mark};
use super::found::HIDDEN;
use super::places::Places;
use super::proof::Came;
use super::report::Report;
use super::route::{self, Routed, Routes};
use super::tally::{Calls, Tally, add_code};
use super::trust;
use super::walker::{Score, Stop};
use super::{Exchange, findings, form, outside};
use crate::dialect::Dialect;
use crate::shown;
use crate::spec::Spec;

/// Compares traffic with a spec, and counts. Its memory does not grow with the traffic.
pub struct Observer<'s> {
    pub(super) dialect: &'s Dialect,
    pub(super) places: Arc<Places<'s>>,
    routes: Arc<Routes<'s>>,
    pub(super) ids: Arc<HashMap<&'s str, u32>>,
    /// The codes that each operation may have, by its number.
    pub(super) codes: Arc<Vec<BTreeSet<u32>>>,
    pub(super) tally: Tally,
    pub(super) scratch: Scratch,
    pub(super) examples: bool,
    /// The flags of the request at hand that are true.
    pub(super) lifted: u64,
}

impl<'s> Observer<'s> {
    /// An observer that has seen nothing.
    #[must_use]
    pub fn new(spec: &'s Spec, dialect: &'s Dialect) -> Self {
        let places = Places::new(spec, dialect);
        let ids = (0..).zip(&places.operations);
        let of_api: BTreeSet<u32> = spec.api.codes.iter().map(|code| code.code).collect();
        let codes = places.operations.iter().map(|known| {
            let own = known.entity.codes.iter().map(|code| code.code);
            own.chain(of_api.iter().copied()).collect()
        });
        Self {
            dialect,
            routes: Arc::new(Routes::new(&places)),
            ids: Arc::new(
                ids.map(|(number, known)| (known.operation.id.as_str(), number))
                    .collect(),
            ),
            codes: Arc::new(codes.collect()),
            tally: places.tally(),
            scratch: Scratch::default(),
            examples: false,
            lifted: 0,
            places: Arc::new(places),
        }
    }

    /// Another one of the same spec that has seen nothing, for another thread: both share what they know of the spec.
    #[must_use]
    pub fn another(&self) -> Self {
        Self {
            dialect: self.dialect,
            routes: Arc::clone(&self.routes),
            ids: Arc::clone(&self.ids),
            codes: Arc::clone(&self.codes),
            tally: self.places.tally(),
            scratch: Scratch::default(),
            examples: self.examples,
            lifted: 0,
            places: Arc::clone(&self.places),
        }
    }

    /// Keeps an example of what does not hold, of which only the form is left: letters are `a`, digits are `9`.
    #[must_use]
    pub fn with_examples(mut self) -> Self {
        self.examples = true;
        self
    }

    /// Counts an exchange. What cannot be used is counted as a reason.
    pub fn exchange(&mut self, exchange: &Exchange<'_>) {
        self.tally.exchanges += 1;
        // A browser writes down calls that it did not let through.
        if exchange.status == 0 {
            self.tally.skip("a call that got no answer");
            return;
        }
        let (path, query) = route::split(&exchange.url);
        let host = outside::host(&exchange.url);
        let routed = self.routes.find(&exchange.method, path);
        if !matches!(routed, Routed::Nowhere) {
            self.tally.hosts.matched(host);
        }
        let shown = |observer: &Self| {
            let method = shown::method(&exchange.method).unwrap_or(HIDDEN);
            format!("{method} {}", observer.places.documented.path(path))
        };
        match routed {
            Routed::Nowhere | Routed::OtherMethods if outside::is_preflight(exchange) => {
                self.tally
                    .skip("a call by which a browser asks if it may call");
            }
            Routed::Nowhere => {
                let call = shown(self);
                match host {
                    Some(host) => self.tally.hosts.nowhere(host, &call),
                    None => self.tally.paths.add(&call, 1),
                }
            }
            Routed::OtherMethods => {
                let call = shown(self);
                self.tally.methods.add(&call, 1);
            }
            Routed::To(found) => {
                let number = match found.as_slice() {
                    [only] => *only,
                    several => self.nearest(several, query, exchange),
                };
                self.count(number, exchange, query);
            }
        }
    }

    /// Counts what could not be read as an exchange or an event.
    pub fn skip(&mut self, fault: super::input::Fault) {
        self.tally.skip(fault.kind());
    }

    /// Takes over what another observer of the same spec counted.
    pub fn merge(&mut self, other: Self) {
        self.tally.merge(other.tally);
    }

    /// What was seen.
    #[must_use]
    pub fn report(self) -> Report {
        findings::report(&self.places, &self.tally)
    }

    /// Of operations with one method and path that which a request contradicts least, by its query and its body.
    fn nearest(&mut self, several: &[u32], query: &str, exchange: &Exchange<'_>) -> u32 {
        let mut best: Option<((i64, Reverse<usize>), u32)> = None;
        for number in several {
            let known = &self.places.operations[*number as usize];
            let (request, root) = (known.request, known.query);
            let encoding = known.operation.encoding;
            let mut score = Score::default();
            let walk = self.walk_query(query, root, true);
            score.points += walk.points;
            score.absent += walk.absent;
            if let Some(request) = request.filter(|_| !exchange.request_body.is_empty())
                && let Ok(body) = form::request_body(exchange, encoding)
                && let Ok(said) = self.walk(&body, request, Task::Compare)
            {
                score.points += said.score.points;
                score.absent += said.score.absent;
            }
            let key = (score.points, Reverse(score.absent));
            if best.is_none_or(|(known, _)| key > known) {
                best = Some((key, *number));
            }
        }
        best.map_or(0, |(_, number)| number)
    }

    fn count(&mut self, number: u32, exchange: &Exchange<'_>, query: &str) {
        let at = number as usize;
        self.tally.calls[at].exchanges += 1;
        let said = self.answer(number, exchange);
        let success = said.call.went_well();
        let is_ok = is_fine(exchange) && success != Some(false);
        let calls = &mut self.tally.calls[at];
        match said.came {
            _ if !is_ok => calls.refused += 1,
            Came::Foreign => {
                calls.without_answer += 1;
                calls.foreign += 1;
            }
            Came::Unreadable => calls.without_answer += 1,
            Came::Answer if success == Some(true) => calls.accepted += 1,
            Came::Answer | Came::Unknown => calls.silent += 1,
        }
        // What was refused, or was never answered, says nothing about what is valid.
        if is_ok && said.came == Came::Answer && said.items[1] == 0 {
            self.request(number, exchange, query);
        }
    }

    /// Walks a request that was accepted.
    fn request(&mut self, number: u32, exchange: &Exchange<'_>, query: &str) {
        let at = number as usize;
        let known = &self.places.operations[at];
        let (request, root) = (known.request, known.query);
        let encoding = known.operation.encoding;
        self.lifted = route::lifted(&known.flags, query);
        let now = self.tally.now();
        for (name, found) in outside::strange(exchange, &known.headers) {
            let headers = &mut self.tally.calls[at].headers;
            let slot = headers.slot(&name, now);
            headers.note(slot, found, 1);
        }
        self.walk_query(query, root, false);
        if let Some(request) = request.filter(|_| !exchange.request_body.is_empty()) {
            let body = form::request_body(exchange, encoding);
            let walked = body.and_then(|body| self.walk(&body, request, Task::Count));
            if let Err(stop) = walked {
                self.unreadable(at, 0, stop);
            }
        }
    }

    /// Walks an answer, and counts what it says.
    fn answer(&mut self, number: u32, exchange: &Exchange<'_>) -> Said {
        let at = number as usize;
        let known = &self.places.operations[at];
        let body = exchange.response_body.as_ref();
        let Some(root) = known.answer else {
            return self.unshown(exchange);
        };
        if trust::is_page(without_mark(body)) || without_mark(body).is_empty() {
            return Said::came(Came::Foreign);
        }
        let payload = known.payload.as_ref().map(|(payload, _)| *payload);
        let has_outcomes = known.has_outcomes;
        let said = match self.walk(body, root, Task::Answer(number)) {
            Ok(said) if said.came == Came::Answer => said,
            Ok(said) => return said,
            Err(stop) => {
                self.unreadable(at, 1, stop);
                return Said::came(Came::Unreadable);
            }
        };
        let is_known = &self.codes[at];
        let calls = &mut self.tally.calls[at];
        for told in &self.scratch.codes {
            // A call that went well says so with a code of HTTP, which needs no table.
            let is_plain = told.of_call && (200..300).contains(&told.code);
            if !is_plain && !is_known.contains(&told.code) {
                let key = (told.of_call, told.code);
                add_code(&mut calls.codes, key, 1);
                if told.success == Some(true) {
                    add_code(&mut calls.good_codes, key, 1);
                }
            }
        }
        for (own, more) in calls.items.iter_mut().zip(said.items) {
            *own += more;
        }
        if has_outcomes {
            calls.items[2] += said.objects.saturating_sub(said.items.iter().sum());
        }
        let success = said.call.went_well();
        let went_well = success == Some(true) || (success.is_none() && is_fine(exchange));
        if went_well && payload.is_some() {
            self.count_payload(at, body, said.payload_seen);
        }
        said
    }

    /// What came for an operation of which the docs show no answer.
    fn unshown(&mut self, exchange: &Exchange<'_>) -> Said {
        let body = without_mark(&exchange.response_body);
        if trust::is_page(body) {
            return Said::came(Came::Foreign);
        }
        if body.is_empty() {
            return Said::came(Came::Answer);
        }
        let Ok(tree) = self.scratch.tree(body) else {
            return Said::default();
        };
        match trust::usual(self.places.wire, &tree) {
            Some(call) => Said {
                call,
                came: Came::Answer,
                ..Said::default()
            },
            None => Said::default(),
        }
    }

    fn count_payload(&mut self, at: usize, body: &[u8], is_seen: bool) {
        let calls: &mut Calls = &mut self.tally.calls[at];
        calls.payloads += 1;
        let Some((payload, keys)) = &self.places.operations[at].payload else {
            return;
        };
        if is_seen {
            calls.at_place += 1;
            return;
        }
        // What was made of XML still stands in the scratch.
        let json = if is_xml(body) {
            self.scratch.json.as_slice()
        } else {
            without_mark(body)
        };
        let tree = serde_json::from_slice(json).unwrap_or_default();
        match self.places.find_payload(*payload, keys, &tree) {
            Some(place) => calls.moved.add(&place, 1),
            None => calls.missing += 1,
        }
    }

    fn unreadable(&mut self, at: usize, side: usize, stop: Stop) {
        self.tally.calls[at].unreadable[side] += 1;
        self.tally.skip(match stop {
            Stop::Syntax => "a body that is none of JSON, XML and a form",
            Stop::Deep => "a body that is nested too deeply",
            Stop::Enough => return,
        });
    }
}
