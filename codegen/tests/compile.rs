//! What is emitted of mutated documentations compiles.
//!
//! `MUTANTS=200 cargo test -p slate-codegen compile:: -- --ignored --nocapture` tries many, `SEED` others.

use crate::support::check;
use crate::support::crates;
use crate::support::mutate;
use crate::support::pages;
use crate::support::settings;

use std::path::PathBuf;
use std::time::Instant;

use mutate::{Mutation, mutate};
use pages::document;
use settings::{in_workspace, settings};
use slate_codegen::dialect::Dialect;
use slate_codegen::slate::{self, Texts};
use slate_codegen::{Settings, files, read_docs};

/// These pages of the documentation in a folder, each with some mutations.
fn mutant(folder: &str, pages: &[&str], most: usize, random: &mut fastrand::Rng) -> Texts {
    let pages: Vec<(&str, Vec<u8>)> = pages
        .iter()
        .map(|name| {
            let path = in_workspace(folder).join(format!("includes/_{name}.md"));
            (*name, mutated(std::fs::read(path).unwrap(), most, random))
        })
        .collect();
    document(&pages)
}

fn mutated(text: Vec<u8>, most: usize, random: &mut fastrand::Rng) -> Vec<u8> {
    (0..random.usize(0..most)).fold(text, |text, _| {
        let mut far = || random.usize(0..1 << 20);
        let mutation = Mutation::new(far(), far(), far(), far());
        mutate(text, &mutation)
    })
}

fn compile(name: &str, texts: &Texts) -> Result<(), String> {
    let settings = settings();
    check::check(texts, &settings)?;
    let reading = read_docs(texts, &settings).map_err(|error| error.to_string())?;
    let files = files(&reading, &settings).map_err(|error| error.to_string())?;
    crates::check(name, &files)
}

#[test]
fn some_mutants_compile() {
    for seed in [1, 2] {
        let mut random = fastrand::Rng::with_seed(seed);
        let texts = mutant("spec/slate", &["communications", "wallet"], 12, &mut random);
        compile("mutant", &texts).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    }
}

/// Operations called like what their modules import, and like what every module knows.
/// An operation that sends and gives plain values.
const VALUES: &str = "## Replace Labels\n> Sample Request\n\n```json\n[\"cold\"]\n```\n\n\
    > Sample Response\n\n```json\n[7, 8]\n```\n\n\
    ### Resource Information\n | |\n--- | ---\nURI | parcel/labels\nHTTP Method | POST\n\n";

#[test]
fn operations_of_every_name_in_scope_compile() {
    let mut names: Vec<String> = Vec::new();
    for template in ["operation.rs.tera", "entity.rs.tera", "lib.rs.tera"] {
        let text =
            std::fs::read_to_string(in_workspace("codegen/templates").join(template)).unwrap();
        for part in text.split("use ").skip(1) {
            let import = part.split(';').next().unwrap_or_default();
            let words = import.split(|c: char| !c.is_ascii_alphanumeric());
            names.extend(words.filter(|word| word.len() > 2).map(str::to_owned));
        }
    }
    let known = [
        "String", "Option", "Vec", "Extra", "Value", "Number", "Code", "Self", "Date",
    ];
    names.extend(known.map(str::to_owned));
    names.sort_by_key(|name| name.to_lowercase());
    names.dedup_by_key(|name| name.to_lowercase());
    assert!(names.iter().any(|name| name == "Place"), "{names:?}");
    let sections = names.iter().map(|name| {
        format!(
            "## {name} Parcel\n> Sample Request\n\n```json\n{{\"root\": {{\"parcel\": {{\"{name}\": {{\"a\": 1}}}}}}}}\n```\n\n\
             ### Resource Information\n | |\n--- | ---\nURI | parcel/{name}\nHTTP Method | POST\n\n\
             ### Request Query Parameters\nParameter | Datatype | Description\n--- | --- | ---\n\
             {name} | enum | Values: `ONE`, `TWO`\n\n"
        )
    });
    let page = format!("# Parcel\n\n{}{VALUES}", sections.collect::<String>());
    compile("names", &document(&[("parcel", page.into_bytes())]))
        .unwrap_or_else(|error| panic!("{error}"));
}

