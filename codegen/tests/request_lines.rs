//! How docs say how a call is made: each way, in docs of a few lines, with the common words alone.

use crate::support::plain;

use plain::read;
use slate_codegen::diagnostics::Code;

/// `entity: METHOD path (title)` of all operations.
fn calls(dialect: &str, body: &str) -> Vec<String> {
    let reading = read(dialect, body);
    let entities = reading.inferred.spec.entities.iter();
    entities
        .flat_map(|entity| {
            entity.operations.iter().map(|operation| {
                let (method, path) = (&operation.method, &operation.path);
                format!("{}: {method} {path} ({})", entity.entity, operation.title)
            })
        })
        .collect()
}

const ANSWER: &str = "\n> Answer:\n\n```json\n{\"id\": 1}\n```\n";

#[test]
fn each_way_to_write_a_request_line_is_read() {
    for line in [
        "### HTTP Request\n\n`PUT https://api.example.com/parcels/<id>`\n",
        "### HTTP Request\n\n<div class=\"box\">\n  <i class=\"label\">PUT</i>\n  <h6>/parcels/&lt;id&gt;</h6>\n</div>\n",
        "### HTTP Request\n\n<span class=\"box-method\">PUT</span><span class=\"box-url\">/parcels/{id}</span>\n",
        "### Endpoint\n\n**PUT** /parcels/{id}\n",
        "`PUT` `/parcels/{id}`\n",
        "### Request\n\n`put /parcels/{id}`\n",
        "<aside class=\"notice\"><code>PUT /parcels/{id}</code></aside>\n",
        "> PUT /parcels/{id}\n",
        "> ### Endpoint\n> `PUT` /parcels/{id}\n",
        "Method | URL\n------ | ---\nPUT | /parcels/{id}\n",
        "#### Where\n\n<table>\n<tr><th>PUT</th><th>/parcels/{id}</th></tr>\n<tr><td colspan=\"2\">For all</td></tr>\n</table>\n",
        "- `PUT /parcels/{id}  (signed)`\n",
        "- `PUT /parcels/{id}`を送る\n",
        "**PUT /parcels/{id}**\n",
        "Send it to `PUT /parcels/{id}`, and it is stored.\n",
        "> Definition\n\n```\nPUT https://api.example.com/parcels/{id}\n```\n",
        "```http\nPUT /parcels/{id} HTTP/1.1\nHost: api.example.com\n\n{\"weight\": 1}\n```\n",
        "```http\nOne week is\n  limit = 7\n\nPUT /parcels/{id}\n```\n",
        "```\nput https://api.example.com/parcels/{id}\n```\n",
        "```shell\ncurl -X PUT https://api.example.com/parcels/{id} \\\n  -d '{\"weight\": 1}'\n```\n",
        "### Example request\n\n```shell\ncurl -XPUT \"https://api.example.com/parcels/{id}\"\n```\n",
    ] {
        let body = format!("# Parcels\n\n## Store a parcel\n\n{line}{ANSWER}");
        assert_eq!(
            calls("", &body),
            ["parcels: PUT /parcels/{id} (Store a parcel)"],
            "{line}"
        );
    }
}

#[test]
fn headings_can_hold_a_name_and_a_call() {
    for heading in [
        "Store a parcel (PUT /parcels/{id})",
        "Store a parcel - `PUT /parcels/{id}`",
    ] {
        let body = format!("# Parcels\n\n## {heading}\n{ANSWER}");
        assert_eq!(
            calls("", &body),
            ["parcels: PUT /parcels/{id} (Store a parcel)"]
        );
    }
}

#[test]
fn a_chapter_can_be_one_operation() {
    let one = |head: &str| format!("# {head}\n{ANSWER}\n");
    let body = [
        one("GET /parcels"),
        one("Store a parcel\n\n`PUT /parcels/{id}`"),
    ];
    let found = calls("", &body.concat());
    let of_chapters: Vec<&str> = found
        .iter()
        .filter_map(|call| Some(call.split_once(": ")?.1))
        .collect();
    assert_eq!(
        of_chapters,
        [
            "GET /parcels (GET /parcels)",
            "PUT /parcels/{id} (Store a parcel)"
        ]
    );
    // A chapter that speaks of one call is a group where others stand below it.
    let group = one("Parcels\n\n`GET /parcels`") + "## Store a parcel\n\n`PUT /parcels/{id}`\n";
    assert_eq!(
        calls("", &group),
        ["parcels: PUT /parcels/{id} (Store a parcel)"]
    );
    // So does one that lists calls.
    let list = one("Parcels\n\n`GET /parcels`\n\n`PUT /parcels/{id}`");
    assert!(calls("", &list).is_empty());
}

