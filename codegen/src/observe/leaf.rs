//! Single values: what they look like, whether that is one of the ways to write their type, and the counting of it.

use jiter::{Jiter, Peek};

use super::found::{self, Found};
use super::object::Open;
use super::places::{Outcome, PlaceId, Role, Shape};
use super::walker::{DEEPEST, Purpose, Stop, Told, Verdict, Walk};
use super::{MASKED, UNLISTED};

/// Whether a value that is written so can be read as what is documented: what the types of the SDK take.
pub(super) fn fits(shape: Shape, found: Found) -> bool {
    use Found::{Bit, Boolean, Decimal, Integer, List, Nothing, Object};
    match shape {
        _ if found == Nothing => true,
        Shape::Any | Shape::List(_) => true,
        Shape::Text => !matches!(found, List | Object),
        Shape::Integer => matches!(found, Bit | Integer),
        Shape::Number => matches!(found, Bit | Integer | Decimal),
        Shape::Boolean => matches!(found, Bit | Boolean),
        Shape::Map(_) | Shape::Object(_) => found == Object,
    }
}

impl<'w> Walk<'w, '_> {
    /// A value where a single one is wanted: looks into a list of one, and beside attributes.
    pub(super) fn leaf(
        &mut self,
        json: &mut Jiter<'_>,
        peek: Peek,
        at: PlaceId,
        depth: usize,
    ) -> Result<Found, Stop> {
        if depth > DEEPEST {
            return Err(Stop::Deep);
        }
        match peek {
            Peek::Null => {
                json.known_null()?;
                Ok(Found::Nothing)
            }
            Peek::True | Peek::False => {
                let value = json.known_bool(peek)?;
                if self.places.place(at).role == Role::Success {
                    self.here.success = Some(value);
                }
                Ok(Found::Boolean)
            }
            Peek::String => {
                let text = json.known_str()?;
                Ok(self.text(text, at))
            }
            Peek::Array => {
                let mut next = json.known_array()?;
                let mut found = Found::Nothing;
                let mut count = 0;
                while let Some(peek) = next {
                    found = self.leaf(json, peek, at, depth + 1)?;
                    count += 1;
                    next = json.array_step()?;
                }
                Ok(if count > 1 { Found::List } else { found })
            }
            Peek::Object => self.beside_attributes(json, at, depth),
            _ => {
                let number = json.known_number_bytes(peek)?;
                let text = std::str::from_utf8(number).unwrap_or_default();
                Ok(self.text(text, at))
            }
        }
    }

    /// The text of an element with attributes; any other object is none.
    fn beside_attributes(
        &mut self,
        json: &mut Jiter<'_>,
        at: PlaceId,
        depth: usize,
    ) -> Result<Found, Stop> {
        let (mut found, mut other) = (Found::Nothing, false);
        let mut key = json.known_object()?;
        while let Some(name) = key {
            let is_text = name == "#text";
            other |= !is_text && !name.starts_with('@');
            let peek = json.peek()?;
            if is_text {
                found = self.leaf(json, peek, at, depth + 1)?;
            } else {
                json.known_skip(peek)?;
            }
            key = json.next_key()?;
        }
        Ok(if other { Found::Object } else { found })
    }

    /// What a text or a number is.
    pub(super) fn text(&mut self, text: &str, at: PlaceId) -> Found {
        let place = self.places.place(at);
        match place.role {
            Role::None => {}
            Role::Success => self.here.success = found::truth(text.as_bytes()),
            // A longer number is no code, and could be data.
            Role::Code => {
                self.here.code = text.trim().parse().ok().filter(|code| *code < 1_000_000);
            }
        }
        let found = found::of_text(text.as_bytes());
        if found == Found::Nothing {
            return found;
        }
        if let Some((values, _)) = place.values {
            let text = text.trim();
            let listed = values.iter().any(|value| value.eq_ignore_ascii_case(text));
            self.listed(at, listed, text);
        }
        if self.examples && !fits(place.shape, found) {
            self.example(at, text);
        }
        found
    }

    fn listed(&mut self, at: PlaceId, listed: bool, text: &str) {
        // It may have been any value, also a listed one.
        if text == MASKED {
            return;
        }
        let personal = self.is_personal(at);
        let tally = match &mut self.purpose {
            Purpose::Compare(score) => {
                score.points += if listed { 4 } else { -4 };
                return;
            }
            Purpose::Count(tally) => tally,
        };
        if listed {
            return;
        }
        *tally.outside.entry(at).or_default() += 1;
        if !personal && text != UNLISTED && found::is_word(text) {
            tally.word(at, text);
        }
        if self.examples {
            self.example(at, text);
        }
    }

    /// Whether the name of a place says that persons or secrets stand there.
    fn is_personal(&self, at: PlaceId) -> bool {
        crate::text::is_personal(self.places.place(at).name, self.personal)
    }

    fn example(&mut self, at: PlaceId, text: &str) {
        if let Purpose::Count(tally) = &mut self.purpose {
            tally
                .examples
                .entry(at)
                .or_insert_with(|| found::masked(text).into());
        }
    }

    /// Counts a value.
    pub(super) fn note(&mut self, at: PlaceId, found: Found) {
        self.last = found;
        let place = self.places.place(at);
        let is_root = place.parent == at;
        // What is empty as a whole says nothing about what would be in it.
        let is_nothing = place.leads_to_payload && !is_root && found == Found::Nothing;
        self.payload_seen |= self.payload == Some(at) || is_nothing;
        let is_object = matches!(place.shape, Shape::Object(_));
        self.member_seen |= if is_root {
            !is_object && found != Found::Nothing && fits(place.shape, found)
        } else {
            !place.leads_to_payload
        };
        match &mut self.purpose {
            Purpose::Count(tally) => tally.note(at, found, 1),
            Purpose::Compare(score) if fits(place.shape, found) => score.points += 1,
            Purpose::Compare(score) => score.points -= 1,
        }
    }

    /// The end of an object.
    pub(super) fn close(&mut self, open: &Open<'w, '_>) {
        let verdict = std::mem::replace(&mut self.here, open.outer);
        if open.wrapper {
            return;
        }
        self.note(open.at, Found::Object);
        self.objects += u64::from(self.payload == Some(open.at));
        match &mut self.purpose {
            Purpose::Count(tally) => {
                for demand in &open.object.demands {
                    let at = demand.number as usize;
                    let lifted = demand.unless & self.lifted != 0;
                    let broken = demand.any & open.filled == 0;
                    tally.lifted[at] += u64::from(lifted);
                    if broken && !lifted {
                        tally.not_kept(demand.number, open.at, &open.unknown);
                    }
                }
            }
            Purpose::Compare(score) => {
                let members = open.object.members.len();
                score.absent += members.saturating_sub(open.seen.count_ones() as usize);
            }
        }
        self.judge(open.object.outcome, verdict);
    }

    fn judge(&mut self, outcome: Outcome, verdict: Verdict) {
        match outcome {
            Outcome::None => return,
            Outcome::Call => self.call = verdict,
            Outcome::Item => {
                let at = match verdict.success {
                    Some(true) => 0,
                    Some(false) => 1,
                    None => 2,
                };
                self.items[at] += 1;
            }
        }
        if let Some(code) = verdict.code {
            self.codes.push(Told {
                code,
                of_call: outcome == Outcome::Call,
                success: verdict.success,
            });
        }
    }
}
