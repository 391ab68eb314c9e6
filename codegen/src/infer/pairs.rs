//! Alternatives that a sentence names, and the table has no row for.

use super::meaning::{Pair, Rules};
use crate::dialect::Dialect;
use crate::read::facts::{OperationFacts, ParamRow, Said};

/// Reads a sentence that names an alternative to a row, which the table would take for an identifier of another thing.
pub fn claim(
    said: &Said,
    about: &[usize],
    operation: &OperationFacts,
    dialect: &Dialect,
    out: &mut [Rules],
) -> bool {
    let Some((of, [name, partner])) = qualified(&said.text.to_lowercase()) else {
        return false;
    };
    // `customer id` is an identifier of the customer.
    let spelling = format!("{of} {name}");
    if dialect.placeholders.spellings.contains_key(&spelling) {
        return false;
    }
    let mut found = false;
    for &at in about {
        let rows = &operation.tables[at].rows;
        let row_of = |name: &String| rows.iter().find(|row| row.names.contains(name));
        let expands = rows.iter().any(|row| stands_for(row, &name, dialect));
        if let (None, Some(_), true) = (row_of(&name), row_of(&partner), expands) {
            out[at].pairs.push(Pair {
                name: name.clone(),
                of: of.clone(),
                partner: partner.clone(),
                said: said.clone(),
            });
            found = true;
        }
    }
    found
}

/// Whether a row stands for one of several identifiers, of which this is one.
pub fn stands_for(row: &ParamRow, name: &String, dialect: &Dialect) -> bool {
    let placeholders = &dialect.placeholders;
    let [own] = row.names.as_slice() else {
        return false;
    };
    let named = if row.values.is_empty() {
        &placeholders.default
    } else {
        &row.values
    };
    placeholders.names.contains(&own.to_lowercase()) && named.contains(name)
}

/// `either coupon id or code` → `coupon`, with `id`, `code`.
pub fn qualified(sentence: &str) -> Option<(String, [String; 2])> {
    let pair = either(sentence)?;
    let tail = &sentence[sentence.find("either")? + "either".len()..];
    let (left, _) = tail.split_once(" or ")?;
    let words: Vec<&str> = left.split_whitespace().collect();
    match words.as_slice() {
        [of, _] => Some(((*of).to_owned(), pair)),
        [the, of, _] if *the == "the" => Some(((*of).to_owned(), pair)),
        _ => None,
    }
}

/// `either coupon id or code` → `id`, `code`.
pub fn either(sentence: &str) -> Option<[String; 2]> {
    let tail = &sentence[sentence.find("either")? + "either".len()..];
    let (left, right) = tail.split_once(" or ")?;
    let word = |text: &str, last: bool| {
        let words: Vec<&str> = text
            .split_whitespace()
            .filter(|word| !matches!(*word, "the" | "a" | "an"))
            .collect();
        let word = if last { words.last() } else { words.first() }?;
        Some(
            word.trim_matches(['`', '*', ',', '.', '"', '\''])
                .to_owned(),
        )
    };
    Some([word(left, true)?, word(right, false)?])
}
