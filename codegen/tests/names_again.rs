//! Published names of facts that stand twice, come back, are spelt otherwise, or have another number.

use crate::support::pages;
use crate::support::settings;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pages::document;
use settings::settings;
use slate_codegen::emit::OutFile;
use slate_codegen::names::{Names, Section};
use slate_codegen::{Settings, files, read_docs};

/// A section that sends something and shows an answer.
fn section(heading: &str, path: &str, rows: &str, answer: &str) -> String {
    format!(
        "## {heading}\n> Sample Response\n\n```json\n{{\"response\": {{\"item\": {answer}}}}}\n```\n\n### Resource \
         Information\n| | |\n--- | ---\nURI | {path}\nHTTP Method | GET\n\n### Request Query Parameters\nParameter | Type | \
         Description\n--- | --- | ---\n{rows}\n"
    )
}

/// What is published after `gen` ran on one page after the other, from no names on.
fn after(pages: &[&str]) -> Names {
    let mut names = Names::default();
    for page in pages {
        names = generate(page, names);
        let again = generate(page, names.clone());
        assert_eq!(again, names, "a second run changes names: {page}");
    }
    names
}

fn generate(page: &str, names: Names) -> Names {
    let files = made(page, names);
    let text = files.iter().find(|file| file.path == "spec/names.yaml");
    Names::parse("names.yaml", &text.unwrap().text).unwrap()
}

fn made(page: &str, names: Names) -> Vec<OutFile> {
    let settings = Settings {
        names,
        ..settings()
    };
    let page = format!("# Parcel\n\n{page}");
    let reading = read_docs(&document(&[("parcel", &page)]), &settings).unwrap();
    files(&reading, &settings).unwrap_or_else(|error| panic!("{error}"))
}

/// Facts and names of a section of the file.
fn of(names: &Names, section: Section) -> BTreeMap<String, String> {
    let all = names.iter().filter(|(of, ..)| *of == section);
    all.map(|(_, _, fact, published)| (fact.to_owned(), published.name.clone()))
        .collect()
}

/// The name of the operation whose heading the docs have, by that heading and what it shows.
fn called(names: &Names, heading: &str, shows: &str) -> String {
    let (operations, shown) = (of(names, Section::Operations), of(names, Section::Shown));
    let headings = of(names, Section::Headings);
    let fits = |fact: &&String| {
        headings.get(*fact).is_some_and(|known| known == heading)
            && (shows.is_empty() || shown.get(*fact).is_some_and(|known| known == shows))
    };
    let facts: Vec<&String> = operations.keys().filter(fits).collect();
    assert_eq!(facts.len(), 1, "{operations:?} {headings:?} {shown:?}");
    operations[facts[0]].clone()
}

const ID: &str = "id | string | The id\n";

#[test]
fn a_section_that_stands_twice_is_told_by_what_it_shows() {
    let weighs = section(
        "Get Parcel",
        "parcel/get",
        ID,
        r#"{"id": "1", "weight": 5}"#,
    );
    let measures = section(
        "Get Parcel",
        "parcel/get",
        ID,
        r#"{"id": "1", "height": 5}"#,
    );
    let (weight, height) = ("id -> id, weight", "id -> height, id");
    let once = after(&[&weighs]);
    assert_eq!(called(&once, "get parcel", ""), "get");
    // Whichever comes first.
    for both in [format!("{weighs}{measures}"), format!("{measures}{weighs}")] {
        let names = after(&[&weighs, &both]);
        assert_eq!(called(&names, "get parcel", weight), "get");
        assert_ne!(called(&names, "get parcel", height), "get");
    }
    // What a section had before, and has no more, is no reason to take it for another.
    let more = format!("{ID}depth | int | How deep\n");
    let deep = section(
        "Get Parcel",
        "parcel/get",
        &more,
        r#"{"id": "1", "weight": 5}"#,
    );
    let names = after(&[&deep, &format!("{weighs}{measures}")]);
    assert_eq!(called(&names, "get parcel", weight), "get");
    let names = after(&[&deep, &format!("{weighs}{weighs}")]);
    assert_eq!(of(&names, Section::Operations).len(), 2);
}

