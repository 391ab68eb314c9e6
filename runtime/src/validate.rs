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
        Value::List(_) | Value::Object(_) | Value::File(_) => "…",
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
#[path = "validate_tests.rs"]
mod tests;
