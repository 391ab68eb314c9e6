//! Checks a request against the rules of the documentation that no type holds.

use crate::error::Error;
use crate::operation::{Need, Operation, Place, Rule};
use crate::wire::Value;

/// What a request is made of.
pub(crate) struct Request<'r> {
    /// The parameter of a name in the query.
    pub(crate) query: &'r dyn Fn(&str) -> Option<&'r str>,
    /// The header of a name, in whatever case.
    pub(crate) header: &'r dyn Fn(&str) -> Option<&'r str>,
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
    for rule in operation.rules {
        let result = match rule.place {
            Place::Query => holds(rule, "in the query", request.query),
            Place::Header => holds(rule, "in the headers", request.header),
            Place::Body(path) => request
                .body
                .map_or(Ok(()), |b| of_body(rule, b, path, false)),
            Place::Needed(path) => request
                .body
                .map_or(Ok(()), |b| of_body(rule, b, path, true)),
        };
        result.map_err(|what| broken(operation, &what))?;
    }
    Ok(())
}

/// Names the rule, and links to the section that states it.
fn broken(operation: &Operation, what: &str) -> Error {
    let source = if operation.docs.is_empty() {
        operation.source
    } else {
        operation.docs
    };
    Error::invalid(format!("{what} (see {source})"))
}

/// Checks a rule in each object that a path leads to.
fn of_body(rule: &Rule, value: &Value, path: &[&str], needed: bool) -> Result<(), String> {
    match value {
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                of_body(rule, item, path, needed).map_err(|what| in_item(&what, index))?;
            }
            Ok(())
        }
        Value::Object(map) => match path.split_first() {
            Some((key, rest)) => match map.get(key) {
                Some(inside) => of_body(rule, inside, rest, needed),
                None if needed => Err(format!("{} {}", wanted(rule), place(rule))),
                None => Ok(()),
            },
            None => holds(rule, &place(rule), &|name| map.get(name).map(text)),
        },
        _ => Ok(()),
    }
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
        && find(name) != Some(value)
    {
        return Ok(());
    }
    let filled = |name: &&str| find(name).is_some_and(|text| !text.trim().is_empty());
    let missing = |names: Vec<&str>, what: &str| match names.as_slice() {
        [] => Ok(()),
        names => Err(format!("{} {what} {place}{}", names.join(", "), when(rule))),
    };
    let names = || rule.names.iter().copied();
    match rule.need {
        Need::OneOf if rule.names.iter().any(&filled) => Ok(()),
        Need::OneOf => Err(format!("{} {place}{}", wanted(rule), when(rule))),
        Need::All => missing(
            names().filter(|n| !filled(n)).collect(),
            "must not be missing or blank",
        ),
        Need::Named => missing(
            names().filter(|n| find(n).is_none()).collect(),
            "must not be missing",
        ),
        Need::AtLeast(least) => {
            let below = |name: &&str| number(find(name)).is_some_and(|number| number < least);
            missing(
                names().filter(below).collect(),
                &format!("must not be below {least}"),
            )
        }
        Need::AtMost(most) => {
            let above = |name: &&str| number(find(name)).is_some_and(|number| number > most);
            missing(
                names().filter(above).collect(),
                &format!("must not be above {most}"),
            )
        }
    }
}

fn number(text: Option<&str>) -> Option<i64> {
    text?.trim().parse().ok()
}

fn wanted(rule: &Rule) -> String {
    match (rule.need, rule.names) {
        (Need::OneOf, names) => format!("one of {} is needed", names.join(", ")),
        (_, names) => format!("{} must not be missing or blank", names.join(", ")),
    }
}

fn when(rule: &Rule) -> String {
    rule.when.map_or_else(String::new, |(name, value)| {
        format!(", since {name} is {value}")
    })
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
        }
    }

    fn body(operation: &Operation, body: &str) -> Result<(), String> {
        let node = parse(body.as_bytes(), &Limits::default()).unwrap();
        let request = Request {
            query: &|_| None,
            header: &|_| None,
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
            rule(Place::Query, &["from"], Need::AtLeast(0)),
            rule(Place::Query, &["size"], Need::AtMost(10)),
            rule(Place::Header, &["X-Sign"], Need::All),
        ];
        static OPERATION: Operation = operation(RULES);
        let with = |query: &[(&str, &'static str)], sign: Option<&'static str>| {
            let find = |name: &str| query.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
            let request = Request {
                query: &find,
                header: &|name| sign.filter(|_| name == "X-Sign"),
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
    fn an_empty_batch_is_not_sent() {
        static OPERATION: Operation = operation(&[]);
        assert!(body(&OPERATION, "[]").unwrap_err().contains("no item"));
    }
}
