//! From words to places of the spec.

use super::missing::left_out;
use super::reply::{Fact, Reply, Statement, name};
use super::wanted::Wanted;
use crate::claims::{Basis, Facet, Part, Place, Side, Witness};
use crate::infer::{API, bare, type_at};
use crate::overrides::Override;
use crate::slate::source::Span;
use crate::spec::{Entity, Operation};
use crate::{Reading, Settings};

/// A question about nothing that the docs speak of.
#[derive(Debug, thiserror::Error)]
#[error("neither the spec nor the docs have {asked}{near}")]
pub struct Unknown {
    asked: String,
    near: String,
}

impl Unknown {
    fn new(asked: String, near: &[String]) -> Self {
        let near = match near {
            [] => String::new(),
            names => format!("; there is {}", names.join(", ")),
        };
        Self { asked, near }
    }

    /// When an operation is known, and what is asked of it is not.
    fn of_operation(asked: String, operation: &Operation) -> Self {
        let names: Vec<&str> = operation
            .params
            .iter()
            .map(|param| param.name.as_str())
            .collect();
        let near = match names.as_slice() {
            [] => format!("; {} alone gives all that is known of it", operation.id),
            names => format!(
                "; {id} has the parameters {}, and {id} alone gives all that is known of it",
                names.join(", "),
                id = operation.id
            ),
        };
        Self { asked, near }
    }
}

/// Says why a place is what it is. The words name an operation or an entity, and then a side, a path of keys, a name, a
/// value, the number of a code, or a key of the spec: `parcel.add`, `parcel.add path`, `parcel.add weight`,
/// `parcel.add request root.parcel.weight`, `parcel 1001`.
///
/// # Errors
/// When neither the spec nor the docs know it.
pub fn why(words: &[String], reading: &Reading, settings: &Settings) -> Result<Reply, Unknown> {
    let said = || words.join(" ");
    let Some((subject, rest)) = words.split_first() else {
        return Err(Unknown::new("an empty question".to_owned(), &[]));
    };
    let spec = &reading.inferred.spec;
    let entities = || spec.entities.iter();
    let mut operations = entities().flat_map(|entity| {
        let own = entity.operations.iter();
        own.map(move |operation| (entity, operation))
    });
    let mut reply = Reply::default();
    let asked = Asked { reading, settings };
    if let Some((entity, operation)) = operations.find(|(_, one)| one.id == *subject) {
        reply.facts = asked.operation(entity, operation, rest);
        if reply.facts.is_empty() {
            reply.left_out = left_out(reading, Some(operation), rest);
        }
    } else if subject == API || entities().any(|entity| entity.entity == *subject) {
        let entity = entities().find(|entity| entity.entity == *subject);
        reply.facts = asked.entity(subject, entity, rest);
    } else {
        reply.left_out = left_out(reading, None, words);
    }
    if reply.is_empty() {
        let known = entities()
            .flat_map(|entity| &entity.operations)
            .find(|operation| operation.id == *subject);
        return Err(match known {
            Some(operation) => Unknown::of_operation(said(), operation),
            None => Unknown::new(said(), &alike(subject, reading)),
        });
    }
    Ok(reply)
}

/// Operations whose ids share a word with what was asked for; all entities, where none does.
fn alike(subject: &str, reading: &Reading) -> Vec<String> {
    let parts: Vec<&str> = subject
        .split(['.', '_'])
        .filter(|part| part.len() > 2)
        .collect();
    let operations = reading.inferred.sections.keys();
    let shared = |id: &String| parts.iter().filter(|part| id.contains(**part)).count();
    let mut found: Vec<&String> = operations.filter(|id| shared(id) > 0).collect();
    found.sort_by_key(|id| std::cmp::Reverse(shared(id)));
    if found.is_empty() {
        let entities = reading.inferred.spec.entities.iter();
        return entities.map(|entity| entity.entity.clone()).collect();
    }
    found.into_iter().take(5).cloned().collect()
}

struct Asked<'a> {
    reading: &'a Reading,
    settings: &'a Settings,
}

