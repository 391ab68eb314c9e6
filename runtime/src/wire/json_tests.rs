//! What is read must be what another parser reads.

use json_event_parser::{JsonEvent, SliceJsonParser};
use proptest::prelude::*;

use super::*;

/// The events of a body by another parser; `None` if it is not JSON.
fn expected(body: &str) -> Option<Vec<String>> {
    let mut parser = SliceJsonParser::new(body.as_bytes());
    let mut out = Vec::new();
    loop {
        out.push(match parser.parse_next().ok()? {
            JsonEvent::Eof => return Some(out),
            JsonEvent::String(text) => format!("text {text}"),
            JsonEvent::Number(text) => format!("number {text}"),
            JsonEvent::Boolean(value) => value.to_string(),
            JsonEvent::Null => "null".to_owned(),
            JsonEvent::StartArray => "[".to_owned(),
            JsonEvent::EndArray => "]".to_owned(),
            JsonEvent::StartObject => "{".to_owned(),
            JsonEvent::EndObject => "}".to_owned(),
            JsonEvent::ObjectKey(key) => format!("key {key}"),
        });
    }
}

/// The events that a tree stands for.
fn events(node: &Node<'_>, out: &mut Vec<String>) {
    match node {
        Node::Null => out.push("null".to_owned()),
        Node::Bool(value) => out.push(value.to_string()),
        Node::Number(text) => out.push(format!("number {text}")),
        Node::String(text) => out.push(format!("text {text}")),
        Node::List(items) => {
            out.push("[".to_owned());
            for item in items {
                events(item, out);
            }
            out.push("]".to_owned());
        }
        Node::Object(members) => {
            out.push("{".to_owned());
            for (key, member) in members.iter() {
                out.push(format!("key {key}"));
                events(member, out);
            }
            out.push("}".to_owned());
        }
    }
}

fn read(body: &str) -> Option<Vec<String>> {
    let node = parse(body.as_bytes(), &Limits::default()).ok()?;
    let mut out = Vec::new();
    events(&node, &mut out);
    Some(out)
}

fn has_twice(members: &[String]) -> bool {
    let keys: Vec<_> = members.iter().filter(|e| e.starts_with("key ")).collect();
    (1..keys.len()).any(|at| keys[..at].contains(&keys[at]))
}

/// Pieces of JSON, well-formed and not.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        " ",
        "\n          ",
        "null",
        "true",
        "false",
        "nul",
        "0",
        "-",
        "1.50",
        "-0.0e+7",
        "01",
        "1.",
        ".5",
        "1e",
        "2E-3",
        "\"a\"",
        "\"a\":",
        "\"\"",
        "\"\\\"",
        "\"\\u00e9\\n\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\ud83d\\u0041\"",
        "\"\\u12g4\"",
        "\"\\x\"",
        "\"\t\"",
        "\"\u{7f}\u{80}é€😀\"",
        "\\",
        "\"",
    ]);
    prop_oneof![
        8 => fixed.prop_map(str::to_owned),
        2 => ".{0,20}".prop_map(|text| format!("\"{text}\"")),
        1 => ".{0,3}",
    ]
}

/// A well-formed body.
fn body() -> impl Strategy<Value = String> {
    let text = "[a-z\\PC]{0,24}".prop_map(|t| format!("\"{}\"", t.replace(['"', '\\'], "\\\\")));
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,4})?([eE][+-]?[0-9]{1,3})?",
        text,
    ];
    leaf.prop_recursive(5, 60, 8, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..8);
        let map = prop::collection::btree_map("[a-z]{1,12}", inner, 0..8);
        prop_oneof![
            list.prop_map(|items| format!("[{}]", items.join(" ,\n         "))),
            map.prop_map(|members| {
                let members = members
                    .iter()
                    .map(|(key, value)| format!("\"{key}\" : {value}"));
                format!("{{ {} }}", members.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn reads_what_is_well_formed(body in body()) {
        let events = read(&body);
        prop_assert!(events.is_some());
        let expected = expected(&body);
        if !expected.as_deref().is_some_and(has_twice) {
            prop_assert_eq!(events, expected);
        }
    }

    #[test]
    fn refuses_what_is_not(pieces in prop::collection::vec(piece(), 0..6)) {
        let body = pieces.concat();
        prop_assert_eq!(read(&body).is_some(), expected(&body).is_some(), "{}", body);
    }

    #[test]
    fn a_body_that_is_cut_off_or_changed_is_read_alike(body in body(), at in any::<prop::sample::Index>(), put in piece()) {
        let places: Vec<usize> = body.char_indices().map(|(at, _)| at).collect();
        let at = places[at.index(places.len())];
        let changed = format!("{}{put}{}", &body[..at], &body[at..]);
        for body in [&body[..at], &changed] {
            prop_assert_eq!(read(body).is_some(), expected(body).is_some(), "{}", body);
        }
    }
}

#[test]
fn an_error_names_its_place() {
    let place = |body: &str| match parse(body.as_bytes(), &Limits::default()) {
        Err(ParseError::Syntax { offset, .. }) => Some(offset),
        _ => None,
    };
    assert_eq!(place(r#"{"a":x}"#), Some(5));
    assert_eq!(place(r#"{"a":1 "b":2}"#), Some(7));
    assert_eq!(place("[1] 2"), Some(4));
    assert_eq!(place("[\"ab"), Some(4));
}

#[test]
fn many_members_keep_their_order_and_the_last_of_a_name_counts() {
    let members: Vec<String> = (0..100).map(|n| format!("\"k{}\":{n}", n % 70)).collect();
    let body = format!("{{{}}}", members.join(","));
    let node = parse(body.as_bytes(), &Limits::default()).unwrap();
    let Node::Object(members) = &node else {
        panic!("no object")
    };
    let keys: Vec<String> = members.iter().map(|(key, _)| key.to_owned()).collect();
    let expected: Vec<String> = (0..70).map(|n| format!("k{n}")).collect();
    assert_eq!(keys, expected);
    let number = |key| match members.get(key) {
        Some(Node::Number(text)) => text.to_string(),
        _ => String::new(),
    };
    assert_eq!(
        (number("k0"), number("k29"), number("k30")),
        ("70".into(), "99".into(), "30".into())
    );
}
