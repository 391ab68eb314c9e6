//! Published names: kept when the docs change, reserved when their facts are gone, with aliases when they are replaced.

use crate::support::pages;
use crate::support::settings;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use pages::document;
use settings::{in_workspace, settings};
use slate_codegen::diff;
use slate_codegen::emit::OutFile;
use slate_codegen::names::{Names, Section};
use slate_codegen::slate::{self, Texts};
use slate_codegen::{Reading, Settings, files, read_docs};

const PAGE: &str = include_str!("fixtures/names/parcel.md");

fn text<'f>(files: &'f [OutFile], path: &str) -> &'f str {
    files
        .iter()
        .find(|file| file.path == path)
        .map_or_else(|| panic!("there is no {path}"), |file| file.text.as_str())
}

/// A revision as `gen` makes it in the folder of another.
fn next(before: &Reading, page: &Texts, names: Names) -> (Reading, Vec<OutFile>) {
    let settings = Settings {
        names,
        ..settings()
    };
    let mut reading = read_docs(page, &settings).unwrap();
    let (old, new) = (&before.inferred.spec, &reading.inferred.spec);
    reading.names = diff::carried(old, new, &settings.dialect, &reading.names);
    let files = files(&reading, &settings).unwrap_or_else(|error| panic!("{error}"));
    (reading, files)
}

/// Everything public below a module, such as `parcel/get/response.rs Parcel pub struct`, and fields, variants and methods
/// with what they are in. What a module names again is in it as well.
fn items(files: &[OutFile]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut owned: BTreeMap<(&str, String), BTreeSet<String>> = BTreeMap::new();
    for file in files {
        let Some(module) = file.path.strip_prefix("generated/src/") else {
            continue;
        };
        let mut owner = String::new();
        for line in file.text.lines() {
            let item = line.trim().split([':', '(', '{', '<', '=', ';']).next();
            let item = item.unwrap_or_default().trim();
            let opens = ["pub struct ", "pub enum ", "impl "];
            if let Some(name) = opens.iter().find_map(|start| item.strip_prefix(start)) {
                name.clone_into(&mut owner);
            }
            if !item.starts_with("pub ") || item.starts_with("pub use") {
                continue;
            }
            let is_method = line.starts_with(' ') && item.starts_with("pub fn");
            let item = match item.split_once(&owner) {
                Some((before, "")) if !is_method => before.trim().to_owned(),
                _ => item.to_owned(),
            };
            let entry = owned.entry((module, owner.clone())).or_default();
            entry.insert(item.clone());
            out.insert(format!("{module} {owner} {item}"));
        }
    }
    for file in files {
        let Some(module) = file.path.strip_prefix("generated/src/") else {
            continue;
        };
        for import in file.text.split("pub use crate::").skip(1) {
            let import = import.split(';').next().unwrap_or_default();
            let (path, names) = import.rsplit_once("::").unwrap();
            let from = format!("{}.rs", path.replace("::", "/"));
            let names = names.trim_matches(|c: char| c == '{' || c == '}' || c.is_whitespace());
            for name in names
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
            {
                let (name, here) = name.split_once(" as ").unwrap_or((name, name));
                let items = &owned[&(from.as_str(), name.to_owned())];
                out.extend(items.iter().map(|item| format!("{module} {here} {item}")));
            }
        }
    }
    out
}

fn published(files: &[OutFile]) -> Names {
    Names::parse("names.yaml", text(files, "spec/names.yaml")).unwrap()
}

fn generate(page: &str, names: Names) -> Vec<OutFile> {
    let settings = Settings {
        names,
        ..settings()
    };
    let reading = read_docs(&document(&[("parcel", page)]), &settings).unwrap();
    files(&reading, &settings).unwrap_or_else(|error| panic!("{error}"))
}

/// The page with replacements, each of which has to do something.
fn edited(edits: &[(&str, &str)]) -> String {
    let mut page = PAGE.to_owned();
    for (from, to) in edits {
        assert!(page.contains(from), "{from}");
        page = page.replace(from, to);
    }
    page
}

/// The page without the section of a heading.
fn without(page: &str, heading: &str) -> String {
    let start = page.find(heading).unwrap();
    let end = page[start + 3..]
        .find("\n## ")
        .map_or(page.len(), |end| start + 3 + end + 1);
    format!("{}{}", &page[..start], &page[end..])
}

