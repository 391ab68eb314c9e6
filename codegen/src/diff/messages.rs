//! Compares requests and answers: trees of fields.

use std::collections::BTreeSet;

use super::finder::{Finder, fact};
use super::leaf::{DEPTH, Leaf, leaf};
use super::leftover::left;
use super::message::{Found, Messages, Sides, TypeNames, join};
use super::params;
use super::rules::Rule;
use crate::identity::best;
use crate::spec::{Field, Required, Source};

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

    /// The same field in another place, or under another name, and what changed of it.
    pub fn moved(&mut self, old: &Found<'a>, new: &Found<'a>) {
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
        self.finder.moved(self.request, from, to.clone());
        let outer = self.around;
        self.around = (old.around, new.around);
        self.field(old.field, new.field, &to, 0);
        self.around = outer;
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
            let removed = std::mem::take(&mut self.removed);
            let added = std::mem::take(&mut self.added);
            for (a, b) in &pairs {
                if let (Some(old), Some(new)) = (removed.get(*a), added.get(*b)) {
                    self.moved(old, new);
                }
            }
            self.removed
                .extend(left(removed, pairs.iter().map(|pair| pair.0)));
            self.added
                .extend(left(added, pairs.iter().map(|pair| pair.1)));
            if pairs.is_empty() && !self.inside() {
                break;
            }
        }
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
}
