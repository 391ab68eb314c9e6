//! The tests that are emitted of samples: what they check, and what they leave out.

use crate::support::pages;
use crate::support::settings;

use pages::document;
use settings::settings;
use slate_codegen::{files, read_docs};

/// The emitted file whose path ends like this, of a page.
fn emitted(page: &str, end: &str) -> String {
    let settings = settings();
    let page = format!("# Parcel\n\n{page}");
    let reading = read_docs(&document(&[("parcel", &page)]), &settings).unwrap();
    let files = files(&reading, &settings).unwrap();
    let found = files.iter().find(|file| file.path.ends_with(end));
    let paths = files.iter().map(|file| file.path.as_str());
    let paths: Vec<&str> = paths.collect();
    found.map_or_else(|| format!("none of {paths:?}"), |file| file.text.clone())
}

/// Without blanks and line ends, which are the formatter's.
fn dense(text: &str) -> String {
    text.split_whitespace().collect()
}

fn section(title: &str, url: &str, sample: &str, call: &str, rest: &str) -> String {
    let (method, uri) = call.split_once(' ').unwrap();
    format!(
        "## {title}\n\n> Sample Request\n\n```html\nhttps://us.example.com{url}\n```\n\n{sample}\n\n### Resource Information\n\n\
         | | |\n--- | ---\nURI | `{uri}`\nHTTP Method | {method}\n\n{rest}\n\n"
    )
}

const TESTS: &str = "tests/samples/parcel.rs";

#[test]
fn a_url_without_a_documented_body_is_tested_without_the_rules_of_the_body() {
    let body = "### Request Body Parameters\n\nParameter | Type | Description\n--- | --- | ---\nsize* | int | Size\nbox* | obj | Box\n.width* | int | Width";
    let page = section(
        "Mend Parcel",
        "/v2/parcels/7",
        "",
        "PUT /v2/parcels/{id}",
        body,
    );
    assert!(dense(&emitted(&page, TESTS)).contains("CallOptions::new().unchecked()"));
    // A documented one has to pass.
    let sample = "> Sample PUT Request\n\n```json\n{\"size\": 7, \"box\": {\"width\": 1}}\n```";
    let page = section(
        "Mend Parcel",
        "/v2/parcels/7",
        sample,
        "PUT /v2/parcels/{id}",
        body,
    );
    assert!(!emitted(&page, TESTS).contains("unchecked"));
}

#[test]
fn an_entity_of_which_only_refusals_are_shown_is_not_called() {
    let called = |success: bool| {
        let answer = format!(
            "> Sample Response\n\n```json\n{{\"response\": {{\"status\": {{\"success\": {success}, \"code\": 7}}}}}}\n```"
        );
        let page = section("Find", "/v2/parcels/7", &answer, "GET /v2/parcels/{id}", "");
        let test = emitted(&page, "tests/samples/mock.rs");
        assert!(test.contains("async fn answers_that_do_not_fit"), "{test}");
        test.contains("call_parcel")
    };
    assert!(called(true));
    assert!(!called(false));
}

#[test]
fn a_placeholder_with_what_is_no_value_of_it_shows_no_path() {
    let rows = "### Request Path Parameters\n\nParameter | Type | Description\n--- | --- | ---\nid* | int | Number of the parcel";
    let tested = |url: &str| {
        dense(&emitted(
            &section("Find", url, "", "GET /v2/parcels/{id}", rows),
            TESTS,
        ))
    };
    assert!(tested("/v2/parcels/7").contains("\"GET\",\"/v2/parcels/7\""));
    let tests = tested("/v2/parcels/lookup");
    assert!(tests.contains("\"GET\",\"\""), "{tests}");
}

#[test]
fn another_path_takes_what_only_it_has_a_place_for() {
    let lines =
        "### Request URL\n\n`https://{host}/v2/tills`\n\n`https://{host}/v2/tills/{tillId}`\n";
    let page = section("Find Till", "/v2/tills/50", "", "GET /v2/tills", lines);
    let call = dense(&emitted(&page, "parcel/find_till/mod.rs"));
    assert!(
        call.contains("pubfnalternative(mutself,till_id:&str)"),
        "{call}"
    );
    assert!(
        call.contains("self.call.path(\"tillId\",&till_id);"),
        "{call}"
    );
    let tests = dense(&emitted(&page, TESTS));
    assert!(tests.contains(".alternative(\"50\")"), "{tests}");
}

