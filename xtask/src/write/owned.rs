//! What belongs to the generator alone.

/// Folders that belong to the generator: files in them that it no longer makes are removed. Most of
/// `generated/examples` is written by people, so nothing is removed there.
pub const OWNED: &[&str] = &[
    "spec/api",
    "generated/samples",
    "generated/src",
    "generated/tests",
];
