//! What a finding marks: the cell or the word that is meant, and not the whole line. What has one cause is one finding.

use crate::support::pages;
use crate::support::settings;

use pages::document;
use settings::settings;
use slate_codegen::diagnostics::Code;
use slate_codegen::{Reading, read_docs};

/// What findings of a kind mark in a page with these rows in the table of an operation's request.
fn marked(code: Code, rows: &str) -> Vec<String> {
    let reading = read(rows);
    let findings = reading.diagnostics.iter();
    findings
        .filter(|finding| finding.code == code)
        .map(|finding| reading.sources.text(finding.span).to_owned())
        .collect()
}

fn read(rows: &str) -> Reading {
    let page = format!(
        "# Parcel

## Send Parcel

> Sample Request

```json
{{\"name\": \"a\", \"size\": \"big\", \"kind\": \"LETTER\"}}
```

> Sample Response

```json
{{\"id\": 1, \"item_status\": {{\"success\": \"false\", \"code\": 4711, \"message\": \"Too heavy\"}}}}
```

### Resource Information
| | |
--- | ---
URI | parcel/send
HTTP Method | POST

### Request Body Parameters
Parameter | Datatype | Description
--- | --- | ---
name | string | Who gets it.
{rows}

### Response Codes
Code | Description
--- | ---
12 | No such parcel
oops | Nobody at home
"
    );
    read_docs(&document(&[("parcel", page)]), &settings()).unwrap()
}

#[test]
fn a_type_that_nobody_knows_is_its_cell() {
    let row = "size | sting | How big.";
    assert_eq!(marked(Code::UnknownType, row), ["sting"]);
    let bordered = "|  size  |  sting  | How big. |";
    assert_eq!(marked(Code::UnknownType, bordered), ["sting"]);
}

#[test]
fn a_type_that_samples_contradict_is_its_cell() {
    let row = "size | int | How big.";
    assert_eq!(marked(Code::TypeConflict, row), ["int"]);
}

#[test]
fn a_missing_cell_is_the_one_in_its_place() {
    let row = "size | How big the parcel may be";
    assert_eq!(
        marked(Code::BadParameterRow, row),
        ["How big the parcel may be"]
    );
}

#[test]
fn of_several_names_in_a_cell_the_one_is_marked() {
    let row = "name/width/depth* | string | Who gets it, or how big.";
    assert_eq!(marked(Code::UnplacedField, row), ["width", "depth"]);
}

#[test]
fn a_value_that_is_not_listed_marks_the_list() {
    let row = "kind | enum | What it is. Value: `GIFT`, `PARCEL`. More is to come.";
    assert_eq!(marked(Code::UnlistedValue, row), ["GIFT`, `PARCEL"]);
}

#[test]
fn codes_are_marked_by_their_numbers() {
    let name = "size | string | How big.";
    assert_eq!(marked(Code::BadCodeRow, name), ["oops"]);
    assert_eq!(marked(Code::AssumedKind, name), ["12"]);
    assert_eq!(marked(Code::UndocumentedCode, name), ["4711"]);
}

#[test]
fn what_has_one_cause_is_one_finding() {
    let rows = "size* | string | How big.\nkind* | enum | What it is. Value: `PARCEL`, `GIFT`.

> Sample Request

```json
// The largest.
{\"name\": \"a\", \"size\": \"huge\" \"kind\": \"CRATE\"}
// It is refused.
```
";
    let reading = read(rows);
    let said = |code: Code| -> Vec<&str> {
        let all = reading.diagnostics.iter();
        all.filter(|finding| finding.code == code)
            .map(|finding| finding.message.as_str())
            .collect()
    };
    assert_eq!(
        said(Code::RepairedSample),
        ["remark lines (2 times), a missing comma"]
    );
    assert_eq!(
        said(Code::AssumedPresence),
        ["nothing says what the mark behind kind and size in the request means"]
    );
    assert_eq!(
        said(Code::UnlistedValue),
        ["samples show \"LETTER\", \"CRATE\" for kind, which are none of its values"]
    );
}

