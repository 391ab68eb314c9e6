//! What hand-written docs leave to a guess: it is decided from evidence, or marked, and never passes in silence.

use crate::support::pages;
use crate::support::parts;
use crate::support::settings;

use pages::document;
use parts::{answer, first};
use settings::settings;
use slate_codegen::diagnostics::Code;
use slate_codegen::spec::{Basis, In, Param, Required};
use slate_codegen::{Reading, read_docs};

fn read(page: &str) -> Reading {
    read_docs(
        &document(&[("parcel", &format!("# Parcel\n\n{page}"))]),
        &settings(),
    )
    .unwrap()
}

fn count(reading: &Reading, code: Code) -> usize {
    let all = reading.diagnostics.iter();
    all.filter(|finding| finding.code == code).count()
}

fn param<'r>(reading: &'r Reading, place: In, name: &str) -> &'r Param {
    let mut all = first(reading).params.iter();
    all.find(|param| param.place == place && param.name == name)
        .unwrap_or_else(|| panic!("no {name} in {place:?}"))
}

/// A section with this URI row, request line and sample URL, where they are not empty.
fn called(row: &str, line: &str, sample: &str) -> String {
    let part = |text: &str, around: [&str; 2]| match text {
        "" => String::new(),
        text => format!("{}{text}{}", around[0], around[1]),
    };
    format!(
        "## Find Parcel\n\n{}\n\nFinds it.\n\n### Resource Information\n| | |\n--- | ---\n{}HTTP Method | GET\n{}\n",
        part(sample, ["> Sample Request\n\n```html\n", "\n```"]),
        part(row, ["URI | ", "\n"]),
        part(line, ["\n### Request URL\n`", "`\n"]),
    )
}

#[test]
fn of_three_places_that_have_a_path_two_win() {
    let host = "https://api.example.com";
    for (row, line, sample, path) in [
        // All agree, or only one speaks.
        (
            "parcel/find",
            "https://{host}/v1.1/parcel/find",
            "https://api.example.com/v1.1/parcel/find",
            "/v1.1/parcel/find",
        ),
        ("parcel/find", "", "", "/v1.1/parcel/find"),
        ("find", "", "", "/v1.1/parcel/find"),
        (
            "",
            "https://{host}/v1.1/parcel/find",
            "",
            "/v1.1/parcel/find",
        ),
        // Two against the request line, the row and the sample.
        (
            "parcel/find",
            "https://{host}/v1.1/parcel/send",
            "https://api.example.com/v1.1/parcel/find?id=7",
            "/v1.1/parcel/find",
        ),
        (
            "parcel/send",
            "https://{host}/v1.1/parcel/find",
            "https://api.example.com/v1.1/parcel/find",
            "/v1.1/parcel/find",
        ),
        (
            "parcel/find",
            "https://{host}/v1.1/parcel/find",
            "https://api.example.com/v1.1/parcel/send",
            "/v1.1/parcel/find",
        ),
        // Each for itself: the request line knows best.
        (
            "parcel/a",
            "https://{host}/v1.1/parcel/b",
            "https://api.example.com/v1.1/parcel/c",
            "/v1.1/parcel/b",
        ),
        // A placeholder stands for what the sample has.
        (
            "parcel/{id}/find",
            "",
            "https://api.example.com/v1.1/parcel/7/find",
            "/v1.1/parcel/{id}/find",
        ),
        // The version is decided for itself: two against the index, a slip, and one that is missing.
        (
            "parcel/find",
            "https://{host}/v1/parcel/find",
            "https://api.example.com/v1/parcel/find",
            "/v1/parcel/find",
        ),
        (
            "parcel/find",
            "https://{host}/1.1/parcel/find",
            "https://api.example.com/v1.1/parcel/find",
            "/v1.1/parcel/find",
        ),
        (
            "parcel/find",
            "https://{host}/parcel/find",
            "",
            "/v1.1/parcel/find",
        ),
    ] {
        let reading = read(&called(row, line, sample));
        assert_eq!(first(&reading).path, path, "{row} {line} {sample}");
        let tail = |url: &str| {
            url.rsplit('/')
                .next()
                .unwrap_or_default()
                .split('?')
                .next()
                .map(str::to_owned)
        };
        let said = [row, line, sample].map(tail);
        let agree = said
            .iter()
            .flatten()
            .filter(|word| !word.is_empty())
            .all(|word| path.ends_with(word.as_str()));
        let same_version = [line, sample]
            .iter()
            .all(|url| url.is_empty() || url.contains("/v1.1/"));
        if agree && same_version && !row.contains('{') {
            assert_eq!(
                count(&reading, Code::PathConflict),
                0,
                "{row} {line} {sample}"
            );
        } else if !row.contains('{') {
            assert!(
                count(&reading, Code::PathConflict) > 0,
                "{row} {line} {sample}"
            );
        }
    }
    let reading = read(&called(
        "parcel/find",
        "",
        &format!("{host}/v1.1/parcel/find"),
    ));
    assert_eq!(first(&reading).basis.get("path"), Some(&Basis::Shown));
    let reading = read(&called("parcel/find", "", ""));
    assert_eq!(first(&reading).basis.get("path"), Some(&Basis::Borrowed));
    assert_eq!(count(&reading, Code::BorrowedVersion), 1);
}

