//! Which sections are operations, and at which address: rules that need a page, or several of its sections.

use crate::support::pages;
use crate::support::settings;

use pages::document;
use settings::settings;
use slate_codegen::diagnostics::Code;
use slate_codegen::{Reading, read_docs};

fn read(page: &str) -> Reading {
    let page = format!("# Parcel\n\nAbout parcels.\n\n{page}");
    read_docs(&document(&[("parcel", &page)]), &settings()).unwrap()
}

/// Title, method and path of each operation.
fn calls(reading: &Reading) -> Vec<String> {
    let entities = reading.inferred.spec.entities.iter();
    let operations = entities.flat_map(|entity| &entity.operations);
    operations
        .map(|one| format!("{}: {} {}", one.title, one.method, one.path))
        .collect()
}

fn finds(reading: &Reading, code: Code, words: &str) -> bool {
    let mut all = reading.diagnostics.iter();
    all.any(|finding| finding.code == code && finding.message.contains(words))
}

/// A section: title, URL of the sample, heading of its table, method, URI, and what follows.
fn section(title: &str, sample: &str, head: &str, call: &str, rest: &str) -> String {
    let (method, uri) = call.split_once(' ').unwrap();
    format!(
        "## {title}\n\n> Sample Request\n\n```html\nhttps://us.example.com{sample}\n```\n\n### {head}\n\n| | |\n--- | ---\nURI | `{uri}`\nHTTP Method | {method}\n\n{rest}\n\n"
    )
}

const HEAD: &str = "Resource Information";

#[test]
fn a_heading_that_comes_again_and_again_above_resource_tables_is_no_operation() {
    let head = "How This Is Called";
    let first = section("Send Parcel", "/v2/parcels", head, "POST /v2/parcels", "");
    let second = section("Drop Parcel", "/v2/drops", head, "DELETE /v2/drops", "");
    let both = [
        "Send Parcel: POST /v2/parcels",
        "Drop Parcel: DELETE /v2/drops",
    ];
    assert_eq!(calls(&read(&format!("{first}{second}"))), both);
}

#[test]
fn a_heading_below_a_group_without_samples_stays_an_operation() {
    let table = |path: &str| {
        format!("### Create\n\n| | |\n--- | ---\nURI | `{path}`\nHTTP Method | POST\n\n")
    };
    let page = format!(
        "## Parcels\n\n{}## Boxes\n\n{}",
        table("/v2/parcels"),
        table("/v2/boxes")
    );
    let both = ["Create: POST /v2/parcels", "Create: POST /v2/boxes"];
    assert_eq!(calls(&read(&page)), both);
}

#[test]
fn a_section_that_only_shows_how_it_is_called_is_an_operation() {
    let stated = section("Find Parcel", "/v2/parcels", HEAD, "GET /v2/parcels", "");
    let shown = "## Mend Parcel\n\n> Sample Request\n\n```html\nhttps://us.example.com/v2/parcels/60f13a5e4c5cb92ab2d9e7d7\n```\n\n\
        > Sample PUT Request\n\n```json\n{\"size\": 7}\n```\n\n";
    let reading = read(&format!("{stated}{shown}"));
    let both = [
        "Find Parcel: GET /v2/parcels",
        "Mend Parcel: PUT /v2/parcels/{id}",
    ];
    assert_eq!(calls(&reading), both);
    // Without a message it is an example of something, and where no section states a call, nothing is known of levels.
    let (address, _) = shown.split_once("> Sample PUT").unwrap();
    assert_eq!(calls(&read(&format!("{stated}{address}"))).len(), 1);
    assert!(calls(&read(shown)).is_empty());
}

#[test]
fn a_request_line_gets_the_placeholders_that_only_its_row_has() {
    let line = "### Request URL\n\n`https://{host}/v2/parcels/labels`\n";
    let call = "POST /{parcelId}/labels";
    let reading = read(&section("Add Label", "/7/labels", HEAD, call, line));
    assert_eq!(
        calls(&reading),
        ["Add Label: POST /v2/parcels/{parcelId}/labels"]
    );
    assert!(finds(&reading, Code::PathConflict, "lacks {parcelId}"));
    // Other words are another path.
    let line = "### Request URL\n\n`https://{host}/v2/parcels/stamps`\n";
    let reading = read(&section(
        "Add Label",
        "/v2/parcels/stamps",
        HEAD,
        call,
        line,
    ));
    assert_eq!(calls(&reading), ["Add Label: POST /v2/parcels/stamps"]);
}

#[test]
fn a_slash_that_is_missing_behind_a_placeholder_is_seen_in_the_sample() {
    let call = "GET /v2/groups/{groupId}parcels/{parcelId}";
    let reading = read(&section("Show", "/v2/groups/7/parcels/9", HEAD, call, ""));
    assert_eq!(
        calls(&reading),
        ["Show: GET /v2/groups/{groupId}/parcels/{parcelId}"]
    );
    assert!(finds(&reading, Code::BadUrl, "a slash is missing"));
    let reading = read(&section("Show", "/v2/groups/7parcels/9", HEAD, call, ""));
    assert_eq!(
        calls(&reading),
        ["Show: GET /v2/groups/{groupId}parcels/{parcelId}"]
    );
}

#[test]
fn a_row_that_is_a_placeholder_is_a_whole_address() {
    let reading = read(&section(
        "Push",
        "/nightly/hooks/77",
        HEAD,
        "POST {hookURL}",
        "",
    ));
    assert_eq!(calls(&reading), ["Push: POST /v1.1/parcel/{hookURL}"]);
}

#[test]
fn what_two_operations_state_is_not_copied_where_it_asks_for_what_the_sample_asks_for() {
    let all = section("Find All", "/v2/parcels", HEAD, "GET /v2/parcels", "");
    let one = section(
        "Find One",
        "/v2/parcels/one?id=7",
        HEAD,
        "GET /v2/parcels?id={id}",
        "",
    );
    let both = ["Find All: GET /v2/parcels", "Find One: GET /v2/parcels"];
    assert_eq!(calls(&read(&format!("{all}{one}"))), both);
    // Without that, the sample knows better.
    let one = section("Find One", "/v2/parcels/one", HEAD, "GET /v2/parcels", "");
    let both = ["Find All: GET /v2/parcels", "Find One: GET /v2/parcels/one"];
    assert_eq!(calls(&read(&format!("{all}{one}"))), both);
}

#[test]
fn a_table_about_all_calls_is_no_operation() {
    let form = "## Request Information\n\nEntry | Description\n--- | ---\nURL | {host}/shop/{resource}/.\nHTTP Methods | GET, POST, PATCH\n\n";
    let stated = section(
        "Find Parcel",
        "/shop/parcels",
        HEAD,
        "GET /shop/parcels",
        "",
    );
    let page = format!("## Keys\n\nAbout keys.\n\n{form}{stated}");
    assert_eq!(calls(&read(&page)), ["Find Parcel: GET /v1.1/shop/parcels"]);
}

#[test]
fn a_row_names_the_placeholders_of_a_sample() {
    let call = "GET /v2/parcels/{id}";
    let reading = read(&section("Find", "/v2/parcels/{number}", HEAD, call, ""));
    assert_eq!(calls(&reading), ["Find: GET /v2/parcels/{id}"]);
}
