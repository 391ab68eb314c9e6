//! What is read of small pages: one test for each rule that needs more than one part of a page.

use crate::support::pages;
use crate::support::settings;

use pages::document;
use settings::settings;
use slate_codegen::diagnostics::Code;
use slate_codegen::read::facts::Role;
use slate_codegen::spec::{Entity, Field, In, Operation, Param, Required};
use slate_codegen::{Reading, read_docs};

fn read(page: &str) -> Reading {
    read_docs(&document(&[("parcel", page)]), &settings()).unwrap()
}

fn entity(reading: &Reading) -> &Entity {
    &reading.inferred.spec.entities[0]
}

fn operation(reading: &Reading) -> &Operation {
    &entity(reading).operations[0]
}

fn param<'r>(reading: &'r Reading, name: &str) -> &'r Param {
    let params = &operation(reading).params;
    let found = params.iter().find(|param| param.name == name);
    found.unwrap_or_else(|| panic!("no {name} in {params:?}"))
}

/// The field `name` of the type that ends in `ty`.
fn field<'r>(reading: &'r Reading, ty: &str, name: &str) -> &'r Field {
    let types = &entity(reading).types;
    let found = types
        .iter()
        .filter(|(known, _)| known.ends_with(ty))
        .flat_map(|(_, def)| def.fields.iter().flatten())
        .find(|field| field.name == name);
    found.unwrap_or_else(|| panic!("no {name} in {ty}: {types:?}"))
}

/// What the findings of a kind say.
fn findings(reading: &Reading, code: Code) -> Vec<&str> {
    let all = reading.diagnostics.iter();
    all.filter(|finding| finding.code == code)
        .map(|finding| finding.message.as_str())
        .collect()
}

/// A section with samples, a resource table, and what follows it.
fn section(title: &str, method: &str, samples: &[(&str, &str)], rest: &str) -> String {
    let samples: Vec<String> = samples
        .iter()
        .map(|(label, sample)| {
            let language = if sample.starts_with('<') {
                "xml"
            } else {
                "json"
            };
            format!("> Sample {label}\n\n```{language}\n{sample}\n```\n\n")
        })
        .collect();
    let path = title.to_lowercase().replace(' ', "/");
    format!(
        "## {title}\n\n{}### Resource Information\n| | |\n--- | ---\nURI | {path}\nHTTP Method | {method}\n\n{rest}\n\n",
        samples.concat()
    )
}

#[test]
fn null_may_be_the_object_that_the_name_is_elsewhere() {
    let send = section(
        "Send Parcel",
        "POST",
        &[
            (
                "Request",
                r#"{"id": 1, "insurance": {"sum": 2}, "label": {"text": "a"}}"#,
            ),
            (
                "Response",
                r#"{"parcel": {"id": 1, "insurance": null, "label": "", "note": null}}"#,
            ),
        ],
        "",
    );
    let reading = read(&format!("# Parcel\n\n{send}"));
    let ty = |name: &str| field(&reading, "ResponseParcel", name).ty.as_str();
    assert_eq!(ty("insurance"), "any");
    // An empty text is one, and of the note nothing is known.
    assert_eq!(ty("label"), "string");
    assert_eq!(ty("note"), "any");
}

#[test]
fn several_values_in_one_query_parameter_are_text() {
    let rows = "### Request Query Parameters
Parameter | Datatype | Description
--- | --- | ---
id | long | Id of the parcel. For several parcels, pass the ids separated by comma.
depot | long | Id of the depot.";
    let list = section("List Parcels", "GET", &[], rows);
    let reading = read(&format!("# Parcel\n\n{list}"));
    assert_eq!(param(&reading, "id").ty, "string");
    assert_eq!(param(&reading, "depot").ty, "integer");
}

#[test]
fn a_format_has_the_colons_that_samples_have() {
    let rows = "### Request Body Parameters
Parameter | Datatype | Description
--- | --- | ---
sent | date-time | Time of sending in YYYY-MM-DD HH-MM-SS format.
due | date-time | Latest delivery in YYYY-MM-DD HH-MM-SS format.";
    let request = r#"{"parcel": {"sent": "2020-03-13 18:02:34", "due": ""}}"#;
    let send = section("Send Parcel", "POST", &[("Request", request)], rows);
    let reading = read(&format!("# Parcel\n\n{send}"));
    let format = |name: &str| param(&reading, name).format.as_deref();
    assert_eq!(format("sent"), Some("YYYY-MM-DD HH:MM:SS"));
    assert_eq!(format("due"), Some("YYYY-MM-DD HH-MM-SS"));
}

