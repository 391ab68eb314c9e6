//! What is stated of an operation as a whole: authentication, batches, limits, formats.

use super::endpoint::Endpoint;
use super::stage::Stage;
use super::yes_no::flag;
use crate::claims::{Basis, Claim, Decision, Facet, Place, Step, Witness};
use crate::read::facts::{OperationFacts, PageFacts, Role, Said, SampleFact};
use crate::read::url::Url;
use crate::sample::{Format, Tree};
use crate::slate::source::Span;

/// What is stated of an operation as a whole.
pub struct Traits {
    /// Whether a caller authenticates.
    pub auth: Option<bool>,
    /// How, where the docs say more than yes or no.
    pub auth_scheme: Option<String>,
    /// Whether a call takes several items.
    pub batch: Option<bool>,
    /// Whether calls are limited.
    pub rate_limited: Option<bool>,
    /// The limit.
    pub rate_limit: Option<String>,
    /// Formats of request and answer.
    pub formats: Vec<Format>,
    /// What they rest on.
    pub formats_basis: Basis,
    /// Whether a query parameter chooses the format.
    pub format_query: bool,
}

/// Reads them.
pub fn read(
    facts: &OperationFacts,
    page: &PageFacts,
    endpoint: &Endpoint,
    elsewhere: &[Format],
    stage: &mut Stage<'_>,
) -> Traits {
    let auth = facts.auth.as_ref().or(page.auth.as_ref());
    let auth_text = auth.map(|said| said.text.trim());
    let scheme = auth_text.filter(|text| flag(Some(text)).is_none() && !text.is_empty());
    let limit = facts.rate_limit.as_ref().and_then(|said| {
        let (_, rest) = said.text.split_once('(')?;
        Some(rest.trim_end_matches(')').trim().to_owned())
    });
    let limited = facts.rate_limit.as_ref();
    for (facet, said) in [
        (Facet::Auth, auth),
        (Facet::Batch, facts.batch.as_ref()),
        (Facet::RateLimited, limited),
    ] {
        if let Some(said) = said {
            let place = Place::whole(facts.span);
            let says = said.text.trim();
            stage
                .ledger
                .state(place, facet, says, Witness::Cell, said.span);
        }
    }
    if let Some((limit, said)) = limit.as_ref().zip(limited) {
        let place = Place::whole(facts.span);
        stage
            .ledger
            .state(place, Facet::RateLimit, limit, Witness::Cell, said.span);
    }
    let query = |url: &Url| {
        let mut keys = url.query.iter();
        keys.any(|(key, _)| *key == stage.dialect.wire.format_query)
    };
    let mut urls = endpoint.urls.iter();
    let by_query = urls.find(|(url, _)| query(url)).map(|(_, span)| *span);
    let (formats, why) = formats(facts, page, by_query, elsewhere);
    let formats_basis = why.basis;
    let place = Place::whole(facts.span);
    stage.ledger.note(place, Facet::Formats, why);
    let yes = |said: Option<&Said>| flag(said.map(|said| said.text.as_str()));
    Traits {
        auth: auth_text.and_then(|text| flag(Some(text)).or((!text.is_empty()).then_some(true))),
        auth_scheme: scheme.map(str::to_owned),
        batch: yes(facts.batch.as_ref()),
        rate_limited: yes(facts.rate_limit.as_ref()),
        rate_limit: limit,
        formats,
        formats_basis,
        format_query: by_query.is_some(),
    }
}

const STATED: Step = Step {
    name: "row",
    text: "the row on formats names them",
};
const NO_XML: Step = Step {
    name: "sentence",
    text: "a sentence on the whole page says that XML is not supported",
};
const SHOWN: Step = Step {
    name: "shown",
    text: "samples have them, or the URL has a parameter that chooses between them",
};
const NO_NAMES: Step = Step {
    name: "names of members",
    text: "a sample has a member whose name XML does not allow",
};
/// An answer without a body has a format only where a call is refused.
pub const EMPTY: Step = Step {
    name: "empty answer",
    text: "the answer has no body; of what refusals have, these are usual in these docs",
};
const USUAL: Step = Step {
    name: "usual",
    text: "no row and no sample of its own says which ones there are; these are usual in these docs",
};

/// The formats of request and answer.
fn formats(
    facts: &OperationFacts,
    page: &PageFacts,
    by_query: Option<Span>,
    elsewhere: &[Format],
) -> (Vec<Format>, Decision) {
    let (both, json) = (&[Format::Json, Format::Xml][..], &[Format::Json][..]);
    let decided = |formats: &[Format], step: Step, by: Witness, span: Span| {
        let names: Vec<&str> = formats.iter().map(|format| format.name()).collect();
        let claim = Claim::new(names.join(", "), by, span);
        (formats.to_vec(), Decision::by(step, claim))
    };
    if let Some(said) = &facts.formats {
        let lower = said.text.to_lowercase();
        let mut stated = both.to_vec();
        stated.retain(|format| lower.contains(format.name()));
        if !stated.is_empty() {
            return decided(&stated, STATED, Witness::Cell, said.span);
        }
    }
    let no_xml = page.intro.iter().find(|said| {
        let lower = said.text.to_lowercase();
        lower.contains("xml") && lower.contains("not supported")
    });
    if let Some(said) = no_xml {
        return decided(json, NO_XML, Witness::Sentence, said.span);
    }
    let bodies = || {
        let samples = facts.samples.iter();
        samples.filter(|sample| sample.role != Role::Url)
    };
    let shown = |format: Format| bodies().find(|sample| sample.format == Some(format));
    // What a URL says of all formats cannot hold for names that XML does not have.
    let json_only = |sample: &&SampleFact| {
        let mut trees = sample.parsed.iter().flat_map(|parsed| &parsed.documents);
        trees.any(|tree| !xml_has_names_of(tree))
    };
    let xml = shown(Format::Xml);
    if xml.is_none()
        && let Some(sample) = bodies().find(json_only)
    {
        return decided(json, NO_NAMES, Witness::Json, sample.span);
    }
    if let Some(span) = by_query {
        return decided(both, SHOWN, Witness::RequestLine, span);
    }
    let usual = if facts.empty.is_some() { EMPTY } else { USUAL };
    match (shown(Format::Json), xml) {
        (Some(sample), None) => decided(json, SHOWN, Witness::Json, sample.span),
        (Some(sample), Some(_)) => decided(both, SHOWN, Witness::Json, sample.span),
        // What no sample of the whole docs has is nothing to expect.
        (None, _) if !elsewhere.contains(&Format::Xml) => {
            decided(json, usual, Witness::Habit, facts.span)
        }
        (None, _) => decided(both, usual, Witness::Habit, facts.span),
    }
}

/// Whether all members of a body have names that elements or attributes of XML can have.
fn xml_has_names_of(tree: &Tree) -> bool {
    let is_name = |key: &str| {
        let name = key.strip_prefix(['@', '-']).unwrap_or(key);
        let inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
        name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(inner)
    };
    match tree {
        Tree::Object(members) => members
            .iter()
            .all(|member| is_name(&member.key) && xml_has_names_of(&member.value)),
        Tree::List(items) => items.iter().all(xml_has_names_of),
        _ => true,
    }
}
