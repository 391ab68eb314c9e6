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
        let printed = text(&output.stdout) + &text(&output.stderr);
        assert_eq!(printed.trim_end(), expected, "{place}");
        shown += 1;
    }
    assert_eq!(shown, 4);
}

#[test]
fn what_nobody_knows_is_an_error() {
    let output = why(&["customer.gett"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(
        said.starts_with(
            "error: neither the spec nor the docs have customer.gett; nearest to it: customer.get, "
        ),
        "{said}"
    );
}

#[test]
fn a_misspelt_member_leads_to_the_nearest_ones() {
    for (member, nearest) in [
        ("loyalty_pionts", "response loyalty_points"),
        ("next_slap", "query next_slab"),
    ] {
        let output = why(&["customer.get", member]);
        assert_eq!(output.status.code(), Some(2));
        let said = text(&output.stderr);
        let begin = format!(
            "error: neither the spec nor the docs have customer.get {member}; nearest to it: {nearest}"
        );
        assert!(said.starts_with(&begin), "{said}");
        // Not all that there is.
        assert!(!said.contains("optin_status"), "{said}");
    }
}
