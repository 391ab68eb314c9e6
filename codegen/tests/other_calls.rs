//! Calls that are no operations of their own, and paths with what others have beside them.

use crate::support::plain;

use slate_codegen::Reading;
use slate_codegen::diagnostics::Code;
use slate_codegen::spec::{In, Operation};

fn read(body: &str) -> Reading {
    plain::read("", body)
}

fn operations(reading: &Reading) -> Vec<&Operation> {
    let entities = reading.inferred.spec.entities.iter();
    entities.flat_map(|entity| &entity.operations).collect()
}

fn calls(reading: &Reading) -> Vec<String> {
    let operations = operations(reading).into_iter();
    operations
        .map(|one| format!("{} {}", one.method, one.path))
        .collect()
}

fn says(reading: &Reading, code: Code, words: &str) -> bool {
    let mut findings = reading.diagnostics.iter();
    findings.any(|finding| finding.code == code && finding.message.contains(words))
}

const LISTED: &str = "# Parcels\n\n## List parcels\n\n`GET /parcels`\n\n```json\n[{\"id\": 1}]\n```\n\n\
     ## Store a parcel\n\n`POST /parcels`\n\n```json\n{\"id\": 1}\n```\n";

#[test]
fn calls_to_an_address_of_the_caller_are_made_by_the_api() {
    for call in [
        "`POST {CALLBACK_URL}`\n",
        "`GET <redirect_uri>?parcel=7`\n",
        "```\nPOST /hook/ HTTP/1.1\nHost: 127.0.0.1\n```\n\n### HTTP Request\n\n`POST {webhook}`\n",
    ] {
        let reading = read(&format!(
            "{LISTED}\n## Parcel arrived\n\n{call}\n### Parameters\n\nName | Description\n--- | ---\nid | Which\n"
        ));
        assert_eq!(calls(&reading), ["GET /parcels", "POST /parcels"], "{call}");
        assert!(
            says(&reading, Code::UnusedSample, "the API makes it"),
            "{call}"
        );
        let lost = [Code::UnusedTable, Code::MisplacedHeading];
        let named = |code| says(&reading, code, "");
        assert!(lost.into_iter().any(named), "the table is named: {call}");
    }
    let reading = read("# Hooks\n\n## Read a hook\n\n`GET /{webhook_id}/log`\n");
    assert_eq!(calls(&reading), ["GET /{webhook_id}/log"]);
}

#[test]
fn sections_with_calls_of_several_others_show_how_to_sign_them() {
    let signing = "# Signing\n\n## How to sign\n\n**GET /parcels**\n\nkey | value\n--- | ---\na | b\n\n**POST /parcels**\n\n";
    let reading = read(&format!("{signing}{LISTED}"));
    assert_eq!(calls(&reading), ["GET /parcels", "POST /parcels"]);
    assert_eq!(operations(&reading)[0].title, "List parcels");
    assert!(says(&reading, Code::UnusedSample, "How to sign"));
    // One of them stands nowhere else.
    let reading = read(&format!("{}{LISTED}", signing.replace("POST", "PATCH")));
    assert!(calls(&reading).iter().any(|call| call == "GET /parcels"));
    assert!(!says(&reading, Code::UnusedSample, "How to sign"));
}

#[test]
fn a_suffix_that_nobody_chooses_is_a_part_of_the_path() {
    let reading = read(
        "# Parcels\n\n## Read a parcel\n\n`GET /parcels/{id}.json`\n\n### URL Parameters\n\n\
         Parameter | Type\n--- | ---\nid | integer\n\n```json\n{\"id\": 1}\n```\n",
    );
    let operation = operations(&reading)[0];
    assert_eq!(operation.path, "/parcels/{id}.json");
    assert_eq!(operation.suffix, None);
    let param = &operation.params[0];
    assert_eq!((param.name.as_str(), param.place), ("id", In::Path));
}