#[test]
fn all_alternatives_go_into_every_object_that_shows_some() {
    let rows = "### Request Body Parameters
Parameter | Datatype | Description
--- | --- | ---
sender | obj | Who sends it.
recipient | obj | Who gets it.
phone/mail/number* | string | Any of the ways to reach them.

<aside class=\"notice\">Parameters marked with * are mandatory.</aside>";
    let request = r#"{"root": {"parcel": {"sender": {"phone": "1", "mail": "a@example.com"},
        "recipient": {"phone": "1", "mail": "a@example.com", "number": "7"}, "weight": 1}}}"#;
    let send = section("Send Parcel", "POST", &[("Request", request)], rows);
    let reading = read(&format!("# Parcel\n\n{send}"));
    let mut places: Vec<&str> = operation(&reading)
        .params
        .iter()
        .filter(|param| param.name == "number")
        .filter_map(|param| param.at.as_deref())
        .collect();
    places.sort_unstable();
    assert_eq!(
        places,
        ["root.parcel.recipient.number", "root.parcel.sender.number"]
    );
    assert_eq!(field(&reading, "Sender", "number").ty, "string");
}

#[test]
fn a_value_that_is_not_listed_is_reported_and_not_added() {
    let rows = "### Request Body Parameters
Parameter | Datatype | Description
--- | --- | ---
kind | enum | Values: `PARCELS`, `LETTER`.
way | enum | Values: `AIR`, `SEA`.";
    let request = r#"{"root": {"parcel": {"kind": "PARCEL", "way": "air"}}}"#;
    let send = section("Send Parcel", "POST", &[("Request", request)], rows);
    let reading = read(&format!("# Parcel\n\n{send}"));
    assert_eq!(param(&reading, "kind").values, ["PARCELS", "LETTER"]);
    let [said] = findings(&reading, Code::UnlistedValue)[..] else {
        panic!("{:?}", reading.diagnostics);
    };
    assert!(said.contains("\"PARCEL\" for kind"), "{said}");
}

#[test]
fn a_remark_names_a_flag_of_the_query() {
    let answer = "<response>
<parcel>
<weight>7</weight>
<!-- weight is returned only if the query parameter “weigh” is passed
and set to “true” -->
<depot>3</depot>
<!-- depot comes with the query parameter “deep” = true -->
</parcel>
</response>";
    let rows = "### Request Query Parameters
Parameter | Datatype | Description
--- | --- | ---
id* | long | Id of the parcel.
deep | string | How much to return.";
    let get = section("Get Parcel", "GET", &[("Response", answer)], rows);
    let reading = read(&format!("# Parcel\n\n{get}"));
    let weigh = param(&reading, "weigh");
    assert_eq!((weigh.place, weigh.ty.as_str()), (In::Query, "boolean"));
    assert_eq!(weigh.required, Required::False);
    assert_eq!(weigh.source.line, 11);
    // What has a row stays as the row has it.
    assert_eq!(param(&reading, "deep").ty, "string");
    let [said] = findings(&reading, Code::UndocumentedQuery)[..] else {
        panic!("{:?}", reading.diagnostics);
    };
    assert!(said.starts_with("weigh is in a remark"), "{said}");
}

const EITHER: &str =
    "<aside class=\"warning\">You can pass either parcel id or code. Any one is required.</aside>";

#[test]
fn an_alternative_without_a_row_is_no_identifier_of_somebody_else() {
    let rows = "### Request Parameters
Any one among the following parameters is mandatory.

Parameter | Description
--- | ---
Customer identifier* | Any identifier of the customer who gets it
code | Code on the parcel\n\n";
    let resend = section("Resend Parcel", "GET", &[], &[rows, EITHER].concat());
    let reading = read(&format!("# Parcel\n\n{resend}"));
    for name in ["id", "code"] {
        let own = param(&reading, name);
        assert_eq!(own.required, Required::OneOf);
        assert_eq!(own.group, ["id", "code"]);
    }
    assert_eq!(
        param(&reading, "id").doc,
        "You can pass either parcel id or code"
    );
    let mobile = param(&reading, "mobile");
    assert_eq!((mobile.required, mobile.group.len()), (Required::False, 0));
}

#[test]
fn a_listed_identifier_stays_an_alternative_and_is_sent_once() {
    let rows = "### Request Query Parameters
Parameter | Datatype | Description
--- | --- | ---
identifierName* | enum | Identifier of the customer. Values: `mobile`, `id`.
identifierValue* | string | Its value.
code* | string | Code on the parcel.\n\n";
    let track = section("Track Parcel", "GET", &[], &[rows, EITHER].concat());
    let reading = read(&format!("# Parcel\n\n{track}"));
    let params = &operation(&reading).params;
    let ids: Vec<&Param> = params.iter().filter(|param| param.name == "id").collect();
    let [id] = ids[..] else {
        panic!("{ids:?}");
    };
    assert_eq!(id.group, ["id", "code"]);
    assert_eq!(param(&reading, "mobile").group, ["mobile", "id"]);
    let [said] = findings(&reading, Code::DuplicateParameter)[..] else {
        panic!("{:?}", reading.diagnostics);
    };
    assert!(said.starts_with("id is one of these"), "{said}");
}

