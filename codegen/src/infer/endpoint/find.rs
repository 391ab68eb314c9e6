//! Method and path of the operations of a page.

use super::called;
use super::copied::copied;
use super::found::Endpoint;
use super::path::{Found, alternatives, path};
use super::segments::is_version;
use super::statement::{Statement, Statements};
use super::twins::apart;
use super::version::Versions;
use crate::claims::{Basis, Claim, Decision, Facet, Place, Step, Witness};
use crate::diagnostics::Code;
use crate::infer::method;
use crate::infer::stage::Stage;
use crate::read::facts::{ApiFacts, OperationFacts, PageFacts};
use crate::read::url;
use crate::slate::source::Span;
use crate::spec::Alternative;

/// Finds the endpoints of a page's operations. `None` for an operation without a path.
pub fn endpoints(page: &PageFacts, api: &ApiFacts, stage: &mut Stage<'_>) -> Vec<Option<Endpoint>> {
    let intro = || page.intro.iter().any(|said| states_url(&said.text, stage));
    let own_hosts = !page.hosts.is_empty() || intro();
    let all = api.version.as_ref().filter(|_| !own_hosts);
    let said: Vec<Statements> = page
        .operations
        .iter()
        .map(|operation| Statements::read(operation, stage))
        .collect();
    let sections = || page.operations.iter().zip(&said);
    let methods: Vec<Option<Decision>> = sections()
        .map(|(operation, said)| {
            let lines: Vec<_> = said.lines.iter().chain(&said.rows).collect();
            method::decide(operation, &lines, &said.samples, stage)
        })
        .collect();
    let found: Vec<Option<(String, Found)>> = sections()
        .zip(&methods)
        .map(|((operation, said), method)| {
            let found = path(said, false, page, Versions::of(operation, all))?;
            Some((method.as_ref()?.value.clone(), found))
        })
        .collect();
    let copied = copied(&said, &found);
    let mut out: Vec<Option<Endpoint>> = Vec::new();
    for (at, ((operation, said), found)) in sections().zip(found).enumerate() {
        let versions = Versions::of(operation, all);
        let found = if copied[at] {
            path(said, true, page, versions)
        } else {
            found.map(|(_, found)| found)
        };
        let form = found
            .as_ref()
            .is_some_and(|found| is_form(&found.tail.value));
        let found = found.filter(|_| !form).zip(methods[at].as_ref());
        let endpoint = found.map(|(found, method)| {
            let (path, twins) = apart(&found.path());
            report_twins(operation, &twins, stage);
            let alternatives = others(said, &found.path(), page, versions, stage);
            let alternatives = note_others(operation, alternatives, stage);
            Endpoint {
                method: method.value.clone(),
                method_basis: method.basis,
                path,
                twins,
                path_basis: note(operation, said, &found, versions, stage),
                suffix: said.all().next().and_then(|first| first.url.suffix.clone()),
                line: line(operation, said, stage),
                alternatives,
                urls: said.urls(),
            }
        });
        match &endpoint {
            Some(endpoint) => {
                report_shared(operation, endpoint, &out, stage);
                called::report(operation, said, endpoint, stage);
            }
            None if form => stage.diagnostics.push(
                Code::IncompleteOperation,
                operation.span,
                format!(
                    "the path of {:?} is the form of all paths: it has no word",
                    operation.title
                ),
                "it was read as no operation",
            ),
            None => stage.diagnostics.push(
                Code::IncompleteOperation,
                operation.span,
                format!("no path can be found for {:?}", operation.title),
                "the operation was left out",
            ),
        }
        out.push(endpoint);
    }
    out
}

/// Reports placeholders that have one name.
fn report_twins(operation: &OperationFacts, twins: &[String], stage: &mut Stage<'_>) {
    if twins.is_empty() {
        return;
    }
    let line = operation.stated().next();
    stage.diagnostics.push(
        Code::BadUrl,
        line.map_or(operation.span, |said| said.span),
        "two placeholders of the path have one name",
        format!(
            "they were told apart by the words before them: {}",
            twins.join(", ")
        ),
    );
}

