//! The type of a value that is no object, out of its row, its samples and its name.

use super::evidence::Evidence;

use super::shape::{Scalar, Shape};
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{NameHints, WrittenType};
use crate::read::facts::ParamRow;

/// The type of a value that is no object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalars {
    /// A type of the spec.
    Plain(&'static str),
    /// An enumeration.
    Values(Vec<String>),
}

pub fn last_word_is(name: &str, words: &[String]) -> bool {
    let name = name.to_lowercase();
    words.iter().any(|word| {
        name == *word
            || name
                .strip_suffix(word.as_str())
                .is_some_and(|rest| rest.ends_with(['_', '-', '.']))
    })
}

pub fn holds_word(name: &str, words: &[String]) -> bool {
    let name = heck::ToSnakeCase::to_snake_case(name);
    name.split('_').any(|part| {
        words
            .iter()
            .any(|word| part == word || part.strip_suffix('s') == Some(word))
    })
}

pub fn is_amount(name: &str, hints: &NameHints) -> bool {
    let lower = name.to_lowercase();
    if hints.amount_exact.contains(&lower) {
        return true;
    }
    if hints
        .amount_suffix_not
        .iter()
        .any(|word| lower.ends_with(word.as_str()))
    {
        return false;
    }
    let suffix = hints.amount_suffix.iter().any(|word| {
        lower
            .strip_suffix(word.as_str())
            .is_some_and(|rest| rest.len() > 1 && rest.ends_with('_'))
    });
    suffix || holds_word(name, &hints.amount)
}

/// True when a name is one of points in time.
fn is_time(name: &str, hints: &NameHints) -> bool {
    let lower = name.to_lowercase();
    hints
        .datetime_suffix
        .iter()
        .any(|end| lower == end.trim_start_matches('_') || lower.ends_with(end.as_str()))
}

/// True for a sentence that stands where a point in time belongs, such as `the date in ISO form`: it is no value.
fn speaks_of_time(scalar: &Scalar, hints: &NameHints) -> bool {
    let Scalar::Text(text) = scalar else {
        return false;
    };
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let subjects = hints
        .datetime_suffix
        .iter()
        .map(|end| end.trim_start_matches('_'));
    words.len() > 1 && subjects.into_iter().any(|subject| words.contains(&subject))
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// True or false.
    Bool,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Number,
    /// A day.
    Date,
    /// A day with a time.
    Datetime,
    /// Any other text.
    Text,
}

pub fn look(scalar: &Scalar) -> Look {
    match scalar {
        Scalar::Bool(_) => Look::Bool,
        Scalar::Number(text) if text.contains(['.', 'e', 'E']) => Look::Number,
        Scalar::Number(_) => Look::Integer,
        Scalar::Text(text) => look_of_text(text),
    }
}

pub fn look_of_text(text: &str) -> Look {
    let text = text.trim();
    if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
        return Look::Bool;
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = |part: &str| {
        !part.is_empty() && part.len() <= 18 && part.chars().all(|c| c.is_ascii_digit())
    };
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if plain(digits) && !leading_zero {
        return Look::Integer;
    }
    if let Some((whole, part)) = digits.split_once('.')
        && plain(whole)
        && plain(part)
        && !leading_zero
    {
        return Look::Number;
    }
    date(text)
}

/// Whether a text looks like a date, with a time or without.
#[must_use]
pub fn date(text: &str) -> Look {
    let (day, time) = match text.find(['T', ' ']) {
        Some(at) => (&text[..at], text[at + 1..].trim()),
        None => (text, ""),
    };
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    let numeric = parts.len() == 3
        && parts.iter().all(|part| {
            !part.is_empty() && part.len() <= 4 && part.chars().all(|c| c.is_ascii_digit())
        });
    let year = parts.iter().filter(|part| part.len() == 4).count() == 1;
    if !(numeric && year) {
        return Look::Text;
    }
    let clock = time.contains(':') && time.starts_with(|c: char| c.is_ascii_digit());
    match (time.is_empty(), clock) {
        (true, _) => Look::Date,
        (false, true) => Look::Datetime,
        (false, false) => Look::Text,
    }
}

/// Digits that form a day, such as `20120820`.
pub fn is_compact_date(text: &str) -> bool {
    let number =
        |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u32>().ok());
    let day = (number(0..4), number(4..6), number(6..8));
    text.len() == 8 && matches!(day, (Some(1900..=2199), Some(1..=12), Some(1..=31)))
}

