//! What is counted: numbers by place, and a bounded number of names.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::counts::{Bounded, Counts, MOST_NAMES, MOST_WORDS, add};
use super::found::{Found, HIDDEN};
use super::outside::HostCounts;
use super::places::{PlaceId, Places};
use super::unknown::{Instead, SEVERAL, Unknown};
use crate::shown::Documented;

/// Codes with counts; true for those of whole calls.
pub(super) type Codes = BTreeMap<(bool, u32), u64>;

/// What was counted of an operation.
#[derive(Default)]
pub(super) struct Calls {
    pub exchanges: u64,
    pub accepted: u64,
    pub refused: u64,
    /// Answers whose outcome only the HTTP status told.
    pub silent: u64,
    /// Calls that HTTP says went well, and that got no answer of the operation, or none that can be read.
    pub without_answer: u64,
    /// Those of them that got something else.
    pub foreign: u64,
    /// Items: accepted, refused, silent.
    pub items: [u64; 3],
    /// Codes without a row.
    pub codes: Codes,
    /// Those of them that came with success.
    pub good_codes: Codes,
    /// Answers that went well and have a documented payload.
    pub payloads: u64,
    /// Those of them that have it where the docs do.
    pub at_place: u64,
    pub moved: Bounded,
    pub missing: u64,
    /// Bodies that cannot be read: of requests, of answers.
    pub unreadable: [u64; 2],
    /// Headers of accepted requests that the docs do not have.
    pub headers: Unknown,
    /// What a drift stream told of members of the status that the docs do not show: an SDK reads them all the same.
    pub of_status: OfStatus,
}

/// Values that do not fit, by their place.
#[derive(Default)]
pub(super) struct OfStatus {
    pub places: BTreeMap<String, Misread>,
}

/// Values that an SDK could not read.
#[derive(Default)]
pub(super) struct Misread {
    /// What the SDK wanted.
    pub wanted: Option<&'static str>,
    pub counts: Counts,
}

impl OfStatus {
    /// Them with their places as they may be shown.
    pub(super) fn shown(&self, documented: &Documented) -> Self {
        let mut out = Self::default();
        for (place, misread) in &self.places {
            let often = misread.counts.iter().sum::<u64>() >= SEVERAL;
            let place = documented.keys(place, often);
            out.note(&place, misread.wanted, &misread.counts);
        }
        out
    }

    /// Counts values at a place, which has to be one that can be shown.
    pub(super) fn note(&mut self, place: &str, wanted: Option<&'static str>, counts: &Counts) {
        let place = if self.places.len() < MOST_NAMES || self.places.contains_key(place) {
            place
        } else {
            HIDDEN
        };
        let known = self.places.entry(place.to_owned()).or_default();
        known.wanted = known.wanted.or(wanted);
        add(&mut known.counts, counts);
    }
}

impl Calls {
    /// Where the payload was instead, as it may be shown.
    pub(super) fn moved_to(&self, documented: &Documented) -> BTreeMap<String, u64> {
        let mut out = BTreeMap::<String, u64>::new();
        for (place, count) in &self.moved.counts {
            let place = documented.keys(place, *count >= SEVERAL);
            *out.entry(place).or_default() += count;
        }
        out
    }

    fn merge(&mut self, other: Self) {
        self.exchanges += other.exchanges;
        self.accepted += other.accepted;
        self.refused += other.refused;
        self.silent += other.silent;
        self.without_answer += other.without_answer;
        self.foreign += other.foreign;
        self.payloads += other.payloads;
        self.at_place += other.at_place;
        self.missing += other.missing;
        for (own, more) in self.items.iter_mut().zip(other.items) {
            *own += more;
        }
        for (own, more) in self.unreadable.iter_mut().zip(other.unreadable) {
            *own += more;
        }
        self.moved.merge(other.moved, MOST_NAMES);
        self.headers.merge(other.headers);
        for (place, misread) in other.of_status.places {
            self.of_status.note(&place, misread.wanted, &misread.counts);
        }
        for (code, count) in other.codes {
            add_code(&mut self.codes, code, count);
        }
        for (code, count) in other.good_codes {
            add_code(&mut self.good_codes, code, count);
        }
    }
}

/// Counts a code, up to a number of distinct ones: a server may put anything there.
pub(super) fn add_code(codes: &mut Codes, code: (bool, u32), count: u64) {
    if codes.len() < MOST_NAMES || codes.contains_key(&code) {
        *codes.entry(code).or_default() += count;
    }
}

