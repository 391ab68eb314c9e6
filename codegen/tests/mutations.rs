//! No Markdown makes the generator panic, whatever hands or disks did to it, and what it emits is Rust.
//!
//! Failures print the page and the mutations, so that they can be repeated. `PROPTEST_CASES` asks for more cases,
//! `PROPTEST_RNG_SEED` for others.

use crate::support::account;
use crate::support::check;
use crate::support::mutate;
use crate::support::pages;
use crate::support::settings;

use std::sync::LazyLock;

use mutate::{Mutation, TITLES, mutate};
use pages::document;
use proptest::prelude::*;
use settings::{in_workspace, settings};
use slate_codegen::diagnostics::Code;
use slate_codegen::slate::source::SourceFile;
use slate_codegen::slate::{INDEX, Texts};
use slate_codegen::{Settings, files, read_docs};

/// Pages that are mutated: between them they have every kind of table, sample and heading.
const PAGES: &[&str] = &["authEngine", "communications", "points", "wallet"];

static TEXTS: LazyLock<Vec<(&str, Vec<u8>)>> = LazyLock::new(|| {
    PAGES
        .iter()
        .map(|name| {
            (
                *name,
                std::fs::read(in_workspace(&format!("spec/slate/includes/_{name}.md"))).unwrap(),
            )
        })
        .collect()
});
/// Pages of the two revisions that were published, where they lie beside the project, or where `CAPILLARY_DOCS` says.
static PUBLISHED: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let docs = std::env::var_os("CAPILLARY_DOCS").map_or_else(
        || in_workspace("../shared/docs/capillary-v1.1"),
        std::path::PathBuf::from,
    );
    let mut pages = Vec::new();
    for revision in ["2020-10-29", "2021-12-28"] {
        let Ok(entries) = std::fs::read_dir(docs.join(revision).join("includes")) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = format!("{revision}/{}", path.file_name().unwrap().display());
            pages.push((name, std::fs::read(path).unwrap()));
        }
    }
    pages.sort();
    pages
});
static SETTINGS: LazyLock<Settings> = LazyLock::new(settings);

fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|text| text.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(cases),
        max_shrink_iters: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// What is wrong with what is read of these texts and emitted.
fn run(texts: &Texts) -> Result<(), String> {
    check::check(texts, &SETTINGS)
}

fn mutation() -> impl Strategy<Value = Mutation> {
    const FAR: usize = 1 << 20;
    (0..mutate::KINDS, 0..FAR, 0..FAR, 0..FAR)
        .prop_map(|(kind, a, b, c)| Mutation::new(kind, a, b, c))
}

proptest! {
    #![proptest_config(config(80))]

    #[test]
    fn mutated_pages_are_read_and_emitted(page in 0..PAGES.len(), mutations in prop::collection::vec(mutation(), 1..12)) {
        let (name, text) = &TEXTS[page];
        let text = mutations.iter().fold(text.clone(), mutate);
        if let Err(error) = run(&document(&[(name, text)])) {
            prop_assert!(false, "{name}: {error}");
        }
    }
}

/// Lines of which documents are made that have never been written.
fn any_line() -> impl Strategy<Value = String> {
    let heading = (1usize..5, prop::sample::select(TITLES))
        .prop_map(|(level, title)| format!("{} {title}", "#".repeat(level)));
    let row = prop::collection::vec(prop::sample::select(CELLS), 1..5)
        .prop_map(|cells| cells.join(" | "));
    prop_oneof![
        2 => heading,
        4 => row,
        2 => Just("--- | --- | ---".to_owned()),
        2 => prop::sample::select(SAMPLES).prop_map(str::to_owned),
        1 => prop::sample::select(mutate::PIECES).prop_map(str::to_owned),
        1 => Just("> Sample Response".to_owned()),
        1 => Just("> Sample Request".to_owned()),
        1 => Just(String::new()),
        1 => ".{0,60}",
    ]
}

const CELLS: &[&str] = &[
    "",
    "URI",
    "HTTP Method",
    "GET",
    "POST",
    "parcel/get",
    "parcel/add",
    "name*",
    "type",
    "id**",
    "street",
    "a/b/c*",
    "Self",
    "1st",
    "😀",
    "mlp=true",
    "identifierName",
    "identifierValue",
    "obj",
    "array",
    "string",
    "int",
    "date-time",
    "Values: `a`, `b`, `A`",
    "Pass `x` for y",
    "1000",
    "1008/ 1038",
    "Not found",
    "Parameter",
    "Description",
    "Datatype",
    "Code",
    "Batch Support",
    "Yes",
    "{id}",
    "https://{host}/v1.1/a/{id}?b=c",
];

