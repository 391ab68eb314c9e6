//! From words to places of the spec.

use super::missing::{Scope, left_out};
use super::near;
use super::reply::{Fact, Reply, Statement, name};
use super::wanted::{Parts, Wanted, facets};
use super::whole;
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
            names => format!("; nearest to it: {}", names.join(", ")),
        };
        Self { asked, near }
    }

    /// When nothing is like what was asked for.
    fn of_docs(asked: String, entities: &[String]) -> Self {
        let near = format!("; there is {}", entities.join(", "));
        Self { asked, near }
    }

    /// When an operation is known, and what is asked of it is not.
    fn of_operation(asked: String, near: &[String], operation: &Operation) -> Self {
        let Self { asked, near } = Self::new(asked, near);
        let id = &operation.id;
        let near = format!("{near}; {id} alone gives all that is known of it");
        Self { asked, near }
    }
}

/// Says why a place is what it is. The words name an operation, an entity or the API, and then a side, a path of keys, a
/// name, a value, the number of a code, or a key of the spec: `parcel.add`, `parcel.add path`, `parcel.add weight`,
/// `parcel.add request root.parcel.weight`, `parcel 1001`, `api hosts`. Case does not matter.
///
/// # Errors
/// When neither the spec nor the docs know it.
pub fn why(words: &[String], reading: &Reading, settings: &Settings) -> Result<Reply, Unknown> {
    let said = || words.join(" ");
    let Some((subject, rest)) = words.split_first() else {
        return Err(Unknown::new("an empty question".to_owned(), &[]));
    };
    let spec = &reading.inferred.spec;
    let is = |name: &str| name.eq_ignore_ascii_case(subject);
    let entities = || spec.entities.iter();
    let mut operations = entities().flat_map(|entity| {
        let own = entity.operations.iter();
        own.map(move |operation| (entity, operation))
    });
    let mut reply = Reply::default();
    let asked = Asked { reading, settings };
    let operation = operations.find(|(_, one)| is(&one.id));
    if let Some((entity, operation)) = operation {
        asked.operation(entity, operation, rest, &mut reply);
    } else if is(API) {
        asked.entity(API, None, rest, &mut reply);
    } else if let Some(entity) = entities().find(|entity| is(&entity.entity)) {
        asked.entity(&entity.entity, Some(entity), rest, &mut reply);
    } else {
        // A header, or a code, of all operations.
        asked.entity(API, None, words, &mut reply);
    }
    if reply.facts.is_empty() && reply.parts.is_empty() {
        let entity = entities().find(|entity| is(&entity.entity));
        let (scope, text) = match (operation, entity) {
            (Some((_, operation)), _) => (Scope::operation(operation, reading), rest),
            (None, Some(entity)) => (Scope::entity(entity, reading), rest),
            (None, None) if is(API) => (Scope::default(), rest),
            (None, None) => (Scope::default(), words),
        };
        reply.left_out = left_out(reading, scope, text);
        reply.near = match (operation, rest.last()) {
            (Some((_, operation)), Some(last)) => near::members(last, operation, reading),
            _ if text.len() < words.len() => Vec::new(),
            _ => near::subjects(subject, reading),
        };
    }
    if reply.is_empty() {
        return Err(match operation {
            Some((_, operation)) => Unknown::of_operation(said(), &reply.near, operation),
            // Where nothing is near, there are the entities to begin with.
            None if reply.near.is_empty() => {
                let names = entities().map(|entity| entity.entity.clone());
                Unknown::of_docs(said(), &names.collect::<Vec<_>>())
            }
            None => Unknown::new(said(), &reply.near),
        });
    }
    Ok(reply)
}

struct Asked<'a> {
    reading: &'a Reading,
    settings: &'a Settings,
}