#[test]
fn a_chapter_is_one_operation_though_a_list_stands_in_it() {
    let chapter = "# Charts\n\n```python\nrequests.get('https://a.example.com/charts/1')\n```\n\n\
        ### Kinds\n\nValue | Meaning\n--- | ---\n1 | A minute\n\n### HTTP Request\n\n`GET /charts/{kind}`\n";
    let reading = read(&format!("{LISTED}\n{chapter}"));
    let all = operations(&reading);
    let chart = all.iter().find(|one| one.path == "/charts/{kind}").unwrap();
    assert_eq!((all.len(), chart.title.as_str()), (3, "Charts"));
}

#[test]
fn an_operation_says_where_its_request_line_stands() {
    let reading = read(
        "# Parcels\n\n## List parcels\n\nMethod | URL\n------ | ---\nGET | /parcels\n\n\
         ## GET /boxes\n\n## Drop a box\n\nGone for good:\n`DELETE /boxes/{id}`\n",
    );
    let lines: Vec<Option<u32>> = operations(&reading)
        .iter()
        .map(|one| one.request_line.as_ref().map(|source| source.line))
        .collect();
    // The three lines of the front matter come first.
    assert_eq!(lines, [Some(10), None, Some(17)]);
}

/// Request lines without a host stand below the address that commands call: the host, and what is in front of the path.
#[test]
fn commands_name_the_host_that_request_lines_lack() {
    let section = |title: &str, line: &str, command: &str| {
        format!(
            "## {title}\n\n```shell\n{command}\n```\n\n> Response\n\n```json\n{{\"id\": 7}}\n```\n\n### HTTP Request\n\n`{line}`\n\n"
        )
    };
    let host = |sections: &[&String]| {
        let reading = read(&sections.iter().map(|one| one.as_str()).collect::<String>());
        let families = reading.inferred.spec.api.hosts.values();
        let clusters = families.flat_map(|family| family.clusters.values().cloned());
        clusters.collect::<Vec<_>>().join(", ")
    };
    let curl = |rest: &str| format!("curl https://{rest}");
    let list = section("List", "GET /parcels", &curl("a.example.com/api/parcels"));
    let get = section(
        "Get",
        "GET /parcels/{id}",
        &curl("a.example.com/api/parcels/7"),
    );
    let elsewhere = section("Drop", "DELETE /parcels/{id}", &curl("b.example.com/drops"));
    assert_eq!(host(&[&list, &get, &elsewhere]), "a.example.com/api");
    assert_eq!(host(&[&elsewhere]), "b.example.com");
    let none = section("Get", "GET /parcels/{id}", "curl /parcels/7");
    assert_eq!(host(&[&none]), "localhost");
}

/// Of several methods in front of a path one is taken, and the others are told.
#[test]
fn several_methods_in_front_of_a_path_are_no_secret() {
    for line in ["`[PUT|POST] /parcels/{id}`", "`PUT, POST /parcels/{id}`"] {
        let reading = read(&format!(
            "## Send Parcel\n\n> Response\n\n```json\n{{\"id\": 7}}\n```\n\n### HTTP Request\n\n{line}\n"
        ));
        assert_eq!(calls(&reading), ["PUT /parcels/{id}"], "{line}");
        let told = says(
            &reading,
            Code::OutvotedStatement,
            "the methods PUT and POST are stated here",
        );
        assert!(told, "{line}");
    }
}

/// An operation that shows no answer has the formats that others have: XML only where there is some.
#[test]
fn formats_that_nobody_shows_are_not_assumed() {
    let silent = "## Drop Parcel\n\n### HTTP Request\n\n`DELETE /parcels/{id}`\n\n";
    let shows = |sample: &str| {
        let get = format!(
            "## Get Parcel\n\n> Response\n\n{sample}\n\n### HTTP Request\n\n`GET /parcels/{{id}}`\n\n"
        );
        let reading = read(&format!("{get}{silent}"));
        let drop = operations(&reading)[1].clone();
        drop.formats
            .iter()
            .map(|format| format.name())
            .collect::<Vec<_>>()
    };
    assert_eq!(shows("```json\n{\"id\": 7}\n```"), ["json"]);
    assert_eq!(
        shows("```xml\n<parcel><id>7</id></parcel>\n```"),
        ["json", "xml"]
    );
}
