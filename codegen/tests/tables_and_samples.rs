//! Tables and samples that no words announce tell of each other what they are about.

use crate::support::plain;

use plain::read;
use slate_codegen::Reading;
use slate_codegen::diagnostics::Code;
use slate_codegen::read::facts::Role;
use slate_codegen::spec::{Basis, Field, In, Operation, Required};

fn operation(reading: &Reading) -> &Operation {
    &reading.inferred.spec.entities[0].operations[0]
}

/// Names of the parameters, and where they are sent.
fn params(reading: &Reading) -> Vec<(&str, In)> {
    let params = operation(reading).params.iter();
    params
        .map(|param| (param.name.as_str(), param.place))
        .collect()
}

/// The fields of the type that one of the two sides has.
fn fields<'r>(reading: &'r Reading, side: Option<&str>) -> Vec<&'r Field> {
    let entity = &reading.inferred.spec.entities[0];
    let found = side.and_then(|name| entity.types.get(name));
    found.map_or_else(Vec::new, |ty| ty.fields.iter().flatten().collect())
}

fn answer(reading: &Reading) -> Vec<(&str, &str, &str)> {
    let side = operation(reading).response.as_deref();
    let fields = fields(reading, side).into_iter();
    fields
        .map(|field| {
            let doc = field.doc.as_str();
            (field.name.as_str(), field.ty.as_str(), doc)
        })
        .collect()
}

fn finds(reading: &Reading, code: Code) -> bool {
    reading.diagnostics.iter().any(|found| found.code == code)
}

const READ: &str = "## Read\n\n`GET /parcels/{id}`\n\n```json\n{\"id\": 7, \"weight\": 3, \"label\": \"P7\"}\n```\n\n";

#[test]
fn a_table_of_members_that_the_answer_has_is_about_the_answer() {
    for heading in ["### Its members\n\n", "### About a parcel\n\n"] {
        let reading = read(
            "",
            &format!(
                "# Parcels\n\n{READ}{heading}Field | Description\n--- | ---\nid | Its number\nweight | In kilos\n"
            ),
        );
        assert_eq!(
            answer(&reading),
            [
                ("id", "integer", "Its number"),
                ("weight", "integer", "In kilos"),
                ("label", "string", "")
            ],
            "{heading}"
        );
        assert_eq!(params(&reading), [("id", In::Path)], "{heading}");
        assert!(!finds(&reading, Code::UnusedTable), "{heading}");
    }
}

#[test]
fn a_column_that_is_no_description_says_what_it_is() {
    let reading = read(
        "",
        &format!("# Parcels\n\n{READ}field | unit\n--- | ---\nweight | kilos\n"),
    );
    assert_eq!(answer(&reading)[1].2, "unit: kilos");
    // What fits no sample has no use.
    let reading = read(
        "",
        &format!("# Parcels\n\n{READ}size | side\n--- | ---\nS | 10\nL | 60\n"),
    );
    assert!(finds(&reading, Code::UnusedTable));
}

#[test]
fn what_is_called_a_parameter_is_sent() {
    let list = "## List\n\n`GET /parcels`\n\n```json\n[{\"id\": 7, \"label\": \"P7\"}]\n```\n\n";
    for table in [
        "### Available parameters\n\nName | Description\n--- | ---\nlabel | Only those with it\n",
        "### Narrow it down\n\nParameter | Description\n--- | ---\nlabel | Only those with it\nfrom | The first\nto | The last\n",
    ] {
        let reading = read("", &format!("# Parcels\n\n{list}{table}"));
        assert_eq!(params(&reading)[0], ("label", In::Query), "{table}");
        assert!(!finds(&reading, Code::UnusedTable), "{table}");
    }
}

/// The words of the docs, and then the answer to a call that sends something.
fn sent(sample: &str, more: &str) -> Reading {
    read(
        "",
        &format!(
            "# Parcels\n\n## Send\n\n```json\n{sample}\n```\n\n### HTTP request\n\n`POST /parcels`\n\n### Parameters\n\n\
             Param | Description\n--- | ---\nlabel | What is on it\nweight | In kilos\n\n{more}"
        ),
    )
}