fn operations(names: &Names) -> BTreeMap<String, String> {
    names
        .iter()
        .filter(|(section, ..)| *section == Section::Operations)
        .map(|(_, _, fact, published)| (fact.to_owned(), published.name.clone()))
        .collect()
}

/// All that is published, without what the docs say of it now.
fn lasting(names: &Names) -> Vec<(Section, String, String, String)> {
    names
        .iter()
        .filter(|(section, ..)| section.has_names())
        .map(|(section, scope, fact, published)| {
            let name = published.name.clone();
            (section, scope.to_owned(), fact.to_owned(), name)
        })
        .collect()
}

fn methods(files: &[OutFile]) -> Vec<String> {
    text(files, "generated/src/parcel/mod.rs")
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub fn "))
        .map(|line| line.split('(').next().unwrap().to_owned())
        .collect()
}

#[test]
fn all_that_is_public_is_published() {
    let names = published(&generate(PAGE, Names::default()));
    for (section, scope, fact, name) in [
        (Section::Modules, "api", "parcel", "parcel"),
        (Section::Clusters, "api", "eu", "Eu"),
        (Section::Operations, "parcel", "GET /v1.1/parcel/get", "get"),
        (Section::Codes, "parcel", "1001", "ParcelNotFound"),
        (Section::Types, "parcel GET /v1.1/parcel/get", "call", "Get"),
        (
            Section::Parameters,
            "parcel GET /v1.1/parcel/get",
            "query id",
            "id",
        ),
        (
            Section::Parameters,
            "parcel GET /v1.1/parcel/get",
            "query deep",
            "deep",
        ),
        (
            Section::Types,
            "parcel GET /v1.1/parcel/get",
            "query size",
            "Size",
        ),
        (
            Section::Values,
            "parcel GET /v1.1/parcel/get query size",
            "LARGE",
            "Large",
        ),
        (
            Section::Types,
            "parcel GET /v1.1/parcel/get answer",
            "response.parcel",
            "Parcel",
        ),
        (
            Section::AnswerFields,
            "parcel GET /v1.1/parcel/get answer response.parcel",
            "street",
            "street",
        ),
        (
            Section::RequestFields,
            "parcel POST /v1.1/parcel/update [type=MOVE] request root.parcel",
            "street",
            "street",
        ),
    ] {
        let found = names.get(section, scope, fact);
        assert_eq!(
            found.map(|found| found.name.as_str()),
            Some(name),
            "{section:?} {scope} {fact}\n{}",
            names.to_yaml().unwrap()
        );
    }
}

#[test]
fn reworded_headings_and_messages_rename_nothing() {
    let before = generate(PAGE, Names::default());
    let names = published(&before);
    let after = generate(
        &edited(&[
            ("## Get Parcel", "## Look Up One Consignment"),
            ("## Move Parcel", "## Send Elsewhere"),
            ("## Add Remark", "## Write Remark Down"),
            ("Parcel not found", "No such consignment"),
        ]),
        names.clone(),
    );
    assert_eq!(lasting(&published(&after)), lasting(&names));
    assert_eq!(methods(&after), methods(&before));
    // Without the names, the words decide.
    let fresh = published(&generate(
        &edited(&[("## Get Parcel", "## Look Up One Consignment")]),
        Names::default(),
    ));
    assert_ne!(operations(&fresh), operations(&names));
}

#[test]
fn the_first_of_several_goes_and_the_others_keep_their_names() {
    let all = published(&generate(PAGE, Names::default()));
    for gone in [
        "## Move Parcel",
        "## Return Parcel",
        "## Add Remark",
        "## Change Remark",
    ] {
        let after = generate(&without(PAGE, gone), all.clone());
        assert_eq!(lasting(&published(&after)), lasting(&all), "{gone}");
        let title = gone.trim_start_matches("## ");
        assert_eq!(
            methods(&after).len(),
            methods(&generate(PAGE, all.clone())).len() - 1
        );
        // And when it comes back, it is what it was.
        let again = generate(PAGE, published(&after));
        assert_eq!(published(&again), all, "{title}");
    }
}

