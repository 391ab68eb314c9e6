//! The examples in the explanations of findings: the wrong one has such a finding, the right one has none at all.

use crate::support::settings;

use std::collections::BTreeSet;

use settings::settings;
use slate_codegen::diagnostics::Code;
use slate_codegen::slate::Texts;
use slate_codegen::{overrides, read_docs};

/// An example: a part of the docs, as the fence of its code block says.
#[derive(Debug)]
struct Example {
    /// `wrong` or `right`.
    verdict: String,
    /// What it takes the place of in docs without findings.
    slot: String,
    text: String,
}

fn examples(code: Code) -> Vec<Example> {
    let mut out: Vec<Example> = Vec::new();
    let mut open = false;
    for line in code.page().lines() {
        match line.strip_prefix("~~~~") {
            Some("") => open = false,
            Some(info) => {
                let words: Vec<&str> = info.split(' ').collect();
                let [_, verdict, slot] = words[..] else {
                    panic!("{}: {info:?} does not say what it is", code.id());
                };
                out.push(Example {
                    verdict: verdict.to_owned(),
                    slot: slot.strip_prefix("in=").unwrap().to_owned(),
                    text: String::new(),
                });
                open = true;
            }
            None if open => {
                let text = &mut out.last_mut().unwrap().text;
                text.push_str(line);
                text.push('\n');
            }
            None => {}
        }
    }
    assert!(!open, "{}: an example is never closed", code.id());
    out
}

const INDEX: &str = "---
title: Parcel Service
includes:
  - parcel
---
";

const HOSTS: &str = "# Introduction

## Resource Information
Attribute | Value
--- | ---
Host | **EU**: eu.api.example.com <br>**US**: us.api.example.com
API Version | v1.1
";

/// Docs without findings: one operation, in which an example takes the place of a part.
fn page(slot: &str, text: &str) -> String {
    let part = |name: &str, usual: &str| {
        if slot == name {
            text.to_owned()
        } else {
            usual.to_owned()
        }
    };
    if slot == "page" {
        return format!("# Parcel\n{text}");
    }
    let request = part(
        "request",
        "> Sample Request\n\n```json\n{\"root\": {\"parcel\": [{\"street\": \"Canal Street\", \"weight\": 7}]}}\n```\n",
    );
    let response = part(
        "response",
        "> Sample Response\n\n```json\n{\"response\": {\"parcel\": {\"id\": \"P7\"}}}\n```\n",
    );
    let rows = part(
        "rows",
        "street | string | Street to send the parcel to.\nweight | int | Weight in grams.\n",
    );
    [
        "# Parcel\n\n## Add Parcel\n".to_owned(),
        part("samples", &format!("{request}\n{response}")),
        "\nAdds a parcel.\n\n### Resource Information\n".to_owned(),
        part(
            "resource",
            "| | |\n--- | ---\nURI | parcel/add\nHTTP Method | POST\n",
        ),
        "\n### Request URL\n".to_owned(),
        part("url", "`https://{host}/v1.1/parcel/add`\n"),
        "\n".to_owned(),
        part(
            "parameters",
            &format!("### Request Body Parameters\nParameter | Datatype | Description\n--- | --- | ---\n{rows}"),
        ),
        "\n### Response Codes\n".to_owned(),
        part(
            "codes",
            "Code | Description\n---- | -----------\n1000 | Parcel added\n",
        ),
        "\n".to_owned(),
        part("end", ""),
    ]
    .concat()
}

/// The kinds of findings in docs with this example.
fn kinds(example: &Example) -> BTreeSet<&'static str> {
    let (slot, text) = (example.slot.as_str(), example.text.as_str());
    let index = if slot == "index" { text } else { INDEX };
    let hosts = if slot == "hosts" { text } else { HOSTS };
    let mut page = page(slot, text).into_bytes();
    // A byte that no text file in UTF-8 can hold.
    while let Some(at) = page.windows(4).position(|four| four == b"\\xE9") {
        page.splice(at..at + 4, [0xE9]);
    }
    let texts = Texts(vec![
        (
            "index.html.md".to_owned(),
            format!("{index}{hosts}").into_bytes(),
        ),
        ("includes/_parcel.md".to_owned(), page),
    ]);
    let mut settings = settings();
    if slot == "override" {
        settings.overrides = overrides::parse("overrides.yaml", text).unwrap();
    }
    let reading = read_docs(&texts, &settings).unwrap();
    let of_docs = reading.diagnostics.iter().map(|finding| finding.code);
    of_docs
        .chain(reading.stale.iter().map(|stale| stale.code))
        .map(Code::id)
        .collect()
}

#[test]
fn the_docs_around_the_examples_have_no_findings() {
    let none = Example {
        verdict: "right".into(),
        slot: "nothing".into(),
        text: String::new(),
    };
    assert_eq!(kinds(&none), BTreeSet::new());
}

#[test]
fn what_is_called_wrong_has_the_finding_and_what_is_called_right_has_none() {
    let mut bad = Vec::new();
    for code in Code::ALL {
        let examples = examples(*code);
        for verdict in ["wrong", "right"] {
            assert!(
                examples.iter().any(|example| example.verdict == verdict),
                "{} has no example that is {verdict}",
                code.id()
            );
        }
        for example in &examples {
            let found = kinds(example);
            let fits = match example.verdict.as_str() {
                "wrong" => found.contains(code.id()),
                "right" => found.is_empty(),
                other => panic!("{}: {other:?} is neither wrong nor right", code.id()),
            };
            if !fits {
                bad.push(format!(
                    "{}: {} gives {found:?}",
                    code.id(),
                    example.verdict
                ));
            }
        }
    }
    assert_eq!(bad, [""; 0]);
}

#[test]
fn pages_are_for_people() {
    for code in Code::ALL {
        let page = code.readable_page();
        assert!(!page.contains(" in="), "{}", code.id());
        assert!(page.contains("\nWrong:\n\n~~~~"), "{}", code.id());
        // What it means and why it matters, before the first example.
        let begin = page.split("\nWrong:").next().unwrap();
        assert!(begin.len() > 80, "{}: {begin}", code.id());
        for line in page.lines() {
            assert!(line.chars().count() <= 125, "{}: {line}", code.id());
        }
    }
}
