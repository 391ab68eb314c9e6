//! Published names: kept when the docs change, reserved when their facts are gone, with aliases when they are replaced.

#[path = "support/pages.rs"]
mod pages;
#[path = "support/settings.rs"]
mod settings;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use capillary_codegen::emit::OutFile;
use capillary_codegen::names::{Names, Section};
use capillary_codegen::slate;
use capillary_codegen::{Settings, files, read_docs};
use pages::document;
use settings::{in_workspace, settings};

const PAGE: &str = include_str!("fixtures/names/parcel.md");

fn text<'f>(files: &'f [OutFile], path: &str) -> &'f str {
    files
        .iter()
        .find(|file| file.path == path)
        .map_or_else(|| panic!("there is no {path}"), |file| file.text.as_str())
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
    assert_eq!(published(&after).to_yaml(), names.to_yaml());
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
        assert_eq!(published(&after), all, "{gone}");
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
fn a_new_one_that_clashes_gets_another_name() {
    let names = published(&generate(PAGE, Names::default()));
    // The one with the name is gone, and another of the same heading is there.
    let moved = edited(&[
        ("URI | parcel/get", "URI | parcel/fetch"),
        ("/v1.1/parcel/get?", "/v1.1/parcel/fetch?"),
    ]);
    let after = generate(&moved, names.clone());
    let found = operations(&published(&after));
    assert_eq!(found["GET /v1.1/parcel/get"], "get");
    assert_eq!(found["GET /v1.1/parcel/fetch"], "get2");
    // It keeps the other name when the first one is back.
    let section_at = moved.find("## Get Parcel").unwrap();
    let section_end = moved.find("## Move Parcel").unwrap();
    let both = format!("{PAGE}\n{}", &moved[section_at..section_end]);
    let found = operations(&published(&generate(&both, published(&after))));
    assert_eq!(found["GET /v1.1/parcel/get"], "get");
    assert_eq!(found["GET /v1.1/parcel/fetch"], "get2");
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
    assert_eq!(name(&after, "1001").as_deref(), Some("ParcelNotFound"));
    assert_eq!(name(&after, "1002").as_deref(), Some("ParcelNotFound2"));
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
            capillary_codegen::files(&reading, &settings).unwrap_or_else(|error| panic!("{error}"));
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

/// The published revisions are not part of the repository: `../shared/docs`, or where `PUBLISHED_DOCS` says.
#[test]
fn names_of_one_published_revision_are_kept_in_the_next() {
    let docs = std::env::var_os("PUBLISHED_DOCS").map_or_else(
        || in_workspace("../shared/docs/capillary-v1.1"),
        std::path::PathBuf::from,
    );
    let run = |revision: &str, names: Names| {
        let folder = docs.join(revision);
        if !folder.is_dir() {
            return None;
        }
        let settings = Settings {
            names,
            ..settings()
        };
        let reading = read_docs(&slate::load(&folder).unwrap(), &settings).unwrap();
        Some(files(&reading, &settings).unwrap_or_else(|error| panic!("{error}")))
    };
    let Some(old) = run("2020-10-29", Names::default()) else {
        return;
    };
    let old = published(&old);
    let alone = published(&run("2021-12-28", Names::default()).unwrap());
    let new_files = run("2021-12-28", old.clone()).unwrap();
    let new = published(&new_files);
    let count = old.iter().count();
    assert!(count > 4000, "{count}");
    let mut same = 0;
    for (section, scope, fact, was) in old.iter() {
        let is = new.get(section, scope, fact);
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
