//! Families of hosts: those that the docs list, or else the one that URLs show.

use std::hash::Hash;

use indexmap::IndexMap;

use super::stage::{Base, Stage};
use crate::claims::{Claim, Decision, Facet, Ledger, Place, Step, Witness};
use crate::diagnostics::Code;
use crate::read::facts::{Facts, HostFact, OperationFacts, PageFacts, Said};
use crate::read::url::{self, Url};
use crate::slate::source::Span;
use crate::spec::HostFamily;

const LISTED: Step = Step {
    name: "list of hosts",
    text: "the page lists hosts of its own, or else the index does for all pages",
};
const SHOWN: Step = Step {
    name: "shown",
    text: "without a list it is the host that most URLs have",
};
const NONE: Step = Step {
    name: "usual",
    text: "no place names a host: this machine was taken",
};

/// What stands for a host that nobody names.
const NOBODY: &str = "localhost";

/// The families of hosts, each with what it rests on.
#[derive(Clone, Debug, Default)]
pub struct Hosts {
    families: IndexMap<String, (HostFamily, Decision)>,
    default: String,
}

impl Hosts {
    /// Finds them. There is always the one that operations have whose page names none.
    pub fn read(facts: &Facts, entities: &[&str], stage: &mut Stage<'_>) -> Self {
        let mut out = Self {
            families: IndexMap::new(),
            default: stage.dialect.default_host.clone(),
        };
        for (page, entity) in facts.pages.iter().zip(entities) {
            out.of_page(page, entity, stage);
        }
        if let Some(host) = facts.api.hosts.first() {
            out.list(out.default.clone(), host, stage);
        }
        if !out.families.contains_key(&out.default) && out.is_needed(facts, entities) {
            let (host, decision) = shown(facts, stage);
            let mut clusters = IndexMap::from([("default".to_owned(), host.clone())]);
            for (name, trial) in trials(facts, stage) {
                if trial != host {
                    clusters.entry(name.to_owned()).or_insert(trial);
                }
            }
            let family = HostFamily {
                url: "https://{cluster}".to_owned(),
                clusters,
                source: None,
            };
            out.families.insert(out.default.clone(), (family, decision));
        }
        out.report_others(facts, stage);
        out
    }

    /// Reports request lines that name a host which is none of the API's: their calls go to one of those.
    fn report_others(&self, facts: &Facts, stage: &mut Stage<'_>) {
        let formats = &stage.dialect.wire.format_suffixes;
        let families = self.families.values();
        let known = families.flat_map(|(family, _)| family.clusters.values());
        let known: Vec<&str> = known.filter_map(|host| host.split('/').next()).collect();
        let lines = of_lines(facts, formats).into_iter();
        for (host, span) in lines.filter(|(host, _)| is_name(host)) {
            if !known.contains(&host.as_str()) {
                stage.diagnostics.push(
                    Code::AssumedHost,
                    span,
                    format!("this call names the host {host}, which is none of the API's"),
                    "it is made at the host of the other calls",
                );
            }
        }
    }

    /// Whether an operation is on a page that names no hosts.
    fn is_needed(&self, facts: &Facts, entities: &[&str]) -> bool {
        let pages = facts.pages.iter().zip(entities);
        pages
            .filter(|(_, entity)| !self.families.contains_key(**entity))
            .any(|(page, _)| !page.operations.is_empty())
    }

    fn of_page(&mut self, page: &PageFacts, entity: &str, stage: &Stage<'_>) {
        let first = if page.name.is_empty() {
            self.default.clone()
        } else {
            entity.to_owned()
        };
        for (number, host) in page.hosts.iter().enumerate() {
            let name = if number == 0 {
                first.clone()
            } else {
                let own = heck::ToSnakeCase::to_snake_case(host.name.to_lowercase().as_str());
                format!("{first}.{own}")
            };
            self.list(name, host, stage);
        }
    }