/// Each way to authenticate, and what the library has and has not for it.
#[test]
fn every_way_to_authenticate_compiles() {
    let page = "# Parcel\n\n## Get Parcel\n\n### HTTP Request\n\n`GET https://api.example.com/parcels/{id}`\n\n\
                ### Query Parameters\n\nParameter | Type | Description\n--- | --- | ---\n\
                key | String | Required. Your key\nsize | String | Its size\n\n\
                > Sample Response\n\n```json\n{\"id\": 7}\n```\n";
    let all = [
        "with_basic_auth(",
        "with_basic_auth_md5(",
        "with_bearer_token(",
        "with_api_key(",
    ];
    for (auth, has) in [
        ("[]", &all[..0]),
        ("[none]", &all[..0]),
        ("[signature]", &all[..0]),
        ("[basic]", &all[..1]),
        ("[basic_md5]", &all[..2]),
        ("[bearer, none]", &all[2..3]),
        ("[{header: X-Key}]", &all[3..]),
        ("[{query: key}]", &all[3..]),
    ] {
        let yaml = format!("id: parcels\nclient:\n  auth: {auth}\n");
        let settings = Settings {
            dialect: Dialect::parse("dialect.yaml", &yaml).unwrap(),
            ..settings()
        };
        let texts = document(&[("parcel", page.as_bytes().to_vec())]);
        let reading = read_docs(&texts, &settings).unwrap();
        let files = files(&reading, &settings).unwrap();
        let text = |path: &str| {
            let file = files.iter().find(|file| file.path == path);
            &file.unwrap().text
        };
        let library = text("generated/src/lib.rs");
        for method in all {
            assert_eq!(library.contains(method), has.contains(&method), "{auth}");
        }
        assert_eq!(
            library.contains("AuthScheme"),
            !matches!(auth, "[]" | "[none]")
        );
        // What the client sends is no argument.
        let operation = text("generated/src/parcel/get/mod.rs");
        assert_eq!(
            operation.contains("\"key\""),
            auth != "[{query: key}]",
            "{auth}"
        );
        for file in &files {
            assert!(
                !file.text.contains("till1") || has.contains(&all[0]),
                "{auth}: {}",
                file.path
            );
        }
        crates::check("auth", &files).unwrap_or_else(|error| panic!("{auth}: {error}"));
    }
}

/// Whole documentations: those that are there, and the project's own.
fn documentations() -> Vec<PathBuf> {
    let published = std::env::var_os("CAPILLARY_DOCS").map_or_else(
        || in_workspace("../shared/docs/capillary-v1.1"),
        PathBuf::from,
    );
    let mut folders = vec![in_workspace("spec/slate")];
    folders.extend(["2020-10-29", "2021-12-28"].map(|revision| published.join(revision)));
    folders.retain(|folder| folder.exists());
    folders
}

#[test]
#[ignore = "takes minutes to hours"]
fn many_mutants_compile() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let (count, first): (u64, u64) = (
        number("MUTANTS").unwrap_or(20),
        number("SEED").unwrap_or(1000),
    );
    let folders = documentations();
    let began = Instant::now();
    let mut failures = Vec::new();
    for seed in first..first + count {
        let mut random = fastrand::Rng::with_seed(seed);
        let folder = &folders[random.usize(..folders.len())];
        let mut texts = slate::load(folder).unwrap();
        for (_, text) in texts.0.iter_mut().skip(1) {
            *text = mutated(std::mem::take(text), 12, &mut random);
        }
        let result = compile("mutants", &texts);
        println!(
            "seed {seed} of {}: {} after {:.0?}",
            folder.display(),
            result.as_ref().map_or_else(String::as_str, |()| "compiles"),
            began.elapsed()
        );
        failures.extend(result.err().map(|_| seed));
    }
    assert!(
        failures.is_empty(),
        "these seeds do not compile: {failures:?}"
    );
}
