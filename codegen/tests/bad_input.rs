//! Input that cannot be read ends in an error that names the place; input that is merely odd does not.

use crate::support::pages;
use crate::support::settings;

use std::fs;
use std::path::Path;

use pages::document;
use settings::{in_workspace, settings};
use slate_codegen::diagnostics::{Code, Level};
use slate_codegen::dialect::Dialect;
use slate_codegen::names::Names;
use slate_codegen::slate::{self, INDEX, Texts};
use slate_codegen::{InputError, files, overrides, read_docs, spec};
use tempfile::TempDir;

const PAGE: &str = "# Parcel\n\n## Get Parcel\n\n### Resource Information\n| | |\n--- | --- |\nURI | parcel/get\nHTTP Method | GET\n";

/// A folder with an index of these lines and one page.
fn folder(index: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("includes")).unwrap();
    fs::write(folder.path().join(INDEX), index).unwrap();
    fs::write(folder.path().join("includes/_parcel.md"), PAGE).unwrap();
    folder
}

fn load_error(folder: &Path) -> InputError {
    match slate::load(folder) {
        Ok(texts) => panic!("{} files were read", texts.0.len()),
        Err(error) => error,
    }
}

fn assert_place(error: &InputError, file: &str, line: usize) {
    let (found, at, column) = error
        .place
        .as_ref()
        .unwrap_or_else(|| panic!("{error} has no place"));
    assert_eq!((found.as_str(), *at), (file, line), "{error}");
    assert!(*column >= 1, "{error}");
    assert!(
        error.to_string().starts_with(&format!("{file}:{line}:")),
        "{error}"
    );
}

#[test]
fn a_folder_that_is_fine_is_read() {
    let folder = folder("---\ntitle: T\nincludes:\n  - parcel\n---\n");
    let texts = slate::load(folder.path()).unwrap();
    let names: Vec<&str> = texts.0.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, [INDEX, "includes/_parcel.md"]);
    let reading = read_docs(&texts, &settings()).unwrap();
    assert_eq!(
        reading.inferred.spec.entities[0].operations[0].path,
        "/parcel/get"
    );
}

#[test]
fn docs_without_hosts_are_emitted() {
    let folder = folder("---\ntitle: T\nincludes:\n  - parcel\n---\n");
    let settings = settings();
    let reading = read_docs(&slate::load(folder.path()).unwrap(), &settings).unwrap();
    // No operation is without a host, and that this one is a guess is said.
    let api = &reading.inferred.spec.api;
    let operation = &reading.inferred.spec.entities[0].operations[0];
    assert_eq!(api.hosts[&operation.host].clusters.len(), 1);
    let counts = reading.diagnostics.counts();
    assert!(counts.contains(&(Code::AssumedHost, 1)), "{counts:?}");
    let files = files(&reading, &settings).unwrap_or_else(|error| panic!("{error}"));
    assert!(
        files
            .iter()
            .any(|file| file.path == "generated/src/parcel/get/mod.rs")
    );
}

#[test]
fn a_missing_include_is_named_with_its_line_in_the_index() {
    let folder = folder("---\ntitle: T\nincludes:\n  - parcel\n  - letter\n---\n");
    let error = load_error(folder.path());
    assert_place(&error, INDEX, 5);
    assert!(
        error.message.contains("letter") && error.message.contains("includes/_letter.md"),
        "{error}"
    );
}

#[test]
fn a_missing_text_is_an_error_of_parsing_too() {
    let texts = Texts(vec![(
        INDEX.to_owned(),
        b"---\nincludes:\n  - letter\n---\n".to_vec(),
    )]);
    let error = read_docs(&texts, &settings()).unwrap_err();
    assert!(
        error.to_string().starts_with(INDEX) && error.message.contains("letter"),
        "{error}"
    );
    assert!(read_docs(&Texts::default(), &settings()).is_err());
}

#[test]
fn an_index_without_front_matter_says_so() {
    for (index, line) in [
        ("# Hello\n", 1),
        ("", 1),
        ("---\ntitle: T\nincludes:\n  - parcel\n", 1),
    ] {
        let folder = folder(index);
        let error = load_error(folder.path());
        assert_place(&error, INDEX, line);
        assert!(error.message.contains("front matter"), "{error}");
    }
}

