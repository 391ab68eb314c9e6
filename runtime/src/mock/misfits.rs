//! Documented answers with members that do not fit their types.
//!
//! A member is changed only where its type is known, and to something that this type surely does not take. So the paths
//! of what was changed are those of the misfits that a client has to find.

use std::collections::HashSet;

use super::random::Random;
use super::way::{self, Step};
use crate::wire::{ApiStatus, Decode, ItemStatus, Map, Model, Value};

/// A place in an answer that can be changed.
struct Place {
    way: Vec<Step>,
    /// As a misfit names it.
    path: String,
    /// The same below the payload, without the indices of items.
    name: String,
    fits: Fits,
}

/// What fits there, as far as it matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fits {
    Text,
    Integer,
    Number,
    Truth,
    Object,
}

/// Changes the members of these names, or at these paths below the payload. Gives the paths of what was changed, and the
/// names that the answer does not have.
pub(super) fn named(
    payload: &mut Value,
    model: &dyn Model,
    above: &Above<'_>,
    names: &[String],
) -> (Vec<String>, Vec<String>) {
    let places = places(payload, model, above);
    let is = |place: &Place, name: &str| {
        let rest = place.name.strip_suffix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let (mut done, mut absent) = (Vec::new(), Vec::new());
    for name in names {
        let before = done.len();
        for place in places.iter().filter(|place| is(place, name)) {
            change(payload, place, 0, &mut done);
        }
        if done.len() == before {
            absent.push(name.clone());
        }
    }
    (done, absent)
}

/// Changes some members at random. Gives the paths of what was changed.
pub(super) fn any(
    payload: &mut Value,
    model: &dyn Model,
    above: &Above<'_>,
    random: &mut Random,
) -> Vec<String> {
    let places = places(payload, model, above);
    let mut done = Vec::new();
    for _ in 0..=random.below(3) {
        let Some(place) = places.get(random.below(places.len())) else {
            break;
        };
        // What is inside of something that was changed is not there any more.
        let touches = |path: &String| path.starts_with(&place.path) || place.path.starts_with(path);
        if !done.iter().any(touches) {
            change(payload, place, random.below(usize::MAX), &mut done);
        }
    }
    done
}

/// What is known of the answer around the payload.
pub(super) struct Above<'a> {
    /// The documented keys down to it.
    pub(super) keys: &'a [&'static str],
    /// Whether it is a list of items, even where the answer has just one without a list.
    pub(super) list: bool,
    /// The documented keys down to the status.
    pub(super) status: &'a [&'static str],
}

fn places(payload: &Value, model: &dyn Model, above: &Above<'_>) -> Vec<Place> {
    let mut walk = Walk {
        out: Vec::new(),
        status: above.status.join("."),
        way: Vec::new(),
    };
    let path = above.keys.join(".");
    // An answer that says itself how it went says it in these.
    let own: HashSet<&str> = match ApiStatus::blank() {
        Some(status) if above.status.is_empty() => keys(&*status).collect(),
        _ => HashSet::new(),
    };
    match payload {
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                walk.way.push(Step::Item(at));
                walk.object(item, model, &format!("{path}[{at}]"), "", &own);
                walk.way.pop();
            }
        }
        item if above.list => walk.object(item, model, &format!("{path}[0]"), "", &own),
        item => walk.object(item, model, &path, "", &own),
    }
    walk.out
}

fn keys(model: &dyn Model) -> impl Iterator<Item = &'static str> {
    model.shape().members.iter().map(|member| member.key)
}

struct Walk {
    out: Vec<Place>,
    status: String,
    way: Vec<Step>,
}

