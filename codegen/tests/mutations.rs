//! No Markdown makes the generator panic, whatever hands or disks did to it, and what it emits is Rust.
//!
//! Failures print the page and the mutations, so that they can be repeated. `PROPTEST_CASES` asks for more cases.

#[path = "support/pages.rs"]
mod pages;
#[path = "support/settings.rs"]
mod settings;

use std::sync::LazyLock;

use capillary_codegen::slate::{INDEX, Texts};
use capillary_codegen::{Settings, files, openapi, read_docs, spec};
use pages::document;
use proptest::prelude::*;
use serde_json::Value;
use settings::{in_workspace, settings};

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

/// Every reference of an `OpenAPI` document leads somewhere.
fn references(document: &Value, value: &Value) -> Result<(), String> {
    match value {
        Value::Object(members) => members.iter().try_for_each(|(key, value)| {
            let target = value.as_str().filter(|_| key == "$ref");
            match target.map(|target| document.pointer(target.trim_start_matches('#'))) {
                Some(None) => Err(format!("{value} leads nowhere")),
                _ => references(document, value),
            }
        }),
        Value::Array(items) => items.iter().try_for_each(|item| references(document, item)),
        _ => Ok(()),
    }
}

/// Reads and emits; says what is wrong.
fn run(texts: &Texts) -> Result<(), String> {
    let reading = read_docs(texts, &SETTINGS).map_err(|error| error.to_string())?;
    for finding in &reading.diagnostics {
        let place = reading.sources.place(finding.span);
        let file = reading.sources.file(finding.span.file);
        if place.line as usize > file.line_count()
            || file
                .text
                .get(finding.span.start as usize..finding.span.end as usize)
                .is_none()
        {
            return Err(format!("{finding:?} has no place in {}", place.file));
        }
    }
    let inferred = &reading.inferred;
    let document = openapi::document(&inferred.spec, &inferred.contents, &SETTINGS.dialect);
    references(&document, &document)?;
    let out = files(&reading, &SETTINGS).map_err(|error| error.to_string())?;
    for file in &out {
        let fine = file
            .path
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != "..")
            && !file.path.contains(['\\', '\0', '\n']);
        if !fine {
            return Err(format!(
                "{:?} is not a path below the output folder",
                file.path
            ));
        }
        if file.path.split('.').next_back() == Some("rs") {
            syn::parse_file(&file.text).map_err(|error| format!("{}: {error}", file.path))?;
        }
    }
    let mut paths: Vec<String> = out.iter().map(|file| file.path.to_lowercase()).collect();
    paths.sort();
    if let Some(twice) = (1..paths.len()).find(|&at| paths[at] == paths[at - 1]) {
        return Err(format!("{} is written twice", paths[twice]));
    }
    let written = spec::to_files(&reading.inferred.spec).map_err(|error| error.to_string())?;
    let read = spec::from_files(|name| {
        let found = written.iter().find(|(known, _)| known == name);
        found
            .map(|(_, text)| text.clone())
            .ok_or_else(|| capillary_codegen::InputError::new(format!("there is no {name}")))
    });
    match read {
        Ok(read) if read == reading.inferred.spec => Ok(()),
        Ok(_) => Err("the spec is not the same when it is read back".to_owned()),
        Err(error) => Err(format!("the spec cannot be read back: {error}")),
    }
}

