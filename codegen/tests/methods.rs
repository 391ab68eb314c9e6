//! By which HTTP method an operation is called, and what a second call would do: decided from what the docs say, or marked.

use crate::support::pages;
use crate::support::settings;

use pages::document;
use settings::settings;
use slate_codegen::diagnostics::Code;
use slate_codegen::spec::{Basis, Effect, Operation};
use slate_codegen::{Reading, read_docs};

/// A section with these rows of its resource table, this request URL, and these samples of the URL.
fn read(rows: &str, url: &str, samples: &str) -> Reading {
    let page = format!(
        "# Parcel\n\n## Activate Parcel\n\n{samples}\n\nBegins the delivery.\n\n### Resource Information\n| | |\n\
         --- | ---\nURI | parcel/activate\n{rows}\n\n### Request URL\n`{url}`\n"
    );
    read_docs(&document(&[("parcel", &page)]), &settings()).unwrap()
}

fn operation(reading: &Reading) -> &Operation {
    &reading.inferred.spec.entities[0].operations[0]
}

fn count(reading: &Reading, code: Code) -> usize {
    let all = reading.diagnostics.iter();
    all.filter(|finding| finding.code == code).count()
}

const URL: &str = "https://{host}/v1.1/parcel/activate";

#[test]
fn without_a_method_nothing_is_taken_for_a_read() {
    let reading = read("Authentication | Yes", URL, "");
    let operation = operation(&reading);
    assert_eq!(
        (operation.method.as_str(), operation.effect),
        ("GET", Effect::Write)
    );
    assert_eq!(operation.basis.get("method"), Some(&Basis::Assumed));
    assert_eq!(count(&reading, Code::AssumedFact), 1);

    // Stated, it reads, and nothing is marked.
    let reading = read("HTTP Method | GET", URL, "");
    let operation = self::operation(&reading);
    assert_eq!(
        (operation.method.as_str(), operation.effect),
        ("GET", Effect::Read)
    );
    assert_eq!(operation.basis.get("method"), None);
    assert_eq!(count(&reading, Code::AssumedFact), 0);
}

#[test]
fn a_body_shows_that_there_is_a_method_with_one() {
    let sample = "> Sample Request\n\n```json\n{\"root\": {\"parcel\": {\"id\": \"P7\"}}}\n```\n";
    let reading = read("Authentication | Yes", URL, sample);
    let operation = self::operation(&reading);
    assert_eq!(
        (operation.method.as_str(), operation.effect),
        ("POST", Effect::Write)
    );
    assert_eq!(operation.basis.get("method"), Some(&Basis::Assumed));
    assert_eq!(count(&reading, Code::AssumedFact), 1);
}

#[test]
fn what_samples_show_is_marked_as_shown() {
    let sample = format!("> Sample Request URL\n\n```html\nPOST {URL}\n```\n");
    let reading = read(
        "Authentication | Yes",
        URL,
        &sample.replace("{host}", "eu.example.com"),
    );
    let operation = self::operation(&reading);
    assert_eq!(
        (operation.method.as_str(), operation.effect),
        ("POST", Effect::Write)
    );
    assert_eq!(operation.basis.get("method"), Some(&Basis::Shown));
    assert_eq!(count(&reading, Code::AssumedFact), 0);
}

#[test]
fn methods_without_a_body_are_methods() {
    for method in ["HEAD", "OPTIONS"] {
        let row = format!("HTTP Method | {method}");
        for (rows, url) in [
            (row.as_str(), URL.to_owned()),
            ("Authentication | Yes", format!("{method} {URL}")),
        ] {
            let reading = read(rows, &url, "");
            let operation = self::operation(&reading);
            assert_eq!(operation.method, method, "{rows} {url}");
            assert_eq!(operation.path, "/v1.1/parcel/activate", "{rows} {url}");
            assert_eq!(operation.effect, Effect::Read);
            assert_eq!(operation.basis.get("method"), None, "{rows} {url}");
        }
    }
}

#[test]
fn a_method_that_is_not_taken_is_a_finding() {
    let reading = read("HTTP Method | GET & PUT", URL, "");
    assert_eq!(operation(&reading).method, "GET");
    assert_eq!(count(&reading, Code::OutvotedStatement), 1);

    // The cell alone says otherwise.
    let sample = format!(
        "> Sample Request URL\n\n```html\nPUT {}\n```\n",
        URL.replace("{host}", "eu.example.com")
    );
    let reading = read("HTTP Method | GET", &format!("PUT {URL}"), &sample);
    assert_eq!(operation(&reading).method, "PUT");
    assert_eq!(count(&reading, Code::OutvotedStatement), 1);
}
