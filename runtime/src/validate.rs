//! Checks a request against the rules of the documentation that no type holds.

use crate::error::Error;
use crate::operation::{Need, Operation, Place, Rule};
use crate::wire::{DateTime, Map, Value, truth};

/// What a request is made of.
pub(crate) struct Request<'r> {
    /// The parameter of a name in the query.
    pub(crate) query: &'r dyn Fn(&str) -> Option<&'r str>,
    /// The header of a name, in whatever case.
    pub(crate) header: &'r dyn Fn(&str) -> Option<&'r str>,
    /// Parameters in whose place another one was chosen, which the documentation does not list.
    pub(crate) chosen: &'r [&'static str],
    /// The body without the wrappers of the operation.
    pub(crate) body: Option<&'r Value>,
}

/// Checks all rules of an operation.
pub(crate) fn check(operation: &Operation, request: &Request<'_>) -> Result<(), Error> {
    if let Some(Value::List(items)) = request.body
        && items.is_empty()
    {
        return Err(broken(operation, "there is no item to send"));
    }
    check_rules(operation, operation.rules, request)
}

/// Checks some rules, which need not be the operation's own.
pub(crate) fn check_rules(
    operation: &Operation,
    rules: &[Rule],
    request: &Request<'_>,
) -> Result<(), Error> {
    let lifted = |rule: &Rule| {
        let flag = rule.unless.and_then(request.query);
        flag.and_then(truth) == Some(true)
    };
    // What stands in a body is looked at there.
    let chosen = |rule: &Rule| {
        rule.need == Need::OneOf && rule.names.iter().any(|name| request.chosen.contains(name))
    };
    let asked = |rule: &&Rule| !lifted(rule) && !chosen(rule);
    for rule in rules.iter().filter(asked) {
        let result = match rule.place {
            Place::Query => holds(rule, "in the query", request.query),
            Place::Header => holds(rule, "in the headers", request.header),
            Place::Body(path) | Place::Needed(path) => request
                .body
                .map_or(Ok(()), |body| of_body(rule, body, path, None)),
        };
        result.map_err(|what| broken(operation, &what))?;
    }
    Ok(())
}

/// Names the rule, and links to the section that states it.
pub(crate) fn broken(operation: &Operation, what: &str) -> Error {
    let source = if operation.docs.is_empty() {
        operation.source
    } else {
        operation.docs
    };
    Error::invalid(format!("{what} (see {source})"))
}

/// Checks a rule in each object that a path leads to. What a rule depends on is looked for there, then in the objects
/// around it.
fn of_body(rule: &Rule, value: &Value, path: &[&str], around: Option<&str>) -> Result<(), String> {
    match value {
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                of_body(rule, item, path, around).map_err(|what| in_item(&what, index))?;
            }
            Ok(())
        }
        Value::Object(map) => {
            let own = rule.when.and_then(|(name, _)| map.get(name)).map(text);
            let depends_on = own.or(around);
            let find = |name: &str| match rule.when {
                Some((when, _)) if when == name => depends_on,
                _ => member(map, name).map(text),
            };
            match path.split_first() {
                Some((key, rest)) => match map.get(key) {
                    Some(inside @ (Value::Object(_) | Value::List(_))) => {
                        of_body(rule, inside, rest, depends_on)
                    }
                    // There is no such object: none of what is needed in it is there.
                    _ if matches!(rule.place, Place::Needed(_)) => {
                        let only_when = |name: &str| {
                            find(name).filter(|_| rule.when.is_some_and(|(when, _)| when == name))
                        };
                        holds(rule, &place(rule), &only_when)
                    }
                    _ => Ok(()),
                },
                None if has_other(rule, map) => Ok(()),
                None => holds(rule, &place(rule), &find),
            }
        }
        _ => Ok(()),
    }
}

/// Whether an object has a member that the documentation does not know, where that is enough.
fn has_other(rule: &Rule, map: &Map) -> bool {
    let Need::OneOfOrOther(documented) = rule.need else {
        return false;
    };
    map.iter().any(|(name, value)| {
        !documented.contains(&name) && !rule.names.contains(&name) && !text(value).trim().is_empty()
    })
}

