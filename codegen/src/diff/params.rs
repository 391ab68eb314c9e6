//! Compares parameters: those outside of the body, and what the docs say of those in the body beside their field.

use super::finder::{At, Finder, fact};
use super::rules::Rule;
use crate::identity::{best, plain, words};
use crate::spec::{In, Param, Required};

/// How a parameter is called in a report.
pub fn subject(param: &Param) -> String {
    let name = &param.name;
    match param.place {
        In::Path => format!("path parameter `{name}`"),
        In::Query => match &param.at {
            Some(at) => format!("part of query parameter `{at}.{name}`"),
            None => format!("query parameter `{name}`"),
        },
        In::Header => format!("header `{name}`"),
        In::Body => format!("body parameter `{}`", param.at.as_ref().unwrap_or(name)),
    }
}

fn place(param: &Param) -> &'static str {
    match param.place {
        In::Path => "path",
        In::Query => "query",
        In::Header => "header",
        In::Body => "body",
    }
}

pub fn required(required: Required, group: &[String]) -> String {
    match required {
        Required::True => "required".to_owned(),
        Required::False => "optional".to_owned(),
        Required::OneOf if group.is_empty() => "one of several".to_owned(),
        Required::OneOf => format!("one of {}", group.join(", ")),
    }
}

/// Pairs of parameters: by place and name, then by name in another place, then by what they are.
pub fn pairs(old: &[Param], new: &[Param]) -> Vec<(usize, usize)> {
    best(old, new, 0.6, |a, b| {
        let same_place = a.place == b.place;
        // A body has many fields of one name; the objects they stand in tell them apart.
        let same_at = a.at == b.at;
        match (a.name == b.name, same_place) {
            (true, true) if same_at => 1.0 + words(&a.doc, &b.doc) / 10.0,
            (true, true) => 0.9 + words(&a.doc, &b.doc) / 100.0,
            (true, false) => 0.8 + words(&a.doc, &b.doc) / 100.0,
            (false, true) if plain(&a.name) == plain(&b.name) => 0.7,
            (false, true) if a.place != In::Body && a.ty == b.ty && words(&a.doc, &b.doc) > 0.8 => {
                0.65
            }
            _ => 0.0,
        }
    })
}

/// Compares the parameters of an operation, or the headers of all. `by_client` says which of them the client sets by
/// itself; `typed` whether the bodies, old and new, have types that say the same.
pub fn compare(
    old: &[Param],
    new: &[Param],
    by_client: impl Fn(&Param) -> bool,
    typed: (bool, bool),
    finder: &mut Finder<'_>,
) {
    let pairs = pairs(old, new);
    for (b, param) in new.iter().enumerate() {
        let before = pairs
            .iter()
            .find(|(_, new)| *new == b)
            .and_then(|(a, _)| old.get(*a));
        let handled = by_client(param) && before.is_none_or(&by_client);
        let first = finder.changes.len();
        match before {
            Some(before) => pair(before, param, typed, finder),
            None if param.place == In::Body && typed.1 => {}
            None => match ways(param, old, new).as_slice() {
                [] => added(param, old, finder),
                ways if ways
                    .first()
                    .is_some_and(|first| std::ptr::eq(*first, param)) =>
                {
                    choice_added(ways, finder);
                }
                _ => {}
            },
        }
        if handled {
            by_itself(first, finder);
        }
    }
    for (a, param) in old.iter().enumerate() {
        if pairs.iter().any(|(old, _)| *old == a) || (param.place == In::Body && typed.0) {
            continue;
        }
        let first = finder.changes.len();
        finder.push(
            Rule::ParameterRemoved,
            subject(param),
            (fact(&param.ty), Some(&param.source)),
            (None, None),
        );
        if by_client(param) {
            by_itself(first, finder);
        }
    }
}

/// What the client sets by itself is not felt by users.
fn by_itself(first: usize, finder: &mut Finder<'_>) {
    let rule = Rule::SetByClientChanged;
    for change in finder.changes.iter_mut().skip(first) {
        if change.rule != Rule::Reworded {
            (change.rule, change.level) = (rule, rule.level());
            change.title = rule.title();
        }
    }
}