impl Walk {
    fn object(
        &mut self,
        value: &Value,
        model: &dyn Model,
        path: &str,
        name: &str,
        not: &HashSet<&str>,
    ) {
        let Value::Object(map) = value else { return };
        let shape = model.shape();
        model.fields(&mut |fields, _| {
            for (member, field) in shape.members.iter().zip(fields) {
                let outcome = field.wanted() == ItemStatus::NAME;
                let (Some(value), false) =
                    (map.get(member.key), outcome || not.contains(member.key))
                else {
                    continue;
                };
                let mut below = joined(name, member.key);
                let mut path = joined(path, member.key);
                let depth = self.way.len();
                self.way.push(Step::Key(member.key.to_owned()));
                let inside = member.wrappers.iter().try_fold(value, |value, wrapper| {
                    self.way.push(Step::Key((*wrapper).to_owned()));
                    path = joined(&path, wrapper);
                    below = joined(&below, wrapper);
                    value.get(wrapper)
                });
                if let Some(value) = inside.filter(|_| path != self.status) {
                    self.member(value, *field, &path, &below);
                }
                self.way.truncate(depth);
            }
        });
    }

    fn member(&mut self, value: &Value, field: &dyn crate::wire::Field, path: &str, name: &str) {
        let model = field.blank();
        let fits = match (&model, field.wanted()) {
            (Some(_), _) => Fits::Object,
            (None, wanted) if wanted == i64::NAME => Fits::Integer,
            (None, wanted) if wanted == crate::wire::Number::NAME => Fits::Number,
            (None, wanted) if wanted == bool::NAME => Fits::Truth,
            // Anything fits, or the members are data.
            (None, wanted) if wanted == Value::NAME || wanted == crate::wire::Extra::NAME => return,
            (None, _) => Fits::Text,
        };
        match value {
            Value::List(items) if field.is_list() => {
                for (at, item) in items.iter().enumerate() {
                    self.way.push(Step::Item(at));
                    self.one(item, model.as_deref(), fits, &format!("{path}[{at}]"), name);
                    self.way.pop();
                }
            }
            // What one item holds may stand for several.
            Value::List(_) => {}
            item if field.is_list() => {
                self.one(item, model.as_deref(), fits, &format!("{path}[0]"), name);
            }
            item => self.one(item, model.as_deref(), fits, path, name),
        }
    }

    fn one(
        &mut self,
        value: &Value,
        model: Option<&dyn Model>,
        fits: Fits,
        path: &str,
        name: &str,
    ) {
        let scalar = match value {
            Value::Null | Value::List(_) => return,
            Value::String(text) if text.trim().is_empty() => return,
            Value::Object(map) if map.is_empty() || model.is_none() => return,
            Value::Object(_) => false,
            _ => true,
        };
        // Documented as an object, and shown as something else.
        if scalar && model.is_some() {
            return;
        }
        self.out.push(Place {
            way: self.way.clone(),
            path: path.to_owned(),
            name: name.to_owned(),
            fits,
        });
        if let Some(model) = model {
            self.object(value, model, path, name, &HashSet::new());
        }
    }
}

fn joined(path: &str, key: &str) -> String {
    let mut out = path.to_owned();
    crate::wire::push_key(&mut out, key);
    out
}

/// Puts something there that does not fit.
fn change(payload: &mut Value, place: &Place, chance: usize, done: &mut Vec<String>) {
    let in_list = matches!(place.way.last(), Some(Step::Item(_)));
    let object = || {
        let inside: Map = [("odd", "misfit")].into_iter().collect();
        Value::Object(inside)
    };
    let text = |text: &str| Value::from(text);
    let two = || Value::List(vec![text("misfit"), text("misfits")]);
    let mut odd = match place.fits {
        Fits::Object => vec![text("misfit"), Value::from(7), Value::from(true)],
        _ => vec![object()],
    };
    if !in_list && !place.path.ends_with(']') {
        // In a list they would be two items.
        odd.push(match place.fits {
            Fits::Object => Value::List(vec![object(), object()]),
            _ => two(),
        });
    }
    odd.extend(match place.fits {
        Fits::Integer => vec![text("70.5"), text("misfit"), text("99999999999999999999")],
        Fits::Number => vec![text("misfit"), text("1,5")],
        Fits::Truth => vec![text("misfit"), Value::from(7)],
        Fits::Text | Fits::Object => Vec::new(),
    });
    let at = chance.checked_rem(odd.len()).unwrap_or(0);
    if let Some(here) = way::at(payload, &place.way) {
        *here = odd.swap_remove(at);
        done.push(place.path.clone());
    }
}
