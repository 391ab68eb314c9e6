//! What remarks in samples say of values and flags.

use super::patterns::{CAN_BE, QUERY_FLAG, regex};
use super::values::{dedup, sentence};
use crate::text::is_name_char;

/// The values that a remark in a sample names: `can be any of (a/b)`, `can be A or B`.
#[must_use]
pub fn of_remark(remark: &str) -> Vec<String> {
    let Some(found) = regex(&CAN_BE).and_then(|can| can.find(remark)) else {
        return Vec::new();
    };
    let list = remark[found.end()..].trim_start_matches(['(', '[', '{']);
    let list = sentence(list)
        .split([')', ']', '}'])
        .next()
        .unwrap_or_default();
    let words: Vec<&str> = list
        .split(['/', ','])
        .flat_map(|piece| piece.split(" or "))
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect();
    let plain = words.len() > 1 && words.iter().all(|word| word.chars().all(is_name_char));
    if plain {
        dedup(words.into_iter().map(str::to_owned).collect())
    } else {
        Vec::new()
    }
}

/// The query parameter that a remark in a sample names as a flag: `if the query parameter "deep" is true`.
#[must_use]
pub fn flag_of_remark(remark: &str) -> Option<&str> {
    let found = regex(&QUERY_FLAG)?.captures(remark)?;
    found
        .iter()
        .skip(1)
        .flatten()
        .next()
        .map(|name| name.as_str())
}

/// Where a text names a query parameter as a flag.
#[must_use]
pub fn place_of_flag(text: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let mut found = regex(&QUERY_FLAG)?.captures_iter(text);
    found.find_map(|found| {
        let mark = found.iter().skip(1).flatten().next()?;
        (mark.as_str() == name).then(|| mark.range())
    })
}
