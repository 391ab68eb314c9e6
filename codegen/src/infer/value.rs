//! Values that samples show, and what they look like.

/// A value as a sample shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// Text; of XML, all values are.
    Text(String),
    /// A number.
    Number(String),
    /// True or false.
    Bool(bool),
}

impl Scalar {
    /// What is written, of a text or a number.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            Self::Bool(_) => None,
        }
    }
}

/// The most digits of a whole number that fits into 64 bits, whatever the digits are.
const DIGITS: usize = 18;

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

/// What a value looks like.
#[must_use]
pub fn look(scalar: &Scalar) -> Look {
    match scalar {
        Scalar::Bool(_) => Look::Bool,
        Scalar::Number(text) if text.contains(['.', 'e', 'E']) => Look::Number,
        // More digits than fit: it is no number that is counted with.
        Scalar::Number(text) if text.trim_start_matches('-').len() > DIGITS => Look::Number,
        Scalar::Number(_) => Look::Integer,
        Scalar::Text(text) => look_of_text(text),
    }
}

/// What a text looks like.
#[must_use]
pub fn look_of_text(text: &str) -> Look {
    let text = text.trim();
    if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
        return Look::Bool;
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = |part: &str| {
        !part.is_empty() && part.len() <= DIGITS && part.chars().all(|c| c.is_ascii_digit())
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
    if !(numeric && year && is_day(&parts)) {
        return Look::Text;
    }
    let clock = time.contains(':') && time.starts_with(|c: char| c.is_ascii_digit());
    match (time.is_empty(), clock) {
        (true, _) => Look::Date,
        (false, true) => Look::Datetime,
        (false, false) => Look::Text,
    }
}

/// Whether the calendar has such a day, whatever the order of day and month is. Zeros all over stand for no day.
fn is_day(parts: &[&str]) -> bool {
    let number = |part: &&&str| part.parse::<u32>().ok();
    let year = parts
        .iter()
        .find(|part| part.len() == 4)
        .and_then(|part| number(&part));
    let others: Vec<u32> = parts
        .iter()
        .filter(|part| part.len() < 4)
        .filter_map(|part| number(&part))
        .collect();
    let (Some(year), [first, second]) = (year, others.as_slice()) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let has = |month: u32, day: u32| {
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&day)
    };
    let zero = (year, *first, *second) == (0, 0, 0);
    zero || has(*first, *second) || has(*second, *first)
}

/// True for a text that stands in place of a value: `<id>`, `{id}`, `{{id}}`.
#[must_use]
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let inner = |open: char, close: char| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        let inner = inner.trim_start_matches(open).trim_end_matches(close);
        let words = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '/');
        Some(!inner.is_empty() && inner.chars().all(words))
    };
    inner('<', '>').or_else(|| inner('{', '}')) == Some(true)
}

/// Digits that form a day, such as `20120820`.
#[must_use]
pub fn is_compact_date(text: &str) -> bool {
    let number =
        |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u32>().ok());
    let day = (number(0..4), number(4..6), number(6..8));
    text.len() == 8 && matches!(day, (Some(1900..=2199), Some(1..=12), Some(1..=31)))
}
