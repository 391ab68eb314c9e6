use super::*;
use crate::operation::{Effect, Envelope, Method, Wrap};
use crate::wire::{Limits, parse};

const fn operation(rules: &'static [Rule]) -> Operation {
    Operation {
        id: "parcel.send",
        method: Method::Post,
        path: "/parcel",
        suffix: None,
        host: "main",
        formats: &[],
        format_query: false,
        auth: false,
        effect: Effect::Write,
        effect_when: &[],
        body: Wrap::NONE,
        reply: Envelope::NONE,
        rules,
        source: "parcel.md:1",
        docs: "https://docs.example.com/#send-parcel",
    }
}

const fn rule(place: Place, names: &'static [&'static str], need: Need) -> Rule {
    Rule {
        place,
        names,
        need,
        when: None,
        unless: None,
    }
}

fn body(operation: &Operation, body: &str) -> Result<(), String> {
    let node = parse(body.as_bytes(), &Limits::default()).unwrap();
    let request = Request {
        query: &|_| None,
        header: &|_| None,
        chosen: &[],
        body: Some(&node.to_value()),
    };
    check(operation, &request).map_err(|error| error.to_string())
}

#[test]
fn one_of_several_in_a_part_of_the_body() {
    static OPTIONAL: Operation = operation(&[rule(
        Place::Body(&["to", "person"]),
        &["phone", "mail"],
        Need::OneOf,
    )]);
    static NEEDED: Operation = operation(&[rule(
        Place::Needed(&["to", "person"]),
        &["phone", "mail"],
        Need::OneOf,
    )]);
    for ok in [
        r#"{"to":{"person":{"mail":"a"}}}"#,
        r#"[{"to":{"person":[{"phone":1},{"mail":"b","phone":""}]}}]"#,
    ] {
        assert_eq!(body(&OPTIONAL, ok), Ok(()));
        assert_eq!(body(&NEEDED, ok), Ok(()));
    }
    assert_eq!(body(&OPTIONAL, r#"{"to":{}}"#), Ok(()));
    assert_eq!(
        body(&NEEDED, r#"[{"to":{"person":{"mail":"a"}}},{"to":{}}]"#).unwrap_err(),
        "item 1: one of phone, mail is needed in to.person \
         (see https://docs.example.com/#send-parcel)"
    );
    assert!(body(&OPTIONAL, r#"{"to":{"person":{"mail":" "}}}"#).is_err());
}

#[test]
fn all_and_conditional() {
    static RULES: &[Rule] = &[
        rule(Place::Body(&[]), &["id", "kind"], Need::All),
        Rule {
            when: Some(("kind", "GIFT")),
            ..rule(Place::Body(&[]), &["card", "text"], Need::Named)
        },
    ];
    static OPERATION: Operation = operation(RULES);
    assert_eq!(body(&OPERATION, r#"{"id":1,"kind":"X"}"#), Ok(()));
    assert_eq!(
        body(&OPERATION, r#"{"id":1,"kind":"GIFT","card":"","text":"t"}"#),
        Ok(())
    );
    let error = body(&OPERATION, r#"{"id":1,"kind":"GIFT","text":"t"}"#).unwrap_err();
    assert!(
        error.contains("card must not be missing in the body, since kind is GIFT"),
        "{error}"
    );
    let error = body(&OPERATION, r#"{"id":"","x":1}"#).unwrap_err();
    assert!(error.contains("id, kind must not be missing"), "{error}");
}

#[test]
fn query_headers_and_limits() {
    static RULES: &[Rule] = &[
        rule(Place::Query, &["id"], Need::All),
        rule(Place::Query, &["from"], Need::AtLeast(0.0)),
        rule(Place::Query, &["size"], Need::AtMost(10.0)),
        rule(Place::Header, &["X-Sign"], Need::All),
    ];
    static OPERATION: Operation = operation(RULES);
    let with = |query: &[(&str, &'static str)], sign: Option<&'static str>| {
        let find = |name: &str| query.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
        let request = Request {
            query: &find,
            header: &|name| sign.filter(|_| name == "X-Sign"),
            chosen: &[],
            body: None,
        };
        check(&OPERATION, &request).map_err(|error| error.to_string())
    };
    assert_eq!(
        with(&[("id", "7"), ("from", "0"), ("size", "10")], Some("s")),
        Ok(())
    );
    for (query, text) in [
        (
            &[("id", " ")][..],
            "id must not be missing or blank in the query",
        ),
        (&[("id", "7"), ("from", "-1")], "from must not be below 0"),
        (&[("id", "7"), ("size", "11")], "size must not be above 10"),
    ] {
        let error = with(query, Some("s")).unwrap_err();
        assert!(error.contains(text), "{error}");
    }
    let error = with(&[("id", "7")], None).unwrap_err();
    assert!(
        error.contains("X-Sign must not be missing or blank in the headers"),
        "{error}"
    );
}

#[test]
fn what_a_rule_depends_on_may_stand_around_the_object() {
    static OPERATION: Operation = operation(&[Rule {
        when: Some(("kind", "gift")),
        ..rule(Place::Needed(&["to"]), &["phone", "mail"], Need::OneOf)
    }]);
    for ok in [
        r#"{"kind":"other"}"#,
        r#"{"to":{}}"#,
        r#"[{"kind":"GIFT","to":{"phone":"1"}},{"kind":"other","to":{}}]"#,
    ] {
        assert_eq!(body(&OPERATION, ok), Ok(()), "{ok}");
    }
    for wrong in [
        r#"{"kind":"gift"}"#,
        r#"{"kind":"Gift","to":null}"#,
        r#"{"kind":"GIFT","to":{"phone":" "}}"#,
    ] {
        let error = body(&OPERATION, wrong).unwrap_err();
        assert!(
            error.contains("one of phone, mail is needed in to, since kind is gift"),
            "{wrong}: {error}"
        );
    }
    // What stands nearer counts.
    let nearer = r#"{"kind":"gift","to":{"kind":"other"}}"#;
    assert_eq!(body(&OPERATION, nearer), Ok(()));
}

#[test]
fn a_flag_in_the_query_lifts_a_rule() {
    static OPERATION: Operation = operation(&[Rule {
        unless: Some("skip_lock"),
        ..rule(Place::Body(&[]), &["lock_code"], Need::All)
    }]);
    let with = |flag: Option<&'static str>, body: &str| {
        let node = parse(body.as_bytes(), &Limits::default()).unwrap();
        let request = Request {
            query: &|name| flag.filter(|_| name == "skip_lock"),
            header: &|_| None,
            chosen: &[],
            body: Some(&node.to_value()),
        };
        check(&OPERATION, &request).map_err(|error| error.to_string())
    };
    for flag in ["true", "TRUE", "1"] {
        assert_eq!(with(Some(flag), "{}"), Ok(()), "{flag}");
    }
    assert_eq!(with(None, r#"{"lock_code":"7"}"#), Ok(()));
    for flag in [None, Some("false"), Some(""), Some("perhaps")] {
        let error = with(flag, "{}").unwrap_err();
        assert!(
            error.starts_with(
                "lock_code must not be missing or blank in the body, \
                 unless skip_lock is true in the query"
            ),
            "{error}"
        );
    }
}

#[test]
fn a_member_may_stand_further_inside() {
    static OPERATION: Operation = operation(&[rule(
        Place::Body(&["to"]),
        &["phone", "card.number"],
        Need::OneOf,
    )]);
    assert_eq!(body(&OPERATION, r#"{"to":{"card":{"number":7}}}"#), Ok(()));
    assert!(body(&OPERATION, r#"{"to":{"card":{"number":""}}}"#).is_err());
}

#[test]
fn what_the_documentation_does_not_know_may_be_what_is_needed() {
    static OPERATION: Operation = operation(&[rule(
        Place::Needed(&["to"]),
        &["phone", "card.number"],
        Need::OneOfOrOther(&["card", "name"]),
    )]);
    for ok in [
        r#"{"to":{"box":7}}"#,
        r#"{"to":{"card":{"number":7}}}"#,
        r#"{"to":{"name":"Rita","phone":"5550"}}"#,
    ] {
        assert_eq!(body(&OPERATION, ok), Ok(()), "{ok}");
    }
    for wrong in [
        r#"{"to":{"box":" ","name":"Rita"}}"#,
        r#"{"to":{"card":{"kind":"x"}}}"#,
        r#"{"to":{"phone":""}}"#,
        r#"{"box":7}"#,
    ] {
        let error = body(&OPERATION, wrong).unwrap_err();
        assert!(
            error.contains("one of phone, card.number is needed in to"),
            "{wrong}: {error}"
        );
    }
}

#[test]
fn limits_hold_for_all_numbers() {
    static OPERATION: Operation = operation(&[
        rule(Place::Body(&[]), &["part"], Need::AtLeast(0.5)),
        rule(Place::Body(&[]), &["count"], Need::AtMost(10.0)),
    ]);
    assert_eq!(body(&OPERATION, r#"{"part":0.5,"count":"10"}"#), Ok(()));
    for (wrong, text) in [
        (r#"{"part":0.49}"#, "part must not be below 0.5"),
        (r#"{"count":"10.5"}"#, "count must not be above 10"),
        (
            r#"{"count":99999999999999999999}"#,
            "count must not be above 10",
        ),
    ] {
        let error = body(&OPERATION, wrong).unwrap_err();
        assert!(error.contains(text), "{error}");
    }
}

#[test]
fn values_of_a_kind() {
    static OPERATION: Operation = operation(&[
        rule(Place::Body(&[]), &["count"], Need::Integer),
        rule(Place::Body(&[]), &["sum"], Need::Number),
        rule(Place::Body(&[]), &["paid"], Need::Boolean),
        rule(Place::Body(&[]), &["on"], Need::Date),
    ]);
    for ok in [
        r#"{"count":"-7","sum":"1.50","paid":"1","on":"2016-09-11 11:11:11"}"#,
        r#"{"count":7.0,"sum":1e3,"paid":true,"on":"2016-09-11T11:11:11+05:30"}"#,
        r#"{"count":"","sum":null,"paid":" "}"#,
    ] {
        assert_eq!(body(&OPERATION, ok), Ok(()), "{ok}");
    }
    for (wrong, text) in [
        (r#"{"count":"many"}"#, "count must be a whole number"),
        (r#"{"count":7.5}"#, "count must be a whole number"),
        (r#"{"count":[1]}"#, "count must be a whole number"),
        (r#"{"sum":"NaN"}"#, "sum must be a number"),
        (r#"{"paid":"perhaps"}"#, "paid must be true or false"),
        (r#"{"on":"never"}"#, "on must be a date"),
        (r#"{"on":"2016-02-30"}"#, "on must be a date"),
    ] {
        let error = body(&OPERATION, wrong).unwrap_err();
        assert!(error.contains(text), "{wrong}: {error}");
    }
}

#[test]
fn an_empty_batch_is_not_sent() {
    static OPERATION: Operation = operation(&[]);
    assert!(body(&OPERATION, "[]").unwrap_err().contains("no item"));
}