#[test]
fn a_query_has_no_two_parameters_of_one_name() {
    let rows = "### Request Query Parameters
Parameter | Datatype | Description
--- | --- | ---
depot | long | Id of the depot.

### Request Query Parameters
Parameter | Datatype | Description
--- | --- | ---
depot | string | Name of the depot.";
    let list = section("List Parcels", "GET", &[], rows);
    let reading = read(&format!("# Parcel\n\n{list}"));
    let [depot] = &operation(&reading).params[..] else {
        panic!("{:?}", operation(&reading).params);
    };
    assert_eq!((depot.ty.as_str(), depot.also.len()), ("integer", 1));
    assert_eq!(findings(&reading, Code::DuplicateParameter).len(), 1);
}

/// What the first line of a block of code says it is, in the manner of whatever language.
#[test]
fn a_remark_in_front_of_a_sample_says_which_way_it_goes() {
    for remark in [
        "# Sample Response",
        "// response:",
        "<!-- Response -->",
        "/* Sample Response */",
        "-- Sample response --",
    ] {
        let page = format!(
            "# Parcel\n\n## Send Parcel\n\n> Sample Request\n\n```json\n{{\"weight\": 1}}\n```\n\n```json\n{remark}\n{{\"id\": 3}}\n\
             ```\n\n### Resource Information\n| | |\n--- | ---\nURI | parcel/add\nHTTP Method | POST\n"
        );
        let reading = read(&page);
        let ways: Vec<_> = operation(&reading)
            .samples
            .iter()
            .map(|sample| (sample.role, sample.format))
            .collect();
        let json = Some(slate_codegen::sample::Format::Json);
        let want = [(Role::Request, json), (Role::Response, json)];
        assert_eq!(ways, want, "{remark}");
        assert_eq!(field(&reading, "Response", "id").ty, "integer", "{remark}");
    }
}

/// Rows below a heading without a header: what the cells hold says which of them is the type.
#[test]
fn a_table_without_a_header_has_its_types() {
    let page = "# Parcel\n\n## Send Parcel\n\n### Resource Information\n| | |\n--- | ---\nURI | parcel/add\nHTTP Method | POST\n\n\
                ### Request Body Parameters\n\nsent_on* | date-time | When it was sent.\nweight | double | Grams.\nlabel | string | Words on it.\n";
    let reading = read(page);
    let types: Vec<(&str, &str)> = operation(&reading)
        .params
        .iter()
        .map(|param| (param.name.as_str(), param.ty.as_str()))
        .collect();
    let want = [
        ("sent_on", "datetime"),
        ("weight", "number"),
        ("label", "string"),
    ];
    assert_eq!(types, want);
    assert_eq!(param(&reading, "weight").doc, "Grams.");
}
#[test]
fn values_are_read_whatever_stands_in_them() {
    let rows = "### Request Query Parameters
Parameter | Datatype | Description
--- | --- | ---
grade | enum | Values: A, B, C+, \"D\"
order | enum | Value: `up`, `+`, `up\\|down`
size | enum | Values: <ul><li>SMALL</li><li>LARGE</li></ul>";
    let list = section("List Parcels", "GET", &[], rows);
    let reading = read(&format!("# Parcel\n\n{list}"));
    let values = |name: &str| param(&reading, name).values.join(" ");
    assert_eq!(values("grade"), "A B C+ D");
    assert_eq!(values("order"), "up + up|down");
    assert_eq!(values("size"), "SMALL LARGE");
}

#[test]
fn path_and_query_may_have_a_name_each() {
    let rows = "### Path Parameters
Parameter | Datatype | Description
--- | --- | ---
id* | string | The parcel.

### Query Parameters
Parameter | Datatype | Description
--- | --- | ---
id | string | Where the list goes on.";
    let find = "## Find Parcel\n\n### Resource Information\n| | |\n--- | ---\nURI | parcel/{id}/find\nHTTP Method | GET\n\n";
    let reading = read(&format!("# Parcel\n\n{find}{rows}\n"));
    let params = &operation(&reading).params;
    let places: Vec<(In, &str)> = params
        .iter()
        .map(|param| (param.place, param.doc.as_str()))
        .collect();
    assert_eq!(
        places,
        [
            (In::Path, "The parcel."),
            (In::Query, "Where the list goes on.")
        ]
    );
    assert!(findings(&reading, Code::WrongPlace).is_empty());
}

#[test]
fn the_first_row_may_be_the_header() {
    let table = "### Request Query Parameters

<table><tr><td><b>Parameter</b></td><td>Description</td></tr>
<tr><td>depot*</td><td>Where it lies</td></tr>
<tr><td colspan=\"2\">Seldom used</td></tr></table>";
    let list = section("List Parcels", "GET", &[], table);
    let reading = read(&format!("# Parcel\n\n{list}"));
    let names = operation(&reading).params.iter();
    let names: Vec<&str> = names.map(|param| param.name.as_str()).collect();
    assert_eq!(names, ["depot"]);
    // Words across the table are no parameter, and are not lost.
    let said = findings(&reading, Code::BadParameterRow);
    assert_eq!(said, ["this row names no parameter"]);
}