#[test]
fn what_is_only_shown_to_fail_is_not_expected_to_succeed() {
    let answer = |code: u32| {
        format!(
            "> Sample Response\n\n```json\n{{\"status\": {{\"code\": {code}, \"message\": \"told\"}}}}\n```"
        )
    };
    let called = |code| {
        let page = section("Push", "/v2/push", &answer(code), "POST /v2/push", "");
        emitted(&page, "tests/samples/mock.rs").contains("parcel::push::OPERATION")
    };
    assert!(called(200));
    assert!(!called(1100));
}

#[test]
fn paths_that_differ_in_names_of_placeholders_are_one_to_a_server() {
    let row = |name: &str| {
        format!(
            "### Request Query Parameters\n\nParameter | Type | Description\n--- | --- | ---\n{name}* | string | Says which"
        )
    };
    let first = section(
        "Find",
        "/v2/parcels/7?size=1",
        "",
        "GET /v2/parcels/{id}",
        &row("size"),
    );
    let second = section(
        "Show",
        "/v2/parcels/7?view=1",
        "",
        "GET /v2/parcels/{parcelId}",
        &row("view"),
    );
    let table = dense(&emitted(&format!("{first}{second}"), "src/mock.rs"));
    assert!(table.contains("Mark::Query(\"size\")"), "{table}");
    assert!(table.contains("Mark::Query(\"view\")"), "{table}");
}

#[test]
fn a_placeholder_of_the_name_of_a_header_is_a_parameter_of_its_own() {
    let rows = "### Request Headers\n\nHeader | Description\n--- | ---\ntoken* | Says who calls";
    let page = section(
        "Find",
        "/v2/parcels/a7b",
        "",
        "GET /v2/parcels/{token}",
        rows,
    );
    let call = dense(&emitted(&page, "parcel/find/mod.rs"));
    assert!(call.contains(".path(\"token\""), "{call}");
    assert!(call.contains(".header(\"token\""), "{call}");
}

#[test]
fn a_member_that_is_shown_as_an_empty_list_is_not_asked_for() {
    let body = "### Request Body Parameters\n\nParameter | Type | Description\n--- | --- | ---\nsize* | int | Size\ntags* | array | Tags";
    let rules = |tags: &str| {
        let sample =
            format!("> Sample POST Request\n\n```json\n{{\"size\": 7, \"tags\": [{tags}]}}\n```");
        let page = section("Add", "/v2/parcels", &sample, "POST /v2/parcels", body);
        dense(&emitted(&page, "parcel/add/mod.rs"))
    };
    let all = rules("\"a\"");
    assert!(all.contains("names:&[\"size\",\"tags\"]"), "{all}");
    assert!(rules("").contains("names:&[\"size\"]"));
}

#[test]
fn a_call_with_many_arguments_says_why() {
    let table = |count: usize| {
        let head =
            "### Request Query Parameters\n\nParameter | Type | Description\n--- | --- | ---";
        let rows = (0..count).map(|at| format!("\nname{at}* | string | Number {at}"));
        head.to_owned() + &rows.collect::<String>()
    };
    let module = |count| {
        let rows = table(count);
        let page = section("Find", "/v2/parcels", "", "GET /v2/parcels", &rows);
        emitted(&page, "parcel/find/mod.rs")
    };
    assert!(!module(6).contains("too_many_arguments"));
    assert!(module(7).contains("expect(clippy::too_many_arguments"));
}

/// An element that is repeated where a row states one value: the sample that the tests send has its first.
#[test]
fn an_element_that_is_repeated_for_one_value_is_sent_once() {
    let sample = "> Sample POST Request\n\n```xml\n<root><parcel><box><size>1</size></box><box><size>2</size><size>3</size>\
                  <label>x</label></box></parcel></root>\n```";
    let rows = "### Request Body Parameters\n\nParameter | Type | Description\n--- | --- | ---\nsize | int | Size of the box\n";
    let page = section(
        "Send Parcel",
        "/v2/parcels",
        sample,
        "POST /v2/parcels",
        rows,
    );
    let xml = emitted(&page, ".xml");
    assert_eq!(xml.matches("<size>").count(), 2, "{xml}");
    assert!(
        xml.contains("<size>2</size>") && !xml.contains("<size>3</size>"),
        "{xml}"
    );
}
