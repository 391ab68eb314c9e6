//! Numbers that lose no digit.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// A number as it stood on the wire: amounts keep every digit and every trailing zero.
///
/// Two numbers are equal if they have the same value: `100`, `100.00` and `1e2` are equal.
///
/// ```
/// use slate_runtime::wire::Number;
///
/// let amount: Number = "1200.50".parse()?;
/// assert_eq!(amount.as_str(), "1200.50");
/// assert_eq!(amount, "1200.5".parse()?);
/// assert_eq!(Number::from(100), "100.00".parse()?);
/// # Ok::<(), slate_runtime::wire::InvalidNumber>(())
/// ```
#[derive(Clone)]
pub struct Number(String);

/// A text that is no number was given where a number is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a number: a sign, digits, a decimal point and an exponent are what it may hold")]
#[non_exhaustive]
pub struct InvalidNumber;

impl Number {
    /// The number as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as an integer, if it is one and fits (`100.00` is one, `100.5` is not).
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        integer(&self.0)
    }

    /// The nearest binary floating point number. Loses digits: not for sums of money.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// Takes a text that a parser has already found to be a number.
    pub(crate) fn trusted(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Takes a text as people write it: `+5`, `.5`, `5.` and `007` are numbers too, and are
    /// rewritten so that they are numbers in JSON.
    pub(crate) fn lenient(text: &str) -> Option<Self> {
        if is_json_number(text) {
            return Some(Self::trusted(text));
        }
        let parts = Parts::split(text)?;
        let whole = parts.whole.trim_start_matches('0');
        let mut out = String::with_capacity(text.len() + 1);
        out.push_str(if parts.negative { "-" } else { "" });
        out.push_str(if whole.is_empty() { "0" } else { whole });
        if !parts.fraction.is_empty() {
            out.push('.');
            out.push_str(parts.fraction);
        }
        if let Some(exponent) = parts.exponent_text {
            out.push('e');
            out.push_str(exponent);
        }
        is_json_number(&out).then_some(Self(out))
    }
}

/// Sign, digits before the point, digits after it, power of ten.
pub(super) struct Parts<'a> {
    pub(super) negative: bool,
    pub(super) whole: &'a str,
    pub(super) fraction: &'a str,
    pub(super) exponent: i64,
    exponent_text: Option<&'a str>,
}

impl<'a> Parts<'a> {
    pub(super) fn split(text: &'a str) -> Option<Self> {
        let (negative, rest) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (mantissa, exponent_text) = match rest.find(['e', 'E']) {
            Some(at) => (&rest[..at], Some(&rest[at + 1..])),
            None => (rest, None),
        };
        let exponent = match exponent_text {
            // Nine digits are enough for any amount, and keep the sums below from overflowing.
            Some(e) if e.len() <= 10 => e.parse().ok()?,
            Some(_) => return None,
            None => 0,
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !digits(whole) || !digits(fraction) {
            return None;
        }
        Some(Self {
            negative,
            whole,
            fraction,
            exponent,
            exponent_text,
        })
    }

    /// Significant digits and the power of ten of the last one: equal for equal values.
    pub(super) fn canonical(&self) -> (bool, String, i64) {
        let digits = format!("{}{}", self.whole, self.fraction);
        let significant = digits.trim_start_matches('0');
        let shortened = significant.trim_end_matches('0');
        if shortened.is_empty() {
            return (false, String::new(), 0);
        }
        let dropped = length(significant) - length(shortened);
        let exponent = self.exponent - length(self.fraction) + dropped;
        (self.negative, shortened.to_owned(), exponent)
    }
}

pub(super) fn length(text: &str) -> i64 {
    i64::try_from(text.len()).unwrap_or(i64::MAX)
}

/// The integer that a text stands for, if it stands for one: `100`, `100.0`, `+7`, `1e2`.
pub(crate) fn integer(text: &str) -> Option<i64> {
    if let Ok(plain) = text.parse() {
        return Some(plain);
    }
    let (negative, digits, exponent) = Parts::split(text)?.canonical();
    let zeros = usize::try_from(exponent).ok().filter(|n| *n < 20)?;
    let sign = if negative { "-" } else { "" };
    if digits.is_empty() {
        return Some(0);
    }
    format!("{sign}{digits}{}", "0".repeat(zeros)).parse().ok()
}

/// Whether the text is a number by the grammar of JSON.
pub(crate) fn is_json_number(text: &str) -> bool {
    let Some(parts) = Parts::split(text) else {
        return false;
    };
    let leading_zero = parts.whole.len() > 1 && parts.whole.starts_with('0');
    let bare_point = text.contains('.') && parts.fraction.is_empty();
    !text.starts_with('+') && !parts.whole.is_empty() && !leading_zero && !bare_point
}

impl FromStr for Number {
    type Err = InvalidNumber;

