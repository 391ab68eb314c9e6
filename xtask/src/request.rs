//! What `gen` is asked for.

use std::path::{Path, PathBuf};

use crate::project;

/// What to make, of what, and where.
#[derive(Clone, Copy, Default)]
pub struct Request<'a> {
    /// Another Slate `source` folder than the project's.
    pub docs: Option<&'a Path>,
    /// Another folder to write to than the project's root.
    pub out: Option<&'a Path>,
    /// What the docs are called.
    pub revision: Option<&'a str>,
    /// Write nothing.
    pub check: bool,
}

impl Request<'_> {
    /// The folder to write to.
    pub fn root(&self) -> anyhow::Result<PathBuf> {
        self.out
            .map_or_else(project::root, |out| Ok(out.to_owned()))
    }
}