#[test]
fn an_unlabelled_sample_is_on_the_side_whose_table_has_its_members() {
    let answers =
        "### Responses\n\nField | Description\n--- | ---\nid | Its number\nlabel | What is on it\n";
    for (sample, more, want) in [
        ("{\"id\": 7}", answers, Role::Response),
        ("{\"id\": 7}", "", Role::Response),
        // An envelope, with what both sides have in it.
        (
            "{\"code\": \"20\", \"data\": {\"label\": \"P7\", \"weight\": 3}}",
            answers,
            Role::Response,
        ),
        ("{\"label\": \"P7\", \"weight\": 3}", answers, Role::Request),
        ("{\"label\": \"P7\", \"weight\": 3}", "", Role::Request),
        ("{\"parcel\": {\"label\": \"P7\"}}", answers, Role::Request),
    ] {
        let reading = sent(sample, more);
        let roles = operation(&reading).samples.iter();
        let roles: Vec<Role> = roles.map(|sample| sample.role).collect();
        assert_eq!(roles, [want], "{sample} {more}");
        assert!(finds(&reading, Code::UnlabelledSample), "{sample}");
    }
}

#[test]
fn a_sample_without_parameters_of_the_path_may_be_a_request() {
    let reading = read(
        "",
        "# Parcels\n\n## Label\n\n```json\n{\"text\": \"P7\"}\n```\n\n### HTTP request\n\n`PUT /shops/{shop}/parcels/{id}`\n\n\
         ### Parameters\n\nParam | Description\n--- | ---\nshop | Where it is\nid | Its number\n",
    );
    assert_eq!(operation(&reading).samples[0].role, Role::Request);
}

#[test]
fn parameters_of_a_call_that_nothing_shows_are_assumed_in_its_body() {
    let reading = sent("{\"id\": 7}", "");
    assert_eq!(
        params(&reading),
        [("label", In::Body), ("weight", In::Body)]
    );
    assert!(finds(&reading, Code::AssumedSending));
    // A request that is shown whole has no body.
    let reading = read(
        "",
        "# Parcels\n\n## Send\n\n```html\nhttps://parcels.test/parcels?label=P7\n```\n\n### HTTP request\n\n`POST /parcels`\n\n\
         ### Parameters\n\nParam | Description\n--- | ---\nlabel | What is on it\nweight | In kilos\n",
    );
    assert_eq!(
        params(&reading),
        [("label", In::Query), ("weight", In::Query)]
    );
}

#[test]
fn numbers_of_chapters_are_no_part_of_names() {
    let reading = read(
        "",
        "# Parcels\n\n## 1 Send\n\n`POST /parcels`\n\n## 2.1 Read one\n\n`GET /parcels/{id}`\n\n## 3D views\n\n`GET /views`\n",
    );
    let operations = reading.inferred.spec.entities[0].operations.iter();
    let ids: Vec<&str> = operations.map(|operation| operation.id.as_str()).collect();
    assert_eq!(
        ids,
        ["parcels.send", "parcels.read_one", "parcels.n3d_views"]
    );
}

#[test]
fn strong_words_in_front_of_a_remark_are_no_members() {
    let reading = read(
        "",
        &format!(
            "# Parcels\n\n{READ}### Response\n\n__Note__: ask again later.\n\n**Important**: once a day.\n\nlabel: what is on it\n"
        ),
    );
    assert_eq!(
        answer(&reading),
        [
            ("id", "integer", ""),
            ("weight", "integer", ""),
            ("label", "string", "what is on it")
        ]
    );
}

/// Docs with tables of objects in front of the operations that have them.
fn shop() -> Reading {
    read(
        "",
        "# Parcels\n\n## Parcel properties\n\nAttribute | Type | Description\n--- | --- | ---\n\
         id | integer | Its number. *read-only*\nlabel | string | What is on it. *mandatory*\nweight | number | In kilos\nfragile | boolean | Whether it breaks\n\
         from | object | See [Sender](#from-properties)\nto | object | Who gets it\nmarks | array | Its marks\n\n\
         ### Parcel - To properties\n\nAttribute | Type | Description\n--- | --- | ---\nstreet | string | Where they live\ntown | string | Its name\n\n\
         ### Parcel - From properties\n\nAttribute | Type | Description\n--- | --- | ---\nstreet | string | Where it comes from\ntown | string | Its name\n\n\
         ## Sizes of boxes\n\nName | Description\n--- | ---\nS | Small ones\nL | Large ones\n\n\
         ## Create a parcel\n\n`POST /parcels`\n\n> Request\n\n```json\n{\"label\": \"P7\", \"weight\": 3}\n```\n\n> Response\n\n\
         ```json\n{\"id\": 7, \"label\": \"P7\", \"weight\": 3, \"from\": {\"street\": \"Canal Street\", \"town\": \"T\"}, \"to\": {\"street\": \"Mill Lane\", \"town\": \"T\"}}\n```\n\n\
         ## Read a parcel\n\n`GET /parcels/{id}`\n\n> Response\n\n\
         ```json\n{\"id\": 7, \"label\": \"P7\", \"weight\": 3, \"from\": {\"street\": \"Canal Street\", \"town\": \"T\"}, \"to\": {\"street\": \"Mill Lane\", \"town\": \"T\"}}\n```\n\n\
         ### Response fields\n\nField | Type | Description\n--- | --- | ---\nweight | number | In pounds here\n\n\
         ## Read a depot\n\n`GET /depots/{id}`\n\n> Response\n\n```json\n{\"id\": 7, \"open\": true, \"town\": \"T\", \"boxes\": 3}\n```\n",
    )
}

