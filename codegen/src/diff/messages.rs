//! Compares requests and answers: trees of fields.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::matching::{best, plain, words};
use super::{Finder, Rule, fact, params};
use crate::spec::{Entity, Field, Required, Source, TypeDef};

/// Deeper than any message of an API.
const DEPTH: usize = 64;

/// A type without its lists and maps.
struct Leaf<'a> {
    /// What users see: `list<object>`, `string`.
    about: String,
    /// Name and definition, where it has one.
    def: Option<(&'a str, &'a TypeDef)>,
}

/// Takes lists and maps off a type.
fn leaf<'a>(entity: &'a Entity, written: &'a str) -> Leaf<'a> {
    let (mut inner, mut wraps) = (written, Vec::new());
    for _ in 0..DEPTH {
        let wrap = ["list<", "map<"]
            .into_iter()
            .find(|wrap| inner.starts_with(wrap) && inner.ends_with('>'));
        let Some(wrap) = wrap else { break };
        inner = inner.get(wrap.len()..inner.len() - 1).unwrap_or_default();
        wraps.push(wrap);
    }
    let def = entity.types.get_key_value(inner);
    let name = match def {
        Some((_, def)) if def.values.is_some() => "string",
        Some(_) => "object",
        None => inner,
    };
    Leaf {
        about: format!("{}{name}{}", wraps.concat(), ">".repeat(wraps.len())),
        def: def.map(|(name, def)| (name.as_str(), def)),
    }
}

impl<'a> Leaf<'a> {
    fn fields(&self) -> &'a [Field] {
        self.def
            .and_then(|(_, def)| def.fields.as_deref())
            .unwrap_or_default()
    }

    /// The type with the names of what is in it.
    fn whole(&self) -> String {
        let names: Vec<&str> = self
            .fields()
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        if names.is_empty() {
            self.about.clone()
        } else {
            format!("{} of {}", self.about, names.join(", "))
        }
    }

    fn values(&self) -> Option<&'a [String]> {
        self.def.and_then(|(_, def)| def.values.as_deref())
    }
}

/// Names of the fields of a message, at any depth.
pub fn names(entity: &Entity, root: &str, out: &mut BTreeSet<String>) {
    let mut seen = BTreeSet::new();
    let mut left = vec![root];
    while let Some(written) = left.pop() {
        let leaf = leaf(entity, written);
        if leaf.def.is_none_or(|(name, _)| !seen.insert(name)) {
            continue;
        }
        for field in leaf.fields() {
            out.insert(plain(&field.name));
            left.push(&field.ty);
        }
    }
}

/// The place of the first field of this name in a message.
pub fn place<'a>(entity: &'a Entity, root: &'a str, name: &str) -> Option<&'a Source> {
    let mut seen = BTreeSet::new();
    let mut left = VecDeque::from([root]);
    while let Some(written) = left.pop_front() {
        let leaf = leaf(entity, written);
        if leaf.def.is_none_or(|(name, _)| !seen.insert(name)) {
            continue;
        }
        for field in leaf.fields() {
            if field.name == name && !field.source.is_empty() {
                return field.source.first();
            }
            left.push_back(&field.ty);
        }
    }
    None
}

/// A field with its path.
struct Found<'a> {
    parent: String,
    field: &'a Field,
    /// Where the object stands that it is in.
    around: &'a Source,
    /// Whether another field of the same choice was there before.
    joins: bool,
}

impl<'a> Found<'a> {
    fn path(&self) -> String {
        join(&self.parent, &self.field.name)
    }

    fn place(&self) -> &'a Source {
        self.field.source.first().unwrap_or(self.around)
    }
}

fn join(parent: &str, name: &str) -> String {
    if parent.is_empty() {
        name.to_owned()
    } else {
        format!("{parent}.{name}")
    }
}

/// Rust names of types, by their names in the spec.
pub type TypeNames = BTreeMap<String, String>;

/// A message before and now.
pub struct Sides<'a> {
    /// Entity and type.
    pub old: (&'a Entity, &'a str),
    /// The same now.
    pub new: (&'a Entity, &'a str),
    /// Where they are shown.
    pub places: (&'a Source, &'a Source),
    /// The Rust names of their types.
    pub names: (&'a TypeNames, &'a TypeNames),
}

/// Compares one message.
pub struct Messages<'a, 'f, 'e> {
    old: &'a Entity,
    new: &'a Entity,
    /// The Rust names of the types.
    names: (&'a TypeNames, &'a TypeNames),
    request: bool,
    /// Where the object stands whose fields are compared: the place of fields that have none of their own.
    around: (&'a Source, &'a Source),
    seen: BTreeSet<(&'a str, &'a str)>,
    removed: Vec<Found<'a>>,
    added: Vec<Found<'a>>,
    finder: &'f mut Finder<'e>,
}

