//! A proxy between a program and the API that writes down what they say to each other, for `cargo xtask observe`.
//!
//! What reaches the disk is masked before: [`mask`] keeps what is on a list of harmless things, and the kind of everything
//! else. [`proxy`] forwards and writes. Neither knows the API by name: what is personal, and what may be shown, comes in
//! as [`Settings`].

#![cfg_attr(
    not(test),
    warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)
)]

mod body;
pub mod mask;
mod plain;
pub mod proxy;
mod words;
mod writer;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use writer::Counts;

/// What a project says of its API.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Words of names under which a person or a secret is found.
    pub personal: Vec<String>,
    /// Query parameters whose values are words out of a list, with the list.
    pub query: BTreeMap<String, Vec<String>>,
    /// Members of bodies whose values are words out of a list, with the list.
    pub members: BTreeMap<String, Vec<String>>,
    /// Keys of objects that say how a call, or an item, went.
    pub outcomes: Vec<String>,
    /// Members of these that are truth values or codes.
    pub outcome_fields: Vec<String>,
    /// Headers whose values may be shown, in lower case.
    pub headers: Vec<String>,
    /// Templates of paths, with parameters as `{name}`.
    pub paths: Vec<String>,
    /// How a path may end that names a format: `json`.
    pub formats: Vec<String>,
    /// All names of parameters and members: what is masked is counted by them.
    pub names: BTreeSet<String>,
}
