//! From a spec to the files of the SDK crate.
//!
//! Names and types are decided by the module `plan`, models and codes are computed with `quote`, what reads as a file
//! comes out of the templates, and everything passes `syn` and `prettyplease`. This stage does not know Slate.

mod aliases;
mod alternatives;
mod answers;
mod authentication;
mod basis;
mod beside;
mod choices;
mod clients;
mod codes;
mod contexts;
mod described;
mod descriptor;
pub(crate) mod doc;
mod entities;
mod examples;
pub(crate) mod fixture;
mod formatted;
mod front;
pub(crate) mod ident;
mod inside;
mod layout;
mod marker;
mod messages;
mod mock;
mod models;
mod out;
mod plan;
mod planning;
mod pretty;
mod request_body;
mod rule;
mod rule_samples;
mod rules;
mod service;
mod shape;
mod shared;
mod tested;
mod tests;
mod tokens;
mod ty;
mod url_tests;
mod values;

use indexmap::IndexMap;
use tera::Tera;

use crate::Settings;
use crate::infer::Content;
use crate::names::Registry;
use crate::spec::Spec;
pub use formatted::{Formatted, Key};
pub use out::OutFile;
use out::{Draft, finish, render, rust};
pub use plan::is_set_by_client;
pub use pretty::EmitError;
use pretty::fail;
pub use shape::{Shape, Shapes, publish, shapes};
use shared::{Level, Shared};

const TEMPLATES: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        include_str!("../../templates/Cargo.toml.tera"),
    ),
    ("README.md", include_str!("../../templates/README.md.tera")),
    ("lib.rs", include_str!("../../templates/lib.rs.tera")),
    ("entity.rs", include_str!("../../templates/entity.rs.tera")),
    (
        "operation.rs",
        include_str!("../../templates/operation.rs.tera"),
    ),
    (
        "support.rs",
        include_str!("../../templates/support.rs.tera"),
    ),
    ("mock.rs", include_str!("../../templates/mock.rs.tera")),
    (
        "mock_server.rs",
        include_str!("../../templates/mock_server.rs.tera"),
    ),
    (
        "mock_test.rs",
        include_str!("../../templates/mock_test.rs.tera"),
    ),
];

/// Emits the crate, below the folder that is to hold its `Cargo.toml`. New names are published in `names`; what
/// `formatted` knows is not formatted again.
///
/// # Errors
/// When a template cannot be rendered, or what comes out is not valid Rust.
pub fn emit(
    spec: &Spec,
    contents: &IndexMap<String, Vec<Content>>,
    settings: &Settings,
    names: &Registry,
    formatted: &Formatted,
) -> Result<Vec<OutFile>, EmitError> {
    let dialect = &settings.dialect;
    let mut tera = Tera::new();
    tera.add_raw_templates(TEMPLATES.iter().copied())
        .map_err(|error| fail("templates", &error))?;
    let plan = planning::plan(spec, dialect, names);
    let plan = rules::plan(plan, contents);
    let plan = described::describe(plan, contents, &dialect.personal);
    let shared = Shared::plan(&plan, names);
    let context = contexts::of_crate(&plan, spec, settings);
    let mut out: Vec<Draft> = Vec::new();
    for file in ["Cargo.toml", "README.md"] {
        let text = render(&tera, file, &context)?;
        let path = file.to_owned();
        out.push(OutFile { path, text }.into());
    }
    let has_types = shared.has(Level::Crate);
    let mut library = contexts::of_library(context, &plan, spec, dialect, names, has_types);
    let front = front::page(&plan, contents, settings, formatted)?;
    library.insert("front", &front);
    library.insert("table", &front::entities(&plan));
    let mock = contexts::of_mock(&plan, contents, settings);
    for (template, path, context) in [
        ("lib.rs", "src/lib.rs", &library),
        (
            "support.rs",
            "tests/samples/support.rs",
            &contexts::of_support(settings, &plan),
        ),
        ("mock.rs", "src/mock.rs", &mock),
        ("mock_server.rs", "examples/mock_server.rs", &mock),
        ("mock_test.rs", "tests/samples/mock.rs", &mock),
    ] {
        out.push(rust(&tera, template, path, context)?);
    }
    let command = settings.manifest.command.as_str();
    let types = shared.file(Level::Crate, "several entities", "src/types.rs", command);
    out.extend(types);
    for entity in plan.entities.iter().enumerate() {
        out.extend(entities::files(
            &tera, entity, &shared, contents, settings, formatted,
        )?);
    }
    let crate_name = settings.manifest.library();
    out.extend(tests::emit(
        &plan,
        contents,
        &dialect.wire,
        (&crate_name, command),
    ));
    let mut out = finish(out, formatted)?;
    out.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(out)
}

/// A number, with separators where it is long.
fn number(value: i64) -> proc_macro2::TokenStream {
    let digits = value.to_string();
    let mut out = String::new();
    for (at, c) in digits.char_indices() {
        if at > 0 && digits.len() > 5 && (digits.len() - at).is_multiple_of(3) {
            out.push('_');
        }
        out.push(c);
    }
    out.parse().unwrap_or_default()
}

/// A string literal of Rust.
fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}