#[test]
fn what_a_command_sends_is_the_body_of_the_request() {
    let body = "# Parcels\n\n## Store a parcel\n\n```shell\ncurl https://api.example.com/parcels \\\n  -d '{\"weight\": 1}'\n```\n";
    let reading = read("", &format!("{body}{ANSWER}"));
    let operation = &reading.inferred.spec.entities[0].operations[0];
    assert_eq!(operation.method, "POST");
    let request = serde_json::to_string(&reading.inferred.spec.entities[0]).unwrap();
    assert!(request.contains("weight"), "{request}");
}

#[test]
fn a_form_is_read_and_never_said_to_be_json() {
    for (data, fields) in [
        ("-d 'weight=1&to[city]=Rome'", vec!["to", "weight"]),
        ("-F weight=1 -F 'label=@label.png'", vec!["label", "weight"]),
    ] {
        let command = format!("```shell\ncurl https://api.example.com/parcels {data}\n```\n");
        let body = format!("# Parcels\n\n## Store a parcel\n\n{command}{ANSWER}");
        let reading = read("", &body);
        let entity = &reading.inferred.spec.entities[0];
        let operation = &entity.operations[0];
        assert_eq!(
            (operation.method.as_str(), operation.path.as_str()),
            ("POST", "/parcels")
        );
        let request = operation.request.as_ref().map(|name| &entity.types[name]);
        let all = request
            .into_iter()
            .flat_map(|request| request.fields.iter().flatten());
        let mut names: Vec<&str> = all.map(|field| field.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, fields);
        let mut samples = operation.samples.iter();
        assert!(samples.any(|sample| sample.format.is_none()), "{data}");
    }
}

#[test]
fn commands_beside_request_lines_say_nothing_of_their_own() {
    let body = format!(
        "# Authentication\n\n## Try it\n\n```shell\ncurl https://api.example.com/me\n```\n\n# Parcels\n\n## Get a parcel\n\n### HTTP Request\n\n`GET /parcels/{{id}}`\n{ANSWER}"
    );
    assert_eq!(
        calls("", &body),
        ["parcels: GET /parcels/{id} (Get a parcel)"]
    );
    let both = calls("calls_in_samples: true\n", &body);
    assert_eq!(
        both,
        [
            "authentication: GET /me (Try it)",
            "parcels: GET /parcels/{id} (Get a parcel)"
        ]
    );
}

#[test]
fn headings_can_be_excluded() {
    let body = "# General\n\n## Paging\n\n### HTTP Request\n\n`GET /things?page=1`\n\n# Parcels\n\n## List\n\n### HTTP Request\n\n`GET /parcels`\n";
    assert_eq!(calls("", body).len(), 2);
    assert_eq!(
        calls("not_operations: [=paging]\n", body),
        ["parcels: GET /parcels (List)"]
    );
    assert_eq!(
        calls("not_operations: [general]\n", body),
        ["parcels: GET /parcels (List)"]
    );
}

#[test]
fn an_entity_is_a_chapter_or_the_page() {
    let body = "# API\n\n## Parcels\n\n### List\n\n#### HTTP Request\n\n`GET /parcels`\n\n## Depots\n\n### All\n\n#### HTTP Request\n\n`GET /depots`\n";
    assert_eq!(
        calls("", body),
        ["api_2: GET /parcels (List)", "api_2: GET /depots (All)"]
    );
    assert_eq!(
        calls("entity: h2\n", body),
        ["parcels: GET /parcels (List)", "depots: GET /depots (All)"]
    );
    assert_eq!(
        calls("entity: page\nindex_entity: all\n", body),
        ["all: GET /parcels (List)", "all: GET /depots (All)"]
    );
}

#[test]
fn request_lines_of_one_section_are_what_the_dialect_says() {
    let body =
        "# Books\n\n## Get a book\n\n### HTTP Request\n\n`GET /book/20`<br/>\n`GET /book/100`\n";
    assert_eq!(calls("", body), ["books: GET /book/20 (Get a book)"]);
    assert_eq!(
        calls("several: operations\n", body),
        [
            "books: GET /book/20 (Get a book)",
            "books: GET /book/100 (Get a book)"
        ]
    );
}

#[test]
fn text_is_replaced_before_it_is_read_and_places_stay() {
    let body =
        "# Parcels\n\n## List\n\n### HTTP Request\n\n`GET <%= api_url %>/parcels(?include=<X>)`\n";
    let dialect = "substitute:\n  - {pattern: '<%= \\w+ %>', with: 'https://api.example.com'}\n  - {pattern: '\\(\\?(.*?)\\)', with: '?$1'}\n";
    let reading = read(dialect, body);
    let operation = &reading.inferred.spec.entities[0].operations[0];
    assert_eq!(
        (operation.method.as_str(), operation.path.as_str()),
        ("GET", "/parcels")
    );
    assert_eq!(operation.source.line, 6);
}

