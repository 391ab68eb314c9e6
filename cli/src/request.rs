//! What `gen` is asked for.

use std::path::Path;

use crate::home::Home;

/// What to make, of what, and where.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Of which project.
    pub home: &'a Home,
    /// Another Slate `source` folder than the project's.
    pub docs: Option<&'a Path>,
    /// Another folder to write to than the project's root.
    pub out: Option<&'a Path>,
    /// What the docs are called.
    pub revision: Option<&'a str>,
    /// Write nothing.
    pub check: bool,
}

impl<'a> Request<'a> {
    /// The folder to write to.
    pub fn root(&self) -> &'a Path {
        self.out.unwrap_or(&self.home.root)
    }
}
