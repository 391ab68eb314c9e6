//! Parts of an operation that are worded in other ways than usual: headings, labels inside of blocks, groups of names.

use crate::support::plain;

use plain::read;
use slate_codegen::Reading;
use slate_codegen::diagnostics::Code;
use slate_codegen::read::facts::Role;
use slate_codegen::spec::{Operation, Required};

fn operations(reading: &Reading) -> &[Operation] {
    &reading.inferred.spec.entities[0].operations
}

fn reports(reading: &Reading, code: Code) -> bool {
    reading.diagnostics.iter().any(|found| found.code == code)
}

/// The roles of the samples of the only operation, but for addresses.
fn roles(reading: &Reading) -> Vec<Role> {
    let [operation] = operations(reading) else {
        panic!("{} operations", operations(reading).len());
    };
    let roles = operation.samples.iter().map(|sample| sample.role);
    roles.filter(|role| *role != Role::Url).collect()
}

#[test]
fn labels_inside_of_blocks_have_marks_or_none() {
    for (request, answer) in [
        ("Example request", "Example response"),
        ("> Example request", "> Example response"),
        ("# Example request", "# 201 Created"),
        ("# Example request", "# The answer"),
        ("# Example request", "# And then"),
    ] {
        let reading = read(
            "",
            &format!(
                "# Crates\n\n## Send Crate\n\n`POST https://crates.test/crates`\n\n\
                 ```json\n{request}\n{{\"weight\": 4}}\n```\n\n\
                 ```json\n{answer}\n{{\"number\": \"C-1\", \"sent\": true}}\n```\n"
            ),
        );
        assert_eq!(roles(&reading), [Role::Request, Role::Response], "{answer}");
        assert!(!reports(&reading, Code::UnreadableSample), "{answer}");
    }
}

#[test]
fn a_heading_above_what_its_section_shows_is_no_operation() {
    for heading in ["About the call", "Resource", "API Facts"] {
        let reading = read(
            "",
            &format!(
                "# Crates\n\n## Weigh Crate\n\n```html\nhttps://crates.test/v1/crate/weigh?id=7\n```\n\n\
                 ```json\n{{\"weight\": 4}}\n```\n\n### {heading}\n\nEntry | Description\n--- | ---\n\
                 URI | crate/weigh\nHTTP Method | GET\n"
            ),
        );
        assert_eq!(operations(&reading)[0].title, "Weigh Crate", "{heading}");
        assert_eq!(roles(&reading), [Role::Response], "{heading}");
    }
    // One that has a word of the address is named after it.
    let reading = read(
        "",
        "# Crates\n\n## All about them\n\n```html\nhttps://crates.test/v1/crate/weigh?id=7\n```\n\n\
         ### Weigh\n\nEntry | Description\n--- | ---\nURI | crate/weigh\nHTTP Method | GET\n",
    );
    assert_eq!(operations(&reading)[0].title, "Weigh");
}

#[test]
fn parameters_below_a_resource_table_need_no_heading() {
    let reading = read(
        "",
        "# Crates\n\n## Weigh Crate\n\nEntry | Description\n--- | ---\nURI | /crate/weigh\n\
         HTTP Method | GET\n\nParameter | Description\n--- | ---\ncrate* | Which crate\n\
         format | In which format\n",
    );
    let params = operations(&reading)[0].params.iter();
    let params: Vec<_> = params.map(|one| (&*one.name, one.required)).collect();
    assert_eq!(
        params,
        [("crate", Required::True), ("format", Required::False)]
    );
    assert!(!reports(&reading, Code::UnknownResourceRow));
}

#[test]
fn names_in_brackets_are_one_choice_however_they_are_introduced() {
    for cell in [
        "sender_id*(phone/mail/outer_id)",
        "Sender id* (one of phone/mail/outer_id)",
        "Sender id* (e.g., phone, mail or outer_id)",
        "Sender id* (phone/mail/outer id)",
    ] {
        let reading = read(
            "",
            &format!(
                "# Crates\n\n## Find Crate\n\n`GET https://crates.test/crates?phone=44`\n\n\
                 ### Request Parameters\n\nParameter | Description\n--- | ---\n{cell} | Who sends it\n"
            ),
        );
        let params = operations(&reading)[0].params.iter();
        let params: Vec<_> = params.map(|one| (&*one.name, one.required)).collect();
        assert_eq!(
            params,
            [
                ("phone", Required::OneOf),
                ("mail", Required::OneOf),
                ("outer_id", Required::OneOf)
            ],
            "{cell}"
        );
    }
}