/// The member of a name, or of names with points between them.
fn member<'m>(map: &'m Map, name: &str) -> Option<&'m Value> {
    map.get(name).or_else(|| {
        let (outer, inner) = name.split_once('.')?;
        member(map.get(outer)?.as_object()?, inner)
    })
}

/// Says which item of which list it is, the outermost first.
fn in_item(what: &str, index: usize) -> String {
    format!("item {index}: {what}")
}

fn place(rule: &Rule) -> String {
    match rule.place {
        Place::Body(path) | Place::Needed(path) if !path.is_empty() => {
            format!("in {}", path.join("."))
        }
        _ => "in the body".to_owned(),
    }
}

/// The text of a value for the rules: lists and objects count as filled unless they are empty.
fn text(value: &Value) -> &str {
    match value {
        Value::Null => "",
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Number(number) => number.as_str(),
        Value::String(text) => text,
        Value::List(items) if items.is_empty() => "",
        Value::Object(map) if map.is_empty() => "",
        Value::List(_) | Value::Object(_) => "…",
    }
}

fn holds<'v>(
    rule: &Rule,
    place: &str,
    find: &dyn Fn(&str) -> Option<&'v str>,
) -> Result<(), String> {
    if let Some((name, value)) = rule.when
        && !find(name).is_some_and(|there| there.trim().eq_ignore_ascii_case(value))
    {
        return Ok(());
    }
    let filled = |name: &&str| find(name).is_some_and(|text| !text.trim().is_empty());
    let missing = |names: Vec<&str>, what: &str| match names.as_slice() {
        [] => Ok(()),
        names => Err(format!("{} {what} {place}{}", names.join(", "), when(rule))),
    };
    let names = || rule.names.iter().copied();
    // What is left out or blank has no wrong value.
    let wrong = |is_wrong: &dyn Fn(&str) -> bool, what: &str| {
        let is_wrong =
            |name: &&str| find(name).is_some_and(|text| !text.trim().is_empty() && is_wrong(text));
        missing(names().filter(is_wrong).collect(), what)
    };
    match rule.need {
        Need::OneOf | Need::OneOfOrOther(_) if rule.names.iter().any(&filled) => Ok(()),
        Need::OneOf | Need::OneOfOrOther(_) => {
            Err(format!("{} {place}{}", wanted(rule), when(rule)))
        }
        Need::All => missing(
            names().filter(|n| !filled(n)).collect(),
            "must not be missing or blank",
        ),
        Need::Named => missing(
            names().filter(|n| find(n).is_none()).collect(),
            "must not be missing",
        ),
        Need::AtLeast(least) => {
            let below = |text: &str| number(text).is_some_and(|number| number < least);
            wrong(&below, &format!("must not be below {least}"))
        }
        Need::AtMost(most) => {
            let above = |text: &str| number(text).is_some_and(|number| number > most);
            wrong(&above, &format!("must not be above {most}"))
        }
        Need::Integer => wrong(&|text| !is_integer(text), "must be a whole number"),
        Need::Number => wrong(&|text| number(text).is_none(), "must be a number"),
        Need::Boolean => wrong(&|text| truth(text).is_none(), "must be true or false"),
        Need::Date => wrong(
            &|text| DateTime::from(text).civil().is_none(),
            "must be a date in a documented form",
        ),
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim()
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
}

/// Of any size, and as `10.0` too: this API has whole numbers in both forms.
fn is_integer(text: &str) -> bool {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && fraction.bytes().all(|byte| byte == b'0')
}

fn wanted(rule: &Rule) -> String {
    match (rule.need, rule.names) {
        (Need::OneOf | Need::OneOfOrOther(_), names) => {
            format!("one of {} is needed", names.join(", "))
        }
        (_, names) => format!("{} must not be missing or blank", names.join(", ")),
    }
}

/// When the rule holds, and what lifts it.
fn when(rule: &Rule) -> String {
    let mut text = String::new();
    if let Some((name, value)) = rule.when {
        text.push_str(", since ");
        text.extend([name, " is ", value]);
    }
    if let Some(name) = rule.unless {
        text.push_str(", unless ");
        text.extend([name, " is true in the query"]);
    }
    text
}

#[cfg(test)]
mod tests {
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
}