#[test]
fn front_matter_that_is_no_yaml_is_shown_where_it_breaks() {
    let folder = folder("---\ntitle: T\nincludes: [parcel\nsearch: true\n---\n");
    let error = load_error(folder.path());
    let (file, line, _) = error.place.clone().unwrap();
    assert_eq!(file, INDEX);
    assert!((3..=5).contains(&line), "{error}");
}

#[test]
fn a_folder_that_is_not_slate_is_named() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("README.md"), "# Hello\n").unwrap();
    let error = load_error(folder.path());
    assert!(
        error.message.contains(&*folder.path().to_string_lossy()) && error.message.contains(INDEX),
        "{error}"
    );
    let file = folder.path().join("README.md");
    assert!(load_error(&file).message.contains("README.md"));
    assert!(
        load_error(&folder.path().join("nowhere"))
            .message
            .contains("nowhere")
    );
}

#[test]
fn an_include_that_is_a_folder_cannot_be_read() {
    let folder = folder("---\ntitle: T\nincludes:\n  - parcel\n---\n");
    let page = folder.path().join("includes/_parcel.md");
    fs::remove_file(&page).unwrap();
    fs::create_dir(&page).unwrap();
    let error = load_error(folder.path());
    assert_place(&error, INDEX, 4);
    assert!(error.message.contains("includes/_parcel.md"), "{error}");
}

