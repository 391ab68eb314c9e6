//! Which words in cells and labels does no list know?

use super::clue::{Clue, Tally, in_quotes, times};
use super::draft::Draft;
use super::yaml;
use crate::dialect::{Column, Dialect, HeadingKind, Mark, Quoted, WrittenType};
use crate::read::presence;
use crate::sample::{Format, Parsed, Tree};
use crate::slate::block::Table;
use crate::text::{bare, plain};

/// Longer cells are sentences.
const MOST_WORDS: usize = 4;

/// Types as they are written that no list knows.
pub fn types(draft: &Draft) -> Vec<Clue> {
    let dialect = &draft.dialect;
    let mut tally: Tally = Tally::default();
    for cell in cells(draft, Column::Type) {
        let (typed, _) = presence::split(&plain(&cell), &dialect.presence);
        let word = typed
            .trim()
            .trim_matches(['`', '*', '.', ','])
            .to_lowercase();
        let short = (1..=MOST_WORDS).contains(&word.split_whitespace().count());
        let known = dialect.written_type(&word).is_some_and(|(_, guess)| !guess);
        let place = dialect.place(&bare(&word)).is_some();
        if short && !known && !place && word.contains(char::is_alphabetic) {
            tally.add(&word);
        }
    }
    let all = tally.sorted().into_iter();
    all.map(|(word, count, ())| {
        let kind = type_of(&word, dialect);
        let mut key = vec!["add", "types"];
        key.extend(kind);
        let rows = times(count, "row has", "rows have");
        let item = kind.map(|_| yaml::scalar(&word));
        Clue::listed(
            &key,
            item,
            count,
            format!("{rows} the type {}", in_quotes(&word)),
        )
    })
    .collect()
}

/// The type among the words of one: `unsigned int`, `list of parcels`, `iso 8601 date`.
fn type_of(word: &str, dialect: &Dialect) -> Option<&'static str> {
    let words = word.split(|c: char| !c.is_alphanumeric());
    let known: Vec<WrittenType> = words
        .filter_map(|word| {
            let word = word
                .strip_suffix('s')
                .filter(|rest| rest.len() > 2)
                .unwrap_or(word);
            let mut types = dialect.types.iter();
            types.find(|(_, known)| known.iter().any(|known| known == word))
        })
        .map(|(kind, _)| *kind)
        .collect();
    let kind = if known.contains(&WrittenType::Array) {
        WrittenType::Array
    } else {
        *known.last()?
    };
    Some(match kind {
        WrittenType::String => "string",
        WrittenType::Enum => "enum",
        WrittenType::Integer => "integer",
        WrittenType::Number => "number",
        WrittenType::Boolean => "boolean",
        WrittenType::Datetime => "datetime",
        WrittenType::Date => "date",
        WrittenType::Object => "object",
        WrittenType::Array => "array",
        WrittenType::Any => "any",
        WrittenType::File => "file",
    })
}

/// Words of columns for presence that no list knows.
pub fn presence(draft: &Draft) -> Vec<Clue> {
    let presence = &draft.dialect.presence;
    let mut tally: Tally = Tally::default();
    for cell in cells(draft, Column::Required) {
        let word = bare(&cell).trim_matches('*').to_lowercase();
        let short = (1..=MOST_WORDS).contains(&word.split_whitespace().count());
        if short && presence::of_cell(&cell, presence).is_none() {
            tally.add(&word);
        }
    }
    let all = tally.sorted().into_iter();
    all.map(|(word, count, ())| {
        let kind = if word.starts_with("condition") || word.starts_with("depend") {
            Some("optional")
        } else {
            match word.as_str() {
                "must" | "always" | "√" | "x" | "1" | "needed" | "+" => Some("yes"),
                "never" | "0" | "none" | "nullable" | "may" | "can" | "–" | "—" | "/" => {
                    Some("no")
                }
                _ => None,
            }
        };
        let mut key = vec!["add", "presence"];
        key.extend(kind);
        let rows = times(count, "row says", "rows say");
        let item = kind.map(|_| yaml::scalar(&word));
        Clue::listed(&key, item, count, format!("{rows} {word:?} of presence"))
    })
    .collect()
}

