//! The code of the book is code of this repository: nothing in it is written by hand and never run.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Folders whose code is run by tests, or by `.ci/run`.
const TESTED: &[&str] = &[
    "examples/kittn/sdk/examples",
    "generated/examples",
    "guide/tests",
];

/// What is wrong with the code blocks of a chapter.
fn code_problems(folder: &Path, chapter: &str) -> Vec<String> {
    let mut problems = Vec::new();
    // The marks that opened a block, and its language.
    let mut block: Option<(&str, &str)> = None;
    for line in chapter.lines() {
        match (fence(line), block) {
            (Some((marks, "")), Some((open, _))) if marks.starts_with(open) => {
                block = None;
                continue;
            }
            (Some(opened), None) => {
                block = Some(opened);
                continue;
            }
            _ => {}
        }
        match (include(line), block) {
            (Some(include), Some(_)) => problems.extend(include_problem(folder, include)),
            (Some(include), None) => problems.push(format!("{include} is outside of a code block")),
            (None, Some((_, language))) if language.starts_with("rust") || language.is_empty() => {
                problems.push(format!("not included from tested code: {line}"));
            }
            _ => {}
        }
    }
    problems
}

/// The marks of a line that begins or ends a code block, and what follows them.
fn fence(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let mark = line.chars().next().filter(|c| ['`', '~'].contains(c))?;
    let rest = line.trim_start_matches(mark);
    let marks = &line[..line.len() - rest.len()];
    (marks.len() >= 3).then_some((marks, rest.trim()))
}

fn include(line: &str) -> Option<&str> {
    line.trim().strip_prefix("{{#include ")?.strip_suffix("}}")
}

fn include_problem(folder: &Path, include: &str) -> Option<String> {
    let problem = |why: &str| Some(format!("{include}: {why}"));
    let Some((file, anchor)) = include.split_once(':') else {
        return problem("no anchor");
    };
    let Ok(path) = folder.join(file).canonicalize() else {
        return problem("no such file");
    };
    let tested = |folder: &&str| path.starts_with(root().join(folder).canonicalize().unwrap());
    if !TESTED.iter().any(tested) {
        return problem("no test runs this file");
    }
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let place = |mark: String| lines.iter().position(|line| *line == mark);
    let begin = place(format!("// ANCHOR: {anchor}"));
    let end = place(format!("// ANCHOR_END: {anchor}"));
    match (begin, end) {
        (Some(begin), Some(end)) if end > begin + 1 => None,
        _ => problem("no such anchor, or nothing in it"),
    }
}

fn chapters() -> Vec<(String, String)> {
    let folder = root().join("docs/guide/src");
    let mut chapters: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    chapters.sort();
    chapters
}

/// The targets of links to other files: `[text](target)`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.starts_with("http") && !target.starts_with('#'))
}

#[test]
fn all_code_of_the_book_is_included_from_tested_files() {
    let folder = root().join("docs/guide/src");
    let mut includes = 0;
    for (name, text) in chapters() {
        assert_eq!(code_problems(&folder, &text), [""; 0], "{name}");
        includes += text.lines().filter_map(include).count();
    }
    assert!(
        includes > 20,
        "only {includes} includes: are they still found?"
    );
}

#[test]
fn every_chapter_is_in_the_summary_and_every_link_leads_somewhere() {
    let chapters = chapters();
    let (_, summary) = chapters
        .iter()
        .find(|(name, _)| name == "SUMMARY.md")
        .unwrap();
    let listed: Vec<&str> = links(summary).collect();
    for (name, text) in &chapters {
        assert!(
            name == "SUMMARY.md" || listed.contains(&name.as_str()),
            "{name} is not in SUMMARY.md"
        );
        for link in links(text) {
            let file = link.split('#').next().unwrap_or(link);
            assert!(
                root().join("docs/guide/src").join(file).exists(),
                "{name}: {link}"
            );
        }
    }
}

#[test]
fn what_is_wrong_with_a_chapter_is_noticed() {
    let folder = root().join("docs/guide/src");
    let wrong = |chapter: &str| code_problems(&folder, chapter).len();
    let include = |what: &str| format!("```rust\n{{{{#include {what}}}}}\n```\n");
    let example = "../../../generated/examples/redeem_points.rs";
    assert_eq!(wrong(&include(&format!("{example}:redeem"))), 0);
    assert_eq!(wrong(&include(&format!("{example}:nowhere"))), 1);
    assert_eq!(wrong(&include(example)), 1);
    assert_eq!(wrong(&include("nowhere.rs:redeem")), 1);
    assert_eq!(wrong(&include("../../../runtime/src/lib.rs:x")), 1);
    assert_eq!(wrong("```rust\nlet x = 1;\n```\n"), 1);
    assert_eq!(wrong("```\nlet x = 1;\n```\n"), 1);
    assert_eq!(wrong("```toml\nx = 1\n```\n"), 0);
    // A code block that shows Markdown, and code after it.
    let shown = "~~~~markdown\n```json\n{}\n\n```rust\n~~~~\n";
    assert_eq!(wrong(shown), 0);
    assert_eq!(wrong(&format!("{shown}```rust\nlet x = 1;\n```\n")), 1);
    assert_eq!(wrong(&format!("{{{{#include {example}:redeem}}}}\n")), 1);
}