/// The place below the heading that says how the operation is called.
fn line(operation: &OperationFacts, said: &Statements, stage: &Stage<'_>) -> Option<Span> {
    let first = said.lines.first().or(said.rows.first())?;
    // Of a paragraph, its line with the path.
    let words = first.url.segments.iter().rev();
    let mut words = words.filter(|word| !word.starts_with('{'));
    let line = words.find_map(|word| stage.sources.word(first.span, word));
    (first.span.start != operation.span.start).then(|| line.unwrap_or(first.span))
}

/// Whether a path behind its version is only what others look like: `/{entity}/{method}`.
fn is_form(path: &str) -> bool {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.clone().count() > 1 && segments.all(|segment| segment.starts_with('{'))
}

/// True when the text states a URL template of its own for the module, such as `https://<cluster url>/payment/<method>`.
fn states_url(text: &str, stage: &Stage<'_>) -> bool {
    let template = |word: &str| word.contains("://") && word.contains(['{', '<']);
    text.split(['`', ' ', '\n']).any(template) && {
        let start = text.find("http").unwrap_or(0);
        url::parse(&text[start..], &stage.dialect.wire.format_suffixes)
            .is_some_and(|url| url.host.starts_with('{') && !url.segments.is_empty())
    }
}

/// Writes down what was decided on a path, and what contradicts it. Returns what the path rests on.
fn note(
    operation: &OperationFacts,
    said: &Statements,
    found: &Found,
    versions: Versions<'_>,
    stage: &mut Stage<'_>,
) -> Basis {
    let place = Place::whole(operation.span);
    let mut basis = found.tail.basis;
    for loser in &found.tail.losers {
        report(loser, &found.tail, stage);
    }
    if let Some(line) = said.lines.first() {
        report_mended(found, line.span, stage);
    }
    report_row(found, versions, stage);
    if let Some(version) = &found.version {
        report_version(version, said, stage);
        basis = basis.max(version.basis);
        stage
            .ledger
            .note(place.clone(), Facet::Version, version.clone());
    }
    // Its places have the end of the path only.
    let whole = Decision {
        value: found.path(),
        ..found.tail.clone()
    };
    stage.ledger.note(place, Facet::Path, whole);
    basis
}

fn report(loser: &Claim, tail: &Decision, stage: &mut Stage<'_>) {
    let what = match loser.by {
        Witness::RequestLine => "the request URL",
        Witness::SampleUrl => "the URL of the sample",
        _ => "the URI",
    };
    stage.diagnostics.push(
        Code::PathConflict,
        loser.span,
        format!(
            "{what} has the path {:?}, elsewhere it is {:?}",
            loser.says, tail.value
        ),
        format!("{:?} was taken: {}", tail.value, tail.step.text),
    );
}

fn report_mended(found: &Found, span: Span, stage: &mut Stage<'_>) {
    for (wrong, action) in &found.mended {
        stage
            .diagnostics
            .push(Code::PathConflict, span, wrong.clone(), action.clone());
    }
}

/// Reports a version that the operation's own row says, and its path does not have.
fn report_row(found: &Found, versions: Versions<'_>, stage: &mut Stage<'_>) {
    let Some(row) = versions.row() else { return };
    let own = row.text.trim();
    let path = found.path();
    if path.split('/').any(|segment| segment == own) {
        return;
    }
    let says = found.version.as_ref().map_or_else(
        || "a whole address of it has none".to_owned(),
        |version| format!("{:?} was taken: {}", version.value, version.step.text),
    );
    stage.diagnostics.push(
        Code::PathConflict,
        row.span,
        format!("the version {own:?} is not in the path {path:?}"),
        says,
    );
}

