//! Sections that look like more operations than they are: examples of other ones, headings inside of one.

use slate_codegen::dialect::Dialect;
use slate_codegen::manifest::Manifest;
use slate_codegen::names::Names;
use slate_codegen::slate::Texts;
use slate_codegen::{Reading, Settings, read_docs};

fn read(dialect: &str, body: &str) -> Reading {
    let index = format!("---\ntitle: Parcels\n---\n# Parcels\n\n{body}");
    let manifest = Manifest::new("parcel-sdk");
    let settings = Settings {
        layout: manifest.layout("project"),
        manifest,
        dialect: Dialect::parse("dialect.yaml", dialect).unwrap(),
        overrides: Vec::new(),
        names: Names::default(),
        version: "0.1.0".to_owned(),
    };
    let texts = Texts(vec![("index.html.md".to_owned(), index.into_bytes())]);
    read_docs(&texts, &settings).unwrap()
}

/// `METHOD path (title)` of all operations.
fn calls(reading: &Reading) -> Vec<String> {
    let entities = reading.inferred.spec.entities.iter();
    let operations = entities.flat_map(|entity| &entity.operations);
    operations
        .map(|operation| {
            let (method, path) = (&operation.method, &operation.path);
            format!("{method} {path} ({})", operation.title)
        })
        .collect()
}

const ANSWER: &str = "\n> Answer:\n\n```json\n{\"id\": 1}\n```\n\n";

/// An operation, and the section below it.
fn beside(path: &str, section: &str) -> (usize, Vec<String>) {
    let reading = read(
        "",
        &format!("## List\n\n### HTTP Request\n\n`GET {path}`\n{ANSWER}{section}"),
    );
    let findings = reading.diagnostics.iter();
    let said = findings.filter(|finding| finding.message.contains("stands elsewhere"));
    (said.count(), calls(&reading))
}

#[test]
fn an_example_is_no_operation() {
    for (path, section) in [
        (
            "/parcels",
            "## Filters\n\nFor example:\n\n`GET /parcels?state=sent`\n",
        ),
        (
            "/depots/{id}/parcels",
            "## Filters\n\n### Example request\n\n`GET /depots/7/parcels?state=sent`\n",
        ),
        (
            "/depots/<id>/parcels",
            "## Filters\n\n`GET https://{host}/depots/7/parcels`\n",
        ),
        (
            "/v2/parcels",
            "## Pages\n\n`GET /parcels?page=2`\n\n`GET /parcels?page=3`\n",
        ),
        (
            "/parcels",
            "## Pages\n\n### Parameters\n\nName | Description\n--- | ---\npage | Number\n\n### Example\n\n`GET /parcels?page=2`\n",
        ),
    ] {
        let (said, calls) = beside(path, section);
        assert_eq!((said, calls.len()), (1, 1), "{section} {calls:?}");
    }
}

#[test]
fn what_is_more_than_an_example_is_an_operation() {
    for (path, section) in [
        // Another resource, not a value.
        ("/parcels/{id}", "## Search\n\n`GET /parcels/search`\n"),
        // With a message of its own.
        (
            "/parcels",
            "## Open ones\n\n`GET /parcels?state=open`\n\n```json\n{\"id\": 1}\n```\n",
        ),
        // With parameters of its own.
        (
            "/parcels",
            "## Open ones\n\n### HTTP Request\n\n`GET /parcels?state=open`\n\n### Parameters\n\nName | Description\n--- | ---\nage | Days\n",
        ),
        ("/parcels", "## Delete\n\n`DELETE /parcels?state=open`\n"),
        ("/parcels", "## One\n\n`GET /parcels/7`\n"),
        ("/parcels", "## Chosen\n\n`GET /parcels?state={state}`\n"),
        // Which operation it is stands in the query of both.
        (
            "/api?call=list",
            "## Count\n\n`GET /api?call=count&x=1`\n\n```json\n{\"n\": 1}\n```\n",
        ),
    ] {
        let (said, calls) = beside(path, section);
        assert_eq!((said, calls.len()), (0, 2), "{section} {calls:?}");
    }
}

#[test]
fn a_heading_that_says_how_is_a_part_of_the_operation() {
    let request = "### HTTP Request\n\n`PUT /parcels/{id}`\n\n";
    let text = format!("## Update Parcel\n\n### with a Label\n{ANSWER}{request}");
    assert_eq!(
        calls(&read("", &text)),
        ["PUT /parcels/{id} (Update Parcel)"]
    );
    // Two ways with a call each are two operations.
    let other = "### with Insurance\n\n### HTTP Request\n\n`PUT /insured/{id}`\n";
    let text = format!("## Update\n\n### with a Label\n\n{request}{other}");
    assert_eq!(calls(&read("", &text)).len(), 2);
    // A name says what is done.
    let text = format!("## Update\n\n### Parcel\n{ANSWER}{request}");
    assert_eq!(calls(&read("", &text)), ["PUT /parcels/{id} (Parcel)"]);
}

/// One answer above two calls, and a table behind them.
const TOKENS: &str = "## Get a token\n\n```json\n{\"token\": \"x\"}\n```\n\n\
    ### For guests\n\nNobody is asked.\n\n#### HTTP Request\n\n`POST /tokens/guest`\n\n\
    ### For members\n\n#### HTTP Request\n\n`POST /tokens/member`\n\n";
const TABLE: &str = "### Response\n\nField | Description\n--- | ---\ntoken | What to send\n";

#[test]
fn operations_that_share_all_they_show_are_one_section() {
    let reading = read("several: operations\n", &format!("{TOKENS}{TABLE}"));
    let spec = &reading.inferred.spec;
    let operations = || spec.entities.iter().flat_map(|entity| &entity.operations);
    assert_eq!(
        calls(&reading),
        [
            "POST /tokens/guest (For guests)",
            "POST /tokens/member (For members)"
        ]
    );
    let lines: Vec<u32> = operations()
        .map(|operation| operation.source.line)
        .collect();
    assert_eq!(lines, [6, 6]);
    assert!(operations().all(|operation| operation.response.is_some()));
    // With nothing behind them they are operations of their own, and so they are where lines are alternatives.
    for (dialect, text) in [
        ("several: operations\n", TOKENS.to_owned()),
        ("", format!("{TOKENS}{TABLE}")),
    ] {
        let reading = read(dialect, &text);
        let spec = &reading.inferred.spec;
        let operations = spec.entities.iter().flat_map(|entity| &entity.operations);
        let lines: Vec<u32> = operations.map(|operation| operation.source.line).collect();
        assert_eq!(lines, [12, 20], "{dialect}");
    }
}