/// What is known of a field when its type is decided.
pub struct Question<'a> {
    /// Its name.
    pub name: &'a str,
    /// What samples show.
    pub shape: &'a Shape,
    /// Its row.
    pub row: Option<&'a ParamRow>,
    /// The fields of the object that it is in.
    pub beside: &'a [String],
    /// What the entity knows of its name.
    pub evidence: &'a Evidence,
}

/// The type of a scalar by name, samples and table row.
pub fn scalar(
    question: &Question<'_>,
    hints: &NameHints,
    diagnostics: &mut Diagnostics,
) -> Scalars {
    let Question {
        name, shape, row, ..
    } = *question;
    let shown: Vec<&Scalar> = shape
        .scalars
        .iter()
        .filter(|scalar| !(is_time(name, hints) && speaks_of_time(scalar, hints)))
        .collect();
    let looks: Vec<Look> = shown.iter().map(|scalar| look(scalar)).collect();
    let all = |allowed: &[Look]| looks.iter().all(|look| allowed.contains(look));
    let plain = Scalars::Plain;
    let mut conflict = |row: &ParamRow, stated: &str| {
        diagnostics.push(
            Code::TypeConflict,
            row.span,
            format!("{name} is stated as {stated}, but samples show other values"),
            "it was read as a string",
        );
        plain("string")
    };
    let written = row.and_then(|row| row.written);
    let listed = row.filter(|row| !row.values.is_empty());
    // Identifiers are text, also where a table calls them numbers.
    let numeric_or_text = !matches!(
        written,
        Some(WrittenType::Boolean | WrittenType::Date | WrittenType::Datetime)
    );
    let flags = !looks.is_empty() && all(&[Look::Bool]);
    if last_word_is(name, &hints.text) && numeric_or_text && !flags {
        return listed
            .filter(|row| row.written == Some(WrittenType::Enum))
            .map_or(plain("string"), |row| Scalars::Values(row.values.clone()));
    }
    match (written, row) {
        (Some(WrittenType::Integer), Some(row)) => {
            if !all(&[Look::Integer, Look::Number]) {
                conflict(row, "a whole number")
            } else if is_amount(name, hints) || looks.contains(&Look::Number) {
                plain("number")
            } else {
                plain("integer")
            }
        }
        (Some(WrittenType::Number), Some(row)) => {
            if all(&[Look::Integer, Look::Number]) {
                plain("number")
            } else {
                conflict(row, "a number")
            }
        }
        (Some(WrittenType::Boolean), Some(row)) => {
            let flags = shape.scalars.iter().all(|scalar| match scalar {
                Scalar::Bool(_) => true,
                Scalar::Number(text) | Scalar::Text(text) => {
                    ["true", "false", "0", "1", "yes", "no", "y", "n"]
                        .contains(&text.to_lowercase().as_str())
                }
            });
            if flags {
                plain("boolean")
            } else {
                conflict(row, "a boolean")
            }
        }
        (Some(WrittenType::Datetime), _) => plain("datetime"),
        (Some(WrittenType::Date), _) => plain(if looks.contains(&Look::Datetime) {
            "datetime"
        } else {
            "date"
        }),
        (Some(WrittenType::Enum), Some(row)) if !row.values.is_empty() => {
            Scalars::Values(row.values.clone())
        }
        (Some(WrittenType::String), _) => plain("string"),
        // An object or a list by the table, a scalar in the samples: the samples are right.
        _ => {
            if let Some(row) = listed.filter(|row| row.written.is_none()) {
                let flags = row
                    .values
                    .iter()
                    .all(|value| value == "true" || value == "false");
                return if flags {
                    plain("boolean")
                } else {
                    Scalars::Values(row.values.clone())
                };
            }
            let remarked = shape
                .remarks
                .iter()
                .map(|remark| crate::read::values::of_remark(remark))
                .find(|values| !values.is_empty());
            match remarked {
                // A field that is only seen empty shows nothing against the list.
                Some(values) if row.is_none() && !flags => Scalars::Values(values),
                _ => plain(undocumented(question, &looks, hints)),
            }
        }
    }
}

