//! Types that several messages have: emitted once, named again where they are used, and kept where they are.

use crate::support::pages;
use crate::support::settings;

use pages::document;
use settings::settings;
use slate_codegen::emit::OutFile;
use slate_codegen::names::{Names, Section};
use slate_codegen::{Settings, files, read_docs};

/// An operation that shows a body and an answer.
fn section(heading: &str, path: &str, sent: &str, given: &str) -> String {
    format!(
        "## {heading}\n> Sample Request\n\n```json\n{{\"root\": {sent}}}\n```\n\n> Sample Response\n\n```json\n{{\"response\": \
         {{\"status\": {{\"success\": \"true\", \"code\": 200, \"message\": \"Success\"}}, {given}}}}}\n```\n\n### Resource \
         Information\n| | |\n--- | ---\nURI | {path}\nHTTP Method | POST\n\n### Request URL\n`https://{{host}}/v1.1/{path}`\n\n"
    )
}

const FIELDS: &str =
    r#"{"parcel": {"number": "7", "custom_fields": {"field": [{"name": "a", "value": "b"}]}}}"#;
const SIZED: &str = r#""parcel": {"number": "7", "size": {"height": 1.5, "width": 2.5}}"#;

fn generate(pages: &[(&str, &str)], names: Names) -> Vec<OutFile> {
    let settings = Settings {
        names,
        ..settings()
    };
    let reading = read_docs(&document(pages), &settings).unwrap();
    files(&reading, &settings).unwrap_or_else(|error| panic!("{error}"))
}

fn find<'f>(files: &'f [OutFile], path: &str) -> Option<&'f str> {
    let file = files.iter().find(|file| file.path == path)?;
    Some(&file.text)
}

fn text<'f>(files: &'f [OutFile], path: &str) -> &'f str {
    find(files, path).unwrap_or_else(|| panic!("there is no {path}"))
}

fn published(files: &[OutFile]) -> Names {
    Names::parse("names.yaml", text(files, "spec/names.yaml")).unwrap()
}

fn parcels() -> String {
    format!(
        "# Parcel\n\n{}{}{}",
        section("Send parcel", "parcel/send", FIELDS, SIZED),
        section("Move parcel", "parcel/move", FIELDS, SIZED),
        section(
            "Weigh parcel",
            "parcel/weigh",
            r#"{"parcel": {"number": "7"}}"#,
            r#""scale": {"size": {"height": 1.5, "width": 2.5, "depth": 3.5}}"#,
        ),
    )
}

fn letters() -> String {
    format!(
        "# Letter\n\n{}",
        section(
            "Send letter",
            "letter/send",
            FIELDS,
            r#""letter": {"number": "7"}"#
        )
    )
}

#[test]
fn what_one_entity_has_stands_in_its_types_and_what_several_have_in_those_of_the_crate() {
    let (parcels, letters) = (parcels(), letters());
    let files = generate(
        &[("parcel", &parcels), ("letter", &letters)],
        Names::default(),
    );
    let of_crate = text(&files, "generated/src/types.rs");
    assert!(of_crate.contains("pub struct CustomField {"), "{of_crate}");
    assert!(text(&files, "generated/src/lib.rs").contains("pub mod types;"));
    let of_entity = text(&files, "generated/src/parcel/types.rs");
    assert!(of_entity.contains("pub struct Size {"), "{of_entity}");
    assert!(!of_entity.contains("pub struct CustomField"), "{of_entity}");
    assert!(text(&files, "generated/src/parcel/mod.rs").contains("pub mod types;"));
    // The letter shares nothing within its entity: its module names what it shares with others.
    let of_letter = text(&files, "generated/src/letter/types.rs");
    assert!(
        of_letter.contains("pub use crate::types::{CustomField"),
        "{of_letter}"
    );
    assert!(!of_letter.contains("struct"), "{of_letter}");
    for operation in ["send", "move_"] {
        let request = text(
            &files,
            &format!("generated/src/parcel/{operation}/request.rs"),
        );
        assert!(
            request.contains("pub use crate::types::{CustomField"),
            "{request}"
        );
        assert!(!request.contains("struct CustomField"), "{request}");
        let answer = text(
            &files,
            &format!("generated/src/parcel/{operation}/response.rs"),
        );
        assert!(
            answer.contains("pub use crate::parcel::types::"),
            "{answer}"
        );
        assert!(!answer.contains("struct Size"), "{answer}");
    }
    // One more member is another type, and stays where it is.
    let other = text(&files, "generated/src/parcel/weigh/response.rs");
    assert!(other.contains("pub struct Size {"), "{other}");
    assert!(other.contains("pub depth:"), "{other}");
}

