//! How requests are written that are neither JSON nor XML.

use crate::support::pages;
use crate::support::settings;

use pages::document;
use settings::settings;
use slate_codegen::claims::Basis;
use slate_codegen::diagnostics::Code;
use slate_codegen::spec::{Encoding, Operation};
use slate_codegen::{Reading, openapi, read_docs};

/// A section that posts, with something between its request line and the answer.
fn read(middle: &str, index: &str) -> Reading {
    let page = format!(
        "# Parcel\n\n## Send Parcel\nSends one.\n\n{middle}\n\n> Sample Response\n\n```json\n{{\"response\": {{\"id\": 3}}}}\n\
         ```\n\n### Resource Information\n| | |\n--- | ---\nURI | parcel/add\nHTTP Method | POST\n"
    );
    let mut texts = document(&[("parcel", page)]);
    texts.0[0].1.extend_from_slice(index.as_bytes());
    read_docs(&texts, &settings()).unwrap()
}

fn operation(reading: &Reading) -> &Operation {
    &reading.inferred.spec.entities[0].operations[0]
}

fn members(reading: &Reading) -> Vec<String> {
    let request = operation(reading).request.as_deref().unwrap();
    let types = &reading.inferred.spec.entities[0].types;
    let fields = types[request].fields.iter().flatten();
    fields
        .map(|field| format!("{}: {}", field.name, field.ty))
        .collect()
}

const HEADER: &str = "### Request Headers\nHeader | Value\n--- | ---\nContent-Type | ";

#[test]
fn the_way_a_body_is_written_is_read_where_it_is_said_or_shown() {
    let json = "> Sample Request\n\n```json\n{\"weight\": 2, \"to\": {\"city\": \"Rome\"}}\n```\n";
    let curl = "```shell\ncurl -X POST https://api.example.com/v1.1/parcel/add -d 'weight=2&to[city]=Rome'\n```\n";
    let parts = "```shell\ncurl https://api.example.com/v1.1/parcel/add -F weight=2 -F 'to[city]=Rome'\n```\n";
    let raw = "> Sample Request\n\n```\nweight=2&to[city]=Rome\n```\n";
    let of_json = "> Sample Request\n\n```json\nweight=2&to={\"city\": \"Rome\"}\n```\n";
    let form = format!("{HEADER}application/x-www-form-urlencoded\n\n");
    let several = format!("{HEADER}application/x-www-form-urlencoded, application/json\n\n");
    let header =
        |text: &str| format!("\n## Headers\nHeader | Value\n--- | ---\nContent-Type | {text}\n");
    let index = header("application/x-www-form-urlencoded");
    let none = "";
    for (middle, index, want) in [
        (json.to_owned(), none, None),
        (curl.to_owned(), none, Some((Encoding::Form, Basis::Shown))),
        (
            parts.to_owned(),
            none,
            Some((Encoding::Multipart, Basis::Shown)),
        ),
        (raw.to_owned(), none, Some((Encoding::Form, Basis::Shown))),
        (
            of_json.to_owned(),
            none,
            Some((Encoding::JsonForm, Basis::Shown)),
        ),
        // Who says that it is a form leaves open what is in its fields.
        (
            format!("{of_json}\n{form}"),
            none,
            Some((Encoding::JsonForm, Basis::Stated)),
        ),
        // What is stated counts more than what a sample shows.
        (
            format!("{json}\n{form}"),
            none,
            Some((Encoding::Form, Basis::Stated)),
        ),
        (format!("{json}\n{several}"), none, None),
        // What the index says of all operations counts less.
        (json.to_owned(), index.as_str(), None),
        (
            parts.to_owned(),
            index.as_str(),
            Some((Encoding::Multipart, Basis::Shown)),
        ),
    ] {
        let reading = read(&middle, index);
        let operation = operation(&reading);
        let basis = operation.basis.get("encoding").copied();
        let found = operation.encoding;
        let found = found.map(|encoding| (encoding, basis.unwrap_or(Basis::Stated)));
        assert_eq!(found, want, "{middle}{index}");
        assert_eq!(
            members(&reading),
            ["weight: integer", "to: SendParcelRequestTo"],
            "{middle}"
        );
    }
}

#[test]
fn what_only_the_index_says_is_borrowed_and_reported() {
    let rows =
        "### Request Body\nParameter | Type | Description\n--- | --- | ---\nweight | int | Grams\n";
    let index = "\n## Headers\nHeader | Value\n--- | ---\nContent-Type | application/x-www-form-urlencoded\n";
    let reading = read(rows, index);
    let operation = operation(&reading);
    assert_eq!(operation.encoding, Some(Encoding::Form));
    assert_eq!(operation.basis.get("encoding"), Some(&Basis::Borrowed));
    let mut findings = reading.diagnostics.iter();
    assert!(findings.any(|finding| finding.message.contains("how its body is written")));
}

#[test]
fn contradictions_are_reported() {
    let json = "> Sample Request\n\n```json\n{\"weight\": 2}\n```\n";
    let reading = read(&format!("{json}\n{HEADER}multipart/form-data\n\n"), "");
    let outvoted = |reading: &Reading| {
        let mut all = reading.diagnostics.iter();
        all.any(|finding| finding.code == Code::OutvotedStatement)
    };
    assert!(outvoted(&reading));
    assert!(!outvoted(&read(json, "")));
}

#[test]
fn forms_in_parts_hold_files() {
    let command = "```shell\ncurl https://api.example.com/v1.1/parcel/add -F 'label=@a.png' -F 'more[]=@b.png' -F note=x\n```\n";
    let reading = read(command, "");
    assert_eq!(
        members(&reading),
        ["label: file", "more: list<file>", "note: string"]
    );
    assert_eq!(operation(&reading).encoding, Some(Encoding::Multipart));
    let (spec, contents) = (&reading.inferred.spec, &reading.inferred.contents);
    let text = openapi::document(spec, contents, &settings().dialect).to_string();
    assert!(text.contains(r#""format":"binary""#), "{text}");
    // A row says it as well, where its table is about a form.
    let rows = "Field | Type | Description\n--- | --- | ---\nlabel | PNG file | What is on it\nnote | string | In words\n";
    let reading = read(&format!("### Form Data\n\n{rows}"), "");
    assert_eq!(members(&reading), ["label: file", "note: string"]);
    assert_eq!(operation(&reading).encoding, Some(Encoding::Multipart));
    // In a document a file is a text.
    let json = "> Sample Request\n\n```json\n{\"label\": \"aGk=\", \"note\": \"x\"}\n```\n";
    let reading = read(&format!("{json}\n### Request Body\n\n{rows}"), "");
    assert_eq!(members(&reading), ["label: string", "note: string"]);
    assert_eq!(operation(&reading).encoding, None);
}