/// Compares the request or the answer of an operation.
pub fn compare(sides: &Sides<'_>, request: bool, finder: &mut Finder<'_>) {
    let (old, new) = (sides.old, sides.new);
    let mut messages = Messages {
        old: old.0,
        new: new.0,
        names: sides.names,
        request,
        around: sides.places,
        seen: BTreeSet::new(),
        removed: Vec::new(),
        added: Vec::new(),
        finder,
    };
    let (before, after) = (leaf(old.0, old.1), leaf(new.0, new.1));
    if before.about != after.about {
        let subject = if request { "request" } else { "answer" };
        messages.finder.push(
            Rule::FieldTypeChanged,
            subject,
            (Some(before.about.clone()), Some(sides.places.0)),
            (Some(after.about.clone()), Some(sides.places.1)),
        );
    }
    messages.objects(&before, &after, "", 0);
    messages.settle();
}

impl<'a> Messages<'a, '_, '_> {
    /// Where a field of the object around stands. What is in no table stands where its object does.
    fn from(&self, field: &'a Field) -> Option<&'a Source> {
        field.source.first().or(Some(self.around.0))
    }

    fn to(&self, field: &'a Field) -> Option<&'a Source> {
        field.source.first().or(Some(self.around.1))
    }

    fn subject(&self, path: &str) -> String {
        let message = if self.request { "request" } else { "answer" };
        format!("{message} field `{path}`")
    }

    /// Compares two objects by the names of their fields. A type that holds itself is compared once.
    fn objects(&mut self, old: &Leaf<'a>, new: &Leaf<'a>, path: &str, depth: usize) {
        let (Some((old_name, _)), Some((new_name, _))) = (old.def, new.def) else {
            return;
        };
        if depth > DEPTH || !self.seen.insert((old_name, new_name)) {
            return;
        }
        let (olds, news) = (old.fields(), new.fields());
        // Names of an object are unique; of a repeated one the first counts on both sides.
        let mut pairs: Vec<(usize, usize)> = best(olds, news, 1.0, |a, b| {
            f64::from(u8::from(a.name == b.name))
        });
        pairs.sort_by_key(|(_, new)| *new);
        if self.request {
            self.order(olds, news, &pairs, path);
        }
        for (a, b) in &pairs {
            if let (Some(a), Some(b)) = (olds.get(*a), news.get(*b)) {
                self.field(a, b, &join(path, &b.name), depth);
            }
        }
        for (at, field) in olds.iter().enumerate() {
            if !pairs.iter().any(|(a, _)| *a == at) {
                let parent = path.to_owned();
                self.removed.push(Found {
                    parent,
                    field,
                    around: self.around.0,
                    joins: false,
                });
            }
        }
        let chosen = pairs
            .iter()
            .filter_map(|(_, b)| news.get(*b))
            .any(|field| field.required == Required::OneOf);
        for (at, field) in news.iter().enumerate() {
            if !pairs.iter().any(|(_, b)| *b == at) {
                let parent = path.to_owned();
                self.added.push(Found {
                    parent,
                    field,
                    around: self.around.1,
                    joins: chosen && field.required == Required::OneOf,
                });
            }
        }
    }

    /// The same field in another place, or under another name.
    fn moved(&mut self, old: &Found<'a>, new: &Found<'a>) {
        let (from, to) = (old.path(), new.path());
        let subject = self.subject(&to);
        let (rule, before, after) = if old.field.name == new.field.name {
            (Rule::FieldMoved, from.clone(), to.clone())
        } else {
            let (before, after) = (&old.field.name, &new.field.name);
            (Rule::FieldRenamed, before.clone(), after.clone())
        };
        self.finder.push(
            rule,
            subject,
            (Some(before), Some(old.place())),
            (Some(after), Some(new.place())),
        );
        self.finder.moved(self.request, from, to);
    }

    /// The required fields of an object are the arguments of `new`, in their order.
    fn order(&mut self, old: &'a [Field], new: &'a [Field], pairs: &[(usize, usize)], path: &str) {
        let needed =
            |field: Option<&'a Field>| field.filter(|field| field.required == Required::True);
        let kept: Vec<(usize, &'a Field, &'a Field)> = pairs
            .iter()
            .filter_map(|(a, b)| Some((*a, needed(old.get(*a))?, needed(new.get(*b))?)))
            .collect();
        if kept.is_sorted_by_key(|(at, ..)| *at) {
            return;
        }
        let subject = if path.is_empty() {
            "request".to_owned()
        } else {
            self.subject(path)
        };
        let mut before = kept.clone();
        before.sort_by_key(|(at, ..)| *at);
        let names = |fields: Vec<&Field>| -> String {
            let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            names.join(", ")
        };
        let olds: Vec<&'a Field> = before.iter().map(|(_, old, _)| *old).collect();
        let news: Vec<&'a Field> = kept.iter().map(|(_, _, new)| *new).collect();
        let (from, to) = (
            olds.first().and_then(|field| self.from(field)),
            news.first().and_then(|field| self.to(field)),
        );
        self.finder.push(
            Rule::ArgumentsReordered,
            subject,
            (fact(names(olds)), from),
            (fact(names(news)), to),
        );
    }

    fn field(&mut self, old: &'a Field, new: &'a Field, path: &str, depth: usize) {
        let (from, to) = (self.from(old), self.to(new));
        let (before, after) = (leaf(self.old, &old.ty), leaf(self.new, &new.ty));
        let subject = self.subject(path);
        if before.about == after.about {
            self.values(&before, &after, &subject, (from, to));
        } else {
            self.finder.push(
                Rule::FieldTypeChanged,
                &*subject,
                (Some(before.about.clone()), from),
                (Some(after.about.clone()), to),
            );
        }
        if old.required != new.required {
            let rule = if self.request {
                params::presence(old.required, new.required)
            } else {
                Some(Rule::PresenceStated)
            };
            if let Some(rule) = rule {
                self.finder.push(
                    rule,
                    &*subject,
                    (fact(params::required(old.required, &[])), from),
                    (fact(params::required(new.required, &[])), to),
                );
            }
        }
        self.finder
            .reworded(&subject, (&old.doc, from), (&new.doc, to));
        if before.about == after.about
            && let (Some(old_name), Some(new_name)) = self.rust_names(&before, &after)
            && old_name != new_name
        {
            self.finder.push(
                Rule::TypeRenamed,
                &*subject,
                (fact(old_name), from),
                (fact(new_name), to),
            );
        }
        let outer = self.around;
        self.around = (from.unwrap_or(outer.0), to.unwrap_or(outer.1));
        self.objects(&before, &after, path, depth + 1);
        self.around = outer;
    }

    /// The names of two types in Rust; types that the SDK hides have none.
    fn rust_names(
        &self,
        old: &Leaf<'a>,
        new: &Leaf<'a>,
    ) -> (Option<&'a String>, Option<&'a String>) {
        let name = |names: &'a TypeNames, leaf: &Leaf<'a>| {
            let (name, _) = leaf.def?;
            names.get(name)
        };
        (name(self.names.0, old), name(self.names.1, new))
    }

    fn values(
        &mut self,
        old: &Leaf<'_>,
        new: &Leaf<'_>,
        subject: &str,
        places: (Option<&Source>, Option<&Source>),
    ) {
        match (old.values(), new.values()) {
            (Some(old), Some(new)) => params::lists(old, new, subject, places, self.finder),
            (None, None) => {}
            (old, new) => {
                let list = |values: Option<&[String]>| values.map(|values| values.join(", "));
                self.finder.push(
                    Rule::ValuesChangeType,
                    subject,
                    (list(old), places.0),
                    (list(new), places.1),
                );
            }
        }
    }

    /// What is neither here nor there by its name: moved, renamed, or really gone or new.
    fn settle(&mut self) {
        // Fields of what was found to be moved may be moved too; each round has fewer that are left.
        loop {
            let pairs = best(&self.removed, &self.added, 0.6, |a, b| self.likeness(a, b));
            if pairs.is_empty() {
                break;
            }
            let removed = std::mem::take(&mut self.removed);
            let added = std::mem::take(&mut self.added);
            for (a, b) in &pairs {
                let (Some(old), Some(new)) = (removed.get(*a), added.get(*b)) else {
                    continue;
                };
                self.moved(old, new);
                let outer = self.around;
                self.around = (old.around, new.around);
                self.field(old.field, new.field, &new.path(), 0);
                self.around = outer;
            }
            let keep = |found: Vec<Found<'a>>, taken: BTreeSet<usize>| {
                let left = found.into_iter().enumerate();
                left.filter(move |(at, _)| !taken.contains(at))
                    .map(|(_, found)| found)
            };
            self.removed
                .extend(keep(removed, pairs.iter().map(|pair| pair.0).collect()));
            self.added
                .extend(keep(added, pairs.iter().map(|pair| pair.1).collect()));
        }
        self.inside();
        for found in std::mem::take(&mut self.removed) {
            let rule = if self.request {
                Rule::RequestFieldRemoved
            } else {
                Rule::AnswerFieldRemoved
            };
            let subject = self.subject(&found.path());
            let about = leaf(self.old, &found.field.ty).whole();
            self.finder.push(
                rule,
                subject,
                (Some(about), Some(found.place())),
                (None, None),
            );
        }
        for found in std::mem::take(&mut self.added) {
            let needed = found.field.required != Required::False && !found.joins;
            let rule = match (self.request, needed) {
                (true, true) => Rule::RequiredFieldAdded,
                (true, false) => Rule::RequestFieldAdded,
                (false, _) => Rule::AnswerFieldAdded,
            };
            let subject = self.subject(&found.path());
            let about = leaf(self.new, &found.field.ty).whole();
            self.finder.push(
                rule,
                subject,
                (None, None),
                (Some(about), Some(found.place())),
            );
        }
    }

    /// Fields that went into an object that is new, or came out of one that is gone: the same name and the same words.
    fn inside(&mut self) {
        let same = |a: &Found<'_>, b: &Found<'_>| {
            let (a, b) = (a.field, b.field);
            let alike = a.name == b.name && !a.doc.is_empty();
            f64::from(u8::from(alike && words(&a.doc, &b.doc) > 0.8))
        };
        let into = contents(self.new, &self.added);
        let out_of = contents(self.old, &self.removed);
        let removed = std::mem::take(&mut self.removed);
        let added = std::mem::take(&mut self.added);
        let (gone, came) = (
            best(&removed, &into, 1.0, same),
            best(&out_of, &added, 1.0, same),
        );
        for (olds, news, pairs) in [(&removed, &into, &gone), (&out_of, &added, &came)] {
            for (a, b) in pairs {
                if let (Some(old), Some(new)) = (olds.get(*a), news.get(*b)) {
                    self.moved(old, new);
                }
            }
        }
        let left = |found: Vec<Found<'a>>, taken: BTreeSet<usize>| -> Vec<Found<'a>> {
            let found = found.into_iter().enumerate();
            let kept = found.filter(|(at, _)| !taken.contains(at));
            kept.map(|(_, found)| found).collect()
        };
        self.removed = left(removed, gone.iter().map(|pair| pair.0).collect());
        self.added = left(added, came.iter().map(|pair| pair.1).collect());
    }

    /// How sure it is that a field that is gone and one that is new are the same, from 0 to 1.
    fn likeness(&self, old: &Found<'_>, new: &Found<'_>) -> f64 {
        let (a, b) = (leaf(self.old, &old.field.ty), leaf(self.new, &new.field.ty));
        let same_type = a.about == b.about;
        let doc = if old.field.doc.is_empty() {
            0.0
        } else {
            words(&old.field.doc, &new.field.doc)
        };
        let shared = shared(&a, &b);
        if old.parent == new.parent {
            let spelling = plain(&old.field.name) == plain(&new.field.name);
            // Another name in the same object: another spelling, the same contents, or the same words.
            return match shared {
                _ if spelling && same_type => 0.75,
                _ if spelling => 0.7,
                Some(shared) if same_type && shared > 0.7 => 0.6 + shared / 20.0,
                None if same_type && doc > 0.8 => 0.6 + doc / 20.0,
                _ => 0.0,
            };
        }
        if old.field.name != new.field.name {
            return 0.0;
        }
        // The same name elsewhere: with the same contents or words, or the only one that went and came.
        let only = |list: &[Found<'_>]| {
            let same = |found: &&Found<'_>| found.field.name == old.field.name;
            list.iter().filter(same).count() == 1
        };
        match shared {
            Some(shared) if same_type && shared > 0.5 => 0.8 + shared / 10.0,
            None if doc > 0.5 => 0.8 + doc / 10.0,
            None if same_type && only(&self.removed) && only(&self.added) => 0.65,
            _ => 0.0,
        }
    }
}

/// All fields in objects, at any depth; each type once.
fn contents<'a>(entity: &'a Entity, objects: &[Found<'a>]) -> Vec<Found<'a>> {
    let mut seen = BTreeSet::new();
    let mut left: Vec<(String, &'a Field, &'a Source)> = objects
        .iter()
        .map(|found| (found.path(), found.field, found.place()))
        .collect();
    let mut out = Vec::new();
    while let Some((parent, field, around)) = left.pop() {
        let leaf = leaf(entity, &field.ty);
        if leaf.def.is_none_or(|(name, _)| !seen.insert(name)) {
            continue;
        }
        for field in leaf.fields() {
            let place = field.source.first().unwrap_or(around);
            left.push((join(&parent, &field.name), field, place));
            out.push(Found {
                parent: parent.clone(),
                field,
                around,
                joins: false,
            });
        }
    }
    out
}

/// Share of the names of fields that two objects have in common; nothing where neither is an object.
fn shared(old: &Leaf<'_>, new: &Leaf<'_>) -> Option<f64> {
    let inner = |leaf: &Leaf<'_>| -> BTreeSet<String> {
        leaf.fields()
            .iter()
            .map(|field| plain(&field.name))
            .collect()
    };
    let (old, new) = (inner(old), inner(new));
    let all = old.union(&new).count();
    #[expect(clippy::cast_precision_loss, reason = "counts of fields are small")]
    (all > 0).then(|| old.intersection(&new).count() as f64 / all as f64)
}
