//! What is stated of an operation as a whole: authentication, batches, limits, formats.

use super::endpoint::Endpoint;
use super::stage::Stage;
use super::yes_no::flag;
use crate::claims::{Facet, Place, Witness};
use crate::read::facts::{OperationFacts, PageFacts, Role, Said};
use crate::sample::Format;

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
    /// Whether a query parameter chooses the format.
    pub format_query: bool,
}

/// Reads them.
pub fn read(
    facts: &OperationFacts,
    page: &PageFacts,
    endpoint: &Endpoint,
    stage: &mut Stage<'_>,
) -> Traits {
    let auth = facts.auth.as_ref().or(page.auth.as_ref());
    let auth_text = auth.map(|said| said.text.trim());
    let scheme = auth_text.filter(|text| flag(Some(text)).is_none() && !text.is_empty());
    let limit = facts.rate_limit.as_ref().and_then(|said| {
        let (_, rest) = said.text.split_once('(')?;
        Some(rest.trim_end_matches(')').trim().to_owned())
    });
    for (facet, said) in [(Facet::Auth, auth), (Facet::Batch, facts.batch.as_ref())] {
        if let Some(said) = said {
            let place = Place::whole(facts.span);
            let says = said.text.trim();
            stage
                .ledger
                .state(place, facet, says, Witness::Cell, said.span);
        }
    }
    let mut queries = endpoint.urls.iter().flat_map(|(url, _)| &url.query);
    let by_query = queries.any(|(key, _)| *key == stage.dialect.wire.format_query);
    let yes = |said: Option<&Said>| flag(said.map(|said| said.text.as_str()));
    Traits {
        auth: auth_text.and_then(|text| flag(Some(text)).or((!text.is_empty()).then_some(true))),
        auth_scheme: scheme.map(str::to_owned),
        batch: yes(facts.batch.as_ref()),
        rate_limited: yes(facts.rate_limit.as_ref()),
        rate_limit: limit,
        formats: formats(facts, page, by_query),
        format_query: by_query,
    }
}

fn formats(facts: &OperationFacts, page: &PageFacts, by_query: bool) -> Vec<Format> {
    let pick = |text: &str| {
        let lower = text.to_lowercase();
        let mut out = Vec::new();
        if lower.contains("json") {
            out.push(Format::Json);
        }
        if lower.contains("xml") {
            out.push(Format::Xml);
        }
        out
    };
    let stated = facts
        .formats
        .as_ref()
        .map(|said| pick(&said.text))
        .unwrap_or_default();
    if !stated.is_empty() {
        return stated;
    }
    let no_xml = page.intro.iter().any(|said| {
        let lower = said.text.to_lowercase();
        lower.contains("xml") && lower.contains("not supported")
    });
    let shown = |format: Format| {
        facts
            .samples
            .iter()
            .any(|sample| sample.role != Role::Url && sample.format == Some(format))
    };
    if no_xml || (!by_query && shown(Format::Json) && !shown(Format::Xml)) {
        return vec![Format::Json];
    }
    vec![Format::Json, Format::Xml]
}