    fn from_str(text: &str) -> Result<Self, InvalidNumber> {
        Self::lenient(text.trim()).ok_or(InvalidNumber)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        let value = self.canonical();
        self.0 == other.0 || (value.is_some() && value == other.canonical())
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical().hash(state);
    }
}

impl Number {
    fn canonical(&self) -> Option<(bool, String, i64)> {
        Parts::split(&self.0).map(|parts| parts.canonical())
    }
}

impl Default for Number {
    fn default() -> Self {
        Self("0".to_owned())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Number {
            fn from(value: $integer) -> Self {
                Self(value.to_string())
            }
        }
    )*};
}

from_integers!(i32, i64, u32, u64, usize);

impl TryFrom<f64> for Number {
    type Error = InvalidNumber;

    /// The shortest text that reads back as the same `f64`; refuses NaN and the infinities.
    fn try_from(value: f64) -> Result<Self, InvalidNumber> {
        Self::lenient(&value.to_string()).ok_or(InvalidNumber)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn a_text_that_is_no_number_is_an_invalid_request() {
        fn amount(text: &str) -> Result<Number, crate::Error> {
            Ok(text.parse::<Number>()?)
        }
        assert_eq!(amount("1.50").unwrap().as_str(), "1.50");
        let error = amount("secret").unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::InvalidRequest);
        assert!(!format!("{error} {error:?}").contains("secret"));
    }

    #[test]
    fn keeps_its_text() {
        for text in [
            "0",
            "-1.50",
            "12345678901234567890.123456789",
            "1e3",
            "0.10",
        ] {
            assert_eq!(number(text).as_str(), text);
        }
    }

    #[test]
    fn is_equal_by_value() {
        for (a, b) in [("1", "1.00"), ("-0", "0"), ("1e2", "100"), ("0.5", "5E-1")] {
            assert_eq!(number(a), number(b), "{a} {b}");
        }
        for (a, b) in [
            ("1", "-1"),
            ("1", "10"),
            ("0.1", "0.01"),
            ("1", "1.0000000000000000001"),
        ] {
            assert_ne!(number(a), number(b), "{a} {b}");
        }
    }

    #[test]
    fn takes_what_people_write() {
        for (text, kept) in [
            ("+5", "5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("007", "7"),
            (" 1 ", "1"),
        ] {
            assert_eq!(number(text).as_str(), kept);
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in [
            "",
            "-",
            ".",
            "1,000",
            "NaN",
            "inf",
            "0x1",
            "1e",
            "1e99999999999",
            "1 2",
            "e5",
        ] {
            assert_eq!(text.parse::<Number>(), Err(InvalidNumber), "{text}");
        }
    }

    #[test]
    fn knows_integers() {
        assert_eq!(number("100.00").to_i64(), Some(100));
        assert_eq!(number("-1e3").to_i64(), Some(-1000));
        assert_eq!(number("0.00").to_i64(), Some(0));
        assert_eq!(number("9223372036854775807").to_i64(), Some(i64::MAX));
        assert_eq!(number("9223372036854775808").to_i64(), None);
        assert_eq!(number("1e100").to_i64(), None);
        assert_eq!(number("1.5").to_i64(), None);
    }
}
