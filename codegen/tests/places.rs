//! Where fields stand in a message, and what they are: rules that take tables and samples together.

use crate::support::pages;
use crate::support::settings;

use std::collections::BTreeMap;

use pages::document;
use settings::settings;
use slate_codegen::spec::{Entity, TypeDef};
use slate_codegen::{Reading, read_docs};

/// A section of a page: samples with their rows.
struct Section<'a> {
    title: &'a str,
    method: &'a str,
    request: (&'a str, &'a str),
    response: (&'a str, &'a str),
}

const EMPTY: Section<'static> = Section {
    title: "Send Parcel",
    method: "POST",
    request: ("", ""),
    response: ("", ""),
};

fn section(section: &Section<'_>) -> String {
    let sample = |label: &str, text: &str| match text {
        "" => String::new(),
        text => format!("> Sample {label}\n\n```json\n{text}\n```\n\n"),
    };
    let table = |heading: &str, rows: &str| match rows {
        "" => String::new(),
        rows => format!(
            "### {heading} Parameters\nParameter | Datatype | Description\n--- | --- | ---\n{rows}\n"
        ),
    };
    [
        format!("## {}\n\n", section.title),
        sample("Request", section.request.0),
        sample("Response", section.response.0),
        "### Resource Information\n| | |\n--- | ---\n".to_owned(),
        format!(
            "URI | parcel/{}\n",
            section.title.to_lowercase().replace(' ', "_")
        ),
        format!("HTTP Method | {}\n\n", section.method),
        table("Request Body", section.request.1),
        table("Response", section.response.1),
    ]
    .concat()
}

