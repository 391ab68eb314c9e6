//! Defaults, formats and limits that descriptions tell.

use super::patterns::{
    BY_DEFAULT, DEFAULT, DEFAULT_AFTER, DEFAULT_LANGUAGE, FORMAT, LIMIT, NOT_NEGATIVE, SEPARATED,
    regex,
};

/// Whether a description says that one parameter may hold several values, with commas between them.
#[must_use]
pub fn separated(doc: &str) -> bool {
    regex(&SEPARATED).is_some_and(|separated| separated.is_match(doc))
}

/// The default that a description states.
#[must_use]
pub fn default(doc: &str) -> Option<String> {
    let after = regex(&DEFAULT_LANGUAGE)?
        .captures(doc)
        .or_else(|| regex(&DEFAULT_AFTER)?.captures(doc));
    let stated = regex(&DEFAULT)?.captures(doc);
    let found = stated.or(after)?;
    let value = found.iter().skip(1).flatten().next()?.as_str().trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The value that a sentence on the default speaks of, where it is one: `By default, paid parcels are shown` has `PAID`.
#[must_use]
pub fn default_among(doc: &str, values: &[String]) -> Option<String> {
    let sentence = regex(&BY_DEFAULT)?
        .captures(doc)?
        .get(1)?
        .as_str()
        .to_lowercase();
    let words: Vec<&str> = sentence
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let spoken = |value: &&String| {
        let value = value.to_lowercase();
        let value: Vec<&str> = value.split('_').collect();
        words.windows(value.len()).any(|window| window == value)
    };
    let mut named = values.iter().filter(spoken);
    let only = named.next().filter(|_| values.len() > 1)?;
    named.next().is_none().then(|| only.clone())
}

/// The format of dates that a description states.
#[must_use]
pub fn format(doc: &str) -> Option<String> {
    Some(regex(&FORMAT)?.find(doc)?.as_str().to_owned())
}

/// The limit that a description states: `<= 1000`, `>= 0`, `<= 160 characters`.
#[must_use]
pub fn limit(doc: &str) -> Option<String> {
    if let Some(found) = regex(&LIMIT)?.captures(doc) {
        let characters = if found.get(2).is_some() {
            " characters"
        } else {
            ""
        };
        return Some(format!(
            "<= {}{characters}",
            found.get(1)?.as_str().replace(',', "")
        ));
    }
    regex(&NOT_NEGATIVE)?
        .is_match(doc)
        .then(|| ">= 0".to_owned())
}
