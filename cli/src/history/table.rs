//! The measured table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::measure::{Fault, Measure, Row};

/// How many faults of one measure are shown for a revision; `--json` has all.
const SHOWN: usize = 4;

/// A line for each revision that fails something, what it fails, and the totals.
pub fn text(rows: &[Row]) -> String {
    let mut out = String::new();
    let width = rows
        .iter()
        .map(|row| row.revision.chars().count())
        .max()
        .unwrap_or(0)
        .max("revision".len());
    let columns: Vec<Measure> = Measure::ALL
        .into_iter()
        .filter(|measure| rows.iter().any(|row| row.measured.contains_key(measure)))
        .collect();
    let failing: Vec<&Row> = rows.iter().filter(|row| row.fails()).collect();
    if !failing.is_empty() {
        let _ = write!(out, "{:width$}", "revision");
        for measure in &columns {
            let _ = write!(out, "  {}", measure.head());
        }
        out.push('\n');
    }
    for row in &failing {
        let _ = write!(out, "{:width$}", row.revision);
        for measure in &columns {
            let cell = cell(row, *measure);
            let _ = write!(out, "  {cell:>width$}", width = measure.head().len());
        }
        out.push('\n');
    }
    for row in &failing {
        details(row, &mut out);
    }
    if !failing.is_empty() {
        out.push('\n');
    }
    totals(rows, &columns, &mut out);
    out
}

/// The number of faults; a dot where there is none, a dash where it was not measured.
fn cell(row: &Row, measure: Measure) -> String {
    match row.measured.get(&measure) {
        None => "-".to_owned(),
        Some(faults) if faults.is_empty() => ".".to_owned(),
        Some(faults) => faults.len().to_string(),
    }
}

fn details(row: &Row, out: &mut String) {
    let _ = write!(out, "\n{}\n", row.revision);
    for (measure, faults) in &row.measured {
        for fault in faults.iter().take(SHOWN) {
            let Fault { what, old, new } = fault;
            let _ = writeln!(out, "  {}: {what}", measure.head());
            for (word, side) in [("was", old), ("now", new)] {
                if let Some(side) = side {
                    let _ = writeln!(out, "      {word} {side}");
                }
            }
        }
        if faults.len() > SHOWN {
            let more = faults.len() - SHOWN;
            let _ = writeln!(out, "  {}: and {more} more", measure.head());
        }
    }
}

/// Of how many revisions a measure was taken, how many are as wanted, and how many faults the others have.
fn total(rows: &[Row], measure: Measure) -> (usize, usize, usize) {
    let taken: Vec<usize> = rows
        .iter()
        .filter_map(|row| row.measured.get(&measure).map(Vec::len))
        .collect();
    let fine = taken.iter().filter(|faults| **faults == 0).count();
    (fine, taken.len(), taken.iter().sum())
}

fn totals(rows: &[Row], columns: &[Measure], out: &mut String) {
    let width = columns
        .iter()
        .map(|measure| measure.title().len())
        .max()
        .unwrap_or(0);
    for measure in columns {
        let (fine, of, faults) = total(rows, *measure);
        let _ = write!(out, "{:width$}  {fine} of {of}", measure.title());
        if faults > 0 {
            let _ = write!(out, ", {faults} in all");
        }
        out.push('\n');
    }
    let kinds: Vec<String> = numbered(rows)
        .into_iter()
        .map(|(section, count)| format!("{count} {section}"))
        .collect();
    if !kinds.is_empty() {
        let _ = writeln!(
            out,
            "names with a number, added by a change: {}",
            kinds.join(", ")
        );
    }
    for row in rows {
        for one in row
            .numbered
            .iter()
            .filter(|one| one.section == "operations")
        {
            let _ = writeln!(
                out,
                "  {}: {}.{} is {}, beside {}",
                row.revision, one.scope, one.name, one.fact, one.beside
            );
        }
    }
}

/// How many names with a number there are, by kind.
fn numbered(rows: &[Row]) -> BTreeMap<&str, usize> {
    let mut kinds = BTreeMap::new();
    for one in rows.iter().flat_map(|row| &row.numbered) {
        *kinds.entry(one.section.as_str()).or_default() += 1;
    }
    kinds
}

/// The same as data; the guide describes its keys.
pub fn data(rows: &[Row]) -> Value {
    let totals: Vec<Value> = Measure::ALL
        .into_iter()
        .filter_map(|measure| {
            let (fine, of, faults) = total(rows, measure);
            (of > 0).then(|| {
                json!({
                    "measure": measure, "wanted": measure.title(),
                    "fine": fine, "of": of, "faults": faults,
                })
            })
        })
        .collect();
    json!({"revisions": rows, "totals": totals, "numbered": numbered(rows)})
}
