//! Habits of docs that are written by other people: statuses of HTTP, hosts of one's own, types of several kinds.

use crate::support::plain;

use plain::{read, read_pages};
use slate_codegen::Reading;
use slate_codegen::diagnostics::Code;
use slate_codegen::read::facts::CodeKind;
use slate_codegen::spec::{Encoding, Field, In, Operation};

fn operation(reading: &Reading) -> &Operation {
    &reading.inferred.spec.entities[0].operations[0]
}

/// Names of the parameters, where they are sent, and their types.
fn params(reading: &Reading) -> Vec<(&str, In, &str)> {
    let params = operation(reading).params.iter();
    params
        .map(|param| (param.name.as_str(), param.place, param.ty.as_str()))
        .collect()
}

fn fields<'r>(reading: &'r Reading, ty: Option<&str>) -> Vec<(&'r str, &'r str)> {
    let entity = &reading.inferred.spec.entities[0];
    let ty = ty.map(|ty| ty.trim_start_matches("list<").trim_end_matches('>'));
    let found = ty.and_then(|name| entity.types.get(name));
    let fields = found.iter().flat_map(|ty| ty.fields.iter().flatten());
    fields
        .map(|field: &Field| (field.name.as_str(), field.ty.as_str()))
        .collect()
}

fn request(reading: &Reading) -> Vec<(&str, &str)> {
    fields(reading, operation(reading).request.as_deref())
}

fn answer(reading: &Reading) -> Vec<(&str, &str)> {
    fields(reading, operation(reading).response.as_deref())
}

fn count(reading: &Reading, code: Code) -> usize {
    let found = reading.diagnostics.iter();
    found.filter(|found| found.code == code).count()
}

const STATUSES: &str = "Status | Meaning\n--- | ---\n200 | Fine\n404 | No such parcel\n\n";

#[test]
fn statuses_of_http_say_themselves_what_they_mean() {
    let one = format!(
        "## Read\n\n`GET https://parcels.test/parcels/{{id}}`\n\n### Response\n\n{STATUSES}"
    );
    let other = one
        .replace("Read", "Drop")
        .replace("GET", "DELETE")
        .replace("Fine", "Gone");
    let reading = read("", &format!("# Parcels\n\n{one}{other}"));
    let codes = &reading.inferred.spec.entities[0].codes;
    let kinds: Vec<_> = codes.iter().map(|code| (code.code, code.kind)).collect();
    assert_eq!(kinds, [(200, CodeKind::Success), (404, CodeKind::Error)]);
    assert!(codes.iter().all(|code| code.basis.is_empty()));
    assert_eq!(count(&reading, Code::RepeatedCode), 0);
    assert_eq!(count(&reading, Code::AssumedKind), 0);
    // Where answers have codes of their own, the numbers may be those.
    let own = "wire:\n  errors: {at: [], code: code}\n";
    let reading = read(own, &format!("# Parcels\n\n{one}{other}"));
    assert_eq!(count(&reading, Code::RepeatedCode), 1);
    assert_eq!(count(&reading, Code::AssumedKind), 2);
    // Unless their header says whose they are.
    let named = one.replace("Status |", "HTTP Status |");
    let reading = read(own, &format!("# Parcels\n\n{named}"));
    assert_eq!(count(&reading, Code::AssumedKind), 0);
}

#[test]
fn a_table_without_codes_below_a_heading_for_codes_is_none_of_codes() {
    let reading = read(
        "",
        "# Parcels\n\n## Read\n\n`GET /parcels`\n\n# Errors\n\nAttribute | Description\n--- | ---\ntitle | In words\ndetail | In more words\n",
    );
    assert_eq!(count(&reading, Code::BadCodeRow), 0);
    assert_eq!(count(&reading, Code::UnusedTable), 1);
}

const OBJECT: &str = "## Parcel\n\nAttribute | Type | Description\n--- | --- | ---\nid | String | Its number\nweight | Number | In kilos\n\n";

