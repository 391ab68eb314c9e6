//! What was read from a line of the docs.

use crate::Reading;
use crate::claims::{Facet, Place, Witness};
use crate::infer::API;
use crate::slate::source::Span;
use crate::spec::Source;
use crate::text::plain;

use super::reply::name;

/// How many facts are named for one line.
const NAMED: usize = 3;

/// The facts that a line was read as, in words: those of an operation first, where one is asked about.
pub fn of_line(line: Span, asked: Option<Span>, reading: &Reading) -> Vec<String> {
    let mut own = Vec::new();
    let mut others = Vec::new();
    for (place, facet, decision) in reading.inferred.ledger.iter() {
        let claims = decision.witnesses.iter().chain(&decision.losers);
        // What a name means and what is usual stands nowhere: such claims only have a place to point at.
        let mut read = claims.filter(|claim| !matches!(claim.by, Witness::Words | Witness::Habit));
        if read.any(|claim| meet(claim.span, line)) {
            let of = described(place, facet, reading);
            let list = match asked {
                Some(section) if section != place.section => &mut others,
                _ => &mut own,
            };
            if !list.contains(&of) {
                list.push(of);
            }
        }
    }
    own.append(&mut others);
    if own.is_empty() {
        own = of_spec(line, reading);
    }
    let more = own.len().saturating_sub(NAMED);
    own.truncate(NAMED);
    if more > 0 {
        own.push(format!("{more} more"));
    }
    own
}

/// Whether two spans have a byte in common.
fn meet(one: Span, other: Span) -> bool {
    one.file == other.file && one.start < other.end && other.start < one.end
}

/// `path of parcel.add`, `type of parcel.add request root.parcel.weight`.
fn described(place: &Place, facet: Facet, reading: &Reading) -> String {
    let sections = reading.inferred.sections.iter();
    let pages = reading.inferred.pages.iter();
    let of = sections
        .chain(pages)
        .find(|(_, section)| **section == place.section);
    let of = of.map_or(API, |(name, _)| name.as_str());
    let of = format!("{of} {}", name(place));
    format!("{} of {}", facet.key(), of.trim_end())
}

/// What the spec has from a line that no decision rests on: a description, a sample, a rule.
fn of_spec(line: Span, reading: &Reading) -> Vec<String> {
    let file = reading.sources.file(line.file);
    let number = reading.sources.line(line);
    let here = |source: &Source| source.line == number && source.file == file.path;
    let words = spoken(file.line(number.saturating_sub(1) as usize));
    let says = |doc: &str| words.contains(' ') && spoken(doc).contains(&words);
    let spec = &reading.inferred.spec;
    let mut out = Vec::new();
    let schemes = spec.api.auth.iter();
    for scheme in schemes.filter(|scheme| here(&scheme.source)) {
        out.push(format!("authentication {:?} of {API}", scheme.title));
    }
    for entity in spec
        .entities
        .iter()
        .filter(|entity| entity.source.file == file.path)
    {
        if says(&entity.doc) {
            out.push(format!("description of {}", entity.entity));
        }
        for field in entity
            .members()
            .filter(|field| field.source.iter().any(here))
        {
            out.push(format!("field {} of {}", field.name, entity.entity));
        }
        for operation in &entity.operations {
            let id = &operation.id;
            if says(&operation.doc) {
                out.push(format!("description of {id}"));
            }
            let params = operation.params.iter();
            for param in params.filter(|param| here(&param.source) || param.also.iter().any(here)) {
                out.push(format!("parameter {} of {id}", param.name));
            }
            let mut rules = operation.rules.iter();
            if rules.any(|rule| here(&rule.source) || says(&rule.doc)) {
                out.push(format!("rules of {id}"));
            }
            let mut samples = operation.samples.iter();
            if samples.any(|sample| here(&sample.source)) {
                out.push(format!("a sample of {id}"));
            }
        }
    }
    out
}

/// The words of a text without its marks.
fn spoken(text: &str) -> String {
    let text = plain(text);
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ").to_lowercase()
}