/// All that is counted.
#[derive(Default)]
pub(super) struct Tally {
    pub exchanges: u64,
    pub events: u64,
    /// Values by place.
    pub places: Vec<Counts>,
    /// Values that are none of the listed ones, by place.
    pub outside: HashMap<PlaceId, u64>,
    /// The words among them.
    pub words: HashMap<PlaceId, Bounded>,
    /// A masked example of what does not hold.
    pub examples: HashMap<PlaceId, Box<str>>,
    pub unknown: HashMap<PlaceId, Unknown>,
    /// By the number of a demand that was not kept.
    pub instead: HashMap<u32, Instead>,
    /// Values that did not fit, of which a drift stream told; such a stream has no count of what was well.
    pub told: HashMap<PlaceId, u64>,
    /// How often a drift stream told that a member was not there.
    pub absent: HashMap<PlaceId, u64>,
    /// Places that hold something of which a drift stream told: they were there.
    pub there: HashSet<PlaceId>,
    /// Objects that lack what is demanded of them.
    pub demands: Vec<u64>,
    /// Objects of which it was not demanded, since the request said so.
    pub lifted: Vec<u64>,
    pub calls: Vec<Calls>,
    /// Calls that no operation has, by what could be shown of method and path.
    /// Calls to paths that no operation has, where no host is told.
    pub paths: Bounded,
    /// Calls by host, where there is one.
    pub hosts: HostCounts,
    pub methods: Bounded,
    /// What could not be used, by reason.
    pub unused: BTreeMap<&'static str, u64>,
}

impl Tally {
    pub(super) fn new(places: usize, demands: usize, operations: usize) -> Self {
        Self {
            places: vec![Counts::default(); places],
            demands: vec![0; demands],
            lifted: vec![0; demands],
            calls: std::iter::repeat_with(Calls::default)
                .take(operations)
                .collect(),
            ..Self::default()
        }
    }

    pub(super) fn note(&mut self, at: PlaceId, found: Found, count: u64) {
        self.places[at as usize][found as usize] += count;
    }

    /// How many values a place had.
    pub(super) fn seen(&self, at: PlaceId) -> u64 {
        self.places[at as usize].iter().sum()
    }

    /// Counts that a demand was not kept by an object which has these members that the docs do not have.
    pub(super) fn not_kept(&mut self, demand: u32, at: PlaceId, slots: &[usize]) {
        self.demands[demand as usize] += 1;
        let unknown = self.unknown.get(&at);
        let names = unknown.map(|unknown| &unknown.names);
        let instead = self.instead.entry(demand).or_default();
        let mut slots = slots.to_vec();
        slots.sort_unstable();
        slots.dedup();
        if slots.is_empty() {
            instead.nothing += 1;
        }
        for slot in &slots {
            let Some((name, _)) = names.and_then(|names| names.get_index(*slot)) else {
                continue;
            };
            let stood = instead.names.entry(name.clone()).or_default();
            stood.count += 1;
            stood.alone += u64::from(slots.len() == 1);
        }
    }

    /// The number of the exchange, or line of a drift stream, at hand.
    pub(super) fn now(&self) -> u64 {
        self.exchanges + self.events
    }

    pub(super) fn skip(&mut self, reason: &'static str) {
        *self.unused.entry(reason).or_default() += 1;
    }

    pub(super) fn word(&mut self, at: PlaceId, word: &str) {
        self.words
            .entry(at)
            .or_default()
            .add_within(word, 1, MOST_WORDS);
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.exchanges += other.exchanges;
        self.events += other.events;
        for (own, more) in self.places.iter_mut().zip(other.places) {
            add(own, &more);
        }
        for (own, more) in self.demands.iter_mut().zip(other.demands) {
            *own += more;
        }
        for (own, more) in self.lifted.iter_mut().zip(other.lifted) {
            *own += more;
        }
        for (own, more) in self.calls.iter_mut().zip(other.calls) {
            own.merge(more);
        }
        for (at, count) in other.outside {
            *self.outside.entry(at).or_default() += count;
        }
        for (at, count) in other.told {
            *self.told.entry(at).or_default() += count;
        }
        for (at, count) in other.absent {
            *self.absent.entry(at).or_default() += count;
        }
        self.there.extend(other.there);
        for (at, words) in other.words {
            self.words.entry(at).or_default().merge(words, MOST_WORDS);
        }
        for (at, example) in other.examples {
            self.examples.entry(at).or_insert(example);
        }
        for (at, unknown) in other.unknown {
            self.unknown.entry(at).or_default().merge(unknown);
        }
        for (demand, instead) in other.instead {
            self.instead.entry(demand).or_default().merge(instead);
        }
        self.paths.merge(other.paths, MOST_NAMES);
        self.hosts.merge(other.hosts);
        self.methods.merge(other.methods, MOST_NAMES);
        for (reason, count) in other.unused {
            *self.unused.entry(reason).or_default() += count;
        }
    }
}

impl Places<'_> {
    /// What counts nothing yet.
    pub(super) fn tally(&self) -> Tally {
        let demands = usize::try_from(self.demands).unwrap_or_default();
        Tally::new(self.all.len(), demands, self.operations.len())
    }
}
