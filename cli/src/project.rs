//! A project with its inputs, read.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use slate_codegen::dialect::Dialect;
use slate_codegen::names::Names;
use slate_codegen::slate::source::SourceFile;
use slate_codegen::slate::{self, Texts};
use slate_codegen::spec::{Docs, Spec};
use slate_codegen::{Reading, Settings, overrides};

use crate::home::Home;
use crate::revision;

/// A project, and the docs to read.
pub struct Project {
    /// Where it is.
    pub home: Home,
    /// Manifest, dialect, overrides, names, version.
    pub settings: Settings,
    /// The file of overrides as it is written.
    pub overrides: SourceFile,
    /// `slate.yaml` as it is written.
    pub manifest: SourceFile,
    /// Which docs these are.
    pub docs: Docs,
    /// The text of the docs.
    pub texts: Texts,
}

impl Project {
    /// Reads the inputs. `docs` is another Slate `source` folder than the project's own.
    pub fn open(home: &Home, docs: Option<&Path>) -> anyhow::Result<Self> {
        Self::open_revision(home, docs, None)
    }

    /// The same, of docs that are called by this name.
    pub fn open_revision(
        home: &Home,
        docs: Option<&Path>,
        revision: Option<&str>,
    ) -> anyhow::Result<Self> {
        let file = |name: &str| home.spec(name);
        let manifest = file(crate::home::MANIFEST);
        let overrides = file("overrides.yaml");
        let overrides = SourceFile::new(overrides.clone(), read(home, &overrides)?);
        let dialect = file("dialect.yaml");
        let names = file("names.yaml");
        let settings = Settings {
            manifest: home.manifest.clone(),
            layout: home.layout.clone(),
            dialect: Dialect::parse(&dialect, &read(home, &dialect)?)?,
            overrides: overrides::parse(&overrides.path, &overrides.text)?,
            names: Names::parse(&names, &read(home, &names)?)?,
            version: home
                .version_below(&home.root)
                .unwrap_or_else(|| "0.1.0".to_owned()),
        };
        let folder = docs.map_or_else(|| home.docs(), Path::to_owned);
        if docs.is_none() && !folder.is_dir() {
            anyhow::bail!(
                "there is no folder {}: {manifest} says `docs: {}`. Is it to be copied there, or called otherwise now? \
                `--docs DIR` reads another for once",
                folder.display(),
                home.manifest.docs
            );
        }
        let texts = slate::load_as(&folder, &settings.dialect.layout())?;
        let docs = revision::docs(&folder, &texts, revision)?;
        Ok(Self {
            home: home.clone(),
            settings,
            overrides,
            manifest: SourceFile::new(manifest.clone(), read(home, &manifest)?),
            docs,
            texts,
        })
    }

    /// A file below the project's root.
    pub fn path(&self, file: &str) -> PathBuf {
        self.home.root.join(file)
    }

    /// A page as it is on disk.
    pub fn page(&self, path: &str) -> Option<&[u8]> {
        let mut pages = self.texts.0.iter();
        let (_, bytes) = pages.find(|(known, _)| known == path)?;
        Some(bytes)
    }

    /// Goes on with the names that were published in another folder, where there are any; with the project's own
    /// otherwise.
    pub fn keep_names_of(&mut self, out: &Path) -> anyhow::Result<()> {
        let path = out.join(self.home.spec("names.yaml"));
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

/// A file of the project; an empty one, where it is not there.
fn read(home: &Home, file: &str) -> anyhow::Result<String> {
    match std::fs::read_to_string(home.root.join(file)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        other => other.with_context(|| file.to_owned()),
    }
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
