use crate::diagnostics::{Code, Diagnostics};
use crate::slate::block::{Block, BlockKind};
use crate::slate::parse::blocks;
use crate::slate::source::SourceFile;

fn read(text: &str) -> (Vec<Block>, Diagnostics) {
    let file = SourceFile::new("x.md", text);
    let mut diagnostics = Diagnostics::default();
    let blocks = blocks(&file, 0, 0, &mut diagnostics);
    (blocks, diagnostics)
}

/// The headings and the code of a page, in order.
fn outline(text: &str) -> Vec<String> {
    let (blocks, _) = read(text);
    let parts = blocks.into_iter().filter_map(|block| match block.kind {
        BlockKind::Heading { text, .. } => Some(text),
        BlockKind::Fence(fence) => Some(format!("{}: {}", fence.lang, fence.body.trim())),
        _ => None,
    });
    parts.collect()
}

/// The page after the edits of its only finding.
fn mended(text: &str) -> String {
    let (_, diagnostics) = read(text);
    let findings: Vec<_> = diagnostics.iter().collect();
    let [finding] = findings.as_slice() else {
        panic!("{findings:?}");
    };
    assert_eq!(finding.code, Code::UnclosedFence);
    let mut out = text.to_owned();
    for edit in finding.fix.iter().rev() {
        out.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.with);
    }
    out
}

/// A wrong page is read as the right one, and mended to be it.
fn both(wrong: &str, right: &str, parts: &[&str]) {
    assert_eq!(outline(right), parts, "{right}");
    assert!(read(right).1.is_empty(), "{right}");
    assert_eq!(outline(wrong), parts, "{wrong}");
    assert_eq!(mended(wrong), right);
}

const REST: &str = "\n\nLists all crates.\n\n### Address\n\n`GET /crates`\n\n## Pack\n\n> Request\n\n```json\n{}\n```\n";
const PARTS: [&str; 4] = ["json: [\n  {\"id\": 1}\n]", "Address", "Pack", "json: {}"];

#[test]
fn a_block_without_end_ends_behind_its_value() {
    for (open, body, close) in [
        ("```json", "[\n  {\"id\": 1}\n]", "```"),
        ("~~~json", "[\n  {\"id\": 1}\n]", "~~~"),
        ("````json", "[\n  {\"id\": 1}\n]", "````"),
        ("  ```json", "[\n  {\"id\": 1}\n]", "  ```"),
    ] {
        let wrong = format!("## List\n\n{open}\n{body}{REST}");
        let right = format!("## List\n\n{open}\n{body}\n{close}{REST}");
        both(&wrong, &right, &[&["List"], &PARTS[..]].concat());
    }
    let xml = "## List\n\n```xml\n<a>\n  <b>1</b>\n</a>";
    both(
        &format!("{xml}{REST}"),
        &format!("{xml}\n```{REST}"),
        &[
            "List",
            "xml: <a>\n  <b>1</b>\n</a>",
            "Address",
            "Pack",
            "json: {}",
        ],
    );
}

#[test]
fn a_block_in_a_quote_without_end_ends_behind_its_value() {
    let quote = "## List\n\n> ```json\n> {\"id\": 1}";
    both(
        &format!("{quote}{REST}"),
        &format!("{quote}\n> ```{REST}"),
        &["List", "json: {\"id\": 1}", "Address", "Pack", "json: {}"],
    );
}

#[test]
fn a_command_without_end_ends_before_what_is_no_code() {
    let command = "## List\n\n```shell\ncurl https://crates.example.com \\\n  -X GET";
    both(
        &format!("{command}{REST}"),
        &format!("{command}\n```{REST}"),
        &[
            "List",
            "shell: curl https://crates.example.com \\\n  -X GET",
            "Address",
            "Pack",
            "json: {}",
        ],
    );
}

#[test]
fn a_block_of_no_language_does_not_close_the_one_above() {
    let text = "```json\n{\"id\": 1}";
    let rest = "\n\n## Pack\n\n```\ncurl -X GET\n```\n\n## Ship\n";
    both(
        &format!("{text}{rest}"),
        &format!("{text}\n```{rest}"),
        &["json: {\"id\": 1}", "Pack", ": curl -X GET", "Ship"],
    );
}

#[test]
fn a_closing_line_of_other_marks_is_one() {
    for slip in ["``", "~~~", "`", "    ```"] {
        both(
            &format!("## List\n\n```json\n{{}}\n{slip}{REST}"),
            &format!("## List\n\n```json\n{{}}\n```{REST}"),
            &["List", "json: {}", "Address", "Pack", "json: {}"],
        );
    }
}

#[test]
fn blanks_behind_a_closing_line_are_nothing() {
    for blanks in ["\t", "  ", " \t ", "\u{a0}"] {
        let text = format!("```json\n{{}}\n```{blanks}\n\n## Pack\n\n```json\n[]\n```\n");
        assert_eq!(outline(&text), ["json: {}", "Pack", "json: []"]);
        assert!(read(&text).1.is_empty());
    }
}

#[test]
fn a_block_that_is_closed_and_not_opened_is_one() {
    let rest = format!("\n```{REST}");
    both(
        &format!("## List\n\n> Answer\n\n[\n  {{\"id\": 1}}\n]{rest}"),
        &format!("## List\n\n> Answer\n\n```json\n[\n  {{\"id\": 1}}\n]{rest}"),
        &[&["List"], &PARTS[..]].concat(),
    );
    both(
        &format!("## List\n\n> Answer\n\n<a>\n  <b/>\n</a>{rest}"),
        &format!("## List\n\n> Answer\n\n```xml\n<a>\n  <b/>\n</a>{rest}"),
        &[
            "List",
            "xml: <a>\n  <b/>\n</a>",
            "Address",
            "Pack",
            "json: {}",
        ],
    );
    both(
        &format!("## List\n\n``json\n[\n  {{\"id\": 1}}\n]{rest}"),
        &format!("## List\n\n```json\n[\n  {{\"id\": 1}}\n]{rest}"),
        &[&["List"], &PARTS[..]].concat(),
    );
}

#[test]
fn what_is_closed_stays_as_it_is() {
    for (text, parts) in [
        // Two alternatives, with words between them.
        (
            "```json\n{}\n\nOr, for boxes, this one.\n\n[]\n```\n\nText.\n",
            &["json: {}\n\nOr, for boxes, this one.\n\n[]"][..],
        ),
        // Words behind the value, and blocks without language below.
        (
            "```json\n{}\n\nThis is the answer.\n```\n\nText.\n\n```\na\n```\n",
            &["json: {}\n\nThis is the answer.", ": a"],
        ),
        // A block that shows how blocks are written.
        (
            "````\n```json\n{}\n```\n````\n## A\n",
            &[": ```json\n{}\n```", "A"],
        ),
        (
            "~~~\n```json\n{}\n```\n~~~\n## A\n",
            &[": ```json\n{}\n```", "A"],
        ),
        // HTML of the page in front of a block without language.
        ("<p>So</p>\n\n```\na\n```\n\n## A\n", &[": a", "A"]),
        ("[1]\n\n```\na\n```\n\n## A\n", &[": a", "A"]),
    ] {
        assert_eq!(outline(text), parts, "{text}");
        assert!(read(text).1.is_empty(), "{text}");
    }
}