#[derive(Clone, Debug)]
enum Mutation {
    RemoveLines(usize, usize),
    DuplicateLine(usize),
    SwapLines(usize, usize),
    MoveLines(usize, usize, usize),
    RemoveCell(usize, usize),
    RemovePipe(usize, usize),
    FlipByte(usize, u8),
    InsertByte(usize, u8),
    InsertText(usize, &'static str),
    CutOff(usize),
    DropFence(usize),
    Relevel(usize, usize),
    Retitle(usize, &'static str),
    CarriageReturns,
    Tabs,
    NoBlankLines,
    OneLine(usize),
}

const PIECES: &[&str] = &[
    "`",
    "```",
    "```json\n",
    "|",
    "\\|",
    "*",
    "**",
    "<aside",
    "</aside>",
    "<!--",
    "-->",
    "\u{feff}",
    "\u{202e}",
    "é",
    "😀",
    "\0",
    "\r",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\\u{",
    "\\ud800",
    "<",
    "&#0;",
    "&lt;",
    "<a/>",
    "://",
    "{{",
    "{%",
    "%}",
    "0",
    "-1",
    "99999999999999999999",
    "1e999",
    "/",
    "..",
    "=",
    "?",
    "&",
    "# ",
    "## ",
    "> ",
    "--- | ---\n",
    "\n\n",
    "element",
    "root",
    "response",
    "null",
    "https://{host}/v1.1/{/}?{=}&=",
];

const TITLES: &[&str] = &[
    "Resource Information",
    "Request URL",
    "Request Body Parameters",
    "Response Codes",
    "Request Query Parameters",
    "Host URLs",
    "type",
    "😀",
    "",
    "API Level Response Code",
];

fn line(lines: usize) -> impl Strategy<Value = usize> {
    0..lines
}

fn mutation() -> impl Strategy<Value = Mutation> {
    const FAR: usize = 1 << 20;
    prop_oneof![
        (line(FAR), 1usize..30).prop_map(|(at, count)| Mutation::RemoveLines(at, count)),
        line(FAR).prop_map(Mutation::DuplicateLine),
        (line(FAR), line(FAR)).prop_map(|(a, b)| Mutation::SwapLines(a, b)),
        (line(FAR), 1usize..20, line(FAR))
            .prop_map(|(from, count, to)| Mutation::MoveLines(from, count, to)),
        (line(FAR), 0usize..5).prop_map(|(at, cell)| Mutation::RemoveCell(at, cell)),
        (line(FAR), 0usize..5).prop_map(|(at, pipe)| Mutation::RemovePipe(at, pipe)),
        (line(FAR), any::<u8>()).prop_map(|(at, mask)| Mutation::FlipByte(at, mask)),
        (line(FAR), any::<u8>()).prop_map(|(at, byte)| Mutation::InsertByte(at, byte)),
        (line(FAR), prop::sample::select(PIECES))
            .prop_map(|(at, piece)| Mutation::InsertText(at, piece)),
        (line(FAR), prop::sample::select(PIECES))
            .prop_map(|(at, piece)| Mutation::InsertText(at, piece)),
        line(FAR).prop_map(Mutation::CutOff),
        line(FAR).prop_map(Mutation::DropFence),
        (line(FAR), 0usize..8).prop_map(|(at, level)| Mutation::Relevel(at, level)),
        (line(FAR), prop::sample::select(TITLES))
            .prop_map(|(at, title)| Mutation::Retitle(at, title)),
        Just(Mutation::CarriageReturns),
        Just(Mutation::Tabs),
        Just(Mutation::NoBlankLines),
        line(FAR).prop_map(Mutation::OneLine),
    ]
}

fn is_row(line: &[u8]) -> bool {
    line.contains(&b'|')
}

fn is_fence(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"```")
}

fn is_heading(line: &[u8]) -> bool {
    line.starts_with(b"#")
}

/// Number of the `at`th line, counted round and round, that fits.
fn pick(lines: &[Vec<u8>], at: usize, fits: impl Fn(&[u8]) -> bool) -> Option<usize> {
    let fitting: Vec<usize> = (0..lines.len())
        .filter(|&number| fits(&lines[number]))
        .collect();
    (!fitting.is_empty()).then(|| fitting[at % fitting.len()])
}

fn split(text: &[u8]) -> Vec<Vec<u8>> {
    text.split(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect()
}

fn mutate(text: Vec<u8>, mutation: &Mutation) -> Vec<u8> {
    if text.is_empty() {
        return text;
    }
    let mut lines = split(&text);
    let count = lines.len();
    match *mutation {
        Mutation::FlipByte(at, mask) => {
            return with_bytes(text, |bytes| {
                let at = at % bytes.len();
                bytes[at] ^= mask;
            });
        }
        Mutation::InsertByte(at, byte) => {
            return with_bytes(text, |bytes| bytes.insert(at % bytes.len(), byte));
        }
        Mutation::InsertText(at, piece) => {
            return with_bytes(text, |bytes| {
                let at = at % bytes.len();
                bytes.splice(at..at, piece.bytes());
            });
        }
        Mutation::CutOff(at) => return with_bytes(text, |bytes| bytes.truncate(at % bytes.len())),
        Mutation::RemoveLines(at, number) => {
            let at = at % count;
            lines.drain(at..(at + number).min(count));
        }
        Mutation::DuplicateLine(at) => lines.insert(at % count, lines[at % count].clone()),
        Mutation::SwapLines(a, b) => lines.swap(a % count, b % count),
        Mutation::MoveLines(from, number, to) => {
            let from = from % count;
            let moved: Vec<Vec<u8>> = lines.drain(from..(from + number).min(count)).collect();
            let to = to % (lines.len() + 1);
            lines.splice(to..to, moved);
        }
        Mutation::RemoveCell(at, cell) => {
            if let Some(at) = pick(&lines, at, is_row) {
                let mut cells: Vec<&[u8]> = lines[at].split(|byte| *byte == b'|').collect();
                cells.remove(cell % cells.len());
                lines[at] = cells.join(&b'|');
            }
        }
        Mutation::RemovePipe(at, pipe) => {
            if let Some(at) = pick(&lines, at, is_row) {
                let pipes: Vec<usize> = (0..lines[at].len())
                    .filter(|&byte| lines[at][byte] == b'|')
                    .collect();
                lines[at].remove(pipes[pipe % pipes.len()]);
            }
        }
        Mutation::DropFence(at) => {
            if let Some(at) = pick(&lines, at, is_fence) {
                lines.remove(at);
            }
        }
        Mutation::Relevel(at, level) => {
            if let Some(at) = pick(&lines, at, is_heading) {
                let title: Vec<u8> = lines[at]
                    .iter()
                    .copied()
                    .skip_while(|byte| *byte == b'#')
                    .collect();
                lines[at] = [vec![b'#'; level], title].concat();
            }
        }
        Mutation::Retitle(at, title) => {
            if let Some(at) = pick(&lines, at, is_heading) {
                let hashes: Vec<u8> = lines[at]
                    .iter()
                    .copied()
                    .take_while(|byte| *byte == b'#')
                    .collect();
                lines[at] = [hashes, b" ".to_vec(), title.as_bytes().to_vec()].concat();
            }
        }
        Mutation::CarriageReturns => return lines.join(&b"\r\n"[..]),
        Mutation::Tabs => {
            return text
                .iter()
                .map(|&byte| if byte == b' ' { b'\t' } else { byte })
                .collect();
        }
        Mutation::NoBlankLines => lines.retain(|line| !line.trim_ascii().is_empty()),
        Mutation::OneLine(at) => {
            let at = at % count;
            let end = (at + 12).min(count);
            let joined = lines[at..end].join(&b' ');
            lines.splice(at..end, [joined]);
        }
    }
    lines.join(&b'\n')
}

fn with_bytes(mut text: Vec<u8>, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    change(&mut text);
    text
}

proptest! {
    #![proptest_config(config(120))]

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
        1 => prop::sample::select(PIECES).prop_map(str::to_owned),
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
    #![proptest_config(config(150))]

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