#[test]
fn an_include_cannot_leave_the_folder() {
    for name in [
        "../../x",
        "/etc/hostname",
        "a/../../x",
        ".hidden",
        "a\\b",
        ".",
    ] {
        let folder = folder(&format!(
            "---\ntitle: T\nincludes:\n  - parcel\n  - {name}\n---\n"
        ));
        let error = load_error(folder.path());
        assert_place(&error, INDEX, 5);
        assert!(error.message.contains("not the name of a file"), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_cannot_leave_the_folder_either() {
    let outside = TempDir::new().unwrap();
    fs::write(outside.path().join("secret.md"), PAGE).unwrap();
    let folder = folder("---\ntitle: T\nincludes:\n  - link\n---\n");
    std::os::unix::fs::symlink(
        outside.path().join("secret.md"),
        folder.path().join("includes/_link.md"),
    )
    .unwrap();
    let error = load_error(folder.path());
    assert_place(&error, INDEX, 4);
    assert!(error.message.contains("out of the folder"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_before_it_is_waited_for() {
    let folder = folder("---\ntitle: T\nincludes:\n  - parcel\n  - pipe\n---\n");
    let pipe = folder.path().join("includes/_pipe.md");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let error = load_error(folder.path());
    assert_place(&error, INDEX, 5);
    assert!(error.message.contains("not a regular file"), "{error}");
}

#[test]
fn a_page_that_is_too_large_is_named_at_once() {
    let folder = folder("---\ntitle: T\nincludes:\n  - parcel\n---\n");
    let file = fs::File::create(folder.path().join("includes/_parcel.md")).unwrap();
    file.set_len(slate::LARGEST_PAGE + 1).unwrap();
    let error = load_error(folder.path());
    assert_place(&error, INDEX, 4);
    assert!(error.message.contains("includes/_parcel.md"), "{error}");
    assert!(error.message.contains("16 MiB"), "{error}");
    file.set_len(slate::LARGEST_PAGE).unwrap();
    assert!(slate::load(folder.path()).is_ok());

    let large = vec![b' '; usize::try_from(slate::LARGEST_PAGE).unwrap() + 1];
    let error = read_docs(&document(&[("parcel", large)]), &settings()).unwrap_err();
    assert!(error.message.contains("includes/_parcel.md"), "{error}");
}

#[test]
fn line_ends_of_every_kind_are_read_as_the_same() {
    let spec = |page: String| {
        let reading = read_docs(&document(&[("parcel", page)]), &settings()).unwrap();
        serde_json::to_value(&reading.inferred.spec).unwrap()
    };
    let expected = spec(PAGE.to_owned());
    assert_eq!(
        expected["entities"][0]["operations"][0]["source"]["line"],
        3
    );
    for end in ["\r\n", "\r"] {
        assert_eq!(spec(PAGE.replace('\n', end)), expected, "{end:?}");
    }
    assert_eq!(spec(format!("\u{feff}\u{feff}{PAGE}")), expected);
}

#[test]
fn a_page_without_an_operation_is_reported() {
    let page = PAGE.replace("### ", "").replace('|', " ");
    let reading = read_docs(&document(&[("parcel", page)]), &settings()).unwrap();
    let counts = reading.diagnostics.counts();
    assert!(
        counts.contains(&(Code::PageWithoutOperation, 1)),
        "{counts:?}"
    );
}

#[test]
fn bytes_that_are_not_utf8_are_only_reported() {
    let mut page = PAGE.as_bytes().to_vec();
    page.extend_from_slice(
        b"\n### Request Query Parameters\nParameter | Description\n--- | ---\nweight | gr\xe4mm\n",
    );
    let reading = read_docs(&document(&[("parcel", page)]), &settings()).unwrap();
    let findings: Vec<_> = reading
        .diagnostics
        .iter()
        .filter(|finding| finding.code == Code::NotUtf8)
        .collect();
    assert_eq!(findings.len(), 1);
    let place = reading.sources.place(findings[0].span);
    assert_eq!(
        (place.file.as_str(), place.line, place.column),
        ("includes/_parcel.md", 14, 12)
    );
    let operation = &reading.inferred.spec.entities[0].operations[0];
    assert_eq!(operation.params[0].doc, "gr\u{fffd}mm");
}

#[test]
fn a_page_that_is_listed_twice_is_only_reported() {
    let reading = read_docs(
        &document(&[("parcel", PAGE), ("parcel", PAGE)]),
        &settings(),
    )
    .unwrap();
    assert_eq!(reading.inferred.spec.entities.len(), 1);
    let counts = reading.diagnostics.counts();
    assert!(counts.contains(&(Code::DuplicateInclude, 1)), "{counts:?}");
    let warnings = counts
        .iter()
        .filter(|(code, _)| code.level() != Level::Note);
    assert_eq!(warnings.count(), 1, "{counts:?}");
}

#[test]
fn overrides_with_a_typo_are_refused_with_the_place() {
    let right = "- at: parcel/operations/parcel.get\n  set: {auth: true}\n  because: all calls authenticate\n  file: includes/_parcel.md\n  line: URI | parcel/get\n";
    assert_eq!(overrides::parse("overrides.yaml", right).unwrap().len(), 1);
    for (wrong, line) in [
        (right.replace("  set:", "  sett:"), 2),
        (right.replace("  because:", "  becuase:"), 3),
        (right.replace("{auth: true}", "{auth: true"), 3),
        (
            right.replace("- at: parcel/operations/parcel.get", "- 7"),
            1,
        ),
    ] {
        let error = overrides::parse("overrides.yaml", &wrong).unwrap_err();
        let (file, at, _) = error
            .place
            .clone()
            .unwrap_or_else(|| panic!("{error} has no place: {wrong}"));
        assert_eq!(file, "overrides.yaml");
        assert!(at.abs_diff(line) <= 1, "{error}, not near line {line}");
    }
    for (wrong, why) in [
        (right.replace("all calls authenticate", "''"), "say why"),
        (right.replace("{auth: true}", "{}"), "changes nothing"),
    ] {
        let error = overrides::parse("overrides.yaml", &wrong).unwrap_err();
        assert!(
            error.to_string().starts_with("overrides.yaml") && error.message.contains(why),
            "{error}"
        );
        assert!(
            error.message.contains("parcel/operations/parcel.get"),
            "{error}"
        );
    }
}

#[test]
fn an_override_that_leaves_no_spec_is_an_error_not_a_panic() {
    let yaml = "- at: parcel/operations/parcel.get\n  set: {method: [1, 2]}\n  because: a test\n  file: includes/_parcel.md\n  line: URI | parcel/get\n";
    let mut settings = settings();
    settings.overrides = overrides::parse("overrides.yaml", yaml).unwrap();
    let error = read_docs(&document(&[("parcel", PAGE)]), &settings).unwrap_err();
    assert!(error.message.contains("overrides"), "{error}");
}

#[test]
fn a_dialect_with_a_typo_is_refused_with_the_place() {
    let right = fs::read_to_string(in_workspace("spec/dialect.yaml")).unwrap();
    for (from, to) in [
        ("default_host:", "default_hots:"),
        ("placeholders:", "placeholder:"),
        ("  resource_rows:", "  resource_row:"),
        ("    amount:", "    amuont:"),
        ("effect: notify", "effect: notfiy"),
    ] {
        assert!(right.contains(from), "the dialect has no {from}");
        let wrong = right.replacen(from, to, 1);
        let error = Dialect::parse("dialect.yaml", &wrong).unwrap_err();
        let (file, line, _) = error
            .place
            .clone()
            .unwrap_or_else(|| panic!("{error} has no place"));
        assert_eq!(file, "dialect.yaml");
        assert!(line >= 1 && line <= wrong.lines().count(), "{error}");
        let word = to
            .trim_matches([' ', ':', '{', ','])
            .rsplit(' ')
            .next()
            .unwrap();
        assert!(error.message.contains(word), "{error} does not show {word}");
    }
}

#[test]
fn docs_without_an_operation_are_refused_with_the_place() {
    let prose = document(&[(
        "parcel",
        "# Parcel\n\nNothing here says how a call is made.\n",
    )]);
    let reading = read_docs(&prose, &settings()).unwrap();
    let error = slate_codegen::some_operation(&reading).unwrap_err();
    assert!(
        error.to_string().starts_with("index.html.md:1:1: "),
        "{error}"
    );
    let reading = read_docs(&document(&[("parcel", PAGE)]), &settings()).unwrap();
    assert!(slate_codegen::some_operation(&reading).is_ok());
}

#[test]
fn names_with_a_typo_are_refused_with_the_place() {
    let error = Names::parse("names.yaml", "operations: {}\ncode: {}\n").unwrap_err();
    assert!(error.to_string().starts_with("names.yaml:2:"), "{error}");
    assert_eq!(
        Names::parse("names.yaml", "operations: {}\n").unwrap(),
        Names::default()
    );
}

#[test]
fn a_spec_file_with_a_typo_is_refused_with_its_name() {
    let reading = read_docs(&document(&[("parcel", PAGE)]), &settings()).unwrap();
    let files = spec::to_files(&reading.inferred.spec).unwrap();
    let read = |from: &'static str, to: &'static str| {
        let files = files.clone();
        move |name: &str| match files.iter().find(|(known, _)| known == name) {
            Some((_, text)) => Ok(text.replacen(from, to, 1)),
            None => Err(InputError::new(format!("there is no {name}"))),
        }
    };
    assert!(spec::from_files(read("", "")).is_ok());
    let error = spec::from_files(read("method: GET", "metod: GET")).unwrap_err();
    assert!(error.to_string().starts_with("parcel.yaml:"), "{error}");
    let error = spec::from_files(read("effect: read", "effect: raed")).unwrap_err();
    assert!(
        error.to_string().starts_with("parcel.yaml:") && error.message.contains("raed"),
        "{error}"
    );
    let error = spec::from_files(read("- parcel", "- letter")).unwrap_err();
    assert!(error.message.contains("letter.yaml"), "{error}");
}

/// What pages take in is read where it stands; a circle and a flood end.
#[test]
fn what_a_page_takes_in_is_bounded() {
    let operation = |line: &str| {
        let page = format!("# Parcel\n\n{line}\n");
        let mut texts = document(&[("parcel", page)]);
        let mut add = |path: &str, text: String| texts.0.push((path.to_owned(), text.into()));
        add("includes/_get.md", PAGE.replace("# Parcel\n\n", ""));
        add(
            "includes/_circle.md",
            "<%= partial \"circle\" %>\n".to_owned(),
        );
        add(
            "includes/_flood.md",
            "word ".repeat(200_000) + "\n" + &"<%= partial \"flood\" %>\n".repeat(8),
        );
        read_docs(&texts, &settings())
    };
    let read = operation("<%= partial \"get\" %>").unwrap();
    let found = &read.inferred.spec.entities[0].operations[0];
    assert_eq!(found.path, "/v1.1/parcel/get");
    assert_eq!(found.source.file, "includes/_get.md");

    let gone = operation("<%= partial \"gone\" %>").unwrap();
    let mut findings = gone.diagnostics.iter();
    assert!(findings.any(|finding| finding.code == Code::MissingPartial));

    assert!(operation("<%= partial \"circle\" %>").is_ok());
    let error = operation("<%= partial \"flood\" %>").unwrap_err();
    assert!(error.to_string().contains("take in"), "{error}");
}
