//! From a spec to the files of the SDK crate.
//!
//! Names and types are decided by the module `plan`, models and codes are computed with `quote`, what reads as a file
//! comes out of the templates, and everything passes `syn` and `prettyplease`. This stage does not know Slate.

mod aliases;
mod alternatives;
mod answers;
mod basis;
mod beside;
mod choices;
mod clients;
mod codes;
mod described;
mod descriptor;
pub(crate) mod doc;
mod entities;
mod examples;
pub(crate) mod fixture;
mod formatted;
pub(crate) mod ident;
mod inside;
mod layout;
mod messages;
mod mock;
mod models;
mod out;
mod plan;
mod planning;
mod request_body;
mod rule;
mod rule_samples;
mod rules;
mod service;
mod shape;
mod shared;
mod tests;
mod tokens;
mod url_tests;
mod values;

use indexmap::IndexMap;
use tera::{Context, Tera};

use crate::dialect::Dialect;
use crate::infer::Content;
use crate::names::Registry;
use crate::spec::Spec;
pub use formatted::{Formatted, Key};
use out::{Draft, fail, finish, render, rust};
pub use out::{EmitError, OutFile};
use plan::Plan;
pub use plan::is_set_by_client;
pub use shape::{Shape, shapes};
use shared::{Level, Shared};

const TEMPLATES: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        include_str!("../../../templates/Cargo.toml.tera"),
    ),
    (
        "README.md",
        include_str!("../../../templates/README.md.tera"),
    ),
    ("lib.rs", include_str!("../../../templates/lib.rs.tera")),
    (
        "entity.rs",
        include_str!("../../../templates/entity.rs.tera"),
    ),
    (
        "operation.rs",
        include_str!("../../../templates/operation.rs.tera"),
    ),
    (
        "support.rs",
        include_str!("../../../templates/support.rs.tera"),
    ),
    ("mock.rs", include_str!("../../../templates/mock.rs.tera")),
    (
        "mock_server.rs",
        include_str!("../../../templates/mock_server.rs.tera"),
    ),
    (
        "mock_test.rs",
        include_str!("../../../templates/mock_test.rs.tera"),
    ),
];

/// What the crate is called.
const CRATE: &str = "capillary_sdk";

/// Emits the crate, below the folder that is to hold its `Cargo.toml`. New names are published in `names`; what
/// `formatted` knows is not formatted again.
///
/// # Errors
/// When a template cannot be rendered, or what comes out is not valid Rust.
pub fn emit(
    spec: &Spec,
    contents: &IndexMap<String, Vec<Content>>,
    dialect: &Dialect,
    version: &str,
    names: &Registry,
    formatted: &Formatted,
) -> Result<Vec<OutFile>, EmitError> {
    let mut tera = Tera::new();
    tera.add_raw_templates(TEMPLATES.iter().copied())
        .map_err(|error| fail("templates", &error))?;
    let mut plan = planning::plan(spec, dialect, names);
    rules::plan(&mut plan, contents);
    described::describe(&mut plan, contents, &dialect.personal);
    let shared = Shared::plan(&plan, names);
    let mut support = Context::new();
    support.insert("host", &dialect.default_host);
    let mut out: Vec<Draft> = vec![
        OutFile {
            path: "Cargo.toml".to_owned(),
            text: render(
                &tera,
                "Cargo.toml",
                &crate_context(&plan, spec, dialect, version),
            )?,
        }
        .into(),
        OutFile {
            path: "README.md".to_owned(),
            text: render(
                &tera,
                "README.md",
                &crate_context(&plan, spec, dialect, version),
            )?,
        }
        .into(),
        rust(
            &tera,
            "lib.rs",
            "src/lib.rs",
            &lib_context(
                &plan,
                spec,
                dialect,
                version,
                names,
                shared.has(Level::Crate),
            ),
        )?,
        rust(&tera, "support.rs", "tests/samples/support.rs", &support)?,
    ];
    let mock = mock_context(&plan, contents, dialect);
    for (template, path) in [
        ("mock.rs", "src/mock.rs"),
        ("mock_server.rs", "examples/mock_server.rs"),
        ("mock_test.rs", "tests/samples/mock.rs"),
    ] {
        out.push(rust(&tera, template, path, &mock)?);
    }
    out.extend(shared.file(Level::Crate, "several entities", "src/types.rs"));
    for entity in plan.entities.iter().enumerate() {
        out.extend(entities::files(
            &tera, entity, &shared, contents, dialect, formatted,
        )?);
    }
    out.extend(tests::emit(&plan, contents, &dialect.wire, CRATE));
    let mut out = finish(out, formatted)?;
    out.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(out)
}