#[test]
fn a_method_can_have_a_heading_of_its_own() {
    for (method, want) in [
        ("### Method\n\n`POST`\n", "POST"),
        ("### HTTP Method\n\n**PUT**\n", "PUT"),
        ("### Method\n\n```\nDELETE\n```\n", "DELETE"),
        ("#### Method\n\n* Patch\n", "PATCH"),
    ] {
        for address in [
            "### URL\n\n`/parcels/{id}`\n",
            "### URL\n\n```\n/parcels/{id}\n```\n",
        ] {
            for lines in [[method, address], [address, method]] {
                let lines = lines.join("\n");
                let body = format!("# Parcels\n\n## Store a parcel\n\n{lines}{ANSWER}");
                let want = format!("parcels: {want} /parcels/{{id}} (Store a parcel)");
                assert_eq!(calls("", &body), [want], "{lines}");
                let reading = read("", &body);
                let mut findings = reading.diagnostics.iter();
                let lost = |code: Code| matches!(code, Code::UnreadableSample | Code::AssumedFact);
                assert!(!findings.any(|finding| lost(finding.code)), "{lines}");
            }
        }
    }
}

#[test]
fn methods_may_be_badges_and_labels_may_announce_a_call() {
    for line in [
        "<span class=\"api api-put\"></span> <code>/parcels/{id}</code>\n",
        "![PUT](https://badge.example.com/PUT-orange) `/parcels/{id}`\n",
        "<div class=\"endpoint put\">/parcels/{id}</div>\n",
        "**Endpoint:** `PUT /parcels/{id}`\n",
        "Endpoint: PUT /parcels/[id]\n",
        "**URL**\n\n`/parcels/{id}`\n\n**Method**\n\n`PUT`\n",
        "### Method\n\nMethod | URL\n------ | ---\nPut | <code class=\"x\">/parcels/{id}</code>\n",
        "<b>Method</b> | <b>HTTP request</b>\n------ | ---\nBelow `https://a.example.com`, if nothing else is said |\nput | PUT  /parcels/{id}\n",
        "### HTTP Request\n\n#### `PUT https://api.example.com/parcels/<id>`\n\nStores it.\n",
        "`[PUT|PATCH] /parcels/{id}`\n",
    ] {
        let body = format!("# Parcels\n\n## Store a parcel\n\n{line}{ANSWER}");
        let want = ["parcels: PUT /parcels/{id} (Store a parcel)"];
        assert_eq!(calls("", &body), want, "{line}");
    }
}

#[test]
fn operations_may_stand_below_groups_or_be_chapters() {
    let grouped = format!(
        "# Shop\n\n## Parcels\n\n### List parcels\n\n`GET /parcels`\n{ANSWER}\n### Drop a parcel\n\n`DELETE /parcels/{{id}}`\n"
    );
    assert_eq!(
        calls("", &grouped),
        [
            "shop: GET /parcels (List parcels)",
            "shop: DELETE /parcels/{id} (Drop a parcel)"
        ]
    );
    let shown = |title: &str, command: &str| {
        format!(
            "# {title}\n\n```shell\n{command}\n```\n{ANSWER}\n### Member\n\nName | Type\n--- | ---\nid | int\n\n"
        )
    };
    let chapters = format!(
        "# Keys\n\n```shell\ncurl -H 'Key: x' https://api.example.com\n```\n\n{}{}",
        shown("List parcels", "curl https://api.example.com/parcels"),
        shown(
            "Add a parcel",
            "curl -XPOST \\\n-d '{}'\nhttps://api.example.com/parcels"
        ),
    );
    let found = calls("", &chapters);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].ends_with("GET /parcels (List parcels)"),
        "{found:?}"
    );
    assert!(
        found[1].ends_with("POST /parcels (Add a parcel)"),
        "{found:?}"
    );
}

#[test]
fn code_in_a_programming_language_counts_where_nothing_else_does() {
    let body = format!(
        "# Parcels\n\n## Store a parcel\n\n```python\nrequests.put(\"https://api.example.com/parcels/7\")\n```\n{ANSWER}"
    );
    assert_eq!(
        calls("", &body),
        ["parcels: PUT /parcels/7 (Store a parcel)"]
    );
}

#[test]
fn addresses_in_an_answer_are_no_request_lines() {
    let page = "# Parcels\n\n## Read\n\n### HTTP request\n\n<div><i>GET</i><h6>/parcels/{id}</h6></div>\n\n\
                ```json\n{\n  \"self\": \"https://parcels.test/parcels/7\",\n  \"items\": [\n    \"https://parcels.test/items/1\"\n  ]\n}\n```\n";
    let reading = read("", page);
    assert_eq!(calls("", page), ["parcels: GET /parcels/{id} (Read)"]);
    let wrong = reading.diagnostics.iter();
    assert_eq!(wrong.filter(|found| found.code == Code::BadUrl).count(), 0);
    // An address with a placeholder at each of its ends is one.
    let page = "# Parcels\n\n## Read\n\n### HTTP request\n\n```text\n{host}/parcels/{id}\n```\n\n```json\n{\"id\": 7}\n```\n";
    assert_eq!(calls("", page).len(), 1);
}
