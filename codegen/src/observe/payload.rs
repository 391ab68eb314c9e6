//! What an answer is about: where the docs have it, and where it is if it is not there.

use serde_json::Value;

use super::found::shown;
use super::places::{Outcome, PlaceId, Places, Role, Shape};

impl<'s> Places<'s> {
    /// Finds the outcomes of an answer, and its payload.
    pub(super) fn mark_answer(&mut self, root: PlaceId) -> Option<(PlaceId, Vec<&'s str>)> {
        let mut keys = Vec::new();
        let mut here = self.inside_lists(root);
        // The document element.
        while let Some((name, only)) = self.only_member(here)
            && self.object(only).is_some()
            && self.wire.roots.iter().any(|root| root == name)
        {
            keys.push(name);
            here = only;
        }
        let members = self.object(here)?.members.clone();
        let status = self
            .member(here, &self.wire.status)
            .filter(|id| self.is_outcome(*id));
        match status {
            Some(status) => self.mark_outcome(status, Outcome::Call),
            None if here == root || !keys.is_empty() => self.mark_own_success(here),
            None => {}
        }
        let rest: Vec<_> = members
            .into_iter()
            .filter(|(_, id)| Some(*id) != status)
            .collect();
        let main = match rest.as_slice() {
            [only] if status.is_some() => *only,
            several => self.only_with_outcomes(several)?,
        };
        let payload = self.follow(main, &mut keys)?;
        self.mark_items(payload);
        let mut here = payload;
        while self.place(here).parent != here {
            self.all[here as usize].leads_to_payload = true;
            here = self.place(here).parent;
        }
        Some((payload, keys))
    }

    /// Follows the wrappers from a member to an object, or to the items of a list of them.
    fn follow(&self, main: (&'s str, PlaceId), keys: &mut Vec<&'s str>) -> Option<PlaceId> {
        let (mut name, mut here) = main;
        loop {
            keys.push(name);
            if matches!(self.place(here).shape, Shape::List(_)) {
                return Some(self.inside_lists(here));
            }
            self.object(here)?;
            match self.only_member(here) {
                Some((inner, only))
                    if self.object(only).is_some()
                        || matches!(self.place(only).shape, Shape::List(_)) =>
                {
                    name = inner;
                    here = only;
                }
                _ => return Some(here),
            }
        }
    }

    pub(super) fn only_member(&self, id: PlaceId) -> Option<(&'s str, PlaceId)> {
        match self.object(id)?.members.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Whether an object has the members of an outcome.
    fn is_outcome(&self, id: PlaceId) -> bool {
        let Some(object) = self.object(id) else {
            return false;
        };
        let known = |(name, _): &&(&str, PlaceId)| {
            self.wire.status_fields.iter().any(|field| field == name)
        };
        let scalar = |(_, id): &(&str, PlaceId)| {
            !matches!(
                self.place(*id).shape,
                Shape::Object(_) | Shape::List(_) | Shape::Map(_)
            )
        };
        let mut parts = object.members.iter().filter(known);
        object.members.iter().filter(known).count() >= 2 && parts.all(scalar)
    }

    fn mark_outcome(&mut self, id: PlaceId, outcome: Outcome) {
        let Shape::Object(index) = self.place(id).shape else {
            return;
        };
        self.objects[index as usize].outcome = outcome;
        let mut words = self.wire.status_fields.iter();
        for role in [Role::Success, Role::Code] {
            if let Some(at) = words.next().and_then(|word| self.member(id, word)) {
                self.all[at as usize].role = role;
            }
        }
    }

    /// An answer that says itself, by a truth value, how the call went.
    fn mark_own_success(&mut self, id: PlaceId) {
        let word = self.wire.status_fields.first();
        let success = word.and_then(|word| self.member(id, word));
        if success.is_some_and(|at| self.place(at).shape == Shape::Boolean) {
            self.mark_outcome(id, Outcome::Call);
        }
    }

    /// The outcome of the items, if they have one each.
    pub(super) fn item_outcome(&self, item: PlaceId) -> Option<PlaceId> {
        let named = |name: &str| self.member(item, name).filter(|id| self.is_outcome(*id));
        let is_item = self.place(item).name == "[]";
        named(&self.wire.item_status).or_else(|| named(&self.wire.status).filter(|_| is_item))
    }

    fn mark_items(&mut self, payload: PlaceId) {
        if let Some(outcome) = self.item_outcome(payload) {
            self.mark_outcome(outcome, Outcome::Item);
        }
    }

    fn only_with_outcomes(&self, members: &[(&'s str, PlaceId)]) -> Option<(&'s str, PlaceId)> {
        let leads = |member: &&(&'s str, PlaceId)| {
            let item = self.follow(**member, &mut Vec::new());
            item.is_some_and(|item| self.item_outcome(item).is_some())
        };
        let mut found = members.iter().filter(leads);
        found.next().filter(|_| found.next().is_none()).copied()
    }

    /// Where the payload of an answer is that has none at the documented place: the keys to it, as far as they can be
    /// shown. It is looked for by the last documented keys, then by its members.
    pub(super) fn find_payload(
        &self,
        payload: PlaceId,
        keys: &[&str],
        body: &Value,
    ) -> Option<String> {
        for from in 0..keys.len() {
            if let Some(found) = by_keys(body, &keys[from..], "", 0) {
                return Some(found);
            }
        }
        let mut found = Vec::new();
        self.by_members(payload, body, String::new(), 0, &mut found);
        found.dedup();
        match found.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    fn by_members(
        &self,
        payload: PlaceId,
        here: &Value,
        path: String,
        depth: usize,
        out: &mut Vec<String>,
    ) {
        if depth > super::walker::DEEPEST {
            return;
        }
        match here {
            Value::Array(items) => {
                let path = format!("{path}[]");
                for item in items {
                    self.by_members(payload, item, path.clone(), depth + 1, out);
                }
            }
            Value::Object(members) => {
                let known = members
                    .keys()
                    .filter(|key| self.member(payload, key).is_some());
                if known.count() >= 2 {
                    out.push(path);
                    return;
                }
                for (key, value) in members {
                    if *key != self.wire.status {
                        self.by_members(payload, value, step(&path, key), depth + 1, out);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The first place that has these keys below it.
fn by_keys(here: &Value, keys: &[&str], path: &str, depth: usize) -> Option<String> {
    if depth > super::walker::DEEPEST {
        return None;
    }
    match here {
        Value::Array(items) => {
            let path = format!("{path}[]");
            items
                .iter()
                .find_map(|item| by_keys(item, keys, &path, depth + 1))
        }
        Value::Object(members) => {
            if let Some(end) = below(here, keys, path.to_owned()) {
                return Some(end);
            }
            members
                .iter()
                .find_map(|(key, value)| by_keys(value, keys, &step(path, key), depth + 1))
        }
        _ => None,
    }
}

fn below(here: &Value, keys: &[&str], path: String) -> Option<String> {
    let Some((key, rest)) = keys.split_first() else {
        return matches!(here, Value::Object(_) | Value::Array(_)).then_some(path);
    };
    below(here.get(*key)?, rest, step(&path, key))
}

fn step(path: &str, key: &str) -> String {
    let dot = if path.is_empty() { "" } else { "." };
    format!("{path}{dot}{}", shown(key))
}