#[test]
fn a_corrected_path_keeps_the_name() {
    let before = generate(PAGE, Names::default());
    let moved = edited(&[
        ("URI | parcel/get", "URI | parcel/fetch"),
        ("/v1.1/parcel/get?", "/v1.1/parcel/fetch?"),
    ]);
    let after = generate(&moved, published(&before));
    assert_eq!(methods(&after), methods(&before));
    assert_eq!(items(&after), items(&before));
    let names = published(&after);
    let address = names.get(Section::Addresses, "parcel", "GET /v1.1/parcel/get");
    assert_eq!(address.unwrap().name, "GET /v1.1/parcel/fetch");
    // A section of the same heading at the former path is another operation.
    let section_at = PAGE.find("## Get Parcel").unwrap();
    let section_end = PAGE.find("## Move Parcel").unwrap();
    let both = format!("{moved}\n{}", &PAGE[section_at..section_end]);
    let both = generate(&both, names);
    let found = operations(&published(&both));
    assert_eq!(found["GET /v1.1/parcel/get"], "get");
    assert_ne!(found["GET /v1.1/parcel/get [get parcel]"], "get");
    let again = generate(PAGE, published(&both));
    assert_eq!(operations(&published(&again)), found);
}

#[test]
fn a_new_one_that_clashes_gets_another_name() {
    let names = published(&generate(PAGE, Names::default()));
    // The one with the name is gone, and another whose heading says the same is there.
    let section_at = PAGE.find("## Get Parcel").unwrap();
    let section_end = PAGE.find("## Move Parcel").unwrap();
    let other = "## Get Parcels\n```html\nhttp://us.api.example.com/v1.1/parcel/listing?depot=3&page=1\n```\n\n\
                 ### Resource Information\n | |\n--------- | -----------\nURI | parcel/listing\nHTTP Method | GET\n\n";
    let page = format!("{}{other}{}", &PAGE[..section_at], &PAGE[section_end..]);
    let after = generate(&page, names);
    let found = operations(&published(&after));
    assert_eq!(found["GET /v1.1/parcel/get"], "get");
    assert_eq!(found["GET /v1.1/parcel/listing"], "get2");
    // It keeps the other name when the first one is back.
    let found = operations(&published(&generate(
        &format!("{PAGE}\n{other}"),
        published(&after),
    )));
    assert_eq!(found["GET /v1.1/parcel/get"], "get");
    assert_eq!(found["GET /v1.1/parcel/listing"], "get2");
}

#[test]
fn a_code_that_comes_back_has_its_name() {
    let names = published(&generate(PAGE, Names::default()));
    let without = edited(&[
        ("1001 | Parcel not found\n", ""),
        (
            "1000 | Parcel fetched successfully",
            "1002 | Parcel not found",
        ),
    ]);
    let after = published(&generate(&without, names.clone()));
    let name = |names: &Names, code: &str| {
        names
            .get(Section::Codes, "parcel", code)
            .map(|published| published.name.clone())
    };
    // The name goes with the message.
    assert_eq!(name(&after, "1001"), None);
    assert_eq!(name(&after, "1002").as_deref(), Some("ParcelNotFound"));
    let again = published(&generate(PAGE, after));
    assert_eq!(name(&again, "1001").as_deref(), Some("ParcelNotFound"));
}

/// The file with names replaced: in the section and scope, `fact: name` becomes a rename.
fn renamed(names: &Names, renames: &[(&str, &str, &str, &str)]) -> Names {
    let yaml = names.to_yaml().unwrap();
    let (mut section, mut scope) = (String::new(), String::new());
    let mut done = 0;
    let mut out = String::new();
    for line in yaml.lines() {
        let depth = line.len() - line.trim_start().len();
        match depth {
            0 => line.trim_end_matches(':').clone_into(&mut section),
            2 => line.trim().trim_end_matches(':').clone_into(&mut scope),
            _ => {}
        }
        let rename = renames.iter().find(|(wanted, at, fact, _)| {
            depth == 4
                && section == *wanted
                && scope == *at
                && line.trim().starts_with(&format!("{fact}: "))
        });
        match rename {
            Some((_, _, fact, new)) => {
                let old = line.trim().rsplit(": ").next().unwrap();
                let _ = writeln!(out, "    {fact}: {{name: {new}, was: [{old}]}}");
                done += 1;
            }
            None => {
                let _ = writeln!(out, "{line}");
            }
        }
    }
    assert_eq!(done, renames.len(), "{yaml}");
    Names::parse("names.yaml", &out).unwrap()
}

const GET: &str = "parcel GET /v1.1/parcel/get";
const MOVE: &str = "parcel POST /v1.1/parcel/update [type=MOVE]";