/// What the subject of a change calls a choice between parameters.
const CHOICE: &str = "choice of ";

/// The names of the ways of a choice, where the subject of a change is one.
pub fn names_of_choice(subject: &str) -> Option<Vec<String>> {
    let (_, names) = subject.strip_prefix(CHOICE)?.split_once('`')?;
    let names = names.trim_end_matches('`').split(", ");
    Some(names.map(str::to_owned).collect())
}

/// The new ways of a choice that is new, where this is one of several.
fn ways<'p>(param: &Param, old: &[Param], new: &'p [Param]) -> Vec<&'p Param> {
    let joined = |other: &Param| other.place == param.place && param.group.contains(&other.name);
    if param.required != Required::OneOf || param.place == In::Body || old.iter().any(joined) {
        return Vec::new();
    }
    let own = |other: &&Param| joined(other) && other.required == Required::OneOf;
    let ways: Vec<&Param> = new.iter().filter(own).collect();
    if ways.len() > 1 { ways } else { Vec::new() }
}

/// A choice that is new is one change.
fn choice_added(ways: &[&Param], finder: &mut Finder<'_>) {
    let Some(first) = ways.first() else { return };
    let names: Vec<&str> = ways.iter().map(|way| way.name.as_str()).collect();
    let place = match first.place {
        In::Header => "headers",
        In::Path => "path parameters",
        In::Query | In::Body => "query parameters",
    };
    finder.push(
        Rule::RequiredParameterAdded,
        format!("{CHOICE}{place} `{}`", names.join(", ")),
        (None, None),
        (
            fact(format!("one of {}", names.join(", "))),
            Some(&first.source),
        ),
    );
}

fn added(param: &Param, old: &[Param], finder: &mut Finder<'_>) {
    // One more way to say what had to be said before, or could be.
    let joins = param.required == Required::OneOf
        && old
            .iter()
            .any(|other| other.place == param.place && param.group.contains(&other.name));
    let rule = match param.required {
        _ if joins => Rule::ChoiceExtended,
        Required::False => Rule::OptionalParameterAdded,
        Required::True | Required::OneOf => Rule::RequiredParameterAdded,
    };
    let about = format!("{}, {}", param.ty, required(param.required, &param.group));
    finder.push(
        rule,
        subject(param),
        (None, None),
        (Some(about), Some(&param.source)),
    );
}

fn pair(old: &Param, new: &Param, typed: (bool, bool), finder: &mut Finder<'_>) {
    let (from, to) = (Some(&old.source), Some(&new.source));
    let subject = subject(new);
    // What a field is, its message says.
    let is_field = old.place == In::Body && new.place == In::Body && typed == (true, true);
    if old.place != new.place {
        finder.push(
            Rule::ParameterMoved,
            &*subject,
            (fact(place(old)), from),
            (fact(place(new)), to),
        );
    } else if !is_field && old.at != new.at {
        finder.push(
            Rule::ParameterMoved,
            &*subject,
            (old.at.clone(), from),
            (new.at.clone(), to),
        );
    }
    if !is_field {
        if old.name != new.name {
            finder.push(
                Rule::ParameterRenamed,
                &*subject,
                (fact(&old.name), from),
                (fact(&new.name), to),
            );
        }
        if old.ty != new.ty {
            finder.push(
                Rule::ParameterTypeChanged,
                &*subject,
                (fact(&old.ty), from),
                (fact(&new.ty), to),
            );
        }
        if let Some(rule) = presence(old.required, new.required) {
            finder.push(
                rule,
                &*subject,
                (fact(required(old.required, &old.group)), from),
                (fact(required(new.required, &new.group)), to),
            );
        }
        values(old, new, &subject, finder);
        finder.reworded(&subject, (&old.doc, from), (&new.doc, to));
    } else if old.ty != "string" && old.ty == new.ty {
        values(old, new, &subject, finder);
    }
    stated(
        finder,
        (Rule::DefaultChanged, Rule::DefaultStated),
        &subject,
        (old.default.clone(), from),
        (new.default.clone(), to),
    );
    stated(
        finder,
        (Rule::FormatOfValueChanged, Rule::FormatOfValueStated),
        &subject,
        (old.format.clone(), from),
        (new.format.clone(), to),
    );
    match (&old.limit, &new.limit) {
        (before, after) if before == after => {}
        (before, None) => finder.push(
            Rule::LimitRemoved,
            &*subject,
            (before.clone(), from),
            (None, to),
        ),
        (before, after) => finder.push(
            Rule::LimitChanged,
            &*subject,
            (before.clone(), from),
            (after.clone(), to),
        ),
    }
    let condition = |param: &Param| param.when.clone().unwrap_or_default();
    if !condition(old)
        .split_whitespace()
        .eq(condition(new).split_whitespace())
    {
        finder.push(Rule::ConditionReworded, &*subject, (None, from), (None, to));
    }
}