#[test]
fn a_table_of_statuses_links_to_what_an_answer_is() {
    for (schema, want) in [
        ("[Parcel](#parcel)", false),
        ("Array of [Parcel](#parcel)", true),
    ] {
        let reading = read(
            "",
            &format!(
                "# Parcels\n\n## Read\n\n`GET /parcels/7`\n\n### Response\n\nStatus | Meaning | Schema\n--- | --- | ---\n200 | OK | {schema}\n404 | Gone | [Slip](#slip)\n\n# Schemas\n\n{OBJECT}## Slip\n\nAttribute | Type | Description\n--- | --- | ---\ntitle | String | In words\ndetail | String | More\n"
            ),
        );
        let response = operation(&reading).response.as_deref();
        assert_eq!(
            response.map(|ty| ty.starts_with("list<")),
            Some(want),
            "{schema}"
        );
        assert_eq!(answer(&reading), [("id", "string"), ("weight", "number")]);
    }
}

#[test]
fn a_page_that_others_refer_to_needs_no_operation() {
    let pages = [
        ("", "# Parcels\n\n## Read\n\n`GET /parcels/7`\n\n"),
        (
            "includes/_codes.md",
            "# Errors\n\nCode | Meaning\n--- | ---\n404 | Gone\n",
        ),
        ("includes/_schemas.md", &format!("# Schemas\n\n{OBJECT}")),
        (
            "includes/_words.md",
            "# Words\n\n**Read**\n\nReads a parcel.\n",
        ),
    ];
    let front = "includes:\n  - codes\n  - schemas\n  - words\n";
    let reading = read_pages(front, &pages);
    let found = reading.diagnostics.iter();
    let found = found.filter(|found| found.code == Code::PageWithoutOperation);
    let files: Vec<_> = found
        .map(|found| reading.sources.place(found.span).file)
        .collect();
    assert_eq!(files, ["includes/_words.md"]);
}

#[test]
fn a_table_names_the_addresses_to_call() {
    let reading = read(
        "",
        "# Start\n\n### Environments\n\nBase URL | Environment\n--- | ---\n`https://api.parcels.test` | Production\n`https://try.parcels.test` | Development\n\n# Parcels\n\n## Read\n\n`GET /parcels/{id}`\n",
    );
    let clusters = &reading.inferred.spec.api.hosts["api"].clusters;
    let clusters: Vec<_> = clusters
        .iter()
        .map(|(name, host)| (name.as_str(), host.as_str()))
        .collect();
    assert_eq!(
        clusters,
        [
            ("default", "api.parcels.test"),
            ("development", "try.parcels.test")
        ]
    );
    assert_eq!(count(&reading, Code::UnusedTable), 0);
}

#[test]
fn a_host_may_have_a_part_of_the_callers_own() {
    let host =
        |reading: &Reading| reading.inferred.spec.api.hosts["api"].clusters["default"].clone();
    let command = "```shell\ncurl https://{account}.parcels.test/v1/parcels/7\n```\n\n";
    for (page, want) in [
        (
            "`GET https://<account>.parcels.test/v1/parcels/{id}`\n".to_owned(),
            "{account}.parcels.test",
        ),
        (
            format!("{command}`GET /parcels/{{id}}`\n"),
            "{account}.parcels.test/v1",
        ),
        // Nothing is known of these but that there is a host.
        (
            "`GET https://{host}/parcels/{id}`\n".to_owned(),
            "localhost",
        ),
        (
            "`GET https://{host}.test/parcels/{id}`\n".to_owned(),
            "localhost",
        ),
        (
            "`GET https://parcels.{zone}/parcels/{id}`\n".to_owned(),
            "localhost",
        ),
    ] {
        let reading = read("", &format!("# Parcels\n\n## Read\n\n{page}"));
        assert_eq!(host(&reading), want, "{page}");
        let assumed = count(&reading, Code::AssumedHost);
        assert_eq!(assumed, usize::from(want == "localhost"), "{page}");
    }
}

fn typed(written: &str) -> (String, bool) {
    let reading = read(
        "",
        &format!(
            "# Parcels\n\n## Read\n\n`GET /parcels/7`\n\n### Response\n\nField | Type | Description\n--- | --- | ---\nthing | {written} | What is in it\n"
        ),
    );
    let known = count(&reading, Code::UnknownType) == 0;
    (answer(&reading)[0].1.to_owned(), known)
}

#[test]
fn a_type_may_name_several_kinds_and_what_a_list_holds() {
    for (written, want) in [
        ("String or null", "string"),
        ("Integer or Number", "number"),
        ("integer\\|string", "string"),
        ("unsigned or object", "any"),
        ("array/object", "any"),
        ("mixed", "any"),
        ("date/time", "datetime"),
        ("unsigned", "integer"),
        ("Array of Strings", "list<string>"),
        ("array<integer>", "list<integer>"),
        ("Boolean[]", "list<boolean>"),
        ("[date]", "list<date>"),
        ("list of things", "list<any>"),
    ] {
        assert_eq!(typed(written), (want.to_owned(), true), "{written}");
    }
}