/// A rename of each kind.
fn all_renames() -> Names {
    let names = published(&generate(PAGE, Names::default()));
    renamed(
        &names,
        &[
            ("modules", "api", "parcel", "consignment"),
            ("clusters", "api", "eu", "Europe"),
            ("operations", "parcel", "GET /v1.1/parcel/get", "look_up"),
            ("codes", "parcel", "1001", "NoSuchParcel"),
            ("types", GET, "call", "LookUp"),
            ("types", GET, "query size", "Extent"),
            (
                "types",
                &format!("{GET} answer"),
                "response.parcel",
                "Consignment",
            ),
            (
                "types",
                &format!("{MOVE} request"),
                "root.parcel",
                "Destination",
            ),
            ("parameters", GET, "query deep", "with_lockers"),
            ("parameters", GET, "query id", "number"),
            (
                "answer_fields",
                &format!("{GET} answer response.parcel"),
                "street",
                "road",
            ),
            (
                "answer_fields",
                &format!("{GET} answer response.parcel"),
                "labels",
                "stickers",
            ),
            (
                "request_fields",
                &format!("{MOVE} request root.parcel"),
                "street",
                "road",
            ),
            ("values", &format!("{GET} query size"), "LARGE", "Big"),
            (
                "values",
                "parcel GET /v1.1/parcel/find one of query",
                "mobile",
                "Phone",
            ),
        ],
    )
}

#[test]
fn an_alias_has_the_version_and_goes_with_the_next_breaking_one() {
    let files = generate(PAGE, all_renames());
    let codes = text(&files, "generated/src/consignment/codes.rs");
    assert!(
        codes.contains("#[deprecated(since = \"0.1.0\", note = \"renamed to `NoSuchParcel`\")]"),
        "{codes}"
    );
    assert!(
        codes.contains("pub const ParcelNotFound: Self = Self::NoSuchParcel;"),
        "{codes}"
    );
    let names = published(&files);
    let was = &names.get(Section::Codes, "parcel", "1001").unwrap().was;
    assert_eq!(
        (was[0].name.as_str(), was[0].since.as_str()),
        ("ParcelNotFound", "0.1.0")
    );
    for (version, kept) in [("0.1.9", true), ("0.2.0", false), ("1.0.0", false)] {
        let settings = Settings {
            names: names.clone(),
            version: version.to_owned(),
            ..settings()
        };
        let reading = read_docs(&document(&[("parcel", PAGE)]), &settings).unwrap();
        let files =
            slate_codegen::files(&reading, &settings).unwrap_or_else(|error| panic!("{error}"));
        let all: String = files.iter().map(|file| file.text.as_str()).collect();
        assert_eq!(all.contains("#[deprecated"), kept, "{version}");
        // The former name stays reserved.
        assert_eq!(published(&files), names, "{version}");
    }
}

/// What users wrote before the renames.
const CALLER: &str = r#"//! Written before the renames.
#![deny(warnings)]
#![expect(deprecated)]

use capillary_sdk::parcel::get::response::Parcel;
use capillary_sdk::parcel::get::{Get, Size};
use capillary_sdk::parcel::find::By;
use capillary_sdk::parcel::{Code, move_::request};
use capillary_sdk::{Client, Cluster};

fn call(client: &Client) -> Get {
    client.parcel().get(1).deep(true).size(Size::Large)
}

fn read(parcel: &Parcel) -> (Option<&String>, &[String]) {
    (parcel.street(), parcel.labels())
}

fn name(code: Code) -> &'static str {
    match code {
        Code::ParcelNotFound => "lost",
        _ => "other",
    }
}

#[test]
fn former_names_work() {
    assert_eq!(Cluster::Eu.as_str(), "eu");
    let client = Client::builder_at("http://127.0.0.1:1").allow_http().basic_auth("till1", "123").build().unwrap();
    let url = call(&client).prepare().unwrap().url().to_string();
    assert!(url.contains("deep=true") && url.contains("size=LARGE"), "{url}");
    let _ = By::Mobile("1".to_owned());
    let _ = client.parcel().find(By::mobile("1"));
    let destination = request::Parcel::default().street("Canal Street");
    assert_eq!(destination.road.as_deref(), Some("Canal Street"));
    assert_eq!(name(Code::from(1001)), "lost");
    assert_eq!(name(Code::from(1)), "other");
    assert_eq!(read(&Parcel::default()), (None, &[][..]));
}
"#;