    /// Adds a family that the docs list.
    fn list(&mut self, name: String, host: &HostFact, stage: &Stage<'_>) {
        let cluster = |(name, host): &(String, String)| {
            let host = host
                .trim_start_matches("https://")
                .trim_start_matches("http://");
            let name = name.replace(' ', "").to_lowercase();
            let known = stage.dialect.clusters.get(&name).cloned();
            (known.unwrap_or(name), host.to_owned())
        };
        let family = HostFamily {
            url: "https://{cluster}".to_owned(),
            clusters: host.clusters.iter().map(cluster).collect(),
            source: Some(stage.source(host.span)),
        };
        let decision = Decision::by(LISTED, Claim::new(name.clone(), Witness::Cell, host.span));
        self.families.entry(name).or_insert((family, decision));
    }

    /// The family of an entity, and what that rests on.
    pub fn of<'h>(&'h self, entity: &'h str) -> (&'h str, Option<&'h Decision>) {
        let own = self
            .families
            .get(entity)
            .map(|(_, decision)| (entity, decision));
        own.map_or_else(
            || {
                let default = self.families.get(&self.default);
                (self.default.as_str(), default.map(|(_, decision)| decision))
            },
            |(name, decision)| (name, Some(decision)),
        )
    }

    /// Writes down the hosts of each family that is [in the spec](Self::spec), below the heading of the API.
    pub fn note(&self, section: Span, entities: &[String], ledger: &mut Ledger) {
        for (name, (family, decision)) in &self.families {
            if !self.is_used(name, entities) {
                continue;
            }
            let clusters = family.clusters.iter();
            let clusters: Vec<String> = clusters
                .map(|(name, host)| format!("{name}: {host}"))
                .collect();
            let mut decision = Decision {
                value: clusters.join(", "),
                ..decision.clone()
            };
            for claim in &mut decision.witnesses {
                claim.says.clone_from(&decision.value);
            }
            let place = Place::hosts(section, name.clone());
            ledger.note(place, Facet::Hosts, decision);
        }
    }

    /// Whether operations of these entities, or the client, use a family.
    fn is_used(&self, name: &str, entities: &[String]) -> bool {
        let mut entities = entities.iter();
        name == self.default || entities.any(|entity| name.starts_with(entity.as_str()))
    }

    /// The families that operations of these entities, and the client, use.
    pub fn spec(&self, entities: &[String]) -> IndexMap<String, HostFamily> {
        let families = self.families.iter();
        families
            .filter(|(name, _)| self.is_used(name, entities))
            .map(|(name, (family, _))| (name.clone(), family.clone()))
            .collect()
    }
}

/// The host that most request URLs have, or else most URLs of samples.
fn shown(facts: &Facts, stage: &mut Stage<'_>) -> (String, Decision) {
    let formats = &stage.dialect.wire.format_suffixes;
    let found = lines_name(facts, formats).map(|found| (found, Witness::RequestLine));
    let based = || Some((stage.base?.address(), stage.base?.span));
    let found = found.or_else(|| Some((based()?, Witness::SampleUrl)));
    let samples = || {
        most(
            facts.operations().flat_map(OperationFacts::url_lines),
            formats,
        )
    };
    let found = found.or_else(|| Some((samples()?, Witness::SampleUrl)));
    let commands = || most(facts.operations().flat_map(called), formats);
    let found = found.or_else(|| Some((commands()?, Witness::SampleUrl)));
    let found = found.or_else(|| Some((told(facts, formats)?, Witness::Sentence)));
    let found = found.or_else(|| {
        let (host, span) = most_named(of_lines(facts, formats))?;
        stage.diagnostics.push(
            Code::AssumedHost,
            span,
            "most calls name no host, and this one does",
            format!("{host} was taken for all of them"),
        );
        Some(((host, span), Witness::Habit))
    });
    if let Some(((host, span), by)) = found {
        let decision = Decision::by(
            SHOWN,
            Claim::new(stage.dialect.default_host.clone(), by, span),
        );
        return (host, decision);
    }
    let first = facts.operations().next();
    let span = first.map_or(Span::new(0, 0, 0), |operation| operation.span);
    stage.diagnostics.push(
        Code::AssumedHost,
        span,
        "no host is named, in no list and in no URL",
        format!("{NOBODY} was taken"),
    );
    let claim = Claim::new(stage.dialect.default_host.clone(), Witness::Habit, span);
    let decision = Decision::by(NONE, claim);
    (NOBODY.to_owned(), decision)
}