/// The rule for a change of whether something has to be given.
pub fn presence(old: Required, new: Required) -> Option<Rule> {
    match (old, new) {
        (a, b) if a == b => None,
        (_, Required::OneOf) => Some(Rule::BecameChoice),
        (_, Required::False) => Some(Rule::BecameOptional),
        _ => Some(Rule::BecameRequired),
    }
}

/// A fact that may be stated or not: another one is a change, a new or missing statement is none.
fn stated(
    finder: &mut Finder<'_>,
    (changed, differently): (Rule, Rule),
    subject: &str,
    old: At<'_>,
    new: At<'_>,
) {
    match (&old.0, &new.0) {
        (a, b) if a == b => {}
        (Some(_), Some(_)) => finder.push(changed, subject, old, new),
        _ => finder.push(differently, subject, old, new),
    }
}

fn values(old: &Param, new: &Param, subject: &str, finder: &mut Finder<'_>) {
    let (from, to) = (Some(&old.source), Some(&new.source));
    if old.values.is_empty() && !new.values.is_empty() {
        finder.push(
            Rule::ValuesListed,
            subject,
            (None, from),
            (fact(new.values.join(", ")), to),
        );
        return;
    }
    lists(&old.values, &new.values, subject, (from, to), finder);
}

/// Compares two lists of values.
pub fn lists(
    old: &[String],
    new: &[String],
    subject: &str,
    (from, to): (Option<&crate::spec::Source>, Option<&crate::spec::Source>),
    finder: &mut Finder<'_>,
) {
    let without = |list: &[String], other: &[String]| -> Vec<String> {
        let left = list.iter().filter(|value| !other.contains(value));
        left.cloned().collect()
    };
    let (mut gone, mut fresh) = (without(old, new), without(new, old));
    let respelt = best(&gone, &fresh, 1.0, |a, b| {
        f64::from(u8::from(!plain(a).is_empty() && plain(a) == plain(b)))
    });
    let pick = |list: &[String], at: &[usize]| -> Vec<String> {
        at.iter().filter_map(|at| list.get(*at).cloned()).collect()
    };
    let (before, after): (Vec<usize>, Vec<usize>) = respelt.into_iter().unzip();
    let (before, after) = (pick(&gone, &before), pick(&fresh, &after));
    if !before.is_empty() {
        finder.push(
            Rule::ValueRespelt,
            subject,
            (fact(before.join(", ")), from),
            (fact(after.join(", ")), to),
        );
    }
    gone.retain(|value| !before.contains(value));
    fresh.retain(|value| !after.contains(value));
    if !gone.is_empty() {
        finder.push(
            Rule::ValueRemoved,
            subject,
            (fact(gone.join(", ")), from),
            (None, to),
        );
    }
    if !fresh.is_empty() {
        finder.push(
            Rule::ValueAdded,
            subject,
            (None, from),
            (fact(fresh.join(", ")), to),
        );
    }
}
