//! Records exchanges with the API: builds and runs the proxy that writes them down.
//!
//! The proxy is a package of its own, so that this program needs neither TLS nor an HTTP client.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::Context as _;
use capillary_codegen::dialect::Dialect;
use capillary_codegen::spec::{Operation, Spec};
use serde_json::{Value, json};

use crate::mock;
use crate::project::Project;

/// Forwards calls to the API, and writes down what both sides say, without secrets and personal data.
///
/// It listens on this machine only. What may be read in the file is listed: truth values, small numbers, dates, and words
/// out of documented lists; of all else only the kind is left. Look at it before you hand it on.
#[derive(clap::Args)]
pub struct Arguments {
    /// The address of the API.
    #[arg(long, value_name = "URL")]
    to: String,
    /// The port of this machine to listen on.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
    /// The file to write to.
    #[arg(long, value_name = "FILE", default_value = "exchanges.ndjson")]
    out: PathBuf,
    /// Goes on with a file that is there.
    #[arg(long)]
    append: bool,
}

/// Records until it is ended. Gives the exit code of the proxy.
pub fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    mock::check_port(arguments.port)?;
    let project = Project::open(None)?;
    let reading = project.read()?;
    let settings = settings(&reading.inferred.spec, &project.settings.dialect);
    let out = std::path::absolute(&arguments.out).context("the current folder")?;
    let work = project.root.join(".gen");
    std::fs::create_dir_all(&work).with_context(|| work.display().to_string())?;
    let path = work.join("record.json");
    std::fs::write(&path, settings.to_string()).with_context(|| path.display().to_string())?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["run", "--quiet", "--package", "capillary-recorder", "--"])
        .args(["--to", &arguments.to, "--port", &arguments.port.to_string()])
        .arg("--out")
        .arg(out)
        .args(arguments.append.then_some("--append"))
        .current_dir(&project.root)
        .stdin(Stdio::from(File::open(&path)?));
    mock::run(&mut command).context("cargo cannot be run")
}

/// What the proxy has to know of the API: what is personal, and what may be read.
fn settings(spec: &Spec, dialect: &Dialect) -> Value {
    let operations = || spec.entities.iter().flat_map(|entity| &entity.operations);
    let paths = |operation: &Operation| {
        let others = operation
            .alternatives
            .iter()
            .map(|other| other.path.clone());
        std::iter::once(operation.path.clone())
            .chain(others)
            .collect::<Vec<_>>()
    };
    let wire = &dialect.wire;
    json!({
        "personal": dialect.personal,
        "listed": listed(spec),
        "outcomes": [wire.status, wire.item_status],
        "outcome_fields": wire.status_fields,
        "headers": ["content-type", "content-length", "accept"],
        "paths": operations().flat_map(paths).collect::<BTreeSet<_>>(),
    })
}

/// The names of parameters and members whose values are listed in the docs.
fn listed(spec: &Spec) -> BTreeSet<&str> {
    let mut out = BTreeSet::new();
    for entity in &spec.entities {
        let params = entity
            .operations
            .iter()
            .flat_map(|operation| &operation.params);
        out.extend(
            params
                .filter(|param| !param.values.is_empty())
                .map(|param| param.name.as_str()),
        );
        let fields = entity
            .types
            .values()
            .filter_map(|def| def.fields.as_ref())
            .flatten();
        let is_listed = |ty: &str| entity.types.get(ty).is_some_and(|def| def.values.is_some());
        out.extend(
            fields
                .filter(|field| is_listed(&field.ty))
                .map(|field| field.name.as_str()),
        );
    }
    out
}