#[test]
fn a_type_that_is_sent_can_be_built_and_one_that_is_only_read_has_no_setters() {
    let (parcels, letters) = (parcels(), letters());
    let files = generate(
        &[("parcel", &parcels), ("letter", &letters)],
        Names::default(),
    );
    assert!(text(&files, "generated/src/types.rs").contains("impl CustomField {"));
    assert!(!text(&files, "generated/src/parcel/types.rs").contains("impl Size {"));
}

#[test]
fn names_and_paths_stay_when_others_come_to_share_a_type() {
    let parcels = parcels();
    let alone = generate(&[("parcel", &parcels)], Names::default());
    let before = text(&alone, "generated/src/parcel/types.rs");
    assert!(before.contains("pub struct CustomField {"), "{before}");

    // Another entity has it, too: it goes to the crate, and can be found where it was.
    let letters = letters();
    let both = generate(
        &[("parcel", &parcels), ("letter", &letters)],
        published(&alone),
    );
    let after = text(&both, "generated/src/parcel/types.rs");
    assert!(
        after.contains("pub use crate::types::{CustomField,"),
        "{after}"
    );
    assert!(text(&both, "generated/src/types.rs").contains("pub struct CustomField {"));

    // And back.
    let again = generate(&[("parcel", &parcels)], published(&both));
    assert!(text(&again, "generated/src/parcel/types.rs").contains("CustomField"));
    let twice = generate(&[("parcel", &parcels)], published(&again));
    assert_eq!(again, twice);
}

#[test]
fn a_type_that_only_one_message_has_left_is_its_own_again() {
    let parcels = parcels();
    let files = generate(&[("parcel", &parcels)], Names::default());
    let one = parcels.find("## Move parcel").unwrap();
    let two = parcels.find("## Weigh parcel").unwrap();
    let less = format!("{}{}", &parcels[..one], &parcels[two..]);
    let alone = generate(&[("parcel", &less)], Names::default());
    let next = generate(&[("parcel", &less)], published(&files));
    let rust = |files: &[OutFile]| -> Vec<OutFile> {
        let rust = files.iter().filter(|file| file.path.contains("/src/"));
        rust.cloned().collect()
    };
    assert_eq!(rust(&next), rust(&alone));
    let answer = text(&next, "generated/src/parcel/send/response.rs");
    assert!(answer.contains("pub struct Size {"), "{answer}");
}

#[test]
fn a_type_that_becomes_two_leaves_its_name_to_the_one_with_more_places() {
    let page = |last: &str| {
        format!(
            "# Parcel\n\n{}{}{}",
            section("Send parcel", "parcel/send", FIELDS, SIZED),
            section("Move parcel", "parcel/move", FIELDS, SIZED),
            section("Lift parcel", "parcel/lift", FIELDS, last),
        )
    };
    let files = generate(&[("parcel", &page(SIZED))], Names::default());
    let names = published(&files);
    let shared = |names: &Names| -> Vec<(String, String)> {
        names
            .iter()
            .filter(|(section, ..)| *section == Section::Shared)
            .map(|(_, _, fact, published)| (fact.to_owned(), published.name.clone()))
            .collect()
    };
    let other = r#""parcel": {"number": "7", "size": {"inches": "3"}}"#;
    let next = generate(&[("parcel", &page(other))], names.clone());
    let types = text(&next, "generated/src/parcel/types.rs");
    assert!(types.contains("pub struct Size {"), "{types}");
    assert!(types.contains("pub height:"), "{types}");
    assert!(!types.contains("pub inches:"), "{types}");
    // Nothing that was published is another by now, and going back gives what was.
    let after = published(&next);
    for entry in shared(&names) {
        assert!(shared(&after).contains(&entry), "{entry:?}");
    }
    let back = generate(&[("parcel", &page(SIZED))], after);
    let there = |files: &[OutFile], path: &str| find(files, path).map(str::to_owned);
    for path in ["types", "lift/response", "send/response"] {
        let path = format!("generated/src/parcel/{path}.rs");
        assert_eq!(there(&back, &path), there(&files, &path), "{path}");
    }
}