#[test]
fn code_in_a_programming_language_is_no_other_address() {
    let page = called("", "https://{host}/v1.1/parcel/find", "");
    let code = "\n```ruby\nuri = URI('https://api.example.com/your/parcel')\n```\n\n```shell\ncurl 'https://api.example.com/v1.1/parcel/find'\n```\n";
    let reading = read(&(page + code));
    assert_eq!(first(&reading).path, "/v1.1/parcel/find");
    assert!(first(&reading).alternatives.is_empty());
    assert_eq!(count(&reading, Code::UnusedSample), 2);
    // Where nothing else says it, the command does.
    let page = "## Find Parcel\n\nFinds it.\n\n### HTTP Request\n```shell\ncurl -X PUT \"https://api.example.com/v1.1/parcel/find\" -H \"Link: https://b.example.com/x\"\n```\n";
    let reading = read(page);
    let operation = first(&reading);
    assert_eq!(
        (operation.method.as_str(), operation.path.as_str()),
        ("PUT", "/v1.1/parcel/find")
    );
}

#[test]
fn a_heading_between_an_operation_and_its_samples_is_not_the_operation() {
    let rest = "\n> Sample Response\n\n```json\n{\"id\": 7}\n```\n\n### Resource Information\n| | |\n--- | ---\nURI | parcel/add\nHTTP Method | POST\n";
    let reading = read(&format!(
        "## Add Parcel\n\n### Prerequisites\n\nA depot.\n{rest}"
    ));
    assert_eq!(
        (first(&reading).title.as_str(), first(&reading).id.as_str()),
        ("Add Parcel", "parcel.add")
    );
    // Of a chapter the section is the operation.
    let reading = read(&format!(
        "## Depots\n\nAll of them.\n\n### Add Parcel\n\nAdds it.\n{rest}"
    ));
    assert_eq!(first(&reading).title, "Add Parcel");
}

#[test]
fn a_resource_table_without_a_heading_is_one() {
    let table = "| | |\n--- | ---\nURI | parcel/add\nHTTP Method | POST\nAuthentication | Yes\nBatch Support | Yes\n";
    let body = "\n### Request Body Parameters\nParameter | Datatype | Description\n--- | --- | ---\nstreet | string | Street.\n";
    let reading = read(&format!("## Add Parcel\n\nAdds it.\n\n{table}{body}"));
    let operation = first(&reading);
    assert_eq!(
        (operation.method.as_str(), operation.path.as_str()),
        ("POST", "/v1.1/parcel/add")
    );
    assert_eq!((operation.auth, operation.batch), (Some(true), Some(true)));
    assert_eq!(operation.params.len(), 1);
    assert_eq!(count(&reading, Code::MisplacedHeading), 1);
    // Parameters that have such names are still parameters.
    let rows = "Parameter | Datatype | Description\n--- | --- | ---\nuri | string | Page to show.\nmethod | string | How it is shown.\n";
    let reading = read(&section(
        "POST",
        "",
        &format!("### Request Query Parameters\n{rows}"),
    ));
    assert_eq!(first(&reading).params.len(), 2);
    assert_eq!(count(&reading, Code::MisplacedHeading), 0);
}

