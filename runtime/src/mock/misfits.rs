//! Documented answers with members that do not fit their types.
//!
//! A member is changed only where its type is known, and to something that this type surely does not take. So the paths
//! of what was changed are those of the misfits that a client has to find.

use std::collections::HashSet;

use super::random::Random;
use super::way::{self, Step};
use crate::wire::{ApiStatus, Decode, Extra, Field, Format, ItemStatus, Map, Model, Number, Value};

/// A place in an answer that can be changed.
struct Place {
    way: Vec<Step>,
    /// As a misfit names it.
    path: String,
    /// The same below the payload, without the indices of items.
    name: String,
    kind: Kind,
}

/// What stands at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// What a field wants.
    Member(Fits),
    /// An item of a list, beside others.
    Item(Fits),
    /// What is read alone where a list is wanted: its only item, or something in place of the list.
    Alone(Fits),
    /// A list: it can have another item.
    List(Fits),
    /// What is around a value: something else can stand there.
    Whole(Fits),
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

/// What was changed in an answer, and what was not there to be changed.
#[derive(Default)]
pub(super) struct Changes {
    /// The places, as misfits name them, with what stands there now.
    pub(super) done: Vec<(String, Value)>,
    /// The names that the answer does not have.
    pub(super) absent: Vec<String>,
}

/// Changes the members of these names, or at these paths below the payload, and by chance some others.
pub(super) fn change(
    payload: &mut Value,
    model: &dyn Model,
    above: &Above<'_>,
    names: &[String],
    random: Option<&mut Random>,
) -> Changes {
    let places = places(payload, model, above);
    let mut out = Changes::default();
    let mut taken: Vec<&Place> = Vec::new();
    let mut change = |place, chance| {
        // Of a list the items are meant, where it has some.
        if !taken.iter().any(|other| touches(other, place)) {
            out.done.extend(put_odd(payload, place, chance));
            taken.push(place);
        }
    };
    for name in names {
        let mut found = false;
        for place in places.iter().filter(|place| place.is(name)) {
            found = true;
            change(place, 0);
        }
        if !found {
            out.absent.push(name.clone());
        }
    }
    if let Some(random) = random {
        for _ in 0..=random.below(3) {
            if let Some(place) = places.get(random.below(places.len())) {
                change(place, random.below(usize::MAX));
            }
        }
    }
    out
}

impl Place {
    /// Whether it is the member of this name, or the one at this path below the payload.
    fn is(&self, name: &str) -> bool {
        let rest = self.name.strip_suffix(name);
        let whole = rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        whole && !matches!(self.kind, Kind::List(_))
    }
}

/// Whether one place is inside of the other: what is inside of something that was changed is not there any more.
fn touches(one: &Place, other: &Place) -> bool {
    one.way
        .iter()
        .zip(&other.way)
        .all(|(one, other)| one == other)
}

/// What is known of the answer around the payload.
pub(super) struct Above<'a> {
    /// The documented keys down to it.
    pub(super) keys: &'a [&'static str],
    /// Whether it is a list of items, even where the answer has just one without a list.
    pub(super) list: bool,
    /// How the answer is written: in XML a list of one item looks like the item.
    pub(super) format: Format,
    /// The documented keys down to the status.
    pub(super) status: &'a [&'static str],
    /// The path of the code that says in each answer how it went.
    pub(super) code: Option<String>,
}

