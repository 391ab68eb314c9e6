//! Commands and code in samples that call something else than the operation says.

use super::found::Endpoint;
use super::segments::{join, without};
use super::statement::Statements;
use crate::diagnostics::Code;
use crate::infer::stage::Stage;
use crate::read::facts::{OperationFacts, Said};
use crate::read::url::{self, Url};
use crate::slate::source::Span;

/// Reports them. They decide nothing: what is stated knows better.
pub fn report(
    operation: &OperationFacts,
    said: &Statements,
    endpoint: &Endpoint,
    stage: &mut Stage<'_>,
) {
    let suffixes = &stage.dialect.wire.format_suffixes;
    let mut calls: Vec<(&Said, Url)> = Vec::new();
    for one in &operation.called {
        if let Some(mut url) = url::parse(&one.text, suffixes) {
            stage.base.iter().for_each(|base| base.leave_out(&mut url));
            calls.push((one, url));
        }
    }
    let paths = known_paths(said, endpoint);
    let is_known = |url: &Url| paths.iter().any(|path| same(path, without(&url.segments)));
    let (here, elsewhere): (Vec<_>, Vec<_>) = calls.into_iter().partition(|(_, url)| is_known(url));
    let stated = said
        .all()
        .flat_map(|one| one.url.method.iter().chain(&one.url.other_methods));
    let methods: Vec<&str> = stated
        .chain([&endpoint.method])
        .map(String::as_str)
        .collect();
    for (one, url) in &here {
        let Some(method) = url.method.as_deref().filter(|own| !methods.contains(own)) else {
            continue;
        };
        let span = place(one, stage);
        let value = &endpoint.method;
        stage.diagnostics.push(
            Code::OutvotedStatement,
            span,
            format!("this is called by {method}, and the method is {value} elsewhere"),
            format!("{value} was taken"),
        );
    }
    // A call that goes elsewhere may prepare the one that the operation is about.
    let first = elsewhere.first().filter(|_| here.is_empty());
    if let Some((one, url)) = first {
        let span = place(one, stage);
        let value = join(without(&segments(&endpoint.path)));
        stage.diagnostics.push(
            Code::PathConflict,
            span,
            format!(
                "this calls the path {:?}, elsewhere it is {value:?}",
                join(without(&url.segments))
            ),
            format!("{value:?} was taken"),
        );
    }
}

fn segments(path: &str) -> Vec<String> {
    path.split('/').skip(1).map(str::to_owned).collect()
}

/// The paths, without their versions, that the operation is said to have.
fn known_paths(said: &Statements, endpoint: &Endpoint) -> Vec<Vec<String>> {
    let own = [&endpoint.path].into_iter();
    let own = own.chain(endpoint.alternatives.iter().map(|other| &other.path));
    let own = own.map(|path| segments(path));
    let all = own.chain(said.all().map(|one| one.url.segments.clone()));
    all.map(|path: Vec<String>| without(&path).to_vec())
        .collect()
}

/// Whether a call has a path, or one below it, in front of which its address has more.
fn same(path: &[String], called: &[String]) -> bool {
    let Some(from) = called.len().checked_sub(path.len()) else {
        return false;
    };
    let one = |(own, called): (&String, &String)| {
        let open =
            |segment: &str| segment.contains(['{', '$', '(', '[']) || segment.starts_with(':');
        // `PARCEL_ID`, as some write what is to be replaced.
        let capitals = |segment: &str| segment.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        let digits = |segment: &str| segment.contains(|c: char| c.is_ascii_digit());
        let word = |segment: &str| segment.split('.').next().unwrap_or_default().to_lowercase();
        open(own)
            || open(called)
            || capitals(own)
            || word(own) == word(called)
            || (digits(own) && digits(called))
    };
    path.iter().zip(&called[from..]).all(one)
}

/// Where the address of a call stands: below the line that opens its block.
fn place(said: &Said, stage: &Stage<'_>) -> Span {
    let Span { file, end, .. } = said.span;
    let address = said.text.rsplit(' ').next().unwrap_or_default();
    let text = stage.sources.file(file).text.get(end as usize..);
    let at = text.and_then(|text| text.find(address));
    at.map_or(said.span, |at| {
        let start = end as usize + at;
        Span::new(file, start, start + address.len())
    })
}