/// Rows that say nothing of presence, where others say that they are optional and none that it is required.
pub fn unmarked(draft: &Draft) -> Vec<Clue> {
    let tables = draft.operations().flat_map(|operation| &operation.tables);
    let rows = tables
        .filter(|table| table.kind != HeadingKind::Response)
        .flat_map(|table| &table.rows);
    let (mut silent, mut optional, mut required) = (0, 0, 0);
    for row in rows {
        match row.stated {
            Some(true) => required += 1,
            Some(false) => optional += 1,
            None if !row.mark.is_empty() => required += 1,
            None => silent += 1,
        }
    }
    let open = draft.dialect.unmarked == Mark::Optional;
    if !open || silent == 0 || optional < 2 || required > 0 {
        return Vec::new();
    }
    let what = format!(
        "{} nothing of presence, {optional} that they are optional, and none that it is required",
        times(silent, "row says", "rows say"),
    );
    vec![Clue {
        key: vec!["unmarked"],
        item: None,
        list: false,
        count: silent,
        what,
    }]
}

/// Digits in quotes, where the same samples have digits without and no document of another format.
pub fn quoted(draft: &Draft) -> Vec<Clue> {
    let samples = draft.operations().flat_map(|operation| &operation.samples);
    let parsed: Vec<&Parsed> = samples
        .filter_map(|sample| sample.parsed.as_ref())
        .collect();
    let json = parsed.iter().all(|parsed| parsed.format == Format::Json);
    let (mut quoted, mut bare) = (0, 0);
    for document in parsed.iter().flat_map(|parsed| &parsed.documents) {
        document.visit(&mut |tree| match tree {
            Tree::Number(_) => bare += 1,
            Tree::Text(text) if text.parse::<f64>().is_ok_and(f64::is_finite) => quoted += 1,
            _ => {}
        });
    }
    let open = draft.dialect.names.quoted == Quoted::Any && json;
    if !open || quoted < MANY_DIGITS || bare < MANY_DIGITS {
        return Vec::new();
    }
    let what = format!(
        "{} in quotes, {bare} without: `text`, if quotes are meant",
        times(quoted, "number is", "numbers are")
    );
    vec![Clue {
        key: vec!["names", "quoted"],
        item: None,
        list: false,
        count: quoted,
        what,
    }]
}

/// Fewer may be slips.
const MANY_DIGITS: usize = 5;

/// Labels of samples that no list knows.
pub fn labels(draft: &Draft) -> Vec<Clue> {
    let labels = &draft.dialect.labels;
    let mut tally: Tally = Tally::default();
    for sample in draft.operations().flat_map(|operation| &operation.samples) {
        let Some(label) = &sample.label else { continue };
        let label = plain(label).to_lowercase();
        let label = label.trim_matches(['*', ':', ' ', '.']);
        let mut words = labels
            .response
            .iter()
            .chain(&labels.request)
            .chain(&labels.url);
        if !label.is_empty() && !words.any(|word| label.contains(word.as_str())) {
            tally.add(label);
        }
    }
    let all = tally.sorted().into_iter();
    all.map(|(label, count, ())| {
        let says = |words: &[&str]| words.iter().any(|word| label.contains(word));
        let kind = if says(&[
            "success", "200", "201", "answer", "yield", "error", "receive",
        ]) {
            Some("response")
        } else if says(&["send", "sent", "submit", "argument"]) {
            Some("request")
        } else {
            None
        };
        let mut key = vec!["add", "labels"];
        key.extend(kind);
        let samples = times(count, "sample stands", "samples stand");
        let item = kind.map(|_| yaml::scalar(&label));
        Clue::listed(
            &key,
            item,
            count,
            format!("{samples} below the label {}", in_quotes(&label)),
        )
    })
    .collect()
}

/// The cells of a column in all tables that are read as parameters.
fn cells(draft: &Draft, wanted: Column) -> Vec<String> {
    let read = draft.parameter_rows();
    let at = |table: &Table| {
        let header = table.header.as_ref()?;
        let is = |text: &str| draft.dialect.column(&bare(text)).map(|(column, _)| column);
        header
            .cells
            .iter()
            .position(|cell| is(&cell.text) == Some(wanted))
    };
    let mut out = Vec::new();
    for (table, _) in draft.tables() {
        let Some(at) = at(table) else { continue };
        let rows = table.rows.iter().filter(|row| read.contains(&row.span));
        out.extend(rows.filter_map(|row| Some(row.cells.get(at)?.text.clone())));
    }
    out
}
