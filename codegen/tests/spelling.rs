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

/// The page after all edits for a kind of finding.
fn mended_all(page: &str, code: Code) -> String {
    let reading = read(page.to_owned());
    let findings = reading.diagnostics.iter().filter(|one| one.code == code);
    let mut edits: Vec<_> = findings.flat_map(|one| &one.fix).collect();
    assert!(!edits.is_empty(), "{page}");
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
    let mut page = page.to_owned();
    for edit in edits {
        page.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.with);
    }
    page
}

/// A wrong page is read as the right one, and mended to be it.
fn both(wrong: &str, right: &str, code: Code) {
    let (before, after) = (read(wrong.to_owned()), read(right.to_owned()));
    assert_eq!(facts(&before), facts(&after), "{wrong}");
    assert!(finding(&after, code).is_none(), "{right}");
    assert_eq!(mended_all(wrong, code), right);
}

#[test]
fn a_heading_with_a_slip_is_read_and_mended() {
    let right = page("Parameter | Datatype | Description", "boolean");
    let query = "### Request Query Parameters";
    for (place, heading, meant) in [
        (query, "### Request Query Paramters", query),
        (query, "### Respones Parameters", "### Response Parameters"),
        (query, "### reqest attributes", "### request attributes"),
        (
            "### Resource Information",
            "### Reqeust Information",
            "### Request Information",
        ),
    ] {
        let wrong = right.replace(place, heading);
        both(&wrong, &right.replace(place, meant), Code::MisspeltHeading);
    }
}

#[test]
fn a_heading_that_may_be_another_word_is_left_alone() {
    let right = page("Parameter | Datatype | Description", "boolean");
    // One letter from `Headers`, from `Required Parameters`, from `Responses`, from `Errors`.
    for heading in [
        "Heaters",
        "Requires Parameters",
        "Responded",
        "Mirrors",
        "Requests",
    ] {
        let other = right.replace("### Request Query Parameters", &format!("### {heading}"));
        let reading = read(other);
        assert!(
            finding(&reading, Code::MisspeltHeading).is_none(),
            "{heading}"
        );
    }
}

#[test]
fn a_word_that_asks_for_a_parameter_is_spelt_right() {
    let table = |word: &str| {
        page("Parameter | Datatype | Required", "boolean").replace("Whether it breaks.", word)
    };
    for (word, meant) in [
        ("yse", "yes"),
        ("**Reuqired**", "**Required**"),
        ("optinal", "optional"),
    ] {
        both(&table(word), &table(meant), Code::UnknownPresence);
    }
    for (word, said) in [
        ("on", true),
        ("sometimes", true),
        ("yes, always", false),
        ("-", false),
        ("1", false),
    ] {
        let reading = read(table(word));
        let found = finding(&reading, Code::UnknownPresence);
        assert_eq!(found.is_some(), said, "{word}");
        assert!(found.is_none_or(|one| one.fix.is_empty()), "{word}");
    }
}

#[test]
fn a_code_mark_and_a_scheme_are_mended_with_the_method_in_front() {
    let right = page("Parameter | Datatype | Description", "boolean")
        + "\n### Request URL\n\n`GET https://{host}/v1.1/parcel/get`\n";
    let url = "`GET https://{host}/v1.1/parcel/get`";
    for (written, says) in [
        (
            "`GET https://{host}/v1.1/parcel/get",
            "its code mark is never closed",
        ),
        (
            "GET https://{host}/v1.1/parcel/get`",
            "its code mark is never opened",
        ),
        (
            "`GET htps://{host}/v1.1/parcel/get`",
            "its scheme is misspelt",
        ),
        (
            "`GET htpts://{host}/v1.1/parcel/get",
            "its code mark is never closed, and its scheme is misspelt",
        ),
    ] {
        let wrong = right.replace(url, written);
        both(&wrong, &right, Code::BadUrl);
        let reading = read(wrong);
        let message = &finding(&reading, Code::BadUrl).unwrap().message;
        assert!(message.ends_with(says), "{message}");
    }
    let reading = read(right.replace("/get`", "/get&deep={deep}`"));
    let found = finding(&reading, Code::BadUrl).unwrap();
    assert!(
        found.message.ends_with("its query begins with `&` for `?`"),
        "{}",
        found.message
    );
}