/// The type of a field that no table states.
pub fn undocumented(question: &Question<'_>, looks: &[Look], hints: &NameHints) -> &'static str {
    let Question {
        name,
        shape,
        row,
        beside,
        evidence,
    } = *question;
    let all = |allowed: &[Look]| looks.iter().all(|look| allowed.contains(look));
    let lower = name.to_lowercase();
    let ambiguous = hints.ambiguous.contains(&lower);
    let elsewhere = if ambiguous { None } else { evidence.of(&lower) };
    let quoted = shape
        .scalars
        .iter()
        .all(|scalar| matches!(scalar, Scalar::Text(_)));
    let text_beside = hints
        .text_beside
        .get(&lower)
        .is_some_and(|others| others.iter().any(|other| beside.contains(other)));
    let in_time = is_time(name, hints);
    if looks.is_empty() {
        if let Some(format) = row.and_then(|row| row.format.as_deref()) {
            return if format.to_lowercase().contains("hh") {
                "datetime"
            } else {
                "date"
            };
        }
        return match elsewhere.and_then(|known| {
            known
                .documented
                .filter(|ty| *ty != "boolean")
                .or(known.shown)
        }) {
            // The name is a hint only: a value or a table of the entity knows better.
            Some(known) if !matches!(known, "integer" | "number") => known,
            _ if is_amount(name, hints) && !text_beside => "number",
            Some(known) => known,
            None if text_beside => "string",
            None if in_time => "datetime",
            // A row, or a blank text, says that it is written down as one.
            None if row.is_some() || shape.empty_text => "string",
            None => "any",
        };
    }
    if text_beside || hints.text_exact.contains(&lower) {
        return if all(&[Look::Bool]) && !quoted {
            "boolean"
        } else {
            "string"
        };
    }
    let numeric = all(&[Look::Integer, Look::Number]);
    if numeric && quoted {
        let digits = |scalar: &Scalar| matches!(scalar, Scalar::Text(text) if text.trim().len() >= 10 && text.trim().chars().all(|c| c.is_ascii_digit()));
        let id = lower == "id" || lower.ends_with("id");
        if lower.contains("date")
            && shape
                .scalars
                .iter()
                .all(|scalar| matches!(scalar, Scalar::Text(text) if is_compact_date(text.trim())))
        {
            return "date";
        }
        let short = |scalar: &Scalar| matches!(scalar, Scalar::Text(text) if text.trim().len() < 3);
        match elsewhere {
            _ if is_amount(name, hints) || shape.scalars.iter().all(short) => {}
            Some(known) if known.is_text() => return "string",
            Some(known)
                if matches!(
                    known.documented,
                    Some("integer" | "number" | "string" | "datetime")
                ) =>
            {
                return known.documented.unwrap_or("string");
            }
            _ => {}
        }
        if !id && !in_time && !is_amount(name, hints) && shape.scalars.iter().any(digits) {
            return "string";
        }
        if last_word_is(name, &hints.text_weak) {
            return "string";
        }
    }
    if numeric {
        return if is_amount(name, hints) || !all(&[Look::Integer]) {
            "number"
        } else {
            "integer"
        };
    }
    if all(&[Look::Bool]) {
        "boolean"
    } else if all(&[Look::Date]) {
        "date"
    } else if all(&[Look::Date, Look::Datetime]) {
        "datetime"
    } else {
        "string"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ty(name: &str, values: &[&str], written: Option<WrittenType>) -> Scalars {
        let shape = Shape {
            scalars: values
                .iter()
                .map(|value| Scalar::Text((*value).to_owned()))
                .collect(),
            ..Shape::default()
        };
        let row = written.map(|written| ParamRow {
            above: Vec::new(),
            stated: None,
            place: None,
            names: vec![name.to_owned()],
            together: crate::read::facts::Names::One,
            mark: String::new(),
            preset: None,
            written: Some(written),
            doc: String::new(),
            values: Vec::new(),
            default: None,
            format: None,
            limit: None,
            span: crate::slate::source::Span::new(0, 0, 1),
        });
        ask(name, &shape, row.as_ref(), &Evidence::default())
    }

    fn ask(name: &str, shape: &Shape, row: Option<&ParamRow>, evidence: &Evidence) -> Scalars {
        let dialect =
            crate::dialect::Dialect::parse("d", include_str!("../../../spec/dialect.yaml"))
                .unwrap();
        let question = Question {
            name,
            shape,
            row,
            beside: &["name".to_owned()],
            evidence,
        };
        scalar(&question, &dialect.names, &mut Diagnostics::default())
    }

    /// What an entity knows that shows these values of one field.
    fn shown(name: &str, values: &[&str]) -> Evidence {
        let field = Shape {
            scalars: values
                .iter()
                .map(|value| Scalar::Text((*value).to_owned()))
                .collect(),
            ..Shape::default()
        };
        let mut evidence = Evidence::default();
        evidence.shape(&Shape {
            fields: [(name.to_owned(), field)].into(),
            ..Shape::default()
        });
        evidence
    }

    #[test]
    fn a_remark_lists_the_values_of_a_field_that_is_only_seen_empty() {
        let mut shape = Shape {
            empty: true,
            remarks: vec!["postage_on can be on PARCEL or PALLET".to_owned()],
            ..Shape::default()
        };
        let listed = Scalars::Values(vec!["PARCEL".to_owned(), "PALLET".to_owned()]);
        assert_eq!(
            ask("postage_on", &shape, None, &Evidence::default()),
            listed
        );
        // Shown as true or false, it is none of them.
        shape.scalars = vec![Scalar::Bool(true)];
        assert_eq!(
            ask("postage_on", &shape, None, &Evidence::default()),
            Scalars::Plain("boolean")
        );
    }

    #[test]
    fn what_is_shown_elsewhere_is_more_than_a_hint_of_the_name() {
        let empty = Shape {
            empty: true,
            ..Shape::default()
        };
        for (name, elsewhere, want) in [
            ("price_group", &["BULKY"][..], "string"),
            ("price_group", &["7"], "number"),
            ("price_group", &[], "number"),
            ("price_type", &[], "any"),
            ("discount_code", &[], "any"),
        ] {
            assert_eq!(
                ask(name, &empty, None, &shown(name, elsewhere)),
                Scalars::Plain(want),
                "{name} {elsewhere:?}"
            );
        }
    }

    #[test]
    fn samples_and_names_decide_without_a_table() {
        for (name, values, want) in [
            ("success", &["true"][..], "boolean"),
            ("user_id", &["98662653"], "integer"),
            ("mobile", &["919700000000"], "string"),
            ("target_mobile", &["919700000000"], "string"),
            ("code", &["06000041"], "string"),
            ("local_value", &["10"], "number"),
            ("value", &["10"], "string"),
            ("ratio", &["1"], "number"),
            ("bill_number", &["123"], "string"),
            ("offset", &["+170306148"], "string"),
            ("created_on", &["2016-09-11 11:11:11"], "datetime"),
            ("created_on", &["2016-09-11"], "date"),
            (
                "created_on",
                &["2016-09-11", "2016-09-11T11:11:11Z"],
                "datetime",
            ),
            ("points", &["1", "2.5"], "number"),
            ("anything", &[], "any"),
            ("totalPoints", &[], "number"),
            ("qty", &["2"], "number"),
            ("points_count", &["2"], "integer"),
            ("modified_on", &[], "datetime"),
            ("identifier", &["971564265901"], "string"),
            ("to", &["447700900000"], "string"),
            ("start_date", &["20120820"], "date"),
            ("number", &["7"], "string"),
            ("sent_on", &["the date in ISO form"], "datetime"),
            ("sent_on", &["the date in ISO form", "2016-09-11"], "date"),
            ("sent_on", &["next Monday"], "string"),
            ("note", &["the date in ISO form"], "string"),
        ] {
            assert_eq!(
                ty(name, values, None),
                Scalars::Plain(want),
                "{name} {values:?}"
            );
        }
    }

    #[test]
    fn tables_win_unless_samples_contradict() {
        for (name, values, written, want) in [
            (
                "redemption_id",
                &["r0njPT"][..],
                WrittenType::Integer,
                "string",
            ),
            // Whatever a table or a sample shows, half a point may come.
            ("points", &["100"], WrittenType::Integer, "number"),
            ("visits", &["100"], WrittenType::Integer, "integer"),
            ("mobile", &["44700900000"], WrittenType::Integer, "string"),
            ("code", &["7"], WrittenType::String, "string"),
            ("flag", &["1"], WrittenType::Boolean, "boolean"),
            ("issue_otp", &["true"], WrittenType::Boolean, "boolean"),
            ("value", &["31.27"], WrittenType::Number, "number"),
            ("flag", &["maybe"], WrittenType::Boolean, "string"),
            ("nextSerialNumber", &["2"], WrittenType::Integer, "integer"),
            ("lifetime_purchases", &["0"], WrittenType::Integer, "number"),
        ] {
            assert_eq!(
                ty(name, values, Some(written)),
                Scalars::Plain(want),
                "{name}"
            );
        }
    }
}