#[test]
fn a_remark_in_the_first_line_of_a_sample_says_what_it_is() {
    let samples =
        "```json\n# Sample Response\n{\"label\": {\"id\": 7, \"status\": \"sent\"}}\n```\n";
    let reading = read(&section("POST", samples, ""));
    assert_eq!(answer(&reading, "label.id").0, "integer");
    assert_eq!(first(&reading).request, None);
}

/// A section with this method, these samples, and these tables below the resource table.
fn section(method: &str, samples: &str, tables: &str) -> String {
    format!(
        "## Add Parcel\n\n{samples}\n\nAdds it.\n\n### Resource Information\n| | |\n--- | ---\nURI | parcel/add\nHTTP Method | {method}\n\n\
         ### Request URL\n`https://{{host}}/v1.1/parcel/add`\n\n{tables}\n"
    )
}

const ROWS: &str = "Parameter | Datatype | Description\n--- | --- | ---\nstreet* | string | Street.\nweight | int | Weight.\n";

#[test]
fn a_body_that_is_a_list_stays_one() {
    let samples =
        "> Sample Request\n\n```json\n[{\"street\": \"Dock Road\", \"weight\": 7}]\n```\n";
    let reading = read(&section(
        "POST",
        samples,
        &format!("### Request Body Parameters\n{ROWS}"),
    ));
    assert_eq!(
        first(&reading).request.as_deref(),
        Some("list<AddParcelRequest>")
    );
    assert_eq!(
        param(&reading, In::Body, "weight").at.as_deref(),
        Some("weight")
    );
}

#[test]
fn messages_may_be_lists_of_plain_values() {
    for (shown, item) in [
        ("[\"fragile\", \"cold\"]", "string"),
        ("[7, 12]", "integer"),
        ("[[7, 1.5], [8, 2.5]]", "any"),
    ] {
        let samples = format!(
            "> Sample Request\n\n```json\n{shown}\n```\n\n> Sample Response\n\n```json\n{shown}\n```\n"
        );
        let reading = read(&section("POST", &samples, ""));
        let operation = first(&reading);
        let list = Some(format!("list<{item}>"));
        assert_eq!((&operation.request, &operation.response), (&list, &list));
    }
}

#[test]
fn where_a_parameter_is_sent_that_nothing_shows_is_marked() {
    let tables = format!("### Request Parameters\n{ROWS}");
    let reading = read(&section("POST", "", &tables));
    let street = param(&reading, In::Body, "street");
    assert_eq!(street.basis.get("place"), Some(&Basis::Assumed));
    assert_eq!(street.basis.get("required"), Some(&Basis::Assumed));
    // Of both rows, as it is the heading that does not say it.
    assert_eq!(count(&reading, Code::AssumedSending), 1);
    assert_eq!(count(&reading, Code::AssumedPresence), 1);
    // A call without a body has its parameters in the URL, and a URL that has one shows it.
    let reading = read(&section("GET", "", &tables));
    assert_eq!(count(&reading, Code::AssumedSending), 0);
    let page = section("POST", "", &tables)
        .replace("parcel/add`", "parcel/add?street={street}&weight={weight}`");
    assert_eq!(count(&read(&page), Code::AssumedSending), 0);
}

#[test]
fn query_and_path_may_have_a_parameter_of_one_name() {
    let page = "## Find Parcel\n\nFinds it.\n\n### Resource Information\n| | |\n--- | ---\nURI | parcel/{id}/find\nHTTP Method | GET\n\n\
                ### Request URL\n`https://{host}/v1.1/parcel/{id}/find?id={id}`\n\n### Request Query Parameters\n\
                Parameter | Datatype | Description\n--- | --- | ---\nid | long | Id of the box.\n";
    let reading = read(page);
    assert_eq!(param(&reading, In::Query, "id").doc, "Id of the box.");
    assert_eq!(param(&reading, In::Path, "id").doc, "");
}