/// The fields of a type, with their types and docs.
fn of<'r>(reading: &'r Reading, name: &str) -> Vec<(&'r str, &'r str, &'r str)> {
    let fields = fields(reading, Some(name)).into_iter();
    fields
        .map(|field| {
            let doc = field.doc.as_str();
            (field.name.as_str(), field.ty.as_str(), doc)
        })
        .collect()
}

#[test]
fn a_table_outside_of_operations_describes_the_objects_that_samples_show() {
    let reading = shop();
    let operations = &reading.inferred.spec.entities[0].operations;
    let answers: Vec<&str> = operations
        .iter()
        .filter_map(|operation| operation.response.as_deref())
        .collect();
    let created = of(&reading, answers[0]);
    assert_eq!(created[0], ("id", "integer", "Its number. *read-only*"));
    assert_eq!(created[2], ("weight", "number", "In kilos"));
    // What two tables fit is what the title of one of them names.
    for (name, street) in [("from", "Where it comes from"), ("to", "Where they live")] {
        let member = created.iter().find(|field| field.0 == name).unwrap();
        assert_eq!(of(&reading, member.1)[0], ("street", "string", street));
    }
    // A row of the operation itself says more.
    assert_eq!(
        of(&reading, answers[1])[2],
        ("weight", "number", "In pounds here")
    );
    // Two members in common are not enough where each has others.
    assert!(
        of(&reading, answers[2])
            .iter()
            .all(|field| field.2.is_empty())
    );
    let codes = [Code::ObjectTable, Code::UnusedTable].map(|code| {
        let found = reading.diagnostics.iter();
        found.filter(|finding| finding.code == code).count()
    });
    assert_eq!(codes, [3, 1]);
}

#[test]
fn a_table_that_says_what_is_read_only_says_what_can_be_sent() {
    let reading = shop();
    let create = operation(&reading);
    let request = fields(&reading, create.request.as_deref());
    let sent: Vec<(&str, &str, bool)> = request
        .iter()
        .map(|field| {
            let needed = field.required == Required::True;
            (field.name.as_str(), field.ty.as_str(), needed)
        })
        .collect();
    assert_eq!(
        sent[..2],
        [("label", "string", true), ("weight", "number", false)]
    );
    assert_eq!(sent[2], ("fragile", "boolean", false));
    assert_eq!(*sent.last().unwrap(), ("marks", "list<any>", false));
    assert!(sent.iter().all(|field| field.0 != "id"), "{sent:?}");
    assert_eq!(request[2].basis["place"], Basis::Assumed);
}

#[test]
fn rows_on_what_has_no_names_are_left_out() {
    for sample in [
        "[[1, 3], [2, 5]]",
        "[\"P7\", \"P8\"]",
        "{\"code\": 20, \"data\": [[1, 3], [2, 5]]}",
    ] {
        let reading = read(
            "",
            &format!(
                "# Parcels\n\n## Weights\n\n`GET /weights`\n\n```json\n{sample}\n```\n\n### Response\n\nField | Description\n--- | ---\n\
                 time | When it was weighed\nweight | In kilos\n"
            ),
        );
        let (found, any) = match operation(&reading).response.as_deref() {
            Some("list<any>" | "list<string>") => (Vec::new(), "list<any>"),
            side => (fields(&reading, side), "list<any>"),
        };
        assert!(
            found
                .iter()
                .all(|field| !["time", "weight"].contains(&field.name.as_str())),
            "{sample}: {found:?}"
        );
        assert!(found.is_empty() || found[1].ty == any, "{found:?}");
        let findings = reading.diagnostics.iter();
        let findings = findings.filter(|finding| finding.code == Code::UnplacedField);
        assert_eq!(findings.count(), 1, "{sample}");
    }
}

