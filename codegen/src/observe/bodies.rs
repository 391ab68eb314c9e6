//! Walks bodies and queries for the observer, with memory that is used again.

use jiter::Jiter;

use super::observer::Observer;
use super::places::PlaceId;
use super::tally::Tally;
use super::trust::{self, Came, Proof};
use super::walker::{Purpose, Score, Stop, Told, Verdict, Walk};
use super::{Exchange, route, xml};

/// Memory that is used again for the next body.
#[derive(Default)]
pub(super) struct Scratch {
    pub tape: Vec<u8>,
    pub json: Vec<u8>,
    pub text: String,
    pub codes: Vec<Told>,
}

/// What a body said.
#[derive(Default)]
pub(super) struct Said {
    pub call: Verdict,
    pub items: [u64; 3],
    pub objects: u64,
    pub payload_seen: bool,
    pub score: Score,
    pub came: Came,
}

/// What a body is walked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// To see how well it fits.
    Compare,
    /// To count what a request holds.
    Count,
    /// To count what an answer of this operation holds, if it is one.
    Answer(u32),
}

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

impl Scratch {
    /// A whole body as a tree.
    pub(super) fn tree(&mut self, body: &[u8]) -> Result<serde_json::Value, Stop> {
        let json = if is_xml(body) {
            xml::to_json(body, &mut self.json, &mut self.text)?;
            self.json.as_slice()
        } else {
            body
        };
        serde_json::from_slice(json).map_err(|_| Stop::Syntax)
    }
}

impl Said {
    pub(super) fn came(came: Came) -> Self {
        Self {
            came,
            ..Self::default()
        }
    }
}

/// Whether HTTP says that all went well.
pub(super) fn is_fine(exchange: &Exchange<'_>) -> bool {
    (200..300).contains(&exchange.status)
}

fn purpose(tally: &mut Tally, compare: bool) -> Purpose<'_> {
    if compare {
        Purpose::Compare(Score::default())
    } else {
        Purpose::Count(tally)
    }
}

/// A body without the mark that some writers begin with.
pub(super) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(body)
        .trim_ascii()
}

pub(super) fn is_xml(body: &[u8]) -> bool {
    without_mark(body).first() == Some(&b'<')
}
