//! Rust names that are published: `spec/names.yaml`.
//!
//! Names come from headings, messages and words of tables, and all of those are reworded. So once a name is out it is
//! kept under the fact that it stands for, and a fact that is gone leaves its name reserved. `settle` finds the
//! operations and codes again, before anything else; all other names are asked for where they are planned, through a
//! [`Scope`].

mod entities;
mod file;
mod matching;
mod places;
mod published;
mod scope;
mod section;
mod settle;
#[cfg(test)]
mod tests;
mod version;

pub use published::{Former, Names, Published};
pub use scope::{Alias, Registry, Scope};
pub use section::Section;
