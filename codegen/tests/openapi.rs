//! The OpenAPI document of a small documentation states its facts, and hostile text stays text.

use crate::support::pages;
use crate::support::settings;

use std::path::Path;

use pages::document;
use serde_json::{Value, json};
use settings::settings;
use slate_codegen::slate::{self, Texts};
use slate_codegen::{openapi, read_docs};

const PARCELS: &str = r#"# Parcels

## Track Parcel
> Sample Response

```json
{"response": {"status": {"code": "200"}, "parcels": {"parcel": {"number": "AB1", "weight": "12", "fragile": true}}}}
```

> Another Response

```json
{"response": {"status": {"code": 200}, "parcels": {"parcel": [{"number": "AB1", "weight": 12}]}}}
```

### Resource Information
| | |
--- | ---
URI | parcels/track
HTTP Method | GET

### Request Query Parameters
Parameter | Type | Description
--------- | ---- | -----------
number* | string | Number of the parcel.
carrier | enum | Who brings it. Value: `AIR`, `SEA`.
limit | int | How many. Default: `10`.

## Send Parcel
> Sample Request

```json
{"root": {"parcel": {"type": "SEND", "number": "AB1"}}}
```

```xml
<root><parcel><type>SEND</type><number>AB1</number></parcel></root>
```

> Sample Response

```json
{"response": {"id": 1}}
```

### Resource Information
| | |
--- | ---
URI | parcels/add
HTTP Method | POST

## Return Parcel
> Sample Request

```json
{"root": {"parcel": {"type": "RETURN", "reason": "broken"}}}
```

> Sample Response

```json
{"response": {"id": 2}}
```

### Resource Information
| | |
--- | ---
URI | parcels/add
HTTP Method | POST

### Response Codes
Code | Description
--- | ---
71 | Parcel not found
"#;

fn made(texts: &Texts) -> Value {
    let settings = settings();
    let reading = read_docs(texts, &settings).unwrap();
    let inferred = reading.inferred;
    openapi::document(&inferred.spec, &inferred.contents, &settings.dialect)
}

fn parcels() -> Value {
    made(&document(&[("parcels", PARCELS)]))
}

fn operation<'d>(document: &'d Value, path: &str, method: &str) -> &'d Value {
    let found = &document["paths"][path][method];
    assert!(
        found.is_object(),
        "{path} {method}: {:#}",
        document["paths"]
    );
    found
}

fn parameter<'d>(operation: &'d Value, name: &str) -> &'d Value {
    let all = operation["parameters"].as_array().unwrap();
    all.iter().find(|one| one["name"] == name).unwrap()
}

/// Every reference of a value.
fn references<'v>(value: &'v Value, out: &mut Vec<&'v str>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "$ref" => out.push(text),
                    value => references(value, out),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, out)),
        _ => {}
    }
}

fn resolve<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

/// The dialect says how callers authenticate, where the docs have no section on it.
#[test]
fn ways_to_authenticate_are_security_schemes() {
    let yaml = "client: {auth: [bearer, {header: X-Key}, {query: key}, basic_md5, none]}";
    let settings = slate_codegen::Settings {
        dialect: slate_codegen::dialect::Dialect::parse("dialect.yaml", yaml).unwrap(),
        ..settings()
    };
    let texts = document(&[("parcels", PARCELS.as_bytes().to_vec())]);
    let reading = read_docs(&texts, &settings).unwrap();
    let inferred = &reading.inferred;
    let document = openapi::document(&inferred.spec, &inferred.contents, &settings.dialect);
    assert_eq!(
        document["components"]["securitySchemes"],
        json!({
            "bearer": {"type": "http", "scheme": "bearer"},
            "X-Key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "key": {"type": "apiKey", "in": "query", "name": "key"},
            "basic": {"type": "http", "scheme": "basic"},
        })
    );
}

#[test]
fn parameters_have_their_facts() {
    let document = parcels();
    assert_eq!(document["openapi"], "3.1.0");
    let track = operation(&document, "/v1.1/parcels/track", "get");
    assert_eq!(track["operationId"], "parcels.track");
    assert_eq!(track["tags"], json!(["parcels"]));
    let number = parameter(track, "number");
    assert_eq!(
        (&number["in"], &number["required"]),
        (&json!("query"), &json!(true))
    );
    assert_eq!(
        parameter(track, "carrier")["schema"]["enum"],
        json!(["AIR", "SEA"])
    );
    let limit = parameter(track, "limit");
    assert_eq!(limit["schema"]["type"], "integer");
    assert_eq!(limit["schema"]["default"], 10);
    assert!(limit.get("required").is_none());
    assert_eq!(track["x-slate-effect"], "read");
    assert_eq!(track["x-slate-source"], "includes/_parcels.md:3");
}

#[test]
fn what_samples_contradict_is_widened_and_said() {
    let document = parcels();
    let track = operation(&document, "/v1.1/parcels/track", "get");
    let answer = &track["responses"]["200"]["content"]["application/json"]["schema"];
    let response = resolve(
        &document,
        &resolve(&document, answer)["properties"]["response"],
    );
    let parcels = resolve(&document, &response["properties"]["parcels"]);
    let parcel = &parcels["properties"]["parcel"];
    assert_eq!(parcel["x-slate-one-or-many"], true);
    assert_eq!(parcel["x-slate-observed"], json!(["object"]));
    assert_eq!(parcel["anyOf"][0]["type"], "array");
    assert_eq!(parcel["anyOf"][0]["items"], parcel["anyOf"][1]);
    let item = resolve(&document, &parcel["anyOf"][1]);
    let weight = &item["properties"]["weight"];
    assert_eq!(weight["x-slate-observed"], json!(["string"]));
    assert!(
        weight["type"]
            .as_array()
            .unwrap()
            .contains(&json!("string"))
    );
    assert_eq!(item["properties"]["fragile"]["type"], "boolean");
}

