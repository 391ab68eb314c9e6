//! Which words stand before a method, or before an address, in tables and lists?

use super::clue::{Clue, Tally, in_quotes, times};
use super::draft::Draft;
use super::yaml;
use crate::read::url::method_named;
use crate::slate::block::BlockKind;
use crate::text::{bare, plain};

/// Longer names are sentences.
const MOST_WORDS: usize = 3;

/// What a row with such a value states.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    Method,
    Url,
    Uri,
}

impl Value {
    fn of(text: &str) -> Option<Self> {
        let text = bare(text);
        let text = text.trim_matches(['*', '`', ' ']);
        if method_named(text).is_some() {
            return Some(Self::Method);
        }
        if text.is_empty() || text.contains(char::is_whitespace) {
            return None;
        }
        if text.contains("://") {
            return Some(Self::Url);
        }
        let path = text.starts_with('/') && text.len() > 2;
        path.then_some(Self::Uri)
    }

    fn key(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::Url => "url",
            Self::Uri => "uri",
        }
    }
}

/// Names of rows that no list knows, with a method or an address behind them.
pub fn ask(draft: &Draft) -> Vec<Clue> {
    let mut tally: Tally<Vec<Value>> = Tally::default();
    let mut see = |name: &str, value: &str| {
        let name = bare(name.trim_matches(['*', ' ', ':'])).to_lowercase();
        // `GET https://…` has a colon, too; and a method in front of an address is a call, in whatever cells.
        if value.starts_with("//") || method_named(&name).is_some() {
            return;
        }
        let named = (1..=MOST_WORDS).contains(&name.split_whitespace().count());
        let word = name
            .chars()
            .all(|c| c.is_alphanumeric() || " -_/".contains(c));
        if !named || !word || draft.dialect.resource_row(&name).is_some() {
            return;
        }
        if let Some(value) = Value::of(value) {
            tally.add(&name).push(value);
        }
    };
    for under in draft.blocks() {
        match &under.block.kind {
            BlockKind::Table(table) => {
                for row in table.header.iter().chain(&table.rows) {
                    if let [name, value] = row.cells.as_slice() {
                        see(&name.text, &value.text);
                    }
                }
            }
            BlockKind::Paragraph(text) | BlockKind::Item(text) => {
                for line in plain(text).lines() {
                    if let Some((name, value)) = line.split_once(':') {
                        see(name, value.trim_start_matches(['*', ' ']));
                    }
                }
            }
            _ => {}
        }
    }
    let clues = tally
        .sorted()
        .into_iter()
        .filter_map(|(name, count, values)| {
            let first = *values.first()?;
            let item = values
                .iter()
                .all(|value| *value == first)
                .then(|| yaml::scalar(&name));
            let rows = times(count, "line has", "lines have");
            let holds = if first == Value::Method {
                "a method"
            } else {
                "an address"
            };
            Some(Clue::listed(
                &["add", "resource_rows", first.key()],
                item,
                count,
                format!("{rows} {holds} behind {}", in_quotes(&name)),
            ))
        });
    clues.collect()
}
