//! Docs in the manner of other authors: what they say beside the calls themselves.

use crate::support::plain;

use plain::read;
use slate_codegen::Reading;
use slate_codegen::diagnostics::Code;
use slate_codegen::spec::{In, Operation, Param};

fn operations(reading: &Reading) -> Vec<&Operation> {
    let entities = reading.inferred.spec.entities.iter();
    entities.flat_map(|entity| &entity.operations).collect()
}

fn ids(reading: &Reading) -> Vec<&str> {
    let operations = operations(reading).into_iter();
    operations.map(|operation| operation.id.as_str()).collect()
}

fn param<'r>(reading: &'r Reading, name: &str) -> &'r Param {
    let mut params = operations(reading)[0].params.iter();
    params.find(|param| param.name == name).unwrap()
}

fn clusters(reading: &Reading) -> Vec<(&str, &str)> {
    let clusters = reading.inferred.spec.api.hosts["api"].clusters.iter();
    clusters
        .map(|(name, host)| (name.as_str(), host.as_str()))
        .collect()
}

#[test]
fn pages_are_called_by_their_files_and_folders() {
    let list = |path: &str| format!("# Pages\n\n## List\n\n`GET https://parcels.test/{path}`\n");
    let reading = plain::read_pages(
        "includes:\n  - parcels.md\n  - shops/index\n",
        &[
            ("includes/_parcels.md", &list("parcels")),
            ("includes/shops/_index.md", &list("shops")),
        ],
    );
    assert_eq!(ids(&reading), ["parcels.list", "shops.list"]);
}

#[test]
fn httpie_calls_as_curl_does() {
    let reading = read(
        "",
        "# Parcels\n\n## Read\n\n```shell\n$ http \"https://parcels.test/parcels/{id}\" \\\n    \"Authorization: Bearer $key\" \\\n    \
         # All of it\\\n    \"expand==sender\"\n```\n\n```json\n{\"id\": 7}\n```\n\n\
         ## Change\n\n```shell\n$ http --form PATCH \"https://parcels.test/parcels/{id}\" \"note=fragile\"\n```\n\n```json\n{\"id\": 7}\n```\n",
    );
    let calls: Vec<(&str, &str)> = operations(&reading)
        .into_iter()
        .map(|operation| (operation.method.as_str(), operation.path.as_str()))
        .collect();
    assert_eq!(
        calls,
        [("GET", "/parcels/{id}"), ("PATCH", "/parcels/{id}")]
    );
    assert_eq!(param(&reading, "expand").place, In::Query);
    let change = operations(&reading)[1];
    assert!(change.encoding.is_some() && change.response.is_some());
}

#[test]
fn what_says_where_a_heading_stands_is_no_part_of_it() {
    let reading = read(
        "",
        "# Parcels {#parcels}\n\n## List all {{id:list-all}}\n\n`GET /parcels`\n\n\
         ## Read one {: .wide}\n\n`GET /parcels/{id}`\n\n## Delete /parcels/{id}\n\n`DELETE /parcels/{id}`\n",
    );
    assert_eq!(
        ids(&reading),
        ["parcels.list_all", "parcels.read_one", "parcels.delete_id"]
    );
    assert_eq!(operations(&reading)[0].title, "List all");
}

#[test]
fn names_are_made_of_the_sounds_of_other_scripts() {
    let reading = read(
        "",
        "# Envíos\n\n## Autenticación\n\n`POST /login`\n\n# 包裹\n\n## 删除\n\n`DELETE /parcels/{id}`\n",
    );
    assert_eq!(ids(&reading), ["envios.autenticacion", "bao_guo.shan_chu"]);
    assert_eq!(operations(&reading)[1].title, "删除");
}

#[test]
fn operations_of_one_title_are_told_apart_by_their_calls() {
    let reading = read(
        "",
        "# Parcels\n\n## Store\n\n`POST /parcels`\n\n## Store\n\n`POST /shops/{shop}/parcels`\n\n\
         # Labels\n\n## Change\n\n`PUT /labels/{id}`\n\n## Change\n\n`PATCH /labels/{id}`\n",
    );
    assert_eq!(
        ids(&reading),
        [
            "parcels.store",
            "parcels.store_shops",
            "labels.change_put",
            "labels.change_patch"
        ]
    );
}

