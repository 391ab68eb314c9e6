//! The samples of the published documentation, seen as traffic: they are as documented.

use crate::support::settings;
use crate::support::traffic::call;

use std::borrow::Cow;
use std::fmt::Write as _;

use settings::{in_workspace, settings};
use slate_codegen::infer::Content;
use slate_codegen::observe::{Exchange, Kind, Observer, Weight};
use slate_codegen::spec::{In, Operation, Required, Role};
use slate_codegen::{overrides, read_docs, slate};

/// A URL of an operation with what its docs require.
fn url(operation: &Operation) -> String {
    let mut out = format!("https://eu.api.example.com{}", operation.path);
    if let Some(suffix) = &operation.suffix {
        out.push('.');
        out.push_str(suffix);
    }
    let own = |param: &&slate_codegen::spec::Param| {
        param.place == In::Query && param.required != Required::False
    };
    for (number, param) in operation.params.iter().filter(own).enumerate() {
        let sign = if number == 0 { '?' } else { '&' };
        let value = param.values.first().map_or("1", String::as_str);
        let _ = write!(out, "{sign}{}={value}", param.name);
    }
    out
}

fn exchange<'a>(
    operation: &'a Operation,
    content: &'a Content,
    request: Option<&'a str>,
    answer: Option<&'a str>,
) -> Option<Exchange<'a>> {
    let text = content.verbatim.as_deref()?;
    let (request, answer) = match content.role {
        // A request counts where its answer says that it was accepted.
        Role::Request => (text, answer.unwrap_or_default()),
        _ => (request.unwrap_or_default(), text),
    };
    Some(Exchange {
        url: Cow::Owned(url(operation)),
        ..call(&operation.method, "", request, answer)
    })
}

#[test]
fn the_samples_of_the_published_docs_are_as_documented() {
    let mut settings = settings();
    let path = "spec/overrides.yaml";
    let yaml = std::fs::read_to_string(in_workspace(path)).unwrap();
    settings.overrides = overrides::parse(path, &yaml).unwrap();
    let texts = slate::load(&in_workspace("spec/slate")).unwrap();
    let reading = read_docs(&texts, &settings).unwrap();
    let spec = &reading.inferred.spec;
    let mut observer = Observer::new(spec, &settings.dialect);
    let mut count = 0;
    for operation in spec.entities.iter().flat_map(|entity| &entity.operations) {
        let contents = &reading.inferred.contents[&operation.id];
        let whole = || contents.iter().filter(|content| !content.fragment);
        let first = |is: fn(&Role) -> bool| {
            let mut texts = whole().filter(|content| is(&content.role));
            texts.find_map(|content| content.verbatim.as_deref())
        };
        let request = first(|role| *role == Role::Request);
        let answer = first(|role| *role != Role::Request);
        for content in whole() {
            if let Some(exchange) = exchange(operation, content, request, answer) {
                observer.exchange(&exchange);
                count += 1;
            }
        }
    }
    let report = observer.report();
    println!("{}", report.text());
    assert!(count > 200, "{count} samples");
    assert_eq!(report.exchanges, count);
    assert!(report.elsewhere.is_empty() && report.unused.is_empty());
    let of_kind = |kind| {
        report
            .findings()
            .filter(|finding| finding.kind == kind)
            .count()
    };
    // Types hold; the rest are the few contradictions that these docs have.
    for kind in Kind::ALL {
        let most = match kind {
            Kind::UndocumentedMember => 8,
            Kind::InvalidAccepted => 4,
            Kind::UnlistedValue => 3,
            kind if kind.weight() == Weight::Note => continue,
            _ => 0,
        };
        assert!(of_kind(*kind) <= most, "{}: {}", kind.id(), of_kind(*kind));
    }
}
