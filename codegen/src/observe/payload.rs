//! What an answer is about: where the docs have it, and where it is if it is not there.

use serde_json::Value;

use super::places::{Outcome, PlaceId, Places, Role, Shape};
use crate::answer::Types;
use crate::shown;
use crate::spec::{Field, item_of};

impl<'s> Places<'s> {
    /// Finds the outcomes of an answer, and its payload with the keys that lead there. The payload is an object, or the
    /// items of a list of them.
    pub(super) fn mark_answer(
        &mut self,
        types: Types<'s>,
        ty: &'s str,
        root: PlaceId,
    ) -> Option<(PlaceId, Vec<&'s str>)> {
        if item_of(ty).is_some() {
            let payload = self.inside_lists(root);
            self.mark_payload(types, payload);
            return Some((payload, Vec::new()));
        }
        // Whether several things are sent matters only to what a caller is given.
        let answer = types.answer(ty, true);
        let mut keys = Vec::new();
        let mut here = self.below(root, &answer.roots, &mut keys)?;
        let status = answer
            .status
            .and_then(|status| self.member(here, &status.name));
        match status {
            Some(status) => self.mark_outcome(status, Outcome::Call),
            None if types.says_success(types.fields(answer.ty)?) => {
                self.mark_outcome(here, Outcome::Call);
            }
            None => {}
        }
        if answer.payload.is_empty() {
            return None;
        }
        here = self.below(here, &answer.payload, &mut keys)?;
        let payload = self.inside_lists(here);
        self.mark_payload(types, payload);
        Some((payload, keys))
    }

    /// The place that fields lead to.
    fn below(
        &self,
        root: PlaceId,
        fields: &[&'s Field],
        keys: &mut Vec<&'s str>,
    ) -> Option<PlaceId> {
        fields.iter().try_fold(root, |here, field| {
            keys.push(&field.name);
            self.member(here, &field.name)
        })
    }

    /// Marks the way to the payload, and the outcome of each of its items.
    fn mark_payload(&mut self, types: Types<'s>, payload: PlaceId) {
        if let Some(outcome) = self.item_outcome(types, payload) {
            self.mark_outcome(outcome, Outcome::Item);
        }
        let mut here = payload;
        while self.place(here).parent != here {
            self.all[here as usize].leads_to_payload = true;
            here = self.place(here).parent;
        }
    }

    pub(super) fn only_member(&self, id: PlaceId) -> Option<(&'s str, PlaceId)> {
        match self.object(id)?.members.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
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

    /// The outcome of the items, if they have one each.
    pub(super) fn item_outcome(&self, types: Types<'s>, item: PlaceId) -> Option<PlaceId> {
        let named = |name: &str| {
            let id = self.member(item, name)?;
            let parts = types.fields(self.object(id)?.ty)?;
            types.is_outcome(parts).then_some(id)
        };
        let is_item = self.place(item).name == "[]";
        named(&self.wire.item_status).or_else(|| named(&self.wire.status).filter(|_| is_item))
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
    // A name with points in it would be several steps.
    let key = if key.contains('.') {
        "{text}"
    } else if shown::is_name(key) {
        key
    } else {
        shown::kind_of_key(key)
    };
    format!("{path}{dot}{key}")
}
