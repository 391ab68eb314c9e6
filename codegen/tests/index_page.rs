//! The index: nothing that it states of headers, hosts and samples is lost in silence.

use crate::support::account;
use crate::support::settings;

use std::path::Path;

use account::unaccounted;
use settings::settings;
use slate_codegen::diagnostics::Code;
use slate_codegen::slate::{INDEX, Texts, load};
use slate_codegen::{Reading, read_docs};

const PAGE: &str = "---
title: Parcel Service
includes:
---
# Introduction

## Resource Information
Attribute | Value
--- | ---
Host | **EU**: eu.example.com <br>**Asia**: front.asia.example.com [or] asia.example.com
API Version | v1.1

## Headers Required for Tokens

* **Accept** - This should be set as text/parcel
* **Parcel token** - Token of the sender

## Headers Required

Header | Description | Value
--- | --- | ---
Accept* | Format of answers | `text/parcel` for words, `text/label` for labels
Parcel-Token | Token |

## Tracking

```json
{\"X-Parcel-Trace\": \"5\"}
```

Answers have a number in `X-Parcel-Trace`. Keep it: X-Parcel-Trace is what support asks for.
";

fn read(text: &str) -> Reading {
    let texts = Texts(vec![(INDEX.to_owned(), text.as_bytes().to_vec())]);
    read_docs(&texts, &settings()).unwrap()
}

#[test]
fn what_several_tables_say_of_a_header_is_brought_together() {
    let reading = read(PAGE);
    let headers = &reading.inferred.spec.api.headers;
    let names: Vec<&str> = headers.iter().map(|header| header.name.as_str()).collect();
    assert_eq!(names, ["Accept", "Parcel-Token"]);
    let lines = |at: usize| -> Vec<u32> {
        let header = &headers[at];
        std::iter::once(&header.source)
            .chain(&header.also)
            .map(|source| source.line)
            .collect()
    };
    assert_eq!(headers[0].values, ["text/parcel", "text/label"]);
    assert_eq!((lines(0), lines(1)), (vec![15, 22], vec![16, 23]));
}

#[test]
fn what_is_not_used_is_reported() {
    let reading = read(PAGE);
    let found: Vec<(Code, String)> = reading
        .diagnostics
        .iter()
        .map(|finding| (finding.code, finding.message.clone()))
        .collect();
    let has = |code: Code, word: &str| {
        found
            .iter()
            .filter(|(kind, message)| *kind == code && message.contains(word))
            .count()
    };
    assert_eq!(
        has(Code::UnknownResourceRow, "front.asia.example.com"),
        1,
        "{found:?}"
    );
    assert_eq!(has(Code::UnusedSample, "code block"), 1, "{found:?}");
    assert_eq!(has(Code::UnreadRule, "X-Parcel-Trace"), 1, "{found:?}");
}

#[test]
fn the_index_is_accounted_for() {
    assert_eq!(unaccounted(&read(PAGE), INDEX, PAGE), Vec::<String>::new());
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/slate");
    let texts = load(&docs).unwrap();
    let reading = read_docs(&texts, &settings()).unwrap();
    let text = std::fs::read_to_string(docs.join(INDEX)).unwrap();
    assert_eq!(unaccounted(&reading, INDEX, &text), Vec::<String>::new());
}