#[test]
fn a_table_in_html_is_read() {
    let table = "<table><tr><th>Parameter</th><th>Datatype</th><th>Description</th></tr>\n<tr><td>reason*</td><td>string</td><td>Why.</td></tr></table>";
    for tables in [
        format!("### Request Query Parameters\n{table}"),
        table.to_owned(),
    ] {
        let reading = read(&section("DELETE", "", &tables));
        let reason = param(&reading, In::Query, "reason");
        assert_eq!(
            (reason.ty.as_str(), reason.doc.as_str()),
            ("string", "Why."),
            "{tables}"
        );
    }
    // One that is of no use is a finding.
    let reading = read(&section(
        "DELETE",
        "",
        "### Remarks\n<table><tr><td>a</td></tr></table>",
    ));
    assert_eq!(count(&reading, Code::UnusedTable), 1);
}

#[test]
fn symbols_are_values_and_a_value_without_characters_is_a_finding() {
    let rows = "Parameter | Datatype | Description\n--- | --- | ---\nsort | enum | Value: `asc`, `+`, `-`, `!=`, ``.\n";
    let reading = read(&section(
        "GET",
        "",
        &format!("### Request Query Parameters\n{rows}"),
    ));
    assert_eq!(
        param(&reading, In::Query, "sort").values,
        ["asc", "+", "-", "!="]
    );
    assert_eq!(count(&reading, Code::BadParameterRow), 1);
}