impl Asked<'_> {
    /// Facts of an operation, of its parameters, or of its messages.
    fn operation(&self, entity: &Entity, operation: &Operation, rest: &[String]) -> Vec<Fact> {
        let Some(section) = self.reading.inferred.sections.get(&operation.id).copied() else {
            return Vec::new();
        };
        let ledger = &self.reading.inferred.ledger;
        let of_section = ledger
            .iter()
            .filter(|(place, _, _)| place.section == section);
        let wanted = Wanted::of(rest);
        let mut out = Vec::new();
        for (place, facet, _) in of_section.filter(|(place, facet, _)| wanted.fits(place, *facet)) {
            out.extend(self.fact(entity, Some(operation), place, facet));
        }
        out.extend(self.corrected(entity, operation, rest, &out));
        if out.is_empty() {
            // A code that the operation answers with is one of its entity.
            out = self.entity(&entity.entity, Some(entity), rest);
        }
        if out.is_empty() {
            out = self.with_value(entity, operation, section, rest);
        }
        out
    }

    /// What overrides make of an operation beside the facts that the docs state: its rules, for one.
    fn corrected(
        &self,
        entity: &Entity,
        operation: &Operation,
        rest: &[String],
        known: &[Fact],
    ) -> Vec<Fact> {
        let own = format!("{}/operations/{}", entity.entity, operation.id);
        let mut out = Vec::new();
        for entry in self
            .settings
            .overrides
            .iter()
            .filter(|entry| entry.at == own)
        {
            for (key, value) in &entry.set {
                let asked = rest.last().is_none_or(|word| word == key);
                let told = known.iter().any(|fact| fact.facet == *key);
                if asked && !told && rest.len() < 2 {
                    out.push(Fact {
                        of: operation.id.clone(),
                        facet: key.clone(),
                        value: value.to_string(),
                        basis: Basis::Corrected,
                        rule: OVERRIDE.to_owned(),
                        because: BEATS.to_owned(),
                        r#for: vec![statement(entry, value)],
                        against: Vec::new(),
                    });
                }
            }
        }
        out
    }

    /// Facts of members whose documented values have this one.
    fn with_value(
        &self,
        entity: &Entity,
        operation: &Operation,
        section: Span,
        rest: &[String],
    ) -> Vec<Fact> {
        let Some((value, above)) = rest.split_last() else {
            return Vec::new();
        };
        let ledger = &self.reading.inferred.ledger;
        let mut out = Vec::new();
        for (place, facet, decision) in ledger.iter() {
            let listed = decision
                .value
                .trim_start_matches("one of ")
                .split(", ")
                .any(|known| known == value);
            let member = above.is_empty() || Wanted::of(above).fits(place, Facet::Type);
            if place.section == section
                && listed
                && member
                && matches!(facet, Facet::Values | Facet::Type | Facet::Default)
            {
                out.extend(self.fact(entity, Some(operation), place, facet));
            }
        }
        out
    }

    /// Facts of the codes of an entity, or of the API.
    fn entity(&self, name: &str, entity: Option<&Entity>, rest: &[String]) -> Vec<Fact> {
        let Some(page) = self.reading.inferred.pages.get(name).copied() else {
            return Vec::new();
        };
        let codes = match entity {
            Some(entity) => &entity.codes,
            None => &self.reading.inferred.spec.api.codes,
        };
        let number = |code: &u32| match rest.last() {
            None => true,
            Some(word) => {
                let mut codes = codes.iter();
                let entry = codes.find(|entry| entry.code == *code);
                *word == code.to_string() || entry.is_some_and(|entry| entry.name == *word)
            }
        };
        let mut out = Vec::new();
        for (place, facet, decision) in self.reading.inferred.ledger.iter() {
            let Part::Code(code) = &place.part else {
                continue;
            };
            if place.section == page && number(code) {
                let of = format!("{name} {}", super::reply::name(place));
                out.push(Fact::new(of, facet, decision, &self.reading.sources));
            }
        }
        out
    }

    /// A decision, with what an override made of it.
    fn fact(
        &self,
        entity: &Entity,
        operation: Option<&Operation>,
        place: &Place,
        facet: Facet,
    ) -> Option<Fact> {
        let decision = self.reading.inferred.ledger.of(place, facet)?;
        let id = operation.map_or(entity.entity.as_str(), |operation| operation.id.as_str());
        let of = format!("{id} {}", name(place));
        let sources = &self.reading.sources;
        let mut fact = Fact::new(of.trim_end().to_owned(), facet, decision, sources);
        let at = operation.map(|operation| ats(entity, operation, place));
        for entry in &self.settings.overrides {
            let here = at.iter().flatten().any(|at| *at == entry.at);
            let stale = self
                .reading
                .stale
                .iter()
                .any(|stale| stale.place == entry.place);
            let Some(value) = entry.set.get(key(facet)).filter(|_| here && !stale) else {
                continue;
            };
            // What the docs say lost.
            let beaten = std::mem::replace(&mut fact.r#for, vec![statement(entry, value)]);
            fact.against.splice(0..0, beaten);
            fact.value = plain(value);
            fact.basis = Basis::Corrected;
            OVERRIDE.clone_into(&mut fact.rule);
            BEATS.clone_into(&mut fact.because);
        }
        Some(fact)
    }
}

const OVERRIDE: &str = "override";
const BEATS: &str = "a correction beats what the docs say";

/// A value of an override, without quotes.
fn plain(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// What an override says, and why.
fn statement(entry: &Override, value: &serde_json::Value) -> Statement {
    Statement {
        says: format!("{}: {}", plain(value), entry.because.trim()),
        by: Witness::Override.text(),
        place: None,
        span: None,
    }
}

/// The key that the spec has for a facet.
fn key(facet: Facet) -> &'static str {
    match facet {
        Facet::Place => "at",
        other => other.key(),
    }
}

/// Where overrides correct a place.
fn ats(entity: &Entity, operation: &Operation, place: &Place) -> Vec<String> {
    let own = format!("{}/operations/{}", entity.entity, operation.id);
    let Part::Member(side, path) = &place.part else {
        return vec![own];
    };
    let Some((last, above)) = path.split_last() else {
        return vec![own];
    };
    let mut out = Vec::new();
    if *side != Side::Response {
        out.push(format!("{own}/params/{last}"));
    }
    let root = match side {
        Side::Request => operation.request.as_deref(),
        Side::Response => operation.response.as_deref(),
        _ => None,
    };
    let ty = root.and_then(|root| match above {
        [] => Some(root),
        _ => type_at(&entity.types, root, above),
    });
    let ty = ty.map(bare);
    out.extend(ty.map(|ty| format!("{}/types/{ty}/fields/{last}", entity.entity)));
    out
}
