//! Walks a body beside the places of its message, event by event: no tree is built, and no value is kept.

use jiter::{Jiter, Peek};

use super::found::Found;
use super::places::{PlaceId, Places, Shape};
use super::skip::skip;
use super::walker::{DEEPEST, Purpose, Score, Stop, Told, Verdict, Walk};

type Json<'j> = Jiter<'j>;

impl<'w, 's> Walk<'w, 's> {
    pub(super) fn new(
        places: &'w Places<'s>,
        purpose: Purpose<'w>,
        codes: &'w mut Vec<Told>,
    ) -> Self {
        Self {
            places,
            purpose,
            xml: false,
            examples: false,
            personal: &[],
            lifted: 0,
            payload: None,
            payload_seen: false,
            member_seen: false,
            until: None,
            call: Verdict::default(),
            items: [0; 3],
            codes,
            objects: 0,
            here: Verdict::default(),
            last: Found::Nothing,
        }
    }

    /// How well the message fits, where that was asked.
    pub(super) fn score(&self) -> Score {
        match &self.purpose {
            Purpose::Compare(score) => *score,
            Purpose::Count(_) => Score::default(),
        }
    }

    /// Walks a whole body.
    pub(super) fn body(&mut self, json: &mut Json<'_>, root: PlaceId) -> Result<(), Stop> {
        let peek = json.peek()?;
        self.value(json, peek, root, 0)?;
        json.finish()?;
        Ok(())
    }

    pub(super) fn value(
        &mut self,
        json: &mut Json<'_>,
        peek: Peek,
        at: PlaceId,
        depth: usize,
    ) -> Result<(), Stop> {
        if depth > DEEPEST {
            return Err(Stop::Deep);
        }
        match self.places.place(at).shape {
            Shape::Any => {
                let found = skip(json, peek)?;
                self.note(at, found);
                Ok(())
            }
            Shape::List(item) => self.list(json, peek, at, item, depth),
            Shape::Map(item) => self.map(json, peek, at, item, depth),
            Shape::Object(_) => self.one(json, peek, at, depth),
            Shape::Text | Shape::Integer | Shape::Number | Shape::Boolean => {
                let found = self.leaf(json, peek, at, depth)?;
                self.note(at, found);
                Ok(())
            }
        }
    }

    fn list(
        &mut self,
        json: &mut Json<'_>,
        peek: Peek,
        at: PlaceId,
        item: PlaceId,
        depth: usize,
    ) -> Result<(), Stop> {
        match peek {
            Peek::Array => {
                let mut next = json.known_array()?;
                let found = if next.is_none() {
                    Found::Nothing
                } else {
                    Found::List
                };
                self.note(at, found);
                while let Some(peek) = next {
                    if peek == Peek::Object && self.places.object(item).is_some() {
                        self.object(json, item, Some(at), depth + 1)?;
                    } else {
                        self.value(json, peek, item, depth + 1)?;
                    }
                    next = json.array_step()?;
                }
                Ok(())
            }
            Peek::Object => {
                self.note(at, Found::Object);
                self.object(json, item, Some(at), depth + 1)
            }
            // One item without a list, or nothing.
            _ => {
                let found = self.leaf(json, peek, item, depth)?;
                if found == Found::Nothing {
                    self.note(at, found);
                } else {
                    self.note(at, Found::List);
                    self.note(item, found);
                }
                Ok(())
            }
        }
    }

    fn map(
        &mut self,
        json: &mut Json<'_>,
        peek: Peek,
        at: PlaceId,
        item: PlaceId,
        depth: usize,
    ) -> Result<(), Stop> {
        if peek != Peek::Object {
            let found = self.leaf(json, peek, at, depth)?;
            // A list of one object is one, too.
            let found = if found == Found::Object {
                Found::Nothing
            } else {
                found
            };
            self.note(at, found);
            return Ok(());
        }
        let mut more = json.known_object()?.is_some();
        self.note(at, Found::Object);
        while more {
            let peek = json.peek()?;
            self.value(json, peek, item, depth + 1)?;
            more = json.next_key()?.is_some();
        }
        Ok(())
    }

    /// What should be one object.
    fn one(
        &mut self,
        json: &mut Json<'_>,
        peek: Peek,
        at: PlaceId,
        depth: usize,
    ) -> Result<(), Stop> {
        match peek {
            Peek::Object => self.object(json, at, None, depth),
            Peek::Array => {
                let mut next = json.known_array()?;
                if next.is_none() {
                    self.note(at, Found::Nothing);
                }
                let inside = self.wrapped(at);
                let mut count = 0;
                while let Some(peek) = next {
                    count += 1;
                    let at = inside.filter(|_| peek != Peek::Object).unwrap_or(at);
                    self.value(json, peek, at, depth + 1)?;
                    next = json.array_step()?;
                }
                if count > 1 && inside.is_none() {
                    self.note(at, Found::List);
                }
                Ok(())
            }
            _ => {
                let found = self.leaf(json, peek, at, depth)?;
                self.note(at, found);
                Ok(())
            }
        }
    }
}
