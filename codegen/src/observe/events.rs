//! Counts what an SDK told: the lines of a drift stream.

use std::iter;

use super::Event;
use super::counts::Counts;
use super::found::Found;
use super::observer::Observer;
use super::places::{Known, PlaceId, Places};
use super::tally::add_code;
use crate::spec::Source;

/// A line may claim any count; no number of lines that can be read makes a sum of so many too large.
const MOST: u64 = u32::MAX as u64;

impl Observer<'_> {
    /// Counts a line of a drift stream. Such a stream tells what did not fit, and not how often all was well.
    pub fn event(&mut self, event: &Event<'_>) {
        self.tally.events += 1;
        if self.told(event).is_none() {
            self.tally
                .skip("a line of a drift stream about what the docs do not have");
        }
    }

    fn told(&mut self, event: &Event<'_>) -> Option<()> {
        let number = *self.ids.get(event.operation.as_ref())?;
        let count = event.count.min(MOST);
        let calls = &mut self.tally.calls[number as usize];
        match event.drift.as_ref() {
            "unknown_code" => {
                let code = u32::try_from(event.code?).ok()?;
                if !self.codes[number as usize].contains(&code) {
                    // The answer's own status stands outside of all lists.
                    let of_call = !event.path.contains('[');
                    add_code(&mut calls.codes, (of_call, code), count);
                }
            }
            "moved_payload" => {
                // What cannot be a name is not even kept.
                let place = self.places.documented.keys(&event.path, true);
                calls.moved.add(&place, count);
            }
            "missing_payload" => calls.missing += count,
            _ => return self.told_of_member(number, event, count),
        }
        Some(())
    }

    fn told_of_member(&mut self, number: u32, event: &Event<'_>, count: u64) -> Option<()> {
        let root = self.places.operations[number as usize].answer;
        let found = Found::of_event(event.found.as_deref().unwrap_or_default());
        let at = root.and_then(|root| self.places.at(root, &event.path));
        match event.drift.as_ref() {
            "misfit" => {
                let Some(at) = at else {
                    return self.told_of_status(number, event, found, count);
                };
                self.tally.note(at, found, count);
                *self.tally.told.entry(at).or_default() += count;
                self.was_there(at);
            }
            "unknown_member" => {
                let (around, name) = event.path.rsplit_once('.').unwrap_or(("", &event.path));
                let at = self.places.inside_lists(self.places.at(root?, around)?);
                self.places.object(at)?;
                let now = self.tally.now();
                let unknown = self.tally.unknown.entry(at).or_default();
                let slot = unknown.slot(name.trim_end_matches("[]"), now);
                unknown.note(slot, found, count);
                self.was_there(at);
            }
            "unknown_value" => {
                let at = at?;
                *self.tally.outside.entry(at).or_default() += count;
                self.was_there(at);
            }
            "absent_member" => match at {
                Some(at) => *self.tally.absent.entry(at).or_default() += count,
                // The docs do not have it there either.
                None if self.is_of_status(&event.path) => {}
                None => return None,
            },
            _ => return None,
        }
        Some(())
    }

    /// A member of the status that the docs do not show. An SDK reads the status of all operations alike, so that it wants
    /// something there.
    fn told_of_status(
        &mut self,
        number: u32,
        event: &Event<'_>,
        found: Found,
        count: u64,
    ) -> Option<()> {
        if !self.is_of_status(&event.path) {
            return None;
        }
        let mut counts = Counts::default();
        counts[found as usize] = count;
        let wanted = event.wanted.as_deref().and_then(wanted);
        let place = self.places.documented.keys(&event.path, true);
        let calls = &mut self.tally.calls[number as usize];
        calls.of_status.note(&place, wanted, &counts);
        Some(())
    }

    fn is_of_status(&self, path: &str) -> bool {
        let wire = self.places.wire;
        let mut steps = path.split('.').map(|step| step.trim_end_matches("[]"));
        steps.any(|step| step == wire.status || step == wire.item_status)
    }

    /// What holds something was there itself.
    fn was_there(&mut self, at: PlaceId) {
        let around = iter::successors(Some(at), |at| {
            let parent = self.places.place(*at).parent;
            (parent != *at).then_some(parent)
        });
        self.tally.there.extend(around);
    }
}

impl Places<'_> {
    /// Where the docs state what is around keys in an answer, as far as they have it.
    pub(super) fn source_around(&self, known: &Known<'_>, keys: &str) -> Source {
        let mut source = &known.operation.source;
        let mut path = keys;
        while let Some(root) = known.answer {
            if let Some(at) = self.at(root, path).filter(|at| *at != root) {
                source = self.stated(at).unwrap_or(source);
                break;
            }
            match path.rsplit_once('.') {
                Some((around, _)) => path = around,
                None => break,
            }
        }
        source.clone()
    }
}

/// The type that an SDK wanted, of those that it has words for. What else stands there is not repeated.
fn wanted(words: &str) -> Option<&'static str> {
    Some(match words {
        "a text" => "string",
        "an integer" => "integer",
        "a number" => "number",
        "a truth value" => "boolean",
        "an object" | "ApiStatus" | "ItemStatus" => "object",
        _ => return None,
    })
}