#[test]
fn what_a_row_says_of_the_items_of_a_list_counts_against_a_sample() {
    let reading = read(
        "",
        "# Parcels\n\n## Read\n\n`GET /parcels/7`\n\n```json\n{\"zones\": [\"90210\", \"10115\"], \"halls\": [1, 2]}\n```\n\n### Response\n\nField | Type | Description\n--- | --- | ---\nzones | string[] | Where it goes\nhalls | array of numbers | Where it is\n",
    );
    assert_eq!(
        answer(&reading),
        [("zones", "list<string>"), ("halls", "list<number>")]
    );
}

#[test]
fn a_sentence_says_what_the_table_below_it_is_about() {
    let page = |method: &str, sentence: &str, table: &str| {
        read(
            "",
            &format!(
                "# Parcels\n\n## Do\n\n`{method} /parcels`\n\n#### About it\n\n{sentence}\n\n{table}\n"
            ),
        )
    };
    let names = "| Field |\n|:-|\n| note |\n| weight |\n";
    let reading = page(
        "POST",
        "The following fields may be set with this request:",
        names,
    );
    let body: Vec<_> = params(&reading)
        .into_iter()
        .map(|(name, place, _)| (name, place))
        .collect();
    assert_eq!(body, [("note", In::Body), ("weight", In::Body)]);
    let counted = "|| Type | Description |\n|:-|:-|:-|\n| **count** | int | How many |\n";
    let reading = page("GET", "This request returns a single field:", counted);
    assert_eq!(answer(&reading), [("count", "integer")]);
    assert!(params(&reading).is_empty());
    // What is set elsewhere is no parameter, and a table without a word above it may be anything.
    let settings = "Setting | Description\n--- | ---\nAUTO | Does it at once\n";
    for sentence in ["These can be set by the following settings:", "More."] {
        let reading = page("POST", sentence, settings);
        assert!(params(&reading).is_empty(), "{sentence}");
        assert_eq!(count(&reading, Code::UnusedTable), 1, "{sentence}");
    }
}

#[test]
fn a_part_of_the_path_is_none_of_the_body_though_an_object_in_it_has_its_name() {
    let reading = read(
        "",
        "# Parcels\n\n## Change\n\n```shell\ncurl https://parcels.test/parcels/7 -X PUT -d '{\"box\": {\"id\": \"b\"}}'\n```\n\n`PUT https://parcels.test/parcels/{id}`\n\n### URI Parameters\n\nParameter | Required | Description\n--- | --- | ---\nid | true | Its number\n\n### Request Parameters\n\nAttribute | Required | Description\n--- | --- | ---\nbox.id | true | The box\n",
    );
    let places: Vec<_> = params(&reading)
        .into_iter()
        .map(|(name, place, _)| (name, place))
        .collect();
    assert_eq!(places, [("id", In::Path), ("id", In::Body)]);
    assert_eq!(request(&reading).len(), 1);
    assert_eq!(count(&reading, Code::WrongPlace), 0);
}

#[test]
fn an_object_that_only_rows_name_is_no_wrapper_of_the_others() {
    let reading = read(
        "",
        "# Parcels\n\n## Make\n\n`POST /parcels`\n\n### Request Schema\n\nAttribute | Type | Description\n--- | --- | ---\nnote | string | In words\nbox.id | string | The box\nweight | number | In kilos\n",
    );
    let names: Vec<_> = request(&reading)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["box", "note", "weight"]);
}