/// What findings of a kind mark in a page of its own.
fn marked_in(code: Code, page: &str) -> Vec<String> {
    let reading = read_docs(&document(&[("parcel", page.to_owned())]), &settings()).unwrap();
    let findings = reading.diagnostics.iter();
    findings
        .filter(|finding| finding.code == code)
        .map(|finding| reading.sources.text(finding.span).to_owned())
        .collect()
}

#[test]
fn of_a_paragraph_the_words_are_marked() {
    let page = "# Parcel

## Get Parcel

### Resource Information
| | |
--- | ---
URI | `parcel/get&size=1`
HTTP Method | GET

### Request Query Parameters
Parameter | Datatype | Description
--- | --- | ---
id* | int | Number of the parcel.

<aside class=\"notice\">The parameter marked with * is mandatory. If no id is passed, the newest is taken.</aside>
";
    assert_eq!(marked_in(Code::BadUrl, page), ["parcel/get&size=1"]);
    assert_eq!(
        marked_in(Code::UnclearMark, page),
        ["If no id is passed, the newest is taken"]
    );
}

#[test]
fn a_pipe_in_code_makes_no_table() {
    let page = |line: &str| {
        format!(
            "# Parcel

## Get Parcel

{line}

### Resource Information
| | |
--- | ---
URI | parcel/get
HTTP Method | GET
"
        )
    };
    let sentence = page("Several depots stand side by side: `north | south`");
    assert_eq!(marked_in(Code::UnusedTable, &sentence), [""; 0]);
    let table = page("Depot | Town\n--- | ---\nN | Northtown");
    assert_eq!(marked_in(Code::UnusedTable, &table).len(), 1);
}

/// A page with an operation that is called so, and has this below.
fn page(call: &str, below: &str) -> String {
    format!("# Parcel\n\n## Weigh Parcel\n\n### Request URL\n\n`{call}`\n\n{below}\n")
}

const ROWS: &str = "Parameter | Description\n--- | ---\nsize** | How big.\nkind* | What it is.\n";

#[test]
fn what_is_not_said_of_a_row_is_said_of_its_name() {
    let table = format!("### Request Parameters\n{ROWS}");
    let post = page("POST https://{host}/v1.1/parcel/weigh", &table);
    assert_eq!(marked_in(Code::AssumedSending, &post), ["size**"]);
    let get = page("GET https://{host}/v1.1/parcel/weigh", &table);
    let marks = marked_in(Code::AssumedPresence, &get);
    assert!(
        !marks.is_empty() && marks.iter().all(|mark| !mark.contains('|')),
        "{marks:?}"
    );
    let types = marked_in(Code::AssumedType, &get);
    assert_eq!(types, ["size", "kind"]);
}

#[test]
fn a_table_without_use_is_its_first_cell() {
    let table = "Day | Round\n--- | ---\nMonday | North\n";
    let used = page("GET https://{host}/v1.1/parcel/weigh", table);
    assert_eq!(marked_in(Code::UnusedTable, &used), ["Day"]);
    let outside = format!("# Parcel\n\n## Rounds\n\n{table}");
    assert_eq!(marked_in(Code::UnusedTable, &outside), ["Day"]);
}

#[test]
fn a_missing_comma_is_behind_the_value_before() {
    let sample = "> Sample Response\n\n```json\n{\n  \"id\": 17\n  \"kind\": \"box\"\n  \"open\": true}\n```\n";
    let wrong = page("GET https://{host}/v1.1/parcel/weigh", sample);
    assert_eq!(marked_in(Code::RepairedSample, &wrong), ["7"]);
}

#[test]
fn a_misspelt_label_is_its_word() {
    let sample = "> Sample Reponse\n\n```json\n{\"id\": 17}\n```\n";
    let wrong = page("POST https://{host}/v1.1/parcel/weigh", sample);
    assert_eq!(marked_in(Code::MisspeltLabel, &wrong), ["Reponse"]);
}