#[test]
fn the_text_names_the_host_where_no_call_does() {
    let calls = "# Parcels\n\n## List\n\n`GET /parcels`\n";
    for (text, want) in [
        (
            "The API root is <code>https://parcels.test</code>.",
            vec![("default", "parcels.test")],
        ),
        (
            "The base URL is **https://parcels.test/api/v2/**",
            vec![("default", "parcels.test/api/v2")],
        ),
        (
            "### Base URL\n\n  https://parcels.test\n\n### Sandbox URL\n\n  https://try.parcels.test\n",
            vec![("default", "parcels.test"), ("sandbox", "try.parcels.test")],
        ),
        (
            "Questions go to https://parcels.test/help.",
            vec![("default", "localhost")],
        ),
    ] {
        let reading = read("", &format!("# Start\n\n## Where\n\n{text}\n\n{calls}"));
        assert_eq!(clusters(&reading), want, "{text}");
    }
    // The calls have the path themselves.
    let calls = calls.replace("/parcels", "/api/v2/parcels");
    let text = "# Start\n\n## Where\n\nThe base URL is https://parcels.test/api/v2\n\n";
    let reading = read("", &format!("{text}{calls}"));
    assert_eq!(clusters(&reading), [("default", "parcels.test")]);
}

#[test]
fn a_table_below_the_name_of_a_member_has_its_members() {
    let page = "# Parcels\n\n## Store\n\n`POST https://parcels.test/parcels`\n\n\
        ```shell\ncurl -X POST https://parcels.test/parcels -d '{\"weight\": 7}'\n```\n\n### Parameters\n\n\
        Name | Type | Default | Description\n--- | --- | --- | ---\nweight | Integer | **Required** | In grams\n\
        sender | [Street Address](#street-address) Object | None | From whom\n\
        stops | Array of [Stop](#stop) | None | On the way\n\n";
    let table = |heading: &str| {
        format!(
            "{page}#### {heading}\n\nName | Type | Description\n--- | --- | ---\ncity | String | Where\n"
        )
    };
    for heading in [
        "Street Address Parameters",
        "The sender object",
        "Sender fields",
    ] {
        let reading = read("", &table(heading));
        let city = param(&reading, "city");
        assert_eq!(
            (city.place, city.at.as_deref()),
            (In::Body, Some("sender.city")),
            "{heading}"
        );
    }
    let reading = read("", &table("Stop properties"));
    assert_eq!(param(&reading, "city").at.as_deref(), Some("stops[].city"));
    let reading = read("", &table("Something else"));
    let lost = reading.diagnostics.iter();
    assert!(
        lost.into_iter()
            .any(|finding| finding.code == Code::UnusedTable)
    );
}

#[test]
fn a_sentence_below_a_heading_for_answers_is_about_answers() {
    let reading = read(
        "",
        "# Parcels\n\n## Store\n\n`POST https://parcels.test/parcels`\n\n### Query Parameters\n\n\
         Name | Type\n--- | ---\nweight | Integer\n\n> Request\n\n```json\n{\"weight\": 7}\n```\n\n\
         ### Response Parameters\n\nThe data parameter is as follows:\n\nName | Type\n--- | ---\nid | Integer\n\n\
         > Response\n\n```json\n{\"data\": {\"id\": 7}}\n```\n",
    );
    let names: Vec<&str> = operations(&reading)[0]
        .params
        .iter()
        .map(|param| param.name.as_str())
        .collect();
    assert_eq!(names, ["weight"]);
    assert_eq!(param(&reading, "weight").place, In::Body);
}

#[test]
fn a_call_that_a_heading_calls_an_example_is_the_one_that_is_documented() {
    let reading = read(
        "",
        "# Start\n\n## Signing\n\n### POST /parcels, an example\n\n```shell\ncurl -X POST https://parcels.test/parcels -d 'weight=7'\n```\n\n\
         # Parcels\n\n## Store\n\n`POST /parcels`\n",
    );
    assert_eq!(ids(&reading), ["parcels.store"]);
}

#[test]
fn rows_with_a_border_begin_with_their_first_cell() {
    let reading = read(
        "",
        "# Parcels\n\n## Store\n\n`POST https://parcels.test/parcels`\n\n### Response\n\n\
         | Status | Meaning | Schema |\n| --- | --- | --- |\n| 200 | OK | Parcel |\n| 404 | Not there |\n",
    );
    let codes = &reading.inferred.spec.entities[0].codes;
    let codes: Vec<u32> = codes.iter().map(|code| code.code).collect();
    assert_eq!(codes, [200, 404]);
}

