//! What templates are filled with.

use indexmap::IndexMap;
use tera::Context;

use super::ident::{Scope, snake};
use super::plan::Plan;
use super::{aliases, authentication, codes, doc, literal, mock, service, tokens};
use crate::Settings;
use crate::dialect::Dialect;
use crate::infer::Content;
use crate::names::Registry;
use crate::read::url::placeholders;
use crate::spec::Spec;

/// The oldest compiler that crates are written for. It is that of the runtime; `scripts/check_packages.py` compares them.
const RUST_VERSION: &str = "1.88";

/// What is the same in all files of a crate.
fn names(settings: &Settings, plan: &Plan) -> Context {
    let manifest = &settings.manifest;
    let mut context = Context::new();
    context.insert("crate", &manifest.crate_name);
    context.insert("lib", &manifest.library());
    context.insert("authenticate", &authentication::example(settings, plan));
    context.insert("command", &manifest.command);
    context
}

/// What the files about the crate as a whole say.
pub fn of_crate(plan: &Plan, spec: &Spec, settings: &Settings) -> Context {
    let mut context = names(settings, plan);
    let manifest = &settings.manifest;
    let api = if manifest.title.is_empty() {
        doc::markdown(&plan.title).replace('\n', " ")
    } else {
        manifest.title.clone()
    };
    context.insert("api", &api);
    context.insert(
        "description",
        &literal(&format!("Rust client of the {api}")),
    );
    context.insert("workspace", &manifest.workspace);
    context.insert("license", &manifest.license);
    for (key, address) in [
        ("repository", &manifest.repository),
        ("homepage", &manifest.homepage),
        ("documentation", &manifest.documentation),
        ("guide", &manifest.guide),
    ] {
        context.insert(key, address);
    }
    context.insert("keywords", &manifest.keywords);
    context.insert("runtime_path", &manifest.runtime.path);
    // Runtime and generator are of one workspace, and are published together.
    context.insert("runtime_version", env!("CARGO_PKG_VERSION"));
    context.insert("rust_version", RUST_VERSION);
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
    context.insert("version", &settings.version);
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
    // Where there is nothing to choose from nobody has to.
    let one_host = plan.clusters.len() == 1 && plan.former_clusters.is_empty();
    context.insert("one_host", &one_host);
    context.insert(
        "host",
        &literal(plan.clusters.first().map_or("", |(_, name)| name)),
    );
    let mut idents = Scope::default();
    let parts: Vec<serde_json::Value> = own_parts(plan)
        .iter()
        .filter(|_| one_host)
        .map(|name| serde_json::json!({ "name": literal(name), "ident": idents.unique(&snake(name)), "text": tokens::code(name) }))
        .collect();
    context.insert("parts", &parts);
    context.insert(
        "operations",
        &plan
            .entities
            .iter()
            .map(|entity| entity.operations.len())
            .sum::<usize>(),
    );
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

/// The parts of documented addresses that are each caller's own: `account` of `{account}.api.example.com`.
fn own_parts(plan: &Plan) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    let addresses = plan.hosts.values().flat_map(|clusters| clusters.values());
    for name in addresses.flat_map(|address| placeholders(address)) {
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// What the root of the library says beside.
pub fn of_library(
    mut context: Context,
    plan: &Plan,
    spec: &Spec,
    dialect: &Dialect,
    names: &Registry,
    has_types: bool,
) -> Context {
    let former = aliases::modules(&plan.former_modules, |alias| {
        let feature = &alias.new;
        quote::quote!(#[cfg(feature = #feature)])
    });
    // An enum without variants has none of former names either.
    let former_clusters = if plan.clusters.is_empty() {
        &[][..]
    } else {
        &plan.former_clusters
    };
    let clusters = aliases::constants("Cluster", former_clusters);
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
    let takes = authentication::Takes::of(&dialect.client);
    context.insert("takes", &takes);
    let service = service::emit(plan, spec, dialect, names);
    context.insert("service", &service.to_string());
    context
}

/// What the test server and its tests know.
pub fn of_mock(
    plan: &Plan,
    contents: &IndexMap<String, Vec<Content>>,
    settings: &Settings,
) -> Context {
    let mut context = names(settings, plan);
    let table = mock::table(plan, contents, &settings.dialect.wire);
    context.insert("operations", &table.to_string());
    let entities: Vec<serde_json::Value> = mock::calls(plan, contents, &settings.dialect.wire)
        .into_iter()
        .map(|(module, calls)| {
            // A call whose answer is empty names nothing of the module.
            let path = format!("{module} ::");
            let named = calls.iter().any(|call| call.contains(&path));
            serde_json::json!({ "module": module, "calls": calls, "named": named })
        })
        .collect();
    context.insert("entities", &entities);
    context
}

/// What tests made of samples have in common.
pub fn of_support(settings: &Settings, plan: &Plan) -> Context {
    let mut context = names(settings, plan);
    context.insert("host", &settings.dialect.default_host);
    context
}
