//! Comments in the docs that allow findings.

use crate::support::pages;
use crate::support::settings;

use pages::document;
use settings::settings;
use slate_codegen::{Reading, read_docs};

/// A page with two rows of one parameter in a table, two unknown types, and a sample that cannot be read.
fn read(before_table: &str, before_sample: &str, in_sample: &str) -> Reading {
    let page = format!(
        "# Parcel

## Find Parcel

{before_sample}
```json
as above {in_sample}
```

### Resource Information
| | |
--- | ---
URI | /v1.1/parcel/find
Response Format | JSON
HTTP Method | GET

### Request Query Parameters

{before_table}
Parameter | Datatype | Description
--- | --- | ---
size | sting | How big.
size | string | How big it may be.
kind | itn | What it is.
"
    );
    read_docs(&document(&[("parcel", page)]), &settings()).unwrap()
}

/// Ids of what is allowed, and of what is not.
fn ids(reading: &Reading) -> [Vec<&'static str>; 2] {
    let of = |allowed: bool| {
        let all = reading.diagnostics.iter();
        let all = all.filter(|finding| finding.allowed == allowed);
        all.map(|finding| finding.code.id()).collect()
    };
    [of(true), of(false)]
}

#[test]
fn a_comment_speaks_for_the_whole_block_below_it() {
    let none = ids(&read("", "", ""));
    assert_eq!(none, [vec![], vec!["S016", "S011", "S012", "S011"]]);
    let reading = read("<!-- slate-gen allow S011, S012: as shipped -->\n", "", "");
    assert_eq!(ids(&reading), [vec!["S011", "S012", "S011"], vec!["S016"]]);
    let both = "<!-- slate-gen allow S011 -->\n\n<!-- slate-gen allow S012 -->";
    assert_eq!(ids(&read(both, "", ""))[1], ["S016"]);
    let reading = read("", "<!-- slate-gen allow S016 -->", "");
    assert_eq!(ids(&reading)[0], ["S016"]);
}

#[test]
fn a_comment_may_speak_for_its_file() {
    let reading = read("<!-- slate-gen allow-file S016 S011 -->", "", "");
    assert_eq!(ids(&reading), [vec!["S016", "S011", "S011"], vec!["S012"]]);
}

#[test]
fn what_is_not_understood_or_needed_is_a_finding_where_it_stands() {
    for (comment, id, word) in [
        ("<!-- slate-gen allow S999 -->", "S044", "S999"),
        ("<!-- slate-gen permit S011 -->", "S044", "permit S011"),
        ("<!-- slate-gen allow -->", "S044", "allow"),
        ("<!-- slate-gen allow S016 -->", "S045", "S016"),
    ] {
        let reading = read(comment, "", "");
        let found: Vec<(&str, &str)> = reading
            .diagnostics
            .iter()
            .filter(|finding| matches!(finding.code.id(), "S044" | "S045"))
            .map(|finding| (finding.code.id(), reading.sources.text(finding.span)))
            .collect();
        assert_eq!(found, [(id, word)], "{comment}");
        assert!(ids(&reading)[0].is_empty(), "{comment}");
    }
}

#[test]
fn a_comment_in_a_sample_is_text_and_none_changes_the_spec() {
    let reading = read("", "", "\n<!-- slate-gen allow S016 -->");
    assert_eq!(ids(&reading)[0], [""; 0]);
    let facts = |reading: &Reading| {
        let operation = &reading.inferred.spec.entities[0].operations[0];
        let params = operation.params.iter();
        let params: Vec<_> = params
            .map(|param| (param.name.clone(), param.ty.clone()))
            .collect();
        (operation.path.clone(), params)
    };
    let allowed = read(
        "<!-- slate-gen allow S011 -->",
        "<!-- slate-gen allow S016 -->",
        "",
    );
    assert_eq!(facts(&allowed), facts(&read("", "", "")));
}
