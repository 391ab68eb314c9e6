//! What is known of a field when its type is decided.

use super::evidence::{Elsewhere, NameEvidence};
use super::words::{is_amount, is_part, is_time, speaks_of_time};
use crate::dialect::NameHints;
use crate::infer::shape::Shape;
use crate::infer::value::{Look, Scalar, is_placeholder, look};
use crate::read::facts::ParamRow;
use crate::slate::source::Span;

/// The type of a value that is no object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A type of the spec.
    Plain(&'static str),
    /// An enumeration.
    Values(Vec<String>),
}

impl Kind {
    /// The type of the spec for a value that has no place for an enumeration.
    #[must_use]
    pub fn plain(&self) -> &'static str {
        match self {
            Self::Plain(name) => name,
            Self::Values(_) => "string",
        }
    }
}

/// What is known of a field when its type is decided.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// Its name.
    pub name: &'a str,
    /// What samples show.
    pub shape: &'a Shape,
    /// Its row.
    pub row: Option<&'a ParamRow>,
    /// The fields of the object that it is in.
    pub beside: &'a [String],
    /// The name of that object; empty outside of messages, and for the message itself.
    pub inside: &'a str,
    /// What is known of its name elsewhere.
    pub elsewhere: Elsewhere<'a>,
    /// Where that counts: true in an answer. `None` outside of messages.
    pub answer: Option<bool>,
    /// The words that say something of types.
    pub hints: &'a NameHints,
    /// Where to point for what no place of the docs says.
    pub place: Span,
}

/// A question with what can be seen in it at once.
pub struct Known<'a> {
    /// The question.
    pub ask: Question<'a>,
    /// The name in lower case.
    pub lower: String,
    /// What each value that samples show looks like.
    pub looks: Vec<Look>,
    /// The name elsewhere, where names mean the same everywhere.
    pub elsewhere: Option<&'a NameEvidence>,
    /// The name is one of amounts.
    pub amount: bool,
    /// The name is one of points in time.
    pub time: bool,
    /// It is the value of something that the object names.
    pub text_beside: bool,
}

impl<'a> Known<'a> {
    /// Looks at a question.
    pub fn new(ask: Question<'a>) -> Self {
        let (name, hints) = (ask.name, ask.hints);
        let lower = name.to_lowercase();
        let time = is_time(name, hints);
        // Where a row says what it is, `<number of boxes>` in a sample says nothing against it.
        let typed = ask.row.is_some_and(|row| row.written.is_some());
        let value = |scalar: &&Scalar| {
            let none = time && speaks_of_time(scalar, hints);
            !(none || typed && scalar.text().is_some_and(is_placeholder))
        };
        let shown = ask.shape.scalars.iter().filter(value);
        let beside = |others: &Vec<String>| others.iter().any(|other| ask.beside.contains(other));
        Self {
            looks: shown.map(look).collect(),
            // A blank text is a sign against what other entities show.
            elsewhere: match hints.ambiguous.contains(&lower) {
                true => None,
                false if ask.row.is_none() && ask.shape.empty_text && ask.answer.is_some() => {
                    ask.elsewhere.entity_of(&lower)
                }
                false => ask.elsewhere.of(&lower),
            },
            amount: is_amount(name, hints) || (is_part(name) && is_amount(ask.inside, hints)),
            time,
            text_beside: hints.text_beside.get(&lower).is_some_and(beside),
            lower,
            ask,
        }
    }

    /// Whether all values look like one of these.
    pub fn all(&self, allowed: &[Look]) -> bool {
        self.looks.iter().all(|look| allowed.contains(look))
    }

    /// Whether samples show values, all of which are numbers.
    pub fn numeric(&self) -> bool {
        !self.looks.is_empty() && self.all(&[Look::Integer, Look::Number])
    }

    /// Whether samples show values, all of which are true or false.
    pub fn flags(&self) -> bool {
        !self.looks.is_empty() && self.all(&[Look::Bool])
    }

    /// Whether samples show texts only.
    pub fn quoted(&self) -> bool {
        self.texts().count() == self.ask.shape.scalars.len()
    }

    /// The texts that samples show, without blanks around.
    pub fn texts(&self) -> impl Iterator<Item = &'a str> {
        self.ask
            .shape
            .scalars
            .iter()
            .filter_map(|scalar| match scalar {
                Scalar::Text(text) => Some(text.trim()),
                _ => None,
            })
    }
}