fn crate_context(plan: &Plan, spec: &Spec, dialect: &Dialect, version: &str) -> Context {
    let mut context = Context::new();
    let entities: Vec<serde_json::Value> = plan
        .entities
        .iter()
        .map(|entity| {
            let about = format!("The operations of {}.", tokens::code(&entity.title));
            serde_json::json!({
                "module": entity.module,
                "title": doc::markdown(&entity.title).replace('\n', " "),
                "count": entity.operations.len(),
                "doc": doc::attributes(&about).to_string(),
            })
        })
        .collect();
    let hosts: Vec<serde_json::Value> = plan
        .hosts
        .iter()
        .map(|(name, clusters)| {
            let clusters: Vec<serde_json::Value> = clusters.iter().map(|(cluster, host)| serde_json::json!({ "name": literal(cluster), "host": literal(host) })).collect();
            serde_json::json!({ "name": literal(name), "clusters": clusters })
        })
        .collect();
    let clusters: Vec<serde_json::Value> = plan.clusters.iter().map(|(variant, name)| serde_json::json!({ "variant": variant, "name": literal(name), "text": tokens::code(name) })).collect();
    context.insert("version", version);
    let made_of = spec.api.docs.clone().unwrap_or_default();
    context.insert("revision", &literal(&made_of.revision));
    context.insert("sha256", &literal(&made_of.sha256));
    context.insert("entities", &entities);
    context.insert("hosts", &hosts);
    context.insert(
        "former_features",
        &plan
            .former_modules
            .iter()
            .map(|alias| serde_json::json!({ "old": alias.old, "new": alias.new }))
            .collect::<Vec<_>>(),
    );
    context.insert("clusters", &clusters);
    context.insert(
        "cluster",
        &plan
            .clusters
            .first()
            .map_or("", |(variant, _)| variant.as_str()),
    );
    context.insert(
        "operations",
        &plan
            .entities
            .iter()
            .map(|entity| entity.operations.len())
            .sum::<usize>(),
    );
    context.insert("title", &doc::markdown(&plan.title).replace('\n', " "));
    context.insert("id", &dialect.id);
    context.insert("docs_url", &dialect.docs_url);
    context.insert(
        "codes",
        &codes::emit(
            "ApiCode",
            "Response codes of whole calls.",
            &plan.codes,
            &plan.former_codes,
        )
        .to_string(),
    );
    context
}

fn lib_context(
    plan: &Plan,
    spec: &Spec,
    dialect: &Dialect,
    version: &str,
    names: &Registry,
    has_types: bool,
) -> Context {
    let mut context = crate_context(plan, spec, dialect, version);
    let former = aliases::modules(&plan.former_modules, |alias| {
        let feature = &alias.new;
        quote::quote!(#[cfg(feature = #feature)])
    });
    let clusters = aliases::constants("Cluster", &plan.former_clusters);
    context.insert("former", &quote::quote!(#former #clusters).to_string());
    let accessors: Vec<String> = plan
        .former_modules
        .iter()
        .filter(|alias| {
            let mut entities = plan.entities.iter();
            entities.any(|entity| entity.module == alias.new && !entity.operations.is_empty())
        })
        .map(aliases::accessor)
        .collect();
    context.insert("accessors", &accessors);
    context.insert("has_types", &has_types);
    let service = service::emit(plan, spec, dialect, names);
    context.insert("service", &service.to_string());
    context
}

fn mock_context(
    plan: &Plan,
    contents: &IndexMap<String, Vec<Content>>,
    dialect: &Dialect,
) -> Context {
    let mut context = Context::new();
    let table = mock::table(plan, contents, &dialect.wire);
    context.insert("operations", &table.to_string());
    let entities: Vec<serde_json::Value> = mock::calls(plan, contents)
        .into_iter()
        .map(|(module, calls)| serde_json::json!({ "module": module, "calls": calls }))
        .collect();
    context.insert("entities", &entities);
    context
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
