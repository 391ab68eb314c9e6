//! Who wins over whom where a type is decided. The first rule that finds one decides.

use super::question::{Kind, Known};
use super::words::last_word_is;
use crate::claims::Step;
use crate::dialect::{Quoted, WrittenType};
use crate::infer::value::{Look, Scalar, is_compact_date};
use crate::read::facts::ParamRow;
use crate::read::remarks::of_remark;

use Kind::{Plain, Values};

/// A rule: its name, what it says, and how it finds a type.
pub struct Rule {
    /// Its name, and what it says.
    pub step: Step,
    /// The type by this rule.
    pub find: fn(&Known<'_>) -> Option<Kind>,
}

const fn rule(
    name: &'static str,
    text: &'static str,
    find: fn(&Known<'_>) -> Option<Kind>,
) -> Rule {
    Rule {
        step: Step { name, text },
        find,
    }
}

/// The rule by which samples contradict a row.
pub const CONTRADICTED: &str = "samples contradict the row";

/// The rule by which text is assumed.
pub const BLANK: &str = "blank text";

/// The whole of it, in order.
pub const RULES: &[Rule] = &[
    rule(
        "identifiers are text",
        "what nobody calculates with is text, also where a table calls it a number",
        identifier,
    ),
    rule(
        CONTRADICTED,
        "a row whose type none of the samples can have is followed by nobody: what is shown is text",
        contradicted,
    ),
    rule(
        "quotes are meant",
        "by the dialect what is in quotes is text, and no row says otherwise",
        meant_as_text,
    ),
    rule(
        "amounts are exact numbers",
        "points, money and goods may have fractions, whatever one table or sample shows",
        stated_amount,
    ),
    rule(
        "stated",
        "what its row states, and samples do not contradict",
        stated,
    ),
    rule(
        "listed values",
        "a row, or a remark beside the value, lists all values that it may have",
        listed,
    ),
    rule(
        "written format",
        "no value is shown, and the row has its format",
        written_format,
    ),
    rule(
        "same name elsewhere",
        "no value is shown here, and the name has a type elsewhere",
        elsewhere,
    ),
    rule(
        "words of its name",
        "no value is shown, and the name is one of amounts, of points in time, or of named texts",
        by_words,
    ),
    rule(
        BLANK,
        "no value is shown: where a blank text stands, or a row names no type, it is most likely text",
        blank,
    ),
    rule(
        "nothing known",
        "no value is shown, and nothing says what it is",
        nothing,
    ),
    rule(
        "tables agree",
        "all tables of this direction state one type for the name, and the values are of it",
        tables_agree,
    ),
    rule(
        "text by its name",
        "the value of something that is named beside it, or a name of texts",
        text_by_name,
    ),
    rule(
        "quoted digits",
        "digits in quotes are what the name is elsewhere, a day, or the digits of an identifier",
        quoted_digits,
    ),
    rule(
        "shown",
        "what the values of all samples have in common",
        shown,
    ),
];

fn identifier(known: &Known<'_>) -> Option<Kind> {
    let row = known.ask.row;
    let other = row.and_then(|row| row.written).is_some_and(|written| {
        matches!(
            written,
            WrittenType::Boolean | WrittenType::Date | WrittenType::Datetime
        )
    });
    if !last_word_is(known.ask.name, &known.ask.hints.text) || other || known.flags() {
        return None;
    }
    let listed = row.filter(|row| row.written == Some(WrittenType::Enum) && !row.values.is_empty());
    Some(listed.map_or(Plain("string"), |row| Values(row.values.clone())))
}

/// True for what a boolean may be written as.
fn is_flag(scalar: &Scalar) -> bool {
    let words = ["true", "false", "0", "1", "yes", "no", "y", "n"];
    scalar
        .text()
        .is_none_or(|text| words.contains(&text.to_lowercase().as_str()))
}

fn contradicted(known: &Known<'_>) -> Option<Kind> {
    let numbers = known.all(&[Look::Integer, Look::Number]);
    let fits = match known.ask.row?.written? {
        WrittenType::Integer | WrittenType::Number => numbers,
        WrittenType::Boolean => known.ask.shape.scalars.iter().all(is_flag),
        _ => true,
    };
    (!fits).then_some(Plain("string"))
}

fn stated_amount(known: &Known<'_>) -> Option<Kind> {
    let whole = known.ask.row?.written? == WrittenType::Integer;
    let fraction = known.looks.contains(&Look::Number);
    (whole && (known.amount || fraction)).then_some(Plain("number"))
}

fn stated(known: &Known<'_>) -> Option<Kind> {
    let row = known.ask.row?;
    Some(match row.written? {
        WrittenType::Integer => Plain("integer"),
        WrittenType::Number => Plain("number"),
        WrittenType::Boolean => Plain("boolean"),
        WrittenType::Datetime => Plain("datetime"),
        WrittenType::Date if known.looks.contains(&Look::Datetime) => Plain("datetime"),
        WrittenType::Date => Plain("date"),
        WrittenType::Enum if !row.values.is_empty() => Values(row.values.clone()),
        WrittenType::String | WrittenType::File => Plain("string"),
        // Outside of messages everything is written as text.
        WrittenType::Any if known.ask.answer.is_some() => Plain("any"),
        // An object or a list by the table, a scalar in the samples: the samples are right.
        WrittenType::Enum | WrittenType::Object | WrittenType::Array | WrittenType::Any => {
            return None;
        }
    })
}

fn listed(known: &Known<'_>) -> Option<Kind> {
    let own = |row: &&ParamRow| row.written.is_none() && !row.values.is_empty();
    if let Some(row) = known.ask.row.filter(own) {
        let flag = |value: &String| value == "true" || value == "false";
        let flags = row.values.iter().all(flag);
        return Some(if flags {
            Plain("boolean")
        } else {
            Values(row.values.clone())
        });
    }
    if known.ask.row.is_some() || known.flags() {
        return None;
    }
    let remarks = known.ask.shape.remarks.iter();
    let values = remarks.map(|remark| of_remark(remark));
    values
        .into_iter()
        .find(|values| !values.is_empty())
        .map(Values)
}

fn written_format(known: &Known<'_>) -> Option<Kind> {
    let format = known.ask.row?.format.as_deref()?;
    let clock = format.to_lowercase().contains("hh");
    let ty = if clock { "datetime" } else { "date" };
    known.looks.is_empty().then_some(Plain(ty))
}

fn elsewhere(known: &Known<'_>) -> Option<Kind> {
    let other = known.elsewhere.filter(|_| known.looks.is_empty())?;
    let stated = other.documented().filter(|ty| *ty != "boolean");
    // A day that is shown elsewhere says less than a name that says of itself what it is: a point in time.
    let shown = other.shown().filter(|ty| !known.time || *ty != "date");
    let ty = stated.or(shown)?;
    // Where it is a number there, the words of the name say of which kind.
    let number = matches!(ty, "integer" | "number");
    (!number || !known.amount || known.text_beside).then_some(Plain(ty))
}

fn by_words(known: &Known<'_>) -> Option<Kind> {
    let ty = if known.text_beside {
        "string"
    } else if known.amount {
        "number"
    } else if known.time {
        "datetime"
    } else {
        return None;
    };
    known.looks.is_empty().then_some(Plain(ty))
}

fn blank(known: &Known<'_>) -> Option<Kind> {
    let written = known.ask.row.is_some() || known.ask.shape.empty_text;
    (written && known.looks.is_empty()).then_some(Plain("string"))
}

fn nothing(known: &Known<'_>) -> Option<Kind> {
    known.looks.is_empty().then_some(Plain("any"))
}

fn meant_as_text(known: &Known<'_>) -> Option<Kind> {
    let meant = known.ask.hints.quoted == Quoted::Text && (known.numeric() || known.flags());
    let row = known.ask.row.and_then(|row| row.written);
    let other = row.is_some_and(|written| written != WrittenType::String);
    (meant && known.quoted() && !other).then_some(Plain("string"))
}

fn tables_agree(known: &Known<'_>) -> Option<Kind> {
    let free = known.ask.row.is_none() && !known.amount;
    let answer = known.ask.answer.filter(|_| free)?;
    let ty = known.elsewhere?.stated(answer, &known.looks)?;
    Some(Plain(ty))
}

fn text_by_name(known: &Known<'_>) -> Option<Kind> {
    let named = known.text_beside || known.ask.hints.text_exact.contains(&known.lower);
    let flags = known.flags() && !known.quoted();
    named.then_some(Plain(if flags { "boolean" } else { "string" }))
}

fn quoted_digits(known: &Known<'_>) -> Option<Kind> {
    if !known.numeric() || !known.quoted() {
        return None;
    }
    if known.lower.contains("date") && known.texts().all(is_compact_date) {
        return Some(Plain("date"));
    }
    let short = known.texts().all(|text| text.len() < 3);
    if !known.amount
        && !short
        && let Some(other) = known.elsewhere
    {
        if other.is_text() {
            return Some(Plain("string"));
        }
        if let Some(ty @ ("integer" | "number" | "string" | "datetime")) = other.documented() {
            return Some(Plain(ty));
        }
    }
    let digits = |text: &str| text.len() >= 10 && text.chars().all(|c| c.is_ascii_digit());
    let id = known.lower == "id" || known.lower.ends_with("id");
    let long = !id && !known.time && !known.amount && known.texts().any(digits);
    let weak = last_word_is(known.ask.name, &known.ask.hints.text_weak);
    (long || weak).then_some(Plain("string"))
}

#[expect(clippy::unnecessary_wraps, reason = "a rule as the others are")]
fn shown(known: &Known<'_>) -> Option<Kind> {
    let all = |allowed: &[Look]| known.all(allowed);
    Some(Plain(if known.numeric() {
        if known.amount || !all(&[Look::Integer]) {
            "number"
        } else {
            "integer"
        }
    } else if all(&[Look::Bool]) {
        "boolean"
    } else if all(&[Look::Date]) {
        "date"
    } else if all(&[Look::Date, Look::Datetime]) {
        "datetime"
    } else {
        "string"
    }))
}