#[test]
fn operations_that_share_a_path_are_all_there() {
    let document = parcels();
    let add = operation(&document, "/v1.1/parcels/add", "post");
    assert_eq!(add["operationId"], "parcels.send");
    assert_eq!(add["summary"], "Send Parcel / Return Parcel");
    let all = add["x-slate-operations"].as_array().unwrap();
    let ids: Vec<&Value> = all.iter().map(|one| &one["operationId"]).collect();
    assert_eq!(ids, ["parcels.send", "parcels.return"]);
    let json = &add["requestBody"]["content"]["application/json"];
    assert_eq!(json["schema"]["anyOf"].as_array().unwrap().len(), 2);
    assert_eq!(json["examples"].as_object().unwrap().len(), 2);
    let own = &all[1]["requestBody"]["content"]["application/json"]["examples"];
    let example = own.as_object().unwrap().values().next().unwrap();
    assert_eq!(example["value"]["root"]["parcel"]["reason"], "broken");
}

#[test]
fn xml_is_what_is_inside_the_document_element() {
    let document = parcels();
    let add = operation(&document, "/v1.1/parcels/add", "post");
    let send = &add["x-slate-operations"][0]["requestBody"]["content"]["application/xml"];
    assert_eq!(send["schema"]["xml"]["name"], "root");
    let inside = resolve(&document, &send["schema"]);
    assert!(inside["properties"]["parcel"].is_object(), "{inside}");
    let example = send["examples"]
        .as_object()
        .unwrap()
        .values()
        .next()
        .unwrap();
    assert!(example["value"].as_str().unwrap().starts_with("<root>"));
}

#[test]
fn clusters_and_codes_are_there() {
    let document = parcels();
    let server = &document["servers"][0];
    let cluster = &server["variables"]["cluster"];
    assert_eq!(
        cluster["enum"],
        json!(["eu.api.example.com", "us.api.example.com"])
    );
    assert_eq!(cluster["default"], "eu.api.example.com");
    let code = &document["tags"][0]["x-slate-codes"][0];
    assert_eq!(
        (&code["code"], &code["messages"]),
        (&json!(71), &json!(["Parcel not found"]))
    );
    let text = document["components"]["responses"]["parcels.codes"]["description"].as_str();
    assert!(text.unwrap().contains("| 71 |"));
}

#[test]
fn same_docs_same_bytes() {
    assert_eq!(parcels().to_string(), parcels().to_string());
    let document = parcels();
    let back: Value = serde_yaml::from_str(&openapi::yaml(&document).unwrap()).unwrap();
    assert_eq!(back, document);
}

#[test]
fn hostile_text_stays_text() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hostile");
    let document = made(&slate::load(&folder).unwrap());
    let paths = document["paths"].as_object().unwrap();
    assert!(!paths.is_empty());
    let mut ids = Vec::new();
    for (path, item) in paths {
        assert!(
            path.starts_with('/') && !path.contains(['?', '#', ' ']),
            "{path}"
        );
        for operation in item.as_object().unwrap().values() {
            ids.push(operation["operationId"].as_str().unwrap());
            let description = operation["description"].as_str().unwrap();
            assert!(!description.contains("<script"), "{description}");
        }
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    let mut all = Vec::new();
    references(&document, &mut all);
    assert!(!all.is_empty());
    for reference in all {
        let target = document.pointer(reference.trim_start_matches('#'));
        assert!(target.is_some(), "{reference} leads nowhere");
    }
}

/// What is nested in a form stands in brackets, or is JSON.
#[test]
fn forms_are_bodies_of_their_own_kind() {
    let section = |title: &str, path: &str, sample: &str| {
        format!(
            "## {title}\n\n> Sample Request\n\n```\n{sample}\n```\n\n### Resource Information\n| | |\n--- | ---\nURI | {path}\nHTTP \
             Method | POST\n\n"
        )
    };
    let page = format!(
        "# Parcel\n\n{}{}",
        section("Send Parcel", "parcel/add", "weight=2&to[city]=Rome"),
        section("Move Parcel", "parcel/move", "id=7&to={\"city\": \"Rome\"}"),
    );
    let document = made(&document(&[("parcel", page)]));
    let body = |path: &str| {
        let operation = operation(&document, path, "post");
        let content = operation["requestBody"]["content"].as_object().unwrap();
        let names: Vec<&String> = content.keys().collect();
        assert_eq!(names, ["application/x-www-form-urlencoded"]);
        content["application/x-www-form-urlencoded"].clone()
    };
    let nested = body("/v1.1/parcel/add");
    assert_eq!(
        nested["encoding"],
        json!({ "to": { "style": "deepObject", "explode": true } })
    );
    let schema = resolve(&document, &nested["schema"]);
    assert_eq!(schema["properties"]["weight"]["type"], "integer");
    assert_eq!(body("/v1.1/parcel/move").get("encoding"), None);
}
