use super::json::parse;
use super::parsed::Repair;
use super::tree::Tree;
fn show(tree: &Tree) -> String {
    match tree {
        Tree::Null => "null".into(),
        Tree::Bool(b) => b.to_string(),
        Tree::Number(n) => n.clone(),
        Tree::Text(t) => format!("{t:?}"),
        Tree::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(",")),
        Tree::Object(members) => format!(
            "{{{}}}",
            members
                .iter()
                .map(|m| format!("{}:{}", m.key, show(&m.value)))
                .collect::<Vec<_>>()
                .join(",")
        ),
    }
}

fn read(text: &str) -> (String, Vec<Repair>) {
    let parsed = parse(text).unwrap();
    (
        parsed
            .documents
            .iter()
            .map(show)
            .collect::<Vec<_>>()
            .join(" "),
        parsed.repairs.iter().map(|(repair, _)| *repair).collect(),
    )
}

#[test]
fn strict_json_needs_no_repair() {
    assert_eq!(
        read(r#"{"a": [1, -2.50, "x\"\u0041", true, null], "b": {}}"#),
        (r#"{a:[1,-2.50,"x\"A",true,null],b:{}}"#.into(), vec![])
    );
}

/// Found by fuzzing: what looks like a slip is none where the text is JSON.
#[test]
fn brackets_and_quotes_in_strict_keys_and_texts_are_text() {
    for (text, tree) in [
        (r#"{"items[0]": 1, "a}b" : 2}"#, "{items[0]:1,a}b:2}"),
        (r#"{"a\"b": 1}"#, "{a\"b:1}"),
        (r#"["[1]", "at: noon"]"#, r#"["[1]","at: noon"]"#),
        (r#""{at: noon""#, r#""{at: noon""#),
        ("{\"a\u{7f}\": \"\u{85}\"}", "{a\u{7f}:\"\\u{85}\"}"),
    ] {
        assert_eq!(read(text), (tree.into(), vec![]));
    }
    // A closing quote that is missing is still found.
    assert_eq!(
        read(r#"{"a: {"b": 1}}"#),
        ("{a:{b:1}}".into(), vec![Repair::UnquotedKey])
    );
    // The same key, but for a blank.
    assert_eq!(read(r#"{"a": 1, " a": 2}"#).1, vec![Repair::RepeatedKey]);
}

#[test]
fn slips_are_mended() {
    for (text, tree, repair) in [
        (r#"{"a": 1,}"#, "{a:1}", Repair::ExtraComma),
        (
            "{\"a\": \"x\"\n \"b\": 2}",
            r#"{a:"x",b:2}"#,
            Repair::MissingComma,
        ),
        (
            r#"{"a": 1, custom [{"b": 2}]}"#,
            "{a:1,custom:[{b:2}]}",
            Repair::MissingColon,
        ),
        (
            "{\"a\": \"one\n\ttwo\"}",
            "{a:\"one\\n\\ttwo\"}",
            Repair::RawControl,
        ),
        // Quotes that are escaped end nothing.
        (
            "{\"a\": \"\n{\\\"b\\\": 1}\n\", \"c\": 2}",
            "{a:\"\\n{\\\"b\\\": 1}\\n\",c:2}",
            Repair::RawControl,
        ),
        ("{\"a\": {\"b\": [1, 2", "{a:{b:[1,2]}}", Repair::Truncated),
        ("# remark\n{\"a\": 1}", "{a:1}", Repair::RemarkLine),
        ("\"a\": {\"b\": 1}", "{a:{b:1}}", Repair::BareMembers),
        ("{\"a\": [{\"b\": 1]}", "{a:[{b:1}]}", Repair::WrongBracket),
        (
            "{\"a\": 1}\n{\"b\": 2}",
            "{a:1} {b:2}",
            Repair::SeveralDocuments,
        ),
        ("{\"a\": 1, ...}", "{a:1}", Repair::Ellipsis),
        (
            "[{\"a\": 1}, ...other parcels..., ]",
            "[{a:1}]",
            Repair::Ellipsis,
        ),
        ("{\"a\": 1, ... and so on\n}", "{a:1}", Repair::Ellipsis),
        ("{\"a\": 1, ... b: 2}", "{a:1,b:2}", Repair::Ellipsis),
        (
            "{\"a\": \"b,\n\"c\": 1}",
            r#"{a:"b",c:1}"#,
            Repair::Truncated,
        ),
        ("{\"a\": say \n}", r#"{a:"say"}"#, Repair::UnquotedText),
        (
            "{\"a\": \"say \"hi\" now\"}",
            r#"{a:"say \"hi\" now"}"#,
            Repair::InnerQuote,
        ),
        ("{a: 1}", "{a:1}", Repair::UnquotedKey),
        ("{\"a\": 1, \"a\": 2}", "{a:1,a:2}", Repair::RepeatedKey),
    ] {
        let (got, repairs) = read(text);
        assert_eq!(got, tree, "{text}");
        assert!(repairs.contains(&repair), "{text}: {repairs:?}");
    }
}

#[test]
fn depth_is_bounded() {
    let deep = "[".repeat(100_000);
    assert!(parse(&deep).is_some());
}

#[test]
fn nothing_is_nothing() {
    assert!(parse(" \n ").is_none());
    assert!(parse("# only a remark\n").is_none());
}