#[test]
fn a_table_without_its_line_of_dashes_gets_one() {
    let right = page("Parameter | Datatype | Description", "boolean");
    let wrong = right.replace("Description\n--- | --- | ---\n", "Description\n");
    both(&wrong, &right, Code::ShortDelimiter);
}

#[test]
fn what_a_row_has_too_much_is_reported_and_kept() {
    let right = page("Parameter | Datatype | Description", "boolean");
    let reading = read(right.replace("Whether it breaks.", "Whether | it breaks."));
    let found = finding(&reading, Code::BadParameterRow).unwrap();
    assert_eq!(found.message, "the header has 3 cells, and this row 4");
    assert!(facts(&reading).contains("Whether | it breaks."));
    for cell in [
        "Whether \\| it breaks.",
        "Whether it `a|b` breaks.",
        "Whether it breaks. | |",
    ] {
        let reading = read(right.replace("Whether it breaks.", cell));
        assert!(finding(&reading, Code::BadParameterRow).is_none(), "{cell}");
    }
}

#[test]
fn an_aside_is_closed_by_what_is_meant_to() {
    let end = |tag: &str| {
        page("Parameter | Datatype | Description", "boolean")
            + &format!("\n<aside class=\"notice\">Fragile ones go by hand.{tag}\n\nMore.\n")
    };
    for tag in ["</asid>", "</asdie>", "<aside>", "\n<aside>", "\n</aisde>"] {
        let right = end(&tag.replace(|c: char| c != '\n', "")).replace(
            "hand.",
            if tag.starts_with('\n') {
                "hand."
            } else {
                "hand.</aside>"
            },
        );
        let right = if tag.starts_with('\n') {
            right.replace("hand.\n\n", "hand.\n</aside>\n")
        } else {
            right
        };
        both(&end(tag), &right, Code::UnclosedAside);
    }
}

#[test]
fn json_that_is_called_yaml_is_read() {
    let sample = |language: &str, body: &str| {
        labelled("> Sample Response").replace(
            "```json\n{\"parcel\": {\"id\": \"P7\"}}",
            &format!("```{language}\n{body}"),
        )
    };
    let json = "{\"parcel\": {\"id\": \"P7\"}}";
    let (wrong, right) = (sample("yaml", json), sample("json", json));
    assert_eq!(roles(&read(wrong.clone())), roles(&read(right.clone())));
    both(&wrong, &right, Code::WrongFormat);
    let reading = read(sample("yaml", "parcel:\n  id: P7"));
    assert!(finding(&reading, Code::WrongFormat).is_none());
    assert_eq!(roles(&reading), "[]");
}

#[test]
fn a_command_that_calls_something_else_is_reported() {
    let call = |command: &str| {
        page("Parameter | Datatype | Description", "boolean").replace(
            "## Get Parcel\n",
            &format!("## Get Parcel\n\n```shell\n{command}\n```\n"),
        )
    };
    let address = "https://eu.api.example.com/v1.1/parcel";
    for (command, code) in [
        (format!("curl {address}/get"), None),
        (format!("curl -X GET '{address}/get?fragile=true'"), None),
        ("curl -X GET $BASE/parcel/get".to_owned(), None),
        // It prepares the call.
        (
            format!("curl -X POST {address}/token\n```\n\n```shell\ncurl {address}/get"),
            None,
        ),
        (
            format!("curl -X POST {address}/get"),
            Some(Code::OutvotedStatement),
        ),
        (format!("curl {address}/fetch"), Some(Code::PathConflict)),
    ] {
        let reading = read(call(&command));
        let codes = [Code::OutvotedStatement, Code::PathConflict];
        let mut found = reading
            .diagnostics
            .iter()
            .filter(|one| codes.contains(&one.code));
        let first = found.next();
        assert_eq!(first.map(|one| one.code), code, "{command}");
        assert!(found.next().is_none(), "{command}");
        if let Some(one) = first {
            assert!(
                reading.sources.text(one.span).starts_with(address),
                "{command}"
            );
        }
        let operation = &reading.inferred.spec.entities[0].operations[0];
        assert_eq!(
            (operation.method.as_str(), operation.path.as_str()),
            ("GET", "/v1.1/parcel/get")
        );
    }
}
