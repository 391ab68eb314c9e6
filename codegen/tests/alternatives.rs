//! Of which parameters any one is asked for: the ways in which docs say so.

use crate::support::pages;
use crate::support::settings;

use pages::document;
use settings::settings;
use slate_codegen::read_docs;
use slate_codegen::spec::Required;

/// The names of which one is required, of a query with this text around its rows.
fn group(before: &str, rows: &str, after: &str) -> String {
    let page = format!(
        "# Parcel\n\n## Find Parcel\n\n### Resource Information\n| | |\n--- | ---\nURI | parcel/find\nHTTP Method | GET\n\n\
         ### Request Parameters\n{before}\n\nParameter | Type | Description\n--- | --- | ---\n{rows}\n\n{after}\n"
    );
    let reading = read_docs(&document(&[("parcel", page)]), &settings()).unwrap();
    let params = &reading.inferred.spec.entities[0].operations[0].params;
    let one_of = params
        .iter()
        .filter(|param| param.required == Required::OneOf);
    let names: Vec<&str> = one_of.clone().map(|param| param.name.as_str()).collect();
    assert!(
        one_of.clone().all(|param| param.group == names),
        "{params:?}"
    );
    names.join(" ")
}

const ROWS: &str = "phone | string | Phone\nmail | string | Mail\nnote | string | Note";

#[test]
fn sentences_name_the_alternatives() {
    for said in [
        "Either phone or mail is mandatory.",
        "It is mandatory to pass any one of `phone` and `mail`.",
        "One of these is required: phone, mail.",
        "At least one of phone, mail must be there, it is required.",
        "<aside class=\"notice\">Any one among phone and mail is mandatory.</aside>",
        "You must provide one of `phone`, `mail`.",
        "Requests need to have at least one of phone/mail.",
    ] {
        assert_eq!(group("", ROWS, said), "phone mail", "{said}");
        assert_eq!(group(said, ROWS, ""), "phone mail", "{said}");
    }
}

#[test]
fn sentences_name_all_rows() {
    let rows = "phone | string | Phone\nmail | string | Mail";
    for said in [
        "Any one of the following is required:",
        "At least one of the parameters below is required.",
        "Any one among the following parameters is mandatory.",
        "One of these parameters is required.",
        "Any one of the following identifiers is mandatory.",
        "At least one of these parameters has to be passed.",
        "You need to pass any of the following parameters.",
        "Pass any one of the following identifiers:",
        "Anyone of the fields listed below is compulsory.",
    ] {
        assert_eq!(group(said, rows, ""), "phone mail", "{said}");
    }
    for other in [
        // Values of a parameter are no parameters.
        "Any one of the following values is required:",
        // What may be passed is not asked for.
        "You can pass any one of the following parameters.",
        "Pass any of the following parameters to filter the list.",
    ] {
        assert_eq!(group(other, rows, ""), "", "{other}");
    }
    let said = "phone and any one among the other parameters are mandatory.";
    assert_eq!(group(said, ROWS, ""), "mail note");
}

#[test]
fn descriptions_name_the_alternatives() {
    let rows = "phone | string | Phone. Either phone or mail is mandatory.\nmail | string | Mail\nnote | string | Note";
    assert_eq!(group("", rows, ""), "phone mail");
    let rows = "phone | string | Phone\nmail | string | Any one of phone and mail can be passed.";
    assert_eq!(group("", rows, ""), "");
}

#[test]
fn names_of_one_row_are_alternatives() {
    for cell in [
        "phone/mail/tag*",
        "phone, mail or tag*",
        "phone, mail, or tag*",
        "either phone or mail or tag*",
        "identifier* (phone/mail/tag)",
        "identifier* - phone, mail, tag",
        "Sender id*: phone, mail or tag",
        "Sender id* [phone/mail/tag]",
        "identifier {phone, mail, tag}*",
    ] {
        let rows = format!("{cell} | string | Of the sender\nnote | string | Note");
        assert_eq!(group("", &rows, ""), "phone mail tag", "{cell}");
    }
    let both = "phone, mail* | string | Of the sender";
    assert_eq!(group("", both, ""), "");
}
