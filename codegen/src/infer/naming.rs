//! Ids of operations out of their titles.

use super::words::singular;
use crate::text::in_latin;

/// An id for one of several operations that would have the same: with what the title says in brackets, or all of it.
#[must_use]
pub fn long_id(entity: &str, title: &str) -> String {
    match title.split_once('(') {
        Some((_, rest)) => format!(
            "{entity}.{}_{}",
            slug(title, entity, false),
            slug(&rest.replace(')', " "), "", true)
        ),
        None => format!("{entity}.{}", slug(title, "", true)),
    }
}

/// The words of a title that make names: without the number of its chapter, and without the host of a call.
#[must_use]
pub fn spoken(title: &str) -> String {
    let title = without_possessive(&without_host(without_number(title)));
    in_latin(&title).into_owned()
}

/// `A Parcel's Route` as `A Parcel Route`: the ending is no word of its own.
fn without_possessive(title: &str) -> String {
    let title = title.replace('’', "'");
    let mut pieces = title.split("'s");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        if piece.starts_with(char::is_alphanumeric) {
            out.push_str("'s");
        }
        out.push_str(piece);
    }
    out
}

/// `2.1 Parcels`, `3) Parcels` and `4 Parcels` as `Parcels`. What is no number alone is a part of a name: `3D view`.
fn without_number(title: &str) -> &str {
    let rest = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let numbered = rest.len() < title.len() && title.starts_with(|c: char| c.is_ascii_digit());
    let words = rest.strip_prefix([')', ':']).unwrap_or(rest);
    let apart = words.starts_with(' ') && words.trim_start().starts_with(char::is_alphabetic);
    if numbered && apart {
        words.trim_start()
    } else {
        title
    }
}

/// A title that is a call, without the host: `GET https://api.example.com/parcels` says as much as `GET /parcels`.
fn without_host(title: &str) -> String {
    let Some((before, rest)) = title.split_once("://") else {
        return title.to_owned();
    };
    let front = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let path = rest.find('/').map_or(rest, |at| &rest[at..]);
    format!("{front}{path}")
}

/// A name for an operation out of its title: what the entity and small words do not already say.
#[must_use]
pub fn slug(title: &str, entity: &str, whole: bool) -> String {
    let small = [
        "the", "a", "an", "of", "to", "is", "are", "if", "in", "on", "at", "with", "for", "from",
        "using", "details", "detail",
    ];
    let title = spoken(title);
    let base = if whole {
        title.replace(['(', ')'], " ")
    } else {
        title.split('(').next().unwrap_or_default().to_owned()
    };
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(word_of)
            .collect()
    };
    let own = heck::ToSnakeCase::to_snake_case(entity);
    let own: Vec<String> = own.split('_').map(singular).collect();
    let all = words(&base);
    let short: Vec<String> = all
        .iter()
        .filter(|word| {
            whole
                || (!small.contains(&word.as_str())
                    && !own.contains(&singular(word))
                    && !own.contains(word))
        })
        .filter(|word| !whole || !["the", "a", "an", "of", "details"].contains(&word.as_str()))
        .cloned()
        .collect();
    let parts = if short.is_empty() { all } else { short };
    if parts.is_empty() {
        "operation".to_owned()
    } else {
        let mut id = String::new();
        for part in parts {
            // What is longer than a name of a file may be is cut between words.
            if !id.is_empty() && id.len() + part.len() >= 60 {
                break;
            }
            id.push_str(if id.is_empty() { "" } else { "_" });
            id.extend(part.chars().take(60));
        }
        id
    }
}

/// Lower case; the plural of an abbreviation (`SMSs`) loses its ending.
pub fn word_of(word: &str) -> String {
    let stem = word
        .strip_suffix('s')
        .filter(|stem| stem.len() > 1 && stem.chars().all(|c| c.is_ascii_uppercase()));
    stem.unwrap_or(word).to_lowercase()
}