/// The address below which commands and samples call what request lines state: the host, and what stands in front of the
/// stated path. Where the docs list hosts, or lines name one, it is that.
pub fn base(facts: &Facts, formats: &[String]) -> Option<Base> {
    let listed =
        !facts.api.hosts.is_empty() || facts.pages.iter().any(|page| !page.hosts.is_empty());
    if listed || lines_name(facts, formats).is_some() {
        return None;
    }
    let below = facts
        .operations()
        .flat_map(|operation| fronts(operation, formats));
    let found = most_often(below).or_else(|| front_of_text(facts, formats));
    let ((host, segments), span) = found?;
    // Where other lines have it, it is a part of the paths, and missing in this one.
    if !segments.is_empty() && states(facts, &segments, formats) {
        return None;
    }
    Some(Base {
        host,
        segments,
        span,
    })
}

/// What stands in front of a stated path in the addresses that an operation is called at.
fn fronts(operation: &OperationFacts, formats: &[String]) -> Vec<(Front, Span)> {
    // What does not begin at a slash may be the end of a path only.
    let whole = |said: &&Said| {
        let mut words = said.text.trim_matches('`').split(' ');
        words.any(|word| word.trim_matches('`').starts_with('/'))
    };
    let stated = operation.urls.iter().map(|(_, said)| said).filter(whole);
    let stated = stated.filter_map(|said| url::parse(&said.text, formats));
    let stated: Vec<Url> = stated.collect();
    let front = |(text, span): (&str, Span)| {
        let called = url::parse(text, formats)?;
        let front = stated.iter().find_map(|stated| in_front(&called, stated))?;
        Some((front, span))
    };
    called(operation)
        .chain(operation.url_lines())
        .filter_map(front)
        .collect()
}

/// The address that the text names for calls: one that is there to try things only where there is no other.
fn told(facts: &Facts, formats: &[String]) -> Option<(String, Span)> {
    let first = facts.bases.iter().find(|base| base.trial.is_none());
    let base = first.or(facts.bases.first())?;
    Some((below(&base.url.text, facts, formats)?, base.url.span))
}

/// The address that the text names for calls, where it has a path.
fn front_of_text(facts: &Facts, formats: &[String]) -> Option<(Front, Span)> {
    let base = facts.bases.iter().find(|base| base.trial.is_none())?;
    let url = url::parse(&base.url.text, formats)?;
    let fixed = url.segments.iter().all(|segment| !segment.contains('{'));
    (fixed && is_name(&url.host)).then_some(((url.host, url.segments), base.url.span))
}

/// The addresses that the text names for those who want to try something, by what they are called.
fn trials(facts: &Facts, stage: &Stage<'_>) -> Vec<(&'static str, String)> {
    let formats = &stage.dialect.wire.format_suffixes;
    let bases = facts.bases.iter();
    bases
        .filter_map(|base| Some((base.trial?, below(&base.url.text, facts, formats)?)))
        .collect()
}

/// The host of an address, and its path, unless the calls that are stated have that path themselves.
fn below(address: &str, facts: &Facts, formats: &[String]) -> Option<String> {
    let (_, whole) = address.split_once("://")?;
    let (host, path) = whole.split_once('/').unwrap_or((whole, ""));
    let path: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if path.is_empty() || states(facts, &path, formats) {
        return Some(host.to_owned());
    }
    Some(format!("{host}/{}", path.join("/")))
}

