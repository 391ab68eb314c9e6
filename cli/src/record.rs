//! Records exchanges with the API: builds and runs the proxy that writes them down.
//!
//! The proxy is a package of its own, so that this program needs neither TLS nor an HTTP client.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::Context as _;
use serde_json::{Value, json};
use slate_codegen::dialect::Dialect;
use slate_codegen::shown;
use slate_codegen::spec::{In, Spec};

use crate::home::Home;
use crate::project::Project;
use crate::{mock, write};

/// Forwards calls to the API, and writes down what both sides say, without secrets and personal data.
///
/// It listens on this machine only. What may be read in the file is listed: truth values, values out of documented lists, codes
/// of outcomes, and documented names, but no values where a name says that they are about a person or a secret. Of all else
/// only the kind is left. Look at it before you hand it on.
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

/// Records until it is ended. Gives the exit code of the proxy, which `recorder` runs.
pub fn run(home: &Home, arguments: &Arguments, recorder: &[&str]) -> anyhow::Result<u8> {
    mock::check_port(arguments.port)?;
    let project = Project::open(home, None)?;
    let reading = project.read()?;
    let settings = settings(&reading.inferred.spec, &project.settings.dialect);
    let out = std::path::absolute(&arguments.out).context("the current folder")?;
    let work = home.root.join(write::WORK);
    std::fs::create_dir_all(&work).with_context(|| work.display().to_string())?;
    let path = work.join("record.json");
    std::fs::write(&path, settings.to_string()).with_context(|| path.display().to_string())?;
    let [program, first @ ..] = recorder else {
        anyhow::bail!("there is no program that records");
    };
    let mut command = Command::new(program);
    command
        .args(first)
        .args(["--to", &arguments.to, "--port", &arguments.port.to_string()])
        .arg("--out")
        .arg(out)
        .args(arguments.append.then_some("--append"))
        .current_dir(&home.root)
        .stdin(Stdio::from(File::open(&path)?));
    mock::run(&mut command).with_context(|| {
        format!("{program} cannot be run; is it installed (`cargo install slate-recorder`) and in the PATH?")
    })
}

/// What the proxy has to know of the API: what is personal, and what may be read.
fn settings(spec: &Spec, dialect: &Dialect) -> Value {
    let wire = &dialect.wire;
    json!({
        "personal": dialect.personal,
        "query": listed(spec, &[In::Query]),
        "members": listed(spec, &[In::Body]),
        "outcomes": [wire.status, wire.item_status],
        "outcome_fields": wire.status_fields,
        "headers": ["content-type", "content-length", "accept"],
        "paths": shown::paths(spec),
        "formats": wire.format_suffixes,
        "names": shown::names(spec, wire),
    })
}

/// The names of parameters or members whose values are listed in the docs, and these values.
fn listed<'s>(spec: &'s Spec, places: &[In]) -> BTreeMap<&'s str, BTreeSet<&'s str>> {
    let mut out: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut add = |name: &'s str, values: &'s [String]| {
        if !values.is_empty() {
            let known = out.entry(name).or_default();
            known.extend(values.iter().map(String::as_str));
        }
    };
    for entity in &spec.entities {
        for param in entity.operations.iter().flat_map(|it| &it.params) {
            if places.contains(&param.place) {
                add(&param.name, &param.values);
            }
        }
        if places.contains(&In::Body) {
            for field in entity.members() {
                let values = entity
                    .types
                    .get(&field.ty)
                    .and_then(|def| def.values.as_ref());
                add(&field.name, values.map(Vec::as_slice).unwrap_or_default());
            }
        }
    }
    out
}
