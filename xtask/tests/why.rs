//! `cargo xtask why`, as a maintainer runs it.

use std::path::Path;
use std::process::{Command, Output};

fn why(words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("why").args(words);
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_fact_is_explained_with_the_lines_of_the_docs() {
    let output = why(&["customer.get", "loyalty_points"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    let slate = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/slate/includes/_customer.md");
    let page = std::fs::read_to_string(slate).unwrap();
    let rows = page
        .lines()
        .filter(|line| line.starts_with("loyalty_points |"));
    assert!(rows.into_iter().any(|row| said.contains(row)), "{said}");
    for part in [
        "type = number (stated)",
        "by the rule",
        "for: the row: a whole number",
        "^^^^",
    ] {
        assert!(said.contains(part), "{said} lacks {part}");
    }
}

#[test]
fn the_same_for_programs() {
    let output = why(&["customer.get", "path", "--json"]);
    let reply: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let fact = &reply["facts"][0];
    assert_eq!(fact["facet"], "path");
    assert_eq!(fact["value"], "/v1.1/customer/get");
    assert_eq!(fact["basis"], "stated");
    let first = &fact["for"][0];
    assert!(first["line"].as_u64().is_some_and(|line| line > 0) && first["file"].is_string());
}

#[test]
fn the_page_of_the_guide_shows_what_is_printed() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide/src/why.md");
    let page = std::fs::read_to_string(page).unwrap();
    let mut shown = 0;
    for block in page.split("```text\n$ cargo xtask why ").skip(1) {
        let (block, _) = block.split_once("\n```").unwrap();
        let (place, expected) = block.split_once('\n').unwrap();
        let output = why(&place.split(' ').collect::<Vec<_>>());
        assert_eq!(text(&output.stdout).trim_end(), expected, "{place}");
        shown += 1;
    }
    assert_eq!(shown, 3);
}

#[test]
fn what_nobody_knows_is_an_error() {
    let output = why(&["customer.gett"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(
        said.starts_with(
            "error: neither the spec nor the docs have customer.gett; there is customer."
        ),
        "{said}"
    );
}

#[test]
fn what_nobody_says_of_a_known_operation_leads_to_its_parameters() {
    let output = why(&["customer.get", "loyalty_pionts"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(
        said.starts_with(
            "error: neither the spec nor the docs have customer.get loyalty_pionts; customer.get has the parameters "
        ),
        "{said}"
    );
    // A parameter of its query, as its table has it.
    assert!(said.contains(" next_slab,"), "{said}");
    assert!(!said.contains("customer.get_transactions"), "{said}");
}
