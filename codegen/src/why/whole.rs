//! What an entity, the API or a side of a message consists of, with one line for each part.

use super::reply::{Fact, Listed, Statement};
use super::wanted::side;
use crate::Reading;
use crate::claims::{Basis, Facet, Part, Side, Witness};
use crate::infer::API;
use crate::slate::source::{self, Sources, Span};
use crate::spec::{CodeEntry, Entity, Operation, Rule, Source};

/// The operations and the codes of an entity.
pub fn of_entity(entity: &Entity, sources: &Sources) -> Vec<Listed> {
    let operations = entity.operations.iter().map(|operation| Listed {
        of: operation.id.clone(),
        says: format!(
            "{} {}, {:?}",
            operation.method, operation.path, operation.title
        ),
        place: place(&operation.source, sources),
    });
    let mut out: Vec<Listed> = operations.collect();
    out.extend(of_codes(&entity.entity, &entity.codes, sources));
    out
}

/// What is common to all operations: title, ways to authenticate, headers, entities, codes.
pub fn of_api(reading: &Reading) -> Vec<Listed> {
    let (spec, sources) = (&reading.inferred.spec, &reading.sources);
    let listed = |of: String, says: String, at: Option<&Source>| Listed {
        of,
        says,
        place: at.and_then(|at| place(at, sources)),
    };
    let mut out = vec![listed(format!("{API} title"), spec.api.title.clone(), None)];
    for scheme in &spec.api.auth {
        let says = format!("{} ({})", scheme.title, scheme.kind);
        out.push(listed(format!("{API} auth"), says, Some(&scheme.source)));
    }
    out.extend(of_headers(reading));
    for entity in &spec.entities {
        let count = entity.operations.len();
        let says = format!("{:?}, {count} operations", entity.title);
        out.push(listed(entity.entity.clone(), says, Some(&entity.source)));
    }
    out.extend(of_codes(API, &spec.api.codes, sources));
    out
}

/// The headers of all calls.
fn of_headers(reading: &Reading) -> impl Iterator<Item = Listed> {
    let headers = reading.inferred.spec.api.headers.iter();
    headers.map(|header| Listed {
        of: format!("{API} header {}", header.name),
        says: "a header of all calls".to_owned(),
        place: place(&header.source, &reading.sources),
    })
}

fn of_codes<'c>(
    of: &'c str,
    codes: &'c [CodeEntry],
    sources: &'c Sources,
) -> impl Iterator<Item = Listed> + 'c {
    codes.iter().map(move |code| Listed {
        of: format!("{of} {}", code.code),
        says: match code.messages.first() {
            Some(message) => format!("{:?}, {message:?}", code.kind).to_lowercase(),
            None => format!("{:?}", code.kind).to_lowercase(),
        },
        place: code.source.first().and_then(|at| place(at, sources)),
    })
}

/// The members on a side of an operation, where its name is all that is asked for.
pub fn of_side(
    operation: &Operation,
    section: Span,
    rest: &[String],
    reading: &Reading,
) -> Vec<Listed> {
    let [word] = rest else {
        return Vec::new();
    };
    let Some(asked) = side(word).filter(|side| *side != Side::Path) else {
        return Vec::new();
    };
    let ledger = &reading.inferred.ledger;
    let id = &operation.id;
    let mut out = Vec::new();
    for (place, facet, decision) in ledger.iter() {
        let Part::Member(side, path) = &place.part else {
            continue;
        };
        if place.section == section && *side == asked && facet == Facet::Type {
            out.push(Listed {
                of: format!("{id} {} {}", side.word(), path.join(".")),
                says: format!("{} ({})", decision.value, decision.basis.word()),
                place: Some(reading.sources.place(ledger.location(place))),
            });
        }
    }
    if asked == Side::Query && operation.format_query {
        out.push(Listed {
            of: format!("{id} formats"),
            says: "a parameter of the query chooses the format".to_owned(),
            place: None,
        });
    }
    if asked == Side::Header {
        out.extend(of_headers(reading));
    }
    if out.is_empty() {
        out.push(Listed {
            of: format!("{id} {}", asked.word()),
            says: "nothing: no table lists and no sample shows what would be in it".to_owned(),
            place: None,
        });
    }
    out
}

/// A fact that can be asked for, and that nothing in the docs speaks of.
pub fn unsaid(operation: &Operation, facet: &str) -> Listed {
    Listed {
        of: format!("{} {facet}", operation.id),
        says: "nothing in the docs was read as this".to_owned(),
        place: None,
    }
}

/// The rules of an operation, each by the sentence that states it.
pub fn rules(operation: &Operation, sources: &Sources) -> Vec<Fact> {
    let facts = operation.rules.iter().map(|rule| {
        let span = span(&rule.source, sources);
        Fact {
            of: operation.id.clone(),
            facet: "rules".to_owned(),
            value: in_words(rule),
            basis: Basis::Stated,
            rule: "sentence on parameters".to_owned(),
            because: "a sentence, an aside or a description says when parameters have to be there"
                .to_owned(),
            r#for: vec![Statement {
                says: rule.doc.clone(),
                by: Witness::Sentence.text(),
                place: span.map(|span| sources.place(span)),
                span,
            }],
            against: Vec::new(),
        }
    });
    facts.collect()
}

/// The groups of parameters of which one has to be there, each by the row of its first one.
pub fn groups(operation: &Operation, sources: &Sources) -> Vec<Listed> {
    let mut known: Vec<&[String]> = Vec::new();
    let mut out = Vec::new();
    for param in &operation.params {
        if param.group.is_empty() || known.contains(&param.group.as_slice()) {
            continue;
        }
        known.push(&param.group);
        out.push(Listed {
            of: format!("{} {} required", operation.id, param.name),
            says: format!("one of {} has to be there", param.group.join(", ")),
            place: place(&param.source, sources),
        });
    }
    out
}

/// `one of number, address, when …`.
fn in_words(rule: &Rule) -> String {
    let mut out = if rule.one_of.is_empty() {
        format!("all of {}", rule.all_of.join(", "))
    } else {
        format!("one of {}", rule.one_of.join(", "))
    };
    if let Some(when) = &rule.when {
        out = format!("{out}, {when}");
    }
    if let Some(flag) = &rule.unless {
        out = format!("{out}, unless {flag} is true");
    }
    out
}

/// The place of a line of the spec's sources.
fn place(source: &Source, sources: &Sources) -> Option<source::Place> {
    span(source, sources).map(|span| sources.place(span))
}

/// The bytes of a line of the spec's sources.
fn span(source: &Source, sources: &Sources) -> Option<Span> {
    let mut files = sources.files();
    let (id, file) = files.find(|(_, file)| file.path == source.file)?;
    let range = file.line_range(source.line.checked_sub(1)? as usize);
    Some(Span::new(id, range.start, range.end))
}