fn read(sections: &[Section<'_>]) -> Reading {
    let sections: Vec<String> = sections.iter().map(section).collect();
    let page = format!("# Parcel\n\n{}", sections.join("\n"));
    read_docs(&document(&[("parcel", page)]), &settings()).unwrap()
}

/// The fields of a message by their places. Objects are braces, enumerations their values.
fn fields(reading: &Reading, operation: usize, answer: bool) -> BTreeMap<String, String> {
    let entity = &reading.inferred.spec.entities[0];
    let operation = &entity.operations[operation];
    let message = if answer {
        &operation.response
    } else {
        &operation.request
    };
    let mut out = BTreeMap::new();
    if let Some(message) = message {
        walk(entity, message, "", &mut out);
    }
    out
}

fn walk(entity: &Entity, ty: &str, above: &str, out: &mut BTreeMap<String, String>) {
    let Some(TypeDef {
        fields: Some(fields),
        ..
    }) = entity.types.get(inner(ty))
    else {
        return;
    };
    for field in fields {
        let place = match above {
            "" => field.name.clone(),
            above => format!("{above}.{}", field.name),
        };
        let shown = match entity.types.get(inner(&field.ty)) {
            Some(def) => match &def.values {
                Some(values) => values.join("/"),
                None => "{}".to_owned(),
            },
            None => inner(&field.ty).to_owned(),
        };
        let list = if field.ty.starts_with("list<") {
            "[]"
        } else {
            ""
        };
        out.insert(place.clone(), format!("{shown}{list}"));
        walk(entity, &field.ty, &place, out);
    }
}

fn inner(ty: &str) -> &str {
    ty.trim_start_matches("list<").trim_end_matches('>')
}

#[track_caller]
fn assert_fields(fields: &BTreeMap<String, String>, expected: &[(&str, &str)]) {
    for (place, ty) in expected {
        let found = fields.get(*place).map_or("-", String::as_str);
        assert_eq!(found, *ty, "{place} in {fields:#?}");
    }
}

#[test]
fn an_empty_list_is_filled_from_the_other_direction_of_its_operation() {
    let define = Section {
        title: "Define Mark",
        response: (
            r#"{"response": {"parcel": [{"marks": {"mark": [{"colour": "red", "rule": "x"}]}}]}}"#,
            "",
        ),
        ..EMPTY
    };
    let send = Section {
        request: (
            r#"{"root": {"parcel": [{"marks": {"mark": [{"name": "a", "text": "b"}]}}]}}"#,
            "",
        ),
        response: (r#"{"response": {"parcel": [{"marks": [], "id": 1}]}}"#, ""),
        ..EMPTY
    };
    let reading = read(&[define, send]);
    let answer = fields(&reading, 1, true);
    assert_fields(
        &answer,
        &[
            ("response.parcel.marks.mark.name", "string"),
            ("response.parcel.marks.mark.colour", "-"),
        ],
    );
}

#[test]
fn a_wrapper_alone_does_not_say_what_it_holds() {
    let list = |key: &str, item: &str| {
        format!(r#"{{"response": {{"{key}": {{"depots": {{"depot": [{item}]}}}}, "id": 1}}}}"#)
    };
    let notes = list("notes", r#"{"note": "closed"}"#);
    let more_notes = list("notes", "");
    let visits = list("visits", "");
    let of = |title, response| Section {
        title,
        method: "GET",
        response: (response, ""),
        ..EMPTY
    };
    let reading = read(&[
        of("Get Notes", notes.as_str()),
        of("Get Visits", visits.as_str()),
        of("Get Old Notes", more_notes.as_str()),
    ]);
    assert_fields(
        &fields(&reading, 1, true),
        &[("response.visits.depots.depot", "any[]")],
    );
    assert_fields(
        &fields(&reading, 2, true),
        &[("response.notes.depots.depot.note", "string")],
    );
}

#[test]
fn an_empty_element_among_objects_is_an_object_of_its_name() {
    let send = Section {
        response: (
            r#"{"response": {"parcels": {"parcel": {"id": 1, "effects": {"effect": "paid"}, "other": {"note": "x"}}},
                "effects": "", "texts": {"line": 1, "other": ""}}}"#,
            "",
        ),
        ..EMPTY
    };
    let answer = fields(&read(&[send]), 0, true);
    assert_fields(
        &answer,
        &[
            ("response.effects.effect", "string"),
            ("response.texts.other", "string"),
        ],
    );
}

#[test]
fn rows_that_stand_together_elsewhere_stay_together() {
    let rows = |last: &str| {
        format!(
            "price | double | Price of the parcel.\nweight | double | Weight of the current item.\nheight | double | Height of the current item.\nprice | double | {last}"
        )
    };
    let (send, quote) = (
        rows("Price of it after rebate."),
        rows("What it really costs."),
    );
    let send = Section {
        request: (
            r#"{"root": {"parcel": [{"price": 9.5, "items": {"item": [{"weight": 1.5, "height": 2.5, "price": 3.5}]}}]}}"#,
            &send,
        ),
        ..EMPTY
    };
    let quote = Section {
        title: "Quote Parcel",
        request: (
            r#"{"root": {"parcel": [{"price": 9.5, "voucher": {"price": 1.5, "text": "x"}}]}}"#,
            &quote,
        ),
        ..EMPTY
    };
    let reading = read(&[send, quote]);
    let params = &reading.inferred.spec.entities[0].operations[1].params;
    let places: Vec<&str> = params
        .iter()
        .filter_map(|param| param.at.as_deref())
        .collect();
    assert_eq!(
        places,
        [
            "root.parcel[].price",
            "root.parcel[].items.item[].weight",
            "root.parcel[].items.item[].height",
            "root.parcel[].items.item[].price",
        ]
    );
}

#[test]
fn a_row_that_names_several_objects_above_it_is_about_each() {
    let send = Section {
        request: (
            r#"{"root": {"parcel": [{"id": 1, "addon_items": {"item": [{"code": "a"}]}, "gift_items": {"item": [{"code": "b"}]},
                "other_items": {"item": [{"code": "c"}]}}]}}"#,
            "id | int | Id.\nother_items | obj | What else there is.\naddon_items | obj | What is added.\ngift_items | obj | What is given.\n\
             code | string | Code of the add-on or gift.\nweight | double | Weight of the add-on or gift.\nprice | double | Price of the parcel.\n",
        ),
        ..EMPTY
    };
    let reading = read(&[send]);
    let request = fields(&reading, 0, false);
    assert_fields(
        &request,
        &[
            ("root.parcel.addon_items.item.weight", "number"),
            ("root.parcel.gift_items.item.weight", "number"),
            ("root.parcel.other_items.item.weight", "-"),
        ],
    );
    let params = &reading.inferred.spec.entities[0].operations[0].params;
    let places = |name: &str| params.iter().filter(|param| param.name == name).count();
    assert_eq!(
        (places("code"), places("weight"), places("price")),
        (2, 2, 1)
    );
}

