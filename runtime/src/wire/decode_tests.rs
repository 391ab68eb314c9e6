use super::super::{Limits, json, xml};
use super::*;
use crate::wire::{Date, DateTime};

/// Reads a value that has to fit as a whole.
fn strict<T: Decode>(node: &Node<'_>) -> Result<T, DecodeError> {
    let mut context = Context::new();
    let value = T::decode(node, &mut context)?;
    match context.misfits().first() {
        Some(misfit) => Err(misfit.error().clone()),
        None => Ok(value),
    }
}

fn from_json<T: Decode>(text: &str) -> Result<T, DecodeError> {
    strict(&json::parse(text.as_bytes(), &Limits::default()).unwrap())
}

fn from_xml<T: Decode>(text: &str) -> Result<T, DecodeError> {
    let body = format!("<r>{text}</r>");
    let node = xml::parse(body.as_bytes(), &Limits::default()).unwrap();
    strict(node.get("r").unwrap())
}

#[test]
fn texts() {
    for (json, text) in [
        (r#""x""#, "x"),
        (r#"" x ""#, " x "),
        (r#""""#, ""),
        ("1.50", "1.50"),
        ("true", "true"),
        ("null", ""),
        ("[]", ""),
        ("{}", ""),
        (r#"["x"]"#, "x"),
        (r##"{"#text":"x","@a":"b"}"##, "x"),
    ] {
        assert_eq!(from_json::<String>(json).as_deref(), Ok(text), "{json}");
    }
    assert!(from_json::<String>(r#"{"a":"b"}"#).is_err());
    assert!(from_json::<String>(r#"["a","b"]"#).is_err());
}

#[test]
fn integers() {
    for json in [
        "100",
        r#""100""#,
        "100.0",
        r#""100.00""#,
        r#"" 100 ""#,
        "1e2",
        "[100]",
    ] {
        assert_eq!(from_json::<i64>(json), Ok(100), "{json}");
    }
    for json in [
        r#""""#,
        "null",
        "1.5",
        r#""x""#,
        "true",
        "{}",
        "1e30",
        r#""1,000""#,
    ] {
        assert!(from_json::<i64>(json).is_err(), "{json}");
    }
}

#[test]
fn truth_values() {
    for json in [
        "true",
        r#""true""#,
        r#""TRUE""#,
        r#""1""#,
        "1",
        r#""yes""#,
        r#"" Y ""#,
    ] {
        assert_eq!(from_json::<bool>(json), Ok(true), "{json}");
    }
    for json in ["false", r#""False""#, r#""0""#, "0", r#""NO""#, r#""n""#] {
        assert_eq!(from_json::<bool>(json), Ok(false), "{json}");
    }
    for json in [r#""""#, "null", "2", r#""maybe""#, "[]"] {
        assert!(from_json::<bool>(json).is_err(), "{json}");
    }
}

#[test]
fn numbers_keep_their_text() {
    for (json, text) in [
        ("1.50", "1.50"),
        (r#""1.50""#, "1.50"),
        ("1e3", "1e3"),
        (r#""+2""#, "2"),
    ] {
        assert_eq!(from_json::<Number>(json).unwrap().as_str(), text);
    }
    assert!(from_json::<Number>(r#""""#).is_err());
    assert!(from_json::<Number>("true").is_err());
}

#[test]
fn dates_take_texts_and_numbers() {
    assert_eq!(
        from_json::<DateTime>("1549909800")
            .unwrap()
            .civil()
            .unwrap()
            .year(),
        2019
    );
    assert_eq!(
        from_json::<Date>(r#""2016-09-11""#)
            .unwrap()
            .civil()
            .unwrap()
            .month(),
        9
    );
    assert_eq!(from_json::<Option<Date>>(r#""""#), Ok(None));
}

#[test]
fn optional_values() {
    for json in ["null", r#""""#, r#"" ""#, "[]", "{}"] {
        assert_eq!(from_json::<Option<i64>>(json), Ok(None), "{json}");
        assert_eq!(from_json::<Option<bool>>(json), Ok(None), "{json}");
        assert_eq!(from_json::<Option<Number>>(json), Ok(None), "{json}");
    }
    assert_eq!(
        from_json::<Option<String>>(r#""""#),
        Ok(Some(String::new()))
    );
    assert_eq!(from_json::<Option<String>>("{}"), Ok(None));
    assert_eq!(from_json::<Option<String>>("null"), Ok(None));
    assert_eq!(
        from_json::<Option<Value>>("[]"),
        Ok(Some(Value::List(Vec::new())))
    );
    assert_eq!(from_json::<Option<i64>>("7"), Ok(Some(7)));
    assert_eq!(from_xml::<Option<i64>>(""), Ok(None));
}

#[test]
fn lists() {
    for json in [
        "[1,2]",
        r#"{"element":[1,2]}"#,
        r#"[{"element":["1","2"]}]"#,
    ] {
        assert_eq!(from_json::<Vec<i64>>(json), Ok(vec![1, 2]), "{json}");
    }
    for json in [
        "[1]",
        "1",
        r#"{"element":1}"#,
        r#"{"element":{"element":1}}"#,
    ] {
        assert_eq!(from_json::<Vec<i64>>(json), Ok(vec![1]), "{json}");
    }
    for json in ["[]", r#""""#, "null", "{}", r#"{"element":""}"#] {
        assert_eq!(from_json::<Vec<i64>>(json), Ok(vec![]), "{json}");
        assert_eq!(from_json::<Vec<String>>(json), Ok(vec![]), "{json}");
    }
    let xml = "<element>1</element><element>2</element>";
    assert_eq!(from_xml::<Vec<i64>>(xml), Ok(vec![1, 2]));
}

#[test]
fn a_single_value_is_the_one_item_of_a_list_or_no_list() {
    assert_eq!(from_json::<Vec<i64>>(r#""1""#), Ok(vec![1]));
    assert_eq!(from_json::<Vec<String>>("true"), Ok(vec!["true".into()]));
    assert_eq!(from_json::<Vec<Vec<i64>>>("1"), Ok(vec![vec![1]]));
    assert_eq!(from_xml::<Vec<i64>>("1"), Ok(vec![1]));
    let told = |error: DecodeError| error.to_string();
    for (json, found) in [(r#""x""#, "string"), ("1.5", "number"), ("true", "boolean")] {
        let wanted = format!("the body: wanted a list, found {found}");
        assert_eq!(
            from_json::<Vec<i64>>(json).map_err(told),
            Err(wanted.clone())
        );
        assert_eq!(from_json::<Vec<Vec<i64>>>(json).map_err(told), Err(wanted));
    }
    let error = from_xml::<Vec<i64>>("x").map_err(told);
    assert_eq!(error, Err("the body: wanted a list, found string".into()));
    // A list of one, and what the API puts around it, are lists.
    for json in [r#"["x"]"#, r#"{"element":"x"}"#] {
        let error = from_json::<Vec<i64>>(json).map_err(told);
        assert_eq!(error, Err("[0]: wanted an integer, found string".into()));
    }
}

#[test]
fn maps() {
    let map = from_json::<BTreeMap<String, i64>>(r#"{"a":"1","b":2}"#).unwrap();
    assert_eq!(
        map.into_iter().collect::<Vec<_>>(),
        [("a".to_owned(), 1), ("b".to_owned(), 2)]
    );
    assert!(from_json::<BTreeMap<String, i64>>("[]").unwrap().is_empty());
    assert!(from_json::<BTreeMap<String, i64>>("3").is_err());
}

#[test]
fn absent_members() {
    assert_eq!(<Option<i64>>::missing(), Ok(None));
    assert_eq!(<Vec<i64>>::missing(), Ok(vec![]));
    assert_eq!(
        i64::missing(),
        Err(DecodeError::new("an integer", "nothing"))
    );
}

#[test]
fn errors_name_the_place_and_never_the_value() {
    let json = r#"{"a":[1,"canary"]}"#;
    let error = from_json::<BTreeMap<String, Vec<i64>>>(json).unwrap_err();
    assert_eq!(error.to_string(), "*[1]: wanted an integer, found string");
    assert!(!format!("{error:?}").contains("canary"));
}
