//! Reads Slate documentation and writes an intermediate spec and a Rust SDK.

pub mod diagnostics;
pub mod dialect;
mod error;
pub mod sample;
pub mod slate;
mod text;

pub use error::InputError;
