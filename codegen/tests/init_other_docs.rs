//! `init` alone, on documentation that is written in other ways: the dialect that it writes reads most operations.

use crate::support::others;

use std::fmt::Write as _;

use others::Other;
use slate_codegen::survey::survey;

/// What has to be read with no word said by people.
const LEAST: f64 = 0.90;

#[test]
fn most_operations_are_read_without_a_word_of_people() {
    let mut names: Vec<String> = std::fs::read_dir(others::folder())
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    let mut table = format!(
        "{:14}{:>7}{:>7}{:>9}{:>9}{:>9}\n",
        "", "wanted", "found", "F1", "rows", "keys"
    );
    let mut poor = Vec::new();
    for name in &names {
        let found = survey(&others::folder().join(name)).unwrap();
        let Some(other) = Other::with(name, &found.dialect()) else {
            continue;
        };
        let reading = other.read();
        let score = other.operations(&reading);
        let (rows, keys) = (found.after.rows, found.proposals.len());
        let _ = writeln!(
            table,
            "{name:14}{:>7}{:>7}{:>9.3}{rows:>9}{keys:>9}",
            score.wanted,
            score.found,
            score.f1()
        );
        if score.f1() < LEAST {
            poor.push(name);
        }
    }
    eprintln!("{table}");
    assert!(poor.is_empty(), "{poor:?}\n{table}");
}