#[test]
fn code_in_a_quote_ends_where_it_is_closed() {
    let sections = |sample: &str| {
        format!(
            "# Parcels\n\n## List\n\n{sample}\n\n### HTTP Request\n\n`GET https://parcels.test/parcels`\n\n\
             ## Store\n\n{sample}\n\n### HTTP Request\n\n`PUT https://parcels.test/parcels`\n"
        )
    };
    for sample in [
        "> Response:\n>\n> ```json\n> [\n>   {\"id\": 1}\n> ]\n> ```",
        "> ### Response\n>```json\n[\n  {\"id\": 1}\n]\n```",
        "> Response\n\n> ```json\n[\n\n  {\"id\": 1}\n]\n```",
    ] {
        let reading = read("", &sections(sample));
        assert_eq!(ids(&reading), ["parcels.list", "parcels.store"], "{sample}");
        for operation in operations(&reading) {
            let answer = operation.response.as_deref().unwrap_or_default();
            assert!(answer.starts_with("list<"), "{sample}: {answer}");
        }
        let finding = reading
            .diagnostics
            .iter()
            .find(|finding| matches!(finding.code, Code::UnclosedFence | Code::UnreadableSample));
        assert!(finding.is_none(), "{sample}: {finding:?}");
    }
    // Without an end it goes on to the next heading.
    let reading = read("", &sections("> Response\n\n> ```json\n> [{\"id\": 1}]"));
    assert_eq!(ids(&reading).len(), 2);
}

#[test]
fn headings_for_answers_are_about_answers_whatever_else_they_say() {
    for heading in [
        "Response Payload Parameters",
        "Response body params",
        "Data params of the response",
    ] {
        let reading = read(
            "",
            &format!(
                "# Parcels\n\n## Store\n\n`POST https://parcels.test/parcels`\n\n### {heading}\n\n\
                 Name | Type\n--- | ---\nid | Integer\n"
            ),
        );
        assert!(operations(&reading)[0].params.is_empty(), "{heading}");
    }
}

#[test]
fn a_list_item_above_a_table_may_be_its_heading() {
    let reading = read(
        "",
        "# Parcels\n\n## Store\n\n`POST https://parcels.test/parcels`\n\n- Header Parameter\n\n\
         Name | Type\n--- | ---\nX-Shop | String\n\n- Query Parameters\n\nName | Type\n--- | ---\nN/A | \n\n\
         - Body Parameter\n\nName | Required\n--- | ---\nweight | yes\n",
    );
    let places: Vec<(&str, In)> = operations(&reading)[0]
        .params
        .iter()
        .map(|param| (param.name.as_str(), param.place))
        .collect();
    assert_eq!(places, [("X-Shop", In::Header), ("weight", In::Body)]);
}

#[test]
fn a_description_with_a_heading_is_no_operation() {
    let reading = read(
        "",
        "# Parcels\n\n## List parcels\n\n### Description\n\nAll of them.\n\n### URI\n\n/api/parcels\n\n### HTTP Methods\n\nPOST\n",
    );
    assert_eq!(ids(&reading), ["parcels.list"]);
    let operation = operations(&reading)[0];
    assert_eq!(
        (operation.method.as_str(), operation.path.as_str()),
        ("POST", "/api/parcels")
    );
}

#[test]
fn members_with_numbers_for_names_are_one_for_each_thing() {
    let reading = read(
        "",
        "# Parcels\n\n## Totals\n\n`GET https://parcels.test/totals`\n\n> Response\n\n\
         ```json\n{\"totals\": {\"17\": {\"weight\": 7}, \"23\": {\"weight\": 8, \"note\": \"x\"}}, \"sizes\": {\"24\": \"a\"}}\n```\n",
    );
    let types = &reading.inferred.spec.entities[0].types;
    let fields = |ty: &str| -> Vec<(String, String)> {
        let fields = types[ty].fields.iter().flatten();
        fields
            .map(|field| (field.name.clone(), field.ty.clone()))
            .collect()
    };
    let answer = fields(operations(&reading)[0].response.as_deref().unwrap());
    assert_eq!(answer[1], ("sizes".to_owned(), "map<string>".to_owned()));
    let each = answer[0].1.trim_start_matches("map<").trim_end_matches('>');
    let names: Vec<String> = fields(each).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["weight", "note"]);
}

