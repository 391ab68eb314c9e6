//! The decision on a type, with everyone who speaks for and against it.

use super::question::{Kind, Known, Question};
use super::rules::{BLANK, CONTRADICTED, RULES};
use super::words::last_word_is;
use crate::claims::{Basis, Claim, Decision, Step, Witness};
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::WrittenType;

/// What is left.
const LAST: Step = Step {
    name: "anything",
    text: "no rule finds a type",
};

/// A type, and how it was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The type.
    pub kind: Kind,
    /// What decided.
    pub decision: Decision,
}

/// Decides on the type of a scalar.
pub fn decide(ask: Question<'_>, diagnostics: &mut Diagnostics) -> Found {
    let known = Known::new(ask);
    let mut rules = RULES.iter();
    let found = rules.find_map(|rule| Some((rule.step, (rule.find)(&known)?)));
    let (step, kind) = found.unwrap_or((LAST, Kind::Plain("any")));
    if let Some(row) = ask.row.filter(|_| step.name == CONTRADICTED) {
        let stated = row.written.map_or("it", written);
        diagnostics.push(
            Code::TypeConflict,
            row.cells.written,
            format!(
                "{} is stated as {stated}, but samples show other values",
                ask.name
            ),
            "it was read as a string",
        );
    }
    let value = match &kind {
        Kind::Plain(name) => (*name).to_owned(),
        Kind::Values(values) => format!("one of {}", values.join(", ")),
    };
    let listed = matches!(kind, Kind::Values(_));
    let decision = decision(&known, value, step, listed);
    Found { kind, decision }
}

/// The decision on what is no scalar, with everyone who speaks for and against it.
pub fn structure(ask: Question<'_>, value: &str, step: Step) -> Decision {
    decision(&Known::new(ask), value.to_owned(), step, false)
}

fn decision(known: &Known<'_>, value: String, step: Step, listed: bool) -> Decision {
    let said = value.clone();
    let speaks_for = |claim: &Claim| fits(&claim.says, &said, listed);
    let claims = claims(known, value == "any");
    let mut decision = Decision::new(value, step, claims, speaks_for);
    let stated = known.ask.row.and_then(|row| row.written) == Some(WrittenType::Any);
    if step.name == BLANK || (decision.value == "any" && !stated) {
        // That it is empty says nothing of it.
        decision.basis = Basis::Assumed;
    }
    decision
}

/// The words for a written type.
fn written(ty: WrittenType) -> &'static str {
    match ty {
        WrittenType::String => "string",
        WrittenType::Enum => "one of several values",
        WrittenType::Integer => "a whole number",
        WrittenType::Number => "a number",
        WrittenType::Boolean => "a boolean",
        WrittenType::Datetime => "datetime",
        WrittenType::Date => "date",
        WrittenType::Object => "object",
        WrittenType::Array => "list",
        WrittenType::Any => "anything",
        WrittenType::File => "file",
    }
}

/// Whether who says this speaks for a type: a value of the one is one of the other.
fn fits(says: &str, value: &str, listed: bool) -> bool {
    let text = matches!(
        says,
        "text" | "digits" | "truth value" | "date" | "datetime" | "empty text" | "string" | "file"
    );
    says == value
        || match value {
            "any" => true,
            _ if listed => text || says == "one of several values",
            "string" | "file" => text,
            "integer" => matches!(says, "digits" | "a whole number"),
            "number" => matches!(says, "digits" | "integer" | "a whole number" | "a number"),
            "boolean" => matches!(says, "truth value" | "a boolean"),
            "datetime" => says == "date",
            _ => false,
        }
}

/// Everyone who says something of the type. That nothing is in a place says something only of what may be `anything`.
fn claims(known: &Known<'_>, anything: bool) -> Vec<Claim> {
    let mut out = Vec::new();
    let ask = &known.ask;
    if let Some(row) = ask.row {
        if let Some(ty) = row.written {
            out.push(Claim::new(written(ty), Witness::Row, row.span));
        }
        // The values of an object's row are names of its members.
        let object = matches!(row.written, Some(WrittenType::Object | WrittenType::Array));
        if !row.values.is_empty() && !object {
            let says = format!("one of {}", row.values.join(", "));
            out.push(Claim::new(says, Witness::Row, row.span));
        }
        if row.written.is_none() && row.values.is_empty() {
            // That its type is left out says nothing: most of what such docs name is text.
            let (says, by) = match row.format.as_deref() {
                Some(format) if format.to_lowercase().contains("hh") => ("datetime", Witness::Row),
                Some(_) => ("date", Witness::Row),
                None => ("text", Witness::Habit),
            };
            out.push(Claim::new(says, by, row.span));
        }
    }
    for seen in &ask.shape.seen {
        let empty = matches!(
            seen.says,
            "placeholder" | "null" | "empty list" | "empty object" | "empty element"
        );
        if !empty || anything {
            out.push(Claim::new(seen.says, seen.by(), seen.span));
        }
    }
    if let Some(other) = known.elsewhere {
        out.extend(other.claims());
    }
    let mut word = |says: &str| out.push(Claim::new(says, Witness::Words, ask.place));
    if known.amount {
        word("number");
    }
    if known.time {
        word("datetime");
    }
    if known.text_beside || last_word_is(ask.name, &ask.hints.text) {
        word("string");
    }
    out
}