#[test]
fn what_is_never_filled_is_anything_and_marked() {
    let shown = |json: &str| {
        let samples = format!("> Sample Response\n\n```json\n{json}\n```\n");
        read(&section("GET", &samples, ""))
    };
    let assumed = |ty: &str| (ty.to_owned(), Some(Basis::Assumed));
    let reading = shown(r#"{"parcel": {"id": 7, "remark": null, "points": null, "sent_on": []}}"#);
    assert_eq!(answer(&reading, "parcel.remark"), assumed("any"));
    assert_eq!(answer(&reading, "parcel.points"), assumed("number"));
    assert_eq!(answer(&reading, "parcel.sent_on"), assumed("datetime"));
    assert_eq!(count(&reading, Code::AssumedType), 3);
    // More digits than any machine's whole number has.
    let reading = shown(r#"{"parcel": {"weight": 123456789012345678901234567890, "number": 7}}"#);
    assert_eq!(answer(&reading, "parcel.weight").0, "number");
    // Objects with something else among them, and values among objects.
    let reading =
        shown(r#"{"stops": [{"name": "Ulm", "day": 1}, [...]], "tags": ["a", 1, {"x": 1}]}"#);
    assert!(
        answer(&reading, "stops").0.starts_with("list<ListStops")
            || answer(&reading, "stops").0.starts_with("list<Add")
    );
    assert_eq!(answer(&reading, "stops.day").0, "integer");
    assert_eq!(answer(&reading, "tags").0, "list<any>");
    assert!(count(&reading, Code::RepairedSample) > 0);
}

#[test]
fn a_name_means_the_same_in_all_entities_where_nothing_speaks_against_it() {
    let page = |entity: &str, json: &str| {
        format!(
            "# {entity}\n\n## Get {entity}\n\n> Sample Response\n\n```json\n{json}\n```\n\nGets it.\n\n### Resource Information\n| | |\n--- | ---\n\
             URI | {entity}/get\nHTTP Method | GET\n"
        )
    };
    let of = |first: &str, others: &[&str]| {
        let mut pages = vec![("parcel".to_owned(), page("parcel", first))];
        for (number, json) in others.iter().enumerate() {
            let name = format!("depot{number}");
            pages.push((name.clone(), page(&name, json)));
        }
        let pages: Vec<(&str, &str)> = pages
            .iter()
            .map(|(name, page)| (name.as_str(), page.as_str()))
            .collect();
        let reading = read_docs(&document(&pages), &settings()).unwrap();
        answer(&reading, "parcel.route_id")
    };
    let empty = r#"{"parcel": {"route_id": null}}"#;
    let number = r#"{"depot": {"route_id": 77}}"#;
    let word = r#"{"depot": {"route_id": "R-7"}}"#;
    assert_eq!(
        of(empty, &[number, number]),
        ("integer".to_owned(), Some(Basis::Borrowed))
    );
    // They disagree, or the place itself speaks.
    assert_eq!(
        of(empty, &[number, word]),
        ("any".to_owned(), Some(Basis::Assumed))
    );
    assert_eq!(
        of(r#"{"parcel": {"route_id": "R-7"}}"#, &[number]).0,
        "string"
    );
    // That a text may be blank is a sign against a number, and says no more.
    assert_eq!(
        of(r#"{"parcel": {"route_id": ""}}"#, &[number]),
        ("string".to_owned(), Some(Basis::Assumed))
    );
}

#[test]
fn a_host_is_always_named() {
    let none = "## Find Parcel\n\nFinds it.\n\n### Resource Information\n| | |\n--- | ---\nURI | parcel/find\nHTTP Method | GET\n";
    let texts = |page: &str| {
        let index = "---\ntitle: Parcels\nincludes:\n  - parcel\n---\n\n# Introduction\n";
        slate_codegen::slate::Texts(vec![
            ("index.html.md".to_owned(), index.into()),
            (
                "includes/_parcel.md".to_owned(),
                format!("# Parcel\n\n{page}").into_bytes(),
            ),
        ])
    };
    let reading = read_docs(&texts(none), &settings()).unwrap();
    let api = &reading.inferred.spec.api;
    assert!(api.hosts.contains_key(&first(&reading).host));
    assert_eq!(count(&reading, Code::AssumedHost), 1);
    let shown = format!("{none}\n### Request URL\n`https://api.example.com/v1.1/parcel/find`\n");
    let reading = read_docs(&texts(&shown), &settings()).unwrap();
    let hosts = &reading.inferred.spec.api.hosts[&first(&reading).host];
    assert_eq!(hosts.clusters["default"], "api.example.com");
    assert_eq!(count(&reading, Code::AssumedHost), 0);
}

#[test]
fn what_an_override_sets_is_marked_as_corrected() {
    let page = section(
        "POST",
        "> Sample Request\n\n```json\n{\"street\": \"Dock Road\", \"weight\": 7}\n```\n",
        &format!("### Request Body Parameters\n{ROWS}"),
    );
    let mut settings = settings();
    settings.overrides = slate_codegen::overrides::parse(
        "o",
        "- at: parcel/operations/parcel.add/params/weight\n  set: {type: number}\n  because: It has fractions.\n  file: includes/_parcel.md\n  line: weight | int | Weight.\n",
    )
    .unwrap();
    let reading = read_docs(
        &document(&[("parcel", &format!("# Parcel\n\n{page}"))]),
        &settings,
    )
    .unwrap();
    assert_eq!(reading.stale, []);
    assert_eq!(
        param(&reading, In::Body, "weight").basis.get("type"),
        Some(&Basis::Corrected)
    );
}

#[test]
fn a_sentence_in_place_of_a_day_is_no_part_of_a_request() {
    let page = |sent: &str| {
        let samples = format!(
            "> Sample Request\n\n```json\n{{\"street\": \"Dock Road\", \"sent_on\": \"{sent}\"}}\n```\n"
        );
        let rows = "Parameter | Datatype | Description\n--- | --- | ---\nstreet | string | Street.\nsent_on | date | Day.\n";
        read(&section(
            "POST",
            &samples,
            &format!("### Request Body Parameters\n{rows}"),
        ))
    };
    let keys = |reading: &Reading| -> Vec<String> {
        let contents = &reading.inferred.contents["parcel.add"];
        let members = contents[0].tree.members().iter();
        members.map(|member| member.key.clone()).collect()
    };
    let reading = page("day of sending");
    assert_eq!(keys(&reading), ["street"]);
    assert_eq!(count(&reading, Code::TypeConflict), 1);
    for day in ["2020-02-29", "20200229", "2020-02-30"] {
        assert_eq!(keys(&page(day)), ["street", "sent_on"], "{day}");
    }
}

/// A call whose table has these lines, between sentences.
fn asked(before: &str, rows: &str, after: &str) -> Reading {
    read(&format!(
        "## Trace Parcel\n```html\nhttp://us.api.example.com/v1.1/parcel/trace?mobile=44\n```\n\n\
         ### Resource Information\nEntry | Description\n--- | ---\nURI | parcel/trace\nHTTP Method | GET\n\n\
         ### Request Parameters\n{before}\n\nParameter | Description\n--- | ---\n{rows}\n\n{after}\n"
    ))
}

#[test]
fn groups_are_those_that_the_page_lists() {
    let group = |reading: &Reading, name: &str| {
        let param = param(reading, In::Query, name);
        (param.required, param.group.join(" "))
    };
    let all = "mobile email external_id user_id";
    for row in [
        "Sender id* (mobile/email/external_id/user_id) | Whose parcel it is",
        "Sender id (mobile/email/external_id/user_id)* | Whose parcel it is",
        "Customer Identifier* | Whose parcel it is - mobile/email/external_id/user_id",
        "Customer Identifiers* | Whose parcel it is: mobile, email, external_id or user_id",
    ] {
        let reading = asked("", &format!("{row}\ndepot | Where to look"), "");
        for name in all.split(' ') {
            assert_eq!(
                group(&reading, name),
                (Required::OneOf, all.to_owned()),
                "{row}"
            );
        }
        assert_eq!(
            group(&reading, "depot"),
            (Required::False, String::new()),
            "{row}"
        );
    }
    // One sentence for the whole table and one for two of it: what the row itself asks for stays.
    let reading = asked(
        "Any one among the following parameters is mandatory.",
        "Customer identifier* | Any identifier of the sender\ncode | Code of the parcel",
        "<aside class=\"warning\">Pass either the parcel id or the code. One of them is required</aside>",
    );
    let senders = "mobile email external_id";
    assert_eq!(
        group(&reading, "mobile"),
        (Required::OneOf, senders.to_owned())
    );
    assert_eq!(
        group(&reading, "code"),
        (Required::OneOf, "id code".to_owned())
    );
}

#[test]
fn the_form_of_all_paths_is_no_operation() {
    let of = |url: &str| {
        read(&format!(
            "## Requests\n\n### Request URL\n`{url}`\n\n### Resource Information\nEntry | Description\n--- | ---\nHTTP Method | POST\n"
        ))
    };
    let reading = of("https://us.api.example.com/{version}/{entity}/{method}.{format}");
    assert!(
        reading
            .inferred
            .spec
            .entities
            .iter()
            .all(|entity| entity.operations.is_empty())
    );
    assert_eq!(count(&reading, Code::IncompleteOperation), 1);
    // One placeholder is a path, and so is one behind a word.
    assert_eq!(
        first(&of("https://us.api.example.com/{code}")).path,
        "/v1.1/{code}"
    );
    let parcel = of("https://us.api.example.com/parcel/{id}/{part}");
    assert_eq!(first(&parcel).path, "/v1.1/parcel/{id}/{part}");
}

/// A section that is called so, with this in front and this below.
fn weighed(front: &str, call: &str, below: &str) -> Reading {
    read(&format!(
        "## Weigh Parcel\n\n{front}\n\n### Request URL\n\n`{call}`\n\n{below}\n"
    ))
}

#[test]
fn what_the_address_of_a_command_shows_is_sent_there() {
    let rows = "### Request Parameters\nParameter | Datatype | Description\n--- | --- | ---\nexact | boolean | Whether to the gram.\n";
    let call = "DELETE https://{host}/v1.1/parcel/weigh";
    let command =
        "```shell\ncurl -X DELETE 'https://eu.api.example.com/v1.1/parcel/weigh?exact=true'\n```";
    let reading = weighed(command, call, rows);
    assert_eq!(count(&reading, Code::AssumedSending), 0);
    assert_eq!(param(&reading, In::Query, "exact").basis.get("place"), None);
    let silent = weighed("", call, rows);
    assert_eq!(count(&silent, Code::AssumedSending), 1);
}

#[test]
fn an_answer_that_is_said_to_be_empty_has_no_format_to_guess() {
    let call = "DELETE https://{host}/v1.1/parcel/weigh";
    for (words, guessed) in [
        (
            "> The above command returns empty body with status code 200",
            0,
        ),
        ("The server responds with no content.", 0),
        ("If nothing changes, the server returns an empty body.", 1),
        ("The request has no body.", 1),
    ] {
        let reading = weighed(words, call, "");
        assert_eq!(count(&reading, Code::AssumedFormats), guessed, "{words}");
    }
}

#[test]
fn an_answer_that_is_said_to_be_plain_text_is_no_broken_message() {
    let call = "GET https://{host}/v1.1/parcel/weigh";
    let sample = |label: &str| format!("> {label}\n\n```\nWEIGHED\n```");
    let text = weighed(&sample("The response is plain text:"), call, "");
    assert_eq!(count(&text, Code::UnreadableSample), 0);
    assert_eq!(count(&text, Code::UnusedSample), 1);
    let other = weighed(&sample("The response:"), call, "");
    assert_eq!(count(&other, Code::UnreadableSample), 1);
}

#[test]
fn tables_of_values_are_no_parameters() {
    let call = "GET https://{host}/v1.1/parcel/weigh";
    let rows = "### Response Parameters\nParameter | Description\n--- | ---\nweight | Grams.\n\nFor example:\n\n";
    for (table, first) in [
        (
            "Price | Grams\n--- | ---\n42.00 | 100\n40.15 | 200\n",
            "Price",
        ),
        (
            "Kind of parcel | Rule\n--- | ---\nSmall box | A\nLarge box | B\n",
            "Kind of parcel",
        ),
        (
            "Code | Description\n--- | ---\nBOX | A box\nBAG | A bag\n",
            "Code",
        ),
    ] {
        let reading = weighed("", call, &format!("{rows}{table}"));
        let mut unused = reading
            .diagnostics
            .iter()
            .filter(|one| one.code == Code::UnusedTable);
        let one = unused.next().unwrap();
        assert_eq!(reading.sources.text(one.span), first);
        let entity = &reading.inferred.spec.entities[0];
        let fields = entity
            .types
            .values()
            .filter_map(|ty| ty.fields.as_ref())
            .flatten();
        let names: Vec<&str> = fields.map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["weight"], "{table}");
    }
    // Places of a list, and names that follow those of another table.
    for table in [
        "Place | Description\n--- | ---\n0 | Grams\n1 | Price\n",
        "Field | Description\n--- | ---\nprice | Price\nkind | Kind\n",
    ] {
        let reading = weighed("", call, &format!("{rows}{table}"));
        assert_eq!(count(&reading, Code::UnusedTable), 0, "{table}");
    }
}

#[test]
fn of_a_list_the_items_are_unknown() {
    let rows = "### Request Query Parameters\nParameter | Datatype | Description\n--- | --- | ---\nkinds | array | Which ones.\n";
    let reading = weighed("", "GET https://{host}/v1.1/parcel/weigh", rows);
    let mut found = reading
        .diagnostics
        .iter()
        .filter(|one| one.code == Code::AssumedType);
    assert_eq!(
        found.next().unwrap().message,
        "nothing here says of which type the items of kinds in the query are"
    );
}

#[test]
fn two_methods_in_one_row_are_both_stated() {
    let page = "## Weigh Parcel\n\n### Resource Information\n| | |\n--- | ---\nURI | parcel/weigh\nHTTP Method | GET & POST\n";
    let reading = read(page);
    let mut found = reading
        .diagnostics
        .iter()
        .filter(|one| one.code == Code::OutvotedStatement);
    assert_eq!(
        found.next().unwrap().message,
        "the methods GET and POST are stated here"
    );
}

#[test]
fn words_with_a_dot_are_no_hosts() {
    let list = "* Parcels: `parcel.made`, `parcel.sent` and `parcel.lost`.\n* Boxes: `box.made`, `box.sent`.";
    let reading = read(&format!(
        "{list}\n\n## Weigh Parcel\n\n### Request URL\n\n`GET https://{{host}}/v1.1/parcel/weigh`\n"
    ));
    assert_eq!(count(&reading, Code::UnknownResourceRow), 0);
}