#[test]
fn code_that_uses_former_names_compiles_and_runs() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("renames");
    let _ = fs::remove_dir_all(root.join("generated"));
    fs::create_dir_all(&root).unwrap();
    let manifest = fs::read_to_string(in_workspace("Cargo.toml")).unwrap();
    let members = manifest
        .lines()
        .find(|line| line.starts_with("members"))
        .unwrap();
    fs::write(
        root.join("Cargo.toml"),
        manifest.replace(members, "members = [\"generated\"]"),
    )
    .unwrap();
    fs::copy(in_workspace("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    let runtime = in_workspace("runtime").canonicalize().unwrap();
    for file in generate(PAGE, all_renames()) {
        if !file.path.starts_with("generated/") {
            continue;
        }
        let target = root.join(&file.path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        let runtime = format!("{:?}", runtime.to_string_lossy());
        fs::write(target, file.text.replace("\"../runtime\"", &runtime)).unwrap();
    }
    fs::write(root.join("generated/tests/former.rs"), CALLER).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--quiet", "--no-default-features"])
        // The feature of the former name.
        .args(["--features", "parcel", "--lib", "--test", "former"])
        .current_dir(&root)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .env("RUSTFLAGS", "-D warnings -A missing_docs")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{errors}\n{said}");
    assert!(said.contains("1 passed"), "{said}");
}

/// Two revisions of the small docs, the second in the folder of the first.
fn two(old: &str, new: &str) -> (Vec<OutFile>, Vec<OutFile>) {
    let before = next(
        &Reading::default(),
        &document(&[("parcel", old)]),
        Names::default(),
    );
    let after = next(
        &before.0,
        &document(&[("parcel", new)]),
        published(&before.1),
    );
    (before.1, after.1)
}

const SHOW: &str = "\n## Show Box\n\n### Resource Information\n| | |\n--- | ---\nURI | box/show\nHTTP Method | GET\n\n> Sample Response\n\n```json\n{\"response\": {\"box\": {\"id\": 1, \"lid\": \"blue\", BOX}}}\n```\n";

fn show(json: &str) -> String {
    format!("{PAGE}{}", SHOW.replace("BOX", json))
}

#[test]
fn a_type_keeps_its_name_where_it_went_to() {
    let part = r#""maker": {"code": 7, "house": "x", "town": {"zip": "y", "hill": 1}}"#;
    let (old, new) = two(
        &show(&format!(r#"{part}, "origin": {{"year": 1, "month": 2}}"#)),
        &show(&format!(r#""origin": {{{part}, "year": 1, "month": 2}}"#)),
    );
    let (old, new) = (items(&old), items(&new));
    for item in [
        "Maker pub struct",
        "Town pub struct",
        "Maker pub house",
        "Town pub hill",
    ] {
        let item = format!("parcel/show/response.rs {item}");
        let item = if old.contains(&item) {
            item
        } else {
            item.replace("show/", "show_box/")
        };
        assert!(old.contains(&item), "{item}: {old:#?}");
        assert!(new.contains(&item), "{item}: {new:#?}");
    }
    assert!(
        !new.iter()
            .any(|item| item.contains("Maker2") || item.contains("Town2")),
        "{new:#?}"
    );
}

#[test]
fn a_type_of_two_places_keeps_its_name_when_the_first_is_gone() {
    let field = |name: &str| {
        format!(r#""{name}": {{"code": 7, "house": "x", "more": {{"deep": 1, "wide": 2}}}}"#)
    };
    let both = format!("{}, {}", field("maker"), field("seller"));
    let (old, new) = two(&show(&both), &show(&field("seller")));
    let (old, new) = (items(&old), items(&new));
    let structs = |items: &BTreeSet<String>| -> Vec<String> {
        let own = |item: &&String| {
            item.contains("show") && item.contains("response.rs") && item.split(' ').count() == 3
        };
        items.iter().filter(own).cloned().collect()
    };
    // One type for both, and it is the same one for what is left.
    assert_eq!(structs(&old), structs(&new));
}

#[test]
fn another_method_is_no_other_operation() {
    let (old, new) = two(
        PAGE,
        &PAGE.replacen("HTTP Method | GET", "HTTP Method | POST", 1),
    );
    assert_ne!(
        text(&old, "generated/src/parcel/get/mod.rs"),
        text(&new, "generated/src/parcel/get/mod.rs")
    );
    assert_eq!(methods(&new), methods(&old));
}

/// Whether the published revisions can be read. Where `CAPILLARY_DOCS` says that they are there, they have to be.
fn published_docs(folder: &Path) -> bool {
    let there = folder.join("2020-10-29").is_dir();
    assert!(
        there || std::env::var_os("CAPILLARY_DOCS").is_none(),
        "CAPILLARY_DOCS is set, but {} is not there",
        folder.display()
    );
    if !there {
        eprintln!(
            "skipped, nothing was checked: {} is not there",
            folder.display()
        );
    }
    there
}

/// Every public item that the old crate has and the new one has not is about a fact that is gone or changed: the diff says
/// so for its operation, or for its entity.
fn same_items(old: &(Reading, Vec<OutFile>), new: &(Reading, &Vec<OutFile>), names: &Names) {
    let (before, after) = (&old.0.inferred.spec, &new.0.inferred.spec);
    let report = diff::compare(before, after, &settings().dialect, names);
    let ids: BTreeSet<&str> = report
        .changes
        .iter()
        .filter(|change| change.level == diff::Level::Breaking)
        .filter_map(|change| change.operation.as_deref().or(change.entity.as_deref()))
        .collect();
    let (olds, news) = (items(&old.1), items(new.1));
    let snake = |text: &str| -> String {
        let lower = text.chars().flat_map(|c| {
            let gap = c.is_ascii_uppercase().then_some('_');
            gap.into_iter().chain(c.to_lowercase())
        });
        lower.collect()
    };
    let module = |id: &str| snake(&id.replace('.', "/")) + "/";
    let lost: Vec<&String> = olds
        .difference(&news)
        .filter(|item| !item.starts_with("lib.rs") && !item.starts_with("mock.rs"))
        // A type that only one message has left is its own again. The path by way of the operation is for good.
        .filter(|item| !item.contains("types.rs "))
        .filter(|item| {
            let place = item.replace("_/", "/");
            !ids.iter().any(|id| place.starts_with(&module(id)))
        })
        .collect();
    assert!(lost.is_empty(), "{lost:#?}");
    // And no name got a number for a fact that had it without.
    let numbered: Vec<&String> = news
        .difference(&olds)
        .filter(|item| item.ends_with('2') && olds.contains(item.trim_end_matches('2')))
        .filter(|item| !news.contains(item.trim_end_matches('2')))
        .collect();
    assert!(numbered.is_empty(), "{numbered:#?}");
}

/// The published revisions are not part of the repository: `../shared/docs`, or where `CAPILLARY_DOCS` says.
#[test]
fn names_of_one_published_revision_are_kept_in_the_next() {
    let docs = std::env::var_os("CAPILLARY_DOCS").map_or_else(
        || in_workspace("../shared/docs/capillary-v1.1"),
        std::path::PathBuf::from,
    );
    if !published_docs(&docs) {
        return;
    }
    let texts = |revision: &str| slate::load(&docs.join(revision)).unwrap();
    let none = Reading::default();
    let (before, old_files) = next(&none, &texts("2020-10-29"), Names::default());
    let old = published(&old_files);
    let alone = published(&next(&none, &texts("2021-12-28"), Names::default()).1);
    let (after, new_files) = next(&before, &texts("2021-12-28"), old.clone());
    let new = published(&new_files);
    same_items(&(before, old_files), &(after, &new_files), &new);
    let count = old.iter().count();
    assert!(count > 4000, "{count}");
    let mut same = 0;
    for (section, scope, fact, was) in old.iter() {
        // What is spelt otherwise by now is the same.
        let plain = |fact: &str| fact.replace('_', "").to_lowercase();
        let respelt = || {
            let all = new
                .iter()
                .filter(|(of, at, ..)| (*of, *at) == (section, scope));
            let mut same = all.filter(|(_, _, other, _)| plain(other) == plain(fact));
            same.next().map(|(.., published)| published)
        };
        let is = new.get(section, scope, fact).or_else(respelt);
        assert_eq!(is, Some(was), "{section:?} {scope} {fact}");
        same += usize::from(alone.get(section, scope, fact).is_some());
    }
    // Most facts of the old one are facts of the new one.
    assert!(same * 10 > count * 8, "{same} of {count}");
    // Each is still under its name in the code.
    let mut checked = 0;
    for (section, scope, fact, was) in old.iter() {
        if section != Section::Operations || alone.get(section, scope, fact).is_none() {
            continue;
        }
        let module = &new.get(Section::Modules, "api", scope).unwrap().name;
        let path = format!("generated/src/{module}/{}/mod.rs", was.name);
        assert!(!text(&new_files, &path).is_empty());
        checked += 1;
    }
    assert!(checked > 90, "{checked}");
}
