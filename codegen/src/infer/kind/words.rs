//! What the words of a name say of its type, as the dialect understands them.

use crate::dialect::NameHints;
use crate::infer::value::Scalar;

/// Whether a name is, or ends with, one of these words.
pub fn last_word_is(name: &str, words: &[String]) -> bool {
    let name = name.to_lowercase();
    words.iter().any(|word| {
        name == *word
            || name
                .strip_suffix(word.as_str())
                .is_some_and(|rest| rest.ends_with(['_', '-', '.']))
    })
}

/// Whether one of these words is among those of a name.
fn holds_word(name: &str, words: &[String]) -> bool {
    let name = heck::ToSnakeCase::to_snake_case(name);
    name.split('_').any(|part| {
        words
            .iter()
            .any(|word| part == word || part.strip_suffix('s') == Some(word))
    })
}

/// Whether a name is one of amounts: points, money, goods, shares.
pub fn is_amount(name: &str, hints: &NameHints) -> bool {
    let lower = name.to_lowercase();
    if hints.amount_exact.contains(&lower) {
        return true;
    }
    let snake = heck::ToSnakeCase::to_snake_case(name);
    let ends_with = |word: &String| {
        let rest = snake.strip_suffix(word.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('_') || word.starts_with('_'))
    };
    if hints.amount_suffix_not.iter().any(ends_with) {
        return false;
    }
    let suffix = hints.amount_suffix.iter().any(|word| {
        lower
            .strip_suffix(word.as_str())
            .is_some_and(|rest| rest.len() > 1 && rest.ends_with('_'))
    });
    suffix || holds_word(name, &hints.amount)
}

/// Whether a name says what became of a part of something, and not what that is: `redeemed`, of `points`.
pub fn is_part(name: &str) -> bool {
    name.len() > 4 && name.ends_with("ed") && name.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// True when a name is one of points in time.
pub fn is_time(name: &str, hints: &NameHints) -> bool {
    let lower = name.to_lowercase();
    hints
        .datetime_suffix
        .iter()
        .any(|end| lower == end.trim_start_matches('_') || lower.ends_with(end.as_str()))
}

/// True for a sentence that stands where a point in time belongs, such as `the date in ISO form`: it is no value.
pub fn speaks_of_time(scalar: &Scalar, hints: &NameHints) -> bool {
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