const SAMPLES: &[&str] = &[
    "```json\n{\"root\": {\"parcel\": [{\"type\": 1, \"self\": {}}]}}\n```",
    "```json\n{\"response\": {\"status\": {\"success\": \"true\", \"code\": 200, \"message\": \"x\"}, \"a\": {\"b\": [[1], [[2]]]}}}\n```",
    "```json\n{\"\": {\"\": {\"\": null}}, \"a\": [1, {\"b\": \"c\"}, []], \"a\": 7}\n```",
    "```xml\n<response><a b=\"1\"><element>x</element><element/></a><a/></response>\n```",
    "```json\n<root><a>1</a></root>\n```",
    "```json\n[{\"a\": 1}, [2], \"x\"\n```",
    "```html\nhttps://eu.example.com/v1.1/parcel/get?id=1&format=json\n```",
    "```json",
    "```",
];

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn made_up_pages_are_read_and_emitted(lines in prop::collection::vec(any_line(), 1..50)) {
        let text = format!("# Parcel\n## Get Parcel\n### Resource Information\n| | |\n--- | ---\nURI | parcel/get\n{}\n", lines.join("\n"));
        if let Err(error) = run(&document(&[("parcel", &text)])) {
            prop_assert!(false, "{error}\n{text}");
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        if let Err(error) = run(&document(&[("parcel", &bytes)])) {
            prop_assert!(false, "{error}");
        }
    }

    #[test]
    fn a_mutated_index_is_read_or_refused(mutations in prop::collection::vec(mutation(), 1..8)) {
        let index = std::fs::read(in_workspace("spec/slate/index.html.md")).unwrap();
        let index = mutations.iter().fold(index, mutate);
        let mut texts = vec![(INDEX.to_owned(), index)];
        texts.extend(TEXTS.iter().map(|(name, _)| (format!("includes/_{name}.md"), b"# Page\n".to_vec())));
        // The index may now name pages that are not there; what matters is that it says so.
        match read_docs(&Texts(texts), &SETTINGS) {
            Ok(reading) => {
                if let Err(error) = files(&reading, &SETTINGS) {
                    prop_assert!(false, "{error}");
                }
            }
            Err(error) => prop_assert!(!error.message.is_empty()),
        }
    }
}

#[test]
fn untouched_pages_are_read_and_emitted() {
    for (name, text) in TEXTS.iter() {
        run(&document(&[(name, text)])).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

/// True for a change after which it is still plain, for a count as simple as the one here, what a line is.
fn keeps_lines_plain(mutation: &Mutation) -> bool {
    !matches!(
        mutation,
        Mutation::FlipByte(..)
            | Mutation::InsertByte(..)
            | Mutation::InsertText(..)
            | Mutation::OneLine(_)
            | Mutation::LineEnds("\r")
    )
}

/// Reads a mutated page and says what is neither in the spec nor in a finding.
fn lost(name: &str, text: &[u8], mutations: &[Mutation]) -> Vec<String> {
    let text = mutations.iter().fold(text.to_vec(), mutate);
    let reading = read_docs(&document(&[(name, &text)]), &SETTINGS).unwrap();
    // Lines as the reader counts them: a mutation may leave a carriage return within one.
    let file = SourceFile::new(
        format!("includes/_{name}.md"),
        String::from_utf8_lossy(&text),
    );
    account::unaccounted(&reading, &file.path, &file.text)
}

fn plain_mutations() -> impl Strategy<Value = Vec<Mutation>> {
    prop::collection::vec(mutation().prop_filter("plain", keeps_lines_plain), 1..4)
}

proptest! {
    #![proptest_config(config(80))]

    #[test]
    fn nothing_is_lost_in_silence(page in 0..PAGES.len(), mutations in plain_mutations()) {
        let (name, text) = &TEXTS[page];
        let missing = lost(name, text, &mutations);
        prop_assert!(missing.is_empty(), "{name}: {missing:?}");
    }

    #[test]
    fn nothing_of_the_published_pages_is_lost_in_silence(page in 0usize..1 << 10, mutations in plain_mutations()) {
        if !PUBLISHED.is_empty() {
            let (name, text) = &PUBLISHED[page % PUBLISHED.len()];
            let missing = lost("page", text, &mutations);
            prop_assert!(missing.is_empty(), "{name}: {missing:?}");
        }
    }
}

proptest! {
    #![proptest_config(config(20))]

    #[test]
    fn mutated_published_pages_are_read_and_emitted(page in 0usize..1 << 10, mutations in prop::collection::vec(mutation(), 1..12)) {
        if !PUBLISHED.is_empty() {
            let (name, text) = &PUBLISHED[page % PUBLISHED.len()];
            let text = mutations.iter().fold(text.clone(), mutate);
            if let Err(error) = run(&document(&[("page", &text)])) {
                prop_assert!(false, "{name}: {error}");
            }
        }
    }
}

/// A page with one operation, which ends with this.
fn page_with(end: &str) -> String {
    format!(
        "# Parcel\n## Get Parcel\n### Resource Information\n| | |\n--- | ---\nURI | parcel/get\nHTTP Method | GET\n\n{end}"
    )
}

#[test]
fn a_heading_is_known_by_its_words_not_by_its_blanks() {
    let page = page_with(
        "### Request  Query\u{a0}Parameters\nParameter | Description\n--- | ---\nweight | Grams\n",
    );
    let reading = read_docs(&document(&[("parcel", &page)]), &SETTINGS).unwrap();
    let operation = &reading.inferred.spec.entities[0].operations[0];
    let params: Vec<&str> = operation
        .params
        .iter()
        .map(|param| param.name.as_str())
        .collect();
    assert_eq!(params, ["weight"]);
}

#[test]
fn a_table_below_a_request_url_is_reported() {
    let page = page_with(
        "### Request URL\n`https://{host}/v1.1/parcel/get`\n\nDay | Round\n--- | ---\nMonday | North\n",
    );
    let reading = read_docs(&document(&[("parcel", &page)]), &SETTINGS).unwrap();
    let lines: Vec<u32> = reading
        .diagnostics
        .iter()
        .filter(|finding| finding.code == Code::UnusedTable)
        .map(|finding| reading.sources.place(finding.span).line)
        .collect();
    assert_eq!(lines, [12]);
}
