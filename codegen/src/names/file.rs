//! `spec/names.yaml`, read and written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Mapping, Value};

use super::published::{Former, Names, Published};
use super::section::Section;
use crate::InputError;
use crate::dialect::yaml_error;

const HEAD: &str = "\
# Names of the SDK that are published, each under the fact that it stands for.
# `gen` adds to this file; it never changes or removes a name. A rename is an edit here:
# `fact: {name: new, was: [old]}`. See \"Names\" in CONTRIBUTING.md.
";

type Facts = BTreeMap<String, Published>;
type Scopes = BTreeMap<String, Facts>;

impl Names {
    /// Reads the file; `path` is for messages.
    ///
    /// # Errors
    /// When the YAML is not valid, or a name cannot be one. The error has the line.
    pub fn parse(path: &str, yaml: &str) -> Result<Self, InputError> {
        let sections = FileSeed
            .deserialize(serde_yaml::Deserializer::from_str(yaml))
            .map_err(|error| yaml_error(path, &error))?;
        Ok(Self { sections })
    }

    /// The file.
    ///
    /// # Errors
    /// When it cannot be written as YAML, which never happens.
    pub fn to_yaml(&self) -> Result<String, InputError> {
        let mut file = Mapping::new();
        for section in Section::ALL {
            let Some(scopes) = self.sections.get(&section) else {
                continue;
            };
            let mut out = Mapping::new();
            for (scope, facts) in scopes.iter().filter(|(_, facts)| !facts.is_empty()) {
                out.insert(scope.clone().into(), write_facts(section, facts));
            }
            if !out.is_empty() {
                let key = serde_yaml::to_value(section).map_err(|error| failed(&error))?;
                file.insert(key, out.into());
            }
        }
        if file.is_empty() {
            return Ok(HEAD.to_owned());
        }
        serde_yaml::to_string(&file)
            .map(|yaml| format!("{HEAD}{yaml}"))
            .map_err(|error| failed(&error))
    }
}

fn failed(error: &serde_yaml::Error) -> InputError {
    InputError::new(format!("names: {error}"))
}

fn write_facts(section: Section, facts: &Facts) -> Value {
    let mut entries: Vec<(&String, &Published)> = facts.iter().collect();
    if section == Section::Codes {
        entries.sort_by_key(|(fact, _)| fact.parse::<u32>().unwrap_or(u32::MAX));
    }
    let mut out = Mapping::new();
    for (fact, published) in entries {
        let key: Value = match (section, fact.parse::<u32>()) {
            (Section::Codes, Ok(number)) => number.into(),
            _ => fact.clone().into(),
        };
        out.insert(key, write_name(published));
    }
    out.into()
}

fn write_name(published: &Published) -> Value {
    if published.was.is_empty() {
        return published.name.clone().into();
    }
    let was: Vec<Value> = published.was.iter().map(write_former).collect();
    let mut out = Mapping::new();
    out.insert("name".into(), published.name.clone().into());
    out.insert("was".into(), was.into());
    out.into()
}

fn write_former(former: &Former) -> Value {
    if former.since.is_empty() {
        return former.name.clone().into();
    }
    let mut out = Mapping::new();
    out.insert("name".into(), former.name.clone().into());
    out.insert("since".into(), former.since.clone().into());
    out.into()
}

/// A text that passes a check, with its line in the error where it does not.
struct Text<F>(F);

impl<'de, F: FnMut(&str) -> Result<(), String>> DeserializeSeed<'de> for Text<F> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<String, D::Error> {
        from.deserialize_str(self)
    }
}

impl<F: FnMut(&str) -> Result<(), String>> Visitor<'_> for Text<F> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(mut self, text: &str) -> Result<String, E> {
        (self.0)(text).map_err(E::custom)?;
        Ok(text.to_owned())
    }
}

/// A check that a key is not there already.
fn once<V>(known: &BTreeMap<String, V>) -> impl FnMut(&str) -> Result<(), String> {
    |key| {
        if known.contains_key(key) {
            return Err(format!("{key:?} stands twice"));
        }
        Ok(())
    }
}

struct FileSeed;

impl<'de> DeserializeSeed<'de> for FileSeed {
    type Value = BTreeMap<Section, Scopes>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for FileSeed {
    type Value = BTreeMap<Section, Scopes>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sections of names")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(BTreeMap::new())
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(BTreeMap::new())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut out = BTreeMap::new();
        while let Some(section) = map.next_key::<Section>()? {
            let scopes = map.next_value_seed(ScopesSeed(section))?;
            if !scopes.is_empty() && out.insert(section, scopes).is_some() {
                return Err(A::Error::custom(format!("{section:?} stands twice")));
            }
        }
        Ok(out)
    }
}

struct ScopesSeed(Section);

impl<'de> DeserializeSeed<'de> for ScopesSeed {
    type Value = Scopes;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Scopes, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ScopesSeed {
    type Value = Scopes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("names by scope and fact")
    }

