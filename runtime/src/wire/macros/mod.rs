//! The impls that all generated types of one kind share.

mod codes;
mod distinct;
mod model;
mod open_enum;

pub use distinct::{distinct_codes, distinct_texts};