#[test]
fn a_section_that_comes_back_has_its_name() {
    let update = section("Update Parcel", "parcel/update", ID, r#"{"id": "1"}"#);
    let notes = section(
        "Update Parcel Notes",
        "parcel/update",
        "note | string | The note\n",
        r#"{"note": "a"}"#,
    );
    let other = section("Find Parcel", "parcel/find", ID, r#"{"id": "1"}"#);
    let both = format!("{update}{notes}");
    let own = |names: &Names| {
        let kept = [
            ("update parcel", "update"),
            ("update parcel notes", "update_notes"),
        ];
        let headings = of(names, Section::Headings);
        for (heading, name) in kept {
            if headings.values().any(|known| known == heading) {
                assert_eq!(called(names, heading, ""), name);
            }
        }
    };
    for pages in [
        [&update, &both, &notes, &update],
        [&update, &both, &other, &update],
        [&update, &both, &other, &both],
        [&both, &other, &notes, &both],
    ] {
        own(&after(&pages.map(String::as_str)));
    }
    // While it was away another section of its own name and place may have come: that one has it then.
    let moved = section("Update Parcel", "parcel/change", ID, r#"{"id": "1"}"#);
    let names = after(&[&update, &moved]);
    assert_eq!(called(&names, "update parcel", ""), "update");
}

#[test]
fn a_name_on_the_wire_that_is_spelt_otherwise_is_the_same() {
    let answer = |name: &str| format!(r#"{{"{name}": "1"}}"#);
    let rows = |name: &str| format!("{name} | string | The id\nkind | string | Of which kind\n");
    let page = |name: &str| section("Get Parcel", "parcel/get", &rows(name), &answer(name));
    let names = after(&[&page("parcelId"), &page("parcel_id"), &page("ParcelID")]);
    let parameters = of(&names, Section::Parameters);
    assert_eq!(parameters["query ParcelID"], "parcel_id");
    assert_eq!(parameters.len(), 2, "{parameters:?}");
    let fields = of(&names, Section::AnswerFields);
    assert_eq!(fields["ParcelID"], "parcel_id");
    // Two spellings at once are two.
    let two = format!("{}parcel_id | string | Another\n", rows("parcelId"));
    let two = section("Get Parcel", "parcel/get", &two, &answer("parcelId"));
    let names = after(&[&page("parcelId"), &two]);
    let parameters = of(&names, Section::Parameters);
    assert_eq!(parameters["query parcelId"], "parcel_id");
    assert_eq!(parameters["query parcel_id"], "parcel_id2");
}

#[test]
fn the_name_of_a_code_goes_with_what_the_code_means() {
    let page = |codes: &[(u32, &str)]| {
        let mut page = section("Get Parcel", "parcel/get", ID, r#"{"id": "1"}"#);
        page.push_str("### Response Codes\nCode | Description\n--- | ---\n");
        for (number, message) in codes {
            writeln!(page, "{number} | {message}").unwrap();
        }
        page
    };
    let first = page(&[(1001, "Parcel missing"), (1002, "Weight invalid")]);
    let codes = |pages: &[&str]| of(&after(pages), Section::Codes);
    // Another number.
    let other = page(&[(1001, "Parcel missing"), (1003, "Weight invalid")]);
    let now = codes(&[&first, &other]);
    assert_eq!(
        (now["1001"].as_str(), now["1003"].as_str()),
        ("ParcelMissing", "WeightInvalid")
    );
    assert_eq!(codes(&[&first, &other, &first]), codes(&[&first]));
    // Mixed up.
    let mixed = page(&[(1001, "Weight invalid"), (1002, "Parcel missing")]);
    let now = codes(&[&first, &mixed]);
    assert_eq!(
        (now["1001"].as_str(), now["1002"].as_str()),
        ("WeightInvalid", "ParcelMissing")
    );
    // In other words is the same; the words of another that has its own are no reason.
    let reworded = page(&[(1001, "Weight invalid"), (1002, "Weight invalid")]);
    let now = codes(&[&first, &reworded]);
    assert_eq!(
        (now["1001"].as_str(), now["1002"].as_str()),
        ("ParcelMissing", "WeightInvalid")
    );
}

#[test]
fn two_names_are_swapped_and_neither_has_an_alias() {
    let drop = section("Drop Parcel", "parcel/drop", ID, r#"{"id": "1"}"#);
    let send = section("Send Parcel", "parcel/send", ID, r#"{"id": "1"}"#);
    let page = format!("{drop}{send}");
    let yaml = after(&[&page]).to_yaml().unwrap();
    let edited = |drop: &str, send: &str| {
        let yaml = yaml.replace("/drop: drop\n", &format!("/drop: {{{drop}}}\n"));
        let yaml = yaml.replace("/send: send\n", &format!("/send: {{{send}}}\n"));
        Names::parse("names.yaml", &yaml).unwrap()
    };
    // Swapped, and one pushed away by the other: whose name is free has its alias, and no other.
    for (drop, send, aliases) in [
        (
            "name: send, was: [drop]",
            "name: drop, was: [send]",
            &[][..],
        ),
        (
            "name: send, was: [drop]",
            "name: throw, was: [send]",
            &["`send`", "`send`"],
        ),
    ] {
        let files = made(&page, edited(drop, send));
        let text = |path: &str| {
            let file = files.iter().find(|file| file.path == path);
            file.unwrap_or_else(|| panic!("no {path}")).text.as_str()
        };
        let code = text("generated/src/parcel/send/mod.rs");
        assert!(code.contains("parcel/drop"), "{code}");
        let all: String = files.iter().map(|file| file.text.as_str()).collect();
        let notes: Vec<&str> = all
            .split("note = \"renamed to ")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert_eq!(notes, aliases);
        let names = Names::parse("names.yaml", text("spec/names.yaml")).unwrap();
        assert_eq!(generate(&page, names.clone()), names);
    }
}
