//! What tables and samples say of a name, wherever it stands.

use std::collections::BTreeMap;

use crate::claims::{Claim, Witness};
use crate::dialect::WrittenType;
use crate::infer::shape::Shape;
use crate::infer::value::{Look, Scalar, is_compact_date, look};
use crate::read::facts::ParamRow;
use crate::slate::source::Span;

/// In place of a type: tables do not agree.
const SEVERAL: &str = "several";

/// What is known of the names of fields.
#[derive(Clone, Debug, Default)]
pub struct Evidence(BTreeMap<String, NameEvidence>);

/// What is known of a name elsewhere: in the own entity, or else in the whole API.
#[derive(Clone, Copy, Debug)]
pub struct Elsewhere<'a> {
    /// In the entity.
    pub entity: &'a Evidence,
    /// In all entities.
    pub api: &'a Evidence,
}

impl<'a> Elsewhere<'a> {
    /// What is known of a name in lower case: by the entity, or else by all others where they agree.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<&'a NameEvidence> {
        self.entity_of(name)
            .or_else(|| self.api.0.get(name).filter(|all| all.agrees()))
    }

    /// What the entity knows of a name in lower case.
    #[must_use]
    pub fn entity_of(&self, name: &str) -> Option<&'a NameEvidence> {
        self.entity.0.get(name).filter(|own| own.says_something())
    }
}

/// What is known of one name.
#[derive(Clone, Debug, Default)]
pub struct NameEvidence {
    /// The types that tables state, each with the first row that does.
    tables: Vec<(&'static str, Span)>,
    /// What the tables of requests state, and those of answers.
    by_direction: [Option<&'static str>; 2],
    /// In how many places samples show words, and in how many digits.
    words: usize,
    digits: usize,
    /// The types that samples show, each with the first place.
    samples: Vec<(&'static str, Span)>,
    /// True where samples show an object.
    object: bool,
}

impl NameEvidence {
    /// The type that tables state, where they agree.
    #[must_use]
    pub fn documented(&self) -> Option<&'static str> {
        match self.tables.as_slice() {
            [(ty, _)] => Some(ty),
            _ => None,
        }
    }

    /// What samples look like: text, where they do not agree.
    #[must_use]
    pub fn shown(&self) -> Option<&'static str> {
        let all = |types: [&str; 2]| self.samples.iter().all(|(ty, _)| types.contains(ty));
        match self.samples.as_slice() {
            [] => None,
            [(ty, _)] => Some(ty),
            _ if all(["date", "datetime"]) => Some("datetime"),
            _ if all(["integer", "number"]) => Some("number"),
            _ => Some("string"),
        }
    }

    fn says_something(&self) -> bool {
        self.object || !self.tables.is_empty() || !self.samples.is_empty()
    }

    /// Whether the name means one thing wherever it stands.
    fn agrees(&self) -> bool {
        let types = self.tables.iter().chain(&self.samples).map(|(ty, _)| *ty);
        let mut types: Vec<&str> = types.collect();
        types.sort_unstable();
        types.dedup();
        (types.len() == 1 && !self.object) || (types.is_empty() && self.object)
    }

    /// True when it is an object wherever it is filled.
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.object && self.samples.is_empty()
    }

    /// True when its values are words as often as digits, unless a table states a number.
    #[must_use]
    pub fn is_text(&self) -> bool {
        let number = matches!(self.documented(), Some("integer" | "number"));
        self.documented() == Some("string")
            || (!number && self.words > 0 && self.words >= self.digits)
    }

    /// The type that all rows of a name in one direction state, if it is one that the values in samples have.
    #[must_use]
    pub fn stated(&self, answer: bool, looks: &[Look]) -> Option<&'static str> {
        let ty = self.by_direction[usize::from(answer)]?;
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

    /// What it says of a type, as claims on another place.
    pub fn claims(&self) -> impl Iterator<Item = Claim> + '_ {
        let all = self.tables.iter().chain(&self.samples);
        all.map(|(ty, span)| Claim::new(*ty, Witness::Elsewhere, *span))
    }
}

impl Evidence {
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
        add(&mut known.tables, ty, row.span);
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
                let mut texts = field.scalars.iter().map(Scalar::text);
                let days = key.to_lowercase().contains("date")
                    && texts.all(|text| text.is_some_and(is_compact_date));
                let shown = match looks.iter().max() {
                    _ if days => "date",
                    Some(Look::Bool) => "boolean",
                    Some(Look::Integer) => "integer",
                    Some(Look::Number) => "number",
                    Some(Look::Date) => "date",
                    Some(Look::Datetime) => "datetime",
                    _ => "string",
                };
                if let Some(span) = field.spans.first() {
                    add(&mut known.samples, shown, *span);
                }
            }
            self.shape(field);
        }
    }
}

fn add(list: &mut Vec<(&'static str, Span)>, ty: &'static str, span: Span) {
    if !list.iter().any(|(known, _)| *known == ty) {
        list.push((ty, span));
    }
}
