//! What a value on the wire looks like, which is all that is kept of it.

use crate::shown;

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(super) enum Found {
    /// `null`, an empty text, list or object.
    Nothing,
    /// `true` and `false`, also as texts, and words that stand for them.
    Boolean,
    /// `0` and `1`: a number, and a truth value.
    Bit,
    /// A whole number, also in quotation marks.
    Integer,
    /// Another number.
    Decimal,
    /// Any other text.
    Text,
    /// A list where one value was wanted.
    List,
    /// An object where none was wanted.
    Object,
}

/// How many kinds there are.
pub(super) const KINDS: usize = 8;

impl Found {
    pub(super) const ALL: [Self; KINDS] = [
        Self::Nothing,
        Self::Boolean,
        Self::Bit,
        Self::Integer,
        Self::Decimal,
        Self::Text,
        Self::List,
        Self::Object,
    ];

    /// Its name in a report.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Boolean => "boolean",
            Self::Bit | Self::Integer => "integer",
            Self::Decimal => "number",
            Self::Text => "string",
            Self::List => "list",
            Self::Object => "object",
        }
    }

    /// The kind that a drift stream calls so.
    pub(super) fn of_event(word: &str) -> Self {
        match word {
            "boolean" => Self::Boolean,
            // A whole number would have been taken wherever a number is wanted.
            "number" => Self::Decimal,
            "list" => Self::List,
            "object" => Self::Object,
            "string" => Self::Text,
            _ => Self::Nothing,
        }
    }
}

/// What a number or the words of a text are.
pub(super) fn of_text(text: &[u8]) -> Found {
    let text = text.trim_ascii();
    match text {
        [] => Found::Nothing,
        [b'0' | b'1'] => Found::Bit,
        [b'0'..=b'9' | b'-' | b'+' | b'.', ..] => number(text).unwrap_or(Found::Text),
        _ if text.len() <= 5 && truth(text).is_some() => Found::Boolean,
        _ => Found::Text,
    }
}

/// The truth value that a text stands for; the words that the SDK takes.
pub(super) fn truth(text: &[u8]) -> Option<bool> {
    let text = text.trim_ascii();
    let is = |word: &&str| text.eq_ignore_ascii_case(word.as_bytes());
    if ["true", "1", "yes", "y"].iter().any(is) {
        Some(true)
    } else if ["false", "0", "no", "n"].iter().any(is) {
        Some(false)
    } else {
        None
    }
}

/// A number as people write it: `+5`, `.5`, `5.` and `007` are some too.
fn number(text: &[u8]) -> Option<Found> {
    let text = text
        .strip_prefix(b"-")
        .or(text.strip_prefix(b"+"))
        .unwrap_or(text);
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits(text);
    let rest = text.get(whole..)?;
    let (fraction, rest) = match rest.strip_prefix(b".") {
        Some(after) => after.split_at(digits(after)),
        None => (&rest[..0], rest),
    };
    if whole + fraction.len() == 0 {
        return None;
    }
    let is_whole = fraction.iter().all(|digit| *digit == b'0');
    match rest {
        // What does not fit an integer of 64 bits is none.
        [] if is_whole && whole <= 18 => Some(Found::Integer),
        [] => Some(Found::Decimal),
        [b'e' | b'E', power @ ..] => {
            let power = power
                .strip_prefix(b"-")
                .or(power.strip_prefix(b"+"))
                .unwrap_or(power);
            let is_number = !power.is_empty() && digits(power) == power.len();
            is_number.then_some(Found::Decimal)
        }
        _ => None,
    }
}

/// What stands for what came beside all that is kept.
pub(super) const HIDDEN: &str = "*";

/// A value that may be written down where the docs list values: a word, as lists hold them.
pub(super) fn is_word(value: &str) -> bool {
    let letter = value.bytes().any(|byte| byte.is_ascii_alphabetic());
    letter && !value.contains(['@', '.']) && shown::is_name(value)
}

/// A value of which only the form is left.
pub(super) fn masked(value: &str) -> String {
    let mask = |c: char| match c {
        '0'..='9' => '9',
        c if c.is_alphabetic() && c.is_uppercase() => 'A',
        c if c.is_alphanumeric() => 'a',
        c if c.is_ascii_punctuation() || c == ' ' => c,
        _ => '?',
    };
    let mut out: String = value.chars().take(40).map(mask).collect();
    if value.chars().nth(40).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_what_they_can_be_read_as() {
        for (text, found) in [
            ("", Found::Nothing),
            ("  ", Found::Nothing),
            ("1", Found::Bit),
            ("007", Found::Integer),
            ("100.00", Found::Integer),
            ("-1.5", Found::Decimal),
            (".5", Found::Decimal),
            ("1e3", Found::Decimal),
            ("1234567890123456789", Found::Decimal),
            ("1-2", Found::Text),
            ("-", Found::Text),
            ("2020-01-01", Found::Text),
            ("TRUE", Found::Boolean),
            ("n", Found::Boolean),
            ("north", Found::Text),
        ] {
            assert_eq!(of_text(text.as_bytes()), found, "{text:?}");
        }
    }

    #[test]
    fn a_mask_shows_the_form_only() {
        assert_eq!(masked("Tom, 12 é"), "Aaa, 99 a");
        assert_eq!(masked("\u{1b}[0m"), "?[9a");
    }
}
