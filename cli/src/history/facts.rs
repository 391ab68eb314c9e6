//! Operations as people know them, by heading and address, and whether their names keep their meaning.

use std::collections::BTreeMap;

use slate_codegen::spec::Spec;

use super::measure::{Fault, Numbered};

/// An operation of one revision.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Entity and name: what code calls.
    id: String,
    entity: String,
    heading: String,
    method: String,
    path: String,
    /// Whether another operation of the revision has this method and path, so that they do not say which one it is.
    shared: bool,
    place: String,
}

impl Fact {
    fn same_heading(&self, other: &Self) -> bool {
        words(&self.heading) == words(&other.heading)
    }

    fn is(&self, other: &Self) -> bool {
        self.same_heading(other) || self.path == other.path
    }

    /// Whether what was called like this before was another operation.
    fn took_over_from(&self, old: &Self, now: &[Self]) -> bool {
        if self.same_heading(old) {
            return false;
        }
        if self.path != old.path {
            return true;
        }
        let lives = || now.iter().any(|other| other.key() == old.key());
        let (own, before) = (self.telling(), old.telling());
        (self.shared || old.shared) && (lives() || own.iter().all(|word| !before.contains(word)))
    }

    /// The words of the heading that tell it from others of its entity.
    fn telling(&self) -> Vec<String> {
        const SMALL: [&str; 7] = ["a", "an", "the", "of", "to", "for", "in"];
        let singular = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
        let entity = singular(&self.entity.to_lowercase());
        words(&self.heading)
            .split(' ')
            .filter(|word| !SMALL.contains(word))
            .map(singular)
            .filter(|word| *word != entity)
            .collect()
    }

    fn key(&self) -> Key {
        (
            self.entity.clone(),
            words(&self.heading),
            format!("{} {}", self.method, self.path),
        )
    }

    fn shown(&self) -> String {
        let Self {
            heading,
            method,
            path,
            place,
            ..
        } = self;
        format!("\"{heading}\" {method} {path}, {place}")
    }
}

/// Entity, heading, and method with path.
type Key = (String, String, String);