#[test]
fn a_path_of_an_operation_stays_when_another_message_changes() {
    let page = |last: &str| {
        format!(
            "# Parcel\n\n{}{}",
            section("Send parcel", "parcel/send", FIELDS, SIZED),
            section("Move parcel", "parcel/move", FIELDS, last),
        )
    };
    let files = generate(&[("parcel", &page(SIZED))], Names::default());
    let other = r#""parcel": {"number": "7", "size": {"inches": "3"}}"#;
    let next = generate(&[("parcel", &page(other))], published(&files));
    let sent = text(&next, "generated/src/parcel/send/response.rs");
    assert!(sent.contains("pub struct Size {"), "{sent}");
    assert!(sent.contains("pub height:"), "{sent}");
    let moved = text(&next, "generated/src/parcel/move_/response.rs");
    assert!(moved.contains("pub inches:"), "{moved}");
    let back = generate(&[("parcel", &page(SIZED))], published(&next));
    assert_eq!(
        text(&back, "generated/src/parcel/types.rs"),
        text(&files, "generated/src/parcel/types.rs")
    );
}

/// An operation that asks for one of two identifiers, and has an order.
fn asked(heading: &str, path: &str, identifiers: &str, order: &str) -> String {
    format!(
        "## {heading}\n### Resource Information\n| | |\n--- | ---\nURI | {path}\nHTTP Method | GET\n\n### Request URL\n\
         `https://{{host}}/v1.1/{path}?number=7`\n\n### Request Query Parameters\nParameter | Type | Description\n--- | --- | \
         ---\n{identifiers}{order} | enum | In which order. Values: `asc`, `desc`.\n\n> Sample Response\n\n```json\n{{\"response\": \
         {{\"status\": {{\"success\": \"true\", \"code\": 200, \"message\": \"Success\"}}}}}}\n```\n\nAny one of the \
         parameters marked with * is mandatory.\n\n"
    )
}

#[test]
fn choices_and_values_that_several_calls_have_are_one_type() {
    let parcels = format!(
        "# Parcel\n\n{}{}{}",
        asked(
            "Find parcel",
            "parcel/find",
            "number* | string | Its number\nbarcode* | string | Its barcode\n",
            "order"
        ),
        // Another order of the rows is the same choice.
        asked(
            "Track parcel",
            "parcel/track",
            "barcode* | string | The code on its label\nnumber* | string | Its number\n",
            "sort_order"
        ),
        // A number that is no text is another one.
        asked(
            "Count parcels",
            "parcel/count",
            "number* | int | Its number\nbarcode* | string | Its barcode\n",
            "kind"
        ),
    );
    let files = generate(&[("parcel", &parcels)], Names::default());
    let types = text(&files, "generated/src/parcel/types.rs");
    assert_eq!(types.matches("pub enum").count(), 2, "{types}");
    let identifier = types
        .find("pub enum By {")
        .unwrap_or_else(|| panic!("{types}"));
    let identifier = &types[identifier..];
    assert!(identifier.contains("/// `number`: Its number"), "{types}");
    assert!(identifier.contains("Barcode(String),"), "{types}");
    assert!(types.contains("pub enum Order {"), "{types}");
    let find = text(&files, "generated/src/parcel/find/mod.rs");
    assert!(
        find.contains("pub use crate::parcel::types::{By, Order};"),
        "{find}"
    );
    assert!(
        find.contains("By::Number(value) => call.query(\"number\", &value)"),
        "{find}"
    );
    assert!(
        find.contains("call.instead_of(\"number\", &value)"),
        "{find}"
    );
    let track = text(&files, "generated/src/parcel/track/mod.rs");
    let names = "pub use crate::parcel::types::{By, Order as SortOrder};";
    assert!(track.contains(names), "{track}");
    assert!(
        track.contains("call.instead_of(\"barcode\", &value)"),
        "{track}"
    );
    let count = text(&files, "generated/src/parcel/count/mod.rs");
    assert!(count.contains("pub enum By {"), "{count}");
    assert!(count.contains("Number(i64),"), "{count}");
    // A kind is no order, whatever its values.
    assert!(count.contains("pub enum Kind {"), "{count}");
}
