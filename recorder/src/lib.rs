//! A proxy between a program and the API that writes down what they say to each other, for `cargo xtask observe`.
//!
//! What reaches the disk is masked before: [`mask`] keeps what is on a list of harmless things, and the kind of everything
//! else. [`proxy`] forwards and writes. Neither knows the API by name: what is personal, and what may be shown, comes in
//! as [`Settings`].

#![cfg_attr(
    not(test),
    warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)
)]

pub mod mask;
pub mod proxy;
mod words;

use serde::{Deserialize, Serialize};

/// What a project says of its API.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Words of names under which a person or a secret is found.
    pub personal: Vec<String>,
    /// Names of members whose values are words out of a list.
    pub listed: Vec<String>,
    /// Keys of objects that say how a call, or an item, went.
    pub outcomes: Vec<String>,
    /// Members of these that are truth values or codes.
    pub outcome_fields: Vec<String>,
    /// Headers whose values may be shown, in lower case.
    pub headers: Vec<String>,
    /// Templates of paths, with parameters as `{name}`.
    pub paths: Vec<String>,
}