#[test]
fn a_header_or_a_heading_says_that_a_body_is_a_form() {
    let rows = "Parameter | Description\n--- | ---\nnote | In words\n";
    for (page, want) in [
        (
            format!(
                "```http\nPOST /parcels HTTP/1.1\nHost: parcels.test\nContent-Type: application/x-www-form-urlencoded\n```\n\n`POST /parcels`\n\n### Parameters\n\n{rows}"
            ),
            Some(Encoding::Form),
        ),
        (
            format!(
                "```shell\ncurl -X POST https://parcels.test/parcels -H 'Content-Type: multipart/form-data'\n```\n\n`POST /parcels`\n\n### Parameters\n\n{rows}"
            ),
            Some(Encoding::Multipart),
        ),
        (
            format!("`POST /parcels`\n\n### Form Parameters\n\n{rows}"),
            Some(Encoding::Form),
        ),
        (
            format!(
                "`POST /parcels`\n\n```shell\ncurl -X POST https://parcels.test/parcels -d '{{\"note\": \"x\"}}'\n```\n\n### Form Parameters\n\n{rows}"
            ),
            None,
        ),
    ] {
        let reading = read("", &format!("# Parcels\n\n## Make\n\n{page}"));
        assert_eq!(operation(&reading).encoding, want, "{page}");
        assert_eq!(params(&reading)[0].1, In::Body, "{page}");
    }
}

#[test]
fn the_ending_of_a_possessive_is_no_word_of_a_name() {
    for (title, want) in [
        ("Get a Parcel's Image", "parcels.get_image"),
        ("List the customer’s boxes", "parcels.list_customer_boxes"),
        ("Don't send", "parcels.don_t_send"),
    ] {
        let reading = read(
            "",
            &format!("# Parcels\n\n## {title}\n\n`GET /parcels/7`\n"),
        );
        assert_eq!(operation(&reading).id, want, "{title}");
    }
}

#[test]
fn placeholders_of_one_name_are_told_apart() {
    let reading = read(
        "",
        "# Events\n\n## Read\n\n`GET /agencies/<ID>/projects/<ID>/events.json`\n\n### URL Parameters\n\nName | Description\n--- | ---\nID | The agency\nID | The project\n",
    );
    let path = "/agencies/{agency_ID}/projects/{ID}/events.json";
    assert_eq!(operation(&reading).path, path);
    let params = &operation(&reading).params;
    let docs: Vec<_> = params
        .iter()
        .map(|param| (param.name.as_str(), param.doc.as_str()))
        .collect();
    assert_eq!(docs, [("agency_ID", "The agency"), ("ID", "The project")]);
    assert_eq!(count(&reading, Code::BadUrl), 1);
    assert_eq!(count(&reading, Code::DuplicateParameter), 0);
}

#[test]
fn a_chapter_may_be_one_call_beside_others_that_hold_several() {
    let reading = read(
        "",
        "# Profile\n\nWho calls.\n\n### HTTP Request\n\n`GET https://parcels.test/profile`\n\n### Headers\n\n`Authorization: x`\n\n```json\n{\"id\": 1}\n```\n\n# Parcels\n\n## List\n\n### HTTP Request\n\n`GET https://parcels.test/parcels`\n",
    );
    let entities = reading.inferred.spec.entities.iter();
    let paths: Vec<_> = entities
        .flat_map(|entity| &entity.operations)
        .map(|operation| operation.path.as_str())
        .collect();
    assert_eq!(paths, ["/profile", "/parcels"]);
}

#[test]
fn a_table_of_statuses_in_the_index_is_about_all_calls() {
    let reading = read(
        "",
        &format!("# Start\n\n## Answers\n\n{STATUSES}# Parcels\n\n## List\n\n`GET /parcels`\n"),
    );
    let codes: Vec<_> = reading
        .inferred
        .spec
        .api
        .codes
        .iter()
        .map(|code| code.code)
        .collect();
    assert_eq!(codes, [200, 404]);
    assert_eq!(count(&reading, Code::UnusedTable), 0);
}

#[test]
fn an_answer_to_a_refused_call_says_nothing_of_what_a_call_gives() {
    let fine = "> Fine (200)\n\n```json\n{\"id\": \"p7\"}\n```\n\n";
    let refused = |label: &str, body: &str| format!("{label}\n\n```json\n{body}\n```\n\n");
    let error = "{\"Code\": \"x\", \"Message\": \"y\"}";
    for (samples, left) in [
        (refused("> Access is denied (403)", error), 1),
        (refused("> 404 Not Found", error), 1),
        (refused("", &format!("HTTP/1.1 500 Oops\n\n{error}")), 1),
        (refused("> Example error response", error), 1),
        (refused("### Error response", error), 1),
        // What is like another answer may be one, whatever it is called.
        (
            refused("> Failed delivery", "{\"id\": \"8\", \"at\": \"x\"}"),
            0,
        ),
    ] {
        let page = format!(
            "# Parcels\n\n## Drop\n\n`DELETE /parcels/{{id}}`\n\n### Responses\n\n{fine}{samples}"
        );
        let reading = read("", &page);
        let mut names: Vec<_> = answer(&reading).into_iter().map(|(name, _)| name).collect();
        names.retain(|name| *name != "at");
        assert_eq!(names, ["id"], "{samples}");
        assert_eq!(operation(&reading).request, None, "{samples}");
        let found = reading.diagnostics.iter();
        let found = found
            .filter(|found| found.message.contains("refused"))
            .count();
        assert_eq!(found, left, "{samples}");
    }
}

