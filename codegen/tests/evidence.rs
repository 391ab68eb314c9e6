//! What counts as evidence for a fact, and what does not: commands and sentences, parts of lists, names, blank texts.

use crate::support::pages;
use crate::support::parts;
use crate::support::settings;

use pages::document;
use parts::{answer, first};
use settings::settings;
use slate_codegen::diagnostics::Code;
use slate_codegen::slate::Texts;
use slate_codegen::spec::{Basis, Effect, Required, Spec};
use slate_codegen::{Reading, read_docs};

fn read(page: &str) -> Reading {
    let page = format!("# Parcel\n\n{page}");
    read_docs(&document(&[("parcel", &page)]), &settings()).unwrap()
}

fn finds(reading: &Reading, code: Code, words: &str) -> bool {
    let mut all = reading.diagnostics.iter();
    all.any(|finding| finding.code == code && finding.message.contains(words))
}

/// A section with this request line, and what follows it.
fn lined(line: &str, more: &str) -> String {
    format!("## Find Parcel\n\nFinds it.\n\n### Request URL\n\n{line}\n\n{more}\n")
}

/// A section whose sample answer is this.
fn answering(json: &str, rows: &str) -> String {
    format!(
        "## Find Parcel\n\n> Sample Response\n\n```json\n{json}\n```\n\nFinds it.\n\n### Resource Information\n| | |\n--- | ---\n\
         URI | parcel/find\nHTTP Method | GET\n\n{rows}\n"
    )
}

#[test]
fn a_command_or_a_sentence_is_no_other_address() {
    let line = "`GET https://{host}/v1.1/parcel/find`";
    for more in [
        "```\ncurl https://api.example.com/v1.1/parcel/find\n```",
        "```\nwget -q https://api.example.com/parcels\n```",
        "`See https://docs.example.com/help/parcels`",
        "```\nPlease read https://docs.example.com/help first\n```",
    ] {
        let reading = read(&lined(line, more));
        let found = first(&reading);
        assert_eq!(found.path, "/v1.1/parcel/find", "{more}");
        assert!(
            found.alternatives.is_empty(),
            "{more}: {:?}",
            found.alternatives
        );
    }
}

#[test]
fn a_word_that_is_no_method_is_no_part_of_the_path() {
    for verb in ["TRACE", "PURGE", "SEARCH"] {
        let reading = read(&lined(
            &format!("`{verb} https://{{host}}/v1.1/parcel/find`"),
            "",
        ));
        let found = first(&reading);
        assert_eq!(found.path, "/v1.1/parcel/find", "{verb}");
        assert_eq!(found.basis["method"], Basis::Assumed, "{verb}");
        assert_ne!(found.effect, Effect::Read, "{verb}");
        assert!(finds(&reading, Code::BadUrl, "no method of HTTP"), "{verb}");
    }
}

#[test]
fn a_body_does_not_say_which_method_it_is_sent_by() {
    let page = "## Add Parcel\n\n> Sample Request\n\n```json\n{\"root\": {\"parcel\": {\"size\": 3}}}\n```\n\nAdds it.\n\n\
        ### Request URL\n\n`https://{host}/v1.1/parcel/add`\n";
    let reading = read(page);
    assert_eq!(first(&reading).method, "POST");
    assert_eq!(first(&reading).basis["method"], Basis::Assumed);
    assert!(finds(&reading, Code::AssumedFact, "by which method"));
}

/// A page with these sections, below this index.
fn below(index: &str, sections: &str) -> Reading {
    let page = format!("# Parcel\n\n{sections}");
    let texts = Texts(vec![
        ("index.html.md".to_owned(), index.into()),
        ("includes/_parcel.md".to_owned(), page.into_bytes()),
    ]);
    read_docs(&texts, &settings()).unwrap()
}

/// An index that says nothing of versions.
const INDEX: &str = "---\ntitle: Parcels\nincludes:\n  - parcel\n---\n\n# Introduction\n";

