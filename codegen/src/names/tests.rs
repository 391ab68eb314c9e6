use super::*;
use crate::infer::Inferred;
use crate::spec::{CodeEntry, CodeKind};

fn code(number: u32, name: &str) -> CodeEntry {
    CodeEntry {
        code: number,
        kind: CodeKind::Error,
        basis: indexmap::IndexMap::new(),
        name: name.into(),
        messages: vec![],
        source: vec![],
    }
}

#[test]
fn a_name_stays_when_the_message_changes() {
    let mut names = Names::default();
    let mut inferred = Inferred::default();
    inferred.spec.api.codes = vec![code(1, "InvalidMobile")];
    let mut inferred = names.settle(inferred);
    let yaml = names.to_yaml().unwrap();
    let mut names = Names::parse("names.yaml", &yaml).unwrap();
    inferred.spec.api.codes = vec![code(1, "MobileWrong"), code(2, "InvalidMobile")];
    let inferred = names.settle(inferred);
    let found: Vec<&str> = inferred
        .spec
        .api
        .codes
        .iter()
        .map(|code| code.name.as_str())
        .collect();
    assert_eq!(found, ["InvalidMobile", "InvalidMobile2"]);
}

#[test]
fn the_file_is_read_as_it_is_written() {
    let yaml = "\
modules:
  api:
    parcel: parcel
codes:
  parcel:
    9: Lost
    10:
      name: Found
      was:
      - name: Discovered
        since: 1.2.0
      - Spotted
";
    for empty in ["", "# Nothing yet\n", "codes:\n", "codes:\n  parcel:\n"] {
        let names = Names::parse("names.yaml", empty).unwrap();
        assert_eq!(names.iter().count(), 0);
        let written = names.to_yaml().unwrap();
        assert!(Names::parse("names.yaml", &written).is_ok(), "{written}");
    }
    let names = Names::parse("names.yaml", yaml).unwrap();
    let written = names.to_yaml().unwrap();
    assert!(written.ends_with(yaml), "{written}");
    assert_eq!(Names::parse("names.yaml", &written).unwrap(), names);
}

#[test]
fn what_cannot_be_a_name_is_an_error_at_its_line() {
    for (lines, at, words) in [
        ("codes:\n  a:\n    1: not a name", 3, "no name of Rust"),
        ("codes:\n  a:\n    1: Ok\n    2: Ok", 4, "two facts"),
        ("codes:\n  a:\n    1: Ok\n    1: Other2", 4, "twice"),
        ("codes:\n  a:\n    one: Ok", 3, "no code"),
        ("codes:\n  a:\n    1: Unknown", 3, "something else"),
        ("codes:\n  a: {}\n  a: {}", 3, "twice"),
        ("operations:\n  a:\n    GET /x: match", 3, "keyword"),
        ("operations:\n  a:\n    GET /x: get_", 3, "underscore"),
        ("operations:\n  a:\n    GET /x: Get", 3, "snake_case"),
        ("types:\n  a:\n    call: Option", 3, "something else"),
        ("types:\n  a:\n    call: get", 3, "CamelCase"),
        ("request_fields:\n  a:\n    x: clone", 3, "something else"),
        (
            "answer_fields:\n  a:\n    x: \"\\n}\"",
            3,
            "no name of Rust",
        ),
        ("answer_fields:\n  a:\n    x: größe", 3, "no name of Rust"),
        (
            "codes:\n  a:\n    1: {name: New, is: [Old]}",
            3,
            "unknown field",
        ),
        ("codes:\n  a:\n    1: {was: [Old]}", 3, "missing field"),
        (
            "codes:\n  a:\n    1: {name: New, was: [New]}",
            3,
            "take it out of `was`",
        ),
        (
            "codes:\n  a:\n    1: {name: New, was: [Old]}\n    2: {name: Newer, was: [Old]}",
            4,
            "a former name twice",
        ),
        (
            "codes:\n  a:\n    1: {name: New, was: [{name: Old, since: soon}]}",
            3,
            "no version",
        ),
        ("codes:\n  a: [x]", 2, "names by fact"),
        ("fields: {}", 1, "unknown variant"),
        ("- x", 1, "sections of names"),
    ] {
        let error = Names::parse("names.yaml", lines).unwrap_err();
        assert!(error.message.contains(words), "{lines}\n{error}");
        let place = error.place.as_ref().map(|(_, line, _)| *line);
        assert_eq!(place, Some(at), "{lines}\n{error}");
    }
}