#[test]
fn values_of_a_row_hold_elsewhere_only_if_samples_have_no_others() {
    let body = |value: &str| {
        format!(
            r#"{{"root": {{"parcel": [{{"kind": "BOX", "size": "L", "items": {{"item": [{{"kind": "{value}", "id": 1}}]}},
                "labels": {{"label": [{{"kind": "box", "id": 1}}, {{"kind": "TUBE", "id": 2}}]}}}}]}}}}"#
        )
    };
    let rows = "kind* | enum | Kind of the parcel, `BOX` or `TUBE`. Also used at label level and at item level (`soft` for cloth and `hard` for the rest).\n\
                size | string | Size.\n";
    let (known, other) = (body("soft"), body("liquid"));
    let send = |title, body| Section {
        title,
        request: (body, rows),
        ..EMPTY
    };
    let reading = read(&[send("Send Parcel", &known), send("Send Other", &other)]);
    let place = "root.parcel.items.item.kind";
    assert_fields(
        &fields(&reading, 0, false),
        &[
            ("root.parcel.kind", "BOX/TUBE"),
            ("root.parcel.labels.label.kind", "BOX/TUBE"),
            (place, "soft/hard"),
        ],
    );
    assert_fields(&fields(&reading, 1, false), &[(place, "string")]);
}

#[test]
fn one_stray_list_makes_no_list() {
    let send = Section {
        request: (
            r#"{"root": {"parcel": [{"tag": "a", "days": 1}, {"tag": ["b", "c"], "days": [1, 2]}]}}"#,
            "tag | string | Tag.\ndays | array | Days.\nstops | array | Ids of the stops. For example, [727, 237].\n",
        ),
        ..EMPTY
    };
    let reading = read(&[send]);
    assert_fields(
        &fields(&reading, 0, false),
        &[
            ("root.parcel.tag", "string"),
            ("root.parcel.days", "integer[]"),
            ("root.parcel.stops", "integer[]"),
        ],
    );
    let said = reading
        .diagnostics
        .iter()
        .filter(|finding| finding.message.contains("tag is stated as one value"));
    assert_eq!(said.count(), 1);
}

#[test]
fn what_the_request_url_fixes_is_the_default() {
    let page = "# Parcel\n\n## Count Parcels\n\n### Resource Information\n| | |\n--- | ---\nURI | parcel/count?kind=0&day={day}\nHTTP Method | GET\n\n\
                ### Request URL\n`https://{host}/v1.1/parcel/count?kind=0&day={day}`\n";
    let reading = read_docs(&document(&[("parcel", page)]), &settings()).unwrap();
    let params = &reading.inferred.spec.entities[0].operations[0].params;
    let of = |name: &str| {
        let param = params.iter().find(|param| param.name == name).unwrap();
        (param.default.clone(), param.values.clone())
    };
    assert_eq!(of("kind"), (Some("0".to_owned()), vec!["0".to_owned()]));
    assert_eq!(of("day"), (None, Vec::new()));
}

#[test]
fn what_tables_agree_on_holds_where_there_is_no_row() {
    let send = Section {
        request: (
            r#"{"root": {"parcel": [{"id": 1, "packed_at": "2024-01-02 10:00:00"}]}}"#,
            "id | int | Id.\npacked_at | date-time | When it was packed.\n",
        ),
        ..EMPTY
    };
    let again = Section {
        title: "Send Again",
        request: (
            r#"{"root": {"parcel": [{"id": 1, "packed_at": "2024-01-02"}]}}"#,
            "id | int | Id.\n",
        ),
        response: (
            r#"{"response": {"parcel": [{"id": 1, "packed_at": "2024-01-02"}]}}"#,
            "",
        ),
        ..EMPTY
    };
    let reading = read(&[send, again]);
    assert_fields(
        &fields(&reading, 1, false),
        &[("root.parcel.packed_at", "datetime")],
    );
    assert_fields(
        &fields(&reading, 1, true),
        &[("response.parcel.packed_at", "date")],
    );
}