#[test]
fn a_label_that_says_nothing_stands_below_a_heading_that_does() {
    let reading = read(
        "",
        "# Parcels\n\n## Check\n\n`PATCH /parcels/{id}`\n\n### Request Body\n\n> With a note\n\n```json\n{\"note\": \"x\"}\n```\n\n### Responses\n\n> The parcel is there\n\n```json\n{\"id\": \"p7\"}\n```\n",
    );
    assert_eq!(request(&reading), [("note", "string")]);
    assert_eq!(answer(&reading), [("id", "string")]);
    assert_eq!(count(&reading, Code::UnlabelledSample), 0);
}

#[test]
fn words_in_a_block_of_a_shell_say_what_the_document_below_them_is() {
    let reading = read(
        "",
        "# Parcels\n\n## Make\n\n```shell\ncurl -X POST https://parcels.test/parcels -d '{\"note\": \"x\"}'\n```\n\n```shell\nExample response:\n\n{\n  \"id\": \"p7\"\n}\n```\n\n`POST https://parcels.test/parcels`\n",
    );
    assert_eq!(request(&reading), [("note", "string")]);
    assert_eq!(answer(&reading), [("id", "string")]);
    assert_eq!(count(&reading, Code::UnusedSample), 0);
}

#[test]
fn a_type_may_stand_behind_a_name() {
    let reading = read(
        "",
        "# Parcels\n\n## Make\n\n`POST /parcels`\n\n### Request Body\n\nProperty | Type | Required?\n--- | --- | ---\nnote: string (up to 256 letters) | string (256 letters) | yes\n",
    );
    assert_eq!(request(&reading), [("note", "string")]);
    assert_eq!(count(&reading, Code::BadParameterRow), 0);
}

#[test]
fn documents_in_one_block_go_the_way_that_their_remarks_say() {
    let reading = read(
        "",
        "# Hooks\n\n## POST /hooks\n\n```json\n// Sample payload for request\n{\n  \"uri\": \"x\"\n}\n// Sample response\n{\n  \"id\": \"h7\",\n  \"more\": [{\"a\": \"b\"}, ...other things..., ]\n}\n```\n",
    );
    assert_eq!(request(&reading), [("uri", "string")]);
    let names: Vec<_> = answer(&reading).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["id", "more"]);
    assert!(answer(&reading)[1].1.starts_with("list<"));
    assert_eq!(count(&reading, Code::UnlabelledSample), 0);
}

#[test]
fn a_part_of_a_path_may_have_several_values_or_one_in_brackets() {
    for (path, want, names) in [
        (
            "/files/{name}.{type}",
            "/files/{name}.{type}",
            &["name", "type"][..],
        ),
        ("/range/{from}-{to}", "/range/{from}-{to}", &["from", "to"]),
        ("/Parcels({id})", "/Parcels({id})", &["id"]),
        ("/Parcels(id='{key}')", "/Parcels(id='{key}')", &["key"]),
        ("/parcels/$id/notes", "/parcels/{id}/notes", &["id"]),
    ] {
        let reading = read("", &format!("# Parcels\n\n## Read\n\n`GET {path}`\n"));
        assert_eq!(operation(&reading).path, want);
        let params: Vec<_> = params(&reading)
            .into_iter()
            .map(|(name, place, _)| (name, place))
            .collect();
        let all: Vec<_> = names.iter().map(|name| (*name, In::Path)).collect();
        assert_eq!(params, all, "{path}");
    }
}

#[test]
fn a_call_whose_address_cannot_be_read_is_reported() {
    let reading = read(
        "",
        "# Parcels\n\n## Read\n\n`GET /parcels`\n\n# Boxes\n\n## Read\n\n`GET /boxes/^x`\n",
    );
    assert_eq!(reading.inferred.spec.entities.len(), 1);
    assert_eq!(count(&reading, Code::BadUrl), 1);
}
