//! How a documentation is laid out.

use serde::Deserialize;

/// What several request lines of one section are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Several {
    /// Other ways to make the same call.
    #[default]
    Alternatives,
    /// Operations of their own, which share what the section says.
    Operations,
}

/// What an entity is: the heading or the file that operations stand below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityOf {
    /// A page.
    Page,
    /// A heading of the first level.
    H1,
    /// A heading of the second level.
    H2,
}