impl Asked<'_> {
    /// Facts of an operation, of its parameters, or of its messages.
    fn operation(
        &self,
        entity: &Entity,
        operation: &Operation,
        rest: &[String],
        reply: &mut Reply,
    ) {
        let inferred = &self.reading.inferred;
        let Some(section) = inferred.sections.get(&operation.id).copied() else {
            return;
        };
        let of_section = inferred.ledger.iter();
        let of_section = of_section.filter(|(place, _, _)| place.section == section);
        let wanted = Wanted::of(rest);
        let mut out = Vec::new();
        for (place, facet, _) in of_section.filter(|(place, facet, _)| wanted.fits(place, *facet)) {
            out.extend(self.fact(entity, Some(operation), place, facet));
        }
        let corrected = self.corrected(entity, operation, rest, &out);
        let own = corrected.iter().all(|fact| fact.facet != "rules");
        let all = match rest {
            [] => true,
            [word] => is_rules(word),
            _ => false,
        };
        if own && all {
            out.extend(whole::rules(operation, &self.reading.sources));
        }
        out.extend(corrected);
        reply.parts = match rest {
            [word] if is_rules(word) => whole::groups(operation, &self.reading.sources),
            _ => whole::of_side(operation, section, rest, self.reading),
        };
        if all && !rest.is_empty() && out.is_empty() && reply.parts.is_empty() {
            reply.parts.push(whole::unsaid(operation, "rules"));
        }
        if out.is_empty() && reply.parts.is_empty() && !rest.is_empty() {
            // A code that the operation answers with is one of its entity, or of the API.
            out = self.parts(&entity.entity, Some(entity), rest);
            if out.is_empty() {
                out = self.parts(API, None, rest);
            }
        }
        if out.is_empty() {
            out = self.with_value(entity, operation, section, rest);
        }
        if let [word] = rest
            && out.is_empty()
            && reply.parts.is_empty()
            && of_operations(word)
        {
            reply.parts.push(whole::unsaid(operation, word));
        }
        reply.facts = out;
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
                let asked = rest
                    .last()
                    .is_none_or(|word| word.eq_ignore_ascii_case(key));
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
                .any(|known| known.eq_ignore_ascii_case(value));
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

    /// Facts of an entity, or of the API: of itself with its parts, or of some of these.
    fn entity(&self, name: &str, entity: Option<&Entity>, rest: &[String], reply: &mut Reply) {
        reply.facts = self.parts(name, entity, rest);
        if rest.is_empty() {
            reply.parts = match entity {
                Some(entity) => whole::of_entity(entity, &self.reading.sources),
                None => whole::of_api(self.reading),
            };
        }
    }

    /// Facts of an entity, or of the API, and of its codes, hosts and headers, where these are asked for.
    fn parts(&self, name: &str, entity: Option<&Entity>, rest: &[String]) -> Vec<Fact> {
        let Some(page) = self.reading.inferred.pages.get(name).copied() else {
            return Vec::new();
        };
        let wanted = Parts {
            codes: match entity {
                Some(entity) => &entity.codes,
                None => &self.reading.inferred.spec.api.codes,
            },
            hosts: &self.reading.inferred.spec.api.hosts,
            rest,
        };
        let mut out = Vec::new();
        for (place, facet, decision) in self.reading.inferred.ledger.iter() {
            if place.section == page && wanted.fits(place, facet) {
                let of = format!("{name} {}", super::reply::name(place));
                let of = of.trim_end().to_owned();
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

/// Whether a word asks for the rules of an operation.
fn is_rules(word: &str) -> bool {
    word.eq_ignore_ascii_case("rules") || word.eq_ignore_ascii_case("rule")
}

/// Whether a word is the key of a fact of an operation as a whole.
fn of_operations(word: &str) -> bool {
    let all = facets(word);
    let of_members = [
        Facet::Type,
        Facet::Place,
        Facet::Required,
        Facet::Values,
        Facet::Default,
    ];
    all.iter().any(|facet| !of_members.contains(facet))
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