#[test]
fn calls_below_one_heading_are_operations_where_they_have_tables() {
    let reading = read(
        "",
        "# Orders\n\n## Endpoints\n\n### `GET /orders`\n\n| Query | Type | Description |\n|---|---|---|\n| page | integer | Which |\n\n\
         ### `POST /orders`\n\n#### Body\n\n| Field | Type | Description |\n|---|---|---|\n| total | integer | In cents |\n",
    );
    assert_eq!(ids(&reading), ["orders.get", "orders.post"]);
    let post: Vec<&str> = operations(&reading)[1]
        .params
        .iter()
        .map(|param| param.name.as_str())
        .collect();
    assert_eq!(post, ["total"]);
}

/// Docs as programs write them out of an OpenAPI document.
const GENERATED: &str = "<h1 id=\"parcels\">parcels</h1>\n\n## storeParcel\n\n<a id=\"opIdstoreParcel\"></a>\n\n> Code samples\n\n\
    ```shell\ncurl -X POST http://parcels.test/v2/parcels \\\n  -H 'Accept: application/json'\n```\n\n\
    ```http\nPOST http://parcels.test/v2/parcels HTTP/1.1\nHost: parcels.test\n\nx-shop: string\n\n```\n\n`POST /parcels`\n\n\
    > Body parameter\n\n```json\n{\"id\": 0, \"sender\": {\"city\": \"string\"}, \"size\": \"small\", \"tags\": [\"string\"]}\n```\n\n\
    ```yaml\nid: 0\nsize: small\n```\n\n<h3 id=\"storeparcel-parameters\">Parameters</h3>\n\n\
    |Name|In|Type|Required|Description|\n|---|---|---|---|---|\n|x-shop|header|string|false|none|\n\
    |body|body|[Parcel](#schemaparcel)|true|What|\n|» id|body|integer(int64)|false|none|\n|» sender|body|[Address](#schemaaddress)|false|none|\n\
    |»» city|body|string|false|none|\n|» size|body|string|true|none|\n|» tags|body|[string]|false|none|\n\n\
    #### Enumerated Values\n\n|Parameter|Value|\n|---|---|\n|» size|small|\n|» size|large|\n\n\
    > Example responses\n\n> 200 Response\n\n```json\n{\"id\": 0}\n```\n\n<h3 id=\"storeparcel-responses\">Responses</h3>\n\n\
    |Status|Meaning|Description|Schema|\n|---|---|---|---|\n|200|[OK](https://example.com)|Stored|Inline|\n\n\
    <h3 id=\"storeparcel-responseschema\">Response Schema</h3>\n\n|Name|Type|Required|Restrictions|Description|\n|---|---|---|---|---|\n\
    |» id|integer(int64)|false|none|none|\n\n<h1 id=\"shops\">shops</h1>\n\n## listShops\n\n`GET /shops`\n";

#[test]
fn docs_that_a_program_wrote_are_read() {
    let reading = read("", GENERATED);
    assert_eq!(ids(&reading), ["parcels.storeparcel", "shops.listshops"]);
    let paths: Vec<&str> = operations(&reading)
        .iter()
        .map(|one| one.path.as_str())
        .collect();
    assert_eq!(paths, ["/parcels", "/shops"]);
    assert_eq!(clusters(&reading), [("default", "parcels.test/v2")]);
    let params: Vec<(&str, Option<&str>)> = operations(&reading)[0]
        .params
        .iter()
        .map(|param| (param.name.as_str(), param.at.as_deref()))
        .collect();
    assert_eq!(
        params,
        [
            ("x-shop", None),
            ("id", Some("id")),
            ("sender", Some("sender")),
            ("city", Some("sender.city")),
            ("size", Some("size")),
            ("tags", Some("tags[]")),
        ]
    );
    assert_eq!(param(&reading, "size").values, ["small", "large"]);
    let samples = operations(&reading)[0].samples.iter();
    assert_eq!(samples.filter(|sample| sample.urls.is_empty()).count(), 2);
}
