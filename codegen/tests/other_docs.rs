//! Documentation that is written in other ways is read with a short dialect: its operations are those that people read in
//! it, and nothing of it is lost in silence.

use crate::support::others;

use others::Other;

/// Reads the documentation of that name, and says what is wrong with what was read.
fn check(name: &str, least: f64, nothing_lost: bool) {
    let Some(other) = Other::open(name) else {
        return;
    };
    let reading = other.read();
    let score = other.operations(&reading);
    let lost = other.silent(&reading);
    let summary = format!(
        "{name}: {} of {} operations, {} found, F1 {:.3}, {} lost in silence",
        score.hit,
        score.wanted,
        score.found,
        score.f1(),
        lost.len()
    );
    eprintln!("{summary}");
    // An entity of all operations would be one module.
    let entities = &reading.inferred.spec.entities;
    let most = entities.iter().map(|entity| entity.operations.len()).max();
    assert!(most < Some(60), "{name}: an entity has {most:?} operations");
    assert!(other.files(&reading) > entities.len());
    assert!(
        score.f1() >= least,
        "{summary}\n{}",
        score.missed.join("\n")
    );
    assert!(
        lost.is_empty() || !nothing_lost,
        "{summary}\n{}",
        lost.join("\n")
    );
}

#[test]
fn requests_behind_calls_of_a_template_engine() {
    check("scinote", 0.98, true);
}

#[test]
fn requests_in_html() {
    check("woocommerce", 0.98, true);
}

#[test]
fn one_page_with_chapters() {
    check("kucoin", 0.98, true);
}

#[test]
fn the_example_of_slate() {
    check("kittn", 0.99, false);
}

#[test]
fn one_chapter_for_each_operation() {
    check("eclair", 0.99, false);
}

#[test]
fn resource_tables_below_headings() {
    check("ecom", 0.99, false);
}
