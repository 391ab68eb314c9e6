//! Where the project keeps its inputs.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use slate_codegen::dialect::Dialect;
use slate_codegen::manifest::Manifest;
use slate_codegen::names::Names;
use slate_codegen::slate::source::SourceFile;
use slate_codegen::slate::{self, Texts};
use slate_codegen::spec::{Docs, Spec};
use slate_codegen::{Reading, Settings, overrides};

use crate::revision;

/// What [`Project::open`] reads beside the docs.
pub const INPUTS: [&str; 5] = [
    "spec/slate.yaml",
    "spec/overrides.yaml",
    "spec/dialect.yaml",
    "spec/names.yaml",
    "generated/Cargo.toml",
];

/// The workspace, and the docs to read.
pub struct Project {
    /// Root of the workspace.
    pub root: PathBuf,
    /// Dialect, overrides, names, version.
    pub settings: Settings,
    /// The file of overrides as it is written.
    pub overrides: SourceFile,
    /// Which docs these are.
    pub docs: Docs,
    texts: Texts,
}

impl Project {
    /// Reads the inputs. `docs` is another Slate `source` folder than the project's own.
    pub fn open(docs: Option<&Path>) -> anyhow::Result<Self> {
        Self::open_revision(docs, None)
    }

    /// The same, of docs that are called by this name.
    pub fn open_revision(docs: Option<&Path>, revision: Option<&str>) -> anyhow::Result<Self> {
        let root = root()?;
        let read =
            |path: &str| std::fs::read_to_string(root.join(path)).with_context(|| path.to_owned());
        let overrides = SourceFile::new("spec/overrides.yaml", read("spec/overrides.yaml")?);
        let manifest = Manifest::parse("spec/slate.yaml", &read("spec/slate.yaml")?)?;
        let settings = Settings {
            layout: manifest.layout("spec"),
            manifest,
            dialect: Dialect::parse("spec/dialect.yaml", &read("spec/dialect.yaml")?)?,
            overrides: overrides::parse(&overrides.path, &overrides.text)?,
            names: match read("spec/names.yaml") {
                Ok(yaml) => Names::parse("spec/names.yaml", &yaml)?,
                Err(_) => Names::default(),
            },
            version: version(&root),
        };
        let folder = docs.map_or_else(|| root.join("spec/slate"), Path::to_owned);
        let texts = slate::load_as(&folder, &settings.dialect.layout())?;
        let docs = revision::docs(&folder, &texts, revision)?;
        Ok(Self {
            root,
            settings,
            overrides,
            docs,
            texts,
        })
    }

    /// Goes on with the names that were published in another folder, where there are any; with the project's own
    /// otherwise.
    pub fn keep_names_of(&mut self, out: &Path) -> anyhow::Result<()> {
        let path = out.join("spec/names.yaml");
        match std::fs::read_to_string(&path) {
            Ok(yaml) => {
                self.settings.names = Names::parse(&path.to_string_lossy(), &yaml)?;
                Ok(())
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error).with_context(|| path.display().to_string()),
        }
    }

    /// Reads the docs.
    pub fn read(&self) -> anyhow::Result<Reading> {
        let mut reading = slate_codegen::read_docs(&self.texts, &self.settings)?;
        reading.inferred.spec.api.docs = Some(self.docs.clone());
        Ok(reading)
    }
}

/// The root of the workspace whose command this is. Cargo says which one: workspaces that share a target folder may run
/// each other's program. Started without Cargo, it is the one that the program was built in.
pub fn root() -> anyhow::Result<PathBuf> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = package.parent().context("the workspace has no root")?;
    Ok(root.to_owned())
}

/// The version of the crate that is there; a change of the docs and releases move it.
fn version(root: &Path) -> String {
    version_below(root).unwrap_or_else(|| "0.1.0".to_owned())
}

/// The version of the crate below a folder, if there is one.
pub fn version_below(root: &Path) -> Option<String> {
    let manifest = std::fs::read_to_string(root.join("generated/Cargo.toml")).ok()?;
    let line = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \""))?;
    line.split('"').next().map(str::to_owned)
}

/// The spec as one YAML document.
pub fn yaml(spec: &Spec) -> anyhow::Result<String> {
    let files = slate_codegen::spec::to_files(spec)?;
    let mut out = String::new();
    for (name, text) in files {
        let _ = write!(out, "--- # {name}\n{text}");
    }
    Ok(out)
}