fn places(payload: &Value, model: &dyn Model, above: &Above<'_>) -> Vec<Place> {
    let mut walk = Walk {
        out: Vec::new(),
        status: above.status.join("."),
        code: above.code.clone(),
        format: above.format,
        way: Vec::new(),
    };
    let path = above.keys.join(".");
    // An answer that says itself how it went says it in these.
    let own: HashSet<&str> = match <ApiStatus as Decode>::blank() {
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
    model.shape().members().iter().map(|member| member.key)
}

struct Walk {
    out: Vec<Place>,
    status: String,
    code: Option<String>,
    format: Format,
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
        let status = ItemStatus::name();
        model.fields(&mut |fields, _| {
            for (member, field) in shape.members().iter().zip(fields) {
                let outcome = field.wanted() == status;
                let (Some(value), false) =
                    (map.get(member.key), outcome || not.contains(member.key))
                else {
                    continue;
                };
                let mut below = joined(name, member.key);
                let mut path = joined(path, member.key);
                if self.code.as_ref() == Some(&path) {
                    continue;
                }
                let depth = self.way.len();
                self.way.push(Step::Key(member.key.to_owned()));
                if !member.wrappers.is_empty() && path != self.status {
                    self.around(*field, &path, &below);
                }
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

    /// A wrapper of a field. What has not its key is taken for what it wraps.
    fn around(&mut self, field: &dyn Field, path: &str, name: &str) {
        let Some(fits) = Fits::of(field) else { return };
        let kind = if field.is_list() {
            Kind::Alone(fits)
        } else {
            Kind::Whole(fits)
        };
        self.add(kind, path, name);
    }

    fn member(&mut self, value: &Value, field: &dyn Field, path: &str, name: &str) {
        let Some(fits) = Fits::of(field) else { return };
        let model = field.blank();
        let model = model.as_deref();
        if !field.is_list() {
            self.one(value, model, Kind::Member(fits), path, name);
            return;
        }
        match value {
            Value::List(items) if !is_wrapped(items) => {
                let alone = self.format == Format::Xml && items.len() == 1;
                for (at, item) in items.iter().enumerate() {
                    self.way.push(Step::Item(at));
                    if alone {
                        self.one(item, model, Kind::Alone(fits), path, name);
                    } else {
                        let path = format!("{path}[{at}]");
                        self.one(item, model, Kind::Item(fits), &path, name);
                    }
                    self.way.pop();
                }
                if !items.is_empty() {
                    self.add(Kind::List(fits), &format!("{path}[{}]", items.len()), name);
                }
            }
            // The list was wrapped once more.
            Value::List(_) => {}
            item => self.one(item, model, Kind::Alone(fits), path, name),
        }
        self.add(Kind::Alone(fits), path, name);
    }

    /// A single value, and what is in it.
    fn one(
        &mut self,
        value: &Value,
        model: Option<&dyn Model>,
        kind: Kind,
        path: &str,
        name: &str,
    ) {
        let blank = match value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Object(map) => map.is_empty(),
            Value::List(items) => items.is_empty(),
            _ => false,
        };
        // In a list of nothing there is no item.
        if blank && matches!(kind, Kind::Item(_) | Kind::Alone(_)) {
            return;
        }
        self.add(kind, path, name);
        if let Some(model) = model {
            let path = match kind {
                Kind::Alone(_) => format!("{path}[0]"),
                _ => path.to_owned(),
            };
            self.object(value, model, &path, name, &HashSet::new());
        }
    }

    fn add(&mut self, kind: Kind, path: &str, name: &str) {
        // An attribute of XML is always a text.
        let attribute = |step: &Step| matches!(step, Step::Key(key) if key.starts_with(['@', '#']));
        if !self.way.iter().any(attribute) {
            self.out.push(Place {
                way: self.way.clone(),
                path: path.to_owned(),
                name: name.to_owned(),
                kind,
            });
        }
    }
}

impl Fits {
    /// Nothing where anything fits, or the members are data.
    fn of(field: &dyn Field) -> Option<Self> {
        if field.blank().is_some() {
            return Some(Self::Object);
        }
        match field.wanted() {
            wanted if wanted == Value::name() || wanted == Extra::name() => None,
            wanted if wanted == i64::name() => Some(Self::Integer),
            wanted if wanted == Number::name() => Some(Self::Number),
            wanted if wanted == bool::name() => Some(Self::Truth),
            _ => Some(Self::Text),
        }
    }
}

/// `[{"element": …}]`
fn is_wrapped(items: &[Value]) -> bool {
    matches!(items, [only] if way::only(only).is_some_and(|(key, _)| key == "element"))
}

fn joined(path: &str, key: &str) -> String {
    let mut out = path.to_owned();
    crate::wire::push_key(&mut out, key);
    out
}

/// Puts something there that does not fit. Gives the place as a misfit names it, and what was put there.
fn put_odd(payload: &mut Value, place: &Place, chance: usize) -> Option<(String, Value)> {
    let here = way::at(payload, &place.way)?;
    let mut odd = match place.kind {
        // Several of them would be several items.
        Kind::Item(fits) | Kind::Alone(fits) | Kind::List(fits) | Kind::Whole(fits) => single(fits),
        Kind::Member(fits) => [single(fits), several(fits)].concat(),
    };
    let odd = odd.swap_remove(chance.checked_rem(odd.len())?);
    match (place.kind, here) {
        (Kind::List(_), Value::List(items)) => items.push(odd.clone()),
        (_, here) => *here = odd.clone(),
    }
    // An object is the one item of a list, a text is none of it.
    let path = match (place.kind, &odd) {
        (Kind::Alone(_), Value::Object(_)) => format!("{}[0]", place.path),
        _ => place.path.clone(),
    };
    Some((path, odd))
}

/// What is read where this was written: in XML all scalars are texts, and lists of lists have elements in between.
pub(super) fn as_read(value: Value, format: Format) -> Value {
    match value {
        value if format == Format::Json => value,
        Value::Number(number) => Value::from(number.as_str()),
        Value::Bool(truth) => Value::from(truth.to_string()),
        Value::List(items) => {
            let items = items.into_iter().map(|item| match item {
                list @ Value::List(_) => {
                    let inside: Map = [("element", as_read(list, format))].into_iter().collect();
                    Value::Object(inside)
                }
                item => as_read(item, format),
            });
            Value::List(items.collect())
        }
        value => value,
    }
}

/// Single values that do not fit, in JSON or in XML.
fn single(fits: Fits) -> Vec<Value> {
    let text = |text: &str| Value::from(text);
    let huge = || {
        let number = Number::lenient("99999999999999999999");
        number.map_or_else(|| text("misfit"), Value::Number)
    };
    match fits {
        Fits::Object => vec![text("misfit"), Value::from(7), Value::from(true)],
        Fits::Text => vec![object()],
        Fits::Integer => vec![
            object(),
            text("misfit"),
            text("70.5"),
            text("99999999999999999999"),
            huge(),
            Value::from(true),
        ],
        Fits::Number => vec![object(), text("misfit"), text("1,5"), Value::from(true)],
        Fits::Truth => vec![object(), text("misfit"), Value::from(7)],
    }
}

/// Lists that do not fit where one value is wanted.
fn several(fits: Fits) -> Vec<Value> {
    let texts = || Value::List(vec![Value::from("misfit"), Value::from("misfits")]);
    let lists = Value::List(vec![texts(), texts()]);
    match fits {
        Fits::Object => vec![Value::List(vec![object(), object()]), lists],
        _ => vec![texts(), lists],
    }
}

fn object() -> Value {
    let inside: Map = [("odd", "misfit")].into_iter().collect();
    Value::Object(inside)
}