/// Reports a version that an address has otherwise, or lacks.
fn report_version(version: &Decision, said: &Statements, stage: &mut Stage<'_>) {
    let value = &version.value;
    let own = said.lines.first().or(said.samples.first());
    let Some(own) = own.filter(|own| !own.url.host.is_empty()) else {
        return;
    };
    let first = own.url.segments.first().map_or("", String::as_str);
    if first == value {
        // The index says another one of all.
        for loser in version
            .losers
            .iter()
            .filter(|loser| loser.by == Witness::Index)
        {
            stage.diagnostics.push(
                Code::PathConflict,
                own.span,
                format!(
                    "the path has the version {value:?}, the API has {:?}",
                    loser.says
                ),
                format!("{value:?} was taken: {}", version.step.text),
            );
        }
        return;
    }
    let (message, action) = if is_version(first) {
        (
            format!("the path has the version {first:?}, elsewhere it is {value:?}"),
            format!("{value:?} was taken"),
        )
    } else {
        (
            format!("the path lacks the version {value:?}"),
            "it was added".to_owned(),
        )
    };
    let span = stage.sources.word(own.span, first).unwrap_or(own.span);
    stage
        .diagnostics
        .push(Code::PathConflict, span, message, action);
}

/// The other paths of the same call.
fn others(
    said: &Statements,
    path: &str,
    page: &PageFacts,
    versions: Versions<'_>,
    stage: &mut Stage<'_>,
) -> Vec<(Alternative, Span)> {
    let mut out: Vec<(Alternative, Span)> = Vec::new();
    for (found, own, row) in alternatives(said, page, versions) {
        report_mended(&found, own.span, stage);
        let other = found.path();
        if !is_example(path, &other) && !out.iter().any(|(known, _)| known.path == other) {
            let before = |one: &Statement| one.when.clone();
            let named = row.map_or_else(|| before(own), before);
            let other = Alternative {
                path: other,
                when: when_of(&named, &own.when),
            };
            out.push((other, own.span));
        }
    }
    out
}

/// True when a path is the other one, be it with values for its placeholders: it shows a call, and states no other.
fn is_example(path: &str, other: &str) -> bool {
    // A word in small letters is a part of another path.
    let value = |shown: &str| {
        let digits = shown.contains(|c: char| c.is_ascii_digit());
        !shown.contains('{') && (digits || !shown.contains(|c: char| c.is_lowercase()))
    };
    let fits = |(own, shown): (&str, &str)| own == shown || (own.starts_with('{') && value(shown));
    let count = |path: &str| path.split('/').count();
    count(path) == count(other) && path.split('/').zip(other.split('/')).all(fits)
}

/// Writes down the other paths of a call.
fn note_others(
    operation: &OperationFacts,
    others: Vec<(Alternative, Span)>,
    stage: &mut Stage<'_>,
) -> Vec<Alternative> {
    const MORE: Step = Step {
        name: "further lines",
        text: "what stands below the first path is another one of the same call",
    };
    let mut claims = Vec::new();
    let mut out = Vec::new();
    for (other, span) in others {
        let path = apart(&other.path).0;
        let mut lines = operation.urls.iter();
        let of_line = lines.any(|(_, said)| said.span == span);
        let by = if of_line {
            Witness::RequestLine
        } else {
            Witness::Cell
        };
        claims.push(Claim::new(path.clone(), by, span));
        out.push(Alternative { path, ..other });
    }
    if !claims.is_empty() {
        let says: Vec<&str> = claims.iter().map(|claim| claim.says.as_str()).collect();
        let decision = Decision::new(says.join(", "), MORE, claims, |_| true);
        let place = Place::whole(operation.span);
        stage.ledger.note(place, Facet::Alternatives, decision);
    }
    out
}

/// `URI for Web App` → `web`.
fn when_of(row: &str, before: &str) -> String {
    let text = if row.to_lowercase().contains("for ") {
        row
    } else {
        before
    };
    let lower = text.to_lowercase();
    let tail = lower.split("for ").last().unwrap_or_default();
    let words: Vec<&str> = tail
        .split_whitespace()
        .filter(|word| !matches!(*word, "app" | "application" | "the" | "a"))
        .collect();
    words
        .join(" ")
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

/// Reports a call that an operation above has, too.
fn report_shared(
    operation: &OperationFacts,
    endpoint: &Endpoint,
    above: &[Option<Endpoint>],
    stage: &mut Stage<'_>,
) {
    let mut above = above.iter().flatten();
    if above.any(|other| other.method == endpoint.method && other.path == endpoint.path) {
        stage.diagnostics.push(
            Code::SharedPath,
            operation.span,
            format!(
                "{} {} is the path of another operation as well",
                endpoint.method, endpoint.path
            ),
            "both were kept",
        );
    }
}