/// Case, marks and blanks of a heading say nothing.
fn words(heading: &str) -> String {
    let words = heading.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

/// The operations of a spec.
pub fn of(spec: &Spec, revision: &str) -> Vec<Fact> {
    let mut out = Vec::new();
    for entity in &spec.entities {
        for operation in &entity.operations {
            let source = &operation.source;
            let suffix = operation.suffix.as_deref();
            out.push(Fact {
                id: operation.id.clone(),
                entity: entity.entity.clone(),
                heading: operation.title.clone(),
                method: operation.method.clone(),
                path: suffix.map_or_else(
                    || operation.path.clone(),
                    |suffix| format!("{}.{suffix}", operation.path),
                ),
                shared: false,
                place: format!("{revision}/{}:{}", source.file, source.line),
            });
        }
    }
    let places: Vec<(String, String)> = out
        .iter()
        .map(|fact| (fact.method.clone(), fact.path.clone()))
        .collect();
    for fact in &mut out {
        let own = |(method, path): &&(String, String)| *method == fact.method && *path == fact.path;
        fact.shared = places.iter().filter(own).count() > 1;
    }
    out
}

/// All operations that there were, as they were last.
#[derive(Debug, Default)]
pub struct Known {
    by_name: BTreeMap<String, Fact>,
    by_fact: BTreeMap<Key, Fact>,
}

impl Known {
    /// Names that stand for something with another heading and another path than before: code that calls them compiles and
    /// does something else. Where several operations share a path the heading decides: it must not be that of another one
    /// now, nor have no word in common.
    pub fn passed(&self, now: &[Fact]) -> Vec<Fault> {
        let mut out = Vec::new();
        for new in now {
            let Some(old) = self.by_name.get(&new.id) else {
                continue;
            };
            if !new.took_over_from(old, now) {
                continue;
            }
            // An address that several share leads nowhere.
            let others = || now.iter().filter(|other| other.id != new.id);
            let at = others()
                .find(|other| other.key() == old.key())
                .or_else(|| others().find(|other| other.path == old.path && !other.shared))
                .or_else(|| others().find(|other| other.same_heading(old)));
            let at = at.map_or_else(
                || "what it was is gone".to_owned(),
                |other| format!("what it was is {} now", other.id),
            );
            out.push(Fault {
                what: format!("{} stands for another operation; {at}", new.id),
                old: Some(old.shown()),
                new: Some(new.shown()),
            });
        }
        out
    }

    /// Operations whose heading, method and path are what they were, and whose name is not.
    pub fn renamed(&self, now: &[Fact]) -> Vec<Fault> {
        unique(now)
            .into_iter()
            .filter_map(|(key, new)| {
                let old = self.by_fact.get(&key)?;
                (old.id != new.id).then(|| Fault {
                    what: format!("{} is called {}", old.id, new.id),
                    old: Some(old.shown()),
                    new: Some(new.shown()),
                })
            })
            .collect()
    }

    /// New names with a number, of an operation that had the name without: by its heading or its path, where that name has
    /// not stayed with what it stood for.
    pub fn numbered(&self, now: &[Fact], numbered: &[Numbered]) -> Vec<Fault> {
        let mut out = Vec::new();
        for one in numbered.iter().filter(|one| one.section == "operations") {
            let id = |name: &str| format!("{}.{}", one.scope, name.trim_end_matches('_'));
            let bare = id(super::names::bare(&one.name));
            let own = now.iter().find(|fact| fact.id == id(&one.name));
            let (Some(old), Some(new)) = (self.by_name.get(&bare), own) else {
                continue;
            };
            let stayed = now.iter().any(|fact| fact.id == bare && fact.is(old));
            if !stayed && old.is(new) {
                out.push(Fault {
                    what: format!("{bare} is called {}", new.id),
                    old: Some(old.shown()),
                    new: Some(new.shown()),
                });
            }
        }
        out
    }

    /// Takes a revision in. What it does not have any more stays as it was: its name is reserved.
    pub fn learn(&mut self, now: &[Fact]) {
        for (key, fact) in unique(now) {
            self.by_fact.insert(key, fact.clone());
        }
        for fact in now {
            self.by_name.insert(fact.id.clone(), fact.clone());
        }
    }
}

/// What one heading and address lead to, where they lead to one operation: of two nobody can say which is which.
fn unique(now: &[Fact]) -> BTreeMap<Key, &Fact> {
    let mut groups: BTreeMap<Key, Vec<&Fact>> = BTreeMap::new();
    for fact in now {
        groups.entry(fact.key()).or_default().push(fact);
    }
    groups
        .into_iter()
        .filter_map(|(key, group)| match group.as_slice() {
            [one] => Some((key, *one)),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(id: &str, heading: &str, path: &str) -> Fact {
        Fact {
            id: id.to_owned(),
            entity: "parcel".to_owned(),
            heading: heading.to_owned(),
            method: "GET".to_owned(),
            path: path.to_owned(),
            shared: path == "/shared",
            place: "1/a.md:1".to_owned(),
        }
    }

    fn known(facts: &[Fact]) -> Known {
        let mut known = Known::default();
        known.learn(facts);
        known
    }

    #[test]
    fn a_name_passes_when_heading_and_path_are_others() {
        let known = known(&[fact("parcel.return", "Return a Parcel", "/return")]);
        let passed = known.passed(&[
            fact("parcel.return", "Cancel a Line", "/cancel"),
            fact("parcel.send_back", "Return a Parcel!", "/return"),
        ]);
        assert_eq!(passed.len(), 1);
        assert!(
            passed[0].what.ends_with("parcel.send_back now"),
            "{passed:?}"
        );
        for same in [("Return a parcel", "/other"), ("Other", "/return")] {
            assert_eq!(known.passed(&[fact("parcel.return", same.0, same.1)]), []);
        }
    }

    #[test]
    fn where_a_path_is_shared_the_heading_decides() {
        let known = known(&[fact(
            "parcel.return",
            "Cancel a Line of a Parcel",
            "/shared",
        )]);
        let other = fact("parcel.return", "Return Parcels", "/shared");
        assert_eq!(known.passed(&[other]).len(), 1);
        let reworded = fact("parcel.return", "Cancel Lines", "/shared");
        assert_eq!(known.passed(std::slice::from_ref(&reworded)), []);
        let old = fact("parcel.cancel", "Cancel a Line of a Parcel", "/shared");
        assert_eq!(known.passed(&[reworded, old]).len(), 1);
    }

    #[test]
    fn a_name_that_was_away_is_remembered() {
        let mut known = known(&[fact("parcel.get", "Get", "/get")]);
        known.learn(&[]);
        assert_eq!(
            known.passed(&[fact("parcel.get", "Find", "/find")]).len(),
            1
        );
        assert_eq!(
            known.renamed(&[fact("parcel.get2", "Get", "/get")]).len(),
            1
        );
        assert_eq!(known.renamed(&[fact("parcel.get", "Get", "/get")]), []);
    }

    #[test]
    fn two_of_one_heading_and_address_say_nothing_about_names() {
        let known = known(&[
            fact("parcel.a", "Get", "/get"),
            fact("parcel.b", "Get", "/get"),
        ]);
        assert_eq!(known.renamed(&[fact("parcel.c", "Get", "/get")]), []);
    }

    #[test]
    fn a_number_is_wrong_where_the_operation_is_the_same() {
        let numbered = [Numbered {
            section: "operations".to_owned(),
            scope: "parcel".to_owned(),
            fact: "GET /new".to_owned(),
            name: "update2".to_owned(),
            beside: "GET /old".to_owned(),
        }];
        let known = known(&[fact("parcel.update", "Update", "/old")]);
        let new = fact("parcel.update2", "Update", "/new");
        assert_eq!(
            known.numbered(std::slice::from_ref(&new), &numbered).len(),
            1
        );
        let both = [new, fact("parcel.update", "Update", "/old")];
        assert_eq!(known.numbered(&both, &numbered), []);
    }
}
