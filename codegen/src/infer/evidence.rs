//! What an entity knows of the names of its fields.

use super::scalar::{Look, look};
use std::collections::BTreeMap;

use super::shape::Shape;
use crate::dialect::WrittenType;
use crate::read::facts::ParamRow;

/// In place of a type: tables do not agree.
const SEVERAL: &str = "several";

/// What an entity knows of the names of its fields.
#[derive(Clone, Debug, Default)]
pub struct Evidence(BTreeMap<String, NameEvidence>);

/// What is known of one name.
#[derive(Clone, Debug, Default)]
pub struct NameEvidence {
    /// The type that tables state, where they agree.
    pub documented: Option<&'static str>,
    /// True when tables state several.
    disagree: bool,
    /// What the tables of requests state, and those of answers.
    by_direction: [Option<&'static str>; 2],
    /// In how many places samples show words, and in how many digits.
    words: usize,
    digits: usize,
    /// What samples look like, where they agree.
    pub shown: Option<&'static str>,
    /// True where samples show an object.
    object: bool,
}

impl NameEvidence {
    /// True when it is an object wherever it is filled.
    pub fn is_object(&self) -> bool {
        self.object && self.shown.is_none()
    }

    /// True when its values are words as often as digits, unless a table states a number.
    pub fn is_text(&self) -> bool {
        self.documented == Some("string")
            || (!matches!(self.documented, Some("integer" | "number"))
                && self.words > 0
                && self.words >= self.digits)
    }
}

impl Evidence {
    /// What is known of a name in lower case.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<&NameEvidence> {
        self.0.get(name)
    }

    /// The type that all rows of a name in one direction state, if it is one that the values in samples have.
    #[must_use]
    pub fn stated(&self, name: &str, answer: bool, looks: &[Look]) -> Option<&'static str> {
        let ty = self.0.get(name)?.by_direction[usize::from(answer)]?;
        let fits = |look: &Look| match ty {
            "datetime" => matches!(look, Look::Date | Look::Datetime),
            "number" => matches!(look, Look::Integer | Look::Number),
            "integer" => *look == Look::Integer,
            "date" => *look == Look::Date,
            "boolean" => *look == Look::Bool,
            _ => ty != SEVERAL,
        };
        (!looks.is_empty() && looks.iter().all(fits)).then_some(ty)
    }

    /// Takes in what a row states.
    pub fn row(&mut self, row: &ParamRow, answer: bool) {
        let [name] = row.names.as_slice() else { return };
        let ty = match row.written {
            Some(WrittenType::String) => "string",
            Some(WrittenType::Integer) => "integer",
            Some(WrittenType::Number) => "number",
            Some(WrittenType::Boolean) => "boolean",
            Some(WrittenType::Datetime) => "datetime",
            Some(WrittenType::Date) => "date",
            _ => return,
        };
        let known = self.0.entry(name.to_lowercase()).or_default();
        let stated = &mut known.by_direction[usize::from(answer)];
        *stated = Some(match *stated {
            Some(other) if other != ty => SEVERAL,
            _ => ty,
        });
        match known.documented {
            None if !known.disagree => known.documented = Some(ty),
            Some(other) if other != ty => {
                known.documented = None;
                known.disagree = true;
            }
            _ => {}
        }
    }

    /// Takes in what samples show.
    pub fn shape(&mut self, shape: &Shape) {
        for (key, field) in &shape.fields {
            if !field.fields.is_empty() {
                self.0.entry(key.to_lowercase()).or_default().object = true;
            }
            if !field.scalars.is_empty() && field.fields.is_empty() {
                let looks: Vec<Look> = field.scalars.iter().map(look).collect();
                let known = self.0.entry(key.to_lowercase()).or_default();
                if looks.contains(&Look::Text) {
                    known.words += 1;
                } else if looks
                    .iter()
                    .all(|look| matches!(look, Look::Integer | Look::Number))
                {
                    known.digits += 1;
                }
                let shown = match looks.iter().max() {
                    Some(Look::Bool) => "boolean",
                    Some(Look::Integer) => "integer",
                    Some(Look::Number) => "number",
                    Some(Look::Date) => "date",
                    Some(Look::Datetime) => "datetime",
                    _ => "string",
                };
                known.shown = Some(match known.shown {
                    Some(other) if other != shown => "string",
                    _ => shown,
                });
            }
            self.shape(field);
        }
    }
}
