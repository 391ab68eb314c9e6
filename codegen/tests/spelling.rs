//! Slips of the pen: what is understood all the same, what mends them, and that no fact changes by it.

use crate::support::pages;
use crate::support::settings;

use pages::document;
use settings::settings;
use slate_codegen::diagnostics::{Code, Diagnostic};
use slate_codegen::{Reading, read_docs};

/// A page with this header and this type in its table of parameters.
fn page(header: &str, written: &str) -> String {
    format!(
        "# Parcel

## Get Parcel

### Resource Information
| | |
--- | ---
URI | parcel/get
HTTP Method | GET

### Request Query Parameters
{header}
--- | --- | ---
fragile | {written} | Whether it breaks.
"
    )
}

fn read(page: String) -> Reading {
    read_docs(&document(&[("parcel", page)]), &settings()).unwrap()
}

fn finding(reading: &Reading, code: Code) -> Option<&Diagnostic> {
    reading.diagnostics.iter().find(|one| one.code == code)
}

/// What the reading says of the operations, without their lines: columns move with the length of words.
fn facts(reading: &Reading) -> String {
    let spec = &reading.inferred.spec;
    let operations = spec.entities.iter().flat_map(|it| &it.operations);
    let params = operations.flat_map(|it| &it.params);
    let facts = params.map(|it| format!("{} {} {} {:?}\n", it.name, it.ty, it.doc, it.required));
    facts.collect()
}

/// The page after its edits for a kind of finding.
fn mended(page: &str, code: Code) -> String {
    let reading = read(page.to_owned());
    let finding = finding(&reading, code).unwrap();
    let [edit] = finding.fix.as_slice() else {
        panic!("{finding:?}");
    };
    let mut page = page.to_owned();
    page.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.with);
    page
}

#[test]
fn a_header_with_a_slip_is_read_and_mended() {
    let right = page("Parameter | Datatype | Description", "boolean");
    for (written, meant) in [
        ("Parameter | Datatype | Decription", "Description"),
        ("Paramter | Datatype | Description", "Parameter"),
        ("Parameter | **Datatpye** | Description", "**Datatype**"),
        ("Parameter | Datatype | desciption", "description"),
    ] {
        let wrong = page(written, "boolean");
        let mended = mended(&wrong, Code::MisspeltHeader);
        assert!(mended.contains(meant), "{mended}");
        let (before, after) = (read(wrong), read(mended));
        assert_eq!(facts(&before), facts(&after), "{written}");
        assert_eq!(facts(&before), facts(&read(right.clone())), "{written}");
        assert!(finding(&after, Code::MisspeltHeader).is_none());
    }
}

#[test]
fn a_header_that_is_another_word_is_left_alone() {
    for header in [
        "Parameter | Datatype | Prescription",
        "Parameter | Datatype | Dates",
    ] {
        let reading = read(page(header, "boolean"));
        assert!(
            finding(&reading, Code::MisspeltHeader).is_none(),
            "{header}"
        );
    }
}

#[test]
fn a_type_with_a_slip_is_mended() {
    for (written, meant) in [
        ("boolen", "boolean"),
        ("Boolaen", "Boolean"),
        ("`interger`", "`integer`"),
    ] {
        let wrong = page("Parameter | Datatype | Description", written);
        let mended = mended(&wrong, Code::UnknownType);
        assert!(mended.contains(&format!(" {meant} ")), "{mended}");
        let after = read(mended);
        assert_eq!(facts(&read(wrong)), facts(&after), "{written}");
        assert!(finding(&after, Code::UnknownType).is_none());
    }
}

#[test]
fn a_type_that_could_be_two_has_no_right_answer() {
    let reading = read(page(
        "Parameter | Datatype | Description",
        "sting-like thing",
    ));
    let found = finding(&reading, Code::UnknownType).unwrap();
    assert_eq!(found.fix, []);
}

/// A page with this label above the first of two samples.
fn labelled(label: &str) -> String {
    let page = page("Parameter | Datatype | Description", "boolean").replace("GET", "POST");
    page.replace(
        "## Get Parcel\n",
        &format!("## Get Parcel\n\n{label}\n\n```json\n{{\"parcel\": {{\"id\": \"P7\"}}}}\n```\n"),
    )
}

fn roles(reading: &Reading) -> String {
    let operations = reading.inferred.spec.entities.iter();
    let samples = operations
        .flat_map(|entity| &entity.operations)
        .flat_map(|operation| &operation.samples);
    format!(
        "{:?}",
        samples.map(|sample| sample.role).collect::<Vec<_>>()
    )
}

#[test]
fn a_label_with_a_slip_is_read_and_mended() {
    for (label, meant) in [
        ("> Sample Reponse", "> Sample Response"),
        (">  JSON reqeust  ", ">  JSON request  "),
        ("> ## Repsonse of it", "> ## Response of it"),
    ] {
        let wrong = labelled(label);
        let mended = mended(&wrong, Code::MisspeltLabel);
        assert!(mended.contains(&format!("{meant}\n")), "{mended}");
        let (before, after) = (read(wrong), read(mended));
        assert_eq!(roles(&before), roles(&after), "{label}");
        assert_eq!(facts(&before), facts(&after), "{label}");
        assert!(finding(&after, Code::MisspeltLabel).is_none());
    }
    // What says it in another word needs no other, and what is another word says nothing.
    for label in ["> Response on reqeust", "> Sample Correspondence"] {
        let reading = read(labelled(label));
        assert!(finding(&reading, Code::MisspeltLabel).is_none(), "{label}");
    }
}

#[test]
fn tabs_between_cells_become_blanks() {
    let right = page("Parameter | Datatype | Description", "boolean");
    let wrong = right
        .replace("fragile | boolean |", "\tfragile\t|\t\tboolean |\t")
        .replace("it breaks.", "it\tbreaks. \t");
    let before = read(wrong.clone());
    let found = finding(&before, Code::TabInTable).unwrap();
    let mut mended = wrong;
    for edit in found.fix.iter().rev() {
        mended.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.with);
    }
    assert!(
        mended.contains("\n\tfragile | boolean | Whether it\tbreaks.\n"),
        "{mended}"
    );
    let after = read(mended);
    assert_eq!(facts(&before), facts(&after));
    assert!(finding(&after, Code::TabInTable).is_none());
    assert!(finding(&read(right), Code::TabInTable).is_none());
}

#[test]
fn a_code_mark_of_an_address_is_closed() {
    let right = page("Parameter | Datatype | Description", "boolean");
    for (written, meant) in [
        ("`parcel/get'", "`parcel/get`"),
        ("`parcel/get", "`parcel/get`"),
        ("`/parcel/{id}?by={name}’", "`/parcel/{id}?by={name}`"),
    ] {
        let wrong = right.replace("URI | parcel/get", &format!("URI | {written}"));
        let mended = mended(&wrong, Code::BadUrl);
        assert!(mended.contains(&format!("URI | {meant}\n")), "{mended}");
        let paths = |reading: &Reading| {
            let entities = reading.inferred.spec.entities.iter();
            let operations = entities.flat_map(|entity| &entity.operations);
            operations.map(|one| one.path.clone()).collect::<Vec<_>>()
        };
        let (before, after) = (read(wrong), read(mended));
        assert_eq!(paths(&before), paths(&after), "{written}");
        assert_eq!(paths(&before).len(), 1, "{written}");
        assert_eq!(facts(&before), facts(&after), "{written}");
        assert!(finding(&after, Code::BadUrl).is_none(), "{written}");
    }
}