#[test]
fn a_sentence_says_which_object_an_answer_is() {
    let table = "## The parcel object\n\nAttribute | Type | Description\n--- | --- | ---\nid | integer | Its number\nlabel | string | What is on it\n\n";
    for (said, want) in [
        (
            "Returns the [parcel](#the-parcel-object).",
            Some("ReadResponse"),
        ),
        (
            "The response is a list of [parcels](#the-parcel-object).",
            Some("list<ReadResponse>"),
        ),
        ("Needs a [parcel](#the-parcel-object).", None),
        ("Returns a [box](#the-box-object).", None),
    ] {
        let page = format!("# Parcels\n\n{table}## Read\n\n`GET /parcels/{{id}}`\n\n{said}\n");
        let reading = read("", &page);
        let response = operation(&reading).response.as_deref();
        assert_eq!(response, want, "{said}");
        if response.is_some() {
            assert_eq!(
                of(&reading, "ReadResponse"),
                [
                    ("id", "integer", "Its number"),
                    ("label", "string", "What is on it")
                ]
            );
        }
        assert_eq!(finds(&reading, Code::ObjectTable), want.is_some(), "{said}");
    }
    // What is shown counts.
    let shown = "Returns the [parcel](#the-parcel-object).\n\n```json\n{\"done\": true}\n```\n";
    let page = format!("# Parcels\n\n{table}## Read\n\n`GET /parcels/{{id}}`\n\n{shown}");
    let reading = read("", &page);
    assert_eq!(of(&reading, "ReadResponse").len(), 1);
}

#[test]
fn a_dialect_says_what_a_row_without_a_mark_is() {
    let page = "# Parcels\n\n## Send\n\n`POST /parcels`\n\n### Parameters\n\nName | Description\n--- | ---\n\
                label | What is on it\nweight | *[Optional]* In kilos\n\n\
                ### Query parameters\n\nName | Required | Description\n--- | --- | ---\ntown | yes | Where to\nshop | | From where\n";
    let needed = |dialect: &str| -> Vec<(String, bool)> {
        let reading = read(dialect, page);
        let params = operation(&reading).params.iter();
        params
            .map(|param| (param.name.clone(), param.required == Required::True))
            .collect()
    };
    let of = |label: bool| {
        [
            ("label", label),
            ("weight", false),
            ("town", true),
            ("shop", false),
        ]
        .map(|(name, needed)| (name.to_owned(), needed))
    };
    assert_eq!(needed(""), of(false));
    // Where a table calls one required, the others are not.
    assert_eq!(needed("unmarked: required\n"), of(true));
}

#[test]
fn a_dialect_says_whether_quotes_are_meant() {
    let page = "# Parcels\n\n## Read\n\n`GET /parcels/{id}`\n\n```json\n{\"version\": \"2.0\", \"amount\": \"70.50\", \"open\": \"true\", \"stated\": \"3\", \"count\": 3}\n```\n\n\
                ### Response\n\nField | Type | Description\n--- | --- | ---\nstated | integer | How many\n";
    let types = |dialect: &str| -> Vec<String> {
        let reading = read(dialect, page);
        let side = operation(&reading).response.as_deref();
        let types = fields(&reading, side).into_iter();
        types.map(|field| field.ty.clone()).collect()
    };
    assert_eq!(
        types("names: {quoted: text}\n"),
        ["string", "string", "string", "integer", "integer"]
    );
    let usual = types("");
    assert_eq!(usual[1..3], ["number", "boolean"]);
}

#[test]
fn a_member_whose_name_has_control_characters_is_left_out_with_a_finding() {
    let reading = read(
        "",
        "# Parcels\n\n## Read\n\n`GET /parcels`\n\n```json\n{\"id\": 7, \"we\\u001dight\": 3, \"to\": {\"a\\u001eb\": 1, \"town\": \"Ulm\"}}\n```\n",
    );
    let names: Vec<&str> = answer(&reading)
        .into_iter()
        .map(|(name, ..)| name)
        .collect();
    assert_eq!(names, ["id", "to"]);
    assert!(finds(&reading, Code::RepairedSample));
}