    fn visit_unit<E: Error>(self) -> Result<Scopes, E> {
        Ok(Scopes::new())
    }

    fn visit_none<E: Error>(self) -> Result<Scopes, E> {
        Ok(Scopes::new())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scopes, A::Error> {
        let mut out = Scopes::new();
        while let Some(scope) = map.next_key_seed(Text(once(&out)))? {
            let facts = map.next_value_seed(FactsSeed(self.0))?;
            out.insert(scope, facts);
        }
        Ok(out)
    }
}

struct FactsSeed(Section);

impl<'de> DeserializeSeed<'de> for FactsSeed {
    type Value = Facts;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Facts, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for FactsSeed {
    type Value = Facts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("names by fact")
    }

    fn visit_unit<E: Error>(self) -> Result<Facts, E> {
        Ok(Facts::new())
    }

    fn visit_none<E: Error>(self) -> Result<Facts, E> {
        Ok(Facts::new())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Facts, A::Error> {
        let mut out = Facts::new();
        let mut taken = BTreeSet::new();
        loop {
            let section = self.0;
            let key = Text(|fact: &str| {
                if section == Section::Codes && fact.parse::<u32>().is_err() {
                    return Err(format!("{fact:?} is no code"));
                }
                once(&out)(fact)
            });
            let Some(fact) = map.next_key_seed(key)? else {
                break;
            };
            let published = map.next_value_seed(Entry {
                section,
                taken: &mut taken,
            })?;
            out.insert(fact, published);
        }
        Ok(out)
    }
}

/// A name, or a name and what it was.
struct Entry<'t> {
    section: Section,
    /// The names of the scope so far, each with whether it is a former one.
    taken: &'t mut BTreeSet<(String, bool)>,
}

impl Entry<'_> {
    fn check(&mut self, name: &str, is_former: bool) -> Result<(), String> {
        self.section.check(name)?;
        // Many places may be those of one type, and many sections have one heading.
        if !self.section.is_unique() {
            return Ok(());
        }
        // A name that was another fact's is one: that is how two names are swapped. It has no alias then.
        if self.taken.insert((name.to_owned(), is_former)) {
            return Ok(());
        }
        Err(if is_former {
            format!("{name:?} is a former name twice in one scope: leave it with one fact")
        } else {
            format!("two facts of one scope are named {name:?}")
        })
    }
}

impl<'de> DeserializeSeed<'de> for Entry<'_> {
    type Value = Published;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Published, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Entry<'_> {
    type Value = Published;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name, or {name: new, was: [old]}")
    }

    fn visit_str<E: Error>(mut self, name: &str) -> Result<Published, E> {
        self.check(name, false).map_err(E::custom)?;
        Ok(Published::new(name.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Published, A::Error> {
        let (mut name, mut was) = (None, Vec::new());
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "name" => {
                    name = Some(map.next_value_seed(Text(|text: &str| self.check(text, false)))?);
                }
                "was" => was = map.next_value_seed(FormersSeed(&mut self))?,
                _ => return Err(A::Error::unknown_field(&key, &["name", "was"])),
            }
        }
        let name = name.ok_or_else(|| A::Error::missing_field("name"))?;
        if was.iter().any(|former: &Former| former.name == name) {
            return Err(A::Error::custom(format!(
                "{name:?} is the name and a former name of one fact: take it out of `was`"
            )));
        }
        Ok(Published { name, was })
    }
}

struct FormersSeed<'e, 't>(&'e mut Entry<'t>);

impl<'de> DeserializeSeed<'de> for FormersSeed<'_, '_> {
    type Value = Vec<Former>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Vec<Former>, D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for FormersSeed<'_, '_> {
    type Value = Vec<Former>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of former names")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Former>, A::Error> {
        let mut out = Vec::new();
        while let Some(former) = list.next_element_seed(FormerSeed(self.0))? {
            out.push(former);
        }
        Ok(out)
    }
}

struct FormerSeed<'e, 't>(&'e mut Entry<'t>);

impl<'de> DeserializeSeed<'de> for FormerSeed<'_, '_> {
    type Value = Former;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Former, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for FormerSeed<'_, '_> {
    type Value = Former;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a former name, or {name: old, since: version}")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Former, E> {
        self.0.check(name, true).map_err(E::custom)?;
        Ok(Former {
            name: name.to_owned(),
            since: String::new(),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Former, A::Error> {
        let (mut name, mut since) = (None, String::new());
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "name" => {
                    name = Some(map.next_value_seed(Text(|text: &str| self.0.check(text, true)))?);
                }
                "since" => since = map.next_value_seed(Text(version))?,
                _ => return Err(A::Error::unknown_field(&key, &["name", "since"])),
            }
        }
        let name = name.ok_or_else(|| A::Error::missing_field("name"))?;
        Ok(Former { name, since })
    }
}

fn version(text: &str) -> Result<(), String> {
    super::version::parse(text)
        .map(|_| ())
        .ok_or_else(|| format!("{text:?} is no version"))
}
