//! Walks bodies and queries for the observer.

use jiter::Jiter;

use super::bodies::{Said, Task, is_xml, without_mark};
use super::observer::Observer;
use super::places::PlaceId;
use super::proof::{Came, Proof};
use super::tally::Tally;
use super::trust;
use super::walker::{Purpose, Score, Stop, Walk};
use super::{route, xml};

impl Observer<'_> {
    pub(super) fn walk_query(&mut self, query: &str, root: PlaceId, compare: bool) -> Score {
        let mut walk = Walk::new(
            &self.places,
            purpose(&mut self.tally, compare),
            &mut self.scratch.codes,
        );
        walk.examples = self.examples;
        walk.personal = &self.dialect.personal;
        walk.lifted = self.lifted;
        walk.query(route::query(query), root);
        walk.score()
    }

    pub(super) fn walk(&mut self, body: &[u8], root: PlaceId, task: Task) -> Result<Said, Stop> {
        let scratch = &mut self.scratch;
        let is_xml = is_xml(body);
        let json = if is_xml {
            xml::to_json(without_mark(body), &mut scratch.json, &mut scratch.text)?;
            scratch.json.as_slice()
        } else {
            without_mark(body)
        };
        let answered = match task {
            Task::Answer(number) => self.places.operations.get(number as usize),
            Task::Compare | Task::Count => None,
        };
        let payload = answered.and_then(|known| known.payload.as_ref());
        let mut tape = std::mem::take(&mut scratch.tape);
        let mut run = |purpose: Purpose<'_>, until: Option<Proof>| {
            scratch.codes.clear();
            let mut walk = Walk::new(&self.places, purpose, &mut scratch.codes);
            walk.xml = is_xml;
            walk.examples = self.examples;
            walk.personal = &self.dialect.personal;
            walk.lifted = self.lifted;
            walk.payload = payload.map(|(payload, _)| *payload);
            walk.until = until;
            let mut json = Jiter::with_tape(json, std::mem::take(&mut tape));
            let result = walk.body(&mut json, root);
            tape = json.into_tape();
            let is_proved = until.is_some_and(|proof| walk.proves(proof));
            let said = Said {
                call: walk.call,
                items: walk.items,
                objects: walk.objects,
                payload_seen: walk.payload_seen,
                score: walk.score(),
                came: if is_proved {
                    Came::Answer
                } else {
                    Came::Foreign
                },
            };
            match result {
                Ok(()) | Err(Stop::Enough) => Ok(said),
                Err(stop) => Err(stop),
            }
        };
        let mut elsewhere = None;
        if let Some(known) = answered {
            // What is none is not counted. Mostly its beginning tells.
            let looked = run(Purpose::Compare(Score::default()), Some(known.proof));
            let is_proved = matches!(
                looked,
                Ok(Said {
                    came: Came::Answer,
                    ..
                })
            );
            if looked.is_ok() && !is_proved {
                let tree = serde_json::from_slice(json).unwrap_or_default();
                elsewhere = trust::usual(self.places.wire, &tree);
                let found = payload.filter(|_| known.proof == Proof::Payload);
                let moved = found.and_then(|(at, keys)| self.places.find_payload(*at, keys, &tree));
                if elsewhere.is_none() && moved.is_none() {
                    scratch.tape = tape;
                    return looked;
                }
            }
        }
        let result = run(purpose(&mut self.tally, task == Task::Compare), None);
        scratch.tape = tape;
        let mut said = result?;
        said.came = Came::Answer;
        if !said.call.says_something() {
            said.call = elsewhere.unwrap_or_default();
        }
        Ok(said)
    }
}

fn purpose(tally: &mut Tally, compare: bool) -> Purpose<'_> {
    if compare {
        Purpose::Compare(Score::default())
    } else {
        Purpose::Count(tally)
    }
}
