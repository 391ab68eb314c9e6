//! Where a project is.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use slate_codegen::manifest::{Layout, Manifest};

use crate::output::note;

/// The file that makes a folder a project.
pub const MANIFEST: &str = "slate.yaml";

/// Where a project is, and what it is called.
#[derive(Clone, Debug)]
pub struct Home {
    /// Its folder.
    folder: PathBuf,
    /// The folder that holds all that is written: the project's, or the one above.
    pub root: PathBuf,
    /// `slate.yaml`.
    pub manifest: Manifest,
    /// Where files are below a root.
    pub layout: Layout,
}

impl Home {
    /// Reads the `slate.yaml` of a folder.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let shown = || folder.display().to_string();
        // The name of the folder is part of what is written beside it.
        let folder = std::path::absolute(folder).with_context(shown)?;
        let folder = folder.canonicalize().unwrap_or(folder);
        let path = folder.join(MANIFEST);
        let yaml = match std::fs::read_to_string(&path) {
            Ok(yaml) => yaml,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                anyhow::bail!("{}", no_project(&folder));
            }
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        let manifest = Manifest::parse(&path.display().to_string(), &yaml)?;
        Ok(Self::with(folder, manifest))
    }

    /// The same; where there is no `slate.yaml`, the docs are read with the common words alone, and the user is told so.
    pub fn open_or_none(folder: &Path) -> anyhow::Result<Self> {
        if folder.join(MANIFEST).exists() || !folder.is_dir() {
            return Self::open(folder);
        }
        note!(
            "{} is no project: the docs are read with the common words alone. `{} init --docs DIR` makes a project for them",
            crate::output::shown(folder),
            crate::output::command(),
        );
        let manifest = Manifest::parse(MANIFEST, "crate: docs\n")?;
        Ok(Self::with(std::path::absolute(folder)?, manifest))
    }

    fn with(folder: PathBuf, manifest: Manifest) -> Self {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let layout = manifest.layout(&name);
        Self {
            root: layout.root(&folder),
            folder,
            manifest,
            layout,
        }
    }

    /// The docs.
    pub fn docs(&self) -> PathBuf {
        self.folder.join(&self.manifest.docs)
    }

    /// A file of the project, below the root that is written to.
    pub fn spec(&self, file: &str) -> String {
        self.layout.spec(file)
    }

    /// The manifest of the crate, below the root that is written to.
    pub fn crate_manifest(&self) -> String {
        self.layout.sdk("Cargo.toml")
    }

    /// The version of the crate below a root, if there is one.
    pub fn version_below(&self, root: &Path) -> Option<String> {
        let manifest = std::fs::read_to_string(root.join(self.crate_manifest())).ok()?;
        let line = manifest
            .lines()
            .find_map(|line| line.strip_prefix("version = \""))?;
        line.split('"').next().map(str::to_owned)
    }

    /// What a run reads beside the docs, below the project's root.
    pub fn inputs(&self) -> [String; 5] {
        [
            self.spec(MANIFEST),
            self.spec("overrides.yaml"),
            self.spec("dialect.yaml"),
            self.spec("names.yaml"),
            self.crate_manifest(),
        ]
    }
}

/// Why a folder is no project, and what to do: people mostly stand one folder too high or too low.
fn no_project(folder: &Path) -> String {
    let command = crate::output::command();
    let shown = folder.display();
    if !folder.is_dir() {
        return format!(
            "there is no folder {shown}; `{command} init --docs DIR --project {shown}` makes a project there"
        );
    }
    let below = || {
        let mut folders: Vec<PathBuf> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        folders.sort();
        folders
    };
    let above = folder.ancestors().skip(1).map(Path::to_owned);
    let near = above
        .chain(below())
        .find(|folder| folder.join(MANIFEST).is_file());
    let what = match near {
        Some(near) => format!("{} has one: use `--project {0}`", near.display()),
        None => format!("`{command} init --docs DIR` makes one; `--project DIR` names another"),
    };
    format!("{shown} is no project: it has no {MANIFEST}. {what}")
}