/// The path of a section with this row, line and row for its version, where the index names none.
fn versioned(row: &str, line: &str) -> Reading {
    let page = format!(
        "## Find Parcel\n\nFinds it.\n\n### Resource Information\n| | |\n--- | ---\nURI | {row}\nAPI Version | v3\nHTTP Method | GET\n{}",
        if line.is_empty() {
            String::new()
        } else {
            format!("\n### Request URL\n`{line}`\n")
        }
    );
    below(INDEX, &page)
}

#[test]
fn a_row_with_a_version_speaks_where_the_index_has_none() {
    let alone = versioned("parcel/find", "");
    assert_eq!(first(&alone).path, "/v3/parcel/find");
    assert!(!finds(&alone, Code::PathConflict, "version"));
    let other = versioned("parcel/find", "https://{host}/v2/parcel/find");
    assert_eq!(first(&other).path, "/v2/parcel/find");
    assert!(finds(
        &other,
        Code::PathConflict,
        "\"v3\" is not in the path"
    ));
    let none = versioned("parcel/find", "https://api.example.com/parcel/find");
    assert_eq!(first(&none).path, "/parcel/find");
    assert!(finds(
        &none,
        Code::PathConflict,
        "\"v3\" is not in the path"
    ));
}

#[test]
fn what_stands_for_more_items_is_none() {
    let rows = "### Response Parameters\nParameter | Datatype | Description\n--- | --- | ---\nsize | int | How big.\n";
    for more in ["\"...\"", "\"…\"", "null", "[]", "[\"...\"]"] {
        let json =
            format!(r#"{{"response": {{"parcels": [{{"size": 3, "label": "P"}}, {more}]}}}}"#);
        let reading = read(&answering(&json, rows));
        assert_eq!(
            answer(&reading, "response.parcels.size").0,
            "integer",
            "{more}"
        );
        assert!(answer(&reading, "response.parcels").0.starts_with("list<"));
        let told = "a list of objects has something else among its items";
        assert!(finds(&reading, Code::RepairedSample, told), "{more}");
    }
    // A text that says something is an item.
    let mixed = r#"{"response": {"parcels": [{"size": 3}, "P8"]}}"#;
    assert_eq!(
        answer(&read(&answering(mixed, "")), "response.parcels").0,
        "list<any>"
    );
}

#[test]
fn what_the_items_of_a_list_have_is_no_wrapper() {
    for json in [
        r#"{"response": {"parcels": [{"parcel": "P7"}]}}"#,
        r#"{"response": {"parcels": [{"parcel": "P7"}, null]}}"#,
    ] {
        let reading = read(&answering(json, ""));
        assert!(
            answer(&reading, "response.parcels").0.starts_with("list<"),
            "{json}"
        );
        assert_eq!(
            answer(&reading, "response.parcels.parcel").0,
            "string",
            "{json}"
        );
        assert!(!finds(&reading, Code::SampleMismatch, "wrapper"), "{json}");
    }
}

#[test]
fn what_became_of_a_part_of_an_amount_is_an_amount() {
    let json = r#"{"response": {"points_summary": {"redeemed": 7, "expired": "3", "id": 12}, "round": {"closed": 4}}}"#;
    let rows = "### Response Parameters\nParameter | Datatype | Description\n--- | --- | ---\nredeemed | int | How many of them.\n";
    let reading = read(&answering(json, rows));
    let of = |path: &str| answer(&reading, path).0;
    assert_eq!(of("response.points_summary.redeemed"), "number");
    assert_eq!(of("response.points_summary.expired"), "number");
    // No points, and no part of them.
    assert_eq!(of("response.points_summary.id"), "integer");
    assert_eq!(of("response.round.closed"), "integer");
}

#[test]
fn words_at_the_end_of_a_name_are_whole_words() {
    let json = r#"{"response": {"rule": {"renew_value": 7, "new_value": 8, "oldValue": 9}}}"#;
    let reading = read(&answering(json, ""));
    let of = |path: &str| answer(&reading, path).0;
    assert_eq!(of("response.rule.renew_value"), "number");
    assert_eq!(of("response.rule.new_value"), "integer");
    assert_eq!(of("response.rule.oldValue"), "integer");
}

#[test]
fn that_a_text_is_blank_or_a_row_has_no_type_is_no_evidence() {
    let json = r#"{"response": {"parcel": {"remark": "", "label": null}}}"#;
    let rows =
        "### Response Parameters\nParameter | Description\n--- | ---\nlabel | What is on it.\n";
    let reading = read(&answering(json, rows));
    let assumed = ("string".to_owned(), Some(Basis::Assumed));
    assert_eq!(answer(&reading, "response.parcel.remark"), assumed);
    assert_eq!(answer(&reading, "response.parcel.label"), assumed);
    for name in ["remark", "label"] {
        assert!(finds(&reading, Code::AssumedType, name), "{name}");
    }
}

#[test]
fn days_and_points_in_time_are_points_in_time_elsewhere() {
    let json = r#"{"response": {"one": {"start_date": "2026-03-01"}, "two": {"start_date": "2026-03-01 10:00:00"}, "three": {"start_date": "20260301"}}}"#;
    let rows = "### Request Query Parameters\nParameter | Description\n--- | ---\nstart_date | The first day.\n";
    let reading = read(&answering(json, rows));
    let param = &first(&reading).params[0];
    assert_eq!(
        (param.name.as_str(), param.ty.as_str()),
        ("start_date", "datetime")
    );
    assert_eq!(param.basis["type"], Basis::Borrowed);
}

#[test]
fn the_url_of_a_sample_shows_values_of_what_no_row_has() {
    let sample = "> Sample Request URL\n\n```html\nGET https://eu.example.com/v1.1/parcel/find?stop=5\n```\n\n";
    let page = lined("`https://{host}/v1.1/parcel/find?stop={stop}`", "");
    let reading = read(&page.replace("Finds it.", &format!("{sample}Finds it.")));
    let param = &first(&reading).params[0];
    assert_eq!(
        (param.name.as_str(), param.ty.as_str()),
        ("stop", "integer")
    );
    assert_eq!(param.basis["type"], Basis::Shown);
}

#[test]
fn several_addresses_in_one_row_are_several_hosts() {
    let index = "---\ntitle: Parcels\nincludes:\n  - parcel\n---\n\n# Introduction\n\n| | |\n--- | ---\n\
        Host | https://eu.parcels.example.com/ or https://us.parcels.example.com/\n";
    let reading = below(index, &answering(r#"{"response": {"id": 7}}"#, ""));
    let Spec { api, .. } = &reading.inferred.spec;
    let families: Vec<_> = api.hosts.values().map(|family| &family.clusters).collect();
    let [clusters] = families[..] else {
        panic!("{families:?}");
    };
    let hosts: Vec<(&str, &str)> = clusters
        .iter()
        .map(|(name, host)| (name.as_str(), host.as_str()))
        .collect();
    assert_eq!(
        hosts,
        [
            ("eu", "eu.parcels.example.com"),
            ("us", "us.parcels.example.com")
        ]
    );
}

#[test]
fn a_name_with_another_type_than_nearly_everywhere_is_a_finding() {
    let section = |number: usize, ty: &str| {
        format!(
            "## Find Parcel {number}\n\nFinds it.\n\n### Resource Information\n| | |\n--- | ---\nURI | parcel/find{number}\nHTTP Method | GET\n\n\
             ### Request Query Parameters\nParameter | Datatype | Description\n--- | --- | ---\ndepot_no | {ty} | Where.\n\n"
        )
    };
    let pages = |types: &[&str]| -> Reading {
        let sections = types.iter().enumerate();
        read(
            &sections
                .map(|(number, ty)| section(number, ty))
                .collect::<String>(),
        )
    };
    let told = |reading: &Reading| {
        finds(
            reading,
            Code::DifferingType,
            "\"integer\" in 2 other places",
        )
    };
    assert!(told(&pages(&["int", "int", "string"])));
    assert!(!told(&pages(&["int", "int", "int"])));
    // Two places are no rule, flags are no values, and of two halves none is odd.
    for types in [
        &["int", "string"][..],
        &["int", "int", "bool"],
        &["int", "int", "string", "string"],
    ] {
        let reading = pages(types);
        let found: Vec<&str> = reading
            .diagnostics
            .iter()
            .filter(|finding| finding.code == Code::DifferingType)
            .map(|finding| finding.message.as_str())
            .collect();
        assert!(found.is_empty(), "{types:?}: {found:?}");
    }
}

#[test]
fn that_there_may_be_several_has_witnesses_of_its_own() {
    let two = |first: &str, second: &str| {
        let section = |title: &str, json: &str| answering(json, "").replace("Find Parcel", title);
        read(&format!(
            "{}{}",
            section("Find Parcel", first),
            section("Count Parcels", second)
        ))
    };
    let one = r#"{"response": {"stops": {"stop": {"town": "Ulm"}}}}"#;
    let several = r#"{"response": {"stops": {"stop": [{"town": "Ulm"}, {"town": "Bonn"}]}}}"#;
    let borrowed = two(one, several);
    let (ty, basis) = answer(&borrowed, "response.stops.stop");
    assert!(ty.starts_with("list<"), "{ty}");
    assert_eq!(basis, Some(Basis::Borrowed));
    assert!(finds(
        &borrowed,
        Code::BorrowedType,
        "nothing here shows several of response.stops.stop"
    ));
    let own = two(several, one);
    assert_eq!(answer(&own, "response.stops.stop").1, Some(Basis::Shown));
}

/// What is required of the query parameters of a section with these rows, and this text below them.
fn required(rows: &str, text: &str) -> Vec<(String, Required, Vec<String>)> {
    let page = lined(
        "`GET https://{host}/v1.1/parcel/find`",
        &format!(
            "### Request Query Parameters\nParameter | Datatype | Description\n--- | --- | ---\n{rows}\n\n{text}"
        ),
    );
    let reading = read(&page);
    let params = first(&reading).params.iter();
    params
        .map(|param| (param.name.clone(), param.required, param.group.clone()))
        .collect()
}

#[test]
fn behind_the_marks_of_a_legend_is_what_they_mean() {
    let rows = "label** | string | One.\ncode** | string | Other.\nsize* | int | How big.\n";
    let group = || vec!["label".to_owned(), "code".to_owned()];
    let expected = [
        ("label".to_owned(), Required::OneOf, group()),
        ("code".to_owned(), Required::OneOf, group()),
        ("size".to_owned(), Required::True, vec![]),
    ];
    for legend in [
        "`*` Mandatory. `**` Any one of these is mandatory.",
        "\\* Mandatory; \\*\\* any one of these is mandatory",
        "* `*` Required\n* `**` Any one is required",
        "`**` - any one of these, `*` - required",
    ] {
        assert_eq!(required(rows, legend), expected, "{legend}");
    }
    for free in [
        "`*` mandatory, `**` optional",
        "Parameters marked with `**` are optional, those marked with `*` are mandatory.",
        "`*` Mandatory. `**` Not mandatory.",
    ] {
        let found = required(rows, free);
        let found: Vec<Required> = found.into_iter().map(|(_, required, _)| required).collect();
        let wanted = [Required::False, Required::False, Required::True];
        assert_eq!(found, wanted, "{free}");
    }
}

#[test]
fn a_sentence_that_asks_for_nothing_makes_no_group() {
    let rows = "label | string | One.\ncode | string | Other.\n";
    for free in [
        "It is not mandatory to pass either label or code.",
        "Neither label nor code is required.",
    ] {
        let found = required(rows, free);
        assert!(
            found
                .iter()
                .all(|(_, required, _)| *required == Required::False),
            "{free}"
        );
    }
    let found = required(rows, "Either label or code is required.");
    assert!(
        found
            .iter()
            .all(|(_, required, _)| *required == Required::OneOf)
    );
}

#[test]
fn an_address_with_values_for_placeholders_is_no_other_path() {
    let paths = |example: &str| {
        let page = lined(
            "`GET /v1.1/parcels/{id}/stops`",
            &format!("`GET /v1.1/parcels/{example}/stops`"),
        );
        let found = first(&read(&page)).clone();
        found
            .alternatives
            .into_iter()
            .map(|other| other.path)
            .collect::<Vec<_>>()
    };
    for value in ["5bd6e9286d99522a52e458de", "77", "BOX", "BOX-7"] {
        assert!(paths(value).is_empty(), "{value}");
    }
    assert_eq!(paths("lookup"), ["/v1.1/parcels/lookup/stops"]);
}

#[test]
fn a_list_of_options_is_one_of_values_and_one_value_is_none() {
    let values = |doc: &str| {
        let page = lined(
            "`GET https://{host}/v1.1/parcel/find`",
            &format!(
                "### Request Query Parameters\nParameter | Datatype | Description\n--- | --- | ---\norder | string | {doc}\n"
            ),
        );
        first(&read(&page)).params[0].values.clone()
    };
    assert_eq!(
        values("How they are sorted. Options: `asc` and `desc`."),
        ["asc", "desc"]
    );
    assert_eq!(values("Sorting. Values: `asc`, `desc`."), ["asc", "desc"]);
    for one in [
        "How many. Maximum value: 300",
        "Where. Example value: 110019",
    ] {
        assert!(values(one).is_empty(), "{one}");
    }
}

#[test]
fn what_numbers_name_may_be_lists() {
    let json = r#"{"response": {"stops": {"7": [{"town": "Ulm"}], "9": []}}}"#;
    let reading = read(&answering(json, ""));
    let entity = &reading.inferred.spec.entities[0];
    let response = &entity.types[first(&reading).response.as_deref().unwrap()];
    let inner = response.fields.as_ref().unwrap()[0].ty.clone();
    let stops = &entity.types[&inner].fields.as_ref().unwrap()[0].ty;
    assert!(stops.starts_with("map<list<"), "{stops}");
}

#[test]
fn what_stands_in_place_of_a_value_says_nothing_against_its_row() {
    let page = "## Add Parcel\n\n> Sample Request\n\n```json\n{\"root\": {\"parcel\": {\"size\": \"<size of it>\", \"label\": \"7a\"}}}\n```\n\nAdds it.\n\n\
        ### Request URL\n\n`POST https://{host}/v1.1/parcel/add`\n\n### Request Body Parameters\nParameter | Datatype | Description\n--- | --- | ---\n\
        size | int | How big.\nlabel | int | What is on it.\n";
    let reading = read(page);
    let params: Vec<(&str, &str)> = first(&reading)
        .params
        .iter()
        .map(|param| (param.name.as_str(), param.ty.as_str()))
        .collect();
    // A value that is none of its type is one.
    assert_eq!(params, [("size", "integer"), ("label", "string")]);
    assert!(finds(&reading, Code::TypeConflict, "label"));
    assert!(!finds(&reading, Code::TypeConflict, "size"));
}

#[test]
fn a_slip_in_the_path_says_nothing_of_the_version() {
    let page = "## Pack Parcel\n\n> Sample Request URL\n\n```html\nhttps://eu.example.com/v3/parcel/pack\n```\n\nPacks it.\n\n\
        ### Resource Information\n| | |\n--- | ---\nURI | parcel/pak\nHTTP Method | POST\n";
    let reading = below(INDEX, page);
    assert_eq!(first(&reading).path, "/v3/parcel/pak");
    assert!(finds(&reading, Code::PathConflict, "/parcel/pack"));
}