/// A host, and segments in front of a path.
type Front = (String, Vec<String>);

/// What stands in front of a stated path in a called address.
fn in_front(called: &Url, stated: &Url) -> Option<Front> {
    let before = called.segments.len().checked_sub(stated.segments.len())?;
    let (front, path) = called.segments.split_at(before);
    let same = |(called, stated): (&String, &String)| {
        called == stated || url::placeholder(stated).is_some()
    };
    let fixed = front.iter().all(|segment| !segment.contains(['{', ' ']));
    let ends = fixed && !path.is_empty() && path.iter().zip(&stated.segments).all(same);
    (ends && is_name(&called.host)).then(|| (called.host.clone(), front.to_vec()))
}

/// The addresses that the commands of an operation call.
fn called(operation: &OperationFacts) -> impl Iterator<Item = (&str, Span)> {
    let called = operation.called.iter();
    called.map(|said| (said.text.as_str(), said.span))
}

/// True where stated paths that name no host begin with these segments.
fn states<S: AsRef<str>>(facts: &Facts, segments: &[S], formats: &[String]) -> bool {
    let stated = facts.operations().flat_map(OperationFacts::stated);
    let stated = stated.filter_map(|said| url::parse(&said.text, formats));
    let (bare, whole): (Vec<Url>, Vec<Url>) = stated.partition(|url| url.host.is_empty());
    let relevant = if bare.is_empty() { whole } else { bare };
    relevant.iter().any(|url| {
        let mut front = url.segments.iter().zip(segments);
        url.segments.len() >= segments.len() && front.all(|(own, base)| own == base.as_ref())
    })
}

/// The hosts of all request lines, with their places; empty for a path alone.
fn of_lines(facts: &Facts, formats: &[String]) -> Vec<(String, Span)> {
    let lines = facts.operations().flat_map(|operation| &operation.urls);
    let hosts =
        lines.filter_map(|(_, said)| Some((url::parse(&said.text, formats)?.host, said.span)));
    hosts.collect()
}

/// The host that most request lines name, where half of them name one: a line of its own host says nothing of the others.
fn lines_name(facts: &Facts, formats: &[String]) -> Option<(String, Span)> {
    let hosts = of_lines(facts, formats);
    let named = hosts.iter().filter(|(host, _)| is_name(host)).count();
    let bare = hosts.iter().filter(|(host, _)| host.is_empty()).count();
    most_named(hosts).filter(|_| named >= bare)
}

/// The one of these hosts that comes most often, with the first place of it.
fn most_named(hosts: impl IntoIterator<Item = (String, Span)>) -> Option<(String, Span)> {
    most_often(hosts.into_iter().filter(|(host, _)| is_name(host)))
}

/// The host that most of these URLs have, with the first place of it.
fn most<'t>(
    urls: impl Iterator<Item = (&'t str, Span)>,
    formats: &[String],
) -> Option<(String, Span)> {
    most_named(urls.filter_map(|(text, span)| Some((url::parse(text, formats)?.host, span))))
}

/// True for the name of a host, and not for what stands in place of one.
fn is_name(host: &str) -> bool {
    host.contains('.')
        && !host.contains(' ')
        && (!host.contains(['{', '}']) || url::has_own_part(host))
}

/// What comes most often, with the first place of it. Of equals it is the first.
fn most_often<T: Eq + Hash>(all: impl Iterator<Item = (T, Span)>) -> Option<(T, Span)> {
    let mut counts: IndexMap<T, (usize, Span)> = IndexMap::new();
    for (one, span) in all {
        counts.entry(one).or_insert((0, span)).0 += 1;
    }
    let best = counts.values().map(|(count, _)| *count).max()?;
    let mut all = counts.into_iter();
    let (one, (_, span)) = all.find(|(_, (count, _))| *count == best)?;
    Some((one, span))
}
